"""Is this text an agency's: wire."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Any

import typer

from stemma.cli.console import print_json, say
from stemma.cli.files import BadLines
from stemma.cli.options import AllowPrivate
from stemma.errors import NothingRead, PageError

Row = dict[str, Any]


def wire(
    pages: Annotated[
        list[str],
        typer.Argument(help="Pages, tables of articles (with `text` or `html`), addresses; - for standard input."),
    ],
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="JSON lines: agency, probability, and the signs with their places.")
    ] = False,
    allow_private: AllowPrivate = False,
) -> None:
    """Say of each page whether its text is an agency's, whose, how probably, and by which words; no store, page by page."""
    good = False
    for found in chain.from_iterable(_rows(name, allow_private) for name in pages):
        if isinstance(found, str):
            say(found)
            continue
        good = True
        print_json(json.dumps(found, ensure_ascii=False) if jsonl else _sentence(found))
    if not good:
        raise NothingRead("None of what was given could be read as a page with an article.")


def _rows(name: str, allow_private: bool) -> Iterator[Row | str]:
    """The result of each article in what was given, or what is wrong with it."""
    from stemma.pages import rows_in

    rows = rows_in(name, {})
    yield from _of_pages(name, allow_private) if rows is None else _of_table(name, rows)


def _of_table(name: str, rows: Iterator[tuple[int, Row | str]]) -> Iterator[Row]:
    from stemma.json_lines import run_records
    from stemma.reports.wire import wire_from_record

    bad = BadLines()
    try:
        for done in run_records(((f"line {number}", record) for number, record in rows), wire_from_record):
            if done.text is None:
                bad.say(done.where, str(done.error))
            else:
                yield from map(json.loads, done.text.splitlines())
    except PageError as error:
        bad.say(name, str(error))
    bad.end(1)


def _of_pages(name: str, allow_private: bool) -> Iterator[Row | str]:
    from stemma.pages import Saved, read_pages
    from stemma.reports.wire import wire_from_page
    from stemma.settings import Manners

    for saved in read_pages([name], manners=Manners(allow_private)):
        if not isinstance(saved, Saved):
            yield f"{saved.location}: {saved.reason}"
            continue
        try:
            yield from wire_from_page(saved)
        except PageError as error:
            yield f"{saved.page.location}: {error}"


def _sentence(row: Row) -> str:
    """A result as a line: "page.html: Associated Press (0.98): byline “By The Associated Press”"."""
    from stemma.show.wording import one_line

    told = (f"{s['sign']} “{s['words']}”" if s["words"] else s["sign"] for s in row["signs"] if s["agency"] == row["agency"])
    named = "; ".join(dict.fromkeys(told)) if row["agency"] else ""
    return one_line(f"{row['id']}: {row['agency'] or 'no agency'} ({row['probability']:.2f}){': ' if named else ''}{named}")
