"""Days that have a name, habits ("every morning"), and years that are not the calendar's."""

from datetime import date, timedelta

from stemma.mentions.times.calendar import MONTHS, WEEKDAYS, WORDS, last_weekday, next_weekday, shift
from stemma.mentions.times.context import Context, Handler, Meaning
from stemma.mentions.times.patterns import Expression

_ATTACKS = "9/11"


def _holiday(at: Expression, context: Context) -> Meaning | None:
    name = at.parts["holiday"].lower().replace("’", "'")
    if name == _ATTACKS:
        return Meaning("DATE", "2001-09-11")
    rule = WORDS["holiday"][name]
    if "year" in at.parts:
        return Meaning("DATE", _on(rule, int(at.parts["year"])).isoformat())
    if context.day is None:
        return Meaning("DATE", f"XXXX-{rule}" if len(rule) == 5 and rule[0].isdigit() else "XXXX-XX-XX")
    days = [_on(rule, context.day.year + step) for step in (-1, 0, 1)]
    if context.ahead(at):
        return Meaning("DATE", min(d for d in days if d >= context.day).isoformat())
    past = max(d for d in days if d <= context.day)
    coming = min(d for d in days if d >= context.day)
    soon = context.ahead(at) is None and (coming - context.day).days < 60 < (context.day - past).days
    return Meaning("DATE", (coming if soon else past).isoformat())


def _on(rule: str, year: int) -> date:
    """The day of a year that a rule of times.tsv names."""
    if rule[0] == "E":
        return _easter(year) + timedelta(int(rule[1:]))
    month, *rest = rule.split("-")
    if len(rest) == 1:
        return date(year, int(month), int(rest[0]))
    if rest[1] == "L":
        return last_weekday(shift(date(year, int(month), 1), 1, "M") - timedelta(1), int(rest[0]))
    return next_weekday(date(year, int(month), 1), int(rest[0])) + timedelta(7 * (int(rest[1]) - 1))


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's rule)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _weekdays(at: Expression, _context: Context) -> Meaning:
    word = at.parts.get("weekday") or at.parts["plural"]
    part = "T" + WORDS["part"][at.parts["part"].lower()] if "part" in at.parts else ""
    return Meaning("SET", f"XXXX-WXX-{WEEKDAYS[word.lower()]}{part}")


def _habit(at: Expression, _context: Context) -> Meaning:
    """Read "every morning", "each summer", "every May", "on weekends"."""
    if "part" in at.parts:
        return Meaning("SET", "XXXX-XX-XXT" + WORDS["part"][at.parts["part"].lower()])
    if "season" in at.parts:
        return Meaning("SET", "XXXX-" + WORDS["season"][at.parts["season"].lower()])
    return Meaning("SET", f"XXXX-{MONTHS[at.parts['month'].lower()]:02}" if "month" in at.parts else "XXXX-WXX-WE")


def _fiscal(at: Expression, _context: Context) -> Meaning:
    """Name a fiscal year by its number; on which days it begins and ends is each body's own affair."""
    return Meaning("DATE", at.parts["year"], (None, None))


KINDS: dict[str, Handler] = {"holiday": _holiday, "weekdays": _weekdays, "habit": _habit, "fiscal": _fiscal}
