"""The command line: every command in one place, no logic.

Exit codes: 0 read something, 2 nothing could be read, 1 a bad call.
"""

import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemma import __version__, account_commands
from stemma.console import (
    check_targets,
    console,
    drop_output,
    explain,
    fail,
    open_corpus,
    print_each,
    print_json,
    progress_bar,
    put_text,
    read_articles,
    say,
    say_skipped,
    set_encodings,
    write_whole,
)
from stemma.errors import NothingRead, StemmaError

if TYPE_CHECKING:
    from stemma.account import Account

app = typer.Typer(
    name="stemma",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Whose words are these, and who really said so? Reads the pages of an event and counts origins, not outlets.",
)

Db = Annotated[Path | None, typer.Option("--db", help="The store's file (DuckDB). In memory when not given.")]
Store = Annotated[Path, typer.Option("--db", help="The store's file, as written by `stemma analyse --db`.")]
Json = Annotated[Path | None, typer.Option("--json", help="Write the account as JSON here; - for standard output.")]
Html = Annotated[Path | None, typer.Option("--html", help="Write the account as one self-contained page here; -.")]
Stemma = Annotated[bool, typer.Option("--stemma", help="Draw the stemma alone: with times, reasons and a legend.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")]
Attribution = Annotated[
    Path | None, typer.Option("--attribution", help="Who said what by this model of `stemma train attribution`.")
]
Lines = Annotated[Path | None, typer.Argument(help="A file of JSON lines; standard input when not given or -.")]

train = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Learn from a corpus of your own, for `--attribution` and the like."
)
app.add_typer(train, name="train")


