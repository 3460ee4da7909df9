"""The gate of the edits: of each kind of edit of bench/findings.py two are found, and nothing that no edit explains is shown."""

import hashlib
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

import findings as bench
from stories.loading import load, names

GOLDS = "379741a4352397464961394d14cf45fd4c7e581ae44c940f384bc5d5b5c48090"
EACH, SEED = 2, 5
KINDS = ("bound", "caveat", "credit", "figure", "quotation", "verification")
"""Kinds of edits of which each one is found; another speaker is found of every second (bench/findings.py)."""


def test_the_edits_are_of_the_stories_on_which_the_floor_was_set():
    golds = b"".join((load(name)["pages"].parent / "gold.json").read_bytes() for name in sorted(names()))
    assert hashlib.sha256(golds).hexdigest() == GOLDS


@pytest.mark.parametrize("kind", KINDS)
def test_edits_are_found_and_nothing_else_is_shown(kind):
    edits = bench.choose(SEED, EACH, [kind])
    outcomes = [o for e in edits for o in bench.run([e])]
    assert len(outcomes) == EACH
    assert [o.edit.sentence for o in outcomes if not o.found] == []
    assert [o.false for o in outcomes if o.false] == []
