"""Whether two reports print what was said on one occasion: who says a thing on Tuesday often says it on Wednesday."""

from stemma.claims.same_thing import instant
from stemma.findings.context import Context
from stemma.findings.utterances import Quoted

HOURS = 18
"""Hours within which two reports print what was said on one occasion."""
LONG = 15
"""Words from which a quotation is hardly said a second time in nearly the same words."""
DAY = 10
"""Characters of a day without an hour."""


def is_one_occasion(context: Context, one: Quoted, other: Quoted, alike: bool, hours: int = HOURS) -> bool:
    """Return whether two quotations are of one occasion; where a day is not known, they must be `alike`, or long."""
    moments = [context.printed(q.report) for q in (one, other)]
    first, second = (instant(m) for m in moments)
    if first is None or second is None:
        return alike or min(len(one.words), len(other.words)) >= LONG
    if all(m and len(m) > DAY for m in moments):
        return abs(first - second) <= hours * 3600
    return len({(m or "")[:DAY] for m in moments}) == 1
