import json
import re
from copy import deepcopy
from functools import cache

import pytest
from lxml import html

import stemma
from stemma.errors import QuotationMismatch
from stemma.show.brief import as_html, as_json, as_markdown, as_text, compose
from stemma.show.brief.desk import bears_out, is_post, is_view, voice
from stemma.show.brief.formats import check_quotations
from stemma.show.brief.sections import _doubted, _is_half
from stemma.show.quotes import passage, quote
from stemma.show.wording import opposed
from stories.loading import load, names


@pytest.fixture(scope="module")
def stories():
    """Return a function from a shipped story's name to the account of its largest story, worked out once."""
    return cache(lambda name: stemma.read([load(name)["pages"]]).stories[0].account().to_dict())


@pytest.fixture
def dyke(account):
    """Return an account of the larger invented story alone, its statements and claims as a test wants them."""
    alone = deepcopy(account)
    alone["stories"] = alone["stories"][1:]
    return alone


def texts(account):
    return {r["id"]: r["text"] for r in account["reports"]}


def section(account, key):
    found = json.loads(as_json(compose(account), texts(account)))
    return next(s for s in found["sections"] if s["key"] == key)


def lines(account, key):
    return [line for group in section(account, key)["groups"] for line in group["lines"]]


def words(line):
    return [p["quotation"] for p in line["parts"] if "quotation" in p]


def claim_of(account, key):
    return next(c for c in account["stories"][0]["claims"] if c["id"] == key)


@pytest.mark.parametrize("story", names())
def test_every_quotation_of_a_real_brief_is_what_its_report_says_in_all_three_forms(story, stories):
    account = stories(story)
    read, brief = texts(account), compose(account)
    plain = json.loads(as_json(brief, read))
    printed = [p for s in plain["sections"] for g in s["groups"] for line in g["lines"] for p in line["parts"]]
    quoted = [p for p in printed if "quotation" in p]
    assert len(quoted) >= 3
    assert all(read[p["report"]][p["start"] : p["end"]] == p["quotation"] for p in quoted)
    page = html.document_fromstring(as_html(brief, read))
    assert [q.text_content() for q in page.iter("q")] == [p["quotation"] for p in quoted]
    marked = re.sub(r"\\([^\w\s])", r"\1", as_markdown(brief, read))
    assert all(f"“{p['quotation']}”" in marked for p in quoted)


def test_no_template_holds_quotation_marks_of_its_own(stories):
    """What stands between marks is a quotation, so a template's words never stand between marks."""
    for name in names():
        brief = compose(stories(name))
        plain = [p for s in brief.sections for g in s.groups for line in g.lines for p in line.parts if isinstance(p, str)]
        assert [p for p in plain if set(p) & set('“”"«»')] == []


@pytest.mark.parametrize("write", [as_markdown, as_html, as_json])
def test_a_quotation_that_its_report_does_not_say_stops_the_brief(dyke, write):
    brief, read = compose(dyke), texts(dyke)
    for report in read:
        read[report] = read[report].replace("minutes", "seconds").replace("people", "persons")
    with pytest.raises(QuotationMismatch, match="nothing was written"):
        write(brief, read)


def test_one_changed_letter_inside_a_written_quotation_is_found():
    check_quotations([("r", 0, 4, "dyke")], {"r": "dyke at Varnholm"})
    with pytest.raises(QuotationMismatch):
        check_quotations([("r", 0, 4, "dike")], {"r": "dyke at Varnholm"})


def test_many_reports_of_one_source_are_a_claim_and_nothing_known(dyke):
    assert lines(dyke, "known") == []
    (group,) = section(dyke, "claimed")["groups"]
    assert group["claimant"] == "the district water board"
    assert words(group["lines"][0]) == ["more than 1,200 people were led out"]


