"""English numerals in digits and words, read as numbers; digits with other separators for other languages."""

import re
from collections.abc import Iterable
from itertools import groupby
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
        elif word in _VALUES and words[at + 1 : at + 2] not in (["quarters"], ["thirds"]):
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
