"""Countries: one table of the words that stand for them."""

import pytest

from stemma.text.countries import countries, country, demonyms


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("Denmark", "danish", "Danes", "Copenhagen"), "DK"),
        (("U.S.", "US", "America", "Americans", "Washington"), "US"),
        (("Türkiye", "turkiye", "Turks", "Ankara"), "TR"),
        (("North Korean", "DPRK"), "KP"),
        (("Angola", "Angolans"), "AO"),
    ],
)
def test_a_country_is_known_by_its_names_its_people_and_its_capital(words, code):
    assert {country(word) for word in words} == {code}


@pytest.mark.parametrize("word", ["Atlantis", "Kurdish", "s", ""])
def test_what_stands_for_no_country_gives_none(word):
    assert country(word) is None


def test_peoples_without_a_country_are_no_places_either():
    assert {"Kurds", "Sunni", "Ukrainian", "Kiwi"} <= demonyms()
    assert "Ukraine" not in demonyms()


def test_every_country_has_a_code_of_its_own_and_a_place_on_earth():
    known = countries()
    assert len(known) == len({c.code for c in known}) > 200
    assert all(-90 <= c.lat <= 90 and -180 <= c.lon <= 180 and c.name for c in known)


def test_no_word_stands_for_two_countries():
    found: dict[str, str] = {}
    for one in countries():
        for word in {one.name, *one.short, *one.others, *one.people, *one.capitals}:
            assert found.setdefault(word.lower(), one.code) == one.code, word
