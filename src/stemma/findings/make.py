"""One finding, with an id from what it says of whom."""

from collections.abc import Iterable

from stemma import ids
from stemma.findings.context import Context
from stemma.tables import Evidence, Finding


def make(
    context: Context,
    kind: str,
    severity: str,
    message: str,
    reports: Iterable[str],
    shown: Iterable[Evidence],
    claim: str | None = None,
) -> Finding:
    """Return a finding; the same finding of the same words has the same id in every run."""
    proof = tuple(shown)
    about = tuple(dict.fromkeys(reports))
    key = ids.digest(kind, about, [(e.report, e.start, e.end) for e in proof])
    # A quoted sentence brings its own full stop.
    return Finding(context.story, key, kind, severity, message.replace(".”.", ".”"), about, claim, proof)
