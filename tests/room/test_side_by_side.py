"""Reports side by side, the matrix of claims, and what one source said."""

import csv
import io

import httpx
import pyarrow as pa
import pytest
from playwright.sync_api import expect

from stemma.room.aligned_blocks import beside, changed, replaced, reworded
from stemma.room.kept_story import KeptStory


def report(key, *lines):
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    blocks = [{"start": s, "end": s + len(line), "role": "paragraph"} for s, line in zip(starts, lines, strict=True)]
    return {"id": key, "text": "\n".join(lines), "blocks": blocks}


def aligned(one, two, *pairs):
    return [
        {"a": {"report": one["id"], **_span(one, a)}, "b": {"report": two["id"], **_span(two, b)}, "kind": "verbatim"}
        for a, b in pairs
    ]


def _span(row, n):
    return {"start": row["blocks"][n]["start"], "end": row["blocks"][n]["end"]}


def test_a_block_that_stands_elsewhere_in_the_copy_is_followed_there_and_called_moved():
    one = report("one", "The dam held.", "Rain fell for two days.", "The mayor slept.", "Nobody was hurt.")
    two = report("two", "Nobody was hurt.", "The dam held.", "A goat was seen.", "Rain fell for two days.")
    rows = beside(one, two, aligned(one, two, (0, 1), (1, 3), (3, 0)))
    assert [(b.base, b.after, b.moved) for b in rows] == [(3, -1, True), (0, 0, False), (None, 0, False), (1, 1, False)]


def test_changed_words_are_marked_on_both_sides_and_nothing_else():
    base, copy = "At least 40 people were hurt, she said.", "Some 40 people were badly hurt, she said."
    lost, new = changed(base, copy)
    assert [base[s:e] for s, e in lost] == ["At least"]
    assert [copy[s:e] for s, e in new] == ["Some", "badly"]
    assert changed("The dam held.", "Nobody knows why the goat sang.") is None
    assert changed(base, base) == ([], [])


def test_a_reading_stands_with_the_words_that_it_replaces_and_what_is_added_with_the_word_before():
    base = "Two boats sailed at noon."
    assert [(base[s:e], words) for (s, e), words in replaced(base, "Four boats sailed early at noon.")] == [
        ("Two", "Four"),
        ("sailed", "sailed early"),
    ]
    assert [(base[s:e], words) for (s, e), words in replaced(base, "Boats sailed at noon.")] == [("Two boats", "Boats")]
    assert replaced(base, base) == []


def test_what_a_reworded_sentence_lost_is_marked_wherever_the_rest_of_it_went():
    base = "The mayor, Una Tolm, said that the dam had perhaps moved. This could not be confirmed on Sunday."
    copy = "The dam had moved, according to the mayor, Una Tolm."
    lost, new = reworded(base, [], copy, [])
    assert [base[s:e] for s, e in lost] == ["said that", "perhaps", "This could not be confirmed on Sunday"]
    assert [copy[s:e] for s, e in new] == ["according to"]
    quoted, other = "“It moved a lot,” she said on Sunday.", "On Sunday she told us: “It moved a bit.”"
    lost, new = reworded(quoted, [(1, 15)], other, [(24, 38)])
    assert [quoted[s:e] for s, e in lost] == ["lot", "said"]
    assert [other[s:e] for s, e in new] == ["bit", "told us"]


def test_a_number_with_marks_in_it_is_one_word():
    base, copy = "It covered 4,200 hectares by 16:40.", "It covered 2,400 hectares by 16:45."
    assert replaced(base, copy) == [((11, 16), "2,400"), ((29, 34), "16:45")]
    assert [[text[s:e] for s, e in spans] for text, spans in zip((base, copy), changed(base, copy), strict=True)] == [
        ["4,200", "16:40"],
        ["2,400", "16:45"],
    ]


def told(room, path):
    return httpx.get(room + path, timeout=60).json()


@pytest.fixture(scope="module")
def fire(room):
    return next(s["id"] for s in told(room, "/stories.json")["stories"] if "windmill" not in s["title"])


