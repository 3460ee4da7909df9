"""An attribution: source, cue and content as spans of the report, with the parsed words that they rest on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stemma.mentions.caveats import checking
from stemma.mentions.parse import Paragraph
from stemma.statements.cues import Cue
from stemma.statements.quoting import QuotedTokens
from stemma.tables import Caveat, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from stemma.statements.people import SourceKey

_QUOTES = "\"“”„«»‘’'`‚‹›「」『』‟"
_CLAUSES = frozenset(("relcl", "acl", "advcl", "ccomp", "parataxis", "conj", "cc"))


@dataclass(frozen=True)
class Attribution:
    """Content that a report attributes to a source by a cue; `quotations` are inside the marks.

    All spans are offsets in the report's text. `paragraph` is where the cue stands, `source` and `cue` are its parsed words.
    Where "who" stands for the source, `source_span` is that word and `source_text` the words that it points to. In a language
    without a parser `named` are the names that the source can mean, and `pronoun` is he or she.
    """

    content: tuple[Span, ...]
    quotations: tuple[Span, ...]
    source_span: Span | None
    cue_span: Span | None
    source_text: str | None
    negated: bool
    paragraph: int
    source: "Token | None"
    cue: "Token | None"
    strength: int
    named: tuple[tuple[str, ...], ...] | None = None
    pronoun: str | None = None

    @property
    def by_pronoun(self) -> bool:
        """Whether a pronoun stands for the source."""
        return self.pronoun is not None or (self.named is None and self.source is not None and self.source.pos_ == "PRON")


@dataclass(slots=True)
class Candidate:
    """An attribution in the making: a cue with the quotations (and their paragraphs) that are joined to it."""

    paragraph: int
    cue: Cue
    quotes: list[tuple[int, QuotedTokens]] = field(default_factory=list)


@dataclass(frozen=True)
class ReportStatement:
    """One statement of one report before its row is made; `attribution` is None for the report's own sentences."""

    content: tuple[Span, ...]
    paragraph: int
    attribution: Attribution | None
    who: "SourceKey | None"
    negated: bool
    caveat: Caveat | None = None

    @property
    def quotations(self) -> tuple[Span, ...]:
        """The words inside marks."""
        return self.attribution.quotations if self.attribution is not None else ()

    @property
    def end(self) -> int:
        """Where its content ends."""
        return self.content[-1][1]


def attribution_of(candidate: Candidate, paragraphs: Sequence[Paragraph]) -> Attribution | None:
    """Return a candidate with its spans in the report's text; None when nothing is left to attribute."""
    paragraph, cue = paragraphs[candidate.paragraph], candidate.cue
    doc, offset = paragraph.doc, paragraph.start
    source = _source_tokens(cue)
    content = cue.content - set(cue.tokens) - {t.i for t in source} - _commented(doc, cue.content)
    content -= _added(candidate, content)
    spans = [(offset + s, offset + e) for s, e in _runs(doc, content)]
    spans = _merged([*spans, *((q.quotation.start, q.quotation.end) for _, q in candidate.quotes)])
    if not spans:
        return None
    shown = [cue.pointer] if cue.pointer is not None and source else source
    return Attribution(
        tuple(spans),
        tuple(sorted((q.quotation.inner_start, q.quotation.inner_end) for _, q in candidate.quotes)),
        _span(offset, shown),
        _span(offset, [doc[i] for i in cue.tokens]),
        doc.text[source[0].idx : source[-1].idx + len(source[-1])] if source else None,
        cue.negated, candidate.paragraph, cue.source, doc[cue.token] if cue.token >= 0 else None, cue.strength,
        None if cue.frame is None else cue.frame.meant, None if cue.frame is None else cue.frame.pronoun,
    )  # fmt: skip


def _span(offset: int, tokens: "Sequence[Token]") -> Span | None:
    return (offset + tokens[0].idx, offset + tokens[-1].idx + len(tokens[-1])) if tokens else None


def _added(candidate: Candidate, content: set[int]) -> set[int]:
    """What the report adds behind a frame that follows the marks: "…," she said, blaming the mayor."""
    quotes = [q for n, q in candidate.quotes if n == candidate.paragraph]
    cue = candidate.cue.token
    if cue < 0 or not any(q.last < cue and q.words > 1 for q in quotes) or any(i < cue for i in content - _held(quotes)):
        return set()
    return {i for i in content - _held(quotes) if i > cue}


def _held(quotes: Sequence[QuotedTokens]) -> set[int]:
    return {i for q in quotes for i in range(q.first - 1, q.last + 2)}


def _commented(doc: "Doc", content: set[int]) -> set[int]:
    """What the report adds itself: ", a claim that could not be verified"."""
    checks = [t for t in (doc[i] for i in content) if t.dep_ in ("relcl", "acl") and checking(t)]
    nouns = [t.head for t in checks if t.head.left_edge.i > 0 and doc[t.head.left_edge.i - 1].text in (",", "—", "–")]
    return {t.i for noun in nouns if noun.pos_ == "NOUN" for t in noun.subtree}


def _source_tokens(cue: Cue) -> "list[Token]":
    """The words that name the source: its noun phrase with an apposition, without clauses, the cue and what is said."""
    if cue.source is None:
        return []
    if cue.frame is not None:
        return list(cue.source.doc[cue.frame.first : cue.source.i + 1])
    kept, stack = {cue.source.i: cue.source}, list(cue.source.children)
    while stack:
        token = stack.pop()
        if token.dep_ in _CLAUSES and not (token.dep_ == "conj" and token.pos_ in ("PROPN", "NOUN")):
            continue
        if token.i == cue.token or (token.i in cue.content and cue.source.i not in cue.content):
            continue
        kept[token.i] = token
        stack.extend(token.children)
    tokens = [kept[cue.source.i]]
    for step in (-1, 1):
        i = cue.source.i + step
        while i in kept:
            tokens.append(kept[i])
            i += step
    tokens.sort(key=lambda t: t.i)
    while tokens and tokens[-1].is_punct and tokens[-1].text not in ")":
        tokens.pop()
    while tokens and tokens[0].is_punct and tokens[0].text not in "(":
        tokens.pop(0)
    return tokens


def _runs(doc: "Doc", content: set[int]) -> Iterator[Span]:
    """Unbroken runs of content tokens as character spans, without punctuation at their ends."""
    order = sorted(content)
    start = 0
    for i in range(1, len(order) + 1):
        if i < len(order) and _bridged(doc, order[i - 1], order[i]):
            continue
        run = [doc[t] for t in order[start:i]]
        start = i
        while run and (run[-1].is_space or (run[-1].is_punct and run[-1].text[0] not in _QUOTES + ")]!?%")):
            run.pop()
        while run and (run[0].is_space or (run[0].is_punct and run[0].text[0] not in _QUOTES + "([$#@")):
            run.pop(0)
        if any(not t.is_punct for t in run):
            yield run[0].idx, run[-1].idx + len(run[-1])


def _bridged(doc: "Doc", left: int, right: int) -> bool:
    return all(doc[i].is_punct or doc[i].is_space for i in range(left + 1, right))


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
