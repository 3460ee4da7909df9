"""How likely two propositions say the same: named features of a pair, weighed with fitted weights (data/weights.tsv).

What a story says everywhere weighs little (inverse document frequency over its sentences). Pairs are proposed by the words that
both have within their clauses, and by equal quantities: what shares neither is never compared.
The weights are fitted by bench/claims.py, three sets: for clauses, for figures and for times.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from stemma.claims import thresholds
from stemma.claims.counts import AGE, LENGTHS, STATES, near
from stemma.claims.overlap import Floats, Numbers, Vocabulary, sharing
from stemma.claims.propositions import Proposition
from stemma.mentions.figures.units import same_dimension, to_base
from stemma.tables import Figure, Span
from stemma.text.data import rows, words_of
from stemma.text.stems import meaning

KINDS = ("clause", "figure", "time")
_OFTEN = "time"
"""What a number counts that says how often something happened."""
Signs = dict[str, Callable[[Proposition, Proposition], float]]
MARKS = ("likeness", "least lead", "greatest lead")
"""What of a pair is weighed: its likeness, and by how much it leads the likest rivals of either side, as logarithms of odds."""


@dataclass(frozen=True)
class Setting:
    """What the reports of a story say: its sentences, in how many of them each word stands, and the numbers of each clause."""

    sentences: int
    seen: Mapping[str, int]
    numbers: Mapping[tuple[str, Span], frozenset[str]]


class Likeness:
    """The propositions of one story, all clauses or all quantities, by number; holds its word weights."""

    def __init__(self, propositions: Sequence[Proposition], setting: Setting) -> None:
        self.propositions = propositions
        idf = {w: math.log(1 + max(1, setting.sentences) / (1 + seen)) for w, seen in setting.seen.items()}
        own = [[w for w, weight in p.words.items() if weight >= 1.0] for p in propositions]
        self._within = [sorted(p.within | set(o)) for p, o in zip(propositions, own, strict=True)]
        words, printed = Vocabulary(idf), Vocabulary({})
        self._bags = {
            "own": words.bag(own),
            "within": words.bag(self._within),
            "sentence": words.bag([list(p.words) for p in propositions]),
            "beside": words.bag([list(p.beside) for p in propositions]),
            "names": words.bag([list(map(meaning, p.names)) for p in propositions]),
            "raw": printed.bag([p.raw for p in propositions]),
            "pairs": printed.bag([[" ".join(two) for two in pairwise(p.raw)] for p in propositions]),
        }
        self._numbers = setting.numbers

    def proposed(self) -> tuple[Numbers, Numbers]:
        """Return the pairs that may say the same, as two arrays of numbers, the lower first."""
        words = ((n, w) for n, some in enumerate(self._within) for w in some)
        amounts = [(n, f"={key}") for n, p in enumerate(self.propositions) for key in keys_of(p)]
        amounts += [(n, f"+{p.topic}") for n, p in enumerate(self.propositions) if p.topic in STATES]
        pairs = sharing(words, len(self.propositions))
        if any(p.figure or p.when for p in self.propositions):
            pairs = np.union1d(pairs, sharing(amounts, len(self.propositions)))
        a, b = np.divmod(pairs, max(1, len(self.propositions)))
        own, within = self._bags["own"].cosine(a, b), self._bags["within"].cosine(a, b)
        close = (own >= thresholds.PROPOSED_OWN) | (within >= thresholds.PROPOSED_WITHIN)
        kept = np.array(
            [
                _comparable(x, y) and (alike or _equal(x, y) or _is_toll(x, y))
                for (x, y), alike in zip(self._pairs(a, b), close.tolist(), strict=True)
            ],
            bool,
        )
        return a[kept], b[kept]

    def beside(self) -> tuple[Numbers, Numbers]:
        """Return the pairs of quantities that share a word beside them or under their verbs, whatever they are."""
        words = ((n, w) for n, p in enumerate(self.propositions) for w in p.beside | p.within)
        a, b = np.divmod(sharing(words, len(self.propositions)), max(1, len(self.propositions)))
        kept = np.array([_comparable(x, y) for x, y in self._pairs(a, b)], bool)
        return a[kept], b[kept]

    def _pairs(self, a: Numbers, b: Numbers) -> list[tuple[Proposition, Proposition]]:
        return [(self.propositions[x], self.propositions[y]) for x, y in zip(a.tolist(), b.tolist(), strict=True)]

    def features(self, a: Numbers, b: Numbers, kind: str) -> Floats:
        """Return a row of the features of a kind (FEATURES in order) for each pair."""
        if not len(a):
            return np.zeros((0, len(FEATURES[kind])))
        pairs, found = self._pairs(a, b), []
        bag = self._bags
        measures: dict[str, Callable[[], Floats]] = {
            "own": lambda: bag["own"].cosine(a, b),
            "within": lambda: bag["within"].cosine(a, b),
            "sentence": lambda: bag["sentence"].cosine(a, b),
            "raw": lambda: bag["raw"].cosine(a, b),
            "pairs": lambda: np.maximum(bag["pairs"].share(a, b, bag["pairs"]), bag["pairs"].share(b, a, bag["pairs"])),
            "beside": lambda: bag["beside"].cosine(a, b),
            "beside shared": lambda: bag["beside"].mass(a, b),
            "names": lambda: bag["names"].mass(a, b),
            "sentence shared": lambda: bag["sentence"].mass(a, b),
            "rarest": lambda: bag["within"].rarest(a, b),
            "shared": lambda: bag["within"].mass(a, b),
            "numbers": lambda: np.array([rarity(self._held(x) & self._held(y)) for x, y in pairs], float),
            "other numbers": lambda: np.array([_are_other(self._held(x), self._held(y)) for x, y in pairs], float),
            "equal words": lambda: bag["within"].cosine(a, b) * np.array([_equal(x, y) for x, y in pairs], float),
            "near words": lambda: bag["within"].cosine(a, b) * np.array([_near(x, y) for x, y in pairs], float),
            "runs words": lambda: bag["sentence"].cosine(a, b) * np.array([_runs(x, y) for x, y in pairs], float),
        }
        for name in FEATURES[kind]:
            sign = SIGNS.get(name)
            found.append(np.array([sign(x, y) for x, y in pairs], float) if sign else measures[name]())
        return np.stack(found, axis=1)

    def _held(self, p: Proposition) -> frozenset[str]:
        """The numbers in a proposition's clause."""
        return self._numbers.get((p.report, p.clause), frozenset())

    def probabilities(self, a: Numbers, b: Numbers) -> Floats:
        """Return for each pair the probability (0–1) that it is one claim."""
        kinds = np.array([KINDS.index(kind_of(self.propositions[x])) for x in a.tolist()], dtype=np.int64)
        found = np.zeros(len(a))
        for n, kind in enumerate(KINDS):
            chosen = kinds == n
            found[chosen] = probability(kind, FEATURES[kind], self.features(a[chosen], b[chosen], kind))
        return found

    def among_rivals(self, a: Numbers, b: Numbers, probable: Floats) -> Floats:
        """Return these probabilities of pairs of one kind, weighed again with what else is like either side."""
        if not len(a):
            return probable
        return probability(f"{kind_of(self.propositions[a[0]])} among rivals", MARKS, marks(self.propositions, a, b, probable))


