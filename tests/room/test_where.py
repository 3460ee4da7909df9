"""Places on the map of a story, and the land behind them."""

import re
from math import hypot

import httpx

from stemma.room import where
from stemma.room.where import WIDTH, _apart, _land_in


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


def test_islands_on_the_180th_meridian_are_no_strip_of_land_around_the_world():
    as_far_south_as_fiji = (-25.0, -17.0, -24.0, -16.0)
    assert _land_in(as_far_south_as_fiji) == []
    assert _land_in((178.0, -18.5, 181.0, -16.0))


def test_no_circle_of_the_map_lies_over_another():
    drawn = _apart([(50.0, 50.0)] * 12, [{"reports": n} for n in range(12, 0, -1)], 300)
    assert drawn[0][:2] == (50.0, 50.0)
    assert all(hypot(a - c, b - d) > r + s for n, (a, b, r) in enumerate(drawn) for c, d, s in drawn[:n])


def test_no_circle_of_the_map_is_cut_off_at_its_edge():
    drawn = _apart([(430.0, 10.0)] * 12, [{"reports": 9}] * 12, 200)
    assert all(r < x < WIDTH - r and r < y < 200 - r for x, y, r in drawn)


def test_a_place_says_how_many_claims_name_it_and_shows_the_first(room, monkeypatch):
    monkeypatch.setattr(where, "_CLAIMS", 1)
    story = next(s for s in told(room, "/stories.json")["stories"] if "windmill" not in s["title"])["href"]
    places = told(room, f"{story}/where-and-when.json")["places"]
    assert max(p["claims_all"] for p in places) > 1
    assert all(len(p["claims"]) == min(1, p["claims_all"]) for p in places)


def test_who_carried_a_claim_first_comes_first(room):
    story = next(s for s in told(room, "/stories.json")["stories"] if "windmill" not in s["title"])["href"]
    claim = told(room, f"{story}/where-and-when.json")["claims"][0]
    hours = [r["hours"] for r in claim["carried"] if r["hours"] is not None]
    assert len(hours) > 1
    assert hours == sorted(hours)
    assert claim["carried"][-1]["published"] is None
