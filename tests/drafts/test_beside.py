"""A draft is checked as an editor does it: by the command, against real pages and a real store."""

import json
import re
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from official_schemas import faults_by_schema
from stemma.drafts import FORMATS, Checked, Remark, check_draft, chosen
from stemma.drafts.beside import Words
from stemma.drafts.read_draft import Place
from stemma.engines import open_store
from stemma.grouped import group_stories
from stemma.pages import read_pages
from stemma.pipeline import read_into
from stemma.tables import TABLES
from stories.loading import load

ROOT = Path(__file__).parents[2]
LINE = re.compile(r"^(\S+?):(\d+):(\d+): ([a-z-]+) \((?:high|medium|low)\): (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def pages():
    return sorted(load("harbour_fire")["pages"].iterdir())


@pytest.fixture(scope="module")
def others(pages):
    """Return the pages of the story without the one that plays the draft."""
    return [p for p in pages if p.name != "coastwatch24.txt"]


@pytest.fixture(scope="module")
def body(pages):
    (page,) = [p for p in pages if p.name == "coastwatch24.txt"]
    text = page.read_text("utf-8")
    return text[text.index("Two workers on the night shift") :]


@pytest.fixture(scope="module")
def drafts(body, tmp_path_factory):
    """Return a folder with one draft in three forms, its title first."""
    folder = tmp_path_factory.mktemp("drafts")
    paragraphs = [p for p in body.split("\n") if p.strip()]
    title = "Harbour inferno: two lose their lives"
    (folder / "draft.txt").write_text("\n\n".join([title, *paragraphs]), "utf-8")
    marked = [p.replace("flames all around us", "**flames** all [around](https://a.example/x_y) us") for p in paragraphs]
    (folder / "draft.md").write_text("\n\n".join([f"# {title}", *marked]), "utf-8")
    lines = [f"  <p class='x'>{p.replace('“', '&ldquo;')}</p>" for p in paragraphs]
    page = f"<!doctype html><html><body><article><h1>{title}</h1>\n{chr(10).join(lines)}\n</article></body></html>"
    (folder / "draft.html").write_text(page, "utf-8")
    return folder


@pytest.fixture(scope="module")
def store(others):
    with closing(open_store()) as opened:
        read_into(opened, read_pages([str(p) for p in others]))
        yield opened


@pytest.fixture(scope="module")
def checked(drafts, store):
    """Return the check of each form of the draft by its name, as if given by that name."""
    return {p.name: replace(check_draft(p, store), path=p.name) for p in drafts.iterdir()}


def check(stemma, draft, against, *options, code=1):
    places = [option for place in against for option in ("--against", place)]
    return stemma("check", draft.name, *places, *options, cwd=draft.parent, code=code)


@pytest.mark.parametrize("name", ["draft.txt", "draft.md", "draft.html"])
def test_each_form_of_a_draft_gets_the_same_findings_each_at_its_line_and_column(drafts, checked, name):
    text = FORMATS["text"]([checked[name]])
    rows = list(LINE.finditer(text))
    assert text.endswith(f"Found {len(checked[name].remarks)} findings in 1 draft: 1 high, {len(rows) - 1} medium.\n")
    assert {r[4] for r in rows} >= {"altered-quotation", "dropped-caveat", "figure-sharpened", "uncredited-copy"}
    source = (drafts / name).read_text("utf-8").splitlines()
    assert {r[1] for r in rows} == {name}
    at = {(r[4], source[int(r[2]) - 1][int(r[3]) - 1 :][:14]) for r in rows}
    assert {words for kind, words in at if kind == "altered-quotation"} == {
        "We had **flame" if name == "draft.md" else "We had flames "
    }
    assert {words for kind, words in at if kind == "dropped-caveat"} == {"The fire alarm"}


def test_a_draft_is_checked_against_a_store_which_stays_as_it_is(stemma, drafts, checked, others, tmp_path):
    db = tmp_path / "news.duckdb"
    stemma("analyse", *others, "--db", db)
    with closing(open_store(db)) as opened:
        before = {t: opened.read(t) for t in TABLES}
    done = check(stemma, drafts / "draft.txt", [db])
    assert done.stdout == FORMATS["text"]([checked["draft.txt"]])
    assert "draft.txt stands beside 5 reports of the story" in done.stderr
    with closing(open_store(db)) as opened:
        assert {t: opened.read(t) for t in TABLES} == before


def test_each_finding_shows_its_line_with_carets_under_the_words_and_what_the_others_print(checked):
    text = FORMATS["text"]([checked["draft.txt"]])
    _, *sharpened = text[text.index("figure-sharpened") :].split("\n\n")[0].splitlines()
    edge, line, carets, printed, *_ = sharpened[next(n for n, shown in enumerate(sharpened) if shown.endswith(" |")) :]
    number, words = line.split(" | ", 1)
    assert words[carets.split(" | ", 1)[1].index("^") :].startswith("40 people needed treatment")
    assert edge == " " * len(number) + " |"
    assert printed.lstrip().startswith("= Bluestack Courier: “at least 40 people were treated")
    assert max(map(len, text.splitlines())) <= 80


def test_a_long_list_of_others_is_cut_short():
    others = tuple(Words(f"Paper {n}", "https://a.example/", 0, 3, "one") for n in range(5))
    remark = Remark("i", "figure conflict", "high", "40 against 30", Place(1, 1, 1, 3), others)
    text = FORMATS["text"]([Checked("a.md", 2, None, (remark,), (), "40 sheep.")])
    assert text == (
        "a.md:1:1: figure-conflict (high): 40 against 30\n  |\n1 | 40 sheep.\n  | ^^\n"
        "  = Paper 0: “one”\n  = Paper 1: “one”\n  = Paper 2: “one”\n  = and 2 more\n\n"
        "Found 1 finding in 1 draft: 1 high.\n"
    )


def test_many_drafts_and_standard_input_are_checked_in_one_run(stemma, drafts, others, checked):
    copy = (drafts / "draft.md").read_text("utf-8")
    options = [*(option for place in others for option in ("--against", place)), "--format", "json"]
    named = ("draft.txt", "none.txt", "-", "--stdin-filename", "piped.md")
    done = stemma("check", *named, *options, cwd=drafts, stdin=copy, code=2)
    first, piped = json.loads(done.stdout)
    assert (first["draft"], piped["draft"]) == ("draft.txt", "piped.md")
    places = [[(f["kind"], f["line"], f["column"]) for f in one["findings"]] for one in (first, piped)]
    known = [[(r.kind, r.place.line, r.place.column) for r in checked[n].remarks] for n in ("draft.txt", "draft.md")]
    assert places == known
    assert "The draft none.txt could not be read: there is no such file or folder." in done.stderr


@pytest.mark.parametrize(("name", "mark"), [("draft.txt", "# {}"), ("draft.md", "<!-- {} -->"), ("draft.html", "<!-- {} -->")])
def test_a_comment_leaves_out_kinds_for_its_paragraph_or_for_the_whole_draft(drafts, store, checked, name, mark):
    lines = (drafts / name).read_text("utf-8").splitlines()
    alarm = next(n for n, line in enumerate(lines) if "The fire alarm" in line)
    asked = mark.format("stemma: ignore dropped-caveat, no-such-rule - the union showed us the letters")
    whole = mark.format("stemma: ignore-file uncredited-copy")
    text = "\n".join([*lines[:alarm], asked, *lines[alarm:], whole])
    result = check_draft(drafts / name, store, content=text.encode())
    before = [(r.kind, r.place.line, r.place.column) for r in checked[name].remarks]
    moved = [
        (kind, line + (line > alarm), column)
        for kind, line, column in before
        if kind != "uncredited copy" and (kind, line) != ("dropped caveat", alarm + 1)
    ]
    assert len(moved) == len(before) - 2
    assert [(r.kind, r.place.line, r.place.column) for r in result.remarks] == moved
    assert result.unknown == ((alarm + 1, "no-such-rule"),)


def test_a_project_says_in_its_pyproject_beside_what_its_drafts_are_put_and_what_is_left_out(stemma, drafts, analysed, tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    project = tmp_path / "pyproject.toml"
    project.write_text(
        '[tool.stemma]\nagainst = "news.duckdb"\nignore = ["altered-quotation,figure-sharpened", "single-source"]\n', "utf-8"
    )
    shutil.copy(analysed / "news.duckdb", tmp_path / "news.duckdb")
    shutil.copy(drafts / "draft.md", folder)
    done = stemma("check", "draft.md", "--format", "json", cwd=folder, code=1)
    kinds = {f["kind"] for f in json.loads(done.stdout)[0]["findings"]}
    assert kinds
    assert kinds & {"altered quotation", "figure sharpened", "single source"} == set()
    project.write_text("[tool.stemma]\nagainst = 3\n", "utf-8")
    assert "against under [tool.stemma] is a text" in stemma("check", "draft.md", cwd=folder, code=1).stderr
    project.write_text("[tool.stemma]\ntone = 'mild'\n", "utf-8")
    assert "says 'tone' under [tool.stemma]" in stemma("check", "draft.md", cwd=folder, code=1).stderr
    for odd, said in ((b"tool = 3\n", "Say with --against"), (b"\xff[tool]", "no UTF-8"), (b"a = " + b"[" * 9_000, "too deeply")):
        project.write_bytes(odd)
        assert said in stemma("check", "draft.md", cwd=folder, code=1).stderr


def test_nothing_to_check_against_is_a_bad_call(stemma, drafts):
    assert "Say with --against" in stemma("check", "draft.md", cwd=drafts, code=1).stderr
    assert "No draft is given" in stemma("check", "--against", "news.duckdb", cwd=drafts, code=1).stderr


def test_a_draft_that_fits_no_story_is_not_checked_and_has_an_exit_code_of_its_own(stemma, drafts, others, tmp_path):
    band = (
        "The brass band of Lower Quill won the county prize for the ninth year in a row, and nobody was surprised.\n\n"
        "The second prize went to the glass harmonica players of Tarn Head, who had practised since autumn in a barn.\n"
    )
    (tmp_path / "band.txt").write_text(band, "utf-8")
    done = check(stemma, tmp_path / "band.txt", others, code=3)
    assert done.stdout == "Not checked: 1 draft, fitting none of the stories.\n"
    assert "fits none of the stories" in done.stderr
    both = check(stemma, tmp_path / "band.txt", others, drafts / "draft.txt", "--select", "unit-slip", code=3)
    assert both.stdout == "Nothing found in 1 draft. Not checked: 1 draft, fitting none of the stories.\n"
    assert check(stemma, tmp_path / "band.txt", others, drafts / "draft.txt").stdout.endswith(
        "1 draft, fitting none of the stories.\n"
    )
    (row,) = json.loads(check(stemma, tmp_path / "band.txt", others, "--format", "json", code=3).stdout)
    assert (row["checked"], row["beside"], row["findings"]) == (False, 0, [])


def test_each_form_says_that_a_draft_was_not_checked():
    unread = Checked("lost/a,b.txt", 0, None, (), (), "Words.")
    assert FORMATS["github"]([unread]).startswith("::warning file=lost/a%2Cb.txt,line=1,title=not-checked::The draft fits none")
    (run,) = json.loads(FORMATS["sarif"]([unread]))["runs"]
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (told["descriptor"]["id"], told["level"], told["message"]["text"]) == ("not-checked", "warning", unread.not_checked)


def test_a_draft_that_is_one_of_the_pages_is_named_as_that_page_and_not_put_beside_itself(others, store):
    draft = next(p for p in others if p.name == "atlantic-mail.html")
    checked = check_draft(draft, store)
    assert (checked.beside, checked.page) == (len(others) - 1, "Atlantic Mail")
    assert [r.message for r in checked.remarks if "Atlantic Mail, whose own page is not here" in r.message] == []


def test_the_reports_of_a_story_stay_together_whatever_the_draft_is():
    pages = sorted(load("oil_slick")["pages"].iterdir())
    with closing(open_store(None)) as store:
        read_into(store, read_pages([str(p) for p in pages]))
        group_stories(store)
        assert {p.name: check_draft(p, store).beside for p in pages} == {p.name: len(pages) - 1 for p in pages}


def test_a_time_that_is_none_is_a_bad_call(stemma, drafts, others):
    done = check(stemma, drafts / "draft.txt", others, "--published", "yesterday")
    assert done.stderr.startswith("stemma: 'yesterday' is no time; write a day")


def test_kinds_are_selected_and_ignored(checked):
    whole = checked["draft.txt"]

    def kinds(select, ignore=()):
        return {r.kind for r in chosen(whole, select, ignore).remarks}

    assert kinds([]) == {r.kind for r in whole.remarks}
    assert kinds(["dropped-caveat,altered quotation"]) == {"dropped caveat", "altered quotation"}
    assert kinds(["Dropped-Caveat", "altered-quotation"], ["altered-quotation"]) == {"dropped caveat"}
    assert kinds([], ["dropped caveat"]) == kinds([]) - {"dropped caveat"}


def test_nothing_found_of_the_kinds_that_are_asked_for_is_exit_code_0(stemma, drafts, others):
    done = check(stemma, drafts / "draft.txt", others[:2], "--select", "unit-slip", code=0)
    assert done.stdout == "Nothing found in 1 draft.\n"
    assert "stands beside 2 reports" in done.stderr


def test_an_unknown_kind_is_a_bad_call(stemma, drafts, others):
    done = check(stemma, drafts / "draft.txt", others, "--ignore", "bad-taste")
    assert done.stderr.startswith("stemma: There is no kind of finding 'bad taste'.")


@pytest.mark.parametrize(("name", "content"), [("none.txt", None), ("empty.txt", b""), ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0")])
def test_a_draft_that_cannot_be_read_is_exit_code_2_and_a_sentence(stemma, others, tmp_path, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = check(stemma, tmp_path / name, others, code=2)
    assert done.stderr.startswith(f"stemma: The draft {name} could not be read: ")
    assert done.stderr.count("\n") == 1


def test_pages_of_which_none_can_be_read_are_exit_code_2(stemma, drafts, tmp_path):
    done = check(stemma, drafts / "draft.txt", [tmp_path / "none"], code=2)
    assert "there is no such file" in done.stderr


def test_a_store_beside_pages_is_a_bad_call(stemma, drafts, others, analysed):
    assert "one store, or against pages" in check(stemma, drafts / "draft.txt", [analysed / "news.duckdb", others[0]]).stderr


def test_json_gives_each_finding_with_its_place_and_the_words_of_the_others(drafts, checked):
    (whole,) = json.loads(FORMATS["json"]([checked["draft.txt"]]))
    assert (whole["draft"], whole["beside"]) == ("draft.txt", 5)
    source = (drafts / "draft.txt").read_text("utf-8").splitlines()
    altered = next(f for f in whole["findings"] if f["kind"] == "altered quotation")
    assert altered["line"] == altered["end_line"]
    words = source[altered["line"] - 1][altered["column"] - 1 : altered["end_column"] - 1]
    assert words.startswith("We had flames")
    assert words.endswith("trapped inside,")
    assert altered["others"][0]["words"].startswith("We had flame on three sides")


def test_sarif_has_the_shape_of_its_schema(checked):
    log = json.loads(FORMATS["sarif"]([checked["draft.txt"]]))
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "stemma"
    assert len({r["id"] for r in driver["rules"]}) == len(driver["rules"])
    assert all(re.fullmatch(r"[a-z-]+", r["id"]) and r["shortDescription"]["text"].endswith(".") for r in driver["rules"])
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        assert all(isinstance(v, str) for v in result["partialFingerprints"].values())
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert physical["artifactLocation"] == {"uri": "draft.txt"}
        region = physical["region"]
        assert set(region) == {"startLine", "startColumn", "endLine", "endColumn"}
        assert all(isinstance(n, int) and n >= 1 for n in region.values())
        assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        assert [r["id"] for r in result["relatedLocations"]] == list(range(1, len(result["relatedLocations"]) + 1))
        assert all(" " not in r["physicalLocation"]["artifactLocation"]["uri"] for r in result["relatedLocations"])


def test_sarif_is_valid_by_the_schema_of_oasis(checked):
    log = json.loads(FORMATS["sarif"](list(checked.values())))
    assert sum(len(run["results"]) for run in log["runs"]) > 1
    assert faults_by_schema("sarif-2.1.0", log) == []
    log["runs"][0]["results"][0]["level"] = "grave"
    assert faults_by_schema("sarif-2.1.0", log) != []


def test_github_commands_are_one_a_line_and_escaped(checked):
    lines = FORMATS["github"]([replace(checked["draft.txt"], path="my, draft: 100%.txt")]).splitlines()
    assert lines
    assert all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in lines)
    assert all("file=my%2C draft%3A 100%25.txt,line=" in line for line in lines)
    assert any(re.search(r"\d+%25 of its own telling", line) for line in lines)
