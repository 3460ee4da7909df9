"""Who speaks a cue: its subject in the parse, looked for along the verbs that the cue hangs on."""

from typing import TYPE_CHECKING

from stemma.text.data import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEECH = frozenset().union(*(word_lists("statements", "cues.tsv")[kind] for kind in ("say", "about", "order", "think", "show")))
"""The lemmas of every verb that can stand beside a quotation."""
SUBJECT = frozenset(("nsubj", "nsubjpass"))
LIGHT = frozenset((
    "make", "issue", "have", "repeat", "express", "raise", "voice", "give", "offer", "hold", "share", "send", "post",
    "release", "publish", "write",
))  # fmt: skip
"""Verbs whose subject owns the noun: "made a claim that"."""
_NOMINATIVE = frozenset(("he", "she", "they"))
_RELATIVE = frozenset(("WP", "WDT"))
PREDICATES = frozenset(("acomp", "oprd", "attr"))
_TO_SOMEBODY = frozenset(("tell", "order", "urge", "warn", "advise", "instruct", "remind", "invite", "encourage"))
_DEEPEST = 5
"""How many verbs up a subject is looked for."""


def source_of(token: "Token", depth: int = 0) -> "Token | None":
    """Return the word that names who speaks: the subject of the cue, looked for along the verbs that it hangs on."""
    if depth > _DEEPEST:
        return None
    if is_passive(token):
        return _agent(token)
    inverted = next((c for c in token.children if c.i == token.i + 1 and c.lower_ in _NOMINATIVE), None)
    if inverted is not None:
        return inverted
    subject = min((c for c in token.children if c.dep_ == "nsubj"), key=lambda c: abs(token.i - c.i), default=None)
    if subject is not None:
        if subject.tag_ in _RELATIVE and token.dep_ == "relcl":
            return token.head
        return None if subject.lower_ in ("what", "which", "that", "there") else subject
    head = token.head
    if token.dep_ == "relcl" or head.i == token.i:
        return None
    if token.tag_ == "VBG" and token.dep_ in ("advcl", "acl") and (speaker := _going_on(token)) is not None:
        return speaker
    if token.dep_ == "acl":
        return _of_noun(token, depth)
    if token.dep_ == "pcomp":
        return _quoted(token) or governing_subject(head.head, depth)
    if token.dep_ == "xcomp" and infinitive(token):
        commanded = next((c for c in head.children if c.dep_ == "dobj" and c.i < token.i), None)
        return commanded if commanded is not None else governing_subject(head, depth)
    if token.dep_ in ("conj", "xcomp", "advcl", "ccomp", "dep"):
        return governing_subject(head, depth)
    return None


def _of_noun(token: "Token", depth: int) -> "Token | None":
    """Who speaks a participle that hangs on a noun: the owner of "made a claim", the noun, or the agent."""
    head = token.head
    if head.dep_ == "dobj" and head.i > head.head.i and lemma_of(head.head) in LIGHT:
        return source_of(head.head, depth + 1)
    return head if token.tag_ == "VBG" or head.ent_type_ == "PERSON" else _agent(token)


def _going_on(token: "Token") -> "Token | None":
    """Who says what a participle goes on from: "denied that they were exchanged, saying", "called it a trial saying"."""
    verbs = (v for v in token.ancestors if v.pos_ == "VERB" and lemma_of(v) in SPEECH and v.i < token.i)
    subjects = (c for v in verbs for c in v.children if c.dep_ == "nsubj" and c.tag_ not in _RELATIVE)
    return next(subjects, None)


def is_passive(token: "Token") -> bool:
    """Return whether the subject is spoken to: "was told", "were moved and told to leave", "asked whether, she said"."""
    helpers = [c.dep_ for c in token.children if c.dep_ in ("aux", "auxpass") and c.tag_ != "TO"]
    if helpers:
        return "auxpass" in helpers
    if token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX"):
        return (token.tag_ == "VBN" or _lacks_object(token)) and is_passive(token.head)
    return token.tag_ == "VBN" and token.dep_ == "advcl" and token.i < token.head.i


def _lacks_object(token: "Token") -> bool:
    """Whom it is said to is missing: "told to leave"; the tagger takes it for the past tense."""
    parts = {c.dep_ for c in token.children}
    return lemma_of(token) in _TO_SOMEBODY and "xcomp" in parts and not parts & {"dobj", "dative", "nsubj"}


def _quoted(token: "Token") -> "Token | None":
    """Whom another quotes: "the radio quoted Ann Lee as saying"."""
    verb = token.head.head
    if token.head.lower_ != "as" or any(c.dep_ == "auxpass" for c in verb.children):
        return None
    return next((c for c in verb.children if c.dep_ == "dobj" and c.i < token.i), None)


def governing_subject(head: "Token", depth: int) -> "Token | None":
    """Return the subject of the verb above; of a passive too: "was quoted as saying", "was shown telling"."""
    subject = next((c for c in head.children if c.dep_ in SUBJECT), None)
    if subject is not None and subject.tag_ not in _RELATIVE:
        return subject
    if head.pos_ == "ADJ" and head.dep_ in PREDICATES and depth < _DEEPEST:
        return governing_subject(head.head, depth + 1)
    return source_of(head, depth + 1) if head.pos_ in ("VERB", "AUX") else None


def _agent(token: "Token") -> "Token | None":
    return next((g for c in token.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"), None)


def infinitive(token: "Token") -> bool:
    """Return whether a verb stands with "to"."""
    return any(c.tag_ == "TO" or (c.dep_ == "aux" and c.lower_ == "to") for c in token.children)


def lemma_of(token: "Token") -> str:
    """Return the lemma in lower case; the model takes "hoped" for a form of "hop"."""
    lemma = token.lemma_.lower()
    return "hope" if lemma == "hop" else lemma
