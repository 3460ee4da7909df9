"""Groups of units that say the same: average linkage over prints, where one print is all units of one wording.

A wire's sentence stands in a hundred reports, and compares with any other sentence in one way only: so wordings are
compared, once for each two of them.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from stemma.claims.comparable import denies, is_all_or_none, same_count
from stemma.claims.counting import STATES
from stemma.claims.relations import are_apart
from stemma.claims.units import Unit

PROPOSED = 0.22
"""Least score of a pair of clauses that may be one claim."""
ALIKE = 0.33
"""Least mean score within a group."""
CLOSE = 0.6
"""From here two units of one report repeat each other."""
BEST = 0.03
"""How far a pair may stand behind the best pair of a report and still be as good."""
Score = Callable[[int, int], float]
Pairs = dict[tuple[int, int], float]


def prints(units: Sequence[Unit], numbers: Sequence[int]) -> list[list[int]]:
    """Return the unit numbers by wording: units that differ in nothing but their report, each list in order."""
    found: dict[object, list[int]] = defaultdict(list)
    for n in numbers:
        u = units[n]
        figure = u.figure and (u.figure.value, u.figure.low, u.figure.high, u.figure.unit, u.figure.start - u.start)
        time = u.time and (u.time.value, u.time.begin)
        where = (u.start - u.sentence[0], u.end - u.start, u.sentence[1] - u.sentence[0], u.start - u.clause[0])
        words = frozenset(u.words.items())
        found[where, figure, u.head, u.topic, time, u.negated, u.source, words].append(n)
    return sorted(found.values())


def grouped(units: Sequence[Unit], held: Sequence[Sequence[int]], near: Mapping[int, set[int]], score: Score) -> list[list[int]]:
    """Return groups of unit numbers; `held` are the prints, `near` which of them (by place) may be one claim."""
    reports = [{units[n].report for n in one} for one in held]

    def alike(a: int, b: int) -> float:
        # Two prints of one wording differ in what descent has aligned: the first and the last stand for the rest.
        some = [{one[0], one[-1]} for one in (held[a], held[b])]
        return max(score(min(x, y), max(x, y)) for x in some[0] for y in some[1])

    scores: Pairs = {(a, b): alike(a, b) for a in sorted(near) for b in sorted(near[a]) if a < b}
    best = _best(reports, scores)
    edges = [(s, a, b) for (a, b), s in scores.items() if s >= PROPOSED and _is_best(reports, best, a, b, s)]
    group = {n: [n] for n in range(len(held))}
    for _, a, b in sorted(edges, key=lambda e: (-e[0], e[1], e[2])):
        if group[a] is not group[b] and _may_join(units, held, group[a], group[b], scores, alike):
            joined = sorted(group[a] + group[b])
            for n in joined:
                group[n] = joined
    chosen = {g[0]: g for g in group.values()}.values()
    return sorted(sorted(n for place in g for n in held[place]) for g in chosen)


def _best(reports: Sequence[set[str]], scores: Pairs) -> dict[tuple[int, str], float]:
    """For each print and each report the best score of the print with any wording of that report."""
    best: dict[tuple[int, str], float] = defaultdict(float)
    for (a, b), s in scores.items():
        for one, other in ((a, b), (b, a)):
            for report in reports[other]:
                if s > best[one, report]:
                    best[one, report] = s
    return best


def _is_best(reports: Sequence[set[str]], best: Mapping[tuple[int, str], float], a: int, b: int, score: float) -> bool:
    """Whether two wordings are each other's best in some report; in a report that prints both, each is its own best."""
    return all(any(score >= best[one, r] - BEST for r in reports[other] - reports[one]) for one, other in ((a, b), (b, a)))


def _may_join(
    units: Sequence[Unit],
    held: Sequence[Sequence[int]],
    one: Sequence[int],
    two: Sequence[int],
    scores: Pairs,
    alike: Score,
) -> bool:
    total, against, comparable = 0.0, 0, 0
    for a in one:
        for b in two:
            key = (min(a, b), max(a, b))
            if key not in scores:
                scores[key] = alike(*key)
            if _share_a_slot(units, held[a], held[b], scores[key]):
                return False
            x, y = units[held[a][0]], units[held[b][0]]
            if _stand_against(x, y):
                against, comparable = against + 1, comparable + _are_comparable(x, y)
            total += scores[key]
    return total / (len(one) * len(two)) >= ALIKE and (not against or comparable > 0)


def _share_a_slot(units: Sequence[Unit], one: Sequence[int], two: Sequence[int], score: float) -> bool:
    """Whether two wordings of one report stand in one sentence, have two numbers of one voice, or do not repeat each other."""
    places = {units[n].report: units[n].sentence for n in one}
    both = [(places[units[n].report], units[n].sentence) for n in two if units[n].report in places]
    if not both:
        return False
    x, y = units[one[0]], units[two[0]]
    two_numbers = x.figure and y.figure and are_apart(x.figure, y.figure) and not (x.source and y.source and x.source != y.source)
    return bool(two_numbers) or score < CLOSE or any(s == t for s, t in both)


def _stand_against(x: Unit, y: Unit) -> bool:
    """Whether two members cannot both be true of one thing: numbers apart, or a clause and its opposite."""
    if x.figure and y.figure:
        return are_apart(x.figure, y.figure)
    return x.negated != y.negated and x.head == y.head


def _are_comparable(x: Unit, y: Unit) -> bool:
    if x.figure and y.figure:
        return same_count(x, y) or is_all_or_none(x, y) or (x.topic in STATES and x.topic == y.topic)
    return denies(x, y)


def near(reports: Sequence[set[str]], words: Sequence[Sequence[str]]) -> dict[int, set[int]]:
    """Return, for each print, those of other reports with which it shares one of its words, if that is not everywhere."""
    places: dict[str, list[int]] = defaultdict(list)
    for n, some in enumerate(words):
        for word in some:
            places[word].append(n)
    found: dict[int, set[int]] = defaultdict(set)
    for holders in places.values():
        if len(holders) <= max(60, len(words) // 12):
            for a, b in combinations(holders, 2):
                if len(reports[a]) > 1 or reports[a] != reports[b]:
                    found[a].add(b)
                    found[b].add(a)
    return found
