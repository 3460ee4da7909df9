"""The article inside plain-text scrapes: our reader beside three simple peers, on ../shared/data/plain.

    .venv/bin/python bench/plain.py

For each way the pages were made: F1 over all lines, mean F1 of the pages, F1 over characters, and the shingle F1
of the text (the measure of scrapinghub's article-extraction-benchmark), then pages a second on one core. The peers:
jusText's classifier with each line as a paragraph, the longest run of long lines, and every line kept.
"""

import importlib.util
import json
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from stemma.errors import NoArticle
from stemma.reports.plain import article_from_text
from stemma.tables import BODY

SHARED = Path(__file__).parents[2] / "shared"
DATA = SHARED / "data" / "plain" / "dev"
ARTICLE = (*BODY, "heading")
Row = tuple[list[str], dict[str, Any], set[int], str]


def ours(text: str, _lines: list[str]) -> str:
    try:
        return "\n".join(block for role, block in article_from_text(text).blocks if role in ARTICLE)
    except NoArticle:
        return ""


def longest_run(_text: str, lines: list[str]) -> str:
    best: list[str] = []
    run: list[str] = []
    for line in [*lines, ""]:
        if len(line) >= 80:
            run.append(line)
            best = max(best, run, key=lambda r: sum(map(len, r)))
        else:
            run = []
    return "\n".join(best)


def by_justext(_text: str, lines: list[str]) -> str:
    import justext
    from justext.core import classify_paragraphs, revise_paragraph_classification
    from justext.paragraph import Paragraph

    class Place:
        dom, xpath = "body.p", "/body/p"

    paragraphs = []
    for line in lines:
        paragraph = Paragraph(Place())
        paragraph.append_text(line)
        paragraphs.append(paragraph)
    classify_paragraphs(paragraphs, justext.get_stoplist("English"))
    revise_paragraph_classification(paragraphs, 200)
    return "\n".join(p.text for p in paragraphs if not p.is_boilerplate)


def all_lines(_text: str, lines: list[str]) -> str:
    return "\n".join(lines)


def main() -> None:
    scorer = _scorer()
    gold = json.loads((DATA / "gold.json").read_text(encoding="utf-8"))
    pages = {i: (_read(i), g) for i, g in gold.items()}
    print(f"{'':12} {'pages made':18} lines F1  page mean  chars F1  shingle F1")
    for name, reader in {
        "stemma": ours,
        "jusText": by_justext,
        "longest run": longest_run,
        "all lines": all_lines,
    }.items():
        found, seconds = _run(reader, pages, scorer)
        for made in ("page", "page+injected", "trimmed+injected"):
            rows = [found[i] for i in gold if gold[i]["made"] == made]
            lines, mean, chars, shingle = score(rows, scorer)
            print(f"{name:12} {made:18} {lines:8.3f}  {mean:9.3f}  {chars:8.3f}  {shingle:10.3f}")
        print(f"{name:12} {len(pages) / seconds:.0f} pages/s")


def score(rows: list[Row], scorer: ModuleType) -> tuple[float, float, float, float]:
    """Return F1 over lines, mean F1 of pages, F1 over characters and shingle F1 of the rows."""
    both = sum(len(keep & set(g["keep"])) for _, g, keep, _ in rows)
    lines = 2 * both / sum(len(keep) + len(g["keep"]) for _, g, keep, _ in rows)
    each = [2 * len(keep & set(g["keep"])) / max(1, len(keep) + len(g["keep"])) for _, g, keep, _ in rows]
    chars = [_char_f1(texts, set(g["keep"]), keep) for texts, g, keep, _ in rows]
    shingle = scorer.text_score([(unicodedata.normalize("NFC", g["text"]), text) for _, g, _, text in rows])["F1"]
    return lines, statistics.mean(each), statistics.mean(chars), shingle


def _char_f1(lines: list[str], want: set[int], got: set[int]) -> float:
    size = [len(line) for line in lines]
    return 2 * sum(size[i] for i in want & got) / max(1, sum(size[i] for i in want) + sum(size[i] for i in got))


def _run(reader: Callable[[str, list[str]], str], pages: dict[str, Any], scorer: ModuleType) -> tuple[dict[str, Any], float]:
    reader(*next(iter(pages.values()))[0])
    start = time.perf_counter()
    texts = {i: reader(*read) for i, (read, _) in pages.items()}
    seconds = time.perf_counter() - start
    return {i: (read[1], g, scorer.kept(read[1], texts[i]), texts[i]) for i, (read, g) in pages.items()}, seconds


def _read(page: str) -> tuple[str, list[str]]:
    text = unicodedata.normalize("NFC", (DATA / "txt" / f"{page}.txt").read_text(encoding="utf-8"))
    return text, [line for raw in text.split("\n") if (line := raw.strip())]


def _scorer() -> ModuleType:
    sys.path.insert(0, str(SHARED / "score"))
    spec = importlib.util.spec_from_file_location("plain_scorer", SHARED / "score" / "plain.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
