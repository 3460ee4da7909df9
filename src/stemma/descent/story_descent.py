"""The descent of one story: from its reports to rows of alignments, witnesses, derivations, signs, origins and their count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from stemma import ids
from stemma.descent import thresholds
from stemma.descent.citations import as_printed
from stemma.descent.cited_sources import Links, cited_by_wires, cited_sources, with_told_agencies
from stemma.descent.collation import Pairs
from stemma.descent.comparisons import compare_all
from stemma.descent.earlier_versions import Earlier, compare_states, told_by_versions, with_earlier_versions
from stemma.descent.edges import Edge, Lost
from stemma.descent.judged_derivations import ruled, settle_cited, settle_named
from stemma.descent.origins import Inheritance, Node, count, inheritances, origins, own_shares
from stemma.descent.shared_sentences import with_shared_sentences
from stemma.descent.stemma import grow
from stemma.descent.telling import Telling, read_telling, same_outlet, with_known_names, with_public_words
from stemma.tables import Alignment, Block, Derivation, Descendant, Origin, OriginCount, Report, Sign, Witness
from stemma.text.once import Once, body_print

NOTHING_EARLIER: Earlier = {}
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class StoryDescent:
    """The rows of one story's descent, and its tellings for the rooms that follow."""

    alignments: list[Alignment]
    witnesses: list[Witness]
    derivations: list[Derivation]
    signs: list[Sign]
    origins: list[Origin]
    descendants: list[Descendant]
    count: OriginCount
    tellings: list[Telling]
    first_print: Mapping[str, str] = field(default_factory=dict)
    """The first of more than TWINS reports of one body, by each of the others: it shares what they share, as `place_in` says."""
    body_starts: Mapping[str, int] = field(default_factory=dict)
    """Where the body of each report begins."""

    def place_in(self, other: str, report: str, at: int) -> int:
        """Return where the word of a report at an offset stands in another that prints its body."""
        return at - self.body_starts.get(report, 0) + self.body_starts.get(other, 0)


def story_descent(
    story: str,
    reports: Sequence[tuple[Report, Sequence[Block]]],
    rejected: Iterable[tuple[str, str]] = (),
    accepted: Mapping[tuple[str, str], str] | None = None,
    earlier: Earlier = NOTHING_EARLIER,
) -> StoryDescent:
    """Return the descent of a story; the same for the same reports in any order.

    `rejected` and `accepted` are what readers judged: (child, parent) ids of witnesses, and why for those accepted. `earlier` are
    the earlier versions of reports that were edited.
    """
    tellings = read_story(reports, earlier)
    newest = compare_all(tellings)
    pairs = compare_states(tellings, newest)
    word = ruled(tellings, rejected, accepted or {})
    edges, lost = settle_named(*with_told_agencies(tellings, pairs, *grow(tellings, pairs, word)), word)
    edges, lost = told_by_versions(tellings, edges, lost, newest)
    own = own_shares(tellings, edges, pairs)
    beside = with_shared_sentences(tellings, pairs, edges, lost, cited_sources(tellings, edges, lost))
    cited = settle_cited(tellings, beside, word)
    roots = origins(tellings, edges, lost, own, cited)
    low, best, high = count(tellings, edges, lost, pairs, own, cited)
    heirs, shown = [*edges, *cited.edges], [*edges, *cited_by_wires(edges, cited)]
    lost = [*lost, *cited.lost]
    names, texts = {s.key: s.name for s in lost}, [t.report.text for t in tellings]
    called = [replace(s, name=as_printed(s.name, texts)) if s.name else s for s in lost]
    shown_as = {s.key: s.name for s in called}
    node = {n: t.id for n, t in enumerate(tellings)} | {s.key: ids.digest("lost", s.key) for s in lost}
    first = firsts_of_many(tellings)
    return StoryDescent(
        _alignments(story, tellings, newest, cited.passages, first),
        _witnesses(story, tellings, called, node),
        [_derivation(story, e, node) for e in shown],
        [s for e in shown for s in _signs(story, e, node)],
        [Origin(story, node[o], shown_as[o] if isinstance(o, str) else tellings[o].report.outlet) for o in roots],
        [_descendant(story, found, tellings, names, node) for found in inheritances(heirs, roots, pairs)],
        OriginCount(story, low, best, high),
        tellings,
        {tellings[n].id: tellings[m].id for n, m in first.items()},
        {t.id: body_print(t.report.text, map(_extent, t.blocks))[0] for t in tellings},
    )


