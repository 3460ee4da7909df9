"""A page as it was saved: its bytes, what is known of it from outside, and what the bytes are: HTML, text, or no page."""

import re
from dataclasses import dataclass

from stemma.errors import PageError
from stemma.tables import Page, Response


@dataclass(frozen=True, slots=True)
class Saved:
    """A page and its bytes, unpacked, and what a server said beside them; the bytes are dropped once the report is read."""

    page: Page
    content: bytes
    response: Response | None = None


_SAMPLE = 65_536

_MAGIC = (
    (b"%PDF", "a PDF"), (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"), (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"), (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!", "a rar archive"), (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"), (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"OggS", "a sound file"), (b"ID3", "a sound file"),
    (b"SQLite format 3", "a database"), (b"WARC/1", "a WARC web archive"),
)  # fmt: skip

_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"</?(?:p|div|span|a|br|h[1-6]|meta|script|article|section|ul|li|td|tr|table)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MHTML = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,20}", re.IGNORECASE)


def sniff(content: bytes) -> str:
    """Return "html" or "text", by what the bytes are and not by the file's name; raises PageError for anything else."""
    sample = content[:_SAMPLE]
    if not content.strip(b" \t\r\n\f\0\xef\xbb\xbf\xfe\xff"):
        raise PageError("the file is empty.")
    for magic, name in _MAGIC:
        if sample.startswith(magic):
            raise PageError(f"the file is {name}, not a web page or plain text.")
    plain = sample.replace(b"\0", b"") if _wide(sample) else sample
    if _binary(plain):
        raise PageError("the file is binary data, not a web page or plain text.")
    head = _MHTML.match(plain)
    if head and re.search(rb"^content-type:\s*multipart/related", head[0], re.IGNORECASE | re.MULTILINE):
        raise PageError("the file is an MHTML archive; save the page as HTML instead.")
    return "html" if _PAGE.search(plain) or len(_TAG.findall(plain)) >= 4 else "text"


def _wide(sample: bytes) -> bool:
    """UTF-16 text is full of NULs: a mark at the start, or nearly every other byte, tells it from binary data."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return True
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return min(even, odd) * 20 < max(even, odd) and max(even, odd) > len(sample) * 0.2


def _binary(sample: bytes) -> bool:
    """Text of any encoding hardly has control bytes; a page with a stray NUL is still a page."""
    control = sum(sample.count(bytes([b])) for b in range(32) if b not in (9, 10, 12, 13, 27))
    return control > max(2, len(sample) * 0.02)
