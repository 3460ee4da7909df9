"""Quotations of reports in languages without a parser: which frame speaks each, and whose name it means."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from stemma.mentions.parse import Paragraph
from stemma.statements import thresholds
from stemma.statements.quoting import QuotedTokens, is_whole
from stemma.statements.unparsed_cues import Frame, Name, frames, names
from stemma.tables import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DASHES = frozenset(("—", "–", "―", "-"))


def join_unparsed(
    n: int, paragraphs: Sequence[Paragraph], quotes: Sequence[QuotedTokens], quoted: Sequence[Span]
) -> tuple[list[QuotedTokens], dict[int, Frame]]:
    """Return the quotations of one paragraph, cut where a frame stands inside the marks, and the frames by place.

    `quoted` are the spans between marks in the whole report, where no pronoun looks for a name.
    """
    doc = paragraphs[n].doc
    found = frames(doc)
    pieces: list[QuotedTokens] = []
    spoken: dict[int, Frame] = {}
    for i, quote in enumerate(quotes):
        held = _inside(doc, quote, found)
        frame = held or _after(doc, quotes, i, found) or _before(doc, quotes, i, found)
        frame = frame or _going_on(doc, quotes, i, spoken.get(len(pieces) - 1))
        cut = _cut(paragraphs[n], quote, held) if held is not None else [quote]
        for piece in cut:
            if frame is not None:
                spoken[len(pieces)] = frame
            pieces.append(piece)
    return pieces, {i: replace(f, meant=_named(n, paragraphs, f, quoted)) for i, f in spoken.items()}


def _after(doc: "Doc", quotes: Sequence[QuotedTokens], i: int, found: Sequence[Frame]) -> Frame | None:
    """The inverted frame behind the closing mark, in the same sentence."""
    quote = quotes[i]
    start = quote.last + 2 if quote.quotation.closed else quote.last + 1
    end = quotes[i + 1].first if i + 1 < len(quotes) else len(doc)
    near = next((f for f in found if start <= f.cue < min(end, start + thresholds.UNPARSED_CUE_AFTER_MARKS)), None)
    if near is None or start >= len(doc) or doc[start].text[:1].isupper() or doc[start].text in (".", ";", ":"):
        return None
    stopped = any(doc[k].text in (".", "!", "?", ":") for k in range(start, near.cue))
    tight = doc[start].is_punct or near.cue - start < 3
    return None if stopped or (quote.words < thresholds.LONG_QUOTATION and not tight) else near


def _before(doc: "Doc", quotes: Sequence[QuotedTokens], i: int, found: Sequence[Frame]) -> Frame | None:
    """The frame that announces the quotation, in the same sentence and not across another quotation's words."""
    quote = quotes[i]
    start = quotes[i - 1].last + 2 if i else 0
    colon = False
    at = quote.first - 1
    while at >= start and doc[at].text not in (".", "!", "?", ";"):
        colon = colon or doc[at].text == ":"
        at -= 1
    near = [f for f in found if at < f.cue < quote.first]
    return near[-1] if near and (colon or (quote.words >= thresholds.LONG_QUOTATION and not _is_title(doc, quote))) else None


def _is_title(doc: "Doc", quote: QuotedTokens) -> bool:
    """Whether the marks stand around the name of a paper or a book: all its longer words have capitals."""
    words = [t for t in doc[quote.first : quote.last + 1] if t.is_alpha and len(t) > 3]
    return doc.lang_ != "de" and all(t.text[:1].isupper() for t in words)


def _inside(doc: "Doc", quote: QuotedTokens, found: Sequence[Frame]) -> Frame | None:
    """A frame between dashes or commas inside the marks: «…, — said X, — …»."""
    for frame in found:
        if frame.first is None or not quote.first < frame.cue < quote.last:
            continue
        start = _opening(doc, frame)
        if start > quote.first and doc[start].text in _DASHES | {","} and frame.cue - start <= 4:
            return frame
    return None


def _opening(doc: "Doc", frame: Frame) -> int:
    """The dash or comma that stands before a frame."""
    at = min(frame.cue, frame.first if frame.first is not None else frame.cue) - 1
    while at > 0 and not doc[at].is_punct and frame.cue - at < 4:
        at -= 1
    return at