def test_a_changed_quotation_is_marked_inside_its_marks(room, look, fire):
    (finding,) = [f for f in told(room, f"/story/{fire}/findings.json")["findings"]["rows"] if f["kind"] == "altered quotation"]
    page = look()
    page.goto(f"{room}{finding['href']}")
    page.locator("main .ways").get_by_role("link", name="side by side").first.click()
    page.wait_for_url("**/side-by-side?**")
    marked = page.locator("tr.quotation mark.in-quotation").all_inner_texts()
    assert marked
    assert all(words in finding["message"] or len(words.split()) < 12 for words in marked)


@pytest.mark.parametrize("width", [1280, 380])
def test_from_a_finding_the_view_opens_at_its_words_and_marks_them(room, look, fire, width):
    rows = told(room, f"/story/{fire}/findings.json")["findings"]["rows"]
    finding = next(f for f in rows if f["kind"] == "altered quotation")
    page = look(width)
    page.goto(f"{room}{finding['href']}")
    page.locator("main .ways").get_by_role("link", name="side by side").first.click()
    page.wait_for_url("**/side-by-side?**#words")
    expect(page.locator("#words")).to_be_in_viewport()
    marked = " ".join("".join(page.locator("mark.s").all_inner_texts()).split())
    assert all(words in marked for words in (q["words"].split(" … ")[0].split("\n")[0][:20] for q in finding["quotes"][:1]))
    view = told(room, finding["compare"].split("#")[0].replace("?", ".json?"))
    assert view["asked_rows"]


def test_words_that_are_no_place_in_the_reports_are_not_marked(room, fire):
    view = told(room, f"/story/{fire}/side-by-side.json?r=A&r=B&words=C:1-9&words=A:x&words=%F0%9F%90%90&words=A:99999-999999")
    assert view["rows"]
    assert view["asked_rows"] == []


def test_every_word_of_the_reports_is_shown_side_by_side(room, fire):
    view = told(room, f"/story/{fire}/side-by-side.json?r=A&r=B&r=C")
    for n, r in enumerate(view["reports"]):
        parts = [[{"pieces": row["base"]}] if n == 0 else row["cells"][n - 1]["parts"] for row in view["rows"]]
        shown = sorted("".join(p["words"] for p in part["pieces"]) for row in parts for part in row)
        text = told(room, f"/story/{fire}/report/{r['id']}.json")["blocks"]
        assert [b for b in shown if b] == sorted("".join(p["words"] for p in b["pieces"]) for b in text)


def test_a_row_in_other_words_has_its_changed_words_marked_as_other_rows_have(room, look, fire):
    pairs = told(room, f"/story/{fire}/side-by-side.json")["pairs"]
    views = [told(room, p["href"].replace("?", ".json?")) for p in pairs]
    reworded_rows = [r for v in views for r in v["rows"] for c in r["cells"] if any(p["reworded"] for p in c["parts"])]
    assert reworded_rows
    assert all(any(p["changed"] for c in r["cells"] for part in c["parts"] for p in part["pieces"]) for r in reworded_rows)
    at = next(p["href"] for p, v in zip(pairs, views, strict=True) if any(r in v["rows"] for r in reworded_rows))
    page = look()
    page.goto(room + at)
    row = page.locator("tr.differs", has_text="in other words").first
    colour = row.locator("mark.new").first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert colour != row.evaluate("e => getComputedStyle(e).backgroundColor")


def test_paragraphs_that_one_report_alone_has_are_counted_and_not_marked_word_by_word(room, fire):
    view = told(room, f"/story/{fire}/side-by-side.json?r=A&r=F")
    alone = [row for row in view["rows"] if not row["base"]]
    assert len(alone) == view["counts"]["new"] > 0
    assert not any(p["changed"] for row in alone for c in row["cells"] for part in c["parts"] for p in part["pieces"])
    assert 0 < view["counts"]["changed"] <= view["counts"]["shared"]


def test_titles_that_have_no_word_in_common_are_counted_as_changed(room, fire):
    view = told(room, f"/story/{fire}/side-by-side.json?r=A&r=C")
    (title,) = [row for row in view["rows"] if row["role"] == "title" and row["base"] and row["cells"][0]["parts"]]
    assert title["changed"]