def test_what_two_origins_carry_on_two_grounds_is_known(dyke):
    (story,) = dyke["stories"]
    claim = claim_of(dyke, "c1")
    claim["origins"] = ["w-1", "w-d"]
    words_of_d = "more than 1,200 people were led out"
    at = texts(dyke)["r-d"].index(words_of_d)
    claim["members"].append({"statement": "t9", "report": "r-d", "start": at, "end": at + len(words_of_d), "figure": None})
    own = {"attributed": False, "source": None, "caveat": None, "caveat_span": None, "quotations": []}
    story["statements"].append({**story["statements"][4], **own, "id": "t9", "report": "r-d", "content": [[at, at + 35]]})
    for statement in story["statements"]:
        statement["caveat"] = None
    (line,) = lines(dyke, "known")
    assert line["claims"] == ["c1"]
    # A fourth has the number, of people who fled by boat: its words do not bear out that they were led out.
    assert "3 reports, 2 origins" in line["parts"][1]["text"]
    assert ": A The Harbour Gazette, B Ostrand Daily, D Radio Kalvik" in line["parts"][1]["text"]
    # What all print inside marks is somebody's word, whoever else says it too.
    for statement in story["statements"]:
        statement["quotations"] = [[m["start"], m["end"]] for m in claim["members"] if m["statement"] == statement["id"]]
    assert not lines(dyke, "known")


def test_what_somebody_verified_is_known_and_the_verifier_is_named(dyke):
    claim = claim_of(dyke, "c1")
    claim["verified_by"] = ["Radio Kalvik"]
    for statement in dyke["stories"][0]["statements"]:
        statement["caveat"] = None
    (line,) = lines(dyke, "known")
    assert "verified by Radio Kalvik" in "".join(p.get("text", "") for p in line["parts"])


def test_a_dispute_shows_a_quotation_of_each_side_and_is_not_known(stories):
    account = stories("river_flood")
    told = section(account, "disputed")["groups"][0]["lines"]
    assert all(len(words(line)) > 1 for line in told)
    disputed = {c for line in told for c in line["claims"]}
    assert disputed == {c["id"] for c in account["stories"][0]["claims"] if c["relation"] in ("conflict", "disputed")}
    assert disputed.isdisjoint(c for line in lines(account, "known") for c in line["claims"])


def test_a_story_that_one_report_denies_stands_under_what_is_disputed_and_not_under_what_was_altered(dyke):
    assert lines(dyke, "disputed") == []
    finding = deepcopy(dyke["stories"][0]["findings"][0])
    report = next(r for r in dyke["reports"] if r["id"] == "r-d")
    teller = next(r for r in dyke["reports"] if r["id"] == "r-a")
    places = [(report, "Our reporter watched"), (teller, "The sea dyke at Varnholm gave way")]
    proof = [{"report": r["id"], "start": (at := r["text"].index(w)), "end": at + len(w)} for r, w in places]
    finding |= {"kind": "disputed claim", "severity": "medium", "claim": None, "reports": ["r-a", "r-d"], "evidence": proof}
    dyke["stories"][0]["findings"] = [finding]
    (line,) = lines(dyke, "disputed")
    assert words(line) == ["The sea dyke at Varnholm gave way", "Our reporter watched"]
    assert lines(dyke, "lost") == []


def test_what_a_report_could_not_verify_is_quoted_with_its_own_words_for_that(stories):
    account = stories("harbour_fire")
    told = lines(account, "unverified")
    assert "Tidewire could not independently verify the union's account." in [words(line)[0] for line in told]


def test_a_doubt_that_points_back_is_quoted_with_what_it_doubts():
    text = "Rain fell. The board says that 40 boats sank. That could not be verified. The lock held."
    start = text.index("could not be verified")
    assert (
        text[slice(*_doubted(text, start, start + 21))].strip()
        == "The board says that 40 boats sank. That could not be verified."
    )
    start = text.index("The board")
    assert text[slice(*_doubted(text, start, start + 9))].strip() == "The board says that 40 boats sank."


