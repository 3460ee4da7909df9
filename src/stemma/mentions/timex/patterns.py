# ruff: noqa: E501 - a pattern is read in one line
"""Where time expressions stand: one regular expression a kind; what they mean is read in time_values."""

import re
from dataclasses import dataclass
from functools import lru_cache

from stemma.mentions.numbers import DIGITS, WORDED, either
from stemma.mentions.timex.calendar import WORDS


@dataclass(frozen=True, slots=True)
class Expression:
    """A run of text that may be a time expression: its kind and the named parts of its pattern."""

    kind: str
    start: int
    end: int
    parts: dict[str, str]


@lru_cache(maxsize=4096)
def expressions(text: str) -> tuple[Expression, ...]:
    """Return the time expressions of a text in text order; where two overlap the longer one stands."""
    found = [
        Expression(kind, *match.span("all"), {k: v for k, v in match.groupdict().items() if v and k != "all"})
        for kind, pattern in PATTERNS
        for match in pattern.finditer(text)
        # "Two night-shift workers": the unit is half of another word.
        if not (text[match.end("all") : match.end("all") + 1] == "-" and text[match.end("all") + 1 : match.end("all") + 2].isalpha())
    ]
    kept: list[Expression] = []
    taken = bytearray(len(text))
    for one in sorted(found, key=lambda e: (e.start - e.end, e.start)):
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return tuple(sorted(kept, key=lambda e: e.start))


def _capital(group: str) -> str:
    return either([word.capitalize() for word in WORDS[group]] + [word.upper() for word in WORDS[group]])


_MONTH = rf"(?P<month>{_capital('month')}\b|{_capital('short')}\b\.?)"
_FULL = rf"(?P<month>{_capital('month')})\b"
_DAY = r"(?P<day>(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?)(?![\d:%]|[.,]\d)"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)(?![\d%]|[.,]\d)"
_OF_YEAR = rf"(?:,? (?P<year>{_YEAR})|,? (?:of )?(?P<relyear>last|this|next|the same|the previous) year)"
_WEEKDAY = rf"(?P<weekday>{_capital('weekday')})"
_PART = rf"(?P<part>{either(WORDS['part'])})"
_EDGE = r"(?:(?P<edge>(?:early|late)(?: in)?|mid|earlier|later|(?:the (?:very )?)?(?:start|beginning|end|middle|close|turn) of)[ -])"
_REL = r"(?P<rel>last|next|this past|this coming|this|past|previous|coming|following|preceding|current|same|that)"
_NAMED_REL = r"(?P<rel>last|next|this past|this coming|this|past|previous|coming|following|preceding)"
_UNIT = rf"(?P<unit>{either(WORDS['unit'])})"
_MANY = rf"(?P<many>{DIGITS}|{WORDED}|several|many|a few|few|a couple of|couple of|an|a|half an|half a|some|dozens of|hundreds of)"
_BOUND = (
    r"(?:(?:just |well |a little )?(?:over|under|almost|nearly|about|around|roughly|approximately|more than|less than|fewer than"
    r"|at least|at most|up to|close to|some) )"
)
_ZONE = (
    rf"(?:\ ?\(?(?P<zone>{either([*WORDS['zone'], *(z.upper() for z in WORDS['zone'])])}(?:\ ?[+-]\ ?\d{{1,2}})?)\b\)?)"
)
_STEM = r"(?<![\w$£€-])(?<![\d][.,:])"


def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(rf"{_STEM}(?P<all>{pattern})(?!\w)", flags)


