"""The store: every table of `tables.py` in one DuckDB file or in memory, and SQL over Arrow tables."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from stemma import arrow, tables
from stemma.engines import one_writer
from stemma.engines.protocol import NO_TABLES, VIEWS
from stemma.engines.soundness import unsound
from stemma.engines.spare import is_as_left, keep_spare, parts_of
from stemma.errors import StoreDamaged, StoreError, StoreInUse, UsageError, changed, help_for
from stemma.pages.meta import without_halves
from stemma.tables import Row
from stemma.whole_files import disk_error, real_path, reason_of

# No network and no look at Python's variables: what a query reads is what it was given.
_CONFIG: dict[str, Any] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
    "memory_limit": "50%",
}
# What stays in memory between two writes of a run. Each may have what it needs: a page may be a hundred megabytes.
_HELD = "48MB"
_READ_BETWEEN = 4096
# A group of rows that is not full is written anew, whole, with each checkpoint.
_GROUPS = ", ROW_GROUP_SIZE 8192"
_OF_A_FILE = "No files found"
"""What DuckDB says of a query that names a file which is not there."""
_HALF = "cannot encode str as UTF-8"
"""What DuckDB says of a text that it is given and that is none."""
_VERSION_TABLE = "schema_version"
_NAME = "store"


def open_duckdb(path: Path | None) -> "DuckDBStore":
    """Open the store in a file, empty until its first run when there is none, or one in memory when `path` is None."""
    try:
        os.fspath(path or "").encode()
    except UnicodeEncodeError as error:
        raise StoreError("The name of the store holds bytes that are no UTF-8 text; give --db another file.") from error
    if path is not None and path.exists():
        # By the name that was given: what a pipe leads to has none.
        must_be_a_file(path, path)
    return DuckDBStore(None if path is None else real_path(path))


class DuckDBStore:
    """The tables of one collection. A file is read as its last whole run left it; what is written, is written in a run."""

    def __init__(self, path: Path | None, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        self._path = path
        self._opened: duckdb.DuckDBPyConnection | None = connection or _reading(path)
        self._writing = path is None
        self._in_transaction = False
        self._wrote = False

    @property
    def file(self) -> Path | None:
        """Return the file that it lies in; None for one in memory."""
        return self._path

    @property
    def place(self) -> Path | None:
        """Return the file or the folder that it lies in; None for one in memory."""
        return self._path

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
    def run(self) -> Iterator[None]:
        """Make one run of all writes inside the block: others read all of it or nothing, and nobody else writes meanwhile.

        A run inside another is part of it. One that ends in an error waits for the next, which goes on with what it committed.
        Raises StoreInUse when another process, or another store of this one, writes; StoreError.
        """
        if self._writing or self._path is None:
            yield
            return
        with one_writer.held(self._path):
            self._connection.close()
            # Until it is open, what a run that was stopped left is not this one's to take away.
            self._wrote = True
            try:
                self._opened, self._wrote = _writing(self._path)
                self._writing = True
                yield
                self._publish(self._path)
            except StoreDamaged:
                # What a killed run left may be what is damaged: the next run begins with the last whole one.
                self._wrote = False
                raise
            finally:
                self._writing = False
                self._connection.close()
                if not self._wrote:
                    one_writer.discard(self._path)
                self._opened = _reading(self._path)

    def _publish(self, path: Path) -> None:
        if self._wrote:
            run = one_writer.unfinished(path)
            with explained(path):
                seal(self._connection, run)
            one_writer.publish(path, run)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make one transaction of all writes inside the block; a transaction within another is part of it."""
        if self._in_transaction:
            yield
            return
        with self.run(), explained(self._path):
            self._connection.begin()
            self._in_transaction = True
            try:
                yield
                self._connection.commit()
                self._wrote = True
            except BaseException:
                self._undo()
                raise
            finally:
                self._in_transaction = False

    def write(self, rows: Mapping[str, Sequence[Row] | pa.Table]) -> None:
        """Add the rows, by table, whose key is not there yet; of rows with equal keys the first stays."""
        with self.transaction():
            for table, new in rows.items():
                self._insert(table, new)
            self._put_away()

    def remove(self, table: str, where: Mapping[str, object]) -> None:
        """Take out the rows that `read` returns for the same `where`, in one transaction."""
        condition, values = _condition(table, where)
        with self.transaction():
            if [] not in values:
                self._connection.execute(f"DELETE FROM {table}{condition}", values)

    def read(self, table: str, where: Mapping[str, object] | None = None) -> list[Any]:
        """Return the rows of a table in the order of its key.

        `where` gives a column's value, or a list, tuple or set of values of which one must be the row's.
        """
        condition, values = _condition(table, where or {})
        if [] in values:
            # No row has one of no values, and to ask for none takes as long as for a few.
            return []
        text = f"SELECT * FROM {table}{condition} ORDER BY {_key(table)}"
        return arrow.from_arrow(table, self._query(text, values))

    def sql(self, text: str, tables: Mapping[str, pa.Table] = NO_TABLES) -> pa.Table:
        """Return what a query over the store's tables and the given Arrow tables selects; raises UsageError for a bad one."""
        with explained(self._path), self._cursor() as cursor:
            for name, table in tables.items():
                cursor.register(name, table)
            try:
                return _selected(cursor, text).to_arrow_table()
            except (duckdb.ProgrammingError, duckdb.DataError, duckdb.IOException) as error:
                if isinstance(error, duckdb.IOException) and _OF_A_FILE not in str(error):
                    raise
                said = " ".join(str(error).partition("\nLINE ")[0].split()).rstrip(".!")
                raise UsageError(f"This query cannot be run: {said}.") from error

    def batches(self, text: str, tables: Mapping[str, pa.Table], size: int) -> Iterator[pa.RecordBatch]:
        """Yield what such a query selects, at most so many rows at a time: no more of it is held in memory."""
        with explained(self._path), self._cursor() as cursor:
            for name, table in tables.items():
                cursor.register(name, table)
            given = 0
            for batch in _selected(cursor, text).to_arrow_reader(size):
                yield batch
                if (given := given + batch.num_rows) > _READ_BETWEEN:
                    given = 0
                    self._put_away()

    def _query(self, text: str, values: list[Any]) -> pa.Table:
        with explained(self._path), self._cursor() as cursor:
            return cursor.sql(text, params=values).to_arrow_table()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = self._connection.cursor()
        cursor.execute(f"USE {_NAME}")
        return cursor

    def _put_away(self) -> None:
        """Have DuckDB put away what it keeps in memory beyond what a run holds: a store that grows would fill it."""
        for limit in (_HELD, _CONFIG["memory_limit"]) if self._path else ():
            # What is in use is not put away, and the limit then stays as it was.
            with suppress(duckdb.OutOfMemoryException):
                self._connection.execute(f"SET memory_limit = '{limit}'")

    def _undo(self) -> None:
        # After some errors, such as a full disk, DuckDB has undone it already.
        with suppress(duckdb.Error):
            self._connection.rollback()

    def _insert(self, table: str, rows: Sequence[Row] | pa.Table) -> None:
        # DuckDB's own unique keys would refuse a row that was deleted in the same transaction.
        if len(rows) == 0:
            return
        key = tables.TABLES[_known(table)].key
        rows_now = rows if isinstance(rows, pa.Table) else arrow.to_arrow(table, arrow.first_by_key(table, rows))
        same = " AND ".join(f"old.{quoted(c)} = new.{quoted(c)}" for c in key)
        there = f"SELECT 1 FROM {table} AS old WHERE {same}"
        self._connection.register("new_rows", rows_now)
        try:
            self._connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM new_rows AS new WHERE NOT EXISTS ({there})")
        finally:
            self._connection.unregister("new_rows")


