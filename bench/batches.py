"""What a hundred new reports cost in a store that is there: growing stores of the generated corpus of bench/scale.py.

Run: .venv/bin/python bench/batches.py [1000 5000 20000] [--folder scale]

Seconds are the processor's, in this one process, with the store in memory: the fingerprints, what they are compared with, and the
writing. `all at once` groups the same reports in a new store.
"""

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

from scale import corpus_file
from stemma.engines import Store, open_store
from stemma.grouped import group_new
from stemma.tables import Report

NEW = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 5000, 20_000])
    parser.add_argument("--folder", type=Path, default=Path("scale"), help="Where the corpora are kept.")
    arguments = parser.parse_args()
    every = reports(corpus_file(arguments.folder, max(arguments.sizes) + NEW))
    print(f"| reports in the store | all at once, s | {NEW} more, s | of them grouped anew |")
    print("|---|---|---|---|")
    for size in arguments.sizes:
        store = open_store()
        # The new ones are of the days of the others, as late ones are.
        chosen = every[:: len(every) // (size + NEW)][: size + NEW]
        late = chosen[:: len(chosen) // NEW][:NEW]
        first = timed(store, [r for r in chosen if r not in late])
        before = {row.report: row for row in store.read("component")}
        again = timed(store, late)
        touched = sum(before.get(row.report) != row for row in store.read("component"))
        print(f"| {size:,} | {first:.1f} | {again:.2f} | {touched:,} |", flush=True)


def timed(store: Store, new: Sequence[Report]) -> float:
    store.write({"report": new})
    start = time.process_time()
    group_new(store)
    return time.process_time() - start


def reports(file: Path) -> list[Report]:
    """The reports of a file of bench/scale.py, as they stand in a store."""
    rows = map(json.loads, file.read_text("utf-8").splitlines())
    return [
        Report(
            r["id"], r["id"], r["id"], None, None, "", None, None, r["published"], None, (), None, (), None, None, r["text"], ()
        )
        for r in rows
    ]


if __name__ == "__main__":
    main()
