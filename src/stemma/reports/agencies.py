"""News agencies by name, by abbreviation, and by the place where an unlisted one can only be an agency."""

import re
from functools import lru_cache

from stemma.text.data import rows, words_of

_UNLISTED = re.compile(r"[A-ZÀ-ÞА-ЯÇĞİÖŞÜ]{2}[A-ZÀ-ÞА-Я0-9.-]{0,8}(?:\s[A-ZÀ-Þ]{2,10})?")
_TITLED = re.compile(r"[^\W\d_a-z][\w.-]+(?:\s[^\W\d_a-z][\w.-]+){0,3}")
_NAMED = re.compile(r"[^\W\d_a-z][\w.&'’-]*(?:\s(?:[\w.&-]+['’])?[\w.&-]+){0,4}")
_TELLING = re.compile(
    r"\b(?:(?:news|press|wire)\s(?:agency|agencies|service)|agency|\w*wires?|press(?:e|a)?|prensa|stampa|agencia|"
    r"agência|agence|agentur|agenzia|agencja|nachrichtenagentur|nyhetsbyrå|агентство|агенція|агенства)\b",
    re.IGNORECASE,
)
_NO_AGENCY = re.compile(
    r"\b(?:free|daily|evening|morning|sunday|office|release|releases|team|staff|club|conference|secretary|corps|association|"
    r"photo|photos|travel|estate|intelligence|space|environment|protection|by|and|for)\b",
    re.IGNORECASE,
)
"""Words of newspapers, of what is sent to the press, and of agencies of another kind."""
_GENERIC = 6
"""Letters of "agency" or "presse" alone, which name none."""
_OWN_VOICE = (
    r"(?<!\w){}['’]?s?,?\s(?:could|can|cannot|was|were|is|has|had|did|does|n[’']a|ne peut|konnte|kann|no pudo|non ha|"
    r"не смог\w*|не удалось)\b.{{0,40}}\b(?:verif\w+|confirm\w*|authenticat\w+|establish|vérifier|überprüfen|verificar|"
    r"bestätigen|подтвердить|проверить)|(?<!\w){}\s(?:verified|reviewed|confirmed|geolocated)\b"
)
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


def unlisted_agency(name: str, page: str = "") -> str | None:
    """Return the name if it is an agency's, listed or not: it says so ("Tarinwire"), or it verifies on the page.

    An agency that could not confirm something speaks of itself in its own report, whoever prints it.
    """
    bare = " ".join(name.split()).strip(" .,:;()[]/-–—*").removeprefix("The ").removeprefix("La ")
    if known := agency_of(bare):
        return known
    if not 3 <= len(bare) <= 45 or not _NAMED.fullmatch(bare) or _NO_AGENCY.search(bare):
        return None
    if _TELLING.search(bare):
        return bare if len(bare) > _GENERIC else None
    return bare if speaks(bare, page) else None


def speaks(name: str, page: str) -> bool:
    """Whether a page's own text has this name verify, or fail to, what the text tells."""
    if page.count(name) < 2:
        return False
    return re.search(_OWN_VOICE.format(re.escape(name), re.escape(name)), page, re.IGNORECASE) is not None


def dateline_agency(inside: str, *, sure: bool, page: str = "") -> str | None:
    """Return the agency that stands in the brackets of a dateline, listed or not.

    An unlisted one must be in capitals, say that it is an agency, speak in the page's text as one, or stand in a
    dateline (`sure`) whose date or region is told beside it: after a bare town the brackets hold a region.
    """
    first = re.split(r"\s*[/,;]\s*|\s+and\s+", inside.strip())[0]
    if known := in_full(first, page) or agency_of(first) or agency_of(inside):
        return known
    if first in _places():
        return None
    if _UNLISTED.fullmatch(first):
        return first
    if _TITLED.fullmatch(first) and (sure or first.split()[-1].casefold() in words_of("reports", "mastheads.txt")):
        return first
    return unlisted_agency(first, page)


def in_full(letters: str, page: str) -> str | None:
    """Return the agency's name that the page has in full too, where its words begin with the letters: CNS is not only China's."""
    if not _UNLISTED.fullmatch(letters):
        return None
    small = r"[\w’'-]*\s(?:of\s|the\s|and\s|de\s|la\s)?"
    found = re.search(rf"(?<!\w){small.join(map(re.escape, letters))}[\w’'-]*", page) if letters.isalpha() else None
    return unlisted_agency(found[0], page) if found else None


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {alias: row[0] for row in rows("reports", "agencies.tsv") for alias in "|".join(row).split("|")}


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
    return {alias.casefold(): name for alias, name in _known().items()}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest = sorted(_known(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(a) for a in longest) + r")(?![\w-])")


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return words_of("reports", "places.txt")
