import pytest
from babel import Locale

from stemma.reports.dates import find_date, in_url, iso


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2031-03-11", "2031-03-11"),
        ("2031-03-11T18:40:00+01:00", "2031-03-11T18:40:00+01:00"),
        ("2031-03-11T18:40:00.123Z", "2031-03-11T18:40:00Z"),
        ("2031-03-11 18:40:00 +0100", "2031-03-11T18:40:00+01:00"),
        ("20310311", "2031-03-11"),
        ("2031-03-11T00:00:00", "2031-03-11"),
        ("Tue, 11 Mar 2031 18:40:00 +0100", "2031-03-11T18:40:00+01:00"),
        ("11 March 2031", "2031-03-11"),
        ("11 марта 2031", "2031-03-11"),
        ("2031-03-11 18:40 UTC+3", "2031-03-11T18:40+03:00"),
        ("2031-03-11 18:40 GMT-0330", "2031-03-11T18:40-03:30"),
        ("2031-03-11 2031-03-12", "2031-03-11"),
        ("2031-03-11T18:40+24:00", "2031-03-11"),
        ("２０３１-０３-１１", "2031-03-11"),
    ],
)
def test_a_date_keeps_its_exactness_and_its_zone(given, expected):
    assert iso(given) == expected


@pytest.mark.parametrize("given", [None, "", "yesterday", "2031-13-40", "0001-01-01", "04/05/2031", "{{date}}"])
def test_what_is_no_exact_date_is_none(given):
    assert iso(given) is None


def test_an_address_may_carry_a_day():
    assert in_url("https://brannoch.example/2031/03/11/pier-closed") == "2031-03-11"
    assert in_url("https://brannoch.example/articles/203103") is None


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Updated 1000 GMT March 11, 2031", "2031-03-11T10:00Z"),
        ("March 11, 2031 / 3:16 AM / a year ago", "2031-03-11T03:16"),
        ("Published: 11 Mar 2031, 07:59", "2031-03-11T07:59"),
        ("PUBLISHED: 17:33, 11 March 2031", "2031-03-11T17:33"),
        ("Updated 5:04 p.m. ET, Tue., March 11, 2031", "2031-03-11T17:04"),
        ("11 March 2031 at 10.30pm GMT", "2031-03-11T22:30Z"),
        ("Room 1999, March 11, 2031", "2031-03-11"),
    ],
)
def test_a_clock_time_stands_behind_its_day_or_in_front_of_it(line, moment):
    found = find_date(line)
    assert found
    assert found[0] == moment


@pytest.mark.parametrize("language", ["en", "de", "fr", "pt", "sv", "fi", "pl", "ru", "uk", "tr", "el", "vi", "hi"])
def test_a_month_is_known_by_each_of_its_names(language):
    for forms in Locale(language).months.values():
        found = {name: find_date(f"11 {name} 2031") for name in forms["wide"].values()}
        assert {name: hit and hit[0] for name, hit in found.items()} == {
            name: f"2031-{number:02}-11" for number, name in forms["wide"].items()
        }
