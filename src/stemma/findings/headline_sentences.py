"""What a headline says, and the sentences of the body that say it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stemma.findings import thresholds
from stemma.findings.context import Context
from stemma.mentions.figures import find_figures
from stemma.mentions.parse import parse
from stemma.tables import Figure, Span, Statement
from stemma.text.synonyms import meaning

if TYPE_CHECKING:
    from spacy.tokens import Token
_CONTENT = ("NOUN", "VERB", "ADJ", "PROPN")
_IF = re.compile(r"^\W*if\b.*\b(?:would|could|might)\b", re.IGNORECASE)
EXPECTED = re.compile(
    r"\b(?:expect\w*|predict\w*|forecast\w*|hop(?:e|ing)\w*|want\w*|wish\w*|anticipat\w*)\b",
    re.IGNORECASE,
)
"""Somebody only expects a thing."""
_SHORT = re.compile(r"(?<=\d)(m|mn|bn|b|k)(?=\W|$)", re.IGNORECASE)
_LONG = {"m": " million", "mn": " million", "b": " billion", "bn": " billion", "k": ",000"}


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline's content words by meaning, those of its verbs, its figures, and all its words in lower case."""

    words: frozenset[str]
    verbs: frozenset[str]
    figures: tuple[Figure, ...]
    plain: frozenset[str]


@dataclass(frozen=True, slots=True)
class HeadlineSentence:
    """A sentence of the body that says what the headline says, and the attributed statements that carry the words in common.

    `carried_lemmas` are the lemmas of the words that they carry, `supposed` when it stands under an "if", `figures` those of the
    headline that it has, `common` its words in common with the headline and `share` how many of the headline's these are.
    """

    sentence: Span
    statements: tuple[Statement, ...]
    carried_lemmas: frozenset[str]
    supposed: bool
    figures: tuple[Figure, ...]
    common: frozenset[str]
    share: float

    @property
    def near(self) -> bool:
        """Whether it is only the sentence nearest to the headline, without its number and with few of its words."""
        return not self.figures and self.share < thresholds.HEADLINE_SHARE


def read_headline(title: str) -> Headline:
    """Return what a headline says; "2.3m" is read as 2.3 million."""
    if title.upper() == title:
        title = title.capitalize()
    title = _SHORT.sub(lambda m: _LONG[m[1].lower()], title)
    doc = parse(title, "en")
    content = [t for t in doc if t.pos_ in _CONTENT and t.is_alpha and not t.is_stop]
    return Headline(
        frozenset(_meaning(t) for t in content),
        frozenset(_meaning(t) for t in content if t.pos_ == "VERB"),
        tuple(
            sorted(
                (f for f in find_figures(doc) if f.value > thresholds.HEADLINE_SMALL), key=lambda f: (f.unit is None, -f.value)
            )
        ),
        frozenset(w.strip(".,;!").lower() for w in title.split()),
    )


def sentences_of_headline(context: Context, report: str, headline: Headline) -> list[list[HeadlineSentence]]:
    """Return the sentences of the body that say what a headline says: a list for each of its figures, or one for its words.

    A list is empty where the body says it nowhere, or says it somewhere on its own word.
    """
    body = _body(context, report, headline)
    if headline.figures:
        return [_with_figure(body, headline, figure) for figure in headline.figures]
    if len(headline.words) < thresholds.HEADLINE_WORDS:
        return []
    best = max((h.share for h in body), default=0.0)
    near = [h for h in body if h.share >= thresholds.HEADLINE_SHARE and h.common & headline.verbs]
    if not near and best >= thresholds.NEAREST_SHARE:
        near = [h for h in body if h.share == best and len(h.common) >= thresholds.HEADLINE_WORDS]
    plain = any(_is_plain(h) and h.share >= min(thresholds.HEADLINE_SHARE, best) for h in body)
    return [] if plain else [near]


def _with_figure(body: Sequence[HeadlineSentence], headline: Headline, figure: Figure) -> list[HeadlineSentence]:
    """The sentences with a headline's number, none where one of them is the report's own."""
    same = [h for h in body for f in h.figures if f.value == figure.value and _may_have_one_unit(f, figure)]
    if any(_is_plain(h) and (h.common or figure.value > thresholds.HEADLINE_COUNT) for h in same):
        return []
    if any(_is_plain(h) and h.share >= thresholds.HEADLINE_SHARE and h.common & headline.verbs for h in body):
        return []
    return [h for h in same if len(h.common) >= thresholds.HEADLINE_BESIDE or figure.value >= thresholds.HEADLINE_LARGE]


def _may_have_one_unit(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit or None in (one.unit, other.unit)


def _is_plain(one: HeadlineSentence) -> bool:
    return not one.statements and not one.supposed


def _body(context: Context, report: str, headline: Headline) -> list[HeadlineSentence]:
    attributed = [s for s in context.statements if s.report == report and s.attributed and not _is_of_hopes(context, s)]
    found = []
    for paragraph in context.paragraphs[report]:
        for sentence in paragraph.doc.sents:
            span = paragraph.start + sentence.start_char, paragraph.start + sentence.end_char
            common = {t: w for t in sentence if t.pos_ in _CONTENT for w in [_word_of_headline(_meaning(t), headline.words)] if w}
            figures = [f for f in context.mentions[report].figures if span[0] <= f.start < span[1]]
            figures = [f for f in figures if any(f.value == g.value for g in headline.figures)]
            places = [paragraph.start + t.idx for t in common] + [f.start for f in figures]
            carried = tuple(s for s in attributed if _carries(s, places, [f.start for f in figures]))
            told = frozenset(t.lemma_.lower() for t in sentence if any(_inside(s, paragraph.start + t.idx) for s in carried))
            words = frozenset(common.values())
            share = len(words) / max(1, len(headline.words))
            supposed = bool(_IF.search(sentence.text))
            found.append(HeadlineSentence(span, carried, told, supposed, tuple(figures), words, share))
    return found


def _is_of_hopes(context: Context, statement: Statement) -> bool:
    """Whether somebody only expected it: "as analysts had forecast" is sentences_of_headline of a thing that happened."""
    cue = statement.cue_span
    return cue is not None and EXPECTED.search(context.words(statement.report, cue)) is not None


def _carries(statement: Statement, places: Sequence[int], figures: Sequence[int]) -> bool:
    """Whether a statement's words hold most of what a sentence has of the headline, and its number."""
    if not places or any(not _inside(statement, at) for at in figures):
        return False
    return sum(_inside(statement, at) for at in places) >= thresholds.CARRIED_SHARE * len(places)


def _inside(statement: Statement, at: int) -> bool:
    return any(s <= at < e for s, e in statement.content)


def _word_of_headline(word: str, words: frozenset[str]) -> str | None:
    """The word of a headline that a word of the body is: the same, or one with the other's ending ("Sudan", "Sudanese")."""
    if word in words:
        return word
    return next(
        (
            w
            for w in sorted(words)
            if min(len(w), len(word)) >= thresholds.ROOT_LETTERS and (w.startswith(word) or word.startswith(w))
        ),
        None,
    )


def _meaning(token: "Token") -> str:
    return meaning(token.lemma_.lower())
