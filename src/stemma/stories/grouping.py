"""Stories of verified pairs: what hangs together by likeness, and inside it groups whose reports are alike on average."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stemma.ids import digest
from stemma.linkage import average_link
from stemma.stories import thresholds
from stemma.stories.likeness import Floats, Ints, Prints, likenesses
from stemma.stories.pairs import neighbours, proposals

STORY = pa.schema([("id", pa.string()), ("story", pa.string())])
MOST_TOGETHER = 200
"""Reports of one component that are compared each with each. A larger one is parted where it hangs together least; where it hangs
together everywhere it is grouped by so many at a time in the order of days, and a few reports speak for each group then."""
_SAMPLE = 8
_PRINTED = 50
"""Reports of a large component whose prints are put together before all else: a wire that thousands print is few texts."""
_PAIRS = 400_000
_SCALE = 1_000_000


class Joined:
    """Which of 0 to `count` - 1 hang together by the pairs that were joined so far; the lowest of them stands for all."""

    def __init__(self, count: int) -> None:
        self._above = np.arange(count)

    def join(self, a: Ints, b: Ints) -> None:
        """Join pairs."""
        while a.size:
            ones, others = self._tops(a), self._tops(b)
            apart = ones != others
            a, b, ones, others = a[apart], b[apart], ones[apart], others[apart]
            np.minimum.at(self._above, np.maximum(ones, others), np.minimum(ones, others))

    def apart(self, a: Ints, b: Ints) -> npt.NDArray[np.bool_]:
        """Whether the two of each pair do not hang together yet."""
        return np.not_equal(self._tops(a), self._tops(b))

    def lowest(self) -> Ints:
        """Return the lowest of those that each hangs together with."""
        return self._tops(np.arange(self._above.size))

    def parts(self) -> list[list[int]]:
        """Return what hangs together, each sorted, in the order of their lowest."""
        lowest = self.lowest()
        order = np.argsort(lowest, kind="stable")
        starts = np.flatnonzero(np.diff(lowest[order], prepend=-1)).tolist()
        every = order.tolist()
        return [every[start:end] for start, end in pairwise([*starts, len(every)])]

    def _tops(self, some: Ints) -> Ints:
        above = self._above
        tops = above[some]
        while ((higher := above[tops]) != tops).any():
            # Each way up is made half as long for those who go it later: pairs one after the other make a long one.
            above[tops] = tops = above[higher]
        above[some] = tops
        return tops


def components(count: int, a: Ints, b: Ints) -> list[list[int]]:
    """Return which of 0 to `count` - 1 hang together by the pairs, each sorted, in the order of their lowest."""
    joined = Joined(count)
    joined.join(a, b)
    return joined.parts()


def named_after(report: str) -> str:
    """Return the id of the story of which a report is the earliest."""
    return digest("story", report)


def stories_of_components(rows: pa.RecordBatch | pa.Table) -> pa.RecordBatch:
    """Return `STORY` for the reports of some components, in any order; takes rows of `FINGERPRINT` with their `component`.

    A story is named after its earliest report.
    """
    ordered = rows.sort_by("id")
    several: defaultdict[str, list[int]] = defaultdict(list)
    for place, component in enumerate(ordered.column("component").to_pylist()):
        several[component].append(place)
    found = Stories(ordered).of_components(several.values())
    named = {i: name for name, members in found.items() for i in members}
    stories = pa.array([named[i] for i in range(ordered.num_rows)], pa.string())
    return pa.RecordBatch.from_arrays([pa.array(ordered.column("id").to_pylist(), pa.string()), stories], schema=STORY)


class Stories:
    """The fingerprints of reports in the order of their ids, and the stories among those that hang together."""

    def __init__(self, rows: pa.RecordBatch | pa.Table) -> None:
        self._rows, self.prints = rows, Prints(rows)
        self._ids, self._days, self._instants = (rows.column(name).to_pylist() for name in ("id", "day", "instant"))

    def of_components(self, several: Iterable[Sequence[int]], together: Iterable[tuple[int, int]] = ()) -> dict[str, list[int]]:
        """Return the stories of components (sorted row numbers) by their ids; rows that stand together are in one.

        The two of a pair that stands together must be of one component.
        """
        judged = defaultdict(list)
        for pair in together:
            judged[pair[0]].append(pair)
        return {
            self._name(group): group
            for some in _some_at_a_time(several)
            for rows, groups in self._groups_of_each(some)
            for group in _joined_by(groups, [pair for i in rows for pair in judged.get(i, ())])
        }

    def _name(self, group: Sequence[int]) -> str:
        instants = ((self._instants[i], i) for i in group)
        earliest = min((instant is None, instant or 0.0, i) for instant, i in instants)[2]
        return named_after(self._ids[earliest])

    def _groups_of_each(self, several: Sequence[Sequence[int]]) -> Iterator[tuple[Sequence[int], list[list[int]]]]:
        """The groups of components: of all the small ones together each two reports are compared."""
        small = [rows for rows in several if 1 < len(rows) <= MOST_TOGETHER]
        matrices = iter(self._compared(small))
        for rows in several:
            if len(rows) == 1:
                yield rows, [[rows[0]]]
            elif len(rows) <= MOST_TOGETHER:
                yield rows, self._linked([[i] for i in rows], *next(matrices))
            else:
                yield rows, self._groups_of_large(np.array(rows))

    def _compared(self, several: Sequence[Sequence[int]]) -> Iterator[tuple[Floats, Floats]]:
        """How alike each two reports of each component are, and their words, as matrices."""
        two = [_each_two(len(rows)) for rows in several]
        low, high = (
            np.array([rows[i] for rows, sides in zip(several, two, strict=True) for i in sides[n].tolist()], np.int64)
            for n in (0, 1)
        )
        alike, words = likenesses(self.prints, low, self.prints, high)
        alike[alike < thresholds.LEAST_LIKENESS] = 0
        start = 0
        for rows, sides in zip(several, two, strict=True):
            mine = slice(start, start := start + sides[0].size)
            yield _mirrored(len(rows), sides, alike[mine]), _mirrored(len(rows), sides, words[mine])

    def _groups_of_large(self, rows: Ints) -> list[list[int]]:
        prints = self._prints_of_one(rows)
        if len(prints) <= MOST_TOGETHER:
            return [sorted(group) for group in self._alike(prints)]
        copies = {group[0]: group for group in prints}
        firsts = np.array(sorted(copies))
        a, b = (firsts[side] for side in neighbours(proposals(self._rows.take(firsts).combine_chunks().to_batches()[0])))
        alike, _ = likenesses(self.prints, a, self.prints, b)
        parts = _parts(firsts, a, b, alike, thresholds.SAME_STORY)
        groups = self._joined_if_few([group for part in parts for group in self._groups_of_part(part)])
        return [sorted(i for first in group for i in copies[first]) for group in groups]

    def _prints_of_one(self, rows: Ints) -> list[list[int]]:
        """The prints of each of a few reports, which stand first, and all that are no print of one of these for themselves."""
        left, found = np.array(self._by_day(rows.tolist())), list[list[int]]()
        while left.size > MOST_TOGETHER and len(found) < _PRINTED:
            alike, _ = likenesses(self.prints, np.repeat(left[0], left.size - 1), self.prints, left[1:])
            prints = alike >= thresholds.REPRINT
            found.append([int(left[0]), *left[1:][prints].tolist()])
            left = left[1:][~prints]
        return found + [[i] for i in left.tolist()]

    def _by_day(self, rows: Iterable[int]) -> list[int]:
        return sorted(rows, key=lambda i: (self._days[i] is None, self._days[i] or 0, i))

    def _groups_of_part(self, part: list[int]) -> list[list[int]]:
        """The groups of a part: in the order of its days so many reports at a time, then the groups of all of these."""
        ordered = self._by_day(part)
        chunks = (ordered[n : n + MOST_TOGETHER] for n in range(0, len(ordered), MOST_TOGETHER))
        groups = [group for chunk in chunks for group in self._alike([[i] for i in chunk])]
        return groups if len(part) <= MOST_TOGETHER else self._joined_if_few(groups)

    def _joined_if_few(self, groups: list[list[int]]) -> list[list[int]]:
        return groups if len(groups) > MOST_TOGETHER else self._alike(groups)

    def _alike(self, groups: list[list[int]]) -> list[list[int]]:
        """Join groups that are alike on average; of a large one a few reports speak for the rest."""
        return self._linked(groups, *self._means([group[:: max(1, len(group) // _SAMPLE)] for group in groups]))

    def _linked(self, groups: list[list[int]], alike: Floats, words: Floats) -> list[list[int]]:
        """Join groups by how alike each two are on average, and their words."""
        sizes = np.array([len(group) for group in groups], np.int64)
        sums = np.rint(alike * _SCALE).astype(np.int64) * (np.outer(sizes, sizes) - np.diag(sizes))
        a, b = np.nonzero(np.triu(sums, 1))
        edges = dict(zip(zip(a.tolist(), b.tolist(), strict=True), sums[a, b].tolist(), strict=True))
        days, gap = _Days([self._middle(group) for group in groups], words), _Gap(sums, sizes)
        joined = average_link(
            len(groups), edges, round(thresholds.SAME_STORY * _SCALE), sizes=sizes.tolist(),
            weigh=lambda one, other: days.weigh(one, other) * gap.weigh(one, other),
        )  # fmt: skip
        return [[i for n in members for i in groups[n]] for members in joined]

    def _means(self, samples: list[list[int]]) -> tuple[Floats, Floats]:
        """How alike the reports of each two samples are on average, and of each sample among themselves; and their words."""
        count = len(samples)
        rows = np.array([i for sample in samples for i in sample])
        owner = np.repeat(np.arange(count), [len(sample) for sample in samples])
        low, high = np.triu_indices(rows.size, 1)
        alike, words = likenesses(self.prints, rows[low], self.prints, rows[high])
        alike[alike < thresholds.LEAST_LIKENESS] = 0
        place = owner[low] * count + owner[high]
        counts = np.maximum(1, np.bincount(place, minlength=count * count))
        means = (np.bincount(place, values, count * count) / counts for values in (alike, words))
        whole, of_words = (mean.reshape(count, count) for mean in means)
        return np.maximum(whole, whole.T), np.maximum(of_words, of_words.T)

    def _middle(self, group: Sequence[int]) -> int | None:
        known = sorted(day for i in group if (day := self._days[i]) is not None)
        return known[len(known) // 2] if known else None


def _some_at_a_time(several: Iterable[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    """Components in lists of about as many pairs as are compared at a time."""
    waiting: list[Sequence[int]] = []
    pairs = 0
    for rows in several:
        waiting.append(rows)
        pairs += len(rows) ** 2
        if pairs > _PAIRS:
            yield waiting
            waiting, pairs = [], 0
    yield waiting


@lru_cache(maxsize=MOST_TOGETHER)
def _each_two(count: int) -> tuple[Ints, Ints]:
    low, high = np.triu_indices(count, 1)
    return low, high


def _mirrored(count: int, sides: tuple[Ints, Ints], values: Floats) -> Floats:
    matrix = np.zeros((count, count))
    matrix[sides] = matrix[sides[::-1]] = values
    return matrix


def _joined_by(groups: list[list[int]], together: Sequence[tuple[int, int]]) -> list[list[int]]:
    if not together:
        return groups
    owner = {i: n for n, group in enumerate(groups) for i in group}
    ones, others = (np.array([owner[pair[side]] for pair in together], np.int64) for side in (0, 1))
    return [sorted(i for n in joined for i in groups[n]) for joined in components(len(groups), ones, others)]


def _parts(members: Ints, a: Ints, b: Ints, alike: Floats, least: float) -> Iterator[list[int]]:
    """Part what hangs together where it hangs together least, while that gives parts and no crumbs."""
    place = {member: n for n, member in enumerate(members.tolist())}
    close = alike >= least
    ones, others = (np.array([place[i] for i in side[close].tolist()], np.int64) for side in (a, b))
    parts = components(members.size, ones, others)
    if sum(len(part) == 1 for part in parts) > thresholds.CRUMBS * members.size:
        yield members.tolist()
        return
    for part in parts:
        if len(part) <= MOST_TOGETHER or least >= 1:
            yield members[part].tolist()
        else:
            inside = np.isin(a, members[part]) & np.isin(b, members[part])
            yield from _parts(members[part], a[inside], b[inside], alike[inside], least * thresholds.PARTING_STEP)


@dataclass(frozen=True, slots=True)
class _Gap:
    """The sums of the likenesses between all reports of two items, on the diagonal those among its own; the items' sizes.

    Two quakes of one country, two arrests of one actress: the reports of each are much more alike than those of the two together.
    A single report that stands a little apart is no group, and leaves no gap.
    """

    sums: npt.NDArray[Any]
    sizes: npt.NDArray[Any]
    _within: dict[tuple[int, int], float] = field(default_factory=dict)

    def weigh(self, one: Sequence[int], other: Sequence[int]) -> float:
        """Return what the mean likeness of two groups keeps, 0 to 1: less, the more each is like itself and unlike the other."""
        if min(self.sizes[one].sum(), self.sizes[other].sum()) < thresholds.FELLOWS:
            return 1.0
        between = self.sums[np.ix_(one, other)].sum() / (self.sizes[one].sum() * self.sizes[other].sum())
        least = thresholds.GAP * (self._among(one) + self._among(other)) / 2
        return 1.0 if between >= least else float(between / least)

    def _among(self, group: Sequence[int]) -> float:
        """How alike the reports of a group are on average."""
        # Groups only grow, so that the first of a group and its size tell it from all others.
        key = group[0], len(group)
        if key not in self._within:
            count = self.sizes[group].sum()
            self._within[key] = float(self.sums[np.ix_(group, group)].sum() / (count * (count - 1)))
        return self._within[key]


@dataclass(frozen=True, slots=True)
class _Days:
    """The day of each report (None where unknown); how alike the words of each two are that are no names, 1 for a reprint.

    An event of another week needs much more in common, unless the reports follow one affair, reprint one text, or only one date
    stands against those of all its fellows.
    """

    days: Sequence[int | None]
    words: npt.NDArray[Any]
    _seen: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def weigh(self, one: Sequence[int], other: Sequence[int]) -> float:
        """Return what the mean likeness of two groups keeps, 0 to 1; a group without any date keeps all."""
        here, there = self._known(one), self._known(other)
        if not here or not there:
            return 1.0
        apart = abs(here[len(here) // 2] - there[len(there) // 2])
        kept = _left(apart, thresholds.DAYS_FREE, thresholds.DAYS_DECAY)
        if kept == 1:
            return kept
        alike = self.words[np.ix_(one, other)]
        if alike.max() == 1:
            return 1.0
        if alike.mean() >= thresholds.FOLLOW_UP_WORDS:
            nearest = min(abs(a - b) for a in set(here) for b in set(there))
            kept = max(kept, _left(nearest, thresholds.FOLLOW_UP_FREE, thresholds.FOLLOW_UP_DECAY))
        alone = min(len(here), len(there)) == 1 and max(len(here), len(there)) >= thresholds.FELLOWS
        return max(kept, thresholds.MISDATED) if alone else kept

    def _known(self, group: Sequence[int]) -> list[int]:
        # Groups only grow, so that the first of a group and its size tell it from all others.
        key = group[0], len(group)
        if key not in self._seen:
            self._seen[key] = sorted(day for i in group if (day := self.days[i]) is not None)
        return self._seen[key]


def _left(days: int, free: float, decay: float) -> float:
    return math.exp(-max(0, days - free) / decay)
