"""What the tree is grown on: the reports of a story by number, and how each two of them share their telling."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from stemma.descent.compare import Comparison, Passage
from stemma.descent.details import Details, details
from stemma.descent.matched import aligned_runs, readings, words_quoted
from stemma.descent.telling import Telling
from stemma.tables import KINDS

Pairs = Mapping[tuple[int, int], Comparison]


@dataclass(frozen=True)
class Ground:
    """The tellings of a story and the comparisons of those pairs that share their telling (i < j)."""

    tellings: Sequence[Telling]
    pairs: Pairs
    shared: dict[tuple[int, int], int] = field(default_factory=dict)
    quoted: dict[int, int] = field(default_factory=dict)
    details: dict[tuple[int, int], Details] = field(default_factory=dict)
    weights: dict[tuple[int, int], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for (i, j), comparison in self.pairs.items():
            one, other = self.tellings[i].words, self.tellings[j].words
            runs = aligned_runs(one, other, comparison.passages)
            self.shared[i, j] = readings(one, 0, runs, comparison.passages)
            self.shared[j, i] = readings(other, 1, runs, comparison.passages)
            told = details(runs, 0.0, 0.0)
            if told:
                self.details[i, j] = told
        self._put_shares()
        self.quoted.update((n, words_quoted(t.words)) for n, t in enumerate(self.tellings))

    def _put_shares(self) -> None:
        """Words that a report has from one that is no kin of the other speak neither for nor against that other."""
        near: dict[int, set[int]] = {n: set() for n in range(len(self.tellings))}
        for i, j in self.pairs:
            near[i].add(j)
            near[j].add(i)
        for (i, j), told in list(self.details.items()):
            a, b = (self._share_in(one, other, near) for one, other in ((i, j), (j, i)))
            full = replace(told, a_share=a, b_share=b)
            self.details[i, j], self.details[j, i] = full, full.turned()

    def _share_in(self, report: int, other: int, near: Mapping[int, set[int]]) -> float:
        elsewhere = 0
        for stranger in near[report] - near[other] - {other}:
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
        """Return the passages of two reports with `one` as side a."""
        comparison = self.comparison(one, other)
        if comparison is None or one < other:
            return list(comparison.passages) if comparison else []
        return [Passage(p.b, p.a, p.kind, p.score, p.quoted, p.run) for p in comparison.passages]

    def covered(self, child: int, parents: Iterable[int]) -> set[int]:
        """Return the numbers of the child's words that it shares with any of the parents."""
        return {k for p in parents for passage in self.passages(child, p) for k in range(*passage.a)}

    def share(self, child: int, parents: Iterable[int]) -> float:
        """Return the share of the child's words that stand in any of the parents, 0–1."""
        return round(len(self.covered(child, parents)) / max(1, len(self.tellings[child].words.folded)), 3)

    def kind(self, child: int, parents: Iterable[int]) -> str:
        """Return the kind that most of the child's shared words have, each in its closest form."""
        found = list(self._kinds(child, parents).values())
        count = [found.count(n) for n in range(len(KINDS))]
        most = 0.5 * (len(found) or 1)
        if count[3] > most or count[2] > most:
            return "translation" if count[3] > most else "rewrite"
        return "verbatim" if count[0] > 1.2 * most else "edited"

    def name(self, number: int) -> str:
        """Return what a reader calls a report."""
        return self.tellings[number].name

    def _kinds(self, child: int, parents: Iterable[int]) -> dict[int, int]:
        best: dict[int, int] = {}
        for parent in parents:
            for p in self.passages(child, parent):
                for k in () if p.quoted else range(*p.a):
                    best[k] = min(best.get(k, 9), KINDS.index(p.kind))
        return best


def components(near: Mapping[int, Iterable[int]]) -> list[list[int]]:
    """Return the connected groups of numbers, each sorted, in the order of their least; `near` are the neighbours of each."""
    seen: set[int] = set()
    found = []
    for first in sorted(near):
        reached, front = {first} - seen, {first} - seen
        while front:
            front = {k for f in front for k in near[f]} - reached
            reached |= front
        seen |= reached
        found += [sorted(reached)] if reached else []
    return found
