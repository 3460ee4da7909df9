"""Figures in the words that a reader would use."""

import pytest

from stemma.text.numbers import amount


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("more than 400", (400, None, "more")),
        ("at most $20 billion", (20e9, "USD", "most")),
        ("2.07 billion SEK", (2.07e9, "SEK")),
        ("1,234,567 km²", (1_234_567, "km2")),
        ("1 hour", (1, "hour")),
        ("2 hours", (2, "hour")),
        ("64 years old", (64, "year-old")),
        ("12–15 days", (12, "day", "range", 12, 15)),
        ("13%", (13, "percent")),
        ("hundreds of millions of dollars", (200e6, "USD", "about", 200e6, None)),
        ("thousands of miles", (2000, "mi", "about", 2000, None)),
        ("hundreds", (300, None, "about", 300, None)),
        ("about 1,000", (1000, None, "about", 850, 1000)),
    ],
)
def test_an_amount_reads_as_a_reader_would_say_it(said, figure):
    assert amount(*figure) == said
