"""How alike two reports are: a function of their two fingerprints and of nothing else, whatever other reports there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import local
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stemma.stories import thresholds
from stemma.stories.words import SLOTS, places_in

LIKENESS = pa.schema([("a", pa.string()), ("b", pa.string()), ("likeness", pa.float64()), ("words", pa.float64())])
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Column:
    """A list column of fingerprints with its weights: where each report's numbers begin, and the reports' lengths as vectors."""

    starts: Ints
    numbers: npt.NDArray[np.int32]
    weights: npt.NDArray[np.int32]
    named: npt.NDArray[np.bool_]
    length: Floats
    names_length: Floats
    words_length: Floats


class Prints:
    """The fingerprints of many reports, ready to be compared by their rows."""

    def __init__(self, rows: pa.RecordBatch | pa.Table, prefix: str = "") -> None:
        def column(name: str) -> pa.Array:
            found = rows.column(prefix + name)
            if not isinstance(found, pa.ChunkedArray):
                return found
            # One chunk is taken as it lies: together they would be a copy of it.
            return found.chunk(0) if found.num_chunks == 1 else found.combine_chunks()

        self.language = column("language").to_numpy(zero_copy_only=False)
        names = column("names").to_numpy(zero_copy_only=False).astype(np.int64)
        self.terms = _column(column("terms"), column("weights"), names)
        keys = column("keys")
        self.keys = _column(keys, column("key_weights"), np.diff(_starts(keys)))
        self.shingles = _shingles(column("shingles"))


def likeness_rows(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return `LIKENESS` for pairs: the columns of two fingerprints in, one named a_id and so on, the other b_id and so on."""
    one, other = Prints(batch, "a_"), Prints(batch, "b_")
    rows = np.arange(batch.num_rows)
    likeness, words = likenesses(one, rows, other, rows)
    return pa.RecordBatch.from_arrays([batch.column("a_id"), batch.column("b_id"), likeness, words], schema=LIKENESS)


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


def _contained(one: Column, a: Ints, other: Column, b: Ints) -> Floats:
    """How much it says that a part of the shorter report's shingles stands in the other."""
    shared = _cosines(one, a, other, b).shared
    shorter = np.maximum(1, np.minimum(np.diff(one.starts)[a], np.diff(other.starts)[b]))
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


class _Columns(local):
    """A number from 1 for each of some terms' numbers, and 0 for all others: made once a thread, since it is large."""

    def __init__(self) -> None:
        self._numbers, self._known = np.zeros(SLOTS, np.int32), np.zeros(0, np.int32)

    def of(self, known: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        self._numbers[self._known] = 0
        self._numbers[known] = np.arange(1, known.size + 1)
        self._known = known
        return self._numbers


_COLUMNS = _Columns()
_LAID_OUT, _AT_A_TIME, _MEASURED = 32, 4096, 10_000
"""Reports that are laid out at a time, pairs that are compared at a time, and reports whose lengths are worked out at a time."""


def _cosines(one: Column, a: Ints, other: Column, b: Ints) -> _Cosines:
    """Some of the reports `a` at a time are laid out by the numbers of their terms, and their partners read what they share."""
    sums = np.zeros((4, a.size))
    order = np.argsort(a, kind="stable")
    reports = np.cumsum(np.diff(a[order], prepend=-1) != 0) - 1
    turns = np.flatnonzero(np.diff(reports // _LAID_OUT)) + 1
    for some in np.split(order, turns) if a.size else ():
        for part in np.split(some, range(_AT_A_TIME, some.size, _AT_A_TIME)):
            sums[:, part] = _products(one, a[part], other, b[part])
    with np.errstate(invalid="ignore", divide="ignore"):
        whole = sums[0] / (one.length[a] * other.length[b])
        of_names = sums[1] / (one.names_length[a] * other.names_length[b])
        of_words = sums[2] / (one.words_length[a] * other.words_length[b])
    return _Cosines(np.nan_to_num(whole), np.nan_to_num(of_names), np.nan_to_num(of_words), sums[3])


def _products(one: Column, a: Ints, other: Column, b: Ints) -> Floats:
    reports, row = np.unique(a, return_inverse=True)
    mine, owner = places_in(one.starts, reports)
    known, column = np.unique(one.numbers[mine], return_inverse=True)
    # A table with a row for each report `a` and a column for each number that one of them has.
    width = known.size
    places = owner * width + column
    weights, named = np.zeros(reports.size * width), np.zeros(reports.size * width, bool)
    weights[places], named[places] = one.weights[mine], one.named[mine]
    theirs, pair = places_in(other.starts, b)
    columns = _COLUMNS.of(known)[other.numbers[theirs]]
    shared = np.flatnonzero(columns)
    pair, theirs = pair[shared], theirs[shared]
    at = row[pair] * width + columns[shared] - 1
    both = weights[at] * other.weights[theirs]
    here, there = named[at], other.named[theirs]
    parts: Sequence[Any] = (both, both * (here & there), both * ~(here | there), both > 0)
    return np.stack([np.bincount(pair, part, b.size) for part in parts])


def _column(numbers: pa.ListArray, weights: pa.ListArray, names: Ints) -> Column:
    # The numbers stay as they lie in Arrow, and what is worked out of them is for some reports at a time: there may be a million.
    starts, weight = _starts(numbers), weights.flatten().to_numpy(zero_copy_only=False)
    named, squares = np.zeros(weight.size, bool), np.zeros((3, names.size))
    for first in range(0, names.size, _MEASURED):
        some = slice(first, first + _MEASURED)
        bounds = starts[first : first + _MEASURED + 1]
        counts, mine = np.diff(bounds), slice(bounds[0], bounds[-1])
        rows = np.repeat(np.arange(counts.size), counts)
        named[mine] = np.arange(bounds[0], bounds[-1]) - np.repeat(bounds[:-1], counts) < np.repeat(names[some], counts)
        square = weight[mine].astype(np.float64) ** 2
        squares[:, some] = [np.bincount(rows, square * part, counts.size) for part in (1, named[mine], ~named[mine])]
    return Column(starts, numbers.flatten().to_numpy(zero_copy_only=False), weight, named, *np.sqrt(squares))


def _shingles(shingles: pa.ListArray) -> Column:
    starts = _starts(shingles)
    number = (shingles.flatten().to_numpy(zero_copy_only=False) % SLOTS).astype(np.int32)
    ones, length = np.ones(number.size, np.int32), np.sqrt(np.diff(starts))
    return Column(starts, number, ones, ones.astype(bool), length, length, np.zeros(length.size))


def _starts(lists: pa.ListArray) -> Ints:
    counts = pa.compute.list_value_length(lists).fill_null(0).to_numpy(zero_copy_only=False)
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])
