"""Sentences that say the same in other words: weighted overlap of word stems, merged and split sentences included.

Anchors (names, figures, rare words, in one sentence together) find rewordings where averaged vectors do not: containment of
single words and short runs was the best measured on Clough & Stevenson (2011), and word length stands in for rarity, so that
no frequency list of any language is needed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel

from stemma.descent import thresholds
from stemma.descent.words import KNOWN, Words, labels
from stemma.tables import Span
from stemma.text.stems import stem

KEPT = 1_024
"""Texts whose bags are kept: a text is compared with many others, and its bags are made once."""
ONE_THREAD = 1 << 18
"""Multiplications from which OpenBLAS starts threads, which take far longer than a product of this size."""

Floats = npt.NDArray[np.float32]
Marks = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Rewording:
    """Words [a) of one text and [b) of the other tell the same; `score` is the Dice coefficient of their weighted stems."""

    a: Span
    b: Span
    score: float
    quoted: bool


@dataclass(frozen=True, eq=False, slots=True)
class Bags:
    """Which stems (columns, ascending keys) each sentence (row) of a text has; `both`: those that it shares with the next.

    `totals` are the weights of the sentences, `unions` those of a sentence and the next together.
    """

    keys: npt.NDArray[np.int64]
    weights: Floats
    rows: Marks
    both: Marks
    totals: Floats
    unions: Floats


def rewordings(a: Words, b: Words, least: float = thresholds.ALIKE, told: bool = False) -> list[Rewording]:
    """Return the sentence pairs that score `least` or more: each sentence of either text with its best partner.

    With `told`, only narrative counts: what the two texts tell, and not what they quote or print for somebody.
    """
    found = _found(bags(a, told), bags(b, told), least)
    return [
        Rewording(
            a.sentences[i],
            b.sentences[j],
            round(score, 3),
            in_quotes(a, a.sentences[i]) and in_quotes(b, b.sentences[j]),
        )
        for (i, j), score in sorted(found.items())
    ]


def is_sentence(words: Words) -> bool:
    """Return whether a text is one sentence, long enough to tell something."""
    return len(words.sentences) == 1 and thresholds.SENTENCE_WORDS <= len(words.folded) <= thresholds.ITEM_WORDS


def same_telling(a: Words, b: Words) -> float:
    """Return the probability that two texts of one sentence each tell the same, those words that they quote among them.

    A short item has no telling that could be weighed: what is left is how much of its words, and of their order, the two share.
    """
    stems = [set(t.stems) for t in (a, b)]
    shared, total = sum(map(weigh, stems[0] & stems[1])), sum(map(weigh, stems[0])) + sum(map(weigh, stems[1]))
    weight = (
        thresholds.ITEM_BIAS
        + thresholds.ITEM_STEMS * 2 * shared / total
        + thresholds.ITEM_WORDS_SHARED * _dice(a.folded, b.folded)
        + thresholds.ITEM_PAIRS
        * _dice(list(zip(a.folded, a.folded[1:], strict=False)), list(zip(b.folded, b.folded[1:], strict=False)))
        + thresholds.ITEM_ORDER * Indel.normalized_similarity(a.folded, b.folded)
        + thresholds.ITEM_LENGTH * abs(len(a.folded) - len(b.folded))
    )
    return 1 / (1 + math.exp(-weight))


def weigh(word: str) -> float:
    """Return how much a word's agreement says: short words are grammar, long ones and numbers are chosen."""
    return thresholds.STEM_WEIGHTS[2 if word.isdigit() else max(0, min(len(word) - thresholds.GRAMMAR, 2))]


@lru_cache(maxsize=2 * KEPT)
def bags(words: Words, told: bool) -> Bags:
    """Return the stems of a text's sentences; with `told` of its narrative alone."""
    aside = labels(words) if told else b""
    told = any(aside)
    used = np.zeros(len(words.folded), bool)
    number = np.zeros(len(words.folded), np.intp)
    for n, (first, past) in enumerate(words.sentences):
        number[first:past] = n
        # What is left of a sentence that quotes is who said it: two reporters write that alike.
        quoted = past - first - aside.count(0, first, past) if told else 0
        used[first:past] = quoted <= 0.5 * (past - first) and past - first - quoted >= thresholds.SENTENCE_WORDS
    if told:
        used &= np.frombuffer(aside, np.uint8) == 0
    keys = np.fromiter(map(_keys(words.language).__getitem__, words.folded), np.int64, len(words.folded))[used]
    distinct, column = np.unique(keys, return_inverse=True)
    rows = np.zeros((len(words.sentences), distinct.size), np.int8)
    rows[number[used], column] = 1
    weights = np.array(thresholds.STEM_WEIGHTS, np.float32)[distinct & 3]
    both = rows[:-1] & rows[1:]
    totals, twice = (rows * weights).sum(axis=1), (both * weights).sum(axis=1)
    unions = np.where((totals[:-1] > 0) & (totals[1:] > 0), totals[:-1] + totals[1:] - twice, np.float32(np.inf))
    return Bags(distinct, weights, rows, both, totals, unions)


