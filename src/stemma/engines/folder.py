"""A folder of Parquet that `stemma corpus` wrote, read as a store that nobody can change."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stemma import arrow, tables
from stemma.engines.duckdb import DuckDBStore, connect, make_views, quoted, sql_type
from stemma.engines.protocol import MARK
from stemma.errors import StoreError, StoreReadOnly


def open_folder(path: Path) -> "FolderStore":
    """Open a folder of Parquet; raises StoreError when it is not whole or of another version."""
    try:
        version = json.loads((path / MARK).read_text("utf-8"))["version"]
    except FileNotFoundError as error:
        raise StoreError(f"{path} is not whole yet: call `stemma corpus` again, and it goes on where it was.") from error
    if version != tables.VERSION:
        raise StoreError(f"{path} is of version {version}, and this stemma reads {tables.VERSION}; call `stemma corpus` again.")
    return FolderStore(path)


class FolderStore(DuckDBStore):
    """The tables of a folder as views of its files."""

    def __init__(self, path: Path) -> None:
        connection = connect()
        for table in tables.TABLES:
            columns = [(quoted(field.name), sql_type(field.type)) for field in arrow.schema(table)]
            empty = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in columns)
            files = sorted(str(f) for f in (path / table).rglob("*.parquet"))
            there = f"SELECT {', '.join(name for name, _ in columns)} FROM read_parquet({files})"
            connection.execute(f"CREATE VIEW {table} AS {there if files else f'SELECT {empty} WHERE false'}")
        make_views(connection)
        super().__init__(path, connection)

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
