"""What a report tells and takes back in one breath: "denied that it fell", "the claims that it fell are false"."""

from functools import lru_cache
from typing import TYPE_CHECKING

from stemma.text.data import word_lists
from stemma.text.stems import meaning

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONTENT = frozenset(["ccomp", "acl", "relcl", "csubj", "csubjpass", "parataxis"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_NEVER = frozenset(["no", "nobody", "never", "neither", "none", "nothing", "without"])
_SEEMING = frozenset(["turn", "prove", "be", "remain"])


def is_denied(head: "Token") -> bool:
    """Return whether what a clause says, by its verb, is denied by the words that it hangs on, or by that verb itself."""
    first = head
    while first.dep_ == "conj" and first.head.pos_ in ("VERB", "AUX"):
        first = first.head
    if _holds(first) and _takes_back(first):
        return True
    above = first.head
    if above is first or first.dep_ not in _CONTENT or _has_gap(first):
        return False
    return _takes_back(above) if above.pos_ in ("VERB", "AUX") else above.pos_ == "NOUN" and _is_untrue(above)


@lru_cache(maxsize=1)
def denying_words() -> frozenset[str]:
    """Return the meanings of all words that may take back what stands in their sentence."""
    return frozenset(meaning(w) for kind in ("verb", "false", "falsely") for w in _words(kind))


def _words(kind: str) -> frozenset[str]:
    return word_lists("claims", "denials.tsv")[kind]


def _holds(verb: "Token") -> bool:
    """Whether a clause holds what is told: "denied selling it", "claims that it fell are false"."""
    nouns = _words("telling") | _words("proof")
    below = [t for t in verb.subtree if t.dep_ in _CONTENT and t.head.lemma_.lower() in nouns]
    return any(c.dep_ in ("xcomp", "ccomp", "csubj") for c in verb.children) or not all(map(_has_gap, below))


def _has_gap(verb: "Token") -> bool:
    """Whether a clause tells which one is meant ("the claim that he made"), and not what is claimed."""
    # The parser takes "that" for a second object: "the rumour that he sold the bells".
    objects = sum(c.dep_ == "dobj" for c in verb.children)
    relative = any(c.tag_ in ("WDT", "WP") and (c.dep_ != "dobj" or objects == 1) for c in verb.children)
    return relative or (verb.dep_ in ("acl", "relcl") and not any(c.dep_ in _SUBJECTS or c.dep_ == "expl" for c in verb.children))


def _negated(token: "Token") -> bool:
    subjects = [t for c in token.children if c.dep_ in _SUBJECTS for t in (c, *c.children)]
    return any(c.dep_ == "neg" or c.lower_ in _NEVER for c in (*token.children, *subjects))


def _denies(verb: "Token") -> bool:
    """Whether a verb denies, and nobody says that it does not."""
    return verb.pos_ == "VERB" and verb.lemma_.lower() in _words("verb") and not _negated(verb)


def _takes_back(verb: "Token") -> bool:
    """Whether a verb says of its clause that it is not so: "denied that", "wrongly said that", "it is not true that"."""
    children = list(verb.children)
    if _denies(verb) or any(c.dep_ == "advmod" and c.lower_ in _words("falsely") for c in children):
        return True
    if _has_no_proof(verb):
        return True
    if any(c.dep_ == "acomp" and c.lower_ == "true" for c in children):
        return _negated(verb)
    return _is_called_false(verb) or any(c.dep_ == "nsubj" and _is_false(c) for c in children)


def _is_untrue(noun: "Token") -> bool:
    """Whether a noun that a clause tells of is no truth: "false claims", "no evidence", "the report … was denied"."""
    if noun.lemma_.lower() in _words("proof"):
        return _has_no(noun)
    if noun.lemma_.lower() not in _words("telling"):
        return False
    if any(c.dep_ in ("amod", "compound") and c.lemma_.lower() in _words("false") for c in noun.children):
        return True
    while noun.dep_ == "conj":
        noun = noun.head
    above = noun.head
    if noun.dep_ in ("dobj", "nsubjpass"):
        return _denies(above)
    if noun.dep_ == "nsubj":
        return _is_called_false(above)
    # "There is no truth to the story that", "found no basis for the claim that".
    held = above.head
    return noun.dep_ == "pobj" and (_has_no_proof(held) or (held.lemma_.lower() in _words("proof") and _has_no(held)))


def _has_no_proof(verb: "Token") -> bool:
    nouns = [c for c in verb.children if c.dep_ in ("dobj", "attr", "nsubj")]
    return any(c.lemma_.lower() in _words("proof") and _has_no(c) for c in nouns)


def _is_called_false(verb: "Token") -> bool:
    """Whether a verb says of its subject that it is false: "is a hoax", "turned out to be untrue"."""
    if verb.lemma_ not in _SEEMING or _negated(verb):
        return False
    found = [c for c in verb.children if c.dep_ in ("attr", "acomp", "oprd")]
    found += [t for c in verb.children if c.dep_ == "xcomp" for t in c.children if t.dep_ in ("attr", "acomp")]
    return any(_is_false(t) for t in found)


def _is_false(token: "Token") -> bool:
    around = [c for c in token.children if c.dep_ in ("amod", "compound")]
    return any(t.lemma_.lower() in _words("false") for t in (token, *around))


def _has_no(noun: "Token") -> bool:
    """Whether there is none of a thing: "no evidence", "did not find any evidence"."""
    return any(c.lower_ == "no" for c in noun.children) or noun.head.lower_ == "without" or _negated(noun.head)
