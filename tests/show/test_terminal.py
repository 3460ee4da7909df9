import copy
import io
import json
import re
import unicodedata
from functools import partial

import pytest
from rich.console import Console

from show.conftest import judged
from stemma.show.terminal import CLAIMS, FINDINGS, LISTED, LONGEST_LIST, STORIES, print_account, print_stories

print_all = partial(print_account, full=True)


def printed(show, given, **options):
    out = io.StringIO()
    show(given, Console(file=out, **options))
    return out.getvalue()


def columns(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in line)


def flat(text):
    return " ".join(text.split())


@pytest.fixture
def piped(account, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    return printed(print_all, account)


def test_the_headline_comes_first_and_counts_origins(piped):
    assert piped.splitlines()[0] == "5 reports, 3–4 independent origins"


def test_equal_bounds_are_one_number(account):
    certain = copy.deepcopy(account)
    certain["stories"][1]["independent_origins"]["high"] = 3
    assert printed(print_all, certain).startswith("5 reports, 3 independent origins\n")


def test_more_origins_than_reports_are_explained(account):
    many = copy.deepcopy(account)
    many["stories"][1]["independent_origins"]["high"] = 6
    assert printed(print_all, many).startswith("5 reports, 3–6 independent origins (sources that they cite count too)\n")


def test_what_is_piped_has_no_control_codes_and_no_line_over_80_columns(piped):
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in piped)
    assert max(map(columns, piped.splitlines())) <= 80