def probability(kind: str, names: tuple[str, ...], rows: Floats) -> Floats:
    """Return the probability (0–1) of each row of named features, by the fitted weights of a kind."""
    weights, bias = weights_of(kind, names)
    return np.asarray(1 / (1 + np.exp(-(rows @ weights + bias))), float)


def kind_of(proposition: Proposition) -> str:
    """Return which weights compare a proposition, of KINDS."""
    return "time" if proposition.when else "figure" if proposition.figure else "clause"


@lru_cache(maxsize=8)
def weights_of(kind: str, names: tuple[str, ...]) -> tuple[Floats, float]:
    """Return the fitted weights of the named features of a kind, and its bias."""
    table = {name: float(value) for of, name, value in rows("claims", "weights.tsv") if of == kind}
    return np.array([table[name] for name in names]), table["bias"]


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
    if p.figure is None or _is_vague(p.figure):
        return []
    bare = [f"{p.figure.value:.10g} of something"] if p.figure.value >= thresholds.TELLING_NUMBER else []
    return [f"{base_value(p.figure):.10g} {p.figure.unit and 'units'}", *bare]


def _is_vague(figure: Figure) -> bool:
    """Whether nobody counted: "dozens" of two things are no number in common."""
    return figure.bound == "about" and figure.high is None


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
    """Whether two unequal quantities may be told of one thing: about as large, touching days, one hour."""
    if _equal(x, y):
        return False
    if x.figure and y.figure:
        if _is_vague(x.figure) and _is_vague(y.figure):
            return False
        a, b = base_value(x.figure), base_value(y.figure)
        if x.figure.unit == AGE:
            return abs(a - b) <= 1
        return abs(a - b) <= thresholds.NEAR_NUMBER * max(abs(a), abs(b))
    if x.when and y.when and x.when.begin and x.when.until and y.when.begin and y.when.until:
        return x.when.begin <= y.when.until and y.when.begin <= x.when.until
    return False


