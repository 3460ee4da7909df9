"""The reports of a story collated: which readings of each stand in each other, its words, which follows which, and what one cut.

Sets of readings are the bits of an integer, which makes the comparison of three reports (what do these two share that the third
lacks?) cheap enough for hundreds. An editor cuts inside sentences and paragraphs far more often than he writes into them, and
puts a beginning of his own before them: where words that follow one another in one text stand apart in the other, the other had
them first (conditional compression, place by place). That is a sign of who cut whom that does not go by length.
"""

import itertools
import math
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from rapidfuzz.distance import LCSseq

from stemma.descent import thresholds
from stemma.descent.compare import Comparison, Passage
from stemma.descent.telling import Telling
from stemma.descent.words import Words, wording
from stemma.tables import KINDS, Span

Pairs = Mapping[tuple[int, int], Comparison]
T = TypeVar("T", bound=Hashable)
Aligned = tuple[int, int, int]
"""A run: its first word in a, its first word in b, and its length."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where a has words between words that follow one another in b (`a_more` places), the converse, and the widest of each.

    The widest are spans of word numbers. `a_share` and `b_share` are the shares of either text, 0–1, that stand in the other.
    `lead` is the log of the ratio of the words before the first shared one, b to a: above 0 when b begins with words of its own.
    """

    a_more: int
    b_more: int
    a_widest: Span
    b_widest: Span
    lead: float
    a_share: float
    b_share: float

    def turned(self) -> "Cuts":
        """Return the same seen from the other text."""
        return Cuts(self.b_more, self.a_more, self.b_widest, self.a_widest, -self.lead, self.b_share, self.a_share)

    def weight(self) -> float:
        """Return the weight, in nats, of all this that b was taken from a."""
        return self.cut() + self.led() + self.contained()

    def cut(self) -> float:
        """Return the weight, in nats, that b was cut from a."""
        weight = thresholds.CUT * math.log((self.a_more + 1) / (self.b_more + 1))
        return max(-thresholds.CUT_MOST, min(thresholds.CUT_MOST, weight))

    def contained(self) -> float:
        """Return the weight, in nats, that b was taken from a because more of b stands in a than of a in b."""
        weight = thresholds.CONTAINED * (self.b_share - self.a_share)
        return max(-thresholds.CONTAINED_MOST, min(thresholds.CONTAINED_MOST, weight))

    def led(self) -> float:
        """Return the weight, in nats, that b put a beginning of its own before words of a."""
        return max(-thresholds.LEAD_MOST, min(thresholds.LEAD_MOST, thresholds.LEAD * self.lead))


