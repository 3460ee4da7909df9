"""The stemma as a forest: each witness once, under its strongest parent, the others noted beside it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from stemma.show.wording import Row
from stemma.text.moments import read_moment

DEEPEST = 7
"""Generations that are set in further and further; what is deeper stays here, and says whom it is from."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A witness, the derivation it hangs on (None at a root), its other derivations, and its generation.

    `folded` holds all branches of a row that stands for several, this one first among them; else nothing.
    """

    witness: Row
    edge: Row | None
    also: tuple[Row, ...]
    depth: int
    origin: bool
    folded: tuple["Branch", ...] = ()

    @property
    def column(self) -> int:
        """Return how far a branch is set in."""
        return min(self.depth, DEEPEST)


def grow(story: Row, reports: Mapping[str, Row] | None = None) -> list[Branch]:
    """Return every witness of a story once, in the order of drawing: each followed by its descendants.

    Lost sources come first; then, of roots, greater families; of siblings, the earlier published where `reports`
    tells it, and those that took most. Derivations that would close a circle are kept as `also`.
    """
    witnesses = {w["id"]: w for w in story.get("witnesses", [])}
    main, also = _parents(story, set(witnesses))
    families = _families(main, witnesses)
    origins = {o["witness"] for o in story.get("origins", [])}

    def order(wid: str) -> tuple[bool, int, str, float, str]:
        witness = witnesses[wid]
        strong = strength(main[wid]) if wid in main else 0.0
        grown = families[wid] if wid not in main else 0
        report = (reports or {}).get(witness.get("report") or "", {})
        moment = read_moment(report.get("published"))
        when = moment.begin.isoformat() if moment else "no date"
        return witness.get("report") is not None, -grown, when, -strong, str(witness.get("siglum"))

    children = defaultdict(list)
    for child, edge in main.items():
        children[edge["parent"]].append(child)
    waiting = [(0, wid) for wid in sorted(witnesses.keys() - main.keys(), key=order, reverse=True)]
    branches = []
    while waiting:
        depth, wid = waiting.pop()
        branches.append(Branch(witnesses[wid], main.get(wid), tuple(also[wid]), depth, wid in origins))
        waiting += [(depth + 1, child) for child in sorted(children[wid], key=order, reverse=True)]
    return branches


def fold(branches: Sequence[Branch], least: int = 3) -> list[Branch]:
    """Return the branches with plain verbatim copies of one parent as one row, where there are `least` or more.

    Plain is a report that nothing hangs on, with one parent and no wording of its own; the credited are apart.
    """
    parents = {e["parent"] for b in branches for e in (b.edge, *b.also) if e}
    alike: dict[tuple[str, bool], list[Branch]] = defaultdict(list)
    for branch in branches:
        plain = branch.edge and branch.edge.get("kind") == "verbatim" and branch.witness.get("report")
        if branch.edge and plain and not branch.also and not branch.origin and branch.witness["id"] not in parents:
            alike[branch.edge["parent"], bool(branch.edge.get("credited"))].append(branch)
    rows = [tuple(group) for group in alike.values() if len(group) >= least]
    first = {group[0].witness["id"]: group for group in rows}
    rest = {b.witness["id"] for group in rows for b in group[1:]}
    return [replace(b, folded=first.get(b.witness["id"], ())) for b in branches if b.witness["id"] not in rest]


def strength(edge: Row) -> float:
    """Return how much a parent gave, discounted by how sure that is."""
    return float(edge.get("share") or 0) * float(edge.get("probability") or 0)


def _parents(story: Row, known: set[str]) -> tuple[dict[str, Row], dict[str, list[Row]]]:
    main: dict[str, Row] = {}
    also: dict[str, list[Row]] = defaultdict(list)
    edges = [d for d in story.get("derivations", []) if d["child"] in known and d["parent"] in known]
    for edge in sorted(edges, key=lambda d: (-strength(d), d["child"], d["parent"])):
        if edge["child"] in main or edge["child"] in _line(edge["parent"], main):
            also[edge["child"]].append(edge)
        else:
            main[edge["child"]] = edge
    return main, also


def _line(witness: str, main: dict[str, Row]) -> list[str]:
    """Return a witness and those it descends from, nearest first."""
    line = [witness]
    while line[-1] in main:
        line.append(main[line[-1]]["parent"])
    return line


def _families(main: dict[str, Row], witnesses: dict[str, Row]) -> dict[str, int]:
    """Return how many witnesses descend from each, itself included."""
    sizes = dict.fromkeys(witnesses, 0)
    for wid in witnesses:
        for ancestor in _line(wid, main):
            sizes[ancestor] += 1
    return sizes
