"""Copies: without credit, and put into English by a program."""

import re
from collections.abc import Iterator

from stemma.claims.context import Context, CopyPair, evidence
from stemma.claims.findings.make import make
from stemma.descent.translation import probability
from stemma.tables import BODY, Derivation, Evidence, Finding, Span

LEAST_SHARE = 0.15
SURE = 0.55
"""From here it is known who copied whom; two undated prints of one text prove a copy and no direction."""
SHOWN = 4
"""Passages shown as proof."""
NEAR = 60
"""Code points between a name and the copied passage that it belongs to."""


def copy_findings(context: Context) -> list[Finding]:
    """Return uncredited copies, dropped credits and machine translations."""
    return [*_uncredited(context), *_dropped_credits(context), *_translated(context)]


def _uncredited(context: Context) -> Iterator[Finding]:
    witnesses = {w.id: w for w in context.traced.witnesses}
    for edge in context.traced.derivations:
        parent = witnesses[edge.parent]
        if edge.child not in context.reports or edge.credited or not parent.name or edge.share < LEAST_SHARE or edge.probability < SURE:
            continue
        proof = _passages(context, edge)
        if not proof:
            continue
        where = "a lost source" if parent.report is None else "a report of the collection"
        message = (
            f"{context.name(edge.child)} takes {edge.share:.0%} of its words ({edge.kind}) from {parent.name}, {where}, "
            "and does not name it as their author."
        )
        yield make(
            context,
            "uncredited copy",
            "high" if edge.share >= 0.5 else "medium",
            message,
            [edge.child],
            proof,
        )


def _passages(context: Context, edge: Derivation) -> list[Evidence]:
    """The longest passages that the copy shares with the parent or with its other heirs, each once, with the other side."""
    kin = {d.child for d in context.traced.derivations if d.parent == edge.parent} | {edge.parent, edge.child}
    rows: dict[Evidence, Evidence] = {}
    for a in context.traced.alignments:
        sides = Evidence(a.a_report, a.a_start, a.a_end), Evidence(a.b_report, a.b_start, a.b_end)
        if {side.report for side in sides} <= kin and edge.child in (sides[0].report, sides[1].report):
            copy, other = sides if sides[0].report == edge.child else sides[::-1]
            rows.setdefault(copy, other)
    longest = sorted(rows, key=lambda e: (e.start - e.end, e.start))[:SHOWN]
    return [side for copy in longest for side in (copy, rows[copy])]


def _dropped_credits(context: Context) -> Iterator[Finding]:
    """What somebody "told the Courier" is in the copy only said: the newsroom that got the words is gone."""
    for pair in context.copy_pairs():
        outlet = context.reports[pair.original].outlet
        if not outlet or pair.possible:
            continue
        pattern = told(outlet)
        for match in pattern.finditer(context.reports[pair.original].text):
            copied = _copied_around(context, pair, match.span())
            if copied and not re.search(_names(outlet), context.reports[pair.copy].text):
                message = (
                    f"{context.name(pair.copy)} copies words that were said to {outlet} "
                    f"(“{match.group()}”) and leaves out to whom."
                )
                proof = [evidence(pair.original, match.span()), copied]
                yield make(context, "dropped credit", "medium", message, [pair.copy], proof)
                break


def told(outlet: str) -> re.Pattern[str]:
    """Return a pattern of the ways in which a report says that words were said to its own newsroom."""
    return re.compile(
        rf"\b(?:told|tells|said to|spoke to|speaking to|interview with|wrote to|asked by) (?:the )?(?:{_names(outlet)})\b"
    )


def _names(outlet: str) -> str:
    """The outlet's name, and the last word of it, as a report calls itself: "the Courier"."""
    last = outlet.split()[-1]
    return "|".join(re.escape(n) for n in dict.fromkeys([outlet, last]) if len(n) > 3 and n[0].isupper()) or re.escape(
        outlet
    )


def _copied_around(context: Context, pair: CopyPair, span: Span) -> Evidence | None:
    """Where the copy prints the paragraph in which the original names itself."""
    for a in context.traced.alignments:
        for one, other in (
            ((a.a_report, a.a_start, a.a_end), (a.b_report, a.b_start, a.b_end)),
            ((a.b_report, a.b_start, a.b_end), (a.a_report, a.a_start, a.a_end)),
        ):
            if one[0] == pair.original and other[0] == pair.copy and one[1] - NEAR <= span[0] <= one[2] + NEAR:
                return Evidence(*other)
    return None


def _translated(context: Context) -> Iterator[Finding]:
    for telling in context.traced.tellings:
        sure = probability(telling.translated)
        if sure < 0.6:
            continue
        blocks = [b for b in telling.blocks if b.role in BODY]
        signs = sorted(telling.translated, key=lambda s: (-s.weight, s.paragraph, s.span))[:8]
        proof = [
            evidence(telling.id, (blocks[s.paragraph].start + s.span[0], blocks[s.paragraph].start + s.span[1]))
            for s in signs
        ]
        kinds = sorted({s.what for s in telling.translated})
        message = f"{context.name(telling.id)} reads as put into English by a program: {', '.join(kinds)} ({sure:.0%})."
        yield make(context, "machine translation", "medium", message, [telling.id], proof)
