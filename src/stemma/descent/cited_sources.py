"""The houses that running text names as the sources of single passages: one lost source each, or the report that they print.

What a report gives as another's words is part of it and no copy of a page. A report that prints the same words without the
citation has them from the same house. An agency's reporter writes that his agency was told, and a client prints it as it stands:
in words that two pages share this names the wire behind both, which neither credits.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from stemma.descent import thresholds
from stemma.descent.citations import Citation
from stemma.descent.collation import Pairs, components, reached
from stemma.descent.compare import Passage, passages
from stemma.descent.edges import DirectionSign, Edge, Lost, first_probability
from stemma.descent.rewordings import rewordings, weigh
from stemma.descent.runs import disjoint, runs_of_seeds, seeds
from stemma.descent.telling import Telling, plain_name, same_outlet
from stemma.descent.words import Words
from stemma.reports.agencies import agency_of
from stemma.tables import KINDS, Span
from stemma.text.moments import printed_day

Links = dict[tuple[int, int], list[Passage]]


@dataclass(frozen=True)
class Cited:
    """The edges to houses that are cited, those of them that are lost, and the passages that show it (i < j, with i as a)."""

    edges: list[Edge] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    passages: Links = field(default_factory=dict)


def cited_sources(tellings: Sequence[Telling], edges: Sequence[Edge], lost: Sequence[Lost]) -> Cited:
    """Return the houses that reports of a story cite, beside the edges of its tree."""
    found = Cited()
    copied, wires = _copied(edges), _wires(edges)
    named = {source.key: source.name for source in lost if source.name}
    for name, everywhere in _by_name(tellings, copied - wires.keys()).items():
        first, before = _first_prints(everywhere, wires), len(found.edges)
        cited = first
        printed = [n for n, t in enumerate(tellings) if same_outlet(name, t.report.outlet) and n not in cited]
        if printed:
            cited = _from_printed(tellings, edges, found, printed, cited, copied)
        key = next((k for k, n in named.items() if same_outlet(n, name)), f"named:{plain_name(name)}")
        own = {e.child for e in edges if e.parent == key and isinstance(e.child, int)}
        every: Links = {}
        uncited = _uncited(tellings, edges, cited, {*copied, *own, *printed}, every)
        given = [_edge(tellings[n], n, key, name, c, twice=len(first) > 1) for n, c in cited.items() if n not in own]
        given += [_silent(tellings, n, key, name, shared) for n, shared in uncited.items()]
        _link(tellings, every, cited)
        links = {pair: shared for pair, shared in every.items() if any(_is_wording(tellings[pair[0]].words, p) for p in shared)}
        for pair, shared in links.items():
            found.passages.setdefault(pair, []).extend(shared)
        kept = [e for e in given if _is_told(e)]
        if key in named:
            found.edges.extend(kept)
        else:
            _add_apart(tellings, found, kept, Lost(key, name, ()), links)
        given_to = {wires[e.child]: e.parent for e in found.edges[before:] if e.child in wires and isinstance(e.child, int)}
        others = [(n, c, given_to[wires[n]]) for n, c in everywhere.items() if wires.get(n) in given_to and n not in first]
        found.edges.extend(_edge(tellings[n], n, parent, name, c, twice=len(first) > 1) for n, c, parent in others)
    return found


def cited_by_wires(edges: Sequence[Edge], cited: Cited) -> list[Edge]:
    """Return the edges to houses that are cited, with one for all prints of a lost source: what they cite, that one cites."""
    wires, houses = _wires(edges), {source.key for source in cited.lost}
    shown: dict[tuple[int | str, int | str], Edge] = {}
    for e in cited.edges:
        wire = wires.get(e.child) if isinstance(e.child, int) and e.parent in houses and e.credited else None
        shown.setdefault((wire or e.child, e.parent), replace(e, child=wire, spans=()) if wire else e)
    return list(shown.values())


def _wires(edges: Iterable[Edge]) -> dict[int, str]:
    """The lost source whose words a report prints."""
    whole = [e for e in edges if e.share >= thresholds.CITED_PARENT]
    return {e.child: e.parent for e in whole if isinstance(e.child, int) and isinstance(e.parent, str)}


def _first_prints(cited: Mapping[int, list[Citation]], wires: Mapping[int, str]) -> dict[int, list[Citation]]:
    """The reports that cite a house, of the prints of one lost source the first alone: it stands for the others."""
    first = {wires.get(n, n): n for n in sorted(cited, reverse=True)}
    return {n: c for n, c in cited.items() if first[wires.get(n, n)] == n}


def _is_told(edge: Edge) -> bool:
    """Whether what a report gives to a house is enough to tell something."""
    return sum(past - first for first, past in edge.spans) >= thresholds.CITED_LEAST


def _add_apart(tellings: Sequence[Telling], found: Cited, edges: Sequence[Edge], house: Lost, links: Links) -> None:
    """Add a house that is cited: one lost source for the reports that have wording of it in common, more where they have none.

    Two papers that name one house for two things have nothing from each other, nor from one report of that house.
    """
    by_child = {e.child: e for e in edges if isinstance(e.child, int)}
    near = {n: {m for m in by_child if (min(n, m), max(n, m)) in links} for n in by_child}
    for number, heirs in enumerate(sorted(components(near), key=lambda c: (-len(c), min(c)))):
        key = f"{house.key}:{tellings[heirs[0]].id}" if number else house.key
        found.edges.extend(replace(by_child[n], parent=key) for n in heirs)
        found.lost.append(replace(house, key=key, reports=tuple(heirs)))


def _is_wording(words: Words, p: Passage) -> bool:
    """Whether two reports that cite one house have more of it in common than a name and a clause that anybody writes."""
    if p.kind == "rewrite":
        return p.score >= thresholds.ALIKE
    return sum(words.text[words.starts[k]].islower() for k in range(*p.a)) >= thresholds.CITED_LEAST


def cited_share(cited: Cited, report: int) -> float:
    """Return the share of a report's words, 0–1, that it gives as those of houses that it cites."""
    return min(1.0, sum(e.share for e in cited.edges if e.child == report))


