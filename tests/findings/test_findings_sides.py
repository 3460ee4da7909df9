"""What reports say against each other, and what they print alike without an author; all reports are invented."""

import pytest

from claims.invented import report
from findings.flood import PROSE, copy, deep, of_kind, one_change_silences, original, words_of

DAY = "2031-10-03"
LEAK = "The fishermen of Varnholm said that barrels had leaked from the sunken ferry into the harbour of Varnholm."
NO_LEAK = "Mayor Holm said that no barrels had leaked from the sunken ferry into the harbour of Varnholm."
TAKEN_BACK = "Mayor Holm denied reports that barrels had leaked from the sunken ferry into the harbour of Varnholm."


def test_what_one_says_and_another_denies_is_told_with_both_sides():
    pages = report("Lund Observer", LEAK, DAY), report("Hill Post", NO_LEAK, DAY)
    (found,) = of_kind(deep(*pages), "disputed claim")
    assert any("no barrels had leaked" in words for words in words_of(found, *pages))
    assert "The fishermen of Varnholm in Lund Observer: “" in found.message


def test_a_speaker_who_is_named_in_another_sentence_alone_is_not_named():
    denied = report("Hill Post", f"Mayor Holm spoke for an hour. {NO_LEAK.replace('Mayor Holm', 'He')}", DAY)
    (found,) = of_kind(deep(report("Lund Observer", LEAK, DAY), denied), "disputed claim")
    assert "Holm" not in found.message


def test_of_both_sides_in_one_report_each_is_named_where_it_speaks():
    unnamed = NO_LEAK.replace("Mayor Holm", "he")
    assert of_kind(deep(report("Lund Observer", f"{LEAK} {NO_LEAK}", DAY)), "disputed claim")
    assert not of_kind(deep(report("Lund Observer", f"{LEAK} Mayor Holm spoke for an hour. {unnamed}", DAY)), "disputed claim")


def test_a_report_that_is_only_denied_is_nobodys_side():
    denial = report("Hill Post", NO_LEAK, DAY)
    one_change_silences(
        "disputed claim", (report("Lund Observer", LEAK, DAY), denial), (report("Lund Observer", TAKEN_BACK, DAY), denial)
    )


def test_a_question_denies_nothing():
    told = report("Lund Observer", LEAK, DAY)
    asked = report("Hill Post", f"{NO_LEAK[:-1]}?", DAY)
    one_change_silences("disputed claim", (told, report("Hill Post", NO_LEAK, DAY)), (told, asked))


def test_who_it_was_not_is_no_denial_of_what_others_tell_of_them():
    told = report("Lund Observer", "The fifth keeper to leave was Oda Lemmerich of Varnholm, the harbour police said.", DAY)
    other = report("Hill Post", "This was not Oda Lemmerich of Varnholm, Mayor Holm told reporters.", DAY)
    keeper = report("Hill Post", "This was not a fifth keeper to leave Varnholm, Mayor Holm told reporters.", DAY)
    one_change_silences("disputed claim", (told, keeper), (told, other))


NO_SWAP = "The release of the sailors was no swap, Mayor Holm told reporters in Varnholm."


def test_what_one_tells_and_another_says_that_it_was_not_is_told_though_the_verbs_differ():
    freed = "The release of the sailors was part of a swap for two smugglers, the harbour police of Varnholm said."
    pages = report("Lund Observer", freed, DAY), report("Hill Post", NO_SWAP, DAY)
    (found,) = of_kind(deep(*pages), "disputed claim")
    assert {"Lund Observer", "Hill Post"} == set(found.reports)
    assert any("no swap" in words for words in words_of(found, *pages))


def test_where_neither_side_is_named_one_may_tell_what_he_once_thought():
    freed, no_swap = "The release of the sailors was part of a swap for two smugglers.", "The release of the sailors was no swap."
    named = report("Lund Observer", freed, DAY), report("Hill Post", NO_SWAP, DAY)
    one_change_silences("disputed claim", named, (named[0], report("Hill Post", no_swap, DAY)))


