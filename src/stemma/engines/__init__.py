"""The engines that keep tables and run SQL; no other room imports one."""

from pathlib import Path

from stemma.engines.protocol import Store

__all__ = ["Store", "open_store"]


def open_store(path: str | Path | None = None) -> Store:
    """Open the store in a file, made when there is none, or one in memory when `path` is None.

    Raises StoreError when the file is no store, is of another version, or is in use by another process.
    """
    from stemma.engines.duckdb import open_duckdb

    return open_duckdb(None if path is None else Path(path))
