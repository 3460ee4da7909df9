"""Each number that decides, moved by a third, makes a finding of a small invented story come or go."""

from collections import Counter

import pytest

from claims.invented import deep
from findings.decided import STORIES
from stemma.findings import thresholds
from stemma.findings.headline_overreach import read_headline
from stemma.mentions.parse import forget

NOT_YET = {
    "ANSWERED_SHARE",
    "CARRIED_SHARE",
    "CREDIT_NEAR",
    "LOST_SOURCE_PRINTS",
    "POSSIBLE",
    "TAKEN_ALIKE",
    "TAKEN_SENTENCE",
    "TRANSLATED_PROBABILITY",
    "UTTERANCE_SHARE",
}
"""Numbers for which no small story is written yet: this list may only become shorter."""


def shown(pages):
    forget()
    read_headline.cache_clear()
    return Counter((f.kind, f.severity) for f in deep(*pages)["finding"])


def moved(value, factor):
    if isinstance(value, float):
        return value * factor
    return value * 2 // 3 if factor < 1 else -(-value * 4 // 3)


@pytest.mark.parametrize("name", STORIES)
def test_a_number_that_decides_makes_a_finding_come_or_go(name, monkeypatch):
    factor, pages = STORIES[name]
    before = shown(pages)
    monkeypatch.setattr(thresholds, name, moved(getattr(thresholds, name), factor))
    assert shown(pages) != before


def test_every_number_that_decides_has_a_story_or_is_known_to_have_none():
    numbers = {name for name in vars(thresholds) if name.isupper()}
    assert numbers == set(STORIES) | NOT_YET
    assert not set(STORIES) & NOT_YET
