"""Which units of different reports say the same: scored pairs, then groups that fill each report's slot once.

Names and figures are masked or weigh little; what a story says everywhere weighs little too (inverse document frequency over its
sentences): masked TF-IDF proposed best of what was measured. Groups are made by average linkage over pairs that are each other's
best, because raw transitive closure ties strangers together.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stemma.claims.comparable import denies, same_count
from stemma.claims.counting import STATES
from stemma.claims.relations import are_apart
from stemma.claims.units import Unit
from stemma.mentions.units import same_dimension, to_base
from stemma.mentions.values import Figure
from stemma.tables import Alignment

PROPOSED = 0.22
"""Least score of a pair of clauses that may be one claim."""
ALIKE = 0.33
"""Least mean score within a group."""
COMMON = 10
"""Counts up to it agree by chance."""
TELLING = 100
"""A number from here on is rarely printed twice for two things."""
CLOSE = 0.6
"""From here two units of one report repeat each other."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two units by number, how alike they are (0 to about 1.4, above 1 with other signs), and the sentence that says why."""

    a: int
    b: int
    score: float
    reason: str


def match(units: Sequence[Unit], alignments: Sequence[Alignment]) -> list[list[int]]:
    """Return groups of unit numbers that say the same, each group and the list in the order of the units."""
    scorer = Scorer(units, alignments)
    figures = _groups(units, [n for n, u in enumerate(units) if u.figure], scorer)
    taken = {(units[n].report, units[n].sentence) for g in figures for n in g if len({units[m].report for m in g}) > 1}
    plain = _groups(units, [n for n, u in enumerate(units) if not u.figure], scorer)
    kept = [
        g
        for g in plain
        if not all((units[n].report, units[n].sentence) in taken and _only_figures(units, n) for n in g)
    ]
    return sorted([*figures, *kept])


