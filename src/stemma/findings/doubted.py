"""Who puts in doubt what a report gives as somebody's word: the report itself, or another report of the story."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stemma.claims.build import Grouped
from stemma.claims.propositions import Proposition
from stemma.findings.about import is_about, rival
from stemma.findings.context import Context, carries, evidence
from stemma.findings.headlined import Held
from stemma.mentions.kinds import Caveat
from stemma.statements.doubted import doubted
from stemma.tables import Evidence, Span
from stemma.text.synonyms import meaning

NEXT = 2
"""Sentences after what was said in which its denial may stand."""
FAR = 4
"""Sentences between a number and the doubt of "the figure"."""
_CLAIMED = re.compile(r"\bclaim|\balleg", re.IGNORECASE)
_DENIED = re.compile(
    r"\bden(?:y|ies|ied|ying)\b(?:\s+(?:it|this|that|having|being|any|all)\b"
    r"|\s+(?:(?:the|these|those|such|his|her|its|their)\s+)?"
    r"(?:claim|allegation|accusation|report|charge|involvement|wrongdoing|responsibility)s?\b)|\bden(?:ies|ied)\s*[.,;]",
    re.IGNORECASE,
)
"""A denial of what was said before, and of nothing else."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why something is in doubt: a clause that says it, the words that prove it, whether the report says so itself, the claim."""

    own: bool
    reason: str
    shown: tuple[Evidence, ...]
    claim: str | None


def doubt(context: Context, report: str, held: Held) -> Doubt | None:
    """Return why what a sentence gives as somebody's word is in doubt, or None."""
    members = [
        (g, m) for g in context.claims for m in g.members
        if m.report == report and m.sentence == held.sentence and _is_meant(held, m)
    ]  # fmt: skip
    claim = members[0][0].claim.id if members else None
    own = next(_own(context, report, held, members), None)
    if own:
        return Doubt(True, f"it says itself: “{context.words(report, own)}”", (evidence(report, own),), claim)
    return None if held.near else next(_of_others(context, report, members), None)


def _is_meant(held: Held, member: Proposition) -> bool:
    """Whether a member of the sentence is what the headline says of it: its number, or most of the words in common."""
    if held.figures:
        return member.figure is not None and any(member.figure.start == f.start for f in held.figures)
    own = sum(1 for w in held.common if member.words.get(w, 0.0) >= 1.0)
    return own > len(held.common) / 2


def _own(context: Context, report: str, held: Held, members: list[tuple[Grouped, Proposition]]) -> Iterator[Span]:
    """The sentences of the report that put it in doubt; for one only near the headline, those that say that it is unverified."""
    for caveat in context.caveats(report, "unverified"):
        if _is_of_another_number(context, report, held, caveat):
            continue
        about = held.supposed or any(carries(s, caveat) for s in held.statements)
        about = about or any(is_about(context, caveat, m) for _, m in members)
        if about or _takes_it_up(context, report, held, caveat):
            yield context.sentence_of(report, caveat)
    if not held.near:
        yield from _against(context, report, held)
        for grouped, member in members:
            others = [m for m in grouped.members if m.report == report and m.source != member.source]
            if grouped.claim.relation in ("disputed", "conflict") and others:
                yield others[0].sentence


def _against(context: Context, report: str, held: Held) -> Iterator[Span]:
    """The sentence itself where it is cautious, those after it that deny it, and what speaks against a mere claim."""
    start, end = held.sentence
    cautious = [c for c in context.caveats(report, "alleged", "hedge", "denied") if start <= c.start < end]
    if any(_hedges(context, report, held, c) for c in cautious):
        yield held.sentence
    after = [s for s in context.sentences(report) if s[0] >= end][:NEXT]
    denied = context.caveats(report, "denied")
    for span in after:
        if any(span[0] <= c.start < span[1] for c in denied) and _DENIED.search(context.words(report, span)):
            yield span
    if any(s.cue_span and _CLAIMED.search(context.words(report, s.cue_span)) for s in held.statements):
        yield from (context.sentence_of(report, c) for c in (*context.caveats(report, "unverified"), *denied))
        yield from (s for s in after[:1] if _is_rival(context, report, held, s))


def _is_of_another_number(context: Context, report: str, held: Held, caveat: Caveat) -> bool:
    """Whether a doubt follows another number in another sentence: "60 were missing, but the number …" doubts the 60."""
    start, _ = span = context.sentence_of(report, caveat)
    nearer = [f for f in context.mentions[report].figures if start <= f.start < caveat.start]
    return span != held.sentence and any(all(f.value != g.value for g in held.figures) for f in nearer) and bool(held.figures)


def _takes_it_up(context: Context, report: str, held: Held, caveat: Caveat) -> bool:
    """Whether a doubt soon after the sentence points back to it: "this", "the claim", or to its number: "the figure"."""
    paragraph = context.paragraph(report, caveat.start)
    between = [s for s in context.sentences(report) if held.sentence[1] <= s[0] and s[1] <= caveat.start]
    if paragraph is None or caveat.start < held.sentence[1] or len(between) > FAR:
        return False
    thing = doubted(paragraph, caveat)
    if thing is None or thing.inside:
        return False
    if thing.owner is not None and thing.owner.lemma_.lower() not in context.words(report, held.sentence).lower():
        return False
    if thing.kind in ("number", "toll"):
        return bool(held.figures)
    return thing.kind in ("this", "assertion") and len(between) < NEXT


def _hedges(context: Context, report: str, held: Held, caveat: Caveat) -> bool:
    """Whether a word of caution in the sentence is about what the headline says: "may" is about its own verb."""
    paragraph = context.paragraph(report, caveat.start)
    if paragraph is None or context.words(report, (caveat.start, caveat.end)).lower() not in ("may", "might"):
        return True
    verb = next((t.head for t in paragraph.doc if paragraph.start + t.idx == caveat.start), None)
    return verb is not None and meaning(verb.lemma_) in held.common


def _is_rival(context: Context, report: str, held: Held, span: Span) -> bool:
    """Whether a sentence sets another number of the same size against the one that was claimed."""
    beside = [f for f in context.mentions[report].figures if span[0] <= f.start < span[1]]
    return any(rival(f, g) for f in beside for g in held.figures)


def _of_others(context: Context, report: str, members: list[tuple[Grouped, Proposition]]) -> Iterator[Doubt]:
    """What other reports say of the same claim: that it could not be verified."""
    for grouped, mine in members:
        for member in grouped.members:
            if member.report == report or (mine.figure and member.figure and mine.figure.value != member.figure.value):
                continue
            for caveat in context.caveats(member.report, "unverified"):
                if is_about(context, caveat, member):
                    span = context.sentence_of(member.report, caveat)
                    reason = f"{context.name(member.report)} says: “{context.words(member.report, span)}”"
                    yield Doubt(False, reason, (evidence(member.report, span),), grouped.claim.id)
