"""A body as words, with the way back to its offsets."""

from hypothesis import given
from hypothesis import strategies as st

from descent.tellings import words_of
from stemma.descent.words import body_spans, fold, line_spans, read_words, sentence_cuts


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


def test_words_of_other_roles_are_left_out():
    text = "Title here\nThe body\nA caption"
    blocks = [(0, 10, "title"), (11, 19, "paragraph"), (20, 29, "caption")]
    assert read_words(text, body_spans(blocks, ("paragraph",))).folded == ("the", "body")


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