def test_a_brief_begins_with_what_the_reports_open_with_in_words_of_two_origins_at_the_most(stories):
    account = stories("harbour_fire")
    told = lines(account, "opening")
    assert len(told) == 2
    assert all("two" in words(line)[0].lower() and "40" in words(line)[0] for line in told)
    assert len({line["parts"][1]["text"] for line in told}) == 2


def test_what_two_reports_have_from_two_people_is_told_under_neither_name(dyke):
    (story,) = dyke["stories"]
    assert lines(dyke, "claimed")
    story["sources"].append({**story["sources"][0], "id": "x", "name": "Ada Holm"})
    member = next(m for m in claim_of(dyke, "c1")["members"] if m["report"] != "r-a")
    next(s for s in story["statements"] if s["id"] == member["statement"])["source"] = "x"
    assert lines(dyke, "claimed") == []


def test_words_that_point_to_what_stood_before_them_are_not_printed_alone():
    assert _is_half("They were led out of the town at dawn")
    assert not _is_half("It took 14 crews seven hours to stop the water")


def test_what_rests_on_one_source_is_told_in_the_sentence_of_its_finding(dyke):
    finding = dyke["stories"][0]["findings"][0]
    finding |= {"kind": "single source", "message": "3 reports rest on the water board alone."}
    (line,) = lines(dyke, "source")
    assert line["parts"] == [{"text": "3 reports rest on the water board alone."}]
    finding["message"] = "All print “the lock gave way”."
    assert lines(dyke, "source") == []


def test_of_counts_that_cannot_all_be_true_those_that_fit_every_other_are_no_side():
    def figure(low, high):
        return {"figure": {"value": low or high, "low": low, "high": high, "unit": None}}

    dozens, two, three = figure(24, None), figure(58, 58), figure(59, 59)
    assert opposed([dozens, two, three]) == [two, three]
    assert opposed([dozens, two]) == [dozens, two]


def test_what_was_not_found_is_named_in_one_sentence(dyke):
    empty = [s["title"].lower() for s in json.loads(as_json(compose(dyke), texts(dyke)))["sections"] if not s["groups"]]
    told = as_text(compose(dyke), texts(dyke))
    assert empty
    assert f"Not found, though the pages may hold it: {'; '.join(empty)}." in told
    assert all(f"## {title}" not in told.lower() for title in empty)


def test_a_dropped_caveat_is_shown_with_the_caveat(stories):
    told = [line for line in lines(stories("harbour_fire"), "lost") if line["parts"][0]["text"].startswith("Dropped caveat")]
    assert told
    assert all("verify" in words(line)[1] for line in told)


def test_a_passage_is_quoted_whole_only_when_all_of_it_is_carried_as_widely(stories):
    """Five reports say that two died on the night shift, four that 40 were treated: the sentence that says both is in four."""
    claimed = {words(line)[0]: line for line in lines(stories("harbour_fire"), "claimed")}
    assert "5 reports" in claimed["Two night-shift workers died"]["parts"][1]["text"]


def test_a_crew_from_a_town_that_only_one_newsroom_names_is_not_put_into_the_mouth_of_another(stories):
    """Two reports say that fourteen crews came, two of them where from: what all four say is the number and the hours."""
    known = {words(line)[0] for line in lines(stories("harbour_fire"), "known")}
    assert any("14 crews" in said for said in known)
    assert not any("Sligo" in said for said in known)


def test_a_long_passage_is_cut_after_a_sentence_or_a_word_and_says_so():
    sentence = "The dyke at Varnholm gave way at dawn, and the water stood in the square by noon. "
    cut = quote(sentence * 6, "r", "A", 0, len(sentence) * 6)
    assert cut is not None
    assert cut.cut
    assert cut.words == (sentence * 3).strip()
    whole = quote(sentence, "r", "A", 0, len(sentence))
    assert whole is not None
    assert not whole.cut


