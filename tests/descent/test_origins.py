"""Who has wording of its own, and how many independent origins that makes."""

from dataclasses import replace

from descent.tellings import INDEPENDENT, WIRE, told
from stemma.descent.compare import Comparison, Passage
from stemma.descent.comparisons import compare_all
from stemma.descent.edges import Edge, Lost
from stemma.descent.origins import count, inheritances, origins, own_shares
from stemma.descent.stemma import grow


def edge(child, parent, kind="verbatim", share=1.0, probability=0.9):
    return Edge(child, parent, kind, share, False, probability, "because", ())


def counted(*reports):
    tellings = [told(str(n), *p) if isinstance(p, tuple) else told(str(n), *p["body"], **p["facts"]) for n, p in
                enumerate(reports)]  # fmt: skip
    pairs = compare_all(tellings)
    edges, lost = grow(tellings, pairs)
    own = own_shares(tellings, edges, pairs)
    return origins(tellings, edges, lost, own), count(tellings, edges, lost, pairs, own)


def test_two_reporters_are_two_origins():
    assert counted(WIRE, INDEPENDENT) == ([0, 1], (2, 2, 2))


def test_five_prints_of_one_report_are_one_origin():
    found, (low, best, _) = counted(*[WIRE] * 5)
    assert (len(found), low, best) == (1, 1, 1)


def test_copies_that_cannot_be_ordered_are_one_origin_whoever_was_first():
    assert counted(WIRE, WIRE)[1] == (1, 1, 1)


def test_a_page_that_is_nearly_a_third_its_own_leaves_the_count_open():
    low, best, high = counted(
        {"body": WIRE, "facts": {"published": "2031-05-04"}},
        {"body": (*WIRE, INDEPENDENT[1], INDEPENDENT[3]), "facts": {"published": "2031-05-05"}},
    )[1]
    assert (low, best, high) == (1, 1, 2)


def test_a_page_that_is_part_copy_and_part_its_own_is_an_origin_too():
    found, (_, best, _) = counted(
        {"body": WIRE, "facts": {"published": "2031-05-04"}},
        {"body": (*WIRE[:3], *INDEPENDENT), "facts": {"published": "2031-05-05"}},
    )
    assert found == [0, 1]
    assert best == 2


def test_a_named_source_that_is_absent_is_the_origin_and_its_reprints_are_none():
    reprint = {"body": WIRE, "facts": {"agency": "Norrland Press"}}
    found, (_, best, _) = counted(reprint, reprint, INDEPENDENT)
    assert found == ["named:norrlandpress", 2]
    assert best == 2


def test_a_source_that_nobody_names_may_be_the_page_of_which_it_is_a_part():
    tellings = [told("0", *WIRE), told("1", *INDEPENDENT)]
    edges, lost = [edge(0, "shared:0", share=0.2), edge(1, "shared:0", share=0.8)], [Lost("shared:0", None, (0, 1))]
    assert count(tellings, edges, lost, {}, {0: 0.8, 1: 0.0})[1] == 1
    assert count(tellings, edges, [replace(lost[0], name="Norrwire")], {}, {0: 0.8, 1: 0.0})[1] == 2, "an agency wrote it"


def test_one_report_is_one_origin():
    assert counted(WIRE) == ([0], (1, 1, 1))


def test_a_share_shrinks_along_the_path_and_the_looser_kind_counts():
    edges = [edge(1, 0, "verbatim", 0.8), edge(2, 1, "rewrite", 0.5, 0.5)]
    first, second = inheritances(edges, [0])
    assert (first.report, first.kind, first.share) == (1, "verbatim", 0.8)
    assert (second.report, second.kind, second.share, second.probability) == (2, "rewrite", 0.4, 0.45)


def test_of_two_paths_the_one_that_brings_more_counts():
    edges = [edge(1, 0, share=0.9), edge(2, 1, share=0.9), edge(2, 0, share=0.2)]
    assert [d.share for d in inheritances(edges, [0])] == [0.9, 0.81]


def test_a_witness_that_nobody_copied_has_no_descendants():
    assert inheritances([edge(1, 0)], [1]) == []


def test_of_two_paths_that_bring_as_much_the_likelier_counts():
    edges = [edge(1, 0, probability=0.4), edge(2, 1), edge(3, 0, probability=0.8), edge(2, 3)]
    assert {i.report: i.probability for i in inheritances(edges, [0])} == {1: 0.4, 2: 0.72, 3: 0.8}


def test_a_tree_with_more_paths_than_could_ever_be_walked_is_no_matter():
    edges = [edge(n + 1, n, share=s) for n in range(200) for s in (1.0, 0.5)]
    assert [i.share for i in inheritances(edges, [0])] == [1.0] * 200


def test_what_a_report_has_of_a_house_for_one_sentence_goes_on_to_those_alone_that_share_the_sentence():
    shared = Comparison((Passage((0, 20), (5, 25), "verbatim", 1.0, quoted=False),), "verbatim", 0.2, 0.2, 0.2, 0.2, 0.9, "")
    edges = [replace(edge(0, "named:x", share=0.1), spans=((10, 20),)), edge(1, 0, share=0.5)]
    assert [i.report for i in inheritances(edges, ["named:x"], {(0, 1): shared})] == [0, 1]
    elsewhere = [replace(edges[0], spans=((40, 50),)), edges[1]]
    assert [i.report for i in inheritances(elsewhere, ["named:x"], {(0, 1): shared})] == [0]
