"""Units convert to one base for each dimension; currencies stay what they are."""

import pytest

from stemma.mentions.figures.units import is_currency, same_dimension, to_base


def test_areas_meet_in_square_kilometres():
    assert to_base(425, "mi2") == (pytest.approx(1100.7, abs=0.1), "km2")
    assert to_base(1100, "km2") == (1100, "km2")


def test_lengths_masses_and_temperatures_have_their_bases():
    assert to_base(10, "mi") == (pytest.approx(16093.44), "m")
    assert to_base(2, "t") == (2000, "kg")
    assert to_base(113, "degF") == (pytest.approx(45), "degC")


def test_currencies_and_unknown_units_are_not_converted():
    assert to_base(5, "USD") == (5, "USD")
    assert to_base(5, "widget") == (5, "widget")
    assert is_currency("EUR")
    assert not is_currency("km")


def test_only_units_of_one_dimension_compare():
    assert same_dimension("km2", "ha")
    assert same_dimension(None, None)
    assert not same_dimension("km2", "km")
    assert not same_dimension("USD", "EUR")
    assert not same_dimension("km", None)
