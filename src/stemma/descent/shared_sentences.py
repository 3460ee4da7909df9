"""Sentences that two reports have in common and that nobody writes twice, where the reports as a whole are no copies.

A long page takes a sentence or two from a wire and edits them; its rest is its own, so that it is no copy by the share of its
words. Two reporters of one event agree in a clause, and hardly ever in so many words of one sentence beside names and figures.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import partial

from stemma.descent import thresholds
from stemma.descent.cited_sources import Cited, Links
from stemma.descent.collation import Pairs, components, reached
from stemma.descent.compare import Passage, covered, in_company, passages
from stemma.descent.edges import DirectionSign, Edge, Lost
from stemma.descent.rewordings import rewordings
from stemma.descent.runs import Run, disjoint, runs_of_seeds, seeds
from stemma.descent.telling import Telling
from stemma.descent.words import NARRATIVE, Words, labels
from stemma.tables import KINDS, Span
from stemma.text.once import Once

Node = int | str


def with_shared_sentences(
    tellings: Sequence[Telling], pairs: Pairs, edges: Sequence[Edge], lost: Sequence[Lost], cited: Cited
) -> Cited:
    """Return what reports cite, with a source for each two or more that print one sentence of somebody.

    It is the house whose words one of them prints, as a credit says, or the one of them whom others credit; else nobody who is
    named.
    """
    once = Once()
    # Reports of one wording share their comparison with a third, and these sentences too.
    shared = {pair: once.of(id(pairs[pair]), partial(_in_common, tellings, *pair)) for pair in _candidates(tellings, pairs)}
    printed = _printed_houses(edges, lost)
    links = {pair: found for pair, found in shared.items() if found} | _of_one_house(tellings, pairs, printed)
    above = _above(tellings, [*edges, *cited.edges])
    apart = {pair: found for pair, found in links.items() if above[pair[0]].isdisjoint(above[pair[1]])}
    credited = {e.parent for e in [*edges, *cited.edges] if e.credited and isinstance(e.parent, int)}
    more_edges, more_lost = _sources(tellings, apart, above, printed, credited)
    merged = {pair: [*cited.passages.get(pair, ()), *links.get(pair, ())] for pair in sorted({*cited.passages, *links})}
    return replace(cited, edges=[*cited.edges, *more_edges], lost=[*cited.lost, *more_lost], passages=merged)


def _of_one_house(tellings: Sequence[Telling], pairs: Pairs, printed: Mapping[int, Lost]) -> Links:
    """What two texts of one house have in common: the later take rewords the earlier more than any two reporters agree."""
    found = {}
    for (i, j), c in sorted(pairs.items()):
        if c.copied < thresholds.COPIED and i in printed and j in printed and printed[i].key == printed[j].key:
            a, b = tellings[i].words, tellings[j].words
            runs = disjoint(runs_of_seeds(seeds(a.folded), seeds(b.folded)))
            found[i, j] = [p for p in in_company(passages(a, b, runs, rewordings(a, b, thresholds.KIN)), a, b) if not p.quoted]
    return {pair: some for pair, some in found.items() if some}


def shared_words(a: Words, b: Words, runs: Sequence[Run]) -> dict[tuple[Span, Span], int]:
    """Return how many words in runs each two sentences share that both texts tell, beside names and figures."""
    told_a, told_b = _in_own_words(a), _in_own_words(b)
    at_a, at_b = _sentence_numbers(a), _sentence_numbers(b)
    count: dict[tuple[Span, Span], int] = defaultdict(int)
    for run in runs:
        for k in range(run.same):
            if told_a[run.a + k] and told_b[run.b + k]:
                count[a.sentences[at_a[run.a + k]], b.sentences[at_b[run.b + k]]] += 1
    return count


def _candidates(tellings: Sequence[Telling], pairs: Pairs) -> list[tuple[int, int]]:
    """The pairs that are no copies and share enough words for such a sentence."""
    return [
        (i, j) for (i, j), c in sorted(pairs.items())
        if c.copied < thresholds.COPIED and c.a_share * len(tellings[i].words.folded) >= thresholds.SENTENCE_TOLD
    ]  # fmt: skip


def _in_common(tellings: Sequence[Telling], one: int, other: int) -> list[Passage]:
    """The passages of such sentences; where there is one, those of sentences that prove less by themselves too."""
    a, b = tellings[one].words, tellings[other].words
    runs = disjoint(runs_of_seeds(seeds(a.folded), seeds(b.folded)))
    count = shared_words(a, b, runs)
    if max(count.values(), default=0) < thresholds.SENTENCE_TOLD:
        return []
    found = [p for p in passages(a, b, runs, rewordings(a, b, thresholds.KIN)) if not p.quoted]
    return [
        p
        for p in found
        if any(n >= thresholds.SENTENCE_BESIDE and _meet(p.a, s) and _meet(p.b, t) for (s, t), n in count.items())
    ]


def _in_own_words(words: Words) -> bytearray:
    """For each word whether the text tells it by itself: no name, no figure, nothing that is quoted or given by somebody."""
    told = bytearray(label == NARRATIVE for label in labels(words))
    for k, given in enumerate(covered(words.given, words)):
        first = words.text[words.starts[k]]
        told[k] &= not given and not first.isupper() and not first.isdigit()
    return told


def _sentence_numbers(words: Words) -> list[int]:
    return [n for n, (first, past) in enumerate(words.sentences) for _ in range(first, past)]


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _above(tellings: Sequence[Telling], edges: Sequence[Edge]) -> list[set[Node]]:
    """For each report itself and all that it comes from."""
    parents: dict[Node, set[Node]] = defaultdict(set)
    for e in edges:
        parents[e.child].add(e.parent)
    return [reached(parents, n) | {n} for n in range(len(tellings))]


def _printed_houses(edges: Sequence[Edge], lost: Sequence[Lost]) -> dict[int, Lost]:
    """The named lost source that a report has most of its words from."""
    named = {source.key: source for source in lost if source.name}
    most = [e for e in edges if e.share >= thresholds.MOSTLY_SHARE and e.parent in named and isinstance(e.child, int)]
    return {e.child: named[e.parent] for e in most}  # type: ignore[index, misc]


def _sources(
    tellings: Sequence[Telling], links: Links, above: Sequence[Set[Node]], houses: Mapping[int, Lost], credited: Set[Node]
) -> tuple[list[Edge], list[Lost]]:
    """The source of what some reports print: the house or report that it is known to be of, else one for all who hang together.

    Who has one sentence of one page and one of another draws on one wire more often than on two.
    """
    edges: list[Edge] = []
    unnamed: dict[int, set[int]] = {}
    spans: dict[int, list[Span]] = defaultdict(list)
    for heirs, places in _places(links).items():
        # Who has the sentence from a report that prints it too is no second witness of it.
        first = [n for n in heirs if not any(m != n and m in above[n] for m in heirs)]
        source = _whose(first, heirs, houses, credited)
        if source is not None:
            first = [n for n in heirs if n != source and source not in above[n]]
            edges += [_edge(tellings, source, thresholds.EDGE_UNCITED, n, [p for m, p in places if m == n], links) for n in first]
        elif len(first) > 1 and houses.keys().isdisjoint(heirs):
            for n in first:
                unnamed.setdefault(n, set()).update(first)
                spans[n] += [p for m, p in places if m == n]
    lost = [Lost(f"shared:{':'.join(tellings[n].id for n in heirs)}", None, tuple(heirs)) for heirs in components(unnamed)]
    edges += [_edge(tellings, source.key, thresholds.EDGE_SIBLING, n, spans[n], links) for source in lost for n in source.reports]
    return edges, lost


def _whose(first: Sequence[int], heirs: Sequence[int], houses: Mapping[int, Lost], credited: Set[Node]) -> Node | None:
    """The house whose words one of some reports prints, else the one of them that others credit; None where it may be several."""
    known = {houses[n].key for n in heirs if n in houses} or credited & set(first)
    return next(iter(known)) if len(known) == 1 else None


def _places(links: Links) -> dict[tuple[int, ...], list[tuple[int, Span]]]:
    """Where each sentence that some reports have in common stands, by those reports."""
    places = sorted({place for (i, j), found in links.items() for p in found for place in ((i, p.a), (j, p.b))})
    number = {place: n for n, place in enumerate(places)}
    near: dict[int, set[int]] = {n: set() for n in range(len(places))}
    for (i, j), found in links.items():
        for p in found:
            near[number[i, p.a]].add(number[j, p.b])
            near[number[j, p.b]].add(number[i, p.a])
    held: dict[tuple[int, ...], list[tuple[int, Span]]] = defaultdict(list)
    for group in components(near):
        held[tuple(sorted({places[n][0] for n in group}))] += [places[n] for n in group]
    return dict(sorted(held.items()))


def _edge(tellings: Sequence[Telling], source: Node, sure: float, child: int, spans: Sequence[Span], links: Links) -> Edge:
    telling = tellings[child]
    longest = max(spans, key=lambda s: (s[1] - s[0], -s[0]))
    beside = {
        (j if child == i else i, p.kind) for (i, j), found in links.items() if child in (i, j)
        for p in found if (p.a if child == i else p.b) in spans
    }  # fmt: skip
    others = " and ".join(tellings[n].name for n in sorted({n for n, _ in beside}))
    reason = f"prints a sentence that {others} prints too, in more of the same words than two reporters find"
    sign = DirectionSign("shared wording", thresholds.SIGN_WORDING, reason, telling.id, *telling.words.span(*longest))
    kind = max((kind for _, kind in beside), key=KINDS.index)
    share = round(sum(covered(spans, telling.words)) / max(1, len(telling.words.folded)), 3)
    return Edge(child, source, kind, share, False, sure, reason, (sign,), tuple(spans))
