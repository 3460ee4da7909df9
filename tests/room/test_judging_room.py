"""What readers judge in the room: kept, shown, taken back, and never sent from elsewhere."""

import re

import httpx
import pytest
from markupsafe import escape
from playwright.sync_api import expect

from room.conftest import room_of, served
from stemma.corpus import Corpus
from stemma.engines import open_store
from stemma.judging import judgements
from stemma.room.verdicts import bridging


@pytest.fixture
def story(own_room):
    return next(s for s in told(own_room, "/stories.json")["stories"] if "windmill" not in s["title"])["href"]


def told(room, path):
    return httpx.get(room + path, timeout=60).json()


def form(room, path="/judgements"):
    return {"room": re.search(r'name="room" value="(\w+)"', httpx.get(room + path, timeout=60).text)[1]}


def kept(tmp_path):
    with Corpus(open_store(tmp_path / "news.duckdb")) as corpus:
        return judgements(corpus.store)


def test_a_finding_is_judged_wrong_by_key_with_a_reason_and_taken_back(own_room, story, look, tmp_path):
    page = look()
    page.goto(own_room + story + "/findings")
    before = page.locator("#findings > li").count()
    page.keyboard.press("j")
    page.keyboard.press("n")
    page.keyboard.type("two other fires")
    page.locator(".here").get_by_role("button", name="Wrong").click()
    expect(page.locator(".withdrawn")).to_have_count(1)
    (row,) = kept(tmp_path)
    assert (row.kind, row.verdict, row.who, row.note) == ("finding", "wrong", "Ann", "two other fires")
    assert "two other fires" in page.inner_text(".withdrawn")
    assert told(own_room, story + ".json")["withdrawn"] == 1
    page.keyboard.press("u")
    expect(page.locator(".withdrawn")).to_have_count(0)
    assert told(own_room, story + ".json")["findings"]["all"] == before
    assert told(own_room, story + ".json")["withdrawn"] == 0
    assert kept(tmp_path) == []


def test_keys_accept_and_reject_the_thing_that_was_gone_to(own_room, story, look, tmp_path):
    page = look()
    page.goto(own_room + story + "#findings-head")
    last = page.locator("#findings > li").last
    last.evaluate("e => e.classList.add('here')")
    page.keyboard.press("a")
    page.locator(".done").wait_for()
    assert [j.verdict for j in kept(tmp_path)] == ["right"]
    assert "judged right by Ann" in page.inner_text("#findings")


def test_the_key_that_rejects_asks_why_first(own_room, story, look, tmp_path):
    page = look()
    page.goto(own_room + story + "/findings")
    page.keyboard.press("j")
    page.keyboard.press("n")
    page.keyboard.type("unsure")
    page.keyboard.press("Enter")
    page.keyboard.press("x")
    assert kept(tmp_path) == []
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("two other fires")
    page.keyboard.press("Enter")
    page.locator("form.done").wait_for()
    (row,) = kept(tmp_path)
    assert (row.verdict, row.note) == ("wrong", "two other fires")
    expect(page.locator(".withdrawn .judged")).to_contain_text("✗ judged wrong")
    expect(page.locator("#findings .judged", has_text="✓")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 380])
def test_what_was_judged_can_be_taken_back_where_one_stands_and_is_said_to_be(own_room, story, look, width):
    page = look(width)
    page.goto(own_room + story + "#findings-head")
    last = page.locator("#findings > li[data-item]").last
    last.evaluate("e => e.classList.add('here')")
    page.keyboard.press("a")
    back = page.locator("form.done").get_by_role("button", name="Take it back")
    expect(back).to_be_in_viewport()
    expect(page.locator("#findings h3", has=page.locator("a")).last).to_be_in_viewport()
    back.click()
    expect(page.get_by_role("status")).to_have_text("The judgement was taken back.")
    expect(page.get_by_role("status")).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 380])
