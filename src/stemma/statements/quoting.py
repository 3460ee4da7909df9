"""Which cue speaks each quotation: by the parse, by the frame around the marks, or going on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from stemma.mentions.parse import Paragraph
from stemma.statements import thresholds
from stemma.statements.cues import ACTED, CUE_WORDS, HELD, SPEECH, SPOKEN, SUBJECT, Cue, is_passive
from stemma.statements.designation import cannot_speak, may_speak
from stemma.tables import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
"""Letters of languages without blanks, each counted as a word."""
DASHES = ("—", "―", "–", "-", "--")
"""What stands before the name that signs a quotation."""
_TOLD_TO = frozenset(("me", "us", "him", "her", "them"))
_INNER = frozenset(("compound", "poss", "nmod", "npadvmod", "amod"))
"""What a noun is inside a longer noun phrase."""


@dataclass(frozen=True, slots=True)
class QuotedTokens:
    """A quotation as token indices of its paragraph's parse: `tokens` are the words inside the marks."""

    quotation: Quotation
    first: int
    last: int
    words: int


def quoted_tokens(paragraph: Paragraph, quotations: Sequence[Quotation]) -> list[QuotedTokens]:
    """Return the quotations of one paragraph as runs of its tokens."""
    doc, found = paragraph.doc, []
    for q in quotations:
        span = doc.char_span(q.inner_start - paragraph.start, q.inner_end - paragraph.start, alignment_mode="expand")
        if span is not None and len(span):
            words = sum(not (t.is_punct or t.is_space) for t in span)
            words = max(words, len(UNSPACED.findall(span.text)))
            found.append(QuotedTokens(q, span.start, span.end - 1, words))
    return found


def join(doc: "Doc", quotes: Sequence[QuotedTokens], cues: Sequence[Cue]) -> dict[int, Cue]:
    """Return which cue speaks which quotation (by its place in `quotes`); the rest have none in this paragraph."""
    inside = {i for q in quotes for i in range(q.first, q.last + 1)}
    outer = [c for c in cues if c.token not in inside and c.token >= 0]
    spoken: dict[int, Cue] = {}
    for n, quote in enumerate(quotes):
        if _is_show(doc, quote):
            continue
        before, after = _frame(doc, quotes, n)
        cue = (
            _tight(doc, before, outer)
            or _announced(doc, before, outer)
            or _relayed(doc, quote, after, outer)
            or _framed_after(doc, quote, after, outer)
            or _inverted(doc, quote, after)
            or _signed(doc, quote, after)
            or _called_so(doc, quote, outer)
            or _holding(doc, quote, outer)
            or _framed_before(doc, before, outer)
            or _colon(doc, before)
            or _in_sentence(doc, quote, outer)
            or _in_another_language(doc, after)
        )
        if cue is not None:
            if cue.source is None:
                cue.source = _beside_cue(doc, quote, cue)
            cue.source = _quoted_by(doc, quote, cue) or cue.source
            spoken[n] = cue
    return _continued(doc, quotes, spoken)


def told_inside(doc: "Doc", offset: int, quote: QuotedTokens, cues: Sequence[Cue]) -> Iterator[tuple[Cue, QuotedTokens]]:
    """Yield whom a speaker quotes in turn, with the words, as in “She said, ‘Go home,’ and I said, ‘No.’”."""
    inside = (c for c in cues if quote.first <= c.token <= quote.last and doc[c.token].tag_ in ("VBD", "VBZ", "VBP"))
    says = {c.token: c for c in inside if c.strength == SPOKEN and c.source is not None}
    marks = [i for i in range(quote.first, quote.last + 1) if doc[i].is_quote]
    for opening, closing in pairwise(marks):
        before = opening - 1
        while before > quote.first and (doc[before].text in (",", ":") or doc[before].lower_ in _TOLD_TO):
            before -= 1
        if before in says and closing - opening > 1 and opening - before > 1:
            inner, past = offset + doc[opening].idx + len(doc[opening]), offset + doc[closing].idx
            words = sum(not (t.is_punct or t.is_space) for t in doc[opening + 1 : closing])
            quotation = Quotation(inner - len(doc[opening]), past + len(doc[closing]), inner, past, True)
            yield says[before], QuotedTokens(quotation, opening + 1, closing - 1, words)


