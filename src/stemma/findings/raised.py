"""Counts that a report itself brings up to date: "1,350, up from some 900", where an earlier report printed the 900."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from stemma.claims.build import Grouped
from stemma.claims.counts import STATES
from stemma.claims.propositions import Proposition
from stemma.claims.relations import say
from stemma.claims.same_thing import instant
from stemma.claims.similarity import TELLING
from stemma.findings.context import Context, evidence, of_member
from stemma.findings.make import make
from stemma.findings.wordings import wording
from stemma.mentions.figures.units import is_currency
from stemma.mentions.kinds import Figure
from stemma.tables import Finding
from stemma.text.data import rows
from stemma.text.numbers import NUMBER, either, read_number
from stemma.text.synonyms import meaning

SOON = 10
"""Days after which a count is compared with that of another month or year, and is not brought up to date."""
_RISE = rf"\b{either(beginning for (beginning,) in rows('findings', 'rises.txt'))}\w*"
_SOME = rf"(?:{wording('vaguely')} )*"
_N = rf"(?P<old>{NUMBER})(?![\w%])"
_UP_FROM = re.compile(rf"[^.;]{{0,140}}?\b(?:up|down) from {_SOME}{_N}", re.IGNORECASE)
_FROM = re.compile(rf"[^.;]{{0,20}}? from {_SOME}{_N}", re.IGNORECASE)
_COMPARED = re.compile(rf"[^.;]{{0,60}}?[.,;] (?:That|This|It|which)? ?compare[sd] (?:with|to) {_SOME}{_N}", re.IGNORECASE)
"""What stands behind a number; "from" alone only where something rose or fell to the number."""
_BEFORE = re.compile(rf"{_RISE}[^.;]{{0,50}}? from {_SOME}{_N}(?: [\w-]+){{0,3}} to {_SOME}$", re.IGNORECASE)
_TO = re.compile(rf"{_RISE}[^.;]{{0,50}}? to {_SOME}$", re.IGNORECASE)
_MORE_BEHIND = re.compile(
    rf"[^.;]{{0,90}}?(?:, (?P<more>{NUMBER}) more than (?:it|they|he|she|was|were|had|previously|first|initially|on)\b"
    rf"|\bafter (?:another (?P<another>{NUMBER})|(?P<after>{NUMBER}) (?:more|others)\b))",
    re.IGNORECASE,
)


def raised_counts(context: Context) -> Iterator[Finding]:
    """Yield the counts that a report says were another number before, as earlier reports have it; one a report and number."""
    members = [(g, m) for g in context.claims for m in g.members if m.figure and not _is_rate(m.figure)]
    seen: set[tuple[str, int]] = set()
    for grouped, late in _with_neighbours(context, members):
        if late.figure is None or (late.report, late.figure.start) in seen:
            continue
        seen.add((late.report, late.figure.start))
        for old, end in _before(context, late, late.figure):
            early = [(g, m) for g, m in members if _had(context, m, late, old)]
            if early:
                yield _finding(context, grouped, late, early, end)
                break


def _with_neighbours(context: Context, members: Sequence[tuple[Grouped, Proposition]]) -> Iterator[tuple[Grouped, Proposition]]:
    """The members, and the other numbers of their clauses: a claim of one report shows one number of a clause."""
    yield from members
    for grouped, member in members:
        for f in context.mentions[member.report].figures:
            if member.clause[0] <= f.start < member.clause[1] and not _is_rate(f):
                yield grouped, replace(member, figure=f, topic=meaning(f.counted) if f.counted else None)


def _finding(
    context: Context, grouped: Grouped, late: Proposition, early: Sequence[tuple[Grouped, Proposition]], end: int
) -> Finding:
    names = list(dict.fromkeys(context.name(m.report) for _, m in early))
    old = early[0][1].figure
    message = (
        f"{context.name(late.report)} brings a figure up to date: {late.figure and say(late.figure)}, where {', '.join(names)} "
        f"had {old and say(old)}."
    )
    span = (min(late.start, late.sentence[0]), max(late.end, end))
    proof = [evidence(late.report, span), *(of_member(m) for _, m in early)]
    reports = sorted({late.report, *(m.report for _, m in early)})
    return make(context, "figure updated", "low", message, reports, proof, grouped.claim.id)


def _is_rate(figure: Figure) -> bool:
    """Whether a number is a share or an amount of money: these are compared with other periods."""
    return figure.unit in ("percent", "percentage point", "point") or is_currency(figure.unit)


def _before(context: Context, late: Proposition, figure: Figure) -> Iterator[tuple[float, int]]:
    """The numbers that a report says a figure was before, each with where it says so."""
    text = context.reports[late.report].text
    paragraph = context.paragraph(late.report, figure.start)
    past = paragraph.end if paragraph else late.sentence[1]
    head, tail = text[late.sentence[0] : figure.start], text[figure.end : min(past, figure.end + 200)]
    for behind in (_UP_FROM, *([_FROM] if _TO.search(head) else []), _COMPARED):
        match = behind.match(tail)
        if match:
            yield from _read(match["old"], figure.end + match.end())
    match = _BEFORE.search(head)
    if match:
        yield from _read(match["old"], figure.end)
    match = _MORE_BEHIND.match(tail)
    if match:
        for more, end in _read(match["more"] or match["another"] or match["after"], figure.end + match.end()):
            yield figure.value - more, end


def _read(words: str | None, end: int) -> Iterator[tuple[float, int]]:
    value = read_number(words) if words else None
    if value is not None:
        yield value, end


def _had(context: Context, early: Proposition, late: Proposition, old: float) -> bool:
    """Whether a report that was printed before has the old number of the same thing, and nowhere the new one."""
    if early.figure is None or late.figure is None or early.figure.value != old or early.report == late.report:
        return False
    if early.figure.unit != late.figure.unit or not _is_earlier(context, early.report, late.report):
        return False
    if any(f.value == late.figure.value for f in context.mentions[early.report].figures):
        return False
    return _is_one_thing(early, late)


def _is_one_thing(early: Proposition, late: Proposition) -> bool:
    """Whether two numbers count one thing; that the one was the other before is said already."""
    if early.topic and early.topic == late.topic and early.topic != "person":
        return True
    said, had = ({w for w, weight in u.words.items() if weight >= 1.0} for u in (late, early))
    nouns = {meaning(u.figure.counted) if u.figure and u.figure.counted else "" for u in (early, late)}
    one_noun = len(nouns) == 1 and nouns != {""}
    telling = early.figure is not None and early.figure.value >= TELLING
    if early.topic in STATES:
        return early.topic in said or (telling and one_noun)
    return one_noun or bool(telling and early.figure and (early.figure.unit or said & had))


def _is_earlier(context: Context, early: str, late: str) -> bool:
    one, two = context.reports[early].published, context.reports[late].published
    moments = [instant(one), instant(two)]
    if moments[0] is None or moments[1] is None or not one or not two:
        return False
    days = (date.fromisoformat(two[:10]) - date.fromisoformat(one[:10])).days
    return 0 <= days <= SOON and moments[0] < moments[1]
