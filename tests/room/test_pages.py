"""Every page of the room, in a real browser and without one."""

import re
from pathlib import Path

import httpx
import pyarrow as pa
import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from lxml import html
from playwright.sync_api import expect

from room.conftest import HOSTILE, room_of, served
from stemma.corpus import read
from stemma.room.kept_story import KeptStory
from stemma.show.wording import clean

AXE = Path(AXE_FILE_PATH).read_text("utf-8")


WHAT_AXE_ASKS = {
    (1280, "light"): {"resultTypes": ["violations"]},
    (380, "dark"): {"resultTypes": ["violations"], "runOnly": ["color-contrast", "target-size", "link-in-text-block"]},
}
"""By width and colours; the other two differ in nothing that axe looks at."""


def ask(room, path, **options):
    return httpx.get(room + path, follow_redirects=True, timeout=60, **options)


def stories_of(room):
    return {s["title"]: s["id"] for s in ask(room, "/stories.json").json()["stories"]}


@pytest.fixture(scope="module")
def fire(room):
    return next(i for title, i in stories_of(room).items() if "windmill" not in title)


@pytest.fixture(scope="module")
def mill(room):
    return next(i for title, i in stories_of(room).items() if "windmill" in title)


@pytest.fixture(scope="module")
def addresses(room, fire):
    """Return the address of one page of each kind."""
    parts = ["", "/witnesses", "/report/C", "/side-by-side?r=A&r=B&r=D", "/variants?r=A", "/matrix", "/where-and-when"]
    story = ask(room, f"/story/{fire}.json").json()
    others = [story["findings"]["rows"][0]["href"], story["claims"]["rows"][0]["href"], story["sources"]["rows"][0]["href"]]
    return ["/", *(f"/story/{fire}{part}" for part in parts), *others, "/source", "/judgements", "/check", "/add"]


def beside(path):
    return "/stories.json" if path == "/" else re.sub(r"(\?|$)", r".json\1", path, count=1)


def test_every_page_has_its_json_beside_it_and_says_where(room, addresses):
    for path in addresses:
        page = html.document_fromstring(ask(room, path).text)
        (told,) = page.xpath("//link[@rel='alternate']/@href")
        assert told == beside(path)
        assert ask(room, told).json()


def test_nothing_outside_is_asked_for_and_the_policy_lets_nothing_else_run(room, addresses):
    for path in addresses:
        answer = ask(room, path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        page = html.document_fromstring(answer.text)
        assert all(a.startswith("/static/") for a in page.xpath("//script/@src | //link[@rel!='alternate']/@href"))
        assert not page.xpath("//script[not(@src)] | //style | //@style | //@onclick")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (380, "light"), (380, "dark")])
