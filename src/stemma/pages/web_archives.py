"""Web archives: the pages in a WARC, alone or inside a WACZ, with the address, the time and the answer that it keeps of each."""

import importlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import IO, Any
from zipfile import ZipFile

from stemma.errors import PageError
from stemma.pages.archives import LONGEST, Readable, unpacked
from stemma.pages.meta import PageMeta
from stemma.pages.saved import PageOptions, Saved, page_of, plain_address
from stemma.pages.sniff import sniff
from stemma.tables import Response, Skipped
from stemma.text.normal import split_address

_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
_CHUNK = re.compile(rb"(?:\r\n)?([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r\n")
_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")


def pages_in_warc(archive: str, stream: IO[bytes], told: PageOptions, wanted: Collection[str] = ()) -> Iterator[Saved | Skipped]:
    """Yield the pages that a WARC holds, at ARCHIVE!/TIME/ADDRESS; of `wanted` addresses only, where there are any.

    A page is what was answered with status 200 as HTML, plain text or PDF, a resource of such a kind, or a text drawn from a page
    (WET). How many other answers could have been pages is said at the end, at the archive's own name. Raises PageError when the
    archive is broken or the extra `files` is missing.
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
        yield Skipped(archive, f"the web archive is broken from here on ({str(error).rstrip('.')}).")
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


def _page(archive: str, address: str, record: Any, told: PageOptions) -> Saved | Skipped:  # noqa: ANN401
    when = record.record_date.isoformat().replace("+00:00", "Z") if record.record_date else None
    stamp = "".join(c for c in (when or "")[:19] if c.isdigit())
    location = f"{archive}!/{stamp}/{address}"
    try:
        content = _body(record)
        web = split_address(address).scheme in ("http", "https")
        page = page_of(
            location, content, sniff(content), told, given=PageMeta(url=plain_address(address) if web else None, retrieved=when),
            charset=record.http_charset if record.http_headers is not None else None,
        )  # fmt: skip
    except (PageError, ValueError) as error:
        return Skipped(location, str(error))
    if record.http_headers is None:
        return Saved(page, content)
    headers = tuple((str(name), str(value)) for name, value in record.http_headers.astuples())
    peer = record.headers.get("WARC-IP-Address")
    return Saved(page, content, Response(page.id, address, when or "", record.http_headers.status_code, headers, peer))


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