def _runs(x: Proposition, y: Proposition) -> bool:
    """Whether two unequal numbers count one noun by one verb."""
    return x.topic is not None and x.topic == y.topic and x.head == y.head and not _equal(x, y)


def _is_toll(x: Proposition, y: Proposition) -> bool:
    """Whether two unequal numbers are of people in one state, of one time as far as they say so: a count that runs."""
    if x.topic not in STATES or x.topic != y.topic or _equal(x, y) or x.part != y.part:
        return False
    if x.time is None or y.time is None or not x.time.until or not y.time.until:
        return True
    return near(x.time.until, y.time.until)


def same_quantity(x: Proposition, y: Proposition) -> bool:
    """Return whether two quantities are equal, or may be told of one thing."""
    return _equal(x, y) or _near(x, y) or _runs(x, y) or _is_toll(x, y)


def _counts(x: Proposition, y: Proposition) -> tuple[str | None, str | None]:
    return (x.topic or (x.figure.counted if x.figure else None)), (y.topic or (y.figure.counted if y.figure else None))


def are_other_counts(x: Proposition, y: Proposition) -> bool:
    """Return whether two numbers count two things: people may be those in any state, "30 times" counts whatever happened."""
    one, other = _counts(x, y)
    if one is None or other is None or one == other or _OFTEN in (one, other):
        return False
    return not ("person" in (one, other) and {one, other} & STATES)


def _are_other(x: Collection[str], y: Collection[str]) -> bool:
    """Whether both have some, and none in common."""
    return bool(x and y) and set(x).isdisjoint(y)


def _other_objects(x: Proposition, y: Proposition) -> bool:
    """Whether each has objects of which the other says nothing."""
    one, other = x.objects - {x.subject or ""}, y.objects - {y.subject or ""}
    return bool(one and other) and one.isdisjoint(y.within) and other.isdisjoint(x.within)


def _other_days(x: Proposition, y: Proposition) -> bool:
    """Whether both are dated, and the dates do not touch."""
    a, b = x.time, y.time
    if not (a and b and a.begin and a.until and b.begin and b.until):
        return False
    return a.until < b.begin or b.until < a.begin


def rarity(keys: Collection[str]) -> float:
    """Return how rarely the rarest of some numbers is printed by chance (0–1): by its digits that are no trailing noughts."""
    return max((min(1.0, len(key.split()[0].replace(".", "").rstrip("0")) / 4) for key in keys), default=0.0)


def _large(x: Proposition, y: Proposition) -> float:
    """How rarely an equal number is printed by chance (0–1)."""
    if not (x.figure and _equal(x, y)):
        return 0.0
    return rarity(keys_of(x))


