"""A saved page to a report with its blocks."""

from collections.abc import Sequence
from dataclasses import replace

from stemma.errors import NoArticle, PageError
from stemma.pages import Saved
from stemma.reports.decode import decode
from stemma.reports.draft import Draft
from stemma.reports.language import language_of
from stemma.tables import BODY, Block, Report


def read_report(saved: Saved) -> tuple[Report, list[Block]]:
    """Return the report that a page prints, and its blocks in text order; the report's id is the page's.

    What the page's meta says (url, outlet, published, retrieved) overrules what it prints. Raises NoArticle when the
    page prints none, PageError when it cannot be read.
    """
    page = saved.page
    try:
        draft = draft_of(decode(saved.content), page.format, page.url)
    except RecursionError as error:
        raise PageError("the page is nested too deeply to be read.") from error
    return report_from_draft(
        draft, id=page.id, location=page.location, url=page.url, retrieved=page.retrieved, sha256=page.sha256,
        outlet=page.outlet, published=page.published,
    )  # fmt: skip


def draft_of(text: str, kind: str, url: str | None = None) -> Draft:
    """Return the article in a decoded page; `kind` is "html" or "text"."""
    if kind == "html":
        from stemma.reports.html import draft_from_html

        return draft_from_html(text, url)
    from stemma.reports.plain import draft_from_text

    return draft_from_text(text)


def report_from_draft(
    draft: Draft, *, id: str, location: str, url: str | None, retrieved: str | None, sha256: str,
    outlet: str | None = None, published: str | None = None,
) -> tuple[Report, list[Block]]:  # fmt: skip
    """Return a draft as a report under this id, and its blocks; what is given overrules what the draft says.

    Raises NoArticle when the draft has no body.
    """
    if not any(role in BODY and text for role, text in draft.blocks):
        raise NoArticle("no article was found on the page.")
    text, blocks = _laid_out(id, draft.blocks)
    body = " ".join(t for role, t in draft.blocks if role in BODY)
    draft = replace(draft, language=language_of(body) or draft.language)
    report = Report(
        id=id, location=location, url=url or draft.url, retrieved=retrieved, sha256=sha256,
        outlet=outlet or draft.outlet,
        title=draft.title, published=published or draft.published, modified=draft.modified, byline=draft.byline,
        agency=draft.agency,
        contributors=draft.contributors, dateline=draft.dateline, language=draft.language, text=text,
    )  # fmt: skip
    return report, blocks


def _laid_out(report: str, parts: Sequence[tuple[str, str]]) -> tuple[str, list[Block]]:
    blocks, lines, at = [], [], 0
    for role, text in parts:
        line = " ".join(text.split())
        if line:
            blocks.append(Block(report, at, at + len(line), role))
            lines.append(line)
            at += len(line) + 1
    return "\n".join(lines), blocks
