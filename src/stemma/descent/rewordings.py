"""Sentences that say the same in other words: weighted overlap of word stems, merged and split sentences included.

Anchors (names, figures, rare words, in one sentence together) find rewordings where averaged vectors do not: containment of
single words and short runs was the best measured on Clough & Stevenson (2011), and word length stands in for rarity, so that
no frequency list of any language is needed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from stemma.descent.words import Words
from stemma.tables import Span

ALIKE = 0.5
"""Sentences of independent reports on one event rarely reach it (BASIL: none in half of the pairs, one in a third)."""
KIN = 0.4
"""Enough between two texts that are known to share their telling."""
LEAST_WORDS = 5
PROPOSALS = 6
SPLIT = 0.02
"""What two neighbours must be better than one: a longer bag meets more by chance."""
KEPT = 1_024
"""Texts whose bags are kept: a text is compared with many others, and its bags are made once."""

Votes = Mapping[int, Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Rewording:
    """Words [a) of one text and [b) of the other tell the same; `score` is the Dice coefficient of their weighted stems."""

    a: Span
    b: Span
    score: float
    quoted: bool


@dataclass(frozen=True, slots=True)
class Bag:
    """The stems of a sentence by weight: chosen words (1), words of four letters (a half), grammar (a tenth)."""

    heavy: frozenset[str]
    middle: frozenset[str]
    light: frozenset[str]
    total: float

    @property
    def rest(self) -> float:
        """What all but the chosen words weigh."""
        return self.total - len(self.heavy)


@dataclass(frozen=True, eq=False)
class Bags:
    """The bags of a text's sentences in order, and where each chosen stem stands."""

    sentences: Sequence[Bag]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The sentences that hold each chosen stem."""
        places: dict[str, list[int]] = defaultdict(list)
        for n, bag in enumerate(self.sentences):
            for key in bag.heavy:
                places[key].append(n)
        return dict(places)


def rewordings(a: Words, b: Words, least: float = ALIKE, told: bool = False) -> list[Rewording]:
    """Return the sentence pairs that score `least` or more: each sentence of either text with its best partner.

    With `told`, only the words outside quotation marks count: what the two texts tell, and not what they quote.
    """
    one, other = bags(a, told), bags(b, told)
    votes, turned = _votes(one, other)
    forward = _best(one.sentences, other.sentences, votes, least)
    backward = _best(other.sentences, one.sentences, turned, least) if turned else []
    found = {(i, j): s for i, j, s in forward} | {(i, j): s for j, i, s in backward}
    return [
        Rewording(
            a.sentences[i],
            b.sentences[j],
            round(s, 3),
            in_quotes(a, a.sentences[i]) and in_quotes(b, b.sentences[j]),
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


@lru_cache(maxsize=2 * KEPT)
def bags(words: Words, told: bool) -> Bags:
    """Return the bags of a text's sentences; with `told` without what is quoted."""
    if told and not any(words.quoted):
        return bags(words, False)
    return Bags([_bag(_used(words, sentence, told)) for sentence in words.sentences])


def in_quotes(words: Words, span: Span) -> bool:
    """Return whether most words of a span stand inside quotation marks."""
    return words.quoted.count(1, *span) > 0.5 * (span[1] - span[0])


def _used(words: Words, sentence: Span, told: bool) -> Sequence[str]:
    used = words.folded[slice(*sentence)]
    if told and words.quoted.count(1, *sentence):
        # What is left of a sentence that quotes is who said it: two reporters write that alike.
        quoted = words.quoted[slice(*sentence)]
        used = () if in_quotes(words, sentence) else tuple(w for w, q in zip(used, quoted, strict=True) if not q)
    return used if len(used) >= LEAST_WORDS else ()


def _bag(used: Iterable[str]) -> Bag:
    distinct = set(used)
    heavy = frozenset(w if w.isdigit() else w[:5] for w in distinct if len(w) > 4 or w.isdigit())
    middle = frozenset(w for w in distinct if len(w) == 4) - heavy
    light = frozenset(w for w in distinct if len(w) < 4) - heavy
    return Bag(heavy, middle, light, len(heavy) + 0.5 * len(middle) + 0.1 * len(light))


def _votes(one: Bags, other: Bags) -> tuple[Votes, Votes]:
    """How many chosen stems each two sentences share: by the sentences of the second text, and of the first."""
    votes: dict[int, dict[int, int]] = {}
    turned: dict[int, dict[int, int]] = {}
    for key in one.places.keys() & other.places.keys():
        for i in one.places[key]:
            for j in other.places[key]:
                mine = votes.setdefault(j, {})
                mine[i] = mine.get(i, 0) + 1
    for j, mine in votes.items():
        for i, count in mine.items():
            turned.setdefault(i, {})[j] = count
    return votes, turned


def _best(a: Sequence[Bag], b: Sequence[Bag], votes: Votes, least: float) -> list[tuple[int, int, float]]:
    """For each bag of b the best of a: alone, or two neighbours of a together (a split sentence), each then a partner."""
    found = []
    for j, mine in votes.items():
        best = _best_for(a, b[j], mine, least)
        if best:
            found += [(i, j, best[1]) for i in best[0]]
    return found


def _best_for(
    a: Sequence[Bag], bag: Bag, votes: Mapping[int, int], least: float
) -> tuple[tuple[int, ...], float] | None:
    # What even a full match of the light words would leave under `least` is not worth counting: most proposals.
    need = 0.5 * least
    options: list[tuple[float, tuple[int, ...]]] = []
    for i in _likeliest(votes):
        if votes[i] + min(bag.rest, a[i].rest) >= need * (a[i].total + bag.total):
            options.append((_dice(a[i], bag), (i,)))
        if i + 1 < len(a) and a[i + 1].total:
            both = votes[i] + votes.get(i + 1, 0) + bag.rest
            if both >= need * (max(a[i].total, a[i + 1].total) + bag.total):
                options.append((_dice(_union(a[i], a[i + 1]), bag) - SPLIT, (i, i + 1)))
    score, which = max(options, key=lambda o: (o[0], -len(o[1]), -o[1][0]), default=(0.0, ()))
    if len(which) == 2 and min(_overlap(a[i], bag) for i in which) < 2:
        score, which = max((o for o in options if len(o[1]) == 1), default=(0.0, ()))
    return (which, score) if which and score >= least else None


def _likeliest(votes: Mapping[int, int]) -> Sequence[int]:
    if len(votes) <= PROPOSALS:
        return list(votes)
    return sorted(votes, key=lambda i: (-votes[i], i))[:PROPOSALS]


def _dice(x: Bag, y: Bag) -> float:
    return 2 * _overlap(x, y) / (x.total + y.total)


def _overlap(x: Bag, y: Bag) -> float:
    return len(x.heavy & y.heavy) + 0.5 * len(x.middle & y.middle) + 0.1 * len(x.light & y.light)


def _union(x: Bag, y: Bag) -> Bag:
    heavy, middle, light = x.heavy | y.heavy, x.middle | y.middle, x.light | y.light
    return Bag(heavy, middle, light, len(heavy) + 0.5 * len(middle) + 0.1 * len(light))
