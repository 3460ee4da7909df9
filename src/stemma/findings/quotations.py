"""Quotations: altered between a copy and what it was copied from, or one utterance put into English twice."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from stemma.descent.telling import same_outlet
from stemma.findings.context import Context, CopyPair, evidence
from stemma.findings.foreign import foreign_variants, one_utterance
from stemma.findings.make import make
from stemma.findings.occasions import is_one_occasion
from stemma.findings.speakers import are_two_named, other_speakers
from stemma.findings.taken import Taken, dropped_with_quotation, taken_quotations
from stemma.findings.utterances import LONGER, Quoted, Rendering, is_reworded, quoted, renderings, stems
from stemma.tables import Finding, Span

ALTERED = 0.55
"""Least share of common words in order: below, a copy quotes another sentence."""
SURE = 0.8
"""The same where it is not sure who copied whom, and nobody names a source of both: two prints may quote two occasions."""
RUN = 4
"""Words in a row that both print, unless nearly all are common: "I told her" begins many a sentence."""
SENTENCE = 10
"""Words from which a quotation is a sentence that was said: a phrase in marks may be anybody's, and said again."""
BESIDE = 2
"""Roots in common under which two renderings of a third are of two parts of it."""


def quotation_findings(context: Context, translated: Collection[str]) -> list[Finding]:
    """Return altered quotations and speakers along copy pairs, and variants of one utterance between unrelated reports.

    `translated` are reports that a program put into English.
    """
    said = quoted(context)
    found = renderings(said)
    others = other_speakers(context, said, found)
    pairs = [r for r in found if r.changed and not are_two_named(context, r)]
    taken = taken_quotations(context, found)
    altered = list(_altered(context, said, pairs, taken))
    known = {(e.report, e.start) for f in altered for e in f.evidence[:1]}
    apart = [r for r in pairs if not {(q.report, q.span[0]) for q in (r.a, r.b)} & known]
    variants = list(_variants(context, said, apart))
    shown = {(e.report, e.start) for f in (*altered, *variants) for e in f.evidence}
    foreign = foreign_variants(context, said, translated, shown)
    return [*altered, *variants, *foreign, *others, *dropped_with_quotation(context, taken, said)]


def _altered(context: Context, said: Sequence[Quoted], pairs: Sequence[Rendering], taken: Sequence[Taken]) -> Iterator[Finding]:
    copies = {(p.copy, p.original): p for p in context.copy_pairs}
    had = {(t.copy, t.original): t.why for t in taken}
    printed = {(t.copy.report, t.original.report) for t in taken if t.told}
    shown: set[tuple[str, int]] = set()
    for r in pairs:
        for copy, original in ((r.a, r.b), (r.b, r.a)):
            pair = copies.get((copy.report, original.report))
            why = had.get((copy, original))
            if pair is None and not why and (copy.report, original.report) in printed and r.alike >= SURE:
                why = "whose interview it prints"
            if why:
                pair = CopyPair(copy.report, original.report, False, True)
            if pair is None or r.alike < (ALTERED if pair.sure else SURE) or (r.alike < SURE and not why and not _is_one(r)):
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
            yield _alteration(context, pair, copy, original, changed, alone, why)


def _alteration(
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
    return make(context, "altered quotation", "high", message, reports, proof)


def _kinship(pair: CopyPair) -> str:
    return "which prints the same source" if pair.possible else "which it copied"


def _is_one(rendering: Rendering) -> bool:
    """Whether two quotations that are not near each other are one still: words in a row in common, and one length."""
    lengths = sorted((len(rendering.a.words), len(rendering.b.words)))
    return rendering.run >= RUN and lengths[1] <= LONGER * lengths[0]


def _is_printed_elsewhere(context: Context, said: Sequence[Quoted], copy: Quoted, original: Quoted) -> bool:
    """A quotation that an unrelated report prints to the letter was not altered by the copy."""
    others = (q for q in said if q.report != copy.report and not context.related(q.report, original.report))
    return any(_prints(q, copy) for q in others)


def _is_odd_one(said: Sequence[Quoted], one: Quoted, other: Quoted) -> bool:
    """Of two prints of one source, the one that stands alone with its words was altered."""
    reports = [{q.report for q in said if _prints(q, version)} for version in (one, other)]
    return len(reports[0]) == 1 and len(reports[1]) > 1


def _prints(quoted: Quoted, version: Quoted) -> bool:
    return f" {' '.join(version.words)} " in f" {' '.join(quoted.words)} "


def _explained(context: Context, said: Sequence[Quoted], one: Quoted, other: Quoted) -> bool:
    """Whether a relative of `one`, or its own newsroom on another day, prints the words of `other`.

    Then `one` was altered on the way, or said on another occasion, and is no second rendering.
    """
    outlet = context.reports[one.report].outlet
    kin = (
        q
        for q in said
        if q.report != one.report
        and (context.related(q.report, one.report) or same_outlet(outlet, context.reports[q.report].outlet))
    )
    return any(q.words == other.words or _within(q.words, other.words) for q in kin if q.report != other.report)


def _within(one: Sequence[str], other: Sequence[str]) -> bool:
    short, long = sorted((" ".join(one), " ".join(other)), key=len)
    return f" {short} " in f" {long} "


def _variants(context: Context, said: Sequence[Quoted], pairs: Sequence[Rendering]) -> Iterator[Finding]:
    """One finding an utterance: the reports that render it, of which no two of the differing ones copied each other."""
    verbatim = _with_the_same_words(said)
    apart = [
        r
        for r in pairs
        if r.a.source
        and r.a.source == r.b.source
        and is_reworded(r)
        and min(len(r.a.words), len(r.b.words)) >= SENTENCE
        and not context.related(r.a.report, r.b.report)
        and (r.a.report, r.b.report) not in verbatim
        and is_one_occasion(context, r.a, r.b, r.alike >= SURE)
        and not _explained(context, said, r.a, r.b)
        and not _explained(context, said, r.b, r.a)
    ]
    for joined in _all_alike(apart):
        yield one_utterance(context, _one_an_origin(context, joined), "separate translations, or quoted from memory")


def _with_the_same_words(said: Sequence[Quoted]) -> set[tuple[str, str]]:
    """The pairs of reports that print another quotation in the same words: they have one rendering, and did not render alone."""
    held: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for q in said:
        if len(q.words) >= SENTENCE:
            held[q.words].add(q.report)
    return {(a, b) for reports in held.values() for a in reports for b in reports if a != b}


def _all_alike(pairs: Sequence[Rendering]) -> list[list[Quoted]]:
    """Groups of quotations that render one utterance, each quotation in one group.

    One that renders the first of them is in; not so the first half of what the first prints beside the second half.
    """
    kin: dict[Quoted, set[Quoted]] = defaultdict(set)
    for r in pairs:
        kin[r.a].add(r.b)
        kin[r.b].add(r.a)
    groups, used = [], set[Quoted]()
    for first in sorted(kin, key=_place):
        group = [first]
        for other in sorted(kin[first] - used, key=_place):
            if all(len(stems(other) & stems(k)) >= BESIDE for k in group):
                group.append(other)
        if first not in used and len(group) > 1:
            groups.append(group)
            used.update(group)
    return groups


def _place(quoted: Quoted) -> tuple[str, Span]:
    return quoted.report, quoted.span


def _one_an_origin(context: Context, joined: Sequence[Quoted]) -> list[Quoted]:
    """The quotations without those of a report that has its words from where an earlier one has them."""
    kept: list[Quoted] = []
    for row in joined:
        if not any(row.report != k.report and context.related(row.report, k.report) for k in kept):
            kept.append(row)
    return kept
