"""How alike two reports are: a function of their two fingerprints and of nothing else, whatever other reports there are."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stemma.stories import thresholds
from stemma.stories.fingerprints import SLOT_BITS, SLOTS, is_new, number_of, places_in

PAIR = pa.schema([("a", pa.string()), ("b", pa.string())])
DAYS_APART = int(thresholds.FOLLOW_UP_FREE + thresholds.FOLLOW_UP_DECAY * math.log(1 / thresholds.SAME_STORY))
"""Days after which no follow-up is alike enough to be of the story."""
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_Lists = tuple[Ints, npt.NDArray[Any]]
"""Where each report's numbers begin, and where the last one's end; all numbers."""


@dataclass(frozen=True, slots=True)
class Column:
    """A list column of fingerprints with its weights: where each report's numbers begin, where its names end, how long it is."""

    starts: Ints
    numbers: npt.NDArray[Any]
    weights: npt.NDArray[np.int32]
    names_end: Ints
    length: Floats
    names_length: Floats
    words_length: Floats


class Prints:
    """The fingerprints of many reports, ready to be compared by their rows; the lists stay where Arrow has them."""

    def __init__(self, rows: pa.RecordBatch | pa.Table, prefix: str = "") -> None:
        def column(name: str) -> pa.Array:
            found = rows.column(prefix + name)
            if not isinstance(found, pa.ChunkedArray):
                return found
            # One chunk is taken as it lies: together they would be a copy of it.
            return found.chunk(0) if found.num_chunks == 1 else found.combine_chunks()

        languages = column("language").dictionary_encode()
        known = np.array([number_of(language or "") for language in languages.dictionary.to_pylist()], np.int64)
        self.language = known[languages.indices.fill_null(0).to_numpy(zero_copy_only=False)] if known.size else known
        self.day = column("day").fill_null(-1).to_numpy(zero_copy_only=False)
        names = column("names").to_numpy(zero_copy_only=False).astype(np.int64)
        self.terms = _column(column("terms"), column("weights"), names)
        keys = column("keys")
        self.keys = _column(keys, column("key_weights"), np.diff(_starts(keys)))
        shingles = column("shingles")
        self.shingles = _starts(shingles), shingles.flatten().to_numpy(zero_copy_only=False)


