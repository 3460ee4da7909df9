"""Groups of propositions that say the same, one claim each; then the links that readers set.

Each report has at most one slot; groups are made by average linkage over pairs that are each other's best, because raw transitive
closure ties strangers together.
What is linked are wordings. A wire's sentence stands in a hundred reports, and compares with any other sentence in one way only:
so wordings are compared, once for each two of them.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, product

from stemma.claims import thresholds
from stemma.claims.counts import STATES
from stemma.claims.propositions import Proposition
from stemma.claims.relations import are_apart
from stemma.claims.same_thing import denies, is_all_or_none, same_count
from stemma.claims.similarity import Similarity, base_value
from stemma.tables import Alignment

Score = Callable[[int, int], float]
Pairs = dict[tuple[int, int], float]
Link = tuple[str, str]
"""Two statements that a reader judged."""


def group_propositions(propositions: Sequence[Proposition], alignments: Sequence[Alignment]) -> list[list[int]]:
    """Return groups of proposition numbers that say the same, each group and the list in the order of the propositions."""
    score = Similarity(propositions, alignments).of
    figures = _linked(propositions, [n for n, p in enumerate(propositions) if p.figure], score)
    plain = _linked(propositions, [n for n, p in enumerate(propositions) if not p.figure], score)
    shared = (g for g in figures if len({propositions[n].report for n in g}) > 1)
    taken = {(propositions[n].report, propositions[n].sentence) for g in shared for n in g}
    counted = {(p.report, p.clause) for p in propositions if p.figure}

    def is_said(p: Proposition) -> bool:
        # A clause's own words are those of a figure claim that is shown already.
        return (p.report, p.sentence) in taken and (p.report, p.clause) in counted

    return sorted([*figures, *(g for g in plain if not all(is_said(propositions[n]) for n in g))])


def apply_links(
    propositions: Sequence[Proposition],
    groups: list[list[int]],
    same: Sequence[Link],
    other: Sequence[Link],
    alignments: Sequence[Alignment],
) -> list[list[int]]:
    """Return the groups with those of two statements joined that readers judged `same`, and parted that they judged `other`.

    Of a statement that holds several claims, the one is joined that is most like one of the other statement. Where a claim is
    parted, each of its other members goes with the statement that it is more like.
    """
    if not same and not other:
        return groups
    score = Similarity(propositions, alignments).of
    found = groups
    for pair in other:
        found = [part for g in found for part in _parted(propositions, g, pair, score)]
    for pair in same:
        found = _joined(propositions, found, pair, other, score)
    return sorted(sorted(g) for g in found)


def _linked(propositions: Sequence[Proposition], numbers: Sequence[int], score: Score) -> list[list[int]]:
    held = _wordings(propositions, numbers)
    reports = [{propositions[n].report for n in one} for one in held]
    near = _neighbours(reports, [_telling(propositions[one[0]]) for one in held])

    def alike(a: int, b: int) -> float:
        # Two prints of one wording differ in what descent has aligned: the first and the last stand for the rest.
        some = [{one[0], one[-1]} for one in (held[a], held[b])]
        return max(score(min(x, y), max(x, y)) for x in some[0] for y in some[1])

    scores: Pairs = {(a, b): alike(a, b) for a in sorted(near) for b in sorted(near[a]) if a < b}
    best = _best(reports, scores)
    edges = [(s, a, b) for (a, b), s in scores.items() if s >= thresholds.PROPOSED and _is_best(reports, best, a, b, s)]
    group = {n: [n] for n in range(len(held))}
    for _, a, b in sorted(edges, key=lambda e: (-e[0], e[1], e[2])):
        if group[a] is not group[b] and _may_join(propositions, held, group[a], group[b], scores, alike):
            joined = sorted(group[a] + group[b])
            for n in joined:
                group[n] = joined
    chosen = {g[0]: g for g in group.values()}.values()
    return sorted(sorted(n for place in g for n in held[place]) for g in chosen)


def _wordings(propositions: Sequence[Proposition], numbers: Sequence[int]) -> list[list[int]]:
    """The proposition numbers by wording: propositions that differ in nothing but their report, each list in order."""
    found: dict[object, list[int]] = defaultdict(list)
    for n in numbers:
        u = propositions[n]
        figure = u.figure and (u.figure.value, u.figure.low, u.figure.high, u.figure.unit, u.figure.start - u.start)
        time = u.time and (u.time.value, u.time.begin)
        where = (u.start - u.sentence[0], u.end - u.start, u.sentence[1] - u.sentence[0], u.start - u.clause[0])
        words = frozenset(u.words.items())
        found[where, figure, u.head, u.topic, time, u.negated, u.source, words].append(n)
    return sorted(found.values())


def _neighbours(reports: Sequence[set[str]], words: Sequence[Sequence[str]]) -> dict[int, set[int]]:
    """For each wording those of other reports with which it shares one of its words, if that is not everywhere."""
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


def _telling(proposition: Proposition) -> list[str]:
    """The words by which a proposition is looked up: its clause's own, and a figure's value and the words around it."""
    if not proposition.figure:
        return [w for w, value in proposition.words.items() if value >= 1.0]
    return [*proposition.words, f"={base_value(proposition.figure)}"]


def _best(reports: Sequence[set[str]], scores: Pairs) -> dict[tuple[int, str], float]:
    """For each wording and each report its best score with any wording of that report."""
    best: dict[tuple[int, str], float] = defaultdict(float)
    for (a, b), s in scores.items():
        for one, other in ((a, b), (b, a)):
            for report in reports[other]:
                if s > best[one, report]:
                    best[one, report] = s
    return best


def _is_best(reports: Sequence[set[str]], best: Mapping[tuple[int, str], float], a: int, b: int, score: float) -> bool:
    """Whether two wordings are each other's best in some report; in a report that prints both, each is its own best."""
    return all(
        any(score >= best[one, r] - thresholds.BEHIND_BEST for r in reports[other] - reports[one])
        for one, other in ((a, b), (b, a))
    )


