"""The order in which claims are shown: what a reader needs first, each thing once, and what is doubtful last."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from stemma.claims import thresholds
from stemma.claims.likeness import Likeness, setting_of
from stemma.claims.parts import Group
from stemma.claims.propositions import Proposition
from stemma.claims.relations import APART, PARTING
from stemma.claims.same_thing import may_be_one_count
from stemma.claims.summary import Summary
from stemma.tables import Claim, Span

_GRAVITY = {"disputed": 3, "conflict": 2, "updated": 1}
"""What is shown on top, whoever carries it: another hedge of the same number is not."""


def ranked(claims: Sequence[Claim], groups: Sequence[Group], said: Sequence[Summary]) -> list[Claim]:
    """Return the claims with their wholes and ranks, 1 what a reader needs first: conflicts, then what most origins surely carry.

    Behind comes what most reports say in the words of a claim before it, what cannot be read alone ("that seemed odd"), and what
    says little ("the shooting began").
    """

    def need(n: int) -> tuple[bool | int | str, ...]:
        claim, group = claims[n], groups[n]
        early = min(m.start for m in group.members)
        gravity = _GRAVITY.get(claim.relation, 0) * said[n].read
        return (
            len(group.reports) == 1 and not gravity,
            group.part_of is not None,
            -gravity,
            n in again,
            claim.doubtful,
            not said[n].read,
            _says_little(said[n], len(group.reports)),
            group.members[0].when is not None,
            2 * sum(m.past for m in group.members) > len(group.members),
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


def _says_little(said: Summary, reports: int) -> bool:
    """Whether a line without a number has hardly a word that tells ("the shooting began"), or of two reports no name."""
    few = len(said.member.within) < thresholds.TELLING_WORDS
    return said.member.figure is None and (few or (reports == 2 and not said.named))


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
    place = {n: at for at, n in enumerate(order)}
    again: dict[int, int] = {}
    called: dict[frozenset[str], int] = {}
    for n in (n for n in order if len(groups[n].reports) > 1 and groups[n].part_of is None):
        # What reports carry in part only they may carry elsewhere whole.
        members = [m for m in groups[n].members if m.report not in said[n].lacking]
        reports = {m.report for m in members}
        held = {(m.report, one) for m in members for one, *span in shown[m.report, m.sentence] if _same((m.start, m.end), span)}
        first, mostly = max(Counter(one for _, one in held).items(), key=lambda row: (row[1], -place[row[0]]), default=(n, 0))
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


def find_doubtful(
    groups: Sequence[Group],
    propositions: Sequence[Proposition],
    same: Sequence[tuple[str, str]] = (),
    said: Sequence[Summary] = (),
) -> list[bool]:
    """Return for each claim whether a member is surely like none of the others, or too little like all, or none reads alone.

    `propositions` are all of the story, `same` pairs of statements that readers judged to be one claim: that is sure. Where no
    other report bears out what a claim is called (`said`), or that cannot be read alone, no likeness is enough.
    """
    weighed = [n for n, g in enumerate(groups) if _is_weighed(g, same)]
    held = {n: _wordings(groups[n].members) for n in weighed}
    members = [m for n in weighed for m in held[n]]
    likeness = Likeness(members, setting_of(propositions))
    pairs: list[tuple[int, int]] = []
    first = 0
    for n in weighed:
        pairs += combinations(range(first, first + len(held[n])), 2)
        first += len(held[n])
    a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    # Two states of one count are told in other words, and are as sure as need be.
    counts = np.array([_are_two_states(members[x], members[y]) for x, y in pairs], bool)
    probable = np.where(counts, 1.0, likeness.probabilities(a, b))
    sums = np.bincount(a, probable, first) + np.bincount(b, probable, first)
    best = np.zeros(first)
    np.maximum.at(best, a, probable)
    np.maximum.at(best, b, probable)
    doubtful, first = [False] * len(groups), 0
    for n in weighed:
        size, past = len(held[n]), first + len(held[n])
        alone = thresholds.SURE_OF_TWO if len(groups[n].reports) == 2 else thresholds.SURE
        least = thresholds.SURE_TIMES if groups[n].members[0].when else alone
        unlike = best[first:past].min() < least or sums[first:past].min() < thresholds.SURE_OF_ALL * (size - 1)
        doubtful[n] = bool(size > 1 and unlike) or not any(_is_readable(m) for m in groups[n].members)
        doubtful[n] |= bool(said) and not (said[n].shared and said[n].read)
        first = past
    return doubtful


def _is_weighed(group: Group, same: Sequence[tuple[str, str]]) -> bool:
    """Whether a claim is shared, and joined for its words alone: not what reports set against each other."""
    said = {m.statement for m in group.members}
    return len(group.reports) > 1 and group.relation not in APART and not any(said.issuperset(pair) for pair in same)


def _wordings(members: Sequence[Proposition]) -> list[Proposition]:
    """The first member of each wording, the first WORDINGS of them: what is printed in a hundred reports is compared once."""
    first = {(m.raw, m.figure and m.figure.value, m.when and m.when.value, m.negated): m for m in reversed(members)}
    return list(first.values())[: -thresholds.WORDINGS - 1 : -1]


def _are_two_states(a: Proposition, b: Proposition) -> bool:
    return bool(a.figure and b.figure and a.figure.value != b.figure.value and may_be_one_count(a, b))


def _is_readable(member: Proposition) -> bool:
    return bool(member.figure or member.whole or (member.told and member.subject))
