"""News agencies: by name and abbreviation, in a dateline, and where an unlisted one can only be an agency."""

import re
from functools import lru_cache

from stemma.reports import thresholds
from stemma.text.data import rows, words_of
from stemma.text.numbers import tree

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
_OWN_VOICE = (
    r"(?<!\w){}['’]?s?,?\s(?:could|can|cannot|was|were|is|has|had|did|does|n[’']a|ne peut|konnte|kann|no pudo|non ha|"
    r"не смог\w*|не удалось)\b.{{0,40}}\b(?:verif\w+|confirm\w*|authenticat\w+|establish|vérifier|überprüfen|verificar|"
    r"bestätigen|подтвердить|проверить)|(?<!\w){}\s(?:verified|reviewed|confirmed|geolocated)\b"
)
_OPENING = 200
"""Characters of a paragraph that a dateline stands in."""

_PLACE = (
    r"[^\W\d_a-zß-öø-ÿа-я][^\W\d_]*(?:[ .'’-]{1,2}(?:(?:de|la|le|du|of|al|el|am|an|der|sur|upon|do|da)[ "
    r"-])?[^\W\d_a-zß-öø-ÿа-я][^\W\d_]*){0,3}"
)
_DATELINE = re.compile(
    r"^(?P<place>" + _PLACE + r"(?:\s*/\s*" + _PLACE + r")?(?:,\s*" + _PLACE + r"\.?){0,2})(?![^\W\d_])"
    r"(?P<date>,?\s*(?:[^\W\d_]{3,10}\.?\s*\d{1,2}|\d{1,2}\.?\s*[^\W\d_]{3,10}\.?)(?:,?\s*"
    r"\d{4})?)?\s*(?:[(/]\s?(?P<agency>[^()\d]{2,45})\s?[)/])?\s*[.,:]?(?P<dash>\s?[—–―]|\s?--|\s-|(?<=\))\s?-|"
    r"(?<=\)):)(?=\s?\S)",
)
_LEAD_AGENCY = re.compile(
    r"^\(\s?(?P<agency>[^()\d]{2,45})\s?\)\s*(?:[-–—―:]|\b)",
)


_BEHIND = re.compile(r"^(?P<place>" + _PLACE + r"(?:,\s*" + _PLACE + r"\.?){0,2})\s*[-–—]\s*")
"""A place and a dash, behind which an agency may stand: "PLACE, Country - Agency"."""
_LIST = re.compile(r"\s*[,;/|•·+&]\s*|\s+(?:[-–—]+|and|et|und|y|e)\s+")
_NO_TOWN = frozenset(
    ("FILE", "UPDATE", "UPDATED", "CORRECTION", "PHOTO", "PHOTOS", "VIDEO", "WATCH", "EXCLUSIVE", "BREAKING", "OPINION")
)
"""Words in capitals before a dash that are no town."""
_MARKS_BEHIND = " .:–—-"


def agency_of(name: str) -> str | None:
    """Return an agency's usual name if the words are one of its names, to the letter for short ones."""
    known = _known()
    bare = " ".join(name.split()).strip(" .,:;()[]/-–—")
    if bare in known:
        return known[bare]
    return _folded().get(bare.casefold()) if len(bare) > thresholds.COMMON_LETTERS else None


def agencies_in(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, name) of the listed agencies in a byline or a credit."""
    return [(m.start(), m.end(), _known()[m.group()]) for m in _pattern().finditer(text)]


def agencies_alone(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, name) of the agencies of a line that names two or more and nothing else, in any case: "Afp - dpa"."""
    bare = text.strip(" ()[].–—-")
    parts = [part for part in _LIST.split(bare) if part]
    names = [_folded().get(part.casefold().strip(" .")) for part in parts]
    if len(parts) < 2:
        return []
    found, at = [], 0
    for part, name in zip(parts, names, strict=True):
        at = text.index(part, at)
        if name is None:
            return []
        found.append((at, at + len(part), name))
        at += len(part)
    return found


def unlisted_agency(name: str, page: str = "") -> str | None:
    """Return the name if it is an agency's, listed or not: it says so ("Tarinwire"), or it verifies on the page.

    An agency that could not confirm something speaks of itself in its own report, whoever prints it.
    """
    bare = " ".join(name.split()).strip(" .,:;()[]/-–—*").removeprefix("The ").removeprefix("La ")
    if known := agency_of(bare):
        return known
    if (
        not thresholds.COMMON_LETTERS <= len(bare) <= thresholds.NAME_LENGTH
        or not _NAMED.fullmatch(bare)
        or _NO_AGENCY.search(bare)
    ):
        return None
    if _TELLING.search(bare):
        return bare if len(bare) > thresholds.GENERIC_AGENCY else None
    return bare if speaks(bare, page) else None


