"""The ways in: a saved page, or a JSON record with a page's HTML or text, to the report that it prints."""

from dataclasses import replace
from typing import Any

from stemma import ids
from stemma.errors import PageError
from stemma.pages import Saved
from stemma.reports.decode import decode
from stemma.reports.draft import Draft, report_from_draft
from stemma.reports.known_outlets import read_address
from stemma.tables import Block, Report

_TEXTS = ("html", "text", "url", "outlet", "published", "retrieved", "location")
_SHOWN = ("id", "location", "url", "retrieved", "sha256", "outlet", "title", "published", "agency", "language", "text")


def read_report(saved: Saved) -> tuple[Report, list[Block]]:
    """Return the report that a page prints, and its blocks in text order; the report's id is the page's.

    What the page's meta says (url, outlet, published, retrieved) overrules what it prints. Raises NoArticle when the
    page prints none, PageError when it cannot be read.
    """
    page = saved.page
    try:
        draft = _draft_of(decode(saved.content), page.format, page.url, page.location)
    except RecursionError as error:
        raise PageError("the page is nested too deeply to be read.") from error
    return report_from_draft(
        draft, id=page.id, location=page.location, url=page.url, retrieved=page.retrieved, sha256=page.sha256,
        outlet=page.outlet, published=page.published,
    )  # fmt: skip


def report_from_record(record: dict[str, Any]) -> dict[str, Any]:
    """Return the report of a record with `id`, `html` or `text` and, where known, `url`, `outlet`, `retrieved`.

    Raises PageError (of which NoArticle is one) with a sentence on a record that cannot be read.
    """
    _check(record)
    kind = "html" if record.get("html") is not None else "text"
    source = str(record[kind]).replace("\r\n", "\n").replace("\0", "")
    if not source.strip():
        raise PageError(f"the field '{kind}' is empty.")
    key, url = str(record["id"]), record.get("url") or None
    location = record.get("location") or url or key
    report, blocks = report_from_draft(
        _draft_of(source, kind, url, location), id=key, location=location, url=url,
        retrieved=record.get("retrieved"),
        sha256=ids.sha256(source.encode("utf-8", "replace")),
        outlet=record.get("outlet") or None, published=record.get("published") or None,
    )  # fmt: skip
    return {**as_object(report, blocks), "id": record["id"]}


def as_object(report: Report, blocks: list[Block], siglum: str = "") -> dict[str, Any]:
    """Return a report and its blocks as the account's JSON object."""
    row: dict[str, Any] = {name: getattr(report, name) for name in _SHOWN}
    row |= {"siglum": siglum, "modified": report.modified, "dateline": report.dateline}
    row |= {"byline": list(report.byline), "contributors": list(report.contributors)}
    row["blocks"] = [{"start": b.start, "end": b.end, "role": b.role} for b in blocks]
    return row


def _draft_of(text: str, kind: str, url: str | None, location: str) -> Draft:
    """The article in a decoded page; `kind` is "html" or "text"."""
    if kind == "html":
        from stemma.reports.html import draft_from_html

        draft = draft_from_html(text, url)
        return draft if draft.outlet else replace(draft, outlet=read_address(location).outlet)
    from stemma.reports.plain import draft_from_text

    return draft_from_text(text, url or location)


def _check(record: object) -> None:
    if not isinstance(record, dict):
        raise PageError("the line is not a JSON object.")
    if not isinstance(record.get("id"), str | int) or isinstance(record["id"], bool):
        raise PageError("the record has no 'id'.")
    if record.get("html") is None and record.get("text") is None:
        raise PageError("the record has neither 'html' nor 'text'.")
    for name in _TEXTS:
        if not isinstance(record.get(name), str | None):
            raise PageError(f"the field '{name}' must be text.")
