"""The ways in: a saved page, a batch of them, or a record with a page's HTML or text, to the reports that it prints."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

import pyarrow as pa

from stemma import arrow, ids
from stemma.errors import NoArticle, PageError
from stemma.pages import PageMeta, Saved
from stemma.pages.meta import Record, wrong_type
from stemma.pages.saved import format_of
from stemma.reports.article import (
    ADDRESS,
    DOCUMENT,
    TOLD,
    Article,
    bounded,
    corrected_on,
    given_from_outside,
    report_from_article,
    told_apart,
)
from stemma.reports.authors import authors_in
from stemma.reports.credits import find_credits
from stemma.reports.dates import iso
from stemma.reports.decode import decode
from stemma.reports.outlets import outlet_beside, read_address
from stemma.reports.pdf import text_of_pdf
from stemma.tables import Block, Page, Report, Role
from stemma.text.moments import read_moment
from stemma.text.normal import name_key, tidy

_SHOWN = ("id", "page", "location", "url", "retrieved", "sha256", "outlet", "title", "published", "agency", "language", "text")


def read_page(saved: Saved) -> list[tuple[Report, list[Block]]]:
    """Return the reports that a page prints, each with its blocks in text order: its own article first, under the page's id.

    What is said of the page from outside (its columns from url to language) overrules what it prints; but for url, outlet and
    retrieved that of the first alone. A further report has an id made of its page and its place, and "#2" behind its location.
    Raises NoArticle when the page prints none, PageError when it cannot be read.
    """
    return _read_page(saved)[0]


def _read_page(saved: Saved) -> tuple[list[tuple[Report, list[Block]]], str | None]:
    """A page's reports, and a sentence on what of it was not read: more than its size allows, or a date that is none."""
    page = saved.page
    given = PageMeta(**{f.name: getattr(page, f.name) for f in fields(PageMeta)})
    text, left = text_of_pdf(saved.content) if page.format == "pdf" else (decode(saved.content, page.charset), PageMeta())
    given = replace(given, url=given.url or left.url, retrieved=given.retrieved or left.retrieved)
    printed = (_named_beside(article, left.title) for article in _articles_of(text, page.format, given, page.location))
    articles = [_believing(article, given, place) for place, article in enumerate(printed, 1)]
    found = [
        report_from_article(
            article, id=ids.digest(page.id, place) if place > 1 else page.id, page=page.id,
            location=_numbered(page.location, place), retrieved=given.retrieved, sha256=page.sha256,
            language=given_language(page.language) if place == 1 else None,
        )
        for place, article in enumerate(articles, 1)
    ]  # fmt: skip
    return found, next((article.left_out for article in articles if article.left_out), None)


def reports_from_record(record: Record, articles: bool | None = None) -> list[Record]:
    """Return the reports of a record with `id`, `html` or `text` and, where known, what `PageMeta` has.

    `articles` as in `PageOptions`. The first has the record's id, a further one that id with "#2" and so on behind it.
    Raises PageError (of which NoArticle is one) with a sentence on a record that cannot be read.
    """
    read = articles_from_record(record, articles)
    given = _given(record)
    printed = [_believing(article, given, place) for place, article in enumerate(read, 1)]
    key = str(record["id"])
    location = record.get("location") or given.url or key
    sha256 = ids.sha256(_source_of(record).encode("utf-8", "replace"))
    found = []
    for place, article in enumerate(printed, 1):
        report, blocks = report_from_article(
            article, id=_numbered(key, place), page=key, location=_numbered(location, place),
            retrieved=given.retrieved, sha256=sha256, language=given_language(given.language) if place == 1 else None,
        )  # fmt: skip
        made = {**as_object(report, blocks), "id": record["id"] if place == 1 else report.id, "page": record["id"]}
        found.append({**made, "left_out": article.left_out} if article.left_out else made)
    return found


def articles_from_record(record: Record, articles: bool | None = None) -> list[Article]:
    """Return the articles of such a record before they are reports; raises PageError on one that cannot be read."""
    _check(record)
    source, given = _source_of(record), _given(record)
    if not source.strip():
        raise PageError(f"the field '{'text' if record.get('html') is None else 'html'}' is empty.")
    return _articles_of(source, format_of(record, articles), given, record.get("location") or given.url or str(record["id"]))


def _source_of(record: Record) -> str:
    source = record["text"] if record.get("html") is None else record["html"]
    return str(source).replace("\r\n", "\n").replace("\0", "")


def _given(record: Record) -> PageMeta:
    return PageMeta(**{f.name: record.get(f.name) or None for f in fields(PageMeta)})


