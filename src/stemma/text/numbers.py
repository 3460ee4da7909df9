"""English numerals in digits and words, read as numbers; and amounts in a reader's words: "more than 400", "$20 billion"."""

import re
from collections.abc import Iterable
from itertools import groupby
from math import isclose
from os.path import commonprefix

from stemma.text.data import mappings

WORDS = mappings("text", "numbers.tsv")
_VALUES = {word: float(value) for kind in ("unit", "tens", "scale", "vague") for word, value in WORDS[kind].items()}
_SHORT = {word: float(value) for kind in ("short", "other") for word, value in WORDS[kind].items()}
_FRACTIONS = {word: float(value) for word, value in WORDS["fraction"].items()}
_SCALES = {word: float(value) for word, value in WORDS["scale"].items()}


def either(words: Iterable[str]) -> str:
    """Return a regular expression for any of the words, longest first, in a pattern that may mind capitals or not."""
    several = sorted(set(words))
    if all(word == word.casefold() for word in several):
        return tree(several)
    return "(?:" + "|".join(re.escape(word) for word in sorted(several, key=len, reverse=True)) + ")"


def tree(words: Iterable[str]) -> str:
    """Return a regular expression for any of the words, longest first, in a pattern that minds capitals.

    What several words begin with stands there once, so that it is tried once.
    """
    several = sorted(set(words))
    branches = [list(some) for letter, some in groupby(several, key=lambda word: word[:1]) if letter]
    begun = [(commonprefix(some), some) for some in branches]  # noqa: RUF071 - its letters are what is compared
    tried = (re.escape(start) + ("" if some == [start] else tree(w[len(start) :] for w in some)) for start, some in begun)
    return f"(?:{'|'.join(tried)}){'?' if '' in several else ''}"


_MIXED = (
    r"\d{1,3}(?:[ -](?:1 ?/ ?[2345]|2 ?/ ?[35]|3 ?/ ?[458]|4 ?/ ?5|[157] ?/ ?8)(?![\d/]| ?/)| ?[½¼¾⅓⅔⅛]|[ -]?[1-7]⁄[2-8](?!\d))"
)
"""A whole number and a fraction: "4 1/2", "2 ½", "4 1 / 2" as the tagger's texts have it, "41⁄2" where its markup is lost."""
DIGITS = (
    rf"(?:{_MIXED}|"
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d|,\d{3}\b)|\d{1,2}(?:,\d\d)+,\d{3}(?!\d)"
    r"|[1-9]\d{0,2}(?:[ \u00a0\u202f\u2009]\d{3})+(?![\d,])"
    r"|\d{1,3}(?:\.\d{3}){2,}(?![\d.,])|\d+,\d\d?(?=[ \u00a0]?(?:[%€]|[a-z]))"
    r"|\d+(?:\.\d+)?)"
)
_SCALE = rf"(?:{either(_SCALES)}\b)"
_TENS = either(WORDS["tens"])
_UNIT = either(WORDS["unit"])
SMALL = rf"(?:(?:(?:{_TENS}[- ])?{_UNIT}|{_TENS})\b)"
_AND_PART = r"(?:[ -]and[ -](?:a[ -]half|a[ -]quarter|three[ -]quarters)\b)"
_LARGE = (
    rf"(?:(?:{SMALL}{_AND_PART}?|half an?|a quarter of an?|an?)(?:[ -]{_SCALE}){{1,3}}"
    rf"(?:(?: and)? {SMALL}(?:[ -]{_SCALE}){{0,3}}){{0,5}})"
)
_POINT = rf" point(?:[ -]{_UNIT}\b)+(?:[ -]{_SCALE})*"
"""The rest of a decimal in words: "three point five million"."""
WORDED = rf"(?:(?:an?|one) {_SCALE} and a half\b|{_LARGE}|{SMALL}(?:{_POINT}|{_AND_PART})?)"
NUMBER = rf"(?:{DIGITS}{_SCALE}?(?:[ -]{_SCALE})*|{WORDED})"
"""A numeral: "1,100", "1.5 million", "44million", "two dozen", "half a million", "three hundred and twelve"."""

_ENDLESS = 1e21
"""What is greater is a code or rubbish, no number of anything."""

_TOKEN = re.compile(rf"\d+,\d\d?(?![\d,])|{DIGITS}|[a-z]+", re.I)


def read_number(text: str) -> float | None:
    """Return the number that a numeral says, or None when it says none or one beyond all use."""
    total, part, seen = 0.0, 0.0, False
    if match := _HALF_MORE.fullmatch(text):
        return 1.5 * _SCALES[match[1].lower()]
    words = _TOKEN.findall(text.lower())
    if "point" in words:
        return _spoken(words)
    for at, word in enumerate(words):
        if word[0].isdigit():
            part, seen = part + _digits(word), True
        elif word in _SCALES and at and words[at - 1] in _SCALES and not part:
            total *= _SCALES[word]  # "three lakh crore"
        elif word in _SCALES:
            part, seen = (part or 1.0) * _SCALES[word], True
            if _SCALES[word] >= 1000:
                total, part = total + part, 0.0
        elif word in _FRACTIONS:
            total, part = _with_fraction(total, part, words, at)
            seen = True
        elif word in _VALUES and words[at + 1 : at + 2] not in (["quarter"], ["quarters"], ["third"], ["thirds"]):
            part, seen = part + _VALUES[word], True
    return total + part if seen and total + part < _ENDLESS else None


