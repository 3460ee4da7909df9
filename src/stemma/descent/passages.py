"""The passages that two texts share: chained runs of the same words, and sentences that say the same in other words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stemma.descent.rewordings import Rewording
from stemma.descent.runs import Run, chain, cut_at_paragraphs
from stemma.descent.words import Words
from stemma.tables import Span

VERBATIM = 0.9
"""Share of identical words from which a passage counts as printed as it was."""
ALONE, STRONG = 10, 0.55
"""Words and likeness from which a passage stands by itself."""
ENDS = 8
"""Words at the ends of a sentence that may differ for the passage to be the whole sentence."""
NEAR = 50
"""Words between two passages that still belong to one stretch of copying."""
LEAST = 3
"""Words of a run that is shown."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words [a) and [b) of two texts that are the same words; `quoted` when both sides stand inside quotation marks."""

    a: Span
    b: Span
    kind: str
    score: float
    quoted: bool


def passages(a: Words, b: Words, runs: Sequence[Run], alike: Sequence[Rewording]) -> list[Passage]:
    """Return chained runs, and whole sentences where the two sentences are alike beyond the runs inside them."""
    chained = chained_runs(a, b, runs)
    covered_a, covered_b = covered((p.a for p in chained), a), covered((p.b for p in chained), b)
    # A passage bridges the words that an editor changed; how much is the same is told by the runs alone.
    same_a, same_b = covered(((r.a, r.a_past) for r in runs), a), covered(((r.b, r.b_past) for r in runs), b)
    whole: list[Passage] = []
    for r in alike:
        bridged = _part(covered_a, r.a), _part(covered_b, r.b)
        if max(bridged) < 0.7:
            whole.append(Passage(r.a, r.b, "rewrite", r.score, r.quoted))
        elif min(bridged) >= 0.5 and any(_nearly(p, r) for p in chained):
            same = min(_part(same_a, r.a), _part(same_b, r.b))
            whole.append(Passage(r.a, r.b, "verbatim" if same >= VERBATIM else "edited", round(same, 3), r.quoted))
    kept = [p for p in chained if not any(_inside(p.a, w.a) and _inside(p.b, w.b) for w in whole)]
    return sorted(kept + whole, key=lambda p: (p.a, p.b))


def chained_runs(a: Words, b: Words, runs: Sequence[Run]) -> list[Passage]:
    """Return runs cut at paragraphs and chained inside one paragraph of each side."""
    groups: dict[tuple[int, int], list[Run]] = {}
    for run in runs:
        for piece in cut_at_paragraphs(run, a.paragraph, b.paragraph):
            groups.setdefault((a.paragraph[piece.a], b.paragraph[piece.b]), []).append(piece)
    found = []
    for pieces in groups.values():
        for run in chain(pieces):
            if run.same >= LEAST:
                score = run.same / max(run.a_past - run.a, run.b_past - run.b)
                quoted = b"\0" not in a.quoted[run.a : run.a_past] and b"\0" not in b.quoted[run.b : run.b_past]
                kind = "verbatim" if score >= VERBATIM else "edited"
                found.append(Passage((run.a, run.a_past), (run.b, run.b_past), kind, round(score, 3), quoted))
    return sorted(found, key=lambda p: (p.a, p.b))


def in_company(found: Sequence[Passage]) -> list[Passage]:
    """Leave out what two texts may share by chance: a short run or a faint rewording with no other passage near it in both."""
    strong = [p for p in found if _is_strong(p)]
    return [p for p in found if _is_strong(p) or any(_near(p, q) for q in strong)]


def covered(spans: Iterable[Span], words: Words) -> bytearray:
    """Return for each word of a text 1 when one of the spans covers it, else 0."""
    marked = bytearray(len(words.folded))
    for first, past in spans:
        marked[first:past] = b"\1" * (past - first)
    return marked


def _is_strong(p: Passage) -> bool:
    words = min(p.a[1] - p.a[0], p.b[1] - p.b[0])
    return p.quoted or (p.score >= STRONG and words >= ALONE) or (p.score >= VERBATIM and words >= ALONE - 2)


def _near(p: Passage, q: Passage) -> bool:
    apart = max(p.a[0] - q.a[1], q.a[0] - p.a[1]), max(p.b[0] - q.b[1], q.b[0] - p.b[1])
    return max(apart) <= NEAR


def _nearly(p: Passage, r: Rewording) -> bool:
    """Whether a passage is a whole sentence on both sides but for a few words at its ends."""
    return (
        r.a[0] <= p.a[0] <= r.a[0] + ENDS
        and p.a[1] <= r.a[1] <= p.a[1] + ENDS
        and r.b[0] <= p.b[0] <= r.b[0] + ENDS
        and p.b[1] <= r.b[1] <= p.b[1] + ENDS
    )


def _part(marked: bytearray, span: Span) -> float:
    return marked.count(1, *span) / (span[1] - span[0])


def _inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
