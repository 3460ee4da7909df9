import pytest

from claims.invented import figure_of, propositions_of


@pytest.mark.parametrize(
    "text",
    [
        "Two workers lost their lives in the mill.",
        "Two people are dead after the fire in the mill.",
        "Two villagers were killed in the mill.",
        "The fire in the mill left 24 people dead.",
        "The number of people killed in the mill rose to 24.",
    ],
)
def test_people_who_died_are_counted_as_dead_whatever_the_verb(text):
    assert figure_of(text).topic == "die"


def test_a_number_is_of_the_state_that_its_own_verb_says():
    of_both = propositions_of("A cart ran into the mill, killing at least six people and wounding 120, the bailiff said.")
    assert [u.topic for u in of_both if u.figure] == ["die", "injure"]


@pytest.mark.parametrize(
    "text",
    [
        "Three people died and 24 were missing after the flood in the mill.",
        "The death toll of the flood rose to 14 and 24 people were still missing in the mill.",
        "The flood killed three people, with 24 still missing in the mill.",
    ],
)
def test_who_is_missing_beside_the_dead_is_counted_as_missing(text):
    assert [u.topic for u in propositions_of(text) if u.figure and u.figure.value == 24] == ["missing"]


def test_people_who_were_treated_are_counted_as_treated():
    assert figure_of("Forty people needed treatment for burns.").topic == "treat"


def test_things_are_counted_by_their_noun():
    assert (
        figure_of("The army entered 24 villages on the northern bank.").topic
        == figure_of("The army entered 24 settlements on the northern bank.").topic
    )


def test_an_age_is_a_figure_of_its_own_unit():
    assert [u.figure.unit for u in propositions_of("A 43-year-old baker was led out of the mill.") if u.figure] == ["year-old"]


def test_a_length_of_time_is_a_figure_with_its_bound():
    (found,) = [u.figure for u in propositions_of("The strike in the mill has gone on for more than seven months.") if u.figure]
    assert (found.value, found.unit, found.low, found.high) == (7, "month", 7, None)


@pytest.mark.parametrize(
    "text",
    [
        "The margin of error is plus or minus four percentage points.",
        "The jury heard 4. 5 hours of testimony from the miller.",
        "The mill took over the lower weir over the past year.",
    ],
)
def test_a_margin_a_torn_number_and_a_period_count_nothing(text):
    assert [u.figure for u in propositions_of(text) if u.figure] == []


@pytest.mark.parametrize("text", ["Two of the 28 had died by dawn.", "Seven of the wounded died.", "Another four were killed."])
def test_some_of_a_whole_are_a_part(text):
    assert next(u.part for u in propositions_of(text) if u.figure)
