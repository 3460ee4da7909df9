"""Findings of figures that need two places of the texts: counts that were raised, noughts, overtaken copies, ages."""

import pytest

from claims.invented import deep, kinds, report
from findings.flood import PROSE, QUOTED, copy, independent, of_kind, one_change_silences, original, words_of

# unit slip


@pytest.mark.parametrize("line", ["Each egg case weighs 0.4 kilograms (1 pound).", "The wall is 2 miles (3 kilometres) long."])
def test_a_conversion_that_fits_to_its_last_place_is_no_unit_slip(line):
    assert not of_kind(deep(original(line)), "unit slip")


@pytest.mark.parametrize(
    "line",
    ["The boiler had reached 140C (248F) by dawn.", "The boiler had reached 140 degrees Celsius (248 degrees Fahrenheit)."],
)
def test_a_temperature_that_does_not_fit_is_a_unit_slip(line):
    (found,) = of_kind(deep(original(line)), "unit slip")
    assert found.reports == ("Varnholm Courier",)


@pytest.mark.parametrize(
    ("slipped", "line"),
    [
        ("The sea was at 1C (55F) that night.", "The sea was at 1C (35F) that night."),
        ("Summers there are 35C (63F) warm.", "Summers there are 1.5C (2.7F) warmer than in her youth."),
        ("Row 12C (14F) was empty.", "Row 12C (14D) was empty."),
    ],
)
def test_a_rounded_temperature_and_a_difference_of_two_are_no_slip(slipped, line):
    one_change_silences("unit slip", (original(slipped),), (original(line),))


def test_a_date_that_falls_on_another_weekday_is_a_unit_slip():
    line = "The dyke was built on Tuesday, {}, and raised twice."
    one_change_silences("unit slip", (original(line.format("5 May 2021")),), (original(line.format("May 4th, 2021")),))


@pytest.mark.parametrize(("misprint", "number"), [("41,0000", "410,000"), ("1,450,00", "1,450,000"), ("41,0000", "4,10,000")])
def test_digits_that_are_grouped_as_those_of_no_number_are_a_unit_slip(misprint, number):
    line = "The board counted {} sandbags."
    one_change_silences("unit slip", (original(line.format(misprint)),), (original(line.format(number)),))


# figure updated

NEXT_DAY = "2031-10-04T15:00:00+00:00"


@pytest.mark.parametrize(
    "line",
    [
        "About 1,350 villagers were away from their homes, up from some 900 a day earlier.",
        "The county said 1,350 villagers had moved to the school, 450 more than it had announced.",
        "The number of villagers without a home rose to 1,350 from 900, the county said.",
        "The county said 1,350 villagers had moved to the school, some 450 more than it had announced.",
        "An additional 450 villagers were led out, bringing the total to 1,350 villagers, the county said.",
    ],
)
def test_a_count_that_a_report_says_was_another_before_is_an_update(line):
    pages = original("Some 900 villagers slept in the school on Thursday."), independent(line, day=NEXT_DAY)
    (found,) = of_kind(deep(*pages), "figure updated")
    assert set(found.reports) == {"Varnholm Courier", "Lund Observer"}
    assert any("900" in words for words in words_of(found, *pages))


def test_an_update_that_two_reports_give_is_told_once_and_what_was_announced_may_be_weeks_old():
    late = "The county said 1,350 villagers had moved to the school, some 450 more than it had announced."
    pages = (
        original("Some 900 villagers slept in the school on Thursday.", day="2031-10-03T06:00:00+00:00"),
        *(independent(late, name=name, day="2031-10-28T15:00:00+00:00") for name in ("Hill Post", "Amsel Weekly")),
    )
    (found,) = of_kind(deep(*pages), "figure updated")
    assert set(found.reports) == {"Varnholm Courier", "Hill Post", "Amsel Weekly"}
    assert "bring a figure up to date: 1,350, where Varnholm Courier had" in found.message


def test_a_share_compared_with_another_year_is_no_update():
    early = "The lower town holds 30 {} of the houses."
    late = "In the lower town 42 percent of the houses are let, up from 30 percent in the year before."
    counted = "Some 900 houses of the lower town are let."
    more = "In the lower town 1,350 houses are let, up from 900."
    one_change_silences(
        "figure updated",
        (original(counted), independent(more, day=NEXT_DAY)),
        (original(early.format("percent")), independent(late, day=NEXT_DAY)),
    )


def test_a_count_that_no_earlier_report_printed_is_no_update():
    late = independent("About 1,350 villagers were away from their homes, up from some 900 a day earlier.", day=NEXT_DAY)
    shown = original("Some 900 villagers slept in the school on Thursday."), late
    one_change_silences("figure updated", shown, (original("Some 70 boats were lost."), late))


def test_a_number_since_a_day_is_of_the_day_of_its_report():
    early = "By Friday the fever in Varnholm had infected 312 people in the port, the county said."
    late = "The fever in Varnholm has infected 521 people in the port since 28 September, the county said."
    pages = original(early, day="2031-10-03T18:00:00+00:00"), independent(late, day="2031-10-06T15:00:00+00:00")
    assert "figure updated" in kinds(deep(*pages))


# figure conflict


def test_a_denial_that_any_died_stands_against_the_number_that_the_other_side_gives():
    line = "Ostmark's staff said its forces killed 11 Varnholm soldiers. Varnholm denied that any soldier had died."
    assert "figure conflict" in kinds(deep(original(line), copy(line)))


# figure sharpened


