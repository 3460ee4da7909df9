"""How likely two propositions say the same: named features of a pair, weighed with fitted weights (data/weights.tsv).

What a story says everywhere weighs little (inverse document frequency over its sentences). Pairs are proposed by the words that
both have within their clauses, and by equal quantities: what shares neither is never compared.
The weights are fitted by bench/claims.py, two sets: for clauses and for quantities.
"""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from stemma.claims import thresholds
from stemma.claims.counts import AGE, LENGTHS, STATES
from stemma.claims.propositions import Proposition
from stemma.mentions.figures.units import same_dimension, to_base
from stemma.tables import Alignment, Figure
from stemma.text.data import rows, words_of

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Signs = dict[str, Callable[[Proposition, Proposition], float]]


class Likeness:
    """The propositions of one story, all clauses or all quantities, by number; holds its word weights and what is aligned."""

    def __init__(
        self, propositions: Sequence[Proposition], sentences: Mapping[str, int], alignments: Sequence[Alignment]
    ) -> None:
        self.propositions = propositions
        count = max(1, max(sentences.values(), default=1))
        self._idf = {w: math.log(1 + count / (1 + seen)) for w, seen in sentences.items()}
        own = [[w for w, weight in p.words.items() if weight >= 1.0] for p in propositions]
        self.bags = {
            "own": _Bag(own, self._idf),
            "within": _Bag([sorted(p.within | set(o)) for p, o in zip(propositions, own, strict=True)], self._idf),
            "sentence": _Bag([list(p.words) for p in propositions], self._idf),
            "raw": _Bag([sorted(p.raw) for p in propositions], {}),
        }
        self._kin = _Kin(alignments)

    def proposed(self) -> tuple[Numbers, Numbers]:
        """Return the pairs that may say the same, as two arrays of numbers, the lower first."""
        words = ((b, w) for b, some in enumerate(self.bags["within"].words) for w in some)
        amounts = ((n, f"={key}") for n, p in enumerate(self.propositions) for key in keys_of(p))
        pairs = _sharing(words, len(self.propositions))
        if any(p.figure or p.when for p in self.propositions):
            pairs = np.union1d(pairs, _sharing(amounts, len(self.propositions)))
        a, b = np.divmod(pairs, max(1, len(self.propositions)))
        own, within = self.bags["own"].cosine(a, b), self.bags["within"].cosine(a, b)
        alike = (own >= thresholds.PROPOSED_OWN) | (within >= thresholds.PROPOSED_WITHIN)
        kept = np.array(
            [
                _comparable(x, y) and (near or _equal(x, y))
                for (x, y), near in zip(self._pairs(a, b), alike.tolist(), strict=True)
            ],
            bool,
        )
        return a[kept], b[kept]

    def _pairs(self, a: Numbers, b: Numbers) -> list[tuple[Proposition, Proposition]]:
        return [(self.propositions[x], self.propositions[y]) for x, y in zip(a.tolist(), b.tolist(), strict=True)]

    def features(self, a: Numbers, b: Numbers) -> Floats:
        """Return a row of features (FEATURES in order, 0–1 but for the length) for each pair."""
        if not len(a):
            return np.zeros((0, len(FEATURES)))
        pairs = self._pairs(a, b)
        columns = {
            "own": self.bags["own"].cosine(a, b),
            "within": self.bags["within"].cosine(a, b),
            "sentence": self.bags["sentence"].cosine(a, b),
            "raw": self.bags["raw"].cosine(a, b),
            "own held": self.bags["own"].held(a, b),
            "within held": self.bags["within"].held(a, b),
            "aligned": np.array([self._kin.aligned(x, y) for x, y in pairs], float),
        }
        for name, sign in SIGNS.items():
            columns[name] = np.array([sign(x, y) for x, y in pairs], float)
        return np.stack([columns[name] for name in FEATURES], axis=1)

    def probabilities(self, a: Numbers, b: Numbers) -> Floats:
        """Return for each pair the probability (0–1) that it is one claim."""
        kinds = [kind_of(self.propositions[x]) for x in a.tolist()]
        found = np.zeros(len(a))
        features = self.features(a, b)
        for kind in ("clause", "quantity"):
            chosen = np.array([k == kind for k in kinds], bool)
            weights, bias = weights_of(kind)
            found[chosen] = 1 / (1 + np.exp(-(features[chosen] @ weights + bias)))
        return found


def kind_of(proposition: Proposition) -> str:
    """Return which weights compare a proposition: "quantity", or "clause" where it has none."""
    return proposition.kind


@lru_cache(maxsize=4)
def weights_of(kind: str) -> tuple[Floats, float]:
    """Return the weights of FEATURES and the bias of one kind."""
    table = {name: float(value) for of, name, value in rows("claims", "weights.tsv") if of == kind}
    return np.array([table.get(name, 0.0) for name in FEATURES]), table["bias"]


