"""The engines that keep tables and run SQL; no other room imports one."""

from pathlib import Path

from stemma.engines.protocol import Store

__all__ = ["Store", "open_store"]


def open_store(path: str | Path | None = None, read_only: bool = False) -> Store:
    """Open the store in a file, made when there is none, or one in memory when `path` is None.

    Opened `read_only` a file must be there, and several processes may read it at once. Raises StoreError when the file is no
    store or is of another version, StoreInUse when another process holds it.
    """
    from stemma.engines.duckdb import open_duckdb

    return open_duckdb(None if path is None else Path(path), read_only)
