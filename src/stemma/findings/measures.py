"""Numbers that an event has only one of, a vote's turnout, a match's attendance, where reports print two."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from stemma.claims.build import Grouped
from stemma.claims.propositions import Proposition
from stemma.claims.relations import say
from stemma.claims.same_thing import instant
from stemma.findings.context import Context, of_member
from stemma.findings.make import make
from stemma.tables import Finding
from stemma.text.data import rows

AGO = 36 * 3600
"""Seconds between two reports of which the later one may have another count."""
LEAST = 100
"""A bare count from here on is an attendance."""
FEW = 3
"""Names in common at the least."""
LEAD = 600
"""Code points of the beginning of a report, which names its event."""
NAMED = 0.4
"""Share of the names of the shorter beginning that the other must have too: a league has many matches in a day."""
_TIMED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b|\b(?:in|at|among|across|for) (?:the )?[A-Z]")
_THAN = re.compile(r"\b(?:from|than|to|by|against|with)(?: (?:about|some|around|nearly))? $")


def apart_measures(context: Context) -> Iterator[Finding]:
    """Yield the measures of which two reports print two numbers; one a measure."""
    held: dict[str, dict[str, list[tuple[Grouped, Proposition]]]] = defaultdict(lambda: defaultdict(list))
    for grouped in context.claims:
        for member in grouped.members:
            measure = _measure(context, member)
            if measure:
                held[measure][member.report].append((grouped, member))
    for measure, by_report in sorted(held.items()):
        single = {r: units[0] for r, units in by_report.items() if len({u.figure and u.figure.value for _, u in units}) == 1}
        for one, other in combinations(sorted(single), 2):
            if _is_conflict(context, single, one, other):
                yield _finding(context, measure, single, one, other)
                break


def _finding(context: Context, measure: str, single: Mapping[str, tuple[Grouped, Proposition]], one: str, other: str) -> Finding:
    a, b = single[one][1], single[other][1]
    message = (
        f"Two numbers for one {measure}: {a.figure and say(a.figure)} ({context.name(one)}) and "
        f"{b.figure and say(b.figure)} ({context.name(other)})."
    )
    values = {u.figure.value for u in (a, b) if u.figure}
    shown = [u for _, u in single.values() if u.figure and u.figure.value in values]
    reports = sorted(u.report for u in shown)
    return make(context, "figure conflict", "high", message, reports, [of_member(u) for u in shown], single[one][0].claim.id)


def _is_conflict(context: Context, single: Mapping[str, tuple[Grouped, Proposition]], one: str, other: str) -> bool:
    """Whether two reports of about one time print two numbers, of which another report has one, or both are attributed."""
    a, b = single[one][1], single[other][1]
    moments = [instant(context.reports[r].published) for r in (one, other)]
    if moments[0] is None or moments[1] is None or abs(moments[0] - moments[1]) > AGO or not (a.figure and b.figure):
        return False
    if abs(a.figure.value - b.figure.value) <= max(_step(a.figure.value), _step(b.figure.value)):
        return False
    if not _is_one_event(context, one, other):
        return False
    values = [u.figure.value for _, u in single.values() if u.figure]
    return len(values) > len(set(values)) or bool(a.source and b.source)


def _is_one_event(context: Context, one: str, other: str) -> bool:
    """Whether two reports begin with the same names."""
    names = [_names(context, r) for r in (one, other)]
    shared = len(names[0] & names[1])
    return shared >= FEW and shared >= NAMED * min(len(n) for n in names)


def _names(context: Context, report: str) -> frozenset[str]:
    held = context.paragraphs[report]
    start = min((p.start for p in held), default=0)
    tokens = [t for p in held if p.start < start + LEAD for t in p.doc]
    return frozenset(t.lower_ for t in tokens if t.pos_ == "PROPN" and t.ent_type_ not in ("DATE", "TIME"))


def _step(value: float) -> float:
    """The place of the last digit that is not zero: 8,200 may stand for 8,214."""
    digits = f"{value:.10g}"
    if "." in digits:
        return float(10 ** -len(digits.split(".")[1]))
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))


def _measure(context: Context, member: Proposition) -> str | None:
    """The measure that a member's number is of, if it is the event's own: of no other time, place or part."""
    figure = member.figure
    if figure is None or figure.bound not in ("exact", "about") or member.part:
        return None
    text = context.reports[member.report].text
    before, after = text[member.sentence[0] : figure.start], text[figure.end : min(figure.end + 60, member.sentence[1])]
    near = before[-60:] + re.split(r"[,;(]", after)[0]
    if _THAN.search(before) or _TIMED.search(near) or set(re.findall(r"[a-z]+", near.lower())) & _others():
        return None
    for measure, unit, place, words in _measures():
        if unit != (figure.unit or "-") or (unit == "-" and figure.value < LEAST):
            continue
        if words.search(before) if place == "before" else words.match(after):
            return measure
    return None


@lru_cache(maxsize=1)
def _others() -> frozenset[str]:
    return frozenset(w for _, _, place, words in rows("findings", "measures.tsv") if place == "beside" for w in words.split("|"))


@lru_cache(maxsize=1)
def _measures() -> Sequence[tuple[str, str, str, re.Pattern[str]]]:
    """Measure, unit, place, and the pattern of its words right beside the number."""
    found = []
    for measure, unit, place, words in rows("findings", "measures.tsv"):
        some = "|".join(re.escape(w) for w in words.split("|"))
        pattern = rf"\b(?:{some})\b[^.,;:()\d]{{0,16}}$" if place == "before" else rf"\s?(?:[a-z]+ )?(?:{some})\b"
        if place != "beside":
            found.append((measure, unit, place, re.compile(pattern, re.IGNORECASE)))
    return found