def _copied(edges: Sequence[Edge]) -> set[int]:
    """Reports whose words are another's: what they cite, that one cites; not those that only their own words make a print."""
    others = [e for e in edges if e.share >= thresholds.CITED_PARENT and not any(s.sign == "citation" for s in e.signs)]
    return {e.child for e in others if isinstance(e.child, int)}


def _by_name(tellings: Sequence[Telling], copied: set[int]) -> dict[str, dict[int, list[Citation]]]:
    """The citations of each house, by the report that has them; one house under its longest name."""
    said = [(c, n) for n, t in enumerate(tellings) for c in t.citations if n not in copied and not _may_be_its_own(t, c)]
    names: list[str] = []
    for citation, _ in sorted(said, key=lambda s: (-len(s[0].name), s[0].name)):
        if not any(same_outlet(citation.name, n) for n in names):
            names.append(citation.name)
    found: dict[str, dict[int, list[Citation]]] = {n: {} for n in sorted(names)}
    for citation, n in said:
        found[next(m for m in names if same_outlet(citation.name, m))].setdefault(n, []).append(citation)
    return found


def _may_be_its_own(telling: Telling, citation: Citation) -> bool:
    """Whether a page of nobody in particular only says that the Courier was told: it may be the Courier's own."""
    same = (c for c in telling.citations if same_outlet(c.name, citation.name))
    return not telling.report.outlet and all(c.spoken for c in same)


