"""One file, whatever it is: the page that it is, or the pages that it holds."""

import io
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from zipfile import ZipFile, ZipInfo

from stemma.errors import PageError
from stemma.pages import archives
from stemma.pages.archives import BROKEN, SAMPLE, Bounded, Stream, broken, gunzip, read_bounded
from stemma.pages.mail import page_in_mail
from stemma.pages.meta import PageMeta
from stemma.pages.rows import Row, read_rows
from stemma.pages.saved import PageOptions, Saved, page_of, pages_of_rows
from stemma.pages.sniff import NOT_READ, PLAIN, READ, TABLES, holder, holds_pages, looks_like_html, sniff, suffix_of
from stemma.pages.web_archives import listed_pages, pages_in_warc
from stemma.tables import Skipped

NO_ROW = "the table holds no row."
_NO_PAGE = "the archive holds no page."
_GZIP = b"\x1f\x8b"
_HEAD, _FOOT = 8192, 4096
# Chrome, Edge and Internet Explorer count the address's letters before it.
_BROWSER = re.compile(rb"<!--\s*saved from url=\(\d{4}\)(https?://[^\s<>]+)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(rb"<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S+)\s+saved date:\s*([^\n(]+)", re.IGNORECASE)
_HTTRACK = re.compile(rb"<!--\s*Mirrored from (\S+) by HTTrack[^,>]*,\s*([^>]*?)\s*-->", re.IGNORECASE)
_WAYBACK = re.compile(rb"FILE ARCHIVED ON (\d\d:\d\d:\d\d \w{3} \d\d, \d{4}) AND RETRIEVED", re.IGNORECASE)


def pages_in(location: str, stream: Stream, packed: int | None, told: PageOptions) -> Iterator[Saved | Skipped]:
    """Yield the page that a file is, or those that it holds, or why there is none; no error of the file goes through.

    `packed` is how many bytes it has inside an archive.
    """
    try:
        opened, kind = _opened(location, stream, packed)
        if kind in TABLES:
            found = pages_of_rows(location, _rows(opened, kind, told.columns), told)
            yield from _or_why_none(location, found, NO_ROW)
        elif kind == "zip":
            yield from _or_why_none(location, _in_zip(location, opened, told), _NO_PAGE)
        elif kind == "warc":
            yield from _or_why_none(location, pages_in_warc(location, stream, told), _NO_PAGE)
        elif kind == "mail":
            yield from _page_in_mail(location, opened, packed, told)
        else:
            yield _page(location, read_bounded(opened, packed), told)
    except PageError as error:
        yield Skipped(location, str(error))
    except BROKEN as error:
        # A file that cannot be read is said by whoever opened it.
        if isinstance(error, OSError) and error.errno is not None:
            raise
        yield Skipped(location, broken(f"the file is broken{' inside the archive' if packed is not None else ''}", error))


def rows_in(location: str, stream: Stream, named: Mapping[str, str], lines: bool) -> Iterator[Row] | None:
    """Return the rows of a file that is a table by itself, or None; with `lines` any text is taken for JSON lines."""
    opened, kind = _opened(location, stream, None)
    if kind is None and lines:
        head = opened.peek(SAMPLE)[:SAMPLE]
        kind = None if head.startswith(b"%PDF-") or looks_like_html(head.decode("latin-1")) else "jsonl"
    return _rows(opened, kind, named) if kind in TABLES else None


def members_with_pages(archive: ZipFile) -> list[ZipInfo]:
    """Return the archive's files that may hold pages by their names; raises PageError when there are too many."""
    return [info for info in archives.members(archive) if not _hidden(info) and holds_pages(info.filename)]


def _or_why_none(location: str, found: Iterator[Saved | Skipped], why: str) -> Iterator[Saved | Skipped]:
    first = next(found, None)
    yield Skipped(location, why) if first is None else first
    yield from found


def _in_zip(location: str, stream: Stream, told: PageOptions) -> Iterator[Saved | Skipped]:
    if "!/" in location:
        raise PageError("an archive inside an archive is not read; unpack it first.")
    with archives.open_archive(_seekable(stream)) as archive:
        names = [info.filename for info in archives.members(archive)]
        if not {"[Content_Types].xml", "mimetype"}.isdisjoint(names):
            raise PageError("the file is an office document or a book; save it as text or PDF.")
        pages = listed_pages(archive) if any(name.startswith("archive/") for name in names) else set()
        wanted = members_with_pages(archive)
        if pages or any(name.startswith("archive/") and ".warc" in name for name in names):
            # A WACZ: beside its archives are lists and indexes.
            wanted = [info for info in wanted if info.filename.startswith("archive/")]
            others = []
        else:
            others = [info for info in archives.members(archive) if not _hidden(info) and not holds_pages(info.filename)]
        if wanted:
            yield from _in_members(location, archive, wanted, pages, told)
        else:
            yield Skipped(location, f"the zip archive holds no page: it is {READ} that is read.")
        yield from (Skipped(_inner(location, info), NOT_READ) for info in others)


def _in_members(
    location: str, archive: ZipFile, wanted: list[ZipInfo], pages: set[str], told: PageOptions
) -> Iterator[Saved | Skipped]:
    # Overlapping entries let a small archive unpack the same bytes again and again: the sum is bounded too.
    bound = max(archives.LONGEST, sum({i.header_offset: i.compress_size for i in wanted}.values()) * archives.RATIO)
    total = 0
    for info in wanted:
        inner = _inner(location, info)
        try:
            if total > bound:
                raise PageError("not read: the archive unpacks to far more than its size, as an archive bomb does.")
            with archives.open_member(archive, info) as member:
                bounded = Bounded(member, partial(int, info.compress_size))
                stream = io.BufferedReader(bounded, SAMPLE)
                if holder(inner, b"") == "warc":
                    found = pages_in_warc(inner, stream, told, pages)
                    yield from found if pages else _or_why_none(inner, found, _NO_PAGE)
                else:
                    yield from pages_in(inner, stream, info.compress_size, told)
                total += bounded.unpacked
        except PageError as error:
            yield Skipped(inner, str(error))
        except BROKEN as error:
            yield Skipped(inner, broken("the file is broken inside the archive", error))


def _page(location: str, content: bytes, told: PageOptions) -> Saved:
    if content.startswith(_GZIP):
        content = gunzip(content)
    elif location.lower().endswith(".gz") and content:
        raise PageError("the gzip file is broken (it does not start as one).")
    kind = sniff(content)
    if kind == "text" and (suffix := suffix_of(location)) not in PLAIN:
        raise PageError(f"the file is no web page, and files of the kind {suffix} are not read.")
    left = left_in(content) if kind == "html" else PageMeta()
    return Saved(page_of(location, content, kind, told, left=left), content)


def _page_in_mail(location: str, stream: Stream, packed: int | None, told: PageOptions) -> Iterator[Saved | Skipped]:
    content, charset, given, cut = page_in_mail(read_bounded(stream, packed, archives.LONGEST_WITH_PICTURES))
    kind = sniff(content)
    left = left_in(content) if kind == "html" else PageMeta()
    yield Saved(page_of(location, content, kind, told, given=given, left=left, charset=charset), content)
    if cut:
        yield Skipped(f"{location}!/rest", "the file ends in the midst of the page: what stood behind was cut off.")


def _opened(location: str, stream: Stream, packed: int | None) -> tuple[Stream, str | None]:
    """The stream without its gzip, and what it holds; a page's gzip stays, and that of a web archive, whose records it parts."""
    opened = stream
    if stream.peek(2)[:2] == _GZIP and (holder(location, b"") not in (None, "warc") or location == "-"):
        opened = io.BufferedReader(archives.unzipped(stream, packed), SAMPLE)
    return opened, holder(location, opened.peek(SAMPLE)[:SAMPLE])


def _rows(stream: Stream, kind: str | None, named: Mapping[str, str]) -> Iterator[Row]:
    return read_rows(_seekable(stream) if kind == "parquet" else stream, str(kind), named)


def _seekable(stream: Stream) -> Stream:
    """A stream that can be read from its end, as archives and Parquet are; of standard input a copy without a name."""
    if stream.seekable():
        return stream
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - it goes with the last reference to it
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return copy


def _hidden(info: ZipInfo) -> bool:
    """What a Mac adds to an archive, and what is hidden."""
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    return any(p == "__MACOSX" or (p.startswith(".") and p != "..") for p in parts)


def _inner(location: str, info: ZipInfo) -> str:
    return f"{location}!/{archives.safe_name(info.filename).lstrip('/')}"


def left_in(content: bytes) -> PageMeta:
    """Return the address and the time of saving that a page's HTML carries in its saver's comments; no time that is unclear."""
    head = content[:_HEAD]
    if found := _SINGLE_FILE.search(head):
        return PageMeta(url=_text(found[1]), retrieved=_time(found[2], "%a %b %d %Y %H:%M:%S GMT%z"))
    if found := _HTTRACK.search(head):
        address = _text(found[1])
        when = _time(found[2], "%a, %d %b %Y %H:%M:%S %Z")
        return PageMeta(url=address if "://" in address else f"http://{address}", retrieved=when)
    archived = _WAYBACK.search(content[-_FOOT:])
    saved = _BROWSER.search(head)
    return PageMeta(
        url=_text(saved[1]) if saved else None,
        retrieved=_time(archived[1], "%H:%M:%S %b %d, %Y") if archived else None,
    )  # fmt: skip


def _time(said: bytes, form: str) -> str | None:
    """A time in English names of days and months, whatever the machine's language is set to."""
    try:
        return datetime.strptime(_text(said), form).isoformat()
    except ValueError:
        return None


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace").strip()
