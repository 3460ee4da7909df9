"""Old reports printed as new: a late copy whose "on Tuesday" has become another Tuesday."""

import re
from collections.abc import Iterator
from datetime import date

from stemma.claims.context import Context, CopyPair, evidence
from stemma.claims.findings.make import make
from stemma.descent.telling import same_outlet
from stemma.tables import Finding, Span

LATE = 6
"""Days from which the weekday of a copied sentence is another day for whoever reads the copy."""
MOST = 0.6
"""Share of its words that a copy takes from the old report."""
NEAR = 40
"""Code points on either side of a word of time that must stand in the original too."""
_DAY = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tomorrow|tonight|this week)\b")
_MENTION = re.compile(
    r"\b(?:first|originally|previously|earlier|was) (?:published|appeared|printed|posted|ran)\b|\barchiv|\bre(?:publish|print)",
    re.IGNORECASE,
)


def stale_copies(context: Context) -> Iterator[Finding]:
    """Yield the copies that print an old report under a new date and do not say so; one a copy."""
    shares: dict[str, float] = {}
    for d in context.traced.descendants:
        shares[d.report] = max(d.share, shares.get(d.report, 0.0))
    seen = set()
    for pair in context.copy_pairs:
        late = _days_late(context, pair)
        if pair.copy in seen or late < LATE or shares.get(pair.copy, 0.0) < MOST or _says_so(context, pair):
            continue
        days = _days_named(context, pair)
        if days:
            seen.add(pair.copy)
            copied, original = days[0]
            day = _DAY.findall(context.words(pair.copy, copied))[0]
            message = (
                f"{context.name(pair.copy)} prints as new what {context.name(pair.original)} printed {late} days before: "
                f"to its readers “{day}” is another day."
            )
            proof = [evidence(pair.copy, copied), evidence(pair.original, original)]
            yield make(context, "stale copy", "medium", message, [pair.copy], proof)


def _days_late(context: Context, pair: CopyPair) -> int:
    printed = [context.reports[r].published for r in (pair.copy, pair.original)]
    if not all(printed):
        return 0
    try:
        copy, original = (date.fromisoformat((p or "")[:10]) for p in printed)
    except ValueError:
        return 0
    return (copy - original).days


def _says_so(context: Context, pair: CopyPair) -> bool:
    """Whether the copy says that the words are older: in words, by the old day, or with a credit for the whole of it."""
    report = context.reports[pair.copy]
    old = date.fromisoformat((context.reports[pair.original].published or "")[:10])
    days = (f"{old:%B} {old.day}", f"{old:%b} {old.day}", f"{old.day} {old:%B}", f"{old.day} {old:%b}", old.isoformat())
    whole = [c for t in context.traced.tellings if t.id == pair.copy for c in t.credits if c.kind == "first appeared"]
    credited = any(same_outlet(c.name, context.reports[pair.original].outlet) for c in whole)
    return bool(_MENTION.search(report.text)) or credited or any(d in report.text for d in days)


def _days_named(context: Context, pair: CopyPair) -> list[tuple[Span, Span]]:
    """The sentences of the copy that name a day and stand in the original with it, each with where it stands there."""
    text, found = context.reports[pair.original].text, []
    for start, end in context.sentences(pair.copy):
        sentence = context.words(pair.copy, (start, end))
        for day in _DAY.finditer(sentence):
            around = sentence[max(0, day.start() - NEAR) : day.end() + NEAR]
            at = text.find(around)
            if at >= 0 and len(around) > len(day[0]) + 10:
                found.append(((start, end), (at, at + len(around))))
                break
    return found