@dataclass(frozen=True)
class Collation:
    """The tellings of a story and the comparisons of those pairs that share their telling (i < j).

    What stands in an earlier version of a report alone may be had from it, and is no word of it: numbers past its words are that.
    """

    tellings: Sequence[Telling]
    pairs: Pairs
    shared: dict[tuple[int, int], int] = field(default_factory=dict)
    quoted: dict[int, int] = field(default_factory=dict)
    cuts: dict[tuple[int, int], Cuts] = field(default_factory=dict)
    weights: dict[tuple[int, int], float] = field(default_factory=dict)
    texts: list[int] = field(default_factory=list)
    """For each telling the number of its text: those of one wording have one, and share with a third what each of them does."""

    def __post_init__(self) -> None:
        self.texts.extend(numbered_texts(self.tellings))
        # Reports of one wording share their comparison with a third, and all that follows from it.
        known: dict[int, tuple[int, int, Cuts | None]] = {}
        for (i, j), comparison in self.pairs.items():
            if id(comparison) not in known:
                one, other, passages = self.tellings[i], self.tellings[j], comparison.passages
                runs = aligned_runs(one.collated, other.collated, passages)
                sides = readings(one.words, 0, runs, passages), readings(other.words, 1, runs, passages)
                told = [r for r in runs if r[0] < len(one.words.folded) and r[1] < len(other.words.folded)]
                known[id(comparison)] = *sides, find_cuts(told, 0.0, 0.0)
            self.shared[i, j], self.shared[j, i], cuts = known[id(comparison)]
            if cuts:
                self.cuts[i, j] = cuts
        self._put_shares()
        self.quoted.update((n, words_quoted(t.words)) for n, t in enumerate(self.tellings))

    def _put_shares(self) -> None:
        """Words that a report has from one that is no kin of the other speak neither for nor against that other."""
        near: dict[int, set[int]] = {n: set() for n in range(len(self.tellings))}
        for i, j in self.pairs:
            near[i].add(j)
            near[j].add(i)
        circles: dict[frozenset[int], int] = {}
        circle = {n: circles.setdefault(frozenset((n, *others)), n) for n, others in near.items()}
        made: dict[tuple[int, int, int], tuple[Cuts, Cuts]] = {}
        for (i, j), told in list(self.cuts.items()):
            # Of two of one circle nobody is a stranger to the other; of a pair of texts all else hangs on their circles.
            key = (id(told), *((-1, -1) if circle[i] == circle[j] else (circle[i], circle[j])))
            if key not in made:
                a, b = (
                    self._share_in(one, other, () if circle[i] == circle[j] else near[one] - near[other] - {other})
                    for one, other in ((i, j), (j, i))
                )
                full = replace(told, a_share=a, b_share=b)
                made[key] = full, full.turned()
            self.cuts[i, j], self.cuts[j, i] = made[key]

    def _share_in(self, report: int, other: int, strangers: Iterable[int]) -> float:
        elsewhere = 0
        for stranger in strangers:
            elsewhere |= self.held(report, stranger)
        shared = self.held(report, other)
        return self.words(report, shared) / max(1, self.length(report) - self.words(report, elsewhere & ~shared))

    def held(self, report: int, other: int) -> int:
        """Return the set of a report's readings (words, and which follows which) that stand in another, as bits."""
        return self.shared.get((report, other), 0)

    def lacked(self, report: int, other: int) -> int:
        """Return how many readings of a report do not stand in another."""
        return 2 * len(self.tellings[report].words.folded) - 1 - self.held(report, other).bit_count()

    def words(self, report: int, readings: int) -> int:
        """Return how many words a set of a report's readings has."""
        return (readings & ((1 << self.length(report)) - 1)).bit_count()

    def length(self, report: int) -> int:
        """Return the number of words in a report's body, at least 1."""
        return max(1, len(self.tellings[report].words.folded))

    def comparison(self, one: int, other: int) -> Comparison | None:
        """Return how two reports share their telling, or None."""
        return self.pairs.get((min(one, other), max(one, other)))

    def passages(self, one: int, other: int) -> list[Passage]:
        """Return the passages of two reports with `one`, as it stands now, as side a."""
        comparison, length = self.comparison(one, other), self.length(one)
        found = comparison.passages if comparison else ()
        if one > other:
            found = tuple(Passage(p.b, p.a, p.kind, p.score, p.quoted, p.run) for p in found)
        return [p for p in found if p.a[0] < length]

    def covered(self, child: int, parents: Iterable[int]) -> set[int]:
        """Return the numbers of the child's words that it shares with any of the parents."""
        return {k for passages in self._each(child, parents) for passage in passages for k in range(*passage.a)}

    def share(self, child: int, parents: Iterable[int]) -> float:
        """Return the share of the child's words that stand in any of the parents, 0–1."""
        return round(len(self.covered(child, parents)) / max(1, len(self.tellings[child].words.folded)), 3)

    def kind(self, child: int, parents: Iterable[int]) -> str:
        """Return the kind that most of the child's shared words have, each in its closest form."""
        count = Counter(KINDS[n] for n in self._kinds(child, parents).values())
        loose = next((kind for kind in ("translation", "rewrite") if 2 * count[kind] > count.total()), None)
        return loose or ("verbatim" if count["verbatim"] > thresholds.VERBATIM_SHARE * count.total() else "edited")

    def name(self, number: int) -> str:
        """Return what a reader calls a report."""
        return self.tellings[number].name

    def _kinds(self, child: int, parents: Iterable[int]) -> dict[int, int]:
        best: dict[int, int] = {}
        for passages in self._each(child, parents):
            for p in passages:
                for k in () if p.quoted else range(*p.a):
                    best[k] = min(best.get(k, 9), KINDS.index(p.kind))
        return best

    def _each(self, child: int, parents: Iterable[int]) -> Iterator[list[Passage]]:
        """The passages of a child with each of its parents, once for all parents of one wording."""
        return (self.passages(child, parent) for parent in self.unlike(child, parents))

    def unlike(self, one: int, others: Iterable[int]) -> list[int]:
        """Return those of some reports that differ in what they share with a report: of one wording one on either side of it."""
        return list({(self.texts[other], one < other): other for other in others}.values())


