"""A reader's word on derivations, laid over the tree: a report that took its words from another, or did not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from stemma import ids
from stemma.descent.collation import Collation
from stemma.descent.edges import Edge, Lost, from_report
from stemma.descent.kinship import Kin
from stemma.descent.telling import Telling

Pair = tuple[int | str, int | str]
SURE = 0.99
"""Probability of a derivation that a reader accepted."""
WORD = 20.0
"""What a reader's word weighs, in nats: more than all signs together."""


@dataclass(frozen=True)
class Ruled:
    """The (child, parent) pairs that are rejected and accepted: numbers of reports, witness ids of lost sources."""

    rejected: frozenset[Pair] = frozenset()
    accepted: frozenset[Pair] = frozenset()


NOTHING = Ruled()


def ruled(tellings: Sequence[Telling], rejected: Iterable[tuple[str, str]], accepted: Iterable[tuple[str, str]]) -> Ruled:
    """Return judgements of (child, parent) witness ids as the tree takes them."""
    number: dict[str, int | str] = {t.id: n for n, t in enumerate(tellings)}
    told = [frozenset((number.get(c, c), number.get(p, p)) for c, p in pairs) for pairs in (rejected, accepted)]
    return Ruled(told[0], told[1])


def weigh(collation: Collation, ruled: Ruled) -> None:
    """Let the direction of judged pairs follow the judgement and no other sign."""
    for child, parent in sorted(ruled.rejected, key=str):
        if isinstance(child, int) and isinstance(parent, int) and collation.comparison(child, parent):
            collation.weights[parent, child], collation.weights[child, parent] = -WORD, 0.0
    for child, parent in sorted(ruled.accepted, key=str):
        if isinstance(child, int) and isinstance(parent, int) and collation.comparison(child, parent):
            collation.weights[parent, child], collation.weights[child, parent] = WORD, -WORD


def part_rejected(collation: Collation, kin: Kin, ruled: Ruled) -> None:
    """Put a lost source between two reports of which neither gave the other its words: what they share stays shared."""
    for child, parent in sorted(ruled.rejected - {(p, c) for c, p in ruled.accepted}, key=str):
        if isinstance(child, int) and isinstance(parent, int) and parent in kin.near.get(child, ()):
            key = f"shared:{':'.join(sorted(collation.tellings[n].id for n in (child, parent)))}"
            kin.part(child, parent)
            kin.join(key, child)
            kin.join(key, parent)


def settle(collation: Collation, edges: list[Edge], lost: list[Lost], ruled: Ruled) -> tuple[list[Edge], list[Lost]]:
    """Take out what is rejected and still there, put in what is accepted and is not; a lost source without heirs goes too."""
    if not ruled.rejected and not ruled.accepted:
        return edges, lost
    kept = [e for e in edges if (e.child, _witness(e.parent)) not in ruled.rejected]
    for child, parent in sorted(ruled.accepted, key=str):
        kept = _with(collation, kept, child, parent)
    heirs = {e.parent for e in kept}
    return [e for e in kept if isinstance(e.child, int) or e.child in heirs], [s for s in lost if s.key in heirs]


def _with(collation: Collation, edges: list[Edge], child: int | str, parent: int | str) -> list[Edge]:
    there = [(e.child, _witness(e.parent)) == (child, parent) for e in edges]
    if any(there):
        return [replace(e, probability=max(e.probability, SURE)) if this else e for e, this in zip(edges, there, strict=True)]
    if not isinstance(child, int) or not isinstance(parent, int) or not collation.comparison(child, parent):
        return edges
    if _descends(edges, parent, child):
        return edges
    first = max((e for e in edges if e.child == child), key=lambda e: e.share, default=None)
    told = replace(from_report(collation, child, parent, SURE), probability=SURE)
    return [*(e for e in edges if e is not first), told]


def _witness(node: int | str) -> int | str:
    """A lost source is judged by its witness id, because its key is known only when the tree is grown."""
    return node if isinstance(node, int) else ids.digest("lost", node)


def _descends(edges: Sequence[Edge], node: int | str, ancestor: int | str) -> bool:
    """Whether a node is another, or comes from it through however many copies."""
    reached = {ancestor}
    while more := {e.child for e in edges if e.parent in reached} - reached:
        reached |= more
    return node in reached
