import io
import unicodedata
from itertools import pairwise

import pytest
from rich.console import Console

from show.drawn_stories import edge, story
from stemma.show.forest import PASSING
from stemma.show.terminal import print_stemma, print_stemmata

TIMES = {"A": "2031-10-03T06:00+02:00", "B": "2031-10-02", "C": None}
EDGES = (
    edge("A", "α", credited=True, probability=0.97, reason="Outlet A credits Nordwire"),
    edge("B", "A", "edited", 0.8),
    edge("C", "A", "rewrite", 0.5),
    edge("C", "α", "edited", 0.2, probability=0.6, reason="shares 40 words with it"),
)


def printed(told, reports, width=80, **options):
    out = io.StringIO()
    account = {"stories": [told], "reports": list(reports.values())}
    print_stemmata(account, Console(file=out, width=width, **options))
    return out.getvalue()


@pytest.fixture
def shown():
    return printed(*story(TIMES, *EDGES, lost="α", origins="αC"))


def test_the_stemma_alone_says_how_many_origins_and_nothing_of_claims(shown):
    assert shown.startswith("3 reports, 1–2 independent origins\nThe dyke\n")
    assert "Claims" not in shown
    assert "Findings" not in shown


def test_each_edge_has_its_time_and_its_chief_reason(shown):
    lines = [line.strip("│├└─ ") for line in shown.splitlines()]
    at = lines.index("● A Outlet A, 2031-10-03 06:00 +02:00")
    assert lines[at + 1 : at + 3] == ["verbatim 100%, credited, probability 0.97", "Outlet A credits Nordwire"]
    assert "● C Outlet C, no date" in lines
    assert "● B Outlet B, 2031-10-02, dated before its source" in lines


def test_the_reason_is_that_of_the_heaviest_sign_where_the_edge_has_none():
    signs = [{"sign": s, "weight": w, "reason": f"{s} says so"} for s, w in (("byline", 0.4), ("credit", 3.0))]
    shown = printed(*story(dict.fromkeys("AB"), edge("B", "A") | {"signs": signs}))
    assert "credit says so" in shown
    assert "byline says so" not in shown


def test_a_second_parent_is_a_weaker_line_with_its_own_reason(shown):
    lines = [line.strip("│├└─ ") for line in shown.splitlines()]
    at = lines.index("┄ also from α: edited 20%, no credit, probability 0.60")
    assert lines[at + 1] == "shares 40 words with it"
    assert lines[at - 1].endswith(", the rest its own")


def test_an_edge_that_is_likelier_wrong_than_right_is_a_perhaps():
    told = story(dict.fromkeys("ABC"), edge("B", "A", "rewrite", 0.4, probability=0.1), edge("C", "A", probability=0.5))
    shown = printed(*told)
    assert "perhaps rewrite 40%, no credit, probability 0.10" in shown
    assert "  verbatim 100%, no credit, probability 0.50" in shown
    assert "perhaps: where that is less than one half" in shown


def test_a_legend_explains_what_is_drawn_and_nothing_else(shown):
    assert "○ a lost source: not in the collection" in shown
    assert "rewrite: reworded" in shown
    assert "translation" not in shown
    assert "perhaps" not in shown
    plain = printed(*story(dict.fromkeys("AB"), edge("B", "A")))
    assert "lost source" not in plain
    assert "also from" not in plain


@pytest.mark.parametrize("width", [40, 80])
def test_thirty_reports_with_hostile_names_fit_the_columns(width):
    sigla = [f"R{i}" for i in range(30)]
    told, reports = story(dict.fromkeys(sigla, "2031-10-03T06:00+02:00"), *(edge(b, a) for a, b in pairwise(sigla)))
    for i, name in enumerate(("a-long-host-name-" * 9, "صحيفة الميناء", "北海新聞" * 20, "\x1b[31mred\x07 [bold]x\u202e")):
        reports[f"R{i}"]["outlet"] = name
    shown = printed(told, reports, width)
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "[bold]x" in shown
    assert max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in shown.splitlines()) <= width
    assert "R29 Outlet R29" in shown


def test_without_colour_the_marks_alone_tell_lost_sources_from_reports(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    shown = printed(*story(TIMES, *EDGES, lost="α"), force_terminal=True)
    assert "\x1b[3" not in shown.replace("\x1b[3m", "")
    assert "○ " in shown
    assert "● " in shown


def test_a_story_of_one_report_is_drawn_too():
    assert "● A Outlet A, 2031-10-03: an origin" in printed(*story({"A": "2031-10-03"}, origins="A"))


def test_nothing_to_draw_says_so():
    out = io.StringIO()
    print_stemmata({"stories": [], "reports": []}, Console(file=out, width=80))
    assert out.getvalue() == "No story was found.\n"


def cited(child, share, parent="α", sign="citation"):
    return edge(child, parent, "rewrite", share, credited=True) | {"signs": [{"sign": sign, "weight": 3.0, "reason": "r"}]}


def first_screen(*edges, lost="α"):
    told, reports = story(dict.fromkeys("AB"), *edges, lost=lost)
    told["witnesses"][: len(lost)] = [w | {"name": "Nordwire"} for w in told["witnesses"][: len(lost)]]
    out = io.StringIO()
    print_stemma(told, reports, Console(file=out, width=80))
    return out.getvalue()


def test_a_house_that_is_cited_for_a_sentence_is_a_line_under_the_stemma_and_named_once():
    shown = first_screen(cited("A", 0.04), cited("B", 0.02, "β"), lost="αβ")
    assert "also cited in a sentence or two: Nordwire in A B" in shown
    assert "○" not in shown


def test_a_house_that_gave_more_or_that_a_page_credits_stays_a_witness():
    for kept in (cited("A", 0.06), cited("A", 0.02, sign="credit")):
        shown = first_screen(kept, cited("B", 0.04))
        assert "○ α Nordwire" in shown
        assert "also cited in a sentence or two: Nordwire in B" in shown


def test_the_share_under_which_a_house_is_cited_in_passing_is_pinned(monkeypatch):
    low, high = cited("A", 0.04), cited("A", 0.06)
    assert "○" not in first_screen(low)
    assert "○" in first_screen(high)
    monkeypatch.setattr("stemma.show.forest.PASSING", PASSING * 2 / 3)
    assert "○" in first_screen(low)
    monkeypatch.setattr("stemma.show.forest.PASSING", PASSING * 4 / 3)
    assert "○" not in first_screen(high)
