"""Where a time expression stands: its paragraph, the days named before it, and whether its clause looks forward or back."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from stemma.mentions.parse import is_parsed
from stemma.mentions.times.calendar import extent
from stemma.mentions.times.patterns import Expression
from stemma.text.data import mappings
from stemma.text.moments import printed_day

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_WORDS = mappings("mentions", "tense.tsv")
_BEFORE = re.compile(r"(?:by|until|till|before|from|as of|starting|beginning|deadline of|due)(?: the| early| late)?\s+$", re.I)

PAST = ("last", "past", "previous", "preceding", "this past", "the previous")
NEXT = ("next", "coming", "following", "this coming", "the following", "the next")


@dataclass(frozen=True, slots=True)
class TimeContext:
    """Where an expression stands.

    Its paragraph, the day of publication, the last day and the last value named before it.
    """

    doc: "Doc"
    text: str
    day: date | None
    anchor: date | None
    last: str = ""

    def ahead(self, at: Expression) -> bool | None:
        """Return whether the expression's clause looks forward."""
        return looks_ahead(self.doc, self.text, at.start, at.end)

    def base(self, unit: str) -> date | None:
        """Return the day to count units from.

        In the last date named if that is as fine as the unit, else the last day named.
        """
        fine = re.fullmatch(_FINER.get(unit, ""), self.last)
        begin = printed_day(extent(self.last)[0]) if fine else None
        return begin or self.anchor


@dataclass(frozen=True, slots=True)
class Meaning:
    """A resolved expression.

    `days` overrules the days that the value covers (a duration that ends today covers some).
    """

    type: str
    value: str
    days: tuple[str | None, str | None] | None = None

    @property
    def extent(self) -> tuple[str | None, str | None]:
        """The first and the last day."""
        return self.days if self.days is not None else extent(self.value)


Handler = Callable[[Expression, TimeContext], Meaning | None]

_FINER = {
    "M": r"\d{4}-\d\d.*",
    "Q": r"\d{4}-(?:Q|\d).*",
    "Y": r"\d{4}.*",
    "E": r"\d{3,4}.*",
    "C": r"\d{2,4}.*",
    "W": r"\d{4}-(?:W|\d\d-).*",
}
"""For each unit the values that fix it."""


def looks_ahead(doc: "Doc", text: str, start: int, end: int) -> bool | None:
    """Return True when the clause around [start, end) speaks of the future, False of the past, else None."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not is_parsed(doc):
        return None
    if _put_off(span):
        return True
    if _is_day_of_saying(span) or _made_then(span):
        return False
    if _BEFORE.search(text[max(0, start - 20) : start]) and not _perfect(_verb(span.root)):
        return True
    verb = _verb(span.root)
    return _direction(verb) if verb is not None else None


def _put_off(span: "Span") -> bool:
    """Tell "scheduled for June 3", "a strike for Friday" and "adjourned until Friday", whose day is to come in any tense."""
    first, doc = span.start, span.doc
    while first > 0 and doc[first - 1].lower_ in _SMALL:
        first -= 1
    if first == span.start and doc[first].lower_ not in _SMALL:
        return False
    words = {t.lower_ for t in doc[first : span.start]}
    if "for" in words and doc[first - 1].lower_ in _WORDS["event"]:
        return True
    group = "planned" if words & {"for", "on", "in", "at", "by"} else "put off" if words & {"until", "till", "to"} else ""
    return bool(group) and any(t.lower_ in _WORDS[group] for t in doc[max(span.sent.start, first - 4) : first])


def _made_then(span: "Span") -> bool:
    """Tell "a photograph from Monday", which was taken on that day, from "a ban from Monday"."""
    before = span.doc[max(span.sent.start, span.start - 2) : span.start]
    return len(before) > 1 and before[1].lower_ == "from" and before[0].lower_ in _WORDS["record"]


_SMALL = frozenset(["for", "on", "in", "at", "by", "until", "till", "to", "the", "early", "late", "end", "of", "mid"])


_TILL = ("until", "till", "before")
"""What begins a clause in the present whose day is to come: "until she is sworn in on May 4"."""


def _is_day_of_saying(span: "Span") -> bool:
    """Tell "said Tuesday it would close": the day of saying stands right after the verb, though the parse may not see it."""
    for token in reversed(span.doc[max(span.sent.start, span.start - 4) : span.start]):
        if token.pos_ in ("VERB", "AUX"):
            return token.lemma_ in _WORDS["told"] and token.tag_ in ("VBD", "VBN")
        if token.is_punct or token.tag_ in ("TO", "MD", "WDT") or token.lower_ == "that":
            return False
    return False


def _verb(token: "Token") -> "Token | None":
    for above in [token, *token.ancestors]:
        if above.pos_ in ("VERB", "AUX"):
            return above
    return None


def _perfect(verb: "Token | None") -> bool:
    """Tell that "had left by Friday" is past for all its "by"."""
    return verb is not None and (verb.tag_ == "VBD" or any(c.lemma_ == "have" and c.tag_ == "VBD" for c in verb.children))


def _direction(verb: "Token") -> bool | None:
    words = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(w.lower_ in _WORDS["modal"] for w in words) and not any(w.lemma_ == "have" for w in words):
        return True
    if any(w.tag_ == "TO" for w in words):
        above = verb.head if verb.head.i != verb.i else None
        return True if above is None or above.lemma_ in _WORDS["plan"] or above.pos_ == "AUX" else _direction(above)
    perfect = any(w.lemma_ == "have" for w in words)
    if verb.lemma_ in _WORDS["plan"] and not perfect and (words or verb.tag_ in ("VBZ", "VBP")):
        return True
    if verb.lemma_ in _WORDS["plan"] and verb.tag_ == "VBN" and not perfect:
        return None
    if any(c.dep_ == "mark" and c.lower_ in _TILL for c in verb.children) and any(w.tag_ in ("VBZ", "VBP") for w in words):
        return True
    if verb.tag_ in ("VBD", "VBN") or any(w.tag_ == "VBD" for w in words):
        return False
    if verb.tag_ == "VBG" and any(w.lemma_ == "be" for w in words):
        return True
    if verb.tag_ in ("VBZ", "VBP") and verb.lemma_ in _WORDS["timetable"]:
        return True
    if verb.dep_ in ("acl", "advcl", "pcomp", "prep", "xcomp", "ccomp", "relcl") and verb.tag_ == "VBG" and verb.head is not verb:
        above = _verb(verb.head)
        return _direction(above) if above is not None else None
    return None
