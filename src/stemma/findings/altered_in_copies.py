"""Quotations of which a copy, or a report that has them from another alone, changed words."""

import re
from collections.abc import Iterator, Sequence

from stemma.findings import thresholds
from stemma.findings.changed_sense import is_slip
from stemma.findings.context import Context, CopyPair, evidence
from stemma.findings.dropped_credits import TakenQuotation
from stemma.findings.kinds import ALTERED_QUOTATION
from stemma.findings.utterances import Quoted, Rendering, Told, surnames
from stemma.tables import Evidence, Finding
from stemma.text.normal import fold

_STATEMENT = re.compile(r"\b(?:statement|spokes\w+|press release)\b", re.IGNORECASE)
_SHOWN = 4
"""Changed places that a message spells out."""


def altered_in_copies(
    context: Context, said: Sequence[Quoted], apart: Sequence[Rendering], taken: Sequence[TakenQuotation], told: Told
) -> Iterator[Finding]:
    """Yield the quotations of which a copy, or a report that has the quotation alone from another, changed words.

    What is found is added to what is `told`.
    """
    copies = {(p.copy, p.original): p for p in context.copy_pairs}
    had = {(t.copy, t.original): t.why for t in taken}
    printed = {(t.copy.report, t.original.report) for t in taken if t.said_to}
    originals = []
    for r in (r for r in apart if not all(is_slip(*c) for c in r.changed)):
        for copy, original in ((r.a, r.b), (r.b, r.a)):
            pair = copies.get((copy.report, original.report))
            why = had.get((copy, original))
            if pair is None and not why and (copy.report, original.report) in printed and r.alike >= thresholds.NEARLY_ALIKE:
                why = "whose interview it prints"
            if not why and not (pair and _was_copied(context, pair, r, copy, original)):
                continue
            if _is_printed_elsewhere(context, said, copy, original):
                continue
            possible = bool(pair and pair.possible and not why)
            if possible and _is_odd_one(said, original, copy):
                copy, original = original, copy
            # Two prints of one source that differ are said once, and so is a quotation that differs from several.
            if told.has(copy, original) or (possible and told.has(original, copy)):
                continue
            told.add(copy, original)
            originals.append((original, copy))
            changed = tuple(c if copy is r.a else (c[1], c[0]) for c in r.changed if not is_slip(*c))
            alone = possible and not _is_odd_one(said, copy, original)
            yield _alteration_finding(context, pair, copy, original, changed, alone, why)
    for original, copy in originals:
        told.add(original, copy)


def _was_copied(context: Context, pair: CopyPair, r: Rendering, copy: Quoted, original: Quoted) -> bool:
    """Whether a copy has a quotation from its original: it took nearly all, or the words beside the quotation too.

    Two papers that share some of their telling may each have heard the speaker.
    """
    if not pair.sure and r.alike < thresholds.NEARLY_ALIKE:
        return False
    if pair.possible and not (r.a.source and r.a.source == r.b.source):
        # Two banners, or two strangers: only one speaker's words were altered on the way.
        return False
    if pair.possible and not all(_is_from_the_lost_source(context, pair, q) for q in (copy, original)):
        return False
    if r.alike < thresholds.NEARLY_ALIKE and not _is_one_utterance(r):
        return False
    if not pair.is_near and any(is_given_out(context, q) for q in (copy, original)):
        return False
    # That most of a report is from a lost source says nothing of what another print of that has besides.
    near = pair.is_near and not pair.possible
    return near or context.is_copied_beside(evidence(copy.report, copy.span), evidence(original.report, original.span))


def _is_from_the_lost_source(context: Context, pair: CopyPair, quoted: Quoted) -> bool:
    """Whether a report that gives only some of its words to a lost source names it beside a quotation, and not as the speaker."""
    lost, speaker = pair.edge.parent, context.sources.get(quoted.source or "")
    cited = context.citations(quoted.report, lost)
    paragraph = context.paragraph(quoted.report, quoted.span[0])
    if not cited or paragraph is None:
        return True
    name = next((fold(w.name or "") for w in context.traced.witnesses if w.id == lost), "")
    marks = [(q.start, q.end) for q in context.mentions[quoted.report].quotations]
    outside = [at for at in cited if paragraph.start <= at < paragraph.end and not any(s <= at < e for s, e in marks)]
    return bool(outside) and not (speaker and name in surnames(speaker))


