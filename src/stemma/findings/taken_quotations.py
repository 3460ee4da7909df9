"""Quotations that one newsroom got and another prints: a copy of words where nothing else need have been copied."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stemma.descent.telling import same_outlet
from stemma.findings import thresholds
from stemma.findings.context import Context
from stemma.findings.utterances import Quoted, Rendering, are_two_named
from stemma.tables import Span

RELEASE = re.compile(
    r"^\W*(?:press office|(?:press|news|media) release|for immediate release|notes? to editors"
    r"|(?:media|press) (?:contacts?|enquiries|inquiries))\b",
    re.IGNORECASE | re.MULTILINE,
)
"""The first words of a line by which a page is itself what was given out to the press."""
GIVEN_OUT = re.compile(
    r"\b(?:statement|spokes\w+|press release|news conference|press conference|told reporters|tweet\w*)\b", re.IGNORECASE
)
"""Words that were said to everybody."""
SAID_TO_A_NEWSROOM = re.compile(
    r"\b(?:told|tells|speaking to|spoke to|interview with|according to the (?:newspaper|paper|agency|magazine))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TakenQuotation:
    """A copy's quotation and the original's; `why` for the message, `said_to` where the original says so itself."""

    copy: Quoted
    original: Quoted
    why: str
    said_to: Span | None = None


def taken_quotations(context: Context, prints: Sequence[Rendering]) -> list[TakenQuotation]:
    """Return the quotations that one report has from another: said to it alone, credited to it, or given out by it."""
    found: list[TakenQuotation] = []
    for r in (r for r in prints if r.run >= thresholds.TAKEN_RUN and r.alike >= thresholds.TAKEN_ALIKE):
        for copy, original in ((r.a, r.b), (r.b, r.a)):
            if _may_be_had(context, copy, original) and not are_two_named(context, r):
                found += _as_said_to_it(context, r, copy, original)
                found += _as_credited(context, copy, original)
                found += _as_released(context, copy, original)
    return found


def said_to_pattern(outlet: str) -> re.Pattern[str]:
    """Return a pattern of the ways in which a report says that words were said to its own newsroom."""
    said = "told|tells|said to|spoke to|speaking to|interview with|wrote to|asked by"
    return re.compile(rf"\b(?:{said}) (?:the )?(?:{short_name_pattern(outlet)})\b")


def short_name_pattern(outlet: str) -> str:
    """Return a pattern of the outlet's name, and the last word of it, as a report calls itself: "the Courier"."""
    last = outlet.split()[-1]
    return "|".join(re.escape(n) for n in dict.fromkeys([outlet, last]) if len(n) > 3 and n[0].isupper()) or re.escape(outlet)


def full_name_pattern(outlet: str) -> re.Pattern[str]:
    """Return a pattern of the outlet's whole name as others print it, with or without its article."""
    return re.compile(rf"(?<!\w){re.escape(re.sub('^[Tt]he ', '', outlet))}(?!\w)")


def credits_another(context: Context, report: str) -> bool:
    """Return whether a report names somebody as author of all its words: then it gives its source, be it another one."""
    return any(c.whole and c.name for t in context.traced.tellings if t.id == report for c in t.credits)


def _may_be_had(context: Context, copy: Quoted, original: Quoted) -> bool:
    one, other = context.reports[copy.report], context.reports[original.report]
    return bool(other.outlet) and not same_outlet(one.outlet, other.outlet) and not context.is_earlier(one.id, other.id)


def _as_said_to_it(context: Context, r: Rendering, copy: Quoted, original: Quoted) -> Iterator[TakenQuotation]:
    outlet = context.reports[original.report].outlet or ""
    own = context.reports[copy.report].outlet
    if r.alike < thresholds.NEARLY_ALIKE or min(len(copy.words), len(original.words)) < thresholds.TAKEN_WORDS:
        return
    match = _beside(context, original, said_to_pattern(outlet))
    # What was given out in a statement, or what the copy was told itself, is no newsroom's alone.
    given = any(_beside(context, q, GIVEN_OUT) for q in (copy, original))
    if match and not given and not (own and _beside(context, copy, _told_itself(own))):
        yield TakenQuotation(copy, original, "to which they were said", match)


def _told_itself(outlet: str) -> re.Pattern[str]:
    """Return a pattern of the ways in which a report says that its own newsroom was told: "told HuffPost" in HuffPost Canada."""
    first = re.escape(re.sub("^[Tt]he ", "", outlet).split()[0])
    return re.compile(rf"{said_to_pattern(outlet).pattern}|\b(?:told|tells|to) (?:the )?{first}\b")


def _as_credited(context: Context, copy: Quoted, original: Quoted) -> Iterator[TakenQuotation]:
    """The copy's own paragraph names the other newspaper as where the words were said."""
    outlet = context.reports[original.report].outlet or ""
    paragraph = context.paragraph(copy.report, copy.span[0])
    credited = paragraph and full_name_pattern(outlet).search(paragraph.doc.text)
    if credited and _beside(context, copy, SAID_TO_A_NEWSROOM):
        yield TakenQuotation(copy, original, "to which it credits them")


def _as_released(context: Context, copy: Quoted, original: Quoted) -> Iterator[TakenQuotation]:
    same = original.source is not None and original.source == copy.source
    given = _is_release(context, original.report) and not _is_release(context, copy.report)
    if same and given:
        yield TakenQuotation(copy, original, "which gave them out")


def _beside(context: Context, quoted: Quoted, pattern: re.Pattern[str]) -> Span | None:
    """Where a pattern stands near a quotation, in its paragraph and outside the marks."""
    paragraph = context.paragraph(quoted.report, quoted.span[0])
    if paragraph is None:
        return None
    start, end = quoted.span
    near = thresholds.TAKEN_BESIDE
    for low, high in ((end, min(paragraph.end, end + near)), (max(paragraph.start, start - near), start)):
        match = pattern.search(context.words(quoted.report, (low, high)))
        if match:
            return low + match.start(), low + match.end()
    return None


def _is_release(context: Context, report: str) -> bool:
    """Whether a report is what somebody gave out to the press: its words are the speaker's own."""
    return RELEASE.search(context.reports[report].text) is not None
