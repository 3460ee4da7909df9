"""Many outlets, one original source, and nobody who verified it."""

from collections.abc import Iterator

from stemma.claims.context import Context, Grouped, of_unit
from stemma.claims.findings.make import make
from stemma.tables import Finding

OUTLETS = 3
"""From so many reports a reader takes a claim for widely confirmed."""


def source_findings(context: Context) -> list[Finding]:
    """Return the claims that look widely reported and rest on one source."""
    return list(_single_sources(context))


def _single_sources(context: Context) -> Iterator[Finding]:
    for grouped in context.claims:
        source = _only_source(grouped)
        reports = sorted({m.report for m in grouped.members})
        if (
            source is None
            or len(reports) < OUTLETS
            or grouped.claim.verified_by
            or grouped.claim.relation in ("conflict", "disputed")
        ):
            continue
        if source not in context.sources:
            continue
        name = context.sources[source].name
        origins = len(grouped.claim.origins)
        message = (
            f"{len(reports)} reports carry “{grouped.claim.summary}”, {origins} {'origin' if origins == 1 else 'origins'}, "
            f"and all rest on {name}; none says that anybody verified it."
        )
        yield make(
            context,
            "single source",
            "medium",
            message,
            reports,
            [of_unit(m) for m in grouped.members],
            grouped.claim.id,
        )


def _only_source(grouped: Grouped) -> str | None:
    """The one source that every member with a source names, when most members name one."""
    named = [m.source for m in grouped.members if m.source]
    return named[0] if named and len(set(named)) == 1 and len(named) >= 0.5 * len(grouped.members) else None
