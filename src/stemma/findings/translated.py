"""Pages that a program put into English and nobody went over."""

from collections.abc import Iterator

from stemma.descent.machine_translation import TranslationSign, grammar_signs, probability
from stemma.findings.context import Context, evidence
from stemma.findings.make import make
from stemma.tables import BODY, Finding, Span

SURE = 0.6
PLACES = 3
"""Places under which nothing is shown: one slip of a writer may have two signs."""
SHOWN = 8
NATIVE = ("en", None)


def machine_translations(context: Context) -> Iterator[Finding]:
    """Yield the pages in English that read as put into it by a program, with the places that show it."""
    for telling in context.traced.tellings:
        if telling.report.language not in NATIVE:
            continue
        blocks = [b.start for b in telling.blocks if b.role in BODY]
        printed = [((blocks[s.paragraph] + s.span[0], blocks[s.paragraph] + s.span[1]), s) for s in telling.translated]
        parsed = context.paragraphs[telling.id]
        printed += [((parsed[s.paragraph].start + s.span[0], parsed[s.paragraph].start + s.span[1]), s)
                    for s in grammar_signs([p.doc for p in parsed])]  # fmt: skip
        sure = probability([s for _, s in printed])
        if sure >= SURE and len(printed) >= PLACES:
            yield _reads_translated(context, telling.id, printed, sure)


def _reads_translated(context: Context, report: str, printed: list[tuple[Span, TranslationSign]], sure: float) -> Finding:
    heaviest = sorted(printed, key=lambda row: (-row[1].weight, row[0]))[:SHOWN]
    kinds = sorted({s.what for _, s in printed})
    message = f"{context.name(report)} reads as put into English by a program: {', '.join(kinds)} ({sure:.0%})."
    proof = [evidence(report, span) for span, _ in heaviest]
    return make(context, "machine translation", "medium", message, [report], proof)
