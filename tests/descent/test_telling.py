"""What descent knows of a report before it compares: whom it credits, with the words."""

from descent.tellings import WIRE, told
from stemma.descent.telling import plain_name, same_outlet


def credits_of(**facts):
    return told("Lantry", *WIRE, **facts).credits


def test_first_appeared_in_credits_all_of_the_words():
    (credit,) = credits_of(credit="This article first appeared in The Oskerholm Courier.")
    assert (credit.name, credit.whole) == ("The Oskerholm Courier", True)


def test_a_bare_source_link_credits_somebody_without_a_name():
    (credit,) = credits_of(credit="Source link")
    assert (credit.name, credit.whole) == (None, True)


def test_the_agency_of_the_report_is_credited_with_all_of_it():
    credits = credits_of(agency="Norrland Press")
    assert {(c.name, c.whole) for c in credits} == {("Norrland Press", True)}


def test_an_outlet_does_not_credit_itself():
    assert credits_of(outlet="Norrland Press", agency="Norrland Press") == ()


def test_a_credit_points_at_its_words():
    telling = told("Lantry", *WIRE, credit="This article first appeared in The Oskerholm Courier.")
    (credit,) = telling.credits
    assert "Oskerholm Courier" in telling.report.text[credit.start : credit.end]


def test_a_report_without_credits_has_none():
    assert credits_of() == ()


def test_credit_lines_are_no_words_of_the_body():
    assert told("a", *WIRE).words.folded == told("b", *WIRE, credit="Source link").words.folded


def test_an_outlet_is_known_by_its_address_too():
    assert same_outlet("The Harbour Post", "harbourpost.com")
    assert not same_outlet("The Harbour Post", "The Harbour Pilot")
    assert not same_outlet(None, None)
    assert plain_name("www.norrland.org") == "norrland"
