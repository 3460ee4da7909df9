"""Two states of one report: an agency's text of Tuesday and the same text, brought up to date, of Wednesday."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, permutations

from stemma.claims import thresholds
from stemma.descent import StoryDescent
from stemma.mentions import Mentions, report_figures
from stemma.mentions.parse import plain_paragraphs
from stemma.tables import Report

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


def states_of(versions: Versions) -> dict[str, int]:
    """Return a number for the state that each report with another version prints: reports of one have the same versions."""
    others: dict[str, set[tuple[str, frozenset[float]]]] = defaultdict(set)
    for (report, other), back in versions.items():
        others[report].add((other, back))
    number: dict[frozenset[tuple[str, frozenset[float]]], int] = {}
    return {report: number.setdefault(frozenset(held), len(number)) for report, held in others.items()}


def _days(reports: Sequence[Report]) -> dict[str, str]:
    """The day of the state that each report prints: a late reprint has the day of the report that it repeats."""
    first: dict[str, str] = {}
    for r in reports:
        if r.published:
            first[r.text] = min(first.get(r.text, "9"), r.published[:10])
    long = thresholds.LONGEST_HEADING
    lines = {text: [line for line in text.split("\n") if len(line) > long] for text in {r.text for r in reports}}
    # The lines of a text that hundreds print are looked for once.
    holders = {line: [text for text in first if line in text] for line in set(chain.from_iterable(lines.values()))}
    repeated = {text: min(_reprinted([holders[line] for line in held], first), default="9") for text, held in lines.items()}
    return {r.id: min(r.published[:10], repeated[r.text]) if r.published else "" for r in reports}


def _reprinted(holders: Sequence[Sequence[str]], days: Mapping[str, str]) -> Iterator[str]:
    """The days of those texts that hold most lines of a text; `holders` are those that hold each line."""
    held = Counter(chain.from_iterable(holders))
    for other, day in days.items():
        if held[other] >= thresholds.REPRINTED * max(len(holders), 1):
            yield day


def _news(report: Report, mentions: Mentions) -> list[str]:
    """The words of a line around each mention of the day on which a report was published: a headline above is its house's."""
    day = (report.published or "")[:10]
    own = [t for t in mentions.times if day and t.begin == day and t.until == day]
    return [report.text[max(t.start - 30, report.text.rfind("\n", 0, t.start) + 1) : t.end] for t in own]


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
