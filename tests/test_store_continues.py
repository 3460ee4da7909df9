"""A run killed at any moment, or on a full disk, leaves a store that the next run continues, to the same account."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

import stemma
from conftest import HANGS
from pages.site import article

KILLS = Path(__file__).parents[1] / "bench" / "kills.py"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only where a process can be killed outright")
def test_what_is_killed_or_finds_no_room_is_continued_to_the_same_account():
    """The short form of `make kill`, which kills 200 times; its exit code is 1 when anything was wrong."""
    command = [sys.executable, KILLS, "--kills", "8", "--full", "1", "--seed", "7"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=3 * HANGS, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("| 0 | 0 |") == 7


def test_short_articles_are_kept_by_the_hundred_and_what_takes_longer_by_the_dozen(tmp_path):
    rows = [{"id": n, "title": f"Ferry {n}", "text": f"Ferry number {n} did not run."} for n in range(300)]
    long = [{**row, "text": f"{row['text']} " * 400} for row in rows[:20]]
    (tmp_path / "pages").mkdir()
    for n in range(20):
        (tmp_path / f"pages/{n}.html").write_bytes(article(f"Ostrel {n}"))
    kept = {}
    for name, given in (("short", rows), ("long", long), ("pages", str(tmp_path / "pages"))):
        said = []
        stemma.read(given, deep=False, progress=lambda stage, done, _, said=said: said.append((stage, done))).close()
        kept[name] = sorted({done for stage, done in said if stage == "pages"})
    assert kept == {"short": [0, 128, 256, 300], "long": [0, 16, 20], "pages": [0, 16, 20]}
