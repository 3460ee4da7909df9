"""The tree of who comes from whom: reports and lost sources.

Reports that share their telling form a component. Its tree of kin says who stands next to whom (kinship.py), the signs of
direction which way it runs (rooting.py); here the two become edges, with a second parent for a report that has much from
elsewhere.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from stemma.descent import thresholds
from stemma.descent.collation import Collation, Pairs, components, reached
from stemma.descent.edges import (
    Edge,
    Lost,
    direction,
    first_probability,
    from_hidden,
    from_joint,
    from_lost,
    from_named,
    from_report,
    from_second,
    from_shared,
    signs_weight,
)
from stemma.descent.judged_derivations import NOTHING, Ruled, settle
from stemma.descent.kinship import Kin, Node, grow_kin
from stemma.descent.rooting import Rooted, hung_on_nearest, lineages, rooted
from stemma.descent.telling import Telling, plain_name, same_outlet
from stemma.text.moments import order

Grown = tuple[list[Edge], list[Lost]]


def grow(tellings: Sequence[Telling], pairs: Pairs, ruled: Ruled = NOTHING) -> Grown:
    """Return the edges and the lost sources of a story; deterministic in the order of the tellings (sorted by id)."""
    collation = Collation(tellings, {p: c for p, c in pairs.items() if c.copied >= thresholds.COPIED})
    edges: list[Edge] = []
    lost: list[Lost] = []
    near: dict[int, set[int]] = {n: set() for n in range(len(tellings))}
    for i, j in collation.pairs:
        near[i].add(j)
        near[j].add(i)
    for component in components(near):
        more_edges, more_lost = _grow_component(collation, component)
        edges, lost = edges + more_edges, lost + more_lost
    return settle(collation, pairs, edges, lost, ruled)


def _grow_component(collation: Collation, members: Sequence[int]) -> Grown:
    named = _named_sources(collation, members)
    kin = grow_kin(collation, members, {source.key: source.reports for source in named})
    if len(members) == 2 and not named and _neither_gave(collation, *members):
        kin.part(*members)
        for m in members:
            kin.join(f"shared:{collation.tellings[members[0]].id}", m)
    lost = list(named)
    lost += [
        Lost(n, None, tuple(kin.heirs(n))) for n in sorted(n for n in kin.near if isinstance(n, str)) if n not in kin.credited
    ]
    found = lineages(collation, kin)
    stands = Counter(n for near in found for n in near)
    mixed = {n for n, often in stands.items() if often > 1}
    trees = [hung_on_nearest(collation, kin, rooted(collation, kin, near, mixed)) for near in found]
    known = {s.key: s for s in lost}
    edges, unnamed = _on_unnamed_sources(collation, [e for tree in trees for e in _edges(collation, kin, tree, known)])
    lost += unnamed
    edges += list(_second_parents(collation, members, edges))
    return _with_hidden_sources(collation, members, edges, lost)


def _named_sources(collation: Collation, members: Sequence[int]) -> list[Lost]:
    """Absent sources that reports credit as author of their words, the most credited first; one under its longest name.

    A report that credits two has its words from the one that it first appeared in.
    """
    names: list[str] = []
    chosen: dict[str, list[int]] = defaultdict(list)
    # An agency in a joint byline is the source of what the page shares with others.
    joint = len(members) > 1
    said = [
        (c, m) for m in members for c in collation.tellings[m].credits if c.name and (c.whole or (joint and c.kind == "agency"))
    ]
    said = [(c, m) for c, m in said if not _is_printed(collation, c.name, m)]
    for credit, _ in sorted(said, key=lambda s: (-len(s[0].name or ""), s[0].name)):
        if not any(same_outlet(n, credit.name) for n in names):
            names.append(credit.name or "")
    for m in members:
        own = [c for c, holder in said if holder == m]
        if own:
            credit = min(own, key=lambda c: (c.kind == "agency", c.start))
            chosen[next(n for n in names if same_outlet(n, credit.name))].append(m)
    ordered = sorted(chosen.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Lost(f"named:{plain_name(name)}", name, tuple(holders)) for name, holders in ordered]


def _is_printed(collation: Collation, name: str | None, report: int) -> bool:
    """Whether a report of the outlet that a report credits is here and shares its telling."""
    theirs = [n for n, t in enumerate(collation.tellings) if same_outlet(name, t.report.outlet)]
    return any(n == report or collation.comparison(n, report) for n in theirs)


def _neither_gave(collation: Collation, one: int, other: int) -> bool:
    """Two reports of one telling that each quote words which the other lacks drew on a third: copyists invent no quotations."""
    comparison = collation.comparison(one, other)
    if comparison is None or comparison.kind == "translation":
        return False
    if min(comparison.a_related, comparison.b_related) < thresholds.MOSTLY_SHARE:
        return False
    if any(s.sign == "credit" for s in direction(collation.tellings[one], collation.tellings[other], comparison)):
        return False
    return _quotes_alone(collation, one, other) and _quotes_alone(collation, other, one)


def _quotes_alone(collation: Collation, one: int, other: int) -> bool:
    """Whether a report goes on quoting, in a paragraph that it shares, words of which the other has not half."""
    words, shared = collation.tellings[one].words, collation.covered(one, [other])
    paragraphs: dict[int, int] = defaultdict(int)
    for k in shared:
        paragraphs[words.paragraph[k]] += 1
    return any(
        past - first >= thresholds.SEED
        and paragraphs[words.paragraph[first]] >= thresholds.SEED
        and len(shared & set(range(first, past))) < 0.5 * (past - first)
        for first, past in words.quotations()
    )


def _edges(collation: Collation, kin: Kin, tree: Rooted, lost: dict[str, Lost]) -> Iterator[Edge]:
    for child, near in sorted(tree.parents.items(), key=str):
        sure, parent = tree.sure[child], _against_no_sign(collation, kin, tree, child, near)
        if isinstance(child, str):
            yield from_lost(collation, lost[child], parent, kin.heirs(parent), sure)
        elif isinstance(parent, int):
            # Of prints in the same words any could be the first: their place in the tree says nothing, the signs alone do. And
            # no place in a tree is surer than the signs that speak against it.
            alike = max(collation.lacked(child, parent), collation.lacked(parent, child)) <= thresholds.TWIN_WORDS
            weight = signs_weight(collation, parent, child)
            yield from_report(collation, child, parent, min(sure, first_probability(weight)) if alike or weight < 0 else sure)
        elif parent in kin.credited:
            yield from_named(collation, child, lost[parent], kin.heirs(parent))
        else:
            yield from_shared(collation, child, lost[parent], sure)


def _against_no_sign(collation: Collation, kin: Kin, tree: Rooted, child: Node, parent: Node) -> Node:
    """The parent of a report, or the source of that where the signs speak against it: both have their words from there."""
    above = tree.parents.get(parent)
    if isinstance(child, int) and isinstance(parent, int) and isinstance(above, int) and _names(collation, child, above):
        return parent if _names(collation, child, parent) else above
    if isinstance(child, int) and isinstance(parent, int) and isinstance(above, str) and above in kin.credited:
        return above if first_probability(signs_weight(collation, parent, child)) < thresholds.AGAINST else parent
    return parent


def _names(collation: Collation, report: int, other: int) -> bool:
    """Whether a report names the outlet of another that it shares its telling with."""
    outlet = collation.tellings[other].report.outlet
    return collation.comparison(report, other) is not None and any(
        same_outlet(name, outlet) for name, _, _ in collation.tellings[report].named
    )


def _on_unnamed_sources(collation: Collation, edges: Sequence[Edge]) -> Grown:
    """Hang two outlets that have a part in common, and no sign of who copied, on a source that neither names.

    The later and the fuller take of one wire is no copy of the other take.
    """
    taken, sources = {e.child for e in edges}, Counter(e.parent for e in edges)
    alone = {e for e in edges if e.parent not in taken and sources[e.parent] == 1 and e.child not in sources}
    alike = {e for e in alone if _is_sibling(collation, e)}
    # Of a page that is put together from copies one is a copy like the other.
    mixed = {e.child for e in edges if e not in alike}
    kept: list[Edge] = []
    lost: list[Lost] = []
    for e in edges:
        if e in alike and e.child not in mixed and isinstance(e.child, int) and isinstance(e.parent, int):
            source = Lost(f"shared:{collation.tellings[e.parent].id}", None, (e.parent, e.child))
            reason = "nothing but time and length says which of two outlets has the words from the other"
            kept += [
                replace(from_shared(collation, heir, source, thresholds.EDGE_SIBLING), reason=reason) for heir in source.reports
            ]
            lost.append(source)
        else:
            kept.append(e)
    return kept, lost


def _is_sibling(collation: Collation, edge: Edge) -> bool:
    """Whether nothing but its date and its length says that a report took a part from another, which has far more.

    An outlet takes up its own earlier page.
    """
    child, parent = edge.child, edge.parent
    if not isinstance(child, int) or not isinstance(parent, int):
        return False
    comparison = collation.comparison(parent, child)
    if comparison is None or comparison.kind == "translation" or any(s.sign in ("credit", "citation") for s in edge.signs):
        return False
    weight, outlets = signs_weight(collation, parent, child), [collation.tellings[n].report.outlet for n in (parent, child)]
    if first_probability(weight) < thresholds.AGAINST or (weight > 0 and same_outlet(*outlets)):
        return weight < 0
    return (
        collation.share(parent, [child]) < thresholds.SIBLING_HELD and collation.share(child, [parent]) < thresholds.SIBLING_COPY
    )


def _second_parents(collation: Collation, members: Sequence[int], edges: Sequence[Edge]) -> Iterator[Edge]:
    """A report that has much from another which none of its parents, and no report below it, has: a second, weaker edge."""
    parents: dict[Node, list[Node]] = defaultdict(list)
    children: dict[Node, list[Node]] = defaultdict(list)
    for e in edges:
        parents[e.child].append(e.parent)
        children[e.parent].append(e.child)
    heirs = {key: tuple(below) for key, below in children.items() if isinstance(key, str)}
    for child in members:
        if not parents[child]:
            continue
        known = collation.quoted[child]
        for p in parents[child]:
            for source in [p] if isinstance(p, int) else [h for h in heirs[p] if isinstance(h, int) and h != child]:
                known |= collation.held(child, source)
        below = reached(children, child)
        new = {
            (collation.texts[m], child < m): missing for m in collation.unlike(child, members)
            for missing in [collation.words(child, collation.held(child, m) & ~known)]
            if missing >= max(thresholds.SECOND_WORDS, thresholds.SECOND_SHARE * collation.length(child))
        }  # fmt: skip
        options = [
            (new[text], -m, m) for m in (members if new else ())
            if m != child and (text := (collation.texts[m], child < m)) in new and m not in below
            and collation.comparison(m, child)
            and order(collation.tellings[m].dated, collation.tellings[child].dated) <= 0
        ]  # fmt: skip
        if options:
            parent = max(options)[2]
            parents[child].append(parent)
            children[parent].append(child)
            yield from_second(collation, child, parent, known)


def _with_hidden_sources(collation: Collation, members: Sequence[int], edges: list[Edge], lost: list[Lost]) -> Grown:
    taken: dict[Node, float] = defaultdict(float)
    for e in edges:
        taken[e.child] += e.share
    rests = {m: 1.0 - taken[m] for m in members}
    hidden = [from_hidden(collation.tellings[m], m, rest) for m, rest in rests.items() if rest >= thresholds.UNEXPLAINED_SHARE]
    hidden += [from_joint(collation.tellings[m], m) for m in members if not edges and not any(hidden)]
    return [*edges, *(h[0] for h in hidden if h)], [*lost, *(h[1] for h in hidden if h)]