def _from_printed(
    tellings: Sequence[Telling],
    edges: Sequence[Edge],
    found: Cited,
    printed: Sequence[int],
    cited: Mapping[int, list[Citation]],
    copied: Set[int],
) -> dict[int, list[Citation]]:
    """Add the edges to a house's own report, the one that tells most of it; return the rest: of another report, not here."""
    left = {}
    for n, spans in cited.items():
        shared = {p: _shared(tellings, n, p, _spans(spans)) for p in printed if not _descends([*edges, *found.edges], p, n)}
        # Words in marks would stand in the page that is meant.
        marked = sum(tellings[n].words.quoted.count(1, c.first, c.past) for c in spans) >= thresholds.SEED
        told = {p: 0.0 if marked else _share_held(tellings[p].words, tellings[n].words, _spans(spans)) for p in shared}
        options = [
            p for p, passed in shared.items()
            if any(q.kind != "rewrite" for q in passed)
            or (
                (passed or (p not in copied and told[p] >= thresholds.CITED_TOLD))
                and not _is_of_later_day(tellings[p], tellings[n])
            )
        ]  # fmt: skip
        best = max(options, key=lambda p: (_words(shared[p]), told[p], -p), default=None)
        if best is None:
            left[n] = spans
        elif not any(e.child == n and e.parent == best for e in edges):
            edge = _edge(tellings[n], n, best, tellings[best].name, spans, twice=True)
            found.edges.extend([edge] if _is_told(edge) else [])
            _add(found.passages, n, best, _shared(tellings, n, best, _spans(spans), [p.b for p in shared[best]]))
    return left


def _is_of_later_day(page: Telling, citing: Telling) -> bool:
    """Whether a page was not out yet when another cited its house: the house told the same before."""
    days = printed_day(page.report.published), printed_day(citing.report.published)
    return None not in days and days[0] > days[1]  # type: ignore[operator]


def _uncited(
    tellings: Sequence[Telling], edges: Sequence[Edge], cited: Mapping[int, list[Citation]], known: set[int], links: Links
) -> dict[int, list[Passage]]:
    """The reports that print, as their own, words that another gives to a house."""
    silent: dict[int, list[Passage]] = {}
    for n, said in cited.items():
        for other, telling in enumerate(tellings):
            if other in cited or other in known or _related(edges, n, other):
                continue
            for citation in said:
                if citation.spoken:
                    continue
                shared = [p for p in _shared(tellings, n, other, [(citation.first, citation.past)]) if _proves(telling, p)]
                # A newsroom that prints its own sentence again has it from itself: it is shown, and no house's.
                if shared and not same_outlet(tellings[n].report.outlet, telling.report.outlet):
                    silent.setdefault(other, []).extend(shared)
                if shared:
                    _add(links, n, other, _shared(tellings, n, other, [(citation.first, citation.past)], [p.b for p in shared]))
    return silent


def _proves(other: Telling, p: Passage) -> bool:
    """Whether a passage is too long, or too like, for two reporters to have written it; what the other quotes is no telling."""
    words = other.words
    if words.quoted.count(1, *p.b) > thresholds.CITED_QUOTED * (p.b[1] - p.b[0]) or any(
        c.first < p.b[1] and p.b[0] < c.past for c in other.citations
    ):
        return False
    if p.kind == "rewrite":
        return p.score >= thresholds.CITED_ALIKE and min(p.a[1] - p.a[0], p.b[1] - p.b[0]) > 2 * thresholds.SENTENCE_WORDS
    return p.score * (p.a[1] - p.a[0]) >= thresholds.CITED_RUN


def _link(tellings: Sequence[Telling], links: Links, cited: Mapping[int, list[Citation]]) -> None:
    """Add the passages that two reports share where both cite one house."""
    for n in cited:
        for other in cited:
            if n < other:
                _add(links, n, other, _shared(tellings, n, other, _spans(cited[n]), _spans(cited[other])))