def speaks(name: str, page: str) -> bool:
    """Whether a page's own text has this name verify, or fail to, what the text tells."""
    if page.count(name) < 2:
        return False
    return re.search(_OWN_VOICE.format(re.escape(name), re.escape(name)), page, re.IGNORECASE) is not None


def in_full(letters: str, page: str) -> str | None:
    """Return the agency's name that the page has in full too, where its words begin with the letters: CNS is not only China's."""
    if not _UNLISTED.fullmatch(letters):
        return None
    small = r"[\w’'-]*\s(?:of\s|the\s|and\s|de\s|la\s)?"
    found = re.search(rf"(?<!\w){small.join(map(re.escape, letters))}[\w’'-]*", page) if letters.isalpha() else None
    return unlisted_agency(found[0], page) if found else None


def dateline_of(text: str, page: str = "") -> tuple[str | None, str | None]:
    """Return the place and the agency of a paragraph's dateline; None where there is none."""
    m = _LEAD_AGENCY.match(text[:_OPENING])
    if m and (agency := _dateline_agency(m["agency"], sure=not m.group().rstrip().endswith(")"), page=page)):
        return None, agency
    if behind := _agency_behind(text):
        return behind[0], behind[3]
    m = _DATELINE.match(text[:_OPENING])
    if m is None or m["place"].split(",")[0].strip() in _NO_TOWN:
        return None, None
    town, *region = m["place"].split(",")
    told = bool(m["date"] or (region and town.isupper()))
    agency = _dateline_agency(m["agency"], sure=told, page=page) if m["agency"] else None
    sure = m["date"] or (town.isupper() and len(town) >= thresholds.TOWN_CAPITALS)
    if agency or (sure and not agency_of(m["place"])):
        return m["place"].strip(" ,"), agency
    return None, agency


def _agency_behind(text: str) -> tuple[str, int, int, str] | None:
    """The place, and start, end and name of the listed agency of "PLACE, Country - Agency", alone or before a sentence."""
    m = _BEHIND.match(text[:_OPENING])
    named = _pattern().match(text, m.end()) if m else None
    rest = text[named.end() :].lstrip(_MARKS_BEHIND) if named else ""
    if m is None or named is None or (rest and not (rest[0].isupper() or rest[0] in '"“«')):
        return None
    return m["place"].strip(" ,"), named.start(), named.end(), _known()[named.group()]


def dateline_end(text: str) -> int:
    """Return where the story begins in a paragraph that opens with a dateline ("PLACE, date (AGENCY) – "), else 0."""
    if not any(dateline_of(text)):
        return 0
    if behind := _agency_behind(text):
        return len(text) - len(text[behind[2] :].lstrip(_MARKS_BEHIND))
    m = _LEAD_AGENCY.match(text[:_OPENING]) or _DATELINE.match(text[:_OPENING])
    return m.end() if m else 0


def dateline_source(text: str, page: str = "") -> tuple[int, int, str] | None:
    """Return (start, end, name) of the agency in a paragraph's dateline, or None."""
    _, agency = dateline_of(text, page)
    if behind := _agency_behind(text):
        return behind[1:]
    m = _LEAD_AGENCY.match(text[:_OPENING]) or _DATELINE.match(text[:_OPENING])
    return (m.start("agency"), m.end("agency"), agency) if agency and m else None


def _dateline_agency(inside: str, *, sure: bool, page: str = "") -> str | None:
    """Return the agency that stands in the brackets of a dateline, listed or not.

    An unlisted one must be in capitals, say that it is an agency, speak in the page's text as one, or stand in a
    dateline (`sure`) whose date or region is told beside it: after a bare town the brackets hold a region.
    """
    first = re.split(r"\s*[/,;]\s*|\s+and\s+", inside.strip())[0]
    if known := in_full(first, page) or agency_of(first) or agency_of(inside):
        return known
    if first in words_of("reports", "places.txt"):
        return None
    if _UNLISTED.fullmatch(first):
        return first
    if _TITLED.fullmatch(first) and (sure or first.split()[-1].casefold() in words_of("reports", "mastheads.txt")):
        return first
    return unlisted_agency(first, page)


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {alias: row[0] for row in rows("reports", "agencies.tsv") for alias in "|".join(row).split("|")}


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
    return {alias.casefold(): name for alias, name in _known().items()}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){tree(_known())}(?![\w-])")
