"""A report's body as words: what alignment works on, with the way back to the offsets."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stemma.tables import Span

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[„]*[^\W\d_a-zа-яё])")
_INITIAL = re.compile(
    r"(?:^|\s|\.)(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Capt|Rep|Sen|Gov|St|No|U\.S|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$"
)
# A mark that is never closed runs to the end of its paragraph: the quotation goes on in the next.
_MARKS = re.compile(r"[“„«][^“„«»”\n]*(?:[”»“]|$)|\"[^\"\n]*(?:\"|$)")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order; all tuples are as long as there are words, but `sentences`, which are spans of word numbers.

    `folded` is the word in lower case without accents, `quoted` whether it stands inside quotation marks, `paragraph` the number
    of the body block that it stands in.
    """

    text: str
    folded: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    paragraph: tuple[int, ...]
    quoted: tuple[bool, ...]
    sentences: tuple[Span, ...]

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


def read_words(text: str, body: Iterable[Span]) -> Words:
    """Return the words of the body blocks of a text; a block holds no newline."""
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    paragraph: list[int] = []
    quoted: list[bool] = []
    sentences: list[Span] = []
    for number, (begin, past) in enumerate(body):
        block = text[begin:past]
        marks = [m.span() for m in _MARKS.finditer(block)]
        cuts = sentence_cuts(block)
        first, cut, mark = len(folded), 0, 0
        for word in _WORD.finditer(block):
            while cut < len(cuts) and word.start() >= cuts[cut]:
                first = _close(sentences, first, len(folded))
                cut += 1
            while mark < len(marks) and word.start() >= marks[mark][1]:
                mark += 1
            folded.append(fold(word.group()))
            starts.append(begin + word.start())
            ends.append(begin + word.end())
            paragraph.append(number)
            quoted.append(mark < len(marks) and word.start() >= marks[mark][0])
        _close(sentences, first, len(folded))
    return Words(text, tuple(folded), tuple(starts), tuple(ends), tuple(paragraph), tuple(quoted), tuple(sentences))


def body_spans(blocks: Sequence[tuple[int, int, str]], roles: Sequence[str]) -> list[Span]:
    """Return the spans of the blocks whose role is one of `roles`."""
    return [(start, end) for start, end, role in blocks if role in roles]


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
    return [
        m.end() for m in _SENTENCE_END.finditer(block) if not _INITIAL.search(block[max(0, m.start() - 8) : m.start()])
    ]


def fold(word: str) -> str:
    """Return a word in lower case without accents, so that house style makes no difference."""
    plain = word.lower()
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def _close(sentences: list[Span], first: int, past: int) -> int:
    if past > first:
        sentences.append((first, past))
    return past
