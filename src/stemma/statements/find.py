"""Who said what in one report by itself: cues joined with quotations, over its paragraphs."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from stemma.mentions import Mentions
from stemma.mentions.parse import Paragraph
from stemma.statements import thresholds
from stemma.statements.attribution import Attribution, Candidate, attribution_of
from stemma.statements.cues import SUBJECT, Cue, find_cues
from stemma.statements.quoting import QuotedTokens, join, quoted_tokens
from stemma.statements.unparsed import Frame, is_within, join_unparsed, opens_with_dash
from stemma.tables import Post, Quotation, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

_LABEL = re.compile(r"^[\"“”'‘]?((?:[A-Z][A-Z.'’-]+ ?){1,4}):\s+")
_MOST = 300
"""How many quotations and voices of one paragraph are looked at: no newspaper prints more."""

Loose = tuple[int, QuotedTokens]
"""Marks that are nobody's speech, with their paragraph."""
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
            found += _posted(n, paragraph, [p for p in posts if paragraph.start <= p.start < paragraph.end])
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
            yield Candidate(n, Cue(-1, [], signed, words, 3))


def _turn(n: int, paragraph: Paragraph) -> Candidate | None:
    """A turn of a transcript: the speaker's name in capitals, a colon, what was said."""
    label = _LABEL.match(paragraph.doc.text)
    if label is None or not paragraph.doc.has_annotation("DEP"):
        return None
    named = [t for t in paragraph.doc if label.start(1) <= t.idx < label.end(1)]
    rest = {t.i for t in paragraph.doc if t.idx >= label.end()}
    if not named or not rest:
        return None
    return Candidate(n, Cue(named[-1].i + 1, [named[-1].i + 1], named[-1], rest, 3))


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
    cues = find_cues(doc)[:_MOST]
    spoken = join(doc, quotes, cues)
    items = {id(c): Candidate(n, c) for c in (*cues, *spoken.values())}
    final: Candidate | None = None
    for i, quote in enumerate(quotes):
        item = items[id(spoken[i])] if i in spoken else _unframed(n, doc, quotes, i, last, paragraphs)
        if item is None:
            loose.append((n, quote))
            continue
        item.quotes.append((n, quote))
        items.setdefault(id(item.cue), item)
        final = item if quote.words >= thresholds.LONG_QUOTATION or item.cue.source is not None else final
    inside = {t for q in quotes for t in range(q.first, q.last + 1)}
    final = _give_to_outer(items, inside, final)
    found += [o for o in items.values() if o is not last and (o.quotes or _speaks(o.cue, inside))]
    return final


def _give_to_outer(items: dict[int, Candidate], inside: set[int], final: Candidate | None) -> Candidate | None:
    """Marks among what somebody is said to say are his words, not those of a weaker verb in them: "said he thought".

    Returns who speaks last, which may now be another.
    """
    outer = [o for o in items.values() if o.cue.strength == 3 and o.cue.content]
    for key, item in list(items.items()):
        if item.cue.strength == 3 or not (item.quotes or item.cue.content & inside):
            continue
        over = [o for o in outer if item.cue.token in o.cue.content and item.cue.content <= o.cue.content]
        if over:
            innermost = min(over, key=lambda o: len(o.cue.content))
            innermost.quotes += [q for q in item.quotes if q not in innermost.quotes]
            del items[key]
            final = innermost if final is item else final
    return final


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
            item = items.setdefault(frame, Candidate(n, Cue(frame.cue, [frame.cue], source, set(), 3, frame=frame)))
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


def _unframed(
    n: int, doc: "Doc", quotes: Sequence[QuotedTokens], i: int, last: Candidate | None, paragraphs: Sequence[Paragraph]
) -> Candidate | None:
    """A quotation without a frame: it goes on from the paragraph before, or to its sentence's subject."""
    quote = quotes[i]
    whole = quote.words >= thresholds.LONG_QUOTATION or (i == 0 and len(quotes) == 1 and quote.words >= len(doc) * 2 // 3)
    if not whole or _is_title(doc, quote):
        return None
    opens = not any(t.is_alpha for t in doc[: quote.first])
    if opens and last is not None:
        return last
    if opens:
        return (_spoke_last(n - 1, paragraphs[n - 1].doc) if n else None) or Candidate(n, _nobody())
    before = doc[max(quote.first - 2, 0)].sent
    return _speaker_of(n, before, find_cues(doc)) or Candidate(n, _nobody())


def _is_title(doc: "Doc", quote: QuotedTokens) -> bool:
    """The title of a book, a show or an article: capitals throughout, or marks inside a sentence."""
    long_words = [t for t in doc[quote.first : quote.last + 1] if t.is_alpha and len(t) > 3]
    capitals = bool(long_words) and all(t.text[0].isupper() for t in long_words)
    before = next((doc[i] for i in range(quote.first - 1, -1, -1) if not doc[i].is_quote and not doc[i].is_space), None)
    inside = before is not None and (before.is_alpha or before.text == ",") and quote.words < 2 * thresholds.LONG_QUOTATION
    return capitals or inside


def _nobody() -> Cue:
    return Cue(-1, [], None, set(), 3)


def _spoke_last(n: int, doc: "Doc") -> Candidate | None:
    """Who speaks last in a paragraph that a quotation follows, or is named alone before a colon: "From Ann Lee:"."""
    if not len(doc) or not doc.has_annotation("DEP"):
        return None
    *_, sentence = doc.sents
    spoken = _speaker_of(n, sentence, find_cues(doc))
    if spoken is not None or not doc.text.rstrip().endswith(":") or len(doc) > thresholds.COLON_FRAME:
        return spoken
    cue = _nobody()
    cue.source = next((t for t in reversed(doc) if t.pos_ == "PROPN" and t.ent_type_ not in ("DATE", "TIME")), None)
    return None if cue.source is None else Candidate(n, cue)


def _speaker_of(n: int, sentence: "Sentence", cues: Sequence[Cue]) -> Candidate | None:
    """Who speaks in a sentence, else the person whom it is about."""
    near = [c for c in cues if sentence.start <= c.token < sentence.end and c.strength == 3 and c.source is not None]
    outer = [c for c in near if not any(c.token in o.content for o in near if o is not c)]
    if outer:
        return Candidate(n, replace(outer[-1], content=set()))
    cue = _nobody()
    cue.source = next((t for t in sentence if t.dep_ in SUBJECT and t.head == sentence.root and _personal(t)), None)
    return None if cue.source is None else Candidate(n, cue)


def _personal(token: "Token") -> bool:
    return token.lower_ in ("he", "she") or token.ent_type_ == "PERSON"


def _speaks(cue: Cue, inside: set[int]) -> bool:
    """Whether a cue without quotation marks is an attribution."""
    if not cue.content or cue.token < 0 or cue.token in inside:
        return False
    if cue.source is None:
        return cue.strength == 3
    impersonal = cue.source.lower_ in ("i", "you", "we", "one", "it", "that", "this", "what")
    return cue.strength == 3 or not impersonal
