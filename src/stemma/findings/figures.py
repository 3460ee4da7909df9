"""Figures: sharpened along a copy, in conflict, updated, corrected, or with a conversion that does not fit."""

from collections.abc import Iterator

from stemma.claims.build import Grouped
from stemma.claims.propositions import Proposition
from stemma.claims.relations import compare, say
from stemma.claims.versions import find_correction
from stemma.findings.context import Context, evidence, of_member
from stemma.findings.make import make
from stemma.findings.measures import apart_measures
from stemma.findings.raised import raised_counts
from stemma.findings.rivals import rival_counts
from stemma.findings.slips import slips
from stemma.mentions.kinds import Figure
from stemma.tables import Finding

FEW = 4
"""A number up to it may be another one of the same thing."""


def figure_findings(context: Context) -> list[Finding]:
    """Return what happened to the figures of a story."""
    apart = list(_apart(context))
    told = [f.reports for f in apart if f.kind == "figure updated"]
    raised = [f for f in raised_counts(context) if not any(set(f.reports) <= set(reports) for reports in told)]
    others = [*_changed_in_copies(context), *_corrections(context), *slips(context)]
    return [*_sharpened(context), *apart, *apart_measures(context), *rival_counts(context), *raised, *others]


def _sharpened(context: Context) -> Iterator[Finding]:
    """One finding for a copy and a number, however many claims hold it."""
    pairs = [p for p in context.copy_pairs if p.sure]
    seen: set[tuple[str, float]] = set()
    for grouped in context.claims:
        held = _by_report(grouped)
        for pair in (p for p in pairs if p.copy in held and p.original in held):
            both = [(c, o) for c in held[pair.copy] for o in held[pair.original] if _is_sharper(c.figure, o.figure)]
            sharper = [(c, o) for c, o in both if _is_of_one_thing(context, c, o) and not _is_converted(context, c)]
            for copy, original in sharper[:1]:
                if copy.figure is None or original.figure is None or (pair.copy, copy.figure.value) in seen:
                    continue
                seen.add((pair.copy, copy.figure.value))
                message = (
                    f"{context.name(pair.copy)} prints {say(copy.figure)} where {context.name(pair.original)} has "
                    f"{say(original.figure)}: the caution of the figure is gone."
                )
                proof = [of_member(copy), of_member(original)]
                yield make(context, "figure sharpened", "medium", message, [pair.copy], proof, grouped.claim.id)


def _is_of_one_thing(context: Context, copy: Proposition, original: Proposition) -> bool:
    """Whether two members of a copy pair are one count: in copied words, or retold with no other print to have it from."""
    if context.is_copied(copy, original):
        return copy.topic == original.topic or (copy.figure is not None and copy.figure.unit is not None)
    if copy.topic is None or copy.topic != original.topic or not copy.figure or copy.figure.value <= FEW:
        return False
    hedged = [f.bound != "exact" for f in _prints(context, original.report, copy.figure)]
    exact = [f.bound == "exact" for f in _prints(context, copy.report, copy.figure)]
    others = [r for r in context.reports if r not in (copy.report, original.report)]
    elsewhere = any(f.bound == "exact" for r in others for f in _prints(context, r, copy.figure))
    return all(hedged) and all(exact) and not elsewhere


def _prints(context: Context, report: str, figure: Figure) -> list[Figure]:
    """Every place where a report prints a number."""
    return [f for f in context.mentions[report].figures if f.value == figure.value and f.unit == figure.unit]


def _by_report(grouped: Grouped) -> dict[str, list[Proposition]]:
    held: dict[str, list[Proposition]] = {}
    for m in grouped.members:
        if m.figure:
            held.setdefault(m.report, []).append(m)
    return held


def _is_converted(context: Context, member: Proposition) -> bool:
    """Whether a figure stands in brackets behind another: "more than $33 million (30 million euros)" has its caution before."""
    start = member.figure.start if member.figure else 0
    return context.words(member.report, (max(0, start - 1), start)) == "("


def _is_sharper(copy: Figure | None, original: Figure | None) -> bool:
    return bool(
        copy
        and original
        and copy.value == original.value
        and copy.unit == original.unit
        and copy.bound == "exact"
        and original.bound not in ("exact", "range")
    )


def _apart(context: Context) -> Iterator[Finding]:
    """Conflicts and updates: the first pair of members of each relation, and every report on either side."""
    for grouped in context.claims:
        if grouped.claim.relation not in ("updated", "conflict", "disputed") or not grouped.members[0].figure:
            continue
        pairs = compare(grouped.members, [context.printed(m.report) for m in grouped.members], context.states)
        worst = [p for p in pairs if p.relation == grouped.claim.relation and p.a.figure]
        if not worst:
            continue
        units = list(dict.fromkeys(u.report for p in worst for u in (p.a, p.b)))
        shown = [of_member(m) for m in grouped.members if m.report in units]
        if grouped.claim.relation == "updated":
            message = f"The figure for “{grouped.claim.summary}” changed with time: {worst[0].reason}."
            yield make(context, "figure updated", "low", message, sorted(units), shown, grouped.claim.id)
        else:
            message = f"The figures for “{grouped.claim.summary}”: {worst[0].reason}."
            yield make(context, "figure conflict", "high", message, sorted(units), shown, grouped.claim.id)


def _changed_in_copies(context: Context) -> Iterator[Finding]:
    """Numbers that a copy changed in a claim of which the greater news is a dispute or an update; one a copy and claim."""
    copies = {frozenset((p.copy, p.original)): p for p in context.copy_pairs if p.sure}
    for grouped in context.claims:
        if grouped.claim.relation not in ("updated", "disputed") or not grouped.members[0].figure:
            continue
        seen = set()
        for r in compare(grouped.members, [context.printed(m.report) for m in grouped.members], context.states):
            pair = copies.get(frozenset((r.a.report, r.b.report)))
            if r.relation == "conflict" and pair and pair.copy not in seen and r.a.report != r.b.report:
                seen.add(pair.copy)
                message = f"{context.name(pair.copy)} and {context.name(pair.original)} print one source: {r.reason}."
                proof = [of_member(r.a), of_member(r.b)]
                reports = sorted((pair.copy, pair.original))
                yield make(context, "figure conflict", "high", message, reports, proof, grouped.claim.id)


def _corrections(context: Context) -> Iterator[Finding]:
    for report in sorted(context.reports):
        span = find_correction(context.reports[report].text)
        if span:
            message = f"{context.name(report)} says that it corrected itself: “{context.words(report, span)[:200]}”"
            yield make(context, "correction", "low", message, [report], [evidence(report, span)])
