"""Times of the day: clock times and parts of the day as TIMEX3 writes them, and one time in two zones."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from stemma.mentions.times.calendar import WORDS, next_weekday
from stemma.mentions.times.dates import KINDS as DATES
from stemma.mentions.times.patterns import Expression
from stemma.mentions.times.time_context import Handler, Meaning, TimeContext
from stemma.tables import Time
from stemma.text.moments import printed_day
from stemma.text.numbers import read_number

_CLOCK = re.compile(r"T(\d\d):(\d\d)(?:(Z)|([+-])(\d\d):(\d\d))?$")
_CONVERTED = re.compile(r"\s?(?:[(\[/]|, or)\s?")
_DAY = 24 * 60
_ZONES = range(-12 * 60, 14 * 60 + 1, 15)
"""Minutes east of UTC at which a zone can lie."""


def clock_of(value: str) -> tuple[int | None, int | None]:
    """Return the minutes since midnight and the zone's minutes east of UTC of a TIMEX3 value, None for what it lacks."""
    match = _CLOCK.search(value)
    if not match:
        return None, None
    zone = int(match[4] + "1") * (60 * int(match[5]) + int(match[6])) if match[4] else 0 if match[3] else None
    return 60 * int(match[1]) + int(match[2]), zone


def tie_conversions(times: Sequence[Time], text: str) -> list[Time]:
    """Return a paragraph's times where one in two zones, "11:36 a.m. (0336 GMT)", is known for one.

    The first gets the second as `also` and, where it prints no zone, the one zone that makes the two one moment; the second's
    day is that of the moment.
    """
    tied = list(times)
    for at in range(len(tied) - 1):
        a, b = tied[at : at + 2]
        if a.clock is None or b.clock is None or b.zone is None or not _CONVERTED.fullmatch(text[a.end : b.start]):
            continue
        zone = a.zone if a.zone is not None else _between(a.clock, b.clock, b.zone)
        tied[at] = replace(a, zone=zone, also=(b.clock, b.zone))
        day = printed_day(a.begin)
        if zone is not None and day is not None:
            moved = (day + timedelta((a.clock - zone + b.zone) // _DAY)).isoformat()
            tied[at + 1] = replace(b, value=moved + b.value[b.value.index("T") :], begin=moved, until=moved)
    return tied


def _between(clock: int, other: int, zone: int) -> int | None:
    """The zone in which the clock shows the same moment as the other; None where none does, or two on two days."""
    found = [z for z in _ZONES if (clock - z - other + zone) % _DAY == 0]
    return found[0] if len(found) == 1 else None


def _clock(at: Expression, context: TimeContext) -> Meaning | None:
    day = context.anchor or context.day if "today" not in at.parts else context.day
    if word := at.parts.get("weekday"):
        its_day = DATES["weekday"](Expression("weekday", at.end - len(word), at.end, {"weekday": word}), context)
        day = printed_day(its_day.extent[0]) if its_day else day
    value = _of_day(at.parts, day)
    return Meaning("TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}{value}") if value else None


def _part(at: Expression, context: TimeContext) -> Meaning:
    rel, day = at.parts.get("rel", "").lower(), context.anchor or context.day
    named_part = at.parts.get("part", "dawn")
    if rel in ("the previous", "the next", "the following") and day:
        day += timedelta(-1 if rel == "the previous" else 1)
    if rel in ("last", "this"):
        day = context.day and context.day - timedelta(rel == "last")
    return Meaning("TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}{_part_of_day(named_part)}")


def _of_day(parts: dict[str, str], day: date | None) -> str | None:
    """Return a clock time ("T18:00", "T18:00Z") from the parts of its pattern; None for no such hour.

    A zone without a fixed offset ("local time") is left out of the value.
    """
    zone = _zone(parts.get("zone", ""), day)
    if "word" in parts:
        return ("T00:00" if parts["word"].lower() == "midnight" else "T12:00") + zone
    hour, minute = _worded(parts)
    half = parts.get("half", "").lower().replace(".", "") or _HALVES.get(parts.get("daypart", "").lower(), "")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"T{hour:02}:{minute:02}{zone}" if hour < 24 else None


_HALVES = {"morning": "am", "afternoon": "pm", "evening": "pm"}


def _worded(parts: dict[str, str]) -> tuple[int, int]:
    """The hour and the minute: 18:20, "half past six", "a quarter to six"."""
    hour = int(read_number(parts["hour"]) or 0)
    if "past" in parts:
        return hour, 30 if parts["past"].lower() == "half" else 15
    return ((hour - 1) or 12, 45) if "to" in parts else (hour, int(parts.get("minute", "0")))


def _part_of_day(word: str) -> str:
    """Return the TIMEX3 value of a part of the day, "TMO" for a morning."""
    return "T" + WORDS["part"][word.lower()]


def _zone(word: str, day: date | None) -> str:
    """A zone's offset as in ISO 8601; a North American one that follows the season (ET) has that of its day."""
    plain = word.lower().replace(" ", "")
    if plain.startswith(("gmt", "utc")) and len(plain) > 3:
        return f"{plain[3]}{int(plain[4:]):02}:00"
    offset = WORDS["zone"].get(word.lower(), "")
    if offset in _HOURS_WEST and day is not None:
        return f"-{_HOURS_WEST[offset] - _is_summer(day):02}:00"
    return offset if offset == "Z" or offset.startswith(("+", "-")) else ""


_HOURS_WEST = {"ET": 5, "CT": 6, "MT": 7, "PT": 8}


def _is_summer(day: date) -> bool:
    """Whether North American clocks show summer time: second Sunday of March to first Sunday of November (since 2007)."""
    begin = next_weekday(date(day.year, 3, 1), 7) + timedelta(7)
    return begin <= day < next_weekday(date(day.year, 11, 1), 7)


KINDS: dict[str, Handler] = {"clock": _clock, "part": _part}