def _is_show(doc: "Doc", quote: QuotedTokens) -> bool:
    """The name of a broadcast or a book, in capitals throughout behind its kind or an owner: the show "Cats", on NBR's "Cats"."""
    marks = (i for i in range(quote.first - 1, -1, -1) if not (doc[i].is_quote or doc[i].is_space or doc[i].text == ","))
    before = next((doc[i] for i in marks), None)
    if before is None or quote.words < 2 or not in_capitals(doc, quote, 2):
        return False
    return before.tag_ == "POS" or before.lower_ in ("on", "in") or before.lemma_.lower() in CUE_WORDS["work"]


def in_capitals(doc: "Doc", quote: QuotedTokens, least: int = 1) -> bool:
    """Return whether all the longer words of a quotation, so many at least, begin with a capital, as those of a title do."""
    longer = [t for t in doc[quote.first : quote.last + 1] if t.is_alpha and len(t) >= thresholds.TITLE_LETTERS]
    return len(longer) >= least and all(t.text[0].isupper() for t in longer)


def _frame(doc: "Doc", quotes: Sequence[QuotedTokens], n: int) -> tuple[tuple[int, int], tuple[int, int]]:
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


def _framed_after(doc: "Doc", quote: QuotedTokens, frame: tuple[int, int], cues: Sequence[Cue]) -> Cue | None:
    """A cue with a subject soon after the closing mark ("…," she said) of a quotation within its sentence."""
    text = quote.quotation
    if not text.closed or _ends_sentence(doc, quote, frame):
        return None
    for cue in (c for c in cues if frame[0] <= c.token < frame[1]):
        word = doc[cue.token]
        source = cue.source if cue.source is not None or is_passive(word) else _beside_cue(doc, quote, cue)
        if (
            source is None
            or (cue.source is None and source.i > word.i)
            or (cue.strength < SPOKEN and word.lemma_.lower() not in CUE_WORDS["say"])
            or _marked_off(
                doc, frame[0], min(word.i, source.left_edge.i, *(c.left_edge.i for c in word.children if c.dep_ == "nsubj"))
            )
        ):
            continue
        if any(_holds_both(o, cue, quote) for o in cues):
            continue
        if source.i >= frame[0] and not _has_own_content(doc, cue, frame) and not _has_own_object(doc, cue, frame):
            return cue
    return None


def _holds_both(outer: Cue, cue: Cue, quote: QuotedTokens) -> bool:
    """Whether a speaker behind a cue says the cue and the marks: Rather than "wait", the port should answer, she said."""
    held = outer.token > cue.token in outer.content and quote.first in outer.content
    return held and outer.strength == SPOKEN and outer.source is not None and quote.first not in cue.content


def _relayed(doc: "Doc", quote: QuotedTokens, frame: tuple[int, int], cues: Sequence[Cue]) -> Cue | None:
    """Who says it to those who only pass it on: The police said it "was closed," the radio reported."""
    speakers = [
        c for c in cues if c.token < quote.first and c.strength >= HELD and c.source is not None and quote.first in c.content
    ]
    behind = [
        c for c in cues if frame[0] <= c.token < frame[1] and doc[c.token].lemma_.lower() in ("report", "accord", "according")
    ]
    return max(speakers, key=lambda c: c.token) if speakers and behind else None


def _inverted(doc: "Doc", quote: QuotedTokens, frame: tuple[int, int]) -> Cue | None:
    """A verb of saying right behind the marks that the parse made something else of: "…," confirmed the port's Ivo Brandt."""
    at = frame[0]
    while at < frame[1] and (doc[at].is_quote or doc[at].text == ","):
        at += 1
    if at >= frame[1] or doc[at].lemma_.lower() not in CUE_WORDS["say"]:
        return None
    if doc[at].tag_ not in ("VBD", "VBN", "VBZ") and doc[at].lower_ != "read":
        return None
    if quote.words < thresholds.LONG_QUOTATION or _ends_sentence(doc, quote, frame):
        return None
    phrase = next((t for t in doc[at + 1 : frame[1]] if t.pos_ in ("NOUN", "PROPN") and t.dep_ not in _INNER), None)
    start = at + 3 if doc[at + 1 : at + 3].text.lower() in ("on twitter", "on facebook", "on instagram") else at + 1
    if phrase is None or any(t.pos_ in ("VERB", "AUX", "ADP", "SCONJ", "PUNCT") and t.text != "-" for t in doc[start : phrase.i]):
        return None
    return Cue(at, [at], phrase, set())


