"""The tree keeps to its evidence: more pages do not turn it, and no edge is surer than its signs."""

import pytest

from descent.tellings import INDEPENDENT, REWORDED, WIRE, printed
from stemma.descent import story_descent
from stemma.descent.edges import first_probability

CREDITED = printed("w", *WIRE, outlet="Tarin News", published="2031-05-04T09:00")
HEIRS = [
    printed(
        "a", *WIRE[:4], outlet="Harbour Post", published="2031-05-04T11:00", credit="This article first appeared in Tarin News."
    ),
    printed("b", *REWORDED, outlet="Vale Observer", published="2031-05-04T12:00"),
    printed("c", *INDEPENDENT, outlet="Lantry Gazette", published="2031-05-04T13:00"),
]


def parents(reports):
    found = story_descent("s", reports)
    return {d.child: d.parent for d in found.derivations}, found


@pytest.mark.parametrize("copies", [1, 2, 5, 12])
def test_copies_that_are_added_move_nothing_above_them(copies):
    before, _ = parents([CREDITED, *HEIRS])
    assert before == {"a": "w", "b": "w"}
    added = [printed(f"x{n:02}", *WIRE[:4], outlet=f"Page {n}", published=f"2031-05-05T{n:02}:00") for n in range(copies)]
    after, _ = parents([CREDITED, *HEIRS, *added])
    assert {child: after[child] for child in before} == before
    assert not {"w", "c"} & after.keys()


def test_an_edge_is_no_surer_than_the_signs_that_speak_against_it():
    late = printed("w", *WIRE, outlet="Tarin News", published="2031-05-09", credit="This article first appeared in Harbour Post.")
    _, found = parents([late, printed("a", *WIRE[:4], outlet="Harbour Post", published="2031-05-04"), *HEIRS[1:]])
    assert found.derivations
    for d in found.derivations:
        weight = sum(s.weight for s in found.signs if (s.child, s.parent) == (d.child, d.parent) and s.sign != "shared wording")
        assert weight >= 0 or d.probability <= first_probability(weight) + 0.01