def _shared(
    tellings: Sequence[Telling], one: int, other: int, cited: Sequence[Span], theirs: Sequence[Span] = ()
) -> list[Passage]:
    """The passages of two reports that lie in what one gives to a house; with `theirs`, in what either gives, or beside it."""
    a, b = tellings[one].words, tellings[other].words
    runs = disjoint(runs_of_seeds(seeds(a.folded), seeds(b.folded)))
    found = passages(a, b, runs, rewordings(a, b, thresholds.KIN))
    kept = [p for p in found if _within(p.a, cited)]
    if theirs:
        # Who has one sentence from a house has others from it too: those beside it, and those that are much alike.
        like = [p for p in found if p.kind != "rewrite" or p.score >= thresholds.ALIKE]
        near = thresholds.NEAR_WORDS
        kept += [p for p in found if _within(p.b, theirs)]
        kept += [p for p in like if _within(p.a, cited, near) and _within(p.b, theirs, near)]
        kept += [
            p
            for p in found
            if p.kind == "rewrite" and p.score >= thresholds.CITED_ALIKE and not _given(a, p.a) and not _given(b, p.b)
        ]
    return list(dict.fromkeys(kept))


def _share_held(page: Words, citing: Words, spans: Sequence[Span]) -> float:
    """The share, 0–1 by weight, of the stems that a report gives to a house which stand anywhere in a page of that house."""
    given = {s for first, past in spans for s in citing.stems[first:past]}
    there = given.intersection(page.stems)
    return sum(map(weigh, there)) / (sum(map(weigh, given)) or 1)


def _given(words: Words, span: Span) -> bool:
    """Whether most of a span is given as somebody's words."""
    return sum(max(0, min(past, span[1]) - max(first, span[0])) for first, past in words.given) > 0.5 * (span[1] - span[0])


def _spans(cited: Iterable[Citation]) -> list[Span]:
    return [(c.first, c.past) for c in cited]


def _within(span: Span, spans: Iterable[Span], near: int = 0) -> bool:
    return any(span[0] < past + near and first - near < span[1] for first, past in spans)


def _edge(telling: Telling, child: int, parent: int | str, name: str, cited: Sequence[Citation], *, twice: bool) -> Edge:
    """The edge to a house that a report cites; `twice` when others cite it too, or its own page has the words."""
    covered = {k for c in cited for k in range(c.first, c.past)}
    signs = tuple(
        DirectionSign("citation", thresholds.SIGN_CREDITED, f"{telling.name} gives words to {name}", telling.id, c.start, c.end)
        for c in cited
    )
    marked = any(c.quoted for c in cited)
    kind = "verbatim" if marked else "rewrite"
    share = round(len(covered) / max(1, len(telling.words.folded)), 3)
    sure = round(first_probability(thresholds.CITED_BIAS + thresholds.CITED_MARKED * marked + thresholds.CITED_TWICE * twice), 3)
    return Edge(child, parent, kind, share, True, sure, signs[0].reason, signs, tuple(_spans(cited)))


def _silent(tellings: Sequence[Telling], child: int, parent: str, name: str, shared: Sequence[Passage]) -> Edge:
    telling = tellings[child]
    covered = {k for p in shared for k in range(*p.b)}
    longest = max(shared, key=lambda p: (p.b[1] - p.b[0], -p.b[0]))
    reason = f"prints words that another report gives to {name}"
    sign = DirectionSign("shared wording", thresholds.SIGN_WORDING, reason, telling.id, *telling.words.span(*longest.b))
    share = round(len(covered) / max(1, len(telling.words.folded)), 3)
    kind = "rewrite" if longest.kind == "rewrite" else "edited"
    return Edge(child, parent, kind, share, False, thresholds.EDGE_UNCITED, reason, (sign,), tuple(p.b for p in shared))


def _words(shared: Iterable[Passage]) -> int:
    return sum(p.a[1] - p.a[0] for p in shared)


def _add(links: Links, one: int, other: int, shared: Sequence[Passage]) -> None:
    turned = shared if one < other else [Passage(p.b, p.a, p.kind, p.score, p.quoted, p.run) for p in shared]
    if turned:
        links.setdefault((min(one, other), max(one, other)), []).extend(turned)


