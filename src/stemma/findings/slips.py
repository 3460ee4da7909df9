"""Slips that a page shows by itself: conversions that do not fit, days that are another weekday, numbers that are none."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from stemma.claims.counts import is_torn
from stemma.findings import thresholds
from stemma.findings.context import Context, evidence
from stemma.findings.kinds import UNIT_SLIP
from stemma.mentions.figures.units import same_dimension, to_base
from stemma.mentions.times.calendar import MONTHS, WEEKDAYS, day_of
from stemma.tables import Figure, Finding, Place, Span
from stemma.text.numbers import amount

_CLOCK = re.compile(
    r"\b(?P<hour>1?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\.? \((?P<utc>[0-2]\d[:.]?[0-5]\d) (?:GMT|UTC)\)",
    re.IGNORECASE,
)
"""A time of day with Greenwich's behind it: "11:36 a.m. (0336 GMT)"."""
_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_DATE = re.compile(
    rf"\b(?P<weekday>{'|'.join(WEEKDAYS)}),? (?:the )?"
    rf"(?:(?P<month>{_MONTH}) (?P<day>\d\d?)(?:st|nd|rd|th)?|(?P<first>\d\d?)(?:st|nd|rd|th)?(?: of)? (?P<behind>{_MONTH})),? "
    r"(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""A day with its weekday and its year: "Monday, March 3, 2021"."""
_GROUPED = re.compile(r"(?<![\w.,/:;=-])[1-9]\d{0,2}(?:,\d{3})*(?:,\d{4}|,\d{3},\d{1,2})(?![\w/:;=-]|[.,]\d)")
"""Digits behind a comma that are no group of three, nor of lakh and crore: "41,0000"."""


def unit_slips(context: Context) -> Iterator[Finding]:
    """Yield the conversions that do not fit, the dates that fall on another weekday, the numbers that are grouped as none is."""
    for report in sorted(context.reports):
        yield from _conversions(context, report)
        yield from _clock_slips(context, report)
        yield from _other_weekdays(context, report)
        yield from _misprinted_numbers(context, report)


def _conversions(context: Context, report: str) -> Iterator[Finding]:
    """The conversions in brackets that are far from their figures."""
    text = context.reports[report].text
    for figure, other in pairwise(context.mentions[report].figures):
        if is_torn(figure, text) or is_torn(other, text) or not _stands_in_brackets(figure, other, text):
            continue
        span = (figure.start, other.end + 1)
        if _is_conversion(figure, other) and _is_off(figure, other):
            fits = amount(_converted(figure, other), other.unit, "about")
            wrong = f"a conversion that does not fit: “{context.words(report, span)}”"
            yield _slip(context, report, span, f"prints {wrong}; {amount(figure.value, figure.unit)} is {fits}")


def _other_weekdays(context: Context, report: str) -> Iterator[Finding]:
    """The dates with a weekday that they do not fall on."""
    for match in _DATE.finditer(context.reports[report].text):
        month = MONTHS[(match["month"] or match["behind"]).lower().rstrip(".")]
        day = day_of(int(match["year"]), month, int(match["day"] or match["first"]))
        if day and day.isoweekday() != WEEKDAYS[match["weekday"].lower()]:
            yield _slip(context, report, match.span(), f"prints “{match[0]}”; that day is a {_weekday(day)}")


def _weekday(day: date) -> str:
    return next(name for name, number in WEEKDAYS.items() if number == day.isoweekday()).capitalize()


def _misprinted_numbers(context: Context, report: str) -> Iterator[Finding]:
    """The numbers whose digits are grouped as those of no number: one is missing, or one too many."""
    for match in _GROUPED.finditer(context.reports[report].text):
        yield _slip(
            context, report, match.span(), f"prints “{match[0]}”, which is no number: a digit is missing, or one too many"
        )


def _slip(context: Context, report: str, span: Span, says: str) -> Finding:
    return context.finding(UNIT_SLIP, f"{context.name(report)} {says}.", [report], [evidence(report, span)])


def _clock_slips(context: Context, report: str) -> Iterator[Finding]:
    """The clock times with another zone's in brackets that no zone of the place has."""
    text = context.reports[report].text
    for match in _CLOCK.finditer(text):
        hours = _hours_ahead(match)
        place = _place_before(context, report, match.start())
        if hours * 4 % 1 == 0 and (place is None or _apart_on_the_clock(hours, place.lon or 0.0) <= thresholds.ZONE_HOURS):
            continue
        where = f" in {place.name}" if place else ""
        yield _slip(context, report, match.span(), f"prints two hours as one that are not the same{where}: “{match[0]}”")


def _hours_ahead(match: re.Match[str]) -> float:
    """By how many hours the printed clock is ahead of Greenwich's, 0 to 24."""
    hour = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0)
    minutes = hour * 60 + int(match["minute"] or 0) - int(match["utc"][:2]) * 60 - int(match["utc"][-2:])
    return minutes / 60 % 24


def _apart_on_the_clock(hours: float, longitude: float) -> float:
    """How far a clock is from the sun's at a longitude, in hours."""
    apart = abs(hours - longitude / 15) % 24
    return min(apart, 24 - apart)


def _place_before(context: Context, report: str, at: int) -> Place | None:
    """The last place of the sentence before a time, if its longitude is known."""
    start = max((s for s, e in context.sentences(report) if s <= at < e), default=at)
    known = [p for p in context.mentions[report].places if start <= p.start < at and p.lon is not None and p.kind == "city"]
    return known[-1] if known else None


def _stands_in_brackets(figure: Figure, other: Figure, text: str) -> bool:
    return text[figure.end : other.start].strip() in ("(", "[") and text[other.end : other.end + 1] in (")", "]")


def _is_conversion(figure: Figure, other: Figure) -> bool:
    """Whether two figures are in two units of one dimension."""
    return bool(figure.unit and other.unit and figure.unit != other.unit and same_dimension(figure.unit, other.unit))


def _is_off(figure: Figure, other: Figure) -> bool:
    (one, unit), (two, _) = to_base(figure.value, figure.unit or ""), to_base(other.value, other.unit or "")
    if unit == "degC":
        return abs(one - two) > max(thresholds.SLIP_DEGREES, thresholds.SLIP * abs(one)) and not _is_rise(figure, other)
    return abs(one - two) > thresholds.SLIP * max(abs(one), abs(two)) and not (_rounds(figure, other) or _rounds(other, figure))


def _converted(figure: Figure, other: Figure) -> float:
    """What a figure is in the unit of the other, to two digits."""
    zero, one = (to_base(value, other.unit or "")[0] for value in (0.0, 1.0))
    return float(f"{(to_base(figure.value, figure.unit or '')[0] - zero) / (one - zero):.2g}")


def _rounds(figure: Figure, other: Figure) -> bool:
    """Whether a figure is another one to the last place that it prints: one pound for 0.4 kilograms."""
    places = len(f"{figure.value:.10g}".partition(".")[2])
    value: float = to_base(other.value, other.unit or "")[0] / to_base(1.0, figure.unit or "")[0]
    return abs(value - figure.value) <= 0.5 * 0.1**places


def _is_rise(figure: Figure, other: Figure) -> bool:
    """Whether two temperatures fit as the difference of two, which nobody prints for a large one."""
    zero, zeros = to_base(0.0, figure.unit or "")[0], to_base(0.0, other.unit or "")[0]
    one, two = (to_base(f.value, f.unit or "")[0] - z for f, z in ((figure, zero), (other, zeros)))
    return abs(one) <= thresholds.RISE_DEGREES and abs(one - two) <= 2 * thresholds.SLIP * max(abs(one), abs(two))
