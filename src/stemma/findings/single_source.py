"""Many outlets, one original source, and nobody who verified it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from stemma.claims.build import Grouped
from stemma.claims.counts import LENGTHS, STATES
from stemma.claims.propositions import Proposition
from stemma.claims.relations import are_apart, is_same_number
from stemma.descent.telling import same_outlet
from stemma.findings import thresholds
from stemma.findings.context import Context, evidence, of_member
from stemma.findings.kinds import SINGLE_SOURCE
from stemma.findings.taken_quotations import full_name_pattern, said_to_pattern
from stemma.tables import Evidence, Figure, Finding, Span

_SHOWN = 3
"""Claims that one finding spells out."""
FALSE = re.compile(
    r"\b(?:false|untrue|ridiculous|baseless|groundless|unfounded|fabricated|nonsense|a lie|lies|no truth)\b",
    re.IGNORECASE,
)
"""Somebody calls false what another says."""
INQUIRY = re.compile(r"\b(?:look\w* into|investigat\w+|examin\w+|review\w*|assess\w*|check\w*)\b", re.IGNORECASE)
"""What somebody looks into he does not claim."""
HAD_FROM = re.compile(
    r"\b(?:told|tells|reported|reports|according to|citing|cited|described to|spoke to|speaking to|said to)\b",
    re.IGNORECASE,
)
"""A figure was had from another newsroom."""
CHECKED = re.compile(
    r"\b(?:verified|confirmed|corroborated|reviewed|seen by"
    r"|(?:documents?|records|statements|papers) (?:seen|shows?|showed|obtained))\b",
    re.IGNORECASE,
)
"""Somebody checked a figure."""


def single_sources(context: Context) -> Iterator[Finding]:
    """Yield the claims, and the figures that one newsroom was given, that look widely reported and rest on one source."""
    claims = list(_claims_of_one_source(context))
    yield from claims
    yield from _figures_of_one_newsroom(context, [e for f in claims for e in f.evidence])


def _claims_of_one_source(context: Context) -> Iterator[Finding]:
    """The claims that look widely reported and rest on one source.

    One finding for each source and set of reports: ten figures of one briefing are one thing to know.
    """
    found: dict[tuple[str, tuple[str, ...]], list[Grouped]] = defaultdict(list)
    for grouped in context.claims:
        source = _only_source(grouped)
        if source and source in context.sources and _can_be_verified(context, grouped):
            found[source, tuple(sorted({m.report for m in grouped.members}))].append(grouped)
    for (source, reports), claims in sorted(found.items()):
        if len(reports) < thresholds.WIDELY_REPORTED or not any(_is_passed_on(context, g) for g in claims):
            continue
        said = "; ".join(f"“{g.claim.summary}”" for g in claims[:_SHOWN])
        more = f" and {len(claims) - _SHOWN} more" if len(claims) > _SHOWN else ""
        count = max(len(g.claim.origins) for g in claims)
        message = (
            f"{len(reports)} reports, {count} {'origin' if count == 1 else 'origins'}, carry {said}{more}: "
            f"all rest on {context.sources[source].name}, and none says that anybody verified it."
        )
        proof = [of_member(m) for g in claims[:_SHOWN] for m in g.members]
        yield context.finding(SINGLE_SOURCE, message, reports, proof, claims[0].claim.id)


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
    if any(INQUIRY.search(context.words(m.report, (m.start, m.end))) for m in grouped.members):
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
    said = FALSE.search(context.words(member.report, member.sentence)) is not None
    return denied or said or member.negated or first in (["not"], ["no"], ["none"], ["nobody"], ["never"])


def _counts(grouped: Grouped) -> bool:
    """Whether a claim is one number of something, and no turn of phrase: "two of us", "a hundred percent sure"."""
    figures = [m.figure for m in grouped.members if m.figure]
    if not figures or any(are_apart(figures[0], f) and not is_same_number(figures[0], f) for f in figures):
        return False
    figure, topic = figures[0], grouped.members[0].topic
    if figure.unit:
        return figure.unit not in LENGTHS and (figure.unit, figure.value) != ("percent", 100)
    return topic in STATES or (topic is not None and figure.value >= thresholds.SINGLE_SOURCE_COUNT)


def _only_source(grouped: Grouped) -> str | None:
    """The one source that every member with a source names, when nearly all reports name one."""
    named = [m for m in grouped.members if m.source]
    reports = {m.report for m in named}
    least = thresholds.SOURCE_NAMED_SHARE * len({m.report for m in grouped.members})
    if len({m.source for m in named}) != 1 or len(reports) < least:
        return None
    return named[0].source


def _figures_of_one_newsroom(context: Context, shown: Collection[Evidence]) -> Iterator[Finding]:
    """The attributed figures of one newsroom that other reports credit to it or copied, one a newsroom and source.

    `shown` are the words that other findings of this kind speak of.
    """
    seen: set[tuple[str, str]] = set()
    printed = _prints_by_number(context)
    for report in context.reports:
        for figure in context.mentions[report].figures:
            others = printed[figure.value, figure.unit]
            if len(others) < thresholds.WIDELY_REPORTED:
                continue
            sentence = context.sentence_of(report, figure)
            source = _who_gave_it(context, report, figure, sentence)
            if source is None or (report, source) in seen or not _is_weighty(figure) or _is_shown(shown, report, figure):
                continue
            if CHECKED.search(context.words(report, sentence)) or _is_verified_or_disputed(context, report, figure):
                continue
            held = _holders(context, report, sentence, others)
            if len(held) >= thresholds.WIDELY_REPORTED:
                seen.add((report, source))
                yield _newsroom_finding(context, report, source, held)


def _newsroom_finding(context: Context, report: str, source: str, held: list[Evidence]) -> Finding:
    words = context.words(report, (held[0].start, held[0].end))
    message = (
        f"{len(held)} reports carry “{words}” All have it from {context.name(report)}, which has it from {source}, "
        "and none says that anybody verified it."
    )
    return context.finding(SINGLE_SOURCE, message, [e.report for e in held], held)


def _holders(context: Context, report: str, sentence: Span, printed: Mapping[str, Sequence[Figure]]) -> list[Evidence]:
    """The figure's sentence, and later ones of other outlets that credit the report or are copied; none without a credit."""
    outlet = context.reports[report].outlet or ""
    name = full_name_pattern(outlet)
    held, credited = [evidence(report, sentence)], False
    for other in sorted(printed):
        if other == report or same_outlet(outlet, context.reports[other].outlet) or context.is_earlier(other, report):
            continue
        spans = [context.sentence_of(other, f) for f in printed[other]]
        if any(CHECKED.search(context.words(other, s)) for s in spans):
            return []
        naming = [s for s in spans if name.search(context.words(other, s)) and HAD_FROM.search(context.words(other, s))]
        copied = spans if context.related(report, other) else []
        credited |= bool(naming)
        held += [evidence(other, s) for s in (naming or copied)[:1]]
    return held if credited else []


