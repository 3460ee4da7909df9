"""How the command line speaks: encodings, JSON lines, whole files, progress, and what went wrong in a sentence."""

import codecs
import getpass
import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from stemma.errors import NothingRead, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from stemma.corpus import Corpus
    from stemma.json_lines import Work
    from stemma.pipeline import Progress

_SIGNS = dict(zip("–—−“”„«»‘’…✓", '---"""""\'\'.*', strict=True))
"""Signs of stemma's own sentences that a poor terminal lacks, and what it shows for them."""


def drop_output() -> None:
    """What is still to be written has nowhere to go, and Python must not say so at exit."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def set_encodings() -> None:
    """JSON is UTF-8 whatever the locale; a character that a terminal does not have becomes a question mark."""
    codecs.register_error("plain", _plain)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            reads = stream is sys.stdin
            stream.reconfigure(errors="replace" if reads else "plain", encoding="utf-8" if reads else None)


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Put a plain sign in the place of a dash or a quotation mark, so that 3–4 does not become 3?4."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_SIGNS.get(c, "?") for c in error.object[error.start : error.end]), error.end


def print_json(text: str, end: str = "\n") -> None:
    """Print JSON to standard output, as UTF-8 whatever the locale."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.encoding != "utf-8":
        sys.stdout.reconfigure(encoding="utf-8")
    print(text, end=end)


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    check_target(path)
    path = path.resolve()
    if path.exists() and not path.is_file():
        # A device or a pipe is written to; put in its place, a file would take its name.
        path.write_text(text, encoding="utf-8", errors="surrogatepass")
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8", errors="surrogatepass")
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path} was not written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)


def check_target(path: Path) -> None:
    """Say before the work is done that a file cannot be written; raises UsageError."""
    if not path.parent.is_dir():
        raise UsageError(f"The folder {path.parent} does not exist; {path.name} was not written.")
    if path.is_dir():
        raise UsageError(f"{path} is a folder; give the name of a file.")


def check_targets(*paths: Path | None) -> None:
    """The same of several files, of which one can be standard output (-)."""
    if [str(path) for path in paths].count("-") > 1:
        raise UsageError("Only one of the files can go to standard output.")
    for path in paths:
        if path and str(path) != "-":
            check_target(path)


def print_each(lines: Path | None, work: "Work") -> None:
    """Print what `work` makes of each JSON line, and what is wrong with a bad one on stderr; raises NothingRead."""
    from stemma.json_lines import run_lines

    good = bad = 0
    with lines_of(lines) as stream:
        for done in run_lines(stream, work):
            if done.text is None:
                bad += 1
                say(f"line {done.line}: {done.error}")
            else:
                good += 1
                print_json(done.text)
    end_lines(good, bad)


def read_articles(lines: Path | None) -> list[dict[str, Any]]:
    """Return the JSON lines that are articles, each with an id of its own; the others are said on stderr.

    Raises NothingRead when not one line is an article.
    """
    from stemma.json_lines import read_records, why_no_article

    first: dict[str, int] = {}
    records, bad = [], 0
    with lines_of(lines) as stream:
        for number, record in read_records(stream):
            wrong = record if isinstance(record, str) else why_no_article(record, first)
            if isinstance(record, str) or wrong:
                bad += 1
                say(f"line {number}: {wrong}")
            else:
                first[str(record["id"])] = number
                records.append(record)
    end_lines(len(records), bad)
    return records


def end_lines(good: int, bad: int) -> None:
    """Raise NothingRead when there were lines and not one of them was good."""
    if bad and not good:
        raise NothingRead("Not one line could be read.")


@contextmanager
def lines_of(path: Path | None) -> Iterator[Iterator[str]]:
    """Open a file's lines, or those of standard input; raises UsageError when there is no such file."""
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
def progress_bar(quiet: bool) -> "Iterator[Progress]":
    """Show progress on stderr, where that is a terminal."""
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


def open_corpus(db: Path) -> "Corpus":
    """Open the store that a command stands on; raises UsageError when there is none."""
    from stemma.corpus import Corpus
    from stemma.engines.duckdb import Store

    if not db.exists():
        raise UsageError(f"There is no store at {db}. `stemma analyse PAGES --db {db}` makes one.")
    return Corpus(Store.open(db))


