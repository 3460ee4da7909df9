"""Whether a time expression's clause looks forward or back, read from the parse."""

import re
from typing import TYPE_CHECKING

from stemma.mentions.wordlist import groups

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WORDS = groups("tense.tsv")
_BEFORE = re.compile(
    r"(?:by|until|till|before|from|as of|starting|beginning|deadline of|due)(?: the| early| late)?\s+$", re.I
)


def looks_ahead(doc: "Doc", text: str, start: int, end: int) -> bool | None:
    """Return True when the clause around [start, end) speaks of the future, False of the past, else None."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not doc.has_annotation("DEP"):
        return None
    if _BEFORE.search(text[max(0, start - 20) : start]) and not _perfect(_verb(span.root)):
        return True
    verb = _verb(span.root)
    return _direction(verb) if verb is not None else None


def _verb(token: "Token") -> "Token | None":
    for above in [token, *token.ancestors]:
        if above.pos_ in ("VERB", "AUX"):
            return above
    return None


def _perfect(verb: "Token | None") -> bool:
    """Tell that "had left by Friday" is past for all its "by"."""
    return verb is not None and (
        verb.tag_ == "VBD" or any(c.lemma_ == "have" and c.tag_ == "VBD" for c in verb.children)
    )


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
    if verb.tag_ in ("VBD", "VBN") or any(w.tag_ == "VBD" for w in words):
        return False
    if verb.tag_ == "VBG" and any(w.lemma_ == "be" for w in words):
        return True
    if (
        verb.dep_ in ("acl", "advcl", "pcomp", "prep", "xcomp", "ccomp", "relcl")
        and verb.tag_ == "VBG"
        and verb.head is not verb
    ):
        above = _verb(verb.head)
        return _direction(above) if above is not None else None
    return None
