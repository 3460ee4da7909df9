"""Which caveat stands among an attribution's own words, and which of several is the gravest."""

from collections.abc import Sequence

from stemma.tables import Caveat, Span

_ORDER = ("unverified", "denied", "alleged", "verified", "hedge")


def strongest(caveats: Sequence[Caveat]) -> Caveat | None:
    """Return the gravest of some caveats, the first of equals."""
    return min(caveats, key=lambda c: (_ORDER.index(c.kind), c.start), default=None)


def within(content: Sequence[Span], quotations: Sequence[Span], cue: Span | None, caveats: Sequence[Caveat]) -> Caveat | None:
    """Return the caveat among an attribution's words or beside its cue.

    Words in quotation marks are the speaker's own.
    """
    spans = [*content, *([cue] if cue is not None else [])]
    found = []
    for caveat in caveats:
        own = any(s <= caveat.start and caveat.end <= e for s, e in spans)
        quoted = any(s <= caveat.start < e for s, e in quotations)
        if (own and not quoted) or (cue is not None and _beside(caveat, cue)):
            found.append(caveat)
    return strongest(found)


def _beside(caveat: Caveat, cue: Span) -> bool:
    """The hedge right before the cue ("reportedly said"), or the denial that is the cue."""
    if caveat.kind == "denied":
        return caveat.start <= cue[0] and cue[1] <= caveat.end
    return caveat.kind in ("hedge", "alleged") and 0 <= cue[0] - caveat.end <= 2
