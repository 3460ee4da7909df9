"""The ways in: a saved page, a batch of them, or a JSON record with a page's HTML or text, to the reports that it prints."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from stemma import arrow, ids
from stemma.errors import PageError
from stemma.pages import Saved
from stemma.reports.decode import decode
from stemma.reports.draft import Draft, report_from_draft
from stemma.reports.outlets import read_address
from stemma.tables import Block, Page, Report

_TEXTS = ("html", "text", "url", "outlet", "published", "retrieved", "location")
_SHOWN = ("id", "page", "location", "url", "retrieved", "sha256", "outlet", "title", "published", "agency", "language", "text")


def read_page(saved: Saved) -> list[tuple[Report, list[Block]]]:
    """Return the reports that a page prints, each with its blocks in text order: its own article first, under the page's id.

    What the page's meta says (url, outlet, published, retrieved) overrules what it prints; the date only of the first. A
    further report has an id made of its page and its place, and "#2" behind its location. Raises NoArticle when the
    page prints none, PageError when it cannot be read.
    """
    page = saved.page
    try:
        drafts = _drafts_of(decode(saved.content, page.charset), page.format, page.url, page.location)
    except RecursionError as error:
        raise PageError("the page is nested too deeply to be read.") from error
    return [
        report_from_draft(
            draft, id=ids.digest(page.id, place) if place > 1 else page.id, page=page.id,
            location=_numbered(page.location, place), url=page.url, retrieved=page.retrieved, sha256=page.sha256,
            outlet=page.outlet, published=page.published if place == 1 else None,
        )
        for place, draft in enumerate(drafts, 1)
    ]  # fmt: skip


def reports_from_record(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the reports of a record with `id`, `html` or `text` and, where known, `url`, `outlet`, `retrieved`.

    The first has the record's id, a further one that id with "#2" and so on behind it.
    Raises PageError (of which NoArticle is one) with a sentence on a record that cannot be read.
    """
    drafts = drafts_from_record(record)
    key, url = str(record["id"]), record.get("url") or None
    location = record.get("location") or url or key
    sha256 = ids.sha256(_source_of(record)[1].encode("utf-8", "replace"))
    found = []
    for place, draft in enumerate(drafts, 1):
        report, blocks = report_from_draft(
            draft, id=_numbered(key, place), page=key, location=_numbered(location, place), url=url,
            retrieved=record.get("retrieved"), sha256=sha256, outlet=record.get("outlet") or None,
            published=(record.get("published") or None) if place == 1 else None,
        )  # fmt: skip
        found.append({**as_object(report, blocks), "id": record["id"] if place == 1 else report.id, "page": record["id"]})
    return found


def drafts_from_record(record: dict[str, Any]) -> list[Draft]:
    """Return the articles of such a record before they are reports; raises PageError on one that cannot be read."""
    _check(record)
    kind, source = _source_of(record)
    if not source.strip():
        raise PageError(f"the field '{kind}' is empty.")
    url = record.get("url") or None
    return _drafts_of(source, kind, url, record.get("location") or url or str(record["id"]))


def _source_of(record: dict[str, Any]) -> tuple[str, str]:
    kind = "html" if record.get("html") is not None else "text"
    return kind, str(record[kind]).replace("\r\n", "\n").replace("\0", "")


def as_object(report: Report, blocks: list[Block], siglum: str = "") -> dict[str, Any]:
    """Return a report and its blocks as the account's JSON object."""
    row: dict[str, Any] = {name: getattr(report, name) for name in _SHOWN}
    row |= {"siglum": siglum, "modified": report.modified, "dateline": report.dateline}
    row |= {"byline": list(report.byline), "contributors": list(report.contributors)}
    row["blocks"] = [{"start": b.start, "end": b.end, "role": b.role} for b in blocks]
    return row


def _drafts_of(text: str, kind: str, url: str | None, location: str) -> list[Draft]:
    """The articles in a decoded page; `kind` is "html" or "text"."""
    if kind == "html":
        from stemma.reports.html import drafts_from_html

        return [replace(d, outlet=d.outlet or read_address(location).outlet) for d in drafts_from_html(text, url)]
    from stemma.reports.plain import drafts_from_text

    return drafts_from_text(text, url or location)


def _numbered(name: str, place: int) -> str:
    return f"{name}#{place}" if place > 1 else name


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


_RESPONSE = pa.field("response", pa.struct(list(arrow.schema("response"))))
PAGES = arrow.schema("page").append(pa.field("content", pa.large_binary())).append(_RESPONSE)
"""The columns of the table page, the bytes as they were saved, and a row of the table response, null for a saved file."""

_REPORT = pa.struct([*arrow.schema("report"), pa.field("blocks", pa.list_(pa.struct(list(arrow.schema("block")))))])
READ = pa.schema([pa.field("reports", pa.list_(_REPORT)), pa.field("error", pa.string())])
"""A page's reports in the columns of the table report, each with its blocks, or `error`: a sentence on why there is none."""


def pages_batch(pages: Sequence[Saved]) -> pa.RecordBatch:
    """Return saved pages as a batch of the schema `PAGES`."""
    rows = [{**arrow.as_dict(s.page), "content": s.content, "response": s.response and arrow.as_dict(s.response)} for s in pages]
    return pa.RecordBatch.from_pylist(rows, schema=PAGES)


def read_reports(pages: pa.RecordBatch) -> pa.RecordBatch:
    """Return the reports that each page prints, or why it could not be read: `PAGES` in, `READ` out, a row for each page."""
    return pa.RecordBatch.from_pylist([_read(page) for page in pages.drop_columns("response").to_pylist()], schema=READ)


def rows_of(batch: pa.RecordBatch) -> list[list[tuple[Report, list[Block]]] | str]:
    """Return the rows of a batch of the schema `READ`: a page's reports with their blocks, or what is wrong."""
    flat = batch.column("reports").flatten()
    columns = pa.RecordBatch.from_struct_array(flat)
    reports = arrow.from_arrow("report", columns.select(arrow.schema("report").names))
    blocks = [[Block(**b) for b in found] for found in columns.column("blocks").to_pylist()]
    pairs = iter(zip(reports, blocks, strict=True))
    return [row["error"] or [next(pairs) for _ in row["reports"]] for row in batch.to_pylist()]


def _read(page: dict[str, Any]) -> dict[str, Any]:
    content = page.pop("content")
    try:
        found = read_page(Saved(Page(**page), content))
        return {"reports": [{**arrow.as_dict(report), "blocks": [arrow.as_dict(b) for b in blocks]} for report, blocks in found]}
    except PageError as error:
        return {"error": str(error)}
    except Exception as error:  # noqa: BLE001 - the one boundary: a bad page must not stop the run, and it is recorded
        return {"error": f"this page could not be read ({type(error).__name__}: {error})."}
