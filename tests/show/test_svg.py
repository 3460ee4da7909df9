import re

from show.drawn_stories import NS, drawing, edge, story, words
from stemma.show.forest import grow
from stemma.show.svg import lanes


def strokes(root):
    """Return width and dashes of each line that is no part of the legend or the axis."""
    parts = root.find("s:g", NS)
    legend = next(i for i, p in enumerate(parts) if p.get("d", "").endswith("H332"))
    return [(float(p.get("stroke-width")), p.get("stroke-dasharray")) for p in parts[:legend] if p.get("d")]


def test_a_line_is_as_wide_as_the_share_is_great():
    root = drawing(*story(dict.fromkeys("ABC"), edge("B", "A", "edited", 1.0), edge("C", "A", "rewrite", 0.2)))
    widths = {dashes: width for width, dashes in strokes(root) if dashes}
    assert widths["7 3.5"] > widths["1 5"] > 1.2


def test_a_second_parent_is_thinner_than_the_weakest_first_one_and_named_in_words():
    edges = [edge("B", "A", "rewrite", 0.3), edge("C", "A", "edited", 0.9), edge("C", "B", "translation", 0.9, probability=0.5)]
    root = drawing(*story(dict.fromkeys("ABC"), *edges))
    widths = {dashes: width for width, dashes in strokes(root) if dashes}
    assert widths["9 3.5 1.5 3.5"] < widths["1 5"]
    assert any(w.startswith("also from B: translation 90%") for w in words(root))


def test_a_missing_credit_is_a_bar_across_the_line():
    with_credit = drawing(*story(dict.fromkeys("AB"), edge("B", "A", credited=True)))
    without = drawing(*story(dict.fromkeys("AB"), edge("B", "A")))
    bars = [[p for p in root.iterfind(".//s:path", NS) if re.search(r"v12$", p.get("d"))] for root in (with_credit, without)]
    assert [len(b) for b in bars] == [0, 2]
    assert "no credit" in words(without)
    assert "no credit" not in words(with_credit)


def test_no_two_second_parents_run_over_one_another():
    edges = [edge(s, "A") for s in "BCDEFGH"] + [edge(s, p, "edited", 0.1) for s, p in ("EB", "FC", "GD", "HB")]
    told, reports = story(dict.fromkeys("ABCDEFGH"), *edges)
    branches = grow(told, reports)
    row = {b.witness["id"]: i for i, b in enumerate(branches)}
    beside = lanes(branches)
    assert len(beside) == 4
    spans = [(lane, *sorted((row[child], row[parent]))) for (child, parent), lane in beside.items()]
    for i, (lane, top, bottom) in enumerate(spans):
        assert not any(other == lane and top <= b and t <= bottom for other, t, b in spans[i + 1 :])


def test_each_witness_tells_its_edge_and_reason_when_pointed_at():
    told, reports = story(dict.fromkeys("AB"), edge("B", "A", reason="Outlet B credits Outlet A"))
    titles = [t.text for t in drawing(told, reports).iterfind(".//s:g/s:title", NS)]
    assert "B Outlet B: verbatim 100%, no credit, probability 0.90. Outlet B credits Outlet A" in titles


def test_a_circle_of_derivations_is_drawn_without_end():
    root = drawing(*story({"A": "2031-10-03", "B": "2031-10-04"}, edge("A", "B"), edge("B", "A", share=0.5)))
    assert len(root.findall(".//s:g[@class='witness']", NS)) == 2


def test_thirty_lost_sources_keep_their_sigla_apart():
    greek = [g + mark for mark in ("", "′") for g in "αβγδεζηθικλμνξο"]
    told, reports = story(dict.fromkeys("AB"), *(edge("A", g, share=0.1) for g in greek), lost=greek)
    assert set(greek) <= set(words(drawing(told, reports)))
