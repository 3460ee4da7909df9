"""Pairs of reports that may tell one story: what each proposes by itself, and one SQL text that DuckDB and Spark both run."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stemma.stories.fingerprints import PRIME, is_new
from stemma.stories.likeness import DAYS_APART
from stemma.stories.shelf import Shelf, Spill

NEIGHBOURS = 20
"""Of the reports that propose the same, each is compared with so many before and after it in time: of a wire that ten thousand
print, or a name that is in the news all year, not every pair is."""
FEW_NEIGHBOURS = 5
"""The same where two names or words propose, which others may have by chance: they propose no pair that is further apart in time
than a follow-up. What is printed again, and the keys of two names, do."""

# Two of a report's heaviest names and words together propose: a pair of them is rare where one alone is everybody's subject.
_NAMES, _WORDS = 8, 6
_KEYS = 6
_PRIME = np.uint64(PRIME)
_LASTING = 1
"""The last bit of what is proposed for any two reports, however far apart in time."""
_AT_A_TIME = 5_000_000
"""Pairs that are made at a time: what bounds the memory."""
SPACE = 1 << 32
"""Two ranks are one number: the first times this, and the second."""
Ints = npt.NDArray[np.int64]


def proposals(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return what reports propose (key, id, day): a row for each shingle and for each two of the heaviest terms, and of the keys.

    Takes rows of `FINGERPRINT`, with ids of any type. A key's number says nothing; `day` is -1 where it is not known.
    """
    key, rows = _proposed(batch)
    day = batch.column("day").fill_null(-1)
    columns = [pa.array(key, pa.int64()), batch.column("id").take(rows), day.take(rows)]
    return pa.RecordBatch.from_arrays(columns, names=["key", "id", "day"])


def proposal_lists(batch: pa.RecordBatch) -> pa.ListArray:
    """Return the keys that `proposals` gives as a list for each report."""
    key, rows = _proposed(batch)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=batch.num_rows))])
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(key[np.argsort(rows, kind="stable")], pa.int64()))


def _proposed(batch: pa.RecordBatch) -> tuple[Ints, Ints]:
    """What reports propose, and which row each of it is of."""
    names = batch.column("names").to_numpy(zero_copy_only=False)
    terms, keys, shingles = (_Lists(batch.column(name)) for name in ("terms", "keys", "shingles"))
    heavy = np.hstack([terms.first(_NAMES, 0, names), terms.first(_WORDS, names, terms.sizes - names)])
    some = [(shingles.values | _LASTING, np.repeat(np.arange(batch.num_rows), shingles.sizes)), _twos(heavy, 1)]
    some.append(_twos(keys.first(_KEYS, 0, keys.sizes), 2, _LASTING))
    key, rows = (np.concatenate(column) for column in zip(*some, strict=True))
    return key, rows


class _Lists:
    """A column of lists: all their values, and where each list begins and how many it has."""

    def __init__(self, column: pa.ListArray) -> None:
        self.values = column.flatten().to_numpy(zero_copy_only=False)
        self.sizes = column.value_lengths().to_numpy(zero_copy_only=False).astype(np.int64)
        self.starts = np.cumsum(self.sizes) - self.sizes

    def first(self, most: int, skipped: Ints | int, counts: Ints) -> Ints:
        """Up to `most` of so many values of each list, after those that are skipped, as a row of a matrix; -1 where none is."""
        place = np.arange(most)
        there = place < counts[:, None]
        places = np.where(there, (self.starts + skipped)[:, None] + place, 0)
        return np.where(there, self.values[places] if self.values.size else -1, -1).astype(np.int64)


