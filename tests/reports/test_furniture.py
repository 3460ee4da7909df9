import re

import pytest

from stemma.reports.furniture import is_whole_line, opens, says
from stemma.text.data import rows


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("end", "leave a comment"),
        ("end", "12 comments"),
        ("end", "laisser un commentaire"),
        ("tail", "more stories from the harbour"),
        ("tail", "lesen sie auch"),
        ("tail", "читайте также"),
        ("widget", "share on facebook"),
        ("widget", "4 min read"),
        ("widget", "werbung"),
    ],
)
def test_a_line_of_furniture_is_known_as_a_whole_and_not_within_a_sentence(kind, line):
    assert is_whole_line(kind, line)
    assert not is_whole_line(kind, f"the mayor of lind said {line} was no answer to a flood")


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("more", "read also: the pier at brannoch is closed"),
        ("more", "lire aussi : la jetée est fermée"),
        ("also", "related: the pier at brannoch is closed"),
        ("also", "auch interessant der hafen von lind"),
    ],
)
def test_a_line_that_links_to_another_story_is_known_by_its_beginning(kind, line):
    assert opens(kind, line)
    assert not opens(kind, f"nobody would {line}")


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("legal", "© 2031 the lind post. all rights reserved"),
        ("legal", "alle rechte vorbehalten"),
        ("notice", "sign up to our newsletter"),
        ("notice", "already a subscriber? log in to your account"),
        ("photo", "photo: mara venn"),
        ("photo", "the pier on tuesday (reuters)"),
    ],
)
def test_what_the_site_says_of_itself_is_found_anywhere_in_a_line(kind, line):
    assert says(kind, line)
    assert says(kind, f"12 march {line}")
    assert not says(kind, "the harbour master closed the pier for a week")


def test_the_lists_are_phrases_and_no_patterns():
    listed = [(kind, phrase) for kind, phrases in rows("reports", "furniture.tsv") for phrase in phrases.split("|")]
    lists = [phrase for kind, phrase in listed if kind in ("end", "tail", "widget", "more", "also")]
    assert len(lists) > 500
    assert not [phrase for phrase in lists if re.search(r"[\\*+\[\]{}^$()]", phrase) or phrase != phrase.strip()]
