"""What two propositions have in common, many pairs at once: words, weighed by how rare they are; what passages cover."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from stemma.claims import thresholds

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
_WIDTH = 1 << 32
"""More than there are words: a row and a word are one number."""


class Vocabulary:
    """The words of a story as numbers, each with its weight: 1 for one that has none."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._number = {word: n for n, word in enumerate(weights)}
        self._weights = list(weights.values())

    def bag(self, words: Sequence[Sequence[str]]) -> "Bag":
        """Return the words of each proposition as a bag; bags of one vocabulary can be compared."""
        ids = [np.array(sorted({self._of(w) for w in some}), dtype=np.int64) for some in words]
        return Bag(ids, self._weights)

    def _of(self, word: str) -> int:
        if word not in self._number:
            self._number[word] = len(self._weights)
            self._weights.append(1.0)
        return self._number[word]


class Bag:
    """The words of each proposition, sorted, by number; shares are weighed."""

    def __init__(self, ids: Sequence[Numbers], weights: Sequence[float]) -> None:
        self._start = np.cumsum([0, *(len(i) for i in ids)])
        self._ids = np.concatenate(ids) if ids else np.zeros(0, np.int64)
        rows = np.repeat(np.arange(len(ids)), np.diff(self._start))
        self._keys = rows * _WIDTH + self._ids
        self._most = max(weights, default=1.0)
        self._value = np.array(weights, float)[self._ids] if len(self._ids) else np.zeros(0)
        self._norm = np.sqrt(np.bincount(rows, self._value**2, len(ids)))
        self._mass = np.bincount(rows, self._value, len(ids))

    def cosine(self, a: Numbers, b: Numbers) -> Floats:
        """The cosine (0–1) of each pair."""
        place, pair = self._common(a, b, self)
        common = np.bincount(pair, self._value[place] ** 2, len(a))
        return np.asarray(common / np.maximum(self._norm[a] * self._norm[b], 1e-9), float)

    def share(self, a: Numbers, b: Numbers, other: "Bag") -> Floats:
        """The share (0–1) of the words of each of `a` that its fellow of `b` has in the other bag."""
        place, pair = self._common(a, b, other)
        return np.asarray(np.bincount(pair, self._value[place], len(a)) / np.maximum(self._mass[a], 1e-9), float)

    def rarest(self, a: Numbers, b: Numbers) -> Floats:
        """The weight of the rarest word that each pair has in common, as a share (0–1) of the greatest weight."""
        place, pair = self._common(a, b, self)
        found = np.zeros(len(a))
        np.maximum.at(found, pair, self._value[place])
        return found / self._most

    def mass(self, a: Numbers, b: Numbers) -> Floats:
        """The logarithm of the weight of all that each pair has in common."""
        place, pair = self._common(a, b, self)
        return np.asarray(np.log1p(np.bincount(pair, self._value[place], len(a))), float)

    def _common(self, a: Numbers, b: Numbers, other: "Bag") -> tuple[Numbers, Numbers]:
        """Where in this bag the words stand that each pair has in common, and the pair's number for each of them."""
        sizes = np.diff(self._start)[a]
        pair = np.repeat(np.arange(len(a)), sizes)
        place = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(self._start[a], sizes)
        wanted = b[pair] * _WIDTH + self._ids[place]
        at = np.minimum(np.searchsorted(other._keys, wanted), max(0, len(other._keys) - 1))
        hit = other._keys[at] == wanted if len(other._keys) else np.zeros(len(wanted), bool)
        return place[hit], pair[hit]


def sharing(words: Iterable[tuple[int, str]], size: int) -> Numbers:
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


class Side:
    """One side of all alignments, by report and start."""

    def __init__(self, spans: Sequence[tuple[str, int, int]]) -> None:
        told: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for number, (report, start, end) in enumerate(spans):
            told[report].append((start, end, number))
        self._spans: dict[str, tuple[Numbers, Numbers, Numbers]] = {}
        for report, held in told.items():
            starts, ends, numbers = np.array(held, np.int64).T
            self._spans[report] = starts, ends, numbers

    def over(self, report: str, start: int, end: int) -> list[int]:
        """The numbers of the alignments that cover most of a span."""
        if report not in self._spans:
            return []
        starts, ends, numbers = self._spans[report]
        covered = np.minimum(ends, end) - np.maximum(starts, start)
        held: list[int] = numbers[(starts < end) & (covered >= thresholds.COVERED * (end - start))].tolist()
        return held
