"""What may be left out of a clause without making it say anything else: reasons, times, places, what stands between commas."""

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from stemma.claims.clauses import NEGATIONS, SUBJECTS
from stemma.text.data import words_of

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_LIMITING = frozenset(["if", "unless", "whether", "until", "till", "than", "except", "without", "but", "like"])
"""What follows these is a condition, and the rest without it says more."""
_COMPLEMENTS = frozenset(["dobj", "attr", "acomp", "oprd", "ccomp", "xcomp", "dative", "agent", "prt"])
"""What a verb must keep one of, so that what stands there is no "she called" of "she called for an inquiry"."""
_SETTINGS = frozenset(["DATE", "TIME", "GPE", "LOC", "FAC"])
_WHEN = frozenset(
    ["after", "before", "during", "following", "amid", "since", "despite", "because", "while", "as", "according", "due"]
)
_MARKS = frozenset('“”"„«»')
_DEGREES = ("JJS", "JJR")
_QUANTIFIERS = frozenset(["no", "any", "all", "every", "each", "only", "most", "few"])
_GO = frozenset(["advcl", "relcl", "acl", "appos", "npadvmod", "conj", "prep"])
_MOST = 5
"""Parts of a clause of which any may be left out; of more, the longest."""


def cuts(span: "Span") -> Iterator[frozenset[int]]:
    """Yield the sets of tokens that may be left out of a span, none first, then one part, two and so on."""
    parts = sorted(_parts(span), key=lambda part: -len(part))[:_MOST]
    yield frozenset()
    for size in range(1, len(parts) + 1):
        for some in combinations(parts, size):
            yield frozenset().union(*some)


def modifiers(span: "Span") -> Iterator[frozenset[int]]:
    """Yield the words of a span that only say more of a noun ("the large crowd"), with what stands under each.

    No numeral, superlative or word without which the noun is of more things or none ("former", "alleged"); none in marks, in
    what is negated or told of all ("no new cases", "all local trains").
    """
    marked, limiting = False, words_of("claims", "limiting.txt")
    for token in span:
        marked ^= token.text in _MARKS
        noun = token.head
        if marked or token.dep_ != "amod" or token.tag_ in _DEGREES or token.ent_type_ in ("ORDINAL", "DATE", "TIME"):
            continue
        part = list(token.subtree)
        plain = not any(t.lower_ in limiting or t.lower_.startswith("non") or t.like_num for t in part)
        if plain and noun.i in range(span.start, span.end) and part[-1].i < noun.i and not _is_of_all_or_none(noun):
            yield frozenset({t.i for t in part} | _marks({t.i for t in part}, span))


def _is_of_all_or_none(noun: "Token") -> bool:
    """Whether less said of a noun says more: "no new cases", "did not find new cases", "all local trains"."""
    if any(c.lower_ in _QUANTIFIERS for c in noun.children):
        return True
    return any(_is_negated(a) or a.lower_ == "without" for a in noun.ancestors)


def _parts(span: "Span") -> list[frozenset[int]]:
    """The parts that may be left out, none within another."""
    inside = range(span.start, span.end)
    found: list[frozenset[int]] = []
    taken: set[int] = set()
    for token in span:
        if token.i in taken or token.i == span.root.i or not _may_go(token, span):
            continue
        part = {t.i for t in token.subtree if t.i in inside}
        if span.root.i in part:
            continue
        taken |= part
        found.append(frozenset(part | _marks(part, span)))
    return found


def _marks(part: set[int], span: "Span") -> set[int]:
    """The commas around a part, and the "and" before it."""
    doc, first, last = span.doc, min(part), max(part)
    gone = set()
    before, behind = first - 1, last + 1
    if before >= span.start and (doc[before].text in (",", "-", "–", "—") or doc[before].dep_ == "cc"):
        gone.add(before)
        if doc[before].dep_ == "cc" and before - 1 >= span.start and doc[before - 1].text == ",":
            gone.add(before - 1)
    if behind < span.end and doc[behind].text in (",", "-", "–", "—") and (gone or first == span.start):
        gone.add(behind)
    return gone


def _may_go(token: "Token", span: "Span") -> bool:
    head = token.head
    if token.dep_ not in _GO or token.i < span.start or head.i not in range(span.start, span.end):
        return False
    if token.dep_ in ("advcl", "relcl", "acl", "appos", "prep", "npadvmod", "conj", "advmod") and _is_limited(token):
        return False
    if token.dep_ in ("relcl", "acl", "appos"):
        # Of "the soldiers, who fled" nothing would be left.
        return _stands_apart(token, span) and not (head.i == span.root.i and head.pos_ in ("NOUN", "PROPN"))
    if head.pos_ not in ("VERB", "AUX") or _is_negated(head) or _is_singled_out(token):
        return False
    if token.dep_ == "advcl":
        marked = token.tag_ != "VBG" and any(c.dep_ == "mark" or c.tag_ == "WRB" for c in token.children)
        return marked or _stands_apart(token, span) or (token.tag_ == "VB" and _keeps(head, token))
    if token.dep_ == "conj":
        # "Seized and searched a ferry": the object is that of both verbs.
        return token.pos_ in ("VERB", "AUX") and token.left_edge.i > head.i + 2
    if token.dep_ == "npadvmod":
        return token.ent_type_ in ("DATE", "TIME")
    if token.dep_ == "prep":
        return _is_adjunct(token)
    return False


def _is_limited(token: "Token") -> bool:
    """Whether a part begins with a condition: "until the letter came out"."""
    return any(t.lower_ in _LIMITING for t in (token.left_edge, token, *token.children))


def _is_singled_out(part: "Token") -> bool:
    """Whether a part may say of what something is the first or the most: "the first game since May"."""
    first = part.left_edge.i
    before = (t for t in part.head.subtree if t.i < first)
    return any(_is_superlative(t) or t.ent_type_ == "ORDINAL" or t.lower_ in ("only", "last") for t in before)


def _is_superlative(token: "Token") -> bool:
    return token.tag_ in ("JJS", "RBS") and not (token.i and token.nbor(-1).lower_ == "at")


def _is_negated(verb: "Token") -> bool:
    return any(c.dep_ == "neg" or c.lower_ in NEGATIONS for c in verb.children)


def _stands_apart(token: "Token", span: "Span") -> bool:
    """Whether a part stands between commas, or behind one at the end."""
    before, behind = token.left_edge.i - 1, token.right_edge.i + 1
    if before < span.start or not _is_pause(span.doc[before]):
        return False
    return behind >= span.end or span.doc[behind].is_punct


def _is_pause(token: "Token") -> bool:
    """Whether a comma or a dash parts what stands around it: no hyphen."""
    dash = token.text in ("-", "–", "—", "--") and token.i and token.nbor(-1).whitespace_
    return token.text in (",", "(") or bool(dash)


def _is_adjunct(prep: "Token") -> bool:
    """Whether a phrase says when, where or in what circumstances; "is based in London" says nothing without the place."""
    named = {c.ent_type_ for c in prep.children if c.dep_ == "pobj"}
    if prep.lower_ in _WHEN:
        return _keeps(prep.head, prep, _COMPLEMENTS | {"auxpass"})
    return not named.isdisjoint(_SETTINGS) and _keeps(prep.head, prep)


def _keeps(verb: "Token", part: "Token", complements: frozenset[str] = _COMPLEMENTS) -> bool:
    """Whether a verb has a subject and says enough without a part."""
    left = [c for c in verb.children if c.i != part.i]
    return any(c.dep_ in complements for c in left) and any(c.dep_ in SUBJECTS for c in left)
