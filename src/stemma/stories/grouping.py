"""Stories of verified pairs: what hangs together by likeness, and inside it groups whose reports are alike on average."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa

from stemma.ids import digest
from stemma.linkage import average_link
from stemma.stories import thresholds
from stemma.stories.days import Days
from stemma.stories.gap import Gap
from stemma.stories.likeness import Floats, Ints, Prints, likenesses
from stemma.stories.pairs import neighbours, proposals

STORY = pa.schema([("id", pa.string()), ("story", pa.string())])
MOST_TOGETHER = 200
"""Reports of one component that are compared each with each. A larger one is parted where it hangs together least; where it hangs
together everywhere it is grouped by so many at a time in the order of days, and a few reports speak for each group then."""
_SAMPLE = 8
_SCALE = 1_000_000
# A component that is too large is looked at with a likeness that grows by so much, until its parts are small enough.
_STEP = 1.2
_CRUMBS = 0.2
"""Part of the reports that may be left alone where a component is parted."""


def components(count: int, a: Ints, b: Ints) -> list[list[int]]:
    """Return which of 0 to `count` - 1 hang together by the pairs, each sorted, in the order of their lowest."""
    above = list(range(count))

    def top(i: int) -> int:
        while above[i] != i:
            above[i] = i = above[above[i]]
        return i

    for i, j in zip(a.tolist(), b.tolist(), strict=True):
        low, high = sorted((top(i), top(j)))
        above[high] = low
    found: defaultdict[int, list[int]] = defaultdict(list)
    for i in range(count):
        found[top(i)].append(i)
    return list(found.values())


def stories_of_component(rows: pa.RecordBatch | pa.Table) -> pa.RecordBatch:
    """Return `STORY` for the reports of one component, whatever their order; takes rows of `FINGERPRINT`.

    A story is named after its earliest report.
    """
    ordered = rows.sort_by("id")
    found = Stories(ordered).of_component(np.arange(ordered.num_rows))
    named = {i: name for name, members in found.items() for i in members}
    stories = pa.array([named[i] for i in range(ordered.num_rows)], pa.string())
    return pa.RecordBatch.from_arrays([pa.array(ordered.column("id").to_pylist(), pa.string()), stories], schema=STORY)


class Stories:
    """The fingerprints of reports in the order of their ids, and the stories among those that hang together."""

    def __init__(self, rows: pa.RecordBatch | pa.Table) -> None:
        self._rows, self.prints = rows, Prints(rows)
        self._ids, self._days, self._instants = (rows.column(name).to_pylist() for name in ("id", "day", "instant"))

    def of_component(self, rows: Ints, together: Iterable[tuple[int, int]] = ()) -> dict[str, list[int]]:
        """Return the stories of a component (sorted row numbers) by their ids; rows that stand together are in one."""
        groups = [rows.tolist()] if rows.size == 1 else self._groups(rows)
        owner = {i: n for n, group in enumerate(groups) for i in group}
        ones, others = (np.array([owner[pair[side]] for pair in together], np.int64) for side in (0, 1))
        whole = components(len(groups), ones, others)
        members = [sorted(i for n in joined for i in groups[n]) for joined in whole]
        return {self._name(group): group for group in members}

    def _name(self, group: Sequence[int]) -> str:
        instants = ((self._instants[i], i) for i in group)
        earliest = min((instant is None, instant or 0.0, i) for instant, i in instants)[2]
        return digest("story", self._ids[earliest])

    def _groups(self, rows: Ints) -> list[list[int]]:
        if rows.size <= MOST_TOGETHER:
            return self._linked([[i] for i in rows.tolist()])
        a, b = (rows[side] for side in neighbours(proposals(self._rows.take(rows).combine_chunks().to_batches()[0])))
        alike, _ = likenesses(self.prints, a, self.prints, b)
        parts = _parts(rows, a, b, alike, thresholds.SAME_STORY)
        return self._joined([group for part in parts for group in self._groups_of_part(part)])

    def _groups_of_part(self, part: list[int]) -> list[list[int]]:
        """The groups of a part: in the order of its days so many reports at a time, then the groups of all of these."""
        ordered = sorted(part, key=lambda i: (self._days[i] is None, self._days[i] or 0, i))
        chunks = (ordered[n : n + MOST_TOGETHER] for n in range(0, len(ordered), MOST_TOGETHER))
        groups = [group for chunk in chunks for group in self._linked([[i] for i in chunk])]
        return groups if len(part) <= MOST_TOGETHER else self._joined(groups)

    def _joined(self, groups: list[list[int]]) -> list[list[int]]:
        return groups if len(groups) > MOST_TOGETHER else self._linked(groups)

    def _linked(self, groups: list[list[int]]) -> list[list[int]]:
        """Join groups that are alike on average; of a large one a few reports speak for the rest."""
        sizes = np.array([len(group) for group in groups], np.int64)
        alike, words = self._means([group[:: max(1, len(group) // _SAMPLE)] for group in groups])
        sums = np.rint(alike * _SCALE).astype(np.int64) * (np.outer(sizes, sizes) - np.diag(sizes))
        a, b = np.nonzero(np.triu(sums, 1))
        edges = dict(zip(zip(a.tolist(), b.tolist(), strict=True), sums[a, b].tolist(), strict=True))
        days, gap = Days([self._middle(group) for group in groups], words), Gap(sums, sizes)
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


def _parts(members: Ints, a: Ints, b: Ints, alike: Floats, least: float) -> Iterator[list[int]]:
    """Part what hangs together where it hangs together least, while that gives parts and no crumbs."""
    place = {member: n for n, member in enumerate(members.tolist())}
    close = alike >= least
    ones, others = (np.array([place[i] for i in side[close].tolist()], np.int64) for side in (a, b))
    parts = components(members.size, ones, others)
    if sum(len(part) == 1 for part in parts) > _CRUMBS * members.size:
        yield members.tolist()
        return
    for part in parts:
        if len(part) <= MOST_TOGETHER or least >= 1:
            yield members[part].tolist()
        else:
            inside = np.isin(a, members[part]) & np.isin(b, members[part])
            yield from _parts(members[part], a[inside], b[inside], alike[inside], least * _STEP)
