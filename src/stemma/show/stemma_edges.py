"""The lines of a drawn stemma: trunks that siblings share, branches in the style of their kind, second parents."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from stemma.show.forest import Branch
from stemma.show.svg import RADIUS, bar, stroke
from stemma.show.wording import Row

_LANES = 6


class Placed(Protocol):
    """What is known of a branch that has its place: the centre of its circle."""

    @property
    def branch(self) -> Branch:
        """The witness with its derivations."""

    @property
    def x(self) -> float:
        """From the left."""

    @property
    def y(self) -> float:
        """From the top."""


def lanes(branches: Sequence[Branch]) -> dict[tuple[str, str], int]:
    """Return the lane of each second derivation along the left edge, by child and parent, so that none overlap.

    Those that find no free lane of the few that there are stay without a line; the notes name them.
    """
    row = {b.witness["id"]: i for i, b in enumerate(branches)}
    spans = sorted(
        (*sorted((row[e["parent"]], row[e["child"]])), e["child"], e["parent"])
        for b in branches
        for e in b.also
        if e["parent"] in row
    )
    ends = [-1] * _LANES
    found = {}
    for top, bottom, child, parent in spans:
        free = next((lane for lane, end in enumerate(ends) if end < top), None)
        if free is not None:
            ends[free] = bottom
            found[child, parent] = free
    return found


def draw_edges(places: Sequence[Placed], beside: Mapping[tuple[str, str], int]) -> list[str]:
    """Return the lines of a stemma; those that pass behind others come first."""
    at = {p.branch.witness["id"]: p for p in places}
    first, then, above = [], [], []
    for place in places:
        for edge in place.branch.also:
            if (edge["child"], edge["parent"]) in beside:
                lane = beside[edge["child"], edge["parent"]]
                first.append(_second_edge(at[edge["parent"]], place, edge, 4.0 + 4 * lane))
        if place.branch.edge:
            trunk, own = _edge(at[place.branch.edge["parent"]], place, place.branch.edge)
            then.append(trunk)
            above += own
    return [*first, *then, *above]


def _edge(parent: Placed, child: Placed, edge: Row) -> tuple[str, list[str]]:
    """Return trunk and branch of an edge: siblings share the trunk, so only the branch has kind and width."""
    width = 1.4 + 2.6 * min(1.0, max(0.0, float(edge.get("share") or 0)))
    kind = str(edge.get("kind"))
    credited = bool(edge.get("credited"))
    if child.x - parent.x > RADIUS:
        trunk = stroke(f"M{parent.x:g} {parent.y + RADIUS:g}V{child.y:g}", 1.2)
        branch = stroke(f"M{parent.x:g} {child.y:g}H{child.x - RADIUS:g}", width, kind)
        return trunk, [branch] if credited else [branch, bar(child.x - RADIUS - 4, child.y)]
    # Not right of its parent: the line turns above the row, where it strikes no text, and falls on the child.
    turn = child.y - 15
    trunk = stroke(f"M{parent.x:g} {parent.y + RADIUS:g}V{turn:g}", 1.2)
    branch = stroke(f"M{parent.x:g} {turn:g}H{child.x:g}V{child.y - RADIUS:g}", width, kind)
    falls = parent.x - child.x < 3 * RADIUS
    cut = stroke(f"M{child.x - 6:g} {child.y - RADIUS - 4:g}h12", 2) if falls else bar(child.x + RADIUS + 4, turn)
    return trunk, [branch] if credited else [branch, cut]


def _second_edge(parent: Placed, child: Placed, edge: Row, x: float) -> str:
    up, down = parent.y + 6, child.y + 6
    path = f"M{parent.x - RADIUS + 2:g} {up:g}H{x:g}V{down:g}H{child.x - RADIUS - 2:g}"
    tip = f"M{child.x - RADIUS - 6:g} {down - 3:g}l4 3l-4 3"
    return stroke(path, 1, str(edge.get("kind"))) + stroke(tip, 1)
