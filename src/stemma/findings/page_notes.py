"""What a page shows by itself: that it was corrected, that a program put it into English, conversions that do not fit."""

import re
from collections.abc import Iterator
from itertools import pairwise
from textwrap import shorten

from stemma.claims.counts import is_torn
from stemma.claims.versions import find_correction
from stemma.descent.machine_translation import TranslationSign, grammar_signs, probability
from stemma.findings import thresholds
from stemma.findings.context import Context, evidence
from stemma.findings.kinds import CORRECTION, MACHINE_TRANSLATION, UNIT_SLIP
from stemma.mentions.figures.units import same_dimension, to_base
from stemma.tables import BODY, Figure, Finding, Place, Span
from stemma.text.numbers import amount

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
_CLOCK = re.compile(
    r"\b(?P<hour>1?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\.? \((?P<utc>[0-2]\d[:.]?[0-5]\d) (?:GMT|UTC)\)",
    re.IGNORECASE,
)
"""A time of day with Greenwich's behind it: "11:36 a.m. (0336 GMT)"."""


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


def unit_slips(context: Context) -> Iterator[Finding]:
    """Yield the conversions that do not fit."""
    for report in sorted(context.reports):
        text = context.reports[report].text
        for figure, other in pairwise(context.mentions[report].figures):
            if is_torn(figure, text) or is_torn(other, text) or not _stands_in_brackets(figure, other, text):
                continue
            span = (figure.start, other.end + 1)
            if _is_conversion(figure, other) and _is_off(figure, other):
                fits = amount(_converted(figure, other), other.unit, "about")
                wrong = f"a conversion that does not fit: “{context.words(report, span)}”"
                message = f"{context.name(report)} prints {wrong}; {amount(figure.value, figure.unit)} is {fits}."
                yield context.finding(UNIT_SLIP, message, [report], [evidence(report, span)])
        yield from _clock_slips(context, report)


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


def _clock_slips(context: Context, report: str) -> Iterator[Finding]:
    """The clock times with another zone's in brackets that no zone of the place has."""
    text = context.reports[report].text
    for match in _CLOCK.finditer(text):
        hours = _hours_ahead(match)
        place = _place_before(context, report, match.start())
        if hours * 4 % 1 == 0 and (place is None or _apart_on_the_clock(hours, place.lon or 0.0) <= thresholds.ZONE_HOURS):
            continue
        where = f" in {place.name}" if place else ""
        message = f"{context.name(report)} prints two hours as one that are not the same{where}: “{match[0]}”."
        yield context.finding(UNIT_SLIP, message, [report], [evidence(report, match.span())])


def _hours_ahead(match: re.Match[str]) -> float:
    """By how many hours the printed clock is ahead of Greenwich's, 0 to 24."""
    hour = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0)
    minutes = hour * 60 + int(match["minute"] or 0) - int(match["utc"][:2]) * 60 - int(match["utc"][-2:])
    return minutes / 60 % 24


def _apart_on_the_clock(hours: float, longitude: float) -> float:
    """How far a clock is from the sun's at a longitude, in hours."""
    apart = abs(hours - longitude / 15) % 24
    return min(apart, 24 - apart)


def _place_before(context: Context, report: str, at: int) -> Place | None:
    """The last place of the sentence before a time, if its longitude is known."""
    start = max((s for s, e in context.sentences(report) if s <= at < e), default=at)
    known = [p for p in context.mentions[report].places if start <= p.start < at and p.lon is not None and p.kind == "city"]
    return known[-1] if known else None


def _stands_in_brackets(figure: Figure, other: Figure, text: str) -> bool:
    return text[figure.end : other.start].strip() in ("(", "[") and text[other.end : other.end + 1] in (")", "]")


def _is_conversion(figure: Figure, other: Figure) -> bool:
    """Whether two figures are in two units of one dimension."""
    return bool(figure.unit and other.unit and figure.unit != other.unit and same_dimension(figure.unit, other.unit))


def _is_off(figure: Figure, other: Figure) -> bool:
    (one, unit), (two, _) = to_base(figure.value, figure.unit or ""), to_base(other.value, other.unit or "")
    if unit == "degC":
        return abs(one - two) > max(thresholds.SLIP_DEGREES, thresholds.SLIP * abs(one)) and not _is_rise(figure, other)
    return abs(one - two) > thresholds.SLIP * max(abs(one), abs(two)) and not (_rounds(figure, other) or _rounds(other, figure))


def _converted(figure: Figure, other: Figure) -> float:
    """What a figure is in the unit of the other, to two digits."""
    zero, one = (to_base(value, other.unit or "")[0] for value in (0.0, 1.0))
    return float(f"{(to_base(figure.value, figure.unit or '')[0] - zero) / (one - zero):.2g}")


def _rounds(figure: Figure, other: Figure) -> bool:
    """Whether a figure is another one to the last place that it prints: one pound for 0.4 kilograms."""
    places = len(f"{figure.value:.10g}".partition(".")[2])
    value: float = to_base(other.value, other.unit or "")[0] / to_base(1.0, figure.unit or "")[0]
    return abs(value - figure.value) <= 0.5 * 0.1**places


def _is_rise(figure: Figure, other: Figure) -> bool:
    """Whether two temperatures fit as the difference of two, which nobody prints for a large one."""
    zero, zeros = to_base(0.0, figure.unit or "")[0], to_base(0.0, other.unit or "")[0]
    one, two = (to_base(f.value, f.unit or "")[0] - z for f, z in ((figure, zero), (other, zeros)))
    return abs(one) <= thresholds.RISE_DEGREES and abs(one - two) <= 2 * thresholds.SLIP * max(abs(one), abs(two))
