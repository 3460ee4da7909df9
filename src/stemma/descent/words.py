"""A report's body as words: what alignment works on, with the way back to the offsets, and what kind of text each word is in.

Two reports that print one office's statement, or one site's standing note, share words and no telling.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from stemma.descent import thresholds
from stemma.mentions.quotations import marked
from stemma.tables import Span
from stemma.text.data import rows
from stemma.text.normal import fold
from stemma.text.stems import stem

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s+(?=[\"'“‘«(\[„]*[^\W\d_a-zа-яё])")
_INITIAL = re.compile(
    r"(?:^|\s|\.)(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Capt|Rep|Sen|Gov|St|No|U\.S|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$"
)
_PLANE = 0x10000
"""Letters are looked up in a table for the first plane of Unicode; a text with others is searched letter by letter."""
NARRATIVE, QUOTATION, STATEMENT, FURNITURE = range(4)
"""Kinds of text: narrative, quotation, an agency's or office's own statement, furniture."""
RUNS = ("narrative", "quotation", "statement", "furniture")
KEPT = 1_024
"""Texts of which something is remembered: a text is compared with many others."""
OWN = frozenset({"we", "our", "us", "ourselves"})
KNOWN = 200_000
"""Words of which something is remembered at most."""


@dataclass(frozen=True, eq=False)
class Words:
    """The words of a text in order, read when they are asked for; two texts are the same only when they are one object.

    `folded` is the word in lower case without accents, `quoted` (1 or 0) whether it stands inside quotation marks, `paragraph`
    the number of the body block that it stands in: each as long as there are words. `sentences` are spans of word numbers, and
    `given` those of words that the text has from somebody whom all may quote or whom it names. `language` is null where unknown.
    """

    text: str
    body: tuple[Span, ...]
    given: tuple[Span, ...] = ()
    language: str | None = None

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words as they are compared."""
        return self._tokens[0]

    @cached_property
    def starts(self) -> "array[int]":
        """The offset in `text` of each word's first letter."""
        return self._tokens[1]

    @cached_property
    def ends(self) -> "array[int]":
        """The offset in `text` past each word's last letter."""
        return self._tokens[2]

    @cached_property
    def paragraph(self) -> "array[int]":
        """The number of the body block of each word."""
        counts = [past - first for first, past in self.blocks]
        return array("i", np.repeat(np.arange(len(counts), dtype=np.int32), counts).tobytes())

    @cached_property
    def quoted(self) -> bytes:
        """Whether each word stands inside quotation marks."""
        inside, left_open = bytearray(len(self.starts)), None
        for begin, past in self.body:
            spans, left_open = marked(self.text[begin:past], left_open)
            for start, end in spans:
                first, last = bisect_left(self.starts, begin + start), bisect_left(self.starts, begin + end)
                inside[first:last] = b"\1" * (last - first)
        return bytes(inside)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences as spans of word numbers, each inside one paragraph."""
        found: list[Span] = []
        for (begin, past), (first, last) in zip(self.body, self.blocks, strict=True):
            for cut in sentence_cuts(self.text[begin:past]):
                at = bisect_left(self.starts, begin + cut, first, last)
                if at > first:
                    found.append((first, at))
                    first = at
            if last > first:
                found.append((first, last))
        return tuple(found)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of the words in its language."""
        return tuple(stem(word, self.language) for word in self.folded)

    def span(self, first: int, past: int) -> Span:
        """Return the offsets in `text` of the words [first, past)."""
        return self.starts[first], self.ends[past - 1]

    def quotations(self) -> list[Span]:
        """Return the runs of words inside quotation marks, as spans of word numbers, each inside one paragraph."""
        runs: list[Span] = []
        for n, quoted in enumerate(self.quoted):
            if quoted and runs and runs[-1][1] == n and self.paragraph[n] == self.paragraph[n - 1]:
                runs[-1] = (runs[-1][0], n + 1)
            elif quoted:
                runs.append((n, n + 1))
        return runs

    @cached_property
    def _tokens(self) -> tuple[tuple[str, ...], "array[int]", "array[int]"]:
        return _tokens(self.text, self.body)

    @cached_property
    def blocks(self) -> list[Span]:
        """The body blocks as spans of word numbers."""
        return [(bisect_left(self.starts, begin), bisect_left(self.starts, past)) for begin, past in self.body]


def wording(words: Words) -> Hashable:
    """Return all of a text that a comparison depends on; offsets and typography do not."""
    return words.folded, words.quoted, words.paragraph.tobytes(), words.sentences, words.given, words.language


