"""The store: every table of `tables.py` in one DuckDB file or in memory, and SQL over Arrow tables."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from stemma import arrow, tables
from stemma.engines.protocol import NO_TABLES
from stemma.errors import StoreError, StoreInUse, UsageError
from stemma.tables import Row

# No network and no look at Python's variables: what a query reads is what it was given.
_CONFIG: dict[str, Any] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
    "memory_limit": "50%",
}
_VERSION_TABLE = "schema_version"


def open_duckdb(path: Path | None, read_only: bool = False) -> "DuckDBStore":
    """Open the store in a file, made when there is none, or one in memory when `path` is None; raises StoreError."""
    if path is not None:
        return DuckDBStore(_open_file(path, read_only))
    connection = _connect(":memory:")
    _create(connection)
    return DuckDBStore(connection)


class DuckDBStore:
    """The tables of one collection; a write is whole or not at all, and reads see what was committed."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._opened: duckdb.DuckDBPyConnection | None = connection
        self._in_transaction = False

    @property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        if self._opened is None:
            raise StoreError("This store was closed. Open it again with stemma.open(FILE), or read the pages again.")
        return self._opened

    def close(self) -> None:
        """Close the store; a transaction that is under way is undone."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make one transaction of all writes inside the block; a transaction within another is part of it."""
        if self._in_transaction:
            yield
            return
        self._connection.begin()
        self._in_transaction = True
        try:
            yield
            self._connection.commit()
        except BaseException:
            self._connection.rollback()
            raise
        finally:
            self._in_transaction = False

    def write(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Add the rows, by table, whose key is not there yet; of rows with equal keys the first stays."""
        with self.transaction():
            for table, new in rows.items():
                self._insert(table, new)

    def remove(self, table: str, where: Mapping[str, object]) -> None:
        """Take out the rows that `read` returns for the same `where`, in one transaction."""
        condition, values = _condition(table, where)
        with self.transaction():
            self._connection.execute(f"DELETE FROM {table}{condition}", values)

    def read(self, table: str, where: Mapping[str, object] | None = None) -> list[Any]:
        """Return the rows of a table in the order of its key.

        `where` gives a column's value, or a list, tuple or set of values of which one must be the row's.
        """
        condition, values = _condition(table, where or {})
        text = f"SELECT * FROM {table}{condition} ORDER BY {_key(table)}"
        return arrow.from_arrow(table, self._query(text, values))

    def sql(self, text: str, tables: Mapping[str, pa.Table] = NO_TABLES) -> pa.Table:
        """Return what a query over the store's tables and the given Arrow tables selects; raises UsageError for a bad one."""
        with self._connection.cursor() as cursor:
            for name, table in tables.items():
                cursor.register(name, table)
            try:
                return _selected(cursor, text).to_arrow_table()
            except duckdb.Error as error:
                raise UsageError(f"This query cannot be run: {' '.join(str(error).split())}") from error

    def _query(self, text: str, values: list[Any]) -> pa.Table:
        with self._connection.cursor() as cursor:
            return cursor.sql(text, params=values).to_arrow_table()

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        # DuckDB's own unique keys would refuse a row that was deleted in the same transaction.
        if not rows:
            return
        key = tables.TABLES[_known(table)].key
        first = {tuple(getattr(row, column) for column in key): row for row in reversed(rows)}
        rows_now = arrow.to_arrow(table, reversed(first.values()))
        same = " AND ".join(f"old.{_quoted(c)} = new.{_quoted(c)}" for c in key)
        there = f"SELECT 1 FROM {table} AS old WHERE {same}"
        self._connection.register("new_rows", rows_now)
        try:
            self._connection.execute(f"INSERT INTO {table} SELECT * FROM new_rows AS new WHERE NOT EXISTS ({there})")
        finally:
            self._connection.unregister("new_rows")


def _selected(cursor: duckdb.DuckDBPyConnection, text: str) -> duckdb.DuckDBPyRelation:
    """What one SELECT gives: nothing else is run, so that no query changes a store."""
    statements = cursor.extract_statements(text)
    if [s.type for s in statements] != [duckdb.StatementType.SELECT]:
        raise UsageError("Only one SELECT is run on a store; what it holds is changed by reading pages and by judging.")
    return cursor.sql(text)


def _connect(where: str, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(where, read_only=read_only, config=_CONFIG)


def _open_file(path: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        if not path.exists() and not read_only:
            _create_file(path)
        connection = _connect(str(path), read_only)
    except (duckdb.Error, OSError) as error:
        kind = StoreInUse if "Could not set lock" in str(error) else StoreError
        raise kind(_explain(path, str(error))) from error
    try:
        _check_version(path, connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _create_file(path: Path) -> None:
    # A new store gets its name when it is whole, so that a run killed here leaves no half of one.
    unfinished = path.with_name(path.name + ".new")
    unfinished.unlink(missing_ok=True)
    with _connect(str(unfinished)) as connection:
        _create(connection)
    unfinished.replace(path)


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    connection.begin()
    for table in tables.TABLES:
        columns = ", ".join(_column(field) for field in arrow.schema(table))
        connection.execute(f"CREATE TABLE {table} ({columns})")
    connection.execute(f"CREATE TABLE {_VERSION_TABLE} AS SELECT {tables.VERSION} AS version")
    connection.commit()


def _check_version(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    try:
        found = connection.execute(f"SELECT version FROM {_VERSION_TABLE}").fetchone()
    except duckdb.CatalogException as error:
        raise StoreError(f"{path} is a DuckDB file but no store; give --db another file.") from error
    if found is None or found[0] != tables.VERSION:
        version = found[0] if found else "none"
        raise StoreError(
            f"{path} is a store of version {version}, and this stemma reads version {tables.VERSION}; "
            "give --db a new file and read the pages again, or use the stemma that wrote it."
        )


def _explain(path: Path, message: str) -> str:
    if "Could not set lock" in message:
        return f"{path} is in use by another process; wait until that has ended, or give --db another file."
    if "not a valid DuckDB database" in message:
        return f"{path} is no DuckDB file, and is left as it is; give --db another file."
    if path.is_dir():
        return f"{path} is a folder; give --db the name of a file."
    if not path.parent.is_dir():
        return f"{path} cannot be made: there is no folder {path.parent}; make it first."
    return f"{path} cannot be opened as a store ({message.splitlines()[0]}); give --db another file."


def _column(field: pa.Field) -> str:
    return f"{_quoted(field.name)} {_sql_type(field.type)}{'' if field.nullable else ' NOT NULL'}"


def _sql_type(arrow: pa.DataType) -> str:
    if pa.types.is_list(arrow):
        return f"{_sql_type(arrow.value_type)}[]"
    if pa.types.is_struct(arrow):
        return f"STRUCT({', '.join(f'{_quoted(f.name)} {_sql_type(f.type)}' for f in arrow)})"
    plain = {pa.string(): "VARCHAR", pa.int64(): "BIGINT", pa.float64(): "DOUBLE", pa.bool_(): "BOOLEAN", pa.binary(): "BLOB"}
    return plain[arrow]


def _condition(table: str, where: Mapping[str, object]) -> tuple[str, list[object]]:
    schema = arrow.schema(_known(table))
    tests: list[str] = []
    values: list[object] = []
    for column, value in where.items():
        several = isinstance(value, Collection) and not isinstance(value, str)
        name = _quoted(schema.field(column).name)
        tests.append(f"{name} IN (SELECT unnest(?))" if several else f"{name} IS NOT DISTINCT FROM ?")
        values.append(list(value) if several and isinstance(value, Collection) else value)
    return f" WHERE {' AND '.join(tests)}" if tests else "", values


def _known(table: str) -> str:
    if table not in tables.TABLES:
        raise KeyError(f"there is no table {table!r}")
    return table


def _key(table: str) -> str:
    return ", ".join(_quoted(column) for column in tables.TABLES[table].key)


def _quoted(name: str) -> str:
    return f'"{name}"'