def _context(before: str, pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(rf"{_STEM}{before}(?P<all>{pattern})(?!\w)", flags)


_DATED = rf"(?:{_WEEKDAY},? (?:the )?)?"
_HOLIDAY = either(WORDS["holiday"]).replace("'", "['’]")
_TIMES_OF_DAY = r"(?P<hour>[01]?\d|2[0-4])"
_YEAR_BEFORE = (
    r"(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Ff]rom|[Tt]o|[Dd]uring|[Oo]f|[Bb]efore|[Aa]fter|[Bb]etween|and|through|[Tt]he|[Aa]|a"
    r"|around|its|their|his|her|this|that|or|than|back in|[Cc]irca|'s|’s) "
)

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("date", _compiled(rf"{_DATED}{_MONTH} {_DAY}(?: ?[-–] ?(?P<day2>[0-3]?\d)(?!\d))?{_OF_YEAR}?")),
    ("date", _compiled(rf"{_DATED}{_DAY}(?: of)? {_MONTH}{_OF_YEAR}?")),
    ("iso", _compiled(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?")),
    ("numeric", _compiled(r"(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})[./](?P<year>(?:19|20)\d\d)")),
    ("month", _compiled(rf"{_EDGE}?(?:(?:the )?{_NAMED_REL} )?{_FULL}{_OF_YEAR}?")),
    ("month", _compiled(rf"{_EDGE}?{_MONTH},? (?P<year>{_YEAR})")),
    ("weekday", _compiled(rf"(?:(?P<edge>early|late|[Ee]arlier|later) (?:on )?)?(?:(?:the )?{_NAMED_REL} )?{_WEEKDAY}(?: {_PART})?"
                          r"(?: (?:of )?(?P<relweek>last|next|this) week)?")),
    ("weekdays", _compiled(rf"(?:(?:[Ee]very|[Ee]ach) (?:other )?{_WEEKDAY}|{_WEEKDAY.replace('weekday', 'plural')}s)(?: {_PART}s?)?")),
    ("near", _compiled(r"(?:(?:early|late|earlier|later) )?(?P<near>today|yesterday|tomorrow|tonight|overnight|the day before "
                       rf"yesterday|the day after tomorrow)(?: {_PART})?", re.I)),
    ("part", _compiled(rf"(?:early |late |earlier |later )?(?P<rel>this|last|that|the same|the following|the next|the previous) {_PART}", re.I)),
    ("part", _context(r"(?:in|during|at|by|before|after|until|since) ", rf"(?:the )?(?:early |late )?{_PART}(?: hours)?", re.I)),
    ("unit", _compiled(rf"{_EDGE}?(?:the |our |its |their )?{_REL} (?P<unit>day|week|weekend|fortnight|month|quarter|year|decade|century"
                       rf"|{either(WORDS['season'])})", re.I)),
    ("unit", _compiled(rf"{_EDGE}(?:the )(?P<unit>day|week|month|quarter|year|decade|century)", re.I)),
    ("weekend", _compiled(r"(?:the |(?P<rel>this|last|next|this past|this coming|the following|the previous) )weekend", re.I)),
    ("same", _compiled(r"the same (?:period|time|month|quarter|week|stage) (?:of |in |the )*(?P<rel>last year|a year (?:ago|earlier|before)"
                       r"|(?:previous|preceding) year|year (?:ago|earlier|before))", re.I)),
    ("span", _compiled(rf"(?:the |these |its |their |his |her )?(?P<rel>last|past|next|previous|coming|following|preceding|first|final"
                       rf"|opening) {_MANY} {_UNIT}s?", re.I)),
    ("offset", _compiled(rf"{_BOUND}?{_MANY}[ -](?:full )?{_UNIT}s? (?P<way>ago|earlier|later|hence|from now)", re.I)),
    ("offset", _compiled(rf"{_UNIT}s (?P<way>ago|earlier|later)", re.I)),
    ("quarter", _compiled(rf"(?:the )?(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|1|2|3|4|Q[1-4])[ -]?(?:(?<=Q\d)|quarter)"
                          rf"(?: of)?{_OF_YEAR}?(?: of the year)?", re.I)),
    ("half", _compiled(rf"(?:the )?(?P<nth>first|second|latter) half(?: of)?(?:{_OF_YEAR}| of the year| of the month)", re.I)),
    ("season", _compiled(rf"(?:the )?(?:(?:early|late|mid)[ -](?:in )?)?(?:the )?(?P<season>{either(WORDS['season'])})(?: of|,)?{_OF_YEAR}", re.I)),
    ("season", _context(r"(?:in|during|since|by|until|before|after) ", r"(?:the )?(?:early |late |mid-?)?(?P<season>spring|summer|autumn|winter)",
                        re.I)),
    ("year", _context(_YEAR_BEFORE, rf"{_EDGE}?(?P<year>{_YEAR})")),
    ("year", _compiled(rf"{_EDGE}?(?P<year>{_YEAR})")),
    ("years", _compiled(rf"(?P<year>{_YEAR})[-–/](?P<to>\d{{4}}|\d\d)")),
    ("decade", _compiled(r"(?:the )?(?:early |late |mid-?)?(?:the )?(?P<decade>(?:1[5-9]|20)\d0)['’]?s", re.I)),
    ("decade", _compiled(r"the (?:early |late |mid-?)?['’]?(?P<decade>[2-9]0)s", re.I)),
    ("century", _compiled(r"(?:the )?(?:early |late |mid-?)?(?P<nth>1?\d|20|21)(?:st|nd|rd|th)[ -]century", re.I)),
    ("clock", _compiled(rf"{_TIMES_OF_DAY}(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap]\.?m\b\.?){_ZONE}?(?P<today> today)?", re.I)),
    ("clock", _compiled(rf"{_TIMES_OF_DAY}:(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!:)(?: hours)?{_ZONE}?(?P<today> today)?", re.I)),
    ("clock", _compiled(rf"(?P<hour>[01]\d|2[0-3])\.?(?P<minute>[0-5]\d)(?: hours|{_ZONE})", re.I)),
    ("clock", _compiled(r"(?P<hour>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) o['’]clock", re.I)),
    ("clock", _compiled(r"(?P<word>noon|midday|midnight)", re.I)),
    ("length", _compiled(rf"{_BOUND}?{_MANY}[ -](?:consecutive |straight |full |whole |entire |successive )?{_UNIT}s?(?:-long)?"
                         r"(?![ -]olds?\b)(?: and a (?P<half>half))?", re.I)),
    ("length", _compiled(r"(?P<long>single|day|week|month|year|decade|century|hour|days|weeks|months|years|decades|hours|centuries)"
                         r"-(?:long|day)(?! ?-)", re.I)),
    ("length", _context(r"(?:for|in|over|after|within|of|lasted|last|took|take|taken|spent|just|only|the) ",
                        rf"(?P<bare>{either(WORDS['unit'])}s|centuries)", re.I)),
    ("length", _compiled(r"(?:the )?(?:recent|coming|past|last|next|following) (?:few )?(?P<bare>years|months|weeks|days|decades|hours)", re.I)),
    ("length", _compiled(rf"(?P<bare>{either(WORDS['unit'])}s|centuries)(?= (?:after|before|of|in the making)\b)", re.I)),
    ("set", _compiled(rf"(?:every|each|per) (?:(?P<many>{DIGITS}|{WORDED}|few|other) )?{_UNIT}s?", re.I)),
    ("set", _compiled(rf"(?P<set>{either(WORDS['set'])})", re.I)),
    ("now", _compiled(rf"(?P<now>{either(WORDS['now'])})(?!-)", re.I)),
    ("now", _compiled(r"(?P<now>in the past|the past)(?! \w+(?:s|th|k|r|y|e)\b)", re.I)),
    ("that", _compiled(r"(?:the|that)(?: very)? same (?P<unit>day|night|week|month|year)|that (?P<unit2>day|night|week|month|year|time)", re.I)),
    ("that", _context(r"(?:end|ended|ends|ending|in|during|for|of|on) ", r"the (?P<unit>day)(?! (?:of|when|after|before|that|\w+ (?:was|were)))", re.I)),
    ("holiday", _compiled(rf"(?P<holiday>{_HOLIDAY})(?:,? (?P<year>{_YEAR}))?", re.I)),
)  # fmt: skip
