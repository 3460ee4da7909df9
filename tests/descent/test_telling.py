"""What descent knows of a report before it compares: whom it credits, with the words."""

from descent.tellings import WIRE, told
from stemma.descent.telling import plain_name, same_outlet, with_known_names


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


def test_a_byline_is_a_credit_once_another_report_has_the_name_in_full():
    full = told("Lantry", *WIRE, agency="Tarin News Agency")
    short = told("Brenna", *WIRE, byline=("Tarin",))
    assert credited_in(short) == []
    assert credited_in(full, short) == [("Tarin News Agency", True)]


def test_a_byline_that_holds_the_outlet_of_another_report_credits_a_part():
    theirs, ours = told("Lantry", *WIRE), told("Brenna", *WIRE, byline=("Our staff, with files from The Lantry Gazette",))
    assert credited_in(theirs, ours) == [("The Lantry Gazette", False)]


def test_letters_stand_for_the_agency_that_the_story_has_in_full():
    full = told("Lantry", *WIRE, agency="Continental News Service")
    letters = told("Brenna", *WIRE, byline=("CNS",))
    assert credited_in(letters) == [("China News Service", False)]
    assert credited_in(full, letters) == [("Continental News Service", False)]


def credited_in(*tellings):
    """The credits of the last of some tellings, once all are known."""
    return [(c.name, c.whole) for c in with_known_names(tellings)[-1].credits]


def test_letters_in_a_byline_credit_the_outlet_that_they_stand_for():
    theirs = told("Lantry", *WIRE, outlet="Baltic Sea Wire")
    ours = told("Brenna", *WIRE, byline=("BSW/Oskerholm Courier",))
    assert credited_in(theirs, ours) == [("Baltic Sea Wire", False)]


def test_an_outlet_that_signs_with_its_first_word_is_credited_by_it():
    theirs = told("Lantry", "OSKERHOLM (Tarin) - " + WIRE[0], *WIRE[1:], outlet="Tarin Finance Wire")
    ours = told("Brenna", *WIRE, "Brenna staff, Tarin")
    assert credited_in(theirs, ours) == [("Tarin Finance Wire", False)]


def test_the_continental_dispatch_signs_as_cnd_too():
    assert same_outlet("CND", "Continental Dispatch")
    assert not same_outlet("CNX", "Continental Dispatch")
    assert not same_outlet("NDT", "Continental Dispatch")


def test_a_gallery_in_a_page_is_no_part_of_its_telling_and_a_page_in_one_paragraph_is_all_of_it():
    gallery = "Photos: the ferry Lamps on the mole. Hide Caption 1 of 2 The Marigold at noon. Hide Caption 2 of 2"
    beside = told("Lantry", *WIRE, gallery)
    assert [beside.report.text[start:end] for start, end in beside.posts] == [gallery]
    assert told("Lantry", f"{' '.join(WIRE)} {gallery}").posts == ()
