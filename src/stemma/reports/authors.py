"""Names of persons in author fields, bylines and credits: without places, offices, outlets and agencies."""

import re
from collections.abc import Iterable
from functools import lru_cache

from stemma.reports import thresholds
from stemma.reports.agencies import agency_of, unlisted_agency
from stemma.text.data import rows, words_of
from stemma.text.normal import name_key, tidy

NAME = (
    r"(?:(?:(?:de|van|von|der|den|di|da|dos|del|la|le|bin|bint|al|el|y|ten|ter)\s|(?:al|el|as|ar|ad|"
    r"an)-){0,3}[^\W\d_a-zß-öø-ÿа-я][\w'’.-]*)(?:\s(?:(?:(?:de|van|von|der|den|di|da|dos|del|la|le|bin|bint|al|el|"
    r"y|ten|ter)\s|(?:al|el|as|ar|ad|an)-){0,3}[^\W\d_a-zß-öø-ÿа-я][\w'’.-]*)){0,4}"
)
"""A pattern of one to five capitalised words with their particles ("van der", "al-")."""

LONGEST_FIELD = 300
"""Characters of an author field; what is longer is a biography."""

_LEAD = re.compile(
    r"^\W*(?:(?:(?:written|reported|posted|published|story|text|words|article|report|analysis|opinion|by\s+\w+)\s+)?by|von|par|por|di|door|av|af|od|autor(?:in)?|"
    r"author|texte?|text|foto|autore|auteur|автор|текст)\b[:\s]\s*",
    re.IGNORECASE,
)
_FIELD_SPLIT = re.compile(r"\s*(?:[;|•·]|\s/\s|,(?:\sand\s)?|\s&\s|\s(?:and|und|et|e|y|i|en|og|och|with|mit|та|и)\s)\s*")
_SUFFIX = re.compile(r",\s*(?=(?:jr|sr|ph\.?d|md|m\.d|cf[ap]®?|esq|rn|ii|iii)\b)", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@\w+\.\w|\.(?:com|org|net|co|de|uk|ru|ua|fr|it|es)\b|\d{2,}|[<>{}=_#]|[.!?]\s+\w+\s+\w+\s+\w+"
)
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|columnist|journalist|chief|producer|staff|bureau|desk|newsroom|team|redaktion|contributor|"
    r"director|manager|author|expert|fellow|professor|analyst|updated|published|posted|minutes?|read)\b",
    re.IGNORECASE,
)
_OFFICES = frozenset(("editor", "reporter", "correspondent", "writer", "columnist", "journalist", "contributor", "producer"))
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LIST_SPLIT = re.compile(r"\s*[,;/&|]\s*(?:(?:and|und|et)\s+)?|\s+(?:and|und|et|y|e|och|og|en|ja|i|и|та|ve|with|mit)\s+")
_PLACE = re.compile(r"\s+(?:in|from|at|aus|à|en|em|i|fra|reporting from)\s+[^\W\d_a-z].*$")
_POSSESSIVE = re.compile(r"\s\S+['’]s\b.*$|\s(?:for|via|pour|für|para)\s.*$", re.IGNORECASE)
_OUTLETS = re.compile(r"^.*\w['’]s?\s(?=\S+\s\S)")
_NAME_ALONE = re.compile(NAME)
_DATED = re.compile(
    r"(?:\s*(?:[-–—|•·,(]|\b(?:on|am|le|el|em|il|op|den|updated|published|posted))\s*)*"
    r"(?:\b(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?\s+){0,2}(?<!\w)\d.*$",
    re.IGNORECASE,
)
"""The date behind a byline's names, on the same line: "A on Monday, June 3rd", "A | 3 June 2031"."""
_REVERSED = re.compile(r"([^\W\d_a-zß-ÿ][\w'’-]+), ([^\W\d_a-zß-ÿ][\w'’-]+(?: [^\W\d_a-zß-ÿ]\.)?)")
"""A name as libraries have it: "Marn, Ilse"."""
_TITLES = re.compile(r"^(?:dr|prof|mr|mrs|ms|sir|lt|capt|col|gen)\.?\s+", re.IGNORECASE)


def authors_in(fields: Iterable[str], not_authors: Iterable[str | None] = ()) -> tuple[str, ...]:
    """Return the people in author fields, in order, each once; names in `not_authors` (the outlet's) are left out."""
    barred = {name_key(n) for n in not_authors if n}
    found: dict[str, str] = {}
    for one in fields:
        for name in _names(one):
            key = name_key(name)
            if key and key not in barred and key not in _nobody() and not _is_the_outlets(key, barred):
                found.setdefault(key, name)
    return tuple(found.values())


