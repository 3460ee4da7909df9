"""Who said what in one report by itself: cues joined with quotations, over its paragraphs.

An attribution is source, cue and content as spans of the report, with the parsed words that they rest on.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from stemma.mentions import Mentions
from stemma.mentions.caveats import checking
from stemma.mentions.parse import Paragraph
from stemma.reports.thresholds import MOST_QUOTATIONS
from stemma.statements import thresholds
from stemma.statements.cues import CUE_WORDS, SPOKEN, SUBJECT, Cue, find_cues, lemma_of
from stemma.statements.designation import OFFICES, may_speak, owner_of
from stemma.statements.quoting import DASHES, QuotedTokens, follows, is_name_alone, is_speech, join, quoted_tokens, told_inside
from stemma.statements.unparsed import Frame, is_within, join_unparsed, opens_with_dash
from stemma.tables import Caveat, Post, Quotation, Span
from stemma.text.spans import between

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

    from stemma.statements.people import SourceKey

_LABEL = re.compile(r"^[\"“”'‘]?((?:[A-Z][A-Z.'’-]+(?: |(?=:))){1,4}):\s+")
_MOST = MOST_QUOTATIONS
Loose = tuple[int, QuotedTokens]
"""Marks that are nobody's speech, with their paragraph."""
_QUOTES = "\"“”„«»‘’'`‚‹›「」『』‟"
_CLAUSES = frozenset(("relcl", "acl", "advcl", "ccomp", "parataxis", "conj", "cc"))


@dataclass(frozen=True)
class Attribution:
    """Content that a report attributes to a source by a cue; `quotations` are inside the marks.

    All spans are offsets in the report's text. `paragraph` is where the cue stands, `source` and `cue` are its parsed words.
    Where "who" stands for the source, `source_span` is that word and `source_text` the words that it points to; where a
    tweet or a page speaks, `source` is whose it is, and `author` the name that signs a post. In a language
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
    author: str | None = None

    @property
    def by_pronoun(self) -> bool:
        """Whether a pronoun stands for the source; "another" and "many" are nobody's pronouns."""
        stands = self.source is not None and self.source.pos_ == "PRON" and self.source.lower_ not in OFFICES["unnamed"]
        return self.pronoun is not None or (self.named is None and stands)


@dataclass(slots=True)
class Candidate:
    """An attribution in the making: a cue with the quotations (and their paragraphs) that are joined to it.

    `author` is the whole name that signs a post.
    """

    paragraph: int
    cue: Cue
    quotes: list[tuple[int, QuotedTokens]] = field(default_factory=list)
    author: str | None = None


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


Classifier = Callable[[Sequence[Paragraph], Sequence[Candidate], Sequence[Loose]], list[Candidate]]
"""Says what is an attribution, of what the rules found in a report and of the marks that they took for nobody's."""


def find_attributions(
    paragraphs: Sequence[Paragraph], mentions: Mentions, classifier: Classifier | None = None
) -> list[Attribution]:
    """Return what one report attributes to others, quoted or not, in text order.

    A trained classifier has the last word on what is an attribution; the rules alone where there is none.
    """
    found, loose = find_candidates(paragraphs, mentions.quotations, mentions.posts)
    if classifier is not None:
        found = classifier(paragraphs, found, loose)
    done = (attribution_of(item, paragraphs) for item in found)
    return sorted((a for a in done if a is not None), key=lambda a: (a.content, a.cue_span or (0, 0)))


def find_candidates(
    paragraphs: Sequence[Paragraph], quotations: Sequence[Quotation], posts: Sequence[Post] = ()
) -> tuple[list[Candidate], list[Loose]]:
    """Return what one report attributes by the rules, and the marks that are nobody's speech.

    A post is its author's, without the marks in it.
    """
    starts = [q.inner_start for q in quotations]
    spans = [(q.start, q.end) for q in quotations]
    found: list[Candidate] = []
    loose: list[Loose] = []
    last: Candidate | None = None
    turns = [_turn(n, p) for n, p in enumerate(paragraphs)]
    transcript = sum(turn is not None for turn in turns) >= thresholds.TRANSCRIPT_TURNS
    for n, paragraph in enumerate(paragraphs):
        turn = turns[n]
        if paragraph.role == "post":
            found += _posted(n, paragraph, between(posts, paragraph.start, paragraph.end))
            last = None
            continue
        if transcript and turn is not None:
            found.append(turn)
            last = None
            continue
        own = quotations[bisect_left(starts, paragraph.start) : bisect_left(starts, paragraph.end)]
        quotes = quoted_tokens(paragraph, own[:_MOST])
        if paragraph.doc.has_annotation("DEP"):
            last = _of_paragraph(n, paragraphs, quotes, last, found, loose)
        else:
            last = _of_unparsed(n, paragraphs, quotes, spans, last, found)
    return found, loose


