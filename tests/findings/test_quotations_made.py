"""Quotations that were cut, written as a house writes, made up, or given to somebody else without a copy."""

import pytest

from claims.invented import deep
from findings.flood import copy, independent, kinds, of_kind, one_change_silences, original

SAID = "“We had no warning from the county, and the sluice stood open until the morning,” said Oda Lemmerich."
REPORTED = "The sluice stood open until the morning and nobody came to close it."
LAMP = "“The keeper lit the old lamp himself on that night of the great water,” harbour pilot {} said beside the tower."


def changed(one, other):
    return "altered quotation" in kinds(deep(original(one), copy(other)))


@pytest.mark.parametrize(
    "other",
    [
        SAID.replace("the county", "county"),
        SAID.replace("the sluice stood open", "… stood open"),
        SAID.replace("and the sluice stood open", ". . . stood open"),
        SAID.replace("the sluice", "[it]"),
    ],
)
def test_an_article_or_a_marked_cut_is_no_alteration(other):
    assert changed(SAID, SAID.replace("county", "duke"))
    assert not changed(SAID, other)


def test_short_forms_are_how_a_house_writes():
    full = SAID.replace("We had no warning", "We did not have a warning")
    assert not changed(full, full.replace("did not", "didn't"))


def test_a_word_that_is_gone_was_dropped_and_became_nothing_else():
    (found,) = of_kind(deep(original(SAID), copy(SAID.replace(" from the county", ""))), "altered quotation")
    assert "“from the county” was dropped" in found.message
    assert "nothing" not in found.message


def test_words_that_the_original_prints_elsewhere_were_not_altered():
    both = original(SAID, "In the inn she said: “We had no warning from the duke, and the sluice stood open until the morning.”")
    other = copy(SAID.replace("county", "duke"))
    one_change_silences("altered quotation", (original(SAID), other), (both, other))


def test_marks_around_a_paraphrase_of_a_quotation_are_an_altered_quotation():
    made = "“Nobody in the county gave a warning, and until morning the sluice was open to the water,” said Oda Lemmerich."
    (found,) = of_kind(deep(original(SAID), copy(made)), "altered quotation")
    assert (found.reports, found.severity) == (("Quay Gazette",), "medium")
    other = "“Our boats are tarred in the autumn and the nets hang on every fence of the village,” said Oda Lemmerich."
    one_change_silences("altered quotation", (original(SAID), copy(made)), (original(SAID), copy(other)))


def test_marks_around_the_words_of_a_reporter_are_an_altered_quotation():
    made = "“The sluice stood open until the morning and nobody came to close it,” said Oda Lemmerich."
    (found,) = of_kind(deep(original(REPORTED), copy(made)), "altered quotation")
    assert "as its own telling" in found.message
    third = independent(made)
    one_change_silences("altered quotation", (original(REPORTED), copy(made)), (original(REPORTED), copy(made), third))


def test_words_so_many_that_nobody_else_said_them_have_one_speaker_without_a_copy():
    pages = original(LAMP.format("Oda Lemmerich")), independent(LAMP.format("Piet Harmsen"))
    (found,) = of_kind(deep(*pages), "other speaker")
    assert (set(found.reports), found.severity) == ({"Varnholm Courier", "Lund Observer"}, "medium")
    one_change_silences("other speaker", pages, (pages[0], independent(LAMP.format("Oda Lemmerich"))))