def as_object(report: Report, blocks: list[Block], siglum: str = "") -> dict[str, Any]:
    """Return a report and its blocks as the account's JSON object."""
    row: dict[str, Any] = {name: getattr(report, name) for name in _SHOWN}
    row |= {"siglum": siglum, "modified": report.modified, "dateline": report.dateline}
    row |= {"byline": list(report.byline), "contributors": list(report.contributors)}
    row["provenance"] = [arrow.as_dict(p) for p in report.provenance]
    row["blocks"] = [{"start": b.start, "end": b.end, "role": b.role} for b in blocks]
    return row


def _articles_of(text: str, kind: str, given: PageMeta, location: str) -> list[Article]:
    """The articles in a decoded page, within the bounds of work; `kind` is its format."""
    try:
        return list(map(bounded, _found_in(text, kind, given, location)))
    except RecursionError as error:
        raise PageError("the page is nested too deeply to be read.") from error


def _found_in(text: str, kind: str, given: PageMeta, location: str) -> list[Article]:
    if kind == "html":
        from stemma.reports.html import articles_from_html

        return [_addressed(article, location) for article in articles_from_html(text, given.url)]
    if kind == "article":
        return [given_article(text, given.title, given.outlet, given.url)]
    from stemma.reports.plain import articles_from_text

    return articles_from_text(text, given.url or location)


def _addressed(article: Article, location: str) -> Article:
    """An article whose page names no outlet, with that of its address."""
    if article.outlet:
        return article
    outlet = read_address(location).borne_out("\n".join(text for _, text in article.blocks))
    return replace(article, outlet=outlet, where={**article.where, "outlet": ADDRESS})


def _named_beside(article: Article, document: str | None) -> Article:
    """An article that prints no outlet, with the one that the title of its document names beside the headline."""
    printed = article.outlet and article.where.get("outlet") != ADDRESS
    outlet = None if printed else outlet_beside(article.title or "", document or "")
    return replace(article, outlet=outlet, where={**article.where, "outlet": DOCUMENT}) if outlet else article


_SHOWN_DATE = 40
_CLEAR_DATE = "write it as 2031-06-05, or with the name of the month."


def _believing(article: Article, given: PageMeta, place: int) -> Article:
    """An article with what is said of its page in the place of what it prints."""
    said: dict[str, Any] = {"url": given.url, "outlet": given.outlet}
    if place == 1:
        outlet = given.outlet or article.outlet
        said |= {"title": given.title, "published": given_day(given.published), "byline": given_authors(given.byline, outlet)}
        if given.published and not said["published"] and not article.left_out:
            article = replace(article, left_out=f"the date {given.published[:_SHOWN_DATE]!r} was not read; {_CLEAR_DATE}")
    said = {name: value for name, value in said.items() if value}
    return replace(article, **said, where=given_from_outside(article.where, said))


def _numbered(name: str, place: int) -> str:
    return f"{name}#{place}" if place > 1 else name


def _check(record: object) -> None:
    if not isinstance(record, dict):
        raise PageError("the line is not a JSON object.")
    if not isinstance(record.get("id"), str | int) or isinstance(record["id"], bool):
        raise PageError("the record has no 'id'.")
    if record.get("html") is None and record.get("text") is None:
        raise PageError("the record has neither 'html' nor 'text'.")
    if wrong := wrong_type(record):
        raise PageError(wrong)


_RESPONSE = pa.field("response", pa.struct(list(arrow.schema("response"))))
PAGES = arrow.schema("page").append(pa.field("content", pa.large_binary())).append(_RESPONSE)
"""The columns of the table page, the bytes as they were saved, and a row of the table response, null for a saved file."""

_REPORT = pa.struct([*arrow.schema("report"), pa.field("blocks", pa.list_(pa.struct(list(arrow.schema("block")))))])
READ = pa.schema([pa.field("reports", pa.list_(_REPORT)), pa.field("error", pa.string()), pa.field("left_out", pa.string())])
"""A page's reports in the columns of the table report, each with its blocks, or `error`: a sentence on why there is none.

`left_out` is a sentence on what of the page was not read.
"""


def pages_batch(pages: Sequence[Saved]) -> pa.RecordBatch:
    """Return saved pages as a batch of the schema `PAGES`."""
    rows = [{**arrow.as_dict(s.page), "content": s.content, "response": s.response and arrow.as_dict(s.response)} for s in pages]
    return pa.RecordBatch.from_pylist(rows, schema=PAGES)


def read_reports(pages: pa.RecordBatch) -> pa.RecordBatch:
    """Return the reports that each page prints, or why it could not be read: `PAGES` in, `READ` out, a row for each page."""
    rows = [_read(page) for page in pages.drop_columns("response").to_pylist()]
    return pa.RecordBatch.from_pylist([_storable(row) for row in rows], schema=READ)