def _posted(n: int, paragraph: Paragraph, posts: Sequence[Post]) -> Iterator[Candidate]:
    """The posts of one paragraph, each by the last word of the name that signs it."""
    for post in posts if paragraph.doc.has_annotation("DEP") else ():
        words = {t.i for t in paragraph.doc if post.start <= paragraph.start + t.idx < post.end}
        behind = [t for t in paragraph.doc if paragraph.start + t.idx >= post.end]
        name = (post.author or "").split()
        signed = next((t for t in behind if name and t.text == name[-1]), None)
        if words and signed is not None:
            yield Candidate(n, Cue(-1, [], signed, words), author=post.author)


def _turn(n: int, paragraph: Paragraph) -> Candidate | None:
    """A turn of a transcript: the speaker's name in capitals, a colon, what was said."""
    label = _LABEL.match(paragraph.doc.text)
    if label is None or not paragraph.doc.has_annotation("DEP"):
        return None
    named = [t for t in paragraph.doc if label.start(1) <= t.idx < label.end(1)]
    rest = {t.i for t in paragraph.doc if t.idx >= label.end()}
    if not named or not rest:
        return None
    return Candidate(n, Cue(named[-1].i + 1, [named[-1].i + 1], named[-1], rest))


def _of_paragraph(
    n: int,
    paragraphs: Sequence[Paragraph],
    quotes: Sequence[QuotedTokens],
    last: Candidate | None,
    found: list[Candidate],
    loose: list[Loose],
) -> Candidate | None:
    """Add the attributions of one paragraph; return the one whose quotation the next paragraph may go on with."""
    doc = paragraphs[n].doc
    cues = [_outside(c, quotes) for c in find_cues(doc)[:_MOST]]
    spoken = join(doc, quotes, cues)
    items = {id(c): Candidate(n, c) for c in (*cues, *spoken.values())}
    final: Candidate | None = None
    item: Candidate | None = None
    for i, quote in enumerate(quotes):
        if i in spoken:
            item = items[id(spoken[i])]
        elif item is None or not follows(doc, quotes[i - 1], quote):
            item = _unframed(n, quotes[i], item or last, paragraphs)
        if item is None:
            loose.append((n, quote))
            continue
        found += _told_inside(n, paragraphs[n], quote, cues, item.cue)
        item.quotes.append((n, quote))
        items.setdefault(id(item.cue), item)
        final = item if quote.words >= thresholds.LONG_QUOTATION or item.cue.source is not None else final
    inside = {t for q in quotes for t in range(q.first, q.last + 1)}
    final = _give_to_outer(items, inside, final)
    found += [o for o in items.values() if o is not last and (o.quotes or _speaks(o.cue, inside))]
    return final


def _told_inside(n: int, paragraph: Paragraph, quote: QuotedTokens, cues: Sequence[Cue], outer: Cue) -> Iterator[Candidate]:
    """Whom a speaker quotes in turn; "I" is the speaker."""
    for cue, inner in told_inside(paragraph.doc, paragraph.start, quote, cues):
        source = outer.source if cue.source is not None and cue.source.lower_ == "i" else cue.source
        if source is not None:
            yield Candidate(n, Cue(cue.token, cue.tokens, source, set()), [(n, inner)])


def _outside(cue: Cue, quotes: Sequence[QuotedTokens]) -> Cue:
    """A cue without a source that the parse finds inside long marks, where the cue stands outside of them."""
    marks = [range(q.first, q.last + 1) for q in quotes if q.words >= thresholds.LONG_QUOTATION]
    named = next((m for m in marks if cue.source is not None and cue.source.i in m), None)
    return cue if named is None or cue.token in named else replace(cue, source=None)


