"""The order in which claims are shown: what a reader needs first, each thing once."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from stemma.claims import thresholds
from stemma.claims.parts import Group
from stemma.claims.relations import APART, PARTING
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
            -_GRAVITY.get(claim.relation, 0) * said[n].read,
            n in again,
            claim.doubtful,
            not said[n].read,
            group.members[0].when is not None,
            -len(claim.origins),
            -len(group.reports if group.relation in APART else group.reports - said[n].lacking.keys()),
            early,
            claim.id,
        )

    again: Mapping[int, int] = {}
    again = _said_before(sorted(range(len(claims)), key=need), groups, said)
    rank = {n: at for at, n in enumerate(sorted(range(len(claims)), key=need), 1)}
    wholes = [_whole(n, groups, again) for n in range(len(groups))]
    return [replace(c, part_of=None if (w := wholes[n]) is None else claims[w].id, rank=rank[n]) for n, c in enumerate(claims)]


def _whole(n: int, groups: Sequence[Group], again: Mapping[int, int]) -> int | None:
    """The claim of which one is a part: in whose sentences it stands, or whose words it or its whole repeats."""
    part_of = groups[n].part_of
    top = n if part_of is None else part_of
    return again.get(top, part_of) if groups[top].relation not in PARTING else part_of


def _said_before(order: Sequence[int], groups: Sequence[Group], said: Sequence[Summary]) -> dict[int, int]:
    """The shared claims that their reports mostly carry in the words of one before, or that are called so, each with that one."""
    shown: dict[tuple[str, Span], list[tuple[int, int, int]]] = defaultdict(list)
    parts: dict[int, list[int]] = defaultdict(list)
    for n in order:
        if (whole := groups[n].part_of) is not None:
            parts[whole].append(n)
    again: dict[int, int] = {}
    called: dict[frozenset[str], int] = {}
    for n in (n for n in order if len(groups[n].reports) > 1 and groups[n].part_of is None):
        # What reports carry in part only they may carry elsewhere whole.
        members = [m for m in groups[n].members if m.report not in said[n].lacking]
        reports = {m.report for m in members}
        held = {(m.report, one) for m in members for one, *span in shown[m.report, m.sentence] if _same((m.start, m.end), span)}
        first, mostly = max(Counter(one for _, one in held).items(), key=lambda row: row[1], default=(n, 0))
        words = _called(said[n])
        if mostly > thresholds.MOSTLY_INSIDE * len(reports):
            again[n] = first
        elif (same := next((one for others, one in called.items() if words <= others or others <= words), None)) is not None:
            again[n] = same
        else:
            called |= {_called(said[k]): n for k in (*parts[n], n)}
            for m in members:
                shown[m.report, m.sentence].append((n, m.start, m.end))
    return again


def _called(said: Summary) -> frozenset[str]:
    """The words of a line, without the names that were put into it."""
    return frozenset(re.findall(r"\w+", re.sub(r"\[[^\]]*\]", "", said.words.casefold())))


def _same(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether one of two spans is mostly the other's."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common >= thresholds.INSIDE_SHARE * min(one[1] - one[0], other[1] - other[0])
