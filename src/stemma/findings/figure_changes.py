"""What became of a figure: explained by a later time, brought up to date, or printed without its caution."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from stemma.claims.build import Grouped
from stemma.claims.counts import STATES
from stemma.claims.propositions import Proposition
from stemma.claims.relations import Related, say
from stemma.claims.same_thing import instant, instants, is_vague
from stemma.claims.summary import COUNTED
from stemma.claims.thresholds import EVENT_DAYS, TELLING_NUMBER
from stemma.findings import thresholds
from stemma.findings.context import Context, evidence, of_member, shown_figures
from stemma.findings.kinds import FIGURE_SHARPENED, FIGURE_UPDATED
from stemma.mentions.figures.units import is_currency
from stemma.tables import Evidence, Figure, Finding
from stemma.text.data import rows
from stemma.text.numbers import NUMBER, either, read_number
from stemma.text.spans import between
from stemma.text.stems import meaning

_RISE = rf"\b{either(beginning for (beginning,) in rows('findings', 'rises.txt'))}\w*"
_VAGUELY = (
    r"(?:the|some|about|around|approximately|roughly|nearly|almost|over|more than|at least"
    r"|an? (?:earlier|initial|previous))"
)
_SOME = rf"(?:{_VAGUELY} )*"
_OLD = rf"(?P<old>{NUMBER})(?![\w%])"
_UP_FROM = (("up from", "down from"), rf"[^.;]{{0,140}}?\b(?:up|down) from {_SOME}{_OLD}")
_FROM = ((" from ",), rf"[^.;]{{0,20}}? from {_SOME}{_OLD}")
_COMPARED = (("compare",), rf"[^.;]{{0,60}}?[.,;] (?:That|This|It|which)? ?compare[sd] (?:with|to) {_SOME}{_OLD}")
"""What stands behind a number; "from" alone only where something rose or fell to the number."""
_ROSE_FROM = ((" from … to ",), rf"{_RISE}[^.;]{{0,50}}? from {_SOME}{_OLD}(?: [\w-]+){{0,3}} to {_SOME}$")
_ROSE_TO = ((" to ",), rf"{_RISE}[^.;]{{0,50}}? to {_SOME}$")
_MORE_BEHIND = (
    ("more than", "after another", "after … more", "after … other"),
    rf"[^.;]{{0,90}}?(?:, {_SOME}(?P<more>{NUMBER}) more than (?:it|they|he|she|was|were|had|previously|first|initially|on)\b"
    rf"|\bafter (?:another (?P<another>{NUMBER})|(?P<after>{NUMBER}) (?:more|others)\b))",
)
_MORE_BEFORE = (
    ("additional", "another", "further", "extra"),
    rf"\b(?:additional|another|further|extra) (?P<more>{NUMBER})[^.;]{{0,120}}?\b"
    rf"(?:bring|brought|rais|tak|took|push)\w* (?:the|its|their|that) (?:\w+ )?"
    rf"(?:total|number|toll|tally|count|figure)\b[^.,;]{{0,40}}? to {_SOME}$",
)
_SHARES = ("percent", "percentage point", "point")
"""Units of numbers that are compared with those of other periods, places and polls."""
_Update = tuple[Grouped, Proposition, int]
"""A count that a report itself brings up to date: its claim, its member, and where the words that say so end."""


def updated_figures(context: Context) -> Iterator[Finding]:
    """Yield the claims whose figures a later time explains, and the counts that a report itself brings up to date."""
    of_claims = list(_updated_claims(context))
    yield from of_claims
    told = [set(f.reports) for f in of_claims]
    yield from (f for f in _counts_brought_up_to_date(context) if not any(set(f.reports) <= reports for reports in told))


def update(
    context: Context, message: str, reports: Iterable[str], proof: Iterable[Evidence], claim: str | None = None
) -> Finding:
    """Return the finding that a figure was brought up to date, or corrected."""
    return context.finding(FIGURE_UPDATED, message, reports, proof, claim)


def _updated_claims(context: Context) -> Iterator[Finding]:
    for grouped in context.claims:
        if grouped.claim.relation == "updated":
            pairs = [p for p in context.worst_figures(grouped) if _is_news(p)]
            if pairs:
                far = max(pairs, key=_apart)
                counted = COUNTED.get(far.a.topic or "")
                counts = _states(context, grouped) if counted else []
                named = f"The {counted.lower()}" if counted else f"The figure for “{grouped.claim.summary}”"
                states = "; ".join(_state(context, prints) for prints in counts) if counts else far.reason
                reports, proof = shown_figures(grouped, pairs)
                # A draft that begins with the newest number is in no error.
                more = [m for m in _tolls_of_leads(context, grouped) if m.report not in (*reports, context.draft)]
                told = sorted({*reports, *(m.report for m in more)})
                proof = list(dict.fromkeys([*proof, *map(of_member, [*more, *chain.from_iterable(counts)])]))
                yield update(context, f"{named} changed with time: {states}.", told, proof, grouped.claim.id)


def _states(context: Context, grouped: Grouped) -> list[list[Proposition]]:
    """The counts of people in a state, as they grew (the missing: as they were found), each with its prints in order of time.

    When pages are stamped says little of when their counts were taken; of two in one report the lower is older.
    """
    highest: dict[str, Proposition] = {}
    for m in sorted(grouped.members, key=lambda m: m.figure.value if m.figure else 0.0):
        if m.figure and not is_vague(m.figure):
            highest[m.report] = m
    when = dict(zip(highest, instants([context.printed(r) for r in highest]), strict=True))
    prints: dict[str, list[Proposition]] = defaultdict(list)
    for m in sorted(highest.values(), key=lambda m: (when[m.report] or math.inf, m.report)):
        prints[say(m.figure) if m.figure else ""].append(m)
    falls = -1 if grouped.members[0].topic == "missing" else 1
    return sorted(prints.values(), key=lambda held: falls * (held[0].figure.value if held[0].figure else 0.0))


def _state(context: Context, prints: Sequence[Proposition]) -> str:
    """A count with its first print and its last: "47 (Lund Observer, 2031-10-03 11:00, to Quay Gazette, 2031-10-04)"."""
    ends = [prints[0], *prints[1:][-1:]]
    told = (f"{context.name(m.report)}, {(context.printed(m.report) or 'day unknown')[:16].replace('T', ' ')}" for m in ends)
    return f"{prints[0].figure and say(prints[0].figure)} ({', to '.join(told)})"


def _apart(pair: Related) -> float:
    return abs(pair.a.figure.value - pair.b.figure.value) if pair.a.figure and pair.b.figure else 0.0


def _tolls_of_leads(context: Context, grouped: Grouped) -> list[Proposition]:
    """The counts of people in the state of a claim with which reports begin, where a report of the claim has the number."""
    topic, values = grouped.members[0].topic, {m.figure.value for m in grouped.members if m.figure}
    held = [m for g in context.claims for m in g.members if m.topic == topic in STATES and m.figure and not m.part]
    return [m for m in held if m.start < thresholds.EVENT_LEAD and m.figure and m.figure.value in values]


def _is_news(pair: Related) -> bool:
    """Whether two figures are two counts of one thing, and more than something small, or a number and its rounding."""
    one, other = pair.a.figure, pair.b.figure
    if one is None or other is None or pair.a.topic != pair.b.topic or one.unit != other.unit or one.unit in _SHARES:
        return False
    small, large = sorted((one.value, other.value))
    if not small or large > (thresholds.UPDATED_RATIO if pair.a.topic in STATES else thresholds.COUNT_RATIO) * small:
        return False
    if pair.a.topic not in STATES and small < thresholds.TELLING_COUNT and not one.unit:
        return False
    return not (small % 10 == 0 and large <= thresholds.ROUND_COUNT * small)


def _counts_brought_up_to_date(context: Context) -> Iterator[Finding]:
    """The counts that a report says were another number before, as earlier reports have it; one a report and number."""
    members = [(g, m) for g in context.claims for m in g.members if m.figure and not _is_rate(m.figure)]
    of_value: dict[float, list[Proposition]] = defaultdict(list)
    for _, m in members:
        if m.figure:
            of_value[m.figure.value].append(m)
    seen: set[tuple[str, int]] = set()
    changes: dict[tuple[float, float], tuple[list[_Update], list[Proposition]]] = {}
    for grouped, late in _with_neighbours(context, members):
        # A draft that brings an older number up to date is right.
        if late.figure is None or late.report == context.draft or (late.report, late.figure.start) in seen:
            continue
        seen.add((late.report, late.figure.start))
        for old, end, days in _numbers_before(context, late, late.figure):
            early = [m for m in of_value[old] if _printed_the_old_number(context, m, late, old, days)]
            if early:
                held = changes.setdefault((old, late.figure.value), ([], []))
                held[0].append((grouped, late, end))
                held[1].extend(m for m in early if m not in held[1])
                break
    for lates, earlies in changes.values():
        yield _brought_up_to_date(context, lates, earlies)


def _with_neighbours(context: Context, members: Sequence[tuple[Grouped, Proposition]]) -> Iterator[tuple[Grouped, Proposition]]:
    """The members, and the other numbers of their clauses: a claim of one report shows one number of a clause."""
    yield from members
    for grouped, member in members:
        for f in between(context.mentions[member.report].figures, *member.clause):
            if not _is_rate(f):
                yield grouped, replace(member, figure=f, topic=meaning(f.counted) if f.counted else None)


def _brought_up_to_date(context: Context, lates: Sequence[_Update], earlies: Sequence[Proposition]) -> Finding:
    new, old = ({context.name(m.report): m for m in some} for some in ([m for _, m, _ in lates], earlies))
    figures = [next(iter(some.values())).figure for some in (new, old)]
    before = [f"another page of {name}" if name in new else name for name in old]
    message = (
        f"{' and '.join(new)} {'brings' if len(new) == 1 else 'bring'} a figure up to date: "
        f"{figures[0] and say(figures[0])}, where {', '.join(before)} had {figures[1] and say(figures[1])}."
    )
    proof = [evidence(m.report, (min(m.start, m.sentence[0]), max(m.end, end))) for _, m, end in lates]
    reports = sorted({*(m.report for _, m, _ in lates), *(m.report for m in earlies)})
    return update(context, message, reports, [*proof, *map(of_member, earlies)], lates[0][0].claim.id)


def _is_rate(figure: Figure) -> bool:
    """Whether a number is a share or an amount of money: these are compared with other periods."""
    return figure.unit in _SHARES or is_currency(figure.unit)


def _numbers_before(context: Context, late: Proposition, figure: Figure) -> Iterator[tuple[float, int, int]]:
    """The numbers that a report says a figure was before, each with where it says so, and how many days ago at the most.

    What was "more than it had disclosed" is one count, however old; "up from" may compare two months.
    """
    text = context.reports[late.report].text
    paragraph = context.paragraph(late.report, figure.start)
    until = paragraph.end if paragraph else late.sentence[1]
    head, tail = text[late.sentence[0] : figure.start], text[figure.end : min(until, figure.end + 200)]
    for behind in (_UP_FROM, *([_FROM] if _found(_ROSE_TO, head) else []), _COMPARED):
        match = _found(behind, tail, begins=True)
        if match:
            yield from _number_read(match["old"], figure.end + match.end(), thresholds.UPDATE_DAYS)
    match = _found(_ROSE_FROM, head)
    if match:
        yield from _number_read(match["old"], figure.end, thresholds.UPDATE_DAYS)
    behind_it, before_it = _found(_MORE_BEHIND, tail, begins=True), _found(_MORE_BEFORE, head)
    more = [(m["more"] or m["another"] or m["after"], figure.end + m.end()) for m in [behind_it] if m]
    more += [(m["more"], figure.end) for m in [before_it] if m]
    for words, past in more:
        for value, end, days in _number_read(words, past, EVENT_DAYS):
            yield figure.value - value, end, days


def _found(wording: tuple[tuple[str, ...], str], text: str, begins: bool = False) -> re.Match[str] | None:
    """What a pattern finds in a text, or where it begins; few texts have a cue of one, and all take long to compile.

    A cue may have two parts ("after … more").
    """
    cues, pattern = wording
    folded = text.casefold()
    if not any(all(part in folded for part in cue.split("…")) for cue in cues):
        return None
    return re.match(pattern, text, re.IGNORECASE) if begins else re.search(pattern, text, re.IGNORECASE)


def _number_read(words: str | None, end: int, days: int) -> Iterator[tuple[float, int, int]]:
    value = read_number(words) if words else None
    if value is not None:
        yield value, end, days


def _printed_the_old_number(context: Context, early: Proposition, late: Proposition, old: float, days: int) -> bool:
    """Whether a report that was printed before has the old number of the same thing, and nowhere the new one."""
    if early.figure is None or late.figure is None or early.figure.value != old or early.report == late.report:
        return False
    if early.figure.unit != late.figure.unit or not _is_earlier(context, early.report, late.report, days):
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
    telling = early.figure is not None and early.figure.value >= TELLING_NUMBER
    if early.topic in STATES:
        return early.topic in said or (telling and one_noun)
    return one_noun or bool(telling and early.figure and (early.figure.unit or said & had))


def _is_earlier(context: Context, early: str, late: str, most: int) -> bool:
    one, two = context.reports[early].published, context.reports[late].published
    moments = [instant(one), instant(two)]
    if moments[0] is None or moments[1] is None or not one or not two:
        return False
    days = (date.fromisoformat(two[:10]) - date.fromisoformat(one[:10])).days
    return 0 <= days <= most and moments[0] < moments[1]


def sharpened_figures(context: Context) -> Iterator[Finding]:
    """Yield the numbers that a copy prints without their caution; one finding for a copy and a number."""
    seen: set[tuple[str, float]] = set()
    for grouped in context.claims:
        held = _by_report(grouped)
        for pair in (p for p in context.sure_pairs if p.copy in held and p.original in held):
            both = [(c, o) for c in held[pair.copy] for o in held[pair.original] if _is_sharper(c.figure, o.figure)]
            sharper = [(c, o) for c, o in both if _is_of_one_thing(context, c, o) and not _is_converted(context, c)]
            for copy, original in sharper[:1]:
                if copy.figure is None or original.figure is None or (pair.copy, copy.figure.value) in seen:
                    continue
                seen.add((pair.copy, copy.figure.value))
                message = (
                    f"{context.name(pair.copy)} prints {say(copy.figure)} where {context.name(pair.original)} has "
                    f"{say(original.figure)}: the caution of the figure is gone."
                )
                proof = [of_member(copy), of_member(original)]
                yield context.finding(FIGURE_SHARPENED, message, [pair.copy], proof, grouped.claim.id)


def _is_of_one_thing(context: Context, copy: Proposition, original: Proposition) -> bool:
    """Whether two members of a copy pair are one count: in copied words, or retold with no other print to have it from."""
    if context.is_copied(copy, original):
        return copy.topic == original.topic or (copy.figure is not None and copy.figure.unit is not None)
    if copy.topic is None or copy.topic != original.topic or not copy.figure or copy.figure.value <= thresholds.SHARPENED_COUNT:
        return False
    hedged = [f.bound != "exact" for f in _prints_of(context, original.report, copy.figure)]
    exact = [f.bound == "exact" for f in _prints_of(context, copy.report, copy.figure)]
    others = [r for r in context.reports if r not in (copy.report, original.report)]
    elsewhere = any(f.bound == "exact" for r in others for f in _prints_of(context, r, copy.figure))
    return all(hedged) and all(exact) and not elsewhere


def _prints_of(context: Context, report: str, figure: Figure) -> list[Figure]:
    """Every place where a report prints a number."""
    return [f for f in context.mentions[report].figures if f.value == figure.value and f.unit == figure.unit]


def _by_report(grouped: Grouped) -> dict[str, list[Proposition]]:
    held: dict[str, list[Proposition]] = {}
    for m in grouped.members:
        if m.figure:
            held.setdefault(m.report, []).append(m)
    return held


def _is_converted(context: Context, member: Proposition) -> bool:
    """Whether a figure stands in brackets behind another: "more than $33 million (30 million euros)" has its caution before."""
    start = member.figure.start if member.figure else 0
    return context.words(member.report, (max(0, start - 1), start)) == "("


def _is_sharper(copy: Figure | None, original: Figure | None) -> bool:
    return bool(
        copy
        and original
        and copy.value == original.value
        and copy.unit == original.unit
        and copy.bound == "exact"
        and original.bound not in ("exact", "range")
    )
