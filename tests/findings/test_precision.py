"""What a finding needs besides likeness: one voice, one event, a doubt that is about the claim. All texts are invented."""

from dataclasses import replace

import pytest

from claims.invented import deep, kinds, report
from descent.tellings import REWORDED, WIRE
from findings.flood import PROSE, copy, independent, one_change_silences, original

SAID = "“We saw the dyke open like a door, and (Lemmerich's) men were running along the quay,” said Oda Lemmerich."


def test_what_brackets_explain_is_no_altered_quotation():
    plain = copy(SAID.replace("(Lemmerich's)", "her"))
    said = original(SAID.replace("(Lemmerich's)", "his"))
    one_change_silences("altered quotation", (said, plain), (original(SAID), plain))


def test_a_number_in_words_is_no_altered_quotation():
    one = "“There were a hundred boats on the square and nobody knew who had sent them,” said Oda Lemmerich."
    spelled, changed = (copy(one.replace("a hundred", number)) for number in ("100", "200"))
    one_change_silences("altered quotation", (original(one), changed), (original(one), spelled))


@pytest.mark.parametrize("slip", [("open", "opened"), ("a door", "the doors"), ("running", "runnning")])
def test_a_misprint_or_another_form_of_a_word_is_no_altered_quotation(slip):
    plain = SAID.replace("(Lemmerich's) ", "")
    other, slipped = plain.replace("men", "sailors"), plain.replace(*slip)
    one_change_silences("altered quotation", (original(plain), copy(other)), (original(plain), copy(slipped)))


def test_a_doubt_about_who_somebody_is_is_no_doubt_about_the_charge():
    who = "Oda Lemmerich, who has not been confirmed as the water bailiff, said that 340 homes had been lost in the lower town."
    what = "Oda Lemmerich, the water bailiff, said that 340 homes had been lost in the lower town, which has not been confirmed."
    one_change_silences("no caveat", (original(what), independent(CLAIM)), (original(who), independent(CLAIM)))


def test_a_page_that_is_dated_before_its_likeness_is_no_copy_of_it():
    first = original(SAID.replace("door", "gate"))
    late, early = (copy(SAID, day=f"2031-10-0{day}T06:00:00+00:00") for day in (4, 2))

    def of_the_copy(page):
        return {f.kind for f in deep(first, page)["finding"] if "Quay Gazette" in f.reports}

    assert of_the_copy(late) >= {"uncredited copy", "altered quotation"}
    assert not of_the_copy(early) & {"uncredited copy", "altered quotation"}


def test_a_copy_that_says_it_prints_a_release_names_its_author():
    assert "uncredited copy" in kinds(deep(original(SAID), copy(SAID)))
    released = copy(SAID, "That is what the water board's press release says.")
    assert "uncredited copy" not in kinds(deep(original(SAID), released))


def test_a_copy_that_credits_the_agency_of_its_original_is_credited():
    pages = original("byline|Tarin News Agency", SAID), copy("byline|Tarin News Agency", SAID)
    signed = [(replace(page, agency="Tarin News Agency"), blocks) for page, blocks in pages]
    one_change_silences("uncredited copy", (original(SAID), copy(SAID)), signed)


WATER = "“We did not come to haggle over water, but without water a talk on the road is worth nothing,” {} in French."
AGAIN = "“We came not to bargain about the water, but without the water talk about the road costs nothing,” {} in French."


def test_nearly_the_same_words_two_days_later_are_another_occasion():
    one, other = (words.format("said Oda Lemmerich") for words in (WATER, AGAIN))
    assert "translation variants" in kinds(deep(original(one), independent(other)))
    assert "translation variants" not in kinds(deep(original(one), independent(other, day="2031-10-05T11:00:00+00:00")))


CLAIM = "Water bailiff Oda Lemmerich told reporters on the bridge that 340 homes were lost in that part of town."
DOUBT = "The Courier could not independently verify her account."


def test_a_claim_that_is_answered_in_the_next_sentence_carries_its_caution():
    plain = original("Oda Lemmerich, the water bailiff, said that 340 homes had been lost in the lower town.", DOUBT)
    assert "no caveat" in kinds(deep(plain, independent(CLAIM)))
    assert "no caveat" not in kinds(deep(plain, independent(CLAIM + " Men who live there say that they lost none.")))


def test_a_newsroom_that_doubted_a_claim_once_may_print_it_again():
    first = original("Oda Lemmerich, the water bailiff, said that 340 homes had been lost in the lower town.", DOUBT)
    page, blocks = independent(CLAIM)
    assert "no caveat" in kinds(deep(first, (page, blocks)))
    assert "no caveat" not in kinds(deep(first, (replace(page, outlet="Varnholm Courier"), blocks)))


def test_a_copy_in_which_the_original_reports_by_a_short_name_names_its_author():
    named = copy(SAID, "The daily Varnholm reported the loss first, and the water board has said nothing of it.")
    one_change_silences("uncredited copy", (original(SAID), copy(SAID)), (original(SAID), named))


def test_a_byline_with_agencies_names_its_author_in_its_way():
    wire = original(SAID)
    signed = f"byline|Staff reporter with agencies\n{PROSE}\n{SAID}"
    assert "uncredited copy" in kinds(deep(wire, copy(SAID)))
    assert "uncredited copy" not in kinds(deep(wire, report("Quay Gazette", signed, "2031-10-04T09:00:00+00:00")))


def test_a_conversion_in_brackets_has_the_caution_of_the_figure_before_it():
    bound = "The water board put the loss at more than 30 million euros, and nobody in the lower town was surprised by it."
    converted = bound.replace("30 million euros", "33 million dollars (30 million euros)")
    assert "figure sharpened" in kinds(deep(original(bound), copy(bound.replace("more than ", ""))))
    assert "figure sharpened" not in kinds(deep(original(bound), copy(converted)))


def test_a_retelling_that_names_the_newsroom_that_was_told_names_its_author():
    first = report("Lantry Courier", "\n".join(WIRE), "2031-10-03T06:00:00+00:00")
    told = "The harbour master told the Lantry Courier that he had slept through the first hour of it."
    plain, named = ("\n".join(lines) for lines in (REWORDED, (*REWORDED, told)))
    assert "uncredited copy" in kinds(deep(first, report("Brenna Echo", plain, "2031-10-04T09:00:00+00:00")))
    assert "uncredited copy" not in kinds(deep(first, report("Brenna Echo", named, "2031-10-04T09:00:00+00:00")))
