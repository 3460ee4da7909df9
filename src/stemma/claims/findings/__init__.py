"""Findings: what a careful reader should know, each only when its words prove it."""

from stemma.claims.context import Context
from stemma.claims.findings.caveats import caveat_findings
from stemma.claims.findings.copies import copy_findings
from stemma.claims.findings.figures import figure_findings
from stemma.claims.findings.headlines import overreaching_headlines
from stemma.claims.findings.passed_on import passed_on
from stemma.claims.findings.quotations import quotation_findings
from stemma.claims.findings.sources import single_sources
from stemma.claims.findings.stale import stale_copies
from stemma.claims.findings.translated import machine_translations
from stemma.tables import SEVERITIES, Finding


def find(context: Context) -> list[Finding]:
    """Return the findings of one story, the gravest first."""
    copies, machines = copy_findings(context), list(machine_translations(context))
    translated = {r for f in machines for r in f.reports}
    told = {f.reports for f in copies if f.kind == "dropped credit"}
    single = list(single_sources(context))
    found = [
        *single,
        *passed_on(context, [e for f in single for e in f.evidence]),
        *(f for f in quotation_findings(context, translated) if f.kind != "dropped credit" or f.reports not in told),
        *caveat_findings(context),
        *copies,
        *stale_copies(context),
        *machines,
        *overreaching_headlines(context),
        *figure_findings(context),
    ]
    unique = {f.id: f for f in found}
    return sorted(unique.values(), key=lambda f: (SEVERITIES.index(f.severity), f.kind, f.reports, f.id))
