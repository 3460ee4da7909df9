"""Web archives, read and written: the pages in a WARC, alone or inside a WACZ, with the address, time and answer of each."""

import gzip
import hashlib
import importlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.client import responses
from typing import IO, Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZipFile

from stemma import __version__
from stemma.errors import PageError
from stemma.pages.archives import LONGEST, Readable, broken, unpacked
from stemma.pages.mail import LONGEST_HEADER, page_in_mail
from stemma.pages.meta import PageMeta
from stemma.pages.saved import PageOptions, Saved, page_of, plain_address
from stemma.pages.sniff import sniff
from stemma.tables import Header, Page, Response, Skipped
from stemma.text.normal import split_address

_MAIL = ("message/rfc822", "multipart/related")
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", *_MAIL)
_CHUNK = re.compile(rb"(?:\r\n)?([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r\n")
_CHARSET = re.compile(r";\s*charset=\"?([\w.:-]{1,40})", re.IGNORECASE)
_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")


def pages_in_warc(archive: str, stream: IO[bytes], told: PageOptions, wanted: Collection[str] = ()) -> Iterator[Saved | Skipped]:
    """Yield the pages that a WARC holds, at ARCHIVE!/TIME/ADDRESS; of `wanted` addresses only, where there are any.

    A page is what was answered with status 200 as HTML, plain text, PDF, mail or MHTML, a resource of such a kind, or a text
    drawn from a page (WET); what `warc_records` says beside it is known of it. How many other answers could have been pages is
    said at the end, at the archive's own name. Raises PageError when the archive is broken or the extra `files` is missing.
    """
    warc = _fastwarc()
    kinds = warc.WarcRecordType
    passed: Counter[str] = Counter()
    try:
        wanted_kinds = kinds.response | kinds.resource | kinds.conversion | kinds.revisit
        for record in warc.ArchiveIterator(_Flow(stream), wanted_kinds, fsspec_args=False):
            address = (record.headers.get("WARC-Target-URI") or "").strip("<>")
            if wanted and address not in wanted:
                continue
            why = _passed_over(record, record.record_type == kinds.revisit)
            if why is None:
                yield _page(archive, address, record, told)
            elif why:
                passed[why] += 1
    except (OSError, ValueError) as error:
        yield Skipped(archive, broken("the web archive is broken from here on", error))
    if passed:
        told_of = ", ".join(f"{count} {why}" for why, count in sorted(passed.items()))
        yield Skipped(archive, f"answers that hold no page were passed over: {told_of}.")


def listed_pages(archive: ZipFile) -> set[str]:
    """Return the addresses that a WACZ lists as its pages; the other answers in it are parts of them. None listed: empty."""
    found = set()
    for name in _LISTS:
        if name in archive.namelist():
            with archive.open(name) as stream:
                found |= {_address_in(line) for line in stream}
    return found - {""}


def _address_in(line: bytes) -> str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    return str(row.get("url") or "") if isinstance(row, dict) else ""


def _fastwarc() -> Any:  # noqa: ANN401 - a module
    try:
        return importlib.import_module("fastwarc.warc")
    except ImportError as error:
        raise PageError("web archives are read with the extra 'files': pip install 'stemma-news[files]'.") from error


def _passed_over(record: Any, revisit: bool) -> str | None:  # noqa: ANN401 - fastwarc's record
    """Why a record is no page, or None where it is one; "" for parts of pages such as pictures, which nobody misses."""
    status = record.http_headers.status_code if record.http_headers is not None else 200
    if status is None:
        return "that are no answer of a server"
    if _kind(record) not in _PAGES:
        return ""
    if revisit:
        return "that only say that nothing had changed"
    return None if status == 200 else f"with status {status}"


def _kind(record: Any) -> str:  # noqa: ANN401
    kind = record.http_content_type if record.http_headers is not None else record.headers.get("Content-Type")
    return str(kind or "").split(";")[0].strip().lower()


def _charset(record: Any) -> str | None:  # noqa: ANN401
    if record.http_headers is not None:
        return record.http_charset or None
    found = _CHARSET.search(record.headers.get("Content-Type") or "")
    return found[1] if found else None


def _page(archive: str, address: str, record: Any, told: PageOptions) -> Saved | Skipped:  # noqa: ANN401
    known = record.record_date and record.headers.get(_SAVED) != _UNKNOWN
    when = record.record_date.isoformat().replace("+00:00", "Z") if known else None
    stamp = "".join(c for c in (when or "")[:19] if c.isdigit())
    location = f"{archive}!/{stamp}/{address}"
    charset, given = _charset(record), _given(record)
    try:
        content = _body(record)
        if _kind(record) in _MAIL:
            content, charset, given, _ = page_in_mail(content)
        web = split_address(address).scheme in ("http", "https")
        given = replace(given, url=plain_address(address) if web else given.url, retrieved=when or given.retrieved)
        kind = "article" if record.headers.get(_field("format")) == "article" else sniff(content)
        page = page_of(location, content, kind, told, given=given, charset=charset)
    except (PageError, ValueError) as error:
        return Skipped(location, str(error) if isinstance(error, PageError) else "its head cannot be read.")
    if record.http_headers is None:
        return Saved(page, content)
    headers = tuple((str(name), str(value)) for name, value in record.http_headers.astuples())
    peer = record.headers.get("WARC-IP-Address")
    return Saved(page, content, Response(page.id, address, when or "", record.http_headers.status_code, headers, peer))


