"""Bodies as servers pack them (gzip, deflate, brotli, zstd), unpacked within bounds and never whole beyond them."""

import zlib

import pyarrow as pa

from stemma.errors import PageError
from stemma.pages.archives import Readable, gunzip, read_bounded

ACCEPTED = "gzip, deflate, br, zstd"
"""The value of the header Accept-Encoding."""
_MOST = 3
"""Encodings one over the other; a page has one."""


def unpacked(content: bytes, encodings: str) -> bytes:
    """Return a body without its encodings, given as in Content-Encoding; raises PageError when it is broken or a bomb."""
    names = [name for part in encodings.lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if len(names) > _MOST:
        raise PageError("the server has packed the page again and again, as an archive bomb is.")
    for name in reversed(names):
        content = _unpacked_once(content, name) if content else content
    return content


def _unpacked_once(content: bytes, name: str) -> bytes:
    if name in ("gzip", "x-gzip"):
        return gunzip(content)
    if name not in ("deflate", "br", "zstd"):
        raise PageError(f"the server has packed the page in a way that is not known ({name[:20]!r}).")
    try:
        if name == "deflate":
            return read_bounded(_Deflated(content), len(content))
        packed = pa.CompressedInputStream(pa.BufferReader(content), {"br": "brotli"}.get(name, name))
        return read_bounded(packed, len(content))
    except (OSError, zlib.error, EOFError) as error:
        raise PageError(f"the page is packed with {name}, and broken.") from error


class _Deflated(Readable):
    """A body of the encoding deflate: with zlib's head as the standard has it, or bare as some servers send it."""

    def __init__(self, content: bytes) -> None:
        headed = content[0] & 0x0F == 8 and int.from_bytes(content[:2]) % 31 == 0
        self._stream, self._content = zlib.decompressobj(15 if headed else -15), content

    def read(self, size: int, /) -> bytes:
        content = self._stream.decompress(self._content, size)
        if not self._stream.eof and len(content) < size:
            raise EOFError
        return content
