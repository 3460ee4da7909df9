"""Days that have a name, habits ("every morning"), and years that are not the calendar's."""

from datetime import date, timedelta
from functools import lru_cache

from stemma.mentions import thresholds
from stemma.mentions.times.calendar import MONTHS, WEEKDAYS, WORDS
from stemma.mentions.times.context import Context, Handler, Meaning
from stemma.mentions.times.patterns import Expression

_ATTACKS = "9/11"


def _holiday(at: Expression, context: Context) -> Meaning | None:
    name = at.parts["holiday"].lower().replace("’", "'")
    if name == _ATTACKS:
        return Meaning("DATE", "2001-09-11")
    rule = WORDS["holiday"][name]
    if "year" in at.parts:
        its_day = _on(rule, int(at.parts["year"]))
        return Meaning("DATE", its_day.isoformat()) if its_day else None
    if context.day is None:
        return Meaning("DATE", f"XXXX-{rule}" if len(rule) == 5 and rule[0].isdigit() else "XXXX-XX-XX")
    days = [d for step in (-1, 0, 1) if (d := _on(rule, context.day.year + step)) is not None]
    if len(days) < 3:
        return None
    if context.ahead(at):
        return Meaning("DATE", min(d for d in days if d >= context.day).isoformat())
    past = max(d for d in days if d <= context.day)
    coming = min(d for d in days if d >= context.day)
    soon = context.ahead(at) is None and (coming - context.day).days < thresholds.HOLIDAY_DAYS < (context.day - past).days
    return Meaning("DATE", (coming if soon else past).isoformat())


def _on(rule: str, year: int) -> date | None:
    """The day of a year that a rule of times.tsv names; None where nobody kept it then."""
    if rule[0] == "E":
        from dateutil.easter import easter

        sunday: date = easter(year)
        return sunday + timedelta(int(rule[1:]))
    if rule[0].isdigit():
        month, day = rule.split("-")
        return date(year, int(month), int(day))
    return _of_country(year, *rule.split(" ", 1))


@lru_cache(maxsize=1000)
def _of_country(year: int, country: str, name: str) -> date | None:
    """The day of a country's holiday, not moved for a weekend; the package is loaded only where one is named."""
    import holidays

    kept = holidays.country_holidays(country, years=year, observed=False, language="en_US")
    return next((day for day, called in sorted(kept.items()) if called == name), None)


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
