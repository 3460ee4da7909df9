"""Time expressions, resolved against the day a report was published.

Types and values are those of TIMEX3 (TimeML annotation guidelines 1.2.1). Which day a weekday or a date without a year
means follows the tense of its clause and prefers the past, as Mazur and Dale (2008, "What's the date?") found for news.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from stemma.mentions.parse import Paragraph, kept
from stemma.mentions.times import clock, dates, relative
from stemma.mentions.times.clock import clock_of, tie_conversions
from stemma.mentions.times.patterns import Expression, expressions
from stemma.mentions.times.time_context import Handler, Meaning, TimeContext
from stemma.tables import Time
from stemma.text.moments import printed_day

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


_NAMED = ("ORG", "PERSON", "WORK_OF_ART", "FAC", "PRODUCT", "GPE", "NORP")
_MAY_BE_NAMES = ("month", "weekday", "weekdays", "part", "season", "set", "now", "holiday", "unit")


def find_times(doc: "Doc", published: str | None) -> list[Time]:
    """Return a paragraph's time expressions in text order, offsets in the paragraph.

    `published` is an ISO date or moment; its day is taken in the zone that it is written in. Without it what is
    relative stays unresolved: TIMEX3's X for what is unknown, `begin` and `until` None.
    """
    return list(_found(doc, printed_day(published), None)[0])


def find_report_times(paragraphs: Sequence[Paragraph], published: str | None) -> list[Time]:
    """Return the time expressions of a report's paragraphs, offsets in the report's text.

    As `find_times`, but "that day" and "a day earlier" can lean on the paragraph before, and a report of unknown date
    that opens with a line that is nothing but a full date is dated by it.
    """
    day = printed_day(published) or _date_line(paragraphs[:4])
    anchor: date | None = None
    report = []
    for paragraph in paragraphs:
        found, anchor = _found(paragraph.doc, day, anchor)
        report += [replace(t, start=t.start + paragraph.start, end=t.end + paragraph.start) for t in found]
    return report


@kept
def _found(doc: "Doc", day: date | None, anchor: date | None) -> tuple[list[Time], date | None]:
    found: list[Time] = []
    text = doc.text
    names = doc.ents
    named = [at for at in expressions(text) if not _part_of_a_name(doc, names, at)]
    for at, after, later in zip_longest(named, named[1:], named[2:]):
        context = TimeContext(doc, text, day, anchor, _last_date(found))
        if after is not None and TO.fullmatch(text[at.end : after.start]):
            at = dates.in_year_of(at, after)
        day_at = later if after is not None and at.kind == after.kind == "clock" else after
        if day_at is not None and at.kind in ("clock", "part") and _same_moment(text[at.end : day_at.start]):
            context = replace(context, anchor=_day_of(day_at, context))
        what = meaning(at, context)
        if what is None:
            continue
        begin, until = what.extent
        found.append(Time(at.start, at.end, what.type, what.value, begin, until, *clock_of(what.value)))
        if what.type in ("DATE", "TIME") and begin is not None and begin == until:
            anchor = printed_day(begin)
    return with_periods(tie_conversions(found, text), text), anchor


def _same_moment(between: str) -> bool:
    """Tell "at 6 p.m. on Tuesday" and "at 6 p.m. (1700 GMT) on Tuesday", where the day follows its hour."""
    return re.sub(r" ?\([^()]*\)", "", between) in (" on ", ", ", " ", ", on ", " last ", " of ")


def _day_of(at: Expression, context: TimeContext) -> date | None:
    what = meaning(at, context)
    begin, until = what.extent if what else (None, None)
    return printed_day(begin) if begin == until and begin else context.anchor


def _last_date(found: list[Time]) -> str:
    return next((t.value for t in reversed(found) if t.type == "DATE" and t.begin), "")


def _date_line(paragraphs: Sequence[Paragraph]) -> date | None:
    for paragraph in paragraphs:
        times = find_times(paragraph.doc, None)
        if len(times) == 1 and times[0].begin and times[0].begin == times[0].until:
            rest = paragraph.doc.text[: times[0].start] + paragraph.doc.text[times[0].end :]
            if not rest.strip(" .,|–-"):
                return printed_day(times[0].begin)
    return None


def _part_of_a_name(doc: "Doc", names: Sequence["Span"], at: Expression) -> bool:
    """Tell names such as "Sunday Times" and "April Jones", where the tagger found a longer one."""
    if at.kind not in _MAY_BE_NAMES or not any(c.isupper() for c in doc.text[at.start : at.end]):
        return False
    span = doc.char_span(at.start, at.end, alignment_mode="expand")
    if span is None:
        return False
    # No two names of a tagger lie within each other: of those in text order the last that has begun may hold the expression.
    begun = bisect_right(names, span.start, key=lambda name: name.start)
    around = names[begun - 1] if begun else None
    return around is not None and span.end <= around.end and len(around) > len(span) and around.label_ in _NAMED


def meaning(at: Expression, context: TimeContext) -> Meaning | None:
    """Return what an expression means, or None when it is no expression of time after all."""
    try:
        return _KINDS[at.kind](at, context)
    except (OverflowError, ValueError):  # a number or a year outside the calendar
        return None


_KINDS: dict[str, Handler] = {**dates.KINDS, **relative.KINDS, **clock.KINDS}


TO = re.compile(r" (?:and|to|through|thru|until|till|up to) (?:the end of )?| ?[–—] ?", re.I)
"""What stands between the two ends of a period."""
_FROM = re.compile(r"\b(?P<word>between|from)(?: the| about| around)? $", re.I)


def with_periods(times: Sequence[Time], text: str) -> list[Time]:
    """Return a paragraph's times and its periods, in text order; the two ends of a period stay times of their own.

    A period has the type DURATION, the value "2017-05/2017-07" (an interval as ISO 8601 writes it), and its days.
    """
    return sorted([*times, *_periods(times, text)], key=lambda t: (t.start, -t.end))


def _periods(times: Sequence[Time], text: str) -> list[Time]:
    found = []
    for a, b in pairwise(times):
        word = _FROM.search(text[max(0, a.start - 20) : a.start])
        to = text[a.end : b.start]
        if not TO.fullmatch(to) or (a.type, b.type) != ("DATE", "DATE") or a.begin is None or b.until is None:
            continue
        and_ = to.strip().lower().startswith("and")
        opened = word is not None and (word["word"].lower() == "between") == and_
        if (opened or "thr" in to.lower()) and a.begin < b.until and len(a.value) >= 4:
            start = a.start - len(word[0]) if word and opened else a.start
            found.append(Time(start, b.end, "DURATION", f"{a.value}/{b.value}", a.begin, b.until))
    return found