class Scorer:
    """Scores pairs of units of one story; holds the story's word weights and which sentences descent has aligned."""

    def __init__(self, units: Sequence[Unit], alignments: Sequence[Alignment]) -> None:
        self.units = units
        sentences: dict[tuple[str, int, int], set[str]] = defaultdict(set)
        for u in units:
            sentences[u.report, *u.sentence].update(u.words)
        self._seen = Counter(w for words in sentences.values() for w in words)
        self._count = len(sentences)
        self._mass = [sum(self._weight(w) * v for w, v in u.words.items()) for u in units]
        self._aligned: dict[tuple[str, str], list[Alignment]] = defaultdict(list)
        for a in alignments:
            self._aligned[a.a_report, a.b_report].append(a)

    def score(self, a: int, b: int) -> Pair:
        """Return how alike two units are."""
        x, y = self.units[a], self.units[b]
        words = self._words(a, b)
        aligned = self._is_aligned(x, y)
        same_source = x.source is not None and x.source == y.source
        said = [w for w in x.words if w in y.words and self._weight(w) > 1.0]
        reason = f"share {', '.join(sorted(said)[:6]) or 'few words'}" + (
            ", stand in an aligned passage" if aligned else ""
        )
        if x.figure and y.figure:
            return Pair(a, b, _figure_score(x, y, words, aligned), reason)
        bonus = (
            (0.12 if same_source else 0.0)
            + (0.15 if aligned and words >= PROPOSED else 0.0)
            + (0.08 if x.head == y.head else 0.0)
        )
        return Pair(a, b, words + bonus if words >= PROPOSED / 2 else words, reason)

    def near(self, numbers: Iterable[int]) -> dict[int, set[int]]:
        """Return, for each unit, those of other reports with which it shares a word that is not everywhere."""
        places: dict[str, list[int]] = defaultdict(list)
        chosen = list(numbers)
        for n in chosen:
            for word, value in self.units[n].words.items():
                if value >= 1.0 or self.units[n].figure:
                    places[word].append(n)
            if self.units[n].figure:
                places[f"={_value(self.units[n])}"].append(n)
        found: dict[int, set[int]] = defaultdict(set)
        for holders in places.values():
            if len(holders) <= max(60, len(chosen) // 12):
                for n in holders:
                    found[n].update(m for m in holders if self.units[m].report != self.units[n].report)
        return found

    def _words(self, a: int, b: int) -> float:
        x, y = self.units[a].words, self.units[b].words
        if len(y) < len(x):
            x, y = y, x
        shared = sum(self._weight(w) * min(v, y[w]) for w, v in x.items() if w in y)
        total = self._mass[a] + self._mass[b]
        return 2 * shared / total if total else 0.0

    def _weight(self, word: str) -> float:
        return math.log(1 + self._count / (1 + self._seen[word]))

    def _is_aligned(self, x: Unit, y: Unit) -> bool:
        for one, two, rows in (
            (x, y, self._aligned.get((x.report, y.report), ())),
            (y, x, self._aligned.get((y.report, x.report), ())),
        ):
            for a in rows:
                if _covers(a.a_start, a.a_end, one) and _covers(a.b_start, a.b_end, two):
                    return True
        return False


def _figure_score(x: Unit, y: Unit, words: float, aligned: bool) -> float:
    """Two numbers of the same thing: equal values need little context, other values need one verb and one thing counted."""
    a, b = _figure(x), _figure(y)
    if (a.unit is None) != (b.unit is None):
        # "Our gauge read 1,400" leaves out the unit that another report prints: the number itself must tell.
        return 0.3 + 0.6 * words if a.value == b.value and a.value >= TELLING and words >= 0.1 else 0.0
    if not same_dimension(a.unit, b.unit) or (a.unit is None and not _may_count_the_same(x, y)):
        return 0.0
    counted = bool(x.topic and _same_topic(x, y))
    state = counted and x.topic in STATES
    if _equal(a.value, a.unit, b.value, b.unit):
        # "Two" agrees with every other "two"; "259 square kilometres" does not.
        base = 0.2 if a.value <= COMMON and not a.unit else 0.4
        return base + 0.6 * words + (0.15 if counted else 0.0) + (0.1 if state else 0.0) + (0.2 if aligned else 0.0)
    same_verb = x.head == y.head or state
    if not (same_verb or aligned) or not (counted or a.unit) or (not state and _apart_in_time(x, y)):
        return 0.4 * words
    return 0.8 * words + 0.1 + (0.1 if same_verb else 0.0) + (0.15 if state else 0.0) + (0.1 if aligned else 0.0)


def _figure(unit: Unit) -> Figure:
    if unit.figure is None:
        raise ValueError("this unit is about no figure")
    return unit.figure


def _same_topic(x: Unit, y: Unit) -> bool:
    return x.topic == y.topic or {x.topic, y.topic} in ({"captive", "soldier"}, {"person", None})


def _may_count_the_same(x: Unit, y: Unit) -> bool:
    """People without a said state may be those in any state, when the number is the same."""
    return (
        not x.topic
        or not y.topic
        or _same_topic(x, y)
        or ("person" in (x.topic, y.topic) and {x.topic, y.topic} & STATES != set())
    )


def _apart_in_time(x: Unit, y: Unit) -> bool:
    """Two dated periods that do not touch are two claims."""
    if not (x.time and y.time and x.time.begin and y.time.begin and x.time.until and y.time.until):
        return False
    return x.time.until < y.time.begin or y.time.until < x.time.begin


def _groups(units: Sequence[Unit], numbers: Sequence[int], scorer: Scorer) -> list[list[int]]:
    scores: dict[tuple[int, int], float] = {}
    for n, others in scorer.near(numbers).items():
        for m in others:
            if n < m:
                scores[n, m] = scorer.score(n, m).score
    best = _best(units, scores)
    edges = sorted(
        ((s, a, b) for (a, b), s in scores.items() if s >= PROPOSED and _mutual(units, best, a, b, s)),
        key=lambda e: (-e[0], e[1], e[2]),
    )
    group = {n: [n] for n in numbers}
    for _, a, b in edges:
        if group[a] is not group[b] and _may_join(units, group[a], group[b], scorer, scores):
            joined = sorted(group[a] + group[b])
            for n in joined:
                group[n] = joined
    return sorted({g[0]: g for g in group.values()}.values())


def _best(units: Sequence[Unit], scores: Mapping[tuple[int, int], float]) -> dict[tuple[int, str], float]:
    best: dict[tuple[int, str], float] = defaultdict(float)
    for (a, b), s in scores.items():
        best[a, units[b].report] = max(best[a, units[b].report], s)
        best[b, units[a].report] = max(best[b, units[a].report], s)
    return best


def _mutual(units: Sequence[Unit], best: Mapping[tuple[int, str], float], a: int, b: int, score: float) -> bool:
    return score >= best[a, units[b].report] - 0.03 and score >= best[b, units[a].report] - 0.03


def _may_join(
    units: Sequence[Unit],
    one: Sequence[int],
    two: Sequence[int],
    scorer: Scorer,
    scores: Mapping[tuple[int, int], float],
) -> bool:
    total, against, comparable = 0.0, 0, 0
    for a in one:
        for b in two:
            x, y = units[a], units[b]
            score = scores.get((min(a, b), max(a, b)))
            if score is None:
                score = scorer.score(a, b).score
            if x.report == y.report and (x.sentence == y.sentence or score < CLOSE):
                return False
            if _stand_against(x, y):
                against, comparable = against + 1, comparable + _are_comparable(x, y)
            total += score
    return total / (len(one) * len(two)) >= ALIKE and (not against or comparable > 0)


def _stand_against(x: Unit, y: Unit) -> bool:
    """Whether two members cannot both be true of one thing: numbers apart, or a clause and its opposite."""
    if x.figure and y.figure:
        return are_apart(x.figure, y.figure)
    return x.negated != y.negated and x.head == y.head


def _are_comparable(x: Unit, y: Unit) -> bool:
    if x.figure and y.figure:
        return same_count(x, y) or (x.topic in STATES and x.topic == y.topic)
    return denies(x, y)


def _only_figures(units: Sequence[Unit], n: int) -> bool:
    """Whether a clause's own words are those of a figure claim that is shown already."""
    return any(u.figure and u.report == units[n].report and u.clause == units[n].clause for u in units)


def _equal(a: float, unit_a: str | None, b: float, unit_b: str | None) -> bool:
    if unit_a and unit_b and unit_a != unit_b:
        a, b = to_base(a, unit_a)[0], to_base(b, unit_b)[0]
        return abs(a - b) <= 0.02 * max(abs(a), abs(b))
    return a == b


def _value(unit: Unit) -> float:
    assert unit.figure is not None
    return round(to_base(unit.figure.value, unit.figure.unit)[0] if unit.figure.unit else unit.figure.value, 1)


def _covers(start: int, end: int, unit: Unit) -> bool:
    return min(end, unit.end) - max(start, unit.start) >= 0.4 * (unit.end - unit.start)
