"""The toll of an event: what it is called, whose it is, and which numbers of people are none of it."""

import pytest

from claims.invented import deep, figure_of, propositions_of, report
from stemma.claims.grouping import are_two_things
from stemma.claims.relations import compare, of_one_thing

DAY = "2031-05-11"
FILLER = "The ferry company runs nine boats between the islands and the mainland, and has done so since the war. " * 7


def test_a_toll_in_several_numbers_is_not_told_in_a_sentence_of_one_report():
    pages = [
        report("Tagblatt", "Fifty-eight people were killed when a ferry burned off Varnholm on Sunday.", DAY),
        report("Kurier", "A boiler that burst under the deck on Sunday killed 59 people. Divers search the wreck.", DAY),
        report("Bote", "Minister Ada Holm said she was shaken by smoke that left at least 50 dead.", DAY),
    ]
    told = [c.summary for c in deep(*pages)["claim"] if len(c.outlets) == len(pages)]
    assert told
    assert not any("shaken" in words for words in told), told


@pytest.mark.parametrize(
    ("before", "past"),
    [
        ("May 2019: A boiler burst on the ferry Anneke in Oltersund. Eighty people were injured.", True),
        ("Eighty people were injured in May 2019 by a boiler in Oltersund.", True),
        ("A boiler burst on the ferry Anneke in Oltersund. Eighty people were injured.", False),
        ("A boiler burst on the ferry Anneke in May. Eighty people were injured.", False),
        ("It was the worst fire since May 2019. The blast injured 80 people.", False),
    ],
)
def test_a_number_in_a_list_of_earlier_fires_is_none_of_the_toll(before, past):
    (now,) = [p for p in propositions_of("More than 500 people were injured in the fire.", "a", DAY) if p.figure]
    (other,) = [p for p in propositions_of(FILLER + before, "b", DAY) if p.figure and p.figure.value == 80]
    assert other.past == past
    assert are_two_things(now, other) == past


@pytest.mark.parametrize(
    ("one", "other", "parts"),
    [
        ("Hundreds of people were injured in the fire in Varnholm.", "About 100 people were injured in the fire in Varnholm.", 2),
        ("Hundreds of people were injured in the fire in Varnholm.", "About 400 people were injured in the fire in Varnholm.", 1),
        ("At least 58 people were killed in the fire in Varnholm.", "59 people were killed in the fire in Varnholm.", 1),
    ],
)
def test_numbers_that_may_be_of_two_things_are_no_one_claim(one, other, parts):
    members = (figure_of(one, "a"), figure_of(other, "b"))
    pairs = compare(members, (None, None))
    assert [p.relation for p in pairs] == ["compatible"]
    assert len(of_one_thing(members, pairs)) == parts


def test_a_number_is_not_told_in_a_sentence_that_only_one_report_prints():
    sails = "had cost 480 crowns"
    pages = [
        report("Tagblatt", f"Divers brought up the red sails of the old ferry that {sails} in the spring."),
        report("Kurier", f"Divers brought up the red sails of the old ferry, which {sails} in the spring."),
        report("Bote", f"Minister Ada Holm, who opened a bakery and praised its bread, thanked them for sails that {sails}."),
    ]
    told = [c.summary for c in deep(*pages)["claim"] if len(c.outlets) == len(pages) and "480" in c.summary]
    assert told
    assert not any("bakery" in words for words in told), told


def test_a_number_of_children_and_one_of_tourists_are_two_things():
    one, other = (
        propositions_of(f"The fire on the ferry at Varnholm killed {people} on Monday.")
        for people in ("41 people, including 10 children", "59 foreign tourists")
    )
    children, tourists = (next(u for u in us if u.figure and u.figure.value == n) for us, n in ((one, 10), (other, 59)))
    assert are_two_things(children, tourists)


def test_a_number_of_whom_somebody_speaks_is_the_reports_own():
    rows = deep(report("Tagblatt", "Ada Brook, the mayor, said that the man who killed 58 people in Varnholm had no helpers."))
    counted = {m.claim for m in rows["member"] if m.figure and m.figure.value == 58}
    assert counted
    assert [c.sources for c in rows["claim"] if c.id in counted] == [()]
