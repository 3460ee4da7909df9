"""The rows of a table as pages: each row's HTML, or its text."""

from collections.abc import Iterable, Iterator
from dataclasses import fields

from stemma.pages.columns import Record
from stemma.pages.meta import PageMeta
from stemma.pages.rows import Row
from stemma.pages.saved import Saved, Told, page_of
from stemma.pages.sniff import looks_like_html
from stemma.tables import Skipped


def pages_of_rows(table: str, rows: Iterable[Row], told: Told) -> Iterator[Saved | Skipped]:
    """Yield a page for each row that has text or HTML, at TABLE!/ID, and why there is none at "TABLE!/line N"."""
    first: dict[str, int] = {}
    for number, record in rows:
        wrong = record if isinstance(record, str) else _wrong(record, first)
        if isinstance(record, str) or wrong:
            yield Skipped(f"{table}!/line {number}", str(wrong))
        else:
            first[str(record["id"])] = number
            yield _page(f"{table}!/{record['id']}", record, told)


def format_of(record: Record, articles: bool | None) -> str:
    """Return what a row holds: "html", an "article", or a page's "text" with its furniture; `articles` as in `Told`."""
    if record.get("html") is not None or looks_like_html(str(record["text"])):
        return "html"
    return "article" if (bool(record.get("title")) if articles is None else articles) else "text"


def repeated(record: Record, first: dict[str, int]) -> str | None:
    """Return that the id of a row was that of a row before it, or None; `first` is the line of each id that was read."""
    key = str(record["id"])
    if key not in first:
        return None
    return f"the id {key!r} stands on line {first[key]} already; this line is left out. Give it an id of its own."


def _wrong(record: Record, first: dict[str, int]) -> str | None:
    if not {"text", "html"} & record.keys():
        return "the row has neither text nor html."
    return repeated(record, first)


def _page(location: str, record: Record, told: Told) -> Saved:
    content = str(record.get("html") or record["text"]).encode("utf-8", "replace")
    given = PageMeta(**{f.name: record.get(f.name) for f in fields(PageMeta)})
    page = page_of(location, content, format_of(record, told.articles), told, given=given, id=str(record["id"]), charset="utf-8")
    return Saved(page, content)
