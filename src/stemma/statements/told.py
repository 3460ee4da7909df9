"""Everything that a report tells, in one list: what it attributes to others, and its own sentences."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from stemma.mentions.parse import Paragraph
from stemma.statements.hedged import strongest
from stemma.statements.said import Said
from stemma.statements.titles import Who
from stemma.tables import Caveat, Span

_LEAST_OWN = 0.5
"""A sentence whose words are attributed to less than this share is also a statement of the report itself."""


@dataclass(frozen=True)
class Told:
    """One statement in the making; `said` is None for the report's own sentences."""

    content: tuple[Span, ...]
    paragraph: int
    said: Said | None
    who: Who | None
    caveat: Caveat | None
    negated: bool

    @property
    def quotations(self) -> tuple[Span, ...]:
        """The words inside marks."""
        return self.said.attribution.quotations if self.said is not None else ()

    @property
    def last(self) -> int:
        """Where its content ends."""
        return self.content[-1][1]


def told(
    text: str,
    paragraphs: Sequence[Paragraph],
    said: Sequence[Said],
    who: Sequence[Who | None],
    caveats: Sequence[Caveat],
) -> list[Told]:
    """Return what a report attributes, in the order of `said`, and then its own sentences in text order."""
    attributed = [
        Told(s.attribution.content, s.paragraph, s, w, s.attribution.caveat, s.attribution.negated)
        for s, w in zip(said, who, strict=True)
    ]
    covered = [
        span
        for a in (s.attribution for s in said)
        for span in (*a.content, *(s for s in (a.source_span, a.cue_span) if s is not None))
    ]
    return [*attributed, *_own(text, paragraphs, covered, caveats)]


def _own(text: str, paragraphs: Sequence[Paragraph], covered: Sequence[Span], caveats: Sequence[Caveat]) -> Iterator[Told]:
    """The report's own sentences: those of which less than half the words are attributed to somebody."""
    marked = np.zeros(len(text) + 1, dtype=bool)
    for start, end in covered:
        marked[start:end] = True
    starts = [c.start for c in caveats]
    for n, paragraph in enumerate(paragraphs):
        for start, end, negated in _sentences(paragraph):
            words = [i for i in range(start, end) if not text[i].isspace()]
            if words and np.count_nonzero(marked[words]) < _LEAST_OWN * len(words):
                caveat = strongest(caveats[bisect_left(starts, start) : bisect_left(starts, end)])
                yield Told(((start, end),), n, None, None, caveat, negated)


def _sentences(paragraph: Paragraph) -> Iterator[tuple[int, int, bool]]:
    doc = paragraph.doc
    if not doc.has_annotation("SENT_START"):
        yield paragraph.start, paragraph.end, False
        return
    for sentence in doc.sents:
        text = sentence.text
        if any(c.isalnum() for c in text):
            left, right = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
            start, end = paragraph.start + sentence.start_char + left, paragraph.start + sentence.end_char - right
            # Without a parse spaCy's tree is not safe to walk: it can crash the process.
            parsed = doc.has_annotation("DEP")
            yield start, end, parsed and any(t.dep_ == "neg" for t in sentence.root.children)
