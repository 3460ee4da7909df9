"""Names of outlets where pages print them: in the document's title, in a copyright line, alone."""

import re

from stemma.reports.agencies import agency_of
from stemma.reports.plain_lines import lines_of
from stemma.reports.words import pattern
from stemma.text.data import words_of

DASH = re.compile(r"\s+[|–—‒\-•·»«:/~]+\s+|\s*\|\s*|\s+::\s+")
"""What stands between a headline, a section and the outlet in a title."""

LONGEST = 6
"""Words of the longest outlet's name that is believed without markup that says so."""

_COPYRIGHT = pattern("copyright")
_COMPANY = re.compile(
    r"\b(?:llc|ltd|inc|gmbh|limited|corp(?:oration)?|plc|holdings?|group|s\.?a\.?|ag|publishing|publishers|media|theme|"
    r"communications|newspapers|magazines|publications|universal|rights|reserved|riservat\w*|vorbehalten|copyright|foundation|"
    r"trust|wordpress|creative commons)\b\.?",
    re.IGNORECASE,
)
_SMALL = words_of("reports", "small_words.txt")


def fold(text: str) -> str:
    """Return an outlet's name as it is compared: "&" is "and", marks and case are none."""
    return re.sub(r"[\W_]+", " ", text.casefold().replace("&", " and ")).strip()


def title_parts(title: str) -> list[str]:
    """Return what stands between the dashes of a document's title."""
    return [part for part in DASH.split(title) if part and part.strip()]


def could_name(text: str) -> bool:
    """Whether words may be an outlet's name by their looks: few, capitalised, no section, no button, no date."""
    words = text.split()
    if not words or len(words) > LONGEST or len(text) > 60 or _COMPANY.search(text):
        return False
    looks = all(w[0].isupper() or w[0].isdigit() or not w[0].isalpha() or w.casefold() in _SMALL for w in words)
    if not looks or not text[0].isalnum() or text[-1] in ".?!:;," or sum(c.isdigit() for c in text) > 3:
        return False
    lines = lines_of(text)
    if not lines or lines[0].kind != "short":
        return False
    return not all(w.casefold() in words_of("reports", "sections.txt") or w.casefold() in _SMALL for w in words)


def owner(line: str) -> str | None:
    """Return whom a copyright line names, where it is no company; "© 2021 The Lind Post" is "The Lind Post"."""
    found = _COPYRIGHT.search(line[:200])
    name = found["name"].strip(" -–—·") if found else ""
    return name if name and could_name(name) and not agency_of(name) else None
