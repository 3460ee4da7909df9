"""Fingerprints of any number of reports in blocks: what memory is not meant for waits in a file without a name."""

from collections.abc import Iterable, Iterator
from os import SEEK_END
from pathlib import Path
from tempfile import SpooledTemporaryFile
from weakref import finalize

import numpy as np
import pyarrow as pa
from pyarrow import compute

from stemma.stories.fingerprints import FINGERPRINT
from stemma.stories.likeness import Ints

BLOCK = 4096
"""Fingerprints of a block: two are in memory at a time, and of two blocks their reports are compared."""
_IN_MEMORY = 8 << 20


class Spill:
    """Batches of rows that are put away and taken back; the file that they wait in ends with the process."""

    def __init__(self, schema: pa.Schema, folder: Path | None = None) -> None:
        self._schema, self._places = schema, list[tuple[int, int]]()
        self._file = SpooledTemporaryFile(_IN_MEMORY, dir=str(folder) if folder else None)  # noqa: SIM115 - closed by the next line
        finalize(self, self._file.close)

    def __len__(self) -> int:
        return len(self._places)

    def put(self, batch: pa.RecordBatch) -> None:
        """Put a batch behind the others."""
        written = batch.serialize()
        self._file.seek(0, SEEK_END)
        self._places.append((self._file.tell(), written.size))
        self._file.write(memoryview(written))

    def take(self, number: int) -> pa.RecordBatch:
        """Return a batch that was put here, by its number from 0."""
        start, size = self._places[number]
        self._file.seek(start)
        return pa.ipc.read_record_batch(pa.py_buffer(self._file.read(size)), self._schema)


class Shelf:
    """The fingerprints of reports, known by the rank of their ids, from 0; they wait in `folder`, the system's own when None."""

    def __init__(self, prints: Iterable[pa.RecordBatch], folder: Path | None = None) -> None:
        self.folder, self._spill, ids = folder, Spill(FINGERPRINT, folder), []
        for block in _in_blocks(prints):
            self._spill.put(block)
            ids.append(block.column("id"))
        every = pa.chunked_array(ids, pa.string()).combine_chunks()
        self._places = compute.sort_indices(every).to_numpy().astype(np.int64)
        self._ranks = np.argsort(self._places)
        self.ids = every.take(pa.array(self._places))

    def __len__(self) -> int:
        return len(self.ids)

    def blocks(self) -> Iterator[pa.RecordBatch]:
        """Yield all fingerprints, a block at a time, in the order in which they came."""
        return map(self._spill.take, range(len(self._spill)))

    def block(self, number: int) -> pa.RecordBatch:
        """Return one block."""
        return self._spill.take(number)

    def ranks_in(self, number: int) -> Ints:
        """Return the ranks of the fingerprints in a block, in its order."""
        return self._ranks[number * BLOCK : (number + 1) * BLOCK]

    def place_of(self, ranks: Ints) -> tuple[Ints, Ints]:
        """Return in which block fingerprints are, and in which of its rows."""
        places = self._places[ranks]
        return places // BLOCK, places % BLOCK

    def take(self, ranks: Ints) -> pa.RecordBatch:
        """Return some fingerprints in the order of these ranks."""
        blocks, rows = self.place_of(ranks)
        parts = [self.block(n).take(pa.array(rows[blocks == n])) for n in np.unique(blocks).tolist()]
        order = np.argsort(np.argsort(blocks, kind="stable"))
        return pa.concat_batches([pa.RecordBatch.from_pylist([], FINGERPRINT), *parts]).take(pa.array(order))


def _in_blocks(prints: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    waiting: list[pa.RecordBatch] = []
    for batch in prints:
        waiting.append(batch)
        while sum(b.num_rows for b in waiting) >= BLOCK:
            whole = pa.concat_batches(waiting)
            yield whole.slice(0, BLOCK)
            waiting = [whole.slice(BLOCK)]
    if any(b.num_rows for b in waiting):
        yield pa.concat_batches(waiting)
