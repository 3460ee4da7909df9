"""The scope of a caveat: the thing that could not be verified, whose it is, and what it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stemma.mentions.caveats import checking, lacks_means, lacks_support
from stemma.mentions.parse import Paragraph
from stemma.statements import thresholds
from stemma.tables import Caveat
from stemma.text.data import rows, word_lists

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECT = frozenset(("nsubj", "nsubjpass"))
_POINTING = frozenset(("this", "that", "it", "them", "these", "those"))
_OF_MANY = frozenset(("neither", "either", "both", "any", "all", "none", "most", "some", "many", "much", "each"))
_PAIR = frozenset(("neither", "either", "both", "two"))
_RELATIVE = frozenset(("that", "which", "who", "what"))
_UPWARDS = frozenset(("xcomp", "acomp", "oprd", "attr", "conj"))
_KINDS = word_lists("statements", "caveat_scope.tsv")
_SYNONYMS = {
    word: frozenset(words.split())
    for kind, words in rows("statements", "caveat_scope.tsv")
    if kind in ("same", "hurt")
    for word in words.split()
}
"""For each word of a group, all words that mean the same."""


@dataclass(frozen=True)
class CaveatScope:
    """The thing that a caveat says could not be verified.

    `kind` is number, sum, toll, assertion, this (a pronoun) or thing; `owner` is whose it is, `about` the lemmas of
    what it is about; `pair` where it is two things, `inside` where it stands in the sentence of the caveat itself.
    """

    kind: str
    lemma: str
    owner: "Token | None"
    about: frozenset[str]
    plural: bool
    pair: bool
    inside: bool


def scope_of(paragraph: Paragraph, caveat: Caveat) -> CaveatScope | None:
    """Return what a caveat of this paragraph speaks of; None when its words do not name it."""
    words = [t for t in paragraph.doc if caveat.start <= paragraph.start + t.idx < caveat.end]
    check = next((t for t in words if checking(t)), None)
    if check is None:
        return None
    if check.dep_ in ("relcl", "acl") and not lacks_support(check) and not lacks_means(check):
        return _of_noun(check.head, inside=True) if check.head.pos_ in ("NOUN", "PROPN") else None
    thing = _thing(check)
    return None if thing is None else _read(thing, check)


def related(words: Iterable[str], lemma: str) -> bool:
    """Return whether one of some lemmas is the given one, means the same, or has its root."""
    group = _SYNONYMS.get(lemma, frozenset((lemma,)))
    root = lemma[: thresholds.ROOT_LETTERS]
    return any(w in group or (len(root) == thresholds.ROOT_LETTERS and w.startswith(root)) for w in words)


def _thing(check: "Token") -> "Token | None":
    """The object of the verb or of the noun, or the subject of the passive."""
    if check.pos_ == "NOUN":
        return _governed(check, "of") or check
    if check.pos_ == "VERB" and not any(c.dep_ == "auxpass" for c in check.children):
        return next((c for c in check.children if c.dep_ == "dobj"), None)
    at = check
    while True:
        subject = next((c for c in at.children if c.dep_ in _SUBJECT), None)
        if subject is not None or at.dep_ not in _UPWARDS or at.head.i == at.i:
            return subject
        at = at.head


def _read(thing: "Token", check: "Token") -> CaveatScope | None:
    word = thing.lower_
    if word in _OF_MANY:
        noun = _governed(thing, "of")
        if noun is not None and noun.pos_ in ("NOUN", "PROPN"):
            return _of_noun(noun, pair=word in _PAIR)
        return _this(pair=word in _PAIR) if noun is None or noun.pos_ == "PRON" else None
    if word in _POINTING or thing.i == check.i:
        return _this()
    if thing.pos_ not in ("NOUN", "PROPN") or word in _RELATIVE:
        return None
    return _of_noun(thing)


def _this(*, pair: bool = False) -> CaveatScope:
    return CaveatScope("this", "", None, frozenset(), False, pair, False)


def _of_noun(noun: "Token", *, pair: bool = False, inside: bool = False) -> CaveatScope:
    lemma = noun.lemma_.lower()
    kind = next((k for k in ("number", "sum", "toll", "assertion") if lemma in _KINDS[k]), "thing")
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    owner = owner if owner is not None else _governed(noun, "by", "from")
    beside = [c for c in noun.children if c.dep_ in ("amod", "compound", "nmod") and not _light(c)]
    if owner is None:
        owner = next((c for c in beside if c.pos_ == "PROPN" or c.ent_type_ in ("NORP", "ORG", "GPE", "PERSON")), None)
    topic = _governed(noun, "of", "about", "on")
    about = {c.lemma_.lower() for c in beside if c.pos_ == "NOUN" and c is not owner}
    about |= {topic.lemma_.lower()} if topic is not None and topic.pos_ in ("NOUN", "PROPN") else set()
    pair = pair or any(c.lower_ in _PAIR for c in noun.children)
    plural = noun.tag_ in ("NNS", "NNPS") or any(c.lower_ in _OF_MANY for c in noun.children)
    return CaveatScope(kind, lemma, owner, frozenset(about), plural, pair, inside)


def hurts(lemma: str) -> bool:
    """Return whether a lemma is of people hurt or killed, as those are that a toll counts."""
    return lemma in _KINDS["hurt"]


def _light(token: "Token") -> bool:
    return token.pos_ == "NUM" or token.lower_ in _OF_MANY


def _governed(token: "Token", *prepositions: str) -> "Token | None":
    near = (c for c in token.children if c.dep_ in ("prep", "agent") and c.lower_ in prepositions)
    return next((g for c in near for g in c.children if g.dep_ == "pobj"), None)