def firsts_of_many(tellings: Sequence[Telling]) -> dict[int, int]:
    """Return for each of more than TWINS reports that print one body the first of them, but for the first itself."""
    groups: dict[object, list[int]] = {}
    for n, t in enumerate(tellings):
        groups.setdefault((t.report.language, body_print(t.report.text, map(_extent, t.blocks))[1]), []).append(n)
    return {n: group[0] for group in groups.values() if len(group) > thresholds.TWINS for n in group[1:]}


def _extent(block: Block) -> tuple[int, int, str]:
    return block.start, block.end, block.role


def read_story(reports: Sequence[tuple[Report, Sequence[Block]]], earlier: Earlier = NOTHING_EARLIER) -> list[Telling]:
    """Return what descent knows of the reports of a story before it compares them, in the order of their ids."""
    once = Once()
    ordered = sorted(reports, key=lambda rb: rb[0].id)
    named = with_known_names([read_telling(r, b, once) for r, b in ordered])
    return with_public_words(with_earlier_versions(named, earlier))


def sigla(reports: Sequence[Report]) -> dict[str, str]:
    """Return a Latin letter for each report id, earliest first; Aa, Ab and so on come after Z."""
    ordered = sorted(reports, key=lambda r: (r.published or "9", r.id))
    return {r.id: _letter(n) for n, r in enumerate(ordered)}


def _letter(n: int) -> str:
    return LATIN[n] if n < 26 else LATIN[(n // 26 - 1) % 26] + LATIN[n % 26].lower() + ("" if n < 702 else str(n // 702))


def _alignments(story: str, tellings: Sequence[Telling], pairs: Pairs, cited: Links, first: Mapping[int, int]) -> list[Alignment]:
    rows: dict[tuple[object, ...], Alignment] = {}
    told = (p for p in pairs if first.get(p[1]) == p[0] or (p[0] not in first and p[1] not in first))
    for i, j in sorted({*told, *cited}):
        a, b = tellings[i], tellings[j]
        passages = (*(pairs[i, j].passages if (i, j) in pairs else ()), *cited.get((i, j), ()))
        # Of two that begin at one place the longer is shown.
        for p in sorted(passages, key=lambda p: p.a[1] - p.a[0]):
            rows[i, j, p.a[0], p.b[0]] = Alignment(story, a.id, *a.words.span(*p.a), b.id, *b.words.span(*p.b), p.kind, p.score)
    return list(rows.values())


def _witnesses(story: str, tellings: Sequence[Telling], lost: Sequence[Lost], node: dict[Node, str]) -> list[Witness]:
    letters = sigla([t.report for t in tellings])
    printed = [Witness(story, t.id, letters[t.id], t.id, t.report.outlet) for t in tellings]
    ordered = sorted(lost, key=lambda s: (s.name is None, -len(s.reports), s.key))
    return printed + [Witness(story, node[s.key], GREEK[n % 24] + "′" * (n // 24), None, s.name) for n, s in enumerate(ordered)]


def _derivation(story: str, edge: Edge, node: dict[Node, str]) -> Derivation:
    return Derivation(
        story,
        node[edge.child],
        node[edge.parent],
        edge.kind,
        edge.share,
        edge.credited,
        edge.probability,
        edge.reason,
    )


def _signs(story: str, edge: Edge, node: dict[Node, str]) -> list[Sign]:
    child, parent = node[edge.child], node[edge.parent]
    return [Sign(story, child, parent, s.sign, s.weight, s.reason, s.report, s.start, s.end) for s in edge.signs]


def _descendant(
    story: str, found: Inheritance, tellings: Sequence[Telling], names: dict[str, str | None], node: dict[Node, str]
) -> Descendant:
    origin, heir = found.origin, tellings[found.report]
    name = names[origin] if isinstance(origin, str) else tellings[origin].report.outlet
    credited = any(same_outlet(n, name) for n in heir.authors(found.share))
    return Descendant(story, node[origin], heir.id, found.kind, found.share, credited, found.probability)
