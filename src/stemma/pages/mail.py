"""MIME files: a page that a browser saved as MHTML, and a newsletter saved as .eml, each by its HTML part."""

import email
import re
from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from typing import Any

from stemma.errors import PageError
from stemma.pages.archives import LONGEST
from stemma.pages.meta import PageMeta

_HEAD = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_TELLS = re.compile(
    rb"^(?:mime-version|content-type:\s*(?:multipart|text)/|snapshot-content-location|received|message-id)",
    re.IGNORECASE | re.MULTILINE,
)
MOST_PARTS = 10_000
"""The most lines that may begin a part: each takes its time, and a page has a few hundred pictures."""
LONGEST_HEADER = 5_000
"""Characters of a header that are looked at: what decodes them takes the square of their number."""


class _Bounded(EmailPolicy):
    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ANN401 - as its base has it
        return super().header_fetch_parse(name, value[:LONGEST_HEADER])


_POLICY = _Bounded()


def is_mail(head: bytes) -> bool:
    """Whether a file begins as MHTML or a mail does: with header lines, of which one is MIME's."""
    found = _HEAD.match(head.replace(b"\r\n", b"\n").lstrip(b"\n"))
    return bool(found and _TELLS.search(found[0]))


def page_in_mail(content: bytes) -> tuple[bytes, str | None, PageMeta, bool]:
    """Return the HTML part of a MIME file (its plain text where it has none), its charset, and what its headers say of it.

    And whether the file was cut off inside that part. Raises PageError when it has neither, or parts without end.
    """
    if content.count(b"\n--") > MOST_PARTS:
        raise PageError(f"the file has more than {MOST_PARTS:,} parts.")
    message = email.message_from_bytes(content.lstrip(), policy=_POLICY)
    part = _main_part(message)
    if part is None:
        raise PageError("the file has no part that is HTML or plain text.")
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes) or not body.strip():
        raise PageError("the HTML part of the file is empty or broken.")
    if len(body) > LONGEST:
        raise PageError(f"the page is larger than {LONGEST >> 20} MB.")
    return body, part.get_content_charset(), _said(message, part), _is_cut_off(message, part)


def _is_cut_off(message: Message, part: Message) -> bool:
    """Whether the mark that ends the parts is missing, and the file ends in this one."""
    open_ended = any(isinstance(d, CloseBoundaryNotFoundDefect) for p in message.walk() for d in p.defects)
    return open_ended and list(message.walk())[-1] is part


def _main_part(message: Message) -> Message | None:
    """The part that the file begins with where it names one, else the first HTML, else the first plain text."""
    parts = list(_texts(message))
    start = _start(message)
    named = [p for p in parts if start and str(p.get("Content-ID", "")).strip() == start]
    html = [p for p in parts if p.get_content_type() in ("text/html", "application/xhtml+xml")]
    return next(iter([*named, *html, *parts]), None)


def _texts(message: Message) -> Iterator[Message]:
    """The parts that hold text; what is attached is no page."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind in ("text/html", "application/xhtml+xml", "text/plain") and part.get_content_disposition() != "attachment":
            yield part


def _start(message: Message) -> str | None:
    found = message.get_param("start")
    return found.strip() if isinstance(found, str) else None


def _said(message: Message, part: Message) -> PageMeta:
    """Of MHTML the page's address and when it was saved; of a newsletter who sent it, what it is called, and when."""
    address = _header(message, "Snapshot-Content-Location") or _header(part, "Content-Location")
    when = _date(_header(message, "Date"))
    if address is not None or message.get_content_type() == "multipart/related":
        return PageMeta(url=address if (address or "").startswith(("http://", "https://")) else None, retrieved=when)
    return PageMeta(outlet=_sender(message), title=_header(message, "Subject"), published=when)


def _sender(message: Message) -> str | None:
    sender = message["From"] if isinstance(message, EmailMessage) else None
    addresses = getattr(sender, "addresses", ())
    return (addresses[0].display_name or addresses[0].domain or None) if addresses else None


def _header(message: Message, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None


def _date(value: str | None) -> str | None:
    try:
        return parsedate_to_datetime(value).isoformat() if value else None
    except (ValueError, TypeError, IndexError):
        return None
