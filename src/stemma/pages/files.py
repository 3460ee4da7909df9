"""Files, folders and zip archives, read one page at a time and always in the same order."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from zipfile import ZipInfo

from stemma import ids
from stemma.errors import PageError
from stemma.pages import archives
from stemma.pages.meta import PageMeta, meta_of
from stemma.pages.saved import Saved, sniff
from stemma.settings import Manners
from stemma.tables import Page, Skipped

SUFFIXES = (".html", ".htm", ".xhtml", ".txt")
_PLAIN = ("", ".text", ".md")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_MANNERS = Manners()
_NO_META: Mapping[str, PageMeta] = MappingProxyType({})


def read_pages(
    paths: Sequence[str], meta: Mapping[str, PageMeta] = _NO_META, manners: Manners = _MANNERS
) -> Iterator[Saved | Skipped]:
    """Yield every page in files, folders (with all below them), zip archives and at addresses, or why one could not be read.

    Only one page's bytes are held at a time. In a folder or an archive files of other kinds are passed over; a file
    that is named itself is looked into. `meta` is what `read_meta` returns. A bad file comes as Skipped.
    """
    for path in paths:
        for file in () if is_address(path) else _files(Path(path)):
            if isinstance(file, Skipped):
                yield file
            elif file.exists() and not file.is_file():
                yield Skipped(_shown(file), "this is neither a file nor a folder.")  # a pipe would be waited for
            elif file.suffix.lower() == ".zip":
                yield from _from_zip(file, meta)
            else:
                yield _from_file(file, meta)
    if addresses := [path for path in paths if is_address(path)]:
        from stemma.pages.hosts import Hosts
        from stemma.pages.web import fetch_pages

        for found in fetch_pages(addresses, meta, Hosts(manners)):
            yield found if isinstance(found, Saved | Skipped) else Skipped(found.location, found.reason)


def is_address(location: str) -> bool:
    """Return whether a location is an address of the web, of whatever scheme, and no path of a file."""
    return _SCHEME.match(location) is not None


def count_pages(paths: Sequence[str]) -> int:
    """Return how many pages or skipped files `read_pages` will yield, without reading any."""
    return sum(1 if is_address(path) else sum(map(_count, _files(Path(path)))) for path in paths)


def _count(file: Path | Skipped) -> int:
    if isinstance(file, Skipped) or file.suffix.lower() != ".zip" or not file.is_file():
        return 1
    try:
        return len(_wanted(file)) or 1
    except PageError:
        return 1


def _files(path: Path) -> Iterator[Path | Skipped]:
    """Yield the files under a path as it was given, or why there are none."""
    try:
        if path.is_dir():
            found = list(_below(path, frozenset()))
            yield from found or [Skipped(_shown(path), "the folder holds no page (.html .htm .xhtml .txt, .gz or .zip of them).")]
        elif path.is_file():
            yield path
        elif path.exists():
            yield Skipped(_shown(path), "this is neither a file nor a folder.")
        else:
            yield Skipped(_shown(path), "there is no such file or folder.")
    except (OSError, ValueError) as error:
        yield Skipped(_shown(path), f"cannot be opened ({_said(error)}).")


def _below(folder: Path, above: frozenset[str]) -> Iterator[Path | Skipped]:
    real = os.path.realpath(folder)
    if real in above:
        return  # a symbolic link back to a folder that holds it
    try:
        entries = sorted(os.scandir(folder), key=lambda e: os.fsencode(e.name))
    except OSError as error:
        yield Skipped(_shown(folder), f"the folder cannot be opened ({_said(error)}).")
        return
    names = {e.name.lower() for e in entries}
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = folder / entry.name
        try:
            if entry.is_dir():
                if not _parts_of_a_page(entry.name, names):
                    yield from _below(path, above | {real})
            elif _readable_kind(entry.name):
                yield path
        except OSError as error:
            yield Skipped(_shown(path), f"cannot be opened ({_said(error)}).")


def _parts_of_a_page(name: str, siblings: set[str]) -> bool:
    """A browser saves the frames of NAME.html into the folder NAME_files: adverts, no pages of their own."""
    for ending in ("_files", "_dateien", "_fichiers", "_archivos", ".files"):
        stem = name.lower().removesuffix(ending)
        if stem != name.lower():
            return bool({f"{stem}.html", f"{stem}.htm", f"{stem}.xhtml"} & siblings)
    return False


def _readable_kind(name: str) -> bool:
    lower = name.lower()
    return lower.endswith(".zip") or lower.removesuffix(".gz").endswith(SUFFIXES)


def _from_file(path: Path, meta: Mapping[str, PageMeta]) -> Saved | Skipped:
    location = _shown(path)
    try:
        with path.open("rb") as stream:
            return _saved(location, archives.read_bounded(stream), meta)
    except PageError as error:
        return Skipped(location, str(error))
    except OSError as error:
        return Skipped(location, f"cannot be read ({_said(error)}).")


def _from_zip(path: Path, meta: Mapping[str, PageMeta]) -> Iterator[Saved | Skipped]:
    location = _shown(path)
    try:
        wanted = _wanted(path)
        if not wanted:
            yield Skipped(location, "the zip archive holds no page (.html .htm .xhtml .txt, or .gz of them).")
        for info, content in archives.unpack(path, wanted):
            inner = f"{location}!/{_safe(info.filename).lstrip('/')}"
            try:
                if isinstance(content, PageError):
                    raise content
                if inner.lower().endswith(".zip"):
                    raise PageError("an archive inside an archive is not read; unpack it first.")
                yield _saved(inner, content, meta)
            except PageError as error:
                yield Skipped(inner, str(error))
    except PageError as error:
        yield Skipped(location, str(error))
    except OSError as error:
        yield Skipped(location, f"cannot be read ({_said(error)}).")


def _wanted(path: Path) -> list[ZipInfo]:
    """The archive's files that are pages by their names; what a Mac adds and what is hidden is not."""
    kept = []
    for info in archives.members(path):
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts
        hidden = any(p == "__MACOSX" or (p.startswith(".") and p != "..") for p in parts)
        if _readable_kind(info.filename) and not hidden:
            kept.append(info)
    return kept


def _saved(location: str, content: bytes, meta: Mapping[str, PageMeta]) -> Saved:
    """The page of these bytes; raises PageError when they are none."""
    if content.startswith(b"\x1f\x8b"):
        content = archives.gunzip(content)
    elif location.lower().endswith(".gz") and content:
        raise PageError("the gzip file is broken (it does not start as one).")
    kind = sniff(content)
    suffix = PurePosixPath(location.lower().removesuffix(".gz")).suffix
    if kind == "text" and suffix not in SUFFIXES + _PLAIN:
        raise PageError(f"the file is no web page, and files of the kind {suffix} are not read.")
    known, sha = meta_of(location, meta), ids.sha256(content)
    page = Page(
        id=ids.digest(sha, known.url or known.outlet or ""), location=location, url=known.url, outlet=known.outlet,
        published=known.published, retrieved=known.retrieved, sha256=sha, size=len(content), format=kind,
    )  # fmt: skip
    return Saved(page, content)


def _shown(path: Path) -> str:
    """A path as text that can be stored: a name that is no UTF-8 would break every table and JSON file."""
    return _safe(str(path))


def _safe(name: str) -> str:
    return name.encode("utf-8", "surrogateescape" if _escaped(name) else "replace").decode("utf-8", "replace")


def _escaped(name: str) -> bool:
    return all(not 0xD800 <= ord(c) < 0xDC80 and not 0xDCFF < ord(c) <= 0xDFFF for c in name)


def _said(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error).lower().rstrip(".")
