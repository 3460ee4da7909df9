"""Who has wording of its own, who descends from it through however many copies, and how many independent origins there are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stemma.descent.edges import Edge, Lost
from stemma.descent.ground import Pairs
from stemma.descent.telling import Telling
from stemma.tables import KINDS

OWN = 0.35
"""Share of own wording from which a page that is part copy is an origin too; and at least OWN_WORDS."""
OWN_WORDS = 50
SURE = 0.75
"""A report whose surest copy stays under it may be no copy at all."""
DOUBT = 0.12
"""A share this near to OWN, or a copy this uncertain, widens the interval of the count."""

Node = int | str


@dataclass(frozen=True, slots=True)
class Descent:
    """A report (its number) that holds words of an origin (a report's number or a lost source's key)."""

    origin: Node
    report: int
    kind: str
    share: float
    probability: float


def origins(tellings: Sequence[Telling], edges: Sequence[Edge], lost: Sequence[Lost]) -> list[Node]:
    """Return the witnesses with wording of their own: lost sources, roots, and pages that are only in part copies.

    What an heir of an unnamed lost source does not share may be that source's too: it is no origin, and widens the count.
    """
    taken, unsure = _taken(edges), _heirs_of_unknown(edges, lost)
    own = [n for n, t in enumerate(tellings) if n not in taken or (n not in unsure and _is_own(1 - taken[n], t))]
    return [*(source.key for source in lost if source.key not in taken), *own]


def descendants(edges: Sequence[Edge], origin: Node) -> list[Descent]:
    """Return the reports that hold words of an origin; along a path shares multiply and the looser kind counts."""
    best: dict[int, Descent] = {}
    for path in _paths(edges, origin):
        share = probability = 1.0
        kind = 0
        for edge in path:
            share, probability, kind = (
                share * edge.share,
                probability * edge.probability,
                max(kind, KINDS.index(edge.kind)),
            )
        if isinstance(path[-1].child, str):
            continue
        found = Descent(origin, path[-1].child, KINDS[kind], round(share, 3), round(probability, 3))
        if found.report not in best or best[found.report].share < share:
            best[found.report] = found
    return [best[n] for n in sorted(best)]


def count(
    tellings: Sequence[Telling], edges: Sequence[Edge], lost: Sequence[Lost], pairs: Pairs
) -> tuple[int, int, int]:
    """Return the least, the likeliest and the most independent origins."""
    best = len(origins(tellings, edges, lost))
    taken = _taken(edges)
    nearly = [n for n, t in enumerate(tellings) if n in taken and abs(1 - taken[n] - OWN) < DOUBT]
    unsure = _heirs_of_unknown(edges, lost)
    may_split = sum(not _is_own(1 - taken[n], tellings[n]) for n in nearly if n not in unsure)
    may_split += any(_is_own(1 - taken[n], tellings[n]) for n in unsure)
    may_merge = sum(_is_own(1 - taken[n], tellings[n]) for n in nearly)
    may_merge += len({j for (_, j), c in pairs.items() if 0.5 - DOUBT <= c.copied < 0.5 and j not in taken})
    may_merge += sum(source.name is None and len(source.reports) == 1 for source in lost)
    may_split += sum(_is_doubtful(e, pairs) for e in edges)
    return max(1, best - min(may_merge, max(1, best // 3))), best, best + min(may_split, max(1, best // 3))


def _heirs_of_unknown(edges: Sequence[Edge], lost: Sequence[Lost]) -> set[int]:
    """Reports whose lost source nobody prints whole."""
    shared = {source.key for source in lost if source.name is None and len(source.reports) > 1}
    return {e.child for e in edges if e.parent in shared}


def _is_doubtful(edge: Edge, pairs: Pairs) -> bool:
    """Whether who copied whom, of much of the report, or the copy itself is in doubt."""
    if edge.probability < 0.5 + DOUBT and edge.share > OWN:
        return True
    known = [c.copied for pair, c in pairs.items() if edge.child in pair and c.copied >= 0.5]
    return bool(known) and max(known) < SURE


def _taken(edges: Sequence[Edge]) -> dict[int, float]:
    taken: dict[int, float] = defaultdict(float)
    for edge in edges:
        taken[edge.child] = min(1.0, taken[edge.child] + edge.share)
    return dict(taken)


def _is_own(share: float, telling: Telling) -> bool:
    return share >= OWN and share * len(telling.words.folded) >= OWN_WORDS


def _paths(edges: Sequence[Edge], origin: Node, before: tuple[Edge, ...] = ()) -> Iterator[tuple[Edge, ...]]:
    at = before[-1].child if before else origin
    for edge in edges:
        if edge.parent == at and edge not in before:
            yield (*before, edge)
            yield from _paths(edges, origin, (*before, edge))