def _cut(paragraph: Paragraph, quote: QuotedTokens, frame: Frame) -> list[QuotedTokens]:
    """The words before and after a frame that stands between two dashes inside the marks."""
    doc, start = paragraph.doc, _opening(paragraph.doc, frame)
    past = max(frame.cue, frame.last or 0) + 1
    close = next((k for k in range(past, quote.last) if doc[k].text in _DASHES), None)
    if doc[start].text not in _DASHES:
        return [_piece(paragraph, quote, quote.first, start - 1)] if opens_with_dash(paragraph, quote) else [quote]
    while start - 1 > quote.first and doc[start - 1].text in (",",):
        start -= 1
    first = _piece(paragraph, quote, quote.first, start - 1)
    if close is None:
        rest = doc[past + thresholds.UNPARSED_CUE_AFTER_MARKS : quote.last + 1]
        return [quote] if any(t.is_alpha for t in rest) else [first]
    return [first, _piece(paragraph, quote, close + 1, quote.last)]


def opens_with_dash(paragraph: Paragraph, quote: QuotedTokens) -> bool:
    """Whether a dash in front of the paragraph stands for the marks."""
    return paragraph.doc.text[quote.quotation.start - paragraph.start] in _DASHES


def _piece(paragraph: Paragraph, quote: QuotedTokens, first: int, last: int) -> QuotedTokens:
    doc = paragraph.doc
    begin, past = paragraph.start + doc[first].idx, paragraph.start + doc[last].idx + len(doc[last])
    whole = quote.quotation
    part = replace(
        whole,
        start=whole.start if first == quote.first else begin,
        end=whole.end if last == quote.last else past,
        inner_start=whole.inner_start if first == quote.first else begin,
        inner_end=whole.inner_end if last == quote.last else past,
    )
    return QuotedTokens(part, first, last, sum(not (t.is_punct or t.is_space) for t in doc[first : last + 1]))


def _going_on(doc: "Doc", quotes: Sequence[QuotedTokens], i: int, last: Frame | None) -> Frame | None:
    """Whole sentences in marks that follow a framed quotation go on from it."""
    quote = quotes[i]
    if not i or not is_whole(doc, quote) or last is None or is_within(doc, quote):
        return None
    stops = sum(doc[k].text in (".", "!", "?") for k in range(quotes[i - 1].last + 1, quote.first))
    return last if stops <= 1 else None


def is_within(doc: "Doc", quote: QuotedTokens) -> bool:
    """Return whether a word leads straight to the marks: they stand around a name or a part of a sentence."""
    before = doc[quote.first - 2] if quote.first > 1 else None
    return before is not None and before.is_alpha


def _named(n: int, paragraphs: Sequence[Paragraph], frame: Frame, quoted: Sequence[Span]) -> tuple[Name, ...]:
    """The name of the frame's subject; of a pronoun or a dropped subject the names before it, the nearest first."""
    if frame.pronoun is None and not frame.dropped:
        forms = (frame.name, _subject_forms(frame.name)) if frame.declined else (frame.name,)
        return forms if frame.name else ()
    found: list[Name] = []
    for p in range(n, max(n - thresholds.UNPARSED_PRONOUN - 1, -1), -1):
        paragraph = paragraphs[p]
        end = frame.cue if p == n else len(paragraph.doc)
        near = [(f.last, f.name) for f in frames(paragraph.doc) if f.name and f.last is not None and f.last < end]
        for _, last, name in names(paragraph.doc, 0, end):
            if not _quoted(quoted, paragraph.start + paragraph.doc[last].idx):
                near.append((last, name))
        found += [name for _, name in sorted(near, reverse=True)]
    return tuple(found)


def _quoted(spans: Sequence[Span], at: int) -> bool:
    """Whether an offset lies in one of some spans in text order that do not overlap."""
    before = bisect_right(spans, at, key=lambda s: s[0]) - 1
    return before >= 0 and at < spans[before][1]


def _subject_forms(name: Name) -> Name:
    """A name in a case that ends in a vowel, without the ending: "Петрова" may be Петров."""
    return tuple(part[:-1] if part[-1] in "аяую" else part for part in name)
