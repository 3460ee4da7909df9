"""Where and when: the places of a story on a map with what is claimed of them, and who carried each claim first."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import cos, hypot, radians, sin
from typing import Any

import numpy as np
from markupsafe import Markup

from stemma.room.kept_story import KeptStory, tell
from stemma.room.story import FIRST, about
from stemma.room.web import Asked
from stemma.show.exports import timeline
from stemma.show.wording import Row, counted

WIDTH = 440
_HALF_ROUND = 180
_LEAST = 1.5
"""Degrees of latitude that a map shows at least: nearer, the outlines would be coarser than what they show."""
_NEAR = 4.0
"""Degrees of latitude, and half of those of longitude, from the place most named within which others lie near."""
_PLACES, _CLAIMS, _CARRIERS = 30, 6, 24
_TRIES = 1_200
"""Spots that a circle of the map is tried at before it may lie over another."""

_View = dict[str, Any]
_Box = tuple[float, float, float, float]


def where(asked: Asked) -> _View:
    """Tell the places of a story, the most named first, and the first claims with the reports that carry them in order."""
    told = tell(asked.room.store, asked.part("story"))
    named = [p for p in told.places if p["lat"] is not None and p["lon"] is not None]
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


def _place(told: KeptStory, place: Row, number: int) -> _View:
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
        "claims_all": len(found), "claims": [
            {"summary": told.claims[c]["summary"], "href": f"{told.address}/claim/{c}",
             "published": told.reports[m["report"]]["published"], "quote": told.quote(m)}
            for c, m in list(found.items())[:_CLAIMS]
        ],
    }  # fmt: skip


def _in_order(told: KeptStory, claim: Row) -> _View:
    """A claim with the reports that carry it, the earliest first, and how long after the first of them."""
    rows = timeline({**told.story, "claims": [claim]}, told.reports)
    carried = [
        {**told.brief(r["report"]), "order": r["order"], "hours": r["hours_after_first"], "days": r["days_after_first"],
         "later": _later(r), "figure": r["figure"]}
        for r in rows[:_CARRIERS]
    ]  # fmt: skip
    return {
        "summary": claim["summary"], "relation": claim["relation"], "href": f"{told.address}/claim/{claim['id']}",
        "carried": carried, "more": len(rows[_CARRIERS:]),
    }  # fmt: skip


def _later(row: Row) -> str | None:
    """Return "20 minutes later", as exactly as the two times are known; None for the first and where there is no time."""
    hours, days = row["hours_after_first"], row["days_after_first"]
    if row["order"] == 1 or (hours is None and days is None):
        return None
    if hours is None or hours >= 48:
        days = round(hours / 24) if hours is not None else days
        return f"{counted(days, 'day')} later" if days else "the same day"
    return f"{counted(round(hours), 'hour')} later" if hours >= 1 else f"{counted(round(hours * 60), 'minute')} later"


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
    lines, marks = [], []
    spots = [tuple(map(float, at(p["lon"], p["lat"]).split())) for p in places]
    for p, (x, y, radius), (own_x, own_y) in zip(places, _apart(spots, places, height), spots, strict=True):
        lines += [f'<path class="to" d="M{own_x:.1f} {own_y:.1f}L{x:.1f} {y:.1f}"/>'] if (x, y) != (own_x, own_y) else []
        dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/><text x="{x:.1f}" y="{y + 4:.1f}">{p["number"]}</text>'
        marks.append(f'<a href="#place{p["number"]}" tabindex="-1">{dot}</a>')
    # Every place stands in the list beside it, with its number: the map adds nothing for who cannot see it.
    head = f'<svg class="map" viewBox="0 0 {WIDTH} {height}" aria-hidden="true" focusable="false">'
    return Markup(f'{head}<path d="{land}"/>{"".join(lines + marks)}</svg>')


def _apart(spots: Sequence[tuple[float, ...]], places: Sequence[_View], height: int) -> list[tuple[float, float, float]]:
    """Return the middle and radius of each circle: over another it is moved away along a spiral, and never off the map."""
    drawn: list[tuple[float, float, float]] = []
    for (x, y), place in zip(spots, places, strict=True):
        radius = 9 + min(4, place["reports"] ** 0.5)
        tried = ((x + 3 * n**0.5 * cos(2.4 * n), y + 3 * n**0.5 * sin(2.4 * n)) for n in range(_TRIES))
        on_map = ((a, b) for a, b in tried if radius < a < WIDTH - radius and radius < b < height - radius)
        free = ((a, b) for a, b in on_map if all(hypot(a - c, b - d) > radius + r for c, d, r in drawn))
        drawn.append((*next(free, (x, y)), radius))
    return drawn


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
        rings = np.split(kept["points"] / 100.0, kept["ends"][:-1])
    return [turned for ring in rings for turned in _unbroken(ring)]


def _unbroken(ring: Any) -> list[Any]:  # noqa: ANN401 - numpy's arrays
    """Return a ring that leaps over the 180th meridian without the leap, at both ends of the map; others as they are."""
    leaps = int((abs(np.diff(ring[:, 0], append=ring[:1, 0])) > _HALF_ROUND).sum())
    # Land around a pole leaps once only: its ring is open to the pole.
    if leaps == 0 or leaps % 2:
        return [ring]
    lon = np.unwrap(ring[:, 0], period=2 * _HALF_ROUND)
    return [np.column_stack([lon + turn, ring[:, 1]]) for turn in (-2 * _HALF_ROUND, 0, 2 * _HALF_ROUND)]
