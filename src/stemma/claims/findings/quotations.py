"""Quotations: altered between a copy and what it was copied from, or one utterance put into English twice."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from stemma.claims.context import Context, evidence
from stemma.claims.findings.make import make
from stemma.claims.utterances import Quoted, Rendering, quoted, renderings
from stemma.tables import Finding

ALTERED = 0.55
"""Least share of common words in order: below, a copy quotes another sentence."""


def quotation_findings(context: Context) -> list[Finding]:
    """Return altered quotations along copy pairs, and variants of one utterance between unrelated reports."""
    pairs = [r for r in renderings(quoted(context)) if r.changed]
    return [*_altered(context, pairs), *_variants(context, pairs)]


def _altered(context: Context, pairs: Sequence[Rendering]) -> Iterator[Finding]:
    copies = {(p.copy, p.original): p for p in context.copy_pairs()}
    for r in pairs:
        for copy, original in ((r.a, r.b), (r.b, r.a)):
            pair = copies.get((copy.report, original.report))
            if pair is None or r.alike < ALTERED or _is_printed_elsewhere(context, copy.words, original.report):
                continue
            flipped = r.changed if copy is r.a else tuple((y, x) for x, y in r.changed)
            shown = "; ".join(f"“{y or '…'}” became “{x or 'nothing'}”" for x, y in flipped[:4])
            message = (
                f"Inside the quotation marks of {context.name(copy.report)} words differ from {context.name(original.report)}, "
                f"which {'prints the same source' if pair.possible else 'it copied'}: {shown}."
            )
            proof = [evidence(copy.report, copy.span), evidence(original.report, original.span)]
            yield make(context, "altered quotation", "high", message, [copy.report], proof)


def _is_printed_elsewhere(context: Context, words: Sequence[str], original: str) -> bool:
    """A quotation that an unrelated report prints to the letter was not altered by the copy."""
    return any(q.words == words and not context.related(q.report, original) for q in quoted(context))


def _explained(context: Context, said: Sequence[Quoted], one: Quoted, other: Quoted) -> bool:
    """When a relative of `one` prints the words of `other`, `one` was altered on the way and is no second rendering."""
    relatives = (q for q in said if q.report != one.report and context.related(q.report, one.report))
    return any(q.words == other.words or _within(q.words, other.words) for q in relatives)


def _within(one: Sequence[str], other: Sequence[str]) -> bool:
    short, long = sorted((" ".join(one), " ".join(other)), key=len)
    return f" {short} " in f" {long} "


def _variants(context: Context, pairs: Sequence[Rendering]) -> Iterator[Finding]:
    """One finding an utterance: the reports that render it, of which no two of the differing ones copied each other."""
    said = quoted(context)
    apart = [
        r
        for r in pairs
        if r.a.source
        and r.a.source == r.b.source
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
