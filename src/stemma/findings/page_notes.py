"""What a page shows by itself: that it was corrected, or that a program put it into English."""

from collections.abc import Iterator

from stemma.claims.versions import find_correction
from stemma.descent.machine_translation import TranslationSign, grammar_signs, probability
from stemma.findings import thresholds
from stemma.findings.context import Context, evidence
from stemma.findings.kinds import CORRECTION, MACHINE_TRANSLATION
from stemma.tables import BODY, Finding, Span

_SHOWN = 8
"""Places shown as proof."""


def corrections(context: Context) -> Iterator[Finding]:
    """Yield the notes with which a report says that it corrected itself."""
    for report in sorted(context.reports):
        span = find_correction(context.reports[report].text)
        if span:
            message = f"{context.name(report)} says that it corrected itself: “{context.words(report, span)[:200]}”"
            yield context.finding(CORRECTION, message, [report], [evidence(report, span)])


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
