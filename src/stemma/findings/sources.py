"""Many outlets, one original source, and nobody who verified it."""

import re
from collections import defaultdict
from collections.abc import Iterator

from stemma.claims.build import Grouped
from stemma.claims.counts import LENGTHS, STATES
from stemma.claims.propositions import Proposition
from stemma.claims.relations import are_apart, is_same_number
from stemma.findings.context import Context, of_member
from stemma.findings.make import make
from stemma.findings.wordings import pattern
from stemma.tables import Finding

OUTLETS = 3
"""From so many reports a reader takes a claim for widely confirmed."""
SMALL = 10
"""A bare count under it ("two of our neighbours") is how people talk."""
NAMED = 0.75
"""Share of the reports that must name the source: the rest may have left it out."""
SHOWN = 3
"""Claims that one finding spells out."""
_FALSE = pattern("false")
_INQUIRY = pattern("inquiry")
"""What somebody looks into he does not claim."""


def single_sources(context: Context) -> Iterator[Finding]:
    """Yield the claims that look widely reported and rest on one source.

    One finding for each source and set of reports: ten figures of one briefing are one thing to know.
    """
    found: dict[tuple[str, tuple[str, ...]], list[Grouped]] = defaultdict(list)
    for grouped in context.claims:
        source = _only_source(grouped)
        if source and source in context.sources and _can_be_verified(context, grouped):
            found[source, tuple(sorted({m.report for m in grouped.members}))].append(grouped)
    for (source, reports), claims in sorted(found.items()):
        if len(reports) < OUTLETS or not any(_is_passed_on(context, g) for g in claims):
            continue
        said = "; ".join(f"“{g.claim.summary}”" for g in claims[:SHOWN])
        more = f" and {len(claims) - SHOWN} more" if len(claims) > SHOWN else ""
        count = max(len(g.claim.origins) for g in claims)
        message = (
            f"{len(reports)} reports, {count} {'origin' if count == 1 else 'origins'}, carry {said}{more}: "
            f"all rest on {context.sources[source].name}, and none says that anybody verified it."
        )
        proof = [of_member(m) for g in claims[:SHOWN] for m in g.members]
        yield make(context, "single source", "medium", message, reports, proof, claims[0].claim.id)


def _is_passed_on(context: Context, grouped: Grouped) -> bool:
    """Whether most reports have a claim from one another, or one says it is unverified: ten reporters in court are ten ears."""
    origins, reports = len(grouped.claim.origins), len({m.report for m in grouped.members})
    return origins <= reports / 2 or any(context.is_unverified(m) for m in grouped.members)


def _can_be_verified(context: Context, grouped: Grouped) -> bool:
    """A figure, or what some report says that it could not verify; an opinion or an order is nobody's to verify."""
    if grouped.claim.verified_by or grouped.claim.relation in ("conflict", "disputed"):
        return False
    if _counts(grouped):
        return True
    if any(_INQUIRY.search(context.words(m.report, (m.start, m.end))) for m in grouped.members):
        return False
    open_ones = [m for m in grouped.members if not _is_denial(context, m) and not _is_question(context, m)]
    return any(context.is_unverified(m) for m in open_ones)


def _is_question(context: Context, member: Proposition) -> bool:
    """Whether a member leaves open what it speaks of: "could not confirm whether"."""
    return re.search(r"\b(?:whether|if)\b", context.words(member.report, (member.start, member.end))) is not None


def _is_denial(context: Context, member: Proposition) -> bool:
    """Whether a member only denies what somebody else says: then the other side is what nobody verified."""
    start, end = member.sentence
    denied = any(start <= c.start < end for c in context.caveats(member.report, "denied"))
    first = context.words(member.report, (member.start, member.end)).lower().split()[:1]
    said = _FALSE.search(context.words(member.report, member.sentence)) is not None
    return denied or said or member.negated or first in (["not"], ["no"], ["none"], ["nobody"], ["never"])


def _counts(grouped: Grouped) -> bool:
    """Whether a claim is one number of something, and no turn of phrase: "two of us", "a hundred percent sure"."""
    figures = [m.figure for m in grouped.members if m.figure]
    if not figures or any(are_apart(figures[0], f) and not is_same_number(figures[0], f) for f in figures):
        return False
    figure, topic = figures[0], grouped.members[0].topic
    if figure.unit:
        return figure.unit not in LENGTHS and (figure.unit, figure.value) != ("percent", 100)
    return topic in STATES or (topic is not None and figure.value >= SMALL)


def _only_source(grouped: Grouped) -> str | None:
    """The one source that every member with a source names, when nearly all reports name one."""
    named = [m for m in grouped.members if m.source]
    reports = {m.report for m in named}
    if len({m.source for m in named}) != 1 or len(reports) < NAMED * len({m.report for m in grouped.members}):
        return None
    return named[0].source
