"""Notes in which an outlet says that it corrected a report: they carry the old figure, and are no claim."""

import re
from functools import lru_cache

from stemma.text.data import rows


def find_correction(text: str) -> tuple[int, int] | None:
    """Return where a correction note stands in a text, to the end of its line, or None."""
    match = _pattern().search(text)
    if not match:
        return None
    end = text.find("\n", match.end())
    return match.start(), end if end >= 0 else len(text)


def is_correction(paragraph: str) -> bool:
    """Return whether a paragraph is a correction note."""
    return _pattern().search(paragraph) is not None


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """The ways in which outlets say it, of data/corrections.txt."""
    return re.compile("|".join(wording for (wording,) in rows("claims", "corrections.txt")), re.IGNORECASE | re.MULTILINE)
