"""Pages a second by engine, in one run on one machine: reading, grouping, accounts of the same files, and whether they agree.

Without files the pages are invented ones, five to an event. Times are of the wall; an engine's start is by itself.

Run: .venv/bin/python bench/engines.py [--reports 300] [--no-accounts] [--engines duckdb,sail,spark] [FILES ...]
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from bulk.invented import write_corpus
from stemma.bulk import work_corpus
from stemma.bulk.chunks import Done
from stemma.engines import open_engine, open_store
from stemma.processes import cores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--no-accounts", action="store_true")
    parser.add_argument("--engines", default="duckdb,sail,spark")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = asked.files or [str(write_corpus(Path(folder) / "invented.jsonl", asked.reports))]
        print(f"{cores()} cores\n\n| engine | start | pages/s | put together and grouped | accounts: reports/s | all |")
        print("|---|---|---|---|---|---|")
        seen = {name: measure(name, files, Path(folder) / name, not asked.no_accounts) for name in asked.engines.split(",")}
    print("\nThe tables report and story are", "the same." if len(set(seen.values())) == 1 else "NOT the same.")


def measure(name: str, files: list[str], out: Path, deep: bool) -> int:
    """Print one engine's row; return a hash of its reports and stories."""
    start = time.perf_counter()
    engine = open_engine(name, f"local[{cores()}]" if name == "spark" else None)
    begun = time.perf_counter()
    at: dict[str, list[tuple[float, Done]]] = {"pages": [], "accounts": []}
    found = work_corpus(files, out, engine, deep=deep, tell=lambda done: at[done.stage].append((time.perf_counter(), done)))
    ended = time.perf_counter()
    engine.close()
    read, made = at["pages"], at["accounts"]
    pages = read[-1][1].count / (read[-1][0] - read[0][0])
    between = (made[0][0] if made else ended) - read[-1][0]
    accounts = f"{made[-1][1].count / (made[-1][0] - made[0][0]):.1f}" if made else ""
    print(f"| {name} | {begun - start:.0f} s | {pages:.1f} | {between:.0f} s | {accounts} | {ended - begun:.0f} s |", flush=True)
    store = open_store(out)
    told = tuple(store.read("report")), tuple(store.read("story")), tuple(found.values())
    store.close()
    return hash(told)


if __name__ == "__main__":
    main()
