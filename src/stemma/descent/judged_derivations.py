"""A reader's word on derivations, laid over the tree: a report that took its words from another, or did not.

The tree grows from its signs, and a word moves the report that it speaks of. An accepted edge takes the place of the report's
first source; when it closes a circle, the weakest edge of the circle gives way. A report that loses its source takes the
likeliest of those that are left, or has none: no lost source is made up for it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from stemma import ids
from stemma.descent import thresholds
from stemma.descent.cited_sources import Cited
from stemma.descent.collation import Collation, Pairs, reached
from stemma.descent.edges import DirectionSign, Edge, Lost, first_probability, from_named, from_report, from_shared, signs_weight
from stemma.descent.telling import Telling, same_outlet

Node = int | str
Pair = tuple[int, Node]
SAID = "a person said so"


@dataclass(frozen=True)
class Ruled:
    """The (child, parent) pairs that are rejected, and those accepted with why; numbers of reports, ids of lost sources."""

    rejected: frozenset[Pair] = frozenset()
    accepted: Mapping[Pair, str] = field(default_factory=dict)

    def over(self, lost: Iterable[Lost]) -> "Ruled":
        """Return the same with the keys of these lost sources: a witness id hides its key until the tree is grown."""
        key: dict[Node, Node] = {ids.digest("lost", s.key): s.key for s in lost}
        rejected = frozenset((c, key.get(p, p)) for c, p in self.rejected)
        return Ruled(rejected, {(c, key.get(p, p)): why for (c, p), why in self.accepted.items()})


NOTHING = Ruled()


def ruled(tellings: Sequence[Telling], rejected: Iterable[tuple[str, str]], accepted: Mapping[tuple[str, str], str]) -> Ruled:
    """Return judgements of (child, parent) witness ids as the tree takes them."""
    number = {t.id: n for n, t in enumerate(tellings)}
    told: dict[str, Node] = {**number}
    return Ruled(
        frozenset((number[c], told.get(p, p)) for c, p in rejected if c in number),
        {(number[c], told.get(p, p)): why for (c, p), why in accepted.items() if c in number},
    )


def settle(collation: Collation, pairs: Pairs, edges: list[Edge], lost: list[Lost], word: Ruled) -> tuple[list[Edge], list[Lost]]:
    """Put in what is accepted, then take out what is rejected; `pairs` are all comparisons, with those too faint for the tree."""
    if not word.rejected and not word.accepted:
        return edges, lost
    here = word.over(lost)
    for pair in sorted(here.accepted, key=str):
        edges = _with(collation, pairs, edges, lost, pair, here)
    for e in [e for e in edges if (e.child, e.parent) in here.rejected]:
        edges = _without(collation, edges, lost, e, here.rejected)
    return needed(edges, lost)


def settle_named(edges: list[Edge], lost: list[Lost], word: Ruled) -> tuple[list[Edge], list[Lost]]:
    """Take out what is rejected of the sources that got a name when the tree was grown."""
    here = word.over(lost)
    kept = [e for e in edges if (e.child, e.parent) not in here.rejected]
    return needed(kept, lost) if len(kept) < len(edges) else (edges, lost)


def settle_cited(tellings: Sequence[Telling], cited: Cited, word: Ruled) -> Cited:
    """Lay the same words over the houses that running text cites."""
    here, keys = word.over(cited.lost), {s.key for s in cited.lost}
    edges = [
        _sure(tellings, e, here.accepted[e.child, e.parent])  # type: ignore[index]
        if (e.child, e.parent) in here.accepted else e
        for e in cited.edges if (e.child, e.parent) not in here.rejected
    ]  # fmt: skip
    known = {(e.child, e.parent) for e in edges}
    new = sorted((c, p) for c, p in here.accepted if isinstance(p, str) and p in keys and (c, p) not in known)
    edges += [_unshared(tellings, pair, here.accepted[pair]) for pair in new]
    heirs = {e.parent for e in edges}
    return Cited(edges, [s for s in cited.lost if s.key in heirs], cited.passages)


def _with(collation: Collation, pairs: Pairs, edges: list[Edge], lost: Sequence[Lost], pair: Pair, word: Ruled) -> list[Edge]:
    """The edges with one that is accepted; without it only where it closes a circle of nothing but accepted ones."""
    child, parent = pair
    there = next((e for e in edges if (e.child, e.parent) == pair), None)
    told = (
        _sure(collation.tellings, there, word.accepted[pair]) if there else _accepted(collation, pairs, edges, lost, pair, word)
    )
    if told is None:
        return edges
    own = [e for e in edges if e.child == child and (e.child, e.parent) not in word.accepted]
    first = there or (max(own, key=lambda e: e.share, default=None) if told.share else None)
    after = [*(e for e in edges if e is not first), told]
    while circle := [e for e in _between(after, child, parent) if e is not told]:
        free = [e for e in circle if (e.child, e.parent) not in word.accepted]
        if not free:
            return edges
        weakest = min(free, key=lambda e: (e.probability, e.share, str(e.child), str(e.parent)))
        after = _without(collation, after, lost, weakest, word.rejected)
    return after


def _accepted(
    collation: Collation, pairs: Pairs, edges: Sequence[Edge], lost: Sequence[Lost], pair: Pair, word: Ruled
) -> Edge | None:
    """The edge of an accepted pair that the signs did not join, with what the two share; None for no witness."""
    child, parent = pair
    why = word.accepted[pair]
    if isinstance(parent, str):
        source = next((s for s in lost if s.key == parent), None)
        return _sure(collation.tellings, _from_lost_one(collation, edges, child, source), why) if source else None
    both = min(child, parent), max(child, parent)
    if both not in pairs:
        return _unshared(collation.tellings, pair, why)
    alone = collation if both in collation.pairs else Collation(collation.tellings, {both: pairs[both]})
    return _sure(collation.tellings, from_report(alone, child, parent, 1.0), why)


def _sure(tellings: Sequence[Telling], edge: Edge, why: str) -> Edge:
    reason = f"{SAID}: {why}" if why else SAID
    telling = tellings[edge.child]  # type: ignore[index]
    start, end = max(((s.start, s.end) for s in edge.signs if s.report == telling.id), key=lambda s: s[1] - s[0], default=(0, 0))
    sign = DirectionSign(SAID, thresholds.SIGN_SAID, reason, telling.id, start, end)
    return replace(edge, probability=1.0, reason=reason, signs=(sign, *edge.signs))


def _unshared(tellings: Sequence[Telling], pair: Pair, why: str) -> Edge:
    edge = _sure(tellings, Edge(*pair, "rewrite", 0.0, False, 1.0, "", ()), why)
    return replace(edge, reason=f"{edge.reason} (no wording was found that the two share)")


def _without(collation: Collation, edges: list[Edge], lost: Sequence[Lost], gone: Edge, barred: Set[Pair]) -> list[Edge]:
    """The edges without one; its child takes the likeliest source that is left, unless it has another for as many words."""
    rest = [e for e in edges if e is not gone]
    child = gone.child
    if isinstance(child, str) or any(e.child == child and e.share >= gone.share for e in rest):
        return rest
    below = reached(_children(rest), child) | {child, gone.parent} | {e.parent for e in rest if e.child == child}
    options = [
        from_report(collation, child, n, sure)
        for n in range(len(collation.tellings))
        if n not in below and (child, n) not in barred and collation.comparison(child, n)
        for sure in [first_probability(signs_weight(collation, n, child))]
        if sure >= thresholds.AGAINST
    ]
    if not _is_named(collation, child):
        options += [
            _from_lost_one(collation, rest, child, s)
            for s in lost
            if s.key not in below and (child, s.key) not in barred
            and any(collation.comparison(child, h) for h in _heirs(rest, s.key) if h != child)
        ]  # fmt: skip
    likeliest = max(options, key=lambda e: (e.share * e.probability, str(e.parent)), default=None)
    return [*rest, likeliest] if likeliest else rest


def _from_lost_one(collation: Collation, edges: Iterable[Edge], child: int, source: Lost) -> Edge:
    heirs = [h for h in _heirs(edges, source.key) if h != child]
    if source.name:
        return from_named(collation, child, source, heirs)
    return from_shared(collation, child, replace(source, reports=(*heirs, child)), 0.5)


def _heirs(edges: Iterable[Edge], key: str) -> list[int]:
    return sorted(e.child for e in edges if e.parent == key and isinstance(e.child, int))


def _is_named(collation: Collation, report: int) -> bool:
    """Whether other reports credit the house of a report: what it prints itself has no source above it."""
    outlet = collation.tellings[report].report.outlet
    return any(same_outlet(c.name, outlet) for n, t in enumerate(collation.tellings) if n != report for c in t.credits)


def _between(edges: Sequence[Edge], top: Node, bottom: Node) -> list[Edge]:
    """The edges of every path from a node down to another."""
    parents: dict[Node, list[Node]] = defaultdict(list)
    for e in edges:
        parents[e.child].append(e.parent)
    below, above = reached(_children(edges), top) | {top}, reached(parents, bottom) | {bottom}
    return [e for e in edges if e.parent in below and e.child in above]


def _children(edges: Iterable[Edge]) -> dict[Node, list[Node]]:
    children: dict[Node, list[Node]] = defaultdict(list)
    for e in edges:
        children[e.parent].append(e.child)
    return children


def needed(edges: list[Edge], lost: list[Lost]) -> tuple[list[Edge], list[Lost]]:
    """Return both without the lost sources that have no heir, or that were there for two reports to share and have one."""
    while True:
        heirs, copies = Counter(e.parent for e in edges), {e.child for e in edges}
        idle = {
            s.key for s in lost
            if not heirs[s.key] or (heirs[s.key] == 1 and s.key.startswith("shared:") and s.key not in copies)
        }  # fmt: skip
        if not idle:
            return edges, lost
        edges = [e for e in edges if e.parent not in idle and e.child not in idle]
        lost = [s for s in lost if s.key not in idle]
