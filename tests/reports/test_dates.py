import pytest

from stemma.reports.dates import in_url, iso


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
