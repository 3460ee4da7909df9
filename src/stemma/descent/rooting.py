"""Which way the tree of kin runs: for each lineage the probability of each of its nodes to be the root.

A node is likely to be the root for its place, as the source of a rumour is (Shah & Zaman 2011), and for the signs of direction
that speak for its edges. A report that is part one telling and part another stands in two lineages, each with a root of its
own.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from stemma.descent import thresholds
from stemma.descent.collation import Collation, components
from stemma.descent.edges import signs_weight
from stemma.descent.kinship import Kin, Node, held, lacking
from stemma.text.moments import order

Lineage = dict[Node, set[Node]]


@dataclass(frozen=True)
class Rooted:
    """One lineage with a direction: parents by child, and the probability that each edge runs this way."""

    root: Node
    parents: dict[Node, Node]
    sure: dict[Node, float]


def lineages(collation: Collation, kin: Kin) -> list[Lineage]:
    """Return the subtrees of kin whose edges carry the same words, as neighbours by node; single nodes are left out."""
    edges = kin.edges()
    at: dict[Node, list[int]] = {}
    for number, edge in enumerate(edges):
        for node in edge:
            at.setdefault(node, []).append(number)
    alike: dict[int, set[int]] = {number: set() for number in range(len(edges))}
    for v, own in at.items():
        for e, f in combinations(own, 2):
            if _same_telling(collation, kin, v, edges[e], edges[f]):
                alike[e].add(f)
                alike[f].add(e)
    return [part for group in components(alike) for part in _divided(collation, kin, _neighbours(edges[n] for n in group))]


def _neighbours(edges: Iterable[tuple[Node, Node]]) -> Lineage:
    near: Lineage = {}
    for a, b in edges:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    return near


def rooted(collation: Collation, kin: Kin, near: Lineage, mixed: Set[Node] = frozenset()) -> Rooted:
    """Return a lineage away from its likeliest root; `mixed` are the nodes that stand in other lineages too."""
    weights = _weights(collation, kin, near, mixed)
    best = max(weights, key=lambda r: (weights[r], isinstance(r, str), str(r)))
    total = sum(math.exp(w - weights[best]) for w in weights.values())
    likely = {root: math.exp(w - weights[best]) / total for root, w in weights.items()}
    parents = dict(_away(near, best))
    sure = {c: 1 - sum(p for r, p in likely.items() if r == c or descends(parents, r, c)) for c in parents}
    return Rooted(best, parents, sure)


def hung_on_nearest(collation: Collation, kin: Kin, tree: Rooted) -> Rooted:
    """Return a tree of the same reports, each below the likeliest of its possible sources.

    The tree of kin joins those that share the most words, and of three that share nearly as many it may take the wrong two. Here
    the words that a source leaves unexplained are weighed against the signs of direction, both in nats.
    """
    return _rehung(collation, _turned(collation, kin, tree))


def _turned(collation: Collation, kin: Kin, tree: Rooted) -> Rooted:
    """Turn a report and its copy about, where the signs say so and the words of their source allow either to be the first."""
    parents = dict(tree.parents)
    for child, parent in tree.parents.items():
        above = parents.get(parent)
        if isinstance(child, int) and isinstance(parent, int) and above is not None and parents[child] == parent:
            against = lacking(collation, kin, parent, above, child) - lacking(collation, kin, child, above, parent)
            gain = signs_weight(collation, child, parent) - thresholds.NEAREST_READING * against
            if isinstance(above, int):
                gain += _first(collation, above, child) - _first(collation, above, parent)
            if gain > thresholds.NEAREST_TURN:
                parents[child], parents[parent] = above, child
    return Rooted(tree.root, dict(_from_root(parents, tree.root)), tree.sure)


def _rehung(collation: Collation, tree: Rooted) -> Rooted:
    """Hang each report on the one that explains most of it and was likely first; of equals on the one nearest to the root."""
    parents = dict(tree.parents)
    depth = {tree.root: 0}
    for child, parent in parents.items():
        depth[child] = depth[parent] + 1
    for child, parent in sorted(tree.parents.items(), key=lambda item: (depth[item[0]], str(item[0]))):
        if isinstance(child, int) and isinstance(parent, int):
            near = [n for n in depth if isinstance(n, int) and collation.comparison(n, child) and not descends(parents, n, child)]
            parents[child] = max(near, key=lambda n: (_fit(collation, n, child), -depth[n], n == parent, -n))
    return Rooted(tree.root, parents, tree.sure)


def _fit(collation: Collation, parent: int, child: int) -> float:
    return round(thresholds.NEAREST_READING * collation.held(child, parent).bit_count() + _first(collation, parent, child), 1)


def _first(collation: Collation, parent: int, child: int) -> float:
    """The log of the probability that the signs give to the parent to be the first of the two."""
    return -math.log1p(math.exp(-signs_weight(collation, parent, child)))


def _from_root(parents: Mapping[Node, Node], root: Node) -> Iterator[tuple[Node, Node]]:
    children: dict[Node, list[Node]] = defaultdict(list)
    for child, parent in parents.items():
        children[parent].append(child)
    front = [root]
    for at in front:
        front += children[at]
        yield from ((child, at) for child in children[at])


def _weights(collation: Collation, kin: Kin, near: Lineage, mixed: Set[Node]) -> dict[Node, float]:
    """The weight of each likely root of a lineage, in nats."""
    options = sorted(near, key=lambda n: (-len(near[n]), str(n)))[: thresholds.TRIED]
    trees = {root: dict(_away(near, root)) for root in options}
    return {
        root: _place(near, parents, root)
        + _score_of_root(collation, kin, near, parents, root)
        - thresholds.ROOT_MIXED * (root in mixed)
        for root, parents in trees.items()
    }


def _divided(collation: Collation, kin: Kin, near: Lineage) -> list[Lineage]:
    """A lineage in two, where a page has words from either side and the signs speak for a root on each; and so on."""
    whole = _evidence(collation, kin, near, None)
    cuts = [
        (gain, str(v), str(x), parts)
        for v, x in _junctions(collation, kin, near)
        for parts in [_cut(near, v, x)]
        for gain in [_evidence(collation, kin, parts[0], v) + _evidence(collation, kin, parts[1], None) - whole]
        if gain > 0
    ]
    if not cuts:
        return [near]
    *_, parts = max(cuts, key=lambda c: c[:3])
    return [p for part in parts for p in _divided(collation, kin, part)]


def _junctions(collation: Collation, kin: Kin, near: Lineage) -> Iterator[tuple[Node, Node]]:
    """Each report and a neighbour whose words in it are others than those of a second neighbour."""
    for v in near:
        if isinstance(v, int):
            for x in near[v]:
                if any(not _same_telling(collation, kin, v, (v, x), (v, y)) for y in near[v] - {x}):
                    yield v, x


def _cut(near: Lineage, v: Node, x: Node) -> tuple[Lineage, Lineage]:
    """The side of a node's neighbour with the node as a leaf, and the rest."""
    beyond = {x, *(n for n, _ in _away({**near, x: near[x] - {v}}, x))}
    side = {n: set(near[n]) for n in beyond} | {v: {x}}
    rest = {n: set(others) for n, others in near.items() if n not in beyond}
    rest[v].discard(x)
    return side, rest