def is_given_out(context: Context, quoted: Quoted) -> bool:
    """Return whether a quotation is what an organisation gave out, to each newsroom perhaps another version."""
    source = context.sources.get(quoted.source or "")
    beside = context.words(quoted.report, context.sentence_at(quoted.report, quoted.span[0]))
    return bool(_STATEMENT.search(beside) or (source and not surnames(source)))


def _alteration_finding(
    context: Context,
    pair: CopyPair | None,
    copy: Quoted,
    original: Quoted,
    changed: Sequence[tuple[str, str]],
    alone: bool,
    why: str | None,
) -> Finding:
    """The finding; it names both reports when each of two prints of one source stands `alone` with its words."""
    other = context.name(original.report)
    message = (
        f"Inside the quotation marks of {context.name(copy.report)} words differ from those of {other}, "
        f"{why or (pair and kinship(pair))}: {_changes(changed)}."
    )
    proof = [evidence(copy.report, copy.span), evidence(original.report, original.span)]
    reports = [copy.report, original.report] if alone else [copy.report]
    # What a newsroom was told alone is had from it; how surely, no derivation says.
    return alteration(context, message, reports, proof, context.severity(ALTERED_QUOTATION, pair) if pair else "medium")


def alteration(context: Context, message: str, reports: Sequence[str], proof: Sequence[Evidence], severity: str) -> Finding:
    """Return the finding that words inside quotation marks are others than those that were said, or copied."""
    return context.finding(ALTERED_QUOTATION, message, reports, proof, severity=severity)


def _changes(changed: Sequence[tuple[str, str]]) -> str:
    """What became of the words: each place as (of the copy, of the original)."""
    told = []
    for copy, original in changed[:_SHOWN]:
        if not copy:
            told.append(f"“{original}” was dropped")
        elif not original:
            told.append(f"“{copy}” was added")
        else:
            told.append(f"“{original}” became “{copy}”")
    return "; ".join(told)


def kinship(pair: CopyPair) -> str:
    """Return how an original stands to its copy, for a message."""
    return "which prints the same source" if pair.possible else "which it copied"


def _is_one_utterance(rendering: Rendering) -> bool:
    """Whether two quotations that are not near each other are one still: words in a row in common, and one length."""
    lengths = sorted((len(rendering.a.words), len(rendering.b.words)))
    return rendering.run >= thresholds.ALTERED_RUN and lengths[1] <= thresholds.LONGER * lengths[0]


def _is_printed_elsewhere(context: Context, said: Sequence[Quoted], copy: Quoted, original: Quoted) -> bool:
    """Whether the copy did not invent its words: an unrelated report quotes them, or each of the two prints both wordings."""
    others = (q for q in said if q.report != copy.report and not context.related(q.report, original.report))
    if any(_holds_the_words(q, copy) for q in others):
        return True
    return _prints(context, original.report, copy) or _prints(context, copy.report, original)


def _prints(context: Context, report: str, quoted: Quoted) -> bool:
    """Whether a report prints the words of a quotation anywhere, in marks or not."""
    return f" {' '.join(quoted.words)} " in context.plain_text(report)


def _is_odd_one(said: Sequence[Quoted], one: Quoted, other: Quoted) -> bool:
    """Of two prints of one source, the one that stands alone with its words was altered."""
    reports = [{q.report for q in said if _holds_the_words(q, version)} for version in (one, other)]
    return len(reports[0]) == 1 and len(reports[1]) > 1


def _holds_the_words(quoted: Quoted, version: Quoted) -> bool:
    return f" {' '.join(version.words)} " in f" {' '.join(quoted.words)} "
