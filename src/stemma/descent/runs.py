"""Runs of identical words that two texts share, in any order; of many texts those of every two, found in one sweep."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import or_

import numpy as np
import numpy.typing as npt

from stemma.descent import thresholds
from stemma.descent.words import Words

FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""An odd number without pattern (the golden ratio of 2⁶⁴), by which the words of a seed are mixed in their order."""

Keys = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Run:
    """Words [a, a_past) of one text stand as [b, b_past) in the other; `same` of them are identical."""

    a: int
    a_past: int
    b: int
    b_past: int
    same: int


@dataclass(frozen=True, eq=False, slots=True)
class Seeds:
    """The seeds of a text as 64-bit numbers in the order of its words, and the same in the order of the numbers."""

    text: Sequence[str]
    keys: Keys
    order: npt.NDArray[np.intp]
    ordered: Keys


def seeds(text: Sequence[str]) -> Seeds:
    """Return the seeds of a text; equal numbers stand for equal words, but for a chance of one in 2⁶⁴."""
    keys = seed_keys(text)
    order = np.argsort(keys, kind="stable")
    return Seeds(text, keys, order, keys[order])


def seed_keys(text: Sequence[str]) -> Keys:
    """Return a number for each seed of a text in order."""
    words = np.fromiter(map(hash, text), np.int64, len(text)).view(np.uint64)
    count = max(0, len(text) - thresholds.SEED + 1)
    keys = words[:count].copy()
    for k in range(1, thresholds.SEED):
        keys *= FACTOR
        keys += words[k : k + count]
    return keys


def runs_of_seeds(a: Seeds, b: Seeds) -> list[Run]:
    """Return all maximal runs of `SEED` or more identical words of two texts whose seeds are known, in the order of b."""
    if not a.keys.size or not b.keys.size:
        return []
    first = np.searchsorted(a.ordered, b.keys)
    hit = np.flatnonzero(a.ordered[np.minimum(first, a.keys.size - 1)] == b.keys)
    if not hit.size:
        return []
    counts = np.searchsorted(a.ordered, b.keys[hit], "right") - first[hit]
    common = bool((counts > thresholds.COMMON).any())
    if common:
        hit, counts = hit[counts <= thresholds.COMMON], counts[counts <= thresholds.COMMON]
    offsets = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    in_a, in_b = a.order[np.repeat(first[hit], counts) + offsets], np.repeat(hit, counts)
    if not in_b.size:
        return []
    runs = on_diagonals(in_a, in_b)
    return lengthened(runs, a.text, b.text) if common else runs


def runs_of_many(words: Sequence[Words]) -> dict[tuple[int, int], list[Run]]:
    """Return the maximal identical runs of each two texts (i < j) that share two seeds or more, in the order of the pairs."""
    ends = np.cumsum([len(w.folded) for w in words])
    first, last = _following(_pairs_of_places(words, ends))
    total = max(1, int(ends[-1]) if ends.size else 0)
    in_a, in_b = first % total, first % total + first // total
    i, j = np.searchsorted(ends, in_a, "right"), np.searchsorted(ends, in_b, "right")
    seeds = last - first + 1
    order = np.lexsort((in_a, in_b, j, i))
    starts = ends - [len(w.folded) for w in words]
    columns = (c[order].tolist() for c in (i, j, in_a - starts[i], in_b - starts[j], seeds))
    found = {}
    for pair, rows in groupby(zip(*columns, strict=True), key=lambda row: row[:2]):
        runs = [
            Run(a, a + n + thresholds.SEED - 1, b, b + n + thresholds.SEED - 1, n + thresholds.SEED - 1) for _, _, a, b, n in rows
        ]
        if max(r.same for r in runs) > thresholds.SEED or min(len({r.a for r in runs}), len({r.b for r in runs})) > 1:
            found[pair] = lengthened(runs, words[pair[0]].folded, words[pair[1]].folded)
    return found


