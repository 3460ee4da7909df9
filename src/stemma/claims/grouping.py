"""Groups of propositions that say the same, one claim each; then the links that readers set.

Pairs are weighed (likeness.py), groups made by average linkage, each report at most one slot. What is linked are wordings: a
wire's sentence stands in a hundred reports, and compares with any other in one way only, so equal wordings are compared once.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations, product

import numpy as np

from stemma.claims import thresholds
from stemma.claims.counts import AGE, STATES, near
from stemma.claims.likeness import Likeness, Setting, are_other_counts, keys_of, kind_of, rarity, setting_of
from stemma.claims.overlap import Floats, Numbers
from stemma.claims.propositions import Proposition
from stemma.claims.relations import are_apart
from stemma.claims.same_thing import are_opposite, are_other_people, denies, is_all_or_none, is_elsewhere, may_be_one_count
from stemma.linkage import average_link
from stemma.mentions.figures.units import same_dimension
from stemma.tables import Span

_WEEKDAY = re.compile(r"XXXX-WXX-\d")
"""A weekday of a report whose date is not known."""
_MONTH = 7
"""Characters of a time that names a month or a year only."""
_WHOLE = 1000
_MYSELF = frozenset(["i", "we"])
"""Likenesses are linked as whole numbers of thousandths."""
Likenesses = dict[tuple[int, int], int]
Link = tuple[str, str]
"""Two statements that a reader judged."""


def group_propositions(propositions: Sequence[Proposition]) -> list[list[int]]:
    """Return groups of proposition numbers that say the same, each group and the list in the order of the propositions."""
    setting = setting_of(propositions)
    least_of = {"clause": thresholds.LINKED_CLAUSES, "figure": thresholds.LINKED_FIGURES, "time": thresholds.LINKED_TIMES}
    return sorted(g for kind, least in least_of.items() for g in _linked(propositions, kind, least, setting))


def _linked(propositions: Sequence[Proposition], kind: str, least: float, setting: Setting) -> list[list[int]]:
    held = _wordings(propositions, kind)
    first = [propositions[one[0]] for one in held]
    reports = [{propositions[n].report for n in one} for one in held]
    scores = _likenesses(first, reports, least, setting)
    if kind == "clause":
        scores = without_outer(scores, _inner(propositions, held))
    two = {pair for pair in scores if are_two_things(first[pair[0]], first[pair[1]])}
    against = {pair: _are_comparable(*sides) for pair in scores if _stand_against(*(sides := (first[pair[0]], first[pair[1]])))}
    # Two states of one count, told in other words, are as likely as need be.
    sure = {(a, b) for a, b in against if may_be_one_count(first[a], first[b])} - two
    scores |= {pair: max(scores[pair], round(least * _WHOLE)) for pair in sure}
    equal = {(a, b) for a, b in scores if set(keys_of(first[a])) & set(keys_of(first[b]))}
    lowest = round(thresholds.LEAST_OF_A_PAIR * _WHOLE)

    def may_join(one: Sequence[int], other: Sequence[int]) -> bool:
        taken = set().union(*(reports[n] for n in one))
        if any(not taken.isdisjoint(reports[n]) for n in other):
            return False
        between = [(min(pair), max(pair)) for pair in product(one, other)]
        if any(scores.get(pair, 0) < lowest for pair in between):
            # What is like one member only says something else than the other.
            return False
        if min(len(one), len(other)) == 1 and _mean_of_best(one, other, scores) < least * _WHOLE:
            return False
        apart = [against[pair] for pair in between if pair in against]
        # A count that runs is told in many words: a pair that is equal, or surely of one thing, speaks for the others.
        return two.isdisjoint(between) and (not apart or any(apart) or not equal.isdisjoint(between))

    groups = average_link(len(held), scores, round(thresholds.LINKED_GROUPS * least * _WHOLE), may_join)
    stands = [{(propositions[n].report, propositions[n].sentence) for n in one} for one in held]
    groups = _told_twice_as_one(groups, scores, stands, first, two)
    return [sorted(n for place in g for n in held[place]) for g in groups]


def _told_twice_as_one(
    groups: Sequence[Sequence[int]],
    scores: Likenesses,
    stands: Sequence[set[tuple[str, Span]]],
    first: Sequence[Proposition],
    two: set[tuple[int, int]],
) -> list[list[int]]:
    """Join two groups that say one thing, which one report says in both: in two sentences it took a slot of each."""
    held, place = [list(g) for g in groups], {n: k for k, g in enumerate(groups) for n in g}
    reports = [{report for report, _ in some} for some in stands]
    told = [set().union(*(reports[n] for n in g)) for g in groups]
    tried: set[tuple[int, int, int]] = set()

    def says_twice(between: Sequence[tuple[int, int]]) -> bool:
        if not two.isdisjoint(between):
            return False
        if any(not stands[x].isdisjoint(stands[y]) or _stand_against(first[x], first[y]) for x, y in between):
            return False
        found = [scores.get((x, y), 0) for x, y in between if reports[x].isdisjoint(reports[y])]
        return sum(found) >= thresholds.TOLD_TWICE * _WHOLE * max(1, len(found))

    for (a, b), score in sorted(scores.items(), key=lambda row: (-row[1], row[0])):
        one, other = sorted((place[a], place[b]))
        pair = one, other, len(held[one]) + len(held[other])
        if score < thresholds.TOLD_TWICE * _WHOLE:
            break
        if one == other or pair in tried or told[one].isdisjoint(told[other]):
            continue
        tried.add(pair)
        if says_twice([(min(x, y), max(x, y)) for x, y in product(held[one], held[other])]):
            held[one], held[other] = sorted([*held[one], *held[other]]), []
            told[one] |= told[other]
            place.update(dict.fromkeys(held[one], one))
    return [g for g in held if g]


def _likenesses(first: Sequence[Proposition], reports: Sequence[set[str]], least: float, setting: Setting) -> Likenesses:
    """How probable it is of two wordings that they say one thing, in thousandths; without those that hardly can."""
    likeness = Likeness(first, setting)
    a, b = likeness.proposed()
    probable = likeness.probabilities(a, b)
    c, d = like_a_third(a, b, probable, least, reports)
    a, b, found = np.append(a, c), np.append(b, d), np.append(probable, likeness.probabilities(c, d))
    found = likeness.among_rivals(a, b, found)
    kept = found >= thresholds.PROBABLE
    pairs = zip(a[kept].tolist(), b[kept].tolist(), strict=True)
    return dict(zip(pairs, np.rint(found[kept] * _WHOLE).astype(int).tolist(), strict=True))


def like_a_third(a: Numbers, b: Numbers, probable: Floats, least: float, reports: Sequence[set[str]]) -> tuple[Numbers, Numbers]:
    """Return the pairs beside (a, b) of which both are likely to say what a third says: they would count as unlike."""
    likely = np.flatnonzero(probable >= least)
    near: dict[int, list[int]] = defaultdict(list)
    for n in likely[np.argsort(-probable[likely], kind="stable")].tolist():
        for one, other in ((int(a[n]), int(b[n])), (int(b[n]), int(a[n]))):
            if len(near[one]) < thresholds.NEIGHBOURS:
                near[one].append(other)
    pairs = {(min(p), max(p)) for some in near.values() for p in combinations(some, 2)}
    fresh = sorted(
        (x, y) for x, y in pairs.difference(zip(a.tolist(), b.tolist(), strict=True)) if reports[x].isdisjoint(reports[y])
    )
    found = np.array(fresh, dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _inner(propositions: Sequence[Proposition], held: Sequence[Sequence[int]]) -> list[set[int]]:
    """For each wording the wordings of the clauses that stand inside it."""
    at: dict[tuple[str, Span], list[tuple[int, int, int]]] = defaultdict(list)
    for n, one in enumerate(held):
        for p in (propositions[i] for i in one):
            at[p.report, p.sentence].append((p.start, p.end, n))
    inner: list[set[int]] = [set() for _ in held]
    for some in at.values():
        for (start, end, n), (first, past, m) in product(some, some):
            if start <= first and past <= end and past - first < end - start:
                inner[n].add(m)
    return inner


def without_outer(scores: Likenesses, inner: Sequence[set[int]]) -> Likenesses:
    """Return the likenesses but for those that a clause has through a clause in it: "he ended by saying that" takes no slot.

    Where the clause in it is still more like a clause of the other, neither has its likeness through it.
    """

    def likeness(one: int, other: int) -> int:
        return scores.get((min(one, other), max(one, other)), 0)

    def is_outer(one: int, other: int, score: int) -> bool:
        nearer = [(n, alike) for n in inner[one] if (alike := likeness(n, other)) > score]
        return any(all(likeness(n, m) < alike for m in inner[other]) for n, alike in nearer)

    return {(a, b): s for (a, b), s in scores.items() if not is_outer(a, b, s) and not is_outer(b, a, s)}


def _mean_of_best(one: Sequence[int], other: Sequence[int], scores: Likenesses) -> float:
    """How like the wordings of two groups are, each to the one of the other group that it is most like."""
    best = [
        max(scores.get((min(x, y), max(x, y)), 0) for y in there) for here, there in ((one, other), (other, one)) for x in here
    ]
    return sum(best) / len(best)


def _wordings(propositions: Sequence[Proposition], kind: str) -> list[list[int]]:
    """The proposition numbers of a kind by wording: propositions that differ in nothing but their report, each list in order."""
    found: dict[object, list[int]] = defaultdict(list)
    for n, p in enumerate(propositions):
        if kind_of(p) == kind:
            quantity = p.figure or p.when
            bounds = p.figure and (p.figure.low, p.figure.high, p.figure.unit)
            at = quantity and quantity.start - p.clause[0]
            found[frozenset(p.words.items()), p.raw, at, bounds, tuple(keys_of(p)), p.negated, p.denied, p.source].append(n)
    return sorted(found.values())


def are_two_things(x: Proposition, y: Proposition) -> bool:
    """Return whether two propositions must not be one claim, however alike their words are."""
    if x.figure and y.figure:
        counted = x.topic in STATES and y.topic in STATES and x.topic != y.topic
        narrowed = [set(f.modifiers) for f in (x.figure, y.figure)]
        other = x.part != y.part or (all(narrowed) and not narrowed[0] & narrowed[1])
        common = are_other_counts(x, y) and rarity(keys_of(x)) <= thresholds.COMMON_NUMBER
        apart = (other or _are_other_tolls(x, y) or are_other_people(x, y)) and are_apart(x.figure, y.figure)
        return common or counted or _are_other_units(x, y) or apart
    if _are_other_weekdays(x, y) or _are_two_speakers(x, y):
        return True
    if x.when and y.when and x.when.type == y.when.type == "DATE":
        return _are_other_days(x, y) or _only_share_a_day(x, y)
    # "It is not clear whether it fell" is no "it fell", and only a denial of the same words is set against them.
    against = x.negated != y.negated or are_opposite(x, y)
    return _are_other_states(x, y) or (against and not denies(x, y))


def _are_two_speakers(x: Proposition, y: Proposition) -> bool:
    """Whether two people each speak of themselves in words of their own: "we welcome it" and "I welcome it"."""
    if not (x.source and y.source) or x.source == y.source or not all(_MYSELF & set(p.raw) for p in (x, y)):
        return False
    one, other = set(x.raw), set(y.raw)
    return 2 * len(one & other) < thresholds.ONE_SPEAKER * (len(one) + len(other))


def _are_other_units(x: Proposition, y: Proposition) -> bool:
    """Whether one number is of yards and the other of people; one with neither unit nor noun may be of either."""
    known = all(p.figure and (p.figure.unit or p.figure.counted or p.topic in STATES) for p in (x, y))
    return bool(known and x.figure and y.figure and not same_dimension(x.figure.unit, y.figure.unit))


def _are_other_tolls(x: Proposition, y: Proposition) -> bool:
    """Whether two numbers of people in one state are of two events: times far apart, one past, or one of a month elsewhere."""
    if x.topic not in STATES or y.topic not in STATES:
        return False
    one, other = (p.time.until if p.time else None for p in (x, y))
    if x.past != y.past:
        return True
    if one and other:
        return not near(one, other)
    dated = x.time or y.time
    return bool(dated and dated.begin and len(dated.value) <= _MONTH and is_elsewhere(x, y))


def _are_other_states(x: Proposition, y: Proposition) -> bool:
    """Whether one clause says that people died, and the other that they were hurt, or are missing."""
    one, other = (STATES & set(p.words) - {w for w, weight in p.words.items() if weight < 1.0} for p in (x, y))
    return bool(one and other) and one.isdisjoint(other)


def _stand_against(x: Proposition, y: Proposition) -> bool:
    """Whether two numbers cannot both be true of one thing."""
    return bool(x.figure and y.figure and are_apart(x.figure, y.figure))


def _are_comparable(x: Proposition, y: Proposition) -> bool:
    """Whether numbers that cannot both be true are surely of one thing."""
    one_age = x.figure is not None and x.figure.unit == AGE and bool(x.within & y.within)
    return one_age or may_be_one_count(x, y) or is_all_or_none(x, y) or (x.topic in STATES and x.topic == y.topic)


def _only_share_a_day(x: Proposition, y: Proposition) -> bool:
    """Whether two clauses have nothing in common but their day: another verb, subject and objects, and hardly a word."""
    if x.head == y.head or (x.subject and x.subject == y.subject) or x.objects & y.objects:
        return False
    return 2 * len(x.within & y.within) < thresholds.ONE_DAY_WORDS * (len(x.within) + len(y.within))


def _are_other_days(x: Proposition, y: Proposition) -> bool:
    if not (x.when and y.when and x.when.begin and x.when.until and y.when.begin and y.when.until):
        return False
    return x.when.until < y.when.begin or y.when.until < x.when.begin


def _are_other_weekdays(x: Proposition, y: Proposition) -> bool:
    """Whether both name a weekday, of reports whose dates are not known, and not the same."""
    days = [match[0] for p in (x, y) if p.when and (match := _WEEKDAY.match(p.when.value))]
    return len(days) > 1 and days[0] != days[1]


def apply_links(
    propositions: Sequence[Proposition],
    groups: list[list[int]],
    same: Sequence[Link],
    other: Sequence[Link],
) -> list[list[int]]:
    """Return the groups with those of two statements joined that readers judged `same`, and parted that they judged `other`.

    Of a statement that holds several claims, the one is joined that is most like one of the other statement. Where a claim is
    parted, each of its other members goes with the statement that it is more like.
    """
    if not same and not other:
        return groups
    found = groups
    for pair in other:
        found = [part for g in found for part in _parted(propositions, g, pair)]
    for pair in same:
        found = _link(propositions, found, pair, other)
    return sorted(sorted(g) for g in found)


def _common(propositions: Sequence[Proposition], a: int, b: int) -> float:
    """The share of words that two propositions have in common, more where their quantities are equal."""
    x, y = propositions[a], propositions[b]
    share = 2 * len(x.within & y.within) / max(1, len(x.within) + len(y.within))
    return share + bool(set(keys_of(x)) & set(keys_of(y)))


def _parted(propositions: Sequence[Proposition], group: list[int], pair: Link) -> list[list[int]]:
    one, two = ([n for n in group if propositions[n].statement == s] for s in pair)
    if not one or not two:
        return [group]
    parts = (list(one), list(two))
    for n in group:
        if n not in one and n not in two:
            nearer = max(_common(propositions, n, m) for m in two) > max(_common(propositions, n, m) for m in one)
            parts[nearer].append(n)
    return [sorted(p) for p in parts]


def _link(propositions: Sequence[Proposition], groups: list[list[int]], pair: Link, other: Sequence[Link]) -> list[list[int]]:
    at = {n: i for i, g in enumerate(groups) for n in g}
    one, two = ([n for n in at if propositions[n].statement == s] for s in pair)
    # A claim about a number is joined with one about a number, as far as there is one.
    likely = [
        (propositions[a].kind != propositions[b].kind, propositions[a].figure is None, -_common(propositions, a, b), a, b)
        for a, b in product(one, two)
    ]
    for *_, a, b in sorted(likely):
        i, j = at[a], at[b]
        if i == j:
            return groups
        together = groups[i] + groups[j]
        if not any({propositions[n].statement for n in together} >= set(p) for p in other):
            return [g for k, g in enumerate(groups) if k not in (i, j)] + [sorted(together)]
    return groups