def _quoted_by(doc: "Doc", quote: QuotedTokens, cue: Cue) -> "Token | None":
    """Whom the one behind the marks only quotes: "…," the radio reported Lee as saying; "…," Brook recalled Lee saying."""
    verb = doc[cue.token]
    near = [c for c in verb.children if c.dep_ == "dobj"] + [
        g for c in verb.children if c.lower_ == "saying" for g in c.children if g.dep_ == "nsubj"
    ]
    whom = next((c for c in near if c.i > verb.i), None)
    if cue.token < quote.last or whom is None or cannot_speak(whom):
        return None
    behind = doc[whom.right_edge.i + 1 : whom.right_edge.i + 3]
    as_saying = len(behind) == 2 and behind[0].lower_ == "as" and behind[1].tag_ == "VBG" and behind[1].lemma_ in CUE_WORDS["say"]
    says = as_saying or behind.text.startswith("saying")
    cited = len(behind) > 0 and behind[0].lower_ != "as" and verb.lemma_.lower() in ("quote", "cite")
    return whom if says or cited else None


def _tight(doc: "Doc", frame: tuple[int, int], cues: Sequence[Cue]) -> Cue | None:
    """The speaking verb stands right before the marks, with at most a comma or colon between: she replied, "…"."""
    at = frame[1] - 1
    while at >= frame[0] and (doc[at].is_punct or doc[at].is_quote or doc[at].is_space):
        at -= 1
    finite = (c for c in cues if c.token == at and doc[at].tag_ not in ("VB", "NN", "NNS"))
    return next((c for c in finite if c.strength == SPOKEN and c.source is not None), None)


def _announced(doc: "Doc", frame: tuple[int, int], cues: Sequence[Cue]) -> Cue | None:
    """A colon right before the marks and the speaking verb of its sentence: She tells the crew: "…", to which he replies: "…"."""
    at = frame[1] - 1
    while at > frame[0] and (doc[at].is_quote or doc[at].is_space):
        at -= 1
    if at <= frame[0] or doc[at].text != ":":
        return None
    spoken = [c for c in cues if frame[0] <= c.token < at and c.strength == SPOKEN and c.source is not None]
    return max(spoken, key=lambda c: c.token, default=None)


def _beside_cue(doc: "Doc", quote: QuotedTokens, cue: Cue) -> "Token | None":
    """Whom the parse has not taken for the subject of a cue after the marks: "…," added a second docker."""
    start = quote.last + 1
    while start < len(doc) and (doc[start].is_quote or doc[start].is_punct):
        start += 1
    if cue.token < start or doc[cue.token].pos_ != "VERB" or not quote.quotation.closed:
        return None
    behind = (cue.token + 1, len(doc)) if cue.token == start else (start, cue.token)
    words = (doc[i] for i in range(*behind))
    for word in words:
        if word.is_punct or word.pos_ in ("VERB", "ADP", "SCONJ", "AUX"):
            return None
        if word.pos_ in ("NOUN", "PROPN", "PRON") and word.dep_ not in _INNER:
            return word if word.ent_type_ not in ("DATE", "TIME") else None
    return None


def _signed(doc: "Doc", quote: QuotedTokens, frame: tuple[int, int]) -> Cue | None:
    """A dash and a name alone after the marks, or a comma in them and a person: "…" — Ann Lee; "…," mayor Ann Lee."""
    words = [doc[i] for i in range(frame[0], frame[1]) if not doc[i].is_quote and not doc[i].is_space]
    dash = bool(words) and words[0].text in DASHES
    alone = frame[1] < len(doc) and _stops(doc, frame[1]) and doc[quote.last].text == ","
    if quote.words < thresholds.LONG_QUOTATION or len(words) < 2 or not (dash or (alone and words[-1].ent_type_ == "PERSON")):
        return None
    name = [t for t in words if not t.is_punct]
    if not name or len(name) > thresholds.SIGNATURE or not name[0].text[:1].isupper():
        return None
    if any(t.pos_ in ("VERB", "AUX", "PART") for t in name):
        return None
    source = next((t for t in name if t.pos_ == "PROPN" and t.dep_ != "compound"), name[0])
    cue = words[0].i if dash else -1
    return Cue(cue, [cue] if dash else [], source, set())


