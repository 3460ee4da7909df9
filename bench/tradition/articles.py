"""Real articles as raw material, read where they lie and never copied: a pool of single ones, and groups on one event."""

import gzip
import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from tradition.sentences import fold

LEAST, MOST = 150, 900
"""Words of an article; a longer one is read up to the paragraph that passes MOST."""
SETS = ("basil", "fnc1", "polnear")
TOLD_TOGETHER = 0.8
"""Share of traditions whose origins are independent reports of one event, as far as there are any."""
SHINGLE = 8
SHARED = 0.04
"""Independent reports of one event that share more of their 8-word runs may have one wire behind them: not used."""

_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z .,'’-]{3,40}(?:, [A-Z][\w. ]+)?\s*(?:\([^)]{2,30}\)\s*)?|\([A-Z][\w ]{1,20}\)\s*)[—–-]+\s+"
)
_CREDIT = re.compile(
    r"contributed to this|©|copyright|\((?:AP|Reuters|AFP)\)|^source:|read more|click here|follow \S+ on|@\w+\.|sign up|"
    r"associated press|press association|</?\w+[^>]*>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Article:
    """A real article: its title, when one is known, and its paragraphs without dateline and credit."""

    id: str
    title: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """All raw material: single articles, and groups of independent reports of one event."""

    articles: tuple[Article, ...]
    events: tuple[tuple[Article, ...], ...]


def read_shelf(shared: Path, articles: Path | None = None) -> Shelf:
    """Return the material: a folder of .txt files or JSON lines (`id`, `text`, [`title`, `story`]), else the development data.

    Rows with the same `story` are taken as independent reports of one event.
    """
    if articles is not None:
        rows = _folder(articles) if articles.is_dir() else _lines(articles)
        return Shelf(_single(rows), _events([r for r in rows if r.get("story")]))
    rows = [r for r in _lines(shared / "data/reuse/docs_dev.jsonl.gz") if str(r["id"]).split(":")[0] in SETS]
    told = [r for r in _lines(shared / "data/stories/dev.jsonl") if r["set"] == "basil"]
    ids = {str(r["id"]) for r in told}
    return Shelf(_single([r for r in rows if str(r["id"]).partition(":")[2] not in ids]), _events(told))


def draw(shelf: Shelf, rng: random.Random, count: int) -> list[Article]:
    """Return `count` independent articles: of one event as far as there are any, then unrelated ones."""
    chosen: list[Article] = []
    if shelf.events and rng.random() < TOLD_TOGETHER:
        event = rng.choice(shelf.events)
        chosen = rng.sample(event, k=len(event))
    chosen = chosen[:count]
    return chosen + rng.sample(shelf.articles, k=count - len(chosen))


def _single(rows: list[dict[str, Any]]) -> tuple[Article, ...]:
    read = [a for row in sorted(rows, key=lambda r: str(r["id"])) if (a := _article(row))]
    seen: set[str] = set()
    unique = []
    for article in read:
        key = fold(article.paragraphs[0])[:80]
        if key not in seen:
            seen.add(key)
            unique.append(article)
    return tuple(unique)


def _events(rows: list[dict[str, Any]]) -> tuple[tuple[Article, ...], ...]:
    groups: dict[str, list[Article]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: str(r["id"])):
        if article := _article(row):
            groups[str(row["story"])].append(article)
    return tuple(tuple(g) for _, g in sorted(groups.items()) if len(g) > 1 and _independent(g))


def _independent(group: list[Article]) -> bool:
    runs = [_runs(a) for a in group]
    return all(len(a & b) <= SHARED * max(1, min(len(a), len(b))) for a, b in combinations(runs, 2))


def _runs(article: Article) -> set[str]:
    words = fold(" ".join(article.paragraphs)).split()
    return {" ".join(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)}


def _article(row: dict[str, Any]) -> Article | None:
    lines = [" ".join(p.split()) for p in str(row["text"]).split("\n")]
    lines = [p for p in lines if p and not (_CREDIT.search(p) and len(p.split()) < 60)]
    title = row.get("title")
    if title is None and lines and len(lines[0].split()) <= 18 and lines[0][-1] not in '.!?"”':
        title, lines = lines[0], lines[1:]
    lines = [_DATELINE.sub("", p) for p in lines if len(p.split()) >= 5]
    kept, total = [], 0
    for line in lines:
        if total >= MOST - 100:
            break
        kept.append(line)
        total += len(line.split())
    fits = LEAST <= total <= MOST + 100 and len(kept) >= 4 and max(len(p.split()) for p in kept) < 250
    return Article(str(row["id"]), title, tuple(kept)) if fits else None


def _folder(folder: Path) -> list[dict[str, Any]]:
    return [{"id": p.stem, "text": p.read_text(encoding="utf-8")} for p in sorted(folder.glob("*.txt"))]


def _lines(path: Path) -> list[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in text.decode("utf-8").split("\n") if line.strip()]
