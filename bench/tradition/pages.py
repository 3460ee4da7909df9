"""Nodes as pages print them: a time that may be missing, coarse or a lie, credits kept or dropped; and as stemma's rows."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from stemma.reports.credits import find_credits
from stemma.tables import Block, Report, Role
from tradition.grow import Node
from tradition.sentences import plain

START = datetime(2031, 5, 4, 6, 0)
UNDATED, DAY_ONLY, LYING = 0.2, 0.25, 0.05
AGENCY_STYLES = ("dateline", "byline", "source", "bracket")
OUTLET_STYLES = ("source", "appeared")
NAMED, CREDITS, CREDITS_PRINTED, INHERITS = 0.5, 0.6, 0.15, 0.4


@dataclass(frozen=True, slots=True)
class Printed:
    """What a page shows beside its words: `credited` is the node that its credit names, `style` where the credit stands."""

    node: Node
    published: str | None
    lies: bool
    credited: str | None
    style: str | None


def print_pages(nodes: Mapping[str, Node], rng: random.Random) -> dict[str, Printed]:
    """Return the printed reports by key."""
    pages: dict[str, Printed] = {}
    credits_: dict[str, tuple[str | None, str | None]] = {}
    named = {k for k, n in nodes.items() if not n.printed and rng.random() < NAMED}
    for key, node in nodes.items():
        credits_[key] = _credit(node, nodes, named, credits_, rng)
        if node.printed:
            pages[key] = Printed(node, *_time(node, nodes, rng), *credits_[key])
    return pages


def _time(node: Node, nodes: Mapping[str, Node], rng: random.Random) -> tuple[str | None, bool]:
    if rng.random() < UNDATED:
        return None, False
    lies = node.chief is not None and rng.random() < LYING
    minute = nodes[node.chief].minute - rng.randint(30, 2000) if lies and node.chief else node.minute
    at = START + timedelta(minutes=minute)
    return at.strftime("%Y-%m-%d" if rng.random() < DAY_ONLY else "%Y-%m-%dT%H:%M"), lies


def _credit(
    node: Node,
    nodes: Mapping[str, Node],
    named: set[str],
    before: Mapping[str, tuple[str | None, str | None]],
    rng: random.Random,
) -> tuple[str | None, str | None]:
    """Whom the page credits: its source, or whom its source credits, or nobody."""
    if node.chief is None:
        return None, None
    source = nodes[node.chief]
    how_often = CREDITS_PRINTED if source.printed else CREDITS if source.key in named else 0.0
    if rng.random() < how_often:
        styles = (
            ("dateline", "byline", "source", "bracket") if source.chief is None and not source.printed else ("source", "appeared")
        )
        return source.key, rng.choice(styles)
    if before[node.chief][0] and rng.random() < INHERITS:
        return before[node.chief]
    return None, None


def blocks(page: Printed, nodes: Mapping[str, Node]) -> list[tuple[Role, str]]:
    """Return the page as (role, text), in page order."""
    name = nodes[page.credited].name if page.credited else ""
    paragraphs = plain(page.node.paragraphs)
    if page.style == "dateline":
        paragraphs[0] = f"PORT LANTRY ({name}) — {paragraphs[0]}"
    rows: list[tuple[Role, str]] = [("title", page.node.title)] if page.node.title else []
    rows += [("byline", f"By {name}")] if page.style == "byline" else []
    rows += [("paragraph", p) for p in paragraphs]
    lines = {"source": f"Source: {name}", "bracket": f"({name})", "appeared": f"This article first appeared in {name}."}
    return rows + ([("credit", lines[page.style])] if page.style in lines else [])


def report(page: Printed, nodes: Mapping[str, Node]) -> tuple[Report, list[Block]]:
    """Return stemma's rows of a page; who is credited is read by stemma's own reader of credits."""
    key, rows = page.node.key, blocks(page, nodes)
    found = find_credits(rows, page.node.name)
    made, at = [], 0
    for role, text in rows:
        made.append(Block(key, at, at + len(text), role))
        at += len(text) + 1
    text = "\n".join(t for _, t in rows)
    return Report(
        id=key, page=key, location=f"{key}.html", url=None, retrieved=None, sha256="", outlet=page.node.name,
        title=page.node.title, published=page.published, modified=None, byline=found.byline, agency=found.agency,
        contributors=found.contributors, dateline=found.dateline, language="en", text=text, provenance=(),
    ), made  # fmt: skip
