"""The files of a corpus, listed once and then read one by one wherever a task runs: paths, patterns, object stores."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from glob import has_magic
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from stemma import ids
from stemma.errors import UsageError
from stemma.pages import archives
from stemma.pages.files import files_at, is_address, pages_in_file, shown
from stemma.pages.holders import pages_in
from stemma.pages.saved import PageOptions, Saved
from stemma.pages.sniff import holds_pages
from stemma.tables import Skipped
from stemma.whole_files import real_path

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
