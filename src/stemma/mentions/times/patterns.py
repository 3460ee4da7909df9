# ruff: noqa: E501 - a pattern is read in one line
"""Where time expressions stand: one regular expression a kind; what they mean is read in values."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from stemma.mentions.times.calendar import WORDS
from stemma.text.numbers import DIGITS, NUMBER, WORDED, either
from stemma.text.numbers import WORDS as NUMBERS


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
    there = cues_of(text)
    found = [
        Expression(kind, *match.span("all"), {k: v for k, v in match.groupdict().items() if v and k != "all"})
        for kind, needed, written in PATTERNS
        if there.issuperset(needed.split(" "))
        for match in _compiled(*written).finditer(text)
        if not _half_a_word(text, match.end("all")) and _descends(kind, match)
    ]
    kept: list[Expression] = []
    taken = bytearray(len(text))
    for one in sorted(found, key=lambda e: (e.start - e.end, e.start)):
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return tuple(sorted(kept, key=lambda e: e.start))


def cues_of(text: str) -> set[str]:
    """Return the cues that a text has: a pattern whose cues are not all there finds nothing, and is not even compiled."""
    folded = text.casefold().replace("’", "'")
    there = {cue for cue, words in _CUES.items() if any(word in folded for word in words)}
    if "unit" in there:
        there |= {cue for cue, like in _LIKE.items() if _compiled(like, 0).search(folded)}
    if _DIGIT.search(text):
        there |= {"digit", "year"} if _YEARLIKE.search(text) else {"digit"}
    return there


@cache
def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    """A pattern compiled when it is first needed: all take longer than all else that a run with nothing to do needs."""
    return re.compile(pattern, flags)


def _half_a_word(text: str, end: int) -> bool:
    """Tell "two night-shift workers": the unit is half of another word."""
    return text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha()


def _descends(kind: str, match: re.Match[str]) -> bool:
    """Tell a length in two units ("2 hours 30 minutes") from two lengths ("three days and two nights")."""
    return kind != "compound" or _SIZES.index(match["unit"].lower()) < _SIZES.index(match["unit2"].lower())


_SIZES = ("year", "month", "week", "day", "hour", "minute", "second")
"""The units that a length may join, longest first."""


def _capital(group: str) -> str:
    return either([word.capitalize() for word in WORDS[group]] + [word.upper() for word in WORDS[group]])


_MONTH = rf"(?P<month>{_capital('month')}\b|{_capital('short')}\b\.?)"
_FULL = rf"(?P<month>{_capital('month')})\b"
_DAY = r"(?P<day>(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?)(?![\d:%]|[.,]\d)"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)(?![\d%]|[.,]\d)"
_SHORT_YEAR = r"['’‘]\d\d(?!['’]?s|[.,:]?\d)"
_OF_YEAR = rf"(?:,? (?P<year>{_YEAR}|{_SHORT_YEAR})|,? (?:of )?(?P<relyear>last|this|next|the same|the previous) year)"
_FISCAL = rf"(?: (?:of )?(?:fiscal(?: year)? |FY ?)(?P<year>{_YEAR}))"
_WEEKDAY = rf"(?P<weekday>{_capital('weekday')})"
_PART = rf"(?P<part>{either(WORDS['part'])})"
_EDGE = r"(?:(?P<edge>(?i:(?:early|late)(?: in)?|mid|earlier|later|(?:the (?:very )?)?(?:start|beginning|end|middle|close|turn) of))[ -])"
_REL = r"(?P<rel>last|next|this past|this coming|this|past|previous|coming|following|preceding|current|same|that)"
_NAMED_REL = r"(?P<rel>(?i:last|next|this past|this coming|this|past|previous|coming|following|preceding))"
_UNIT = rf"(?P<unit>{either(WORDS['unit'])})"
_MANY = rf"(?P<many>{NUMBER}|several|many|a few|few|a couple of|couple of|an|a|half an|half a|some|dozens of|hundreds of)"
_BOUND = (
    r"(?:(?:just |well |a little )?(?:over|under|almost|nearly|about|around|roughly|approximately|more than|less than|fewer than"
    r"|at least|at most|up to|close to|some) )"
)
_ZONE = rf"(?:\ ?(?P<open>\()?(?P<zone>{either([*WORDS['zone'], *(z.upper() for z in WORDS['zone'])])}(?:\ ?[+-]\ ?\d{{1,2}})?)\b(?(open)\)))"
_STEM = r"(?<![\w$£€-])(?<![\d][.,:])"


def _alone(pattern: str, flags: int = 0) -> tuple[str, int]:
    return rf"{_STEM}(?P<all>{pattern})(?!\w)", int(flags)


def _context(before: str, pattern: str, flags: int = 0) -> tuple[str, int]:
    return rf"{_STEM}{before}(?P<all>{pattern})(?!\w)", int(flags)


_DAYS = _capital("weekday")
_DATED = rf"(?:(?:{_DAYS}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?),? (?:the )?)?"
_PARTS = either(WORDS["part"])
_SEASON = either(WORDS["season"])
_PER = rf"(?:a|an|each|every|per) {_UNIT}"
_HOLIDAY = either(WORDS["holiday"]).replace("'", "['’]")
_ITS_DAY = rf"(?: (?:(?P<today>today)|(?P<weekday>{_DAYS})\b))"
_TIMES_OF_DAY = r"(?P<hour>[01]?\d|2[0-4])"
_HOUR = r"(?P<hour>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_YEAR_BEFORE = (
    r"(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Ff]rom|[Tt]o|[Dd]uring|[Oo]f|[Bb]efore|[Aa]fter|[Bb]etween|and|through|[Tt]he|[Aa]|a"
    r"|around|its|their|his|her|this|that|or|than|back in|[Cc]irca|'s|’s) "
)

PATTERNS: tuple[tuple[str, str, tuple[str, int]], ...] = (
    ("date", "month digit", _alone(rf"{_DATED}{_MONTH} (?:the )?{_DAY}(?: ?[-–] ?(?P<day2>[0-3]?\d)(?!\d))?{_OF_YEAR}?")),
    ("date", "month digit", _alone(rf"{_DATED}(?:the (?=\d+[snrt]))?{_DAY}(?: ?[-–] ?(?P<day2>[0-3]?\d)(?!\d))?(?: of)? {_MONTH}{_OF_YEAR}?")),
    ("date", "month digit", _alone(rf"{_DAY}-{_MONTH}-(?P<year>{_YEAR})")),
    ("date", "month digit", _alone(rf"{_DAY}(?= (?:to|and|or|until) (?:[12]?\d|3[01]) {_MONTH}{_OF_YEAR}?)")),
    ("date", "month digit", _context(rf"{_MONTH} \d\d?,? (?:to|and|or|until|through) ", rf"{_DAY}(?! \w+s\b){_OF_YEAR}?")),
    ("nthof", "nth", _alone(rf"(?:the )?(?P<which>first|second|third|fourth|last) (?:(?P<unit>week|day)|{_WEEKDAY}) (?:of|in) "
                        rf"(?:{_FULL}{_OF_YEAR}?|(?P<rel>this|next|last|the) month)")),
    ("nth", "digit", _context(r"(?:[Oo]n|[Bb]y|[Uu]ntil|[Ss]ince|[Bb]efore|[Aa]fter) ", r"the (?P<day>\d{1,2}(?:st|nd|rd|th))(?=[.,;:)]|$)")),
    ("iso", "digit", _alone(r"(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)"
                      r"(?P<clock>[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")),
    ("numeric", "digit", _alone(r"(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?:[./](?P<year>(?:19|20)\d\d)|/(?P<short>\d\d)(?![/\d]))")),
    ("month", "month", _alone(rf"{_EDGE}?(?:(?:the )?{_NAMED_REL} )?{_FULL}{_OF_YEAR}?")),
    ("month", "month digit", _alone(rf"{_EDGE}?{_MONTH},?(?: of)? (?P<year>{_YEAR}|{_SHORT_YEAR})")),
    ("month", "month", _context(r"(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|of|and|to|or) ", rf"{_EDGE}?(?P<month>{_capital('short')}\.)(?! \d)")),
    ("weekday", "weekday", _alone(rf"(?:(?P<edge>(?i:early|late|earlier|later)) (?:on )?)?(?:(?:[Tt]he )?{_NAMED_REL} )?{_WEEKDAY}(?: {_PART})?"
                          r"(?: (?:of )?(?P<relweek>last|next|this) week)?")),
    ("weekday", "weekday", _alone(rf"[Tt]he (?:early|small) hours of (?P<dawn>){_WEEKDAY}")),
    ("weekdays", "weekday", _alone(rf"(?:(?:[Ee]very|[Ee]ach) (?:other )?{_WEEKDAY}|(?P<plural>{_DAYS})(?:s(?! ago)|(?= {_PARTS}s\b)))(?: {_PART}s?)?")),
    ("habit", "every", _alone(rf"(?:every|each) (?:{_PART}|(?P<season>{_SEASON})|(?P<weekend>weekend))", re.I)),
    ("habit", "every month", _alone(rf"(?:[Ee]very|[Ee]ach) {_FULL}")),
    ("habit", "weekend", _context(r"on ", r"(?P<weekend>weekend)s", re.I)),
    ("near", "near", _alone(r"(?:(?:early|late|earlier|later) )?(?P<near>today|yesterday|tomorrow|tonight|overnight|the day before "
                       rf"yesterday|the day after tomorrow)(?: {_PART})?", re.I)),
    ("part", "part", _alone(rf"(?:early |late |earlier |later )?(?P<rel>this|last|that|the same|the following|the next|the previous) {_PART}", re.I)),
    ("part", "part", _context(r"(?:in|during|at|by|before|after|until|since) ", rf"(?:the )?(?:early |late )?{_PART}(?: hours)?", re.I)),
    ("part", "part", _context(r"(?:in|on|during|until) ", rf"the {_PART}(?= of )", re.I)),
    ("part", "hours", _alone(r"the (?:early|small) (?P<dawn>)(?:morning )?hours", re.I)),
    ("unit", "spell", _alone(rf"{_EDGE}?(?:the |our |its |their )?{_REL} (?P<unit>day|week|weekend|fortnight|month|quarter|year|decade|century"
                       rf"|{either(WORDS['season'])})", re.I)),
    ("unit", "unit", _alone(rf"{_EDGE}(?:the )(?P<unit>day|week|month|quarter|year|decade|century)", re.I)),
    ("weekend", "weekend", _alone(r"(?:the |(?P<rel>this|last|next|this past|this coming|the following|the previous) )weekend", re.I)),
    ("same", "same", _alone(r"the same (?:period|time|month|quarter|week|stage) (?:of |in |the )*(?P<rel>last year|a year (?:ago|earlier|before)"
                       r"|(?:previous|preceding) year|year (?:ago|earlier|before))", re.I)),
    ("span", "span", _alone(rf"(?:the |these |its |their |his |her )?(?P<rel>last|past|next|previous|coming|following|preceding|first|final"
                       rf"|opening) {_MANY} {_UNIT}s?", re.I)),
    ("offset", "unit way", _alone(rf"{_BOUND}?{_MANY}[ -](?:full )?(?:{_UNIT}s?|(?P<ages>centuries)) (?P<way>ago|earlier|later|hence|from now)", re.I)),
    ("offset", "unit way", _alone(rf"(?:{_UNIT}s|(?P<ages>centuries)) (?P<way>ago|earlier|later)", re.I)),
    ("offset", "side", _alone(rf"(?:the|{_MANY}) {_UNIT}s? (?P<way>before|after)(?=\s*[.,;:)]|$)", re.I)),
    ("lastbutone", "before_last", _alone(r"the (?P<unit>week|weekend|month|year) before last", re.I)),
    ("weekdayago", "weekday way", _alone(rf"(?P<many>{NUMBER}) {_WEEKDAY}s ago")),
    ("quarter", "quarter", _alone(rf"(?:the )?(?:fiscal )?(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|1|2|3|4|Q[1-4])[ -]?(?:(?<=Q\d)|quarter)"
                          rf"(?:(?: of)?{_OF_YEAR})?(?: of the year)?", re.I)),
    ("quarter", "quarter", _alone(rf"(?:the )?(?:fiscal )?(?P<nth>first|second|third|fourth|Q[1-4])[ -]?(?:(?<=Q\d)|quarter)(?: of)?{_FISCAL}", re.I)),
    ("quarter", "quarter", _alone(rf"(?:the )?(?P<nth>final|last|closing|opening) quarter(?: of)?(?:{_OF_YEAR}| the year)", re.I)),
    ("half", "half", _alone(rf"(?:the )?(?P<nth>first|second|latter|last) half(?: of)?(?:{_OF_YEAR}| of the year| of the month)", re.I)),
    ("half", "half_year", _alone(rf"(?P<nth>H[12])(?: of)?,? (?P<year>{_YEAR})")),
    ("fiscal", "fiscal", _alone(rf"(?:the )?(?:fiscal (?:year )?|financial year |FY ?)(?P<year>{_YEAR})(?:[-/](?P<to>\d\d(?:\d\d)?))?", re.I)),
    ("season", "season", _alone(rf"(?:the )?(?:(?:early|late|mid)[ -](?:in )?)?(?:the )?(?P<season>{either(WORDS['season'])})(?: of|,)?{_OF_YEAR}", re.I)),
    ("season", "season", _context(r"(?:in|during|since|by|until|before|after) ", r"(?:the )?(?:early |late |mid-?)?(?P<season>spring|summer|autumn|winter)",
                        re.I)),
    ("year", "year", _context(_YEAR_BEFORE, rf"{_EDGE}?(?P<year>{_YEAR})")),
    ("year", "digit", _context(r"(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|back in|of) ", rf"(?P<year>{_SHORT_YEAR})(?! \w+s\b)")),
    ("year", "year", _alone(rf"{_EDGE}?(?P<year>{_YEAR})")),
    ("years", "year", _alone(rf"(?P<year>{_YEAR})[-–/](?P<to>\d{{4}}|\d\d)")),
    ("decade", "year", _alone(r"(?:the )?(?:early |late |mid-?)?(?:the )?(?P<decade>(?:1[5-9]|20)\d0)['’]?s", re.I)),
    ("decade", "digit", _alone(r"the (?:early |late |mid-?)?['’]?(?P<decade>[2-9]0)s", re.I)),
    ("decade", "decade", _alone(rf"the (?:early |late |mid-?)?(?:nineteen[ -])?(?P<decade>{either(WORDS['decade'])})", re.I)),
    ("century", "century digit", _alone(r"(?:the )?(?:early |late |mid-?)?(?P<nth>1?\d|20|21)(?:st|nd|rd|th)[ -]century", re.I)),
    ("clock", "half_day digit", _alone(rf"{_TIMES_OF_DAY}(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap](?:\.m\.|m\b)){_ZONE}?{_ITS_DAY}?", re.I)),
    ("clock", "colon digit", _alone(rf"{_TIMES_OF_DAY}:(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!:)(?: hours)?{_ZONE}?{_ITS_DAY}?", re.I)),
    ("clock", "digit", _alone(rf"(?P<hour>[01]\d|2[0-3])\.?(?P<minute>[0-5]\d)(?: hours|{_ZONE})", re.I)),
    ("clock", "clock", _alone(rf"{_HOUR} o['’]clock(?: in the (?P<daypart>morning|afternoon|evening))?", re.I)),
    ("clock", "part", _context(r"(?:at|around|about|by|until|till|before|after|since|from|past) ", rf"{_HOUR} in the (?P<daypart>morning|afternoon|evening)", re.I)),
    ("clock", "past", _alone(rf"(?:about |around )?(?P<past>half|(?:a )?quarter) past {_HOUR}(?: in the (?P<daypart>morning|afternoon|evening))?", re.I)),
    ("clock", "quarter", _context(r"(?:at|around|about|until|till|before|after|since) ", rf"(?:a )?(?P<to>quarter) to {_HOUR}(?! ?%| \w+s\b)", re.I)),
    ("clock", "noon", _alone(rf"(?P<word>noon|midday|midnight){_ITS_DAY}?", re.I)),
    ("length", "unit", _alone(rf"{_BOUND}?{_MANY}[ -](?:consecutive |straight |full |whole |entire |successive )?{_UNIT}s?(?:-long)?"
                         r"(?![ -]olds?\b)(?: and a (?P<half>half)| or (?:two|so|more)(?! \w+s\b))?", re.I)),
    ("length", "those", _alone(rf"(?:the|those|these) (?P<many>{NUMBER}) (?:full |consecutive |straight )?{_UNIT}s(?! (?:ago|later|earlier)\b)", re.I)),
    ("length", "range", _alone(rf"(?:between {NUMBER} and |{NUMBER}(?: to | or | ?[-–] ?))(?P<many>{NUMBER})[ -]{_UNIT}s?(?:-long)?"
                         r"(?![ -](?:olds?|ago)\b)", re.I)),
    ("length", "unit", _context(r"(?:in|for|during|over) ", r"the (?P<unit>year|month|week)(?= (?:to|through|ended|ending|until)\b)", re.I)),
    ("compound", "joined", _alone(rf"{_BOUND}?(?P<many>{NUMBER}|an? (?=\w+ and )) ?(?P<unit>year|month|week|day|hour|minute)s?(?:,? and|,)? (?P<many2>{NUMBER})"
                           r" (?P<unit2>month|week|day|hour|minute|second)s?", re.I)),
    ("length", "long", _alone(r"(?P<long>single|day|week|month|year|decade|century|hour|days|weeks|months|years|decades|hours|centuries)"
                         r"-(?:long|day)(?! ?-)", re.I)),
    ("length", "unit", _context(r"(?:for|in|over|after|within|of|lasted|last|took|take|taken|spent|just|only|the) ",
                        rf"(?P<bare>{either(WORDS['unit'])}s|centuries)(?! \d| of (?-i:[A-Z]))", re.I)),
    ("length", "unit", _alone(r"(?:the )?(?:recent|coming|past|last|next|following) (?:few )?(?P<bare>years|months|weeks|days|decades|hours)", re.I)),
    ("length", "unit", _alone(rf"(?P<bare>{either(WORDS['unit'])}s|centuries)(?= (?:after|before|of(?! (?-i:[A-Z]))|in the making)\b)", re.I)),
    ("set", "unit often", _alone(rf"(?:once|twice|(?:{NUMBER}|several|many) times) {_PER}", re.I)),
    ("set", "rhythm", _alone(rf"(?:every|each|per) (?:(?P<many>{DIGITS}|{WORDED}|few|other) )?{_UNIT}s?", re.I)),
    ("set", "set", _alone(rf"(?P<set>{either(WORDS['set'])})", re.I)),
    ("now", "now", _alone(rf"(?<!\bas )(?P<now>{either(WORDS['now'])})(?!-)", re.I)),
    ("now", "now", _alone(r"(?P<now>the past|the future)(?! (?:of|\w+(?:s|th|k|r|y|e))\b)", re.I)),
    ("that", "that", _alone(r"(?:the|that)(?: very)? same (?P<unit>day|night|week|month|year)|that (?P<unit2>day|night|week|month|year|time)", re.I)),
    ("that", "that", _context(r"(?:end|ended|ends|ending|in|during|for|of|on) ", r"the (?P<unit>day)(?! (?:of|when|after|before|that|\w+ (?:was|were)))", re.I)),
    ("holiday", "holiday", _alone(rf"(?:the )?(?P<holiday>{_HOLIDAY})(?:,? (?P<year>{_YEAR}))?", re.I)),
)  # fmt: skip
"""Of each kind the cues that a text must have for it, all of them, and its pattern: few texts have those of many."""
_CUES: dict[str, tuple[str, ...]] = {
    "month": tuple(sorted({word[:3] for word in WORDS["month"]})),
    "weekday": ("day",),
    "unit": (*WORDS["unit"], "centuries"),
    "spell": (*WORDS["unit"], *WORDS["season"]),
    "season": tuple(WORDS["season"]),
    "part": tuple(WORDS["part"]),
    "decade": tuple(WORDS["decade"]),
    "set": tuple(WORDS["set"]),
    "now": (*WORDS["now"], "the past", "the future"),
    "holiday": tuple(WORDS["holiday"]),
    "near": ("today", "yesterday", "tomorrow", "tonight", "overnight"),
    "nth": ("first", "second", "third", "fourth", "last"),
    "way": ("ago", "earlier", "later", "hence", "from now"),
    "every": ("every", "each"),
    "often": ("once", "twice", "times"),
    "that": ("that", "same", "the day"),
    "same": ("the same",),
    "before_last": ("before last",),
    "weekend": ("weekend",),
    "hours": ("hours",),
    "quarter": ("quarter", "q1", "q2", "q3", "q4"),
    "half": ("half",),
    "half_year": ("h1", "h2"),
    "half_day": ("am", "pm", "a.m", "p.m"),
    "fiscal": ("fiscal", "financial year", "fy"),
    "century": ("century",),
    "colon": (":",),
    "clock": ("clock",),
    "past": ("past",),
    "noon": ("noon", "midday", "midnight"),
    "long": ("-long", "-day"),
}
"""Words in small letters of which a text must have one, whole or inside a longer one."""
_COUNT = rf"(?:\d|an?[ -]|half |{either([*NUMBERS['unit'], *NUMBERS['tens']])})"
_LIKE = {
    "range": rf"(?:between | to | or |[-–] ?){_COUNT}",
    "those": rf"th(?:e|ose|ese) {_COUNT}",
    "joined": rf"(?:{'|'.join(_SIZES)})s?(?:,? and|,)? {_COUNT}",
    "span": rf"(?:last|past|next|previous|coming|following|preceding|first|final|opening) "
    rf"(?:{_COUNT}|several|many|few|couple|some|dozens|hundreds)",
    "side": r"(?:before|after)(?=\s*[.,;:)]|$)",
    "rhythm": rf"(?:every|each|per) (?:{_COUNT}|few|other|{either(WORDS['unit'])})",
}
"""What a text with a unit must have in small letters for the patterns that take longest: a beginning of theirs, loosely."""
_DIGIT = re.compile(r"\d")
_YEARLIKE = re.compile(_YEAR)
