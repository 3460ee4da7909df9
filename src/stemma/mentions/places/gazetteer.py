"""The gazetteer: names of the world's places with coordinates, in two Arrow files, searched without Python objects.

`bench/build_gazetteer.py` writes the files, from GeoNames (CC BY 4.0), Natural Earth (public domain), airportsdata
(MIT) and two lists of our own.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stemma.text.normal import fold

NOWHERE = -1
"""The row of a containing region that an entry has not."""
LONGEST = 8
"""How many tokens a name in the text is tried with at most."""

_APOSTROPHES_AND_POINTS = re.compile(r"[.'’‘ʻʼ`´]")
_MOUNT = re.compile(r"^mt (?=.)")
_GAPS = re.compile(r"[\s\-‐‑–/,]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One place with WGS 84 coordinates; `people` is its population, `country` an ISO 3166 code.

    `kind` is city, capital, region, county, country, continent, sea, river or other; `state` and `county` are the
    rows of what contains it; `plain` is whether the name that was looked up is its own and not one of its other
    names.
    """

    row: int
    name: str
    kind: str
    lat: float
    lon: float
    people: int
    country: str
    state: int
    county: int
    plain: bool = True


def look_up(name: str) -> tuple[Entry, ...]:
    """Return the entries that bear a name, most populous first; letter case, accents and hyphens do not count."""
    return _look_up(gazetteer_key(name))


def container(name: str, lat: float | None, lon: float | None) -> str | None:
    """Return the name of the state, or else the country's code, of the place of a name at a point of three decimals."""
    at = (e for e in look_up(name) if (round(e.lat, 3), round(e.lon, 3)) == (lat, lon))
    return next((e.country if e.state == NOWHERE else _entry(e.state, plain=True).name for e in at), None)


@lru_cache(maxsize=100_000)
def gazetteer_key(name: str) -> str:
    """Return a name as the gazetteer's keys are written: folded, without points and apostrophes, a blank for each hyphen."""
    return _MOUNT.sub("mount ", _GAPS.sub(" ", fold(_APOSTROPHES_AND_POINTS.sub("", name))).strip())


@lru_cache(maxsize=50_000)
def _look_up(key: str) -> tuple[Entry, ...]:
    names = _names()
    at = bisect_left(names, key.encode())
    found = []
    while at < len(names) and names[at] == key.encode():
        found.append(_entry(int(names.rows[at]) >> 1, bool(names.rows[at] & 1)))
        at += 1
    return tuple(found)


@lru_cache(maxsize=50_000)
def _entry(row: int, plain: bool) -> Entry:
    places = _places()
    values = {name: places[name][row].as_py() for name in places.schema.names}
    return Entry(row, plain=plain, **values)


class _Names:
    """The sorted keys as a sequence of bytes over Arrow's own buffers; nothing is copied into Python objects."""

    def __init__(self, table: pa.Table) -> None:
        # Arrow's own to_numpy() loads pandas where that is installed, which takes longer than all the rest.
        key, row = (column.chunk(0) for column in table.combine_chunks().select(["key", "row"]).columns)
        self.ends: npt.NDArray[np.int32] = np.frombuffer(key.buffers()[1], np.int32)
        self.letters = memoryview(key.buffers()[2])
        self.rows: npt.NDArray[np.int32] = np.frombuffer(row.buffers()[1], np.int32)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: int) -> bytes:
        return bytes(self.letters[self.ends[at] : self.ends[at + 1]])


@lru_cache(maxsize=1)
def _names() -> _Names:
    return _Names(_read("gazetteer_names.arrow"))


@lru_cache(maxsize=1)
def _places() -> pa.Table:
    return _read("gazetteer_places.arrow")


def _read(file: str) -> pa.Table:
    data = resources.files("stemma.mentions").joinpath("data", file)
    return pa.ipc.open_file(pa.memory_map(str(data))).read_all()
