"""What a time expression means: its TIMEX3 type and value, and the days it covers."""

from datetime import timedelta

from stemma.mentions.timex import dates, named, relative
from stemma.mentions.timex.calendar import published_day
from stemma.mentions.timex.clock import clock, part
from stemma.mentions.timex.context import Context, Handler, Meaning
from stemma.mentions.timex.patterns import Expression


def meaning(at: Expression, context: Context) -> Meaning | None:
    """Return what an expression means, or None when it is no expression of time after all."""
    try:
        return _KINDS[at.kind](at, context)
    except (OverflowError, ValueError):  # a number or a year outside the calendar
        return None


def _clock(at: Expression, context: Context) -> Meaning | None:
    value = clock(at.parts)
    day = context.anchor or context.day if "today" not in at.parts else context.day
    if word := at.parts.get("weekday"):
        its_day = meaning(Expression("weekday", at.end - len(word), at.end, {"weekday": word}), context)
        day = published_day(its_day.extent[0]) if its_day else day
    return Meaning("TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}{value}") if value else None


def _part(at: Expression, context: Context) -> Meaning:
    rel, day = at.parts.get("rel", "").lower(), context.anchor or context.day
    named_part = at.parts.get("part", "dawn")
    if rel in ("the previous", "the next", "the following") and day:
        day += timedelta(-1 if rel == "the previous" else 1)
    if rel in ("last", "this"):
        day = context.day and context.day - timedelta(rel == "last")
    return Meaning("TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}{part(named_part)}")


_KINDS: dict[str, Handler] = {**dates.KINDS, **named.KINDS, **relative.KINDS, "clock": _clock, "part": _part}
