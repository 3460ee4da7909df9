"""The slots between a headline and its story: who wrote it, when, how long it takes to read."""

from stemma.reports.dates import find_date
from stemma.reports.plain_lines import Line
from stemma.reports.words import pattern

BY = pattern("by")
TODAY = pattern("today")
CHANGED = pattern("changed")
LABELLED = pattern("labelled")
READING = pattern("reading")


def is_slot(line: Line) -> bool:
    """Say whether a line is a byline, a date, a reading time or the weather."""
    text = line.text[:200]
    if line.words > 25:
        return False
    if BY.match(text) or READING.search(text):
        return True
    return line.words <= 14 and bool((find_date(text) and not line.ended) or TODAY.search(text.casefold()))
