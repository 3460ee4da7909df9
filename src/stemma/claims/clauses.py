"""Sentences cut into clauses: the least words that say who did what, so that one sentence can feed several claims."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stemma.claims import thresholds
from stemma.tables import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CLAUSES = frozenset(["ROOT", "ccomp", "advcl", "relcl", "acl", "parataxis", "csubj"])


@dataclass(frozen=True, slots=True)
class Clause:
    """Token numbers of one clause of a Doc: its `head`, the tokens that are its own, and the span [first, past) that shows it.

    `negated` by a "not", "no longer" or "never" at its head.
    """

    head: int
    own: tuple[int, ...]
    first: int
    past: int
    negated: bool

    def span(self, doc: "Doc") -> Span:
        """Return the offsets in the doc's text."""
        return doc[self.first].idx, doc[self.past - 1].idx + len(doc[self.past - 1])


def is_whole(doc: "Doc", clause: Clause) -> bool:
    """Return whether a clause can stand alone as a sentence: a verb with its subject, no "before", "when" or "than" in front."""
    head = doc[clause.head]
    if head.pos_ not in ("VERB", "AUX") or doc[clause.past - 1].pos_ in ("ADP", "CCONJ", "SCONJ", "DET"):
        return False
    opens = any(c.dep_ == "mark" and c.lower_ != "that" for c in head.children) or doc[clause.first].tag_ in ("WRB", "WDT", "WP")
    return not opens and any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for c in head.children)


def is_aside(doc: "Doc", clause: Clause) -> bool:
    """Return whether a clause is a few words that say when or how ("before the port did", "than was allowed")."""
    head = doc[clause.head]
    marked = any(c.dep_ == "mark" or c.tag_ == "WRB" for c in head.children)
    return head.dep_ == "advcl" and marked and len(clause.own) <= thresholds.ASIDE_WORDS


def clauses(doc: "Doc") -> list[Clause]:
    """Return the clauses of a parsed paragraph in text order."""
    return [c for sentence in doc.sents for c in _of_sentence(list(sentence)) if len(c.own) >= thresholds.CLAUSE_LEAST_WORDS]


def _of_sentence(tokens: "list[Token]") -> Iterator[Clause]:
    heads = {t.i for t in tokens if _is_head(t)}
    for token in tokens:
        if token.i in heads and token.dep_ != "ROOT" and len(_own(tokens, heads, token.i)) < thresholds.CLAUSE_OWN_WORDS:
            heads.discard(token.i)
    for head in sorted(heads):
        own = _own(tokens, heads, head)
        if own:
            yield _clause(tokens, head, own)


def _own(tokens: "list[Token]", heads: set[int], head: int) -> list[int]:
    return [t.i for t in tokens if _owner(t, heads) == head and not (t.is_punct or t.is_space)]


def _clause(tokens: "list[Token]", head: int, own: list[int]) -> Clause:
    doc = tokens[0].doc
    first, past = own[0], own[-1] + 1
    governor = doc[head].head
    if doc[head].dep_ == "ccomp" and 0 < first - governor.i <= 2:
        first = governor.i
    if doc[head].dep_ in ("ccomp", "xcomp") and not any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in doc[head].children):
        # "Show Ukrainian forces were …": the parser gave the subject to the verb before.
        objects = [c for c in governor.children if c.dep_ in ("dobj", "nsubj") and c.right_edge.i == first - 1]
        first = objects[0].left_edge.i if objects else first
    if doc[head].dep_ == "relcl" and 0 < first - governor.i <= 2:
        # A relative clause shows the noun that it speaks of.
        first = min([governor.i, *(c.i for c in governor.children if c.dep_ in ("det", "amod", "compound", "poss", "nummod"))])
    while first < past - 1 and doc[first].dep_ == "cc":
        first += 1
    while past > first + 1 and doc[past - 1].dep_ == "cc":
        past -= 1
    return Clause(head, tuple(own), first, past, _negated(doc[head]))


def _is_head(token: "Token") -> bool:
    if token.dep_ == "ROOT":
        return True
    if token.pos_ not in ("VERB", "AUX"):
        return False
    governor = token.head
    if token.dep_ in CLAUSES:
        # "As long as it remains necessary" limits the clause that it stands in, "no sign that …" is half a clause.
        limits = token.dep_ == "advcl" and governor.pos_ in ("ADV", "ADJ")
        return not limits and not (token.dep_ == "acl" and any(c.dep_ == "mark" for c in token.children))
    # Two verbs under one subject are two propositions, but "treated and pursued" is one.
    return token.dep_ == "conj" and governor.pos_ in ("VERB", "AUX") and token.i - governor.i > 2


def _owner(token: "Token", heads: set[int]) -> int:
    at = token
    while at.i not in heads and at.head.i != at.i:
        at = at.head
    return at.i


def _negated(head: "Token") -> bool:
    around = [
        *head.children,
        *(c for child in head.children if child.dep_ in ("advmod", "aux") for c in child.children),
    ]
    words = {t.lower_ for t in around}
    arguments = [c for c in head.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")]
    if any(t.lower_ == "no" and t.dep_ == "det" for a in arguments for t in a.children):
        return True
    return (
        any(t.dep_ == "neg" for t in around)
        or bool(words & {"not", "n't", "n’t", "never", "nobody", "none", "neither"})
        or {"no", "longer"} <= words
    )
