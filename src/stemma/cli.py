"""The command line: every command in one place, no logic. Exit codes: 0 read something, 2 nothing could be read, 1 a bad call."""

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from stemma import __version__
from stemma.errors import NothingRead, StemmaError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from stemma.account import Account
    from stemma.corpus import Corpus
    from stemma.pipeline import Progress
    from stemma.records import Work

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
Json = Annotated[
    Path | None, typer.Option("--json", help="Write the account as JSON here; - for standard output.")
]
Html = Annotated[
    Path | None, typer.Option("--html", help="Write the account as one self-contained page here.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")]
Lines = Annotated[
    Path | None, typer.Argument(help="A file of JSON lines; standard input when not given or -.")
]


def main() -> None:
    """Run the command line; every error is a sentence on stderr and an exit code."""
    _set_encodings()
    try:
        _run(sys.argv[1:])
        print(end="", flush=True)
    except NothingRead as error:
        _say_skipped(error.skipped)
        _fail(str(error), 2)
    except StemmaError as error:
        _fail(str(error), 1)
    except (KeyboardInterrupt, typer.Abort):
        _fail("Stopped.", 130)
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`): nothing is wrong.
        _drop_output()
    except OSError as error:
        _drop_output()
        _fail(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}.", 1)
    except Exception as error:
        if os.environ.get("STEMMA_DEBUG"):
            raise
        _usage(error)
    sys.exit(0)


@app.command(epilog="Example: stemma analyse pages/ --html account.html --db news.duckdb")
def analyse(
    pages: Annotated[
        list[str], typer.Argument(help="Files, folders and zips: .html .htm .xhtml .txt, each also .gz.")
    ],
    json_: Json = None,
    html: Html = None,
    db: Db = None,
    meta: Annotated[
        Path | None, typer.Option(help=".csv or .jsonl: file, url, outlet, published, retrieved.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Read pages, find the stories, and show whose words and whose claims they are made of."""
    from stemma.corpus import read

    with _progress(quiet) as progress, read(pages, meta=meta, db=db, progress=progress) as corpus:
        _say_skipped(corpus.skipped())
        _put_out(corpus.account(), json_, html)


@app.command(epilog="Example: stemma show 3f2a --db news.duckdb --html story.html")
def show(
    story: Annotated[str, typer.Argument(help="A story's id or its beginning; `stemma stories` lists them.")],
    db: Store,
    json_: Json = None,
    html: Html = None,
) -> None:
    """Show the account of one story again from the store; nothing is worked out anew."""
    with _open(db) as corpus:
        _put_out(corpus.story(story).account(), json_, html)


@app.command(epilog="Example: stemma stories --db news.duckdb")
def stories(
    db: Store, json_: Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")] = False
) -> None:
    """List the stories that a store holds."""
    from stemma.pipeline import stories_of
    from stemma.show.terminal import print_stories

    with _open(db) as corpus:
        rows = stories_of(corpus.store)
    if json_:
        for row in rows:
            _print_json(json.dumps(row, ensure_ascii=False))
    else:
        print_stories(rows, _console())


@app.command(epilog="Example: stemma reports page.html | jq .title")
def reports(
    files: Annotated[
        list[str] | None,
        typer.Argument(help="Page files, or files of JSON lines (.jsonl); standard input otherwise."),
    ] = None,
) -> None:
    """Find the article on each page: one JSON report object a line, in input order."""
    from stemma.reports.records import report_from_record

    for name in files or ["-"]:
        if name == "-" or name.endswith((".jsonl", ".ndjson")):
            _each_line(Path(name), report_from_record)
        else:
            _report_pages(name)


@app.command(epilog="Example: stemma group articles.jsonl > stories.jsonl")
def group(lines: Lines = None) -> None:
    """Group articles by story: `id`, `text` [`title`, `published`, `language`] in, `id` and `story` out."""
    from stemma.engines.duckdb import run_sql
    from stemma.stories import group_records

    for row in group_records(_records(lines, "id", "text"), run_sql):
        _print_json(json.dumps(row, ensure_ascii=False))


@app.command(epilog="Example: stemma compare --pairs pairs.jsonl | jq .copied")
def compare(
    lines: Lines = None,
    pairs: Annotated[
        bool, typer.Option("--pairs", help="Rows of id, a_text, b_text: one row out for each.")
    ] = False,
) -> None:
    """Say how articles share wording: how much, of which kind, and whether it has one written source."""
    from stemma.descent.records import compare_pair, compare_records

    if pairs:
        _each_line(lines, compare_pair)
        return
    for row in compare_records(_records(lines, "id", "text")):
        _print_json(json.dumps(row, ensure_ascii=False))


@app.command(epilog="Example: stemma annotate articles.jsonl | jq '.figures'")
def annotate(lines: Lines = None) -> None:
    """Find who said what, figures, times and places: `id`, `text` [`published`, `language`] in."""
    from stemma.statements.records import annotate_record

    _each_line(lines, annotate_record)


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


def _drop_output() -> None:
    """What is still to be written has nowhere to go, and Python must not say so at exit."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _set_encodings() -> None:
    """JSON is UTF-8 whatever the locale; a character that a terminal does not have becomes a question mark."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace", encoding="utf-8" if stream is sys.stdin else None)


def _print_json(text: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.encoding != "utf-8":
        sys.stdout.reconfigure(encoding="utf-8")
    print(text)


def _open(db: Path) -> "Corpus":
    from stemma.corpus import Corpus
    from stemma.engines.duckdb import Store as Stored

    if not db.exists():
        raise UsageError(f"There is no store at {db}. `stemma analyse PAGES --db {db}` makes one.")
    return Corpus(Stored.open(db))


def _put_out(account: "Account", to_json: Path | None, to_html: Path | None) -> None:
    from stemma.account import to_json as as_json

    if to_json and str(to_json) == "-":
        _print_json(as_json(account))
        return
    if to_json:
        _write(to_json, as_json(account))
    if to_html:
        from stemma.show.page import render

        _write(to_html, render(account))
    from stemma.show.terminal import print_account

    print_account(account, _console())


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    if not path.parent.is_dir():
        raise UsageError(f"The folder {path.parent} does not exist; {path.name} was not written.")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8", errors="surrogatepass")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _each_line(lines: Path | None, work: "Work") -> None:
    from stemma.records import run_lines

    good = bad = 0
    with _lines_of(lines) as stream:
        for done in run_lines(stream, work):
            if done.text is None:
                bad += 1
                print(f"stemma: line {done.line}: {done.error}", file=sys.stderr)
            else:
                good += 1
                _print_json(done.text)
    _end(good, bad)


def _records(lines: Path | None, *needed: str) -> list[dict[str, Any]]:
    from stemma.records import read_records

    records, bad = [], 0
    with _lines_of(lines) as stream:
        for number, record in read_records(stream):
            missing = [
                n for n in needed if isinstance(record, dict) and not isinstance(record.get(n), str | int)
            ]
            if isinstance(record, str) or missing:
                bad += 1
                print(
                    f"stemma: line {number}: {record if isinstance(record, str) else f'it has no {missing[0]!r}.'}",
                    file=sys.stderr,
                )
            else:
                records.append(record)
    _end(len(records), bad)
    return records


def _end(good: int, bad: int) -> None:
    if bad and not good:
        raise NothingRead("Not one line could be read.")


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
            _print_json(json.dumps(as_object(*read_report(saved)), ensure_ascii=False))
            good += 1
        except PageError as error:
            location = saved.page.location if isinstance(saved, Saved) else saved.location
            print(f"stemma: {location}: {error}", file=sys.stderr)
    _end(good, 1 - good)


@contextmanager
def _lines_of(path: Path | None) -> Iterator[Iterator[str]]:
    if path is None or str(path) == "-":
        if sys.stdin.isatty():
            print("stemma: reading JSON lines from the terminal; end with Ctrl-D.", file=sys.stderr)
        yield iter(sys.stdin)
        return
    if not path.is_file():
        raise UsageError(f"There is no file {path}.")
    with path.open(encoding="utf-8", errors="replace") as stream:
        yield iter(stream)


@contextmanager
def _progress(quiet: bool) -> "Iterator[Progress]":
    from stemma.pipeline import nothing_to_show

    if quiet or not sys.stderr.isatty():
        yield nothing_to_show
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield advance


def _console() -> "Console":
    from rich.console import Console

    # A pipe has no width; 80 columns is what a reader of it expects.
    return Console(width=None if sys.stdout.isatty() else 80, highlight=False, soft_wrap=False)


def _say_skipped(skipped: Any) -> None:  # noqa: ANN401 - rows of the table skipped
    for row in skipped:
        print(f"stemma: {row.location}: {row.reason}", file=sys.stderr)


def _usage(error: Any) -> None:  # noqa: ANN401 - typer carries its own copy of click's exceptions
    show = getattr(error, "format_message", None)
    if show is None and hasattr(error, "exit_code"):
        sys.exit(error.exit_code)
    if show is None:
        _fail(
            f"this should not have happened ({type(error).__name__}: {error}). STEMMA_DEBUG=1 shows where.", 1
        )
    if show().startswith("Usage:"):
        print(show(), file=sys.stderr)
        sys.exit(1)
    context = getattr(error, "ctx", None)
    hint = f" See `{context.command_path} --help`." if context else ""
    _fail(f"{show()}{hint}", 1)


def _fail(message: str, code: int) -> NoReturn:
    print(f"stemma: {message}", file=sys.stderr)
    sys.exit(code)
