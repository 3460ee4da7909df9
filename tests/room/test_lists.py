"""Lists of reports: two of one outlet are told apart, and what took nothing from another is never folded away."""

import re

import httpx
import pyarrow as pa
import pytest
from playwright.sync_api import expect

from room.conftest import room_of, served
from show.drawn_stories import edge
from show.drawn_stories import story as drawn_story
from stemma.corpus import read
from stemma.room import story as story_page
from stemma.room.kept_story import KeptStory


def told(room, path):
    return httpx.get(room + path, timeout=60).json()


@pytest.fixture(scope="module")
def one_outlet(pages, tmp_path_factory):
    """Return a room with one story that one outlet tells twice."""
    folder = tmp_path_factory.mktemp("one-outlet")
    rows = [f"{n}.html,Obertal Bote,2031-05-0{i}T10:00+02:00" for i, n in enumerate(("one", "two"), 4)]
    (folder / "meta.csv").write_text("\n".join(["file,outlet,published", *rows]), "utf-8")
    read([*pages.glob("*.html")], meta=folder / "meta.csv", db=folder / "news.duckdb").close()
    with served(room_of(folder / "news.duckdb", may_write=False)) as address:
        yield address


@pytest.mark.parametrize("width", [1280, 380])
def test_two_reports_of_one_outlet_stand_with_their_titles_in_every_list(one_outlet, look, width):
    (story,) = told(one_outlet, "/stories.json")["stories"]
    page = look(width)
    for path in ("", "/witnesses"):
        page.goto(one_outlet + story["href"] + path)
        expect(page.locator(".witnesses .who").nth(0)).to_contain_text("windmill")
        expect(page.locator(".witnesses .who").nth(1)).to_contain_text("windmill")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{one_outlet}{story['href']}/side-by-side")
    for option in page.locator("#reference option").all_inner_texts():
        assert "windmill" in option
    assert "windmill" in page.locator(".pairs").inner_text()


def test_a_house_that_pages_cite_for_a_sentence_stands_behind_their_reports():
    sign = {"signs": [{"sign": "citation", "weight": 3.0, "reason": "r"}]}
    cited = edge("A", "α", "rewrite", 0.02, credited=True) | sign
    story, reports = drawn_story({"A": "2031-05-04", "B": "2031-05-05"}, cited, edge("B", "β", credited=True), lost="αβ")
    story["witnesses"][:2] = [w | {"name": f"House {w['id']}"} for w in story["witnesses"][:2]]
    told = KeptStory(story, reports, (), lambda _table: pa.table({}))
    assert [b.witness["id"] for b in told.lines] == ["A", "β", "B", "α"]
    assert told.beginners == 2


def test_a_story_has_one_title_and_a_day_comes_before_its_hours(pages, tmp_path):
    days = {"f.html": "2031-05-04", "a.html": "2031-05-04T01:00", "b.html": "2031-05-04T02:00"}
    rows = []
    for n, (name, day) in enumerate(days.items()):
        text = (pages / "one.html").read_text("utf-8").replace("windmill one", f"windmill of {name}")
        (tmp_path / name).write_text(text.replace("1794", f"179{n}"), "utf-8")
        rows.append(f"{name},Bote {name},{day}")
    (tmp_path / "meta.csv").write_text("\n".join(["file,outlet,published", *rows]), "utf-8")
    read([*tmp_path.glob("*.html")], meta=tmp_path / "meta.csv", db=tmp_path / "news.duckdb").close()
    with served(room_of(tmp_path / "news.duckdb", may_write=False)) as address:
        (story,) = told(address, "/stories.json")["stories"]
        assert story["title"] == told(address, story["href"] + ".json")["story"]["title"]
        assert "windmill of f.html" in story["title"]


def test_newest_first_goes_by_the_instant_and_not_by_the_hour_that_is_printed(pages, tmp_path):
    fire = min((pages / "fire").glob("*.html"))
    hours = {fire: "2031-05-04T20:00-04:00", pages / "one.html": "2031-05-04T23:00+02:00"}
    rows = "\n".join(f"{page.name},{hour}" for page, hour in hours.items())
    (tmp_path / "meta.csv").write_text(f"file,published\n{rows}\n", "utf-8")
    read([*hours], meta=tmp_path / "meta.csv", db=tmp_path / "news.duckdb").close()
    with served(room_of(tmp_path / "news.duckdb", may_write=False)) as address:
        assert [s["last"] for s in told(address, "/stories.json")["stories"]] == [*hours.values()]


def test_a_list_with_nothing_in_it_says_so(one_outlet, look):
    (story,) = told(one_outlet, "/stories.json")["stories"]
    assert told(one_outlet, story["href"] + "/findings.json")["findings"]["all"] == 0
    page = look()
    page.goto(f"{one_outlet}{story['href']}/findings")
    expect(page.locator("main")).to_contain_text("Nothing was found in this story.")


def test_reports_of_different_outlets_stand_without_their_titles(room):
    fire = next(s["href"] for s in told(room, "/stories.json")["stories"] if "windmill" not in s["title"])
    rows = told(room, fire + "/side-by-side.json")["choice"]
    assert len({r["name"] for r in rows}) == len(rows)
    assert {r["apart"] for r in rows} == {None}


def test_what_took_nothing_from_another_is_never_folded_away(room, look, monkeypatch):
    fire = next(s["href"] for s in told(room, "/stories.json")["stories"] if "windmill" not in s["title"])
    every = told(room, fire + "/witnesses.json")["witnesses"]["rows"]
    alone = [w["id"] for w in every if not w["edges"]]
    monkeypatch.setattr(story_page, "FIRST", 1)
    part = told(room, fire + "/witnesses.json")["witnesses"]
    assert [w["id"] for w in part["rows"]] == alone
    page = look()
    page.goto(room + fire + "/witnesses")
    expect(page).to_have_title(re.compile("^Reports: "))
    left = len(every) - len(alone)
    page.get_by_role("link", name=f"{left} more report{'s' if left > 1 else ''}", exact=True).click()
    expect(page.locator(".witnesses > li:not(.more)")).to_have_count(len(alone) + 1)
    seen = page.locator(".witnesses > li:not(.more)").evaluate_all("all => all.map(e => e.id)")
    assert len(set(seen)) == len(seen)
