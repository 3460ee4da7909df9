"""Copies: without credit, or without the newsroom to which words were said."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from stemma.descent.telling import plain_name, same_outlet
from stemma.findings.context import Context, CopyPair, evidence
from stemma.findings.make import make
from stemma.findings.taken import credits_another, names_of, told
from stemma.findings.wordings import pattern, wording
from stemma.tables import Derivation, Evidence, Finding, Span, Witness
from stemma.text.data import rows

LEAST_SHARE = 0.15
SURE = 0.55
"""From here it is known who copied whom; two undated prints of one text prove a copy and no direction."""
REWRITTEN = 0.6
"""Share of a rewrite's words that must come from the source: what two newsrooms tell of one event is alike too."""
MIXED = 0.6
"""Share from which the page of nobody in particular may be the source's own."""
HELD = 0.5
"""Share of the copied words that must stand in a report that names the lost source."""
GIVEN = 300
"""Code points before copied words in which a report says that they are a statement."""
WHOLE = 0.8
"""Share of its words from which a report is a copy, whatever statement it prints."""
_STATEMENT, _RELEASE, _OTHERWISE = pattern("a statement"), pattern("a release"), pattern("named otherwise")
_AGENCIES, _REPORTED = pattern("agencies"), wording("reported")
SHOWN = 4
"""Passages shown as proof."""
NEAR = 60
"""Code points between a name and the copied passage that it belongs to."""


def copy_findings(context: Context) -> list[Finding]:
    """Return uncredited copies and dropped credits."""
    return [*_uncredited(context), *_dropped_credits(context)]


def _uncredited(context: Context) -> Iterator[Finding]:
    witnesses = {w.id: w for w in context.traced.witnesses}
    for edge in context.traced.derivations:
        parent = witnesses[edge.parent]
        if not parent.name or edge.child not in context.reports or not _is_surely_taken(context, edge, parent):
            continue
        if _gives_its_source(context, edge, parent.name) or (parent.report is None and not _stands_in_a_print(context, edge)):
            continue
        outlet = context.reports[edge.child].outlet
        proof = _passages(context, edge)
        if not proof or (edge.share < WHOLE and _is_given_out(context, proof)):
            continue
        where = "a lost source" if parent.report is None else "a report of the collection"
        message = (
            f"{context.name(edge.child)} takes {edge.share:.0%} of its words ({edge.kind}) from {parent.name}, {where}, "
            "and does not name it as their author."
        )
        severity = "high" if edge.share >= 0.5 else "medium"
        if not outlet:
            message, severity = f"Possible: {message} Who published it is not known.", "low"
        yield make(context, "uncredited copy", severity, message, [edge.child], proof)


def _is_surely_taken(context: Context, edge: Derivation, parent: Witness) -> bool:
    """Whether enough of a copy was taken from a parent of another outlet, and the dates do not speak against it."""
    outlet = context.reports[edge.child].outlet
    if same_outlet(parent.name, outlet) or edge.share < LEAST_SHARE or edge.probability < SURE:
        return False
    if (not outlet and edge.share >= MIXED) or (edge.kind == "rewrite" and edge.share < REWRITTEN):
        return False
    return parent.report is None or not context.is_earlier(edge.child, parent.report)


def _gives_its_source(context: Context, edge: Derivation, name: str) -> bool:
    """Whether a copy says in any way whose words it prints, or the author has no name that it could give."""
    if edge.credited or _is_nameless(name) or _credits_its_author(context, edge):
        return True
    if edge.kind == "rewrite" and told(name).search(context.reports[edge.child].text):
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
    return any((named.search(s) and not _OTHERWISE.search(s)) or reports.search(s) for s in sentences)


def _credits_its_author(context: Context, edge: Derivation) -> bool:
    """Whether a copy names the agency whose words its original is made of: the author, if not the page it came from."""
    named = {t.id: [c.name for c in t.credits if c.whole and c.name] for t in context.traced.tellings}
    return any(same_outlet(one, other) for one in named[edge.child] for other in named.get(edge.parent, ()))


def _names_agencies(context: Context, report: str) -> bool:
    """Whether a report says above its text that agencies wrote it, if not which ("From wire services")."""
    lines = [t.report.text[: t.words.span(0, 1)[0]] for t in context.traced.tellings if t.id == report]
    return any(_AGENCIES.search(line) for line in lines)


def _is_given_out(context: Context, proof: Sequence[Evidence]) -> bool:
    """Whether each side prints the words as a statement that somebody gave out: then neither has them from the other."""
    first: dict[str, int] = {}
    for e in proof:
        first[e.report] = min(e.start, first.get(e.report, e.start))
    before = [context.words(r, (max(0, at - GIVEN), at)) for r, at in first.items()]
    return len(first) > 1 and all(_STATEMENT.search(words) for words in before)


def _names_a_release(context: Context, report: str) -> bool:
    """Whether a report says that it prints what somebody gave out: then its readers know whose words they are."""
    return _RELEASE.search(context.reports[report].text) is not None


def _stands_in_a_print(context: Context, edge: Derivation) -> bool:
    """Whether half of what a copy took from a lost source stands in a report that credits that source.

    What two reports have in common that both name nobody may come from anywhere.
    """
    prints = {d.child for d in context.traced.derivations if d.parent == edge.parent and d.credited}
    words: set[int] = set()
    for copy, other in context.shared.get(edge.child, ()):
        if other.report in prints:
            words.update(range(copy.start, copy.end))
    return len(words) >= HELD * edge.share * sum(p.end - p.start for p in context.paragraphs[edge.child])


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
    longest = sorted(rows, key=lambda e: (e.start - e.end, e.start))[:SHOWN]
    return [side for copy in longest for side in (copy, rows[copy])]


def _dropped_credits(context: Context) -> Iterator[Finding]:
    """What somebody "told the Courier" is in the copy only said: the newsroom that got the words is gone."""
    for pair in context.copy_pairs:
        outlet = context.reports[pair.original].outlet
        if not outlet or pair.possible:
            continue
        pattern = told(outlet)
        for match in pattern.finditer(context.reports[pair.original].text):
            copied = _copied_around(context, pair, match.span())
            if copied and not re.search(names_of(outlet), context.reports[pair.copy].text):
                message = (
                    f"{context.name(pair.copy)} copies words that were said to {outlet} "
                    f"(“{match.group()}”) and leaves out to whom."
                )
                proof = [evidence(pair.original, match.span()), copied]
                yield make(context, "dropped credit", "medium", message, [pair.copy], proof)
                break


def _copied_around(context: Context, pair: CopyPair, span: Span) -> Evidence | None:
    """Where the copy prints the paragraph in which the original names itself."""
    held = context.shared.get(pair.original, ())
    around = (copy for one, copy in held if copy.report == pair.copy and one.start - NEAR <= span[0] <= one.end + NEAR)
    return next(around, None)