def test_without_colour_a_terminal_gets_no_colour(account, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    out = printed(print_all, account, force_terminal=True, width=80)
    assert "\x1b[3" not in out.replace("\x1b[3m", "")


@pytest.mark.parametrize("width", [40, 60, 120])
def test_other_widths_hold_too(account, width):
    out = printed(print_all, account, width=width)
    assert max(map(columns, out.splitlines())) <= width


def test_lost_sources_are_marked_and_their_copies_hang_below(piped):
    lines = [line.strip() for line in piped.splitlines()]
    at = lines.index("○ α Nordwire (not in the collection)")
    assert lines[at + 1] == "├── ● A The Harbour Gazette: verbatim 97%, credited, probability 0.98"
    assert lines[at + 2] == "├── ● B Ostrand Daily: edited 100%, no credit, probability 0.91"


def test_a_second_lost_source_of_one_name_is_another_report_of_that_house(account):
    told = copy.deepcopy(account)
    second = next(w for w in told["stories"][1]["witnesses"] if w["siglum"] == "β")
    assert "another report of it" not in printed(print_all, told, width=80)
    second["name"] = "Nordwire"
    shown = printed(print_all, told, width=80)
    assert shown.count("Nordwire (not in the collection)") == 1
    assert shown.count("Nordwire (another report of it, not in the collection)") == 1


def test_reports_of_one_outlet_are_told_apart_by_their_titles(account):
    told = copy.deepcopy(account)
    assert "“" not in next(line for line in printed(print_all, told, width=80).splitlines() if "● B " in line)
    for report in told["reports"]:
        report["outlet"] = "Ostrand Daily" if report["id"] in ("r-a", "r-b") else report["outlet"]
    shown = printed(print_all, told, width=100)
    assert "● B Ostrand Daily “Varnholm under water”: edited 100%" in shown
    assert "● A Ostrand Daily “Sea dyke at Varnholm gives way, 1,200 …”: " in shown


def test_a_second_parent_is_noted_under_the_stronger_one(piped):
    assert "also from β: translation 20%, no credit, probability 0.55" in flat(piped)
    assert piped.count("● D Radio Kalvik") == 1


def test_a_claim_is_shown_with_who_carries_it_and_from_how_many_origins(piped):
    assert any(
        line.startswith("  People were led out of the lower town of Varnholm ") and line.endswith(" A–C (1)")
        for line in piped.splitlines()
    )


def test_who_bears_a_claim_out_in_part_only_is_named_and_not_counted(account):
    told = copy.deepcopy(account)
    claim = told["stories"][1]["claims"][0]
    claim["stances"] = [{**claim["stances"][1], "report": "r-c", "stance": "partly"}]
    shown = flat(printed(print_all, told, width=80))
    assert re.search(r"lower town of Varnholm +A B \(1\) .*\(in part C\) more than", shown), shown


def test_a_claim_shows_who_gives_which_figure(piped):
    assert "more than 1,200: The Harbour Gazette, Ostrand Daily (A B)" in flat(piped)
    assert re.search(r"about 1,200: low.*… \(C\)", piped)


def test_a_figure_of_which_one_report_names_a_source_is_the_other_reports_own(account):
    told = copy.deepcopy(account)
    story = told["stories"][1]
    claim, (first, second) = story["claims"][0], story["claims"][0]["members"][:2]
    assert first["figure"] == second["figure"]
    claim["relation"] = "disputed"
    for s in story["statements"]:
        s["source"] = None if s["id"] == second["statement"] else s["source"]
    assert "The Harbour Gazette" not in (one := flat(printed(print_all, told, width=80)).split("more than 1,200: ")[1][:60]), one
    assert "Ostrand Daily" in one


def test_in_a_dispute_who_speaks_is_named_before_the_papers_that_name_nobody(account):
    told = copy.deepcopy(account)
    story = told["stories"][1]
    claim = story["claims"][0]
    claim["relation"] = "disputed"
    first = claim["members"][0]["statement"]
    for s in story["statements"]:
        s["source"] = None if s["id"] == first else s["source"]
    side = flat(printed(print_all, told, width=100)).split("more than 1,200: ")[1][:70]
    assert 0 < side.index("water board") < side.index("The Harbour Gazette")


def test_a_claim_of_one_report_stands_under_the_report(piped):
    assert "in one report alone: its first, and how many more it has E People slept in the school gymnasium" in flat(piped)


def test_a_part_that_only_repeats_the_words_of_its_whole_is_not_shown(account):
    told = copy.deepcopy(account)
    claims = told["stories"][1]["claims"]
    for n, words in enumerate(("the lower town of Varnholm", "Its dyke broke before dawn"), 1):
        claims.append({**claims[0], "id": f"p{n}", "summary": words, "part_of": "c1", "relation": "agree"})
    out = flat(printed(print_all, told, width=80))
    assert "– Its dyke broke before dawn" in out
    assert "– the lower town" not in out


LONG = (
    "The harbour master of Varnholm, who had watched the tide since dawn from the quay below his office, counted 312 boats there"
)


@pytest.mark.parametrize(("width", "most"), [(80, 2), (60, 3)])
def test_a_long_claim_goes_on_in_a_second_line_and_only_in_narrow_terminals_in_a_third(account, width, most):
    told = copy.deepcopy(account)
    told["stories"][1]["claims"][0]["summary"] = LONG
    lines = printed(print_all, told, width=width).splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("  The harbour master"))
    assert re.search(r" A–C \(1\)$", lines[at])
    below = [line for line in lines[at + 1 : at + most] if line.startswith("    ")]
    assert len(below) == most - 1
    assert "counted 312 boats there" in " ".join([*map(str.strip, below)])
    told["stories"][1]["claims"][0]["summary"] = f"{LONG}, and then went down to the water and counted the oars and the nets too"
    cut = printed(print_all, told, width=width).splitlines()
    assert "counted 312 boats" in " ".join(map(str.strip, cut[at : at + most]))
    assert cut[at + most - 1].rstrip().endswith("…")


def test_a_claim_says_who_alone_says_it_where_most_reports_name_him_and_its_words_do_not(account):
    told = copy.deepcopy(account)
    story = told["stories"][1]
    claim, source = story["claims"][0], story["sources"][0]
    ids = {m["statement"] for m in claim["members"]}
    story["statements"] = [s | {"source": source["id"]} if s["id"] in ids else s for s in story["statements"]]
    said = f"(said by {source['name']})"
    assert said in flat(printed(print_all, told, width=120))
    called = next(word for word in source["name"].split() if len(word) > 2)
    for summary in (f"{source['name']} led people out of the lower town", f"The mayor liked {called}'s account of it"):
        claim["summary"] = summary
        assert said not in flat(printed(print_all, told, width=120))


def test_a_claim_begins_as_a_sentence_does(account):
    told = copy.deepcopy(account)
    told["stories"][1]["claims"][0]["summary"] = "the dyke gave way"
    assert "  The dyke gave way " in printed(print_all, told, width=80)


