"""Functions for rows as a corpus may hold them: one of them ends its process."""

import os
from collections.abc import Iterator

import pyarrow as pa

NAMES = pa.schema([("name", pa.string()), ("length", pa.int64())])


def lengths(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Yield each name with its length; the process that is given "poison" ends, as one whose memory runs out."""
    names = batch.column("name").to_pylist()
    if "poison" in names:
        os._exit(9)
    yield pa.RecordBatch.from_pydict({"name": names, "length": [len(n) for n in names]}, schema=NAMES)


def counts(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Yield how many rows each name has."""
    yield pa.RecordBatch.from_pydict({"name": [batch.column("name")[0].as_py()], "length": [batch.num_rows]}, schema=NAMES)
