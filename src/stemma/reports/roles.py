"""The blocks of an article that are no telling of its own, in HTML and plain text alike: posts, corrections, credits."""

import re
from collections.abc import Sequence

from stemma.reports import thresholds
from stemma.reports.corrections import is_correction
from stemma.reports.credits import CREDIT, is_credit
from stemma.reports.posts import post_runs
from stemma.tables import Role

_NAMELESS = re.compile(r"(?:by |from )?(?:our |news |wire |the )*(?:agencies|wire (?:services|reports))\b", re.IGNORECASE)
"""A byline of agencies without a name."""

Printed = tuple[Role, str]
"""A block: its role and its text."""


def told_apart(blocks: Sequence[Printed]) -> list[Printed]:
    """Return the blocks with posts, each one block, corrections and credits told from the page's own paragraphs."""
    found = _with_posts(blocks)
    edge = _edge(found)
    return [_told(block, at_edge=n in edge) for n, block in enumerate(found)]


def _with_posts(blocks: Sequence[Printed]) -> list[Printed]:
    found: list[Printed] = []
    at = 0
    for start, end in post_runs(blocks):
        found += blocks[at:start]
        found.append(("post", " ".join(text for _, text in blocks[start:end])))
        at = end
    return [*found, *blocks[at:]]


def _edge(blocks: Sequence[Printed]) -> set[int]:
    """The first block of the body and its last ones: where a paragraph may be a credit."""
    body = [n for n, (role, _) in enumerate(blocks) if role in ("paragraph", "list", "quote")]
    return {*body[:1], *body[-thresholds.BODY_EDGE :]} if len(body) > 2 else set()


def _told(block: Printed, *, at_edge: bool) -> Printed:
    role, text = block
    if role == "byline" and _NAMELESS.match(text):
        return "credit", text
    if role in ("paragraph", "quote", "list", "credit", "deck") and is_correction(text):
        return "correction", text
    worked = len(text.split()) <= thresholds.WORKED_WORDS and CREDIT.search(text[: thresholds.CREDIT_LENGTH])
    if at_edge and role in ("paragraph", "list", "quote") and (worked or is_credit(text)):
        return "credit", text
    return block
