"""The rooms each alone, on JSON lines: reports, group, compare, annotate."""

import json
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from stemma.cli.console import print_json, say
from stemma.cli.files import print_each, read_articles
from stemma.cli.options import Attribution, usable
from stemma.errors import NothingRead

Lines = Annotated[Path | None, typer.Argument(help="A file of JSON lines; standard input when not given or -.")]


def reports(
    files: Annotated[
        list[str] | None,
        typer.Argument(help="Page files, or files of JSON lines (.jsonl); standard input otherwise."),
    ] = None,
) -> None:
    """Find the articles on each page: one JSON report object a line, in input order; most pages print one."""
    from stemma.reports import reports_from_record

    names = files or ["-"]
    failed: list[NothingRead] = []
    for name in names:
        try:
            if name == "-" or name.endswith((".jsonl", ".ndjson")):
                print_each(Path(name), reports_from_record)
            else:
                _report_pages(name)
        except NothingRead as error:
            failed.append(error)
    if len(failed) == len(names):
        raise failed[0]


def group(lines: Lines = None) -> None:
    """Group articles by story: `id`, `text` [`title`, `published`, `language`] in, `id` and `story` out."""
    from stemma.engines import open_store
    from stemma.stories import group_records

    for row in group_records(read_articles(lines), open_store().sql):
        print_json(json.dumps(row, ensure_ascii=False))


def compare(
    lines: Lines = None,
    pairs: Annotated[bool, typer.Option("--pairs", help="Rows of id, a_text, b_text: one row out for each.")] = False,
) -> None:
    """Say how articles share wording: how much, of which kind, and whether it has one written source."""
    from stemma.descent.comparisons import compare_pair, compare_records

    if pairs:
        print_each(lines, compare_pair)
        return
    for row in compare_records(read_articles(lines)):
        print_json(json.dumps(row, ensure_ascii=False))


def annotate(lines: Lines = None, attribution: Attribution = None) -> None:
    """Find who said what, figures, times and places: `id`, `text` [`published`, `language`] in."""
    from stemma.statements.story import annotate_record

    print_each(lines, partial(annotate_record, model=usable(attribution)))


def _report_pages(name: str) -> None:
    from stemma.errors import PageError
    from stemma.pages import Saved, read_pages
    from stemma.reports import as_object, read_page

    good = 0
    for saved in read_pages([name]):
        try:
            if not isinstance(saved, Saved):
                raise PageError(saved.reason)
            for report, blocks in read_page(saved):
                print_json(json.dumps(as_object(report, blocks), ensure_ascii=False))
            good += 1
        except PageError as error:
            location = saved.page.location if isinstance(saved, Saved) else saved.location
            say(f"{location}: {error}")
    if not good:
        raise NothingRead(f"{name} holds no page with an article.")
