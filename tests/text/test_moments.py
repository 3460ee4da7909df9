"""Moments: a day without an hour is the whole day, and no more is told apart than was printed."""

from datetime import UTC, date, datetime

import pytest

from stemma.text.moments import order, printed_day, read_moment


def test_a_day_without_an_hour_begins_at_midnight_and_ends_a_minute_before_the_next():
    moment = read_moment("2031-10-03")
    assert moment is not None
    assert (moment.begin, moment.end) == (datetime(2031, 10, 3, tzinfo=UTC), datetime(2031, 10, 3, 23, 59, tzinfo=UTC))


@pytest.mark.parametrize(
    ("printed", "end"),
    [("2032-02", datetime(2032, 2, 29, 23, 59, tzinfo=UTC)), ("2031", datetime(2031, 12, 31, 23, 59, tzinfo=UTC))],
)
def test_a_month_or_year_lasts_to_its_last_day(printed, end):
    moment = read_moment(printed)
    assert moment is not None
    assert moment.end == end
    assert moment.day is None


def test_an_exact_moment_is_one_minute_and_its_day_is_that_of_its_own_zone():
    moment = read_moment("2031-10-04T00:30:15+02:00")
    assert moment is not None
    assert moment.begin == moment.end == datetime(2031, 10, 3, 22, 30, tzinfo=UTC)
    assert moment.day == date(2031, 10, 4)


@pytest.mark.parametrize("printed", [None, "", "yesterday", "2031-13-01", "2031-02-30", 20311003, "2031-10-03T25:00"])
def test_what_is_no_date_says_nothing(printed):
    assert read_moment(printed) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2031-10-03", "2031-10-04", -1),
        ("2031-10-03", "2031-10-03T09:00", 0),
        ("2031-10-03T08:00+02:00", "2031-10-03T09:00+02:00", -1),
        ("2031-10-03T08:00+00:00", "2031-10-03T09:00Z", -1),
        ("2031-10-03T08:00", "2031-10-03T09:00Z", 0),
        ("2031-10-03T23:00-05:00", "2031-10-04T01:00Z", -1),
        ("2031-11", "2031-10-03T09:00", 1),
        ("2031", "2031-10-03", 0),
        (None, "2031-10-03", 0),
    ],
)
def test_times_are_ordered_as_exactly_as_both_are_known(one, other, expected):
    assert order(one, other) == expected
    assert order(other, one) == -expected


def test_the_printed_day_of_a_moment_is_not_moved_to_another_zone():
    assert printed_day("2031-10-03T23:30-08:00") == date(2031, 10, 3)
    assert printed_day("2031-10") is None
