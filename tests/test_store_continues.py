"""A run killed at any moment, or on a full disk, leaves a store that the next run continues, to the same account."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import HANGS

KILLS = Path(__file__).parents[1] / "bench" / "kills.py"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only where a process can be killed outright")
def test_what_is_killed_or_finds_no_room_is_continued_to_the_same_account():
    """The short form of `make kill`, which kills 200 times; its exit code is 1 when anything was wrong."""
    command = [sys.executable, KILLS, "--kills", "8", "--full", "1", "--seed", "7"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=3 * HANGS, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("| 0 | 0 |") == 7