def hanging_rows(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return `PAIR` for pairs that hang together: the columns of two fingerprints in, named a_id and so on, b_id and so on."""
    rows = np.arange(batch.num_rows)
    close = hang_together(Prints(batch, "a_"), rows, Prints(batch, "b_"), rows)
    return pa.RecordBatch.from_arrays([batch.column("a_id"), batch.column("b_id")], schema=PAIR).filter(pa.array(close))


def hang_together(one: Prints, a: Ints, other: Prints, b: Ints) -> npt.NDArray[np.bool_]:
    """Return whether two reports, for rows `a` and `b`, are as alike as those of one story are.

    Of two that came out too far apart for a follow-up one may be misdated: more is asked of them.
    """
    alike, words = likenesses(one, a, other, b)
    here, there = one.day[a], other.day[b]
    far = (here >= 0) & (there >= 0) & (abs(here - there) > DAYS_APART) & (words < 1)
    return alike * np.where(far, thresholds.MISDATED, 1.0) >= thresholds.SAME_STORY


def likenesses(one: Prints, a: Ints, other: Prints, b: Ints) -> tuple[Floats, Floats]:
    """Return how alike reports are (0 to 1), and their words that are no names (1 for a reprint), for rows `a` and `b`.

    Cosines of what the two say; texts of one mould and texts with one place in common are like nothing.
    """
    same = _cosines(one.terms, a, other.terms, b)
    alike = np.maximum(same.whole, _contained(one.shingles, a, other.shingles, b)) * _not_of_one_mould(same)
    alike[(same.whole < thresholds.REPRINT) & (same.shared == 1) & (same.names > thresholds.ONLY_NAME)] = 0
    abroad = np.flatnonzero(one.language[a] != other.language[b])
    if abroad.size:
        keys = _cosines(one.keys, a[abroad], other.keys, b[abroad])
        through = np.where(keys.shared >= thresholds.ACROSS_TERMS, keys.whole * thresholds.ACROSS_FACTOR, 0.0)
        alike[abroad] = np.maximum(alike[abroad], through)
    return alike, np.where(same.whole >= thresholds.REPRINT, 1.0, same.words)


def _contained(one: _Lists, a: Ints, other: _Lists, b: Ints) -> Floats:
    """How much it says that a part of the shorter report's shingles stands in the other."""
    shared = np.zeros(a.size)
    for part in _some_at_a_time(a):
        shared[part] = np.bincount(_shared(one, a[part], other, b[part])[0], minlength=part.size)
    shorter = np.maximum(1, np.minimum(np.diff(one[0])[a], np.diff(other[0])[b]))
    return np.where(shared >= thresholds.LEAST_SHINGLES, shared / shorter * thresholds.CONTAINED_FACTOR, 0.0)


@dataclass(frozen=True, slots=True)
class _Cosines:
    """For each pair: the cosine of all terms, of names alone, of words alone, and how many terms are shared."""

    whole: Floats
    names: Floats
    words: Floats
    shared: Floats


def _not_of_one_mould(same: _Cosines) -> Floats:
    mould = np.maximum(0.0, same.words**2 - same.names - thresholds.MOULD)
    kept: Floats = np.maximum(0.0, 1 - thresholds.MOULD_FACTOR * mould)
    return kept


_LAID_OUT, _AT_A_TIME, _MEASURED = 128, 4096, 10_000
"""Reports that are laid out at a time, pairs that are compared at a time, and reports whose lengths are worked out at a time."""
_MARKS = 1 << 12
"""How many numbers a report's own are told apart from at first sight, by their last bits: a table that stays in the cache."""


def _cosines(one: Column, a: Ints, other: Column, b: Ints) -> _Cosines:
    sums = np.zeros((4, a.size))
    for part in _some_at_a_time(a):
        sums[:, part] = _products(one, a[part], other, b[part])
    with np.errstate(invalid="ignore", divide="ignore"):
        whole = sums[0] / (one.length[a] * other.length[b])
        of_names = sums[1] / (one.names_length[a] * other.names_length[b])
        of_words = sums[2] / (one.words_length[a] * other.words_length[b])
    return _Cosines(np.nan_to_num(whole), np.nan_to_num(of_names), np.nan_to_num(of_words), sums[3])


def _products(one: Column, a: Ints, other: Column, b: Ints) -> Floats:
    """The sums of the products of weights of all shared terms, of shared names and of shared words, and how many are shared."""
    pair, mine, theirs = _shared((one.starts, one.numbers), a, (other.starts, other.numbers), b)
    both = one.weights[mine].astype(np.float64) * other.weights[theirs]
    here, there = mine < one.names_end[a[pair]], theirs < other.names_end[b[pair]]
    parts: Sequence[Any] = (both, both * (here & there), both * ~(here | there), None)
    return np.stack([np.bincount(pair, part, b.size) for part in parts])


def _some_at_a_time(a: Ints) -> Iterator[Ints]:
    """The places of pairs, those of some of the first reports at a time."""
    order = np.argsort(a, kind="stable")
    reports = np.cumsum(np.diff(a[order], prepend=-1) != 0) - 1
    turns = np.flatnonzero(np.diff(reports // _LAID_OUT)) + 1
    for some in np.split(order, turns) if a.size else ():
        yield from np.split(some, range(_AT_A_TIME, some.size, _AT_A_TIME))


def _shared(one: _Lists, a: Ints, other: _Lists, b: Ints) -> tuple[Ints, Ints, Ints]:
    """The pair of each number that both of its reports have, and its places in the lists of the one and of the other.

    The reports `a`, which come in order, are laid out by the last bits of their numbers, and of what their partners have most is
    no report's at first sight; the rest is looked up.
    """
    new = is_new(a)
    reports, row = a[new], np.cumsum(new) - 1
    mine, owner = places_in(one[0], reports)
    codes = owner << SLOT_BITS | one[1][mine] & (SLOTS - 1)
    marks = np.zeros(reports.size * _MARKS, bool)
    marks[owner * _MARKS + (codes & (_MARKS - 1))] = True
    theirs, pair = places_in(other[0], b)
    last = other[1][theirs] & (SLOTS - 1)
    met = np.flatnonzero(marks[(row * _MARKS)[pair] + (last & (_MARKS - 1))])
    pair, theirs, wanted = pair[met], theirs[met], row[pair[met]] << SLOT_BITS | last[met]
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    at = np.searchsorted(ordered, wanted, "right") - 1
    both = ordered[at] == wanted if at.size else at > 0
    return pair[both], mine[order[at[both]]], theirs[both]


def _column(numbers: pa.ListArray, weights: pa.ListArray, names: Ints) -> Column:
    # The numbers stay as they lie in Arrow, and what is worked out of them is for some reports at a time: there may be a million.
    starts, weight = _starts(numbers), weights.flatten().to_numpy(zero_copy_only=False)
    names_end, squares = starts[:-1] + names, np.zeros((3, names.size))
    for first in range(0, names.size, _MEASURED):
        some = slice(first, first + _MEASURED)
        bounds = starts[first : first + _MEASURED + 1]
        counts, mine = np.diff(bounds), slice(bounds[0], bounds[-1])
        rows = np.repeat(np.arange(counts.size), counts)
        named = np.arange(bounds[0], bounds[-1]) < np.repeat(names_end[some], counts)
        square = weight[mine].astype(np.float64) ** 2
        squares[:, some] = [np.bincount(rows, square * part, counts.size) for part in (1, named, ~named)]
    return Column(starts, numbers.flatten().to_numpy(zero_copy_only=False), weight, names_end, *np.sqrt(squares))


def _starts(lists: pa.ListArray) -> Ints:
    counts = pa.compute.list_value_length(lists).fill_null(0).to_numpy(zero_copy_only=False)
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])
