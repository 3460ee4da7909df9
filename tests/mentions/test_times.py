"""Time expressions resolve against the day of the report, or stay open without one."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.mentions.parse import parse, plain_paragraphs
from stemma.mentions.times import find_report_times, find_times
from stemma.mentions.times.patterns import PATTERNS, cues_of

DAY = "2025-03-12"  # a Wednesday
UNPARSED = spacy.blank("en")


def values(text: str, published: str | None = DAY) -> dict[str, str]:
    return {text[t.start : t.end]: t.value for t in find_times(parse(text), published)}


def days(text: str, published: str | None = DAY) -> list[tuple[str | None, str | None]]:
    return [(t.begin, t.until) for t in find_times(parse(text), published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor spoke on Wednesday.", {"Wednesday": "2025-03-12"}),
        ("The mayor spoke on Thursday.", {"Thursday": "2025-03-13"}),
        ("The mayor spoke on the Thursday before the vote.", {"Thursday": "2025-03-06"}),
        ("The mayor spoke on Friday.", {"Friday": "2025-03-07"}),
        ("Sales fell in the final quarter of 2024.", {"the final quarter of 2024": "2024-Q4"}),
        ("The mayor resigned last Saturday.", {"last Saturday": "2025-03-08"}),
        ("The ferry will sail on Friday.", {"Friday": "2025-03-14"}),
        ("The dockers have called a strike for Friday.", {"Friday": "2025-03-14"}),
        ("A photograph from Monday shows nine boats.", {"Monday": "2025-03-10"}),
        ("The road is shut from Monday.", {"Monday": "2025-03-17"}),
        ("He gave the toll at six in the evening.", {"six in the evening": "2025-03-12T18:00"}),
        ("“We ran at half past four,” she said.", {"half past four": "2025-03-12T04:30"}),
        ("“It was 3 a.m. when it fell,” he said.", {"3 a.m.": "2025-03-12T03:00"}),
        ("It began at a quarter to one.", {"a quarter to one": "2025-03-12T12:45"}),
        ("They walked for 2 1/2 hours.", {"2 1/2 hours": "PT2.5H"}),
        ("Nobody will be left there by Friday.", {"Friday": "2025-03-14"}),
        ("By Friday, the miners had left.", {"Friday": "2025-03-07"}),
        ("It opened on August 6 last year.", {"August 6 last year": "2024-08-06"}),
        ("The raid took place in August.", {"August": "2024-08"}),
        ("The raid took place in August 2023.", {"August 2023": "2023-08"}),
        ("The trial will begin on April 14.", {"April 14": "2025-04-14"}),
        ("He sailed on 3 March 2024.", {"3 March 2024": "2024-03-03"}),
        ("It fell in the spring of 2022.", {"the spring of 2022": "2022-SP"}),
        ("Shelling resumed early Monday.", {"early Monday": "2025-03-10"}),
        ("She left yesterday.", {"yesterday": "2025-03-11"}),
        ("She called last night.", {"last night": "2025-03-11TNI"}),
        ("The vote was held last week.", {"last week": "2025-W10"}),
        ("The vote is due next month.", {"next month": "2025-04"}),
        ("He was born in the 1990s.", {"the 1990s": "199"}),
        ("Exports fell in the fourth quarter of last year.", {"the fourth quarter of last year": "2024-Q4"}),
        ("They held it for more than seven months.", {"more than seven months": "P7M"}),
        ("They met at the annual fair.", {"annual": "P1Y"}),
        ("The mill closed two years ago.", {"two years ago": "2023"}),
        ("The mill earns $2 million a year.", {"a year": "P1Y"}),
        ("The quake hit at 6 p.m. on Tuesday.", {"6 p.m.": "2025-03-11T18:00", "Tuesday": "2025-03-11"}),
        ("The firm said Tuesday it would close.", {"Tuesday": "2025-03-11"}),
        ("The talks resume Monday.", {"Monday": "2025-03-17"}),
        ("A hearing has been scheduled for April 3.", {"April 3": "2025-04-03"}),
        ("The judge adjourned the case until April 5.", {"April 5": "2025-04-05"}),
        ("She stays until the mayor is sworn in on January 20.", {"January 20": "2026-01-20"}),
        ("They argued until the mayor was sworn in on January 20.", {"January 20": "2025-01-20"}),
        ("Last Thursday it rained.", {"Last Thursday": "2025-03-06"}),
        (
            "It rained from 3 to 5 May 2024.",
            {"from 3 to 5 May 2024": "2024-05-03/2024-05-05", "3": "2024-05-03", "5 May 2024": "2024-05-05"},
        ),
        (
            "It rained from Monday to Friday.",
            {"from Monday to Friday": "2025-03-10/2025-03-14", "Monday": "2025-03-10", "Friday": "2025-03-14"},
        ),
        ("They train each morning.", {"each morning": "XXXX-XX-XXTMO"}),
        ("They march every summer.", {"every summer": "XXXX-SU"}),
        ("They pray on Sunday mornings.", {"Sunday mornings": "XXXX-WXX-7TMO"}),
        ("They meet twice a week.", {"twice a week": "P1W"}),
        ("It took two to three weeks.", {"two to three weeks": "P3W"}),
        ("It took 2 hours 30 minutes.", {"2 hours 30 minutes": "PT2H30M"}),
        ("It took an hour and a half.", {"an hour and a half": "PT1.5H"}),
        ("It sank in fiscal year 2023.", {"fiscal year 2023": "2023"}),
        ("It sank at 8 p.m. Saturday.", {"8 p.m. Saturday": "2025-03-08T20:00"}),
        ("It sank in the early hours of Monday.", {"the early hours of Monday": "2025-03-10TMO"}),
        ("It sank the night before.", {"the night before": "2025-03-11TNI"}),
        ("It sank two Sundays ago.", {"two Sundays ago": "2025-03-02"}),
        ("It sank in the sixties.", {"the sixties": "196"}),
        ("They met at Easter.", {"Easter": "2024-03-31"}),
        ("They will meet at Easter.", {"Easter": "2025-04-20"}),
        ("They met at Thanksgiving.", {"Thanksgiving": "2024-11-28"}),
        ("Ferries ran 60 miles an hour.", {}),
        ("The quake hit at 18:00 UTC.", {"18:00 UTC": "2025-03-12T18:00Z"}),
    ],
)
def test_expressions_are_resolved_against_the_day_of_publication(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor spoke on Wednesday.", {"Wednesday": "XXXX-WXX-3"}),
        ("It opened on August 6 last year.", {"August 6 last year": "XXXX-08-06"}),
        ("It opened last year.", {"last year": "XXXX"}),
        ("It is closed now.", {"now": "PRESENT_REF"}),
    ],
)
def test_without_a_date_of_publication_what_is_relative_stays_open(text, expected):
    assert values(text, None) == expected
    assert days(text, None) == [(None, None)]


def test_the_last_five_days_end_on_the_day_of_publication():
    assert days("They took ten farms in the last five days.") == [("2025-03-07", "2025-03-12")]


def test_the_past_week_is_seven_days():
    assert days("It worsened in the past week.") == [("2025-03-05", "2025-03-12")]


def test_a_day_earlier_counts_from_the_day_named_before_it():
    assert list(values("He met the envoy on Sunday, and the queen a day earlier.").values()) == [
        "2025-03-09",
        "2025-03-08",
    ]


def test_the_day_of_publication_is_taken_in_its_own_zone():
    assert values("She left today.", "2025-03-12T00:30:00+03:00") == {"today": "2025-03-12"}


@pytest.mark.parametrize(
    "text",
    [
        "May told parliament so.",
        "About 2000 soldiers crossed the ford.",
        "A second attack followed.",
        "The bank marked Black Monday.",
        "Her 7-year-old son survived.",
    ],
)
def test_names_counts_and_ages_are_no_times(text):
    assert values(text) == {}


def test_a_report_of_unknown_date_is_dated_by_a_line_that_is_only_a_date():
    text = "Mill burns in Orsova\nMarch 12, 2025\nThe fire began on Tuesday."
    found = find_report_times(plain_paragraphs(text), None)
    assert [(text[t.start : t.end], t.value) for t in found] == [("March 12, 2025", DAY), ("Tuesday", "2025-03-11")]


def test_that_day_leans_on_the_paragraph_before():
    text = "The dam broke on Sunday.\nThat day, forty farms were lost."
    assert [t.value for t in find_report_times(plain_paragraphs(text), DAY)] == ["2025-03-09", "2025-03-09"]


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from([
            "on", "March", "31", "30", "9999", "last", "next", "two", "years", "ago", "Friday", "the", "end", "of",
            "year", "24:00", "99", "billion", "decades", "February", "same", "month", "1", "a", "week", "earlier",
            "later", ",", "spring", "0000",
        ]),
        max_size=14,
    )
)  # fmt: skip
def test_any_words_of_time_give_spans_in_order_and_whole_days(chosen):
    text = " ".join(chosen)
    times = find_times(UNPARSED(text), "9999-12-31")
    assert all(a.end <= b.start for a, b in pairwise(times))
    assert all((t.begin is None) == (t.until is None) and (t.begin or "") <= (t.until or "") for t in times)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The fair is in the last week of this month, she says.", "2021-W35"),
        ("The fair will be held in the first week of September.", "2021-W35"),
        ("The fair is on the last Friday of this month.", "2021-08-27"),
        ("The fair will be held on the second Sunday in October.", "2021-10-10"),
        ("The rent will be due on the first day of next month.", "2021-09-01"),
        ("The rent is due on the last day of the month.", "2021-08-31"),
    ],
)
def test_a_day_or_week_is_counted_from_an_end_of_its_month(text, value):
    assert [t.value for t in find_times(parse(text), "2021-08-04")] == [value]


def test_a_weekday_in_the_present_tense_is_ahead():
    assert [t.value for t in find_times(parse("The council sits again on Friday."), "2021-08-04")] == ["2021-08-06"]


def clocks(text: str) -> dict[str, tuple[int | None, int | None, tuple[int, int] | None]]:
    return {text[t.start : t.end]: (t.clock, t.zone, t.also) for t in find_times(parse(text), DAY) if t.type == "TIME"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The crane fell at 11.36am PST.", {"11.36am PST": (696, -480, None)}),
        ("The crane fell at 0336 GMT.", {"0336 GMT": (216, 0, None)}),
        ("The vote opens at 7 p.m. ET.", {"7 p.m. ET": (1140, -240, None)}),
        ("The crane fell at 8:40 pm.", {"8:40 pm": (1240, None, None)}),
        ("He landed at 11:36 a.m. (0336 GMT).", {"11:36 a.m.": (696, 480, (216, 0)), "0336 GMT": (216, 0, None)}),
        ("He left at 1:15 p.m. EDT (1815 GMT).", {"1:15 p.m. EDT": (795, -240, (1095, 0)), "1815 GMT": (1095, 0, None)}),
        ("He landed at 1:07 p.m. (0336 GMT).", {"1:07 p.m.": (787, None, (216, 0)), "0336 GMT": (216, 0, None)}),
    ],
)
def test_a_clock_time_has_its_zone_and_the_conversion_in_brackets(text, expected):
    assert clocks(text) == expected


def test_a_conversion_in_brackets_has_the_day_of_its_own_zone():
    found = values("The quake hit at 8:40 pm local time (0040 GMT) on Tuesday.")
    assert found["8:40 pm local time"] == "2025-03-11T20:40"
    assert found["0040 GMT"] == "2025-03-12T00:40Z"


@pytest.mark.parametrize(
    ("text", "period", "value", "extent"),
    [
        ("It ran between June and August 2024.", "between June and August 2024", "2024-06/2024-08", ("2024-06-01", "2024-08-31")),
        (
            "It ran from mid-May through July 2023.",
            "from mid-May through July 2023",
            "2023-05/2023-07",
            ("2023-05-01", "2023-07-31"),
        ),
        ("It ran from November to March 2014.", "from November to March 2014", "2013-11/2014-03", ("2013-11-01", "2014-03-31")),
        ("He sailed between 2002 and 2009.", "between 2002 and 2009", "2002/2009", ("2002-01-01", "2009-12-31")),
        (
            "It ran between April 3, 2022 and May 9, 2023.",
            "between April 3, 2022 and May 9, 2023",
            "2022-04-03/2023-05-09",
            ("2022-04-03", "2023-05-09"),
        ),
    ],
)
def test_a_period_runs_from_its_first_date_to_its_last(text, period, value, extent):
    found = {text[t.start : t.end]: t for t in find_times(parse(text), DAY)}
    assert (found[period].type, found[period].value) == ("DURATION", value)
    assert (found[period].begin, found[period].until) == extent
    assert len(found) == 3, "both ends stay times of their own"


def test_two_dates_side_by_side_are_no_period():
    assert not [v for v in values("It rained in May 2023 and July 2023, and from May on.").values() if "/" in v]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met in May '16.", {"May '16": "2016-05"}),
        ("The mill shut in '98.", {"'98": "1998"}),
        ("The form was signed on 23/04/19.", {"23/04/19": "2019-04-23"}),
        ("The form was signed on 03/04/19.", {"03/04/19": "2019-XX-XX"}),
    ],
)
def test_a_year_in_two_digits_is_the_last_of_that_name(text, expected):
    assert values(text) == expected


OF_EACH_KIND = """On Monday, 3 March 2025, March 3rd and 3-Mar-2024 the quay was dredged, on the 4 and 5 May, on May 4 to 6.
The last week of May and the second Sunday in June are free, as on the 15th. 2025-03-04 is 4/3/2025 or 04.03.2025 elsewhere.
Late last May, mid-Sept. 2024 and in Oct. the ferry ran every Friday night, on Fridays, each autumn,
in the early hours of Tuesday.
Every May it rests, on weekends too. Early yesterday evening, this morning, in the afternoon, on the night of the storm it sailed.
In the small hours of late this week, at the end of the year and last weekend nobody came, unlike the same period a year ago.
In the last three days, two years ago, decades ago, a week before, the month before last and three Mondays ago they had come.
The second quarter of 2024, Q3 of fiscal 2025, the final quarter of 2023, the first half of 2022, H1 2021, FY 2020/21.
In the summer of 2019, since spring, in 1984, in ’98, 1987, 1914-18, the 1980s, the ’60s, the early sixties, the 19th century.
At 6 p.m. GMT, 18:20 local time, 1830 hours, six o’clock in the evening, at seven in the morning, half past two,
at a quarter to nine.
At noon on a day of about 14 hours, for those three weeks, between 2 and 3 months, in the year to June, for 2 hours 30 minutes.
A day-long strike, for months, in recent years, weeks after it, twice a day, every two weeks, daily, now, in the past, that day.
During the day two night-shift crews came; Christmas Eve and New Year’s Day are two days."""


def test_no_pattern_finds_anything_in_a_text_without_its_cues():
    pages = sorted(Path(__file__).parents[1].glob("stories/*/pages/*"))
    texts = [*OF_EACH_KIND.split("\n"), *(line for page in pages for line in page.read_text("utf-8", "replace").split("\n"))]
    found = [(n, text) for n, (_, _, written) in enumerate(PATTERNS) for text in texts if re.search(written[0], text, written[1])]
    assert {n for n, _ in found} == set(range(len(PATTERNS)))
    lacking = [(PATTERNS[n], text) for n, text in found if not cues_of(text).issuperset(PATTERNS[n][1].split())]
    assert lacking == []


def test_a_month_of_a_year_is_one_time():
    assert values("The lock fell in August of 1998.") == {"August of 1998": "1998-08"}
