"""Pages as a web archive (WARC 1.1): the bytes, the server's headers and the time, as any reader of archives takes them."""

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from http.client import responses
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from stemma import __version__
from stemma.tables import Header, Page, Response

_CODINGS = ("content-encoding", "transfer-encoding")
"""How a body was packed on its way; it is kept unpacked, and its own length is written."""
_MEDIA = {"html": "text/html", "pdf": "application/pdf"}


def warc_records(pages: Iterable[tuple[Page, bytes, Response | None]]) -> Iterator[bytes]:
    """Yield the records of an archive, each packed by itself as .warc.gz has it: what stemma is, then one for each page.

    A page that was fetched is a `response` with its headers; one that was saved is a `resource`, whose time is that of its saving
    where that is known to the second, else now.
    """
    now = _time(datetime.now(UTC).isoformat())
    about = f"software: stemma/{__version__}\r\nformat: WARC File Format 1.1\r\n".encode()
    yield _record("warcinfo", f"stemma:{now}", now, about, "application/warc-fields")
    for page, content, response in pages:
        if response is None:
            where = page.url or f"file:///{quote(page.location.lstrip('/'))}"
            media = _MEDIA.get(page.format, "text/plain") + (f"; charset={page.charset}" if page.charset else "")
            yield _record("resource", page.id, _time(page.retrieved) or now, content, media, where)
        else:
            body = _head(response, len(content)) + content
            when = _time(response.retrieved) or now
            more = [("WARC-IP-Address", response.peer)] if response.peer else []
            more.append(("WARC-Payload-Digest", f"sha256:{page.sha256}"))
            yield _record("response", page.id, when, body, "application/http;msgtype=response", response.url, more)


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