def test_a_finding_quotes_its_words_with_the_siglum(piped):
    assert re.search(r"1\. altered quotation \(high(, \w+)?\): C prints", piped)
    assert "C “We had ten minutes between”" in piped


def test_a_story_of_one_report_is_short(piped):
    assert "x.html; no other report to compare it with" in piped
    assert piped.count("Stemma") == 1


def test_skipped_pages_are_named_at_the_end(piped):
    assert piped.rstrip().splitlines()[-1].strip() == "pages/empty.html: the file is empty"


def test_brackets_and_escape_codes_from_a_page_are_only_text(account):
    hostile = copy.deepcopy(account)
    hostile["stories"][1]["title"] = "[bold]loud[/bold] \x1b]0;owned\x07 \u202eevil"
    out = printed(print_all, hostile)
    assert "[bold]loud[/bold]" in out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)


def test_an_account_without_stories_says_so():
    assert printed(print_all, {"reports": [], "stories": [], "skipped": []}).startswith("No story was found.")


def test_stories_are_listed_with_their_origins_and_dates(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    rows = [
        {
            "id": "0123456789abcdef",
            "title": "A dyke " * 20,
            "reports": 5,
            "origins": {"low": 3, "best": 3, "high": 4},
            "first": "2031-10-03T09:20:00",
            "last": "2031-10-04",
        },
        {"id": "fedcba9876543210", "title": None, "reports": 1, "origins": None, "first": None, "last": None},
    ]
    out = printed(print_stories, rows)
    assert max(map(columns, out.splitlines())) <= 80
    for words in ("0123456789abcdef", "3–4", "2031-10-03", "2031-10-04", "(no title)", "no date"):
        assert words in out


def test_a_long_line_of_copies_stays_within_the_columns(account):
    chain = copy.deepcopy(account)
    story = chain["stories"][1]
    for i in range(40):
        story["witnesses"].append({"id": f"n{i}", "siglum": f"N{i}", "report": "r-a", "name": None})
        edge = {
            "child": f"n{i}",
            "parent": f"n{i - 1}" if i else "w-a",
            "kind": "edited",
            "share": 1,
            "probability": 1,
        }
        story["derivations"].append(edge)
    out = printed(print_all, chain, width=80)
    assert max(map(columns, out.splitlines())) <= 80
    assert "N39 The Harbour Gazette from N38: edited 100%" in flat(out.replace("│", " "))


def test_an_empty_store_says_so():
    assert "no story yet" in printed(print_stories, [])


def test_what_a_person_judged_is_marked_with_who_when_and_why(account):
    out = flat(printed(print_all, judged(account), width=80))
    assert "judged right by Ann Lee, 2031-10-04: seen the fax" in out
    assert "1 finding withdrawn: judged wrong" in out
    assert "wrong: dropped credit: C leaves Nordwire out (Bo, 2031-10-05)" in out
    plain = printed(print_all, account, width=80)
    assert "judged" not in plain.lower()
    assert "withdrawn" not in plain


def test_on_a_narrow_terminal_who_carries_a_claim_stands_at_its_first_line(account):
    out = printed(print_all, account, width=40)
    assert max(map(columns, out.splitlines())) <= 40
    assert re.search(r"^  People were led out .* +A–C \(1\)$", out, re.MULTILINE)


def test_a_poor_terminal_shows_a_dash_for_a_dash(stemma, analysed):
    story = json.loads((analysed / "account.json").read_text("utf-8"))["stories"][0]["id"]
    poor = stemma("show", story, "--db", analysed / "news.duckdb", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert "“" in (analysed / "terminal.txt").read_text("utf-8")
    assert "1. uncredited copy (high, " in poor.stdout
    assert '"' in poor.stdout


def test_the_first_screen_is_the_count_the_stemma_three_findings_and_six_claims(account):
    rich = copy.deepcopy(account)
    story = rich["stories"][1]
    story["findings"] = [{**story["findings"][0], "id": f"{n}bc4d" * 4, "severity": "low"} for n in range(5)]
    story["claims"] = [{**story["claims"][0], "id": f"c{n}", "summary": f"The dyke broke {n} times"} for n in range(9)]
    first = printed(print_account, rich, width=80)
    assert first.splitlines()[:2] == ["5 reports, 3–4 independent origins", story["title"]]
    assert all(heading in first for heading in ("\nStemma\n", "\nFindings\n", "\nClaims, "))
    assert len(re.findall(r"^  \d\. ", first, re.MULTILINE)) == FINDINGS
    assert first.count("The dyke broke") == CLAIMS
    assert "We had ten minutes" not in first
    assert "(low, 0bc4d0bc): " in first
    assert "--full shows 2 findings, 3 claims, 1 skipped page more" in first
    assert "pages/empty.html" not in first


def test_of_some_stories_the_first_screen_shows_the_largest_and_counts_the_rest(account):
    some = copy.deepcopy(account)
    some["stories"] = [{**some["stories"][0], "id": f"s{n}"} for n in range(LISTED - 1)]
    first = printed(print_account, some, width=80)
    assert first.count("1 report, ") == STORIES
    assert f"--full shows {LISTED - 1 - STORIES} stories" in first
    assert printed(print_all, some, width=80).count("1 report, ") == LISTED - 1


@pytest.mark.parametrize("count", [LISTED, LONGEST_LIST, LONGEST_LIST + 1])
def test_many_stories_are_listed_with_how_to_open_one(account, count):
    many = copy.deepcopy(account)
    many["stories"] = [{**many["stories"][0], "id": f"story{n:03}"} for n in range(count)]
    first = printed(print_account, many, width=80)
    assert [line.split()[0] for line in first.splitlines() if line.strip().startswith("story0")] == [
        f"story{n:03}" for n in range(min(count, LONGEST_LIST))
    ]
    assert "`stemma show ID --db FILE` opens one" in first
    assert ("1 more story" in first) is (count > LONGEST_LIST)
    kept = " ".join(printed(partial(print_account, kept="news.duckdb"), many, width=80).split())
    assert "`stemma show ID --db news.duckdb` opens one; --full prints all." in kept
    assert printed(print_all, many, width=80).count("1 report, ") == count


def test_what_cannot_all_be_true_stands_out_where_there_is_colour(account, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    told = copy.deepcopy(account)
    told["stories"][1]["claims"][0]["relation"] = "disputed"
    shown = printed(print_account, told, width=80, force_terminal=True, color_system="standard")
    assert re.search(r"\x1b\[1;31m +disputed", shown)


def test_nobody_is_said_to_have_verified_what_nobody_did(account):
    told = copy.deepcopy(account)
    for claim in told["stories"][1]["claims"]:
        claim["verified_by"] = []
    assert "verified by" not in printed(print_account, told, width=80)


@pytest.mark.parametrize("width", [60, 120, 200])
def test_a_pipe_is_as_wide_as_columns_says_and_no_line_ends_in_blanks(width, stemma, analysed):
    story = json.loads((analysed / "account.json").read_text("utf-8"))["stories"][0]["id"]
    for options in ([], ["--full"]):
        shown = stemma("show", story, "--db", analysed / "news.duckdb", *options, COLUMNS=str(width)).stdout.splitlines()
        assert width * 0.8 < max(map(columns, shown)) <= width
        assert [line for line in shown if line != line.rstrip()] == []


def test_a_doubtful_claim_is_counted_and_not_shown(account):
    several = copy.deepcopy(account)
    (claim,) = [c for story in several["stories"] for c in story.get("claims", []) if c["relation"] == "differ"]
    assert claim["summary"] in flat(printed(print_all, several, width=200))
    claim["doubtful"] = True
    told = flat(printed(print_all, several, width=200))
    assert claim["summary"] not in told
    assert "and 1 more, of which each report may mean another thing" in told


def test_a_doubtful_claim_is_no_line_under_another(account):
    several = copy.deepcopy(account)
    story = next(s for s in several["stories"] if any(c["relation"] == "differ" for c in s.get("claims", [])))
    part = next(c for c in story["claims"] if c["relation"] == "differ")
    part["part_of"] = next(c["id"] for c in story["claims"] if c is not part)
    part["relation"], part["doubtful"] = "agree", True
    told = flat(printed(print_all, several, width=200))
    assert part["summary"] not in told
    assert "and 1 more, of which each report may mean another thing" in told