@pytest.mark.parametrize("width", [1280, 380])
def test_the_columns_say_whose_they_are_at_every_width(room, look, fire, width):
    page = look(width)
    page.goto(f"{room}/story/{fire}/side-by-side?r=A&r=B")
    expect(page.locator(".beside thead a").first).to_be_in_viewport()
    expect(page.get_by_role("link", name="make it the reference")).to_be_in_viewport()


def test_without_a_choice_the_pairs_with_most_in_common_are_offered(room, fire):
    pairs = told(room, f"/story/{fire}/side-by-side.json")["pairs"]
    assert {r["siglum"] for r in pairs[0]["reports"]} < {"A", "B", "F"}
    assert told(room, pairs[0]["href"].replace("?", ".json?"))["rows"]


def test_keys_go_to_the_next_difference_and_back(room, look, fire):
    page = look()
    page.goto(f"{room}/story/{fire}/side-by-side?r=A&r=F")
    rows = page.locator("tr[data-item]").evaluate_all("all => all.map(e => e.id)")
    seen = []
    for key in "jjjk":
        page.keyboard.press(key)
        seen.append(page.locator(".here").get_attribute("id"))
    assert seen == [rows[0], rows[1], rows[2], rows[1]]


def test_the_reference_is_chosen_without_javascript(room, look, fire):
    page = look(java_script_enabled=False)
    page.goto(f"{room}/story/{fire}/side-by-side")
    page.get_by_label("The reference").select_option("B")
    page.get_by_label("beside it").select_option("C")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".beside thead .siglum")).to_have_text(["B", "C"])
    page.get_by_role("link", name="make it the reference").click()
    expect(page.locator(".beside thead .siglum")).to_have_text(["C", "B"])


def test_the_matrix_is_filtered_and_what_is_shown_is_exported(room, fire):
    whole = told(room, f"/story/{fire}/matrix.json")
    assert whole["found"] == whole["all"] > 20
    some = told(room, f"/story/{fire}/matrix.json?relation=agree&by=origins")
    assert {r["relation"] for r in some["rows"]} == {"agree"}
    assert [c["siglum"] for c in some["columns"]] != [c["siglum"] for c in whole["columns"]]
    rows = list(csv.reader(io.StringIO(httpx.get(room + some["csv"], timeout=60).text)))
    assert len(rows) == 1 + some["found"]
    assert len(rows[0]) == 3 + some["columns_all"]


def test_the_matrix_says_how_many_of_its_claims_are_shown(room, look, fire):
    view = told(room, f"/story/{fire}/matrix.json?from=3")
    page = look()
    page.goto(f"{room}/story/{fire}/matrix?from=3")
    shown = len(view["rows"])
    expect(page.locator("#found [role=status]")).to_have_text(
        f"{view['all']} claims, {view['parts_all']} of them parts of another; here are 3 to {2 + shown}"
    )


def test_a_report_that_tells_both_sides_of_a_claim_has_the_figure_of_its_stance_and_says_the_other_too():
    members = [{"report": "r", "figure": {"value": n}, "start": n, "end": n + 1} for n in (0, 12)]
    stances = {
        "claim": ["c", "c"],
        "report": ["q", "r"],
        "stance": ["absent", "agrees"],
        "reason": ["does not carry it", "says 12"],
    }
    told = KeptStory({"id": "s"}, {}, (), lambda _table: pa.table(stances))
    assert told.speaking({"id": "c", "members": members})["r"]["figure"]["value"] == 12
    without = [m | {"figure": None} for m in members]
    assert told.speaking({"id": "c", "members": without})["r"]["start"] == 0


def test_no_words_on_a_claims_page_stand_with_a_figure_that_is_not_theirs(room, fire):
    claims = told(room, f"/story/{fire}/claims.json")["claims"]["rows"]
    members = [m for c in claims if c["figures"] for m in told(room, c["href"] + ".json")["members"]["rows"] if m["figure"]]
    assert members
    assert all(m["reason"] == f"says {m['figure']}" for m in members if (m["reason"] or "").startswith("says "))


def test_a_cell_of_the_matrix_shows_its_words_when_it_is_reached_by_key(room, look, fire):
    page = look()
    page.goto(f"{room}/story/{fire}/matrix")
    cell = page.locator(".cell a").first
    tip = cell.locator(".tip")
    assert not tip.is_visible()
    cell.focus()
    assert tip.is_visible()


