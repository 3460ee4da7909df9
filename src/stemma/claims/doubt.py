"""Which claims are doubtful: by their words their members may say two things, or none can be read alone. They are shown last."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from stemma.claims import thresholds
from stemma.claims.likeness import Likeness, setting_of
from stemma.claims.parts import Group
from stemma.claims.propositions import Proposition
from stemma.claims.relations import APART
from stemma.claims.same_thing import may_be_one_count
from stemma.claims.summary import Summary


def find_doubtful(
    groups: Sequence[Group],
    propositions: Sequence[Proposition],
    same: Sequence[tuple[str, str]] = (),
    said: Sequence[Summary] = (),
) -> list[bool]:
    """Return for each claim whether a member is surely like none of the others, or too little like all, or none reads alone.

    `propositions` are all of the story, `same` pairs of statements that readers judged to be one claim: that is sure. Where no
    other report bears out what a claim is called (`said`), no likeness is enough.
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
        least = thresholds.SURE_TIMES if groups[n].members[0].when else thresholds.SURE
        unlike = best[first:past].min() < least or sums[first:past].min() < thresholds.SURE_OF_ALL * (size - 1)
        doubtful[n] = bool(size > 1 and unlike) or not any(_is_readable(m) for m in groups[n].members)
        doubtful[n] |= bool(said) and not said[n].shared
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
