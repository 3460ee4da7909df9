"""Dates in a page's markup and address to ISO 8601, as exact as they are given and in the zone given."""

import datetime
import re
from email.utils import parsedate_to_datetime

from stemma.reports.dates import find_date
from stemma.text.normal import tidy

_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T ]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?(?!\d)"
)
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_-])")
_EARLIEST = 1850


def iso(value: str | None) -> str | None:
    """Return a date or time in a page's markup as ISO 8601, or None when it is none; no zone is added or changed."""
    if not value:
        return None
    text = tidy(value)
    found = _ISO.match(text)
    if found:
        return _checked(found)
    if re.fullmatch(r"1\d{9}(\d{3})?", text):
        return datetime.datetime.fromtimestamp(int(text[:10]), datetime.UTC).isoformat().replace("+00:00", "Z")
    try:
        parsed = parsedate_to_datetime(text)
        return parsed.isoformat() if parsed.year >= _EARLIEST else None
    except (ValueError, TypeError, IndexError):
        return printed(text)


def printed(text: str) -> str | None:
    """Return the first exact date that a short line prints, or None."""
    found = find_date(text[:300])
    return found[0] if found else None


def in_url(url: str | None) -> str | None:
    """Return the day that an address carries in its path (/2024/03/07/), or None."""
    found = _IN_URL.search(url or "")
    return _date(int(found[1]), int(found[2]), int(found[3])) if found else None


def _checked(found: re.Match[str]) -> str | None:
    year, month, day, hour, minute, second, zone = found.groups()
    date = _date(int(year), int(month), int(day))
    if date is None or hour is None or int(hour) > 23 or int(minute) > 59:
        return date
    clock = f"T{int(hour):02}:{minute}" + (f":{second}" if second else "")
    if zone in ("UTC", "GMT"):
        zone = "Z"
    elif zone and zone != "Z":
        zone = f"{zone[:3]}:{zone[3:].lstrip(':') or '00'}"
    # Midnight to the second without a zone is how systems write that they know the day alone.
    return date if clock in ("T00:00:00", "T00:00") and not zone else date + clock + (zone or "")


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat() if year >= _EARLIEST else None
    except ValueError:
        return None