def _ends_sentence(doc: "Doc", quote: QuotedTokens, frame: tuple[int, int]) -> bool:
    """Whether the sentence is over with the marks: a full stop inside, or right after them."""
    after = next((doc[i] for i in range(frame[0], len(doc)) if not doc[i].is_quote), None)
    if after is None or after.text == "." or frame[0] >= frame[1]:
        return True
    return doc[quote.last].text == "." and after.text[:1].isupper()


def _marked_off(doc: "Doc", start: int, end: int) -> bool:
    """Whether other words than a conjunction or an adverb stand between the marks and the frame's subject and cue."""
    return sum(doc[i].pos_ in ("VERB", "NOUN", "AUX", "SCONJ", "ADP") for i in range(start, end)) > 0


def _has_own_content(doc: "Doc", cue: Cue, frame: tuple[int, int]) -> bool:
    """The cue's clause follows it: "…," but she said that it rained."""
    clauses = [c for c in doc[cue.token].children if cue.token < c.i < frame[1] and c.dep_ in ("ccomp", "xcomp")]
    return bool(clauses)


def _has_own_object(doc: "Doc", cue: Cue, frame: tuple[int, int]) -> bool:
    """Another clause behind the marks, about something of its own: "…," but the union cited three cases."""
    joined = any(doc[i].lower_ in ("but", "while", "though", "although") for i in range(frame[0], cue.token))
    return joined and any(c.dep_ == "dobj" and cue.token < c.i < frame[1] for c in doc[cue.token].children)


def _called_so(doc: "Doc", quote: QuotedTokens, cues: Sequence[Cue]) -> Cue | None:
    """The verb of "hailed the port's decision as “brave”", whatever the parse hangs "as" on."""
    before = [t for t in doc[: quote.first] if not (t.is_quote or t.pos_ == "DET" or t.is_punct)]
    if not before or before[-1].lower_ != "as":
        return None
    verbs = (
        c for c in cues if c.token < before[-1].i and c.strength == ACTED and c.source is not None and doc[c.token].pos_ == "VERB"
    )
    return max((c for c in verbs if doc[c.token].sent == before[-1].sent), key=lambda c: c.token, default=None)


def _holding(doc: "Doc", quote: QuotedTokens, cues: Sequence[Cue]) -> Cue | None:
    """The innermost speaking cue whose content holds words of the quotation."""
    words = [i for i in range(quote.first, quote.last + 1) if not doc[i].is_punct]
    best: tuple[tuple[int, int, int], Cue] | None = None
    for cue in cues:
        held = sum(i in cue.content for i in words)
        if not held or (held < len(words) / 2 and quote.words < thresholds.LONG_QUOTATION):
            continue
        key = (cue.strength < HELD, cue.source is None, len(cue.content))
        if best is None or key < best[0]:
            best = (key, cue)
    return best[1] if best else None


def _framed_before(doc: "Doc", frame: tuple[int, int], cues: Sequence[Cue]) -> Cue | None:
    """She said: "…" — the last speaking cue before the marks, in the same sentence."""
    near = [c for c in cues if frame[0] <= c.token < frame[1] and doc[c.token].lemma_.lower() in SPEECH]
    return max(near, key=lambda c: (c.strength >= HELD, c.source is not None, c.token), default=None)


def _colon(doc: "Doc", frame: tuple[int, int]) -> Cue | None:
    """The colon is the cue, the subject or the last name before it the source: "His answer: …"."""
    at = frame[1] - 1
    while at > frame[0] and (doc[at].is_quote or doc[at].is_space):
        at -= 1
    if at <= frame[0] or doc[at].text != ":":
        return None
    words = doc[frame[0] : at]
    subjects = [t for t in words if t.dep_ in SUBJECT]
    subject = next((t for t in subjects if may_speak(t)), next(iter(subjects), None))
    if subject is None and len(words) <= thresholds.COLON_FRAME:
        subject = next((t for t in reversed(words) if t.pos_ in ("PROPN", "PRON", "NOUN")), None)
    owner = None if subject is None else next((c for c in subject.children if c.dep_ == "poss"), None)
    return Cue(at, [at], owner or subject, set())


