"""Places on the map of a story, and the land behind them."""

import re

import httpx

from stemma.room.where import _land_in


def told(room, path):
    return httpx.get(room + path, timeout=60).json()


def test_the_map_shows_each_place_that_the_list_tells_and_no_more_of_the_land_than_is_around_them(room):
    story = next(s for s in told(room, "/stories.json")["stories"] if "windmill" not in s["title"])["href"]
    view = told(room, f"{story}/where-and-when.json")
    assert "Killybegs" in [p["name"] for p in view["places"]]
    *_, whole = view["maps"]
    assert sorted(map(int, re.findall(r"<text[^>]*>(\d+)</text>", whole))) == [p["number"] for p in view["places"]]
    width, height = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', whole).groups())
    points = [tuple(map(float, p)) for p in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", whole)]
    assert points
    assert all(-1 <= x <= width + 1 and -1 <= y <= height + 1 for x, y in points)
    killybegs = next(p for p in view["places"] if p["name"] == "Killybegs")
    assert any("Killybegs" in c["quote"]["words"] for c in killybegs["claims"])


def test_land_is_where_land_is():
    inside_spain, in_the_atlantic = (-4.1, 40.0, -4.0, 40.1), (-30.1, 40.0, -30.0, 40.1)
    (ring,) = _land_in(inside_spain)
    assert {(round(x, 1), round(y, 1)) for x, y in ring} == {(x, y) for x in (-4.1, -4.0) for y in (40.0, 40.1)}
    assert _land_in(in_the_atlantic) == []


def test_who_carried_a_claim_first_comes_first(room):
    story = next(s for s in told(room, "/stories.json")["stories"] if "windmill" not in s["title"])["href"]
    claim = told(room, f"{story}/where-and-when.json")["claims"][0]
    hours = [r["hours"] for r in claim["carried"] if r["hours"] is not None]
    assert len(hours) > 1
    assert hours == sorted(hours)
    assert claim["carried"][-1]["published"] is None
