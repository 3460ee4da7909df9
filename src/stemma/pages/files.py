"""Files and folders as a person has them, read one page at a time and always in the same order."""

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import Any

from stemma.errors import PageError
from stemma.pages import archives, holders
from stemma.pages.archives import Stream
from stemma.pages.holders import members_with_pages, pages_in
from stemma.pages.meta import key_of
from stemma.pages.rows import Row, is_table, rows_from
from stemma.pages.saved import NO_OPTIONS, PageOptions, Saved, pages_of_rows
from stemma.pages.sniff import NOT_READ, READ, holds_pages
from stemma.settings import Manners
from stemma.tables import Skipped
from stemma.whole_files import real_path

STANDARD_INPUT = "-"
NO_SUCH_PAGE = "the meta file has a row for it, and no such page was given."

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_MANNERS = Manners()


def read_pages(given: Sequence[Any], told: PageOptions = NO_OPTIONS, manners: Manners = _MANNERS) -> Iterator[Saved | Skipped]:
    """Yield every page in files, folders (with all below them), archives, tables and at addresses, or why one could not be read.

    A path of "-" is standard input; a table of Python (`rows.is_table`) is read too. Only one page's bytes are held at a time. In
    a folder or an archive files of other kinds come as Skipped; a file that is named itself is looked into. Names of the meta
    file that are of no page come last.
    """
    unseen = set(told.meta)
    for found in _pages_of_all(given, told, manners):
        if unseen:
            unseen.discard(key_of(found.page.location if isinstance(found, Saved) else found.location, told.meta) or "")
        yield found
    yield from (Skipped(name, NO_SUCH_PAGE) for name in sorted(unseen))


def skipped_of(given: Sequence[Any], skipped: Iterable[Skipped]) -> list[Skipped]:
    """Return which of all that a store has skipped is of what was given, and not of an earlier run."""
    names = {Path(f"table {n}" if is_table(one) else archives.safe_name(str(one))) for n, one in enumerate(given, 1)}
    return [row for row in skipped if row.reason == NO_SUCH_PAGE or not names.isdisjoint(_holders(row.location))]


def is_address(location: str) -> bool:
    """Return whether a location is an address of the web, of whatever scheme, and no path of a file."""
    return _SCHEME.match(location) is not None


def count_pages(given: Sequence[Any]) -> int:
    """Return how many pages or skipped files `read_pages` will yield, without reading any; a table or web archive counts once."""
    alone = (is_table(one) or one == STANDARD_INPUT or is_address(one) for one in given)
    return sum(1 if single else sum(map(_count, files_at(one))) for one, single in zip(given, alone, strict=True))


def rows_in(name: str, named: Mapping[str, str], lines: bool = False) -> Iterator[Row] | None:
    """Return the rows of a file, or of standard input, that is a table by itself; None for anything else.

    With `lines` text from standard input is taken for JSON lines, however broken.
    """
    if name == STANDARD_INPUT:
        return holders.rows_in(name, _standard_input(), named, lines)
    if _is_open(Path(name)):
        return holders.rows_in(name, _piped(name), named, lines)
    if is_address(name) or not Path(name).is_file():
        return None
    with ExitStack() as opened:
        try:
            stream = opened.enter_context(Path(name).open("rb", archives.SAMPLE))
            rows = holders.rows_in(shown(Path(name)), stream, named, lines=False)
        except OSError:
            return None  # whoever reads it as a page says why
        return None if rows is None else _closing(rows, opened.pop_all())


def _holders(location: str) -> Iterator[Path]:
    """The file of a page, and the folders that it lies in, as they were given."""
    whole = location.removesuffix("#rest")
    file = Path(whole if is_address(whole) else whole.partition("!/")[0])
    yield file
    yield from () if is_address(whole) else file.parents


def _pages_of_all(given: Sequence[Any], told: PageOptions, manners: Manners) -> Iterator[Saved | Skipped]:
    addresses = []
    for number, one in enumerate(given, 1):
        if isinstance(one, str) and is_address(one):
            addresses.append(one)
        else:
            yield from _pages_of(one, number, told)
    if addresses:
        from stemma.pages.hosts import Hosts
        from stemma.pages.web import fetch_pages

        for found in fetch_pages(addresses, told.meta, Hosts(manners)):
            yield found if isinstance(found, Saved | Skipped) else Skipped(found.location, found.reason)


def _pages_of(one: Any, number: int, told: PageOptions) -> Iterator[Saved | Skipped]:  # noqa: ANN401 - a path, or a table of Python
    if is_table(one):
        yield from pages_of_rows(f"table {number}", rows_from(one, told.columns), told)
    elif one == STANDARD_INPUT:
        yield from pages_in(STANDARD_INPUT, _standard_input(), None, told)
    else:
        for file in files_at(one):
            if isinstance(file, Skipped):
                yield file
            elif not (told.meta_file and file != Path(one) and _is_same(file, told.meta_file)):
                yield from pages_in_file(file, told)


