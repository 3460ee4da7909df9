"""What a figure stands with in its sentence: the verb, the time it holds at, the figure that it is a part of."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from stemma.mentions import thresholds
from stemma.mentions.parse import is_parsed
from stemma.tables import Figure, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_OUT_OF = re.compile(
    r"(?: [a-z-]+){0,2}? (?:out )?(?:of|among) (?:the|its|their|all|his|her|our|these|those|some|an?|about|around|nearly|almost"
    r"|over|more|than|at|least|up|to|only|just|other|first|last| )*",
    re.I,
)
_OF_THEM = re.compile(r" (?:people )?(?:of|among) (?:them|these|those|whom|which)\b", re.I)
_WHOLE_BEFORE = re.compile(
    r"(?:(?:of|among) (?:them|these|whom|which)|includ(?:ing|ed|es)|,? with)\b(?P<between>[^.;:!?]{0,80}?)$", re.I
)
_LED = re.compile(r"^\W*(?:out )?of (?:the|these|those|its|their|his|her|some|about|all| )*$", re.I)
_DEEP = 40
"""How far up the tree a verb is looked for; a sentence that nests deeper is none."""
_LONG = 500
"""How many words a sentence may have, where its first is looked for."""
_MORE = re.compile(r"\b(?:another|a further|an additional|the other|the remaining)(?: (?:at least|about|some|around))? ?$", re.I)
_AS_OF = re.compile(
    r"(?:\bas (?:of|at)|\bby|\buntil|\btill|\bup to|\bthrough|\bon|\bin|\bsince)(?: the)?(?: (?:early|late))? $", re.I
)


def in_context(doc: "Doc", figures: Sequence[Figure], times: Sequence[Time]) -> list[Figure]:
    """Return the figures of a paragraph with their `predicate`, `as_of` and `part_of`.

    Without a parse only `part_of` is read. A figure that counts no noun of its own takes the noun of its whole or of
    the one that it adds to ("five people died and another 12 were hurt").
    """
    done: list[Figure] = []
    text = doc.text  # spaCy builds it anew each time that it is asked
    parsed = is_parsed(doc)
    for at, one in enumerate(figures):
        whole = _whole_after(text, one, figures[at + 1 : at + 2]) or _whole_before(doc, text, one, done)
        noun = one.counted
        if noun is None or noun == "other":
            noun = _borrowed(text, one, whole, done) or noun
        verb = _verb(doc, one) if parsed else None
        done.append(
            replace(
                one,
                counted=noun,
                part_of=(whole.start, whole.end) if whole else None,
                predicate=_lemma(verb) if verb is not None else None,
                as_of=_as_of(doc, text, one, verb, times) if verb is not None else None,
            )
        )
    return done


def _whole_after(text: str, part: Figure, after: Sequence[Figure]) -> Figure | None:
    """Read "21 of the more than 200", "about 70 percent of the 1,200 houses"."""
    for whole in after:
        if whole.unit is None and part.unit in (None, "percent") and _OUT_OF.fullmatch(text[part.end : whole.start]):
            return None if part.unit is None and _less(whole, part) else whole
    return None


def _whole_before(doc: "Doc", text: str, part: Figure, before: Sequence[Figure]) -> Figure | None:
    """Read "200 prisoners, 21 of them wounded" and "13 people, including two children"."""
    start = _sentence_start(doc, part.start)
    wholes = [f for f in before[-thresholds.WHOLE_FIGURES :] if f.start >= start and f.unit is None and f.part_of is None]
    if not wholes or part.unit not in (None, "percent"):
        return None
    if (
        wholes[-1].start - start < thresholds.WHOLE_CHARACTERS
        and _LED.search(text[start : wholes[-1].start])
        and "," in text[wholes[-1].end : part.start]
    ):
        return None if part.unit is None and _less(wholes[-1], part) else wholes[-1]
    named = _OF_THEM.match(text, part.end)
    start = max(start, part.start - thresholds.WHOLE_CHARACTERS)
    before_it = _WHOLE_BEFORE.search(text[start : part.start])
    if named is None and (before_it is None or _has_verb(doc, start + before_it.start("between"), part.start)):
        return None
    if named is None and before_it is not None:
        wholes = [f for f in wholes if f.end <= start + before_it.start()]
    whole = wholes[-1] if wholes else None
    return None if whole is None or (part.unit is None and _less(whole, part)) else whole


def _less(whole: Figure, part: Figure) -> bool:
    return whole.high is not None and part.low is not None and whole.high < part.low


def _borrowed(text: str, one: Figure, whole: Figure | None, before: Sequence[Figure]) -> str | None:
    """The noun of another figure that this one leaves out."""
    if one.unit is not None:
        return None
    if whole is not None:
        return whole.counted
    adds = _MORE.search(text[max(0, one.start - 30) : one.start]) or re.match(r" (?:more|others)\b", text[one.end :])
    last = before[-1] if before else None
    near = last is not None and last.unit is None and not re.search(r"[.!?;\n]", text[last.end : one.start])
    return last.counted if adds and near and last is not None else None


def _sentence_start(doc: "Doc", at: int) -> int:
    span = doc.char_span(at, at + 1, alignment_mode="expand")
    return doc[_opening(span[0])].idx if span is not None and is_parsed(doc) else 0


def _opening(token: "Token") -> int:
    """The first word of a token's sentence; spaCy's own answer walks through the whole text each time."""
    doc, first = token.doc, token.i
    while first > 0 and not doc[first].is_sent_start and token.i - first < _LONG:
        first -= 1
    return first


def _has_verb(doc: "Doc", start: int, end: int) -> bool:
    span = doc.char_span(start, end, alignment_mode="contract") if is_parsed(doc) else None
    return span is not None and any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in span)


def _verb(doc: "Doc", figure: Figure) -> "Token | None":
    """The verb of the clause that a figure stands in."""
    span = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    if span is None:
        return None
    root = _noun(span)
    above = islice(chain([root], root.ancestors), _DEEP)
    return next((t for t in above if _is_verb(t) and not span.start <= t.i < span.end), None)


def _is_verb(token: "Token") -> bool:
    """Tell a verb from one that serves as a preposition ("including")."""
    return token.pos_ in ("VERB", "AUX") and not (token.tag_ == "VBG" and token.dep_ == "prep")


def _noun(span: "Span") -> "Token":
    """The token by which a figure hangs in the tree, its number first: "than" of "more than 400" hangs elsewhere."""
    numbers = [t for t in span if t.pos_ == "NUM" or t.like_num]
    return numbers[-1] if numbers else span.root


def _lemma(verb: "Token") -> str:
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), "")
    return f"{verb.lemma_.lower()} {particle}".strip()


def _as_of(doc: "Doc", text: str, figure: Figure, verb: "Token", times: Sequence[Time]) -> tuple[int, int] | None:
    """The day or period in the figure's own clause, one after "as of" or "by" before any other, else the nearest."""
    found = []
    for time in times:
        span = doc.char_span(time.start, time.end, alignment_mode="expand") if time.type in ("DATE", "TIME") else None
        if span is None or _opening(span[0]) != _opening(verb) or time.value.endswith("_REF"):
            continue
        above = next((t for t in islice(chain([span.root], span.root.ancestors), _DEEP) if _is_verb(t)), None)
        if above is not None and above.i == verb.i:
            said = _AS_OF.search(text[max(0, time.start - 20) : time.start]) is not None
            found.append((not said, abs(time.start - figure.start), (time.start, time.end)))
    return min(found)[2] if found else None
