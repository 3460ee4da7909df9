"""A run killed at any moment leaves a store that the next run continues, to the same account."""

import json
import random
import signal
import subprocess
import time

import pytest

from conftest import SCRIPT
from stories.loading import load

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only where a process can be killed outright")


@pytest.fixture(scope="module")
def everything():
    """Return the folders of three small stories: several, so that a kill falls between two of them too."""
    return [load(name)["pages"] for name in ("border_talks", "harbour_fire", "river_flood")]


def test_a_killed_run_is_continued_to_the_same_account(stemma, everything, tmp_path):
    whole = tmp_path / "whole.json"
    began = time.monotonic()
    stemma("analyse", *everything, "--json", whole, "--db", tmp_path / "whole.duckdb")
    took = time.monotonic() - began
    chance = random.Random(20310505)
    for n in range(3):
        db = tmp_path / f"{n}.duckdb"
        # Each store is killed twice, the second time while it continues.
        for _ in range(2):
            seconds = chance.uniform(0.15, 0.95) * took
            while not killed_after(seconds, everything, db):
                # It was through before: a machine is not equally busy all the time.
                db.unlink()
                seconds /= 2
        done = tmp_path / f"{n}.json"
        stemma("analyse", *everything, "--json", done, "--db", db)
        assert json.loads(done.read_text("utf-8")) == json.loads(whole.read_text("utf-8"))


def killed_after(seconds, folders, db):
    process = subprocess.Popen([SCRIPT, "analyse", *folders, "--db", db], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    return process.wait() == -signal.SIGKILL
