"""Quotations whose words, or whose speaker, a copy changed."""

from collections.abc import Iterator, Sequence

from stemma.findings import thresholds
from stemma.findings.context import Context, CopyPair, evidence
from stemma.findings.kinds import ALTERED_QUOTATION, OTHER_SPEAKER
from stemma.findings.taken_quotations import TakenQuotation
from stemma.findings.utterances import Quoted, Rendering, are_two_named, differing, surnames
from stemma.tables import Finding
from stemma.text.normal import fold


def altered_quotations(
    context: Context, said: Sequence[Quoted], prints: Sequence[Rendering], taken: Sequence[TakenQuotation]
) -> Iterator[Finding]:
    """Yield the quotations of which a copy, or a report that has the quotation alone from another, changed words.

    `said` are the story's quotations, `prints` their pairs that render one utterance, `taken` those had from another newsroom.
    """
    copies = {(p.copy, p.original): p for p in context.copy_pairs}
    had = {(t.copy, t.original): t.why for t in taken}
    printed = {(t.copy.report, t.original.report) for t in taken if t.said_to}
    shown: set[tuple[str, int]] = set()
    for r in differing(context, prints):
        for copy, original in ((r.a, r.b), (r.b, r.a)):
            pair = copies.get((copy.report, original.report))
            why = had.get((copy, original))
            if pair is None and not why and (copy.report, original.report) in printed and r.alike >= thresholds.NEARLY_ALIKE:
                why = "whose interview it prints"
            if why:
                pair = CopyPair(copy.report, original.report, False, True)
            if pair is None or r.alike < (thresholds.ALTERED_ALIKE if pair.sure else thresholds.NEARLY_ALIKE):
                continue
            if r.alike < thresholds.NEARLY_ALIKE and not why and not _is_one_utterance(r):
                continue
            if pair.possible and not (r.a.source and r.a.source == r.b.source):
                # Two banners, or two strangers: only one speaker's words were altered on the way.
                continue
            if _is_printed_elsewhere(context, said, copy, original):
                continue
            if pair.possible and _is_odd_one(said, original, copy):
                copy, original = original, copy
            # Two prints of one source that differ are said once, and so is a quotation that differs from several.
            if {(copy.report, copy.span[0]), (original.report, original.span[0])} & shown:
                continue
            shown.add((copy.report, copy.span[0]))
            changed = r.changed if copy is r.a else tuple((y, x) for x, y in r.changed)
            alone = pair.possible and not _is_odd_one(said, copy, original)
            yield _alteration_finding(context, pair, copy, original, changed, alone, why)


def _alteration_finding(
    context: Context,
    pair: CopyPair,
    copy: Quoted,
    original: Quoted,
    changed: Sequence[tuple[str, str]],
    alone: bool,
    why: str | None,
) -> Finding:
    """The finding; it names both reports when each of two prints of one source stands `alone` with its words."""
    shown = "; ".join(f"“{y or '…'}” became “{x or 'nothing'}”" for x, y in changed[:4])
    message = (
        f"Inside the quotation marks of {context.name(copy.report)} words differ from "
        f"{context.name(original.report)}, {why or _kinship(pair)}: {shown}."
    )
    proof = [evidence(copy.report, copy.span), evidence(original.report, original.span)]
    reports = [copy.report, original.report] if alone else [copy.report]
    return context.finding(ALTERED_QUOTATION, message, reports, proof)


def _kinship(pair: CopyPair) -> str:
    return "which prints the same source" if pair.possible else "which it copied"


def _is_one_utterance(rendering: Rendering) -> bool:
    """Whether two quotations that are not near each other are one still: words in a row in common, and one length."""
    lengths = sorted((len(rendering.a.words), len(rendering.b.words)))
    return rendering.run >= thresholds.ALTERED_RUN and lengths[1] <= thresholds.LONGER * lengths[0]


def _is_printed_elsewhere(context: Context, said: Sequence[Quoted], copy: Quoted, original: Quoted) -> bool:
    """A quotation that an unrelated report prints to the letter was not altered by the copy."""
    others = (q for q in said if q.report != copy.report and not context.related(q.report, original.report))
    return any(_holds_the_words(q, copy) for q in others)


def _is_odd_one(said: Sequence[Quoted], one: Quoted, other: Quoted) -> bool:
    """Of two prints of one source, the one that stands alone with its words was altered."""
    reports = [{q.report for q in said if _holds_the_words(q, version)} for version in (one, other)]
    return len(reports[0]) == 1 and len(reports[1]) > 1


def _holds_the_words(quoted: Quoted, version: Quoted) -> bool:
    return f" {' '.join(version.words)} " in f" {' '.join(quoted.words)} "


def other_speakers(context: Context, said: Sequence[Quoted], prints: Sequence[Rendering]) -> Iterator[Finding]:
    """Yield the quotations that a copy gives to somebody else, both speakers named beside the words; one a copy and speaker."""
    copies = {(p.copy, p.original): p for p in context.copy_pairs}
    seen: set[tuple[str, str | None]] = set()
    for r in prints:
        pair = copies.get((r.a.report, r.b.report)) or copies.get((r.b.report, r.a.report))
        lengths = sorted((len(r.a.words), len(r.b.words)))
        if r.run < thresholds.SPEAKER_RUN or lengths[1] > thresholds.LONGER * lengths[0]:
            continue
        if pair is None or not are_two_named(context, r) or not _name_their_speakers(context, r):
            continue
        copy, original = (r.a, r.b) if r.a.report == pair.copy else (r.b, r.a)
        if pair.possible and _reports_with_speaker(said, copy) > _reports_with_speaker(said, original):
            copy, original = original, copy
        if (copy.report, copy.source) not in seen:
            seen |= {(copy.report, copy.source), (original.report, original.source)}
            alone = pair.possible and _reports_with_speaker(said, copy) == _reports_with_speaker(said, original)
            yield _speaker_finding(context, pair, copy, original, alone)


def _name_their_speakers(context: Context, rendering: Rendering) -> bool:
    """Whether each print names its own speaker in the quotation's paragraph, and not the other's."""
    near = [_paragraph_words(context, q) for q in (rendering.a, rendering.b)]
    names = [surnames(context.sources[q.source or ""]) for q in (rendering.a, rendering.b)]
    own = all(any(n in near[i] for n in names[i]) for i in (0, 1))
    return own and not any(n in near[1 - i] for i in (0, 1) for n in names[i])


def _paragraph_words(context: Context, quoted: Quoted) -> str:
    paragraph = context.paragraph(quoted.report, quoted.span[0])
    return fold(paragraph.doc.text) if paragraph else ""


def _reports_with_speaker(said: Sequence[Quoted], version: Quoted) -> int:
    return len({q.report for q in said if q.source == version.source and q.words == version.words})


def _speaker_finding(context: Context, pair: CopyPair, copy: Quoted, original: Quoted, alone: bool) -> Finding:
    """The finding; it names both reports when each of two prints of one source stands `alone` with its speaker."""
    names = [context.sources[q.source or ""].name for q in (copy, original)]
    message = (
        f"{context.name(copy.report)} gives to {names[0]} words that {context.name(original.report)}, "
        f"which {'prints the same source' if pair.possible else 'it copied'}, gives to {names[1]}."
    )
    proof = [evidence(copy.report, copy.span), evidence(original.report, original.span)]
    reports = [copy.report, original.report] if alone else [copy.report]
    return context.finding(OTHER_SPEAKER, message, reports, proof)
