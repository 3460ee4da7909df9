"""What a page shows by itself: that it was corrected, or that a program put it into English."""

import re
from collections.abc import Iterator

from stemma.claims.thresholds import TELLING_NUMBER
from stemma.claims.versions import find_correction
from stemma.descent.machine_translation import TranslationSign, grammar_signs, probability
from stemma.findings import thresholds
from stemma.findings.context import Context, evidence
from stemma.findings.kinds import CORRECTION, MACHINE_TRANSLATION
from stemma.tables import BODY, Evidence, Figure, Finding, Span

_UPDATE = re.compile(
    r"\b(?:Update|Correction|Editor['’]s note):[^.\n]{0,80}\b(?:initially|first|originally|earlier|previously)\b[^.\n]*",
    re.IGNORECASE,
)
"""A note inside the text by which a report takes back what it, or the first reports, said."""
_OLD_AND_NEW = 2
_LONGEST = 200
"""Code points of a note that a message shows."""
_SHOWN = 8
"""Places shown as proof."""


def corrections(context: Context) -> Iterator[Finding]:
    """Yield the notes with which a report says that it corrected itself, and who still prints what was corrected."""
    for report in sorted(context.reports):
        span = _note(context, report)
        if span:
            old = _still_printed(context, report, span)
            message = f"{context.name(report)} says that it corrected itself: “{context.words(report, span)[:_LONGEST]}”"
            if old:
                message = (
                    f"{message}; {' and '.join(dict.fromkeys(context.name(e.report) for e in old))} still print the old number"
                )
            yield context.finding(CORRECTION, f"{message}.", [report], [evidence(report, span), *old])


def _note(context: Context, report: str) -> Span | None:
    text = context.reports[report].text
    update = _UPDATE.search(text)
    return find_correction(text) or (update.span() if update else None)


def _still_printed(context: Context, report: str, note: Span) -> list[Evidence]:
    """Where other reports print the number that a note takes back, and not the one that it gives."""
    inside = [f for f in context.mentions[report].figures if note[0] <= f.start < note[1]]
    if len({(f.value, f.unit) for f in inside}) != _OLD_AND_NEW or len({f.unit for f in inside}) != 1:
        return []
    body = {(f.value, f.unit) for f in context.mentions[report].figures if not note[0] <= f.start < note[1]}
    old = next((f for f in inside if (f.value, f.unit) not in body), None)
    new = next((f for f in inside if (f.value, f.unit) in body), None)
    return (
        [] if old is None or new is None or old.value < TELLING_NUMBER else list(_prints_of_one_only(context, report, old, new))
    )


def _prints_of_one_only(context: Context, report: str, old: Figure, new: Figure) -> Iterator[Evidence]:
    for other in sorted(context.reports):
        held = [f for f in context.mentions[other].figures if f.unit == old.unit and f.counted == old.counted]
        prints = [f for f in held if f.value == old.value]
        if other != report and prints and not any(f.value == new.value for f in held) and not _note(context, other):
            yield evidence(other, context.sentence_of(other, prints[0]))


def machine_translations(context: Context) -> Iterator[Finding]:
    """Yield the pages in English that read as put into it by a program, with the places that show it."""
    for telling in context.traced.tellings:
        if telling.report.language not in ("en", None):
            continue
        blocks = [b.start for b in telling.blocks if b.role in BODY]
        printed = [((blocks[s.paragraph] + s.span[0], blocks[s.paragraph] + s.span[1]), s) for s in telling.translated]
        parsed = context.paragraphs[telling.id]
        printed += [((parsed[s.paragraph].start + s.span[0], parsed[s.paragraph].start + s.span[1]), s)
                    for s in grammar_signs([p.doc for p in parsed])]  # fmt: skip
        sure = probability([s for _, s in printed])
        if sure >= thresholds.TRANSLATED_PROBABILITY and len(printed) >= thresholds.TRANSLATED_PLACES:
            yield _reads_translated(context, telling.id, printed, sure)


def _reads_translated(context: Context, report: str, printed: list[tuple[Span, TranslationSign]], sure: float) -> Finding:
    heaviest = sorted(printed, key=lambda row: (-row[1].weight, row[0]))[:_SHOWN]
    kinds = sorted({s.what for _, s in printed})
    message = f"{context.name(report)} reads as put into English by a program: {', '.join(kinds)} ({sure:.0%})."
    proof = [evidence(report, span) for span, _ in heaviest]
    return context.finding(MACHINE_TRANSLATION, message, [report], proof)
