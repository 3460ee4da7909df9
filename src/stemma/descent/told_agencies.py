"""Sources that no credit names and the text itself does: what two pages share says that somebody "told Reuters".

An agency's reporter writes that his agency was told, and a client prints it as it stands. In words that two pages share this
names the wire behind both, which neither credits.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from stemma.descent.citations import Citation
from stemma.descent.collation import Pairs
from stemma.descent.edges import DirectionSign, Edge, Lost
from stemma.descent.telling import Telling, plain_name, same_outlet
from stemma.descent.thresholds import SIGN_CREDITED
from stemma.reports.agencies import agency_of
from stemma.tables import KINDS

Told = dict[int, Citation]
"""For heirs of a source the words in which they say that the agency was told."""


def with_told_agencies(
    tellings: Sequence[Telling], pairs: Pairs, edges: Sequence[Edge], lost: Sequence[Lost]
) -> tuple[list[Edge], list[Lost]]:
    """Return the edges and lost sources with the names that shared words give to those that nobody credits."""
    told = {s.key: found for s in lost if s.name is None and (found := _told(tellings, pairs, s))}
    name = {key: next(iter(found.values())).name for key, found in told.items()}
    key = {k: next((s.key for s in lost if same_outlet(s.name, n)), f"named:{plain_name(n)}") for k, n in name.items()}
    moved = [_named(tellings, e, key[str(e.parent)], told.get(str(e.parent), {})) if e.parent in key else e for e in edges]
    heirs: dict[str, set[int]] = defaultdict(set)
    for s in lost:
        heirs[key.get(s.key, s.key)].update(s.reports)
    names = {key.get(s.key, s.key): name.get(s.key, s.name) for s in lost}
    return _joined(moved), [Lost(k, n, tuple(sorted(heirs[k]))) for k, n in names.items()]


def _told(tellings: Sequence[Telling], pairs: Pairs, source: Lost) -> Told:
    """The heirs that say in words which another heir shares that one agency was told; none where they name several."""
    found = {
        n: c for n in source.reports for c in tellings[n].citations
        if c.spoken and agency_of(c.name) and any(_shares(pairs, n, m, c) for m in source.reports if m != n)
    }  # fmt: skip
    credited = any(tellings[n].credits for n in source.reports)
    return found if len({c.name for c in found.values()}) == 1 and not credited else {}


def _shares(pairs: Pairs, one: int, other: int, citation: Citation) -> bool:
    """Whether a report has the words of a citation in common with another."""
    comparison = pairs.get((min(one, other), max(one, other)))
    sides = [p.a if one < other else p.b for p in comparison.passages] if comparison else []
    return any(first < citation.past and citation.first < past for first, past in sides)


def _named(tellings: Sequence[Telling], edge: Edge, key: str, told: Told) -> Edge:
    """The edge to a source that now has a name, with the words that give it."""
    citation = told.get(edge.child) if isinstance(edge.child, int) else None
    if citation is None or not isinstance(edge.child, int):
        return replace(edge, parent=key)
    telling = tellings[edge.child]
    reason = f"{telling.name} prints, as others do, that {citation.name} was told"
    sign = DirectionSign("citation", SIGN_CREDITED, reason, telling.id, citation.start, citation.end)
    return replace(edge, parent=key, reason=reason, signs=(sign, *edge.signs))


def _joined(edges: Iterable[Edge]) -> list[Edge]:
    """The edges with those of one child and one parent as one."""
    found: dict[tuple[int | str, int | str], Edge] = {}
    for e in edges:
        known = found.get((e.child, e.parent))
        found[e.child, e.parent] = e if known is None else replace(
            max(known, e, key=lambda x: x.share),
            share=round(min(1.0, known.share + e.share), 3),
            kind=max(known.kind, e.kind, key=KINDS.index),
            signs=(*known.signs, *e.signs),
        )  # fmt: skip
    return list(found.values())
