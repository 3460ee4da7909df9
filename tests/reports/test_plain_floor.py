"""How well the article is found in plain-text scrapes: floors on ../shared/data/plain and ../shared/story.

Floors lie about a point under what was measured. They are not lowered; a change that breaks one is a worse reader.
"""

import hashlib
import importlib.util
import json
import os
import statistics
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from stemma.errors import NoArticle
from stemma.reports.article import Article
from stemma.reports.plain import article_from_text
from stemma.tables import BODY

SHARED = Path(__file__).parents[2].parent / "shared"
DATA = SHARED / "data" / "plain" / "dev"
GOLD_SHA256 = "8ca0d636c2d5997f6e51f2948a31b98be8edbd2ce06336468ccf1503eb0e4192"
ARTICLE = (*BODY, "heading")

pytestmark = pytest.mark.skipif(not SHARED.exists() and not os.environ.get("CI"), reason="../shared is not here")


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    sys.path.insert(0, str(SHARED / "score"))
    try:
        spec = importlib.util.spec_from_file_location("plain_scorer", SHARED / "score" / "plain.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(SHARED / "score"))
    return module


@pytest.fixture(scope="module")
def found(scorer: ModuleType) -> dict[str, list[tuple[dict, list[str], set[int], str]]]:
    content = (DATA / "gold.json").read_bytes()
    assert hashlib.sha256(content).hexdigest() == GOLD_SHA256
    by_kind: dict[str, list[tuple[dict, list[str], set[int], str]]] = {}
    for page, gold in json.loads(content).items():
        path = DATA / "txt" / f"{page}.txt"
        lines = scorer.lines_of(path)
        page_text = path.read_text(encoding="utf-8")
        # A report is composed (NFC); the lines that it is compared with are as the page prints them.
        form = "NFC" if unicodedata.is_normalized("NFC", page_text) else "NFD"
        text = unicodedata.normalize(form, _article(page_text))
        by_kind.setdefault(gold["made"], []).append((gold, lines, scorer.kept(lines, text), text))
    return by_kind


@pytest.mark.parametrize(
    ("made", "pages", "mean_of_pages", "shingle"),
    [("page", 50, 0.866, 0.926), ("page+injected", 50, 0.878, 0.94), ("trimmed+injected", 50, 0.88, 0.934)],
)
def test_the_articles_lines_are_found(found, scorer, made: str, pages: int, mean_of_pages: float, shingle: float) -> None:
    rows = found[made]
    assert len(rows) == pages
    each = [2 * len(keep & set(g["keep"])) / max(1, len(keep) + len(g["keep"])) for g, _, keep, _ in rows]
    assert statistics.mean(each) >= mean_of_pages
    assert scorer.text_score([(g["text"], text) for g, _, _, text in rows])["F1"] >= shingle


def test_hardly_any_line_that_was_put_in_is_kept(found) -> None:
    rows = [row for made in ("page+injected", "trimmed+injected") for row in found[made]]
    put_in = [(kind, int(n) in keep) for g, _, keep, _ in rows for n, kind in g["injected"].items()]
    kept = Counter(kind for kind, was_kept in put_in if was_kept)
    assert sum(kept.values()) <= 0.04 * len(put_in)
    assert kept["tail"] == 0


def test_the_real_storys_pages_give_their_body_to_the_word_and_all_their_metadata() -> None:
    gold = json.loads((SHARED / "story" / "gold.json").read_text(encoding="utf-8"))
    for report in gold["reports"].values():
        text = (SHARED / "story" / "pages" / report["file"]).read_text(encoding="utf-8")
        article = article_from_text(text)
        lines = text.split("\n")
        want = [" ".join(lines[n - 1].split()) for n in report["body_lines"]]
        assert [block for role, block in article.blocks if role in BODY] == want
        assert _metadata(article, report) == {field: report[field] for field in _metadata(article, report)}


def test_the_annotated_events_pages_give_their_body_their_outlet_title_and_date() -> None:
    right, read, wanted, fields, pages = 0, 0, 0, 0, 0
    for gold in sorted((SHARED / "data" / "events").glob("*/gold.json")):
        for report in json.loads(gold.read_text(encoding="utf-8"))["reports"].values():
            text = (gold.parent / "pages" / report["file"]).read_text(encoding="utf-8")
            article = article_from_text(text, report["file"])
            want = Counter(" ".join(text.split("\n")[n - 1] for n in report["body_lines"]).split())
            found = Counter(" ".join(block for role, block in article.blocks if role in BODY).split())
            right, read, wanted = right + (want & found).total(), read + found.total(), wanted + want.total()
            printed = (article.outlet, article.title, (article.published or "")[:10])
            fields += printed == (report["outlet"], report["title"], report["published"] or "")
            pages += 1
    assert pages >= 51
    assert 2 * right / (read + wanted) >= 0.98
    assert fields >= 0.96 * pages


def _metadata(article: Article, report: dict) -> dict[str, object]:
    fields = ("outlet", "title", "published", "agency", "byline", "contributors")
    values = {field: getattr(article, field) for field in fields if field in report}
    return {field: list(value) if isinstance(value, tuple) else value for field, value in values.items()}


def _article(text: str) -> str:
    try:
        return "\n".join(block for role, block in article_from_text(text).blocks if role in ARTICLE)
    except NoArticle:
        return ""
