"""Two texts of one sentence each: whether the one tells what the other tells, however it is worded.

A short item has no telling that could be weighed: what is left is how much of its words, and of their order, the two share, those
that it quotes among them. The weights were fitted by logistic regression to the 3,771 pairs of news sentences in the training
part of the Microsoft Research Paraphrase Corpus (Dolan & Brockett 2005), which two raters had judged.
"""

import math
from collections.abc import Sequence

from rapidfuzz.distance import Indel

from stemma.descent.rewordings import stem, weigh
from stemma.descent.words import Words

LEAST_WORDS, MOST_WORDS = 5, 60
BEGIN, STEMS, WORDS, PAIRS, ORDER, LENGTH = -4.4, 4.6, 3.5, -4.0, 5.0, -0.19
"""Weights in nats: of the stems, words, pairs of neighbours and order that two sentences share (Dice coefficients), and of each
word that one has more. Neighbours count against: of sentences that share as many words in order, the one with a word changed
here and there is a rewording, and the one with a phrase changed tells another fact."""


def is_sentence(words: Words) -> bool:
    """Return whether a text is one sentence, long enough to tell something."""
    return len(words.sentences) == 1 and LEAST_WORDS <= len(words.folded) <= MOST_WORDS


def same_telling(a: Words, b: Words) -> float:
    """Return the probability that two sentences tell the same."""
    stems = [set(map(stem, t.folded)) for t in (a, b)]
    shared, total = sum(map(weigh, stems[0] & stems[1])), sum(map(weigh, stems[0])) + sum(map(weigh, stems[1]))
    weight = (
        BEGIN
        + STEMS * 2 * shared / total
        + WORDS * _dice(a.folded, b.folded)
        + PAIRS * _dice(list(zip(a.folded, a.folded[1:], strict=False)), list(zip(b.folded, b.folded[1:], strict=False)))
        + ORDER * Indel.normalized_similarity(a.folded, b.folded)
        + LENGTH * abs(len(a.folded) - len(b.folded))
    )
    return 1 / (1 + math.exp(-weight))


def _dice(a: Sequence[object], b: Sequence[object]) -> float:
    one, other = set(a), set(b)
    return 2 * len(one & other) / (len(one) + len(other))