@pytest.mark.parametrize(
    ("said", "passage", "borne"),
    [
        # Three of five words, then two of four.
        ("The quarry shut its northern gate.", "The quarry shut its northern gate abruptly yesterday.", True),
        ("The quarry shut.", "The quarry shut early yesterday.", False),
        # Numbers count whatever they are written in, and each of them.
        ("Fourteen barges sank in the Olve.", "14 barges sank in the Olve", True),
        ("Barges sank in the Olve.", "14 barges sank in the Olve", False),
        # Names and days in common make no fact common.
        ("A man drowned early on Monday at Olve Quay Hotel in Brenholm.", "Torn nets at Olve Quay in Brenholm on Monday.", False),
        ("The mill's roof was mended.", "The mill's roof was mended in early spring, after two dry years", False),
    ],
)
def test_a_report_bears_out_what_has_most_of_its_words_in_the_reports_own(said, passage, borne):
    assert bears_out(said, passage, "en") is borne


def spoken(text, words, *statements):
    start = text.index(words)
    member = {"statement": "own", "report": "r", "start": start, "end": start + len(words)}
    own = {"id": "own", "attributed": False, "source": None, "quotations": []}
    return voice(member, {"text": text, "blocks": []}, [*statements, own], {"h": "Ada Holm"})


def test_words_are_the_newsrooms_own_only_where_nobody_is_given_them():
    text = 'Holm wrote: "The mill was sold. It was a bad day. "We all knew it." The mill stands in Olve.'
    first, last = text.index("The mill was"), text.index("We all")
    holm = {"id": "s", "source": "h", "attributed": True, "quotations": [[first, first + 18], [last, last + 14]]}
    assert spoken(text, "It was a bad day", holm) == ("h", False)
    assert spoken(text, "The mill stands in Olve", holm) == (None, True)
    assert spoken("The mill held ten tonnes, Holm said, of grain.", "The mill held ten tonnes, Holm said") == ("h", False)
    assert spoken("The mill held ten tonnes, he said.", "The mill held ten tonnes, he said") == (None, False)


@pytest.mark.parametrize(
    "several", [("the board", "The dyke board"), ("Olve Front", "The armed group", "the Herald of the Front")]
)
def test_what_every_report_gives_to_somebody_is_no_known_fact_under_however_many_names(dyke, several):
    (story,) = dyke["stories"]
    claim = claim_of(dyke, "c1")
    claim["origins"], claim["outlets"] = ["w-1", "w-d"], ["one", "two"]
    for statement, name in zip((s for s in story["statements"] if s.get("source")), several, strict=False):
        story["sources"].append({**story["sources"][0], "id": f"x-{name}", "name": name})
        statement.update(source=f"x-{name}", caveat=None)
    assert not lines(dyke, "known")


@pytest.mark.parametrize("view", ["They should have mended it", "It looks like a cheap trick", "What a mess that was!"])
def test_a_wish_or_a_view_is_told_from_a_fact(view):
    assert is_view(view)
    assert not is_view("The mill was sold in spring")


def test_a_posts_signature_is_no_part_of_what_a_story_says():
    assert is_post("Now I am cross -- Mo Vane (@movane) May 3, 2031 The mill stands in Olve")
    assert not is_post("The mill (built in 1911) stands in Olve")


TEXT = (
    'VARNHOLM (Nordwire) - The dyke, built in 1911, gave way at dawn and led to floods. “We ran to the "upper town",” she said.'
)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("The dyke, built in 1911, gave way at dawn", "The dyke, built in 1911, gave way at dawn"),
        ("Nordwire) - The dyke, built in 1911, gave way at dawn and", "The dyke, built in 1911, gave way at dawn"),
        ("built in 1911, gave way at dawn", None),
        ("and led to floods", None),
        ('We ran to the "upper town', 'We ran to the "upper town"'),
    ],
)
def test_a_clause_that_says_half_a_thing_is_not_quoted_and_no_inner_quotation_is_left_open(words, kept):
    start = TEXT.index(words)
    found = passage({"id": "r", "text": TEXT}, "A", (start, start + len(words)), None)
    assert (found.words if found else None) == kept