def test_who_judges_a_finding_wrong_reads_what_was_kept_and_stays_where_it_stands(own_room, story, look, width):
    page = look(width)
    page.goto(own_room + story)
    first = told(own_room, story + ".json")["findings"]["rows"][0]["id"]
    page.locator(f"#f-{first} summary").click()
    page.locator(f"#f-{first}").get_by_role("button", name="Wrong").click()
    expect(page.locator("form.done")).to_contain_text("Kept: wrong, uncredited copy")
    expect(page.locator(f"#f-{first} h3")).to_be_in_viewport()
    told_at, goes_on = page.locator("form.done").bounding_box(), page.locator(f"#f-{first} h3").bounding_box()
    assert goes_on["y"] >= told_at["y"] + told_at["height"]
    page.locator("form.done").get_by_role("button", name="Take it back").click()
    expect(page.locator(f"#f-{first} h3")).to_be_in_viewport()


def test_a_finding_that_is_judged_keeps_its_place_and_its_number_on_all_pages(own_room, story, look):
    def rows():
        return told(own_room, story + "/findings.json")["findings"]["rows"]

    before, heads = [(f["id"], f["number"]) for f in rows()], told(own_room, story + ".json")["story"]["findings"]
    page = look()
    page.goto(own_room + story)
    first = page.locator("#findings > li[data-item]").first
    key = first.get_attribute("id").removeprefix("f-")
    first.locator(".judge summary").click()
    first.get_by_role("button", name="Wrong").click()
    page.locator("form.done").wait_for()
    assert [(f["id"], f["number"]) for f in rows()] == before
    assert told(own_room, story + ".json")["story"]["findings"] == heads
    assert told(own_room, f"{story}/finding/{key}.json")["finding"]["number"] == 1
    assert page.url.endswith(f"#f-{key}")
    assert page.locator("#findings > li:target").get_attribute("data-n") == "1"
    crossed = page.locator("#findings > .withdrawn h3 a").evaluate("e => getComputedStyle(e).textDecorationLine")
    assert crossed == "line-through"


@pytest.mark.parametrize("place", ["in the list", "on its own page"])
def test_a_judged_finding_is_taken_back_beside_it(own_room, story, look, tmp_path, place):
    finding = told(own_room, story + ".json")["findings"]["rows"][1]
    httpx.post(f"{own_room}/judge", data={**form(own_room), "verdict": "wrong", "this": finding["id"]}, timeout=60)
    page = look()
    page.goto(own_room + (story if place == "in the list" else finding["href"]))
    page.get_by_role("button", name="Take it back: judged wrong by Ann").click()
    expect(page.get_by_role("status")).to_have_text("The judgement was taken back.")
    assert kept(tmp_path) == []


def test_a_long_reason_is_seen_whole_while_it_is_written(own_room, story, look):
    page = look(380)
    page.goto(own_room + story + "/findings")
    page.keyboard.press("j")
    page.keyboard.press("n")
    page.keyboard.type("The order is wrong: the second report is local and was printed before the first. " * 3)
    field = page.locator(".here .why")
    assert field.evaluate("e => [e.scrollWidth <= e.clientWidth, e.scrollHeight <= e.clientHeight]") == [True, True]
    right, wrong = (page.locator(".here .judge").get_by_role("button", name=name).bounding_box() for name in ("Right", "Wrong"))
    assert right["y"] == wrong["y"]