def read_words(text: str, body: Iterable[Span], language: str | None = None) -> Words:
    """Return the words of the body blocks of a text; a block holds no newline."""
    return Words(text, tuple(body), language=language)


@lru_cache(maxsize=KEPT)
def labels(words: Words) -> bytes:
    """Return for each word the number of its label in `RUNS`."""
    found = bytearray(words.quoted)
    for first, past in words.given:
        found[first:past] = bytes([QUOTATION]) * (past - first)
    noted, stated = _holds(words.folded, _cues("furniture")), False
    for first, past in words.blocks if noted or ":\n" in words.text or not OWN.isdisjoint(words.folded) else ():
        told, quoted = words.folded[first:past], words.quoted[first:past]
        spoken = [n for n, word in enumerate(told) if word in OWN and not quoted[n]]
        if noted and past - first <= thresholds.NOTE_WORDS and _holds(told, _cues("furniture")):
            found[first:past] = bytes([FURNITURE]) * (past - first)
        elif (stated and QUOTATION not in quoted) or (
            len(spoken) > 1 and len(spoken) * thresholds.SPEAKING_ONE_IN >= past - first
        ):
            found[first:past] = bytes(q or STATEMENT for q in quoted)
        ends = past > first and words.text.startswith(":", words.ends[past - 1])
        stated = ends and _holds(told, _cues("official_statements"))
    # A text that speaks of "us" throughout is somebody's own telling.
    voice = found.count(STATEMENT) > thresholds.OWN_VOICE_SHARE * len(found)
    return bytes(found).replace(bytes([STATEMENT]), bytes([NARRATIVE])) if voice else bytes(found)


def label(words: Words, span: Span) -> int:
    """Return the label that most words of a span have."""
    found = labels(words)[slice(*span)]
    return max(range(len(RUNS)), key=found.count)


def _holds(told: Sequence[str], cues: Sequence[str]) -> bool:
    text = f" {' '.join(told)} "
    return any(cue in text for cue in cues)


@lru_cache(maxsize=2)
def _cues(name: str) -> tuple[str, ...]:
    return tuple(f" {line} " for (line,) in rows("descent", f"{name}.txt"))


def line_spans(text: str) -> list[Span]:
    """Return the spans of the lines of a text that hold anything."""
    spans, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def sentence_cuts(block: str) -> list[int]:
    """Return the offsets where a new sentence starts inside a block; abbreviations and initials end none."""
    ends = _SENTENCE_END.finditer(block)
    return [m.end() for m in ends if not _INITIAL.search(block[max(0, m.start() - 7) : m.start() + 1])]


class _Folded(dict[str, str]):
    """What `fold` makes of each word that was met: texts repeat their words, and share the letters of them here."""

    def __missing__(self, word: str) -> str:
        if len(self) >= KNOWN:
            self.clear()
        folded = self[word] = fold(word)
        return folded


_FOLDED = _Folded()


def _tokens(text: str, body: Sequence[Span]) -> tuple[tuple[str, ...], "array[int]", "array[int]"]:
    """The folded words of a text, their starts and their ends."""
    known = _FOLDED.__getitem__
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if codes.size and int(codes.max()) >= _PLANE:
        found = [m for begin, past in body for m in _WORD.finditer(text, begin, past)]
        return (
            tuple(known(m.group()) for m in found),
            array("i", [m.start() for m in found]),
            array("i", [m.end() for m in found]),
        )
    inside = np.zeros(codes.size + 2, np.int8)
    for begin, past in body:
        inside[begin + 1 : past + 1] = _letters()[codes[begin:past]]
    turns = np.diff(inside)
    starts, ends = np.flatnonzero(turns == 1).astype(np.int32), np.flatnonzero(turns == -1).astype(np.int32)
    spaced = np.where(inside[1:-1], codes, np.uint32(ord(" "))).tobytes().decode("utf-32-le", "surrogatepass")
    return tuple(map(known, spaced.split())), array("i", starts.tobytes()), array("i", ends.tobytes())


@lru_cache(maxsize=1)
def _letters() -> npt.NDArray[np.int8]:
    """Which characters of the first plane are part of a word: letters, digits and the low line."""
    letters, every = np.zeros(_PLANE, np.int8), np.arange(_PLANE, dtype=np.uint32).tobytes().decode("utf-32-le", "surrogatepass")
    for run in re.finditer(r"\w+", every):
        letters[run.start() : run.end()] = 1
    return letters
