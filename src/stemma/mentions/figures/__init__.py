"""Figures of one report: numbers as intervals, with what bounds them ("more than"), their unit and what they count."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from stemma.mentions import thresholds
from stemma.mentions.figures.counted import counted, counted_after, in_context, modifiers, noun_lemma
from stemma.mentions.figures.quantities import AGE, Quantity, is_age, is_amount, quantities
from stemma.mentions.figures.units import dimension, is_currency, same_dimension, to_base
from stemma.mentions.parse import is_parsed
from stemma.mentions.times import find_times
from stemma.tables import Figure, Time
from stemma.text.data import rows
from stemma.text.numbers import either

if TYPE_CHECKING:
    from spacy.tokens import Doc


_COMMA_FOR_DECIMALS = frozenset({
    "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt", "lv", "nb", "nl",
    "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi",
})  # fmt: skip
_GROUP = re.compile(r"(?<=\d) (?=\d{3}\b)")
_SEPARATOR = re.compile(r"(?<=\d)[.,](?=\d)")


def find_figures(doc: "Doc", times: Sequence[Time] | None = None) -> list[Figure]:
    """Return a paragraph's figures in text order, offsets in the paragraph.

    A figure's span holds the words that bound it ("more than 400"), its unit, and a conversion in brackets. What is
    counted, whose it is, the predicate and the time it holds at are read from the parse and None in a Doc without one. Ages and
    lengths of time are figures; dates, clock times, scores, ordinals and numbers that are part of a name are none.
    `times` are the paragraph's time expressions where they are known already.
    """
    text = doc.text
    times = find_times(doc, None) if times is None else times
    found = quantities(_as_english(text) if doc.lang_ in _COMMA_FOR_DECIMALS else text)
    found = [replace(q, unit=AGE) if is_age(doc, text, q) else q for q in found]
    groups = _outside(text, _ranges(text, found), times)
    figures = [_figure(doc, text, group) for group in groups if all(is_amount(doc, text, q, group) for q in group)]
    return in_context(doc, _conversions(doc, text, figures), times)


_WHEN = re.compile(r"(?:the |these |its |their )?(?:past|last|next|coming|previous|following|preceding|first|final)\b", re.I)
_FROM_DAY = re.compile(r"\b(?:ago|later|earlier|hence|before|after)$", re.I)


def _outside(text: str, groups: list[list[Quantity]], times: Sequence[Time]) -> list[list[Quantity]]:
    """Leave out the numbers of time expressions, all but ages and lengths of time; all are in text order."""
    kept, at = [], 0
    for group in groups:
        first, last = group[0], group[-1]
        while at < len(times) and times[at].end <= first.start:
            at += 1
        inside = times[at] if at < len(times) and times[at].start < last.end else None
        kind = dimension(last.unit)
        if kind == "age" or (inside is None and kind != "time") or (inside and kind == "time" and _lasts(text, last, inside)):
            kept.append(group)
    return kept


def _lasts(text: str, length: Quantity, time: Time) -> bool:
    """Tell how long something went on ("seven months") from when it was ("the past year", "two years ago", "the day")."""
    said = text[time.start : time.end]
    dated = _WHEN.match(said) or _FROM_DAY.search(said)
    return time.type == "DURATION" and not dated and (length.value, length.unit) != (1.0, "day")


def _as_english(text: str) -> str:
    """Swap the points and commas inside numerals and join "1 100"; every offset stays."""
    text = _GROUP.sub("\u00a0", text)
    return _SEPARATOR.sub(lambda match: "," if match[0] == "." else ".", text)


def _ranges(text: str, found: list[Quantity]) -> list[list[Quantity]]:
    """Two numbers with a dash, "to", "or", or "between … and" are the ends of one range.

    "from … to" is a change and stays two.
    """
    groups: list[list[Quantity]] = []
    for one in found:
        last = groups[-1] if groups else []
        if len(last) == 1 and _is_range(text, last[0], one):
            unit = last[0].unit or one.unit
            groups[-1] = [replace(last[0], unit=unit), replace(one, unit=one.unit or unit)]
        else:
            groups.append([one])
    return [_scaled(group) for group in groups]


_CHANGE = re.compile(
    r"\b(?:rose|fell|grew|gained|lost|dropped|climbed|jumped|slid|slipped|sank|added|shed|up|down|eased|edged|tumbled|surged"
    r"|soared|plunged|by|rising|falling|gaining|losing) $"
)


def _is_range(text: str, a: Quantity, b: Quantity) -> bool:
    between, before = text[a.end : b.start], text[max(0, a.start - 12) : a.start].lower()
    if (
        (a.unit and b.unit and a.unit != b.unit)
        or a.form in ("vague", "fraction")
        or b.form in ("vague", "fraction")
        or a.value == b.value
    ):
        return False
    if between == " and ":
        return before.endswith(("between ", "between about ", "from "))
    if between in (" to ", " or ") and a.unit and not b.unit:
        return False
    if between == " to " and a.unit and _CHANGE.search(before):
        return False  # "fell $2.30 to $71.45"
    if between == " to ":
        return not before.endswith("from ") and a.value < b.value
    return (between in ("-", "–", "—", " – ") or (between == " or " and a.value < b.value)) and a.end == (
        a.number_end if not a.unit else a.end
    )


def _scaled(group: list[Quantity]) -> list[Quantity]:
    """Give the first number the scale word of the second: "1.5 to 2 million"."""
    if len(group) == 2 and group[0].value < 1000 <= group[1].value and group[1].value >= 1e6:
        factor = 1e9 if group[1].value >= 1e9 else 1e6
        if group[0].value * factor < group[1].value:
            return [replace(group[0], value=group[0].value * factor), group[1]]
    return group


def _figure(doc: "Doc", text: str, group: list[Quantity]) -> Figure:
    first, last = group[0], group[-1]
    noun = counted(doc, last)
    narrowed = modifiers(noun) if noun is not None else ()
    named = noun is not None and noun.pos_ == "PROPN" and dimension(last.unit) == "age"
    lemma = noun_lemma(noun) if noun is not None and not named else None
    start, end = first.start, last.end
    if len(group) == 2:
        start = _range_start(text, start)
        low, high = sorted((first.value, last.value))
        return Figure(start, end, first.value, low, high, last.unit, lemma, "range", modifiers=narrowed)
    before, after = bound_before(doc, text, start), bound_after(text, end)
    bound = before or after or Bound(start, end, "exact", "-")
    start, end = min(start, bound.start), max(end, bound.end if after and bound is after else end)
    low_high = interval(first.value, bound, first.form)
    name = "about" if bound.name == "exact" and first.form in ("vague", "fraction") else bound.name
    return Figure(start, end, first.value, *low_high, first.unit, lemma, name, modifiers=narrowed)


def _range_start(text: str, start: int) -> int:
    match = re.search(r"(?:between|about|around|some|from)(?: about| around)?\s$", text[max(0, start - 16) : start], re.I)
    return start - len(match[0]) if match else start


def _conversions(doc: "Doc", text: str, figures: list[Figure]) -> list[Figure]:
    """Put "(425 square miles)" into the figure before it when it says the same in another unit."""
    merged: list[Figure] = []
    for one in figures:
        if merged and merged[-1].also is None and _converts(text, merged[-1], one):
            last = merged.pop()
            noun = counted_after(doc, one.end + 1) if last.counted is None else None
            lemma = noun_lemma(noun) if noun is not None else last.counted
            one = replace(last, end=one.end + 1, also=(one.value, one.unit or ""), counted=lemma)
        merged.append(one)
    return merged


def _converts(text: str, a: Figure, b: Figure) -> bool:
    if not a.unit or not b.unit or a.unit == b.unit or is_currency(a.unit) or not same_dimension(a.unit, b.unit):
        return False
    if not re.fullmatch(r"\s?\(", text[a.end : b.start]) or text[b.end : b.end + 1] != ")":
        return False
    (x, _), (y, _) = to_base(a.value, a.unit), to_base(b.value, b.unit)
    return abs(x - y) <= thresholds.CONVERSION * max(abs(x), abs(y))


@dataclass(frozen=True, slots=True)
class Bound:
    """Bounding words at [start, end).

    `name` as in `Figure.bound`, `lean` is "below" where the number is not quite reached.
    """

    start: int
    end: int
    name: str
    lean: str


def bound_before(doc: "Doc", text: str, start: int) -> Bound | None:
    """Return the bound that ends right before a number that starts at `start`."""
    offset = max(0, start - 26)
    match = _pattern("before").search(text[offset:start])
    if match is None or (match["words"].lower() == "over" and _is_particle(doc, offset + match.start("words"))):
        return None
    words = " ".join(match["words"].lower().split())
    return Bound(offset + match.start("words"), start, *_bounds("before")[words])


def bound_after(text: str, end: int) -> Bound | None:
    """Return the bound that starts right after a number that ends at `end`."""
    match = _pattern("after").match(text, end)
    return Bound(end, match.end("words"), *_bounds("after")[match["words"].lower()]) if match else None


def interval(value: float, bound: Bound, form: str) -> tuple[float | None, float | None]:
    """Return the least and the greatest number that a bounded number can stand for; None is no limit.

    An approximate number may be off by half of its last digit that is not zero, at least 5 and at most 15 percent; a vague
    one ("dozens") has no upper limit, and a share in words ("a third") may be off by two percentage points, a small one by a
    fifth of it.
    """
    near = _tolerance(value)
    if form == "vague":
        reached = thresholds.NEARLY_DOZENS if bound.lean == "below" else 1.0
        return (None, value) if bound.name in ("less", "most") else (value * reached, None)
    if bound.name in ("more", "least"):
        return value, None
    if bound.name in ("less", "most"):
        return None, value
    if bound.name == "about":
        return value - near, value if bound.lean == "below" else value + near
    near = min(thresholds.ABOUT_SHARE, thresholds.ABOUT_SMALL_SHARE * value)
    return (value - near, value + near) if form == "fraction" else (value, value)


def _tolerance(value: float) -> float:
    size, step = abs(value), 1.0
    while size >= 10 * step and size % (10 * step) == 0:
        step *= 10
    return min(max(thresholds.LAST_DIGIT * step, thresholds.LEAST_ABOUT * size), thresholds.MOST_ABOUT * size)


_HANDING = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "handing")


def _is_particle(doc: "Doc", start: int) -> bool:
    """Tell "handed over 21", which hands, from "rose over 21 percent"."""
    span = doc.char_span(start, start + 4)
    if span is None or not is_parsed(doc) or span.start == 0:
        return False
    return span[0].tag_ == "RP" or doc[span.start - 1].lemma_.lower() in _HANDING


@lru_cache(maxsize=2)
def _bounds(side: str) -> dict[str, tuple[str, str]]:
    return {words: (name, lean) for place, words, name, lean in rows("mentions", "bounds.tsv") if place == side}


@lru_cache(maxsize=2)
def _pattern(side: str) -> re.Pattern[str]:
    words = either(_bounds(side)).replace("\\ ", r"\s+")
    if side == "before":
        return re.compile(rf"(?<!\w)(?P<words>{words})(?:(?<=\w)\s+|(?<=\.)\s+|(?<=\W)\s*)$", re.I)
    return re.compile(rf"(?:(?<=\S)(?=[+-])|[ ])(?P<words>{words})(?!\w)", re.I)
