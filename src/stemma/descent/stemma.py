"""The tree of who comes from whom: reports and lost sources.

A lost source stands where a credit names one, or where no report can be the parent of the rest. A thin form of what Roos &
Heikkilä (2009) compare for manuscripts: components of reports that share their telling; in each, a root that is a report
which holds what the others share and is not later than they, or a lost source; then the nearest parent.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from stemma.descent.direction import direction, order
from stemma.descent.edges import Edge, Lost, from_hidden, from_named, from_report, from_shared
from stemma.descent.ground import Ground, Pairs
from stemma.descent.telling import Telling, plain_name, same_outlet

HOLDS = 0.85
"""Share of what the others have in common that a report must hold to be their parent."""
SHARED = 40
"""Words that others must have in common before their lack speaks against a report."""
QUOTED = 5
"""Words from which a quotation, or what is shared around it, counts."""
MOSTLY = 0.4
"""Share of a report from which it is one telling with another and not a page that is part copy, part its own."""
OWN_COPY = 0.3
"""Share of a child's words that stand in one other report alone, from which that report and no lost source is its parent."""

Grown = tuple[list[Edge], list[Lost]]


def grow(tellings: Sequence[Telling], pairs: Pairs) -> Grown:
    """Return the edges and the lost sources of a story; deterministic in the order of the tellings (sorted by id)."""
    ground = Ground(tellings, {p: c for p, c in pairs.items() if c.copied >= 0.5})
    edges: list[Edge] = []
    lost: list[Lost] = []
    for component in _components(ground):
        more_edges, more_lost = _grow_component(ground, component)
        edges, lost = edges + more_edges, lost + more_lost
    return edges, lost


def _components(ground: Ground) -> list[list[int]]:
    near: dict[int, set[int]] = defaultdict(set)
    for i, j in ground.pairs:
        near[i].add(j)
        near[j].add(i)
    seen: set[int] = set()
    components = []
    for first in range(len(ground.tellings)):
        reached, front = {first} - seen, {first} - seen
        while front:
            front = {k for f in front for k in near[f]} - reached
            reached |= front
        seen |= reached
        components += [sorted(reached)] if reached else []
    return components


def _grow_component(ground: Ground, members: Sequence[int]) -> Grown:
    edges: list[Edge] = []
    lost: list[Lost] = []
    placed: set[int] = set()
    named = _named_sources(ground, members)
    for source in named:
        heirs = [m for m in members if m not in placed and _is_heir(ground, m, source)]
        if heirs:
            edges += [from_named(ground, m, source, heirs) for m in heirs]
            placed |= set(heirs)
            lost.append(source)
    rest = [m for m in members if m not in placed]
    if len(rest) > 1 and not named:
        edges, lost = _unnamed(ground, rest)
    else:
        edges += [from_report(ground, m, n) for m in rest for n in [_nearest(ground, m, members)] if n is not None]
    return _with_hidden_sources(ground, members, _under_nearer(ground, edges), lost)


def _named_sources(ground: Ground, members: Sequence[int]) -> list[Lost]:
    """Absent sources that reports credit as author of all their words; one under its longest name, the most credited first."""
    named: dict[str, list[int]] = {}
    said = [(c.name, m) for m in members for c in ground.tellings[m].credits if c.name and c.whole]
    for name, m in sorted(said, key=lambda s: (-len(s[0]), s)):
        if not any(same_outlet(name, t.report.outlet) for t in ground.tellings):
            known = next((n for n in named if same_outlet(n, name)), name)
            named[known] = sorted({*named.get(known, []), m})
    ordered = sorted(named.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Lost(f"named:{plain_name(name)}", name, tuple(holders)) for name, holders in ordered]


def _is_heir(ground: Ground, m: int, source: Lost) -> bool:
    """Whether a report credits a named source, or shares its telling with one that does."""
    return m in source.reports or any(ground.comparison(m, h) for h in source.reports)


def _nearest(ground: Ground, m: int, others: Sequence[int]) -> int | None:
    near = [o for o in others if o != m and ground.comparison(m, o)]
    return max(near, key=lambda o: (ground.nearness(m, o), -o), default=None)


def _unnamed(ground: Ground, members: Sequence[int]) -> Grown:
    """No credit names a source: one of the reports is the root when it holds what the others share and is not later."""
    scores = {m: _root_score(ground, m, members) for m in members}
    root = max(members, key=lambda m: (scores[m], -m))
    if scores[root] < 0 or any(_neither_gave(ground, root, m) for m in members if m != root):
        source = Lost("shared:" + ground.tellings[members[0]].id, None, tuple(members))
        return [from_shared(ground, m, source) for m in members], [source]
    edges: list[Edge] = []
    reached, waiting = [root], [m for m in members if m != root]
    while waiting:
        m = max(waiting, key=lambda w: (max(ground.nearness(w, r) for r in reached), -w))
        parent = max(_earlier(ground, m, reached), key=lambda r: (ground.nearness(m, r), r == root, -r))
        edges.append(from_report(ground, m, parent))
        reached.append(m)
        waiting.remove(m)
    return edges, []