def _selected(cursor: duckdb.DuckDBPyConnection, text: str) -> duckdb.DuckDBPyRelation:
    """What one SELECT gives: nothing else is run, so that no query changes a store."""
    text = without_halves(text)
    statements = cursor.extract_statements(text)
    if [s.type for s in statements] != [duckdb.StatementType.SELECT]:
        raise UsageError("Only one SELECT is run on a store; what it holds is changed by reading pages and by judging.")
    return cursor.sql(text)


def _reading(path: Path | None) -> duckdb.DuckDBPyConnection:
    """Open the last whole run of a store, of which there may be none yet."""
    if path is None or not path.exists():
        if path is not None and not path.parent.is_dir():
            raise StoreError(f"{path} cannot be made: there is no folder {path.parent}; make it first.")
        return made(":memory:")
    connection = attached(path, path, read_only=True)
    try:
        must_be_sound(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def must_be_sound(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise StoreDamaged where another program wrote to an open store, and left in it what stemma does not write."""
    if is_as_left(path):
        return
    with explained(path):
        wrong = next(unsound(connection), None)
    if wrong:
        raise StoreDamaged(changed(path, wrong))


def _writing(path: Path) -> tuple[duckdb.DuckDBPyConnection, bool]:
    """Open the file of a run, and say whether one that was stopped left something in it; the caller holds the store."""
    run = one_writer.unfinished(path)
    one_writer.clear(path)
    if run.exists():
        try:
            attached(run, path, read_only=True).close()
        except StoreError:
            one_writer.discard(path)
        else:
            one_writer.must_go_on_from(path)
            return attached(run, path), True
    if path.exists():
        _fold(path)
    one_writer.begin(path)
    return (attached(run, path), False) if path.exists() else (made(str(run)), True)


def _fold(path: Path) -> None:
    """Bring into a file what DuckDB keeps beside it, where another program wrote to the store and was killed."""
    if path.with_name(f"{path.name}.wal").exists():
        with attached(path, path) as connection:
            connection.execute(f"CHECKPOINT {_NAME}")


def made(where: str) -> duckdb.DuckDBPyConnection:
    """Make a new store, in memory or in a file that only the caller knows yet."""
    connection = connect(where)
    connection.begin()
    for table in tables.TABLES:
        columns = ", ".join(_column(field) for field in arrow.schema(table))
        connection.execute(f"CREATE TABLE {table} ({columns})")
    connection.execute(f"CREATE TABLE {_VERSION_TABLE} AS SELECT {tables.VERSION} AS version")
    make_views(connection)
    connection.commit()
    return connection


def seal(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Close a store that was written into a file, with all of it in that file and a spare of its directory behind."""
    connection.execute(f"CHECKPOINT {_NAME}")
    parts, end = parts_of(connection, _NAME)
    connection.close()
    keep_spare(file, parts, end)


def make_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the views of `tables.py` over the tables that are there."""
    for name, (_, query) in VIEWS.items():
        connection.execute(f"CREATE VIEW {name} AS {query}")


def attached(file: Path, path: Path, read_only: bool = False, any_version: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a file that holds the store at `path`, whole or a run on it; raises StoreError when it cannot be used."""
    must_be_a_file(file, path)
    with explained(path):
        connection = connect(str(file), read_only)
        try:
            version = version_of(connection)
            if version != tables.VERSION and not any_version:
                raise StoreError(_other_version(path, version))
        except duckdb.CatalogException as error:
            connection.close()
            raise StoreError(f"{path} is a DuckDB file but no store; give --db another file.") from error
        except BaseException:
            connection.close()
            raise
        return connection


def must_be_a_file(file: Path, path: Path) -> None:
    """Raise StoreError where the file of the store at `path` is none: a pipe would be waited for."""
    if not file.is_file():
        kind = "a folder" if file.is_dir() else "a pipe or a device"
        raise StoreError(f"{path} is {kind}; give --db the name of a file.")


def connect(where: str = ":memory:", read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Return DuckDB with a file, or memory, as the database `store` that names without another are of."""
    # Attached to an instance of its own: DuckDB would give a second reader of a path the file that stood there before.
    beside = {} if where == ":memory:" else {"temp_directory": f"{where}.tmp"}
    connection = duckdb.connect(":memory:", config=_CONFIG | beside)
    try:
        said = ", READ_ONLY" if read_only else "" if where == ":memory:" else _GROUPS
        connection.execute(f"ATTACH {literal(where)} AS {_NAME} (TYPE duckdb{said})")
        connection.execute(f"USE {_NAME}")
    except BaseException:
        connection.close()
        raise
    return connection


def version_of(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the version of an open store's tables."""
    found = connection.execute(f"SELECT version FROM {_VERSION_TABLE}").fetchall()
    return int(found[0][0] or 0) if found else 0


def columns_in(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, set[str]]:
    """Return the names of the columns of each table of an attached database."""
    found: dict[str, set[str]] = {}
    listed = "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = ?"
    for table, column in connection.execute(listed, [database]).fetchall():
        found.setdefault(table, set()).add(column)
    return found


def _other_version(path: Path, version: int) -> str:
    if version > tables.VERSION:
        return f"{path} is a store of version {version}, and this stemma reads version {tables.VERSION}; use a newer one."
    return f"{path} is a store of an older version; `stemma store upgrade --db {path}` brings it to this one and keeps a copy."


@contextmanager
def explained(path: Path | None) -> Iterator[None]:
    """Raise what DuckDB says of a store's file as a StoreError that a user can act on."""
    try:
        yield
    except duckdb.Error as error:
        if _HALF in str(error):
            raise UsageError("What was given holds half a character, or bytes that are no UTF-8 text.") from error
        if path is None:
            raise
        raise _explanation(path, str(error)) from error


def is_damage(error: duckdb.Error) -> bool:
    """Return whether an error is of what stands in a file, and not of the memory, the room or the rights to read it."""
    return isinstance(_explanation(Path(), str(error)), StoreDamaged)


def _explanation(path: Path, message: str) -> StoreError:
    if "No space left" in message:
        return StoreError(f"There is no room left for {path}: make some, and run it again; it goes on where it was.")
    if "Could not write" in message or "Could not fsync" in message:
        found = disk_error(message)
        why = f" ({reason_of(found)})" if found else ""
        return StoreError(f"{path} cannot be written to{why}; run it again when it can, and it goes on where it was.")
    if "not a valid DuckDB database" in message:
        return StoreError(f"{path} is no DuckDB file, and is left as it is; give --db another file.")
    if "Could not set lock" in message:
        return StoreInUse(f"{path} is in use: another program than stemma has it open; wait until that has ended.")
    if "Out of Memory" in message:
        return StoreError(f"There is not memory enough for {path}; end other programs, or read fewer pages at once.")
    return StoreDamaged(f"{path} is damaged, or was changed by another program; {help_for(path)}.")


def _column(field: pa.Field) -> str:
    return f"{quoted(field.name)} {sql_type(field.type)}{'' if field.nullable else ' NOT NULL'}"


def sql_type(arrow: pa.DataType) -> str:
    """Return the type of a column as SQL writes it."""
    if pa.types.is_list(arrow):
        return f"{sql_type(arrow.value_type)}[]"
    if pa.types.is_struct(arrow):
        return f"STRUCT({', '.join(f'{quoted(f.name)} {sql_type(f.type)}' for f in arrow)})"
    plain = {pa.string(): "VARCHAR", pa.int64(): "BIGINT", pa.float64(): "DOUBLE", pa.bool_(): "BOOLEAN", pa.binary(): "BLOB"}
    return plain[arrow]


def _condition(table: str, where: Mapping[str, object]) -> tuple[str, list[object]]:
    schema = arrow.schema(_known(table))
    tests: list[str] = []
    values: list[object] = []
    for column, value in where.items():
        several = isinstance(value, Collection) and not isinstance(value, str)
        name = quoted(schema.field(column).name)
        tests.append(f"{name} IN (SELECT unnest(?))" if several else f"{name} IS NOT DISTINCT FROM ?")
        values.append(list(value) if several and isinstance(value, Collection) else value)
    return f" WHERE {' AND '.join(tests)}" if tests else "", values


def _known(table: str) -> str:
    if table not in tables.TABLES:
        raise KeyError(f"there is no table {table!r}")
    return table


def _key(table: str) -> str:
    return ", ".join(quoted(column) for column in tables.TABLES[table].key)


def quoted(name: str) -> str:
    """Return a name of a column as SQL writes it."""
    return f'"{name}"'


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