def _who_gave_it(context: Context, report: str, figure: Figure, sentence: Span) -> str | None:
    """Who gave a figure to a report, as it names him; "one source" where it only says that its own newsroom was told."""
    outlet = context.reports[report].outlet
    if not outlet:
        return None
    for s in context.statements:
        if s.report == report and s.source and any(a <= figure.start < b for a, b in s.content):
            return context.sources[s.source].name
    return "one source" if said_to_pattern(outlet).search(context.words(report, sentence)) else None


def _is_weighty(figure: Figure) -> bool:
    return figure.unit not in LENGTHS if figure.unit else figure.value >= thresholds.CROWD


def _prints_by_number(context: Context) -> dict[tuple[float, str | None], dict[str, list[Figure]]]:
    """Which reports print a number and unit, and where."""
    found: dict[tuple[float, str | None], dict[str, list[Figure]]] = {}
    for report, mentions in context.mentions.items():
        for f in mentions.figures:
            found.setdefault((f.value, f.unit), {}).setdefault(report, []).append(f)
    return found


def _is_shown(shown: Collection[Evidence], report: str, figure: Figure) -> bool:
    return any(e.report == report and e.start <= figure.start < e.end for e in shown)


def _is_verified_or_disputed(context: Context, report: str, figure: Figure) -> bool:
    """Whether a claim of the figure is verified, or in dispute, which is the greater news."""
    return any(
        (g.claim.verified_by or g.claim.relation in ("conflict", "disputed"))
        and any(m.report == report and m.figure and m.figure.start == figure.start for m in g.members)
        for g in context.claims
    )
