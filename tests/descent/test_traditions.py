"""Floors of the stemma on traditions that bench/tradition grows from real articles, its seed not one that was tuned on."""

import hashlib
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SHA256 = {
    "reuse/docs_dev.jsonl.gz": "4eb966ae622c599f36b85c54d5cca30b681bcf1c84623978bc5fba26ad83bf70",
    "stories/dev.jsonl": "72cd6c171239e7160fbd545ad105dde446d974fc816efe29f2370e6030b127f5",
}
SEED, TRADITIONS = "2026", 30
"""bench/traditions.py takes 200; so few are quick, and their floors only hold for these."""

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir() and not os.environ.get("CI"), reason="the development sets are not on this machine"
)


@pytest.fixture(scope="module")
def summary():
    for name, known in SHA256.items():
        content = (SHARED / "data" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == known, "the floors below were measured on another file"
    sys.path.insert(0, str(ROOT / "bench"))
    from tradition.answer import ask_stemma
    from tradition.articles import read_shelf
    from tradition.pages import report
    from tradition.score import score, summary
    from traditions import tradition

    shelf = read_shelf(SHARED)
    scores = []
    for n in range(TRADITIONS):
        nodes, pages, truth = tradition(shelf, f"{SEED}.{n}", {})
        scores.append(score(truth, ask_stemma([report(pages[k], nodes) for k in sorted(pages)])))
    sys.path.remove(str(ROOT / "bench"))
    return summary(scores)


def test_most_reports_are_hung_where_they_came_from(summary):
    assert summary.edges >= 0.83
    assert summary.roots >= 0.76


def test_most_lost_sources_are_found_and_few_are_made_up(summary):
    assert summary.lost_recall >= 0.9
    assert summary.lost_precision >= 0.83


def test_the_true_number_of_origins_lies_in_a_narrow_interval(summary):
    assert summary.inside >= 0.9
    assert summary.width <= 0.67
