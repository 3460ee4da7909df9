"""Who said what in one report by itself: voices joined with quotations, over its paragraphs."""

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stemma.mentions.caveats import find_caveats
from stemma.mentions.parse import Paragraph
from stemma.mentions.quotations import find_quotations
from stemma.mentions.values import Caveat
from stemma.statements.hedged import within
from stemma.statements.quoting import Marked, join, marked
from stemma.statements.voices import SUBJECT, Voice, find_voices
from stemma.tables import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONG = 5
_LABEL = re.compile(r"^[\"“”'‘]?((?:[A-Z][A-Z.'’-]+ ?){1,4}):\s+")
_MOST = 300
"""How many quotations and voices of one paragraph are looked at: no newspaper prints more."""
_TURNS = 2
"""How many paragraphs with a speaker's label make a transcript."""
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
    """An attribution with the parsed words that it rests on, for resolving its source."""

    attribution: Attribution
    paragraph: int
    source: "Token | None"
    cue: "Token | None"
    strength: int


@dataclass(slots=True)
class _Open:
    """An attribution in the making; a quotation can go on in later paragraphs."""

    paragraph: int
    voice: Voice
    quotes: list[tuple[int, Marked]] = field(default_factory=list)


def attribute(paragraphs: Sequence[Paragraph]) -> list[Attribution]:
    """Return the attributions of one report in text order, quoted or not."""
    return [said.attribution for said in find_said(paragraphs)]


def find_said(paragraphs: Sequence[Paragraph]) -> list[Said]:
    """Return the attributions of one report with their parsed source and cue, in text order."""
    quotations = find_quotations(paragraphs)
    starts = [q.inner_start for q in quotations]
    found: list[_Open] = []
    last: _Open | None = None
    turns = [_turn(n, p) for n, p in enumerate(paragraphs)]
    transcript = sum(turn is not None for turn in turns) >= _TURNS
    for n, paragraph in enumerate(paragraphs):
        turn = turns[n]
        if transcript and turn is not None:
            found.append(turn)
            last = None
            continue
        first = bisect_left(starts, paragraph.start)
        own = quotations[first : bisect_left(starts, paragraph.end)][:_MOST]
        quotes = marked(paragraph, own)
        if paragraph.doc.has_annotation("DEP"):
            last = _of_paragraph(n, paragraphs, quotes, last, found)
        else:
            found += [_Open(n, _nobody(), [(n, q)]) for q in quotes if q.words >= _LONG]
    caveats = [c for p in paragraphs if p.doc.has_annotation("DEP") for c in find_caveats(p)]
    done = [_hedged(said, caveats, paragraphs) for item in found if (said := _finish(item, paragraphs)) is not None]
    return sorted(done, key=lambda s: (s.attribution.content, s.attribution.cue_span or (0, 0)))


def _hedged(said: Said, caveats: Sequence[Caveat], paragraphs: Sequence[Paragraph]) -> Said:
    a = said.attribution
    caveat = within(a.content, a.quotations, a.cue_span, caveats)
    if caveat is None:
        return said
    paragraph = next(p for p in paragraphs if p.start <= caveat.start < p.end)
    text = paragraph.doc.text[caveat.start - paragraph.start : caveat.end - paragraph.start]
    return dataclasses.replace(said, attribution=dataclasses.replace(a, caveat=caveat, caveat_text=text))


def _turn(n: int, paragraph: Paragraph) -> _Open | None:
    """A turn of a transcript: the speaker's name in capitals, a colon, what was said."""
    label = _LABEL.match(paragraph.doc.text)
    if label is None or not paragraph.doc.has_annotation("DEP"):
        return None
    named = [t for t in paragraph.doc if label.start(1) <= t.idx < label.end(1)]
    rest = {t.i for t in paragraph.doc if t.idx >= label.end()}
    if not named or not rest:
        return None
    voice = Voice(named[-1].i + 1, [named[-1].i + 1], named[-1], rest, 3)
    return _Open(n, voice)