def test_a_judgement_leads_to_what_was_judged(own_room, story, look):
    rows = told(own_room, story + ".json")
    finding = rows["findings"]["rows"][0]
    edge = next(e for w in rows["witnesses"]["rows"] for e in w["edges"])
    for this, that in ((finding["id"], ""), (edge["child"], edge["parent"])):
        httpx.post(f"{own_room}/judge", data={**form(own_room), "verdict": "right", "this": this, "that": that}, timeout=60)
    hrefs = {j["kind"]: j["href"] for j in told(own_room, "/judgements.json")["judgements"]}
    assert hrefs["finding"] == finding["href"]
    assert told(own_room, hrefs["derivation"].split("?")[0].split("#")[0] + ".json")["report"]
    page = look()
    page.goto(f"{own_room}/judgements")
    page.locator(".judgements p:first-child a").last.click()
    expect(page.locator("h1")).to_contain_text(finding["kind"])
    page.goto(f"{own_room}/judgements")
    page.locator(".judgements").get_by_role("link", name=rows["story"]["title"]).first.click()
    page.wait_for_url(f"**{story}")


def test_the_key_for_search_goes_to_the_field(room, look):
    page = look()
    page.goto(f"{room}/judgements")
    page.keyboard.press("/")
    expect(page.get_by_label("Words, an outlet or a person")).to_be_focused()