def _related(edges: Iterable[Edge], one: int, other: int) -> bool:
    """Whether one of two reports comes from the other."""
    return _descends(edges, one, other) or _descends(edges, other, one)


def _descends(edges: Iterable[Edge], node: int, ancestor: int) -> bool:
    below: dict[int | str, set[int | str]] = defaultdict(set)
    for e in edges:
        below[e.parent].add(e.child)
    return node in reached(below, ancestor)


Tellers = dict[int, Citation]
"""For heirs of a source the words in which they say that the agency was told."""


def with_told_agencies(
    tellings: Sequence[Telling], pairs: Pairs, edges: Sequence[Edge], lost: Sequence[Lost]
) -> tuple[list[Edge], list[Lost]]:
    """Return the edges and lost sources with the names that shared words give to those that nobody credits."""
    told = {s.key: found for s in lost if s.name is None and (found := _tellers(tellings, pairs, s))}
    name = {key: next(iter(found.values())).name for key, found in told.items()}
    key = {k: next((s.key for s in lost if same_outlet(s.name, n)), f"named:{plain_name(n)}") for k, n in name.items()}
    moved = [_with_name(tellings, e, key[str(e.parent)], told.get(str(e.parent), {})) if e.parent in key else e for e in edges]
    heirs: dict[str, set[int]] = defaultdict(set)
    for s in lost:
        heirs[key.get(s.key, s.key)].update(s.reports)
    names = {key.get(s.key, s.key): name.get(s.key, s.name) for s in lost}
    return _one_edge_a_pair(moved), [Lost(k, n, tuple(sorted(heirs[k]))) for k, n in names.items()]


def _tellers(tellings: Sequence[Telling], pairs: Pairs, source: Lost) -> Tellers:
    """The heirs that say in words which another heir shares that one agency was told; none where they name several."""
    found = {
        n: c for n in source.reports for c in tellings[n].citations
        if c.spoken and agency_of(c.name) and any(_shares(pairs, n, m, c) for m in source.reports if m != n)
    }  # fmt: skip
    credited = any(tellings[n].credits for n in source.reports)
    return found if len({c.name for c in found.values()}) == 1 and not credited else {}


def _shares(pairs: Pairs, one: int, other: int, citation: Citation) -> bool:
    """Whether a report has the words of a citation in common with another."""
    comparison = pairs.get((min(one, other), max(one, other)))
    sides = [p.a if one < other else p.b for p in comparison.passages] if comparison else []
    return any(first < citation.past and citation.first < past for first, past in sides)


def _with_name(tellings: Sequence[Telling], edge: Edge, key: str, told: Tellers) -> Edge:
    """The edge to a source that now has a name, with the words that give it."""
    citation = told.get(edge.child) if isinstance(edge.child, int) else None
    if citation is None or not isinstance(edge.child, int):
        return replace(edge, parent=key)
    telling = tellings[edge.child]
    reason = f"{telling.name} prints, as others do, that {citation.name} was told"
    sign = DirectionSign("citation", thresholds.SIGN_CREDITED, reason, telling.id, citation.start, citation.end)
    return replace(edge, parent=key, reason=reason, signs=(sign, *edge.signs))


def _one_edge_a_pair(edges: Iterable[Edge]) -> list[Edge]:
    """The edges with those of one child and one parent as one."""
    found: dict[tuple[int | str, int | str], Edge] = {}
    for e in edges:
        known = found.get((e.child, e.parent))
        found[e.child, e.parent] = e if known is None else replace(
            max(known, e, key=lambda x: x.share),
            share=round(min(1.0, known.share + e.share), 3),
            kind=max(known.kind, e.kind, key=KINDS.index),
            signs=(*known.signs, *e.signs),
        )  # fmt: skip
    return list(found.values())
