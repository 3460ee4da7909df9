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
    if is_signature(line):
        return True
    return line.words <= 14 and bool(TODAY.search(text.casefold()) and any(c.isdigit() for c in text))


def is_signature(line: Line) -> bool:
    """Say whether a line is a byline, a date or a reading time: what stands between headline and story."""
    text = line.text[:200]
    if line.words > 25:
        return False
    if BY.match(text) or READING.search(text):
        return True
    return (line.words <= 9 or (line.words <= 14 and not line.ended)) and find_date(text) is not None