def quantity_kind(p: Proposition) -> str | None:
    """Return what a proposition's quantity may be compared with: counts, amounts, ages, lengths of time, days, hours."""
    if p.when:
        return p.when.type
    if p.figure is None:
        return None
    unit = p.figure.unit
    return "length of time" if unit in LENGTHS else "count" if unit is None else AGE if unit == AGE else "amount"


def keys_of(p: Proposition) -> list[str]:
    """Return what equal quantities have in common: a rounded value in base units, the days of a date."""
    if p.when:
        return [p.when.value, *([p.when.begin] if p.when.begin and p.when.begin == p.when.until else [])]
    if p.figure is None:
        return []
    bare = [f"{p.figure.value:.10g} of something"] if p.figure.value >= thresholds.TELLING_NUMBER else []
    return [f"{base_value(p.figure):.10g} {p.figure.unit and 'units'}", *bare]


def base_value(figure: Figure) -> float:
    """Return a figure's number in the base unit of its dimension, rounded: by it equal amounts are looked up."""
    return round(to_base(figure.value, figure.unit)[0] if figure.unit else figure.value, 1)


def _comparable(x: Proposition, y: Proposition) -> bool:
    """Whether two propositions of two reports are of one kind."""
    if x.report == y.report:
        return False
    kinds = {quantity_kind(x), quantity_kind(y)}
    if kinds == {"count", "amount"}:
        # "Our gauge read 1,400" leaves out the unit that another report prints: the number itself must tell.
        return _equal(x, y)
    if len(kinds) > 1:
        return False
    if x.figure and y.figure and x.figure.unit and y.figure.unit:
        return same_dimension(x.figure.unit, y.figure.unit)
    return True


def _equal(x: Proposition, y: Proposition) -> bool:
    return bool(set(keys_of(x)) & set(keys_of(y)))


def _near(x: Proposition, y: Proposition) -> bool:
    """Whether two unequal quantities may be told of one thing: about as large, a count that runs, touching days, one hour."""
    if _equal(x, y):
        return False
    if x.figure and y.figure:
        a, b = base_value(x.figure), base_value(y.figure)
        if x.figure.unit == AGE:
            return abs(a - b) <= 1
        one_count = x.topic is not None and x.topic == y.topic and (x.topic in STATES or x.head == y.head)
        return one_count or abs(a - b) <= thresholds.NEAR_NUMBER * max(abs(a), abs(b))
    if x.when and y.when and x.when.begin and x.when.until and y.when.begin and y.when.until:
        return x.when.begin <= y.when.until and y.when.begin <= x.when.until
    return False


def same_quantity(x: Proposition, y: Proposition) -> bool:
    """Return whether two quantities are equal, or may be told of one thing."""
    return _equal(x, y) or _near(x, y)


def _shared(x: Iterable[object], y: Iterable[object]) -> float:
    one, other = set(x), set(y)
    return len(one & other) / max(1, min(len(one), len(other)))


def _counts(x: Proposition, y: Proposition) -> tuple[str | None, str | None]:
    return (x.topic or (x.figure.counted if x.figure else None)), (y.topic or (y.figure.counted if y.figure else None))


def _other_count(x: Proposition, y: Proposition) -> bool:
    """Whether two numbers count two things; people without a said state may be those in any state."""
    one, other = _counts(x, y)
    if one is None or other is None or one == other:
        return False
    return not ("person" in (one, other) and {one, other} & STATES)


SIGNS: Signs = {
    "same verb": lambda x, y: x.head == y.head and x.head not in words_of("claims", "light.txt"),
    "same subject": lambda x, y: x.subject is not None and x.subject == y.subject,
    "objects": lambda x, y: _shared(x.objects, y.objects),
    "names": lambda x, y: bool(x.own_names & y.own_names),
    "other names": lambda x, y: bool(x.own_names and y.own_names and not x.own_names & y.own_names),
    "same source": lambda x, y: bool(x.source and x.source == y.source),
    "other source": lambda x, y: bool(x.source and y.source and x.source != y.source),
    "negation": lambda x, y: x.negated != y.negated,
    "length": lambda x, y: abs(math.log((1 + len(x.within)) / (1 + len(y.within)))),
    "equal": lambda x, y: bool(x.figure or x.when) and _equal(x, y),
    "near": _near,
    "other count": _other_count,
    "day": lambda x, _: bool(x.when and x.when.type == "DATE"),
    "hour": lambda x, _: bool(x.when and x.when.type == "TIME"),
    "age": lambda x, _: quantity_kind(x) == AGE,
    "unit": lambda x, _: bool(x.figure and x.figure.unit),
}
FEATURES = ("own", "within", "sentence", "raw", "own held", "within held", "aligned", *SIGNS)


