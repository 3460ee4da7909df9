"""What kind of text a run of words is."""

from descent.tellings import INDEPENDENT, QUOTED, WIRE, words_of
from stemma.descent.compare import compare
from stemma.descent.labels import FURNITURE, NARRATIVE, QUOTATION, STATEMENT, labels

STATED = (
    "We regret what our passengers had to endure on that night and we thank the crews of the harbour who stood by our ship.",
    "We have opened an inquiry of our own, and we will publish what it finds before the end of the summer season.",
)
NOTE = "Sign up for our morning letter and follow us on every channel for the latest from the coast of Lantry."


def kinds(*paragraphs):
    words = words_of(*paragraphs)
    return [labels(words)[words.sentences[n][0]] for n in range(len(words.sentences))]


def test_what_a_report_tells_is_narrative():
    assert set(kinds(*WIRE[:3])) == {NARRATIVE}


def test_what_stands_in_quotation_marks_is_a_quotation():
    assert kinds(QUOTED) == [QUOTATION]


def test_a_paragraph_that_speaks_of_us_inside_a_report_is_a_statement():
    assert kinds(*WIRE, STATED[0])[-1] == STATEMENT


def test_a_text_that_speaks_of_us_throughout_is_its_own_telling():
    assert set(kinds(*STATED)) == {NARRATIVE}


def test_what_follows_a_statement_read_in_full_is_the_statement():
    lead = "The company's statement in full:"
    assert kinds(*WIRE[:3], lead, "Halvorsen will refund each ticket within ten days of the accident.")[-1] == STATEMENT


def test_a_sites_standing_note_is_furniture():
    assert kinds(*WIRE[:2], NOTE)[-1] == FURNITURE


def test_a_standing_note_under_two_reports_makes_no_copy():
    found = compare(words_of(*WIRE[:3], NOTE), words_of(*INDEPENDENT[:3], NOTE))
    assert found.copied < 0.5
    assert {p.run for p in found.passages} == {"furniture"}


def test_an_offices_statement_in_two_reports_makes_no_copy():
    found = compare(words_of(*WIRE[:4], *STATED), words_of(*INDEPENDENT, *STATED))
    assert found.copied < 0.5
    assert {p.run for p in found.passages} <= {"statement", "quotation"}