def _evidence(collation: Collation, kin: Kin, near: Lineage, leaf: Node | None) -> float:
    """How well the signs fit a lineage whatever its root is, in nats; a leaf is no root."""
    options = [n for n in sorted(near, key=lambda n: (-len(near[n]), str(n)))[: thresholds.TRIED] if n != leaf]
    trees = [(root, dict(_away(near, root))) for root in options]
    places = [_place(near, parents, root) for root, parents in trees]
    weights = [p + _score_of_root(collation, kin, near, parents, root) for p, (root, parents) in zip(places, trees, strict=True)]
    return _log_sum(weights) - _log_sum(places)


def _log_sum(values: Sequence[float]) -> float:
    most = max(values)
    return most + math.log(sum(math.exp(v - most) for v in values))


def _same_telling(collation: Collation, kin: Kin, v: Node, e: tuple[Node, Node], f: tuple[Node, Node]) -> bool:
    if isinstance(v, str):
        return True
    one, other = (x for edge in (e, f) for x in edge if x != v)
    words = [held(collation, kin, v, n) for n in (one, other)]
    least = min(w.bit_count() for w in words) or 1
    return (words[0] & words[1]).bit_count() >= thresholds.LINEAGE_SHARE * least


def _away(near: dict[Node, set[Node]], root: Node) -> Iterator[tuple[Node, Node]]:
    front, seen = [root], {root}
    while front:
        parent = front.pop(0)
        for child in sorted(near[parent] - seen, key=str):
            seen.add(child)
            front.append(child)
            yield child, parent


def _place(near: Lineage, parents: dict[Node, Node], root: Node) -> float:
    below = dict.fromkeys(near, 1)
    for child in reversed(parents):
        below[parents[child]] += below[child]
    return -sum(math.log(n) for n in below.values()) + thresholds.ROOT_LOST * isinstance(root, str)


def _score_of_root(collation: Collation, kin: Kin, near: Lineage, parents: dict[Node, Node], root: Node) -> float:
    return _signs(collation, kin, parents) - thresholds.ROOT_EARLIER * _earlier(collation, near, root)


def _signs(collation: Collation, kin: Kin, parents: dict[Node, Node]) -> float:
    weight = 0.0
    for child, parent in parents.items():
        weight += _credited(kin, parent, child) / 2
        if isinstance(child, int):
            through = 1.0
            at: Node | None = parent
            while isinstance(at, str):
                at, through = parents.get(at), thresholds.ROOT_THROUGH
            if at is not None:
                weight += through * signs_weight(collation, at, child) / 2
    return weight


def _earlier(collation: Collation, near: Iterable[Node], root: Node) -> int:
    """How many reports are dated before a root that is a report."""
    if isinstance(root, str):
        return 0
    dated = collation.tellings[root].dated
    return sum(order(collation.tellings[n].dated, dated) < 0 for n in near if isinstance(n, int))


def _credited(kin: Kin, parent: Node, child: Node) -> float:
    """The weight of a credit between a report and the lost source that it names."""
    if isinstance(parent, str) and isinstance(child, int):
        return thresholds.SIGN_CREDITED * (child in kin.credited.get(parent, ()))
    if isinstance(parent, int) and isinstance(child, str):
        return -thresholds.SIGN_CREDITED * (parent in kin.credited.get(child, ()))
    return 0.0


def descends(parents: Mapping[Node, Node], node: Node, ancestor: Node) -> bool:
    """Return whether a node lies below another, by the parent of each."""
    while node in parents:
        node = parents[node]
        if node == ancestor:
            return True
    return False
