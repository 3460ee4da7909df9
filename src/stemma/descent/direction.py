"""Which of two reports that share their telling came first: signs with weights in nats, each with its sentence and its words."""

import math
from dataclasses import dataclass

from stemma.descent.collation import Collation
from stemma.descent.compare import Comparison
from stemma.descent.cuts import Cuts
from stemma.descent.machine_translation import probability
from stemma.descent.telling import Telling, same_outlet
from stemma.descent.thresholds import (
    SIGN_BYLINE,
    SIGN_CREDITED,
    SIGN_DAYS_LATER,
    SIGN_LATER,
    SIGN_SHOWN,
    SIGN_TRANSLATED,
    SIGNS_MOST,
)
from stemma.reports.agencies import agency_of

DAY = 10
"""Characters of a day without its hour."""


@dataclass(frozen=True, slots=True)
class DirectionSign:
    """One sign that the report at `child` took from the other; offsets in the report `report`."""

    sign: str
    weight: float
    reason: str
    report: str
    start: int
    end: int


def direction(
    parent: Telling, child: Telling, comparison: Comparison | None = None, cuts: Cuts | None = None
) -> list[DirectionSign]:
    """Return the signs that `child` took from `parent`; a negative weight speaks against it. In `cuts` the parent is a."""
    signs = [*_credits(parent, child), *_times(parent, child), *_authors(parent, child)]
    if cuts:
        signs += _cuts(parent, child, cuts)
    return [*signs, *_translated(parent, child)] if comparison and comparison.kind == "translation" else signs


def first_probability(weight: float) -> float:
    """Return the probability, 0–1, that the parent was first, of what the signs weigh together in nats."""
    return 1 / (1 + math.exp(-weight))


def signs_weight(collation: Collation, parent: int, child: int) -> float:
    """Return the weight, in nats, of the signs that one report took from another, with their kin between them or not."""
    known = collation.weights.get((parent, child))
    if known is None:
        found = signs_between(collation, parent, child)
        known = max(-SIGNS_MOST, min(SIGNS_MOST, sum(s.weight for s in found)))
        collation.weights[parent, child], collation.weights[child, parent] = known, -known
    return known


def signs_between(collation: Collation, parent: int, child: int) -> list[DirectionSign]:
    """Return the signs that one report of a story took from another."""
    pair = parent, child
    return direction(collation.tellings[parent], collation.tellings[child], collation.comparison(*pair), collation.cuts.get(pair))


def order(a: str | None, b: str | None) -> int:
    """Return -1, 0 or 1 as time a is before, not told apart from, or after b; both ISO 8601, as exact as known."""
    if not a or not b:
        return 0
    # Zones are ignored below a day: pages rarely tell theirs, and half a day is not worth a false direction.
    exact = min(len(a), len(b), 16)
    if exact < 16 or _zone(a) != _zone(b):
        exact = min(exact, 10)
    x, y = a[:exact], b[:exact]
    return (x > y) - (x < y)


def _zone(time: str) -> str:
    return time[16:].lstrip("0123456789:.") if len(time) > 16 else ""


def _credits(parent: Telling, child: Telling) -> list[DirectionSign]:
    signs = []
    for one, other, weight in ((parent, child, SIGN_CREDITED), (child, parent, -SIGN_CREDITED)):
        for name, start, end in other.named:
            if same_outlet(name, one.report.outlet):
                signs.append(DirectionSign("credit", weight, f"{other.name} credits {name}", other.id, start, end))
                break
    return signs


def _times(parent: Telling, child: Telling) -> list[DirectionSign]:
    before = order(parent.report.published, child.report.published)
    later = child if before < 0 else parent
    # An agency writes its page anew under a new date as its story grows: that its clients print it earlier is no sign.
    if before == 0 or agency_of(later.report.outlet or ""):
        return []
    reason = f"{parent.name} is dated {parent.report.published}, {child.name} {child.report.published}"
    weight = (
        SIGN_LATER if order((parent.report.published or "")[:DAY], (child.report.published or "")[:DAY]) == 0 else SIGN_DAYS_LATER
    )
    return [DirectionSign("time of publication", -before * weight, reason, child.id, 0, 0)]


def _authors(parent: Telling, child: Telling) -> list[DirectionSign]:
    """A newsroom that reports signs its report; one that rewords rarely does."""
    signed, unsigned = bool(parent.report.byline), bool(child.report.byline)
    if signed == unsigned:
        return []
    weight = SIGN_BYLINE if signed else -SIGN_BYLINE
    one = parent if signed else child
    at = one.report.text.find(one.report.byline[0])
    span = (max(at, 0), at + len(one.report.byline[0]) if at >= 0 else 0)
    return [DirectionSign("byline", weight, f"{one.name} names its author, the other does not", one.id, *span)]


def _cuts(parent: Telling, child: Telling, cuts: Cuts) -> list[DirectionSign]:
    """Cuts and beginnings; the widest cut is shown where the words stand."""
    signs = []
    if cuts.cut():
        fuller, shorter, places, others, widest = (
            (parent, child, cuts.a_more, cuts.b_more, cuts.a_widest)
            if cuts.cut() > 0
            else (child, parent, cuts.b_more, cuts.a_more, cuts.b_widest)
        )
        where = "one place" if places == 1 else f"{places} places"
        reason = f"{fuller.name} goes on in {where} where {shorter.name} runs on, and the other way round in {others}"
        signs.append(DirectionSign("detail lost", round(cuts.cut(), 2), reason, fuller.id, *fuller.words.span(*widest)))
    if abs(cuts.contained()) >= SIGN_SHOWN:
        copy, source = (child, parent) if cuts.contained() > 0 else (parent, child)
        shares = sorted((cuts.a_share, cuts.b_share))
        reason = f"{shares[1]:.0%} of {copy.name} stands in {source.name}, and {shares[0]:.0%} the other way round"
        signs.append(DirectionSign("contained", round(cuts.contained(), 2), reason, copy.id, 0, 0))
    if abs(cuts.led()) >= SIGN_SHOWN:
        later, earlier = (child, parent) if cuts.led() > 0 else (parent, child)
        reason = f"{later.name} begins with words of its own before those that {earlier.name} has too"
        signs.append(DirectionSign("own beginning", round(cuts.led(), 2), reason, later.id, *later.words.span(0, 1)))
    return signs


def _translated(parent: Telling, child: Telling) -> list[DirectionSign]:
    """Of two texts in two languages, the one that reads like a program's English is the translation."""
    signs = []
    for telling, sense in ((child, 1), (parent, -1)):
        if telling.translated and probability(telling.translated) >= 0.5:
            reason = f"{telling.name} reads as put into its language by a program"
            signs.append(DirectionSign("machine translation", sense * SIGN_TRANSLATED, reason, telling.id, 0, 0))
    return signs