SIGNS: Signs = {
    "same verb": lambda x, y: x.head == y.head and x.head not in words_of("claims", "light.txt"),
    "same deed": lambda x, y: bool(x.subject) and x.head == y.head and x.subject == y.subject,
    "same objects": lambda x, y: not x.objects.isdisjoint(y.objects),
    "other objects": _other_objects,
    "other names": lambda x, y: bool(x.own_names - y.names and y.own_names - x.names),
    "other days": _other_days,
    "same source": lambda x, y: bool(x.source and x.source == y.source),
    "negation": lambda x, y: x.negated != y.negated,
    "equal": _equal,
    "near": _near,
    "toll": _is_toll,
    "missing": lambda x, y: x.topic == "missing" and _is_toll(x, y),
    "other count": are_other_counts,
    "digits": _large,
    "day": lambda x, _: bool(x.when and x.when.type == "DATE"),
    "same subject": lambda x, y: bool(x.subject) and x.subject == y.subject,
    "same unit": lambda x, y: bool(x.figure and y.figure and x.figure.unit and x.figure.unit == y.figure.unit),
    "same noun": lambda x, y: None not in _counts(x, y) and len(set(_counts(x, y))) == 1,
    "part": lambda x, y: x.part != y.part,
}
FEATURES: Mapping[str, tuple[str, ...]] = {
    "clause": (
        "within", "sentence", "raw", "pairs", "shared", "same verb", "same deed", "same objects", "same source", "numbers",
        "other names", "other days", "negation",
    ),
    "figure": (
        "raw", "rarest", "same source", "equal", "equal words", "digits", "near", "near words", "runs words", "toll", "missing",
        "other objects", "other count",
    ),
    "time": (
        "own", "sentence", "raw", "pairs", "shared", "same verb", "same objects", "numbers", "equal", "near",
        "other names", "other numbers", "day",
    ),
    "masked": (
        "sentence shared", "beside shared", "beside", "raw", "same verb", "same subject", "same objects", "same unit",
        "same noun", "names", "other count", "part", "other days",
    ),
}  # fmt: skip
"""The features of each kind, those that speak against one claim last; what weighs nothing is not among them."""


def setting_of(propositions: Sequence[Proposition]) -> Setting:
    """Return what all propositions of a story say."""
    sentences: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    numbers: dict[tuple[str, Span], set[str]] = defaultdict(set)
    for p in propositions:
        sentences[p.report, *p.sentence].update(p.words)
        if p.figure:
            numbers[p.report, p.clause].update(keys_of(p))
    seen = Counter(w for words in sentences.values() for w in words)
    return Setting(len(sentences), seen, {place: frozenset(keys) for place, keys in numbers.items()})


def marks(propositions: Sequence[Proposition], a: Numbers, b: Numbers, probable: Floats) -> Floats:
    """Return a row of MARKS for each pair (a, b) and the probability that it has by itself.

    A report that tells of one matter has many sentences that are somewhat like a proposition, and one at most that says the same.
    So a middling likeness without a rival is better proof than a higher one that three sentences reach.
    """
    with np.errstate(divide="ignore"):
        odds = np.clip(np.log(probable) - np.log1p(-probable), -thresholds.MOST_ODDS, thresholds.MOST_ODDS)
    number: dict[tuple[str, Span], int] = {}
    sentences = np.array([number.setdefault((p.report, p.sentence), len(number)) for p in propositions], dtype=np.int64)
    named: dict[str, int] = {}
    report_of = np.array([named.setdefault(report, len(named)) for report, _ in number], dtype=np.int64)
    one, other = np.split(_lead(np.append(a, b), sentences[np.append(b, a)], np.append(odds, odds), report_of), 2)
    return np.stack([odds, np.minimum(one, other), np.maximum(one, other)], axis=1)


def _lead(here: Numbers, sentences: Numbers, odds: Floats, report_of: Numbers) -> Floats:
    """By how much each pair leads the best that its first side has in another sentence of the other side's report."""
    if not len(odds):
        return odds
    # One row a proposition and sentence, with the best of it; then for each the best of the report's other sentences.
    rows, row = np.unique(here * len(report_of) + sentences, return_inverse=True)
    best = np.full(len(rows), -np.inf)
    np.maximum.at(best, row, odds)
    who, told = rows // len(report_of), report_of[rows % len(report_of)]
    order = np.lexsort((best, told, who))
    starts = np.flatnonzero(np.r_[True, (np.diff(who[order]) != 0) | (np.diff(told[order]) != 0)])
    sizes = np.diff(np.r_[starts, len(order)])
    top, single = np.repeat(starts + sizes - 1, sizes), np.repeat(sizes == 1, sizes)
    ranked = best[order]
    second = np.where(single, -thresholds.MOST_ODDS, ranked[np.maximum(top - 1, 0)])
    rival = np.empty(len(order))
    rival[order] = np.where(np.arange(len(order)) == top, second, ranked[top])
    alone = np.bincount(report_of) == 1
    return np.where(alone[report_of[sentences]], thresholds.USUAL_LEAD, odds - rival[row])
