from itertools import pairwise

from stemma.show.forest import grow


def edge(child, parent, share, probability=0.9):
    return {
        "child": child,
        "parent": parent,
        "kind": "edited",
        "share": share,
        "probability": probability,
        "credited": False,
    }


def story(ids, *edges):
    witnesses = [{"id": i, "siglum": i, "report": i, "name": None} for i in ids]
    return {"witnesses": witnesses, "derivations": list(edges), "origins": []}


def test_a_report_of_two_parents_hangs_under_the_stronger_and_notes_the_other():
    branches = grow(story("abc", edge("c", "a", 0.2), edge("c", "b", 0.7)))
    assert [(b.witness["id"], b.depth) for b in branches] == [("b", 0), ("c", 1), ("a", 0)]
    assert [e["parent"] for e in branches[1].also] == ["a"]


def test_every_witness_is_drawn_once_even_when_the_derivations_close_a_circle():
    branches = grow(story("abcd", edge("a", "b", 0.9), edge("b", "c", 0.8), edge("c", "a", 0.7), edge("d", "a", 0.5)))
    assert sorted(b.witness["id"] for b in branches) == list("abcd")


def test_a_derivation_of_a_witness_that_is_not_in_the_story_is_left_out():
    assert [b.edge for b in grow(story("a", edge("a", "gone", 0.9)))] == [None]


def test_a_chain_of_two_thousand_copies_is_no_trouble():
    ids = [f"n{i}" for i in range(2000)]
    branches = grow(story(ids, *(edge(b, a, 0.9) for a, b in pairwise(ids))))
    assert [b.witness["id"] for b in branches] == ids
    assert branches[-1].column < 10