def _of_paragraph(
    n: int, paragraphs: Sequence[Paragraph], quotes: Sequence[Marked], last: _Open | None, found: list[_Open]
) -> _Open | None:
    """Add the attributions of one paragraph; return the one whose quotation the next paragraph may go on with."""
    doc = paragraphs[n].doc
    voices = find_voices(doc)[:_MOST]
    spoken = join(doc, quotes, voices)
    items = {id(v): _Open(n, v) for v in (*voices, *spoken.values())}
    final: _Open | None = None
    for i, quote in enumerate(quotes):
        item = items[id(spoken[i])] if i in spoken else _unframed(n, doc, quotes, i, last, paragraphs)
        if item is None:
            continue
        item.quotes.append((n, quote))
        items.setdefault(id(item.voice), item)
        final = item if quote.words >= _LONG else final
    inside = {t for q in quotes for t in range(q.first, q.last + 1)}
    found += [o for o in items.values() if o is not last and (o.quotes or _speaks(o.voice, inside))]
    return final


def _unframed(
    n: int, doc: "Doc", quotes: Sequence[Marked], i: int, last: _Open | None, paragraphs: Sequence[Paragraph]
) -> _Open | None:
    """A quotation without a frame: it goes on from the paragraph before, or to its sentence's subject."""
    quote = quotes[i]
    whole = quote.words >= _LONG or (i == 0 and len(quotes) == 1 and quote.words >= len(doc) * 2 // 3)
    if not whole or _is_title(doc, quote):
        return None
    opens = not any(t.is_alpha for t in doc[: quote.first])
    if opens and last is not None:
        return last
    if opens:
        return (_announced(n - 1, paragraphs[n - 1].doc) if n else None) or _Open(n, _nobody())
    voice = _nobody()
    voice.source = _subject_before(doc, quote)
    return _Open(n, voice)


def _is_title(doc: "Doc", quote: Marked) -> bool:
    """The title of a book, a show or an article: capitals throughout, or marks inside a sentence."""
    long_words = [t for t in doc[quote.first : quote.last + 1] if t.is_alpha and len(t) > 3]
    capitals = bool(long_words) and all(t.text[0].isupper() for t in long_words)
    before = next((doc[i] for i in range(quote.first - 1, -1, -1) if not doc[i].is_quote and not doc[i].is_space), None)
    inside = before is not None and (before.is_alpha or before.text == ",") and quote.words < 2 * _LONG
    return capitals or inside


def _nobody() -> Voice:
    return Voice(-1, [], None, set(), 3)


def _subject_before(doc: "Doc", quote: Marked) -> "Token | None":
    """Who the sentence before the quotation is about, when that is a person."""
    sentence = doc[max(quote.first - 2, 0)].sent
    subject = next((t for t in sentence if t.dep_ in SUBJECT and t.head == sentence.root and t.i < quote.first), None)
    return subject if subject is not None and _personal(subject) else None


def _announced(n: int, doc: "Doc") -> _Open | None:
    """The speaker of a paragraph that ends with a colon: "The agency said:" and the quotation below."""
    if not doc.text.rstrip().endswith(":") or not doc.has_annotation("DEP"):
        return None
    *_, sentence = doc.sents
    spoken = [v for v in find_voices(doc) if v.cue >= sentence.start and v.strength == 3 and v.source is not None]
    if spoken:
        return _Open(n, dataclasses.replace(spoken[-1], content=set()))
    voice = _nobody()
    voice.source = next((t for t in sentence if t.dep_ in SUBJECT and _personal(t)), None)
    return None if voice.source is None else _Open(n, voice)


def _personal(token: "Token") -> bool:
    return token.lower_ in ("he", "she") or token.ent_type_ == "PERSON"


def _speaks(voice: Voice, inside: set[int]) -> bool:
    """Whether a voice without quotation marks is an attribution."""
    if not voice.content or voice.cue < 0 or voice.cue in inside:
        return False
    if voice.source is None:
        return voice.strength == 3
    impersonal = voice.source.lower_ in ("i", "you", "we", "one", "it", "that", "this", "what")
    return voice.strength == 3 or not impersonal


def _finish(item: _Open, paragraphs: Sequence[Paragraph]) -> Said | None:
    paragraph = paragraphs[item.paragraph]
    doc, voice, offset = paragraph.doc, item.voice, paragraph.start
    source = _source_tokens(voice)
    content = voice.content - set(voice.cue_tokens) - {t.i for t in source}
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
        voice.source is not None and voice.source.pos_ == "PRON",
        None, None, voice.negated,
    )  # fmt: skip
    return Said(attribution, item.paragraph, voice.source, cue, voice.strength)


def _source_tokens(voice: Voice) -> "list[Token]":
    """The words that name the source: its noun phrase with an apposition, without clauses, the cue and what is said."""
    if voice.source is None:
        return []
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
