"""Two figures that cannot both be true: of one claim, or years that a copy changed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING

from stemma.claims.propositions import Proposition
from stemma.claims.relations import likeness, say
from stemma.claims.thresholds import COPIED_WORDS
from stemma.descent.telling import same_outlet
from stemma.findings.context import Context, of_member
from stemma.findings.kinds import FIGURE_CONFLICT
from stemma.tables import Evidence, Finding

if TYPE_CHECKING:
    pass


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_Pair = tuple[Proposition, Proposition]


def figure_conflicts(context: Context) -> Iterator[Finding]:
    """Yield the figures of one claim, and the years of a copy and its original, that cannot both be true."""
    yield from _of_claims(context)
    yield from _years_changed_in_copies(context)


def _of_claims(context: Context) -> Iterator[Finding]:
    """A finding for each claim in conflict or disputed: its first pair of members, and every report on either side.

    It is grave where one of the two copied the other; two newsrooms may count two things.
    """
    for grouped in context.claims:
        if grouped.claim.relation in ("conflict", "disputed"):
            # Two pages of one newsroom count anew.
            pairs = [p for p in context.worst_figures(grouped) if not _are_of_one_newsroom(context, p.a.report, p.b.report)]
            # "Killed 12 people and injured 11" stands against no "12 dead".
            pairs = [
                p for p in pairs
                if p.relation == "disputed" or not (_prints_both(context, p.a, p.b) or _prints_both(context, p.b, p.a))
            ]  # fmt: skip
            if pairs:
                values = {u.figure.value for p in pairs for u in (p.a, p.b) if u.figure}
                held = {m.report for p in pairs for m in (p.a, p.b)} | set(context.reports) - {context.draft}
                shown = [m for m in grouped.members if m.figure and m.figure.value in values and m.report in held]
                message = f"The figures for “{grouped.claim.summary}” cannot both be true: {sides(context, shown)}."
                severity = _severity(context, [(p.a, p.b) for p in pairs])
                reports = sorted({m.report for m in shown})
                yield conflict(context, message, reports, [of_member(m) for m in shown], grouped.claim.id, severity)


def sides(context: Context, members: Sequence[Proposition]) -> str:
    """Return which reports print which number: "24 (Hill Post) against 19 (Lund Observer, Quay Gazette)"."""
    said: dict[tuple[float, str | None], list[str]] = {}
    printed: dict[tuple[float, str | None], str] = {}
    for figure, m in ((m.figure, m) for m in members if m.figure):
        printed.setdefault((figure.value, figure.unit), say(figure))
        said.setdefault((figure.value, figure.unit), []).append(context.name(m.report))
    return " against ".join(f"{printed[n]} ({', '.join(dict.fromkeys(names))})" for n, names in said.items())


def _prints_both(context: Context, one: Proposition, other: Proposition) -> bool:
    """Whether the sentence of one member prints the other's number too: then it counts two things."""
    printed = [f for f in context.mentions[one.report].figures if one.sentence[0] <= f.start < one.sentence[1]]
    return any(other.figure and (f.value, f.unit) == (other.figure.value, other.figure.unit) for f in printed)


def _are_of_one_newsroom(context: Context, one: str, other: str) -> bool:
    return one != other and same_outlet(context.reports[one].outlet, context.reports[other].outlet)


def conflict(
    context: Context, message: str, reports: Iterable[str], proof: Iterable[Evidence], claim: str | None, severity: str
) -> Finding:
    """Return the finding that figures cannot both be true."""
    return context.finding(FIGURE_CONFLICT, message, reports, proof, claim, severity)


def _severity(context: Context, apart: Sequence[_Pair]) -> str:
    """High where it is certain that one of two reports copied the other, and the sentence of the number too, else medium."""
    copies = {frozenset((p.copy, p.original)) for p in context.sure_pairs if context.severity(FIGURE_CONFLICT, p) == "high"}
    copied = (
        frozenset((a.report, b.report)) in copies and (context.is_copied(a, b) or likeness(a.words, b.words) >= COPIED_WORDS)
        for a, b in apart
    )
    return "high" if any(copied) else "medium"


def _years_changed_in_copies(context: Context) -> Iterator[Finding]:
    """The years that a copy changed in a clause that it has in the original's words; one a copy and year."""
    seen: set[tuple[str, str]] = set()
    for grouped in context.claims:
        for pair in context.sure_pairs:
            mine, theirs = (context.members(grouped, r) for r in (pair.copy, pair.original))
            for copy, original in product(mine, theirs):
                new, old = _year(context, copy), _year(context, original)
                if not new or not old or new == old or (pair.copy, new) in seen:
                    continue
                kept = new in context.reports[pair.original].text or old in context.reports[pair.copy].text
                if not kept and likeness(copy.words, original.words) >= COPIED_WORDS:
                    seen.add((pair.copy, new))
                    message = f"{context.name(pair.copy)} prints {new} where {context.name(pair.original)} has {old}."
                    proof = [of_member(copy), of_member(original)]
                    reports = sorted((pair.copy, pair.original))
                    yield conflict(context, message, reports, proof, grouped.claim.id, context.severity(FIGURE_CONFLICT, pair))


def _year(context: Context, member: Proposition) -> str | None:
    """The year that a member prints, if it is one."""
    years = _YEAR.findall(context.words(member.report, (member.start, member.end)))
    return years[0] if len(years) == 1 else None
