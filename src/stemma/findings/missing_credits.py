"""Words of another report, or of a lost source, whose author, or to whom they were said, the copy does not name."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from stemma.descent.telling import plain_name, same_outlet
from stemma.findings import thresholds
from stemma.findings.context import Context, CopyPair, evidence
from stemma.findings.kinds import DROPPED_CREDIT, UNCREDITED_COPY
from stemma.findings.taken_quotations import TakenQuotation, credits_another, said_to_pattern, short_name_pattern
from stemma.findings.utterances import Quoted
from stemma.reports.agencies import agency_of
from stemma.tables import Derivation, Evidence, Finding, Span, Witness
from stemma.text.data import rows

STATEMENT = re.compile(
    r"\b(?:statement|press release|communiqu[ée]|press office|announcement|transcript)\b",
    re.IGNORECASE,
)
"""The words that follow are a statement."""
RELEASE = re.compile(r"\b(?:(?:press|media|news) release\w*|communiqu[ée])\b", re.IGNORECASE)
"""A report prints what somebody gave out."""
NAMED_OTHERWISE = re.compile(
    r"\b(?:verif\w*|confirm\w*|told|tells|ask\w*|spoke\w*|speak\w*|interview\w*|call\w*|contact\w*|comment|reached"
    r"|pictures?|photo\w*|images?|video|footage|seen|visit\w*|saw|allowed|email\w*|wrote to|reviewed|obtained"
    r"|bought)\b",
    re.IGNORECASE,
)
"""A report speaks of another newsroom, but for other reasons than to name it as the author of words."""
AGENCIES = re.compile(r"\b(?:agenc(?:y|ies)|wires?|wire services?)\b", re.IGNORECASE)
"""A byline names agencies without a name."""
_REPORTED = r"(?:report(?:ed|s)|reveal(?:ed|s)|disclose[ds]|wrote|writes|broke the story)"
_SHOWN = 4
"""Passages shown as proof."""


def uncredited_copies(context: Context) -> Iterator[Finding]:
    """Yield the reports that took words from a report, or from a lost source that credits name, and do not name their author."""
    witnesses = {w.id: w for w in context.traced.witnesses}
    for edge in context.traced.derivations:
        parent = witnesses[edge.parent]
        if not parent.name or edge.child not in context.reports or not _is_surely_taken(context, edge, parent):
            continue
        if _gives_its_source(context, edge, parent.name) or (parent.report is None and not _stands_in_a_print(context, edge)):
            continue
        outlet = context.reports[edge.child].outlet
        proof = _passages(context, edge)
        if not proof or (edge.share < thresholds.WHOLE_SHARE and _is_given_out(context, proof)):
            continue
        where = "a lost source" if parent.report is None else "a report of the collection"
        message = (
            f"{context.name(edge.child)} takes {edge.share:.0%} of its words ({edge.kind}) from {parent.name}, {where}, "
            "and does not name it as their author."
        )
        severity = "high" if edge.share >= thresholds.GRAVE_SHARE else "medium"
        if not outlet:
            message, severity = f"Possible: {message} Who published it is not known.", "low"
        yield context.finding(UNCREDITED_COPY, message, [edge.child], proof, severity=severity)


def _is_surely_taken(context: Context, edge: Derivation, parent: Witness) -> bool:
    """Whether enough of a copy was taken from a parent of another outlet, and the dates do not speak against it."""
    outlet = context.reports[edge.child].outlet
    if same_outlet(parent.name, outlet) or edge.share < thresholds.COPIED_SHARE or edge.probability < thresholds.DIRECTED:
        return False
    if not outlet and edge.share >= thresholds.UNKNOWN_OUTLET_SHARE:
        return False
    if edge.kind == "rewrite" and edge.share < thresholds.REWRITTEN_SHARE:
        return False
    # An agency's page is dated anew as its story grows.
    return parent.report is None or agency_of(parent.name or "") is not None or not context.is_earlier(edge.child, parent.report)


def _gives_its_source(context: Context, edge: Derivation, name: str) -> bool:
    """Whether a copy says in any way whose words it prints, or the author has no name that it could give."""
    if edge.credited or _is_nameless(name) or _credits_its_author(context, edge):
        return True
    if edge.kind == "rewrite" and said_to_pattern(name).search(context.reports[edge.child].text):
        # A newsroom's own words over another's interview, which it names as such.
        return True
    if edge.parent not in context.reports and credits_another(context, edge.child):
        return True
    given = _names_a_release(context, edge.child) or _names_agencies(context, edge.child)
    return given or _is_named_as_source(context, edge.child, name)


def _is_named_as_source(context: Context, report: str, name: str) -> bool:
    """Whether a report speaks of the author, but to say that it could not verify, was told, or took a picture."""
    name = re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE)
    named = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    # Its first word is enough where it reports: "the daily Ostmark reported" is the Ostmark Courier.
    first = rf"(?<!\w){re.escape(name.split()[0])}(?!\w)"
    reports = re.compile(rf"{first}(?:\s\w+)?\s(?:first )?{_REPORTED}\b|\b(?:according to|reported by) (?:the )?{first}")
    sentences = [context.words(report, s) for s in context.sentences(report)]
    return any((named.search(s) and not NAMED_OTHERWISE.search(s)) or reports.search(s) for s in sentences)


def _credits_its_author(context: Context, edge: Derivation) -> bool:
    """Whether a copy names the agency whose words its original is made of: the author, if not the page it came from."""
    named = {t.id: [c.name for c in t.credits if c.whole and c.name] for t in context.traced.tellings}
    return any(same_outlet(one, other) for one in named[edge.child] for other in named.get(edge.parent, ()))


def _names_agencies(context: Context, report: str) -> bool:
    """Whether a report says above its text that agencies wrote it, if not which ("From wire services")."""
    lines = [t.report.text[: t.words.span(0, 1)[0]] for t in context.traced.tellings if t.id == report]
    return any(AGENCIES.search(line) for line in lines)


def _is_given_out(context: Context, proof: Sequence[Evidence]) -> bool:
    """Whether each side prints the words as a statement that somebody gave out: then neither has them from the other."""
    first: dict[str, int] = {}
    for e in proof:
        first[e.report] = min(e.start, first.get(e.report, e.start))
    before = [context.words(r, (max(0, at - thresholds.STATEMENT_BEFORE), at)) for r, at in first.items()]
    return len(first) > 1 and all(STATEMENT.search(words) for words in before)


def _names_a_release(context: Context, report: str) -> bool:
    """Whether a report says that it prints what somebody gave out: then its readers know whose words they are."""
    return RELEASE.search(context.reports[report].text) is not None


def _stands_in_a_print(context: Context, edge: Derivation) -> bool:
    """Whether half of what a copy took from a lost source stands in a report that credits that source.

    What two reports have in common that both name nobody may come from anywhere.
    """
    prints = {d.child for d in context.traced.derivations if d.parent == edge.parent and d.credited}
    words: set[int] = set()
    for copy, other in context.shared.get(edge.child, ()):
        if other.report in prints:
            words.update(range(copy.start, copy.end))
    body = sum(p.end - p.start for p in context.paragraphs[edge.child])
    return len(words) >= thresholds.CREDITED_PRINT_SHARE * edge.share * body


@lru_cache(maxsize=1)
def _nameless() -> frozenset[str]:
    """The names of data/nameless.txt, folded."""
    return frozenset(plain_name(name) for (name,) in rows("findings", "nameless.txt"))


def _is_nameless(name: str) -> bool:
    """Whether a credit names nobody in particular: "wire services"."""
    return plain_name(name) in _nameless()


def _passages(context: Context, edge: Derivation) -> list[Evidence]:
    """The longest passages that the copy shares with the parent or with its other heirs, each once, with the other side."""
    kin = {d.child for d in context.traced.derivations if d.parent == edge.parent} | {edge.parent, edge.child}
    rows: dict[Evidence, Evidence] = {}
    for copy, other in context.shared.get(edge.child, ()):
        if other.report in kin:
            rows.setdefault(copy, other)
    longest = sorted(rows, key=lambda e: (e.start - e.end, e.start))[:_SHOWN]
    return [side for copy in longest for side in (copy, rows[copy])]


def dropped_credits(context: Context, said: Sequence[Quoted], taken: Sequence[TakenQuotation]) -> Iterator[Finding]:
    """Yield the copies of a passage, and the prints of a quotation, that leave out the newsroom to which the words were said.

    `said` are the story's quotations, `taken` those that one newsroom has from another.
    """
    in_copies = list(_dropped_in_copies(context))
    yield from in_copies
    told = {f.reports for f in in_copies}
    yield from (f for f in _dropped_with_quotation(context, said, taken) if f.reports not in told)


def _dropped_in_copies(context: Context) -> Iterator[Finding]:
    """What somebody "told the Courier" is in the copy only said: the newsroom that got the words is gone."""
    for pair in context.copy_pairs:
        outlet = context.reports[pair.original].outlet
        if not outlet or pair.possible:
            continue
        pattern = said_to_pattern(outlet)
        for match in pattern.finditer(context.reports[pair.original].text):
            copied = _copied_around(context, pair, match.span())
            if copied and not re.search(short_name_pattern(outlet), context.reports[pair.copy].text):
                message = (
                    f"{context.name(pair.copy)} copies words that were said to {outlet} "
                    f"(“{match.group()}”) and leaves out to whom."
                )
                proof = [evidence(pair.original, match.span()), copied]
                yield context.finding(DROPPED_CREDIT, message, [pair.copy], proof)
                break


def _dropped_with_quotation(context: Context, said: Sequence[Quoted], taken: Sequence[TakenQuotation]) -> Iterator[Finding]:
    """A finding for each report that prints what was said to another newsroom and nowhere names it."""
    seen = set()
    for t in taken:
        outlet = context.reports[t.original.report].outlet
        copy = t.copy.report
        if not t.said_to or not outlet or copy in seen or re.search(short_name_pattern(outlet), context.reports[copy].text):
            continue
        if credits_another(context, copy) or _was_printed_before(context, said, t):
            continue
        seen.add(copy)
        message = (
            f"{context.name(copy)} prints words that were said to {outlet} "
            f"(“{context.words(t.original.report, t.said_to)}”) and leaves out to whom."
        )
        proof = [evidence(t.original.report, t.said_to), evidence(copy, t.copy.span)]
        yield context.finding(DROPPED_CREDIT, message, [copy], proof)


def _copied_around(context: Context, pair: CopyPair, span: Span) -> Evidence | None:
    """Where the copy prints the paragraph in which the original names itself."""
    held = context.shared.get(pair.original, ())
    near = thresholds.CREDIT_NEAR
    around = (c for one, c in held if c.report == pair.copy and one.start - near <= span[0] <= one.end + near)
    return next(around, None)


def _was_printed_before(context: Context, said: Sequence[Quoted], taken: TakenQuotation) -> bool:
    """Whether a third report had the words earlier: then they were not said to the one newsroom alone."""
    words = " ".join(taken.original.words)
    return any(
        words in " ".join(q.words) and context.is_earlier(q.report, taken.original.report)
        for q in said
        if q.report not in (taken.copy.report, taken.original.report)
    )
