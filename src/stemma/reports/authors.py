"""Names in author fields and byline lines, and what stands there that is nobody's name."""

import re
from collections.abc import Iterable
from functools import lru_cache

from stemma.reports.agencies import unlisted_agency
from stemma.reports.names import person, without_place
from stemma.text.data import rows
from stemma.text.normal import tidy

_LEAD = re.compile(
    r"^\W*(?:(?:(?:written|reported|posted|published|story|text|words|article|report|analysis|opinion|by\s+\w+)\s+)?by|von|par|por|di|door|av|af|od|autor(?:in)?|"
    r"author|texte?|text|foto|autore|auteur|автор)\b[:\s]\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[;|•·]|\s/\s|,|\s&\s|\s(?:and|und|et|e|y|i|en|og|och|with|mit|та|и)\s)\s*")
_SUFFIX = re.compile(r",\s*(?=(?:jr|sr|ph\.?d|md|m\.d|cf[ap]®?|esq|rn|ii|iii)\b)", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@\w+\.\w|\.(?:com|org|net|co|de|uk|ru|ua|fr|it|es)\b|\d{2,}|[<>{}=_#]|[.!?]\s+\w+\s+\w+\s+\w+"
)
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|columnist|journalist|chief|producer|staff|bureau|desk|newsroom|team|redaktion|contributor|"
    r"director|manager|author|expert|fellow|professor|analyst|updated|published|posted|minutes?|read)\b",
    re.IGNORECASE,
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LONGEST_NAME = 6


def people(fields: Iterable[str], not_authors: Iterable[str | None] = ()) -> tuple[str, ...]:
    """Return the people in author fields, in order, each once; names in `not_authors` (the outlet's) are left out."""
    barred = {_fold(n) for n in not_authors if n}
    found: dict[str, str] = {}
    for one in fields:
        for name in _names(one):
            key = _fold(name)
            if key and key not in barred and key not in _nobody() and not _is_the_outlets(key, barred):
                found.setdefault(key, name)
    return tuple(found.values())


def strip_lead(line: str) -> str:
    """Return a byline without its "By"."""
    return _LEAD.sub("", tidy(line))


def _names(one: str) -> list[str]:
    plain = _SUFFIX.sub(" ", strip_lead(one))
    if len(plain) > 300 or _NOT_A_NAME.match(plain):
        return []
    parts = [p.strip(" .,:–—-") for p in _SPLIT.split(plain)]
    names = [without_place(re.sub(r"\s*\([^)]*\)", "", strip_lead(p)).strip()) for p in parts]
    return [n for n in names if _looks_like_a_name(n) and not unlisted_agency(n)]


def _looks_like_a_name(name: str) -> bool:
    words = name.split()
    if not words or len(words) > _LONGEST_NAME or len(name) > 60 or _NOT_A_NAME.search(name) or _ROLE.search(name):
        return False
    if _LATIN.match(name):
        return person(name) is not None
    # Scripts with capitals part a name from "Guest" by its two words; others write it in one.
    return name[0].isalpha() and (len(words) > 1 or name[0].upper() == name[0].lower())


def _is_the_outlets(key: str, barred: set[str]) -> bool:
    """An outlet signs as "Daily Example Online" or "Example" too; but it may be named after its author."""
    for other in barred:
        if f" {other} " in f" {key} " and len(other) > 3:
            return True
        if f" {key} " in f" {other} " and 2 * len(key.split()) > len(other.split()):
            return True
    return key.replace(" ", "") in {b.replace(" ", "") for b in barred}


@lru_cache(maxsize=1)
def _nobody() -> frozenset[str]:
    return frozenset(_fold(line) for (line,) in rows("reports", "no_authors.txt"))


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()
