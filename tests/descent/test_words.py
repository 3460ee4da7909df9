"""A body as words, with the way back to its offsets."""

from hypothesis import given
from hypothesis import strategies as st

from descent.tellings import INDEPENDENT, QUOTED, WIRE, words_of
from stemma.descent.compare import compare
from stemma.descent.words import (
    FURNITURE,
    NARRATIVE,
    QUOTATION,
    STATEMENT,
    labels,
    line_spans,
    read_words,
    sentence_cuts,
)
from stemma.text.normal import fold


def sentences(text):
    words = words_of(text)
    return [text[slice(*words.span(*s))] for s in words.sentences]


def quoted(text):
    words = words_of(text)
    return [w for w, q in zip(words.folded, words.quoted, strict=True) if q]


def test_a_sentence_ends_at_a_full_stop_before_a_capital():
    assert sentences("The tide fell. Crews waited! Who paid? Nobody.") == [
        "The tide fell",
        "Crews waited",
        "Who paid",
        "Nobody",
    ]


def test_initials_and_titles_end_no_sentence():
    assert len(sentences("Dr. Rask met J. Penhallen at St. Oda. They talked.")) == 2


def test_a_number_with_a_point_ends_no_sentence():
    assert sentence_cuts("It rose by 3.5 metres in an hour") == []


def test_a_sentence_may_start_with_a_quotation_mark():
    assert len(sentences("The ship stopped. “We waited,” she said.")) == 2


def test_a_sentence_stays_inside_its_paragraph():
    assert len(words_of("A list of ships", "and their captains").sentences) == 2


def test_words_inside_marks_are_quoted_and_the_rest_is_not():
    assert quoted('He said "the sea was calm" and left.') == ["the", "sea", "was", "calm"]
    assert quoted("He said “the sea” and «das Meer» and left.") == ["the", "sea", "das", "meer"]
    assert quoted("Er sagte „das Meer“ und ging.") == ["das", "meer"]


def test_a_mark_that_is_never_closed_quotes_to_the_end_of_its_paragraph():
    words = words_of("He said: “The sea was", "calm that night")
    assert [w for w, q in zip(words.folded, words.quoted, strict=True) if q] == ["the", "sea", "was"]


def test_an_apostrophe_is_no_quotation_mark():
    assert quoted("The ship's crew didn't see the captain's light.") == []


def test_quotations_are_runs_inside_one_paragraph():
    words = words_of("“One two three", "“four five” six")
    assert words.quotations() == [(0, 3), (3, 5)]


def test_accents_and_case_make_no_difference():
    assert fold("Élodie") == fold("elodie") == "elodie"
    assert fold("ÅNGSTRÖM") == "angstrom"


def test_an_empty_text_has_no_words():
    assert read_words("", line_spans("")).folded == ()
    assert line_spans("\n  \n\n") == []


@given(st.text(st.sampled_from("aÉß ..,!?\"“”«»'\n1Ωж"), max_size=80))
def test_every_word_leads_back_to_its_letters(text):
    words = read_words(text, line_spans(text))
    counts = {len(t) for t in (words.folded, words.starts, words.ends, words.paragraph, words.quoted)}
    assert len(counts) == 1
    for n, folded in enumerate(words.folded):
        assert fold(text[slice(*words.span(n, n + 1))]) == folded
    assert [k for s in words.sentences for k in range(*s)] == list(range(len(words.folded)))


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
