"""Pairs of reports that may tell one story: what each proposes by itself, and one SQL text that DuckDB and Spark both run."""

from string import Template

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stemma.stories.words import PRIME

NEIGHBOURS = 20
"""Of the reports that propose the same, each is compared with so many before and after it in time: of a wire that ten thousand
print, or a name that is in the news all year, not every pair is."""

# Two of a report's heaviest names and words together propose: a pair of them is rare where one alone is everybody's subject.
_NAMES, _WORDS = 8, 6
_KEYS = 6
_PRIME = np.uint64(PRIME)
_SPACE = 1 << 32
Ints = npt.NDArray[np.int64]


def proposals(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return what reports propose (key, id, day): a row for each shingle and for each two of the heaviest terms, and of the keys.

    Takes rows of `FINGERPRINT`, with ids of any type. A key's number says nothing; `day` is -1 where it is not known.
    """
    found: list[Ints] = []
    for terms, names, keys, shingles in zip(*(batch.column(n).to_pylist() for n in _READ), strict=True):
        heavy = np.array(terms[: min(names, _NAMES)] + terms[names : names + _WORDS], np.uint64)
        found.append(np.concatenate([np.array(shingles, np.int64), _twos(heavy, 1), _twos(np.array(keys[:_KEYS], np.uint64), 2)]))
    rows = np.repeat(np.arange(batch.num_rows), [f.size for f in found])
    key = pa.array(np.concatenate(found) if found else [], pa.int64())
    day = batch.column("day").fill_null(-1)
    return pa.RecordBatch.from_arrays([key, batch.column("id").take(rows), day.take(rows)], names=["key", "id", "day"])


_READ = ("terms", "names", "keys", "shingles")


def _twos(numbers: npt.NDArray[np.uint64], kind: int) -> Ints:
    low, high = np.triu_indices(numbers.size, 1)
    ones, others = np.minimum(numbers[low], numbers[high]), np.maximum(numbers[low], numbers[high])
    mixed = (ones * _PRIME ^ others) * _PRIME + np.uint64(kind)
    return np.unique(mixed * _PRIME).view(np.int64)


def neighbours(rows: pa.RecordBatch) -> tuple[Ints, Ints]:
    """Return what `PAIRS_SQL` selects of the proposals of one component's reports, as the ranks of their ids (a < b)."""
    ids = rows.column("id").dictionary_encode()
    rank = np.argsort(np.argsort(ids.dictionary.to_numpy(zero_copy_only=False)))[ids.indices.to_numpy(zero_copy_only=False)]
    key, day = rows.column("key").to_numpy(), rows.column("day").to_numpy()
    order = np.lexsort((rank, day, key))
    key, rank = key[order], rank[order]
    found = [np.zeros(0, np.int64)]
    for apart in range(1, NEIGHBOURS + 1):
        near = key[apart:] == key[:-apart]
        ones, others = rank[:-apart][near], rank[apart:][near]
        found.append(np.minimum(ones, others) * _SPACE + np.maximum(ones, others))
    pairs = np.unique(np.concatenate(found))
    return pairs // _SPACE, pairs % _SPACE


PAIRS_SQL = Template(
    """
WITH several AS (SELECT key FROM proposals GROUP BY key HAVING count(*) > 1),
placed AS (
  SELECT p.key, p.id, row_number() OVER (PARTITION BY p.key ORDER BY p.day, p.id) - 1 AS place
  FROM proposals p JOIN several s ON p.key = s.key
),
near AS (
  SELECT key, id, place, CAST(floor(place / $most) AS BIGINT) AS part FROM placed
  UNION ALL SELECT key, id, place, CAST(floor(place / $most) AS BIGINT) - 1 AS part FROM placed
)
SELECT DISTINCT least(p.id, q.id) AS a, greatest(p.id, q.id) AS b
FROM placed p JOIN near q ON p.key = q.key AND CAST(floor(p.place / $most) AS BIGINT) = q.part
WHERE q.place > p.place AND q.place <= p.place + $most
"""
).substitute(most=NEIGHBOURS)
"""Reads a table `proposals`; returns a and b (a < b)."""
