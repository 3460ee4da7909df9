"""What it costs that readers see whole runs: a run against a plain copy of the file, an open against DuckDB alone, in one run.

python bench/store.py --megabytes 10 100 500
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb

from stemma.engines import open_store
from stemma.tables import PageBytes, Skipped

TIMES = 3


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--megabytes", type=int, nargs="+", default=[10, 100, 500])
    print("| store | a run that writes one row | copy and `fsync` of the file | ratio | open to read | with DuckDB alone |")
    print("|---|---|---|---|---|---|")
    for megabytes in asked.parse_args().megabytes:
        with tempfile.TemporaryDirectory() as folder:
            db = Path(folder) / "news.duckdb"
            with closing(open_store(db)) as store, store.run():
                for n in range(megabytes):
                    store.write({"page_bytes": [PageBytes(f"{n}-{m}", os.urandom(20_000)) for m in range(50)]})
            run, copied = _seconds(_run, db), _seconds(_copy, db)
            size = f"{db.stat().st_size / 1e6:,.0f} MB"
            print(
                f"| {size} | {run:.2f} s | {copied:.2f} s | {run / copied:.1f} | {_seconds(_open, db) * 1e3:.0f} ms |",
                end="",
            )
            print(f" {_seconds(_open_alone, db) * 1e3:.0f} ms |", flush=True)


def _seconds(work: Callable[[Path], None], db: Path) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work(db)
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def _run(db: Path) -> None:
    with closing(open_store(db)) as store:
        store.write({"skipped": [Skipped(str(time.time_ns()), "")]})


def _copy(db: Path) -> None:
    copy = db.with_name("copy")
    shutil.copyfile(db, copy)
    with copy.open("rb+") as stream:
        os.fsync(stream.fileno())
    copy.unlink()


def _open(db: Path) -> None:
    open_store(db).close()


def _open_alone(db: Path) -> None:
    duckdb.connect(str(db), read_only=True).close()


if __name__ == "__main__":
    main()
