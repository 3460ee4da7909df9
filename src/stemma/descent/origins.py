"""Who has wording of its own, who descends from it through however many copies, and how many independent origins there are."""

import heapq
import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from stemma.descent import thresholds
from stemma.descent.cited_sources import Cited, cited_share
from stemma.descent.collation import Pairs, reached
from stemma.descent.edges import Edge, Lost
from stemma.descent.telling import Telling, same_outlet
from stemma.tables import KINDS, Span

Node = int | str
NO_CITED = Cited()
NO_PAIRS: Pairs = {}
Own = Mapping[int, float]
"""For each report with a source the share of its words, 0–1, that are writing of its own."""


@dataclass(frozen=True, slots=True)
class Inheritance:
    """A report (its number) that holds words of an origin (a report's number or a lost source's key)."""

    origin: Node
    report: int
    kind: str
    share: float
    probability: float


def origins(
    tellings: Sequence[Telling], edges: Sequence[Edge], lost: Sequence[Lost], own: Own, cited: Cited = NO_CITED
) -> list[Node]:
    """Return the witnesses with wording of their own: lost sources, roots, and pages that are only in part copies.

    What an heir of an unnamed lost source does not share may be that source's too: it is no origin, and widens the count.
    """
    taken, unsure = {e.child for e in edges}, _heirs_of_unknown(edges, lost)
    reports = [
        n for n, t in enumerate(tellings)
        if cited_share(cited, n) < thresholds.CITED_WHOLE and (n not in taken or (n not in unsure and _is_own(own[n], t)))
    ]  # fmt: skip
    return [*(source.key for source in [*lost, *cited.lost] if source.key not in taken), *reports]


def own_shares(tellings: Sequence[Telling], edges: Sequence[Edge], pairs: Pairs) -> Own:
    """Return for each report with a source the share of its words, 0–1, in long stretches that none of its sources has."""
    children = _children(edges)
    words = {e.child: len(tellings[e.child].words.folded) for e in edges if isinstance(e.child, int)}
    below = {n: reached(children, n) for n in words}
    covered = {n: bytearray(total) for n, total in words.items()}
    seen: set[tuple[int, int, int]] = set()
    for (i, j), comparison in pairs.items():
        if comparison.copied < thresholds.COPIED:
            continue
        for side, child, source in ((0, i, j), (1, j, i)):
            # What sources of one wording have of a report is marked once.
            if child in covered and (key := (child, side, id(comparison))) not in seen and source not in below[child]:
                seen.add(key)
                for first, past in (p.b if side else p.a for p in comparison.passages):
                    if past <= words[child]:
                        covered[child][first:past] = b"\1" * (past - first)
    taken = _shares_taken(edges)
    shares = {}
    for n, total in words.items():
        free = sum(len(run) for run in covered[n].split(b"\1") if len(run) >= thresholds.OWN_STRETCH)
        shares[n] = min(1 - taken[n], free / max(1, total))
    return shares


def inheritances(edges: Sequence[Edge], roots: Sequence[Node], pairs: Pairs = NO_PAIRS) -> list[Inheritance]:
    """Return the reports that hold words of each origin; along a path shares multiply and the looser kind counts.

    Of several paths from an origin to a report the one counts that brings most words, of equal ones the likelier (Dijkstra 1959).
    A report that has but some sentences of a source hands on those alone that the next one shares.
    """
    below: dict[Node, list[Edge]] = defaultdict(list)
    for edge in edges:
        below[edge.parent].append(edge)
    return [found for origin in roots for found in _inherited(below, origin, pairs)]


def _inherited(below: Mapping[Node, Sequence[Edge]], origin: Node, pairs: Pairs) -> list[Inheritance]:
    found: list[Inheritance] = []
    front: list[tuple[float, float, int, int, Node, tuple[Span, ...]]] = [(-1.0, -1.0, 0, 0, origin, ())]
    seen: set[Node] = set()
    turn = itertools.count()
    while front:
        share, probability, kind, _, at, spans = heapq.heappop(front)
        if at in seen:
            continue
        seen.add(at)
        if isinstance(at, int) and at != origin:
            found.append(Inheritance(origin, at, KINDS[kind], round(-share, 3), round(-probability, 3)))
        for edge in below.get(at, ()):
            handed = _handed_on(pairs, at, edge.child, spans) if spans else edge.spans
            if spans and not handed:
                continue
            looser = max(kind, KINDS.index(edge.kind))
            heapq.heappush(front, (share * edge.share, probability * edge.probability, looser, next(turn), edge.child, handed))
    return sorted(found, key=lambda i: i.report)


