"""What descent knows of a report before it compares: whom it credits, with the words, and which words were given to all."""

import pytest

from descent.tellings import WIRE, printed, told
from stemma.descent import story_descent
from stemma.descent.telling import is_post, plain_name, same_outlet, with_known_names, with_public_words
from stemma.descent.words import QUOTATION, labels

POST = "So the boat is on the sand and nobody has coffee, send biscuits to the lower deck — Tilda Rask (@tildarask) May 4, 2031"
STATED = (
    "The company said in a statement that the Marigold had passed every inspection this year and that all passengers would be"
    " given their money back before the end of the month without having to ask."
)
ONE = (
    "Passengers on a stranded ferry turned to jokes on Tuesday as the tide kept them waiting off Port Lantry.",
    "Among them was a singer whose songs most of the country can hum, on her way home from a wedding in Oskerholm.",
)
OTHER = (
    "Biscuits ran out first. That, at least, is how one well-known traveller told the story of her night at sea.",
    "Her followers took up the call, and by noon a baker in Brenna had sent forty loaves to the quay.",
)


def credits_of(**facts):
    return told("Lantry", *WIRE, **facts).credits


def test_first_appeared_in_credits_all_of_the_words():
    (credit,) = credits_of(credit="This article first appeared in The Oskerholm Courier.")
    assert (credit.name, credit.whole) == ("The Oskerholm Courier", True)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("SOURCE-Lantry-", "Lantry"),
        ("Source: the Wall Street Journal", "The Wall Street Journal"),
        ("Source: Wall Street Journal, Lantry Post", "The Wall Street Journal"),
        ("This article originally appeared on Newser: Cat Rides Ferry to Oskerholm", "Newser"),
        ("This article originally appeared on News.com.au.", "News.com.au"),
    ],
)
def test_a_credit_names_a_house_and_nothing_else_that_its_line_says(line, name):
    assert {c.name for c in credits_of(credit=line)} == {name}


@pytest.mark.parametrize("line", ["Source: Reddit", "A bogus article was published on satire site Lantry Hangover."])
def test_a_forum_or_the_site_of_another_article_is_no_source(line):
    assert credits_of(credit=line) == ()


def test_a_house_that_another_report_credits_is_cited_where_a_report_gives_it_words():
    one = told("Lantry", *WIRE, credit="Source: Saltwire9")
    two = told("Oskerholm", "The hull of the Marigold was cracked in two places, according to Saltwire9.", *WIRE)
    assert [[c.name for c in t.citations] for t in with_known_names([one, two])] == [[], ["Saltwire9"]]


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
    assert not same_outlet("Channel 4 News", "Channel 5 News")
    assert not same_outlet(None, None)
    assert not same_outlet("Press Association", "The Associated Press")
    assert same_outlet("AP", "The Associated Press")
    assert same_outlet("CNN", "CNN Money")
    assert same_outlet("HuffPost Canada", "HuffPost")
    assert not same_outlet("The Nation", "The Nation Thailand")
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


def edges(*reports):
    found = story_descent("s", reports)
    return {(d.child, d.parent) for d in found.derivations}


def test_a_post_that_two_reports_embed_makes_no_copy():
    assert edges(printed("a", *ONE, POST), printed("b", *OTHER, POST)) == set()


def test_a_statement_that_two_reports_print_makes_no_copy():
    assert edges(printed("a", *ONE, STATED), printed("b", *OTHER, STATED)) == set()


def test_words_that_one_report_quotes_make_no_copy_where_another_leaves_out_the_marks():
    said = "the sea gives and the sea takes and tonight it took the breakfast and every dry blanket that was left on the ship"
    quoted, bare = f'"We learned that {said}," Rask said.', f"She learned that {said}."
    assert edges(printed("a", *ONE, quoted), printed("b", *OTHER, bare)) == set()
    assert edges(printed("a", *ONE, bare), printed("b", *OTHER, bare)) != set(), "as the two tell it themselves it is a copy"


def test_a_quotation_that_one_report_prints_in_single_marks_is_public_in_the_others():
    said = "the sea gives and the sea takes and tonight it took the breakfast of a hundred people"
    one, other = with_public_words([told("a", f"'And {said},' she said."), told("b", f"In short, {said}, she wrote home.")])
    assert labels(other.words).count(QUOTATION) == len(said.split())
    assert one.words.given


def test_a_paragraph_shows_by_itself_that_it_is_a_post():
    assert is_post(POST)
    assert is_post("Fog! pic.twitter.com/a1B2c3")
    assert is_post("@harbour are you open?")
    assert not is_post("Write to the harbour office — Jory Penhallen (port@lantry.example) answers every letter.")


def test_a_post_is_no_part_of_what_a_report_tells():
    assert told("a", *ONE, POST).words.folded == told("a", *ONE).words.folded


@pytest.mark.parametrize(("extra", "left"), [(0, 0), (1, 1)])
def test_a_post_in_a_page_of_one_line_is_its_own_sentence(extra, left):
    post = "Bread is out. Send biscuits pic.twitter.com/LANTRY. "
    told_ = " ".join(["A gull sat on every mast in the harbour."] * 12)
    line = f"{told_} {post}Nothing else of note was seen{' today' * extra}."
    assert len(line.split()) == 120 + extra
    telling = told("Lantry", line)
    assert ("gull" in telling.words.folded) == bool(left)
    assert "biscuits" not in telling.words.folded
    assert len(telling.posts) == 1


def test_a_newsroom_that_helped_with_a_signed_report_is_credited_and_not_for_all_of_it():
    line = "Additional reporting by Norrwire."
    (signed,) = told("a", *WIRE, byline=("Mira Solheim",), credit=line, agency="Norrwire").credits[-1:]
    (unsigned,) = told("a", *WIRE, credit=line, agency="Norrwire").credits[-1:]
    assert (signed.name, signed.whole) == ("Norrwire", False)
    assert unsigned.whole
