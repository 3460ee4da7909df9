"""Files and folders as a person has them, read one page at a time and always in the same order.

Those of a corpus are listed once (paths, patterns, object stores) and read wherever a task runs.
"""

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache
from glob import has_magic
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from stemma import ids
from stemma.errors import PageError, UsageError
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

_PARTS = (
    "_files", ".files", "-dateien", "_dateien", "_fichiers", "_archivos", "_arquivos", "_ficheiros", "_file", "_bestanden",
    "-filer", "_pliki", "_soubory", "_elemei", "_tiedostot", "_dosyalar", "_fitxers", "_fitxategiak", "_datoteke", "_fajlovi",
    "_bylos", "_failid", "_fails",
)  # fmt: skip
"""How browsers in many languages end the name of the folder that they save the parts of a page into."""
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
        from stemma.pages.connections import Hosts
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
    for ending in _PARTS:
        stem = name.lower().removesuffix(ending)
        if stem != name.lower():
            return bool({f"{stem}.html", f"{stem}.htm", f"{stem}.xhtml"} & siblings)
    return False


def shown(path: Path) -> str:
    """Return a path as text that can be stored: a name that is no UTF-8 would break every table and JSON file."""
    return archives.safe_name(str(path))


def _said(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error).lower().rstrip(".")


STORES = ("file", "s3", "s3a", "s3n", "gs", "gcs", "abfs", "abfss", "hdfs", "viewfs")
"""The schemes of addresses that are files, and not pages of the web."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file: `key` changes with what is in it, `path` finds it from any machine, `size` is in bytes."""

    key: str
    location: str
    path: str
    size: int


def list_parts(given: Iterable[str]) -> Iterator[Part | Skipped]:
    """Yield the files that names stand for, in a fixed order, or why there is none.

    A name is a path, a pattern (`pages/*.warc.gz`), or either of them in an object store that pyarrow knows (`s3a://…`). Raises
    UsageError for an address of the web.
    """
    for one in given:
        if not is_address(one):
            for path in matching(one):
                yield from (f if isinstance(f, Skipped) else _local(f) for f in files_at(path))
        elif one.partition("://")[0] in STORES:
            yield from _remote(one)
        else:
            raise UsageError(f"{one} is an address of the web; a corpus is made of files. `stemma read` fetches pages.")


def matching(name: str) -> list[str]:
    """Return the files and folders that a pattern stands for, in order; the name itself where it is none, or fits nothing."""
    if is_address(name) or not has_magic(name) or Path(name).exists():
        return [name]
    found = Path(Path(name).anchor or ".").glob(name.removeprefix(Path(name).anchor))
    return list(map(str, sorted(found))) or [name]


def apart_from(out: Path, given: Iterable[str], found: Iterable[Part | Skipped]) -> None:
    """Raise UsageError where a folder that is written lies in one that is read, or what is read in it."""
    folder = real_path(out)
    above = {folder, *folder.parents}
    names = (one for one in given if not is_address(one) and Path(one).is_dir() and real_path(Path(one)) in above)
    inside = (p.location for p in found if isinstance(p, Part) and not is_address(p.path) and _lies_in(Path(p.path), folder))
    if (one := next(chain(names, inside), None)) is not None:
        raise UsageError(f"{one} is read, and {out} is written: one lies in the other. Give a folder of its own with --out.")


def _lies_in(file: Path, folder: Path) -> bool:
    return folder in real_path(file).parents


def pages_of_part(location: str, path: str, told: PageOptions) -> Iterator[Saved | Skipped]:
    """Yield the pages in one file, or why one could not be read."""
    if not is_address(path):
        yield from pages_in_file(Path(path), told, location)
        return
    try:
        system, inside = _system(path)
        with system.open_input_file(inside) as stream, io.BufferedReader(stream, archives.SAMPLE) as buffered:
            yield from pages_in(location, buffered, None, told)
    except (OSError, pa.ArrowException) as error:
        yield Skipped(location, f"cannot be read ({str(error).splitlines()[0].rstrip('.')}).")


def _local(path: Path) -> Part:
    told = path.stat()
    location = shown(path)
    return Part(ids.digest(location, told.st_size, told.st_mtime_ns), location, str(path.absolute()), told.st_size)


def _remote(address: str) -> Iterator[Part | Skipped]:
    from pyarrow import fs

    fixed = address[: min((address.index(c) for c in "*?[" if c in address), default=len(address))]
    base = fixed if fixed == address else fixed.rpartition("/")[0]
    try:
        system, inside = _system(base)
        told = system.get_file_info(inside)
        found = [told] if told.is_file else system.get_file_info(fs.FileSelector(inside, recursive=True))
    except (OSError, pa.ArrowException) as error:
        yield Skipped(address, f"cannot be opened ({str(error).splitlines()[0].rstrip('.')}).")
        return
    scheme = address.partition("://")[0]
    _, wanted = _system(address)
    for one in sorted((f for f in found if f.is_file), key=lambda f: f.path):
        location = f"{scheme}://{one.path}"
        if (base == address and holds_pages(one.path)) or fnmatch(one.path, wanted):
            yield Part(ids.digest(location, one.size, one.mtime_ns), location, location, one.size)


def _system(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it; s3a and s3n are Hadoop's words for s3."""
    from pyarrow import fs

    scheme, _, rest = address.partition("://")
    known = {"s3a": "s3", "s3n": "s3", "gcs": "gs"}.get(scheme, scheme)
    system, path = fs.FileSystem.from_uri(f"{known}://{rest}")
    return system, path