def _handed_on(pairs: Pairs, parent: Node, child: Node, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Where a report has those words of another that lie in some spans of that one."""
    if not isinstance(parent, int) or not isinstance(child, int):
        return ()
    comparison = pairs.get((min(parent, child), max(parent, child)))
    sides = [(p.a, p.b) if parent < child else (p.b, p.a) for p in comparison.passages] if comparison else []
    return tuple(theirs for mine, theirs in sides if any(mine[0] < past and first < mine[1] for first, past in spans))


def count(
    tellings: Sequence[Telling], edges: Sequence[Edge], lost: Sequence[Lost], pairs: Pairs, own: Own, cited: Cited = NO_CITED
) -> tuple[int, int, int]:
    """Return the least, the likeliest and the most independent origins.

    Each witness is an origin with some probability; the ends are those of the sum of such independent chances (a Poisson
    binomial), a twentieth left out at either side.
    """
    heard = _heard_of(tellings, cited)
    roots = set(origins(tellings, edges, lost, own, cited))
    # What nobody is named for may be the words of one that has it, who is counted.
    doubled = {s.key for s in lost if s.name is None and s.key in roots and roots.intersection(s.reports)}
    only_cited = roots.intersection(source.key for source in cited.lost)
    best = len(roots) - len(doubled) - len(only_cited) + sum(p >= thresholds.COPIED for p in heard)
    spread = [1.0]
    for p in (*_chances(tellings, edges, lost, pairs, own, doubled), *heard):
        spread = [a * (1 - p) + b * p for a, b in zip([*spread, 0.0], [0.0, *spread], strict=True)]
    low = next((n for n in range(len(spread)) if sum(spread[: n + 1]) > thresholds.COUNT_TAIL), best)
    high = next((n for n in reversed(range(len(spread))) if sum(spread[n:]) > thresholds.COUNT_TAIL), best)
    return max(1, min(low, best)), best, max(high, best)


def _heard_of(tellings: Sequence[Telling], cited: Cited) -> list[float]:
    """The probability of each house that is only cited to be an origin; one that is cited for several things is one house."""
    houses: dict[str, set[str]] = defaultdict(set)
    for source in cited.lost:
        houses[next((h for h in houses if same_outlet(h, source.name)), source.name or source.key)].add(source.key)
    return [_heard(tellings, house, keys, cited) for house, keys in houses.items()]


def _heard(tellings: Sequence[Telling], house: str, keys: Set[str], cited: Cited) -> float:
    """The probability of a house that is only cited to be an origin: a sentence here and there tells no story.

    What somebody told that house is his and no telling of its own; and a house whose own report is here is no second origin.
    """
    if any(same_outlet(house, t.report.outlet) for t in tellings):
        return 0.0
    given = [(e, e.child) for e in cited.edges if e.parent in keys and e.credited and isinstance(e.child, int)]
    said = [sum(c.past - c.first for c in tellings[n].citations if same_outlet(c.name, house) and not c.spoken) for _, n in given]
    if any(e.share >= thresholds.CITED_WHOLE for e, _ in given):
        return thresholds.ORIGIN_CITED
    if max(said, default=0) >= thresholds.CITED_WORDS:
        return thresholds.ORIGIN_CITED if len({n for _, n in given}) > 1 else thresholds.ORIGIN_CITED_ALONE
    return thresholds.ORIGIN_CITED_ONCE


def _chances(
    tellings: Sequence[Telling], edges: Sequence[Edge], lost: Sequence[Lost], pairs: Pairs, own: Own, doubled: Set[str]
) -> Iterator[float]:
    """The probability of each witness to be an origin."""
    taken, unsure = {e.child for e in edges}, _heirs_of_unknown(edges, lost)
    closest = dict.fromkeys(range(len(tellings)), 0.0)
    nearly = dict.fromkeys(range(len(tellings)), 0.0)
    for pair, comparison in pairs.items():
        into = closest if comparison.copied >= thresholds.COPIED else nearly
        for n in pair:
            into[n] = max(into[n], comparison.copied)
    # Two independent reports of one event share facts enough for a faint probability: under a half it counts by its square.
    # Of two reports that are nearly a copy, one is an origin whatever the truth.
    spared = {i for i, j in pairs if nearly[i] == nearly[j] == pairs[i, j].copied}
    parents = {e.parent for e in edges}
    for source in lost:
        if source.key not in taken:
            alone = thresholds.ORIGIN_UNNAMED if source.name is None and len(source.reports) == 1 else 1.0
            yield thresholds.ORIGIN_HEIR if source.key in doubled else alone
    for n, telling in enumerate(tellings):
        if n not in taken:
            told_apart = thresholds.ORIGIN_UNNAMED if closest[n] and n not in parents else 1.0
            yield told_apart if n in spared else told_apart * (1 - nearly[n] ** 2)
            continue
        words = own[n] * len(telling.words.folded)
        written = (
            1 / (1 + math.exp(-(own[n] - thresholds.OWN_SHARE) / thresholds.OWN_SPREAD)) if words >= thresholds.OWN_WORDS else 0.0
        )
        no_copy = 1 - closest[n] if 0 < closest[n] < thresholds.ORIGIN_SURE else 0.0
        yield max(written * (thresholds.ORIGIN_HEIR if n in unsure else 1.0), no_copy)


def _heirs_of_unknown(edges: Sequence[Edge], lost: Sequence[Lost]) -> set[Node]:
    """Reports that have much of a lost source which nobody prints whole."""
    shared = {source.key for source in lost if source.name is None and len(source.reports) > 1}
    return {e.child for e in edges if e.parent in shared and e.share >= thresholds.MOSTLY_SHARE}


def _children(edges: Sequence[Edge]) -> dict[Node, set[Node]]:
    children: dict[Node, set[Node]] = defaultdict(set)
    for e in edges:
        children[e.parent].add(e.child)
    return children


def _shares_taken(edges: Sequence[Edge]) -> dict[Node, float]:
    taken: dict[Node, float] = defaultdict(float)
    for edge in edges:
        taken[edge.child] = min(1.0, taken[edge.child] + edge.share)
    return dict(taken)


def _is_own(share: float, telling: Telling) -> bool:
    return share >= thresholds.OWN_SHARE and share * len(telling.words.folded) >= thresholds.OWN_WORDS
