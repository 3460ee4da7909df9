"""The tree of kin without a direction: reports and lost sources, next to one another where they share the most words.

A word is written once and can be dropped many times (Dollo's law, as in the stemmatology of Roos & Heikkilä 2009): that two
reports lack the same words proves nothing, that they have the same words joins them. So the tree is a maximum spanning tree
over shared words; and where two neighbours of a report share words that it lacks, no report can stand between them: a lost
source does.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import combinations

from stemma.descent import thresholds
from stemma.descent.collation import Collation, components
from stemma.descent.edges import signs_weight

Node = int | str


@dataclass
class Kin:
    """A tree of reports (numbers) and lost sources (keys): the neighbours of each node, and who credits the named ones."""

    near: dict[Node, set[Node]] = field(default_factory=dict)
    credited: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def join(self, one: Node, other: Node) -> None:
        """Make two nodes neighbours."""
        self.near.setdefault(one, set()).add(other)
        self.near.setdefault(other, set()).add(one)

    def part(self, one: Node, other: Node) -> None:
        """Make two nodes neighbours no more."""
        self.near[one].discard(other)
        self.near[other].discard(one)

    def heirs(self, lost: Node) -> list[int]:
        """Return the reports next to a lost source."""
        return sorted(n for n in self.near.get(lost, ()) if isinstance(n, int))

    def edges(self) -> list[tuple[Node, Node]]:
        """Return each two neighbours once, in a fixed order."""
        both = {tuple(sorted((a, b), key=str)) for a, others in self.near.items() for b in others}
        return sorted(both, key=str)  # type: ignore[arg-type]


def grow_kin(collation: Collation, members: Sequence[int], named: Mapping[str, tuple[int, ...]]) -> Kin:
    """Return the tree of kin of reports that share a telling, with lost sources: those that must be, and the `named`.

    `named` are the reports that credit a source as author of all their words, by its key.
    """
    kin = Kin(credited=named)
    first = _firsts_of_twins(collation, members)
    everything: list[Node] = [*members, *named]
    root = {n: n for n in everything}
    source = {m: key for key, credited in named.items() for m in credited}
    for m, key in source.items():
        kin.join(key, m)
        root[_find(root, m)] = _find(root, key)
    for m, twin in first.items():
        if _find(root, m) != _find(root, twin):
            root[_find(root, m)] = _find(root, twin)
            kin.join(m, twin)
    for i, j in sorted(_pairs(collation, set(members) - set(first)), key=lambda p: (-_shared(collation, *p), p)):
        a, b = _find(root, i), _find(root, j)
        if a != b:
            root[b] = a
            kin.join(_attached(collation, kin, source, i, j), _attached(collation, kin, source, j, i))
    for key in named:
        _hang_siblings(collation, kin, key)
    _put_unnamed(collation, kin)
    return kin


def held(collation: Collation, kin: Kin, report: int, node: Node) -> int:
    """Return the readings of a report that a neighbour has; of a lost one, those that any other heir of it has."""
    return _held_by(collation, report, [node] if isinstance(node, int) else kin.heirs(node))


def _held_by(collation: Collation, report: int, others: Iterable[int]) -> int:
    readings = 0
    for other in others:
        readings |= collation.held(report, other)
    return readings


def lacking(collation: Collation, kin: Kin, one: int, two: Node, third: Node) -> int:
    """Return how many words outside quotation marks a report shares with a second, and not with a third."""
    return (held(collation, kin, one, two) & ~held(collation, kin, one, third) & ~collation.quoted[one]).bit_count()


def enough(collation: Collation, third: Node, *reports: int) -> float:
    """Return how many readings must be missing from a third for it not to stand between these reports."""
    changed = [_changed(collation, r, third) for r in reports if isinstance(third, int)]
    return max(thresholds.MISSING, thresholds.MISSING_SHARE * min(changed, default=0))


def _changed(collation: Collation, report: int, other: int) -> int:
    """How many readings a report changed, when it has the rest from another."""
    length = 2 * collation.length(report)
    changed = ~collation.held(report, other) & ((1 << length) - 1)
    here, count = changed & ~(changed << 1), 0
    for _ in range(thresholds.CHANGED_IN_A_ROW):
        count += here.bit_count()
        here = (here << 1) & changed
    return count


def alone(collation: Collation, child: int, sibling: int, heirs: Iterable[int]) -> float:
    """Return how many words a report shares with only one heir of a lost source, beyond what chance cuts would leave."""
    rest = [h for h in heirs if h not in (child, sibling)]
    theirs, others, chance = collation.held(child, sibling), _held_by(collation, child, rest), 1.0
    total = (theirs | others).bit_count() or 1
    for heir in rest:
        chance *= 1 - collation.held(child, heir).bit_count() / total
    return (theirs & ~others).bit_count() - theirs.bit_count() * chance


def _firsts_of_twins(collation: Collation, members: Sequence[int]) -> dict[int, int]:
    """For each report that another prints in the same words, the one of them that the signs put first."""
    near: dict[int, list[int]] = {}
    for i, j in _pairs(collation, set(members)):
        if collation.lacked(i, j) <= thresholds.TWIN_WORDS and collation.lacked(j, i) <= thresholds.TWIN_WORDS:
            near.setdefault(i, []).append(j)
            near.setdefault(j, []).append(i)
    firsts: dict[int, int] = {}
    for group in components(near):
        first = max(group, key=lambda m: (sum(signs_weight(collation, m, o) for o in group if o != m), -m))
        firsts |= {m: first for m in group if m != first}
    return firsts


def _pairs(collation: Collation, inside: Set[int]) -> list[tuple[int, int]]:
    return [p for p in collation.pairs if p[0] in inside and p[1] in inside]


def _shared(collation: Collation, i: int, j: int) -> int:
    return collation.held(i, j).bit_count() + collation.held(j, i).bit_count()


def _find(root: dict[Node, Node], n: Node) -> Node:
    while root[n] != n:
        root[n] = root[root[n]]
        n = root[n]
    return n


def _attached(collation: Collation, kin: Kin, source: Mapping[int, str], report: int, other: int) -> Node:
    """Where the other of two kindred reports hangs: on the report, or on the source that it credits."""
    key = source.get(report)
    return report if key is None or _is_sibling(collation, kin, other, report, key) else key


def _hang_siblings(collation: Collation, kin: Kin, key: str) -> None:
    """Of the reports that credit a source, hang those on another that must have it from there."""
    credited = kin.heirs(key)
    texts = collation.texts
    for c in credited:
        # What a third prints word for word is no word that two have from each other.
        printed = Counter(texts[h] for h in credited if h in kin.near[key])
        for sibling in credited:
            if printed[texts[c]] > 1 + (texts[c] == texts[sibling]):
                continue
            if sibling < c and {c, sibling} <= kin.near[key] and _is_sibling(collation, kin, c, sibling, key):
                rest = [h for h in kin.heirs(key) if h not in (c, sibling)]
                known = {r: _held_by(collation, r, rest).bit_count() for r in (c, sibling)}
                fuller, thinner = sorted(known, key=lambda r: (-known[r], r))
                kin.part(thinner, key)
                kin.join(thinner, fuller)


def _is_sibling(collation: Collation, kin: Kin, child: int, sibling: int, key: str) -> bool:
    heirs = kin.heirs(key)
    if not set(heirs) - {child, sibling}:
        return False
    surplus = alone(collation, child, sibling, heirs)
    return surplus >= max(thresholds.SIBLING_WORDS, lacking(collation, kin, child, key, sibling))


def _put_unnamed(collation: Collation, kin: Kin) -> None:
    """Put a lost source between a report and two neighbours while they share words that it lacks; the most words first."""
    while True:
        found = max(
            ((gain, str(v), v, u, w) for v in kin.near if isinstance(v, int) for gain, u, w in _gaps(collation, kin, v)),
            key=lambda f: f[:2],
            default=None,
        )
        if found is None:
            return
        _, _, v, u, w = found
        key = f"shared:{collation.tellings[min(v, u, w)].id}:{len(kin.near)}"
        around = {(y, x) for y in (v, u, w) for x in kin.near[y] if x not in (v, u, w)}
        kin.part(v, u)
        kin.part(v, w)
        for n in (v, u, w):
            kin.join(key, n)
        for y, x in sorted(around, key=str):
            if isinstance(x, int) and _is_heir(collation, kin, x, y, key):
                kin.part(y, x)
                kin.join(key, x)


def _gaps(collation: Collation, kin: Kin, v: int) -> Iterator[tuple[int, int, int]]:
    """Two reports next to a third that share enough words which it lacks, and how many."""
    for u, w in combinations([n for n in sorted(kin.near[v], key=str) if isinstance(n, int)], 2):
        if collation.comparison(u, w):
            gain = min(lacking(collation, kin, u, w, v), lacking(collation, kin, w, u, v))
            if gain >= enough(collation, v, u, w):
                yield gain, u, w


def _is_heir(collation: Collation, kin: Kin, x: int, y: int, key: str) -> bool:
    """Whether a neighbour of a new lost source's heir shares more with the source than with the heir alone."""
    missing = lacking(collation, kin, x, key, y)
    return missing >= enough(collation, y, x) and missing > alone(collation, x, y, kin.heirs(key))
