"""Dates: days, weekdays, months, quarters, seasons, years, days that have a name ("Easter"), and habits ("every morning")."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from stemma.mentions import thresholds
from stemma.mentions.parse import is_parsed
from stemma.mentions.times.calendar import (
    MONTHS,
    SEASON_MONTHS,
    WEEKDAYS,
    WORDS,
    day_of,
    last_weekday,
    next_weekday,
    shift,
    value_of,
)
from stemma.mentions.times.patterns import Expression
from stemma.mentions.times.time_context import NEXT, PAST, Handler, Meaning, TimeContext


def _date(at: Expression, context: TimeContext) -> Meaning | None:
    month = _month_number(at.parts["month"])
    if month == 9 and "year" not in at.parts and re.match(r" (?:terror|attack)", context.text[at.end :]):
        return Meaning("DATE", "2001-09-11")  # the attacks' name, not a day of this year
    number = int(re.sub(r"\D", "", at.parts["day"]))
    year = _year(at, context)
    if year is None and context.day:
        year = _likely_year(month, number, at, context)
    if year is None:
        return Meaning("DATE", f"XXXX-{month:02}-{number:02}")
    first = day_of(year, month, number)
    if first is None:
        return None
    last = day_of(year, month, int(at.parts.get("day2", number)))
    if last is not None and last < first:  # "28-2 March" starts in another month
        return None
    return Meaning("DATE", first.isoformat(), (first.isoformat(), (last or first).isoformat()))


def _nth_day(at: Expression, context: TimeContext) -> Meaning | None:
    """Read "on the 15th": of this month or the one before, of the next where the clause looks ahead."""
    number, today = int(re.sub(r"\D", "", at.parts["day"])), context.anchor or context.day
    if today is None:
        return Meaning("DATE", f"XXXX-XX-{number:02}")
    step = (number < today.day) if context.ahead(at) else -(number > today.day)
    month = shift(today.replace(day=1), step, "M")
    day = day_of(month.year, month.month, number)
    return Meaning("DATE", day.isoformat()) if day else None


def _nth_of_month(at: Expression, context: TimeContext) -> Meaning | None:
    """Read "the last week of May", "the second Sunday in October", "the first day of next month"."""
    day, word = context.day, at.parts.get("month")
    year = _year(at, context) if word else None
    if word and year is None and day:
        year = _likely_year(_month_number(word), None, at, context)
    if (year if word else day) is None:
        return Meaning("DATE", "XXXX-XX-XX" if at.parts.get("unit") != "week" else "XXXX-WXX")
    if word and year is not None:
        first = date(year, _month_number(word), 1)
    else:
        assert day is not None
        first = shift(day.replace(day=1), {"next": 1, "last": -1}.get(at.parts["rel"], 0), "M")
    last, nth = shift(first, 1, "M") - timedelta(1), _WHICH.index(at.parts["which"])
    if "weekday" in at.parts:
        number = WEEKDAYS[at.parts["weekday"].lower()]
        found = last_weekday(last, number) if nth == _LAST else next_weekday(first, number) + timedelta(7 * nth)
        return Meaning("DATE", found.isoformat())
    if at.parts["unit"] == "day":
        return Meaning("DATE", (last if nth == _LAST else first + timedelta(nth)).isoformat())
    begin = last - timedelta(6) if nth == _LAST else first + timedelta(7 * nth)
    end = last if nth == _LAST else begin + timedelta(6)
    return Meaning("DATE", value_of(end if nth == _LAST else begin, "W"), (begin.isoformat(), end.isoformat()))


_WHICH = ("first", "second", "third", "fourth", "last")
_LAST = 4


def _iso(at: Expression, _context: TimeContext) -> Meaning | None:
    day = day_of(int(at.parts["year"]), int(at.parts["month"]), int(at.parts["day"]))
    if day is None:
        return None
    clock = at.parts.get("clock", "").replace(" ", "T")
    return Meaning("TIME" if clock else "DATE", day.isoformat() + clock)


def _numeric(at: Expression, context: TimeContext) -> Meaning | None:
    """Read "3/4/2025", which is two days by the reader's country.

    Only the year is sure, unless one of the two had not come when the report was published.
    """
    first, second, year = (
        int(at.parts["first"]),
        int(at.parts["second"]),
        _full_year(at.parts.get("year") or at.parts["short"], context),
    )
    by_day = day_of(year, second, first)
    by_month = None if at.parts["mark"] == "." else day_of(year, first, second)
    if context.doc.lang_ not in ("en", "xx"):
        by_month = None
    if by_day and by_month and by_day != by_month:
        come = [d for d in (by_day, by_month) if context.day is not None and d <= context.day]
        return Meaning("DATE", come[0].isoformat() if len(come) == 1 else f"{year}-XX-XX")
    day = by_day or by_month
    return Meaning("DATE", day.isoformat()) if day else None


def _month(at: Expression, context: TimeContext) -> Meaning | None:
    word, year = at.parts["month"], _year(at, context)
    before = context.text[max(0, at.start - 12) : at.start]
    sure = year is not None or "rel" in at.parts or "relyear" in at.parts or "edge" in at.parts
    if word.lower() in ("may", "march", "august") and not sure and not _BEFORE_MONTH.search(before):
        return None
    month, rel = _month_number(word), at.parts.get("rel", "").lower()
    if year is None and _COORDINATED.search(before) and re.match(r"\d{4}-\d\d", context.last):
        year = int(context.last[:4]) + (month < int(context.last[5:7]))
    if year is None and context.day:
        this_year = context.day.year
        if rel in PAST:
            year = this_year - (month >= context.day.month)
        elif rel in NEXT:
            year = this_year + (month <= context.day.month)
        else:
            year = this_year if rel == "this" else _likely_year(month, None, at, context)
    return Meaning("DATE", f"{year:04}-{month:02}" if year is not None else f"XXXX-{month:02}")


_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|of|from|to|for|during|between|and|through|before|after|early|late|mid)[ -]$", re.I
)


_COORDINATED = re.compile(rf"(?:{'|'.join(m[-4:] for m in MONTHS)})\.?(?: \d\d?)?,? (?:and|or|to|through|until) $", re.I)
"""A month right before, which this one follows."""


def _month_number(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def _year(at: Expression, context: TimeContext) -> int | None:
    if "year" in at.parts:
        return _full_year(at.parts["year"], context)
    if "relyear" not in at.parts or context.day is None:
        return None
    rel = at.parts["relyear"].lower()
    if rel in ("the same", "the previous"):
        anchor = context.anchor or context.day
        return anchor.year - (rel == "the previous")
    return context.day.year + {"last": -1, "this": 0, "next": 1}[rel]


def _full_year(word: str, context: TimeContext) -> int:
    """A year in two digits ("'98") is the last of that name that does not lie far ahead."""
    number = int(word.lstrip("'’‘"))
    newest = (context.day.year if context.day else thresholds.NEWEST_YEAR) + thresholds.YEARS_AHEAD
    return number if number > 99 else newest - (newest - number) % 100


def in_year_of(at: Expression, after: Expression) -> Expression:
    """Return the first date of "between May and July 2015" in the year of the second, or in the one before."""
    if (
        not {at.kind, after.kind} <= {"date", "month"}
        or "year" not in after.parts
        or at.parts.keys() & {"year", "relyear", "rel"}
    ):
        return at
    year = after.parts["year"].lstrip("'’‘")
    if _month_number(at.parts["month"]) > _month_number(after.parts["month"]):
        year = f"{int(year) - 1:0{len(year)}}"
    return replace(at, parts={**at.parts, "year": year})


def _likely_year(month: int, number: int | None, at: Expression, context: TimeContext) -> int:
    """Choose a year.

    A date without one is the last one in a clause about the past, the next one in a clause about the
    future, else the nearest.
    """
    day = context.day
    assert day is not None
    ahead = context.ahead(at)
    passed = (month, number or 1) <= (day.month, day.day)
    months_since = (day.month - month) % 12
    if ahead is True:
        return day.year + (not (number is None or (month, number) >= (day.month, day.day)) or month < day.month)
    if passed:
        soon = ahead is None and months_since >= thresholds.NEXT_YEAR_PASSED
        return day.year + soon
    soon = (ahead is None and months_since >= thresholds.NEXT_YEAR_COMING) or (
        number is not None and months_since in (0, 11) and _within(day, month, number)
    )
    return day.year if soon else day.year - 1


def _within(day: date, month: int, number: int) -> bool:
    """Tell a day of the next two weeks: it is announced, even in a clause that the parse takes for past."""
    coming = day_of(day.year, month, number)
    return coming is not None and timedelta(0) < coming - day <= timedelta(thresholds.ANNOUNCED_DAYS)


def _weekday(at: Expression, context: TimeContext) -> Meaning | None:
    if re.search(_NAMED_DAY, context.text[max(0, at.start - 8) : at.start]):
        return None
    number = WEEKDAYS[at.parts["weekday"].lower()]
    rel, day = at.parts.get("rel", "").lower(), context.day
    named = at.parts.get("part", "").lower() or ("dawn" if context.text[at.start : at.end].count("hours of") else "")
    kind, suffix = ("TIME", "T" + WORDS["part"][named]) if named else ("DATE", "")
    if day is None:
        return Meaning(kind, f"XXXX-WXX-{number}{suffix}")
    if week := at.parts.get("relweek", "").lower():
        monday = last_weekday(day, 1) + timedelta(7 * {"last": -1, "this": 0, "next": 1}[week])
        found = monday + timedelta(number - 1)
    elif rel in ("previous", "preceding", "following") and context.anchor:
        one = timedelta(1)
        found = next_weekday(context.anchor + one, number) if rel == "following" else last_weekday(context.anchor - one, number)
    elif rel in PAST:
        found = last_weekday(day - timedelta(1), number)
    elif rel in NEXT:
        found = next_weekday(day + timedelta(1), number)
    elif context.anchor and _RUNS.search(context.text[max(0, at.start - 20) : at.start]):
        found = next_weekday(context.anchor, number)
    elif rel == "this" or context.ahead(at):
        found = next_weekday(day, number)
    else:
        found = last_weekday(day, number)
        ahead = found == day - timedelta(6) and not context.text[: at.start].lower().endswith("the ")
        # A page bears the day of its first print, or of another zone: what it tells of the day after is rarely a week old.
        found = day + timedelta(1) if ahead else found
    return Meaning(kind, found.isoformat() + suffix)


_RUNS = re.compile(rf"(?:{'|'.join(WEEKDAYS)})(?: to | through |[-–])$", re.I)
_NAMED_DAY = r"\b(?:Black|Bloody|Good|Super|Cyber|Palm|Easter|Ash|Giving|Maundy|Shrove) $"


_NEAR = {
    "today": 0, "tonight": 0, "overnight": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2,
    "the day after tomorrow": 2,
}  # fmt: skip


def _near(at: Expression, context: TimeContext) -> Meaning:
    word = " ".join(at.parts["near"].lower().split())
    named = "night" if word in ("tonight", "overnight") else at.parts.get("part", "").lower()
    kind, suffix = ("TIME", "T" + WORDS["part"][named]) if named else ("DATE", "")
    if context.day is None:
        return Meaning(kind, "XXXX-XX-XX" + suffix if suffix or word != "today" else "PRESENT_REF")
    return Meaning(kind, (context.day + timedelta(_NEAR[word])).isoformat() + suffix)


def _quarter(at: Expression, context: TimeContext) -> Meaning | None:
    nth = _nth(at.parts["nth"])
    year = _year(at, context)
    if year is None and context.day:
        year = context.day.year - (nth > (context.day.month + 2) // 3 + 1)
    fiscal = "fiscal" in context.text[at.start : at.end].lower()
    return Meaning("DATE", f"{year if year is not None else 'XXXX'}-Q{nth}", (None, None) if fiscal else None)


def _half(at: Expression, context: TimeContext) -> Meaning | None:
    nth, year = (1 if at.parts["nth"].lower() in ("first", "h1") else 2), _year(at, context)
    if at.start < at.end and context.text[at.start : at.end].endswith("month"):
        return Meaning("DATE", value_of(context.day, "M") if context.day else "XXXX-XX")
    if year is None and context.day:
        year = context.day.year
    return Meaning("DATE", f"{year if year is not None else 'XXXX'}-H{nth}")


def _nth(word: str) -> int:
    digit = re.search(r"\d", word)
    return int(digit[0]) if digit else _QUARTERS[word.lower()]


_QUARTERS = {"first": 1, "opening": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "closing": 4}


def _season(at: Expression, context: TimeContext) -> Meaning | None:
    if at.parts["season"][0].isupper() and re.search(r"[A-Z]\w+ $", context.text[: at.start]):
        return None  # a name such as the Prague Spring
    code, year = WORDS["season"][at.parts["season"].lower()], _year(at, context)
    if year is None and context.day:
        first, month = SEASON_MONTHS[code], context.day.month
        over = code != "WI" and month > first + 2
        year = context.day.year + over if context.ahead(at) else context.day.year - (month < first)
    return Meaning("DATE", f"{year if year is not None else 'XXXX'}-{code}")


def _bare_year(at: Expression, context: TimeContext) -> Meaning | None:
    if not at.parts["year"][0].isdigit():
        return Meaning("DATE", str(_full_year(at.parts["year"], context)))
    return Meaning("DATE", at.parts["year"]) if _is_year(at, context) else None


def _is_year(at: Expression, context: TimeContext) -> bool:
    """Tell a year from an amount in four digits: no unit or plural after it, no price or label before."""
    text, year = context.text, int(at.parts["year"])
    after, before = text[at.end : at.end + 40], text[max(0, at.start - 20) : at.start]
    if re.match(
        r"[ -]?(?:%|percent|per cent|km|kilomet|met(?:er|re)|mile|feet|dollar|euro|million|billion|thousand"
        r"|points?\b|mark\b|Index\b|hours\b|[ap]\.?m\b)",
        after,
    ):
        return False
    if re.search(
        r"(?i)(?:[$£€#]|\b(?:about|over|some|nearly|almost|least|than|up to|around|another|no\.|flight"
        r"|article|page|room|model)) $",
        before,
    ):
        return False
    token = context.doc.char_span(at.end - 4, at.end, alignment_mode="expand")
    if token is None or not is_parsed(context.doc):
        return True
    counts = token.root.dep_ == "nummod" and token.root.head.tag_ == "NNS" and token.root.head.i == token.root.i + 1
    return not (counts and (year % 100 == 0 or not re.search(r"(?i)\b(?:the|in|of|since|its|his)\s$", before)))


def _years(at: Expression, _context: TimeContext) -> Meaning | None:
    first = int(at.parts["year"])
    last = int(at.parts["to"]) if len(at.parts["to"]) == 4 else first - first % 100 + int(at.parts["to"])
    if not first < last <= first + 99:
        return None
    return Meaning("DURATION", f"P{last - first}Y", (f"{first}-01-01", f"{last}-12-31"))


def _decade(at: Expression, context: TimeContext) -> Meaning | None:
    word = at.parts["decade"]
    if word.isalpha():
        return Meaning("DATE", WORDS["decade"][word.lower()])
    if len(word) == 2:
        ages = re.search(r"(?i)\b(?:in|into) (?:his|her|their|my|your)\s*$", context.text[: at.start])
        word = None if ages else "19" + word if word >= "30" else "20" + word  # type: ignore[assignment]
    return Meaning("DATE", word[:3]) if word else None


def _century(at: Expression, _context: TimeContext) -> Meaning:
    return Meaning("DATE", f"{int(at.parts['nth']) - 1:02}")


_ATTACKS = "9/11"


def _holiday(at: Expression, context: TimeContext) -> Meaning | None:
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


def _weekdays(at: Expression, _context: TimeContext) -> Meaning:
    word = at.parts.get("weekday") or at.parts["plural"]
    part = "T" + WORDS["part"][at.parts["part"].lower()] if "part" in at.parts else ""
    return Meaning("SET", f"XXXX-WXX-{WEEKDAYS[word.lower()]}{part}")


def _habit(at: Expression, _context: TimeContext) -> Meaning:
    """Read "every morning", "each summer", "every May", "on weekends"."""
    if "part" in at.parts:
        return Meaning("SET", "XXXX-XX-XXT" + WORDS["part"][at.parts["part"].lower()])
    if "season" in at.parts:
        return Meaning("SET", "XXXX-" + WORDS["season"][at.parts["season"].lower()])
    return Meaning("SET", f"XXXX-{MONTHS[at.parts['month'].lower()]:02}" if "month" in at.parts else "XXXX-WXX-WE")


def _fiscal(at: Expression, _context: TimeContext) -> Meaning:
    """Name a fiscal year by its number; on which days it begins and ends is each body's own affair."""
    return Meaning("DATE", at.parts["year"], (None, None))


KINDS: dict[str, Handler] = {
    "date": _date, "iso": _iso, "numeric": _numeric, "month": _month, "weekday": _weekday,
    "near": _near, "quarter": _quarter, "half": _half, "season": _season, "year": _bare_year, "years": _years,
    "decade": _decade, "century": _century, "nth": _nth_day, "nthof": _nth_of_month,
    "holiday": _holiday, "weekdays": _weekdays, "habit": _habit, "fiscal": _fiscal,
}  # fmt: skip
