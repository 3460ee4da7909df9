"""Days and spans of days, and the TIMEX3 values that stand for them; no text is read here."""

import calendar
import re
from datetime import date, timedelta

from stemma.text.data import mappings

WORDS = mappings("mentions", "times.tsv")
MONTHS = {word: int(number) for word, number in (WORDS["month"] | WORDS["short"]).items()}
WEEKDAYS = {word: int(number) for word, number in WORDS["weekday"].items()}
UNITS = WORDS["unit"]
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}

_DAYS = {"D": 1, "W": 7, "F": 14}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def extent(value: str) -> tuple[str | None, str | None]:
    """Return the first and last day that a TIMEX3 value covers, None when it is unresolved or a length."""
    try:
        first, last = _extent(value)
    except (ValueError, OverflowError):
        return None, None
    return (first.isoformat(), last.isoformat()) if first and last else (None, None)


def _extent(value: str) -> tuple[date | None, date | None]:
    if match := re.match(r"(\d{4})-(\d\d)-(\d\d)(?:T|$)", value):
        day = date(*(int(part) for part in match.groups()))
        return day, day
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return (monday + timedelta(5) if match[3] else monday), monday + timedelta(6)
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return _run(int(match[1]), 3 * int(match[2]) - 2, 3)
    if match := re.fullmatch(r"(\d{4})-H([12])", value):
        return _run(int(match[1]), 6 * int(match[2]) - 5, 6)
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return _run(int(match[1]), SEASON_MONTHS[match[2]], 3)
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return _run(int(match[1]), int(match[2]), 1)
    if match := re.fullmatch(r"\d{2,4}", value):
        width = 10 ** (4 - len(value))
        return date(max(1, int(value) * width), 1, 1), date(int(value) * width + width - 1, 12, 31)
    return None, None


def _run(year: int, month: int, months: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, shift(first, months, "M") - timedelta(1)


def shift(day: date, number: float, unit: str) -> date:
    """Return the day that lies a number of units (D W F M Q Y E C) later, or earlier when negative.

    A day that the month does not have becomes the month's last. Raises OverflowError outside the years
    1–9999.
    """
    if unit in _DAYS:
        return day + timedelta(round(number * _DAYS[unit]))
    total = day.year * 12 + day.month - 1 + round(number * _MONTHS[unit])
    year, month = divmod(total, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"the year {year} is outside the calendar")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def value_of(day: date, unit: str) -> str:
    """Return the TIMEX3 value of the unit (D W M Q Y E C) that a day lies in."""
    if unit == "W":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    quarter = (day.month + 2) // 3
    forms = {"M": f"{day:%Y-%m}", "Q": f"{day.year:04}-Q{quarter}", "Y": f"{day.year:04}"}
    forms |= {"E": f"{day.year:04}"[:3], "C": f"{day.year:04}"[:2]}
    return forms.get(unit, day.isoformat())


def unresolved(unit: str) -> str:
    """Return the TIMEX3 value of a unit whose place in the calendar is unknown."""
    return {"W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "E": "XXX", "C": "XX"}.get(unit, "XXXX-XX-XX")


def duration(number: float | None, unit: str) -> str:
    """Return the TIMEX3 value of a length of time; a number that is not said ("several") is X."""
    many = 1.0 if number is None else {"F": 2.0, "E": 10.0, "C": 100.0}.get(unit, 1.0) * number
    amount = "X" if number is None else f"{many:.10g}"
    return f"P{unit[0] if unit[0] == 'T' else ''}{amount}{ {'F': 'W', 'E': 'Y', 'C': 'Y'}.get(unit, unit[-1]) }"


def last_weekday(day: date, weekday: int) -> date:
    """Return that weekday (1 Monday – 7 Sunday) on the day itself or in the six days before."""
    return day - timedelta((day.isoweekday() - weekday) % 7)


def next_weekday(day: date, weekday: int) -> date:
    """Return that weekday (1 Monday – 7 Sunday) on the day itself or in the six days after."""
    return day + timedelta((weekday - day.isoweekday()) % 7)
