"""Two sides' counts of one crowd: "organisers claimed 60,000 took part; the police estimated 22,000", in two reports."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from stemma.claims.build import Grouped
from stemma.claims.counts import governing_verb
from stemma.claims.disputes import NEXT
from stemma.claims.propositions import Proposition
from stemma.claims.relations import are_apart, say
from stemma.findings.context import Context, of_member
from stemma.findings.make import make
from stemma.tables import Finding
from stemma.text.data import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Token

LEAST = 100
"""A number from here on is a crowd."""
REPORTS = 2
"""Reports that set the same two numbers side by side."""
Pair = tuple[Proposition, Proposition]


def rival_counts(context: Context) -> Iterator[Finding]:
    """Yield the counts of one crowd by two sides that reports set against each other."""
    claims = {(m.report, m.figure.start): g for g in context.claims for m in g.members if m.figure}
    members = [m for g in context.claims for m in g.members if _is_crowd(m)]
    beside: dict[tuple[float, ...], list[Pair]] = defaultdict(list)
    for report in sorted({m.report for m in members}):
        own = sorted((m for m in members if m.report == report), key=lambda m: m.figure.start if m.figure else 0)
        for one, other in pairwise(own):
            if _are_rivals(context, one, other) and one.figure and other.figure:
                beside[tuple(sorted((one.figure.value, other.figure.value)))].append((one, other))
    for _, pairs in sorted(beside.items()):
        if len({a.report for a, _ in pairs}) >= REPORTS:
            yield _finding(context, pairs, claims)


def _finding(context: Context, pairs: Sequence[Pair], claims: dict[tuple[str, int], Grouped]) -> Finding:
    a, b = pairs[0]
    one, other = a.figure, b.figure
    message = (
        f"Two counts of one crowd: {one and say(one)} against {other and say(other)}; "
        f"{len({x.report for x, _ in pairs})} reports set one against the other."
    )
    proof = [of_member(u) for pair in pairs for u in pair]
    reports = sorted({x.report for x, _ in pairs})
    claim = claims[a.report, one.start].claim.id if one else None
    return make(context, "figure conflict", "high", message, reports, proof, claim)


def _is_crowd(member: Proposition) -> bool:
    figure = member.figure
    return bool(figure and figure.value >= LEAST and not figure.unit and not member.part and member.topic in (None, "person"))


def _are_rivals(context: Context, one: Proposition, other: Proposition) -> bool:
    """Whether two numbers that cannot both be true stand side by side, one said to be an estimate, one of people in a crowd."""
    x, y = one.figure, other.figure
    if not x or not y or y.start - x.end > NEXT or one.sentence == other.sentence or not are_apart(x, y):
        return False
    verbs = [_verb(context, u) for u in (one, other)]
    if not verbs[0] or not verbs[1]:
        return False
    sides = [u.source or _subject(v) for u, v in zip((one, other), verbs, strict=True) if v]
    known = all(sides) and sides[0] != sides[1]
    return known and any(_estimates(v) for v in verbs if v) and any(_did(v) for v in verbs if v)


def _verb(context: Context, member: Proposition) -> "Token | None":
    paragraph = context.paragraph(member.report, member.figure.start) if member.figure else None
    if not paragraph or not member.figure:
        return None
    start, end = member.figure.start - paragraph.start, member.figure.end - paragraph.start
    span = paragraph.doc.char_span(start, end, alignment_mode="expand")
    # "Estimated 22,000" is a bound and its number: the verb stands in the figure.
    return span.root if span and span.root.pos_ == "VERB" else governing_verb(paragraph.doc, start, end)


def _subject(verb: "Token") -> str:
    """The words of who estimates, in lower case; empty where the verb has no subject."""
    return " ".join(t.lower_ for c in verb.children if c.dep_ == "nsubj" for t in c.subtree)


def _estimates(verb: "Token") -> bool:
    lemmas = {c.lemma_.lower() for c in verb.children if c.dep_ in ("dobj", "obj")}
    lemma = verb.lemma_.lower()
    return lemma in _list("verbs") or (lemma in _list("with") and bool(lemmas & _list("nouns")))


def _did(verb: "Token") -> bool:
    here = {t.lemma_.lower() for t in verb.subtree}
    done = here | {f"{verb.lemma_.lower()}_{c.lemma_.lower()}" for c in verb.children if c.dep_ in ("dobj", "obj")}
    nested = {f"{t.head.lemma_.lower()}_{t.lemma_.lower()}" for t in verb.subtree if t.dep_ in ("dobj", "obj")}
    return bool((done | nested) & _list("did"))


def _list(name: str) -> frozenset[str]:
    return word_lists("findings", "estimates.txt")[name]