def _earlier(ground: Ground, m: int, reached: Sequence[int]) -> list[int]:
    """The reports that share the telling of a report and are not dated after it; all that share it when every one is."""
    near = [r for r in reached if ground.comparison(m, r)]
    mine = ground.tellings[m].report.published
    return [r for r in near if order(ground.tellings[r].report.published, mine) <= 0] or near


def _neither_gave(ground: Ground, root: int, m: int) -> bool:
    """Two reports of one telling that each quote words which the other lacks drew on a third: copyists invent no quotations."""
    comparison = ground.comparison(root, m)
    if comparison is None or comparison.kind == "translation":
        return False
    if min(comparison.a_related, comparison.b_related) < MOSTLY:
        return False
    if any(s.sign == "credit" for s in direction(ground.tellings[root], ground.tellings[m], comparison)):
        return False
    return _quotes_alone(ground, root, m) and _quotes_alone(ground, m, root)


def _quotes_alone(ground: Ground, one: int, other: int) -> bool:
    """Whether a report goes on quoting, in a paragraph that it shares, words of which the other has not half."""
    words, shared = ground.tellings[one].words, ground.covered(one, [other])
    paragraphs = Counter(words.paragraph[k] for k in shared)
    return any(
        past - first >= QUOTED
        and paragraphs[words.paragraph[first]] >= QUOTED
        and len(shared & set(range(first, past))) < 0.5 * (past - first)
        for first, past in words.quotations()
    )


def _root_score(ground: Ground, m: int, members: Sequence[int]) -> float:
    """How well a report would stand at the root; negative when it lacks what two others share, or is later than all."""
    others = [o for o in members if o != m]
    shared, held = _held(ground, m, others)
    if shared >= SHARED and held < HOLDS * shared:
        return -1.0
    tellings = ground.tellings
    pairs = [(o, c) for o in others for c in [ground.comparison(m, o)] if c]
    weight = sum(s.weight for o, c in pairs for s in direction(tellings[m], tellings[o], c))
    if others and weight < -2.0 * len(others):
        return -0.5
    return 10.0 + weight + sum(ground.share(o, [m]) for o in others)


def _held(ground: Ground, m: int, others: Sequence[int]) -> tuple[int, int]:
    """How many words every two others share, and how many of them a report holds.

    Two that are dated apart are passed over: the earlier may have given the later what the report lacks.
    """
    shared = held = 0
    for n, one in enumerate(others):
        for two in others[n + 1 :]:
            if order(ground.tellings[one].report.published, ground.tellings[two].report.published) == 0:
                both = ground.covered(one, [two])
                shared, held = shared + len(both), held + len(both & ground.covered(one, [m]))
    return shared, held


def _under_nearer(ground: Ground, edges: Sequence[Edge]) -> list[Edge]:
    """Hang a child of a lost source under a sibling when much of what the two share stands in no other sibling."""
    moved: dict[int, Edge] = {}
    parents: set[int | str] = set()
    for edge in edges:
        credited = any(s.sign == "credit" for s in edge.signs)
        if isinstance(edge.parent, str) and not credited and edge.child not in parents:
            siblings = [e.child for e in edges if e.parent == edge.parent and e.child not in {edge.child, *moved}]
            nearer = _nearer_sibling(ground, edge.child, siblings)
            if nearer is not None:
                moved[edge.child] = from_report(ground, edge.child, nearer)
                parents.add(nearer)
    return [moved.get(e.child, e) if isinstance(e.parent, str) else e for e in edges]


def _nearer_sibling(ground: Ground, child: int, siblings: Sequence[int]) -> int | None:
    best: tuple[float, int] | None = None
    for s in siblings if len(siblings) > 1 else ():
        telling = ground.tellings[s]
        later = order(telling.report.published, ground.tellings[child].report.published) > 0
        if later or any(c.whole for c in telling.credits):
            continue
        alone = ground.covered(child, [s]) - ground.covered(child, [o for o in siblings if o != s])
        score = len(alone) / max(1, len(ground.tellings[child].words.folded))
        if score >= OWN_COPY and (best is None or score > best[0]):
            best = (score, s)
    return best[1] if best else None


def _with_hidden_sources(ground: Ground, members: Sequence[int], edges: list[Edge], lost: list[Lost]) -> Grown:
    for m in members:
        rest = 1.0 - sum(e.share for e in edges if e.child == m)
        hidden = from_hidden(ground.tellings[m], m, rest) if rest >= OWN_COPY else None
        if hidden:
            edges, lost = [*edges, hidden[0]], [*lost, hidden[1]]
    return edges, lost