def _twos(numbers: Ints, kind: int, last: int = 0) -> tuple[Ints, Ints]:
    """What stands for each two numbers of a row, with that last bit, and for which rows."""
    low, high = np.triu_indices(numbers.shape[1], 1)
    ones, others = numbers[:, low], numbers[:, high]
    rows, places = np.nonzero((ones >= 0) & (others >= 0))
    one, other = (side[rows, places].astype(np.uint64) for side in (ones, others))
    mixed = (np.minimum(one, other) * _PRIME ^ np.maximum(one, other)) * _PRIME + np.uint64(kind)
    return (mixed * _PRIME).view(np.int64) & ~_LASTING | last, rows


def neighbours(rows: pa.RecordBatch) -> tuple[Ints, Ints]:
    """Return what `pairs_sql` selects of proposals, as the ranks of their ids (a < b)."""
    ids = rows.column("id").dictionary_encode()
    rank = np.argsort(np.argsort(ids.dictionary.to_numpy(zero_copy_only=False)))[ids.indices.to_numpy(zero_copy_only=False)]
    day = np.zeros(len(ids.dictionary), np.int64)
    day[rank] = rows.column("day").to_numpy()
    by_time, place = in_time(day)
    found: list[Ints] = []
    for codes in pair_codes(rows.column("key").to_numpy(), place[rank], day[by_time], _AT_A_TIME):
        found.append(codes)
        # Of a wire that thousands print each of its keys gives the same pairs.
        if sum(c.size for c in found) > 4 * _AT_A_TIME:
            found = [distinct(np.concatenate(found))]
    ones, others = (by_time[side] for side in two_of(np.concatenate([np.zeros(0, np.int64), *found])))
    return two_of(distinct(np.minimum(ones, others) * SPACE + np.maximum(ones, others)))