def _may_join(
    propositions: Sequence[Proposition],
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
            if _share_a_slot(propositions, held[a], held[b], scores[key]):
                return False
            x, y = propositions[held[a][0]], propositions[held[b][0]]
            if _stand_against(x, y):
                against, comparable = against + 1, comparable + _are_comparable(x, y)
            total += scores[key]
    return total / (len(one) * len(two)) >= thresholds.LINKED and (not against or comparable > 0)


def _share_a_slot(propositions: Sequence[Proposition], one: Sequence[int], two: Sequence[int], score: float) -> bool:
    """Whether two wordings of one report stand in one sentence, have two numbers of one voice, or do not repeat each other."""
    places = {propositions[n].report: propositions[n].sentence for n in one}
    both = [(places[propositions[n].report], propositions[n].sentence) for n in two if propositions[n].report in places]
    if not both:
        return False
    x, y = propositions[one[0]], propositions[two[0]]
    two_numbers = x.figure and y.figure and are_apart(x.figure, y.figure) and not (x.source and y.source and x.source != y.source)
    return bool(two_numbers) or score < thresholds.REPEATED or any(s == t for s, t in both)


def _stand_against(x: Proposition, y: Proposition) -> bool:
    """Whether two members cannot both be true of one thing: numbers apart, or a clause and its opposite."""
    if x.figure and y.figure:
        return are_apart(x.figure, y.figure)
    return x.negated != y.negated and x.head == y.head


def _are_comparable(x: Proposition, y: Proposition) -> bool:
    if x.figure and y.figure:
        return same_count(x, y) or is_all_or_none(x, y) or (x.topic in STATES and x.topic == y.topic)
    return denies(x, y)


def _parted(propositions: Sequence[Proposition], group: list[int], pair: Link, score: Score) -> list[list[int]]:
    one, two = ([n for n in group if propositions[n].statement == s] for s in pair)
    if not one or not two:
        return [group]
    parts = (list(one), list(two))
    for n in group:
        if n not in one and n not in two:
            nearer = max(score(n, m) for m in two) > max(score(n, m) for m in one)
            parts[nearer].append(n)
    return [sorted(p) for p in parts]


def _joined(
    propositions: Sequence[Proposition], groups: list[list[int]], pair: Link, other: Sequence[Link], score: Score
) -> list[list[int]]:
    at = {n: i for i, g in enumerate(groups) for n in g}
    one, two = ([n for n in at if propositions[n].statement == s] for s in pair)
    # A claim about a number is joined with one about a number, as far as there is one.
    likely = [
        ((propositions[a].figure is None) != (propositions[b].figure is None), -score(a, b), a, b) for a, b in product(one, two)
    ]
    for _, _, a, b in sorted(likely):
        i, j = at[a], at[b]
        if i == j:
            return groups
        together = groups[i] + groups[j]
        if not any({propositions[n].statement for n in together} >= set(p) for p in other):
            return [g for k, g in enumerate(groups) if k not in (i, j)] + [sorted(together)]
    return groups
