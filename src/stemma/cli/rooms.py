"""The rooms each alone, on tables, pages and standard input: reports, group, compare, annotate."""

import json
from functools import partial
from typing import Annotated

import typer

from stemma.cli.console import print_json
from stemma.cli.files import articles_in, existing, print_done, print_each
from stemma.cli.options import Articles, Attribution, Columns, told, usable

Given = Annotated[
    list[str] | None,
    typer.Argument(
        help="Tables (.jsonl .csv .tsv .parquet) and pages; standard input (JSON lines, or any of them) when not given or -."
    ),
]


def reports(given: Given = None, columns: Columns = None, articles: Articles = None) -> None:
    """Find the articles on each page or row: one JSON report object a line, in input order; most pages print one."""
    from stemma.json_lines import read_reports_in

    print_done(read_reports_in(given or ["-"], told(columns, articles)))


def group(given: Given = None, columns: Columns = None) -> None:
    """Group articles by story: `id`, `text` [`title`, `published`, `language`] in, `id` and `story` out."""
    from stemma.engines import open_store
    from stemma.stories import group_records

    for row in group_records(articles_in(existing(given), told(columns)), open_store().sql):
        print_json(json.dumps(row, ensure_ascii=False))


def compare(
    given: Given = None,
    pairs: Annotated[bool, typer.Option("--pairs", help="Rows of id, a_text, b_text: one row out for each.")] = False,
    columns: Columns = None,
) -> None:
    """Say how articles share wording: how much, of which kind, and whether it has one written source."""
    from stemma.descent.comparisons import compare_pair, compare_records

    if pairs:
        print_each(existing(given), told(columns), compare_pair)
        return
    for row in compare_records(articles_in(existing(given), told(columns))):
        print_json(json.dumps(row, ensure_ascii=False))


def annotate(given: Given = None, attribution: Attribution = None, columns: Columns = None) -> None:
    """Find who said what, figures, times and places: `id`, `text` [`published`, `language`] in."""
    from stemma.json_lines import annotations_of

    print_each(existing(given), told(columns), partial(annotations_of, model=usable(attribution)))
