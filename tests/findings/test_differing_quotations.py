"""One utterance in two independent reports: what is another sense, and what is how newsrooms tidy speech or translate it."""

import pytest

from claims.invented import deep, report
from findings.decided import FRENCH, MORE_FRENCH
from findings.flood import independent, kinds, of_kind, one_change_silences, original

SAID = "“{},” {} said."
LEMMERICH = "water bailiff Oda Lemmerich"
GATE = "We had to close the old gate by hand, and two of the men lost their boots in it"
OTHER = GATE.replace("two of the men", "many of the men")
SPOKEN = "Colonel Bastien Morvan said {}: “{}.”"


def pages(one, other, *more, names=(LEMMERICH, LEMMERICH), **when):
    return original(SAID.format(one, names[0]), **when), independent(SAID.format(other, names[1]), *more)


def differ(one, other):
    return "altered quotation" in kinds(deep(*pages(one, other)))


@pytest.mark.parametrize(
    ("was", "to"),
    [
        ("had to close", "had close"),
        ("lost their boots", "kept their boots"),
        ("two of the men", "three of the men"),
        ("two of the men", "the men"),
        ("the men lost", "the men never lost"),
        ("the men lost", "the men probably lost"),
    ],
)
def test_another_word_and_a_number_a_negation_and_a_doubt_that_one_leaves_out_are_another_sense(was, to):
    assert differ(GATE, GATE.replace(was, to))


@pytest.mark.parametrize(
    ("was", "to"),
    [
        ("and two", "and, you know, two"),
        ("the old gate by hand", "that old gate by hand"),
        ("two of the men", "two of our men"),
        ("close the", "shut the"),
        ("lost their boots in it", "lost their boots"),
        ("two of the men", "2 of the men"),
        ("close the old gate", "close the gate"),
        ("the men lost", "the men over there certainly lost"),
        ("close the old gate by hand", "by hand close the old gate"),
    ],
)
def test_fillers_articles_pronouns_synonyms_numerals_adverbs_order_and_cuts_are_no_other_sense(was, to):
    assert differ(GATE, OTHER)
    assert not differ(GATE, GATE.replace(was, to))


def test_another_tense_is_the_same_sense_and_so_are_will_and_going_to():
    assert not differ(
        "The gate is the worst thing that was ever built here", "The gate was the worst thing that was ever built here"
    )
    gate = "They will close that gate by hand and lose their boots in it"
    assert not differ(gate, gate.replace("will", "are going to"))


def test_a_sentence_that_one_begins_earlier_is_another_cut():
    broken = "We will miss the boats. We will miss the men who rowed them through the lower town at night"
    assert not differ(broken, "We will miss the men who rowed them through the lower town at night")


def test_the_finding_blames_neither_and_says_how_many_print_the_other_words():
    third = original(SAID.format(GATE, LEMMERICH), name="Amsel Post")
    (found,) = of_kind(deep(*pages(GATE, OTHER), third), "altered quotation")
    assert found.message.startswith("Lund Observer prints “hand, and many of the”")
    assert "and 1 more print “hand, and two of the”" in found.message
    assert (found.severity, len(found.reports)) == ("low", 2)


def test_changes_at_two_places_of_what_an_organisation_gave_out_are_two_versions_of_it():
    twice = OTHER.replace("old gate", "east gate")
    house = {"names": ("the water board", "the water board")}
    assert differ(GATE, twice)
    one_change_silences("altered quotation", pages(GATE, OTHER, **house), pages(GATE, twice, **house))


def test_two_named_speakers_and_two_occasions_are_two_utterances():
    one_change_silences(
        "altered quotation", pages(GATE, OTHER), pages(GATE, OTHER, names=(LEMMERICH, "harbour pilot Piet Harmsen"))
    )
    long = pages(GATE, OTHER.replace("old gate", "east gate"), day="2031-09-20T06:00:00+00:00")
    one_change_silences("altered quotation", pages(GATE, OTHER), long)


