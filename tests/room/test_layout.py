"""Where things stand on the pages, as only a browser can tell: at the width of a desk and of a phone."""

import httpx
import pytest

WIDTHS = pytest.mark.parametrize("width", [1280, 380])


def told(room, path):
    return httpx.get(room + path, timeout=60).json()


@pytest.fixture(scope="module")
def fire(room):
    return next(s["href"] for s in told(room, "/stories.json")["stories"] if "windmill" not in s["title"])


@pytest.fixture(scope="module")
def flagged(room, fire):
    """Return the address of the report in which most findings stand."""
    reports = told(room, f"{fire}/side-by-side.json")["choice"]
    return max((r["href"] for r in reports), key=lambda href: len(told(room, href + ".json")["findings"]))


def boxes(page, selector):
    return page.locator(selector).evaluate_all("all => all.map(e => e.getBoundingClientRect().toJSON())")


@WIDTHS
def test_the_marks_of_the_strip_stand_beside_the_words_that_they_mark(room, look, flagged, width):
    page = look(width)
    page.goto(room + flagged)
    flags, marks = boxes(page, ".text .flag"), boxes(page, ".strip .flagged")
    assert len(marks) > 1
    line = page.locator(".text p").first.evaluate("e => parseFloat(getComputedStyle(e).lineHeight)")
    assert all(any(abs(m["top"] - f["top"]) <= line for f in flags) for m in marks)
    assert all(any(m["top"] - line <= f["top"] <= m["bottom"] + line for m in marks) for f in flags)


@WIDTHS
def test_the_strip_lies_over_no_words(room, look, flagged, width):
    page = look(width)
    page.goto(room + flagged)
    strips = boxes(page, ".strip, .overview")
    words = [*boxes(page, ".text .s"), *boxes(page, ".margin p"), *boxes(page, ".margin h2")]
    assert strips
    assert not any(
        s["left"] < w["right"] and w["left"] < s["right"] and s["top"] < w["bottom"] and w["top"] < s["bottom"]
        for s in strips
        for w in words
    )


def test_the_overview_beside_the_text_leads_to_its_places_and_is_not_on_a_phone(room, look, flagged):
    page = look(1280)
    page.goto(room + flagged)
    last = page.locator(".overview a").last
    target = last.get_attribute("href")
    last.click(force=True)
    assert page.url.endswith(target)
    assert page.locator(target).evaluate("e => e.getBoundingClientRect().top < innerHeight")
    phone = look(380)
    phone.goto(room + flagged)
    assert not phone.locator(".overview").is_visible()


def test_the_strip_follows_the_layers(room, look, flagged):
    page = look()
    page.goto(room + flagged)
    assert page.locator(".strip .flagged").first.is_visible()
    page.get_by_role("checkbox", name="findings").uncheck()
    assert not page.locator(".strip .flagged").first.is_visible()


def test_no_column_of_the_matrix_is_cut_off_on_a_phone(room, look, fire):
    page = look(380)
    page.goto(f"{room}{fire}/matrix")
    assert page.locator(".matrix thead .siglum").count() == 6
    inside = [*boxes(page, ".matrix .cell a"), *boxes(page, ".matrix thead a")]
    assert inside
    assert all(b["left"] >= 0 and b["right"] <= 380 for b in inside)
    holder = page.get_by_role("region", name="The matrix, to be scrolled")
    assert holder.evaluate("e => [e.scrollWidth <= e.clientWidth, e.scrollHeight <= e.clientHeight]") == [True, True]
    letter = page.locator(".matrix .cell:not(.none)").first.evaluate("e => getComputedStyle(e, '::before').content")
    assert letter.strip('"') in "ABCDEF"


@WIDTHS
def test_a_story_says_on_top_who_its_originals_are(room, look, fire, width):
    page = look(width)
    page.goto(room + fire)
    said = page.locator(".originals").inner_text()
    assert said.startswith("3 origins: ")
    assert "not saved here; printed by" in said
    assert not any("α" <= letter <= "ω" for letter in said)
    assert boxes(page, ".originals")[0]["bottom"] < boxes(page, "svg.stemma")[0]["top"]
