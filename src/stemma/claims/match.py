"""Which units of different reports say the same: scored pairs, then groups that fill each report's slot once.

Names and figures are masked or weigh little; what a story says everywhere weighs little too (inverse document frequency over its
sentences): masked TF-IDF proposed best of what was measured. Groups are made by average linkage over pairs that are each other's
best, because raw transitive closure ties strangers together.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from stemma.claims.comparable import is_all_or_none
from stemma.claims.counting import STATES
from stemma.claims.groups import PROPOSED, grouped, near, prints
from stemma.claims.units import Unit
from stemma.mentions.units import same_dimension, to_base
from stemma.mentions.values import Figure
from stemma.tables import Alignment

COMMON = 10
"""Counts up to it agree by chance."""
VERBATIM = 0.95
"""From here two clauses of an aligned passage are one in all but the number."""
MORE = 0.01
"""What each word in common adds: at one share of words the longer clause says more of the same, up to MOST words."""
MOST = 8
TELLING = 100
"""A number from here on is rarely printed twice for two things."""


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
    counted = {(u.report, u.clause) for u in units if u.figure}
    plain = _groups(units, [n for n, u in enumerate(units) if not u.figure], scorer)

    def is_said(n: int) -> bool:
        # A clause's own words are those of a figure claim that is shown already.
        return (units[n].report, units[n].sentence) in taken and (units[n].report, units[n].clause) in counted

    return sorted([*figures, *(g for g in plain if not all(is_said(n) for n in g))])


class Scorer:
    """Scores pairs of units of one story; holds the story's word weights and which sentences descent has aligned."""

    def __init__(self, units: Sequence[Unit], alignments: Sequence[Alignment]) -> None:
        self.units = units
        sentences: dict[tuple[str, int, int], set[str]] = defaultdict(set)
        for u in units:
            sentences[u.report, *u.sentence].update(u.words)
        self._seen = Counter(w for words in sentences.values() for w in words)
        self._count = len(sentences)
        self._weights: dict[str, float] = {}
        self._mass = [sum(self._weight(w) * v for w, v in u.words.items()) for u in units]
        self._aligned: dict[tuple[str, str], list[Alignment]] = defaultdict(list)
        for a in alignments:
            self._aligned[a.a_report, a.b_report].append(a)

    def score(self, a: int, b: int) -> Pair:
        """Return how alike two units are, and why."""
        x, y = self.units[a], self.units[b]
        said = sorted(w for w in x.words if w in y.words and self._weight(w) > 1.0)
        aligned = ", stand in an aligned passage" if self._is_aligned(x, y) else ""
        return Pair(a, b, self.likeness(a, b), f"share {', '.join(said[:6]) or 'few words'}{aligned}")

    def likeness(self, a: int, b: int) -> float:
        """Return how alike two units are."""
        x, y = self.units[a], self.units[b]
        words = self._words(a, b)
        aligned = self._is_aligned(x, y)
        if x.figure and y.figure:
            return _figure_score(x, y, words, aligned)
        same_source = x.source is not None and x.source == y.source
        bonus = (
            (0.12 if same_source else 0.0)
            + (0.15 if aligned and words >= PROPOSED else 0.0)
            + (0.08 if x.head == y.head else 0.0)
            + MORE * min(MOST, _own_in_common(x, y))
        )
        return words + bonus if words >= PROPOSED / 2 else words

    def _words(self, a: int, b: int) -> float:
        x, y = self.units[a].words, self.units[b].words
        if len(y) < len(x):
            x, y = y, x
        shared = sum(self._weight(w) * min(v, y[w]) for w, v in x.items() if w in y)
        total = self._mass[a] + self._mass[b]
        return 2 * shared / total if total else 0.0

    def _weight(self, word: str) -> float:
        weight = self._weights.get(word)
        if weight is None:
            weight = self._weights[word] = math.log(1 + self._count / (1 + self._seen[word]))
        return weight

    def _is_aligned(self, x: Unit, y: Unit) -> bool:
        for one, two, rows in (
            (x, y, self._aligned.get((x.report, y.report), ())),
            (y, x, self._aligned.get((y.report, x.report), ())),
        ):
            for a in rows:
                if _covers(a.a_start, a.a_end, one) and _covers(a.b_start, a.b_end, two):
                    return True
        return False


def _own_in_common(x: Unit, y: Unit) -> int:
    return sum(1 for w, v in x.words.items() if v >= 1.0 and y.words.get(w, 0.0) >= 1.0)


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
    if not a.value and not b.value:
        # None of one thing and none of another are no claim in common: their words must tell.
        return 0.1 + 0.6 * words + (0.2 if aligned else 0.0)
    if _equal(a.value, a.unit, b.value, b.unit):
        # "Two" agrees with every other "two"; "259 square kilometres" does not.
        base = 0.2 if a.value <= COMMON and not a.unit else 0.4
        return base + 0.6 * words + (0.15 if counted else 0.0) + (0.1 if state else 0.0) + (0.2 if aligned else 0.0)
    if is_all_or_none(x, y):
        return 0.4 + 0.6 * words
    if aligned and words >= VERBATIM:
        # One sentence with another number in it.
        return 0.8 * words + 0.1
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
    held = prints(units, numbers)
    reports = [{units[n].report for n in one} for one in held]
    return grouped(units, held, near(reports, [_telling(units[one[0]]) for one in held]), scorer.likeness)


def _telling(unit: Unit) -> list[str]:
    """The words by which a unit is looked up: its clause's own, and a figure's value and the words around it."""
    words = [w for w, value in unit.words.items() if value >= 1.0 or unit.figure]
    return [*words, f"={_value(unit)}"] if unit.figure else words


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
