"""Earlier versions of a report: a copy may have words that the report printed once and that its newest version lacks.

A report is collated in all its states, as an edition collates a manuscript before and after it was corrected: to the words of
the newest version those paragraphs are put which only an earlier one has. They are words that others may have from it; what it
has itself from others is told of its newest version alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from stemma.descent import thresholds
from stemma.descent.collation import Pairs, aligned_runs
from stemma.descent.compare import compare
from stemma.descent.comparisons import compare_all
from stemma.descent.edges import DirectionSign, Edge, Lost
from stemma.descent.judged_derivations import needed
from stemma.descent.telling import Telling, read_telling
from stemma.descent.words import Words, read_words
from stemma.tables import Block, Report
from stemma.text.once import Once

Earlier = Mapping[str, Sequence[tuple[Report, Sequence[Block]]]]
"""The earlier versions of a report with their blocks, the first one first, by its id."""


def with_earlier_versions(tellings: Sequence[Telling], earlier: Earlier) -> list[Telling]:
    """Return the tellings, of a report that was edited with the words of all its versions."""
    return [_with_states(t, earlier[t.id]) if earlier.get(t.id) else t for t in tellings]


def compare_states(tellings: Sequence[Telling], newest: Pairs) -> Pairs:
    """Return the comparisons of all versions, by those of the newest ones."""
    edited = {n for n, t in enumerate(tellings) if t.states}
    if not edited:
        return newest
    found = compare_all([replace(t, words=t.collated) for t in tellings], edited)
    return {p: found.get(p) or newest[p] for p in sorted({*newest, *found})}


def told_by_versions(
    tellings: Sequence[Telling], edges: list[Edge], lost: list[Lost], newest: Pairs
) -> tuple[list[Edge], list[Lost]]:
    """Return the edges with what they have from earlier versions; none to a report of which only an earlier one is a copy."""
    copies = {n for pair, c in newest.items() if c.copied >= thresholds.COPIED for n in pair}
    now = [e for e in edges if e.child in copies or not isinstance(e.child, int) or not tellings[e.child].states]
    told = [_shown_by_version(tellings, e) for e in now]
    return needed(told, lost) if len(told) < len(edges) else (told, lost)


def _with_states(telling: Telling, versions: Sequence[tuple[Report, Sequence[Block]]]) -> Telling:
    """A telling with its earlier versions, the latest first, and the words of all: of a paragraph that each of some has, once."""
    words, once = telling.words, Once()
    earlier = tuple(read_telling(report, blocks, once) for report, blocks in reversed(versions))
    known = {words.folded[first:past] for first, past in words.blocks}
    text, body = telling.report.text, list(words.body)
    for was in (version.words for version in earlier):
        for (start, end), (first, past) in zip(was.body, was.blocks, strict=True):
            told = was.folded[first:past]
            if told and told not in known:
                known.add(told)
                body.append((len(text) + 1, len(text) + 1 + end - start))
                text += "\n" + was.text[start:end]
    states = read_words(text, body, words.language) if len(body) > len(words.body) else None
    return replace(telling, states=states, versions=earlier)


def _shown_by_version(tellings: Sequence[Telling], edge: Edge) -> Edge:
    """An edge some of whose words stand in an earlier version alone, with the sign that shows the most of them."""
    if not isinstance(edge.child, int) or not isinstance(edge.parent, int):
        return edge
    child, parent = tellings[edge.child], tellings[edge.parent]
    here = {k for run in _runs(child.words, parent.words) for k in run} if parent.versions else set()
    found = [(run, len(set(run) - here), v.report) for v in parent.versions for run in _runs(child.words, v.words)]
    run, most, version = max(found, key=lambda f: f[1], default=(range(0), 0, parent.report))
    if not most:
        return edge
    words = sum(alone for _, alone, other in found if other is version)
    when = version.retrieved or version.modified or version.published
    dated = f"the version of {when}" if when else "an earlier version"
    reason = f"has {words} word{'s' * (words > 1)} that {parent.name} printed in {dated} and prints no more"
    sign = DirectionSign("earlier version", thresholds.SIGN_WORDING, reason, child.id, *child.words.span(run.start, run.stop))
    return replace(edge, reason=reason, signs=(sign, *edge.signs))


def _runs(child: Words, other: Words) -> Iterator[range]:
    """The words of a text that stand as they are in another, in runs that two writers do not hit upon."""
    shared = compare(child, other)
    runs = aligned_runs(child, other, shared.passages) if shared else []
    return (range(first, first + words) for first, _, words in runs if words >= thresholds.SEED)