def test_keys_can_be_switched_off_and_do_nothing_while_one_writes(own_room, story, look, tmp_path):
    page = look()
    page.goto(own_room + story)
    page.keyboard.press("?")
    page.get_by_label("these keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    assert page.locator(".here").count() == 0
    page.goto(own_room)
    page.get_by_label("Words, an outlet or a person").press_sequentially("jax")
    assert page.get_by_label("Words, an outlet or a person").input_value() == "jax"
    assert kept(tmp_path) == []


def test_an_edge_is_rejected_and_the_tree_follows_without_javascript(own_room, story, look):
    page = look(java_script_enabled=False)
    page.goto(own_room + story)
    edge = page.locator(".edge", has_text="rewrite").first
    key = edge.get_attribute("id")
    edge.locator("summary").first.click()
    edge.locator(".judge summary").click()
    edge.get_by_role("button", name="Reject").click()
    assert page.locator(f"#{key}").count() == 0
    page.get_by_role("button", name="Take it back").click()
    assert page.locator(f"#{key}").count() == 1


def test_two_names_are_one_source(own_room, story, look, tmp_path):
    names = told(own_room, story + "/sources.json")["source_names"]
    page = look()
    page.goto(own_room + story + "/sources")
    page.locator(".source summary").first.click()
    page.locator(".source .judge summary").first.click()
    page.locator(".source .judge input[name=that]").first.fill(names[1])
    page.get_by_role("button", name="are the same").first.click()
    page.locator(".done").wait_for()
    assert [(j.kind, j.verdict) for j in kept(tmp_path)] == [("name", "same")]


def test_notes_are_kept_with_their_evidence_and_rated_by_others(own_room, story, look):
    claim = told(own_room, story + "/claims.json")["claims"]["rows"][0]["href"]
    page = look()
    page.goto(own_room + claim)
    page.keyboard.press("n")
    page.keyboard.type("The fire service gave this on Tuesday only.")
    page.get_by_role("button", name="Keep the note").click()
    page.locator(".reader-note").wait_for()
    assert page.locator(".reader-note blockquote").count() == 1
    assert page.locator(".reader-note").get_by_role("button", name="Helpful").count() == 0
    (note,) = told(own_room, claim + ".json")["notes"]
    for n, verdict in enumerate(["helpful"] * 4 + ["unhelpful"]):
        httpx.post(f"{own_room}/rate", data={**form(own_room), "id": note["id"], "verdict": verdict, "who": f"reader {n}"})
        (rated,) = told(own_room, claim + ".json")["notes"]
        assert (rated["score"] is None) == (n < 4)
    assert (rated["helpful"], rated["unhelpful"]) == (4, 1)


@pytest.mark.parametrize("count", [1999, 2000, 2001])
def test_a_note_that_is_too_long_is_refused_and_none_is_cut(own_room, story, count):
    claim = told(own_room, story + "/claims.json")["claims"]["rows"][0]["href"]
    page = httpx.get(own_room + claim, timeout=60).text
    sent = dict(re.findall(r'name="(room|claim|story|evidence)" value="([^"]+)"', page))
    httpx.post(f"{own_room}/note", data={**sent, "note": "a" * count, "who": "Ann"})
    assert [len(note["note"]) for note in told(own_room, claim + ".json")["notes"]] == [count][: count <= 2000]


@pytest.mark.parametrize("count", [2000, 2001])
def test_a_reason_that_is_too_long_is_refused_too(own_room, story, count):
    page = httpx.get(own_room + told(own_room, story + "/findings.json")["findings"]["rows"][0]["href"], timeout=60).text
    sent = dict(re.findall(r'name="(room|this|story)" value="([^"]+)"', page))
    httpx.post(f"{own_room}/judge", data={**sent, "verdict": "wrong", "note": "a" * count, "who": "Ann"})
    assert [len(j["note"]) for j in told(own_room, "/judgements.json")["judgements"]] == [count][: count <= 2000]


def test_readers_who_usually_disagree_lift_a_note_more_than_readers_of_one_mind():
    one, other = ["a", "b", "c"], ["d", "e", "f"]
    past = {f"old {n}": dict.fromkeys(one, n % 2 == 0) | dict.fromkeys(other, n % 2 == 1) for n in range(6)}
    both = past | {"new": {"a": True, "b": True, "d": True, "e": True, "f": False}}
    alike = past | {"new": {"a": True, "b": True, "c": True, "d": False, "e": True}}
    assert bridging("new", both) > bridging("new", alike) > 0
    assert bridging("new", past | {"new": dict.fromkeys("abde", True)}) is None
    assert bridging("new", past | {"new": dict.fromkeys("abdef", False)}) < 0


@pytest.mark.parametrize(
    ("change", "headers"),
    [({"room": "0" * 32}, {}), ({}, {"origin": "http://attacker.example"}), ({"room": ""}, {})],
)  # fmt: skip
def test_a_form_from_elsewhere_is_turned_away(own_room, story, tmp_path, change, headers):
    finding = told(own_room, story + ".json")["findings"]["rows"][0]["id"]
    data = form(own_room) | {"verdict": "wrong", "this": finding} | change
    answer = httpx.post(f"{own_room}/judge", data=data, headers=headers, timeout=60)
    assert answer.status_code == 400
    assert kept(tmp_path) == []


def test_nothing_leads_out_of_the_room(own_room, story):
    finding = told(own_room, story + ".json")["findings"]["rows"][0]["id"]
    data = {**form(own_room), "verdict": "right", "this": finding, "next": "//attacker.example/x"}
    answer = httpx.post(f"{own_room}/judge", data=data, timeout=60)
    assert answer.headers["location"].startswith("/x?done=")


def test_a_room_for_reading_only_offers_and_takes_no_judgement(made):
    with served(room_of(made, may_write=False)) as room:
        story = told(room, "/stories.json")["stories"][0]["href"]
        assert '<form action="/judge"' not in httpx.get(room + story, timeout=60).text
        answer = httpx.post(f"{room}/judge", data={"verdict": "right", "this": "abcd"}, timeout=60)
        assert answer.status_code == 400
        assert "reading only" in answer.text


@pytest.mark.parametrize("who", ["Łukasz Żak", "Ольга", "王 小明", "Anne-Zoé; path=/", "100 % Ann", '"Bea"'])
def test_who_judges_is_remembered_in_whatever_letters_the_name_is(own_room, who):
    with httpx.Client(base_url=own_room, timeout=60, follow_redirects=True) as browser:
        answer = browser.post("/reader", data={**form(own_room), "who": who})
        assert answer.status_code == 200
        assert f"<bdi>{escape(who)}</bdi></a>" in answer.text


def test_who_judges_is_remembered(own_room, look):
    page = look()
    page.goto(f"{own_room}/judgements")
    page.get_by_label("Your name").fill("Bea <b>Moor</b>")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".reader")).to_have_text("You judge as Bea <b>Moor</b>")
