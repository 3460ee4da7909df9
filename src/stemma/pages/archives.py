"""Compressed files and bodies as servers pack them, opened within bounds: what unpacks without end is refused and never held."""

import gzip
import io
import lzma
import os
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol

import pyarrow as pa

from stemma.errors import PageError

LONGEST = 32 << 20
"""The most bytes that a page may have, unpacked."""
LONGEST_WITH_PICTURES = 256 << 20
"""The most bytes of a file that holds a page with its pictures."""
SAMPLE = 1 << 20
"""How many bytes of a file are looked at, at most, to see what it is."""
RATIO = 250
"""How many times its packed size a page may unpack to; HTML packs 3 to 30 times."""
MEMBERS = 200_000

_BOMB = f"the file unpacks to more than {RATIO} times its size, as an archive bomb does."

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    ValueError,
    RuntimeError,
    OSError,
)
"""What the readers of packed files raise on a broken one."""


Stream = Any
"""A binary stream with a look ahead, an io.BufferedReader."""


class Readable(Protocol):
    """A file, plain or packed."""

    def read(self, size: int, /) -> bytes: ...  # noqa: D102


def read_bounded(stream: Readable, packed: int | None = None, longest: int = LONGEST) -> bytes:
    """Return all bytes of a stream; raises PageError over `longest` or, of a packed stream, over RATIO times its size."""
    most = longest if packed is None else min(longest, max(1 << 20, packed * RATIO))
    content = stream.read(most + 1)
    if len(content) <= most:
        return content
    if most < longest:
        raise PageError(_BOMB)
    raise PageError(f"the page is larger than {longest >> 20} MB.")


def gunzip(content: bytes) -> bytes:
    """Return what a gzip file holds; raises PageError when it is broken or a bomb."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            return read_bounded(stream, len(content))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise PageError(broken("the gzip file is broken", error)) from error


class Bounded(io.RawIOBase):
    """A packed stream that is read as it comes, of which no more than RATIO times its packed size is."""

    def __init__(self, stream: Readable, packed: Callable[[], int]) -> None:
        self._stream = stream
        self._packed = packed
        self.unpacked = 0

    def readable(self) -> bool:  # noqa: D102
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401, D102
        content = self._stream.read(len(buffer))
        self.unpacked += len(content)
        if self.unpacked > max(LONGEST, self._packed() * RATIO):
            raise PageError(_BOMB)
        buffer[: len(content)] = content
        return len(content)


class Counted:
    """A stream that only flows, and how much of it has come."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self.come = 0

    def read(self, size: int, /) -> bytes:  # noqa: D102
        content = self._stream.read(size)
        self.come += len(content)
        return content


def unzipped(stream: IO[bytes], packed: int | None) -> Bounded:
    """Return what a gzip stream holds, as it comes; its size is what has come of it where nobody says how many bytes it has."""
    counted = Counted(stream)
    return Bounded(gzip.GzipFile(fileobj=counted), lambda: counted.come if packed is None else packed)  # type: ignore[call-overload]


def members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return a zip archive's files by name; raises PageError when it holds too many."""
    # Not is_dir: it looks at the last letter of a name that may have none.
    found = [i for i in archive.infolist() if not i.filename.endswith("/")]
    if len(found) > MEMBERS:
        raise PageError(f"the zip archive holds more than {MEMBERS} files.")
    return sorted(found, key=lambda i: (i.filename, i.header_offset))


def open_archive(file: str | Path | IO[bytes]) -> zipfile.ZipFile:
    """Open a zip archive; raises PageError when it is broken."""
    try:
        return zipfile.ZipFile(file)
    except BROKEN as error:
        raise PageError(broken("the zip archive is broken", error)) from error


def open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    """Open a file of a zip archive; raises PageError for one that is encrypted or whose name leads out."""
    if info.flag_bits & 1:
        raise PageError("the file is encrypted; unpack the archive with its password first.")
    if not info.filename:
        raise PageError("the file has no name in the archive.")
    if leads_out(info.filename):
        raise PageError("the name leads out of the archive; such files are not read.")
    return archive.open(info)


def leads_out(name: str) -> bool:
    """Return whether a name in an archive is absolute or climbs out of it."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or name[1:2] == ":"


_TOO_SHORT = re.compile(r"trunc|end of (?:file|stream|data)|eof\b|ended before", re.IGNORECASE)


def broken(what: str, error: Exception) -> str:
    """Return a sentence on what cannot be read, with the reason where somebody who has the file can do something about it."""
    if isinstance(error, RecursionError):
        return f"{what} (its parts lie too deep within each other)."
    if isinstance(error, NotImplementedError):
        return f"{what} (it is packed in a way that is not read)."
    if isinstance(error, OSError) and error.errno:
        return f"{what} ({os.strerror(error.errno).lower()})."
    return f"{what} (it ends too early)." if isinstance(error, EOFError) or _TOO_SHORT.search(str(error)) else f"{what}."


def safe_name(name: str) -> str:
    """Return a file's name as text that can be stored: one that is no UTF-8 would break every table and JSON file."""
    escaped = all(not 0xD800 <= ord(c) < 0xDC80 and not 0xDCFF < ord(c) <= 0xDFFF for c in name)
    return name.encode("utf-8", "surrogateescape" if escaped else "replace").decode("utf-8", "replace")


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
