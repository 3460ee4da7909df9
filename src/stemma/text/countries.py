"""Countries by the words that stand for them: their names, their people and the capital that speaks for the government."""

from dataclasses import dataclass
from functools import lru_cache

from stemma.text.data import rows
from stemma.text.normal import fold

_NO_COUNTRY = "-"
_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166 code, name, middle (WGS 84 degrees), and the other words that stand for it.

    `short` are printed short forms ("U.S."), `others` further names, `people` its people and their adjectives, `capitals` the
    cities by which its government is meant.
    """

    code: str
    name: str
    lat: float
    lon: float
    short: tuple[str, ...]
    others: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """Return all countries, by code."""
    return tuple(_country(row) for row in _rows() if row[0] != _NO_COUNTRY)


def country(word: str) -> str | None:
    """Return the code of the country that a name, a word for its people or a capital stands for: "Danes", "Copenhagen" → "DK".

    Only countries whose people are listed are known; case, accents and points do not count.
    """
    return _codes().get(_key(word))


@lru_cache(maxsize=1)
def demonyms() -> frozenset[str]:
    """Return the names of peoples and faiths and their adjectives ("Ukrainian", "Sunnis"), which are no places."""
    return frozenset(word for row in _rows() for word in _list(row[6]))


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    found = {}
    for one in countries():
        plurals = [word + "s" for word in one.people if not word.endswith("s")]
        words = (one.name, *one.short, *one.others, *one.people, *plurals, *one.capitals) if one.people else ()
        found.update({_key(word): one.code for word in words})
    return found


def _key(word: str) -> str:
    return fold(word).replace(".", "")


def _country(row: tuple[str, ...]) -> Country:
    code, name, lat, lon, *lists = row
    return Country(code, name, float(lat), float(lon), *map(_list, lists))


def _rows() -> list[tuple[str, ...]]:
    return [(*row, *[""] * (_COLUMNS - len(row))) for row in rows("text", "countries.tsv")]


def _list(cell: str) -> tuple[str, ...]:
    return tuple(word for word in cell.split("|") if word)
