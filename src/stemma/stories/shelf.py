"""Fingerprints of any number of reports: what memory is not meant for waits in files, and is read as it lies there."""

import mmap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any
from weakref import finalize

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import compute

from stemma.stories.fingerprints import FINGERPRINT
from stemma.stories.likeness import Ints

BLOCK = 4096
"""Fingerprints that are looked through at a time."""
_IN_MEMORY = 1 << 20
_LISTS = [field.name for field in FINGERPRINT if pa.types.is_list(field.type)]


class Spill:
    """Numbers of one type that are put away and read again; the file that they wait in ends with the process."""

    def __init__(self, kind: npt.DTypeLike, folder: Path | None = None) -> None:
        self._kind, self._size = np.dtype(kind), 0
        self._looked_at: mmap.mmap | None = None
        self._file = SpooledTemporaryFile(_IN_MEMORY, dir=str(folder) if folder else None)  # noqa: SIM115 - closed by the next line
        finalize(self, self._file.close)

    def __len__(self) -> int:
        return self._size

    def put(self, values: npt.NDArray[Any]) -> None:
        """Put numbers behind the others."""
        self._file.seek(self._size * self._kind.itemsize)
        self._file.write(np.ascontiguousarray(values, self._kind).data)
        self._size += values.size

    def take(self, start: int, stop: int) -> npt.NDArray[Any]:
        """Return the numbers between two places."""
        self._file.seek(start * self._kind.itemsize)
        return np.frombuffer(self._file.read((stop - start) * self._kind.itemsize), self._kind)

    def every(self) -> npt.NDArray[Any]:
        """Return all numbers; of many no more is in memory than was looked at."""
        if self._size * self._kind.itemsize <= _IN_MEMORY:
            return self.take(0, self._size)
        self._file.flush()
        self._looked_at = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        return np.frombuffer(self._looked_at, self._kind)

    def let_go(self) -> None:
        """Give back the memory of what was looked at of all numbers; it is read anew where it is looked at again."""
        if self._looked_at is not None and hasattr(mmap, "MADV_DONTNEED"):
            self._looked_at.madvise(mmap.MADV_DONTNEED)


class Shelf:
    """The fingerprints of reports, known by the rank of their ids, from 0; they wait in `folder`, the system's own when None.

    `rows` has them in the order in which they came, `places` says in which row each rank is.
    """

    def __init__(self, prints: Iterable[pa.RecordBatch], folder: Path | None = None) -> None:
        self.folder = folder
        self._lists = {name: Spill(FINGERPRINT.field(name).type.value_type.to_pandas_dtype(), folder) for name in _LISTS}
        self.rows = _put_away(prints, self._lists)
        every = self.rows.column("id")
        self.places: Ints = compute.sort_indices(every).to_numpy().astype(np.int64)
        self.ids = every.take(pa.array(self.places))

    def __len__(self) -> int:
        return len(self.ids)

    def blocks(self) -> Iterator[pa.RecordBatch]:
        """Yield all fingerprints, a block at a time, in the order in which they came."""
        for start in range(0, len(self), BLOCK):
            yield self.rows.slice(start, BLOCK).cast(FINGERPRINT)
            self.let_go()

    def let_go(self) -> None:
        """Give back the memory of what was looked at."""
        for spill in self._lists.values():
            spill.let_go()

    def take(self, ranks: Ints) -> pa.RecordBatch:
        """Return some fingerprints in the order of these ranks."""
        return self.rows.take(pa.array(self.places[ranks])).cast(FINGERPRINT)


def _put_away(prints: Iterable[pa.RecordBatch], lists: Mapping[str, Spill]) -> pa.RecordBatch:
    """Fingerprints as rows whose lists lie in files."""
    short = pa.schema([field for field in FINGERPRINT if field.name not in lists])
    sizes, rows = {name: [np.zeros(1, np.int64)] for name in lists}, []
    for batch in prints:
        rows.append(batch.select(short.names))
        for name, spill in lists.items():
            spill.put(batch.column(name).flatten().to_numpy(zero_copy_only=False))
            sizes[name].append(batch.column(name).value_lengths().fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64))
    whole = pa.Table.from_batches(rows, short).combine_chunks()
    columns = {name: _one_chunk(whole.column(name)) for name in short.names}
    for name, spill in lists.items():
        starts = np.cumsum(np.concatenate(sizes[name]))
        columns[name] = pa.LargeListArray.from_arrays(pa.array(starts), pa.array(spill.every()))
    return pa.RecordBatch.from_arrays([columns[name] for name in FINGERPRINT.names], FINGERPRINT.names)


def _one_chunk(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else pa.array([], column.type)
