"""Two states of one report: an agency's text of Tuesday and the same text, brought up to date, of Wednesday."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations

from stemma.claims import thresholds
from stemma.descent import StoryDescent
from stemma.mentions import Mentions, report_figures
from stemma.mentions.parse import plain_paragraphs
from stemma.tables import Report

HEADING = 60
"""Longest line that may be a heading: two reports share those by chance."""
_CORRECTION = re.compile(
    r"^correction\b|\bcorrection(?: note)?:|\bcorrected(?: on)? [^.\n]{0,40}: |^\((?:adds and )?corrects? (?:the |in |to )|"
    r"\bearlier versions? of this (?:article|report|story|page|post) (?:included|had|contained|listed|identified|described|"
    r"referred|carried|reported|attributed|misidentified|said|stated|gave|misstated|incorrectly|wrongly|misspelled|put)\b|"
    r"\b(?:this|the) (?:article|report|story) (?:has been|was) corrected|"
    r"\bthis (?:article|report|story|page|post) (?:was|has been) (?:amended|corrected|updated to correct)\b|"
    r"\bcorrects? (?:the )?(?:figure|number|toll|spelling|name|day|date|paragraph|"
    r"(?:area|size|count|amount|sum|age|title|place|location) of\b)",
    re.IGNORECASE | re.MULTILINE,
)
"""How a note says that the outlet corrected the report."""
Versions = Mapping[tuple[str, str], frozenset[float]]
"""Pairs of reports, both ways, that print two states of one source, with the numbers that the later one takes back."""


def find_versions(reports: Mapping[str, Report], mentions: Mapping[str, Mentions], traced: StoryDescent) -> Versions:
    """Return the pairs of prints of one lost source of which the later, of another day, says something new of its own day.

    In such a pair another number in the same sentence is an update, and no slip of a copyist.
    """
    printed = {w.id: w.report for w in traced.witnesses}
    heirs: dict[str, list[str]] = defaultdict(list)
    for d in traced.derivations:
        child = printed[d.child]
        if child and printed[d.parent] is None and d.kind in ("verbatim", "edited"):
            heirs[d.parent].append(child)
    found: dict[tuple[str, str], frozenset[float]] = {}
    news = {r: _news(reports[r], mentions[r]) for held in heirs.values() for r in held}
    taken_back = cache(lambda r: _taken_back(reports[r]))
    for held in heirs.values():
        day = _days([reports[r] for r in held])
        for early, late in permutations(sorted(held), 2):
            days = day[early], day[late]
            if days[0] and days[0] < days[1] and any(words not in reports[early].text for words in news[late]):
                found[early, late] = found[late, early] = taken_back(late)
    return found


def _days(reports: Sequence[Report]) -> dict[str, str]:
    """The day of the state that each report prints: a late reprint has the day of the report that it repeats."""
    first: dict[str, str] = {}
    for r in reports:
        if r.published:
            first[r.text] = min(first.get(r.text, "9"), r.published[:10])
    repeated = {text: min(_reprinted(text, first), default="9") for text in {r.text for r in reports}}
    return {r.id: min(r.published[:10], repeated[r.text]) if r.published else "" for r in reports}


def _reprinted(text: str, days: Mapping[str, str]) -> Iterator[str]:
    """The days of those texts that hold most lines of this one."""
    lines = [line for line in text.split("\n") if len(line) > HEADING]
    for other, day in days.items():
        if sum(line in other for line in lines) >= thresholds.REPRINTED * max(len(lines), 1):
            yield day


def _news(report: Report, mentions: Mentions) -> list[str]:
    """The words around each mention of the day on which a report was published."""
    day = (report.published or "")[:10]
    own = [t for t in mentions.times if day and t.begin == day and t.until == day]
    return [report.text[max(0, t.start - 30) : t.end] for t in own]


def _taken_back(report: Report) -> frozenset[float]:
    """The numbers of a correction note, which is no part of the body that mentions are found in."""
    start, end = find_correction(report.text) or (0, 0)
    return frozenset(f.value for f in report_figures(plain_paragraphs(report.text[start:end], report.language), ()))


def find_correction(text: str) -> tuple[int, int] | None:
    """Return where a correction note stands in a text, to the end of its line, or None."""
    match = _CORRECTION.search(text)
    if not match:
        return None
    end = text.find("\n", match.end())
    return match.start(), end if end >= 0 else len(text)


def is_correction(paragraph: str) -> bool:
    """Return whether a paragraph is a correction note."""
    return _CORRECTION.search(paragraph) is not None
