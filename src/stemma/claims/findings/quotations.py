"""Quotations: altered between a copy and what it was copied from, or one utterance put into English twice."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from stemma.claims.context import Context, CopyPair, evidence
from stemma.claims.findings.make import make
from stemma.claims.utterances import Quoted, Rendering, is_reworded, quoted, renderings
from stemma.tables import Finding

ALTERED = 0.55
"""Least share of common words in order: below, a copy quotes another sentence."""
SURE = 0.8
"""The same where it is not sure who copied whom, and nobody names a source of both: two prints may quote two occasions."""


def quotation_findings(context: Context) -> list[Finding]:
    """Return altered quotations along copy pairs, and variants of one utterance between unrelated reports."""
    said = quoted(context)
    pairs = [r for r in renderings(said) if r.changed]
    return [*_altered(context, said, pairs), *_variants(context, said, pairs)]


def _altered(context: Context, said: Sequence[Quoted], pairs: Sequence[Rendering]) -> Iterator[Finding]:
    copies = {(p.copy, p.original): p for p in context.copy_pairs()}
    shown: set[frozenset[tuple[str, int]]] = set()
    for r in pairs:
        key = frozenset([(r.a.report, r.a.span[0]), (r.b.report, r.b.span[0])])
        for copy, original in ((r.a, r.b), (r.b, r.a)):
            pair = copies.get((copy.report, original.report))
            if pair is None or key in shown or r.alike < (ALTERED if pair.sure else SURE):
                continue
            if _is_printed_elsewhere(context, said, copy, original):
                continue
            shown.add(key)
            if pair.possible and _is_odd_one(said, original, copy):
                copy, original = original, copy
            yield _alteration(
                context, pair, copy, original, r.changed if copy is r.a else tuple((y, x) for x, y in r.changed)
            )


def _alteration(
    context: Context, pair: CopyPair, copy: Quoted, original: Quoted, changed: Sequence[tuple[str, str]]
) -> Finding:
    shown = "; ".join(f"“{y or '…'}” became “{x or 'nothing'}”" for x, y in changed[:4])
    message = (
        f"Inside the quotation marks of {context.name(copy.report)} words differ from "
        f"{context.name(original.report)}, which {'prints the same source' if pair.possible else 'it copied'}: {shown}."
    )
    proof = [evidence(copy.report, copy.span), evidence(original.report, original.span)]
    return make(context, "altered quotation", "high", message, [copy.report], proof)


def _is_printed_elsewhere(context: Context, said: Sequence[Quoted], copy: Quoted, original: Quoted) -> bool:
    """A quotation that an unrelated report prints to the letter was not altered by the copy."""
    return any(_prints(q, copy) and not context.related(q.report, original.report) for q in said)


def _is_odd_one(said: Sequence[Quoted], one: Quoted, other: Quoted) -> bool:
    """Of two prints of one source, the one that stands alone with its words was altered."""
    reports = [{q.report for q in said if _prints(q, version)} for version in (one, other)]
    return len(reports[0]) == 1 and len(reports[1]) > 1


def _prints(quoted: Quoted, version: Quoted) -> bool:
    return f" {' '.join(version.words)} " in f" {' '.join(quoted.words)} "


def _explained(context: Context, said: Sequence[Quoted], one: Quoted, other: Quoted) -> bool:
    """When a relative of `one` prints the words of `other`, `one` was altered on the way and is no second rendering."""
    relatives = (q for q in said if q.report != one.report and context.related(q.report, one.report))
    return any(q.words == other.words or _within(q.words, other.words) for q in relatives)


def _within(one: Sequence[str], other: Sequence[str]) -> bool:
    short, long = sorted((" ".join(one), " ".join(other)), key=len)
    return f" {short} " in f" {long} "


def _variants(context: Context, said: Sequence[Quoted], pairs: Sequence[Rendering]) -> Iterator[Finding]:
    """One finding an utterance: the reports that render it, of which no two of the differing ones copied each other."""
    apart = [
        r
        for r in pairs
        if r.a.source
        and r.a.source == r.b.source
        and is_reworded(r)
        and not context.related(r.a.report, r.b.report)
        and not _explained(context, said, r.a, r.b)
        and not _explained(context, said, r.b, r.a)
    ]
    groups: dict[tuple[str, int], set[tuple[str, int, int]]] = defaultdict(set)
    for r in apart:
        keys = [(q.report, q.span[0]) for q in (r.a, r.b)]
        joined = {(q.report, *q.span) for q in (r.a, r.b)}.union(*(groups[k] for k in keys))
        for report, start, _ in joined:
            groups[report, start] = joined
    seen: set[frozenset[tuple[str, int, int]]] = set()
    for _, joined in sorted(groups.items()):
        if frozenset(joined) in seen:
            continue
        seen.add(frozenset(joined))
        reports = sorted({report for report, _, _ in joined})
        message = (
            f"{len(reports)} reports that did not copy each other print one utterance in other words inside the marks: "
            f"separate translations, or quoted from memory ({', '.join(context.name(r) for r in reports)})."
        )
        yield make(
            context,
            "translation variants",
            "low",
            message,
            reports,
            [evidence(r, (s, e)) for r, s, e in sorted(joined)],
        )
