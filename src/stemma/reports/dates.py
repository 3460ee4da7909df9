"""Dates as pages give them, under a headline, in the markup and in the address, to ISO 8601 as exact as they are given."""

import datetime
import re
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from functools import partial

from stemma.text.data import mapping
from stemma.text.moments import read_moment
from stemma.text.normal import tidy

Hit = tuple[str, int, int]
"""A date or moment in ISO 8601, and [start, end) of it in the text."""

EARLIEST, LATEST = 1850, 2100
"""No page is older or newer; systems write year 1, 1601 or 9999 where they know none."""

LONGEST_LINE = 300
"""Characters of a line that are searched for a date."""

_ISO = re.compile(
    r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:(?:T\s*|\s+(?=\d{1,2}:))(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?"
    r"\s*(Z|(?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d{2})?|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?(?!\d)"
)
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_-])")
_PRINTED_ISO = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d")
_FIGURES = re.compile(r"(?<![\d./-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d\d)(?!\d)")
_BIG_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[./年년]\s?(\d{1,2})\s?[./月월]\s?(\d{1,2})(?!\d)")
_HALF = r"(?:\s*(?P<half>[ap]\.?\s?m\b\.?))?(?:\s*\(?(?P<zone>GMT|UTC)\b\)?)?"
_CLOCK = re.compile(r"(?<![\d:.])(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::\d{2})?(?![\d:.]*\d)" + _HALF, re.I)
_CLOCK_FIRST = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:[:.h]|(?=\d\d\s?(?:GMT|UTC|hrs|[ECMP][SD]?T|[BC]ES?T|IST|JST)\b))(?P<minute>\d{2})"
    r"(?::\d{2})?(?![\d:.])" + _HALF + r"(?:\s*\(?[A-Z]{2,4}\)?)?[\s,|/·•–-]*(?:on\s)?(?:[^\W\d_]{2,10}[,.]{0,2}\s)?$",
    re.IGNORECASE,
)

# A month is a word of no digits and marks; Vietnamese numbers its months.
_MONTH = r"(?P<month>(?:tháng|thg)\s\d{1,2}|[^\W\d_][^\s\d.,/()|-]{1,13})"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|-?го|\.)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY_FIRST = re.compile(_DAY + r"[\s\-./]+(?:(?:de|of)\s+)?" + _MONTH + r"[.,]?[\s\-./]+(?:del?\s+)?" + _YEAR)
_MONTH_FIRST = re.compile(r"(?<!\w)" + _MONTH + r"\.?\s+" + _DAY + r",?\s+(?:at\s+)?" + _YEAR)


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
        return parsed.isoformat() if EARLIEST <= parsed.year <= LATEST else None
    except (ValueError, TypeError, IndexError):
        return printed(text)


def printed(text: str, month_first: bool | None = None) -> str | None:
    """Return the first exact date that a short line prints, or None."""
    found = find_date(text[:LONGEST_LINE], month_first)
    return found[0] if found else None


def in_url(url: str | None) -> str | None:
    """Return the day that an address carries in its path (/2024/03/07/), or None."""
    found = _IN_URL.search(url or "")
    return _date(*map(int, found.groups())) if found else None


def is_numeric(line: str) -> bool:
    """Whether a line is a date in figures and nothing else: 05/07/2024."""
    return _FIGURES.fullmatch(line.strip()) is not None


def find_date(text: str, month_first: bool | None = None) -> Hit | None:
    """Return (ISO date or date and time, start, end) of the first date in a short text; None where it is unsure.

    `month_first` is how the page's country writes 05/07/2024, None where that is not known.
    """
    readers: tuple[Callable[[str], Hit | None], ...] = (_iso, partial(_figures, month_first=month_first), _big_first, _named)
    found = [hit for reader in readers if (hit := reader(text))]
    if not found:
        return None
    day, start, end = min(found, key=lambda hit: hit[1])
    if "T" not in day and (clock := _clock_after(text, end) or _clock_before(text, start)):
        return f"{day}T{clock[0]}", min(start, clock[1]), max(end, clock[2])
    return day, start, end


def _iso(text: str) -> Hit | None:
    at = _PRINTED_ISO.search(text)
    found = _ISO.match(text, at.start()) if at else None
    day = _checked(found) if found else None
    return (day, found.start(), found.end()) if found and day else None


def _figures(text: str, *, month_first: bool | None) -> Hit | None:
    """With dots the day comes first; with strokes only where one number cannot be a month, or the country is known."""
    m = _FIGURES.search(text)
    if m is None:
        return None
    first, second, year = int(m[1]), int(m[3]), int(m[4])
    if m[2] != "." and first <= 12 and second <= 12 and first != second and month_first is None:
        return None
    american = second > 12 or (month_first is True and first <= 12)
    day, month = (second, first) if american and m[2] != "." else (first, second)
    return _hit(_date(year, month, day), m)


def _big_first(text: str) -> Hit | None:
    m = _BIG_FIRST.search(text)
    return _hit(_date(int(m[1]), int(m[2]), int(m[3])), m) if m else None


def _named(text: str) -> Hit | None:
    folded = text.casefold()
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        for m in pattern.finditer(folded):
            month = mapping("reports", "months.tsv").get(m["month"])
            if month and (day := _date(int(m["year"]), int(month), int(m["day"]))):
                return day, m.start(), m.end()
    return None


def _clock_after(text: str, end: int) -> Hit | None:
    found = _CLOCK.search(text[end : end + 24])
    return _clock(found, end) if found else None


def _clock_before(text: str, start: int) -> Hit | None:
    """The time in front of its day ("17:33, 29 December 2031", "1000 GMT October 13, 2031")."""
    begin = max(0, start - 24)
    found = _CLOCK_FIRST.search(text[begin:start])
    return _clock(found, begin) if found else None


def _clock(found: re.Match[str], offset: int) -> Hit | None:
    hour, minute, half, zone = int(found["hour"]), int(found["minute"]), found["half"], found["zone"]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    if hour > 23 or minute > 59:
        return None
    return f"{hour:02}:{minute:02}{'Z' if zone else ''}", offset + found.start(), offset + found.end()


def _checked(found: re.Match[str]) -> str | None:
    year, month, day, hour, minute, second, zone = found.groups()
    date = _date(int(year), int(month), int(day))
    if date is None or hour is None:
        return date
    clock = f"T{int(hour):02}:{minute}" + (f":{second}" if second else "")
    zone = (zone or "").removeprefix("UTC").removeprefix("GMT").strip() or (zone and "Z")
    if zone and zone != "Z":
        hours, minutes = zone[1:].replace(":", ""), "00"
        if len(hours) > 2:
            hours, minutes = hours[:-2], hours[-2:]
        zone = f"{zone[0]}{hours:>02}:{minutes}"
    # Midnight to the second without a zone is how systems write that they know the day alone.
    whole = clock in ("T00:00:00", "T00:00") and not zone
    moment = date + clock + (zone or "")
    return moment if not whole and read_moment(moment) else date


def _hit(day: str | None, found: re.Match[str]) -> Hit | None:
    return (day, found.start(), found.end()) if day else None


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat() if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None
