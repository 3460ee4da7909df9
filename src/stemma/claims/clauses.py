"""Sentences cut into clauses: what each verb says, in its own words and with all that stands under it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from stemma.claims import thresholds
from stemma.claims.denials import is_denied
from stemma.mentions.parse import kept
from stemma.tables import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CLAUSES = frozenset(["ROOT", "ccomp", "advcl", "relcl", "acl", "parataxis", "csubj", "pcomp"])
SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "csubjpass", "expl"])
_OPEN = frozenset(["if", "whether", "unless"])
"""Before a clause that nobody says is so."""
_ASKING = frozenset(["how", "why", "than", "until"])
_WISHING = frozenset(["hope", "hop", "wish", "fear", "doubt", "speculate", "speculation"])
"""Words after which nobody says that a thing is so: "hoped she would veto it" is no "she will veto it".

The parser takes "hoped" for "hop".
"""
SAYING = frozenset(["say", "tell", "add", "note"])
_SAID = frozenset(["ccomp", "dobj", "xcomp", "dative"])
"""Without them "she said in a statement on Friday" says nothing."""
NEGATIONS = frozenset(["not", "n't", "n’t", "never", "nobody", "none", "neither", "nothing", "nowhere"])


@dataclass(frozen=True, slots=True)
class Clause:
    """Token numbers of one clause of a Doc: its `head`, the tokens that are its `own`, and all `within` its verb's reach.

    `negated` by a "not", "no longer" or "never" at its head; `whole` when it could stand alone as a sentence; `told` when
    that only takes its subject from beside it ("who fled", "and fled") or "when" off its front; `asserted` when it says something
    by itself: "killing six" and "if it rains" have figures and days, and say nothing; `denied` when told as denied or false.
    """

    head: int
    own: tuple[int, ...]
    within: tuple[int, ...]
    negated: bool
    whole: bool
    told: bool
    asserted: bool
    denied: bool

    def own_span(self, doc: "Doc") -> Span:
        """Return where its own words begin and end in the doc's text."""
        return doc[self.own[0]].idx, doc[self.own[-1]].idx + len(doc[self.own[-1]])

    def whole_span(self, doc: "Doc") -> Span:
        """Return where all that stands under its verb begins and ends in the doc's text."""
        return doc[self.within[0]].idx, doc[self.within[-1]].idx + len(doc[self.within[-1]])


@kept
def clauses(doc: "Doc") -> tuple[Clause, ...]:
    """Return the clauses of a parsed paragraph in text order."""
    return tuple(c for sentence in doc.sents for c in _of_sentence(list(sentence)))


def subject_of(head: "Token") -> "Token | None":
    """Return the subject of a verb: its own, the one that it shares with the verb before it, or the noun that it tells of."""
    at = head
    while True:
        own = next((c for c in at.children if c.dep_ in ("nsubj", "nsubjpass", "csubj")), None)
        if own is not None and not (own.pos_ == "PRON" and own.tag_ in ("WDT", "WP")):
            return own
        if at.dep_ in ("relcl", "acl") and at.head.pos_ in ("NOUN", "PROPN"):
            return at.head if own is not None or at.dep_ == "acl" else None
        if at.dep_ not in ("conj", "xcomp") or at.head.i == at.i:
            return None
        at = at.head


def _of_sentence(tokens: "list[Token]") -> Iterator[Clause]:
    heads = {t.i for t in tokens if _is_head(t)}
    for token in tokens:
        # "Waiting outside" belongs to the clause around it; "he died" stands alone.
        if token.i in heads and token.dep_ not in ("ROOT", "ccomp") and not _has_own(token, heads, thresholds.CLAUSE_OWN_WORDS):
            heads.discard(token.i)
    for head in sorted(heads):
        token = tokens[0].doc[head]
        past = _past(token)
        own = _trimmed([t for t in _own(token, heads) if t.i < past])
        if len([t for t in own if not t.is_punct]) >= thresholds.CLAUSE_LEAST_WORDS:
            reach = sorted([*_reach(token, heads), *_antecedent(token)], key=lambda t: t.i)
            within = _trimmed([t for t in reach if t.i < past])
            numbers = tuple(t.i for t in own), tuple(t.i for t in within)
            shown = _is_whole(token, own), _is_told(token, own)
            yield Clause(head, *numbers, _negated(token), *shown, _is_asserted(token), is_denied(token))


def _own(head: "Token", heads: set[int]) -> "list[Token]":
    """The tokens under a verb that stand under no other verb in between, in their order."""
    return sorted(_under(head, heads), key=lambda t: t.i)


def _has_own(head: "Token", heads: set[int], least: int) -> bool:
    return sum(1 for _ in islice(_under(head, heads), least)) == least


def _under(head: "Token", heads: set[int]) -> "Iterator[Token]":
    waiting = [head]
    while waiting:
        token = waiting.pop()
        if not (token.is_punct or token.is_space):
            yield token
        waiting += [c for c in token.children if c.i not in heads]


def _reach(head: "Token", heads: set[int]) -> "list[Token]":
    """The tokens under a verb but for a clause beside it with a subject of its own: "two died and 40 were treated" are two."""
    beside = [c for c in head.children if c.dep_ == "conj" and c.i in heads and any(t.dep_ in SUBJECTS for t in c.children)]
    left_out = {t.i for c in beside for t in c.subtree}
    return [t for t in head.subtree if t.i not in left_out]


