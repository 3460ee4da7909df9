"""What a page shows by itself: that it was corrected, that a program put it into English."""

import re
from collections.abc import Iterator
from textwrap import shorten

from stemma.claims.versions import find_correction
from stemma.descent.machine_translation import TranslationSign, grammar_signs, probability
from stemma.findings import thresholds
from stemma.findings.context import Context, evidence
from stemma.findings.kinds import CORRECTION, MACHINE_TRANSLATION
from stemma.tables import BODY, Finding, Span

_UPDATE = re.compile(
    r"\b(?:Update|Correction|Editor['’]s note):[^.\n]{0,80}"
    r"\b(?:was|were|been|we|we had|(?:article|story|post|report|headline|version)s?(?: had)?) "
    r"(?:initially|first|originally|earlier|previously|incorrectly|wrongly|mistakenly) "
    r"(?:reported|said|stated|thought|believed|listed|identified|described|given|called|put|attributed|named)\b[^.\n]*"
    r"|\b(?:Update|Correction|Editor['’]s note):[^.\n]{0,80}"
    r"\b(?:incorrectly|wrongly|mistakenly|misstated|misidentified)\b[^.\n]*",
    re.IGNORECASE,
)
"""A note inside the text by which a report takes back what it, or the first reports, said."""
_BESIDE_THE_TEXT = re.compile(
    r"\bversion of (?:this|the) (?:\w+ )?(?:video|clip|podcast|graphic|chart|map|quiz)\b", re.IGNORECASE
)
"""A note on what is shown beside the text corrects nothing in it."""
_LONGEST = 200
"""Code points of a note that a message shows."""
_SHOWN = 8
"""Places shown as proof."""


def corrections(context: Context) -> Iterator[Finding]:
    """Yield the notes with which a report says that it corrected itself."""
    for report in sorted(set(context.reports) - {context.draft}):
        span = _note(context, report)
        if span:
            note = shorten(context.words(report, span), _LONGEST, placeholder=" …")
            message = f"{context.name(report)} says that it corrected itself: “{note}”"
            yield context.finding(CORRECTION, f"{message}.", [report], [evidence(report, span)])


def machine_translations(context: Context) -> Iterator[Finding]:
    """Yield the pages in English that read as put into it by a program, with the places that show it."""
    known: dict[tuple[str, tuple[int, ...]], list[TranslationSign]] = {}
    for telling in context.traced.tellings:
        if telling.report.language not in ("en", None):
            continue
        blocks = [b.start for b in telling.blocks if b.role in BODY]
        printed = [((blocks[s.paragraph] + s.span[0], blocks[s.paragraph] + s.span[1]), s) for s in telling.translated]
        parsed = context.paragraphs[telling.id]
        text = telling.report.text, tuple(p.start for p in parsed)
        if text not in known:
            known[text] = grammar_signs([p.doc for p in parsed])
        printed += [((parsed[s.paragraph].start + s.span[0], parsed[s.paragraph].start + s.span[1]), s) for s in known[text]]
        sure = probability([s for _, s in printed])
        if sure >= thresholds.TRANSLATED_PROBABILITY and len(printed) >= thresholds.TRANSLATED_PLACES:
            yield _reads_translated(context, telling.id, printed, sure)


def _note(context: Context, report: str) -> Span | None:
    text = context.reports[report].text
    update = _UPDATE.search(text)
    note = find_correction(text) or (update.span() if update else None)
    words = context.words(report, note) if note else ""
    # A label above its note tells nothing.
    return note if len(words.split()) >= thresholds.NOTE_WORDS and not _BESIDE_THE_TEXT.search(words) else None


def _reads_translated(context: Context, report: str, printed: list[tuple[Span, TranslationSign]], sure: float) -> Finding:
    heaviest = sorted(printed, key=lambda row: (-row[1].weight, row[0]))[:_SHOWN]
    kinds = sorted({s.what for _, s in printed})
    message = f"{context.name(report)} reads as put into English by a program: {', '.join(kinds)} ({sure:.0%})."
    proof = [evidence(report, span) for span, _ in heaviest]
    return context.finding(MACHINE_TRANSLATION, message, [report], proof)