def shelf_pairs(shelf: Shelf, most: int, reports: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield the pairs, as two ranks, of the reports on a shelf that are neighbours, about so many at a time.

    Each in the order of the first and then of how near the other is in time. A pair may come again with other keys: what the keys
    of so many `reports` propose is looked through at a time.
    """
    day = shelf.rows.column("day").fill_null(-1).to_numpy(zero_copy_only=False)[shelf.places]
    by_time, place = in_time(day)
    place_of_row = np.empty(len(shelf), np.int32)
    place_of_row[shelf.places] = place
    found: list[Ints] = []
    for keys, places in _proposals_by_key(shelf, place_of_row, 1 + len(shelf) // reports):
        for codes in pair_codes(keys, places, day[by_time], most):
            found.append(codes)
            if sum(c.size for c in found) >= most:
                a, b = two_of(distinct(np.concatenate(found)))
                yield by_time[a], by_time[b]
                found = []
    a, b = two_of(distinct(np.concatenate([np.zeros(0, np.int64), *found])))
    yield by_time[a], by_time[b]


def _proposals_by_key(shelf: Shelf, place_of_row: npt.NDArray[np.int32], turns: int) -> Iterator[tuple[Ints, Ints]]:
    """What reports propose, and the place of each in time: those of some keys at a time."""
    keys, places, starts = Spill(np.int64, shelf.folder), Spill(np.int32, shelf.folder), [np.zeros(1, np.int64)]
    at = 0
    for block in shelf.blocks():
        key, rows = _proposed(block)
        turn = (key % turns).astype(np.uint16)
        order = np.argsort(turn, kind="stable")
        keys.put(key[order])
        places.put(place_of_row[at + rows[order]])
        starts.append(starts[-1][-1] + np.cumsum(np.bincount(turn, minlength=turns)))
        at += block.num_rows
    for now in range(turns):
        # Of each block what has the turn's keys: it begins where the turn before ended.
        bounds = [(int(before[-1] if now == 0 else ends[now - 1]), int(ends[now])) for before, ends in pairwise(starts)]
        some = [np.concatenate([np.zeros(0, np.int64), *(spill.take(*b) for b in bounds)]) for spill in (keys, places)]
        yield some[0], some[1]


def in_time(day: Ints) -> tuple[Ints, Ints]:
    """Return the ranks in the order of days and then of ranks, and the place of each rank in that order."""
    by_time = np.argsort(day, kind="stable")
    place = np.empty_like(by_time)
    place[by_time] = np.arange(by_time.size)
    return by_time, place


def pair_codes(key: Ints, place: Ints, day: Ints, most: int) -> Iterator[Ints]:
    """Yield the pairs of proposals that are neighbours, by their places in time, about so many at a time, as one number each.

    `day` is that of each place.
    """
    order = np.argsort(key)
    starts = np.flatnonzero(is_new(key[order]))
    counts, lasting = np.diff(starts, append=key.size), key[order[starts]] & _LASTING
    held, counts, lasting = place[order][np.repeat(counts > 1, counts)], counts[counts > 1], lasting[counts > 1]
    # The bit that says what lasts stands again at the end of what stands for the key.
    held = np.repeat(np.arange(counts.size) << 1 | lasting, counts) * SPACE + held
    held.sort()
    turns = np.cumsum(counts * np.minimum(counts - 1, np.where(lasting, NEIGHBOURS, FEW_NEIGHBOURS))) // most
    bounds = [0, *np.cumsum(counts)[np.flatnonzero(np.diff(turns))].tolist(), held.size]
    for start, end in pairwise(bounds):
        yield _near(*two_of(held[start:end]), day)


def _near(key: Ints, place: Ints, day: Ints) -> Ints:
    found, at, days, lasting = [np.zeros(0, np.int64)], np.arange(key.size), day[place], (key & _LASTING) > 0
    for apart in range(1, NEIGHBOURS + 1):
        at = at[: np.searchsorted(at, key.size - apart)]
        near = (days[at] < 0) | (days[at + apart] - days[at] <= DAYS_APART) if apart <= FEW_NEIGHBOURS else False
        at = at[(key[at] == key[at + apart]) & (lasting[at] | near)]
        found.append(place[at] * SPACE + place[at + apart])
    return distinct(np.concatenate(found))


def distinct(numbers: Ints) -> Ints:
    """Return numbers in their order, each once: numpy's own `unique` puts them into a table, which takes fifty times as long."""
    ordered = np.sort(numbers)
    return ordered[is_new(ordered)]


def two_of(codes: Ints) -> tuple[Ints, Ints]:
    """Return the two numbers of each code."""
    return codes >> 32, codes & (SPACE - 1)


def pairs_sql(most: int = NEIGHBOURS, apart: bool = False) -> str:
    """Return the query that reads a table `proposals` and returns a and b (a < b) of the pairs that are compared.

    Each with so many neighbours; where they are to stand `apart`, only pairs that do not hang together by a table `component`
    (id, component).
    """
    held = "proposals p JOIN component c ON c.id = p.id" if apart else "proposals p"
    component, several = ("c.component", "min(c.component) <> max(c.component)") if apart else ("0", "count(*) > 1")
    return f"""
WITH several AS (SELECT p.key FROM {held} GROUP BY p.key HAVING {several}),
placed AS (
  SELECT p.key, p.id, p.day, {component} AS component, row_number() OVER (PARTITION BY p.key ORDER BY p.day, p.id) - 1 AS place
  FROM {held} JOIN several s ON p.key = s.key
),
near AS (
  SELECT key, id, day, component, place, CAST(floor(place / {most}) AS BIGINT) AS part FROM placed
  UNION ALL SELECT key, id, day, component, place, CAST(floor(place / {most}) AS BIGINT) - 1 AS part FROM placed
)
SELECT DISTINCT least(p.id, q.id) AS a, greatest(p.id, q.id) AS b
FROM placed p JOIN near q ON p.key = q.key AND CAST(floor(p.place / {most}) AS BIGINT) = q.part
WHERE q.place > p.place AND q.place <= p.place + {most}
  AND ((p.key & {_LASTING}) = {_LASTING}
    OR (q.place <= p.place + {FEW_NEIGHBOURS} AND (p.day < 0 OR q.day - p.day <= {DAYS_APART})))
  {"AND p.component <> q.component" if apart else ""}
"""
