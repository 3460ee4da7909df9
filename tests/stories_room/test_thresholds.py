"""Each number that decides which reports tell one story is moved by about a third, and the groups change with it."""

import pytest

from stemma.engines import open_store
from stemma.stories import Document, group, thresholds

# Each row is a page: its names and its other words, a letter each, and the day of May on which it came out.
MOVED = [
    ("SAME_STORY", 0.24, [("ABD", "abcdefhjlnp", None), ("ACEG", "abcde", None)]),
    ("REPRINT", 0.93, [("ABCDEF", "abcdefghik", 1), ("ABCDEG", "abcdefghjl", 28)]),
    ("MOULD", 0.16, [("AIPMLN", "abcdefmg", None), ("AHL", "abcdefmnglph", None)]),
    ("MOULD_FACTOR", 4.0, [("ABHPMK", "abcdefkopjgl", None), ("AB", "abcdefkpjnolhg", None)]),
    ("ONLY_NAME", 2.0, [("A", "bd", None), ("A", "plnoji", None)]),
    ("DAYS_FREE", 3, [("AB", "abdf", 1), ("ABDFHJ", "acegikmo", 8)]),
    ("DAYS_DECAY", 7, [("ABCDFHJL", "acegikmo", 1), ("ABCEGI", "bdfhjlnp", 7)]),
    ("FOLLOW_UP_WORDS", 0.27, [("ABD", "abdf", 1), ("ACEG", "ace", 6)]),
    ("FOLLOW_UP_FREE", 7, [("AGB", "abcdpe", 1), ("A", "abcdpkoighn", 20)]),
    ("FOLLOW_UP_DECAY", 7, [("ABHG", "abcdefgjn", 1), ("ABIDL", "abcdefglp", 16)]),
    ("FELLOWS", 4, [("AMJC", "abcoilngh", 1), ("AHKI", "ab", 1), ("A", "abocmpnde", 1), ("AJNGP", "abolmh", 20)]),
    ("MISDATED", 0.4, [("ABG", "joe", 1), ("ABHG", "bano", 1), ("ABOJCFD", "okebd", 1), ("ABPDFCN", "ah", 18)]),
    ("ACROSS_FACTOR", 0.45, [("ABCEGIK", "abcegikm", None), ("ABDFHJL", "abd", None, "fr")]),
    ("ACROSS_TERMS", 4, [("ABCEGIK", "abcdef", None), ("ABDFHJL", "abcdefh", None, "fr")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "moved", "pages"), MOVED)
def test_a_number_that_decides_is_seen_in_the_groups(monkeypatch, name, moved, pages):
    before = group([page(n, *row) for n, row in enumerate(pages)], open_store().sql)
    monkeypatch.setattr(thresholds, name, moved)
    assert group([page(n, *row) for n, row in enumerate(pages)], open_store().sql) != before


def page(number: int, names: str, words: str, day: int | None, language: str = "en") -> Document:
    """A page of made-up words; another language spells the names a little differently."""
    name = "orvan" if language == "en" else "orvami"
    text = " ".join(["then", *(f"{c}{name}{c.lower()}" for c in names), *(f"{c}ilter{c}" for c in words)])
    return Document(f"d{number}", None, text, day and f"2031-05-{day:02}", language)


def test_every_number_is_moved():
    assert {name for name in vars(thresholds) if name.isupper()} == {name for name, _, _ in MOVED}
