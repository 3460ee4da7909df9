"""What a store and SQL engine must do; all rooms know this and no engine."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Any, Protocol

import pyarrow as pa

from stemma.tables import Row

NO_TABLES: Mapping[str, pa.Table] = MappingProxyType({})


class Store(Protocol):
    """The tables of `tables.py`; a write is whole or not at all, and reads see what was committed."""

    def read(self, table: str, where: Mapping[str, object] | None = None) -> list[Any]:
        """Return the rows of a table in the order of its key.

        `where` gives a column's value, or a list, tuple or set of values of which one must be the row's.
        """

    def write(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Add the rows, by table, whose key is not there yet; of rows with equal keys the first stays."""

    def remove(self, table: str, where: Mapping[str, object]) -> None:
        """Take out the rows that `read` returns for the same `where`."""

    def sql(self, text: str, tables: Mapping[str, pa.Table] = NO_TABLES) -> pa.Table:
        """Return what a query over the store's tables and the given Arrow tables selects."""

    def run(self) -> AbstractContextManager[None]:
        """Make one run of all writes inside the block: others read all of it or nothing, and nobody else writes meanwhile.

        A run inside another is part of it; so is a transaction, and one outside is a run of its own. Raises StoreInUse.
        """

    def transaction(self) -> AbstractContextManager[None]:
        """Make one transaction of all writes inside the block; a transaction within another is part of it."""

    def close(self) -> None:
        """Close the store; a transaction that is under way is undone."""
