"""What a number counts, read from the parse."""

from itertools import islice
from typing import TYPE_CHECKING

from stemma.mentions.figures.quantities import Quantity
from stemma.mentions.figures.units import is_currency
from stemma.mentions.parse import is_parsed
from stemma.text.data import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_STATES = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "state")
"""What people are after an event: counted without a noun, "17 dead"."""
_GROUPS = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "group")
_LEVELS = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "level")
_LEMMAS = {word: lemma for kind, word, lemma in rows("mentions", "not_figures.tsv") if kind == "lemma"}
"""Lemmas that spaCy's rules get wrong."""


def counted(doc: "Doc", quantity: Quantity) -> str | None:
    """Return the lemma of the noun that a number counts or is a share of, in lower case.

    None when the parse shows none.
    """
    if not is_parsed(doc):
        return None
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    if span is None:
        return None
    noun = _after_of(doc, span.end) or _head(span.root, span.start, span.end)
    if noun is None and (quantity.unit is None or quantity.form == "fraction"):
        noun = _adjacent(doc, span.end)
    if noun is None and quantity.unit is None and span.end < len(doc) and doc[span.end].lower_ in _STATES:
        noun = doc[span.end]
    if noun is None and quantity.unit is None:
        noun = _group(span.root) or _of_subject(span.root)
    return _lemma(noun) if noun is not None and not is_currency(noun.text) else None


def counted_after(doc: "Doc", end: int) -> str | None:
    """Return the lemma of the noun that "of" ties to an amount that ends at an offset: "1,100 sq km (425 sq miles) of marsh"."""
    span = doc.char_span(end - 1, end, alignment_mode="expand") if is_parsed(doc) else None
    noun = _after_of(doc, span.end) if span is not None else None
    return _lemma(noun) if noun is not None else None


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


def _group(root: "Token") -> "Token | None":
    """Return the noun of "a population of 5,000", "a crowd of 300"; of "a death toll of 57" the deaths."""
    of = root.head
    if root.dep_ != "pobj" or of.lower_ != "of" or of.head.i != of.i - 1:
        return None
    return _of_toll(of.head) if of.head.lower_ == "toll" else of.head if of.head.lemma_ in _GROUPS else None


def _of_subject(root: "Token") -> "Token | None":
    """Return what "the number of cases rose to 1,234" and "the death toll stands at 57" count."""
    verb = next((t for t in islice(root.ancestors, 12) if t.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.lemma_ not in _LEVELS:
        return None
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < root.i), None)
    if subject is None:
        return None
    if subject.lower_ == "toll":
        return _of_toll(subject)
    if subject.lower_ == "population":
        return subject
    of = next((c for c in subject.children if c.lower_ == "of"), None) if subject.lower_ in ("number", "count", "tally") else None
    return (
        next((c for c in of.children if c.dep_ == "pobj" and (c.tag_ == "NNS" or c.lower_ in _STATES)), None)
        if of is not None
        else None
    )


def _of_toll(toll: "Token") -> "Token | None":
    return next((c for c in toll.children if c.lower_ == "death"), None)


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
