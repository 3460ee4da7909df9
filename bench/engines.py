"""Pages by engine, in one run on one machine: reading, grouping and accounts of the same files, and whether the tables agree.

Times of the wall depend on who else works on the machine; those of its cores do not, and are summed over all processes of the
run (Linux). Without files the pages are invented ones, five to an event. An engine's start is by itself.

Run: .venv/bin/python bench/engines.py [--reports 300] [--no-accounts] [--engines duckdb,sail,spark] [FILES ...]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from bulk.invented import write_corpus
from stemma.bulk import work_corpus
from stemma.bulk.chunks import Done
from stemma.engines import open_engine, open_store
from stemma.ids import sha256
from stemma.processes import cores

_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--no-accounts", action="store_true")
    parser.add_argument("--engines", default="duckdb,sail,spark")
    parser.add_argument("--out", help="(of the processes that it starts)")
    asked = parser.parse_args()
    if asked.out:
        measure(asked.engines, asked.files, Path(asked.out), not asked.no_accounts)
        return
    with tempfile.TemporaryDirectory() as folder:
        files = asked.files or [str(write_corpus(Path(folder) / "invented.jsonl", asked.reports))]
        print(f"{cores()} cores, of which {os.getloadavg()[0]:.0f} processes of this and other work wanted one at the start\n")
        print("| engine | start | pages/s | pages/s of a core | grouping | reports/s | reports/s of a core | all |")
        print("|---|---|---|---|---|---|---|---|")
        seen = {name: in_process(name, files, Path(folder) / name, asked.no_accounts) for name in asked.engines.split(",")}
    print("\nThe tables report and story are", "the same." if len(set(seen.values())) == 1 else "NOT the same.")


def in_process(name: str, files: Sequence[str], out: Path, no_accounts: bool) -> str:
    """Measure an engine in processes of its own; return what stands for its reports and stories."""
    call = [sys.executable, __file__, "--engines", name, "--out", str(out), *(["--no-accounts"] if no_accounts else []), *files]
    done = subprocess.run(call, start_new_session=True, stdout=subprocess.PIPE, text=True, check=True)
    *_, row, told = done.stdout.splitlines()
    print(row, flush=True)
    return told


def measure(name: str, files: Sequence[str], out: Path, deep: bool) -> None:
    """Print one engine's row, and a line that stands for its reports and stories."""
    at: dict[str, list[tuple[float, float, Done]]] = {"pages": [], "accounts": []}
    start = time.perf_counter()
    engine = open_engine(name, f"local[{cores()}]" if name == "spark" else None)
    begun = time.perf_counter()
    work_corpus(files, out, engine, deep=deep, tell=lambda done: at[done.stage].append((time.perf_counter(), worked(), done)))
    ended = time.perf_counter()
    store = open_store(out)
    told = [(r.id, r.text) for r in store.read("report")], [(s.report, s.story) for s in store.read("story")]
    store.close()
    engine.close()
    grouping = (at["accounts"][0][0] if deep else ended) - at["pages"][-1][0]
    rates = [rate for stage in at.values() for rate in (_rates(stage) if stage else ("", ""))]
    cells = [name, f"{begun - start:.0f} s", *rates[:2], f"{grouping:.0f} s", *rates[2:], f"{ended - begun:.0f} s"]
    print(f"| {' | '.join(cells)} |\n{sha256(str(told).encode())}", flush=True)


def _rates(stage: Sequence[tuple[float, float, Done]]) -> tuple[str, str]:
    (first, before, _), (last, after, done) = stage[0], stage[-1]
    return f"{done.count / (last - first):.1f}", f"{done.count / (after - before):.1f}"


def worked() -> float:
    """Return the seconds of cores that all processes of this session, and those that ended in them, have taken."""
    mine, taken = os.getsid(0), 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[3]) == mine:
            taken += sum(map(int, told[11:15]))
    return taken / _TICKS


if __name__ == "__main__":
    main()
