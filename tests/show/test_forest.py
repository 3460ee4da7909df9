"""The stemma as a forest: each witness once, and where it stands from left to right."""

from itertools import pairwise

import pytest

from show.drawn_stories import NS, drawing, edge, places, story, words
from stemma.show.forest import grow
from stemma.show.stemma_svg import WIDTH
from stemma.show.svg import measure

HOURS = {"A": "2031-10-03T06:00", "B": "2031-10-03T09:00", "C": "2031-10-03T21:00", "D": "2031-10-04T08:00"}


def taken(child, parent, share, probability=0.9):
    return {
        "child": child,
        "parent": parent,
        "kind": "edited",
        "share": share,
        "probability": probability,
        "credited": False,
    }


def forest(ids, *edges):
    witnesses = [{"id": i, "siglum": i, "report": i, "name": None} for i in ids]
    return {"witnesses": witnesses, "derivations": list(edges), "origins": []}


def test_a_report_of_two_parents_hangs_under_the_stronger_and_notes_the_other():
    branches = grow(forest("abc", taken("c", "a", 0.2), taken("c", "b", 0.7)))
    assert [(b.witness["id"], b.depth) for b in branches] == [("b", 0), ("c", 1), ("a", 0)]
    assert [e["parent"] for e in branches[1].also] == ["a"]


def test_every_witness_is_drawn_once_even_when_the_derivations_close_a_circle():
    branches = grow(forest("abcd", taken("a", "b", 0.9), taken("b", "c", 0.8), taken("c", "a", 0.7), taken("d", "a", 0.5)))
    assert sorted(b.witness["id"] for b in branches) == list("abcd")


def test_a_derivation_of_a_witness_that_is_not_in_the_story_is_left_out():
    assert [b.edge for b in grow(forest("a", taken("a", "gone", 0.9)))] == [None]


def test_a_chain_of_two_thousand_copies_is_no_trouble():
    ids = [f"n{i}" for i in range(2000)]
    branches = grow(forest(ids, *(taken(b, a, 0.9) for a, b in pairwise(ids))))
    assert [b.witness["id"] for b in branches] == ids
    assert branches[-1].column < 10


def test_reports_stand_from_left_to_right_as_they_were_published():
    at = places(drawing(*story(HOURS, edge("D", "A"), edge("B", "A"))))
    assert at["A"][0] < at["B"][0] < at["C"][0] < at["D"][0]


def test_siblings_come_in_the_order_of_their_times():
    at = places(drawing(*story(HOURS, edge("D", "A", share=1), edge("C", "A", share=0.5), edge("B", "A", share=0.3))))
    assert at["A"][1] < at["B"][1] < at["C"][1] < at["D"][1]


def test_the_axis_names_each_day_and_its_zone():
    times = {"A": "2031-10-03T06:00+02:00", "B": "2031-10-04T09:00+02:00"}
    written = words(drawing(*story(times, edge("B", "A"))))
    assert written[:2] == ["3 Oct", "4 Oct"]
    assert "left to right: time of publication, 2031 (UTC+02:00)" in written
    assert "4 Oct 09:00" in written


def test_a_report_keeps_its_own_time_and_says_the_zone_where_pages_name_several():
    times = {"A": "2031-10-03T06:00+02:00", "B": "2031-10-03T23:00-04:00", "C": "2031-10-04T09:00Z", "D": "2031-10-04T10:00"}
    written = words(drawing(*story(times, edge("B", "A"))))
    assert "left to right: time of publication, 2031 (UTC)" in written
    assert {"3 Oct 06:00 +02:00", "3 Oct 23:00 -04:00", "4 Oct 09:00", "4 Oct 10:00 (no zone)"} <= set(
        "|".join(written).replace(" · ", "|").split("|")
    )


def test_reports_of_one_day_are_told_apart_by_their_hours():
    written = words(drawing(*story({"A": "2031-10-03T06:00", "B": "2031-10-03T18:30"}, edge("B", "A"))))
    assert written[:2] == ["3 Oct 06:00", "18:30"]


def test_where_dates_are_dense_the_first_and_the_last_are_named_and_no_words_overlap():
    root = drawing(*story({f"R{i}": f"2031-10-{1 + i:02}" for i in range(20)}))
    ticks = sorted((float(t.get("x")), t.text) for t in root.iterfind(".//s:text[@class='tick']", NS))
    assert ticks[0][1] == "1 Oct"
    assert ticks[-1][1] == "20 Oct"
    assert all(x + measure(label, 12) < after for (x, label), (after, _) in pairwise(ticks))


def test_one_dated_report_makes_no_axis():
    root = drawing(*story({"A": "2031-10-03", "B": None}, edge("B", "A")))
    assert not root.findall(".//s:text[@class='tick']", NS)
    assert "3 Oct 2031" in words(root)
    assert "no date" not in words(root)


