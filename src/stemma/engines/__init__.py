"""The engines that keep tables and run SQL; no other room imports one."""

from pathlib import Path

from stemma.engines.one_writer import first_run_of
from stemma.engines.protocol import Store

__all__ = ["Store", "first_run_of", "open_store"]


def open_store(path: str | Path | None = None) -> Store:
    """Open the store in a file, or one in memory when `path` is None.

    A file is made by the first run that writes. Whoever reads sees the last whole run, also while another process writes.
    Raises StoreError when the file is no store, is damaged or of another version.
    """
    from stemma.engines.duckdb import open_duckdb

    return open_duckdb(None if path is None else Path(path))
