"""What is left out of a clause makes it say less, and never anything else."""

import pytest

from stemma.claims.cuts import cuts, modifiers
from stemma.mentions.parse import parse


def shortest(text):
    """A sentence without all that may be left out of it."""
    doc = parse(text)
    most = max(cuts(next(doc.sents)), key=len)
    return " ".join(t.text for t in doc if t.i not in most)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The ferry, which was built in Lund, struck the quay.", "The ferry struck the quay ."),
        ("Ada Holm closed the bridge because the flood had damaged it.", "Ada Holm closed the bridge ."),
        ("On Monday, Ada Holm closed the bridge.", "Ada Holm closed the bridge ."),
        ("Ada Holm closed the bridge and left the town.", "Ada Holm closed the bridge ."),
        ("The council banned the fireworks, raising hopes for a quiet night.", "The council banned the fireworks ."),
    ],
)
def test_what_stands_beside_what_is_said_may_go(text, left):
    assert shortest(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Ada Holm will close the bridge unless the flood goes down.",
        "The bridge stays shut until the divers have seen it.",
        "The council did not close the bridge on Monday.",
        "The sailors who stole the boat were fined.",
        "The museum is based in London.",
        "The mayor called for an inquiry.",
        "Ada Holm won the first race since the harbour froze.",
        "The guards seized and searched a red ferry that sank there.",
    ],
)
def test_what_limits_what_is_said_stays(text):
    assert shortest(text).replace(" .", ".") == text


def test_nothing_is_left_out_first():
    assert next(cuts(next(parse("On Monday Ada Holm closed the bridge.").sents))) == frozenset()


def test_of_a_noun_with_the_clause_that_tells_of_it_nothing_is_left_out():
    doc = parse("The rocket stood on a historic launch pad, used by the first crew, at the centre.")
    pad = doc[4 : len(doc) - 5]
    assert pad.root.text == "pad"
    assert list(cuts(pad)) == [frozenset()]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The volatile province saw a large crowd.", "The province saw a crowd ."),
        ("The large ferry struck a wooden quay.", "The ferry struck a quay ."),
        ("The former mayor met an alleged thief.", "The former mayor met an alleged thief ."),
        ("All local trains stood still.", "All local trains stood still ."),
        ("The council found no new cracks.", "The council found no new cracks ."),
        ("The fair ended without a feared attack.", "The fair ended without a feared attack ."),
        ("She called it a “great honour” for the old town.", "She called it a “ great honour ” for the town ."),
        ("The first ferry took the longest way.", "The first ferry took the longest way ."),
    ],
)
def test_what_only_says_more_of_a_noun_may_go(text, left):
    doc = parse(text)
    gone = frozenset().union(*modifiers(next(doc.sents)))
    assert " ".join(t.text for t in doc if t.i not in gone) == left
