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
    assert "The fishermen of Varnholm, in Lund Observer" in found.message


def test_a_report_that_is_only_denied_is_nobodys_side():
    denial = report("Hill Post", NO_LEAK, DAY)
    one_change_silences(
        "disputed claim", (report("Lund Observer", LEAK, DAY), denial), (report("Lund Observer", TAKEN_BACK, DAY), denial)
    )


NO_SWAP = "The release of the sailors was no swap, Mayor Holm told reporters in Varnholm."


def test_what_one_tells_and_another_says_that_it_was_not_is_told_though_the_verbs_differ():
    freed = "The release of the sailors was part of a swap for two smugglers, the harbour police of Varnholm said."
    pages = report("Lund Observer", freed, DAY), report("Hill Post", NO_SWAP, DAY)
    (found,) = of_kind(deep(*pages), "disputed claim")
    assert {"Lund Observer", "Hill Post"} == set(found.reports)
    assert any("no swap" in words for words in words_of(found, *pages))


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


def test_not_only_denies_nothing():
    only = report("Hill Post", "The release of the sailors was not only a swap, Mayor Holm told reporters in Varnholm.", DAY)
    freed = report("Lund Observer", "The release of the sailors was a swap for two smugglers, the harbour police said.", DAY)
    assert not of_kind(deep(freed, only), "disputed claim")


def test_a_text_below_a_line_that_says_whose_it_is_is_no_uncredited_copy():
    labelled = copy(prose=f"A statement of the water board:\n{PROSE}")
    one_change_silences("uncredited copy", (original(), copy()), (original(), labelled))
    undated = copy(day=None, prose=f"A statement of the water board:\n{PROSE}")
    one_change_silences("shared text", (original(day=None), copy(day=None)), (original(day=None), undated))