def _pairs_of_places(words: Sequence[Words], ends: Numbers) -> Numbers:
    """Each two places of one seed in two texts as one number, ascending: how far apart they are, then where the first stands.

    Numbers count through all texts; so runs are numbers that follow one another, since no seed goes past the end of its text.
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
    for count in np.unique(size[size > 1]).tolist():
        groups = first[size == count]
        held = np.sort(places[order[groups[:, None] + np.arange(count)]], axis=1)
        for apart in range(1, min(count - 1, _window(count)) + 1):
            found.append(_across(held[:, :-apart].ravel(), held[:, apart:].ravel(), ends))
    return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)


def _window(count: int) -> int:
    """How many of the next places of a seed each is paired with: all up to the cap, then as many as give no more pairs."""
    return count if count <= thresholds.MOST_PLACES else max(1, thresholds.MOST_PLACES**2 // count)


def _across(one: Numbers, other: Numbers, ends: Numbers) -> Numbers:
    """Those pairs of places that stand in two texts, as numbers."""
    two = np.searchsorted(ends, one, "right") != np.searchsorted(ends, other, "right")
    return np.asarray((other[two] - one[two]) * int(ends[-1]) + one[two], np.int64)


def _following(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """The first and last of each stretch of numbers that follow one another."""
    if not numbers.size:
        return numbers, numbers
    breaks = np.flatnonzero(np.diff(numbers) != 1)
    return numbers[np.concatenate(([0], breaks + 1))], numbers[np.concatenate((breaks, [numbers.size - 1]))]


def on_diagonals(in_a: Places, in_b: Places) -> list[Run]:
    """Return the runs of seeds that stand at these places, those joined that follow one another in both texts."""
    order = np.lexsort((in_b, in_a - in_b))
    in_a, in_b = in_a[order], in_b[order]
    ends = np.flatnonzero((np.diff(in_a - in_b) != 0) | (np.diff(in_b) != 1))
    first, last = np.concatenate(([0], ends + 1)), np.concatenate((ends, [in_a.size - 1]))
    found = zip(in_a[first].tolist(), in_b[first].tolist(), (in_b[last] + thresholds.SEED).tolist(), strict=True)
    return sorted((Run(i, i + past - j, j, past, past - j) for i, j, past in found), key=lambda r: (r.b, r.a))


def lengthened(runs: Sequence[Run], a: Sequence[str], b: Sequence[str]) -> list[Run]:
    """Return runs as far as the words agree: they break off where a seed that is too common was left out."""
    found = {}
    for run in runs:
        before = past = 0
        while run.a > before and run.b > before and a[run.a - before - 1] == b[run.b - before - 1]:
            before += 1
        while run.a_past + past < len(a) and run.b_past + past < len(b) and a[run.a_past + past] == b[run.b_past + past]:
            past += 1
        whole = Run(run.a - before, run.a_past + past, run.b - before, run.b_past + past, run.same + before + past)
        found[whole.b, whole.a] = whole
    return [run for _, run in sorted(found.items())]


def turned(runs: Sequence[Run]) -> list[Run]:
    """Return the runs as the other text has them, in the order of its partner."""
    return sorted((Run(r.b, r.b_past, r.a, r.a_past, r.same) for r in runs), key=lambda r: (r.b, r.a))


def disjoint(runs: Sequence[Run]) -> list[Run]:
    """Return the longest runs first, each cut by none: a word of either text is used once; in the order of a."""
    if len(runs) < 2:
        return list(runs)
    kept: list[Run] = []
    used_a, used_b = bytearray(max(r.a_past for r in runs)), bytearray(max(r.b_past for r in runs))
    for run in sorted(runs, key=lambda r: (-r.same, r.a, r.b)):
        for first, past in _free(run, used_a, used_b):
            if past - first >= min(thresholds.SEED, run.same):
                kept.append(Run(run.a + first, run.a + past, run.b + first, run.b + past, past - first))
                used_a[run.a + first : run.a + past] = used_b[run.b + first : run.b + past] = b"\1" * (past - first)
    return sorted(kept, key=lambda r: (r.a, r.b))


def chain(runs: Sequence[Run]) -> list[Run]:
    """Join runs that follow one another in both texts with at most RUN_GAP words between; in the order of a."""
    chained: list[Run] = []
    for run in sorted(runs, key=lambda r: (r.a, r.b)):
        last = chained[-1] if chained else None
        if last and 0 <= run.a - last.a_past <= thresholds.RUN_GAP and 0 <= run.b - last.b_past <= thresholds.RUN_GAP:
            chained[-1] = Run(last.a, run.a_past, last.b, run.b_past, last.same + run.same)
        else:
            chained.append(run)
    return chained


def cut_at_paragraphs(run: Run, a: Sequence[int], b: Sequence[int]) -> list[Run]:
    """Cut a run of identical words where either text starts a new paragraph (`a`, `b`: the paragraph of each word, ascending)."""
    pieces, first = [], 0
    while first < run.same:
        i, j = run.a + first, run.b + first
        length = min(bisect_right(a, a[i], i, run.a_past) - i, bisect_right(b, b[j], j, run.b_past) - j)
        pieces.append(Run(i, i + length, j, j + length, length))
        first += length
    return pieces


def _free(run: Run, used_a: bytearray, used_b: bytearray) -> list[tuple[int, int]]:
    """The stretches of a run that no longer one has used, counted from its start."""
    if used_a.find(1, run.a, run.a_past) < 0 and used_b.find(1, run.b, run.b_past) < 0:
        return [(0, run.same)]
    used = map(or_, used_a[run.a : run.a_past], used_b[run.b : run.b_past])
    return _stretches([k for k, u in enumerate(used) if not u])


def _stretches(numbers: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for n in numbers:
        if found and found[-1][1] == n:
            found[-1] = (found[-1][0], n + 1)
        else:
            found.append((n, n + 1))
    return found
