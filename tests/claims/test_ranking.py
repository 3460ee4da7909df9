"""Doubtful claims: members that may say two things, words that cannot be read alone; what readers judged is sure."""

from dataclasses import replace

import pytest

from claims.invented import deep, propositions_of, report
from stemma.claims.parts import Group
from stemma.claims.ranking import find_doubtful

GATE = "The harbour master of Varnholm closed the eastern gate of the port before dawn on Friday."
SHUT = "The harbour master of Varnholm shut the eastern gate of the port before dawn."
PILOTS = "The harbour master of Varnholm praised the young pilots of the ferry."


def clauses_of(*texts):
    """The first clause of each text, each of a report and a statement of its own, and all propositions."""
    found = [propositions_of(text, name) for text, name in zip(texts, "abcdef", strict=False)]
    clauses = [next(p for p in some if p.kind == "clause") for some in found]
    return [replace(p, statement=f"s{n}") for n, p in enumerate(clauses)], [p for some in found for p in some]


def is_doubtful(*texts, relation="agree", same=()):
    members, found = clauses_of(*texts)
    return find_doubtful([Group(tuple(members), relation)], found, same) == [True]


@pytest.mark.parametrize("texts", [(GATE, GATE), (GATE, SHUT), (GATE, SHUT, GATE)])
def test_a_claim_whose_members_say_the_same_is_sure(texts):
    assert not is_doubtful(*texts)


@pytest.mark.parametrize("texts", [(GATE, PILOTS), (GATE, SHUT, PILOTS), (GATE, GATE, PILOTS)])
def test_one_member_that_says_something_else_makes_a_claim_doubtful(texts):
    assert is_doubtful(*texts)


def test_what_readers_judged_to_be_the_same_is_sure():
    assert not is_doubtful(GATE, PILOTS, same=[("s1", "s0")])


@pytest.mark.parametrize("relation", ["updated", "conflict", "disputed"])
def test_what_reports_set_against_each_other_is_sure(relation):
    assert not is_doubtful(GATE, PILOTS, relation=relation)


def test_what_two_speakers_say_against_each_other_stands_on_top_though_one_report_alone_tells_it():
    both = "The council of Varnholm sold the old lighthouse on Monday."
    dispute = "The coast guard says that the oil came from the mole. Ada Holm, who runs it, says that no oil came from there."
    claims = sorted(deep(report("a", both), report("b", f"{both}\n{dispute}"))["claim"], key=lambda c: c.rank)
    assert claims[0].relation == "disputed"
    assert len(claims[0].outlets) == 1
    assert len(claims[1].outlets) == 2


def test_what_one_report_alone_says_is_sure():
    (member,), found = clauses_of(PILOTS)
    assert find_doubtful([Group((member,), "single")], found) == [False]


def test_a_claim_that_cannot_be_read_alone_is_doubtful():
    text = "The letters that the harbour master sent to the council of Varnholm were burned."
    found = [p for name in "ab" for p in propositions_of(text, name)]
    sent = tuple(p for p in found if p.head == "send")
    burned = tuple(p for p in found if p.head == "burn")
    assert len(sent) == len(burned) == 2
    assert find_doubtful([Group(sent, "agree"), Group(burned, "agree")], found) == [True, False]


def test_a_doubtful_claim_between_others_leaves_them_sure():
    members, found = clauses_of(GATE, PILOTS, SHUT)
    gate, pilots, shut = members
    groups = [Group((gate, pilots), "agree"), Group((gate, shut), "agree"), Group((pilots,), "single")]
    assert find_doubtful(groups, found) == [True, False, False]


def test_what_says_little_comes_behind_what_tells_something():
    told = "The shooting began. {} The harbour master of Varnholm closed the eastern gate of the port before dawn."
    rows = deep(
        *(report(name, told.format(own)) for name, own in (("Tagblatt", "Snow fell on the hills."), ("Kurier", "Nobody skated.")))
    )
    shared = sorted((c for c in rows["claim"] if len(c.outlets) > 1), key=lambda c: c.rank)
    assert [c.summary for c in shared][-1] == "The shooting began"
    assert "eastern gate" in shared[0].summary
