"""Two texts of one sentence each."""

from descent.tellings import words_of
from stemma.descent.compare import compare
from stemma.descent.sentences import is_sentence, same_telling

ONE = words_of("The Marigold lost her steering in thick fog on Tuesday and ran onto a sandbank outside Port Lantry.")
SAME = words_of("On Tuesday the Marigold ran onto a sandbank outside Port Lantry after she lost steering in thick fog.")
OTHER = words_of("Bread prices in the old town of Velm doubled within one week, its bakers complain.")


def test_a_sentence_told_in_other_words_is_the_same_telling():
    assert same_telling(ONE, SAME) > 0.5 > same_telling(ONE, OTHER)


def test_two_items_of_one_sentence_are_compared_as_sentences():
    found = compare(ONE, SAME)
    assert found.copied >= 0.5
    assert found.passages


def test_two_or_three_words_and_a_text_of_two_sentences_are_no_sentence():
    assert not is_sentence(words_of("Fire in Velm."))
    assert not is_sentence(words_of("The tide fell that night. The crews of three ships waited."))
