"""What commands read and write: stores, JSON lines, and files that are whole or not there."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stemma.cli.console import print_json, say
from stemma.errors import NothingRead, UsageError

if TYPE_CHECKING:
    from stemma.corpus import Corpus
    from stemma.json_lines import Work


def open_corpus(db: Path) -> "Corpus":
    """Open the store that a command stands on; raises UsageError when there is none."""
    from stemma.corpus import Corpus
    from stemma.engines import open_store

    if not db.exists():
        raise UsageError(f"There is no store at {db}. `stemma analyse PAGES --db {db}` makes one.")
    return Corpus(open_store(db))


def check_targets(*paths: Path | None) -> None:
    """The same of several files, of which one can be standard output (-)."""
    if [str(path) for path in paths].count("-") > 1:
        raise UsageError("Only one of the files can go to standard output.")
    for path in paths:
        if path and str(path) != "-":
            _check_target(path)


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


def write_whole(path: Path, content: str | Iterable[bytes]) -> None:
    """Write a text, or bytes part by part, into a file that is whole or not there."""
    _check_target(path)
    path = path.resolve()
    if path.exists() and not path.is_file():
        # A device or a pipe is written to; put in its place, a file would take its name.
        _write(path, content)
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _write(part, content)
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path} was not written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)


def _write(path: Path, content: str | Iterable[bytes]) -> None:
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8", errors="surrogatepass")
    else:
        with path.open("wb") as stream:
            stream.writelines(content)


def _check_target(path: Path) -> None:
    """Say before the work is done that a file cannot be written; raises UsageError."""
    if not path.parent.is_dir():
        raise UsageError(f"The folder {path.parent} does not exist; {path.name} was not written.")
    if path.is_dir():
        raise UsageError(f"{path} is a folder; give the name of a file.")


def print_each(lines: Path | None, work: "Work") -> None:
    """Print what `work` makes of each JSON line, and what is wrong with a bad one on stderr; raises NothingRead."""
    from stemma.json_lines import run_lines

    good = bad = 0
    with _lines_of(lines) as stream:
        for done in run_lines(stream, work):
            if done.text is None:
                bad += 1
                say(f"line {done.line}: {done.error}")
            else:
                good += 1
                print_json(done.text)
    _end_lines(good, bad)


def read_articles(lines: Path | None) -> list[dict[str, Any]]:
    """Return the JSON lines that are articles, each with an id of its own; the others are said on stderr.

    Raises NothingRead when not one line is an article.
    """
    from stemma.json_lines import read_records, why_no_article

    first: dict[str, int] = {}
    records, bad = [], 0
    with _lines_of(lines) as stream:
        for number, record in read_records(stream):
            wrong = record if isinstance(record, str) else why_no_article(record, first)
            if isinstance(record, str) or wrong:
                bad += 1
                say(f"line {number}: {wrong}")
            else:
                first[str(record["id"])] = number
                records.append(record)
    _end_lines(len(records), bad)
    return records


def _end_lines(good: int, bad: int) -> None:
    """Raise NothingRead when there were lines and not one of them was good."""
    if bad and not good:
        raise NothingRead("Not one line could be read.")


@contextmanager
def _lines_of(path: Path | None) -> Iterator[Iterator[str]]:
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
