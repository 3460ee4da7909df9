"""Old reports printed as new: a late copy whose “on Tuesday” has become another Tuesday, or whose count was overtaken."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from stemma.claims.build import Grouped
from stemma.claims.counts import STATES
from stemma.claims.propositions import Proposition
from stemma.claims.relations import relate, say
from stemma.claims.same_thing import instant, may_be_one_count, runs_on
from stemma.descent.telling import same_outlet
from stemma.findings import thresholds
from stemma.findings.context import Context, CopyPair, evidence, of_member
from stemma.findings.kinds import STALE_COPY
from stemma.tables import Finding, Span
from stemma.text.moments import DAY

_DAY = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tomorrow|tonight|this week)\b")
PRINTED_BEFORE = re.compile(
    r"\b(?:(?:first|originally|previously|earlier|was) (?:published|appeared|printed|posted|ran)|archiv\w*"
    r"|re(?:publish|print)\w*)\b",
    re.IGNORECASE,
)
"""A page says that its words were printed before."""


def stale_copies(context: Context) -> Iterator[Finding]:
    """Yield the copies that print an old report under a new date and do not say so; one a copy."""
    shares: dict[str, float] = {}
    for d in context.traced.descendants:
        shares[d.report] = max(d.share, shares.get(d.report, 0.0))
    told = set()
    for found in _other_days(context, shares):
        told.add(found.reports)
        yield found
    yield from (found for found in _overtaken(context, shares) if found.reports not in told)


def _other_days(context: Context, shares: Mapping[str, float]) -> Iterator[Finding]:
    """Copies so late that the weekday of a copied sentence is another day."""
    seen = set()
    for pair in context.copy_pairs:
        late = _days_late(context, pair)
        if (
            pair.copy in seen
            or late < thresholds.STALE_DAYS
            or shares.get(pair.copy, 0.0) < thresholds.STALE_SHARE
            or _says_so(context, pair)
        ):
            continue
        days = _days_named(context, pair)
        if days:
            seen.add(pair.copy)
            copied, original = days[0]
            day = _DAY.findall(context.words(pair.copy, copied))[0]
            message = (
                f"{context.name(pair.copy)} prints as new what {context.name(pair.original)} printed {late} days before: "
                f"to its readers “{day}” is another day."
            )
            proof = [evidence(pair.copy, copied), evidence(pair.original, original)]
            yield context.finding(STALE_COPY, message, [pair.copy], proof)


def _overtaken(context: Context, shares: Mapping[str, float]) -> Iterator[Finding]:
    """Copies with a number that another report had brought up to date before they were printed."""
    seen = set()
    # Where all print one number, none was brought up to date.
    counting = [g for g in context.claims if len({(m.figure.value, m.figure.unit) for m in g.members if m.figure}) > 1]
    for pair in context.copy_pairs:
        late = _seconds(context, pair.original, pair.copy)
        if (
            pair.copy in seen
            or late < thresholds.OVERTAKEN_SECONDS
            or shares.get(pair.copy, 0.0) < thresholds.WHOLE_SHARE
            or _says_so(context, pair)
        ):
            continue
        for grouped in counting:
            news = _newer_number(context, grouped, pair)
            if news:
                seen.add(pair.copy)
                old, new = news
                copy, original, other = (
                    (context.name(r), (context.reports[r].published or "")[:DAY]) for r in (pair.copy, pair.original, new.report)
                )
                message = (
                    f"{copy[0]} prints as new on {copy[1]} what {original[0]} printed on {original[1]}, "
                    f"with {_number_words(old)} where {other[0]} had {_number_words(new)} on {other[1]}."
                )
                yield context.finding(STALE_COPY, message, [pair.copy], [of_member(old), of_member(new)], grouped.claim.id)
                break


def _newer_number(context: Context, grouped: Grouped, pair: CopyPair) -> tuple[Proposition, Proposition] | None:
    """A copied number, and the one that another report printed after the original and before the copy."""
    held = [m for m in grouped.members if m.figure and (m.topic in STATES or m.figure.unit)]
    olds = [m for m in held if m.report == pair.original]
    copied = [c for c in held if c.report == pair.copy and any(context.is_copied(c, o) and _is_same(c, o) for o in olds)]
    later = [m for m in held if _seconds(context, pair.original, m.report) > 0 and _seconds(context, m.report, pair.copy) > 0]
    for old in (o for o in olds if copied):
        for new in later:
            printed = context.printed(old.report), context.printed(new.report)
            if not new.part and (
                _is_grown_toll(old, new, *printed) or relate(old, new, *printed, context.versions).relation == "updated"
            ):
                return copied[0], new
    return None


def _is_grown_toll(old: Proposition, new: Proposition, printed_old: str | None, printed_new: str | None) -> bool:
    """Whether a toll grew, one with a bound ("at least two") too, which the greater number does not contradict."""
    grew = bool(old.figure and new.figure and new.figure.value > old.figure.value and new.figure.bound == "exact")
    return grew and old.topic != "missing" and runs_on(old, new, printed_old, printed_new) and may_be_one_count(old, new)


def _is_same(copy: Proposition, original: Proposition) -> bool:
    return bool(copy.figure and original.figure and copy.figure.value == original.figure.value)


def _number_words(member: Proposition) -> str:
    return say(member.figure) if member.figure else ""


def _seconds(context: Context, early: str, late: str) -> float:
    """How long after one report another was printed; 0 where either time is not known to the hour."""
    printed = [context.reports[r].published or "" for r in (early, late)]
    moments = [instant(p) if len(p) > DAY else None for p in printed]
    return 0.0 if moments[0] is None or moments[1] is None else moments[1] - moments[0]


def _days_late(context: Context, pair: CopyPair) -> int:
    printed = [context.reports[r].published for r in (pair.copy, pair.original)]
    if not all(printed):
        return 0
    try:
        copy, original = (date.fromisoformat((p or "")[:10]) for p in printed)
    except ValueError:
        return 0
    return (copy - original).days


def _says_so(context: Context, pair: CopyPair) -> bool:
    """Whether the copy says that the words are older: in words, by the old day, or with a credit for the whole of it."""
    report = context.reports[pair.copy]
    old = date.fromisoformat((context.reports[pair.original].published or "")[:10])
    days = (f"{old:%B} {old.day}", f"{old:%b} {old.day}", f"{old.day} {old:%B}", f"{old.day} {old:%b}", old.isoformat())
    whole = [c for t in context.traced.tellings if t.id == pair.copy for c in t.credits if c.kind == "first appeared"]
    credited = any(same_outlet(c.name, context.reports[pair.original].outlet) for c in whole)
    return bool(PRINTED_BEFORE.search(report.text)) or credited or any(d in report.text for d in days)


def _days_named(context: Context, pair: CopyPair) -> list[tuple[Span, Span]]:
    """The sentences of the copy that name a day and stand in the original with it, each with where it stands there."""
    text, found = context.reports[pair.original].text, []
    for start, end in context.sentences(pair.copy):
        sentence = context.words(pair.copy, (start, end))
        for day in _DAY.finditer(sentence):
            around = sentence[max(0, day.start() - thresholds.STALE_BESIDE) : day.end() + thresholds.STALE_BESIDE]
            at = text.find(around)
            if at >= 0 and len(around) > len(day[0]) + thresholds.STALE_BESIDE_LEAST:
                found.append(((start, end), (at, at + len(around))))
                break
    return found
