"""Sentences that say the same in other words."""

import os
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from descent.tellings import INDEPENDENT, REWORDED, WIRE, words_of
from stemma.descent.compare import compare
from stemma.descent.rewordings import is_sentence, rewordings, same_telling, weigh
from stemma.descent.thresholds import ALIKE, KIN
from stemma.descent.words import read_words

FERRY = "The harbour office closed the channel after the Marigold lodged on a sandbank."


def pairs(a, b, least=ALIKE, told=False):
    return [(r.a, r.b) for r in rewordings(words_of(*a), words_of(*b), least, told)]


def test_a_sentence_turned_round_is_found():
    other = "After lodging on a sandbank the Marigold left the harbour office closing the channel."
    assert len(pairs([FERRY], [other])) == 1


def test_two_sentences_on_one_subject_are_no_rewording():
    assert pairs([FERRY], ["Passengers of the Marigold were given soup and blankets at the harbour."]) == []


def test_a_sentence_split_in_two_meets_both_halves():
    whole = "Investigators will examine why steering failed two months after an expensive refit at the Halvorsen yard."
    halves = "Investigators will examine why steering failed. An expensive refit at the Halvorsen yard ended two months ago."
    assert {a for a, _ in pairs([halves], [whole])} == {(0, 6), (6, 17)}


def test_sentences_in_another_order_are_found():
    first, second = REWORDED[1], REWORDED[3]
    found = pairs([WIRE[1], WIRE[4]], [second, first])
    assert len(found) == 2
    assert found[0][1] > found[1][1]


def test_what_is_quoted_does_not_count_when_only_the_telling_is_asked_for():
    a = 'Rask said: "The engines went quiet and everybody started shouting for lifejackets."'
    b = 'As Rask put it, "the engines went quiet and everybody started shouting for lifejackets".'
    assert len(pairs([a], [b])) == 1
    assert pairs([a], [b], told=True) == []


def test_a_rewording_of_quoted_words_is_marked_as_quoted():
    a, b = '"The engines went quiet and everybody shouted."', '"Everybody shouted and the engines went quiet."'
    assert [r.quoted for r in rewordings(words_of(a), words_of(b))] == [True]


def test_most_sentences_of_a_reworded_report_are_found_and_few_of_an_independent_one():
    found = {b for _, b in pairs(WIRE, REWORDED, KIN)}
    assert len(found) >= len(REWORDED) - 1
    assert len(pairs(WIRE, INDEPENDENT, ALIKE, told=True)) <= 1


def test_two_or_three_words_are_no_sentence_to_match():
    assert pairs(["Crews waited patiently."], ["Crews waited patiently."]) == []


def test_the_forms_of_a_word_meet_in_the_language_of_the_texts():
    one = "Die Behörde sperrte am Abend die alte Brücke über den Fluss."
    other = "Über den Fluss führen alte Brücken, am Abend sperrten Behörden sie."
    german, unknown = ([read_words(t, [(0, len(t))], language) for t in (one, other)] for language in ("de", None))
    assert rewordings(*german)[0].score > rewordings(*unknown, least=0.0)[0].score


def test_long_words_and_numbers_weigh_more_than_grammar():
    assert weigh("the") < weigh("tide") < weigh("harbour") == weigh("214")


@given(st.lists(st.sampled_from([*WIRE, *REWORDED]), max_size=4), st.lists(st.sampled_from(REWORDED), max_size=4))
def test_swapping_the_texts_swaps_the_sides(a, b):
    assert sorted(pairs(a, b)) == sorted((y, x) for x, y in pairs(b, a))


def test_stems_have_the_same_order_in_every_process():
    code = "from stemma.descent.rewordings import _keys; print([_keys(None)[w] for w in ('harbour', 'channel', 'ferry')])"
    seeded = [{**os.environ, "PYTHONHASHSEED": seed} for seed in ("1", "2", "3")]
    printed = [subprocess.run([sys.executable, "-c", code], env=e, capture_output=True, check=True).stdout for e in seeded]
    assert len(set(printed)) == 1


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
