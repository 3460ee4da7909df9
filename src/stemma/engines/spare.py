"""A spare of a store's directory of tables, behind the last block of its file: put back where the one in use is damaged.

The directory says where every row of every table lies; one byte of it that changes, and DuckDB opens nothing. DuckDB reads
nothing behind its last block, and writes over it where it needs the room; each run ends with a spare of its own.
"""

import os
import shutil
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

_HEADERS = 12_288
"""Bytes of the headers of a DuckDB file, before its blocks."""
_SIGN = b"stemma: spare of the directory\n\x00"
_FOOT = struct.Struct("<QQI32s")
_PART = struct.Struct("<QQ")

Part = tuple[int, int]
"""Where a piece of the directory lies in the file, and how long it is."""


def parts_of(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[list[Part], int]:
    """Return where the directory of an attached, checkpointed store lies, and where the last block of the file ends."""
    sizes = "SELECT block_size, total_blocks FROM pragma_database_size() WHERE database_name = ?"
    ((size, count),) = connection.execute(sizes, [name]).fetchall()
    blocks = connection.execute(f"SELECT block_id FROM pragma_metadata_info('{name}')").fetchall()
    return [(0, _HEADERS), *((_HEADERS + block * size, size) for (block,) in blocks)], _HEADERS + count * size


def keep_spare(file: Path, parts: list[Part], end: int) -> None:
    """Write the parts once more behind the end of a file that nobody has open; without room it stays without."""
    with suppress(OSError), file.open("r+b") as stream:
        packed = b"".join(_packed(stream.seek(at), stream.read(length)) for at, length in parts)
        try:
            stream.truncate(stream.seek(end))
            stream.write(packed + _FOOT.pack(len(parts), len(packed), zlib.crc32(packed), _SIGN))
            stream.flush()
            os.fsync(stream.fileno())
        except OSError:
            stream.truncate(end)


def is_as_left(file: Path) -> bool:
    """Return whether nobody wrote to a file since a run of stemma ended: the headers, which a write changes, are the spare's."""
    with file.open("rb") as stream:
        headers, foot = stream.read(_HEADERS), stream.seek(max(0, stream.seek(0, os.SEEK_END) - _FOOT.size))
        last = stream.read(_FOOT.size)
        _, length, _, sign = _FOOT.unpack(last) if len(last) == _FOOT.size else (0, 0, 0, b"")
        if sign != _SIGN or length > foot:
            return False
        stream.seek(foot - length)
        at, size = _PART.unpack(stream.read(_PART.size))
        # Where this is damaged, it is not as it was left.
        with suppress(zlib.error):
            return at == 0 and zlib.decompress(stream.read(min(size, length))) == headers
    return False


@contextmanager
def put_back(file: Path) -> Iterator[Path | None]:
    """Lend a copy of a store in which the spare stands in the directory's place; None where there is no other one than that."""
    spare = _spare_in(file)
    with file.open("rb") as stream:
        differs = any(stream.read(len(content)) != content for at, content in spare if stream.seek(at) == at)
    if not differs:
        yield None
        return
    copy = file.with_name(f"{file.name}.mended")
    try:
        shutil.copy2(file, copy)
        with copy.open("r+b") as stream:
            for at, content in spare:
                stream.seek(at)
                stream.write(content)
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _packed(at: int, content: bytes) -> bytes:
    packed = zlib.compress(content, 1)
    return _PART.pack(at, len(packed)) + packed


def _spare_in(file: Path) -> list[tuple[int, bytes]]:
    """The pieces of the spare with their places; none where there is no whole one."""
    with file.open("rb") as stream:
        foot = stream.seek(max(0, stream.seek(0, os.SEEK_END) - _FOOT.size))
        last = stream.read(_FOOT.size)
        _, length, check, sign = _FOOT.unpack(last) if len(last) == _FOOT.size else (0, 0, 0, b"")
        if sign != _SIGN or length > foot:
            return []
        stream.seek(foot - length)
        packed = stream.read(length)
    found, at = [], 0
    if zlib.crc32(packed) != check:
        return []
    # The count in the foot is under no checksum, and may be what is damaged.
    while at < len(packed):
        place, size = _PART.unpack_from(packed, at)
        at += _PART.size + size
        found.append((place, zlib.decompress(packed[at - size : at])))
    return found
