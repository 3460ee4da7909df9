"""Which voice speaks each quotation: by the parse, by the frame around the marks, or going on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stemma.mentions.parse import Paragraph
from stemma.statements.cues import cues, speaking
from stemma.statements.subjects import SUBJECT
from stemma.statements.voices import Voice, below
from stemma.tables import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NEAR = 12
"""How many tokens behind the marks a cue or its subject may stand."""
_LONG = 5
"""A quotation of fewer words that nobody is said to speak is taken for a distancing mark."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A quotation as token indices of its paragraph's parse: `tokens` are the words inside the marks."""

    quotation: Quotation
    first: int
    last: int
    words: int


def marked(paragraph: Paragraph, quotations: Sequence[Quotation]) -> list[Marked]:
    """Return the quotations of one paragraph as runs of its tokens."""
    doc, found = paragraph.doc, []
    for q in quotations:
        span = doc.char_span(q.inner_start - paragraph.start, q.inner_end - paragraph.start, alignment_mode="expand")
        if span is not None and len(span):
            words = sum(not (t.is_punct or t.is_space) for t in span)
            found.append(Marked(q, span.start, span.end - 1, words))
    return found


def join(doc: "Doc", quotes: Sequence[Marked], voices: Sequence[Voice]) -> dict[int, Voice]:
    """Return which voice speaks which quotation (by its place in `quotes`); the rest have none in this paragraph."""
    inside = {i for q in quotes for i in range(q.first, q.last + 1)}
    outer = [v for v in voices if v.cue not in inside and v.cue >= 0]
    spoken: dict[int, Voice] = {}
    for n, quote in enumerate(quotes):
        before, after = _frame(doc, quotes, n)
        voice = (
            _tight(doc, before, outer)
            or _framed_after(doc, quote, after, outer)
            or _signed(doc, quote, after)
            or _holding(doc, quote, outer)
            or _framed_before(doc, before, outer)
            or _colon(doc, before)
            or _in_sentence(doc, quote, outer)
            or _abroad(doc, after)
        )
        if voice is not None:
            if voice.source is None:
                voice.source = _beside_cue(doc, quote, voice)
            spoken[n] = voice
    return _continued(doc, quotes, spoken)


