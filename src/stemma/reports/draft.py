"""The article that a page prints before it has offsets and an id, and how it becomes a report with its blocks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stemma.errors import NoArticle
from stemma.reports import thresholds
from stemma.reports.lines import words_in
from stemma.tables import BODY, OWN_BODY, Block, Report, Role
from stemma.text.language import language_of


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as found on a page: metadata, and blocks of (role, text) in page order.

    A block's text has no newline. `published` and `modified` are ISO 8601, as exact
    as the page gives them, in the page's own zone.
    """

    blocks: tuple[tuple[Role, str], ...]
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    byline: tuple[str, ...] = ()
    agency: str | None = None
    contributors: tuple[str, ...] = ()
    dateline: str | None = None
    language: str | None = None
    url: str | None = None


def is_whole(draft: Draft) -> bool:
    """Whether an article has a headline and enough words of its own to stand beside another on one page."""
    return bool(draft.title) and sum(words_in(t) for role, t in draft.blocks if role in OWN_BODY) >= thresholds.LEAST_FURTHER


def report_from_draft(
    draft: Draft, *, id: str, location: str, url: str | None, retrieved: str | None, sha256: str,
    outlet: str | None = None, published: str | None = None, page: str | None = None,
) -> tuple[Report, list[Block]]:  # fmt: skip
    """Return a draft as a report under this id, and its blocks; what is given overrules what the draft says.

    `page` is the id of the page that prints it, the report's own when not given.
    Raises NoArticle when the draft has no body.
    """
    if not any(role in BODY and text for role, text in draft.blocks):
        raise NoArticle("no article was found on the page.")
    text, blocks = _laid_out(id, draft.blocks)
    body = " ".join(t for role, t in draft.blocks if role in BODY)
    draft = replace(draft, language=language_of(body) or draft.language)
    report = Report(
        id=id, page=page or id, location=location, url=url or draft.url, retrieved=retrieved, sha256=sha256,
        outlet=outlet or draft.outlet,
        title=draft.title, published=published or draft.published, modified=draft.modified, byline=draft.byline,
        agency=draft.agency,
        contributors=draft.contributors, dateline=draft.dateline, language=draft.language, text=text,
    )  # fmt: skip
    return report, blocks


def _laid_out(report: str, parts: Sequence[tuple[Role, str]]) -> tuple[str, list[Block]]:
    blocks, lines, at = [], [], 0
    for role, text in parts:
        line = " ".join(text.split())
        if line:
            blocks.append(Block(report, at, at + len(line), role))
            lines.append(line)
            at += len(line) + 1
    return "\n".join(lines), blocks
