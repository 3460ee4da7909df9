"""Units of measure and currencies: canonical names, dimensions and conversion.

A table of the units that news prints, not pint: pint knows thousands of units and reads "a pound", "points"
or "sq km" as something
else; here the words of the press decide, and a conversion is one multiplication.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from stemma.text.data import rows
from stemma.text.numbers import either

BASES = {
    "length": "m", "area": "km2", "mass": "kg", "volume": "m3", "speed": "m/s", "temperature": "degC",
    "power": "W", "energy": "J", "data": "byte", "frequency": "Hz",
    "time": "second", "age": "year-old",
}  # fmt: skip
_BASE_SIZE = {"km2": 1_000_000.0}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit.

    Canonical name, dimension, and how it becomes the dimension's base unit, factor · (value +
    offset).
    """

    name: str
    dimension: str
    factor: float
    offset: float


def to_base(value: float, unit: str) -> tuple[float, str]:
    """Return a value in the base unit of its dimension: km2 (area), m (length), kg, m3, m/s, degC, W, J, seconds, years.

    A unit of no other (percent, a currency, one that is not known) comes back as it is.
    """
    known = _units().get(unit)
    if known is None:
        return value, unit
    base = BASES.get(known.dimension, known.dimension)
    return (value + known.offset) * known.factor / _BASE_SIZE.get(base, 1.0), base


def same_dimension(unit_a: str | None, unit_b: str | None) -> bool:
    """Return whether two units measure the same thing, so that `to_base` makes their values comparable."""
    if unit_a == unit_b:
        return True
    known = _units()
    return unit_a in known and unit_b in known and known[unit_a].dimension == known[unit_b].dimension


def dimension(unit: str | None) -> str | None:
    """Return what a unit measures ("length", "age", "time", "percent"), None for a currency, a bare count, or one not known."""
    known = _units().get(unit) if unit else None
    return known.dimension if known else None


def is_currency(unit: str | None) -> bool:
    """Return whether a canonical unit is a currency."""
    return unit in _currency_codes()


@lru_cache(maxsize=1)
def after_number() -> re.Pattern[str]:
    """Return the pattern of a unit or currency right after a number, its blank, hyphen or "of" (de, d') included."""
    forms = [f.lstrip("=").replace("-", "", 1) if f.lstrip("=").startswith("-") else f.lstrip("=") for f in _after()]
    marks = [f for f in forms if not f[-1].isalnum() and not f.endswith(".")]
    words = [f for f in forms if f not in marks]
    hyphened = either(words).replace("\\ ", "[ -]")
    return re.compile(
        rf"(?:(?:[ \u00a0\u202f](?:de[ \u00a0]|d['’])|[ \u00a0\u202f-]?)(?P<word>{hyphened})(?!\w)|"
        rf"[ \u00a0\u202f]?(?P<mark>{either(marks)}))",
        re.I,
    )


@lru_cache(maxsize=1)
def before_number() -> re.Pattern[str]:
    """Return the pattern of a currency at the very end of a text."""
    glued = [sign for sign, (_, place) in _signs().items() if place == "glued"]
    spaced = [sign for sign in _signs() if sign not in glued]
    return re.compile(rf"(?:(?<!\w)|(?<=\())(?:(?P<sign>{either(spaced)})[ \u00a0]?|(?P<glued>{either(glued)}))$")


@lru_cache(maxsize=1)
def letters_before() -> str:
    """Return the pattern of a currency in letters that may be glued to its number: "EUR27m"; "R" and "N" before an amount."""
    coded = [sign for sign, (_, place) in _signs().items() if place == "before" and sign[-1].isalpha()]
    glued = [sign for sign, (_, place) in _signs().items() if place == "glued"]
    return rf"(?<![\w-])(?:{either(coded)}|{either(glued)}(?=\d{{3}}|\d{{1,3}}(?:,\d|(?:\.\d+)? ?(?:[mb]n?|[mbtr]+illion)\b)))"


def currency_before(sign: str) -> str:
    """Return the currency that a sign before a number stands for."""
    return _signs()[sign][0]


def unit_after(form: str) -> str | None:
    """Return the canonical unit or currency of a written form after a number.

    None where the case is another.
    """
    forms = ("=" + form, form.lower(), "-" + form.lower(), form, form.lower().replace("-", " "))
    return next((unit for unit in map(_after().get, forms) if unit), None)


@lru_cache(maxsize=1)
def _signs() -> dict[str, tuple[str, str]]:
    """Sign before a number → its currency, and whether it may stand apart ("before") or not ("glued")."""
    return {
        form: (code, place)
        for code, place, written in rows("mentions", "currencies.tsv")
        if place != "after"
        for form in written.split("|")
    }


@lru_cache(maxsize=1)
def _after() -> dict[str, str]:
    """Written form → canonical unit; forms are lower case unless they start with "="."""
    units = [(form, name) for name, _, _, _, written in rows("mentions", "units.tsv") for form in written.split("|")]
    money = [
        (form, code)
        for code, place, written in rows("mentions", "currencies.tsv")
        if place == "after"
        for form in written.split("|")
    ]
    return {form if form.startswith("=") else form.lower(): name for form, name in money + units}


@lru_cache(maxsize=1)
def _units() -> dict[str, Unit]:
    return {
        name: Unit(name, kind, float(factor), float(offset)) for name, kind, factor, offset, _ in rows("mentions", "units.tsv")
    }


@lru_cache(maxsize=1)
def _currency_codes() -> frozenset[str]:
    return frozenset(code for code, *_ in rows("mentions", "currencies.tsv"))