def _frame(doc: "Doc", quotes: Sequence[Marked], n: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The tokens between this quotation and its neighbours, cut at the nearest sentence end outside the marks."""
    quote = quotes[n]
    start = quotes[n - 1].last + 1 if n else 0
    end = quotes[n + 1].first if n + 1 < len(quotes) else len(doc)
    for i in range(quote.first - 1, start - 1, -1):
        if _stops(doc, i) and i < quote.first - 1:
            start = i + 1
            break
    for i in range(quote.last + 1, end):
        if _stops(doc, i):
            end = i
            break
    return (start, quote.first), (quote.last + 1, end)


def _stops(doc: "Doc", i: int) -> bool:
    return doc[i].text in (".", "!", "?", ";") and (i + 1 == len(doc) or doc[i].whitespace_ != "" or doc[i + 1].is_quote)


def _framed_after(doc: "Doc", quote: Marked, frame: tuple[int, int], voices: Sequence[Voice]) -> Voice | None:
    """A cue with a subject soon after the closing mark ("…," she said) of a quotation within its sentence."""
    text = quote.quotation
    if not text.closed or _ends_sentence(doc, quote, frame):
        return None
    nearby = [v for v in voices if frame[0] <= v.cue < min(frame[1], frame[0] + 30) and v.source is not None]
    for voice in nearby:
        cue, source = doc[voice.cue], voice.source
        if (
            source is None
            or (voice.strength < 3 and cue.lemma_.lower() not in cues()["say"])
            or _marked_off(doc, frame[0], min(cue.i, source.left_edge.i))
        ):
            continue
        if source.i >= frame[0] and not _has_own_content(doc, voice, frame):
            return voice
    return None


def _tight(doc: "Doc", frame: tuple[int, int], voices: Sequence[Voice]) -> Voice | None:
    """The speaking verb stands right before the marks, with at most a comma or colon between: she replied, "…"."""
    at = frame[1] - 1
    while at >= frame[0] and (doc[at].is_punct or doc[at].is_quote or doc[at].is_space):
        at -= 1
    finite = (v for v in voices if v.cue == at and doc[at].tag_ not in ("VB", "NN", "NNS"))
    return next((v for v in finite if v.strength == 3 and v.source is not None), None)


def _beside_cue(doc: "Doc", quote: Marked, voice: Voice) -> "Token | None":
    """Whom the parse has not taken for the subject of a cue after the marks: "…," added a second docker."""
    start = quote.last + 1
    while start < len(doc) and (doc[start].is_quote or doc[start].is_punct):
        start += 1
    if not start <= voice.cue < start + _NEAR or doc[voice.cue].pos_ != "VERB" or not quote.quotation.closed:
        return None
    behind = [voice.cue + 1, min(voice.cue + 1 + _NEAR, len(doc))] if voice.cue == start else [start, voice.cue]
    words = (doc[i] for i in range(*behind))
    for word in words:
        if word.is_punct or word.pos_ in ("VERB", "ADP", "SCONJ", "AUX"):
            return None
        if word.pos_ in ("NOUN", "PROPN", "PRON") and word.dep_ not in ("compound", "poss", "nmod", "npadvmod"):
            return word if word.ent_type_ not in ("DATE", "TIME") else None
    return None


def _signed(doc: "Doc", quote: Marked, frame: tuple[int, int]) -> Voice | None:
    """A dash and a name alone after the marks: "…" — Ann Lee."""
    words = [doc[i] for i in range(frame[0], frame[1]) if not doc[i].is_quote and not doc[i].is_space]
    if quote.words < _LONG or len(words) < 2 or words[0].text not in ("—", "―", "–", "-", "--"):
        return None
    name = [t for t in words[1:] if not t.is_punct]
    if not name or len(name) > 8 or not name[0].text[:1].isupper() or any(t.pos_ in ("VERB", "AUX") for t in name):
        return None
    source = next((t for t in name if t.pos_ == "PROPN" and t.dep_ != "compound"), name[0])
    return Voice(words[0].i, [words[0].i], source, set(), 3)


def _ends_sentence(doc: "Doc", quote: Marked, frame: tuple[int, int]) -> bool:
    """Whether the sentence is over with the marks: a full stop inside, or right after them."""
    after = next((doc[i] for i in range(frame[0], len(doc)) if not doc[i].is_quote), None)
    if after is None or after.text == "." or frame[0] >= frame[1]:
        return True
    return doc[quote.last].text == "." and after.text[:1].isupper()


def _marked_off(doc: "Doc", start: int, end: int) -> bool:
    """Whether other words than a conjunction or an adverb stand between the marks and the frame's subject and cue."""
    return sum(doc[i].pos_ in ("VERB", "NOUN", "AUX", "SCONJ", "ADP") for i in range(start, end)) > 0


def _has_own_content(doc: "Doc", voice: Voice, frame: tuple[int, int]) -> bool:
    """The cue's clause follows it: "…," but she said that it rained."""
    clauses = [c for c in doc[voice.cue].children if voice.cue < c.i < frame[1] and c.dep_ in ("ccomp", "xcomp")]
    return any(len(below(c)) > 3 for c in clauses)


def _holding(doc: "Doc", quote: Marked, voices: Sequence[Voice]) -> Voice | None:
    """The innermost speaking voice whose content holds words of the quotation."""
    words = [i for i in range(quote.first, quote.last + 1) if not doc[i].is_punct]
    best: tuple[tuple[int, int, int], Voice] | None = None
    for voice in voices:
        held = sum(i in voice.content for i in words)
        if not held or (held < len(words) / 2 and quote.words < _LONG):
            continue
        key = (voice.strength < 2, voice.source is None, len(voice.content))
        if best is None or key < best[0]:
            best = (key, voice)
    return best[1] if best else None


def _framed_before(doc: "Doc", frame: tuple[int, int], voices: Sequence[Voice]) -> Voice | None:
    """She said: "…" — the last speaking cue before the marks, in the same sentence."""
    near = [v for v in voices if frame[0] <= v.cue < frame[1] and doc[v.cue].lemma_.lower() in speaking()]
    return max(near, key=lambda v: (v.strength >= 2, v.source is not None, v.cue), default=None)


def _colon(doc: "Doc", frame: tuple[int, int]) -> Voice | None:
    """The colon is the cue, the subject or the last name before it the source: "His answer: …"."""
    at = frame[1] - 1
    while at > frame[0] and (doc[at].is_quote or doc[at].is_space):
        at -= 1
    if at <= frame[0] or doc[at].text != ":":
        return None
    words = doc[frame[0] : at]
    subject = next((t for t in words if t.dep_ in SUBJECT), None)
    if subject is None:
        subject = next((t for t in reversed(words) if t.pos_ in ("PROPN", "PRON", "NOUN")), None) if len(words) <= 12 else None
    owner = None if subject is None else next((c for c in subject.children if c.dep_ == "poss"), None)
    return Voice(at, [at], owner or subject, set(), 3)


def _in_sentence(doc: "Doc", quote: Marked, voices: Sequence[Voice]) -> Voice | None:
    """A broken parse: the only speaking cue of the sentence that the quotation stands in."""
    sentence = doc[quote.first].sent
    near = [v for v in voices if sentence.start <= v.cue < sentence.end and v.strength == 3 and v.source is not None]
    return near[0] if len(near) == 1 and near[0].cue < quote.first else None


def _abroad(doc: "Doc", frame: tuple[int, int]) -> Voice | None:
    """Another language: its word for "said" soon after the marks, and the first name behind it as the source."""
    near = range(frame[0], min(frame[1], frame[0] + 8))
    cue = next((i for i in near if doc[i].lower_ in cues()["abroad"]), None)
    if cue is None:
        return None
    name = [i for i in range(cue + 1, min(frame[1], cue + 6)) if doc[i].text[:1].isupper()]
    while len(name) > 1 and name[-1] - name[0] != len(name) - 1:
        name.pop()
    return Voice(cue, [cue], doc[name[-1]] if name else None, set(), 3)


def _continued(doc: "Doc", quotes: Sequence[Marked], spoken: dict[int, Voice]) -> dict[int, Voice]:
    """A quotation that makes up whole sentences goes on from the one before it."""
    for n, quote in enumerate(quotes):
        if n in spoken or not _whole(doc, quote):
            continue
        if n and n - 1 in spoken and _adjoins(doc, quotes[n - 1], quote):
            spoken[n] = spoken[n - 1]
    return spoken


def _whole(doc: "Doc", quote: Marked) -> bool:
    """Whether a quotation is a sentence or more by itself: a capital first, a full stop last, or long."""
    return quote.words >= _LONG or (doc[quote.first].text[:1].isupper() and doc[quote.last].text in (".", "!", "?"))


def _adjoins(doc: "Doc", before: Marked, quote: Marked) -> bool:
    """Whether at most one frame's words stand between two quotations, and no second sentence."""
    between = range(before.last + 1, quote.first)
    return sum(_stops(doc, i) for i in between) <= 1
