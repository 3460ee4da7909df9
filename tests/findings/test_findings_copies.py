"""What a copy does to old days, headlines, speakers and noughts; all reports are invented."""

from claims.invented import deep
from findings.flood import PROSE, copy, independent, of_kind, one_change_silences, original, words_of

LIGHT = "“The keeper lit the lamp with his own matches that night,” harbour pilot {} told reporters beside the tower."
ENGINE = "Rebels claimed that they had sunk 14 barges at Varnholm in the night attack. The navy denied the claim."
SUNK = "Rebels claimed that they had sunk 14 barges at the wharf of Varnholm."
NONE = "The navy said that no barge was lost at the wharf of Varnholm."


# stale copy


def test_an_old_report_under_a_new_date_is_a_stale_copy():
    pages = original(), copy(day="2031-10-20T09:00:00+00:00")
    (found,) = of_kind(deep(*pages), "stale copy")
    assert found.reports == ("Quay Gazette",)
    assert all("on Thursday" in words for words in words_of(found, *pages)[:1])


def test_a_copy_of_the_next_day_is_not_stale():
    one_change_silences("stale copy", (original(), copy(day="2031-10-20T09:00:00+00:00")), (original(), copy()))


def test_a_late_copy_that_says_when_it_was_first_published_is_not_stale():
    note = "This report was first published on October 3 by the Varnholm Courier."
    noted = copy(note, day="2031-10-20T09:00:00+00:00")
    one_change_silences("stale copy", (original(), copy(day="2031-10-20T09:00:00+00:00")), (original(), noted))


def test_a_late_copy_without_a_word_of_its_day_is_not_stale():
    timeless = copy(day="2031-10-20T09:00:00+00:00", prose=PROSE.replace(" on Thursday", ""))
    one_change_silences("stale copy", (original(), copy(day="2031-10-20T09:00:00+00:00")), (original(), timeless))


# headline overreach


def test_a_headline_that_states_what_the_text_gives_as_a_denied_claim_overreaches():
    pages = (original("title|Rebels sink 14 barges in night attack at Varnholm", ENGINE),)
    (found,) = of_kind(deep(*pages), "headline overreach")
    assert words_of(found, *pages)[0] == "Rebels sink 14 barges in night attack at Varnholm"


def test_a_headline_that_says_who_says_it_does_not_overreach():
    plain = original("title|Rebels sink 14 barges in night attack at Varnholm", ENGINE)
    said = original("title|Rebels say they sank 14 barges at Varnholm", ENGINE)
    one_change_silences("headline overreach", (plain,), (said,))


def test_a_headline_on_what_nobody_doubts_does_not_overreach():
    title = "title|Rebels sink 14 barges in night attack at Varnholm"
    undoubted = ENGINE.replace("claimed", "said").partition(" The navy")[0]
    one_change_silences("headline overreach", (original(title, ENGINE),), (original(title, undoubted),))


def test_a_headline_that_drops_the_may_of_every_sentence_on_its_number_overreaches():
    title = "title|Hackers have the keys of 140 boats"
    said = "The harbour office of Varnholm said that hackers {} the keys of 140 boats."
    hedged, plain = (original(title, said.format(verb)) for verb in ("may have taken", "have taken"))
    one_change_silences("headline overreach", (hedged,), (plain,))


# other speaker


def test_a_copy_that_gives_words_to_somebody_else_is_told():
    pages = original(LIGHT.format("Oda Lemmerich")), copy(LIGHT.format("Piet Harmsen"))
    (found,) = of_kind(deep(*pages), "other speaker")
    assert found.reports == ("Quay Gazette",)


def test_a_copy_that_names_the_speaker_by_his_surname_gives_the_words_to_nobody_else():
    first = original(LIGHT.format("Oda Lemmerich"))
    both = "Oda Lemmerich watched it all. " + LIGHT.format("Lemmerich")
    one_change_silences("other speaker", (first, copy(LIGHT.format("Piet Harmsen"))), (first, copy(both)))


# a nought against a number


def test_none_lost_against_some_lost_is_a_conflict_of_figures():
    (found,) = of_kind(deep(original(SUNK.replace("sunk", "destroyed")), independent(NONE)), "figure conflict")
    assert len(found.reports) == 2


def test_none_of_one_thing_does_not_stand_against_some_of_another():
    first = original(SUNK.replace("sunk", "destroyed"))
    other = "The navy said that no lighthouse was lost at the wharf of Varnholm."
    one_change_silences("figure conflict", (first, independent(NONE)), (first, independent(other)))
