"""What is true of a tradition, and what of it a reader of its pages could know.

A gold stemma must not ask for what no evidence shows. So:
1. A lost source is *required* when a page's credit names it, or when it has two branches or more and no branch could
   stand for it (nor the printed page that it comes from, when there is one): each lacks at least 40 words, in whole
   sentences, that another branch has from it; with three branches or more, or against the printed page, 8 words changed
   inside sentences do as well (of two branches that only changed words nobody can say which one changed them).
2. A lost source with one visible branch and no credit is dropped: the branch takes its place.
3. A lost source with several branches that is not required is *allowed*: the answer may name it, or let a branch that
   could stand for it be the source of the others. It counts neither for recall nor against precision.
4. A page that holds all that a report took from its source, in the source's words or the report's own, and that is not
   dated later, serves as its source as well as the true one: both are accepted, unless the report credits the true one.
5. A copy that holds every word of its source, with or without sentences of its own, may be taken for the source (the
   source would be the shortened one): both orders are accepted, unless both are dated, truthfully and differently, or
   the copy credits the source. Of two such pages, or of the branches of an allowed source, one at most may be without
   a source.
6. A report that keeps a credit which its source printed may be derived from the credited one.
7. A lost source that is a copy of a printed page may be taken for that page's source: nobody has seen the lost one.
8. Origins: roots, printed or lost (or the branch that stands for a lost root), and pages with a source whose own share
   is at least .35 and 50 words; shares between .25 and .45 are not generated. A lost source inside the tree has no own wording.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from tradition.grow import Node, sources
from tradition.pages import Printed
from tradition.readings import evidence, exchangeable, serves, stand_ins


@dataclass(frozen=True, slots=True)
class Truth:
    """One report's nearest recoverable source (None: it is an origin) and all that are accepted.

    With its second source, the operator that made it, and the best evidence of who copied whom.
    """

    parent: str | None
    accepted: frozenset[str | None]
    second: str | None
    operator: str
    evidence: str


@dataclass(frozen=True, slots=True)
class LostTruth:
    """A lost source, with the branches right under it (reports), and whether an answer must have it."""

    name: str | None
    children: frozenset[str]
    required: bool


@dataclass(frozen=True, slots=True)
class Gold:
    """What is known of a tradition; `single` are groups of which one report at most may be without a source."""

    reports: Mapping[str, Truth]
    lost: Mapping[str, LostTruth]
    single: tuple[frozenset[str], ...]
    origins: int


def gold(nodes: Mapping[str, Node], pages: Mapping[str, Printed]) -> Gold:
    """Return the truth of a tradition as far as it can be known."""
    branches = {k: _branches(k, nodes) for k, n in nodes.items() if not n.printed}
    credited = {p.credited for p in pages.values()}
    seen = {k for k, b in branches.items() if len(b) > 1 or (b and k in credited)}
    required = {k for k in seen if k in credited or not stand_ins(k, branches[k], nodes)}
    truths = {k: _truth(k, nodes, pages, branches, seen, required) for k in pages}
    lost = {k: LostTruth(nodes[k].name if k in credited else None, _heirs(k, nodes, seen), k in required) for k in sorted(seen)}
    groups = [_heirs(k, nodes, seen) for k in sorted(seen - required)]
    groups += [frozenset(pair) for pair in combinations(sorted(pages), 2) if exchangeable(*pair, nodes, pages)]
    roots = {next((s for s in reversed(_line(k, nodes, seen))), k) for k in pages}
    mixed = [k for k, p in pages.items() if truths[k].parent is not None and p.node.own >= 0.35]
    return Gold(truths, lost, tuple(groups), len(roots) + len(mixed))


def _line(key: str, nodes: Mapping[str, Node], seen: set[str]) -> list[str]:
    """The recoverable sources of a node, nearest first."""
    return [s for s in sources(nodes, key) if nodes[s].printed or s in seen]


def _branches(key: str, nodes: Mapping[str, Node]) -> list[str]:
    """The nearest printed or branching nodes under a lost one."""
    found: list[str] = []
    for child in (n for n in nodes.values() if n.chief == key):
        below = [] if child.printed else _branches(child.key, nodes)
        found += [child.key] if child.printed or len(below) > 1 else below
    return found


def _heirs(key: str, nodes: Mapping[str, Node], seen: set[str]) -> frozenset[str]:
    """The reports whose nearest recoverable source is this lost one."""
    return frozenset(k for k, n in nodes.items() if n.printed and _line(k, nodes, seen)[:1] == [key])


def _truth(
    key: str,
    nodes: Mapping[str, Node],
    pages: Mapping[str, Printed],
    branches: Mapping[str, list[str]],
    seen: set[str],
    required: set[str],
) -> Truth:
    node, page = nodes[key], pages[key]
    line = _line(key, nodes, seen)
    parent = line[0] if line else None
    second = node.second
    if parent is None and second is not None:
        parent, second = second, None
    accepted: set[str | None] = {parent}
    if parent in seen and parent not in required:
        stand = stand_ins(parent, branches[parent], nodes)
        accepted |= {s for s in stand if s != key and nodes[s].printed}
        accepted |= {next(iter(_line(parent, nodes, seen)), None)} if key in stand or not stand else set()
    if parent is not None and page.credited != parent:
        accepted |= {s for s in pages if s != key and serves(s, key, nodes[node.chief or parent], nodes, pages)}
    if page.credited and (page.credited in pages or page.credited in seen):
        accepted.add(page.credited)
    accepted |= {k for k in seen if nodes[k].chief is not None and key in _line(k, nodes, seen)[:1]}
    for other in (s for s in pages if s != key and exchangeable(key, s, nodes, pages)):
        before = _line(other, nodes, seen)
        accepted |= {other, next((s for s in before if s != key), None)}
    proof = evidence(key, parent, nodes, pages) if parent else "none"
    return Truth(parent, frozenset(accepted - {key}), second, node.operator, proof)