def _given(record: Any) -> PageMeta:  # noqa: ANN401
    return PageMeta(**{name: record.headers.get(_field(name)) for name in _KNOWN})


def _body(record: Any) -> bytes:  # noqa: ANN401
    """The answer's body, unpacked within bounds; browsers' archives keep it unpacked and leave the headers as they were."""
    length, headers = record.content_length, record.http_headers
    body: bytes = record.reader.read(LONGEST + 1)
    if len(body) > LONGEST:
        raise PageError(f"the page is larger than {LONGEST >> 20} MB.")
    if len(body) < length:
        raise PageError("the web archive breaks off inside of this page.")
    if headers is not None and "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        body = _whole(body)
    try:
        return unpacked(body, headers.get("Content-Encoding") or "") if headers is not None else body
    except PageError:
        if _is_plain(body):
            return body
        raise


def _whole(body: bytes) -> bytes:
    """A body that was sent in chunks, each under its length; one that was not is returned as it is."""
    parts, at = [], 0
    while found := _CHUNK.match(body, at):
        length = int(found[1], 16)
        parts.append(body[found.end() : found.end() + length])
        at = found.end() + length
        if length == 0:
            return b"".join(parts)
    return body


def _is_plain(body: bytes) -> bool:
    """Whether a body that is said to be packed is not."""
    try:
        sniff(body)
    except PageError:
        return False
    return True


class _Flow:
    """A stream that is read and never sought in, as fastwarc takes it: with its place, whatever it is made of."""

    def __init__(self, stream: Readable) -> None:
        self._stream, self._at = stream, 0

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(size)
        self._at += len(content)
        return content

    def tell(self) -> int:
        return self._at


_CODINGS = ("content-encoding", "transfer-encoding")
"""How a body was packed on its way; it is kept unpacked, and its own length is written."""
_SAVED, _UNKNOWN = "Stemma-Saved", "unknown"
"""The field of a record that says that its date, which every record must have, is that of the export."""
_KNOWN = ("outlet", "published", "title", "byline", "language")
"""What is known of a page from outside and stands in fields of its record: a mail's sender, a table's title."""
_MEDIA = {"html": "text/html", "pdf": "application/pdf"}


def warc_records(pages: Iterable[tuple[Page, bytes, Response | None]]) -> Iterator[bytes]:
    """Yield the records of an archive, each packed by itself as .warc.gz has it: what stemma is, then one for each page.

    A page that was fetched is a `response` with its headers; one that was saved is a `resource`, whose time is that of its saving
    where that is known to the second, else now, with a field that says so: it is no time of the page's. Fields of the record say
    what is known of a page from outside, and that its text is an article.
    """
    now = _time(datetime.now(UTC).isoformat())
    about = f"software: stemma/{__version__}\r\nformat: WARC File Format 1.1\r\n".encode()
    yield _record("warcinfo", f"stemma:{now}", now, about, "application/warc-fields")
    for page, content, response in pages:
        known = [(_field(name), " ".join((getattr(page, name) or "")[:LONGEST_HEADER].split())) for name in _KNOWN]
        known += [(_field("format"), page.format)] if page.format == "article" else []
        if response is None:
            where = page.url or f"file:///{quote(page.location.lstrip('/'))}"
            media = _MEDIA.get(page.format, "text/plain") + (f"; charset={page.charset}" if page.charset else "")
            saved = _time(page.retrieved)
            known += [] if saved else [(_SAVED, _UNKNOWN)]
            yield _record("resource", page.id, saved or now, content, media, where, known)
        else:
            body = _head(response, len(content)) + content
            when = _time(response.retrieved) or now
            more = [("WARC-IP-Address", response.peer)] if response.peer else []
            more.append(("WARC-Payload-Digest", f"sha256:{page.sha256}"))
            yield _record("response", page.id, when, body, "application/http;msgtype=response", response.url, [*more, *known])


def _field(name: str) -> str:
    return f"Stemma-{name.capitalize()}"


def _record(
    kind: str, key: str, when: str | None, block: bytes, media: str, where: str | None = None, more: Iterable[Header] = ()
) -> bytes:
    headers = [
        ("WARC-Type", kind), ("WARC-Record-ID", f"<urn:uuid:{uuid5(NAMESPACE_URL, f'stemma:{kind}:{key}')}>"),
        ("WARC-Date", when), ("WARC-Target-URI", where), *more,
        ("WARC-Block-Digest", f"sha256:{hashlib.sha256(block).hexdigest()}"),
        ("Content-Type", media), ("Content-Length", str(len(block))),
    ]  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in headers if value)
    return gzip.compress(f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n", mtime=0)


def _head(response: Response, size: int) -> bytes:
    """The status line and headers; those that say how the body was packed are kept under a name that crawlers use for it."""
    kept = [
        (f"X-Crawler-{name}" if name.lower() in _CODINGS else name, value)
        for name, value in response.headers
        if name.lower() != "content-length"
    ]
    lines = [
        f"HTTP/1.1 {response.status} {responses.get(response.status, '')}",
        *(f"{n}: {v}" for n, v in kept),
        f"Content-Length: {size}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _time(iso: str | None) -> str | None:
    """A moment as WARC writes it, in UTC; None for one that is not known to the second."""
    try:
        moment = datetime.fromisoformat(iso or "")
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
