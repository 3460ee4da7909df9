"""Words that one newsroom got and another prints, and copies that leave out to whom they were said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stemma.descent.telling import same_outlet
from stemma.findings import thresholds
from stemma.findings.context import Context, CopyPair, evidence
from stemma.findings.kinds import DROPPED_CREDIT
from stemma.findings.utterances import Quoted, Rendering, are_two_named
from stemma.tables import Evidence, Finding, Span

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
    likely = [r for r in prints if r.run >= thresholds.TAKEN_RUN and r.alike >= thresholds.TAKEN_ALIKE]
    said = {q for r in likely for q in (r.a, r.b)}
    own = {q for q in said if _names_its_newsroom(context, q)}
    credited = {q for q in said if _beside(context, q, SAID_TO_A_NEWSROOM)}
    for r in likely:
        for copy, original in ((r.a, r.b), (r.b, r.a)):
            if original not in own and copy not in credited:
                continue
            if _may_be_had(context, copy, original) and not are_two_named(context, r):
                found += _as_said_to_it(context, r, copy, original)
                found += _as_credited(context, copy, original)
                found += _as_released(context, copy, original)
    return found


@lru_cache(maxsize=5000)
def said_to_pattern(outlet: str) -> re.Pattern[str]:
    """Return a pattern of the ways in which a report says that words were said to its own newsroom."""
    said = "told|tells|said to|spoke to|speaking to|interview with|wrote to|asked by"
    return re.compile(rf"\b(?:{said}) (?:the )?(?:{short_name_pattern(outlet)})\b")


def short_name_pattern(outlet: str) -> str:
    """Return a pattern of the outlet's name, and the last word of it, as a report calls itself: "the Courier"."""
    last = outlet.split()[-1]
    return "|".join(re.escape(n) for n in dict.fromkeys([outlet, last]) if len(n) > 3 and n[0].isupper()) or re.escape(outlet)


@lru_cache(maxsize=5000)
def full_name_pattern(outlet: str) -> re.Pattern[str]:
    """Return a pattern of the outlet's whole name as others print it, with or without its article."""
    return re.compile(rf"(?<!\w){re.escape(re.sub('^[Tt]he ', '', outlet))}(?!\w)")


def credits_another(context: Context, report: str) -> bool:
    """Return whether a report names somebody as author of all its words: then it gives its source, be it another one."""
    return any(c.whole and c.name for t in context.traced.tellings if t.id == report for c in t.credits)


def dropped_credits(context: Context, said: Sequence[Quoted], taken: Sequence[TakenQuotation]) -> Iterator[Finding]:
    """Yield the copies of a passage, and the prints of a quotation, that leave out the newsroom to which the words were said.

    `said` are the story's quotations, `taken` those that one newsroom has from another.
    """
    in_copies = list(_dropped_in_copies(context))
    yield from in_copies
    told = {f.reports for f in in_copies}
    yield from (f for f in _dropped_with_quotation(context, said, taken) if f.reports not in told)


def _names_its_newsroom(context: Context, quoted: Quoted) -> bool:
    """Whether words beside a quotation say that they were said to the report's own newsroom, or the report gave them out."""
    outlet = context.reports[quoted.report].outlet
    told = _beside(context, quoted, said_to_pattern(outlet)) if outlet else None
    return told is not None or _is_release(context.reports[quoted.report].text)


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


@lru_cache(maxsize=5000)
def _told_itself(outlet: str) -> re.Pattern[str]:
    """Return a pattern of the ways in which a report says that its own newsroom was told: "told HuffPost" in HuffPost Canada."""
    first = re.escape(re.sub("^[Tt]he ", "", outlet).split()[0])
    return re.compile(rf"{said_to_pattern(outlet).pattern}|\b(?:told|tells|to) (?:the )?{first}\b")


def _as_credited(context: Context, copy: Quoted, original: Quoted) -> Iterator[TakenQuotation]:
    """The copy's own paragraph names the other newspaper as where the words were said."""
    outlet = context.reports[original.report].outlet or ""
    paragraph = context.paragraph(copy.report, copy.span[0])
    words = context.words(copy.report, (paragraph.start, paragraph.end)) if paragraph else ""
    if full_name_pattern(outlet).search(words) and _beside(context, copy, SAID_TO_A_NEWSROOM):
        yield TakenQuotation(copy, original, "to which it credits them")


def _as_released(context: Context, copy: Quoted, original: Quoted) -> Iterator[TakenQuotation]:
    same = original.source is not None and original.source == copy.source
    given = _is_release(context.reports[original.report].text) and not _is_release(context.reports[copy.report].text)
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
        at = _first(pattern, context.words(quoted.report, (low, high)))
        if at:
            return low + at[0], low + at[1]
    return None


@lru_cache(maxsize=50_000)
def _first(pattern: re.Pattern[str], words: str) -> Span | None:
    match = pattern.search(words)
    return match and match.span()


@lru_cache(maxsize=5000)
def _is_release(text: str) -> bool:
    """Whether a report is what somebody gave out to the press: its words are the speaker's own."""
    return RELEASE.search(text) is not None


def _dropped_in_copies(context: Context) -> Iterator[Finding]:
    """What somebody "told the Courier" is in the copy only said: the newsroom that got the words is gone."""
    for pair in context.copy_pairs:
        outlet = context.reports[pair.original].outlet
        if not outlet or pair.possible:
            continue
        pattern = said_to_pattern(outlet)
        for match in pattern.finditer(context.reports[pair.original].text):
            copied = _copied_around(context, pair, match.span())
            if copied and not re.search(short_name_pattern(outlet), context.reports[pair.copy].text):
                message = (
                    f"{context.name(pair.copy)} copies words that were said to {outlet} "
                    f"(“{match.group()}”) and leaves out to whom."
                )
                proof = [evidence(pair.original, match.span()), copied]
                yield context.finding(DROPPED_CREDIT, message, [pair.copy], proof)
                break


def _dropped_with_quotation(context: Context, said: Sequence[Quoted], taken: Sequence[TakenQuotation]) -> Iterator[Finding]:
    """A finding for each report that prints what was said to another newsroom and nowhere names it."""
    seen = set()
    for t in taken:
        outlet = context.reports[t.original.report].outlet
        copy = t.copy.report
        if not t.said_to or not outlet or copy in seen or re.search(short_name_pattern(outlet), context.reports[copy].text):
            continue
        if credits_another(context, copy) or _was_printed_before(context, said, t):
            continue
        seen.add(copy)
        message = (
            f"{context.name(copy)} prints words that were said to {outlet} "
            f"(“{context.words(t.original.report, t.said_to)}”) and leaves out to whom."
        )
        proof = [evidence(t.original.report, t.said_to), evidence(copy, t.copy.span)]
        yield context.finding(DROPPED_CREDIT, message, [copy], proof)


def _copied_around(context: Context, pair: CopyPair, span: Span) -> Evidence | None:
    """Where the copy prints the paragraph in which the original names itself."""
    near = thresholds.CREDIT_NEAR
    held = context.shared(pair.original, pair.copy)
    around = (c for one, c in held if one.start - near <= span[0] <= one.end + near)
    return next(around, None)


def _was_printed_before(context: Context, said: Sequence[Quoted], taken: TakenQuotation) -> bool:
    """Whether a third report had the words earlier: then they were not said to the one newsroom alone."""
    words = " ".join(taken.original.words)
    return any(
        words in " ".join(q.words) and context.is_earlier(q.report, taken.original.report)
        for q in said
        if q.report not in (taken.copy.report, taken.original.report)
    )
