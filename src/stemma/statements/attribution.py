"""Who said what in one report by itself: voices joined with quotations, over its paragraphs."""

import dataclasses
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from stemma.mentions.caveats import find_caveats
from stemma.mentions.parse import Paragraph
from stemma.mentions.quotations import find_quotations
from stemma.statements.abroad import is_within, spoken_abroad
from stemma.statements.frames import Frame
from stemma.statements.hedged import within
from stemma.statements.quoting import Marked, join, marked
from stemma.statements.said import Attribution, Judge, Open, Said, finished
from stemma.statements.subjects import SUBJECT
from stemma.statements.voices import Voice, find_voices
from stemma.tables import Caveat, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONG = 5
_LABEL = re.compile(r"^[\"“”'‘]?((?:[A-Z][A-Z.'’-]+ ?){1,4}):\s+")
_MOST = 300
"""How many quotations and voices of one paragraph are looked at: no newspaper prints more."""
_AROUND = 200
"""How far from an attribution's words, in characters, a caveat is looked for that may be of its cue."""
_TURNS = 2
"""How many paragraphs with a speaker's label make a transcript."""


def attribute(paragraphs: Sequence[Paragraph]) -> list[Attribution]:
    """Return the attributions of one report in text order, quoted or not."""
    return [said.attribution for said in find_said(paragraphs, caveats_of(paragraphs))]


def caveats_of(paragraphs: Sequence[Paragraph]) -> list[Caveat]:
    """Return the caveats of a report in text order."""
    return [c for p in paragraphs for c in find_caveats(p)]


def find_said(paragraphs: Sequence[Paragraph], caveats: Sequence[Caveat], judge: Judge | None = None) -> list[Said]:
    """Return the attributions of one report with their parsed source and cue, in text order.

    `caveats` are those of the whole report in text order; a judge has the last word on what is an attribution.
    """
    found, loose = find_open(paragraphs)
    if judge is not None:
        found = judge(paragraphs, found, loose)
    done = [_hedged(said, caveats, paragraphs) for item in found if (said := finished(item, paragraphs)) is not None]
    return sorted(done, key=lambda s: (s.attribution.content, s.attribution.cue_span or (0, 0)))


def find_open(paragraphs: Sequence[Paragraph]) -> tuple[list[Open], list[tuple[int, Marked]]]:
    """Return what one report attributes by the rules, and the marks with their paragraph that are nobody's speech."""
    quotations = find_quotations(paragraphs)
    starts = [q.inner_start for q in quotations]
    spans = [(q.start, q.end) for q in quotations]
    found: list[Open] = []
    loose: list[tuple[int, Marked]] = []
    last: Open | None = None
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
            last = _of_paragraph(n, paragraphs, quotes, last, found, loose)
        else:
            last = _of_unparsed(n, paragraphs, quotes, spans, last, found)
    return found, loose


def _hedged(said: Said, caveats: Sequence[Caveat], paragraphs: Sequence[Paragraph]) -> Said:
    a = said.attribution
    spans = [*a.content, *([a.cue_span] if a.cue_span is not None else [])]
    first = bisect_left(caveats, min(s for s, _ in spans) - _AROUND, key=lambda c: c.start)
    past = bisect_left(caveats, max(e for _, e in spans) + _AROUND, key=lambda c: c.start)
    caveat = within(a.content, a.quotations, a.cue_span, caveats[first:past])
    if caveat is None:
        return said
    paragraph = paragraphs[bisect_right(paragraphs, caveat.start, key=lambda p: p.start) - 1]
    text = paragraph.doc.text[caveat.start - paragraph.start : caveat.end - paragraph.start]
    return dataclasses.replace(said, attribution=dataclasses.replace(a, caveat=caveat, caveat_text=text))


def _turn(n: int, paragraph: Paragraph) -> Open | None:
    """A turn of a transcript: the speaker's name in capitals, a colon, what was said."""
    label = _LABEL.match(paragraph.doc.text)
    if label is None or not paragraph.doc.has_annotation("DEP"):
        return None
    named = [t for t in paragraph.doc if label.start(1) <= t.idx < label.end(1)]
    rest = {t.i for t in paragraph.doc if t.idx >= label.end()}
    if not named or not rest:
        return None
    voice = Voice(named[-1].i + 1, [named[-1].i + 1], named[-1], rest, 3)
    return Open(n, voice)


