"""A folder of Parquet that `stemma corpus` wrote, read as a store that nobody can change."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from stemma import arrow, tables
from stemma.engines.duckdb import DuckDBStore, connect, explained, make_views, quoted, sql_type
from stemma.engines.protocol import MARK
from stemma.engines.soundness import unsound
from stemma.errors import StoreDamaged, StoreError, StoreReadOnly, changed


def open_folder(path: Path) -> "FolderStore":
    """Open a folder of Parquet; raises StoreError when it is not whole or of another version."""
    try:
        version = json.loads((path / MARK).read_text("utf-8"))["version"]
    except FileNotFoundError as error:
        raise StoreError(f"{path} is not whole yet: call `stemma corpus` again, and it goes on where it was.") from error
    except (ValueError, LookupError, TypeError) as error:
        raise StoreDamaged(changed(path, f"{MARK} in it is another file")) from error
    if version != tables.VERSION:
        raise StoreError(f"{path} is of version {version}, and this stemma reads {tables.VERSION}; call `stemma corpus` again.")
    return FolderStore(path)


def wrong_in(path: Path) -> str | None:
    """Return what another program changed in a folder of Parquet since it was whole; None where nothing is seen of that."""
    try:
        with closing(open_folder(path)) as store:
            wrong = store.wrong()
    except StoreDamaged:
        return "a part of it cannot be read"
    since = (path / MARK).stat().st_mtime_ns
    tables_in = (file for table in tables.TABLES for file in (path / table).rglob("*.parquet"))
    return wrong or next((f"{file} was written since" for file in tables_in if file.stat().st_mtime_ns > since), None)


class FolderStore(DuckDBStore):
    """The tables of a folder as views of its files."""

    def __init__(self, path: Path) -> None:
        connection = connect()
        with explained(path):
            self._make_views(connection, path)
        super().__init__(path, connection)

    def _make_views(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        for table in tables.TABLES:
            columns = [(quoted(field.name), sql_type(field.type)) for field in arrow.schema(table)]
            empty = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in columns)
            files = sorted(str(f) for f in (path / table).rglob("*.parquet"))
            there = f"SELECT {', '.join(name for name, _ in columns)} FROM read_parquet({files})"
            connection.execute(f"CREATE VIEW {table} AS {there if files else f'SELECT {empty} WHERE false'}")
        make_views(connection)

    def wrong(self) -> str | None:
        """Return what is wrong with the rows, as `unsound` says it; None where nothing is."""
        with explained(self._path):
            return next(unsound(self._connection), None)

    @property
    def file(self) -> None:
        """Return nothing: a folder is no file, and nothing is kept beside it."""

    @contextmanager
    def run(self) -> Iterator[None]:
        """Raise StoreReadOnly: a person's word, and accounts that are missing, are kept in a store of their own."""
        self._refuse()
        yield

    def _refuse(self) -> None:
        raise StoreReadOnly(
            f"{self._path} is a folder of Parquet, which is read and not changed; "
            "`stemma analyse PAGES --db news.duckdb` makes a store that is."
        )
