"""Sentences that say the same in other words: weighted overlap of word stems, merged and split sentences included.

Anchors (names, figures, rare words, in one sentence together) find rewordings where averaged vectors do not: containment of
single words and short runs was the best measured on Clough & Stevenson (2011), and word length stands in for rarity, so that
no frequency list of any language is needed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stemma.descent.words import Words
from stemma.tables import Span

ALIKE = 0.5
"""Sentences of independent reports on one event rarely reach it (BASIL: none in half of the pairs, one in a third)."""
KIN = 0.4
"""Enough between two texts that are known to share their telling."""
LEAST_WORDS = 5
PROPOSALS = 6


@dataclass(frozen=True, slots=True)
class Rewording:
    """Words [a) of one text and [b) of the other tell the same; `score` is the Dice coefficient of their weighted stems."""

    a: Span
    b: Span
    score: float
    quoted: bool


def rewordings(a: Words, b: Words, least: float = ALIKE, told: bool = False) -> list[Rewording]:
    """Return the sentence pairs that score `least` or more: each sentence of either text with its best partner.

    With `told`, only the words outside quotation marks count: what the two texts tell, and not what they quote.
    """
    bags_a, bags_b = _bags(a, told), _bags(b, told)
    forward = _best(bags_a, bags_b, least)
    backward = [(j, i, s) for i, j, s in _best(bags_b, bags_a, least)]
    found = {(i, j): s for i, j, s in forward + backward}
    return [
        Rewording(
            a.sentences[i],
            b.sentences[j],
            round(s, 3),
            _in_quotes(a, a.sentences[i]) and _in_quotes(b, b.sentences[j]),
        )
        for (i, j), s in sorted(found.items())
    ]


def weigh(word: str) -> float:
    """Return how much a word's agreement says: short words are grammar, long ones and numbers are chosen."""
    if word.isdigit():
        return 1.0
    return 0.1 if len(word) <= 3 else 0.5 if len(word) == 4 else 1.0


def stem(word: str) -> str:
    """Return the first five letters: crude, the same in every language, and enough to meet "advance" in "advancing"."""
    return word if word.isdigit() else word[:5]


@lru_cache(maxsize=512)
def _bags(words: Words, told: bool) -> list[dict[str, float]]:
    """A text is compared with many others: its bags are made once."""
    bags = []
    for first, past in words.sentences:
        bag: dict[str, float] = {}
        # What is left of a sentence that quotes is who said it: two reporters write that alike.
        aside = told and _in_quotes(words, (first, past))
        used = [words.folded[k] for k in range(first, past) if not (aside or (told and words.quoted[k]))]
        for word in used if len(used) >= LEAST_WORDS else ():
            bag[stem(word)] = max(bag.get(stem(word), 0.0), weigh(word))
        bags.append(bag)
    return bags


def _best(
    a: Sequence[Mapping[str, float]], b: Sequence[Mapping[str, float]], least: float
) -> list[tuple[int, int, float]]:
    """For each bag of b the best of a: alone, or two neighbours of a together (a split sentence), each then a partner."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, bag in enumerate(a):
        for key, weight in bag.items():
            if weight >= 1.0:
                places[key].append(i)
    totals = [sum(bag.values()) for bag in a]
    found = []
    for j, bag in enumerate(b):
        best = _best_for(a, totals, bag, places, least)
        if best:
            found += [(i, j, best[1]) for i in best[0]]
    return found


def _best_for(
    a: Sequence[Mapping[str, float]],
    totals: Sequence[float],
    bag: Mapping[str, float],
    places: Mapping[str, Sequence[int]],
    least: float,
) -> tuple[tuple[int, ...], float] | None:
    total, heavy = sum(bag.values()), [key for key, weight in bag.items() if weight >= 1.0]
    light = total - len(heavy)
    votes: dict[int, float] = defaultdict(float)
    for key in heavy:
        for i in places.get(key, ()):
            votes[i] += 1
    options: list[tuple[float, tuple[int, ...]]] = []
    # What even a full match of the light words would leave under `least` is not worth counting: most proposals.
    for i in sorted(votes, key=lambda i: (-votes[i], i))[:PROPOSALS]:
        if 2 * (votes[i] + light) >= least * (totals[i] + total):
            options.append((_dice(a[i], bag), (i,)))
        if i + 1 < len(a) and a[i + 1]:
            both = votes[i] + votes.get(i + 1, 0.0) + light
            if 2 * both >= least * (max(totals[i], totals[i + 1]) + total):
                options.append((_dice(_union(a[i], a[i + 1]), bag) - 0.02, (i, i + 1)))
    score, which = max(options, key=lambda o: (o[0], -len(o[1]), -o[1][0]), default=(0.0, ()))
    if len(which) == 2 and min(_overlap(a[i], bag) for i in which) < 2:
        score, which = max((o for o in options if len(o[1]) == 1), default=(0.0, ()))
    return (which, score) if which and score >= least else None


def _dice(x: Mapping[str, float], y: Mapping[str, float]) -> float:
    total = sum(x.values()) + sum(y.values())
    return 2 * _overlap(x, y) / total if total else 0.0


def _overlap(x: Mapping[str, float], y: Mapping[str, float]) -> float:
    return sum(min(w, y[k]) for k, w in x.items() if k in y)


def _union(x: Mapping[str, float], y: Mapping[str, float]) -> dict[str, float]:
    return {k: max(x.get(k, 0.0), y.get(k, 0.0)) for k in (*x, *y)}


def _in_quotes(words: Words, span: Span) -> bool:
    quoted = words.quoted[span[0] : span[1]]
    return sum(quoted) > 0.5 * len(quoted)