@pytest.mark.parametrize(
    "told",
    [
        "The release of the sailors may be part of a swap for two smugglers, the harbour police of Varnholm said.",
        "Rumours said that the release of the sailors was part of a swap for two smugglers.",
        "The ransom for the sailors was part of a swap for two smugglers, the harbour police of Varnholm said.",
    ],
)
def test_what_only_may_be_or_is_taken_back_or_is_another_thing_is_not_disputed_by_what_was_not(told):
    assert not of_kind(deep(report("Lund Observer", told, DAY), report("Hill Post", NO_SWAP, DAY)), "disputed claim")


@pytest.mark.parametrize(
    "told",
    [
        "The release of the sailors was not only a swap, Mayor Holm told reporters in Varnholm.",
        "The release of the sailors wasn't the first swap, Mayor Holm told reporters in Varnholm.",
        "Was the release of the sailors no swap?",
    ],
)
def test_a_part_that_is_denied_and_a_question_deny_nothing(told):
    only = report("Hill Post", told, DAY)
    freed = report("Lund Observer", "The release of the sailors was a swap for two smugglers, the harbour police said.", DAY)
    assert not of_kind(deep(freed, only), "disputed claim")


WHALE = "A white whale swallowed the old lamp of the lighthouse at Varnholm, the harbour pilot Oda Lemmerich said on Friday."
RETOLD = "The Lund Observer printed that a white whale had swallowed the old lamp of the lighthouse at Varnholm. "


@pytest.mark.parametrize(
    "denial",
    [
        "The story is entirely false, and the pilot does not exist.",
        "Mayor Holm denied the report.",
        "The harbour office called the story “a hoax”, and branded the tale “bogus”.",
        "There is no truth to any of it.",
        "The made-up story spread from quay to quay.",
    ],
)
def test_a_report_that_says_that_the_story_is_not_so_is_told_beside_one_that_tells_it_without_a_doubt(denial):
    pages = report("Lund Observer", WHALE, DAY), report("Hill Post", RETOLD + denial, DAY)
    (found,) = of_kind(deep(*pages), "disputed claim")
    assert set(found.reports) == {"Lund Observer", "Hill Post"}
    assert sorted(words_of(found, *pages)) == sorted([WHALE, denial])
    assert "(Lund Observer, without a word of doubt)" in found.message


@pytest.mark.parametrize(
    "denial",
    [
        "The mayor asked whether the story is false.",
        "Is the story a hoax?",
        "A false report of a fire on the herring quay had kept the town awake.",
        "Smugglers claimed the theft of the lamp, but the police disputed the claim.",
    ],
)
def test_what_is_asked_or_of_something_else_is_no_denial_of_the_story(denial):
    assert not of_kind(deep(report("Lund Observer", WHALE, DAY), report("Hill Post", RETOLD + denial, DAY)), "disputed claim")


def test_a_report_with_any_word_of_doubt_tells_nothing_against_a_denial():
    hoax = report("Hill Post", RETOLD + "The story is a hoax.", DAY)
    for doubt in ("The mayor calls it a rumour.", "Nobody has confirmed it, and it was not verified.", "Allegedly it swam on."):
        told, doubted = report("Lund Observer", WHALE, DAY), report("Lund Observer", f"{WHALE} {doubt}", DAY)
        one_change_silences("disputed claim", (told, hoax), (doubted, hoax))


def test_what_a_report_calls_false_far_down_is_not_the_story_that_it_begins_with():
    far = "\n".join(["The gulls of Varnholm sat on the pier all morning and looked at the empty sea."] * 9)
    told = report("Lund Observer", WHALE, DAY)
    late = report("Hill Post", f"{RETOLD}\n{far}\nA jeweller in Lund was out of luck. The letter is fake.", DAY)
    one_change_silences("disputed claim", (told, report("Hill Post", f"{RETOLD} The letter is fake.", DAY)), (told, late))


def test_a_text_below_a_line_that_says_whose_it_is_is_no_uncredited_copy():
    labelled = copy(prose=f"A statement of the water board:\n{PROSE}")
    one_change_silences("uncredited copy", (original(), copy()), (original(), labelled))
    undated = copy(day=None, prose=f"A statement of the water board:\n{PROSE}")
    one_change_silences("shared text", (original(day=None), copy(day=None)), (original(day=None), undated))