def open_against(places: Sequence[str]) -> "Corpus":
    """Open a store, or read pages into one in memory, for a draft to be put beside; raises UsageError, NothingRead."""
    from stemma.corpus import Corpus
    from stemma.engines.duckdb import Store
    from stemma.pipeline import group_stories, read_into

    if not all(places):
        raise UsageError("One of the names after --against is empty.")
    stores = [Path(p) for p in places if _is_store(Path(p))]
    if stores:
        if len(places) > 1:
            raise UsageError("A draft is checked against one store, or against pages.")
        return open_corpus(stores[0])
    corpus = Corpus(Store.open(None))
    if not read_into(corpus.store, places, {}):
        error = NothingRead("None of what the draft is to be checked against could be read as a page with an article.")
        error.skipped = corpus.skipped()
        corpus.close()
        raise error
    group_stories(corpus.store)
    say_skipped(corpus.skipped())
    return corpus


def say_beside(draft: str, reports: int, title: str | None) -> None:
    """Say on stderr beside what a draft was put, or that it fits none of the stories."""
    if reports:
        beside = f"{reports} report{'s' if reports > 1 else ''} of the story {title or 'without a title'}"
        say(f"{draft} stands beside {beside}.")
    else:
        say(f"{draft} fits none of the stories; there is nothing to check it against.")


def say_judged(judgement: Any, done: str = "Judged") -> None:  # noqa: ANN401 - a row of the table judgement
    """Say on stderr what was judged, and the id under which it can be taken back."""
    from stemma.judged import judgement_id

    key = judgement_id(judgement.this, judgement.that)
    say(f"{done} {judgement.verdict} ({judgement.kind} {key}): {judgement.about}")


def user() -> str:
    """Return the name of whoever is at the keyboard; raises UsageError where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError("The system does not know who judges; say it with --who NAME.") from error


def _is_store(path: Path) -> bool:
    """Whether a file is a DuckDB file, by the four letters behind its checksum."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(12)[8:] == b"DUCK"


def put_text(path: Path, text: str) -> None:
    """Write a text whole into a file, or to standard output as UTF-8 when the path is -."""
    if str(path) == "-":
        print_json(text.removesuffix("\n"))
    else:
        write_whole(path, text)


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder, made when there is none, each whole or not at all."""
    if not folder.parent.is_dir():
        raise UsageError(f"The folder {folder.parent} does not exist; {folder.name} was not made.")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; give the name of a folder.")
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        write_whole(folder / name, text)


def console() -> "Console":
    """Return where the terminal view is printed."""
    from rich.console import Console

    # A pipe has no width; 80 columns is what a reader of it expects.
    return Console(width=None if sys.stdout.isatty() else 80, highlight=False, soft_wrap=False)


def say_skipped(skipped: Any) -> None:  # noqa: ANN401 - rows of the table skipped
    """Say on stderr, a line for each, which pages could not be read and why."""
    for row in skipped:
        say(f"{row.location}: {row.reason}")


def explain(error: Any) -> None:  # noqa: ANN401 - typer carries its own copy of click's exceptions
    """Say what is wrong with a call, or that something went wrong that should not have, and end."""
    show = getattr(error, "format_message", None)
    if show is None and hasattr(error, "exit_code"):
        sys.exit(error.exit_code)
    if show is None:
        fail(f"this should not have happened ({type(error).__name__}: {error}). STEMMA_DEBUG=1 shows where.", 1)
    if show().startswith("Usage:"):
        print(show(), file=sys.stderr)
        sys.exit(1)
    context = getattr(error, "ctx", None)
    hint = f" See `{context.command_path} --help`." if context else ""
    fail(f"{show()}{hint}", 1)


def fail(message: str, code: int) -> NoReturn:
    """Say a sentence on stderr and end with an exit code."""
    say(message)
    sys.exit(code)


def say(message: str) -> None:
    """Say a sentence on stderr, on one line; names of files and pages may hold terminal escapes."""
    from stemma.show.wording import one_line

    print(f"stemma: {one_line(message)}", file=sys.stderr)
