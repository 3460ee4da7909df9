"""The order in which claims are shown: what a reader needs first, each thing once."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from stemma.claims import thresholds
from stemma.claims.parts import Group
from stemma.claims.relations import APART
from stemma.claims.summary import Summary
from stemma.tables import Claim, Span

_GRAVITY = {"disputed": 3, "conflict": 2, "updated": 1}
"""What is shown on top, whoever carries it: another hedge of the same number is not."""


def ranked(claims: Sequence[Claim], groups: Sequence[Group], said: Sequence[Summary]) -> list[Claim]:
    """Return the claims with their wholes and ranks, 1 what a reader needs first: conflicts, then what most origins surely carry.

    Behind comes what most reports say in the words of a claim before it, and what cannot be read alone ("that seemed odd").
    """

    def need(n: int) -> tuple[bool | int | str, ...]:
        claim, group = claims[n], groups[n]
        early = min(m.start for m in group.members)
        return (
            len(group.reports) == 1,
            group.part_of is not None,
            -_GRAVITY.get(claim.relation, 0),
            n in again,
            claim.doubtful,
            not said[n].read,
            group.members[0].when is not None,
            -len(claim.origins),
            -len(group.reports if group.relation in APART else group.reports - said[n].lacking.keys()),
            early,
            claim.id,
        )

    again: set[int] = set()
    again = _said_before(sorted(range(len(claims)), key=need), groups, said)
    rank = {n: at for at, n in enumerate(sorted(range(len(claims)), key=need), 1)}
    wholes = [claims[g.part_of].id if g.part_of is not None else None for g in groups]
    return [replace(c, part_of=wholes[n], rank=rank[n]) for n, c in enumerate(claims)]


def _said_before(order: Sequence[int], groups: Sequence[Group], said: Sequence[Summary]) -> set[int]:
    """The shared claims that most of their reports carry in the words with which they carry one before, or that are called so."""
    shown: dict[tuple[str, Span], list[tuple[int, int, int]]] = defaultdict(list)
    again: set[int] = set()
    called: list[str] = []
    for n in (n for n in order if len(groups[n].reports) > 1 and groups[n].part_of is None):
        # What reports carry in part only they may carry elsewhere whole.
        members = [m for m in groups[n].members if m.report not in said[n].lacking]
        reports = {m.report for m in members}
        held = {(m.report, one) for m in members for one, *span in shown[m.report, m.sentence] if _same((m.start, m.end), span)}
        mostly = max(Counter(one for _, one in held).values(), default=0) > thresholds.MOSTLY_INSIDE * len(reports)
        words = said[n].words.lower().rstrip("…")
        if mostly or any(words in one or one in words for one in called):
            again.add(n)
            continue
        called.append(words)
        for m in members:
            shown[m.report, m.sentence].append((n, m.start, m.end))
    return again


def _same(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether one of two spans is mostly the other's."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common >= thresholds.INSIDE_SHARE * min(one[1] - one[0], other[1] - other[0])
