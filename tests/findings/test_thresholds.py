"""Each number that decides, moved by a third, makes a finding of a small invented story come or go."""

from collections import Counter

import pytest

from claims.invented import deep
from findings.decided import STORIES
from findings.decided_copies import COPIES, WORDS
from stemma.findings import thresholds
from stemma.findings.headline_overreach import read_headline
from stemma.mentions.parse import forget

ALL = STORIES | COPIES


def found(pages):
    forget()
    read_headline.cache_clear()
    return deep(*pages)["finding"]


def shown(pages):
    return Counter((f.kind, f.severity) for f in found(pages))


def said(pages):
    return [f.message for f in found(pages)]


def moved(value, factor):
    if isinstance(value, float):
        return value * factor
    return value * 2 // 3 if factor < 1 else -(-value * 4 // 3)


@pytest.mark.parametrize("name", ALL)
def test_a_number_that_decides_makes_a_finding_come_or_go(name, monkeypatch):
    factor, pages = ALL[name]
    before = shown(pages)
    monkeypatch.setattr(thresholds, name, moved(getattr(thresholds, name), factor))
    assert shown(pages) != before


@pytest.mark.parametrize("name", WORDS)
def test_a_number_that_decides_changes_what_a_finding_says(name, monkeypatch):
    factor, pages = WORDS[name]
    before = said(pages)
    monkeypatch.setattr(thresholds, name, moved(getattr(thresholds, name), factor))
    assert said(pages) != before


def test_every_number_that_decides_has_a_story():
    assert {name for name in vars(thresholds) if name.isupper()} == {*ALL, *WORDS}
    assert not STORIES.keys() & COPIES.keys()
