"""Periods from one date to another: "between May and July", "from April 17, 2016 to March 29, 2017"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from stemma.tables import Time

TO = re.compile(r" (?:and|to|through|thru|until|till|up to) (?:the end of )?| ?[–—] ?", re.I)
"""What stands between the two ends of a period."""
_FROM = re.compile(r"\b(?P<word>between|from)(?: the| about| around)? $", re.I)


def with_periods(times: Sequence[Time], text: str) -> list[Time]:
    """Return a paragraph's times and its periods, in text order; the two ends of a period stay times of their own.

    A period has the type DURATION, the value "2017-05/2017-07" (an interval as ISO 8601 writes it), and its days.
    """
    return sorted([*times, *_periods(times, text)], key=lambda t: (t.start, -t.end))


def _periods(times: Sequence[Time], text: str) -> list[Time]:
    found = []
    for a, b in pairwise(times):
        word = _FROM.search(text[max(0, a.start - 20) : a.start])
        to = text[a.end : b.start]
        if not TO.fullmatch(to) or (a.type, b.type) != ("DATE", "DATE") or a.begin is None or b.until is None:
            continue
        and_ = to.strip().lower().startswith("and")
        opened = word is not None and (word["word"].lower() == "between") == and_
        if (opened or "thr" in to.lower()) and a.begin < b.until and len(a.value) >= 4:
            start = a.start - len(word[0]) if word and opened else a.start
            found.append(Time(start, b.end, "DURATION", f"{a.value}/{b.value}", a.begin, b.until))
    return found
