"""Traces that a translation program leaves in English: broken spacing, capitals of lost links, calques, foreign grammar."""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from stemma.descent.thresholds import (
    ARTICLES_FEW,
    ARTICLES_FEW_WEIGHT,
    ARTICLES_HEAVY,
    ARTICLES_WORDS,
    TRACE_AGAINST,
    TRACE_LINKS_MOST,
    TRACE_MOST,
)
from stemma.descent.translationese import CALQUES, GRAMMAR, Pattern
from stemma.tables import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

SPACED_HYPHEN = re.compile(r"\b[\w\d]+ -[a-z]+\b")
GLUED = re.compile(r"\b[A-Z][a-z]{3,}(?:The|Who|And|For|In|On|A|An|That|Which|Was|Is|To|Of)(?=\s|[A-Z]|$)")
STRAY_CAPITAL = re.compile(r"(?<=[a-z,] )(?:A|An|The|That|To|In|On|His|Her|Their|For|And|With|After|Who)(?= [a-z0-9])")

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_SHARED = ("conj", "advcl", "relcl", "acl", "xcomp")
"""Relations of verbs whose subject may stand with another verb."""


@dataclass(frozen=True, slots=True)
class TranslationSign:
    """Words of one paragraph that a person writing English would not print; `weight` in nats."""

    paragraph: int
    span: Span
    what: str
    weight: float


def translation_signs(paragraphs: Sequence[str]) -> list[TranslationSign]:
    """Return the traces of machine translation in the paragraphs of a body, with offsets in their paragraph."""
    found = []
    for number, text in enumerate(paragraphs):
        for what, weight, pattern in _wordings():
            found += [TranslationSign(number, m.span(), what, weight) for m in pattern.finditer(text)]
    return found


def probability(signs: Sequence[TranslationSign]) -> float:
    """Return how probable it is that a program translated the text; lost links alone (glued words, capitals) stay under half."""
    weights: dict[str, float] = {}
    for sign in signs:
        weights[sign.what] = min(weights.get(sign.what, 0.0) + sign.weight, TRACE_MOST)
    links = min(TRACE_LINKS_MOST, sum(w for k, w in weights.items() if k in ("glued words", "stray capital")))
    rest = sum(w for k, w in weights.items() if k not in ("glued words", "stray capital"))
    return 1 / (1 + math.exp(-(links + rest - TRACE_AGAINST)))


def grammar_signs(docs: "Sequence[Doc]") -> list[TranslationSign]:
    """Return the turns of grammar in a body's parsed paragraphs that English does not have, with offsets in their paragraph."""
    found: list[TranslationSign] = []
    for number, doc in enumerate(docs):
        for sentence in doc.sents:
            found += _in_sentence(number, sentence)
    return [*found, *_articles(docs)]


def _in_sentence(number: int, sentence: "Sentence") -> Iterator[TranslationSign]:
    tokens = [t for t in sentence if not t.is_space]
    starts, tagged = [], ""
    for t in tokens:
        starts.append(len(tagged))
        tagged += f"{t.lower_}/{t.tag_}{'0' if _lacks_subject(t) else ''} "
    for what, weight, pattern in _turns():
        for m in pattern.finditer(tagged):
            first, last = (tokens[bisect_right(starts, at) - 1] for at in (m.start(), max(m.start(), m.end() - 2)))
            yield TranslationSign(number, (first.idx, last.idx + len(last.text)), what, weight)


def _lacks_subject(token: "Token") -> bool:
    return token.pos_ == "VERB" and token.dep_ not in _SHARED and not any(c.dep_ in _SUBJECTS for c in token.children)


def _articles(docs: "Sequence[Doc]") -> list[TranslationSign]:
    """A text with too many "the" and "of", shown by the sentence that has most of them, or with hardly an article."""
    words = [t.lower_ for doc in docs for t in doc if t.is_alpha]
    if len(words) < ARTICLES_WORDS:
        return []
    heavy = sum(w in ("the", "of") for w in words) / len(words)
    weight = next((w for least, w in ARTICLES_HEAVY if heavy >= least), 0.0)
    sentences = [(n, s) for n, doc in enumerate(docs) for s in doc.sents]
    if weight:
        number, shown = max(sentences, key=lambda row: sum(t.lower_ in ("the", "of") for t in row[1]))
        return [_whole(number, shown, "articles everywhere", weight)]
    if sum(w in ("the", "a", "an") for w in words) < ARTICLES_FEW * len(words):
        number, shown = max(sentences, key=lambda row: sum(t.is_alpha for t in row[1]))
        return [_whole(number, shown, "hardly an article", ARTICLES_FEW_WEIGHT)]
    return []


def _whole(number: int, sentence: "Sentence", what: str, weight: float) -> TranslationSign:
    start = sentence.start_char
    return TranslationSign(number, (start, start + len(sentence.text.rstrip())), what, weight)


@lru_cache(maxsize=1)
def _wordings() -> list[tuple[str, float, re.Pattern[str]]]:
    fixed = [("broken spacing", 1.0, SPACED_HYPHEN), ("glued words", 0.5, GLUED), ("stray capital", 0.5, STRAY_CAPITAL)]
    return [*fixed, *_compiled(CALQUES, re.IGNORECASE)]


@lru_cache(maxsize=1)
def _turns() -> list[tuple[str, float, re.Pattern[str]]]:
    return _compiled(GRAMMAR)


def _compiled(patterns: Sequence[Pattern], flags: int = 0) -> list[tuple[str, float, re.Pattern[str]]]:
    return [(what, weight, re.compile(pattern, flags)) for what, weight, pattern in patterns]
