"""The rooms each alone, on tables, pages and standard input: reports, group, compare, annotate, wire; and train."""

import json
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from stemma.cli.console import print_json, progress_bar, say
from stemma.cli.files import BadLines, articles_in, check_targets, existing, print_done, print_each
from stemma.cli.options import AllowPrivate, Articles, Attribution, Columns, Quiet, page_options, usable
from stemma.errors import NothingRead, PageError, UsageError
from stemma.text.json_text import json_text
from stemma.whole_files import write_whole

Given = Annotated[
    list[str] | None,
    typer.Argument(
        help="Tables (.jsonl .csv .tsv .parquet) and pages; standard input (JSON lines, or any of them) when not given or -."
    ),
]
Row = dict[str, Any]


def reports(given: Given = None, columns: Columns = None, articles: Articles = None, allow_private: AllowPrivate = False) -> None:
    """Find the articles on each page or row: one JSON report object a line, in input order; most pages print one."""
    from stemma.json_lines import read_reports_in
    from stemma.settings import Manners

    print_done(read_reports_in(given or ["-"], page_options(columns, articles), Manners(allow_private)))


def group(given: Given = None, columns: Columns = None) -> None:
    """Group articles by story: `id`, `text` [`title`, `published`, `language`] in, `id` and `story` out."""
    from stemma.stories import group_records

    large: list[int] = []
    with progress_bar(quiet=False, lines=True) as progress:
        rows = group_records(
            articles_in(existing(given), page_options(columns)),
            lambda done: progress("reports", done, done),
            large.append,
        )
    for count in large:
        say(f"{count} reports hang together, too many to compare each two: they were grouped by parts (docs/stories.md).")
    for row in rows:
        print_json(json_text(row))


def compare(
    given: Given = None,
    pairs: Annotated[bool, typer.Option("--pairs", help="Rows of id, a_text, b_text: one row out for each.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Also pairs that share nothing but facts and quotations.")] = False,
    min_share: Annotated[
        float, typer.Option("--min-share", min=0, max=1, help="Only pairs of which one has so much of its words in the other.")
    ] = 0.0,
    grouped: Annotated[
        bool, typer.Option("--families", help="Instead of pairs: the groups that they make, with the fullest text of each.")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write the rows into a Parquet file.")] = None,
    columns: Columns = None,
) -> None:
    """Say how articles share wording: how much, of which kind, and whether it has one written source."""
    from stemma.descent.comparisons import compare_pair

    if pairs:
        if every or min_share or grouped or out:
            raise UsageError("--all, --min-share, --families and --out are for articles, not for --pairs.")
        print_each(existing(given), page_options(columns), compare_pair)
        return
    names = existing(given)
    check_targets(out, read=names)
    _print_compared(list(articles_in(names, page_options(columns))), every, min_share, grouped, out)


def _print_compared(articles: list[dict[str, Any]], every: bool, min_share: float, grouped: bool, out: Path | None) -> None:
    from stemma.descent.comparisons import FAMILIES, PAIRS, as_parquet, compare_records, families

    with progress_bar(quiet=out is None and sys.stdout.isatty(), lines=True) as progress:
        compared = compare_records(articles, lambda done, total: progress("pairs", done, total))
        rows: Iterable[dict[str, Any]] = (
            row for row in compared if (every or row["kind"]) and max(row["a_related"], row["b_related"]) >= min_share
        )
        if grouped:
            rows = families(rows)
        if out is not None:
            write_whole(out, [as_parquet(rows, FAMILIES if grouped else PAIRS)])
        else:
            for row in rows:
                print_json(json_text(row))


def annotate(given: Given = None, attribution: Attribution = None, columns: Columns = None) -> None:
    """Find who said what, figures, times and places: `id`, `text` [`published`, `language`] in."""
    from stemma.json_lines import annotations_of

    print_each(existing(given), page_options(columns), partial(annotations_of, model=usable(attribution)))


def train_attribution(
    corpus: Annotated[
        Path, typer.Argument(help="JSON lines, also .gz: `id`, `text`, `attributions` with `source`, `cue`, `content`.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Write the model here, as JSON.")] = Path("attribution.json"),
    quiet: Quiet = False,
) -> None:
    """Learn who said what from a corpus that people marked; `--attribution MODEL` of other commands uses it."""
    from stemma.statements.attribution_classifier import as_json
    from stemma.statements.attribution_training import train_attribution as learn

    check_targets(out, read=[corpus])
    with progress_bar(quiet) as progress:
        model = learn(corpus, progress)
    write_whole(out, as_json(model))
    if not quiet:
        known = f"{model.corpus['attributions']:,} attributions in {model.corpus['documents']:,} documents"
        say(f"learnt from {known}; {out} was written.")


def wire(
    pages: Annotated[
        list[str],
        typer.Argument(help="Pages, tables of articles (with `text` or `html`), addresses; - for standard input."),
    ],
    jsonl: Annotated[
        bool, typer.Option("--json", "--jsonl", help="JSON lines: agency, probability, and the signs with their places.")
    ] = False,
    allow_private: AllowPrivate = False,
) -> None:
    """Say of each page whether its text is an agency's, whose, how probably, and by which words; no store, page by page."""
    good, bad = False, BadLines()
    for where, found in chain.from_iterable(_rows(name, allow_private) for name in pages):
        if isinstance(found, str):
            bad.say(where, found)
            continue
        good = True
        print_json(json_text(found) if jsonl else _sentence(found))
    bad.end(1)
    if not good:
        raise NothingRead("None of what was given could be read as a page with an article." if bad.count != 1 else "")


def _rows(name: str, allow_private: bool) -> Iterator[tuple[str, Row | str]]:
    """The result of each article in what was given with where it stands, or what is wrong with it."""
    from stemma.json_lines import run_records
    from stemma.pages import rows_in
    from stemma.reports.wire import wire_from_record

    rows = rows_in(name, {})
    records = _on_pages(name, allow_private) if rows is None else ((f"line {number}", record) for number, record in rows)
    try:
        for done in run_records(records, wire_from_record):
            found = [str(done.error)] if done.text is None else map(json.loads, done.text.splitlines())
            yield from ((done.where, one) for one in found)
    except PageError as error:
        yield name, str(error)


def _on_pages(name: str, allow_private: bool) -> Iterator[tuple[str, Row | str]]:
    from stemma.pages import Saved, read_pages
    from stemma.reports.wire import record_of_page
    from stemma.settings import Manners

    for saved in read_pages([name], manners=Manners(allow_private)):
        if not isinstance(saved, Saved):
            yield saved.location, saved.reason
            continue
        try:
            yield saved.page.location, record_of_page(saved)
        except PageError as error:
            yield saved.page.location, str(error)


def _sentence(row: Row) -> str:
    """A result as a line: "page.html: Associated Press (0.98): byline “By The Associated Press”"."""
    from stemma.show.wording import one_line

    told = (f"{s['sign']} “{s['words']}”" if s["words"] else s["sign"] for s in row["signs"] if s["agency"] == row["agency"])
    named = "; ".join(dict.fromkeys(told)) if row["agency"] else ""
    return one_line(f"{row['id']}: {row['agency'] or 'no agency'} ({row['probability']:.2f}){': ' if named else ''}{named}")