@pytest.mark.parametrize(
    "words",
    [
        "had owned two narrow barges",
        "what she had told the harbour guard",
        "The man, who was later named as Mo Vane, 64",
        "a lock gate that has never been opened",
        "Stretching forty feet along the quay and standing six feet tall",
        "Where did he get the keys to it",
        "guards who have been hurt or feel unsafe",
    ],
)
def test_a_verb_without_subject_or_a_noun_with_only_a_clause_of_its_own_is_not_quoted(words):
    assert passage({"id": "r", "text": words}, "A", (0, len(words)), None) is None


def test_what_somebody_is_said_to_blame_is_no_sentence_and_what_he_says_is():
    text = "Mo Vane blamed the loss of the northern lock on the guards. Ada Holm said the northern lock gave way at dawn."
    for words, whole in (("the loss of the northern lock on the guards", False), ("the northern lock gave way at dawn", True)):
        start = text.index(words)
        place = (start, start + len(words))
        assert (passage({"id": "r", "text": text}, "A", place, {"content": [place]}) is not None) is whole


def test_a_clause_is_quoted_without_the_word_that_hangs_it_on_another():
    text = "although the lock will stay shut"
    found = passage({"id": "r", "text": text}, "A", (0, len(text)), None)
    assert found is not None
    assert found.words == "the lock will stay shut"


def test_a_clause_is_not_cut_off_before_what_bounds_it():
    text = "He promised that nobody would be left to deal with the damage alone, and left."
    said = {"quotations": [], "content": [[16, 67]]}
    start = text.index("nobody")
    found = passage({"id": "r", "text": text}, "A", (start, start + len("nobody would be left")), said, wide=False)
    assert found is not None
    assert found.words == "nobody would be left to deal with the damage alone"


def test_words_that_cannot_be_printed_as_they_are_are_not_quoted():
    assert quote("the dyke \u202e gave way at dawn", "r", "A", 0, 30) is None


def test_a_page_that_brings_markup_brings_none_into_the_brief(dyke):
    (story,) = dyke["stories"]
    story["title"] = "</title><script>alert(1)</script> *stars* [link](x)"
    story["sources"][1]["name"] = "<b>the board</b>"
    page = as_html(compose(dyke), texts(dyke))
    assert "<script" not in page
    assert "<b>the board" not in page
    assert r"\*stars\* \[link\](x)" in as_markdown(compose(dyke), texts(dyke))


def test_words_and_quotations_stand_apart_and_a_terminal_shows_no_escapes(stories):
    account = stories("harbour_fire")
    brief, read = compose(account), texts(account)
    for written in (as_markdown(brief, read), as_text(brief, read)):
        assert re.search(r"\w“|:“|\)–|”\(|\)\w", re.sub(r"<\S+>", "", written)) is None
    assert "\\" in as_markdown(brief, read)
    assert "\\" not in as_text(brief, read)


def test_brief_is_written_in_each_form_to_a_file_or_to_standard_output(stemma, analysed, tmp_path):
    account = json.loads((analysed / "account.json").read_text("utf-8"))
    for form, write in (("markdown", as_markdown), ("html", as_html), ("json", as_json)):
        out = tmp_path / form
        stemma("brief", "", "--db", analysed / "news.duckdb", "--format", form, "--out", out)
        assert out.read_text("utf-8") == write(compose(account), texts(account))
    assert stemma("brief", "", "--db", analysed / "news.duckdb").stdout == (tmp_path / "markdown").read_text("utf-8")
    page = html.parse(str(tmp_path / "html"))
    assert page.xpath("//script | //img | //link | //iframe | //@src") == []
    assert page.xpath("//a[starts-with(@href, '#')]")


def test_a_form_that_does_not_exist_is_a_bad_call(stemma, analysed):
    assert "pdf" in stemma("brief", "", "--db", analysed / "news.duckdb", "--format", "pdf", code=1).stderr


def test_an_empty_section_says_that_nothing_was_found_and_not_that_nothing_is(dyke):
    dyke["stories"][0]["claims"] = []
    assert "was found" in section(dyke, "disputed")["none"]