def _of_paragraph(
    n: int,
    paragraphs: Sequence[Paragraph],
    quotes: Sequence[Marked],
    last: Open | None,
    found: list[Open],
    loose: list[tuple[int, Marked]],
) -> Open | None:
    """Add the attributions of one paragraph; return the one whose quotation the next paragraph may go on with."""
    doc = paragraphs[n].doc
    voices = find_voices(doc)[:_MOST]
    spoken = join(doc, quotes, voices)
    items = {id(v): Open(n, v) for v in (*voices, *spoken.values())}
    final: Open | None = None
    for i, quote in enumerate(quotes):
        item = items[id(spoken[i])] if i in spoken else _unframed(n, doc, quotes, i, last, paragraphs)
        if item is None:
            loose.append((n, quote))
            continue
        item.quotes.append((n, quote))
        items.setdefault(id(item.voice), item)
        final = item if quote.words >= _LONG else final
    inside = {t for q in quotes for t in range(q.first, q.last + 1)}
    final = _give_to_outer(items, inside, final)
    found += [o for o in items.values() if o is not last and (o.quotes or _speaks(o.voice, inside))]
    return final


def _give_to_outer(items: dict[int, Open], inside: set[int], final: Open | None) -> Open | None:
    """Marks among what somebody is said to say are his words, not those of a weaker verb in them: "said he thought".

    Returns who speaks last, which may now be another.
    """
    outer = [o for o in items.values() if o.voice.strength == 3 and o.voice.content]
    for key, item in list(items.items()):
        if item.voice.strength == 3 or not (item.quotes or item.voice.content & inside):
            continue
        over = [o for o in outer if item.voice.cue in o.voice.content and item.voice.content <= o.voice.content]
        if over:
            innermost = min(over, key=lambda o: len(o.voice.content))
            innermost.quotes += [q for q in item.quotes if q not in innermost.quotes]
            del items[key]
            final = innermost if final is item else final
    return final


def _of_unparsed(
    n: int,
    paragraphs: Sequence[Paragraph],
    quotes: Sequence[Marked],
    quoted: Sequence[Span],
    last: Open | None,
    found: list[Open],
) -> Open | None:
    """The same in a language without a parser: quotations only, their speakers by the frames beside them."""
    doc = paragraphs[n].doc
    pieces, spoken = spoken_abroad(n, paragraphs, quotes, quoted)
    items: dict[Frame, Open] = {}
    final: Open | None = None
    for i, quote in enumerate(pieces):
        if i in spoken:
            frame = spoken[i].frame
            source = None if frame.last is None else doc[frame.last]
            voice = Voice(frame.cue, [frame.cue], source, set(), 3, spoken=spoken[i])
            item = items.setdefault(frame, Open(n, voice))
        elif quote.words < _LONG or (quote.words < 2 * _LONG and is_within(doc, quote)):
            continue
        else:
            opens = not any(t.is_alpha for t in doc[: quote.first])
            item = last if opens and last is not None else Open(n, _nobody())
        item.quotes.append((n, quote))
        found += [item] if item is not final and not any(item is o for o in found[-_MOST:]) else []
        final = item
    return final


def _unframed(
    n: int, doc: "Doc", quotes: Sequence[Marked], i: int, last: Open | None, paragraphs: Sequence[Paragraph]
) -> Open | None:
    """A quotation without a frame: it goes on from the paragraph before, or to its sentence's subject."""
    quote = quotes[i]
    whole = quote.words >= _LONG or (i == 0 and len(quotes) == 1 and quote.words >= len(doc) * 2 // 3)
    if not whole or _is_title(doc, quote):
        return None
    opens = not any(t.is_alpha for t in doc[: quote.first])
    if opens and last is not None:
        return last
    if opens:
        return (_announced(n - 1, paragraphs[n - 1].doc) if n else None) or Open(n, _nobody())
    voice = _nobody()
    voice.source = _subject_before(doc, quote)
    return Open(n, voice)


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


def _announced(n: int, doc: "Doc") -> Open | None:
    """The speaker of a paragraph that ends with a colon: "The agency said:" and the quotation below."""
    if not doc.text.rstrip().endswith(":") or not doc.has_annotation("DEP"):
        return None
    *_, sentence = doc.sents
    spoken = [v for v in find_voices(doc) if v.cue >= sentence.start and v.strength == 3 and v.source is not None]
    if spoken:
        return Open(n, dataclasses.replace(spoken[-1], content=set()))
    voice = _nobody()
    voice.source = next((t for t in sentence if t.dep_ in SUBJECT and _personal(t)), None)
    return None if voice.source is None else Open(n, voice)


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
