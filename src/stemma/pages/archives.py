"""Compressed files, opened within bounds: a small file that unpacks without end is refused and never held."""

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol

from stemma.errors import PageError

LONGEST = 32 << 20
"""The most bytes that a page may have, unpacked; a page saved with its pictures inside stays under it."""
RATIO = 250
"""How many times its packed size a page may unpack to; HTML packs 3 to 30 times."""
TOTAL = 8 << 30
"""The most bytes that are unpacked from one archive."""
MEMBERS = 200_000

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    ValueError,
    RuntimeError,
    OSError,
)


class Readable(Protocol):
    """A file, plain or packed."""

    def read(self, size: int, /) -> bytes: ...  # noqa: D102


def read_bounded(stream: Readable, packed: int | None = None) -> bytes:
    """Return all bytes of a stream; raises PageError over LONGEST or, of a packed stream, over RATIO times its size."""
    most = LONGEST if packed is None else min(LONGEST, max(1 << 20, packed * RATIO))
    content = stream.read(most + 1)
    if len(content) <= most:
        return content
    if most < LONGEST:
        raise PageError(f"the file unpacks to more than {RATIO} times its size, as an archive bomb does.")
    raise PageError(f"the page is larger than {LONGEST >> 20} MB.")


def gunzip(content: bytes) -> bytes:
    """Return what a gzip file holds; raises PageError when it is broken or a bomb."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            return read_bounded(stream, len(content))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise PageError(f"the gzip file is broken ({_said(error)}).") from error


def members(archive: Path) -> list[zipfile.ZipInfo]:
    """Return a zip archive's files by name; raises PageError when it is broken or holds too many."""
    try:
        with zipfile.ZipFile(archive) as opened:
            found = [i for i in opened.infolist() if not i.is_dir()]
    except _BROKEN as error:
        raise PageError(f"the zip archive is broken ({_said(error)}).") from error
    if len(found) > MEMBERS:
        raise PageError(f"the zip archive holds more than {MEMBERS} files.")
    return sorted(found, key=lambda i: (i.filename, i.header_offset))


def unpack(archive: Path, wanted: list[zipfile.ZipInfo]) -> Iterator[tuple[zipfile.ZipInfo, bytes | PageError]]:
    """Yield the bytes of each wanted file of a zip archive, or what is wrong with it; stops at TOTAL bytes."""
    packed, total = archive.stat().st_size, 0
    with zipfile.ZipFile(archive) as opened:
        for info in wanted:
            # Overlapping entries let a small archive unpack the same bytes again and again: the sum is bounded too.
            if total > min(TOTAL, max(LONGEST, packed * RATIO)):
                yield (
                    info,
                    PageError("not read: the archive unpacks to far more than its size, as an archive bomb does."),
                )
                continue
            content = _unpack_one(opened, info)
            total += len(content) if isinstance(content, bytes) else 0
            yield info, content


def _unpack_one(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | PageError:
    if info.flag_bits & 1:
        return PageError("the file is encrypted; unpack the archive with its password first.")
    if leads_out(info.filename):
        return PageError("the name leads out of the archive; such files are not read.")
    try:
        with opened.open(info) as stream:
            return read_bounded(stream, info.compress_size)
    except PageError as error:
        return error
    except _BROKEN as error:
        return PageError(f"the file is broken inside the archive ({_said(error)}).")


def leads_out(name: str) -> bool:
    """Return whether a name in an archive is absolute or climbs out of it."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or name[1:2] == ":"


def _said(error: Exception) -> str:
    return str(error).rstrip(".") or type(error).__name__
