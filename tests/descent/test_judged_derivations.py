"""A person's word on who copied whom, laid over the tree of invented reports."""

import pytest

from descent.tellings import INDEPENDENT, REWORDED, WIRE, printed
from stemma import ids
from stemma.pipeline import deep_rows
from stemma.tables import Evidence, Judgement

PARTS = [
    printed("a", *WIRE, outlet="Norrland Press", published="2031-05-04T10:00"),
    printed("b", *WIRE, outlet="Lantry Post", published="2031-05-04T12:00", agency="Norrland Press"),
    printed("c", *WIRE[:5], outlet="Brenna Times", published="2031-05-05T09:00", byline=("Mira Solheim",)),
    printed("d", *INDEPENDENT[1:2], *INDEPENDENT[3:], outlet="Oskerholm Echo", published="2031-05-06T08:00"),
]


def word(verdict, child, parent, note=""):
    reports = [n for n in (child, parent) if len(n) == 1]
    said = tuple(Evidence(r, 0, 0) for r in reports)
    return Judgement(child, parent, "derivation", verdict, "Ann", "2031-06-01", note, "", said)


def told(reports, *words):
    return deep_rows("s", reports, judgements=words)


def parents(rows):
    found = {}
    for d in rows["derivation"]:
        found.setdefault(d.child, []).append(d.parent)
    return found


def lost(rows):
    return {w.id: w.name for w in rows["witness"] if w.report is None}


def edge(rows, child, parent):
    (found,) = [d for d in rows["derivation"] if (d.child, d.parent) == (child, parent)]
    return found


def test_an_accepted_edge_is_sure_and_its_first_sign_is_the_person_with_why():
    rows = told(PARTS, word("right", "c", "b", "they rang"))
    assert parents(rows)["c"] == ["b"]
    found = edge(rows, "c", "b")
    assert (found.probability, found.reason) == (1.0, "a person said so: they rang")
    assert found.share > 0.9
    (sign,) = [s for s in rows["sign"] if (s.child, s.parent, s.sign) == ("c", "b", "a person said so")]
    assert sign.end > sign.start, "the words that the two share"


def test_an_accepted_edge_moves_no_other():
    before, after = (parents(told(PARTS, *words)) for words in ((), (word("right", "c", "b"),)))
    assert before.pop("c") != after.pop("c")
    assert before == after


def test_an_accepted_edge_without_shared_wording_is_kept_with_no_share_and_says_so():
    rows = told(PARTS, word("right", "d", "a"))
    found = edge(rows, "d", "a")
    assert (found.share, found.probability) == (0.0, 1.0)
    assert "no wording was found that the two share" in found.reason
    assert "d" in {o.witness for o in rows["origin"]}, "its own words stay its own"


def test_the_weakest_edge_of_a_circle_gives_way_to_an_accepted_one():
    assert parents(told(PARTS))["b"] == ["a"]
    rows = told(PARTS, word("right", "a", "b"))
    assert edge(rows, "a", "b").probability == 1.0
    assert "a" not in parents(rows).get("b", [])


def test_of_a_circle_of_accepted_edges_all_but_one_stand_whatever_their_order():
    words = [word("right", "a", "c"), word("right", "c", "b"), word("right", "b", "a")]
    one, other = told(PARTS, *words), told(PARTS, *reversed(words))
    assert one["derivation"] == other["derivation"]
    pairs = {(d.child, d.parent) for d in one["derivation"]}
    assert len(pairs & {("a", "c"), ("c", "b"), ("b", "a")}) == 2


def test_a_rejected_edge_leaves_the_next_likely_parent_and_no_new_lost_source_above_an_agency():
    before = told(PARTS)
    (first,) = parents(before)["c"]
    rows = told(PARTS, word("wrong", "c", first))
    (second,) = parents(rows)["c"]
    assert {first, second} == {"a", "b"}
    assert "a" not in parents(rows)
    assert lost(rows) == lost(before) == {}


def test_a_report_whose_every_source_is_rejected_is_an_origin():
    rows = told(PARTS, word("wrong", "c", "a"), word("wrong", "c", "b"))
    assert "c" not in parents(rows)
    assert {"a", "c"} <= {o.witness for o in rows["origin"]}
    assert lost(rows) == {}


def test_a_report_that_is_accepted_below_a_lost_source_is_its_heir():
    prints = [*(printed(k, *WIRE, agency="Norrland Press") for k in "ab"), printed("e", *INDEPENDENT)]
    before = told(prints)
    ((key, name),) = lost(before).items()
    assert (name, "e" in parents(before)) == ("Norrland Press", False)
    rows = told(prints, word("right", "e", key))
    assert parents(rows)["e"] == [key]
    assert edge(rows, "e", key).probability == 1.0


def test_a_lost_source_that_only_two_reports_called_for_goes_when_one_is_said_to_be_the_others():
    heard = (
        "The lamps swung and somebody's dog would not stop barking at the dark water,",
        "Then a boy came round with biscuits and told us that it would be a long morning,",
    )
    pair = [printed(k, *WIRE[:3], f'{WIRE[3]} "{words}" she said.') for k, words in zip("ab", heard, strict=True)]
    before = told(pair)
    assert list(lost(before).values()) == [None]
    rows = told(pair, word("right", "b", "a"))
    assert (parents(rows), lost(rows)) == ({"b": ["a"]}, {})


@pytest.mark.parametrize("verdict", ["right", "wrong"])
def test_a_house_that_running_text_cites_is_judged_as_others_are(verdict):
    cited = "The pumps had failed twice in April and were mended with string, Reuters reported."
    reports = [printed("a", *INDEPENDENT, cited), printed("b", *REWORDED[:2])]
    key = ids.digest("lost", "named:reuters")
    assert parents(told(reports))["a"] == [key]
    rows = told(reports, word(verdict, "a", key))
    assert parents(rows).get("a") == ([key] if verdict == "right" else None)
    assert lost(rows) == ({key: "Reuters"} if verdict == "right" else {})
    assert all(d.probability == 1.0 for d in rows["derivation"] if d.parent == key)
