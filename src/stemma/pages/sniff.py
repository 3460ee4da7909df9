"""What a file is: by its name where that says what holds pages, else by its bytes."""

import re
from pathlib import PurePosixPath

from stemma.errors import PageError
from stemma.pages.mail import is_mail
from stemma.pages.meta import recognised
from stemma.pages.rows import columns_in

SAMPLE = 65_536

PAGES = (".html", ".htm", ".xhtml", ".txt", ".pdf")
PLAIN = (*PAGES, "", ".text", ".md", ".markdown")
"""How a file's name ends that is read as plain text when it is no HTML; drafts are of these too (`drafts/read_draft.py`)."""
_HOLDERS = {
    ".zip": "zip", ".wacz": "zip", ".warc": "warc", ".arc": "arc", ".mhtml": "mail", ".mht": "mail", ".eml": "mail",
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet",
}  # fmt: skip
TABLES = ("csv", "tsv", "jsonl", "parquet")
NOT_READ = "files of this kind are not read."
"""Why a file that lies in a folder or an archive was passed over."""
READ = (
    "a page (.html .htm .xhtml .mhtml .mht .txt .pdf .eml), a table (.csv .tsv .jsonl .parquet) or an archive (.warc .wacz .zip)"
)
_MAGIC = (
    (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"), (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"), (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!", "a rar archive"), (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"), (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"OggS", "a sound file"), (b"ID3", "a sound file"),
    (b"SQLite format 3", "a database"), (b"WARC/1", "a WARC web archive"), (b"PAR1", "a Parquet table"),
)  # fmt: skip

_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*["}]')
_OWN = re.compile(rb"""<meta\s+name=["']?generator["']?\s+content=["']?stemma["']?\s*/?>""", re.IGNORECASE)
"""What stands in the head of each page that stemma makes itself, also when a browser has saved it again."""
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"</?(?:p|div|span|a|br|h[1-6]|meta|script|article|section|ul|li|td|tr|table)(?:\s[^<>]*)?/?>", re.IGNORECASE)


def holds_pages(name: str) -> bool:
    """Whether a file of this name is looked into where it lies in a folder or an archive."""
    return (suffix := suffix_of(name)) in PAGES or suffix in _HOLDERS


def holder(name: str, head: bytes) -> str | None:
    """Return what a file is that holds pages: zip, warc, mail, csv, tsv, jsonl or parquet; None for a page by itself.

    The name of a page is not believed against its first bytes. "-" and a name of no known kind may hold a table of text.
    """
    suffix = suffix_of(name)
    if suffix in _HOLDERS:
        return _HOLDERS[suffix]
    for magic, kind in ((b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"WARC/1", "warc"), (b"PAR1", "parquet")):
        if head.startswith(magic) and (suffix not in PAGES or kind != "zip"):
            return kind
    if is_mail(head):
        return "mail"
    return _table_of_text(head) if suffix not in PAGES or (suffix == ".txt" and _JSON.match(head)) else None


def sniff(content: bytes) -> str:
    """Return what a page is by its bytes: "html", "text" or "pdf"; raises PageError for anything else."""
    sample = content[:SAMPLE]
    if not content.strip(b" \t\r\n\f\0\xef\xbb\xbf\xfe\xff"):
        raise PageError("the file is empty.")
    if b"%PDF-" in sample[:1024]:
        return "pdf"
    for magic, kind in _MAGIC:
        if sample.startswith(magic):
            raise PageError(f"the file is {kind}, not a web page or plain text.")
    plain = sample.replace(b"\0", b"") if _wide(sample) else sample
    if _binary(plain):
        raise PageError("the file is binary data, not a web page or plain text.")
    if _OWN.search(plain):
        raise PageError("stemma has made this page itself; it is an account of reports, and no report.")
    return "html" if _is_html(plain) else "text"


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML: a whole page of it, or a part with its tags."""
    return _is_html(text[:SAMPLE].encode("utf-8", "replace"))


def suffix_of(name: str) -> str:
    """Return how a file's name ends, in small letters and without .gz."""
    lower = name.lower().removesuffix(".gz")
    return "" if lower == "-" else PurePosixPath(lower).suffix


def _table_of_text(head: bytes) -> str | None:
    """JSON begins with an object, or a list of them; the first line of a CSV or TSV names columns, of which one holds text."""
    if _JSON.match(head):
        return "jsonl"
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    for delimiter, kind in (("\t", "tsv"), (",", "csv"), (";", "csv")):
        columns = columns_in(first[:10_000], delimiter)
        if len(columns) > 1 and {"text", "html"} & recognised(columns).keys():
            return kind
    return None


def _is_html(sample: bytes) -> bool:
    return _PAGE.search(sample) is not None or len(_TAG.findall(sample)) >= 4


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
