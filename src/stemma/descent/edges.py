"""One edge of the stemma with its signs: from a report, from a lost source that is named, shared or hidden, to one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stemma.descent.collation import Collation
from stemma.descent.direction import DirectionSign, signs_between
from stemma.descent.machine_translation import probability as probability_of_translation
from stemma.descent.telling import Telling, same_outlet
from stemma.descent.thresholds import (
    EDGE_LINKED,
    EDGE_LOST,
    EDGE_NEAREST,
    EDGE_STATED,
    PART_HELD,
    PART_SHARE,
    PART_WORDS,
    SIGN_CREDITED,
)
from stemma.tables import BODY

SIGNS = 3
"""Relatives whose shared wording is shown with an edge."""


@dataclass(frozen=True, slots=True)
class Edge:
    """`child` took `share` of its body words from `parent`; both are a report's number or a lost source's key."""

    child: int | str
    parent: int | str
    kind: str
    share: float
    credited: bool
    probability: float
    reason: str
    signs: tuple[DirectionSign, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """A lost source: its key, its name when a credit names it, and the numbers of the reports that show it."""

    key: str
    name: str | None
    reports: tuple[int, ...]


def from_report(collation: Collation, child: int, parent: int, sure: float) -> Edge:
    """Return the edge between two reports that share their telling; `sure` is the probability that it runs this way."""
    comparison = collation.pairs[min(child, parent), max(child, parent)]
    one, other = collation.tellings[parent], collation.tellings[child]
    signs = [*signs_between(collation, parent, child), *shared_wording(collation, child, [parent])]
    reason = signs[0].reason if signs else comparison.reason
    kind, share = collation.kind(child, [parent]), collation.share(child, [parent])
    credited = any(same_outlet(name, one.report.outlet) for name in other.authors(share))
    probability = round(comparison.copied * sure * (1.0 if credited else _nearest(collation, child, parent)), 3)
    return Edge(child, parent, kind, share, credited, probability, reason, tuple(signs))


def from_second(collation: Collation, child: int, parent: int, known: int) -> Edge:
    """Return the weaker edge from a second parent: only for the words that are not known from the first (bits)."""
    edge = from_report(collation, child, parent, 0.5)
    words = collation.words(child, collation.held(child, parent) & ~known)
    reason = f"also has {words} words of {collation.name(parent)} that no other source of it has"
    return replace(edge, share=round(words / collation.length(child), 3), reason=reason)


def from_named(collation: Collation, child: int, source: Lost, heirs: Sequence[int]) -> Edge:
    """Return the edge of an heir of a source that a credit names: whole when its own credit says so, else what it shares.

    A dateline is of the whole text, a byline may be of a part.
    """
    telling, holders = collation.tellings[child], [h for h in source.reports if h != child]
    credit = next((c for c in telling.credits if same_outlet(c.name, source.name)), None)
    signs = shared_wording(collation, child, holders)
    if credit:
        said = f"{telling.name} credits {credit.name}"
        signs = [DirectionSign("credit", SIGN_CREDITED, said, telling.id, credit.start, credit.end), *signs]
    reason = signs[0].reason if signs else f"shares its telling with reports that credit {source.name}"
    share = collation.share(child, [h for h in heirs if h != child])
    whole = any(c.whole for c in telling.credits if same_outlet(c.name, source.name))
    dated = credit is not None and any(start <= credit.start < end for start, end in telling.words.body)
    if child in source.reports and whole and (dated or not _is_part(collation, child, share, holders)):
        return Edge(child, source.key, "verbatim", 1.0, credit is not None, EDGE_STATED, reason, tuple(signs))
    kin = [h for h in heirs if h != child] or holders
    probability = round(min(EDGE_STATED, _copied(collation, child, kin)), 3)
    kind = collation.kind(child, kin)
    return Edge(child, source.key, kind, share, credit is not None, probability, reason, tuple(signs))


def _is_part(collation: Collation, child: int, share: float, holders: Sequence[int]) -> bool:
    """Whether a report has but a part from a source that it credits: it has much that the others lack, and lacks of theirs."""
    theirs = max((collation.share(h, [child]) for h in holders if collation.length(h) >= PART_WORDS), default=1.0)
    return share < PART_SHARE and theirs < PART_HELD


def from_shared(collation: Collation, child: int, source: Lost, sure: float) -> Edge:
    """Return the edge of a report whose telling has a source that no report could have given the others."""
    others = [o for o in source.reports if o != child]
    reason = "shares readings with reports that could not all have taken them from one another"
    probability = round(EDGE_LOST * _copied(collation, child, others) * sure, 3)
    kind, share = collation.kind(child, others), collation.share(child, others)
    signs = tuple(shared_wording(collation, child, others))
    return Edge(child, source.key, kind, share, False, probability, reason, signs)


def from_lost(collation: Collation, child: Lost, parent: int | str, heirs: Sequence[int], sure: float) -> Edge:
    """Return the edge of a lost source that is itself a copy: of a report, or of another lost source by the heirs of that."""
    sources = [parent] if isinstance(parent, int) else [h for h in heirs if h not in child.reports]
    own = [r for r in child.reports if r not in sources] or child.reports
    shares = [collation.share(r, sources) for r in own]
    nearest = max(own, key=lambda r: (collation.share(r, sources), -r))
    reason = "its heirs share readings that their other kin lack"
    signs = tuple(shared_wording(collation, nearest, sources))
    probability = round(EDGE_LOST * _copied(collation, nearest, sources) * sure, 3)
    return Edge(child.key, parent, collation.kind(nearest, sources), max(shares), False, probability, reason, signs)


def from_hidden(telling: Telling, child: int, rest: float) -> tuple[Edge, Lost] | None:
    """Return the edge of a page copied whole from nobody named ("Source link"), or put into English by a program."""
    sign = _hidden_source(telling)
    if sign is None:
        return None
    source = Lost(f"{sign.sign}:{telling.id}", None, (child,))
    translated = sign.sign == "machine translation"
    kind = "translation" if translated else "verbatim"
    probability = round(probability_of_translation(telling.translated), 3) if translated else EDGE_LINKED
    return Edge(child, source.key, kind, round(rest, 3), False, probability, sign.reason, (sign,)), source


def shared_wording(collation: Collation, child: int, others: Sequence[int]) -> list[DirectionSign]:
    """Return, for the nearest relatives, the longest passage that a report shares with each: the sign that shows the copy."""
    signs = []
    for other in others:
        comparison = collation.comparison(child, other)
        shared = [p for p in collation.passages(child, other) if not p.quoted]
        if comparison and shared:
            longest = max(shared, key=lambda p: (p.a[1] - p.a[0], -p.a[0]))
            start, end = collation.tellings[child].words.span(*longest.a)
            reason = f"shares its telling with {collation.name(other)}: {comparison.reason}"
            signs.append(DirectionSign("shared wording", 2.0, reason, collation.tellings[child].id, start, end))
    return sorted(signs, key=lambda s: (s.start - s.end, s.start, s.reason))[:SIGNS]


def _nearest(collation: Collation, child: int, parent: int) -> float:
    others = (n for n in range(len(collation.tellings)) if n not in (child, parent))
    return EDGE_NEAREST if any(collation.comparison(child, n) for n in others) else 1.0


def _copied(collation: Collation, child: int, others: Sequence[int]) -> float:
    found = [c.copied for o in others for c in [collation.comparison(child, o)] if c]
    return max(found, default=0.5)


def _hidden_source(telling: Telling) -> DirectionSign | None:
    credit = next((c for c in telling.credits if c.name is None), None)
    if credit:
        reason = f"{telling.name} ends with a link to a source that it does not name"
        return DirectionSign("source link", 2.0, reason, telling.id, credit.start, credit.end)
    if probability_of_translation(telling.translated) < 0.5:
        return None
    first = telling.translated[0]
    at = [b for b in telling.blocks if b.role in BODY][first.paragraph].start
    reason = f"{telling.name} reads as put into English by a program ({first.what})"
    return DirectionSign("machine translation", 1.5, reason, telling.id, at + first.span[0], at + first.span[1])
