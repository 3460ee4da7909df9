"""What the program that saved a page left in the file: from which address, and when."""

import re
from datetime import datetime

from stemma.pages.meta import PageMeta

_HEAD, _FOOT = 8192, 4096

# Chrome, Edge and Internet Explorer count the address's letters before it.
_BROWSER = re.compile(rb"<!--\s*saved from url=\(\d{4}\)(https?://[^\s<>]+)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(rb"<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S+)\s+saved date:\s*([^\n(]+)", re.IGNORECASE)
_HTTRACK = re.compile(rb"<!--\s*Mirrored from (\S+) by HTTrack[^,>]*,\s*([^>]*?)\s*-->", re.IGNORECASE)
_WAYBACK = re.compile(rb"FILE ARCHIVED ON (\d\d:\d\d:\d\d \w{3} \d\d, \d{4}) AND RETRIEVED", re.IGNORECASE)


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