def test_words_that_a_report_prints_both_ways_were_said_twice():
    again = f"In the evening she said again: “Many of the men lost their boots, by hand, and two of the men lost a hat.” {GATE}"
    one_change_silences("altered quotation", pages(GATE, OTHER), pages(GATE, OTHER, again))


def test_a_masked_word_is_no_other_word():
    damned = GATE.replace("old", "damned")
    assert differ(GATE, damned)
    assert not differ(GATE, GATE.replace("old", "d****d"))


def test_who_is_named_with_another_country_may_have_been_translated():
    foreign = {"names": ("French minister Oda Lemmerich", LEMMERICH)}
    one_change_silences("altered quotation", pages(GATE, OTHER), pages(GATE, OTHER, **foreign))


def test_what_was_translated_is_told_where_the_sense_differs_and_not_of_synonyms():
    one, other = (
        "He who sent those boats will answer for the blood of our {}",
        "He who sent those ships must answer for the blood of our {}",
    )
    first = original(SPOKEN.format("in French", one.format("children")))
    apart, alike = (independent(SPOKEN.format("there", other.format(w))) for w in ("soldiers", "children"))
    (found,) = of_kind(deep(first, apart), "translation variants")
    assert "“of our soldiers” against “of our children”" in found.message
    one_change_silences("translation variants", (first, apart), (first, alike))


ASHORE = (
    "The careless towing of that barge is a heavy and shameful burden to us",
    "This careless tugging of rafts is a bitter and shameful burden to us",
)


def test_where_a_speaker_is_named_with_another_country_a_word_may_be_how_it_was_heard_and_several_are_a_translation():
    minister = "French minister Bastien Morvan"
    (found,) = of_kind(deep(*pages(*ASHORE, names=(minister, minister))), "translation variants")
    assert "“This careless tugging of rafts” against “The careless towing of that”" in found.message
    variants = pages(*ASHORE, names=(minister, minister))
    one_change_silences("translation variants", variants, pages(*ASHORE, names=("minister Bastien Morvan",) * 2))
    heard = ASHORE[0].replace("heavy", "shabby")
    one_change_silences("translation variants", variants, pages(ASHORE[0], heard, names=(minister, minister)))


def test_a_run_of_five_words_is_of_one_utterance_whenever_it_was_printed():
    saying = "We shut the old fishery for the sake of the {}."
    first = original(SPOKEN.format("in French", saying.format("coast and the herring in its bays")))
    later = independent(SAID.format(saying.format("shore and the men on its boats"), "Colonel Bastien Morvan"), day="2031-10-04")
    assert "translation variants" in kinds(deep(first, later))


def test_a_synonym_that_one_newsroom_prints_alone_is_another_word_than_those_on_which_two_others_agree():
    shut = GATE.replace("close the", "shut the")
    apart = report("Amsel Post", SAID.format(GATE, LEMMERICH), "2031-10-03T12:00:00+00:00")
    assert not differ(GATE, shut)
    (found,) = of_kind(deep(*pages(GATE, shut), apart), "altered quotation")
    assert found.message.startswith("Lund Observer prints “had to shut the old”")
    # A copy is no second witness of what was said.
    copied = original(SAID.format(GATE, LEMMERICH), name="Amsel Post")
    assert "altered quotation" not in kinds(deep(*pages(GATE, shut), copied))


def test_a_longer_translation_may_hold_a_shorter_one_and_who_prints_a_version_again_is_named():
    first, long = original(FRENCH), independent(MORE_FRENCH)
    again = report("Amsel Post", FRENCH, "2031-10-03T12:00:00+00:00")
    (found,) = of_kind(deep(first, long, again), "translation variants")
    assert set(found.reports) == {"Varnholm Courier", "Lund Observer", "Amsel Post"}
    assert found.message.startswith("2 reports that did not copy each other")
    assert "; one of these stands in " in found.message
