"""Findings: what a careful reader should know, each only when its words prove it."""

from stemma.findings.caveats import caveat_findings
from stemma.findings.context import Context
from stemma.findings.copies import copy_findings
from stemma.findings.figures import figure_findings
from stemma.findings.headlines import overreaching_headlines
from stemma.findings.passed_on import passed_on
from stemma.findings.quotations import quotation_findings
from stemma.findings.sources import single_sources
from stemma.findings.stale import stale_copies
from stemma.findings.translated import machine_translations
from stemma.tables import SEVERITIES, Finding

__all__ = ["Context", "find_findings"]


def find_findings(context: Context) -> list[Finding]:
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
