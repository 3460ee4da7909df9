"""The engines that keep tables, run SQL and work on a corpus; no other room imports one."""

from pathlib import Path

from stemma.engines.one_writer import first_run_of
from stemma.engines.protocol import MARK, WORK, Engine, Step, Store
from stemma.errors import UsageError, changed
from stemma.whole_files import LONGEST_BESIDE, is_there, must_fit

__all__ = ["Engine", "Step", "Store", "changed_by_others", "first_run_of", "is_folder", "open_engine", "open_store"]


_OPENED: set[Path] = set()
"""The files that this process opened: an inner error may come of what another program changed in one of them."""


def open_store(path: str | Path | None = None) -> Store:
    """Open the store in a file, or one in memory when `path` is None; or a folder that `stemma corpus` wrote, to read it.

    A file is made by the first run that writes. Whoever reads sees the last whole run, also while another process writes.
    Raises StoreError when the file is no store, is damaged or of another version, UsageError where its name is too long.
    """
    if path is not None:
        must_fit(Path(path), LONGEST_BESIDE)
    if path is not None and is_folder(path):
        from stemma.engines.folder import open_folder

        _OPENED.add(Path(path))
        return open_folder(Path(path))
    from stemma.engines.duckdb import open_duckdb

    if path is not None:
        _OPENED.add(Path(path))
    return open_duckdb(None if path is None else Path(path))


def changed_by_others() -> str | None:
    """Return a sentence on a store that this process opened and another program wrote to since a run of stemma; None without.

    An inner error may come of that. In a folder it is looked for, which takes as long as to read all of it.
    """
    from stemma.engines.folder import wrong_in
    from stemma.engines.spare import is_as_left

    for path in sorted(_OPENED):
        if is_folder(path) and (wrong := wrong_in(path)):
            return changed(path, wrong)
        if path.is_file() and not is_as_left(path):
            return changed(path)
    return None


def is_folder(path: str | Path) -> bool:
    """Return whether a path is a folder that `stemma corpus` wrote, or was stopped in."""
    return is_there(Path(path) / MARK) or is_there(Path(path) / WORK)


def open_engine(name: str = "duckdb", master: str | None = None, processes: int | None = None) -> Engine:
    """Start what a corpus is worked on with: DuckDB on this machine, Spark at a `master`, or Sail.

    `processes` is how many work at a time on this machine, one a core when None. Raises EngineError where one is not installed.
    """
    if master is not None and name != "spark":
        raise UsageError(f"--master is for --engine spark; {name} works on this machine.")
    if name == "duckdb":
        from stemma.engines.machine import Machine

        return Machine(processes)
    from stemma.engines.spark import open_sail, open_spark

    return open_sail() if name == "sail" else open_spark(master or "local[*]")
