"""Each number that decides in this room is moved, and what is read changes with it."""

import pytest

from stemma.mentions import thresholds
from stemma.mentions.figures import find_figures
from stemma.mentions.parse import forget, parse, plain_paragraphs
from stemma.mentions.places import find_places
from stemma.mentions.times import find_times

FIGURES = [
    ("LAST_DIGIT", 0.3, "About 400 miners left."),
    ("LEAST_ABOUT", 0.07, "About 437 miners left."),
    ("MOST_ABOUT", 0.2, "About 100 miners left."),
    ("ABOUT_SHARE", 3.0, "A third of the miners left."),
    ("ABOUT_SMALL_SHARE", 0.3, "One in 20 miners left."),
    ("NEARLY_DOZENS", 0.6, "Nearly dozens of miners left."),
    ("CONVERSION", 0.04, "They mapped 1,100 sq km (400 square miles) of marsh."),
    ("WHOLE_CHARACTERS", 6, "They buried 13 people, including about 12 children."),
]
TIMES = [
    ("ANNOUNCED_DAYS", 5, "Voters went to polls on May 17.", "2025-05-07"),
    ("HOLIDAY_DAYS", 10, "Sales for Christmas.", "2025-12-05"),
]
PLACES = [
    ("SMALL", 10_000_000, "They left Hawick and its mills."),
    ("BIG", 10_000_000, "Kharkiv said so."),
    ("CONTAINED", 0.0, "A mill in Paris, Texas burned."),
    ("SPOT", 0, "Brell drank tea in Tarnelville, near the old Wrigley Field, and slept."),
    ("SEATED", 4.0, "A mill in Kharkiv burned."),
    ("COMPATRIOTS", 9, "Families from Church Hill came to Letterkenny. Buses from Sligo went to Dublin in Ireland."),
    ("COMPANY", 0.0, "A mill in Pokrovsk burned. Yakutsk, Mirny and Lensk in Russia were quiet."),
]


@pytest.mark.parametrize(("name", "moved", "text"), FIGURES)
def test_a_number_that_decides_is_seen_in_the_figures(monkeypatch, name, moved, text):
    before = find_figures(parse(text))
    assert before
    monkeypatch.setattr(thresholds, name, moved)
    assert find_figures(parse(text)) != before


@pytest.mark.parametrize(("name", "moved", "text", "published"), TIMES)
def test_a_number_that_decides_is_seen_in_the_times(monkeypatch, name, moved, text, published):
    before = find_times(parse(text), published)
    assert before
    monkeypatch.setattr(thresholds, name, moved)
    forget()
    assert find_times(parse(text), published) != before


@pytest.mark.parametrize(("name", "moved", "text"), PLACES)
def test_a_number_that_decides_is_seen_in_the_places(monkeypatch, name, moved, text):
    before = find_places(plain_paragraphs(text))
    assert before
    monkeypatch.setattr(thresholds, name, moved)
    forget()
    assert find_places(plain_paragraphs(text)) != before