def test_every_page_fits_its_width_and_axe_finds_nothing(room, look, addresses, width, scheme):
    page = look(width, color_scheme=scheme, bypass_csp=True)
    for path in addresses:
        page.goto(room + path)
        if width == 1280:
            page.evaluate("document.querySelectorAll('details').forEach(function (e) { e.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        if (width, scheme) in WHAT_AXE_ASKS:
            page.evaluate(AXE)
            found = page.evaluate("only => axe.run(document, only)", WHAT_AXE_ASKS[width, scheme])["violations"]
            assert [(path, v["id"], [n["html"] for n in v["nodes"][:3]]) for v in found] == []


def test_hostile_titles_outlets_and_addresses_are_shown_as_text(room, look, mill):
    page = look()
    for path in ("/", f"/story/{mill}", f"/story/{mill}/report/A"):
        page.goto(room + path)
        assert HOSTILE.split(" \u202e")[0] in page.inner_text("main")
        assert page.title() != "run"
        assert page.locator("img").count() == 0
        assert page.locator("a[href^='javascript']").count() == 0
        assert "\u202e" not in page.content()
    assert "javascript:alert" in page.inner_text("main")
    assert clean(HOSTILE) in page.inner_text("main")


def test_without_javascript_every_page_is_read_and_the_whole_list_is_reached(room, look, addresses, fire):
    page = look(java_script_enabled=False)
    for path in addresses:
        page.goto(room + path)
        assert page.locator("h1").is_visible()
    page.goto(f"{room}/story/{fire}")
    page.locator("#claims .more a").click()
    assert re.search(r"/claims\?from=13$", page.url)
    assert page.locator("#claims > li[data-item]").count() > 0
    page.goto(f"{room}/story/{fire}/report/C?layer=figures")
    assert page.locator(".show-figures").count() == 1
    assert page.get_by_role("button", name="Show").is_visible()


def test_more_of_a_list_comes_into_the_page(room, look, fire):
    page = look()
    page.goto(f"{room}/story/{fire}")
    assert page.locator("#claims > li[data-item]").count() == 12
    page.locator("#claims .more a").click()
    page.locator("#claims > li[data-item]").nth(12).wait_for()
    assert page.url.endswith(fire)


def test_a_filter_is_in_the_address_and_the_back_button_takes_it_back(room, look):
    page = look()
    page.goto(room)
    assert page.locator(".stories > li").count() == 2
    page.get_by_label("Words, an outlet or a person").fill("windmill Tobler")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=windmill%20Tobler**")
    expect(page.locator(".stories > li")).to_have_count(1)
    page.go_back()
    expect(page.locator(".stories > li")).to_have_count(2)
    assert page.get_by_label("Words, an outlet or a person").input_value() == ""


@pytest.mark.parametrize(
    ("query", "found"),
    [("?q=nothing+of+the+kind", 0), ("?q=TOBLER", 1), ("?q=m_ll+tob%25", 0),
     ("?kind=altered+quotation", 1), ("?since=2031-01-01", 1),
     ("?until=2024-01-01", 1), ("?language=en", 2), ("?outlet=Nobody", 0), ("?sort=gravest", 2), ("?page=2", 0)],
)  # fmt: skip
def test_stories_are_found_by_words_and_filters(room, query, found):
    assert len(ask(room, f"/stories.json{query}").json()["stories"]) == found


def test_words_that_prove_a_finding_are_marked_in_their_report(room, look, fire):
    finding = ask(room, f"/story/{fire}/findings.json").json()["findings"]["rows"][0]
    quote = finding["quotes"][0]
    page = look()
    page.goto(room + quote["href"])
    assert " ".join("".join(page.locator("mark").all_inner_texts()).split()).startswith(quote["words"][:40])
    assert page.locator("#words").bounding_box()["y"] < 900


def test_a_node_and_an_edge_of_the_drawing_lead_on(room, look, fire):
    page = look()
    page.goto(f"{room}/story/{fire}")
    links = page.locator("svg.stemma a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    rows = ask(room, f"/story/{fire}.json").json()["witnesses"]["rows"]
    assert {a for a in links if "/report/" in a} == {r["href"] for r in rows if r["href"]}
    between = {e["compare"] or f"#d-{e['id']}" for r in rows for e in r["edges"]}
    assert {a for a in links if "/report/" not in a} == between
    assert any("/side-by-side?" in a for a in between)


def test_the_line_from_a_lost_source_opens_what_speaks_for_it(room, look, fire):
    page = look()
    page.goto(f"{room}/story/{fire}")
    line = page.locator("svg.stemma .derivation a[href^='#d-']").first
    path = line.locator("path[pointer-events]")
    page.mouse.click(*path.evaluate("e => { const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + 4]; }"))
    opened = page.locator(line.get_attribute("href").replace("#", "[id='") + "']")
    expect(opened).to_have_attribute("open", "")
    expect(opened.locator("li").first).to_be_in_viewport()


def test_a_layer_is_switched_on_and_off_and_stays_in_the_address(room, look, fire):
    page = look()
    page.goto(f"{room}/story/{fire}/report/C")
    page.get_by_label("figures").check()
    assert "layer=figures" in page.url
    page.get_by_label("copied").uncheck()
    page.reload()
    assert {"show-quoted", "show-figures", "show-findings"} < set(page.locator("#reading").get_attribute("class").split())
    assert not page.get_by_label("copied").is_checked()


def test_words_of_a_report_that_took_none_are_called_copied_by_others(room, look, fire):
    page = look()
    page.goto(f"{room}/story/{fire}/report/D")
    assert page.get_by_label("copied by others").is_checked()
    assert "Words that others took from D" in page.inner_text(".origins")
    page.goto(f"{room}/story/{fire}/report/E")
    assert page.get_by_label("copied by others").count() == 0
    assert "Words from D" in page.inner_text(".origins")


def test_a_claim_says_how_many_reports_and_how_many_origins_carry_it(room, look, fire):
    page = look()
    page.goto(f"{room}/story/{fire}")
    assert re.search(r"\d reports, \d origins?:", page.locator("#claims .carried").first.inner_text())


def test_how_much_of_a_report_is_copied_is_counted_over_the_words_of_its_body(room, fire):
    view = ask(room, f"/story/{fire}/report/B.json").json()
    body = [p for b in view["blocks"] if b["role"] in ("paragraph", "quote", "list", "table", "post") for p in b["pieces"]]
    words = {p["kind"] is not None: 0 for p in body}
    for p in body:
        words[p["kind"] is not None] += len(re.findall(r"\w+", p["words"]))
    copied = next(layer["count"] for layer in view["layers"] if layer["name"] == "copied")
    assert copied == f"{round(100 * words[True] / sum(words.values()))}%"
    assert not any(p["own"] for b in view["blocks"] if b["role"] in ("title", "byline", "date") for p in b["pieces"])


def test_an_hour_whose_page_names_no_zone_says_so(room, look, fire):
    page = look()
    page.goto(f"{room}/story/{fire}/witnesses")
    times = page.locator(".who time").all_inner_texts()
    assert any(t.endswith("(no zone)") for t in times)
    assert all(len(t) == len("2023-10-17") or t.endswith("(no zone)") or re.search(r" (Z|[+-]\d\d:?\d\d)$", t) for t in times)


def test_who_said_a_statement_stands_behind_it_when_that_layer_is_on(room, look, fire):
    page = look()
    page.goto(f"{room}/story/{fire}/report/C?layer=statements")
    told = page.locator("[data-by]").evaluate_all("all => all.map(e => getComputedStyle(e, '::after').content)")
    assert any("Tolan" in name for name in told)
    page.get_by_label("statements").uncheck()
    assert page.locator("[data-by]").first.evaluate("e => getComputedStyle(e, '::after').content") == "none"


def test_the_text_of_a_report_is_shown_whole_and_as_printed(room, fire):
    account = ask(room, f"/story/{fire}/report/C.json").json()
    shown = ["".join(p["words"] for p in b["pieces"]) for b in account["blocks"]]
    page = html.document_fromstring(ask(room, account["report"]["href"]).text)
    for link in page.find_class("flag"):
        link.drop_tree()
    assert ["".join(b.itertext()) for b in page.find_class("b")] == [clean(s) for s in shown]


def test_what_stands_in_quotation_marks_is_shown_whole_and_other_words_are_shortened():
    text = "“" + "The mill has stood here for a long time. " * 12 + "Now it is gone.”"
    report = {"id": "r", "text": text, "outlet": "Oster Post", "title": None, "location": "r.txt", "agency": None, "page": "r"}
    story = {"id": "s", "witnesses": [{"report": "r", "siglum": "A"}], "reports": ["r"]}
    told = KeptStory(story, {"r": report}, (), lambda _table: pa.table({}))
    row = {"report": "r", "content": [[0, len(text)]], "quotations": [[1, len(text) - 1]]}
    assert told.said_words(row)["words"] == text
    assert " … " in told.said_words({**row, "quotations": []})["words"]


def test_a_story_is_saved_as_one_file(room, fire):
    answer = ask(room, f"/story/{fire}.html")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "Whose words are these?" in answer.text


def test_a_story_that_no_run_worked_out_says_when_its_origins_are_counted(pages, look, tmp_path):
    read([*(pages / "fire").iterdir()], db=tmp_path / "news.duckdb", deep=False).close()
    with served(room_of(tmp_path / "news.duckdb")) as address:
        page = look()
        page.goto(f"{address}/source")
        assert "One story of this store was not worked out yet" in page.inner_text("main")
        page.goto(address)
        assert "6 reports, 6 outlets; its origins are counted when it is opened" in page.inner_text(".stories")
        page.locator(".stories h2 a").click()
        page.goto(address)
        assert "6 reports, 6 outlets, 3 origins" in page.inner_text(".stories")
        page.goto(f"{address}/source")
        assert "not worked out" not in page.inner_text("main")


def test_styles_and_scripts_are_kept_by_the_browser_until_they_change(room):
    page = html.document_fromstring(ask(room, "/").text)
    for address in page.xpath("//script/@src | //link[@rel='stylesheet']/@href"):
        assert "immutable" in ask(room, address).headers["cache-control"]
        assert ask(room, address.split("?")[0]).headers["cache-control"] == "no-cache"


def test_what_does_not_exist_is_said_in_a_sentence(room):
    for path in ("/nothing", "/story/ffffffff", "/static/../base.html"):
        assert ask(room, path).status_code == 404
    assert "No story" in ask(room, "/story/ffffffff.json").json()["error"]


def test_another_name_for_this_machine_is_turned_away(room):
    assert ask(room, "/", headers={"host": "attacker.example"}).status_code == 421
