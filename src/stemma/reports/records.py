"""The reports room alone: one JSON object with a page's HTML or text in, one of the account's report objects out."""

from typing import Any

from stemma import ids
from stemma.errors import PageError
from stemma.reports.page import draft_of, report_from_draft
from stemma.tables import Block, Report

_TEXTS = ("html", "text", "url", "outlet", "published", "retrieved", "location")


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
    report, blocks = report_from_draft(
        draft_of(source, kind, url), id=key, location=record.get("location") or url or key, url=url,
        retrieved=record.get("retrieved"),
        sha256=ids.sha256(source.encode("utf-8", "replace")),
        outlet=record.get("outlet") or None, published=record.get("published") or None,
    )  # fmt: skip
    return {**as_object(report, blocks), "id": record["id"]}


def as_object(report: Report, blocks: list[Block], siglum: str = "") -> dict[str, Any]:
    """Return a report and its blocks as the account's JSON object."""
    fields = (
        "id",
        "location",
        "url",
        "retrieved",
        "sha256",
        "outlet",
        "title",
        "published",
        "agency",
        "language",
        "text",
    )
    row: dict[str, Any] = {name: getattr(report, name) for name in fields}
    row |= {"siglum": siglum, "modified": report.modified, "dateline": report.dateline}
    row |= {"byline": list(report.byline), "contributors": list(report.contributors)}
    row["blocks"] = [{"start": b.start, "end": b.end, "role": b.role} for b in blocks]
    return row


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
