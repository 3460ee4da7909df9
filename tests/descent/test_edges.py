"""Signs of who took from whom, each with its words."""

import pytest

from descent.tellings import REWORDED, WIRE, told
from stemma.descent.compare import compare
from stemma.descent.edges import direction, first_probability


def signs(parent, child):
    return direction(parent, child, compare(parent.words, child.words))


def probability(parent, child):
    return first_probability(sum(s.weight for s in signs(parent, child)))


def test_a_credit_shows_who_was_first():
    source = told("Lantry", *WIRE)
    copy = told("Brenna", *REWORDED, credit="This article first appeared in The Lantry Gazette.")
    assert probability(source, copy) > 0.9
    (sign,) = signs(source, copy)
    assert sign.sign == "credit"
    assert "Lantry Gazette" in copy.report.text[sign.start : sign.end]


def test_the_earlier_report_is_likelier_the_source():
    early, late = told("a", *WIRE, published="2031-05-04"), told("b", *REWORDED, published="2031-05-06")
    assert probability(early, late) > 0.7
    assert probability(late, early) < 0.3


def test_a_credit_overrules_dates_that_lie():
    source = told("Lantry", *WIRE, published="2031-05-06")
    copy = told("Brenna", *WIRE, published="2031-05-04", credit="This article first appeared in The Lantry Gazette.")
    assert probability(source, copy) > 0.7


def test_that_an_agency_dated_its_page_anew_is_no_sign():
    agency = told("Reuters", *WIRE, outlet="Reuters", published="2031-05-06")
    client = told("b", *WIRE, published="2031-05-04")
    assert signs(agency, client) == signs(client, agency) == []


def test_without_signs_it_abstains():
    assert signs(told("a", *WIRE), told("b", *REWORDED)) == []
    assert first_probability(0.0) == 0.5


def test_a_signed_report_is_a_little_likelier_the_source():
    assert 0.5 < probability(told("a", *WIRE, byline=("Mira Solheim",)), told("b", *REWORDED)) < 0.7


def test_turning_the_question_round_turns_the_weight_round():
    one = told("Lantry", *WIRE, published="2031-05-04", byline=("Mira Solheim",))
    two = told("Brenna", *REWORDED, published="2031-05-05", credit="This article first appeared in The Lantry Gazette.")
    assert probability(one, two) == pytest.approx(1 - probability(two, one))
