"""Where and when: the places of a story on a map with what is claimed of them, and who carried each claim first."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import cos, radians
from typing import Any

import numpy as np
from markupsafe import Markup

from stemma.room.story import FIRST, about
from stemma.room.told import Told, tell
from stemma.room.web import Asked
from stemma.show.exports import timeline
from stemma.show.wording import Row

WIDTH = 640
_LEAST = 1.5
"""Degrees of latitude that a map shows at least: nearer, the outlines would be coarser than what they show."""
_NEAR = 4.0
"""Degrees of latitude, and half of those of longitude, from the place most named within which others lie near."""
_PLACES, _CLAIMS, _CARRIERS = 30, 6, 24

_View = dict[str, Any]
_Box = tuple[float, float, float, float]


def where(asked: Asked) -> _View:
    """Tell the places of a story, the most named first, and the first claims with the reports that carry them in order."""
    told = tell(asked.room.store, asked.part("story"))
    named = [p for p in told.story["places"] if p["lat"] is not None and p["lon"] is not None]
    ordered = sorted(named, key=lambda p: (-len({m["report"] for m in p["mentions"]}), p["name"]))[:_PLACES]
    places = [_place(told, p, n) for n, p in enumerate(ordered, 1)]
    first = asked.number("from", 1)
    claims = [c for c in told.claims.values() if len({m["report"] for m in c["members"]}) > 1]
    shown = claims[first - 1 : first - 1 + FIRST]
    return {
        "story": about(told), "places": places, "more_places": len(named) - len(places), "maps": _maps(places),
        "claims": [_in_order(told, c) for c in shown],
        "next": asked.with_(**{"from": first + FIRST}) + "#when" if first - 1 + FIRST < len(claims) else None,
    }  # fmt: skip


def _place(told: Told, place: Row, number: int) -> _View:
    """A place with the claims that name it: whose words, and when they were printed."""
    found: dict[str, Row] = {}
    spots = defaultdict(list)
    for m in place["mentions"]:
        spots[m["report"]].append(m)
    for claim in told.claims.values():
        for m in claim["members"]:
            if any(m["start"] <= s["start"] and s["end"] <= m["end"] for s in spots[m["report"]]):
                found.setdefault(claim["id"], m)
    named = sorted(told.sigla[r] for r, mentions in spots.items() if mentions)
    return {
        "number": number, "name": place["name"], "kind": place["kind"], "lat": place["lat"], "lon": place["lon"],
        "reports": len(named), "sigla": named[:_CARRIERS],
        "claims": [
            {"summary": told.claims[c]["summary"], "href": f"{told.address}/claim/{c}",
             "published": told.reports[m["report"]]["published"], "quote": told.quote(m)}
            for c, m in list(found.items())[:_CLAIMS]
        ],
    }  # fmt: skip


def _in_order(told: Told, claim: Row) -> _View:
    """A claim with the reports that carry it, the earliest first, and how long after the first of them."""
    rows = timeline({**told.story, "claims": [claim]}, told.reports)
    carried = [
        {**told.brief(r["report"]), "order": r["order"], "hours": r["hours_after_first"], "days": r["days_after_first"],
         "figure": r["figure"]}
        for r in rows[:_CARRIERS]
    ]  # fmt: skip
    return {
        "summary": claim["summary"], "relation": claim["relation"], "href": f"{told.address}/claim/{claim['id']}",
        "carried": carried, "more": len(rows[_CARRIERS:]),
    }  # fmt: skip


def _maps(places: Sequence[_View]) -> list[Markup]:
    """Return a map of all places, and before it a nearer one where most of them lie together and few far off."""
    near = [p for p in places if abs(p["lat"] - places[0]["lat"]) < _NEAR and abs(p["lon"] - places[0]["lon"]) < 2 * _NEAR]
    apart = len(near) < len(places) < 2 * len(near)
    return [_map(some) for some in ([near, places] if apart else [places]) if some]


def _map(places: Sequence[_View]) -> Markup:
    """Return the places over outlines of land, as SVG; degrees of longitude are as long as they are in the middle of it."""
    box = _box(places)
    west, south, east, north = box
    shrink = cos(radians((south + north) / 2))
    scale = WIDTH / ((east - west) * shrink)
    height = round((north - south) * scale)

    def at(lon: float, lat: float) -> str:
        return f"{(lon - west) * shrink * scale:.1f} {(north - lat) * scale:.1f}"

    land = "".join(f"M{'L'.join(at(x, y) for x, y in ring)}Z" for ring in _land_in(box))
    marks = []
    for p in reversed(places):
        x, y = at(p["lon"], p["lat"]).split()
        radius = 5 + min(7, p["reports"] ** 0.5)
        dot = f'<circle cx="{x}" cy="{y}" r="{radius:.1f}"/><text x="{x}" y="{float(y) + 4:.1f}">{p["number"]}</text>'
        marks.append(f'<a href="#place{p["number"]}" tabindex="-1">{dot}</a>')
    # Every place stands in the list beside it, with its number: the map adds nothing for who cannot see it.
    head = f'<svg class="map" viewBox="0 0 {WIDTH} {height}" aria-hidden="true" focusable="false">'
    return Markup(f'{head}<path d="{land}"/>{"".join(marks)}</svg>')


def _box(places: Sequence[_View]) -> _Box:
    """West, south, east and north of what the map shows: all places with some room around them, three times as wide at most."""
    south, north = min(p["lat"] for p in places), max(p["lat"] for p in places)
    west, east = min(p["lon"] for p in places), max(p["lon"] for p in places)
    shrink = max(0.2, cos(radians((south + north) / 2)))
    tall = max(_LEAST, (north - south) * 1.3, (east - west) * 1.3 * shrink / 2)
    wide = max(tall * 1.2 / shrink, (east - west) * 1.3)
    middle, across = (south + north) / 2, (west + east) / 2
    return across - wide / 2, max(-89.0, middle - tall / 2), across + wide / 2, min(89.0, middle + tall / 2)


def _land_in(box: _Box) -> list[list[tuple[float, float]]]:
    """The outlines that touch a box, cut at its edges."""
    west, south, east, north = box
    found = []
    for ring in _outlines():
        (left, bottom), (right, top) = ring.min(axis=0), ring.max(axis=0)
        if right < west or left > east or top < south or bottom > north:
            continue
        points = [(float(x), float(y)) for x, y in ring]
        for axis, edge, keep in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
            points = _cut(points, axis, edge, keep)
        if points:
            found.append(points)
    return found


def _cut(points: list[tuple[float, float]], axis: int, edge: float, keep: int) -> list[tuple[float, float]]:
    """Return the part of an outline on one side of an edge (Sutherland and Hodgman)."""
    kept = []
    for before, here in zip([*points[-1:], *points[:-1]], points, strict=True):
        inside, was = keep * (here[axis] - edge) >= 0, keep * (before[axis] - edge) >= 0
        if inside != was:
            share = (edge - before[axis]) / (here[axis] - before[axis])
            kept.append((before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1])))
        if inside:
            kept.append(here)
    return kept


@cache
def _outlines() -> list[Any]:
    with files("stemma.room").joinpath("data", "land.npz").open("rb") as stream, np.load(stream) as kept:
        return np.split(kept["points"] / 100.0, kept["ends"][:-1])
