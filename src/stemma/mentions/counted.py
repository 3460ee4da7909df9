"""What a number counts, read from the parse."""

from typing import TYPE_CHECKING

from stemma.mentions.quantities import Quantity
from stemma.mentions.units import is_currency
from stemma.mentions.wordlist import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_STATES = frozenset(word for kind, word, _ in rows("not_figures.tsv") if kind == "state")
"""What people are after an event: counted without a noun, "17 dead"."""
_LEMMAS = {word: lemma for kind, word, lemma in rows("not_figures.tsv") if kind == "lemma"}
"""Lemmas that spaCy's rules get wrong."""


def counted(doc: "Doc", quantity: Quantity) -> str | None:
    """Return the lemma of the noun that a number counts or is a share of, in lower case.

    None when the parse shows none.
    """
    if not doc.has_annotation("DEP"):
        return None
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    if span is None:
        return None
    noun = _after_of(doc, span.end) or _head(span.root, span.start, span.end)
    if noun is None and quantity.unit is None:
        noun = _adjacent(doc, span.end)
    if noun is None and quantity.unit is None and span.end < len(doc) and doc[span.end].lower_ in _STATES:
        noun = doc[span.end]
    return _lemma(noun) if noun is not None and not is_currency(noun.text) else None


def _after_of(doc: "Doc", end: int) -> "Token | None":
    """Return the noun that "of" or "in" governs: "86% of the territory", "$5 billion in aid"."""
    if end >= len(doc) or doc[end].lower_ not in ("of", "in"):
        return None
    place = next((c for c in doc[end].children if c.dep_ == "pobj" and c.i > end), None)
    if place is None or (
        doc[end].lower_ == "in" and (place.tag_ not in ("NN", "NNS") or any(c.dep_ == "det" for c in place.children))
    ):
        return None
    return place if place.pos_ in ("NOUN", "PROPN", "ADJ") else None


def _head(root: "Token", start: int, end: int) -> "Token | None":
    """Return the noun that the number modifies: "400 border guards", "a $40 billion tanker contract"."""
    token = root
    for _ in range(4):
        above = token.head
        if above is token:
            break
        if (
            above.i >= end
            and above.pos_ in ("NOUN", "PROPN")
            and token.dep_ in ("nummod", "quantmod", "compound", "amod", "nmod", "det")
        ):
            return above
        if token.dep_ not in ("nummod", "quantmod", "compound", "amod", "nmod", "advmod") or not start <= above.i < end:
            break
        token = above
    return None


def _adjacent(doc: "Doc", end: int) -> "Token | None":
    """Where the parse lost the number, the plural noun that follows it over adjectives."""
    for token in doc[end : end + 4]:
        if token.tag_ in ("NNS", "NNPS"):
            return token
        if token.pos_ not in ("ADJ", "NOUN", "PROPN") and token.tag_ not in ("VBN", "VBG"):
            return None
    return None


def _lemma(noun: "Token") -> str:
    lemma = noun.lower_ if noun.lower_ in _STATES else noun.lemma_.lower()
    return _LEMMAS.get(noun.lower_, lemma)
