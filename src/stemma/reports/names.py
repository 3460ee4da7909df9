"""Names of persons in bylines and credits: what is left when places, offices and outlets are taken away."""

import re

from stemma.reports.agencies import agency_of
from stemma.reports.words import pattern
from stemma.text.data import words_of

_SPLIT = re.compile(r"\s*[,;/&|]\s*|\s+(?:and|und|et|y|e|och|og|en|ja|i|и|та|ve|with|mit)\s+")
_PLACE = re.compile(r"\s+(?:in|from|at|aus|à|en|em|i|fra|reporting from)\s+[^\W\d_a-z].*$")
_POSSESSIVE = re.compile(r"\s\S+['’]s\b.*$|\s(?:for|via|pour|für|para)\s.*$", re.IGNORECASE)
_OUTLETS = re.compile(r"^.*\w['’]s?\s(?=\S+\s\S)")
_NAME_ALONE = pattern("<NAME>")
_TITLES = re.compile(r"^(?:dr|prof|mr|mrs|ms|sir|lt|capt|col|gen)\.?\s+", re.IGNORECASE)


def people(text: str) -> list[str]:
    """Return the persons named in a byline or a list of contributors ("A in X, B and C in Y"), in order."""
    text = re.sub(r"^(?:by|von|par|por)\s+", "", text.strip(" ().[]"), flags=re.IGNORECASE)
    return [name for part in _SPLIT.split(text) if (name := person(part))]


def without_place(name: str) -> str:
    """Return a byline's name without the place that the author wrote from ("A in X")."""
    return _PLACE.sub("", name)


def person(part: str) -> str | None:
    """Return the name if the words are a person's: two to five, capitalised, no office, outlet or agency."""
    part = without_place(_POSSESSIVE.sub("", " " + _OUTLETS.sub("", part))).strip(" .,:-–—*()")
    part = _TITLES.sub("", part)
    words = part.split()
    if not 2 <= len(words) <= 5 or not _NAME_ALONE.fullmatch(part) or agency_of(part):
        return None
    lowered = {w.casefold().strip(".,") for w in words}
    return None if lowered & words_of("reports", "offices.txt") or any(c.isdigit() for c in part) else part
