"""Traces that a translation program leaves in English."""

from descent.tellings import INDEPENDENT, WIRE
from stemma.descent.machine_translation import probability, translation_signs

CALQUED = (
    "The video sequences show the port, informs the agency, and the best military commander of the region said"
    " in a declaration that forces of the order were on the spot.",
    "In his turn, the mayor precised that the informations would be verified, as it became known this Tuesday.",
)


def test_english_that_reads_like_another_language_was_put_into_it_by_a_program():
    assert probability(translation_signs(CALQUED)) >= 0.5


def test_plain_reports_show_no_trace():
    for report in (WIRE, INDEPENDENT):
        assert probability(translation_signs(report)) < 0.2


def test_words_glued_by_lost_links_are_not_enough():
    broken = ["He met the mayor of LantryThe talks in BrennaWho knows The harbour and A boat and In the fog."] * 6
    assert probability(translation_signs(broken)) < 0.5


def test_one_habit_of_a_writer_counts_once():
    many, few = translation_signs(["It was a 5 -year plan."] * 50), translation_signs(["It was a 5 -year plan."] * 4)
    assert probability(many) == probability(few)


def test_signs_point_at_their_words():
    for sign in translation_signs(CALQUED):
        assert CALQUED[sign.paragraph][slice(*sign.span)].strip()
    assert translation_signs([]) == []