def _spoken(words: list[str]) -> float:
    """Read "five point three three thousand" by its words."""
    at = words.index("point")
    places = [w for w in words[at + 1 :] if w in WORDS["unit"]]
    digits = "".join(f"{_VALUES[w]:.0f}" for w in places)
    value = (read_number(" ".join(words[:at])) or 0.0) + float(f"0.{digits}")
    for word in words[at + 1 :]:
        value *= _SCALES.get(word, 1.0)
    return round(value, 9)


_HALF_MORE = re.compile(rf"(?:an?|one) ({either(_SCALES)}) and a half", re.I)


def scale(word: str) -> float | None:
    """Return the factor of a shortened scale word after digits ("bn", "k", "млн"), or None."""
    return _SHORT.get(word.lower().rstrip("."))


_PARTS = re.compile(r"(?P<whole>\d+)(?:[ -](?P<top>\d) ?/ ?(?P<bottom>\d)|[ -]?(?P<over>\d)⁄(?P<under>\d)| ?(?P<sign>[½¼¾⅓⅔⅛]))")
_SIGNS = {"½": ("1", "2"), "¼": ("1", "4"), "¾": ("3", "4"), "⅓": ("1", "3"), "⅔": ("2", "3"), "⅛": ("1", "8")}


def _with_fraction(total: float, part: float, words: list[str], at: int) -> tuple[float, float]:
    """Add ("two and a half"), start ("half a million") or multiply ("three quarters") with a fraction."""
    value = _FRACTIONS[words[at]]
    if at and words[at - 1] in WORDS["unit"]:
        return total, part + value * float(WORDS["unit"][words[at - 1]])
    return total, part + value


def _digits(text: str) -> float:
    if match := _PARTS.fullmatch(text):
        top, bottom = match["top"] or match["over"], match["bottom"] or match["under"]
        top, bottom = (top, bottom) if top else _SIGNS[match["sign"]]
        return float(match["whole"]) + float(top) / float(bottom)
    if re.fullmatch(r"\d+,\d\d?", text):
        return float(text.replace(",", "."))
    if text.count(".") > 1:
        text = text.replace(".", "")
    return float(re.sub(r"[, \u00a0\u202f\u2009]", "", text))


_BOUNDS = {"about": "about ", "more": "more than ", "least": "at least ", "less": "less than ", "most": "at most "}
_BEFORE = {"USD": "$", "EUR": "€", "GBP": "£"}
_AFTER = {"percent": "%", "km2": " km²", "m2": " m²", "m3": " m³", "mi2": " square miles", "degC": " °C", "degF": " °F"}
_NAMED = {
    "USD": "dollars", "EUR": "euros", "GBP": "pounds", "mi": "miles", "km": "kilometres", "m": "metres", "ft": "feet",
    "t": "tonnes", "lb": "pounds", "kg": "kilograms", "l": "litres", "gal": "gallons", "percent": "percent",
    **{word: f"{word}s" for word in ("second", "minute", "hour", "day", "week", "month", "year", "acre", "ton", "point")},
}  # fmt: skip
"""Units behind an amount in words: "millions of dollars"."""
_OLD = {"year-old": "year", "month-old": "month", "week-old": "week", "day-old": "day"}
_WORDS = ("second", "minute", "hour", "day", "week", "month", "year", "acre", "ton", "degree", "point")
_COUNTED = frozenset([*_WORDS, "percentage point", "basis point"])
"""Units that are words of their own and take an s."""
_ROUND = (("trillion", 1e12), ("billion", 1e9), ("million", 1e6))
_DIGITS = 3
"""Digits behind the point up to which a round million is said as one."""


def amount(value: float, unit: str | None, bound: str = "exact", low: float | None = None, high: float | None = None) -> str:
    """Return a figure as a reader would say it; `unit` is canonical or a currency's code, `bound` as in values.Figure."""
    if bound == "range" and low is not None and high is not None:
        return _with_unit(f"{number(low)}–{number(high)}", unit, high)
    if bound == "about" and high is None and low == value:
        return _vaguely(value) + (f" of {_NAMED.get(unit, unit)}" if unit else "")
    return _BOUNDS.get(bound, "") + _with_unit(number(value), unit, value)


def _vaguely(value: float) -> str:
    """The words of a number that nobody counted, by the number that stands for it."""
    for word, least in (("trillions", 2e12), ("billions", 2e9), ("millions", 2e6), ("thousands", 2e3)):
        if value >= least:
            return {10: "tens of ", 100: "hundreds of "}.get(round(value / least), "") + word
    return "hundreds" if value >= 200 else {24: "dozens", 40: "scores"}.get(round(value), "a few")


def number(value: float) -> str:
    """Return a number with thousands marked and no trailing zeros, round millions in words."""
    for word, scale in _ROUND:
        if scale <= abs(value) < 1000 * scale and isclose(round(value / scale, _DIGITS) * scale, value):
            return f"{value / scale:,.10g} {word}"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.2f}"


def _with_unit(printed: str, unit: str | None, value: float) -> str:
    if not unit:
        return printed
    if unit in _BEFORE:
        return _BEFORE[unit] + printed
    if unit in _OLD:
        return f"{printed} {_OLD[unit]}{'' if value == 1 else 's'} old"
    plural = "s" if unit in _COUNTED and value != 1 else ""
    return printed + _AFTER.get(unit, f" {unit}{plural}")
