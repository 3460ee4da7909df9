"""What one report is found to attribute: its spans, and the parsed words that they rest on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stemma.mentions.caveats import checking
from stemma.mentions.parse import Paragraph
from stemma.statements.quoting import Marked
from stemma.statements.voices import Voice
from stemma.tables import Caveat, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_QUOTES = "\"“”„«»‘’'`‚‹›「」『』‟"
_CLAUSES = frozenset(("relcl", "acl", "advcl", "ccomp", "parataxis", "conj", "cc"))


@dataclass(frozen=True)
class Attribution:
    """Content that a report attributes to a source by a cue; `quotations` are inside the marks.

    All spans are offsets in the report's text. Where "who" stands for the source, `source_span` is that word and
    `source_text` the words that it points to.
    """

    content: tuple[Span, ...]
    quotations: tuple[Span, ...]
    source_span: Span | None
    cue_span: Span | None
    source_text: str | None
    pronoun: bool
    caveat: Caveat | None
    caveat_text: str | None
    negated: bool


@dataclass(frozen=True)
class Said:
    """An attribution with the words that it rests on, for resolving its source.

    In a language without a parser `named` are the names that the source can mean, and `pronoun` is he or she.
    """

    attribution: Attribution
    paragraph: int
    source: "Token | None"
    cue: "Token | None"
    strength: int
    named: tuple[tuple[str, ...], ...] | None = None
    pronoun: str | None = None


@dataclass(slots=True)
class Open:
    """An attribution in the making; a quotation can go on in later paragraphs."""

    paragraph: int
    voice: Voice
    quotes: list[tuple[int, Marked]] = field(default_factory=list)


Judge = Callable[[Sequence[Paragraph], Sequence[Open], Sequence[tuple[int, Marked]]], list[Open]]
"""Says what is an attribution, of what the rules found in a report and of the marks that they took for nobody's."""


def finished(item: Open, paragraphs: Sequence[Paragraph]) -> Said | None:
    """Return an attribution with its spans in the report's text; None when nothing is left to attribute."""
    paragraph = paragraphs[item.paragraph]
    doc, voice, offset = paragraph.doc, item.voice, paragraph.start
    source = _source_tokens(voice)
    content = voice.content - set(voice.cue_tokens) - {t.i for t in source} - _commented(doc, voice.content)
    content -= _added(item, content)
    spans = [(offset + s, offset + e) for s, e in _runs(doc, content)]
    spans += [(q.quotation.start, q.quotation.end) for _, q in item.quotes]
    spans = _merged(spans)
    if not spans:
        return None
    text = doc.text[source[0].idx : source[-1].idx + len(source[-1])] if source else None
    shown = [voice.pointer] if voice.pointer is not None and source else source
    source_span = (offset + shown[0].idx, offset + shown[-1].idx + len(shown[-1])) if shown else None
    cue = doc[voice.cue] if voice.cue >= 0 else None
    cue_span = None
    if voice.cue_tokens:
        first, last = doc[voice.cue_tokens[0]], doc[voice.cue_tokens[-1]]
        cue_span = (offset + first.idx, offset + last.idx + len(last))
    attribution = Attribution(
        tuple(spans),
        tuple(sorted((q.quotation.inner_start, q.quotation.inner_end) for _, q in item.quotes)),
        source_span, cue_span,
        text,
        _is_pronoun(voice),
        None, None, voice.negated,
    )  # fmt: skip
    if voice.spoken is None:
        return Said(attribution, item.paragraph, voice.source, cue, voice.strength)
    return Said(attribution, item.paragraph, voice.source, cue, 3, voice.spoken.named, voice.spoken.frame.pronoun)


def _added(item: Open, content: set[int]) -> set[int]:
    """What the report adds behind a frame that follows the marks: "…," she said, blaming the mayor."""
    quotes = [q for n, q in item.quotes if n == item.paragraph]
    cue = item.voice.cue
    if cue < 0 or not any(q.last < cue and q.words > 1 for q in quotes) or any(i < cue for i in content - _held(quotes)):
        return set()
    return {i for i in content - _held(quotes) if i > cue}


def _held(quotes: Sequence[Marked]) -> set[int]:
    return {i for q in quotes for i in range(q.first - 1, q.last + 2)}


def _commented(doc: "Doc", content: set[int]) -> set[int]:
    """What the report adds itself: ", a claim that could not be verified"."""
    checks = [t for t in (doc[i] for i in content) if t.dep_ in ("relcl", "acl") and checking(t)]
    nouns = [t.head for t in checks if t.head.left_edge.i > 0 and doc[t.head.left_edge.i - 1].text in (",", "—", "–")]
    return {t.i for noun in nouns if noun.pos_ == "NOUN" for t in noun.subtree}


def _is_pronoun(voice: Voice) -> bool:
    if voice.spoken is not None:
        return voice.spoken.frame.pronoun is not None
    return voice.source is not None and voice.source.pos_ == "PRON"


def _source_tokens(voice: Voice) -> "list[Token]":
    """The words that name the source: its noun phrase with an apposition, without clauses, the cue and what is said."""
    if voice.source is None:
        return []
    if voice.spoken is not None:
        frame = voice.spoken.frame
        return list(voice.source.doc[frame.first : voice.source.i + 1])
    kept, stack = {voice.source.i: voice.source}, list(voice.source.children)
    while stack:
        token = stack.pop()
        if token.dep_ in _CLAUSES and not (token.dep_ == "conj" and token.pos_ in ("PROPN", "NOUN")):
            continue
        if token.i == voice.cue or (token.i in voice.content and voice.source.i not in voice.content):
            continue
        kept[token.i] = token
        stack.extend(token.children)
    tokens = [kept[voice.source.i]]
    for step in (-1, 1):
        i = voice.source.i + step
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