CAUTIOUS = "The flood broke through after dark, killing at least 12 people, the fire brigade and the governor's office said."
RETOLD = "Twelve people have been killed in a night that nobody on this coast, not even the oldest fishermen, will forget."


def test_a_retold_number_that_the_copy_has_from_nowhere_else_is_sharpened():
    pages = original(QUOTED, CAUTIOUS), copy(QUOTED, prose=f"{RETOLD}\n{PROSE}")
    (found,) = of_kind(deep(*pages), "figure sharpened")
    assert found.reports == ("Quay Gazette",)


def test_a_retold_number_that_another_report_prints_as_exact_is_not_sharpened():
    exact = independent("In all, 12 people were killed by the flood.")
    pages = original(QUOTED, CAUTIOUS), copy(QUOTED, prose=f"{RETOLD}\n{PROSE}")
    one_change_silences("figure sharpened", pages, (*pages, exact))


# stale copy

FEW = "The flood killed three people in the lower town of Varnholm, the fire brigade said."
MANY = "The flood killed nine people in the lower town of Varnholm, the fire brigade said on Saturday."


def test_a_copy_with_a_count_that_was_overtaken_days_before_is_stale():
    late = copy(FEW, day="2031-10-06T09:00:00+00:00")
    pages = original(FEW), independent(MANY, day=NEXT_DAY), late
    (found,) = of_kind(deep(*pages), "stale copy")
    assert found.reports == ("Quay Gazette",)
    assert "2031-10-04" in found.message


@pytest.mark.parametrize(
    "pages",
    [
        (original(FEW), independent(MANY, day=NEXT_DAY), copy(FEW, day="2031-10-04T20:00:00+00:00")),
        (original(FEW), independent(MANY, day="2031-10-07T15:00:00+00:00"), copy(FEW, day="2031-10-06T09:00:00+00:00")),
        (
            original(FEW),
            independent(MANY, day=NEXT_DAY),
            copy(FEW, "This report was first published on Friday.", day="2031-10-06T09:00:00+00:00"),
        ),
    ],
    ids=["soon", "before-the-news", "says-so"],
)
def test_a_copy_that_is_soon_or_before_the_news_or_says_its_age_is_not_stale(pages):
    stale = original(FEW), independent(MANY, day=NEXT_DAY), copy(FEW, day="2031-10-06T09:00:00+00:00")
    one_change_silences("stale copy", stale, pages)


# ages


def ages(*lines):
    pages = (report(f"{name} Post", line, "2031-10-05") for name, line in zip(("Hill", "Lund", "Amsel"), lines, strict=False))
    return [f.message for f in of_kind(deep(*pages), "figure conflict")]


def test_two_ages_of_one_person_are_a_conflict_by_name_or_of_the_one_whom_reports_begin_with():
    named = ages("Oda Lemmerich, 43, keeps the sluice.", "A lorry hit 44-year-old Oda Lemmerich on the bridge.")
    assert named == ["Two ages of Oda Lemmerich: 43 (Hill Post) and 44 (Lund Post)."]
    (boy,) = ages("A four-year-old boy fell into the canal.", "Divers saved a boy, 3, from the canal.")
    assert boy.startswith("Two ages of the boy")


def test_an_age_that_a_report_corrected_is_no_conflict_but_one_that_others_still_print():
    lines = (
        "A four-year-old boy fell into the canal.",
        "A boy, 3, fell into the canal.\nUpdate: The boy was initially said to be 4 years old, but is 3.",
        "Divers saved a boy, 3, from the canal.",
    )
    pages = [report(f"{n} Post", line, "2031-10-05") for n, line in zip(("Hill", "Lund", "Amsel"), lines, strict=True)]
    rows = deep(*pages)
    assert not of_kind(rows, "figure conflict")
    (found,) = of_kind(rows, "figure updated")
    assert found.message == "Lund Post corrected the age of the boy; other reports print 3 (Amsel Post) and 4 (Hill Post)."
    assert set(found.reports) == {"Hill Post", "Lund Post", "Amsel Post"}


def test_an_age_of_another_time_or_of_a_namesake_is_no_conflict():
    assert not ages("Oda Lemmerich, 43, keeps the sluice.", "Oda Lemmerich, 40, took over the sluice in 2028.")
    assert not ages("Oda Lemmerich, 43, keeps the sluice.", "Oda Lemmerich moved with her mother to Lund at age 13.")
    assert not ages("Oda Lemmerich, 43, keeps the sluice.", "Bastien Lemmerich, 44, paints boats.")
    assert not ages("Oda Lemmerich, 43, keeps the sluice.", "Bastien Lemmerich, 44, paints boats.", "Lemmerich, 44, left.")


def test_the_number_of_another_clause_is_set_against_none():
    told = "A fire destroyed the old rope works at Sandvale, and two people were treated for smoke, the fire service said."
    joined = "Two people were treated for smoke and 120 residents of Quay Street had to leave their homes in Sandvale."
    rows = deep(report("Lund Observer", told, "2031-10-03"), report("Hill Post", joined, "2031-10-03"))
    assert {c.relation for c in rows["claim"]} == {"agree", "single"}


def test_one_number_that_somebody_denies_is_no_conflict_of_figures():
    told = original("More than 400 sailors were taken off the boats at Varnholm that night.")
    denied = "The report that more than {} sailors were taken off the boats at Varnholm that night turned out to be a hoax."
    assert "figure conflict" not in kinds(deep(told, independent(denied.format(400))))
