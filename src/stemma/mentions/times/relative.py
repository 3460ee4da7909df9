"""Lengths of time, and what is named by its distance from another day."""

import re
from datetime import date, timedelta

from stemma.mentions.times.calendar import (
    SEASON_MONTHS,
    UNITS,
    WEEKDAYS,
    WORDS,
    duration,
    last_weekday,
    shift,
    unresolved,
    value_of,
)
from stemma.mentions.times.patterns import Expression
from stemma.mentions.times.time_context import NEXT, PAST, Handler, Meaning, TimeContext
from stemma.text.numbers import read_number


def _unit(at: Expression, context: TimeContext) -> Meaning | None:
    word, rel = at.parts["unit"].lower(), at.parts.get("rel", "this").lower()
    if word in WORDS["season"]:
        return _rel_season(word, rel, context)
    if word == "weekend":
        return _weekend(at, context)
    unit, day = UNITS[word], context.day
    if rel in ("same", "that", "previous", "following", "preceding") or (word == "day" and rel != "current"):
        day = context.base(unit) or context.day
    if (rel == "past" and unit != "D") or (rel == "last" and unit in "EC"):
        return _stretch(1, unit, -1, day)
    if unit == "D" and rel == "this" and "edge" not in at.parts:
        return None
    step = -1 if rel in PAST else 1 if rel in NEXT else 0
    if unit == "F":
        return _stretch(1, unit, step or 1, day)
    if day is None:
        return Meaning("DATE", unresolved(unit))
    return Meaning("DATE", value_of(shift(day, step, unit), unit))


def _rel_season(word: str, rel: str, context: TimeContext) -> Meaning | None:
    code, day = WORDS["season"][word], context.day
    if word == "fall" and rel not in ("last", "this", "next"):
        return None
    if day is None:
        return Meaning("DATE", f"XXXX-{code}")
    first = SEASON_MONTHS[code]
    year = day.year - (code == "WI" and day.month < 3)
    if rel in PAST:
        over = code != "WI" and day.month > first + 2
        year -= not over
    elif rel in NEXT:
        year += day.month >= first or code == "WI"
    return Meaning("DATE", f"{year:04}-{code}")


def _weekend(at: Expression, context: TimeContext) -> Meaning:
    if context.day is None:
        return Meaning("DATE", "XXXX-WXX-WE")
    rel, saturday = at.parts.get("rel", "").lower(), last_weekday(context.day, 6)
    if rel in NEXT:
        saturday += timedelta(7)
    elif rel == "this" or context.ahead(at):
        saturday = saturday if context.day.isoweekday() >= 6 else saturday + timedelta(7)
    elif rel in ("last", "previous") and context.day.isoweekday() >= 6:
        saturday -= timedelta(7)
    return Meaning("DATE", value_of(saturday, "W") + "-WE")


def _span(at: Expression, context: TimeContext) -> Meaning | None:
    rel = at.parts["rel"].lower()
    unit, many = UNITS[at.parts["unit"].lower()], _many(at.parts["many"])
    if rel in ("first", "final", "opening"):
        return Meaning("DURATION", duration(many, unit))
    return _stretch(many, unit, -1 if rel in PAST else 1, context.day)


