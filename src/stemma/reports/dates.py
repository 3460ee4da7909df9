"""Dates as pages print them under a headline, in the languages of months.tsv or in figures, to ISO 8601."""

import re
from datetime import date
from functools import lru_cache

from stemma.reports.words import months

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d-\d\d-\d\d)(?:[T\s]+(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s?(Z|[+-]\d\d:?\d\d)?)?")
_FIGURES = re.compile(r"(?<![\d./-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d\d)(?!\d)")
_BIG_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[./年년]\s?(\d{1,2})\s?[./月월]\s?(\d{1,2})(?!\d)")
_CLOCK = re.compile(r"(?<![\d:.])(\d{1,2})[:.h](\d{2})(?::\d{2})?(?![\d:.]*\d)\s*([ap]\.?\s?m\b\.?)?", re.I)


def find_date(text: str) -> tuple[str, int, int] | None:
    """Return (ISO date or date and time, start, end) of the first date in a short text; None where it is unsure."""
    found = [hit for reader in (_iso, _figures, _big_first, _named) if (hit := reader(text))]
    if not found:
        return None
    iso, start, end = min(found, key=lambda hit: hit[1])
    if "T" not in iso and (clock := _clock(text, end)):
        return f"{iso}T{clock[0]}", start, clock[1]
    return iso, start, end


def _iso(text: str) -> tuple[str, int, int] | None:
    m = _ISO.search(text)
    if m is None or not _exists(int(m[1][:4]), int(m[1][5:7]), int(m[1][8:])):
        return None
    return m[1] + (f"T{m[2]}{m[3] or ''}" if m[2] else ""), m.start(), m.end()


def _figures(text: str) -> tuple[str, int, int] | None:
    """With dots the day comes first; with strokes only where one number cannot be a month."""
    m = _FIGURES.search(text)
    if m is None:
        return None
    first, second, year = int(m[1]), int(m[3]), int(m[4])
    if m[2] != "." and first <= 12 and second <= 12 and first != second:
        return None
    day, month = (second, first) if second > 12 and m[2] != "." else (first, second)
    return (f"{year}-{month:02}-{day:02}", m.start(), m.end()) if _exists(year, month, day) else None


def _big_first(text: str) -> tuple[str, int, int] | None:
    m = _BIG_FIRST.search(text)
    if m is None or not _exists(int(m[1]), int(m[2]), int(m[3])):
        return None
    return f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}", m.start(), m.end()


def _named(text: str) -> tuple[str, int, int] | None:
    day_first, month_first = _named_patterns()
    for pattern in (day_first, month_first):
        m = pattern.search(text.casefold())
        if m and _exists(int(m["year"]), month := months()[m["month"]], int(m["day"])):
            return f"{m['year']}-{month:02}-{int(m['day']):02}", m.start(), m.end()
    return None


@lru_cache(maxsize=1)
def _named_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    month = r"(?P<month>" + "|".join(sorted((re.escape(m) for m in months()), key=len, reverse=True)) + r")"
    day, year = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|-?го|\.)?", r"(?P<year>(?:19|20)\d\d)(?!\d)"
    return (
        re.compile(day + r"[\s\-./]+(?:(?:de|of)\s+)?" + month + r"(?!\w)[.,]?[\s\-./]+(?:del?\s+)?" + year),
        re.compile(r"(?<!\w)" + month + r"\.?\s+" + day + r",?\s+(?:at\s+)?" + year),
    )


def _clock(text: str, after: int) -> tuple[str, int] | None:
    m = _CLOCK.search(text[after : after + 24])
    if m is None:
        return None
    hour, minute = int(m[1]), int(m[2])
    if m[3] and hour <= 12:
        hour = hour % 12 + (12 if m[3][0] in "pP" else 0)
    return (f"{hour:02}:{minute:02}", after + m.end()) if hour < 24 and minute < 60 else None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
