"""What reports say against each other, and what they print alike without an author; all reports are invented."""

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


def test_a_text_below_a_line_that_says_whose_it_is_is_no_uncredited_copy():
    labelled = copy(prose=f"A statement of the water board:\n{PROSE}")
    one_change_silences("uncredited copy", (original(), copy()), (original(), labelled))
    undated = copy(day=None, prose=f"A statement of the water board:\n{PROSE}")
    one_change_silences("shared text", (original(day=None), copy(day=None)), (original(day=None), undated))
