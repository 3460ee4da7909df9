"""Posts, public statements and quotations are anybody's to print."""

from descent.tellings import printed, told
from stemma.descent import story_descent
from stemma.descent.public_words import with_public_words
from stemma.descent.telling import is_post
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
