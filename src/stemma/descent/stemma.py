"""The tree of who comes from whom: reports, and lost sources where a credit names one or no report can be the parent of the rest.

A thin form of what Roos & Heikkilä (2009) compare for manuscripts: components of reports that share their telling; in each, a root
that is either a report that holds what the others share and is not later than they, or a lost source; then the nearest parent.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stemma.descent.compare import Comparison, Passage
from stemma.descent.direction import DirectionSign, direction, first_probability, order
from stemma.descent.telling import Telling, plain_name, same_outlet
from stemma.descent.translation import probability as probability_of_translation
from stemma.tables import BODY, KINDS

HOLDS = 0.85
"""Share of what the others have in common that a report must hold to be their parent."""
QUOTED = 5
"""Words from which a quotation, or what is shared around it, counts."""
MOSTLY = 0.4
"""Share of a report from which it is one telling with another and not a page that is part copy, part its own."""
OWN_COPY = 0.3
"""Share of a child's words that stand only in one other report, from which that report is its parent and not the lost source."""

Pairs = Mapping[tuple[int, int], Comparison]


@dataclass(frozen=True, slots=True)
class Edge:
    """`child` (a report's number) took `share` of its body words from `parent`: a report's number or a lost source's key."""

    child: int
    parent: int | str
    kind: str
    share: float
    credited: bool
    probability: float
    reason: str
    signs: tuple[DirectionSign, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """A lost source: its key, and its name when a credit names it; `reports` are the numbers of the reports that show it."""

    key: str
    name: str | None
    reports: tuple[int, ...]


def grow(tellings: Sequence[Telling], pairs: Pairs) -> tuple[list[Edge], list[Lost]]:
    """Return the edges and the lost sources of a story; deterministic in the order of the tellings (sorted by id)."""
    edges: list[Edge] = []
    lost: list[Lost] = []
    copied = {p: c for p, c in pairs.items() if c.copied >= 0.5}
    for component in _components(len(tellings), copied):
        found_edges, found_lost = _grow_component(tellings, component, copied)
        edges += found_edges
        lost += found_lost
    return edges, lost


def covered(pairs: Pairs, child: int, parents: Iterable[int]) -> set[int]:
    """Return the numbers of the child's words that it shares with any of the parents."""
    return {k for p in parents for passage in passages(pairs, child, p) for k in range(*passage.a)}


def passages(pairs: Pairs, one: int, other: int) -> list[Passage]:
    """Return the passages of two reports with `one` as side a."""
    comparison = pairs.get((min(one, other), max(one, other)))
    if not comparison:
        return []
    if one < other:
        return list(comparison.passages)
    return [Passage(p.b, p.a, p.kind, p.score, p.quoted) for p in comparison.passages]


def _components(count: int, copied: Pairs) -> list[list[int]]:
    near: dict[int, set[int]] = defaultdict(set)
    for i, j in copied:
        near[i].add(j)
        near[j].add(i)
    seen: set[int] = set()
    components = []
    for i in range(count):
        if i not in seen:
            reached, front = {i}, [i]
            while front:
                front = [k for f in front for k in sorted(near[f]) if k not in reached and not reached.add(k)]  # type: ignore[func-returns-value]
            seen |= reached
            components.append(sorted(reached))
    return components


def _grow_component(tellings: Sequence[Telling], members: Sequence[int], pairs: Pairs) -> tuple[list[Edge], list[Lost]]:
    named = _named_sources(tellings, members)
    edges: list[Edge] = []
    lost: list[Lost] = []
    placed: set[int] = set()
    for name, holders in named.items():
        source = Lost(f"named:{plain_name(name)}", name, tuple(holders))
        heirs = _heirs(tellings, holders, [m for m in members if m not in placed], pairs)
        if not heirs:
            continue
        edges += [_edge_from_lost(tellings, m, source, holders, heirs, pairs) for m in heirs]
        placed |= set(heirs)
        lost.append(source)
    rest = [m for m in members if m not in placed]
    if len(rest) > 1 and not named:
        more_edges, more_lost = _unnamed(tellings, rest, pairs)
        edges, lost = edges + more_edges, lost + more_lost
    else:
        edges += [e for m in rest for e in [_nearest(tellings, m, members, pairs)] if e]
    edges = [_from_nearer(tellings, e, members, edges, pairs) for e in edges]
    return _with_hidden_sources(tellings, members, edges, lost)


def _named_sources(tellings: Sequence[Telling], members: Sequence[int]) -> dict[str, list[int]]:
    """Absent sources that reports of the component credit as author of all their words; one under its longest name."""
    named: dict[str, list[int]] = {}
    credits_ = [(c.name, m) for m in members for c in tellings[m].credits if c.name and c.whole]
    for name, m in sorted(credits_, key=lambda c: (-len(c[0] or ""), c[0] or "", c[1])):
        if name and not any(same_outlet(name, t.report.outlet) for t in tellings):
            known = next((n for n in named if same_outlet(n, name)), name)
            if m not in named.setdefault(known, []):
                named[known].append(m)
    return {n: sorted(holders) for n, holders in sorted(named.items(), key=lambda item: (-len(item[1]), item[0]))}


def _heirs(tellings: Sequence[Telling], holders: Sequence[int], members: Sequence[int], pairs: Pairs) -> list[int]:
    """The reports that hold words of a named source: those that credit it, and those that share their telling with one of these."""
    del tellings
    return [m for m in members if m in holders or any(_pair(m, h) in pairs for h in holders)]


def _edge_from_lost(
    tellings: Sequence[Telling],
    m: int,
    source: Lost,
    holders: Sequence[int],
    heirs: Sequence[int],
    pairs: Pairs,
) -> Edge:
    telling = tellings[m]
    credit = next((c for c in telling.credits if same_outlet(c.name, source.name)), None)
    whole = m in holders
    relatives = [h for h in heirs if h != m]
    share = 1.0 if whole else _ratio(covered(pairs, m, relatives), telling)
    kind = "verbatim" if whole else _kind_from(pairs, m, holders)
    probability = 0.97 if whole else max(pairs[_pair(m, h)].copied for h in holders if _pair(m, h) in pairs)
    signs = []
    if credit:
        reason = f"{_name(telling)} credits {credit.name}"
        signs.append(DirectionSign("credit", 3.0, reason, telling.id, credit.start, credit.end))
    signs += _wording_signs(tellings, m, [h for h in holders if h != m], pairs)
    reason = signs[0].reason if signs else f"{_name(telling)} shares its telling with reports that credit {source.name}"
    return Edge(
        m,
        source.key,
        kind,
        round(share, 3),
        credit is not None,
        round(min(probability, 0.97), 3),
        reason,
        tuple(signs),
    )


def _unnamed(tellings: Sequence[Telling], members: Sequence[int], pairs: Pairs) -> tuple[list[Edge], list[Lost]]:
    """No credit names a source: one of the reports is the root when it holds what the others share and is not later."""
    scores = {m: _root_score(tellings, m, members, pairs) for m in members}
    root = max(members, key=lambda m: (scores[m], -m))
    if scores[root] < 0 or _neither_gave(tellings, root, members, pairs):
        source = Lost("shared:" + tellings[members[0]].id, None, tuple(members))
        return [_edge_from_unnamed(tellings, m, source, members, pairs) for m in members], [source]
    edges = []
    reached = [root]
    waiting = [m for m in members if m != root]
    while waiting:
        m = max(waiting, key=lambda w: (max(_related(pairs, w, r) for r in reached), -w))
        parent = max(reached, key=lambda r: (_related(pairs, m, r), r == root, -r))
        edges.append(_edge(tellings, m, parent, pairs))
        reached.append(m)
        waiting.remove(m)
    return edges, []


def _neither_gave(tellings: Sequence[Telling], root: int, members: Sequence[int], pairs: Pairs) -> bool:
    """Two reports of one telling that each quote words which the other lacks drew on a third: copyists invent no quotations."""
    for m in members:
        comparison = pairs.get(_pair(root, m)) if m != root else None
        if comparison is None or comparison.kind == "translation":
            continue
        if min(comparison.a_related, comparison.b_related) < MOSTLY:
            continue
        signs = direction(tellings[root], tellings[m], comparison)
        known = any(s.sign == "credit" for s in signs)
        if not known and _quotes_alone(tellings[root], root, m, pairs) and _quotes_alone(tellings[m], m, root, pairs):
            return True
    return False


def _quotes_alone(telling: Telling, one: int, other: int, pairs: Pairs) -> bool:
    """Whether a report goes on quoting, in a paragraph that it shares, words of which the other has not half."""
    shared = covered(pairs, one, [other])
    paragraphs = Counter(telling.words.paragraph[k] for k in shared)
    return any(
        past - first >= QUOTED
        and paragraphs[telling.words.paragraph[first]] >= QUOTED
        and len(shared & set(range(first, past))) < 0.5 * (past - first)
        for first, past in telling.words.quotations()
    )


def _root_score(tellings: Sequence[Telling], m: int, members: Sequence[int], pairs: Pairs) -> float:
    """How well a report would stand at the root; negative when it cannot: it lacks what two others share, or is later than all."""
    others = [o for o in members if o != m]
    shared = held = 0
    for i, one in enumerate(others):
        for two in others[i + 1 :]:
            both = covered(pairs, one, [two])
            shared += len(both)
            held += len(both & covered(pairs, one, [m]))
    if shared >= 40 and held < HOLDS * shared:
        return -1.0
    signs = [
        s.weight
        for o in others
        if _pair(m, o) in pairs
        for s in direction(tellings[m], tellings[o], pairs[_pair(m, o)])
    ]
    if others and sum(signs) < -2.0 * len(others):
        return -0.5
    return 10.0 + sum(signs) + sum(_related(pairs, o, m) for o in others)


def _edge_from_unnamed(tellings: Sequence[Telling], m: int, source: Lost, members: Sequence[int], pairs: Pairs) -> Edge:
    others = [o for o in members if o != m]
    share = _ratio(covered(pairs, m, others), tellings[m])
    signs = _wording_signs(tellings, m, others, pairs)
    probability = max((pairs[_pair(m, o)].copied for o in others if _pair(m, o) in pairs), default=0.5)
    reason = "shares readings with reports that could not all have taken them from one another"
    return Edge(
        m,
        source.key,
        _kind_from(pairs, m, others),
        round(share, 3),
        False,
        round(0.9 * probability, 3),
        reason,
        tuple(signs),
    )


def _edge(tellings: Sequence[Telling], child: int, parent: int, pairs: Pairs) -> Edge:
    comparison = pairs[_pair(child, parent)]
    signs = direction(tellings[parent], tellings[child], comparison)
    credited = any(same_outlet(c.name, tellings[parent].report.outlet) for c in tellings[child].credits)
    probability = comparison.copied * max(0.5, first_probability(signs))
    share = _ratio(covered(pairs, child, [parent]), tellings[child])
    signs = [*signs, *_wording_signs(tellings, child, [parent], pairs)]
    return Edge(
        child,
        parent,
        _kind_from(pairs, child, [parent]),
        round(share, 3),
        credited,
        round(probability, 3),
        signs[0].reason,
        tuple(signs),
    )


def _nearest(tellings: Sequence[Telling], m: int, members: Sequence[int], pairs: Pairs) -> Edge | None:
    """The edge of a report that shares words only with heirs of a named source: from the nearest of them."""
    near = [o for o in members if o != m and _pair(m, o) in pairs]
    if not near:
        return None
    return _edge(tellings, m, max(near, key=lambda o: (_related(pairs, m, o), -o)), pairs)


def _from_nearer(
    tellings: Sequence[Telling], edge: Edge, members: Sequence[int], edges: Sequence[Edge], pairs: Pairs
) -> Edge:
    """A child of a lost source hangs under a sibling instead when much of what the two share stands in no other sibling."""
    if not isinstance(edge.parent, str) or any(s.sign == "credit" for s in edge.signs):
        return edge
    siblings = [e.child for e in edges if e.parent == edge.parent and e.child != edge.child]
    if len(siblings) < 2:
        return edge
    best: tuple[float, int] | None = None
    for s in siblings:
        if (
            any(c.whole for c in tellings[s].credits)
            or order(tellings[s].report.published, tellings[edge.child].report.published) > 0
        ):
            continue
        private = covered(pairs, edge.child, [s]) - covered(pairs, edge.child, [o for o in siblings if o != s])
        score = _ratio(private, tellings[edge.child])
        if score >= OWN_COPY and (best is None or score > best[0]):
            best = (score, s)
    return _edge(tellings, edge.child, best[1], pairs) if best and best[1] in members else edge


def _with_hidden_sources(
    tellings: Sequence[Telling], members: Sequence[int], edges: list[Edge], lost: list[Lost]
) -> tuple[list[Edge], list[Lost]]:
    """What a page copied whole from nobody named ("Source link"), or had translated, has a lost source."""
    for m in members:
        rest = 1.0 - sum(e.share for e in edges if e.child == m)
        sign = _hidden_source(tellings[m])
        if sign and rest >= OWN_COPY:
            source = Lost(f"{sign.sign}:{tellings[m].id}", None, (m,))
            kind = "translation" if sign.sign == "machine translation" else "verbatim"
            probability = (
                round(probability_of_translation(tellings[m].translated), 3) if kind == "translation" else 0.85
            )
            edges = [
                *edges,
                Edge(m, source.key, kind, round(rest, 3), False, probability, sign.reason, (sign,)),
            ]
            lost = [*lost, source]
    return edges, lost


def _hidden_source(telling: Telling) -> DirectionSign | None:
    credit = next((c for c in telling.credits if c.name is None), None)
    if credit:
        reason = f"{_name(telling)} ends with a link to a source that it does not name"
        return DirectionSign("source link", 2.0, reason, telling.id, credit.start, credit.end)
    if probability_of_translation(telling.translated) >= 0.5:
        first = telling.translated[0]
        block = [b for b in telling.blocks if b.role in BODY][first.paragraph]
        reason = f"{_name(telling)} reads as put into English by a program ({first.what})"
        return DirectionSign(
            "machine translation",
            1.5,
            reason,
            telling.id,
            block.start + first.span[0],
            block.start + first.span[1],
        )
    return None


def _wording_signs(tellings: Sequence[Telling], m: int, others: Sequence[int], pairs: Pairs) -> list[DirectionSign]:
    """The longest passage that a report shares with each relative, as the sign that shows it."""
    signs = []
    for o in others:
        shared = [p for p in passages(pairs, m, o) if not p.quoted]
        if shared:
            longest = max(shared, key=lambda p: (p.a[1] - p.a[0], -p.a[0]))
            start, end = tellings[m].words.span(*longest.a)
            comparison = pairs[_pair(m, o)]
            reason = f"shares its telling with {_name(tellings[o])}: {comparison.reason}"
            signs.append(DirectionSign("shared wording", 2.0, reason, tellings[m].id, start, end))
    return sorted(signs, key=lambda s: (s.start - s.end, s.start, s.reason))[:3]


def _kind_from(pairs: Pairs, m: int, others: Iterable[int]) -> str:
    """The kind that most of the words have, each word in its closest form."""
    best: dict[int, int] = {}
    for o in others:
        for p in passages(pairs, m, o):
            for k in range(*p.a) if not p.quoted else ():
                best[k] = min(best.get(k, 9), KINDS.index(p.kind))
    count = [sum(v == i for v in best.values()) for i in range(len(KINDS))]
    total = sum(count) or 1
    if count[3] > 0.5 * total:
        return "translation"
    if count[2] > 0.5 * total:
        return "rewrite"
    return "verbatim" if count[0] > 0.6 * total else "edited"


def _related(pairs: Pairs, child: int, parent: int) -> float:
    comparison = pairs.get(_pair(child, parent))
    if not comparison:
        return 0.0
    return comparison.a_related if child < parent else comparison.b_related


def _ratio(words: set[int], telling: Telling) -> float:
    return len(words) / max(1, len(telling.words.folded))


def _pair(i: int, j: int) -> tuple[int, int]:
    return (i, j) if i < j else (j, i)


def _name(telling: Telling) -> str:
    return telling.report.outlet or telling.report.title or telling.report.location
