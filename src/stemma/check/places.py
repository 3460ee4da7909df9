"""From a report's offsets to lines and columns of the file it was read from."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from rapidfuzz.distance import Indel

from stemma.check.draft import ReadDraft

_TOKEN = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>|(&(?:#\d+|#x[\da-f]+|\w+);)|(\S)", re.DOTALL | re.IGNORECASE
)
_WIDEST = 200_000
"""Characters of a file in which one block is looked for by likeness."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Lines and columns of a file, counted from 1 in code points; the end column is the first behind the words."""

    line: int
    column: int
    end_line: int
    end_column: int


TOP = Place(1, 1, 1, 1)


class Places:
    """Where the words of a draft stand in its file."""

    def __init__(self, draft: ReadDraft) -> None:
        self._source = draft.source
        self._lines = [m.end() for m in re.finditer(r"\r\n|\r|\n", draft.source)]
        self._at = _mapped(draft)
        self._known = sorted(self._at)

    def of(self, start: int, end: int) -> Place:
        """Return the place of the words [start, end) of the report's text; the top of the file where they are not found."""
        first, past = bisect_left(self._known, start), bisect_left(self._known, end)
        if first == past:
            return TOP
        return Place(*self._position(self._at[self._known[first]]), *self._position(self._at[self._known[past - 1]] + 1))

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        # An end just behind the last character of a line stays on that line.
        if line and offset == self._lines[line - 1] and self._source[offset - 1 : offset] not in ("\n", "\r"):
            line -= 1
        return line + 1, offset - (self._lines[line - 1] if line else 0) + 1


def _mapped(draft: ReadDraft) -> dict[int, int]:
    """The offset in the file of each character of the report's text that is found there; white space is passed over."""
    letters, offsets = _visible(draft.source, draft.is_html)
    found: dict[int, int] = {}
    missing: list[tuple[list[int], int]] = []
    cursor = 0
    for block in draft.blocks:
        places = [n for n in range(block.start, block.end) if not draft.report.text[n].isspace()]
        words = "".join(draft.report.text[n] for n in places)
        at = letters.find(words, cursor)
        at = at if at >= 0 else letters.find(words)
        if at < 0:
            missing.append((places, cursor))
            continue
        found |= dict(zip(places, offsets[at : at + len(words)], strict=True))
        cursor = max(cursor, at + len(words))
    for places, since in missing:
        found |= _alike(draft.report.text, places, letters[since:], offsets[since:])
    return found


def _alike(text: str, places: Sequence[int], letters: str, offsets: Sequence[int]) -> dict[int, int]:
    """A block with marks inside it (Markdown) stands in the file with more characters than it has itself."""
    window = letters[: min(_WIDEST, 3 * len(places) + 400)]
    words = "".join(text[n] for n in places)
    return {
        places[op.src_start + n]: offsets[op.dest_start + n]
        for op in Indel.opcodes(words, window)
        if op.tag == "equal" and op.src_end - op.src_start > 2
        for n in range(op.src_end - op.src_start)
    }


def _visible(source: str, is_html: bool) -> tuple[str, list[int]]:
    """The characters of a file that are read, without white space, and where each stands."""
    letters: list[str] = []
    offsets: list[int] = []
    if not is_html:
        offsets = [n for n, c in enumerate(source) if not c.isspace()]
        return "".join(source[n] for n in offsets), offsets
    for match in _TOKEN.finditer(source):
        for letter in "".join(unescape(match[2] or match[3] or "").split()):
            letters.append(letter)
            offsets.append(match.start())
    return "".join(letters), offsets