def in_quotes(words: Words, span: Span) -> bool:
    """Return whether most words of a span stand inside quotation marks."""
    return words.quoted.count(1, *span) > 0.5 * (span[1] - span[0])


def _found(a: Bags, b: Bags, least: float) -> dict[tuple[int, int], float]:
    """The score of each pair of sentences that is the best of one of its two."""
    at_a, at_b = _common(a.keys, b.keys)
    if not at_a.size:
        return {}
    weights = a.weights[at_a]
    rows_a, rows_b = a.rows[:, at_a] * weights, b.rows[:, at_b].astype(np.float32)
    shared = _product(rows_a, rows_b)
    single = 2 * shared / np.maximum(a.totals[:, None] + b.totals, np.float32(1e-6))
    found = dict[tuple[int, int], float]()
    split = _split(shared, _product(a.both[:, at_a] * weights, rows_b), a.unions, b.totals)
    for j, i, parts, score in _best(single, split, least):
        found |= {(i + k, j): score for k in range(parts)}
    split = _split(shared.T, _product(b.both[:, at_b].astype(np.float32), rows_a), b.unions, a.totals)
    for i, j, parts, score in _best(single.T, split, least):
        found |= {(i, j + k): score for k in range(parts)}
    return found


def _common(a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The places of the keys that both have."""
    if not a.size:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    place = np.minimum(np.searchsorted(a, b), a.size - 1)
    same = np.flatnonzero(a[place] == b)
    return place[same], same


def _product(x: Floats, y: Floats) -> Floats:
    """The products of all rows of x with all rows of y."""
    step = max(1, ONE_THREAD // max(1, y.size))
    if step >= len(x):
        return np.asarray(x @ y.T)
    return np.concatenate([x[n : n + step] @ y.T for n in range(0, len(x), step)])


def _split(shared: Floats, twice: Floats, unions: Floats, totals: Floats) -> Floats:
    """The scores of each two neighbours together with one sentence of the other text."""
    scores = 2 * (shared[:-1] + shared[1:] - twice) / (unions[:, None] + totals) - np.float32(thresholds.SPLIT_PENALTY)
    return np.where(np.minimum(shared[:-1], shared[1:]) >= thresholds.SPLIT_SHARED, scores, np.float32(0))


def _best(single: Floats, split: Floats, least: float) -> list[tuple[int, int, int, float]]:
    """For each column its best row, or the first of its best two neighbours, how many they are, and the score."""
    rows, columns = single.argmax(axis=0), np.arange(single.shape[1])
    best = single[rows, columns]
    firsts = split.argmax(axis=0) if split.size else rows
    pairs = split[firsts, columns] if split.size else np.zeros_like(best)
    good = np.flatnonzero(np.maximum(best, pairs) >= least)
    alone = best[good] >= pairs[good]
    row, score = np.where(alone, rows[good], firsts[good]), np.where(alone, best[good], pairs[good])
    parts = np.where(alone, 1, 2)
    return list(zip(good.tolist(), row.tolist(), parts.tolist(), score.tolist(), strict=True))


def _dice(a: Sequence[object], b: Sequence[object]) -> float:
    one, other = set(a), set(b)
    return 2 * len(one & other) / (len(one) + len(other))


class _Keys(dict[str, int]):
    """A number for the stem of each word of a language that was met; its last two bits say the weight."""

    def __init__(self, language: str | None) -> None:
        self._language = language

    def __missing__(self, word: str) -> int:
        if len(self) >= KNOWN:
            self.clear()
        # Python's own hash differs in every process: with the order of the columns the last digit of a sum would.
        hashed = blake2b(stem(word, self._language).encode(), digest_size=8).digest()
        key = self[word] = int.from_bytes(hashed, "big", signed=True) & ~3 | thresholds.STEM_WEIGHTS.index(weigh(word))
        return key


_keys = lru_cache(maxsize=40)(_Keys)
