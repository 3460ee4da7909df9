"""The runs that every two of many texts share, found in one sweep over their seeds and not pair by pair."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np
import numpy.typing as npt

from stemma.descent.runs import SEED, Run, lengthened, seed_keys
from stemma.descent.words import Words

MOST_PLACES = 100
"""A seed that stands in more places is a site's furniture and proposes nothing."""

Places = npt.NDArray[np.int64]


def joined_runs(words: Sequence[Words]) -> dict[tuple[int, int], list[Run]]:
    """Return the maximal identical runs of each two texts (i < j) that share two seeds or more, in the order of the pairs."""
    ends = np.cumsum([len(w.folded) for w in words])
    first, last = _stretches(_pairs_of_places(words, ends))
    total = max(1, int(ends[-1]) if ends.size else 0)
    in_a, in_b = first % total, first % total + first // total
    i, j = np.searchsorted(ends, in_a, "right"), np.searchsorted(ends, in_b, "right")
    seeds = last - first + 1
    order = np.lexsort((in_a, in_b, j, i))
    starts = ends - [len(w.folded) for w in words]
    columns = (c[order].tolist() for c in (i, j, in_a - starts[i], in_b - starts[j], seeds))
    found = {}
    for pair, rows in groupby(zip(*columns, strict=True), key=lambda row: row[:2]):
        runs = [Run(a, a + n + SEED - 1, b, b + n + SEED - 1, n + SEED - 1) for _, _, a, b, n in rows]
        if max(r.same for r in runs) > SEED or min(len({r.a for r in runs}), len({r.b for r in runs})) > 1:
            found[pair] = lengthened(runs, words[pair[0]].folded, words[pair[1]].folded)
    return found


def _pairs_of_places(words: Sequence[Words], ends: Places) -> Places:
    """Each two places of one seed in two texts as one number, ascending: how far apart they are, then where the first stands.

    Places count through all texts; so runs are numbers that follow one another, since no seed goes past the end of its text.
    """
    keys = [seed_keys(w.folded) for w in words]
    begins = ends - [len(w.folded) for w in words]
    places = np.concatenate([np.arange(k.size) + begin for k, begin in zip(keys, begins, strict=True)] or [begins])
    seeds = np.concatenate(keys or [np.zeros(0, np.uint64)])
    order = np.argsort(seeds)
    turns = np.flatnonzero(np.diff(seeds[order])) + 1
    first = np.concatenate(([0], turns))
    size = np.diff(np.concatenate((first, [seeds.size])))
    found = []
    for count in range(2, MOST_PLACES + 1):
        groups = first[size == count]
        if groups.size:
            held = np.sort(places[order[groups[:, None] + np.arange(count)]], axis=1)
            one, other = np.triu_indices(count, 1)
            found.append(_across(held[:, one].ravel(), held[:, other].ravel(), ends))
    return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)


def _across(one: Places, other: Places, ends: Places) -> Places:
    """Those pairs of places that stand in two texts, as numbers."""
    two = np.searchsorted(ends, one, "right") != np.searchsorted(ends, other, "right")
    return np.asarray((other[two] - one[two]) * int(ends[-1]) + one[two], np.int64)


def _stretches(numbers: Places) -> tuple[Places, Places]:
    """The first and last of each stretch of numbers that follow one another."""
    if not numbers.size:
        return numbers, numbers
    breaks = np.flatnonzero(np.diff(numbers) != 1)
    return numbers[np.concatenate(([0], breaks + 1))], numbers[np.concatenate((breaks, [numbers.size - 1]))]
