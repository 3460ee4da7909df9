"""What is told as denied or false, and how it stands to what another report says."""

import pytest

from claims.invented import claim_with, deep, figure_of, propositions_of, report
from stemma.claims.relations import compare, relate

SAID = "The keeper sold three bronze bells from the old tower."


def told(text):
    """The clause about the bells, as a report tells it."""
    return next(p for p in reversed(propositions_of(text, "b")) if "bells" in p.raw and not p.figure and not p.when)


@pytest.mark.parametrize(
    "text",
    [
        "The abbot denied that the keeper sold three bronze bells from the old tower.",
        "The abbot dismissed reports that the keeper sold three bronze bells from the old tower.",
        "Claims that the keeper sold three bronze bells from the old tower are false.",
        "The story that the keeper sold three bronze bells from the old tower turned out to be a hoax.",
        "There is no evidence that the keeper sold three bronze bells from the old tower.",
        "It is not true that the keeper sold three bronze bells from the old tower.",
        "The blog falsely claimed that the keeper sold three bronze bells from the old tower.",
        "A satirical website wrote that the keeper sold three bronze bells from the old tower.",
        "The police found no truth in the rumour that the keeper sold three bronze bells from the old tower.",
    ],
)
def test_what_is_told_as_denied_or_false_is_disputed_by_who_says_it(text):
    denied = told(text)
    assert denied.denied
    assert relate(told(SAID), denied, None, None).relation == "disputed"
    assert relate(denied, denied, None, None).relation == "agree"


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        "The abbot did not deny that the keeper sold three bronze bells from the old tower.",
        "The abbot said that the keeper sold three bronze bells from the old tower.",
        "The claim that the keeper sold three bronze bells from the old tower is true.",
        "There is evidence that the keeper sold three bronze bells from the old tower.",
        "It is true that the keeper sold three bronze bells from the old tower.",
        "The abbot dismissed the keeper, who sold three bronze bells from the old tower.",
    ],
)
def test_what_is_only_said_or_not_denied_agrees(text):
    assert not told(text).denied
    assert relate(told(SAID), told(text), None, None).relation == "agree"


def test_a_denial_in_other_words_disputes_nothing():
    other = told("The abbot denied that anybody had heard the bells on the morning of the feast.")
    assert other.denied
    assert relate(told(SAID), other, None, None).relation == "agree"


def test_a_sentence_that_may_take_it_back_itself_is_set_against_no_denial():
    both = told(f"{SAID[:-1]}, a claim that the abbot rejected.")
    assert relate(both, told(f"The abbot denied that {SAID[0].lower()}{SAID[1:]}"), None, None).relation == "agree"


def test_who_denies_that_it_is_not_so_is_at_odds_with_nobody_who_says_so():
    no = told("The keeper did not sell the three bronze bells from the old tower.")
    assert relate(no, told(f"The abbot denied that {SAID[0].lower()}{SAID[1:]}"), None, None).relation == "agree"
    assert relate(no, told(SAID), None, None).relation == "conflict"


def test_a_number_that_one_report_tells_as_denied_is_disputed():
    text = "The abbot denied that the keeper sold 340 bronze bells from the old tower."
    pairs = [figure_of("The keeper sold 340 bronze bells from the old tower."), figure_of(text, "b", source="abbot")]
    (related,) = compare(pairs, [None, None])
    assert related.relation == "disputed"


def test_a_claim_that_one_report_debunks_is_disputed_and_summed_up_as_it_was_said():
    pages = [
        report("Hill Post", f"{SAID}\nThe town was quiet on the day."),
        report("Vale News", f"The abbot denied reports that {SAID[0].lower()}{SAID[1:]}\nNobody rang on the day."),
    ]
    claim = claim_with(deep(*pages), "three bronze bells", pages)
    assert claim.relation == "disputed"
    assert "denied" not in claim.summary