def _in_sentence(doc: "Doc", quote: QuotedTokens, cues: Sequence[Cue]) -> Cue | None:
    """A broken parse: the only speaking cue of the sentence that the quotation stands in."""
    sentence = doc[quote.first].sent
    near = [c for c in cues if sentence.start <= c.token < sentence.end and c.strength == SPOKEN and c.source is not None]
    return near[0] if len(near) == 1 and near[0].token < quote.first else None


def _in_another_language(doc: "Doc", frame: tuple[int, int]) -> Cue | None:
    """Another language: its word for "said" soon after the marks, and the first name behind it as the source."""
    near = range(frame[0], min(frame[1], frame[0] + thresholds.UNPARSED_CUE_AFTER_MARKS))
    said = next((i for i in near if doc[i].lower_ in CUE_WORDS["abroad"]), None)
    if said is None:
        return None
    name = [i for i in range(said + 1, min(frame[1], said + thresholds.UNPARSED_SUBJECT)) if doc[i].text[:1].isupper()]
    while len(name) > 1 and name[-1] - name[0] != len(name) - 1:
        name.pop()
    return Cue(said, [said], doc[name[-1]] if name else None, set())


def _continued(doc: "Doc", quotes: Sequence[QuotedTokens], spoken: dict[int, Cue]) -> dict[int, Cue]:
    """A quotation that makes up whole sentences goes on from the one before it."""
    for n, quote in enumerate(quotes):
        if n in spoken or not is_whole(doc, quote):
            continue
        if n and n - 1 in spoken and _adjoins(doc, quotes[n - 1], quote):
            spoken[n] = spoken[n - 1]
    return spoken


def is_whole(doc: "Doc", quote: QuotedTokens) -> bool:
    """Return whether a quotation is a sentence or more by itself: a capital first, a full stop last, or long."""
    return quote.words >= thresholds.LONG_QUOTATION or (
        doc[quote.first].text[:1].isupper() and doc[quote.last].text in (".", "!", "?")
    )


def is_speech(doc: "Doc", quote: QuotedTokens) -> bool:
    """Return whether marks that nobody frames are speech: long, a sentence or most of the paragraph, and no title.

    The title of a book, a show or an article has capitals throughout, or its marks stand inside a sentence.
    """
    least = min(thresholds.LONG_QUOTATION, int(thresholds.QUOTED_ALONE * len(doc)))
    before = next((doc[i] for i in range(quote.first - 1, -1, -1) if not doc[i].is_quote and not doc[i].is_space), None)
    inside = before is not None and (before.is_alpha or before.text == ",") and quote.words < 2 * thresholds.LONG_QUOTATION
    return (quote.words >= least or is_whole(doc, quote)) and not inside and not in_capitals(doc, quote)


def follows(doc: "Doc", before: QuotedTokens, quote: QuotedTokens) -> bool:
    """Return whether a quotation goes on from the one before it, no word between them and no question's end."""
    return is_whole(doc, quote) and not any(t.is_alpha or t.text == "?" for t in doc[before.last + 1 : quote.first])


def _adjoins(doc: "Doc", before: QuotedTokens, quote: QuotedTokens) -> bool:
    """Whether at most one frame's words stand between two quotations, no second sentence and no question."""
    between = range(before.last + 1, quote.first)
    return sum(_stops(doc, i) for i in between) <= 1 and not any(doc[i].text == "?" for i in between)


def is_name_alone(doc: "Doc") -> bool:
    """Return whether a line is a person's full name, or that and a comma and an office, and no sentence."""
    name = next(iter(doc.ents), None)
    if name is None or name.start or name.label_ != "PERSON" or len(name) < 2 or doc[-1].text in (".", "!", "?", ":"):
        return False
    return name.end == len(doc) or doc[name.end].text == ","
