"""What a store, an SQL engine and an engine of a corpus must do; all rooms know this and no engine."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import pyarrow as pa

from stemma.tables import Row

MARK, WORK = "stemma.json", "_work"
"""In a folder of Parquet: the file that says that it is whole and of which version, and what a run into it has worked out."""
NO_TABLES: Mapping[str, pa.Table] = MappingProxyType({})


class Store(Protocol):
    """The tables of `tables.py`; a write is whole or not at all, and reads see what was committed."""

    @property
    def file(self) -> Path | None:
        """Return the file that it lies in; None for one in memory, and for a folder."""

    @property
    def place(self) -> Path | None:
        """Return the file or the folder that it lies in; None for one in memory."""

    def read(self, table: str, where: Mapping[str, object] | None = None) -> list[Any]:
        """Return the rows of a table in the order of its key.

        `where` gives a column's value, or a list, tuple or set of values of which one must be the row's.
        """

    def write(self, rows: Mapping[str, Sequence[Row] | pa.Table]) -> None:
        """Add the rows, by table, whose key is not there yet; of rows with equal keys the first stays."""

    def remove(self, table: str, where: Mapping[str, object]) -> None:
        """Take out the rows that `read` returns for the same `where`."""

    def sql(self, text: str, tables: Mapping[str, pa.Table] = NO_TABLES) -> pa.Table:
        """Return what a query over the store's tables and the given Arrow tables selects."""

    def batches(self, text: str, tables: Mapping[str, pa.Table], size: int) -> Iterator[pa.RecordBatch]:
        """Yield what such a query selects, at most so many rows at a time: no more of it is held in memory."""

    def run(self) -> AbstractContextManager[None]:
        """Make one run of all writes inside the block: others read all of it or nothing, and nobody else writes meanwhile.

        A run inside another is part of it; so is a transaction, and one outside is a run of its own. Raises StoreInUse.
        """

    def transaction(self) -> AbstractContextManager[None]:
        """Make one transaction of all writes inside the block; a transaction within another is part of it."""

    def close(self) -> None:
        """Close the store; a transaction that is under way is undone."""


Work = Callable[[pa.RecordBatch], Iterator[pa.RecordBatch]]
"""A function of a module, or a partial of one: batches of rows in and out, whatever the engine and the process."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is made of the rows of a query or of the step before: `work`, and the schema of what it yields.

    The rows are spread over all cores by the column `by`, and `work` is given them in batches of any size. With `together` it is
    given all rows of one value of `by` at once, as one batch.
    """

    work: Work
    schema: pa.Schema
    by: str
    together: bool = False


Folders = Mapping[str, Sequence[Path]]
"""The names by which a query knows folders, or files, of Parquet of one schema."""


class Engine(Protocol):
    """Where a corpus is worked on: the same queries and the same functions, one machine or many; all between is Parquet."""

    tasks: int
    """How many tasks it works on at a time, about."""

    def run(self, query: str, folders: Folders, steps: Sequence[Step], out: Path) -> None:
        """Write what the steps make of what a query selects into a new folder of Parquet; without steps what it selects.

        Raises ProcessLost when a task failed for good, OSError when the disk is full; then the folder holds nothing that counts.
        """

    def close(self) -> None:
        """End it, and what it started."""


VIEWS = {
    "v_claims": (
        "Each claim with the words of each report that carries it.",
        """
SELECT c.story, c.id AS claim, c.rank, c.summary, c.relation, r.id AS report, r.outlet, r.published, r.url,
  substr(r.text, m.start + 1, m."end" - m.start) AS words, c.verified_by
FROM claim c JOIN member m ON m.story = c.story AND m.claim = c.id JOIN report r ON r.id = m.report
""",
    ),
    "v_copies": (
        "Each report that took words, with whom it took them from: a report, or a lost source (`from_report` null).",
        """
SELECT d.story, r.id AS report, r.outlet, r.published, r.url, coalesce(q.outlet, p.name) AS source, q.id AS from_report,
  d.kind, d.share, d.credited, d.probability, d.reason
FROM derivation d JOIN witness w ON w.story = d.story AND w.id = d.child JOIN report r ON r.id = w.report
JOIN witness p ON p.story = d.story AND p.id = d.parent LEFT JOIN report q ON q.id = p.report
""",
    ),
}
"""What people who look into a store themselves ask of it: by its name the meaning of a view, and its query."""
