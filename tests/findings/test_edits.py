"""The gate of the edits: of each kind of edit of bench/findings.py two are found, and nothing that no edit explains is shown."""

import hashlib
import importlib.util
import sys
from pathlib import Path

import pytest

from stories.loading import load, names

BENCH = Path(__file__).parents[2] / "bench"

GOLDS = "2fe8d2a3b5e7f85760def629691892fbe29c965e9c75d6ef1074ff7c2f22ff0d"
EACH, SEED = 2, 5
KINDS = ("bound", "caveat", "credit", "figure", "quotation", "verification")
"""Kinds of edits of which each one is found; another speaker is found of every second (bench/findings.py)."""


@pytest.fixture(scope="module")
def bench():
    """Return bench/findings.py as a module; its folder comes last, for it has modules named as the tests' rooms."""
    sys.path.append(str(BENCH))
    spec = importlib.util.spec_from_file_location("bench_findings", BENCH / "findings.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_findings"] = module
    spec.loader.exec_module(module)
    return module


def test_the_edits_are_of_the_stories_on_which_the_floor_was_set():
    golds = b"".join((load(name)["pages"].parent / "gold.json").read_bytes() for name in sorted(names()))
    assert hashlib.sha256(golds).hexdigest() == GOLDS


@pytest.mark.parametrize("kind", KINDS)
def test_edits_are_found_and_nothing_else_is_shown(bench, kind):
    edits = bench.choose(SEED, EACH, [kind])
    outcomes = [o for e in edits for o in bench.run([e])]
    assert len(outcomes) == EACH
    assert [o.edit.sentence for o in outcomes if not o.found] == []
    assert [o.false for o in outcomes if o.false] == []
