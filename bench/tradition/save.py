"""A tradition as web pages with what is true of it beside them, so that the whole program can be run on it."""

import html
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tradition.gold import Gold
from tradition.grow import Node
from tradition.pages import Printed, blocks

TAGS = {"title": "h1", "byline": 'p class="byline"', "paragraph": "p", "credit": 'p class="credit"'}


def save(folder: Path, nodes: Mapping[str, Node], pages: Mapping[str, Printed], truth: Gold) -> None:
    """Write pages/<report>.html and gold.json into the folder; the pages hold real texts: keep them out of repositories."""
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    for key, page in pages.items():
        (folder / "pages" / f"{key}.html").write_text(_html(page, nodes), encoding="utf-8")
    (folder / "gold.json").write_text(json.dumps(_gold(truth), indent=1, ensure_ascii=False), encoding="utf-8")


def _html(page: Printed, nodes: Mapping[str, Node]) -> str:
    name, rows = html.escape(page.node.name), blocks(page, nodes)
    date = f'<meta property="article:published_time" content="{page.published}">' if page.published else ""
    body = "\n".join(f"<{TAGS[role]}>{html.escape(text)}</{TAGS[role].split()[0]}>" for role, text in rows)
    title = html.escape(page.node.title or name)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta property="og:site_name" content="{name}">{date}</head>\n<body><article>\n{body}\n</article></body></html>\n'
    )


def _gold(truth: Gold) -> dict[str, Any]:
    reports = {
        k: {"parent": t.parent, "accepted": sorted(t.accepted, key=str), "second": t.second, "operator": t.operator}
        for k, t in truth.reports.items()
    }
    lost = {k: {"name": s.name, "children": sorted(s.children), "required": s.required} for k, s in truth.lost.items()}
    return {"reports": reports, "lost": lost, "independent_origins": truth.origins}
