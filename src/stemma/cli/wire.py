"""Is this text an agency's: wire."""

import json
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from stemma.cli.console import print_json, say
from stemma.cli.options import AllowPrivate
from stemma.errors import NothingRead, PageError

Row = dict[str, Any]


def wire(
    pages: Annotated[
        list[str],
        typer.Argument(help="Pages: files, folders, zips, addresses; JSON lines (.jsonl, with `text` or `html`); - for stdin."),
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
    if name == "-":
        text = sys.stdin.read()
        lines = text.splitlines() if text.lstrip().startswith("{") else [json.dumps({"id": "-", _kind(text): text})]
        yield from _of_lines(lines)
    elif name.endswith((".jsonl", ".ndjson")) and Path(name).is_file():
        with Path(name).open(encoding="utf-8", errors="replace") as stream:
            yield from _of_lines(stream)
    else:
        yield from _of_pages(name, allow_private)


def _kind(text: str) -> str:
    from stemma.pages.saved import sniff

    return sniff(text[:65_536].encode())


def _of_lines(lines: Any) -> Iterator[Row | str]:  # noqa: ANN401 - a file or a list of lines
    from stemma.json_lines import run_lines
    from stemma.reports.wire import wire_from_record

    for done in run_lines(lines, wire_from_record):
        if done.text is None:
            yield f"line {done.line}: {done.error}"
        else:
            yield from map(json.loads, done.text.splitlines())


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
