"""What a clause says of its subject: the meaning of its verb, through "had to" and "put off", and of the verb's complements."""

from typing import TYPE_CHECKING

from stemma.claims.synonyms import meaning

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

EMPTY = frozenset(
    [
        "have",
        "need",
        "begin",
        "start",
        "continue",
        "try",
        "seem",
        "appear",
        "go",
        "use",
        "manage",
        "fail",
        "plan",
        "decide",
    ]
)
"""Verbs that lend their tense to the verb after them: "had to postpone" is "postpone"."""
COMPLEMENTS = ("acomp", "attr", "dobj", "oprd", "advmod")


def predicate(head: "Token") -> str:
    """Return the meaning of a clause's verb, and of the noun in "there was a leak"."""
    verb = _full_verb(head)
    if verb.lemma_ == "be" and any(c.dep_ == "expl" for c in verb.children):
        # "There was no leak" denies "it leaked".
        return next((meaning(c.lemma_) for c in verb.children if c.dep_ in ("attr", "nsubj") and c.pos_ == "NOUN"), "be")
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    return meaning(f"{verb.lemma_}_{particle}") if particle else meaning(verb.lemma_)


def complements(head: "Token") -> frozenset[str]:
    """Return the meanings of the verb and of what it says: "are dead", "needed treatment", "were missing"."""
    verb = _full_verb(head)
    words = [verb, *(c for t in {head.i: head, verb.i: verb}.values() for c in t.children if c.dep_ in COMPLEMENTS)]
    return frozenset(meaning(w.lemma_) for w in words)


def governing_verb(doc: "Doc", start: int, end: int) -> "Token | None":
    """Return the verb that a figure, by its offsets in the doc, is subject or object of."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return next((t for t in (span.root.ancestors if span else ()) if t.pos_ in ("VERB", "AUX")), None)


def _full_verb(head: "Token") -> "Token":
    if head.lemma_ in EMPTY:
        return next((c for c in head.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), head)
    return head
