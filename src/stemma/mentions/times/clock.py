"""Times of the day: clock times and parts of the day as TIMEX3 writes them."""

from datetime import timedelta

from stemma.mentions.times.calendar import WORDS
from stemma.mentions.times.context import Context, Handler, Meaning
from stemma.mentions.times.dates import KINDS as DATES
from stemma.mentions.times.patterns import Expression
from stemma.text.moments import printed_day
from stemma.text.numbers import read_number


def _clock(at: Expression, context: Context) -> Meaning | None:
    value = _of_day(at.parts)
    day = context.anchor or context.day if "today" not in at.parts else context.day
    if word := at.parts.get("weekday"):
        its_day = DATES["weekday"](Expression("weekday", at.end - len(word), at.end, {"weekday": word}), context)
        day = printed_day(its_day.extent[0]) if its_day else day
    return Meaning("TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}{value}") if value else None


def _part(at: Expression, context: Context) -> Meaning:
    rel, day = at.parts.get("rel", "").lower(), context.anchor or context.day
    named_part = at.parts.get("part", "dawn")
    if rel in ("the previous", "the next", "the following") and day:
        day += timedelta(-1 if rel == "the previous" else 1)
    if rel in ("last", "this"):
        day = context.day and context.day - timedelta(rel == "last")
    return Meaning("TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}{_part_of_day(named_part)}")


def _of_day(parts: dict[str, str]) -> str | None:
    """Return a clock time ("T18:00", "T18:00Z") from the parts of its pattern; None for no such hour.

    A zone without a fixed offset ("ET", "local time") is left out of the value.
    """
    if "word" in parts:
        return "T00:00" if parts["word"].lower() == "midnight" else "T12:00"
    hour, minute = _worded(parts)
    half = parts.get("half", "").lower().replace(".", "") or _HALVES.get(parts.get("daypart", "").lower(), "")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"T{hour:02}:{minute:02}{_zone(parts.get('zone', ''))}" if hour < 24 else None


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


def _zone(word: str) -> str:
    plain = word.lower().replace(" ", "")
    if plain.startswith(("gmt", "utc")) and len(plain) > 3:
        return f"{plain[3]}{int(plain[4:]):02}:00"
    offset = WORDS["zone"].get(word.lower(), "")
    return offset if offset == "Z" or offset.startswith(("+", "-")) else ""


KINDS: dict[str, Handler] = {"clock": _clock, "part": _part}