class _Bag:
    """The words of each proposition as numbers with weights, so that many pairs are compared at once."""

    def __init__(self, words: Sequence[Sequence[str]], idf: Mapping[str, float]) -> None:
        self.words = words
        number: dict[str, int] = {}
        ids = [np.array(sorted(number.setdefault(w, len(number)) for w in some), dtype=np.int64) for some in words]
        value = np.array([idf.get(w, max(idf.values(), default=1.0)) for w in number] or [1.0])
        self._size = max(1, len(number))
        self._start = np.cumsum([0, *(len(i) for i in ids)])
        self._ids = np.concatenate(ids) if ids else np.zeros(0, np.int64)
        rows_of = np.repeat(np.arange(len(ids)), np.diff(self._start))
        self._keys = rows_of * self._size + self._ids
        self._value = value[self._ids] if len(self._ids) else np.zeros(0)
        self._norm = np.sqrt(np.bincount(rows_of, self._value**2, len(ids)))
        self._mass = np.bincount(rows_of, self._value, len(ids))

    def cosine(self, a: Numbers, b: Numbers) -> Floats:
        """The cosine (0–1) of each pair."""
        return np.asarray(self._common(a, b, 2) / np.maximum(self._norm[a] * self._norm[b], 1e-9), float)

    def held(self, a: Numbers, b: Numbers) -> Floats:
        """The share (0–1) of the shorter one's words that the longer has."""
        return np.asarray(self._common(a, b, 1) / np.maximum(np.minimum(self._mass[a], self._mass[b]), 1e-9), float)

    def _common(self, a: Numbers, b: Numbers, power: int) -> Floats:
        sizes = np.diff(self._start)[a]
        pair = np.repeat(np.arange(len(a)), sizes)
        place = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(self._start[a], sizes)
        wanted = b[pair] * self._size + self._ids[place]
        at = np.minimum(np.searchsorted(self._keys, wanted), max(0, len(self._keys) - 1))
        hit = self._keys[at] == wanted if len(self._keys) else np.zeros(len(wanted), bool)
        return np.asarray(np.bincount(pair[hit], self._value[place[hit]] ** power, len(a)), float)


def _sharing(words: Iterable[tuple[int, str]], size: int) -> Numbers:
    """The pairs (lower * size + higher) that share a word which is not everywhere."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, word in words:
        places[word].append(number)
    most = max(thresholds.RARE_WORD, size // thresholds.RARE_SHARE)
    found = []
    for held in places.values():
        if 1 < len(held) <= most:
            one = np.array(sorted(set(held)), dtype=np.int64)
            i, j = np.triu_indices(len(one), 1)
            found.append(one[i] * size + one[j])
    return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)


class _Kin:
    """Which propositions stand in one aligned passage."""

    def __init__(self, alignments: Sequence[Alignment]) -> None:
        self._sides = (
            Side([(row.a_report, row.a_start, row.a_end) for row in alignments]),
            Side([(row.b_report, row.b_start, row.b_end) for row in alignments]),
        )
        self._over: dict[tuple[str, int, int], tuple[set[int], set[int]]] = {}

    def aligned(self, x: Proposition, y: Proposition) -> bool:
        """Whether one alignment covers both, each on a side of its own."""
        (left_x, right_x), (left_y, right_y) = self._covering(x), self._covering(y)
        return not (left_x.isdisjoint(right_y) and right_x.isdisjoint(left_y))

    def _covering(self, p: Proposition) -> tuple[set[int], set[int]]:
        key = (p.report, *p.clause)
        if key not in self._over:
            self._over[key] = self._sides[0].over(*key), self._sides[1].over(*key)
        return self._over[key]


class Side:
    """One side of all alignments, by report and start."""

    def __init__(self, spans: Sequence[tuple[str, int, int]]) -> None:
        self._spans: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for number, (report, start, end) in enumerate(spans):
            self._spans[report].append((start, end, number))
        for held in self._spans.values():
            held.sort()
        self._longest = {r: max(end - start for start, end, _ in held) for r, held in self._spans.items()}

    def over(self, report: str, start: int, end: int) -> set[int]:
        """The numbers of the alignments that cover most of a span."""
        held, found = self._spans.get(report, []), set()
        for first, past, number in held[bisect_left(held, (start - self._longest.get(report, 0),)) :]:
            if first >= end:
                break
            if min(past, end) - max(first, start) >= thresholds.COVERED * (end - start):
                found.add(number)
        return found


def words_seen(propositions: Sequence[Proposition]) -> Counter[str]:
    """Return in how many sentences of the story each word stands; under "" the number of sentences."""
    sentences: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    for p in propositions:
        sentences[p.report, *p.sentence].update(p.words)
    seen = Counter(w for words in sentences.values() for w in words)
    seen[""] = len(sentences)
    return seen