def _past(head: "Token") -> int:
    """The number of the token before which a clause ends: of "the ban, which ended in July, by a year" at the second comma."""
    doc, past = head.doc, head.right_edge.i + 1
    if head.dep_ != "relcl" or not head.left_edge.i or doc[head.left_edge.i - 1].text != ",":
        return past
    phrases = ((i, doc[i + 1]) for i in range(head.i + 1, past - 1) if doc[i].text == "," and doc[i + 1].dep_ == "prep")
    return next((i for i, prep in phrases if prep.head.i >= head.i and prep.right_edge.i + 1 >= past), past)


def _antecedent(head: "Token") -> "list[Token]":
    """The noun of a relative clause, with what stands before it: the clause speaks of it."""
    noun = head.head
    if head.dep_ not in ("relcl", "acl") or noun.pos_ not in ("NOUN", "PROPN"):
        return []
    before = [t for c in noun.children if c.i < noun.i for t in c.subtree]
    return [*before, noun] if head.left_edge.i - noun.i <= 2 else []


def _trimmed(tokens: "list[Token]") -> "list[Token]":
    """The tokens without what opens and closes a clause and says nothing: "and", "that", commas."""
    first, past = 0, len(tokens)
    while first < past and (
        tokens[first].is_punct or tokens[first].is_space or tokens[first].dep_ == "cc" or _is_that(tokens[first])
    ):
        first += 1
    while past > first and (tokens[past - 1].is_punct or tokens[past - 1].is_space or tokens[past - 1].dep_ == "cc"):
        past -= 1
    return tokens[first:past]


def _is_that(token: "Token") -> bool:
    return token.dep_ == "mark" and token.lower_ == "that"


def _is_head(token: "Token") -> bool:
    if token.dep_ == "ROOT":
        return True
    if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
        return False
    if token.dep_ in CLAUSES:
        # "As long as it remains necessary" limits the clause that it stands in.
        return not (token.dep_ == "advcl" and token.head.pos_ in ("ADV", "ADJ"))
    if token.dep_ == "conj":
        return token.head.pos_ in ("VERB", "AUX") and token.i - token.head.i > 2
    return token.dep_ == "xcomp" and any(c.dep_ in SUBJECTS for c in token.children)


def _is_whole(head: "Token", own: "list[Token]") -> bool:
    """Whether a clause can stand alone as a sentence: a verb with tense and subject, no "before", "when" or "than" in front."""
    if not _is_said(head, own) or head.dep_ in ("relcl", "acl"):
        return False
    opens = any(c.dep_ == "mark" and c.lower_ != "that" for c in head.children) or own[0].tag_ in ("WRB", "WDT", "WP")
    return not opens and any(c.dep_ in SUBJECTS for c in head.children)


def _is_told(head: "Token", own: "list[Token]") -> bool:
    """Whether a clause can stand alone with its subject from beside it: no "emails that she sent", no "how it began"."""
    if not _is_said(head, own) or own[0].lower_ in _ASKING:
        return False
    if head.dep_ in ("relcl", "acl"):
        return any(c.dep_ in SUBJECTS and c.tag_ in ("WP", "WDT") for c in head.children)
    return subject_of(head) is not None


def _is_said(head: "Token", own: "list[Token]") -> bool:
    return head.pos_ in ("VERB", "AUX") and has_tense(head) and own[-1].pos_ not in ("ADP", "CCONJ", "SCONJ", "DET")


def _is_asserted(head: "Token") -> bool:
    """Whether a clause is no condition, no participle or infinitive ("killing six", "to prevent it"), and no bare "she said".

    What somebody "did not find", hoped or asked, is not said to be so either.
    """
    if head.sent[-1].text == "?":
        return False
    children = {c.dep_ for c in head.children}
    top = head
    while top.dep_ == "conj":
        top = top.head
    if head.dep_ == "ccomp" and _negated(head.head) and not is_denied(head):
        return False
    if top.dep_ in ("ccomp", "acl") and top.head.lemma_.lower() in _WISHING:
        return False
    if any(c.dep_ == "mark" and c.lower_ in _OPEN for c in head.children) or (head.lemma_ in SAYING and not children & _SAID):
        return False
    infinitive = head.tag_ == "VB" and any(c.lower_ == "to" for c in head.children)
    return has_tense(head) or (top.dep_ not in ("advcl", "pcomp", "csubj") and not (infinitive and top.dep_ in ("acl", "relcl")))


def has_tense(head: "Token") -> bool:
    """Whether a verb has a tense, or shares that of the verb before it: "may have fled and died"."""
    verbs = [head, *(c for c in head.children if c.dep_ in ("aux", "auxpass"))]
    finite = any("Fin" in v.morph.get("VerbForm", []) or v.tag_ == "MD" for v in verbs)
    return finite or (head.dep_ == "conj" and has_tense(head.head))


def _negated(head: "Token") -> bool:
    around = [*head.children, *(c for child in head.children if child.dep_ in ("advmod", "aux") for c in child.children)]
    words = {t.lower_ for t in around}
    arguments = [c for c in head.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")]
    none = any(t.lower_ == "no" and t.dep_ == "det" for a in arguments for t in a.children)
    shared = subject_of(head) if head.dep_ == "conj" else None
    none |= shared is not None and shared.lower_ in NEGATIONS
    return none or any(t.dep_ == "neg" for t in around) or bool(words & NEGATIONS) or {"no", "longer"} <= words