def _is_same(file: Path, other: Path) -> bool:
    return file.name == other.name and real_path(file) == real_path(other)


def _closing(rows: Iterator[Row], opened: ExitStack) -> Iterator[Row]:
    with opened:
        yield from rows


@lru_cache(maxsize=1)
def _standard_input() -> Stream:
    """Standard input with a look ahead that is wide enough to see what it is; one for all who look."""
    return io.BufferedReader(io.FileIO(sys.stdin.fileno(), closefd=False), archives.SAMPLE)


@lru_cache(maxsize=16)
def _piped(name: str) -> Stream:
    """A pipe that the shell has opened: what was looked at to see what it holds is not there to be read again."""
    return io.BufferedReader(io.FileIO(name), archives.SAMPLE)


def pages_in_file(file: Path, told: PageOptions, location: str | None = None) -> Iterator[Saved | Skipped]:
    """Yield the page that a file is or those that it holds, or why there is none; `location` is what it is called."""
    location = location or shown(file)
    if _is_open(file):
        yield from pages_in(location, _piped(str(file)), None, told)
        return
    if file.exists() and not file.is_file():
        yield Skipped(location, "this is neither a file nor a folder.")  # a pipe would be waited for
        return
    try:
        with file.open("rb", archives.SAMPLE) as stream:
            yield from pages_in(location, stream, None, told)
    except OSError as error:
        yield Skipped(location, f"cannot be read ({_said(error)}).")


def _count(file: Path | Skipped) -> int:
    if isinstance(file, Skipped) or file.suffix.lower() != ".zip" or not file.is_file():
        return 1
    try:
        with archives.open_archive(file) as opened:
            return len(members_with_pages(opened)) or 1
    except PageError:
        return 1


def files_at(given: str | Path) -> Iterator[Path | Skipped]:
    """Yield the files under a path as it was given, or why there are none."""
    path = Path(given)
    try:
        if given == "":
            # As a path it would be the folder where one stands: `stemma read "$PAGES"`, of which nobody said what it is.
            yield Skipped("''", "the name is empty.")
        elif path.is_dir():
            empty = True
            for one in _below(path):
                empty = empty and isinstance(one, Skipped)
                yield one
            if empty:
                yield Skipped(shown(path), f"the folder holds no page: it is {READ} that is read.")
        elif path.is_file() or _is_open(path):
            yield path
        elif path.exists():
            yield Skipped(shown(path), "this is neither a file nor a folder.")
        else:
            yield Skipped(shown(path), "there is no such file or folder.")
    except (OSError, ValueError) as error:
        yield Skipped(shown(path), f"cannot be opened ({_said(error)}).")


def _below(top: Path) -> Iterator[Path | Skipped]:
    """Yield the files under a folder by name, each folder once, by whatever links it is reached."""
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Path, bool]] = [(top, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield path if holds_pages(path.name) else Skipped(shown(path), NOT_READ)
            continue
        try:
            place = path.stat()
            if (place.st_dev, place.st_ino) not in seen:
                seen.add((place.st_dev, place.st_ino))
                waiting += reversed(_entries(path))
        except OSError as error:
            yield Skipped(shown(path), f"the folder cannot be opened ({_said(error)}).")


def _entries(folder: Path) -> list[tuple[Path, bool]]:
    """What lies in a folder, by name, and whether it is a folder itself; without what is hidden and the parts of saved pages."""
    with os.scandir(folder) as scanned:
        entries = sorted((e for e in scanned if not e.name.startswith(".")), key=lambda e: os.fsencode(e.name))
    names = {e.name.lower() for e in entries}
    found = [(folder / e.name, _is_folder(e)) for e in entries]
    return [(path, is_folder) for path, is_folder in found if not (is_folder and _parts_of_a_page(path.name, names))]


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link that leads in a circle is a file that cannot be opened.
        return False


def _is_open(path: Path) -> bool:
    """Whether a path is a pipe that the shell has opened (`<(cat x)`), or the null device: nobody is waited for."""
    return str(path) == os.devnull or str(path).startswith(("/dev/fd/", "/proc/self/fd/", "/dev/stdin"))


def _parts_of_a_page(name: str, siblings: set[str]) -> bool:
    """A browser saves the pictures and frames of NAME.html into the folder NAME_files: no pages of their own."""
    for ending in ("_files", "_dateien", "_fichiers", "_archivos", "_bestanden", "_file", "_arquivos", ".files"):
        stem = name.lower().removesuffix(ending)
        if stem != name.lower():
            return bool({f"{stem}.html", f"{stem}.htm", f"{stem}.xhtml"} & siblings)
    return False


def shown(path: Path) -> str:
    """Return a path as text that can be stored: a name that is no UTF-8 would break every table and JSON file."""
    return archives.safe_name(str(path))


def _said(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error).lower().rstrip(".")