def _give_to_outer(items: dict[int, Candidate], inside: set[int], final: Candidate | None) -> Candidate | None:
    """Marks among what somebody is said to say are his words, not those of a weaker verb in them, or of a thing.

    "Said he thought", "said the need for gates implied".

    Returns who speaks last, which may now be another.
    """
    spoken = {key for key, o in items.items() if o.cue.strength == SPOKEN and not _of_thing(o.cue)}
    outer = [o for key, o in items.items() if key in spoken and o.cue.content]
    for key, item in list(items.items()):
        if key in spoken or not (item.quotes or item.cue.content & inside):
            continue
        over = [o for o in outer if item.cue.token in o.cue.content and item.cue.content <= o.cue.content]
        if over:
            innermost = min(over, key=lambda o: len(o.cue.content))
            innermost.quotes += [q for q in item.quotes if q not in innermost.quotes]
            del items[key]
            final = innermost if final is item else final
    return final


def _of_thing(cue: Cue) -> bool:
    """Whether a cue is what a thing shows: "the need for gates implied", "the delay suggests"."""
    shows = cue.source is not None and lemma_of(cue.source.doc[cue.token]) in CUE_WORDS["show"]
    return shows and cue.source is not None and cue.source.pos_ == "NOUN" and not may_speak(cue.source)


def _of_unparsed(
    n: int,
    paragraphs: Sequence[Paragraph],
    quotes: Sequence[QuotedTokens],
    quoted: Sequence[Span],
    last: Candidate | None,
    found: list[Candidate],
) -> Candidate | None:
    """The same in a language without a parser: quotations only, their speakers by the frames beside them."""
    doc = paragraphs[n].doc
    pieces, spoken = join_unparsed(n, paragraphs, quotes, quoted)
    items: dict[Frame, Candidate] = {}
    final: Candidate | None = None
    for i, quote in enumerate(pieces):
        if i in spoken:
            frame = spoken[i]
            source = None if frame.last is None else doc[frame.last]
            item = items.setdefault(frame, Candidate(n, Cue(frame.cue, [frame.cue], source, set(), frame=frame)))
        elif (
            (last is None and opens_with_dash(paragraphs[n], quote))
            or quote.words < thresholds.LONG_QUOTATION
            or (quote.words < 2 * thresholds.LONG_QUOTATION and is_within(doc, quote))
        ):
            continue
        else:
            opens = not any(t.is_alpha for t in doc[: quote.first])
            item = last if opens and last is not None else Candidate(n, _nobody())
        item.quotes.append((n, quote))
        found += [item] if item is not final and not any(item is o for o in found[-_MOST:]) else []
        final = item
    return final


def _unframed(n: int, quote: QuotedTokens, last: Candidate | None, paragraphs: Sequence[Paragraph]) -> Candidate | None:
    """A quotation without a frame: it goes on from the one before, answers a question, or goes to its sentence's subject."""
    doc = paragraphs[n].doc
    if not is_speech(doc, quote):
        return None
    if any(t.is_alpha for t in doc[: quote.first]):
        before = doc[max(quote.first - 2, 0)].sent
        answered = _asked(n, before) or last if before.text.rstrip('"“ ').endswith("?") else None
        return answered or _speaker_of(n, before, find_cues(doc)) or Candidate(n, _nobody())
    spoke, speaks = _spoke_last(n - 1, paragraphs), _speaks_next(n + 1, paragraphs)
    # Whom the text before only tells of speaks less surely than who goes on speaking behind.
    spoke = None if spoke is not None and speaks is not None and spoke.cue.token < 0 else spoke
    return _signed_below(n + 1, paragraphs) or last or spoke or speaks or Candidate(n, _nobody())


def _asked(n: int, question: "Sentence") -> Candidate | None:
    """Who is asked in a sentence, and answers behind it: The Halyard asked Ann Lee if the pier was safe. "Not at all …"."""
    asks = (t for t in question if t.pos_ == "VERB" and lemma_of(t) == "ask")
    asked = (c for t in asks for c in t.children if c.dep_ == "dobj" and c.i > t.i)
    cue = _nobody()
    cue.source = next((t for t in asked if may_speak(t)), None)
    return None if cue.source is None else Candidate(n, cue)


def _nobody() -> Cue:
    return Cue(-1, [], None, set())


