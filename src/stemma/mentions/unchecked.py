"""Other ways to say that nothing was checked: "no means of confirming", "no document that supports", "not peer reviewed"."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from stemma.text.data import phrase_lists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WORDS = phrase_lists("mentions", "caveats.tsv")
_REVIEW = re.compile(
    r"\b(?:not(?! only| just)|never|yet to|without|await\w*|pending|ahead of|prior to|before|n['’]t)\b"
    r"(?:[\s-]+[\w-]+){0,4}?[\s-]+peer[\s-]review(?:ed)?\b",
    re.IGNORECASE,
)


def lacks_means(token: "Token") -> "Token | None":
    """Return the noun on which a verb of checking hangs when there is none of it: "no means of confirming", "no way to check"."""
    noun = token.head.head if token.dep_ == "pcomp" and token.head.lower_ in ("of", "for") else token.head
    if token.dep_ not in ("pcomp", "relcl", "acl") or noun.lower_ not in _WORDS["means"]:
        return None
    return noun if any(c.lower_ in ("no", "any") for c in noun.children) and _is_denied(noun) else None


def lacks_support(token: "Token") -> "Token | None":
    """Return the noun of which none was seen or shown that supports something: "has not seen any document that supports it"."""
    paper, verb = token.head, token.head.head
    if token.dep_ not in ("relcl", "acl") or paper.lemma_.lower() not in _WORDS["paper"]:
        return None
    if token.lemma_.lower() not in _WORDS["supports"]:
        return None
    passive, act = any(c.dep_ == "auxpass" for c in verb.children), verb.lemma_.lower()
    seen = act in _WORDS["shown"] or (passive and act in _WORDS["given"])
    return paper if seen and paper.dep_ in ("dobj", "attr") and _is_denied(paper) else None


def unreviewed(doc: "Doc") -> Iterator[tuple[int, int]]:
    """Yield the offsets of words that say that nobody has reviewed a piece of research yet."""
    yield from (m.span() for m in _REVIEW.finditer(doc.text))


def _is_denied(noun: "Token") -> bool:
    """Whether there is none of a thing: "no document", or a negated verb that has it."""
    return any(c.lower_ == "no" for c in noun.children) or any(
        c.dep_ == "neg" or c.lower_ in ("not", "never") for c in noun.head.children
    )
