"""Floors on ../shared's development pages; nobody lowers one without saying why in the change that does."""

import contextlib
import gzip
import hashlib
import importlib.util
import io
import json
import os
import re
from pathlib import Path

import pytest

from stemma.reports.decode import decode
from stemma.reports.html import article_from_html
from stemma.tables import BODY

SHARED = Path(__file__).parents[2].parent / "shared"
FOLDER = SHARED / "data/extraction/dev"
GOLD = "1bace2104398337bbf941ee008e0cf24835ffca3f037334ec713a2f582ac5b11"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir() and "CI" not in os.environ, reason="../shared is not here")

FLOORS = [
    ("fundus_test", "text", "F1", 0.966),
    ("scrapinghub", "text", "F1", 0.9775),
    ("wcxb", "text", "F1", 0.942),
    ("all", "text", "F1", 0.97),
    ("all", "text", "P", 0.967),
    ("fundus_test", "title", "exact", 82.5),
    ("wcxb", "title", "exact", 80.0),
    ("fundus_test", "date", "exact", 97.5),
    ("wcxb", "date", "exact", 65.0),
    ("all", "author", "P", 95.0),
    ("all", "author", "set", 75.0),
]


@pytest.fixture(scope="module")
def printed():
    raw = (FOLDER / "gold.json").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == GOLD
    gold = json.loads(raw)
    found = {}
    for page in gold:
        article = article_from_html(decode(gzip.decompress((FOLDER / f"html/{page}.html.gz").read_bytes())))
        text = "\n".join(t for role, t in article.blocks if role in (*BODY, "heading"))
        found[page] = {"text": text, "title": article.title, "author": list(article.byline), "date": article.published}
    spec = importlib.util.spec_from_file_location("extraction_scorer", SHARED / "score/extraction.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        for name in sorted({g["set"] for g in gold.values()}):
            scorer.block(name, {i: g for i, g in gold.items() if g["set"] == name}, found)
        scorer.block("all", gold, found)
    return out.getvalue()


@pytest.mark.parametrize(("name", "part", "measure", "floor"), FLOORS)
def test_a_score_stays_above_its_floor(printed, name, part, measure, floor):
    block = re.split(rf"^{name}$", printed, flags=re.MULTILINE)[1]
    line = re.search(rf"^ {part} (.*)$", block, re.MULTILINE)
    assert json.loads(line[1])[measure] >= floor