def rest_of(location: str) -> str:
    """Return the location of the part of a page that was not read."""
    return f"{location}#rest"


def rows_of(batch: pa.RecordBatch) -> list[list[tuple[Report, list[Block]]] | str]:
    """Return the rows of a batch of the schema `READ`: a page's reports with their blocks, or what is wrong."""
    lists = batch.column("reports")
    # What `flatten` gives, without the import of all that Arrow computes.
    flat = lists.values[lists.offsets[0].as_py() : lists.offsets[-1].as_py()]
    columns = pa.RecordBatch.from_struct_array(flat)
    reports = arrow.from_arrow("report", columns.select(arrow.schema("report").names))
    blocks = [[Block(**b) for b in found] for found in columns.column("blocks").to_pylist()]
    pairs = iter(zip(reports, blocks, strict=True))
    return [row["error"] or [next(pairs) for _ in row["reports"]] for row in batch.to_pylist()]


def _storable(row: dict[str, Any]) -> dict[str, Any]:
    """The row, or why no table takes it: one page must not stop those of its batch."""
    try:
        pa.RecordBatch.from_pylist([row], schema=READ)
    except (pa.ArrowException, UnicodeEncodeError, ValueError, TypeError, OverflowError):
        return {"error": "this page holds characters that no table takes."}
    return row


def _read(page: dict[str, Any]) -> dict[str, Any]:
    content = page.pop("content")
    try:
        found, left_out = _read_page(Saved(Page(**page), content))
        rows = [{**arrow.as_dict(report), "blocks": [arrow.as_dict(b) for b in blocks]} for report, blocks in found]
        return {"reports": rows, "left_out": left_out}
    except PageError as error:
        return {"error": str(error)}
    except Exception as error:  # noqa: BLE001 - the one boundary: a bad page must not stop the run, and it is recorded
        return {"error": f"this page could not be read ({type(error).__name__}: {error})."}


WRAPPED = range(45, 101)
"""How long the lines of a text are that was wrapped by a machine, the last of a paragraph aside."""


def given_article(text: str, title: str | None = None, outlet: str | None = None, url: str | None = None) -> Article:
    """Return the article whose text this is: a paragraph for each of its lines, wrapped ones joined; raises NoArticle."""
    parts = [part for part in map(tidy, _paragraphs(text)) if part]
    if not parts:
        raise NoArticle("the text is empty.")
    if title and name_key(parts[0]) == name_key(title):
        parts = parts[1:]
    printed: list[tuple[Role, str]] = [("title", tidy(title))] if title else []
    blocks = tuple(told_apart([*printed, *(("paragraph", part) for part in parts)]))
    credits = find_credits(blocks, outlet)
    return Article(
        blocks=blocks, title=tidy(title) if title else None, outlet=read_address(url).outlet if url else None,
        modified=corrected_on(blocks), byline=credits.byline, agency=credits.agency, contributors=credits.contributors,
        dateline=credits.dateline, where={"title": TOLD, "outlet": ADDRESS},
    )  # fmt: skip


def given_day(value: str | None) -> str | None:
    """Return a date as a table gives it in ISO 8601, or None when it is none: a midnight without a zone is the whole day."""
    found = value.strip() if value and read_moment(value) else iso(value)
    return found.removesuffix("T00:00:00").removesuffix("T00:00") if found else None


def given_authors(value: str | None, outlet: str | None) -> tuple[str, ...]:
    """Return the persons that a table names as authors."""
    return authors_in([part.strip() for part in re.split(r"[;|]", value or "")], [outlet])


def given_language(value: str | None) -> str | None:
    """Return the ISO 639 code of a language given by its code ("en", "en-GB") or its English name; None for another word."""
    said = (value or "").strip().lower()
    if not said:
        return None
    code = re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9-]+)?", said)
    return code[1] if code and code[1] in _languages().values() else _languages().get(said)


def _paragraphs(text: str) -> Iterator[str]:
    for part in re.split(r"\n\s*\n", text):
        lines = part.strip().split("\n")
        yield from [" ".join(lines)] if _wrapped(lines) else lines


def _wrapped(lines: Sequence[str]) -> bool:
    """Whether the line ends are those of a machine that counts letters, and no paragraph ends there."""
    return len(lines) > 1 and all(
        len(line) in WRAPPED and not line.rstrip().endswith((".", "!", "?", ":")) for line in lines[:-1]
    )


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """Codes by the English names of languages."""
    from babel import Locale

    return {name.lower(): code for code, name in Locale("en").languages.items() if len(code) <= 3}
