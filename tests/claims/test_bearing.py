"""A claim is called by what its reports bear out, and who says only part of that is no report that says it."""

import pytest

from claims.invented import deep, report

ELSEWHERE = ("A choir sang in the old hall of the town on Sunday.", "Snow fell.", "Nobody skated in the park.")


def told(*texts):
    """The first claim that all of some reports carry, and how each stands to its words."""
    pages = [report(name, f"{text}\n{more}") for name, text, more in zip("abc", texts, ELSEWHERE, strict=False)]
    rows = deep(*pages)
    claim = min((c for c in rows["claim"] if len(c.outlets) == len(texts) and c.part_of is None), key=lambda c: c.rank)
    return claim, {s.report: s.stance for s in rows["stance"] if s.claim == claim.id}


CLOSED = "Mayor Ada Holm closed the northern bridge of Varnholm"


@pytest.mark.parametrize(
    ("besides", "other"),
    [
        (", blaming the rusty cables of the builder", ""),
        (" because the flood had torn its rusty cables", " for a week"),
        (" after divers had found a crack in the pillar", ""),
        (' "due to a crack in the pillar"', ""),
    ],
)
def test_what_one_report_says_besides_is_left_out(besides, other):
    claim, stances = told(f"{CLOSED}{besides}.", f"{CLOSED}{other}.")
    assert claim.summary == CLOSED
    assert set(stances.values()) == {"agrees"}


def test_who_lacks_a_name_bears_a_claim_out_in_part():
    whole = "Mayor Ada Holm closed the northern bridge of Varnholm with 30 wardens."
    claim, stances = told(whole, whole, "Mayor Bo Lind closed the northern bridge of Oster with 30 wardens.")
    assert claim.summary == whole.rstrip(".")
    assert stances == {"a": "agrees", "b": "agrees", "c": "partly"}


def test_another_verb_with_all_else_in_common_is_the_same_deed():
    _, stances = told("The mayor shut the northern bridge of Varnholm on Monday.", f"{CLOSED} on Monday.")
    assert set(stances.values()) == {"agrees"}


def test_whom_all_of_a_story_is_about_need_not_be_named_again():
    first = "Ada Holm is the mayor of Varnholm. She closed the northern bridge with heavy chains."
    _, stances = told(first, f"Snow lay on Varnholm. {CLOSED} with heavy chains.", f"{CLOSED} with heavy chains.")
    assert set(stances.values()) == {"agrees"}


def test_a_number_may_be_told_by_its_bound():
    _, stances = told(
        "Mayor Ada Holm left the bridge of Varnholm after it had struck 214 sailors.",
        "Mayor Ada Holm left the bridge of Varnholm after it had struck more than 200 sailors.",
    )
    assert set(stances.values()) == {"agrees"}


@pytest.mark.parametrize(
    ("other", "doubtful"),
    [("The ferry of Varnholm sank with 1,412 sailors.", False), ("A plaque in Oster names 1,412 sailors.", True)],
)
def test_a_claim_whose_words_no_other_report_bears_out_is_doubtful(other, doubtful):
    claim, _ = told("The ferry of Varnholm took 1,412 sailors down.", other)
    assert claim.doubtful is doubtful


def test_the_altered_words_of_one_copy_are_not_the_line_of_the_others():
    said = "“We had flame on three sides of us and ammonia in the air,” Ada Holm said."
    claim, stances = told(said, said, "“We had flames all around us and poison in the air,” Ada Holm said.")
    assert "ammonia" in claim.summary
    assert stances == {"a": "agrees", "b": "agrees", "c": "partly"}
