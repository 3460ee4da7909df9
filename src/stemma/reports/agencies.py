"""News agencies by name, by abbreviation, and by the place where an unlisted one can only be an agency."""

import re
from functools import lru_cache
from importlib.resources import files

from stemma.reports.words import rows

_UNLISTED = re.compile(r"[A-ZÀ-ÞА-ЯÇĞİÖŞÜ]{2}[A-ZÀ-ÞА-Я0-9.-]{0,8}(?:\s[A-ZÀ-Þ]{2,10})?")
_TITLED = re.compile(r"[^\W\d_a-z][\w.-]+(?:\s[^\W\d_a-z][\w.-]+){0,3}")
_TELLING = re.compile(r"\b(?:agency|agencies|service|newswire|wires?|press|agencia|agence|agentur|agenzia)\b", re.I)
_COMMON = 3
"""An abbreviation of so few letters counts in running words only where it is printed in capitals."""


def agency_of(name: str) -> str | None:
    """Return an agency's usual name if the words are one of its names, to the letter for short ones."""
    known = _known()
    bare = " ".join(name.split()).strip(" .,:;()[]/-–—")
    if bare in known:
        return known[bare]
    return _folded().get(bare.casefold()) if len(bare) > _COMMON else None


def agencies_in(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, name) of the listed agencies in a byline or a credit."""
    return [(m.start(), m.end(), _known()[m.group()]) for m in _pattern().finditer(text)]


def dateline_agency(inside: str, *, sure: bool) -> str | None:
    """Return the agency that stands in the brackets of a dateline, listed or not.

    An unlisted one must be in capitals, say that it is an agency, or stand in a certain dateline (`sure`).
    """
    first = re.split(r"\s*[/,;]\s*|\s+and\s+", inside.strip())[0]
    if known := agency_of(first) or agency_of(inside):
        return known
    if first in _places():
        return None
    if _UNLISTED.fullmatch(first) or (_TITLED.fullmatch(first) and (sure or _TELLING.search(first))):
        return first
    return None


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {alias: row[0] for row in rows("agencies.tsv") for alias in "|".join(row).split("|")}


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
    return {alias.casefold(): name for alias, name in _known().items()}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest = sorted(_known(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(a) for a in longest) + r")(?![\w-])")


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    text = files("stemma.reports").joinpath("data", "places.txt").read_text(encoding="utf-8")
    return frozenset(w for line in text.split("\n") if not line.startswith("#") for w in line.split())
