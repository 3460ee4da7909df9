"""Quotations that one newsroom got and another prints: a copy of words where nothing else need have been copied."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stemma.descent.telling import same_outlet
from stemma.findings.context import Context, evidence
from stemma.findings.make import make
from stemma.findings.speakers import are_two_named
from stemma.findings.utterances import Quoted, Rendering
from stemma.findings.wordings import pattern, wording
from stemma.tables import Finding, Span

WORDS = 8
"""Words from which two newsrooms do not get the same quotation by chance."""
ALIKE = 0.8
RUN = 5
BESIDE = 80
"""Code points between a quotation and the words that say to whom it was said."""
GIVEN_TO = 0.65
"""Share of common words from which a quotation is the one of the newspaper that it is credited to."""
RELEASED = 0.7
_RELEASE = re.compile(rf"^\W*{wording('given out')}\b", re.IGNORECASE | re.MULTILINE)
_NEWSROOM = pattern("said to a newsroom")


@dataclass(frozen=True, slots=True)
class Taken:
    """A copy's quotation and the original's; `why` for the message, `told` where the original says that it was told them."""

    copy: Quoted
    original: Quoted
    why: str
    told: Span | None = None


def taken_quotations(context: Context, found: Sequence[Rendering]) -> list[Taken]:
    """Return the quotations that one report has from another: said to it alone, credited to it, or given out by it."""
    rows: list[Taken] = []
    for r in (r for r in found if r.run >= RUN and r.alike >= GIVEN_TO):
        for copy, original in ((r.a, r.b), (r.b, r.a)):
            if _may_be_had(context, copy, original) and not are_two_named(context, r):
                rows += _as_told(context, r, copy, original)
                rows += _as_credited(context, r, copy, original)
                rows += _as_released(context, r, copy, original)
    return rows


def dropped_with_quotation(context: Context, taken: Sequence[Taken], said: Sequence[Quoted]) -> Iterator[Finding]:
    """Yield a dropped credit for each report that prints what was said to another newsroom and nowhere names it."""
    seen = set()
    for t in taken:
        outlet = context.reports[t.original.report].outlet
        copy = t.copy.report
        if not t.told or not outlet or copy in seen or re.search(names_of(outlet), context.reports[copy].text):
            continue
        if credits_another(context, copy) or _was_printed_before(context, said, t):
            continue
        seen.add(copy)
        message = (
            f"{context.name(copy)} prints words that were said to {outlet} "
            f"(“{context.words(t.original.report, t.told)}”) and leaves out to whom."
        )
        proof = [evidence(t.original.report, t.told), evidence(copy, t.copy.span)]
        yield make(context, "dropped credit", "medium", message, [copy], proof)


def told(outlet: str) -> re.Pattern[str]:
    """Return a pattern of the ways in which a report says that words were said to its own newsroom."""
    return re.compile(
        rf"\b(?:told|tells|said to|spoke to|speaking to|interview with|wrote to|asked by) (?:the )?(?:{names_of(outlet)})\b"
    )


def names_of(outlet: str) -> str:
    """Return a pattern of the outlet's name, and the last word of it, as a report calls itself: "the Courier"."""
    last = outlet.split()[-1]
    return "|".join(re.escape(n) for n in dict.fromkeys([outlet, last]) if len(n) > 3 and n[0].isupper()) or re.escape(outlet)


def named(outlet: str) -> re.Pattern[str]:
    """Return a pattern of the outlet's whole name as others print it, with or without its article."""
    return re.compile(rf"(?<!\w){re.escape(re.sub('^[Tt]he ', '', outlet))}(?!\w)")


def credits_another(context: Context, report: str) -> bool:
    """Return whether a report names somebody as author of all its words: then it gives its source, be it another one."""
    return any(c.whole and c.name for t in context.traced.tellings if t.id == report for c in t.credits)


def _may_be_had(context: Context, copy: Quoted, original: Quoted) -> bool:
    one, other = context.reports[copy.report], context.reports[original.report]
    return bool(other.outlet) and not same_outlet(one.outlet, other.outlet) and not context.is_earlier(one.id, other.id)


def _as_told(context: Context, r: Rendering, copy: Quoted, original: Quoted) -> Iterator[Taken]:
    outlet = context.reports[original.report].outlet or ""
    own = context.reports[copy.report].outlet
    if r.alike < ALIKE or r.run < RUN or min(len(copy.words), len(original.words)) < WORDS:
        return
    match = _beside(context, original, told(outlet))
    if match and not (own and _beside(context, copy, told(own))):
        yield Taken(copy, original, "to which they were said", match)


def _as_credited(context: Context, r: Rendering, copy: Quoted, original: Quoted) -> Iterator[Taken]:
    """The copy's own paragraph names the other newspaper as where the words were said."""
    outlet = context.reports[original.report].outlet or ""
    paragraph = context.paragraph(copy.report, copy.span[0])
    credited = paragraph and named(outlet).search(paragraph.doc.text)
    if credited and r.alike >= GIVEN_TO and r.run >= RUN and _beside(context, copy, _NEWSROOM):
        yield Taken(copy, original, "to which it credits them")


def _as_released(context: Context, r: Rendering, copy: Quoted, original: Quoted) -> Iterator[Taken]:
    same = original.source is not None and original.source == copy.source
    given = _is_release(context, original.report) and not _is_release(context, copy.report)
    if same and given and r.alike >= RELEASED and r.run >= RUN:
        yield Taken(copy, original, "which gave them out")


def _beside(context: Context, quoted: Quoted, pattern: re.Pattern[str]) -> Span | None:
    """Where a pattern stands near a quotation, in its paragraph and outside the marks."""
    paragraph = context.paragraph(quoted.report, quoted.span[0])
    if paragraph is None:
        return None
    start, end = quoted.span
    for low, high in ((end, min(paragraph.end, end + BESIDE)), (max(paragraph.start, start - BESIDE), start)):
        match = pattern.search(context.words(quoted.report, (low, high)))
        if match:
            return low + match.start(), low + match.end()
    return None


def _is_release(context: Context, report: str) -> bool:
    """Whether a report is what somebody gave out to the press: its words are the speaker's own."""
    return _RELEASE.search(context.reports[report].text) is not None


def _was_printed_before(context: Context, said: Sequence[Quoted], taken: Taken) -> bool:
    """Whether a third report had the words earlier: then they were not said to the one newsroom alone."""
    words = " ".join(taken.original.words)
    return any(
        words in " ".join(q.words) and context.is_earlier(q.report, taken.original.report)
        for q in said
        if q.report not in (taken.copy.report, taken.original.report)
    )
