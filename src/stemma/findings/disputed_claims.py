"""What one says and another denies, without a number: that the reports contradict each other is what a reader needs to know."""

import re
from collections.abc import Iterator

from stemma.claims.propositions import Proposition
from stemma.claims.relations import likeness
from stemma.findings import thresholds
from stemma.findings.context import Context, of_member
from stemma.findings.denied_elsewhere import NO_DENIAL, denied_elsewhere
from stemma.findings.kinds import DISPUTED_CLAIM
from stemma.tables import Finding

_AGAINST = re.compile(r"\b(?:den(?:y|ied|ies)|reject|dismiss|disput|contradict|rebut|refut|false|untrue)", re.IGNORECASE)
"""A sentence prints what it takes back: "denied reports that"."""

_NUMBER = re.compile(r"\d+")


def disputed_claims(context: Context) -> Iterator[Finding]:
    """Yield the claims that one side says and the other denies, each with both sides' words; one a claim."""
    told = set[tuple[str, int]]()
    for claim, pairs in (*_in_one_claim(context), *denied_elsewhere(context)):
        if not told & (words := {(m.report, m.start) for pair in pairs for m in pair}):
            told |= words
            a, b = pairs[0]
            shown = {(m.report, m.start): m for pair in pairs for m in pair}
            message = f"One says it, the other denies it: {_side(context, a)}, but {_side(context, b)}."
            proof = [of_member(m) for m in shown.values()]
            yield context.finding(DISPUTED_CLAIM, message, sorted({r for r, _ in shown}), proof, claim)


def _in_one_claim(context: Context) -> Iterator[tuple[str, list[tuple[Proposition, Proposition]]]]:
    """Who says a claim and who denies it, by claim."""
    for grouped in context.claims:
        if grouped.claim.relation not in ("conflict", "disputed") or grouped.claim.doubtful:
            continue
        apart = [p for p in grouped.apart if p.relation == grouped.claim.relation and not (p.a.figure or p.b.figure)]
        pairs = [(p.a, p.b) if _is_denial(p.b, p.a) else (p.b, p.a) for p in apart]
        pairs = [(a, b) for a, b in pairs if _are_two_sides(context, a, b) and not _is_taken_back(context, a)]
        if pairs:
            yield grouped.claim.id, pairs


def _is_denial(member: Proposition, other: Proposition) -> bool:
    return member.denied or (member.negated and not other.denied)


def _are_two_sides(context: Context, a: Proposition, b: Proposition) -> bool:
    """Whether two named sides say two things in clauses much alike: "not once, but twice" and "how she felt" deny nothing."""
    words = [context.words(m.report, (m.start, m.end)) for m in (a, b)]
    sides = bool(a.source and b.source and a.source != b.source)
    # Another number or hour is told as such, and denies nothing.
    numbers = [set(_NUMBER.findall(w)) for w in words]
    counted = all(numbers) and numbers[0] != numbers[1]
    alike = likeness(a.words, b.words) >= thresholds.SIDES_ALIKE
    return sides and alike and not counted and not any(NO_DENIAL.search(w) for w in words)


def _is_taken_back(context: Context, member: Proposition) -> bool:
    """Whether who is said to say a clause denies it: "the mayor denied reports that", and not "denied the firm's claim that"."""
    carrier = context.statement(member)
    before = _AGAINST.search(context.words(member.report, (member.sentence[0], member.start)))
    owner = carrier.source_span if carrier else None
    return bool(before and not (owner and owner[0] >= member.sentence[0] + before.end()))


def _side(context: Context, member: Proposition) -> str:
    source = context.sources.get(member.source or "")
    # What is told as denied or false is shown with the words that say so.
    span = member.sentence if member.denied else (member.start, member.end)
    said = f"“{context.words(member.report, span)}”"
    return f"{said} ({source.name + ', in ' if source else ''}{context.name(member.report)})"
