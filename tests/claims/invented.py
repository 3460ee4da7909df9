"""What the tests of this room share: invented reports through the real parser and the real deep pass."""

from dataclasses import replace
from typing import Any

from stemma.claims.propositions import Proposition, propositions
from stemma.mentions import find_mentions
from stemma.mentions.parse import plain_paragraphs
from stemma.pipeline import deep_rows
from stemma.tables import Block, Report


def report(name: str, body: str, published: str | None = None) -> tuple[Report, list[Block]]:
    """Return a report whose outlet is `name`, with a paragraph a line; "title|…" makes a line the title."""
    text, blocks = "", []
    for line in body.splitlines():
        role, _, words = line.strip().rpartition("|")
        if words:
            start = len(text) + 1 if text else 0
            text += ("\n" if text else "") + words
            blocks.append(Block(name, start, start + len(words), role or "paragraph"))
    title = next((text[b.start : b.end] for b in blocks if b.role == "title"), None)
    page = Report(name, name, f"{name}.txt", None, None, "", name, title, published, None, (), None, (), None, "en", text, ())
    return page, blocks


def deep(*reports: tuple[Report, list[Block]]) -> dict[str, list[Any]]:
    """Return the rows of the deep pass over one story."""
    return deep_rows("s", reports)


def kinds(rows: dict[str, list[Any]]) -> list[str]:
    """Return the kinds of the findings."""
    return [f.kind for f in rows["finding"]]


def claim_with(rows: dict[str, list[Any]], words: str, reports: list[tuple[Report, list[Block]]]) -> Any:
    """Return the one claim of which a member's words hold `words`, or None."""
    texts = {r.id: r.text for r, _ in reports}
    found = {m.claim for m in rows["member"] if words in texts[m.report][m.start : m.end]}
    assert len(found) <= 1, f"{len(found)} claims say {words!r}"
    return next((c for c in rows["claim"] if c.id in found), None)


def propositions_of(text: str, name: str = "a", published: str | None = None, source: str | None = None) -> list[Proposition]:
    """Return the propositions of a report of one paragraph, as said by a source."""
    page, _ = report(name, text, published)
    paragraphs = plain_paragraphs(text)
    found = propositions(page, paragraphs, find_mentions(paragraphs, published), [])
    return [replace(u, source=source) for u in found]


def figure_of(text: str, name: str = "a", published: str | None = None, source: str | None = None) -> Proposition:
    """Return the unit of the only figure in a text."""
    (found,) = [u for u in propositions_of(text, name, published, source) if u.figure]
    return found


def clause_of(text: str, name: str = "a", source: str | None = None) -> Proposition:
    """Return the unit of the first clause of a text as a whole."""
    return next(u for u in propositions_of(text, name, source=source) if not u.figure)
