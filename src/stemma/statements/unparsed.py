"""Quotations of reports in languages without a parser: the frames of speech, which one speaks each, and whose name it means.

Word lists a language and the order of the words do the work: a quotation's frame follows it inverted ("…", said X) or
announces it (X said: "…"). Names keep their printed form; the pool of people compares them in Latin letters.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from stemma.mentions.parse import Paragraph
from stemma.statements import thresholds
from stemma.statements.quoting import UNSPACED, QuotedTokens, in_capitals, is_whole
from stemma.tables import Span
from stemma.text.data import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DASHES = frozenset(("—", "–", "―", "-"))
_STOPS = frozenset('.!?;:…«»„“”"(')
_BREAKS = frozenset((",", "—", "–", "-", "―"))
_CLOSING = frozenset(("»", "“", "”", '"', "«"))
_OFFICES = ("meister", "minister", "sprecher", "chef", "präsident", "kanzler", "direktor", "leiter", "kommissar")
_CASES = ("ru", "uk")
"""Languages where a place in the genitive stands right before a name: "мер Одеси Ім'я Прізвище"."""
_PATRONYMICS = ("вич", "вна", "ич", "чна")
_COURTESIES = frozenset(("m", "mme", "mlle", "dr", "sr", "sra", "d", "pr", "hr", "fr"))
Name = tuple[str, ...]
Words = dict[str, frozenset[str]]
"""The words of one language by their kind."""


@dataclass(frozen=True)
class Frame:
    """One frame as token indices: `first` to `last` are the words of its subject; `name` the proper name among them.

    `dropped` where the language needs no subject, `declined` where the name is not in the form of a subject;
    `meant` are the names that the subject can mean, the likeliest first.
    """

    cue: int
    first: int | None
    last: int | None
    name: Name
    pronoun: str | None
    dropped: bool = False
    declined: bool = False
    meant: tuple[Name, ...] = ()


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
    marked = quote.quotation.closed and not doc[min(quote.last + 1, len(doc) - 1)].is_alpha
    start = quote.last + 2 if marked else quote.last + 1
    end = quotes[i + 1].first if i + 1 < len(quotes) else len(doc)
    near = next((f for f in found if start <= f.cue < min(end, start + thresholds.UNPARSED_CUE_AFTER_MARKS)), None)
    if near is None or start >= len(doc) or doc[start].text[:1].isupper() or doc[start].text in (".", ";", ":"):
        return None
    stopped = any(doc[k].text in (".", "!", "?", ":") for k in range(start, near.cue))
    tight = doc[start].is_punct or near.cue - start < thresholds.UNPARSED_TIGHT
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
    return doc.lang_ != "de" and in_capitals(doc, quote)


def _inside(doc: "Doc", quote: QuotedTokens, found: Sequence[Frame]) -> Frame | None:
    """A frame between dashes or commas inside the marks: «…, — said X, — …»."""
    for frame in found:
        if frame.first is None or not quote.first < frame.cue < quote.last:
            continue
        start = _opening(doc, frame)
        if start > quote.first and doc[start].text in _DASHES | {","} and frame.cue - start <= thresholds.UNPARSED_TIGHT:
            return frame
    return None


def _opening(doc: "Doc", frame: Frame) -> int:
    """The dash or comma that stands before a frame."""
    at = min(frame.cue, frame.first if frame.first is not None else frame.cue) - 1
    while at > 0 and not doc[at].is_punct and frame.cue - at < thresholds.UNPARSED_TIGHT:
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
    return before is not None and before.is_alpha and not UNSPACED.match(before.text)


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


@lru_cache(maxsize=64)
def frames(doc: "Doc") -> list[Frame]:
    """Return the frames of one paragraph in text order; none in a language that data/frames.tsv does not hold."""
    words = _words(doc.lang_)
    if not words:
        return []
    found = []
    for token in doc:
        word = token.lower_
        if word in words["say"]:
            found.append(_of_verb(doc, token.i, words))
        elif word in words["according"]:
            near = range(token.i + 1, min(len(doc), token.i + thresholds.UNPARSED_SUBJECT))
            frame = _subject(doc, token.i, near, words, frozenset())
            found.append(frame and replace(frame, declined=doc.lang_ in _CASES))
    return [f for f in found if f is not None]


def names(doc: "Doc", start: int, end: int) -> Iterator[tuple[int, int, Name]]:
    """Yield the full names between two tokens, the last first: two words or more, and no preposition before them."""
    words = _words(doc.lang_)
    i = end - 1
    while words and i >= start:
        first = _run_start(doc, i, start)
        if first is None:
            i -= 1
            continue
        name = _name(doc, first, i)
        if len(name) >= 2 and not _led(doc, first, words):
            yield first, i, name
        i = first - 1


def is_sentence_start(doc: "Doc", i: int) -> bool:
    """Return whether a token is the first word of a sentence or of a quotation."""
    return i == 0 or doc[i - 1].text in _STOPS or bool(doc[i].is_sent_start)


def _of_verb(doc: "Doc", cue: int, words: Words) -> Frame | None:
    if cue and doc[cue - 1].lower_ in words["plural"]:
        return None
    pronoun = _pronoun(doc, cue, words)
    if pronoun is not None:
        return pronoun
    left = range(cue - 1, max(-1, cue - thresholds.UNPARSED_SUBJECT), -1)
    right = range(cue + 1, min(len(doc), cue + thresholds.UNPARSED_SUBJECT))
    inverted = _is_inverted(doc, cue, words)
    before = cue - 1
    while before >= 0 and doc[before].lower_ in words["before"]:
        before -= 1
    for way in (right, left) if inverted else (left, right):
        found = _subject(doc, cue, way, words, words["before"])
        if found is not None:
            return found
    if inverted and words["dropped"] and _nobody_follows(doc, cue, words):
        return Frame(cue, None, None, (), None, dropped=True)
    return None


def _is_inverted(doc: "Doc", cue: int, words: Words) -> bool:
    """Whether marks, a comma or a dash stand right before the verb."""
    at = cue - 1
    while at >= 0 and doc[at].lower_ in words["before"]:
        at -= 1
    return at >= 0 and doc[at].text in _BREAKS | _CLOSING


def _pronoun(doc: "Doc", cue: int, words: Words) -> Frame | None:
    """He or she beside the verb: "a-t-il dit", "заявил он", "sie sagte"."""
    near = [cue + 1]
    at = cue - 1
    while at >= 0 and at >= cue - thresholds.UNPARSED_TIGHT:
        near.append(at)
        if doc[at].lower_ not in words["before"]:
            break
        at -= 1
    for i in near:
        word = doc[i].lower_.lstrip("-") if i < len(doc) else ""
        for kind in ("he", "she"):
            if word in words[kind]:
                return Frame(cue, i, i, (), kind)
    return None


def _subject(doc: "Doc", cue: int, way: range, words: Words, leave: frozenset[str]) -> Frame | None:
    """The first name on the way from the verb that no preposition leads, else an office with its article."""
    office: Frame | None = None
    skipped = -1
    for i in way:
        token = doc[i]
        if token.text in _STOPS or (way.step > 0 and token.lower_ in words["clause"]):
            break
        if i <= skipped or token.lower_ in leave or not _is_capital(doc, i, way.step):
            continue
        first, last = _extent(doc, i, way.step)
        if way.step > 0:
            skipped = last
        name = _name(doc, first, last)
        if not name or _led(doc, first, words):
            continue
        if doc.lang_ == "de" and len(name) == 1 and first > 0 and doc[first - 1].lower_ in words["article"]:
            office = office or Frame(cue, first - 1, last, (), None)
            continue
        return Frame(cue, first, last, name, None)
    return office


def _extent(doc: "Doc", i: int, step: int) -> tuple[int, int]:
    """The unbroken run of capitalised words that a token is part of."""
    first = last = i
    if step > 0:
        while last + 1 < len(doc) and (_joins(doc, last + 1) or _is_particle(doc, last + 1)):
            last += 1
    else:
        while (
            first > 0
            and (_joins(doc, first) or _is_particle(doc, first))
            and (doc[first - 1].text == "-" or _is_capital(doc, first - 1, step) or _is_particle(doc, first - 1))
        ):
            first -= 1
    while last > first and (doc[last].is_punct or _is_particle(doc, last)):
        last -= 1
    return first, last


def _is_particle(doc: "Doc", i: int) -> bool:
    """Whether a token is a small word inside a name: "Anna de Wit", "Ruud van den Berg"."""
    small, past = _words(doc.lang_)["particle"], i
    while past < len(doc) and doc[past].text in small:
        past += 1
    return i < past < len(doc) and doc[past].text[:1].isupper()


def _joins(doc: "Doc", i: int) -> bool:
    text = doc[i].text
    return (text[:1].isupper() and not is_sentence_start(doc, i)) or (text in ("-", ".") and not doc[i - 1].whitespace_)


def _run_start(doc: "Doc", i: int, start: int) -> int | None:
    """Where the run of capitalised words that ends at a token begins."""
    if not doc[i].text[:1].isupper():
        return None
    first = i
    while first > start and doc[first - 1].text[:1].isupper() and not is_sentence_start(doc, first):
        first -= 1
    return first


def _is_capital(doc: "Doc", i: int, step: int) -> bool:
    token = doc[i]
    return token.text[:1].isupper() and not (token.is_stop and (step < 0 or len(token) < thresholds.TITLE_LETTERS))


def _name(doc: "Doc", first: int, last: int) -> Name:
    """The proper name of a run, hyphens joined, without an office or a courtesy before it."""
    parts: list[str] = []
    for i in range(first, last + 1):
        text = doc[i].text
        if parts and (text == "-" or parts[-1].endswith("-")):
            parts[-1] += text
        elif (text[:1].isupper() and not doc[i].is_stop) or (parts and _is_particle(doc, i)):
            parts.append(text.strip("."))
    while len(parts) > 1 and (parts[0].lower() in _COURTESIES or _is_office(parts[0])):
        parts.pop(0)
    if doc.lang_ in _CASES and len(parts) > 2 and not parts[1].endswith(_PATRONYMICS):
        parts = parts[-2:]
    return tuple(parts) if parts and parts[0] not in _words(doc.lang_)["particle"] else ()


def _is_office(word: str) -> bool:
    return word.lower().removesuffix("in").endswith(_OFFICES) or word in ("Herr", "Frau")


def _led(doc: "Doc", first: int, words: Words) -> bool:
    """Whether a preposition or the word for a listener leads a name, an article between or not."""
    at = first - 1
    if at >= 0 and _plain(doc[at]) in words["article"]:
        at -= 1
    return at >= 0 and _plain(doc[at]) in words["prep"] | words["listener"]


def _plain(token: "Token") -> str:
    return token.lower_.replace("’", "'")


def _nobody_follows(doc: "Doc", cue: int, words: Words) -> bool:
    """Whether no noun phrase can be the subject: the verb ends the frame, or a preposition follows."""
    after = doc[cue + 1] if cue + 1 < len(doc) else None
    return after is None or after.is_punct or after.lower_ in words["prep"]


@lru_cache(maxsize=32)
def _words(language: str) -> Words:
    found = {kind: frozenset(words.split()) for name, kind, words in rows("statements", "frames.tsv") if name == language}
    kinds = ("say", "before", "he", "she", "prep", "listener", "clause", "article", "according", "plural", "dropped", "particle")
    return {kind: found.get(kind, frozenset()) for kind in kinds} if found else {}