def numbered_texts(tellings: Sequence[Telling]) -> list[int]:
    """Return a number for the text of each telling, the same for those of one wording: what is long is hashed once."""
    number: dict[Hashable, int] = {}
    return [number.setdefault((t.report.language, wording(t.collated)), len(number)) for t in tellings]


def aligned_runs(a: Words, b: Words, passages: Sequence[Passage]) -> list[Aligned]:
    """Return the runs of words of a that stand as they are in b; passages that are translated have none."""
    runs: list[Aligned] = []
    for p in passages:
        words = p.a[1] - p.a[0]
        if p.kind != "translation":
            whole = p.score >= thresholds.EXACT_SCORE and words == p.b[1] - p.b[0]
            runs += [(p.a[0], p.b[0], words)] if whole else _equal(a, b, p)
    return runs


def readings(words: Words, side: int, runs: Sequence[Aligned], passages: Sequence[Passage]) -> int:
    """Return the readings of one side (0: a, 1: b) that the other has.

    Bit k of a text of n words says that the other has word k, bit n + k that it has word k right after word k - 1: so a word
    left out, and a paragraph moved, are readings too.
    """
    found, total = 0, len(words.folded)
    last: Aligned | None = None
    for run in sorted((r for r in runs if r[side] < total), key=lambda r: (r[side], r[1 - side])):
        first, length = run[side], run[2]
        found |= bits(first, first + length) | bits(total + first + 1, total + first + length)
        if last and last[0] + last[2] == run[0] and last[1] + last[2] == run[1]:
            found |= 1 << (total + first)
        last = run
    for p in passages:
        span = p.b if side else p.a
        if p.kind == "translation" and span[0] < total:
            found |= bits(*span)
    return found


def bits(first: int, past: int) -> int:
    """Return the set of the numbers [first, past)."""
    return ((1 << (past - first)) - 1) << first


def words_quoted(words: Words) -> int:
    """Return the readings that stand inside quotation marks."""
    inside = sum(bits(*run) for run in words.quotations())
    return inside | inside << len(words.folded)


def _equal(a: Words, b: Words, p: Passage) -> list[Aligned]:
    one, other = (a.stems, b.stems) if p.kind == "rewrite" else (a.folded, b.folded)
    blocks = LCSseq.opcodes(one[slice(*p.a)], other[slice(*p.b)])
    return [(p.a[0] + o.src_start, p.b[0] + o.dest_start, o.src_end - o.src_start) for o in blocks if o.tag == "equal"]


def components(near: Mapping[int, Iterable[int]]) -> list[list[int]]:
    """Return the connected groups of numbers, each sorted, in the order of their least; `near` are the neighbours of each."""
    seen: set[int] = set()
    found = []
    for first in sorted(near):
        if first not in seen:
            group = {first} | reached(near, first)
            seen |= group
            found.append(sorted(group))
    return found


def reached(onward: Mapping[T, Iterable[T]], start: T) -> set[T]:
    """Return all that can be reached from a start, by what comes right after each; the start only when it is come back to."""
    found: set[T] = set()
    front = {start}
    while front:
        front = {n for at in front for n in onward.get(at, ())} - found
        found |= front
    return found


def find_cuts(runs: Sequence[Aligned], a_share: float, b_share: float) -> Cuts | None:
    """Return what each of two texts has beyond the other, by the runs that they share; None when they share none."""
    if not runs:
        return None
    a_more, a_widest = _gaps(runs, 0)
    b_more, b_widest = _gaps(runs, 1)
    lead = math.log((min(r[1] for r in runs) + thresholds.LEAD_FROM) / (min(r[0] for r in runs) + thresholds.LEAD_FROM))
    return Cuts(a_more, b_more, a_widest, b_widest, lead, a_share, b_share)


def _gaps(runs: Sequence[Aligned], side: int) -> tuple[int, Span]:
    """How often one text goes on between two runs that touch in the other, and the widest such place."""
    ordered = sorted(runs, key=lambda r: (r[1 - side], r[side]))
    places = [
        (last[side] + last[2], run[side])
        for last, run in itertools.pairwise(ordered)
        if last[1 - side] + last[2] == run[1 - side] and 0 < run[side] - last[side] - last[2] < thresholds.CUT_APART
    ]
    return len(places), max(places, key=lambda s: (s[1] - s[0], -s[0]), default=(0, 0))