def persons_in(text: str) -> list[str]:
    """Return the persons named in a byline or a list of contributors ("A in X, B and C in Y"), in order."""
    text = undated(re.sub(r"^(?:by|von|par|por)\s+", "", text.strip(" ().[]"), flags=re.IGNORECASE))
    return [name for part in _LIST_SPLIT.split(text) if (name := person(part))]


def undated(byline: str) -> str:
    """Return a byline without the date that stands behind its names."""
    return _DATED.sub("", byline)


def signed_alike(byline: str, fields: Iterable[str], not_authors: Iterable[str | None]) -> tuple[str, ...]:
    """Return the one word that a byline and an author field both give: a first name, or one that its bearer goes by."""
    name = undated(_without_lead(byline)).strip(" .,:–—-")
    barred = {name_key(n) for n in not_authors if n}
    known = name_key(name) in {name_key(field) for field in fields}
    nobody = name_key(name) in _nobody() | barred or _is_the_outlets(name_key(name), barred) or unlisted_agency(name)
    return (name,) if known and name.isalpha() and name[0].isupper() and not nobody and not _ROLE.search(name) else ()


def person(part: str) -> str | None:
    """Return the name if the words are a person's: two to five, capitalised, no office, outlet or agency."""
    part = _without_place(_POSSESSIVE.sub("", " " + _OUTLETS.sub("", part))).strip(" .,:-–—*()")
    part = _TITLES.sub("", part)
    words = part.split()
    if not 2 <= len(words) <= 5 or not _NAME_ALONE.fullmatch(part) or agency_of(part):
        return None
    lowered = {w.casefold().strip(".,") for w in words}
    return None if lowered & words_of("reports", "offices.txt") or any(c.isdigit() for c in part) else part


def _without_place(name: str) -> str:
    """A byline's name without the place that the author wrote from ("A in X")."""
    return _PLACE.sub("", name)


def _names(one: str) -> list[str]:
    plain = undated(_SUFFIX.sub(" ", _without_lead(one)))
    if turned := _REVERSED.fullmatch(plain):
        plain = f"{turned[2]} {turned[1]}"
    if len(plain) > LONGEST_FIELD or _NOT_A_NAME.match(plain):
        return []
    parts = [p.strip(" .,:–—-") for p in _FIELD_SPLIT.split(plain)]
    names = [_without_office(_without_place(re.sub(r"\s*\([^)]*\)", "", _without_lead(p)).strip())) for p in parts]
    return [n for n in names if _looks_like_a_name(n) and not unlisted_agency(n)]


def _without_office(name: str) -> str:
    """A name without what its bearer is at the outlet ("A Senior Political Correspondent"), if two words stand before it."""
    words = name.split()
    house = len(words) > 1 and words[0].isupper() and not words[1].isupper()
    if house or not words or words[-1].casefold() not in _OFFICES:
        return name
    while len(words) > 2 and words[-1].casefold() in words_of("reports", "offices.txt") | words_of("reports", "sections.txt"):
        words.pop()
    return " ".join(words)


def _looks_like_a_name(name: str) -> bool:
    words = name.split()
    if (
        not words
        or len(words) > thresholds.NAME_WORDS
        or len(name) > thresholds.NAME_LENGTH
        or _NOT_A_NAME.search(name)
        or _ROLE.search(name)
    ):
        return False
    if _LATIN.match(name):
        return person(name) is not None
    # Scripts with capitals part a name from "Guest" by its two words; others write it in one.
    return name[0].isalpha() and (len(words) > 1 or name[0].upper() == name[0].lower())


def _is_the_outlets(key: str, barred: set[str]) -> bool:
    """An outlet signs as "Daily Example Online" or "Example" too; but it may be named after its author."""
    for other in barred:
        if f" {other} " in f" {key} " and len(other) > thresholds.COMMON_LETTERS:
            return True
        if f" {key} " in f" {other} " and 2 * len(key.split()) > len(other.split()):
            return True
    return key.replace(" ", "") in {b.replace(" ", "") for b in barred}


@lru_cache(maxsize=1)
def _nobody() -> frozenset[str]:
    return frozenset(name_key(line) for (line,) in rows("reports", "no_authors.txt"))


def _without_lead(line: str) -> str:
    return _LEAD.sub("", tidy(line))
