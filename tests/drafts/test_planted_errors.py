"""The gate of bench/check_drafts.py: errors planted in drafts made of shipped pages are found, and little else is said."""

import importlib.util
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"
FOUND, PLANTED = 27, 32
"""Errors that are found. Missed are towns that stand for their county, and bays for a person."""
BESIDES = 3
"""What is said besides, and follows from an error: of a speaker, of a doubt that was turned round."""


@pytest.fixture(scope="module")
def bench():
    """Return bench/check_drafts.py as a module; its folder comes last, for it has modules named as the tests' rooms."""
    sys.path.append(str(BENCH))
    spec = importlib.util.spec_from_file_location("bench_check_drafts", BENCH / "check_drafts.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_check_drafts"] = module
    spec.loader.exec_module(module)
    return module


def test_errors_planted_in_drafts_are_found_and_little_else_is_said(bench):
    tally = bench.Tally()
    bench.measure(bench.STORIES / "harbour_fire", tally, pages=2)
    assert tally.planted.total() == PLANTED
    assert tally.found.total() >= FOUND, tally.planted - tally.found
    assert tally.false.total() == 0, tally.false
    assert tally.besides.total() <= BESIDES, tally.besides
