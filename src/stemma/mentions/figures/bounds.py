"""Words that bound a number ("more than", "nearly", "or more") and the interval that they leave."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from stemma.mentions import thresholds
from stemma.mentions.parse import is_parsed
from stemma.text.data import rows
from stemma.text.numbers import either

if TYPE_CHECKING:
    from spacy.tokens import Doc


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
