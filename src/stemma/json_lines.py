"""Records in, JSON lines out: from tables, pages and standard input, streamed, in input order, on all cores."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa

from stemma.errors import PageError, StemmaError
from stemma.pages import PageOptions, Saved, read_pages, rows_in
from stemma.pages.holders import NO_ROW
from stemma.pages.meta import Record
from stemma.pages.rows import Row
from stemma.pages.saved import repeated
from stemma.processes import batches, in_order
from stemma.reports import as_object, pages_batch, read_reports, reports_from_record, rest_of, rows_of
from stemma.settings import DEFAULT, Manners
from stemma.statements.story import annotate_record
from stemma.tables import Skipped
from stemma.text.json_text import json_text

Work = Callable[[Record], Record | list[Record]]
"""What is made of one record: an object, or several, each a line of its own."""
Found = tuple[str, Record | str]
"""Where a record stands ("line 3", or a page's location), and the record or what is wrong with it."""

CHUNK = 8
"""Records that one process works on at a time: enough to pay for sending them."""


@dataclass(frozen=True, slots=True)
class Done:
    """One record's result as JSON text (a line an object), or what is wrong with it."""

    where: str
    text: str | None
    error: str | None


def run_records(records: Iterable[Found], work: Work) -> Iterator[Done]:
    """Yield what `work` makes of each record, in order; `work` must be a module's function."""
    for _, done in in_order(partial(_work_on, work), batches(records, CHUNK)):
        yield from done


def read_records(given: Sequence[str], told: PageOptions) -> Iterator[Found]:
    """Yield the rows of tables (CSV, TSV, JSON lines, Parquet; "-" is standard input) as they are, and of pages their reports.

    A table that cannot be read is yielded with what is wrong with it.
    """
    for name in given:
        rows = _rows_of(name, told, alone=len(given) == 1)
        yield from _reports_on(name, told) if rows is None else rows


def read_reports_in(given: Sequence[str], told: PageOptions, manners: Manners = DEFAULT.manners) -> Iterator[Done]:
    """Yield the report objects of each row of the tables and of each page, or what is wrong with it."""
    for name in given:
        rows = _rows_of(name, told, alone=len(given) == 1)
        if rows is not None:
            yield from run_records(rows, partial(reports_from_record, articles=told.articles))
            continue
        for where, report in _reports_on(name, told, manners):
            bad = isinstance(report, str)
            yield Done(where, None if bad else json_text(report), str(report) if bad else None)


def read_articles(given: Sequence[str], told: PageOptions) -> Iterator[Found]:
    """Yield the records that are articles, each with an id of its own, or why one is none; of HTML its first article."""
    first: dict[str, int] = {}
    for count, (where, record) in enumerate(read_records(given, told), 1):
        article = record if isinstance(record, str) else _article(record)
        wrong = article if isinstance(article, str) else repeated(article, first)
        if isinstance(article, str) or wrong:
            yield where, str(wrong)
        else:
            place = where.rpartition(" ")[2]
            first[str(article["id"])] = int(place) if place.isdigit() else count
            yield where, article


def article_of(record: Record) -> Record:
    """Return a record with its text: that of the first article of its HTML where it has none; raises PageError."""
    if record.get("text"):
        return record
    if record.get("html"):
        return {**record, **reports_from_record(record)[0], "html": None}
    raise PageError("the record has no 'text'.")


def annotations_of(record: Record, model: Path | None = None) -> Record:
    """Return what is annotated in a record's text, or in that of the first article of its HTML; raises PageError."""
    return annotate_record(article_of(record), model)


def _rows_of(name: str, told: PageOptions, *, alone: bool) -> Iterator[Found] | None:
    """The rows of a table with where they stand; None where the name is of no table."""
    rows = rows_in(name, told.columns, lines=True)
    return None if rows is None else _placed(rows, name, "line" if alone else f"{name}, line")


def _placed(rows: Iterator[Row], name: str, place: str) -> Iterator[Found]:
    number = None
    try:
        for number, record in rows:
            yield f"{place} {number}", record
    except PageError as error:
        yield name, str(error)
    else:
        # A stream may bring nothing; of a file that was named it is said.
        if number is None and Path(name).is_file():
            yield name, NO_ROW


def _article(record: Record) -> Record | str:
    try:
        return article_of(record)
    except PageError as error:
        return str(error)


def _reports_on(name: str, told: PageOptions, manners: Manners = DEFAULT.manners) -> Iterator[Found]:
    skipped: list[Skipped] = []
    for pages, read in in_order(read_reports, _batches(read_pages([name], told, manners), skipped)):
        names = pages.column("location").to_pylist()
        skipped += [Skipped(rest_of(n), why) for n, why in zip(names, read.column("left_out").to_pylist(), strict=True) if why]
        for location, found in zip(names, rows_of(read), strict=True):
            if isinstance(found, str):
                yield location, found
            else:
                yield from ((report.location, as_object(report, blocks)) for report, blocks in found)
    yield from ((one.location, one.reason) for one in skipped)


def _batches(found: Iterable[Saved | Skipped], skipped: list[Skipped]) -> Iterator[pa.RecordBatch]:
    for some in batches(found, CHUNK):
        skipped += [one for one in some if isinstance(one, Skipped)]
        if saved := [one for one in some if isinstance(one, Saved)]:
            yield pages_batch(saved)


def _work_on(work: Work, chunk: list[Found]) -> list[Done]:
    return [_one(work, where, record) for where, record in chunk]


def _one(work: Work, where: str, record: Record | str) -> Done:
    if isinstance(record, str):
        return Done(where, None, record)
    try:
        made = work(record)
        objects = made if isinstance(made, list) else [made]
        return Done(where, "\n".join(json_text(one) for one in objects), None)
    except StemmaError as error:
        return Done(where, None, str(error))
    except Exception as error:  # noqa: BLE001 - the boundary: one bad record must not stop the rest, and it is said
        return Done(where, None, f"this could not be worked on ({type(error).__name__}: {error}).")
