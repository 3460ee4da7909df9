"""Shared words that say that an agency was told name the source of the pages that share them."""

import pytest

from descent.tellings import INDEPENDENT, WIRE, printed
from descent.test_cited_sources import ELSE, OWN, tree
from descent.test_shared_sentences import CHOIR, MARKET

TOLD = '"We heard a long scraping noise and then the engines went quiet," Tilda Rask told Reuters at the quay.'


def pages(said):
    one = printed("a", WIRE[0], said, *OWN, *MARKET, *INDEPENDENT[3:], outlet="Quay Post")
    return one, printed("b", WIRE[0], said, *ELSE, *CHOIR, outlet="Vale Observer")


def test_two_pages_that_share_what_reuters_was_told_have_it_from_reuters():
    _, edges, origins = tree(*pages(TOLD))
    assert {parent for _, parent in edges} == {"Reuters"}
    assert "Reuters" in origins
    assert not any(e.credited for e in edges.values())


def test_a_page_has_from_the_agency_what_it_shares_however_often_it_says_so():
    again = f"{TOLD} Nobody on the upper deck saw a thing, a steward told Reuters."
    for said in (TOLD, again):
        _, edges, _ = tree(*pages(said))
        assert set(edges) == {("a", "Reuters"), ("b", "Reuters")}
        assert max(e.share for e in edges.values()) < 0.5


def test_who_told_a_newspaper_names_no_wire():
    _, edges, _ = tree(*pages(TOLD.replace("Reuters", "the Lantry Gazette")))
    assert "Reuters" not in {parent for _, parent in edges}
    assert None in {parent for _, parent in edges}


def test_what_only_one_of_them_was_told_names_no_wire():
    one, _ = pages(TOLD)
    _, other = pages("The fog lifted at noon and the choir went home.")
    _, edges, _ = tree(one, other)
    assert None in {parent for _, parent in edges}
    assert edges["a", "Reuters"].share < 0.1


def told_twice(agency="Reuters", **fields):
    again = f"Nobody on the upper deck saw a thing, a steward told {agency}."
    return printed("a", WIRE[0], TOLD.replace("Reuters", agency), *OWN, again, *MARKET, outlet="Quay Post", **fields)


def test_a_page_without_an_author_that_says_in_two_paragraphs_that_reuters_was_told_is_reuters_text():
    _, edges, _ = tree(told_twice())
    assert [(pair, e.share, e.credited) for pair, e in edges.items()] == [(("a", "Reuters"), 1.0, False)]
    assert "told" in edges["a", "Reuters"].reason


@pytest.mark.parametrize("page", [told_twice(byline=("Ann Marlow",)), told_twice("the Reuters news agency")])
def test_a_page_with_an_author_or_one_that_says_what_reuters_is_is_its_own(page):
    _, edges, _ = tree(page)
    assert all(e.share < 0.5 for e in edges.values())


def test_of_a_source_that_one_page_credits_alone_it_is_said_that_no_other_print_is_here():
    one, other = (
        printed(k, *WIRE, agency="Norrland Press", outlet=outlet) for k, outlet in (("a", "Quay Post"), ("b", "Moor Post"))
    )
    assert tree(one)[1]["a", "Norrland Press"].reason == "Quay Post credits Norrland Press; no other print of it is here"
    assert tree(one, other)[1]["a", "Norrland Press"].reason == "Quay Post credits Norrland Press"
