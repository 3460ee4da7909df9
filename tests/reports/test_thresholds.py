"""The numbers of reports/thresholds.py decide: moved by a third, they change what some invented page says."""

from functools import cache

import pytest

from reports import decided_html, decided_lines, decided_text
from stemma.reports import outlets, thresholds
from stemma.reports.lines import kind_of

BOUNDS = frozenset((
    "MOST_TAGS", "LONGEST_REPORT", "LONGEST_FIELD", "MOST_FIELDS", "MOST_QUOTATIONS", "MOST_ELEMENTS", "LONGEST_SOURCE",
    "MOST_JOINED", "MOST_RUNS", "MOST_PDF_PAGES",
))  # fmt: skip
"""Bounds of work, of which a page that lies beyond them says so: tests/test_caps.py and tests/reports/test_batch.py."""
NUMBERS = {name: value for name, value in vars(thresholds).items() if name.isupper() and name not in BOUNDS}


def moved(value, factor):
    if isinstance(value, float):
        return value * factor
    return max(round(value * factor), value + 1) if factor > 1 else min(round(value * factor), value - 1)


DECIDES = {
    decided_lines.kinds: """
        LONGEST_HEADLINE SIGNATURE_WORDS DATED_SENTENCE ENDED_PROSE LABEL_WORDS NOTICE_WORDS LEGAL_WORDS
        BOX_WORDS CAPTION_WORDS
    """,
    decided_lines.run_together: """
        RUN_TOGETHER_WORDS RUN_TOGETHER_SENTENCES RUN_TOGETHER_HEAD
    """,
    decided_lines.posts: """
        BEHIND_POST POST_WORDS POST_LINE
    """,
    decided_lines.credits: """
        CREDIT_LENGTH SOURCE_LENGTH CREDIT_WORDS SIGNING_WORDS BODY_EDGE CORRECTION_WORDS WORKED_WORDS
    """,
    decided_lines.names: """
        NAME_WORDS NAME_LENGTH GENERIC_AGENCY COMMON_LETTERS TOWN_CAPITALS INITIALS
    """,
    decided_lines.wires: """
        FOOT_BLOCKS WIRE_NAMED WIRE_BIAS WIRE_WEIGHTS
    """,
    decided_lines.sheets: """
        PDF_MARGIN PDF_PRINTED_EDGE PDF_PARAGRAPH_GAP PDF_LEAST_PITCH PDF_MOST_PITCH PDF_INDENT PDF_FULL_LINE
        PDF_AROUND PDF_SAME_SIZE
    """,
    decided_text.bodies: """
        OPEN_PROSE HEADING_WORDS SMALL_WORDS TELLING_HEADINGS QUESTION_WORDS LEAST_QUESTIONS LEAST_GALLERY
        LEAST_PLAIN_PROSE PROSE_WORTH WORDS_A_WORTH RHYTHM REFRAIN_WORDS REPEAT_FAR TEASER_WORDS PITCH_WORDS
        STOPPED PARTED LEAST_LEAD HEADING_GAP ITEM_WORDS LEAST_TITLE TOLD_LETTERS LEAST_HEADLINE
        LEAST_CONTENTS LONE_HEADING LOUD_HEADING
    """,
    decided_text.pictures: "NUMBERED_PICTURES",
    decided_text.heads: """
        HEAD_ABOVE FOOT_BELOW TITLES_NEAR TOLD_LINES DATE_WORDS DECK_WORDS TITLE_WORTH TITLE_ALIKE SLOT_NEAR
    """,
    decided_text.worths: """
        MOST_WORDS LINE_WORTH
    """,
    decided_html.choices: """
        TOLD_AGREED BOX_HOLDS TAIL_SHARE GOES_ON PART_LINKED LINKED_SENTENCE BESIDE_HOLDS LEAST_PROSE
        LEAST_PROSE_UNSAID MOST_LISTED
    """,
    decided_html.tables: """
        SHORT_CELL CELL_HOLDS PICTURE_WORDS PICTURE_ROWS
    """,
    decided_html.around: """
        STANDS_IN LINKED TITLE_NEAR HEAD_RUNS COPIED_LINES HEADLINE_BOXES CROWD SENTENCE_LETTERS LINE_LENGTH
        SAME_TITLE HEADLINE_WORDS NAME_BOX CREDITS_BELOW
    """,
    decided_html.several: """
        QUICK_AGREED AGREED LEAST_FURTHER MOST_ARTICLES LONGEST_LABEL MOSTLY_LINKED
    """,
    decided_html.sites: """
        LONGEST_OUTLET HEADER_LINES HEAD_LINES COPYRIGHT_WORDS LAST_RUNS FIRST_RUNS
    """,
    decided_lines.saves: """
        SAME_ARTICLE SAME_PARAGRAPH
    """,
}
"""The pages on which each number is seen to decide; of a table of numbers each one."""


@cache
def as_it_stands(say):
    return say()


@pytest.fixture(autouse=True)
def _nothing_is_remembered():
    forget()
    yield
    forget()


def forget():
    kind_of.cache_clear()
    outlets._telling.cache_clear()


@pytest.mark.parametrize(("say", "name"), [(say, name) for say, names in DECIDES.items() for name in names.split()])
def test_a_number_moved_by_a_third_changes_what_a_page_says(monkeypatch, say, name):
    known, value = as_it_stands(say), NUMBERS[name]

    def said(key, factor):
        forget()
        other = {**value, key: moved(value[key], factor)} if key else moved(value, factor)
        monkeypatch.setattr(thresholds, name, other)
        return say()

    for key in value if isinstance(value, dict) else (None,):
        assert any(said(key, factor) != known for factor in (4 / 3, 2 / 3)), f"{name} {key or ''}"


def test_every_number_is_moved():
    assert {name for names in DECIDES.values() for name in names.split()} == set(NUMBERS)