def _stretch(many: float | None, unit: str, way: int, day: date | None) -> Meaning:
    """Return a length of time that ends or begins on the day of publication."""
    value = duration(many, unit)
    if day is None or many is None:
        return Meaning("DURATION", value)
    if unit.startswith("T"):
        seconds = {"TS": 1, "TM": 60, "TH": 3600}[unit] * many
        far = day + way * timedelta(days=-(-seconds // 86400))
    else:
        far = shift(day, way * many, unit)
    first, last = sorted((far, day))
    return Meaning("DURATION", value, (first.isoformat(), last.isoformat()))


def _offset(at: Expression, context: TimeContext) -> Meaning | None:
    """Count "two years ago" from publication, "a day earlier" from the day named before it."""
    unit, way = UNITS[at.parts.get("unit", "century").lower()], at.parts["way"].lower()
    worded = at.parts.get("many", "a" if context.text[at.start : at.start + 4].lower() == "the " else "")
    many = None if "ages" in at.parts else _many(worded)
    base = context.base(unit)
    day = context.day if way in ("ago", "hence", "from now") else base or context.day
    if way in ("later", "after") and base is None:
        return Meaning("DURATION", duration(many, unit))
    past = way in ("ago", "earlier", "before")
    if many is None or day is None or many > _AGES:
        return Meaning("DATE", ("PAST_REF" if past else "FUTURE_REF") if many is None else unresolved(unit))
    if unit.startswith("T"):
        return Meaning("DURATION", duration(many, unit))
    moved = shift(day, -many if past else many, unit)
    if at.parts.get("unit", "").lower() == "night":
        return Meaning("TIME", moved.isoformat() + "TNI")
    return Meaning("DATE", value_of(moved, "D" if unit in "DF" else unit))


_AGES = 100_000
"""So many years ago the calendar does not reach, nor days far back."""


def _last_but_one(at: Expression, context: TimeContext) -> Meaning:
    """Read "the year before last"."""
    word = at.parts["unit"].lower()
    unit = "W" if word == "weekend" else UNITS[word]
    if context.day is None:
        return Meaning("DATE", unresolved(unit) + ("-WE" if word == "weekend" else ""))
    return Meaning("DATE", value_of(shift(context.day, -2, unit), unit) + ("-WE" if word == "weekend" else ""))


def _weekday_ago(at: Expression, context: TimeContext) -> Meaning | None:
    """Read "two Sundays ago"."""
    many, number = _many(at.parts["many"]), WEEKDAYS[at.parts["weekday"].lower()]
    if context.day is None or not many:
        return Meaning("DATE", f"XXXX-WXX-{number}")
    return Meaning("DATE", (last_weekday(context.day - timedelta(1), number) - timedelta(7 * (many - 1))).isoformat())


def _same(_at: Expression, context: TimeContext) -> Meaning:
    """Read "the same period last year" as the last month, quarter or day that was named, a year earlier."""
    if re.match(r"\d{4}(?:-|$)", context.last):
        return Meaning("DATE", f"{int(context.last[:4]) - 1:04}{context.last[4:].partition('T')[0]}")
    return Meaning("DATE", f"{context.day.year - 1:04}" if context.day else "XXXX")


def _that(at: Expression, context: TimeContext) -> Meaning | None:
    word = (at.parts.get("unit") or at.parts["unit2"]).lower()
    unit = "D" if word in ("time", "night", "day") else UNITS[word]
    day = context.base(unit) or (context.day if word == "day" else None)
    if word == "time" and day is None:
        return Meaning("DATE", "PAST_REF")
    return Meaning("DATE", value_of(day, unit) if day else unresolved(unit))


def _now(at: Expression, _context: TimeContext) -> Meaning:
    return Meaning("DATE", WORDS["now"].get(at.parts["now"].lower(), "PAST_REF"))


def _length(at: Expression, context: TimeContext) -> Meaning | None:
    word, text = at.parts.get("unit") or at.parts.get("bare") or at.parts["long"], context.text
    if "bare" in at.parts and re.search(r"(?i)\b(?:early|small) $", text[max(0, at.start - 6) : at.start]):
        return None
    if "long" in at.parts and word == "single":
        return Meaning("DURATION", "P1D")
    if "long" in at.parts:
        singular = word if word in UNITS else word.removesuffix("ies") + "y" if word == "centuries" else word.removesuffix("s")
        return Meaning("DURATION", duration(1 if word in UNITS else None, UNITS.get(singular, "D")))
    if "bare" in at.parts:
        return Meaning(
            "DURATION",
            duration(None, UNITS["century" if word == "centuries" else word.lower().removesuffix("s")]),
        )
    if "many" not in at.parts:
        return Meaning("DURATION", duration(1, UNITS[word.lower()]))
    unit, many = UNITS[word.lower()], at.parts["many"].lower()
    if (many in ("a", "an", "one", "the") and unit in ("TS", "Q")) or (
        word.lower() == "second" and text[at.end - 1] != "s" and "-" not in text[at.start : at.end]
    ):
        return None
    if many in ("a", "an", "one", "per") and unit in (*"DWMQY", "TH", "TM", "TS") and _is_rate(at, context):
        speed = unit in ("TH", "TM", "TS") and _SPEED.search(text[max(0, at.start - 16) : at.start])
        return None if speed else Meaning("SET", duration(1, unit))
    if (
        unit == "Q"
        and re.match(r" of\b", text[at.end :])
        and not re.search(r"(?:straight|consecutive|full|successive) ", text[at.start : at.end])
        and many in ("one", "three")
    ):
        return None
    if re.search(r"(?i)\b(?:aged?|ages) $", text[max(0, at.start - 6) : at.start]):
        return None
    if re.search(r"(?i)\b(?:early|small) $", text[max(0, at.start - 6) : at.start]):
        return None
    length = _many(many)
    return Meaning("DURATION", duration(length + 0.5 if length is not None and "half" in at.parts else length, unit))


_SPEED = re.compile(r"(?:miles?|kilomet(?:er|re)s?|met(?:er|re)s?|km|feet) $", re.I)


def _compound(at: Expression, _context: TimeContext) -> Meaning:
    """Read "2 hours 30 minutes" and "five years and two months"."""
    units = [UNITS[at.parts[name].lower()] for name in ("unit", "unit2")]
    first, second = (duration(_many(at.parts[many]), unit) for many, unit in zip(("many", "many2"), units, strict=True))
    joined = second.removeprefix("P") if units[0][0] != "T" else second.removeprefix("PT")
    return Meaning("DURATION", first + joined)


def _is_rate(at: Expression, context: TimeContext) -> bool:
    """Tell a rate ("15 a year"): what stands before is an amount, and nothing counts from here."""
    if re.match(r" (?:ago|after|before|later|earlier|of|since|when)\b", context.text[at.end :]):
        return False
    if at.start < 3:
        return False
    before = context.doc.char_span(at.start - 2, at.start - 1, alignment_mode="expand")
    counted = before is not None and bool(before) and before[-1].tag_ in ("CD", "NNS", "$")
    return counted or context.text[max(0, at.start - 6) : at.start] in (" once ", "twice ", "times ")


def _many(word: str) -> float | None:
    word = word.lower().strip()
    if word in ("a", "an", "the"):
        return 1.0
    if word == "a couple of" or word == "couple of":
        return 2.0
    return read_number("half" if word.startswith("half") else word)


def _set(at: Expression, context: TimeContext) -> Meaning | None:
    if word := at.parts.get("set"):
        after = context.text[at.end : at.end + 2]
        named = word[0].isupper() and (re.match(r" [A-Z]", after) or re.search(r"\w $", context.text[: at.start]))
        return None if named else Meaning("SET", WORDS["set"][word.lower()])
    many = {"other": 2.0, "few": None}.get(at.parts.get("many", "1").lower(), _many(at.parts.get("many", "1")))
    return Meaning("SET", duration(many, UNITS[at.parts["unit"].lower()]))


KINDS: dict[str, Handler] = {
    "unit": _unit, "weekend": _weekend, "span": _span, "offset": _offset, "same": _same, "that": _that,
    "now": _now, "length": _length, "set": _set, "compound": _compound, "lastbutone": _last_but_one,
    "weekdayago": _weekday_ago,
}  # fmt: skip
