"""SIGKILL of `stemma corpus --out` at chance moments: a later run ends with the tables of an undisturbed one.

A folder that a killed run leaves is whole, as the run before left it, or it is refused with a sentence.

    python bench/kills_corpus.py --kills 50 --reports 60
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from bulk.invented import write_corpus
from stemma.engines import open_store
from stemma.errors import StoreError
from stemma.tables import TABLES

IN_A_ROW = 4
"""Kills of one folder, before a run on it is left to end."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kills", type=int, default=50)
    asked.add_argument("--reports", type=int, default=60)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    chance, count = random.Random(options.seed), Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [write_corpus(folder / f"{n}.jsonl", options.reports // 4, seed=n) for n in range(4)]
        began = time.monotonic()
        started(files, folder / "whole").wait()
        longest, expected = time.monotonic() - began, rows_in(folder / "whole")
        while count["kills"] < options.kills:
            # Half of the files are there before, so that a killed run also has tables to put others in the place of.
            out, before = folder / "out", files[:2] if count["ended"] % 2 else []
            if before:
                started(before, out).wait()
            for _ in range(min(IN_A_ROW, options.kills - count["kills"])):
                process = started(files, out)
                time.sleep(chance.uniform(0, longest))
                count["kills" if ended(process) == -signal.SIGKILL else "through"] += 1
                count["broken"] += not is_whole_or_refused(out)
            started(files, out).wait()
            count["ended"] += 1
            count["other"] += rows_in(out) != expected
            shutil.rmtree(out)
        print("| command | kills | runs left to end | neither whole nor refused | other tables |\n|---|---|---|---|---|")
        print(f"| corpus --out | {count['kills']} | {count['ended']} | {count['broken']} | {count['other']} |", flush=True)
    sys.exit(1 if count["broken"] + count["other"] else 0)


def started(files: list[Path], out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "stemma", "corpus", *map(str, files), "--out", str(out), "--quiet"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def ended(process: subprocess.Popen[bytes]) -> int:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def rows_in(folder: Path) -> dict[str, list[object]]:
    """All rows of a folder but when a run ended, and the ids that stories had before: they tell of the runs."""
    with closing(open_store(folder)) as store:
        rows = {table: store.read(table) for table in TABLES if table != "alias"}
    return rows | {"run": [replace(run, finished="") for run in rows["run"]]}


def is_whole_or_refused(folder: Path) -> bool:
    """Whether all tables of a folder can be read, or it is refused: a killed run may have left it in between."""
    if not folder.exists():
        return True
    try:
        rows_in(folder)
    except StoreError as error:
        return str(error).endswith(".")
    return True


if __name__ == "__main__":
    main()