def test_everything_that_a_source_said_stands_on_one_page_with_its_variants(room, fire):
    first = told(room, f"/story/{fire}/sources.json")["sources"]["rows"][0]
    page = told(room, first["href"].replace("?", ".json?"))
    assert [s["href"] for s in page["stories"]] == [f"/story/{fire}"]
    (story,) = page["stories"]
    assert story["statements"] == first["statements"]
    assert max(u["reports"] for u in story["utterances"]) > 1
    assert told(room, f"/source.json?name=THE+{first['name'].upper()}")["stories"] == page["stories"]
    assert told(room, "/source.json?name=nobody+of+the+kind")["stories"] == []
    near = told(room, f"/source.json?name={first['name'][:5]}")["near"]
    assert first["name"] in [n["name"] for n in near]


def test_what_a_report_tells_in_its_own_words_stands_in_no_quotation_marks(room, look, fire):
    sources = told(room, f"/story/{fire}/sources.json")["sources"]["rows"]
    name = next(s for s in sources if any(q["words"][:1].isalpha() for q in s["said"]))
    page = look()
    for path in (name["href"], f"/story/{fire}/sources"):
        page.goto(room + path)
        page.locator("details.source").evaluate_all("all => all.forEach(e => { e.open = true })")
        marks = page.locator("main q").evaluate_all("all => all.map(e => getComputedStyle(e).quotes)")
        assert set(marks) == {"none"}


def test_a_wording_of_what_a_source_said_tells_what_it_left_out(room):
    views = [told(room, n["href"].replace("?", ".json?")) for n in told(room, "/source.json")["near"]]
    spoken = [u for view in views for s in view["stories"] for u in s["utterances"] if len(u["variants"]) > 1]
    wordings = [("".join(p["words"] for p in u["variants"][0]["pieces"]), v) for u in spoken for v in u["variants"][1:]]
    assert any(v["lacks"] for _, v in wordings)
    assert all(words in main for main, v in wordings for words in v["lacks"])
    assert all(v["reworded"] or v["lacks"] or any(p["changed"] for p in v["pieces"]) for _, v in wordings)


def test_who_is_called_by_a_title_is_found_with_what_was_said_counted(room, fire):
    (minister,) = told(room, "/source.json?name=minister")["near"]
    assert "Delahunt" in minister["name"]
    assert "Minister" in minister["called"]
    assert minister["role"] == "Junior Marine Minister"
    assert [s["href"] for s in minister["told_in"]] == [f"/story/{fire}"]
    listed = told(room, "/source.json")["near"]
    assert not any(n["role"] == "person" for n in listed)
    assert all(0 < n["stories"] <= 2 and n["statements"] >= n["stories"] for n in listed)
    assert listed[0]["statements"] == max(n["statements"] for n in listed)


def test_a_search_that_finds_sources_does_not_read_as_one_that_failed(room, look):
    page = look()
    for name, said in (("minister", "Called that, or nearly:"), ("zzz", "Nobody in this store is called that, or nearly.")):
        page.goto(f"{room}/source?name={name}")
        assert page.locator("main [role=status]").inner_text() == said
    page.goto(f"{room}/source?name=minister")
    assert "Ciarán Delahunt, Junior Marine Minister" in page.locator(".near li").inner_text()


def test_the_words_of_a_finding_stand_beside_one_another_whatever_paragraphs_they_are_in(room, look, fire):
    far = f"/story/{fire}/side-by-side?r=A&r=C&words=A:0-20&words=C:900-930"
    (row,) = told(room, far.replace("?", ".json?"))["proof"]
    assert [any(p["asked"] for p in part) for part in (row["base"], row["cells"][0]["parts"][0]["pieces"])] == [True, True]
    page = look()
    page.goto(f"{room}{far}#words")
    first, second = (page.locator(".proving td").nth(n).bounding_box() for n in (0, 1))
    assert first["y"] == second["y"]
    assert told(room, f"/story/{fire}/side-by-side.json?r=A&r=B&words=A:0-20&words=B:0-20")["proof"] == []
