"""The tree with a direction, put right place by place: reports turned about, and hung on the nearest that can be their source.

The tree of kin joins those that share the most words, and of three that share nearly as many it may take the wrong two. Here the
words that a source leaves unexplained are weighed against the signs of direction, both in nats.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping

from stemma.descent.direction import signs_weight
from stemma.descent.ground import Ground
from stemma.descent.kinship import Kin, Node, lacking
from stemma.descent.rooting import Rooted, descends

READING = 0.35
"""What a reading of a report that a source explains speaks for that source, in nats."""
TURN = 1.0
"""How much likelier, in nats, the other order must be for a report and its copy to be turned about."""


def nearest(ground: Ground, kin: Kin, tree: Rooted) -> Rooted:
    """Return a tree of the same reports, each below the likeliest of its possible sources."""
    return _rehung(ground, _turned(ground, kin, tree))


def _turned(ground: Ground, kin: Kin, tree: Rooted) -> Rooted:
    """Turn a report and its copy about, where the signs say so and the words of their source allow either to be the first."""
    parents = dict(tree.parents)
    for child, parent in tree.parents.items():
        above = parents.get(parent)
        if isinstance(child, int) and isinstance(parent, int) and above is not None and parents[child] == parent:
            against = lacking(ground, kin, parent, above, child) - lacking(ground, kin, child, above, parent)
            gain = signs_weight(ground, child, parent) - READING * against
            if isinstance(above, int):
                gain += _first(ground, above, child) - _first(ground, above, parent)
            if gain > TURN:
                parents[child], parents[parent] = above, child
    return Rooted(tree.root, dict(_from_root(parents, tree.root)), tree.sure)


def _rehung(ground: Ground, tree: Rooted) -> Rooted:
    """Hang each report on the one that explains most of it and was likely first; of equals on the one nearest to the root."""
    parents = dict(tree.parents)
    depth = {tree.root: 0}
    for child, parent in parents.items():
        depth[child] = depth[parent] + 1
    for child, parent in sorted(tree.parents.items(), key=lambda item: (depth[item[0]], str(item[0]))):
        if isinstance(child, int) and isinstance(parent, int):
            near = [n for n in depth if isinstance(n, int) and ground.comparison(n, child) and not descends(parents, n, child)]
            parents[child] = max(near, key=lambda n: (_fit(ground, n, child), -depth[n], n == parent, -n))
    return Rooted(tree.root, parents, tree.sure)


def _fit(ground: Ground, parent: int, child: int) -> float:
    return round(READING * ground.held(child, parent).bit_count() + _first(ground, parent, child), 1)


def _first(ground: Ground, parent: int, child: int) -> float:
    """The log of the probability that the signs give to the parent to be the first of the two."""
    return -math.log1p(math.exp(-signs_weight(ground, parent, child)))


def _from_root(parents: Mapping[Node, Node], root: Node) -> Iterator[tuple[Node, Node]]:
    children: dict[Node, list[Node]] = defaultdict(list)
    for child, parent in parents.items():
        children[parent].append(child)
    front = [root]
    for at in front:
        front += children[at]
        yield from ((child, at) for child in children[at])
