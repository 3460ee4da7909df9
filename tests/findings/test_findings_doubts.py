"""Doubts that a copy or a headline leaves out, in other words than "could not verify"; all reports are invented."""

import pytest

from claims.invented import deep
from findings.flood import SAID_TOO, copy, independent, of_kind, one_change_silences, original, words_of

SAID = "Oda Lemmerich, the water bailiff, said that 340 homes had been lost in the lower town."
TUNNEL = "Fishermen said the dyke had been weakened by a smugglers' tunnel under the old gate."
TOLD = "The bailiff's office said 340 homes had been lost in the lower town."
TRIAL = "Swimmers who trained before dawn caught 12 percent fewer colds, according to a trial at the harbour clinic."


# dropped caveat


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        (SAID, "The council said it had no means of confirming that."),
        (SAID, "There was no way of checking her account."),
        (SAID, "The Courier has not seen any document that supports her account."),
        (SAID, "The figure came from a model and had not been checked against claims."),
        (SAID, "The claim that 340 homes were lost could not be verified."),
        (TUNNEL, "The Courier could not confirm that a tunnel had been dug there."),
        (TRIAL, "The results have not yet been peer reviewed."),
        ("Oda Lemmerich claimed that 340 homes had been lost.", "The Courier has seen no paper to support the bailiff's claim."),
    ],
)
def test_a_doubt_that_a_copy_leaves_out_is_told_however_it_is_worded(said, doubt):
    pages = original(said, doubt), copy(said)
    (found,) = of_kind(deep(*pages), "dropped caveat")
    assert found.reports == ("Quay Gazette",)
    assert doubt in words_of(found, *pages)


def test_a_doubt_of_another_thing_is_not_dropped_with_a_claim():
    doubt = "The Courier could not confirm that {} had been dug there."
    shown, silent = (original(TUNNEL, doubt.format(thing)) for thing in ("a tunnel", "a well"))
    one_change_silences("dropped caveat", (shown, copy(TUNNEL)), (silent, copy(TUNNEL)))


def test_a_copy_that_says_in_its_own_words_that_nothing_was_checked_dropped_nothing():
    first = original(SAID, "Her account could not be verified.")
    kept = copy(SAID, "There is no way of checking that from the quay.")
    one_change_silences("dropped caveat", (first, copy(SAID)), (first, kept))


# dropped verification


def test_a_copy_that_leaves_out_how_something_was_confirmed_is_told():
    confirmed = "A video showed water over the lower gate, and the Courier confirmed the place by comparing the towers with maps."
    pages = original(confirmed), copy("A video showed water over the lower gate.")
    (found,) = of_kind(deep(*pages), "dropped verification")
    assert found.reports == ("Quay Gazette",)


# no caveat


def test_a_report_that_sets_another_count_beside_needs_no_caveat():
    first = original(SAID, "Her figure could not be verified.")
    beside = independent(f"{TOLD} The fire brigade put it at 210.")
    one_change_silences("no caveat", (first, independent(TOLD)), (first, beside))


# headline overreach


def overreaching(title, *lines, others=()):
    return of_kind(deep(original(f"title|{title}", *lines), *others), "headline overreach")


def test_a_number_that_the_text_has_from_somebody_and_could_not_verify_is_no_fact():
    (found,) = overreaching("Flood toll in Varnholm climbs to 44", "Volunteers said the flood toll in Varnholm had risen to 44.",
                            "The Courier was not able to verify the new figure.")  # fmt: skip
    assert found.severity == "medium"


def test_a_number_that_the_text_only_supposes_is_no_fact():
    supposed = "If the clerk is right, the gap would be close to €128,000."
    asked = "The Courier asked for the books and could not verify the payments."
    assert overreaching("Bailiff pocketed €128,000 from dyke fund", supposed, asked)
    assert not overreaching("Bailiff pocketed €128,000 from dyke fund", supposed, "The dyke fund lost €128,000 last year.", asked)


def test_the_doubt_of_another_report_makes_it_a_milder_note():
    lost = "The bailiff's office said 340 homes had been lost in the lower town."
    heard = "The bailiff said that 340 homes were lost in the lower town."
    doubting = independent(heard, "The Observer could not verify the figure.")
    (found,) = overreaching("Flood destroys 340 homes in lower town", lost, others=[doubting])
    assert found.severity == "low"
    assert "Lund Observer says" in found.message
    assert not overreaching("Flood destroys 340 homes in lower town", lost)


def test_a_demand_that_the_text_has_on_somebodys_word_names_nobody_who_says_so():
    demand = "The kidnappers have demanded €450,000 for nine divers, a harbour official said."
    assert overreaching("Kidnappers demand €450,000 for nine divers", demand, "The Courier could not confirm the sum.")
    assert not overreaching("Unions demand €450,000 for nine divers", "Unions demanded €450,000 for nine divers.",
                            "The Courier could not confirm the sum.")  # fmt: skip


def test_a_word_of_caution_about_something_else_is_no_doubt_of_the_headline():
    both = (
        "The council said that Varnholm {} reopen the old dyke to lorries on July 1, and the drivers may be home in three weeks."
    )
    title = "Varnholm to reopen old dyke to lorries on July 1"
    assert overreaching(title, both.format("may"))
    assert not overreaching(title, both.format("is to"))


def test_what_a_court_hears_and_the_doubt_of_another_number_are_no_overreach():
    hall = "The bailiff took 340,000 euros from the dyke fund, prosecutors told the court. He denies it."
    assert overreaching("Bailiff took 340,000 euros from dyke fund", hall)
    assert not overreaching("Bailiff took 340,000 euros from dyke fund, court hears", hall)
    buried = "The flood in Varnholm killed at least 17 people, the bailiff's office said."
    missing = "The governor said that as many as 60 were missing, but that the number could not be confirmed."
    assert not overreaching("Flood in Varnholm kills at least 17", buried, missing)


def test_a_copy_that_says_elsewhere_who_verified_something_dropped_no_verification():
    confirmed = "A video showed water over the lower gate, and the Courier confirmed the place by comparing the towers with maps."
    plain = "A video showed water over the lower gate."
    kept = copy(plain, "The Gazette verified the film with the help of two pilots.")
    one_change_silences("dropped verification", (original(confirmed), copy(plain)), (original(confirmed), kept))


def test_a_doubt_is_about_what_it_names_and_not_about_the_rest_of_its_paragraph():
    named = "It could not be confirmed that homes were lost."
    other = "It could not be confirmed that the sluice was open."
    one_change_silences(
        "no caveat", (original(SAID, named), independent(SAID_TOO)), (original(SAID, other), independent(SAID_TOO))
    )