def main() -> None:
    """Run the command line; every error is a sentence on stderr and an exit code."""
    set_encodings()
    try:
        _run(sys.argv[1:])
        print(end="", flush=True)
    except NothingRead as error:
        say_skipped(error.skipped)
        fail(str(error), 2)
    except StemmaError as error:
        fail(str(error), 1)
    except (KeyboardInterrupt, typer.Abort):
        fail("Stopped.", 130)
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`): nothing is wrong.
        drop_output()
    except OSError as error:
        drop_output()
        fail(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}.", 1)
    except Exception as error:
        if os.environ.get("STEMMA_DEBUG"):
            raise
        explain(error)
    sys.exit(0)


@app.command(epilog="Example: stemma analyse pages/ --html account.html --db news.duckdb")
def analyse(
    pages: Annotated[list[str], typer.Argument(help="Files, folders and zips: .html .htm .xhtml .txt, each also .gz.")],
    json_: Json = None,
    html: Html = None,
    db: Db = None,
    meta: Annotated[Path | None, typer.Option(help=".csv or .jsonl: file, url, outlet, published, retrieved.")] = None,
    attribution: Attribution = None,
    quiet: Quiet = False,
    stemma: Stemma = False,
) -> None:
    """Read pages, find the stories, and show whose words and whose claims they are made of."""
    from stemma.corpus import read

    check_targets(json_, html)
    model = _model(attribution)
    with (
        progress_bar(quiet) as progress,
        read(pages, meta=meta, db=db, progress=progress, attribution=model) as corpus,
    ):
        say_skipped(corpus.skipped())
        _put_out(corpus.account(), json_, html, stemma)


@app.command(epilog="Example: stemma show 3f2a --db news.duckdb --html story.html")
def show(
    story: Annotated[str, typer.Argument(help="A story's id or its beginning; `stemma stories` lists them.")],
    db: Store,
    json_: Json = None,
    html: Html = None,
    stemma: Stemma = False,
) -> None:
    """Show the account of one story again from the store; nothing is worked out anew."""
    check_targets(json_, html)
    with open_corpus(db) as corpus:
        _put_out(corpus.story(story).account(), json_, html, stemma)


@app.command(epilog="Example: stemma stories --db news.duckdb")
def stories(db: Store, json_: Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")] = False) -> None:
    """List the stories that a store holds."""
    from stemma.pipeline import stories_of
    from stemma.show.terminal import print_stories

    with open_corpus(db) as corpus:
        rows = stories_of(corpus.store)
    if json_:
        for row in rows:
            print_json(json.dumps(row, ensure_ascii=False))
    else:
        print_stories(rows, console())


@app.command(epilog="Example: stemma reports page.html | jq .title")
def reports(
    files: Annotated[
        list[str] | None,
        typer.Argument(help="Page files, or files of JSON lines (.jsonl); standard input otherwise."),
    ] = None,
) -> None:
    """Find the article on each page: one JSON report object a line, in input order."""
    from stemma.reports.records import report_from_record

    names = files or ["-"]
    failed: list[NothingRead] = []
    for name in names:
        try:
            if name == "-" or name.endswith((".jsonl", ".ndjson")):
                print_each(Path(name), report_from_record)
            else:
                _report_pages(name)
        except NothingRead as error:
            failed.append(error)
    if len(failed) == len(names):
        raise failed[0]


@app.command(epilog="Example: stemma group articles.jsonl > stories.jsonl")
def group(lines: Lines = None) -> None:
    """Group articles by story: `id`, `text` [`title`, `published`, `language`] in, `id` and `story` out."""
    from stemma.engines.duckdb import run_sql
    from stemma.stories import group_records

    for row in group_records(read_articles(lines), run_sql):
        print_json(json.dumps(row, ensure_ascii=False))


@app.command(epilog="Example: stemma compare --pairs pairs.jsonl | jq .copied")
def compare(
    lines: Lines = None,
    pairs: Annotated[bool, typer.Option("--pairs", help="Rows of id, a_text, b_text: one row out for each.")] = False,
) -> None:
    """Say how articles share wording: how much, of which kind, and whether it has one written source."""
    from stemma.descent.records import compare_pair, compare_records

    if pairs:
        print_each(lines, compare_pair)
        return
    for row in compare_records(read_articles(lines)):
        print_json(json.dumps(row, ensure_ascii=False))


@app.command(epilog="Example: stemma annotate articles.jsonl | jq '.figures'")
def annotate(lines: Lines = None, attribution: Attribution = None) -> None:
    """Find who said what, figures, times and places: `id`, `text` [`published`, `language`] in."""
    from stemma.statements.records import annotate_record

    print_each(lines, partial(annotate_record, attribution=_model(attribution)))


@train.command("attribution", epilog="Example: stemma train attribution marked.jsonl.gz --out attribution.json")
def train_attribution(
    corpus: Annotated[
        Path, typer.Argument(help="JSON lines, also .gz: `id`, `text`, `attributions` with `source`, `cue`, `content`.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Write the model here, as JSON.")] = Path("attribution.json"),
    quiet: Quiet = False,
) -> None:
    """Learn who said what from a corpus that people marked; `--attribution MODEL` of other commands uses it."""
    from stemma.statements.training.learn import train_attribution as learn
    from stemma.statements.training.model_file import as_json

    with progress_bar(quiet) as progress:
        model = learn(corpus, progress)
    write_whole(out, as_json(model))
    if not quiet:
        known = f"{model.corpus['attributions']:,} attributions in {model.corpus['documents']:,} documents"
        say(f"learnt from {known}; {out} was written.")


account_commands.add_to(app)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        print(f"stemma {__version__}")
        raise typer.Exit


def _run(arguments: list[str]) -> None:
    # Typer's own main would turn a reader that went away into exit code 1, and print what is said here.
    command = typer.main.get_command(app)
    with command.make_context("stemma", arguments) as context:
        command.invoke(context)


def _model(path: Path | None) -> Path | None:
    """A model file that cannot be used is said before anything is read."""
    if path is not None:
        from stemma.statements.training.judge import judge_from

        judge_from(path)
    return path


def _put_out(account: "Account", to_json: Path | None, to_html: Path | None, stemma_alone: bool) -> None:
    from stemma.account import to_json as as_json

    if to_json:
        put_text(to_json, as_json(account))
    if to_html:
        from stemma.show.page import render

        put_text(to_html, render(account))
    if "-" in (str(to_json), str(to_html)):
        return
    from stemma.show.stemma_terminal import print_stemmata
    from stemma.show.terminal import print_account

    (print_stemmata if stemma_alone else print_account)(account, console())


def _report_pages(name: str) -> None:
    from stemma.errors import PageError
    from stemma.pages import Saved, read_pages
    from stemma.reports import read_report
    from stemma.reports.records import as_object

    good = 0
    for saved in read_pages([name]):
        try:
            if not isinstance(saved, Saved):
                raise PageError(saved.reason)
            print_json(json.dumps(as_object(*read_report(saved)), ensure_ascii=False))
            good += 1
        except PageError as error:
            location = saved.page.location if isinstance(saved, Saved) else saved.location
            say(f"{location}: {error}")
    if not good:
        raise NothingRead(f"{name} holds no page with an article.")