def _signed_below(n: int, paragraphs: Sequence[Paragraph]) -> Candidate | None:
    """Whose quotation it is by the line below: "— Ann Lee, in a letter", or a person's full name and office without a stop."""
    doc = paragraphs[n].doc if n < len(paragraphs) else None
    if not doc or not doc.has_annotation("DEP") or len(doc) > thresholds.SIGNATURE:
        return None
    dash = doc[0].text in DASHES
    if not (dash or is_name_alone(doc)):
        return None
    cue = Cue(0, [0], None, set()) if dash else _nobody()
    ends = (t for t in doc[dash:] if t.pos_ == "PROPN" and (t.i + 1 == len(doc) or t.nbor().pos_ != "PROPN"))
    cue.source = next(ends, None) if doc[int(dash)].text[:1].isupper() and not any(t.pos_ == "VERB" for t in doc) else None
    return None if cue.source is None else Candidate(n, cue)


def _speaks_next(n: int, paragraphs: Sequence[Paragraph]) -> Candidate | None:
    """Who speaks first in the paragraph behind a quotation: "…" Lee also said that."""
    doc = paragraphs[n].doc if n < len(paragraphs) else None
    if not doc or not doc.has_annotation("DEP"):
        return None
    sentence = next(doc.sents)
    spoken = _speaker_of(n, sentence, find_cues(doc))
    return spoken if spoken is not None and spoken.cue.token == sentence.root.i else None


def _spoke_last(n: int, paragraphs: Sequence[Paragraph]) -> Candidate | None:
    """Who speaks last in a paragraph that a quotation follows, or is named alone before a colon: "From Ann Lee:"."""
    doc = paragraphs[n].doc if n >= 0 else None
    if not doc or not doc.has_annotation("DEP"):
        return None
    *_, sentence = doc.sents
    spoken = _speaker_of(n, sentence, find_cues(doc))
    if spoken is not None or not doc.text.rstrip().endswith(":"):
        return spoken
    cue = _nobody()
    cue.source = next((t for t in sentence.root.children if t.dep_ in SUBJECT and t.pos_ != "PRON" and may_speak(t)), None)
    if cue.source is None and len(doc) <= thresholds.COLON_FRAME:
        cue.source = next((t for t in reversed(doc) if t.pos_ == "PROPN" and t.ent_type_ not in ("DATE", "TIME")), None)
    return None if cue.source is None else Candidate(n, cue)


def _speaker_of(n: int, sentence: "Sentence", cues: Sequence[Cue]) -> Candidate | None:
    """Who speaks in a sentence, else the person whom it is about."""
    inside = (c for c in cues if sentence.start <= c.token < sentence.end and c.strength == SPOKEN)
    near = [c for c in inside if c.source is not None and may_speak(c.source)]
    outer = [c for c in near if not any(c.token in o.content for o in near if o is not c)]
    if outer:
        return Candidate(n, replace(outer[-1], content=set()))
    cue = _nobody()
    cue.source = next((t for t in sentence if t.dep_ in SUBJECT and t.head == sentence.root and _personal(t)), None)
    return None if cue.source is None else Candidate(n, cue)


def _personal(token: "Token") -> bool:
    named = token.pos_ == "PROPN" and token.ent_type_ in ("PERSON", "ORG", "") and token.left_edge.pos_ != "DET"
    return token.lower_ in ("he", "she") or token.ent_type_ == "PERSON" or named


def _speaks(cue: Cue, inside: set[int]) -> bool:
    """Whether a cue without quotation marks is an attribution."""
    if not cue.content or cue.token < 0 or cue.token in inside:
        return False
    if cue.source is None:
        return cue.strength == SPOKEN
    impersonal = cue.source.lower_ in ("i", "you", "we", "one", "it", "that", "this", "what")
    return cue.strength == SPOKEN or not impersonal


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
    speaker = owner_of(cue.source) if cue.source is not None and cue.frame is None else cue.source
    named = source if speaker is cue.source else _source_tokens(replace(cue, source=speaker))
    return Attribution(
        tuple(spans),
        tuple(sorted((q.quotation.inner_start, q.quotation.inner_end) for _, q in candidate.quotes)),
        _span(offset, shown),
        _span(offset, [doc[i] for i in cue.tokens]),
        candidate.author or (doc.text[named[0].idx : named[-1].idx + len(named[-1])] if named else None),
        cue.negated, candidate.paragraph, speaker, doc[cue.token] if cue.token >= 0 else None, cue.strength,
        None if cue.frame is None else cue.frame.meant, None if cue.frame is None else cue.frame.pronoun,
        candidate.author,
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