def test_a_lost_source_stands_before_its_earliest_child():
    edges = [edge("A", "α"), edge("C", "α"), edge("α", "β")]
    at = places(drawing(*story(HOURS, *edges, lost="αβ")))
    assert at["β"][0] < at["α"][0] < at["A"][0] < at["C"][0]


def test_a_report_without_a_date_stands_right_of_its_parent_and_says_so():
    root = drawing(*story({**HOURS, "E": None, "F": None}, edge("E", "B")))
    at = places(root)
    assert at["B"][0] < at["E"][0]
    assert at["F"][0] <= at["A"][0]
    assert sum("no date" in w for w in words(root)) == 2


def test_a_copy_dated_before_its_source_is_shown_left_of_it_and_told():
    root = drawing(*story({"A": "2031-10-05", "B": "2031-10-03", "C": "2031-10-04"}, edge("B", "A")))
    at = places(root)
    assert at["B"][0] < at["A"][0]
    assert any("dated before its source" in w for w in words(root))


def test_a_day_without_an_hour_or_another_zone_contradicts_nothing():
    times = {"A": "2031-10-03T15:00+02:00", "B": "2031-10-03", "C": "2031-10-03T14:30Z"}
    root = drawing(*story(times, edge("B", "A"), edge("C", "A")))
    at = places(root)
    assert at["A"][0] < at["B"][0]
    assert not any("dated before" in w for w in words(root))


def test_a_gap_longer_than_all_others_is_shortened_and_marked():
    times = {"A": "2031-01-01", "B": "2031-01-02", "C": "2031-01-04", "D": "2031-09-01"}
    root = drawing(*story(times))
    at = places(root)
    assert at["C"][0] - at["A"][0] > 40
    assert any("shortened" in w for w in words(root))
    assert not any("shortened" in w for w in words(drawing(*story(HOURS))))


@pytest.mark.parametrize("published", ["yesterday", "2031-13-45", "", "0001-01-01T00:00+23:59", "9999-12-31T23:59-12:00", 7])
def test_a_time_that_is_none_breaks_no_drawing(published):
    root = drawing(*story({"A": published, "B": "2031-10-03", "C": "2031-10-04"}, edge("B", "A")))
    assert len(places(root)) == 3


@pytest.mark.parametrize("count", [3, 8, 30, 100])
def test_stories_of_any_size_stay_in_the_width_and_no_two_rows_overlap(count):
    sigla = [f"R{i}" for i in range(count)]
    times = {s: None if i % 7 == 3 else f"2031-10-{3 + i % 5:02}T{i % 24:02}:10" for i, s in enumerate(sigla)}
    kinds = ("verbatim", "edited", "rewrite", "translation")
    edges = [edge(s, "α" if i % 3 else sigla[i // 2], kinds[i % 4]) for i, s in enumerate(sigla) if i]
    edges += [edge(s, sigla[i // 3], "edited", 0.2) for i, s in enumerate(sigla) if i % 9 == 8]
    root = drawing(*story(times, *edges, lost="α"))
    heights = sorted(y for _, y in places(root).values())
    assert all(b - a >= 30 for a, b in pairwise(heights))
    for text in root.iterfind(".//s:text", NS):
        assert float(text.get("font-size")) >= 11
        assert 0 <= float(text.get("x")) <= WIDTH - measure(text.text, float(text.get("font-size")))


def test_many_plain_copies_of_one_parent_become_one_row_of_dots():
    sigla = [f"R{i}" for i in range(40)]
    times = {s: f"2031-10-03T10:{i:02}" for i, s in enumerate(sigla)}
    edges = [edge(s, "α", credited=i < 10) for i, s in enumerate(sigla[1:])] + [edge("R0", "α", "rewrite")]
    root = drawing(*story(times, *edges, lost="α"))
    assert set(places(root)) == {"α", "R0", "R1", "R11"}
    written = " ".join(words(root))
    assert "and 9 more verbatim copies" in written
    assert "and 28 more verbatim copies" in written
    rows = {n.find("s:text", NS).text: n.findall("s:circle", NS) for n in root.iterfind(".//s:g[@class='witness']", NS)}
    assert len(rows["R11"]) == 29
    assert "R39 Outlet R39: verbatim 100% from α, no credit" in root.findtext("s:desc", namespaces=NS)


def test_a_copy_with_copies_or_a_second_parent_keeps_its_row():
    sigla = [f"R{i}" for i in range(30)]
    edges = [edge(s, "α") for s in sigla] + [edge("X", "R4", "edited"), edge("R7", "R4", "edited", 0.2)]
    at = places(drawing(*story(dict.fromkeys([*sigla, "X"]), *edges, lost="α")))
    assert {"R4", "R7", "X"} <= set(at)
    assert len(at) < 10
