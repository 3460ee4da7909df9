"""A corpus on one machine: DuckDB for the queries, a process a core for the functions."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

import duckdb
import pyarrow as pa
from pyarrow import parquet

from stemma.engines.duckdb import connect
from stemma.engines.protocol import Folders, Step, Work
from stemma.processes import cores, in_order
from stemma.whole_files import disk_error

_ROWS_AT_A_TIME = 1000
_ROWS_OF_A_GROUP, _BYTES_OF_A_GROUP = 20_000, 64 << 20


class Machine:
    """The engine of a corpus that is this machine; `processes` is how many work at a time, one a core when None."""

    def __init__(self, processes: int | None = None) -> None:
        self.tasks = processes or cores()

    def run(self, query: str, folders: Folders, steps: Sequence[Step], out: Path) -> None:
        """Write what the steps make of what a query selects into a new folder of Parquet; without steps what it selects.

        Raises ProcessLost when a process was ended from outside, OSError where the disk does not take it.
        """
        try:
            self._run(query, folders, steps, out)
        except duckdb.IOException as error:
            raise disk_error(str(error)) or error from error

    def _run(self, query: str, folders: Folders, steps: Sequence[Step], out: Path) -> None:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent) as spill, connect() as connection:
            connection.execute("SET temp_directory = ?", [spill])
            for name, paths in folders.items():
                connection.read_parquet(files_of(paths)).create_view(name)
            if not steps:
                connection.sql(query).write_parquet(str(out / "part-0.parquet"), compression="zstd")
                return
            batches: Iterable[pa.RecordBatch] = ()
            for number, (step, before) in enumerate(zip(steps, (None, *steps), strict=False)):
                if before and step.together:
                    place = Path(spill) / f"{number}.parquet"
                    _write(place, before.schema, batches)
                    connection.read_parquet(str(place)).create_view(f"made_{number}")
                    query = f"SELECT * FROM made_{number}"
                if not before or step.together:
                    batches = _given(connection, query, step)
                batches = self._worked_on(step, batches, step is steps[-1])
            _write(out / "part-0.parquet", steps[-1].schema, batches)

    def close(self) -> None:
        """Nothing goes on between two runs."""

    def _worked_on(self, step: Step, batches: Iterable[pa.RecordBatch], last: bool) -> Iterator[pa.RecordBatch]:
        """What a step makes of batches; the last one, which does the work, on all cores."""
        for _, made in in_order(partial(_all, step.work), batches, self.tasks if last else 1, apart=last):
            yield from made


def files_of(paths: Iterable[Path]) -> list[str]:
    """Return the Parquet files in folders, or that are given themselves."""
    return [str(f) for path in paths for f in (sorted(path.rglob("*.parquet")) if path.is_dir() else [path])]


def _given(connection: duckdb.DuckDBPyConnection, query: str, step: Step) -> Iterator[pa.RecordBatch]:
    if not step.together:
        yield from connection.sql(query).to_arrow_reader(_ROWS_AT_A_TIME)
        return
    ordered = connection.sql(f'SELECT * FROM ({query}) AS selected ORDER BY "{step.by}"').to_arrow_reader(_ROWS_AT_A_TIME)
    yield from _together(ordered, step.by)


def _together(ordered: Iterable[pa.RecordBatch], by: str) -> Iterator[pa.RecordBatch]:
    """Yield all rows of one value as one batch, of batches that are ordered by it."""
    waiting: list[pa.RecordBatch] = []
    current = None
    for batch in ordered:
        start = 0
        for value, run in groupby(batch.column(by).to_pylist()):
            length = len(list(run))
            if waiting and value != current:
                yield pa.concat_batches(waiting)
                waiting = []
            current = value
            waiting.append(batch.slice(start, length))
            start += length
    if waiting:
        yield pa.concat_batches(waiting)


def _all(work: Work, batch: pa.RecordBatch) -> list[pa.RecordBatch]:
    return list(work(batch))


def _write(file: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    """Write batches into a Parquet file, small ones together."""
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        waiting: list[pa.RecordBatch] = []
        rows = size = 0
        for batch in batches:
            waiting.append(batch)
            rows, size = rows + batch.num_rows, size + batch.nbytes
            if rows >= _ROWS_OF_A_GROUP or size >= _BYTES_OF_A_GROUP:
                writer.write_table(pa.Table.from_batches(waiting))
                waiting, rows, size = [], 0, 0
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting))
