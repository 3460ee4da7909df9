"""How alike two propositions are, by the words, names and figures that they share.

Names and figures are masked or weigh little; what a story says everywhere weighs little too (inverse document frequency over its
sentences): masked TF-IDF proposed best of what was measured.
"""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice, takewhile

from stemma.claims import thresholds
from stemma.claims.counts import STATES
from stemma.claims.propositions import Proposition
from stemma.claims.same_thing import is_all_or_none
from stemma.mentions.figures.units import same_dimension, to_base
from stemma.tables import Alignment, Figure

MORE = 0.01
"""What each word in common adds: at one share of words the longer clause says more of the same, up to MOST words."""
MOST = 8


class Similarity:
    """How alike two propositions of a story are; holds the story's word weights and which sentences descent has aligned."""

    def __init__(self, propositions: Sequence[Proposition], alignments: Sequence[Alignment]) -> None:
        self.propositions = propositions
        sentences: dict[tuple[str, int, int], set[str]] = defaultdict(set)
        for u in propositions:
            sentences[u.report, *u.sentence].update(u.words)
        self._seen = Counter(w for words in sentences.values() for w in words)
        self._count = len(sentences)
        self._weights: dict[str, float] = {}
        self._mass = [sum(self._weight(w) * v for w, v in u.words.items()) for u in propositions]
        self._covers: dict[int, tuple[set[int], set[int]]] = {}
        self._sides = (
            _Side([(row.a_report, row.a_start, row.a_end) for row in alignments]),
            _Side([(row.b_report, row.b_start, row.b_end) for row in alignments]),
        )

    def of(self, a: int, b: int) -> float:
        """Return how alike two propositions are by number: 0 to about 1.4, above 1 with other signs."""
        x, y = self.propositions[a], self.propositions[b]
        words = self._words(a, b)
        aligned = self._is_aligned(a, b)
        if x.figure and y.figure:
            return _figure_score(x, y, words, aligned)
        same_source = x.source is not None and x.source == y.source
        bonus = (
            (0.12 if same_source else 0.0)
            + (0.15 if aligned and words >= thresholds.PROPOSED else 0.0)
            + (0.08 if x.head == y.head else 0.0)
            + MORE * min(MOST, _own_in_common(x, y))
        )
        return words + bonus if words >= thresholds.PROPOSED / 2 else words

    def _words(self, a: int, b: int) -> float:
        x, y = self.propositions[a].words, self.propositions[b].words
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

    def _is_aligned(self, a: int, b: int) -> bool:
        """Whether one alignment covers both, each on a side of its own."""
        (left_a, right_a), (left_b, right_b) = self._covered(a), self._covered(b)
        return not (left_a.isdisjoint(right_b) and right_a.isdisjoint(left_b))

    def _covered(self, number: int) -> tuple[set[int], set[int]]:
        """The alignments that cover most of a proposition, by number: with their first side, and with their second."""
        if number not in self._covers:
            one = self.propositions[number]
            self._covers[number] = self._sides[0].over(one), self._sides[1].over(one)
        return self._covers[number]


class _Side:
    """One side of all alignments, by report and start."""

    def __init__(self, spans: Sequence[tuple[str, int, int]]) -> None:
        self._spans: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for number, (report, start, end) in enumerate(spans):
            self._spans[report].append((start, end, number))
        for held in self._spans.values():
            held.sort()
        self._longest = {r: max(end - start for start, end, _ in held) for r, held in self._spans.items()}

    def over(self, one: Proposition) -> set[int]:
        """Return the numbers of the alignments that cover a proposition."""
        held = self._spans.get(one.report, [])
        first = bisect_left(held, (one.start - self._longest.get(one.report, 0),))
        near = takewhile(lambda span: span[0] < one.end, islice(held, first, None))
        return {number for start, end, number in near if _covers(start, end, one)}


def _own_in_common(x: Proposition, y: Proposition) -> int:
    return sum(1 for w, v in x.words.items() if v >= 1.0 and y.words.get(w, 0.0) >= 1.0)


def _figure_score(x: Proposition, y: Proposition, words: float, aligned: bool) -> float:
    """Two numbers of the same thing: equal values need little context, other values need one verb and one thing counted."""
    a, b = _figure(x), _figure(y)
    if (a.unit is None) != (b.unit is None):
        # "Our gauge read 1,400" leaves out the unit that another report prints: the number itself must tell.
        return 0.3 + 0.6 * words if a.value == b.value and a.value >= thresholds.TELLING_NUMBER and words >= 0.1 else 0.0
    if not same_dimension(a.unit, b.unit) or (a.unit is None and not _may_count_the_same(x, y)):
        return 0.0
    counted = bool(x.topic and _same_topic(x, y))
    state = counted and x.topic in STATES
    if not a.value and not b.value:
        # None of one thing and none of another are no claim in common: their words must tell.
        return 0.1 + 0.6 * words + (0.2 if aligned else 0.0)
    if _equal(a.value, a.unit, b.value, b.unit):
        # "Two" agrees with every other "two"; "259 square kilometres" does not.
        base = 0.2 if a.value <= thresholds.COMMON_NUMBER and not a.unit else 0.4
        return base + 0.6 * words + (0.15 if counted else 0.0) + (0.1 if state else 0.0) + (0.2 if aligned else 0.0)
    if is_all_or_none(x, y):
        return 0.4 + 0.6 * words
    if aligned and words >= thresholds.ALL_BUT_THE_NUMBER_WORDS:
        # One sentence with another number in it.
        return 0.8 * words + 0.1
    same_verb = x.head == y.head or state
    if not (same_verb or aligned) or not (counted or a.unit) or (not state and _apart_in_time(x, y)):
        return 0.4 * words
    return 0.8 * words + 0.1 + (0.1 if same_verb else 0.0) + (0.15 if state else 0.0) + (0.1 if aligned else 0.0)


def _figure(proposition: Proposition) -> Figure:
    if proposition.figure is None:
        raise ValueError("this proposition is about no figure")
    return proposition.figure


def _same_topic(x: Proposition, y: Proposition) -> bool:
    return x.topic == y.topic or {x.topic, y.topic} in ({"captive", "soldier"}, {"person", None})


def _may_count_the_same(x: Proposition, y: Proposition) -> bool:
    """People without a said state may be those in any state, when the number is the same."""
    return (
        not x.topic
        or not y.topic
        or _same_topic(x, y)
        or ("person" in (x.topic, y.topic) and {x.topic, y.topic} & STATES != set())
    )


def _apart_in_time(x: Proposition, y: Proposition) -> bool:
    """Two dated periods that do not touch are two claims."""
    if not (x.time and y.time and x.time.begin and y.time.begin and x.time.until and y.time.until):
        return False
    return x.time.until < y.time.begin or y.time.until < x.time.begin


def _equal(a: float, unit_a: str | None, b: float, unit_b: str | None) -> bool:
    if unit_a and unit_b and unit_a != unit_b:
        a, b = to_base(a, unit_a)[0], to_base(b, unit_b)[0]
        return abs(a - b) <= thresholds.CONVERTED * max(abs(a), abs(b))
    return a == b


def base_value(figure: Figure) -> float:
    """Return a figure's number in the base unit of its dimension, rounded: by it equal amounts are looked up."""
    return round(to_base(figure.value, figure.unit)[0] if figure.unit else figure.value, 1)


def _covers(start: int, end: int, proposition: Proposition) -> bool:
    return min(end, proposition.end) - max(start, proposition.start) >= thresholds.COVERED * (proposition.end - proposition.start)
