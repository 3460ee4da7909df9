"""A gallery in a scrape: each caption stands between the gallery's name and the button that hides it.

"Photos: The bridge of Lind A crane lifts the railing. Hide Caption 3 of 25", on lines of their own or one behind the other.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from stemma.reports import thresholds

_BUTTON = re.compile(r"\b(?:Hide|Show) Caption \d{1,3} of \d{1,3}\b")


def gallery_name(text: str) -> str | None:
    """Return the words with which the captions of a page's gallery begin; None where it has no gallery with a name."""
    captions = [chunk.split() for line in text.splitlines() for chunk in _BUTTON.split(line)[:-1]]
    if len(captions) < thresholds.LEAST_GALLERY:
        return None
    # What stands before the first caption may be the article's, or the gallery's name once more.
    columns = takewhile(lambda words: len(set(words)) == 1, zip(*captions[1:], strict=False))
    return " ".join(words[0] for words in columns) or None


def cut_gallery(line: str, name: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a line and whether each is a caption; the gallery's name and its buttons are left out."""
    *chunks, rest = _BUTTON.split(line)
    for chunk in chunks:
        before, _, caption = chunk.partition(name)
        yield before.strip(), False
        yield caption.replace(name, "").strip(), True
    yield rest.strip(), False
