"""A reader's word on claims, laid over the groups of the matcher: two statements are one claim, or are not."""

from collections.abc import Callable, Sequence
from itertools import product

from stemma.claims.match import Scorer
from stemma.claims.units import Unit
from stemma.tables import Alignment

Pair = tuple[str, str]
Score = Callable[[int, int], float]


def judged_groups(
    units: Sequence[Unit],
    groups: list[list[int]],
    same: Sequence[Pair],
    other: Sequence[Pair],
    alignments: Sequence[Alignment],
) -> list[list[int]]:
    """Return the groups of unit numbers with those of two statements joined that are one claim, and parted that are not.

    Of a statement that holds several claims, the one is joined that is most like one of the other statement. Where a claim is
    parted, each of its other members goes with the statement that it is more like.
    """
    if not same and not other:
        return groups
    scorer = Scorer(units, alignments)

    def score(a: int, b: int) -> float:
        return scorer.score(a, b).score

    found = groups
    for pair in other:
        found = [part for g in found for part in _parted(units, g, pair, score)]
    for pair in same:
        found = _joined(units, found, pair, other, score)
    return sorted(sorted(g) for g in found)


def _parted(units: Sequence[Unit], group: list[int], pair: Pair, score: Score) -> list[list[int]]:
    one, two = ([n for n in group if units[n].statement == s] for s in pair)
    if not one or not two:
        return [group]
    parts = (list(one), list(two))
    for n in group:
        if n not in one and n not in two:
            nearer = max(score(n, m) for m in two) > max(score(n, m) for m in one)
            parts[nearer].append(n)
    return [sorted(p) for p in parts]


def _joined(units: Sequence[Unit], groups: list[list[int]], pair: Pair, other: Sequence[Pair], score: Score) -> list[list[int]]:
    at = {n: i for i, g in enumerate(groups) for n in g}
    one, two = ([n for n in at if units[n].statement == s] for s in pair)
    # A claim about a number is joined with one about a number, as far as there is one.
    likely = [((units[a].figure is None) != (units[b].figure is None), -score(a, b), a, b) for a, b in product(one, two)]
    for _, _, a, b in sorted(likely):
        i, j = at[a], at[b]
        if i == j:
            return groups
        together = groups[i] + groups[j]
        if not any({units[n].statement for n in together} >= set(p) for p in other):
            return [g for k, g in enumerate(groups) if k not in (i, j)] + [sorted(together)]
    return groups
