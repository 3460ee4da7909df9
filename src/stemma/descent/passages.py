"""The passages that two texts share: chained runs of the same words, and sentences that say the same in other words."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from stemma.descent.rewordings import Rewording
from stemma.descent.runs import Run, chain, cut_at_paragraphs
from stemma.descent.thresholds import (
    ALIKE,
    ALONE_FAINT_SHARE,
    ALONE_SHARE,
    ALONE_WORDS,
    BRIDGED_LEAST,
    BRIDGED_MOST,
    CLOSE_WORDS,
    MADE_ONE,
    NEAR_WORDS,
    SENTENCE_ENDS,
    SHORT_RUN,
    SHOWN_RUN,
    STRONG_LIKENESS,
    VERBATIM_PASSAGE,
)
from stemma.descent.words import FURNITURE, NARRATIVE, QUOTATION, RUNS, Words, label
from stemma.tables import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Words [a) and [b) of two texts that are the same words; `quoted` when both sides stand inside quotation marks.

    `run` says what they are: narrative, quotation, statement or furniture.
    """

    a: Span
    b: Span
    kind: str
    score: float
    quoted: bool
    run: str = RUNS[NARRATIVE]


def passages(a: Words, b: Words, runs: Sequence[Run], alike: Sequence[Rewording]) -> list[Passage]:
    """Return chained runs, and whole sentences where the two sentences are alike beyond the runs inside them."""
    chained = chained_runs(a, b, runs)
    covered_a, covered_b = covered((p.a for p in chained), a), covered((p.b for p in chained), b)
    # A passage bridges the words that an editor changed; how much is the same is told by the runs alone.
    same_a, same_b = covered(((r.a, r.a_past) for r in runs), a), covered(((r.b, r.b_past) for r in runs), b)
    whole: list[Passage] = []
    for r in alike:
        bridged = _part(covered_a, r.a), _part(covered_b, r.b)
        if max(bridged) < BRIDGED_MOST:
            whole.append(Passage(r.a, r.b, "rewrite", r.score, r.quoted))
        elif min(bridged) >= BRIDGED_LEAST and any(_nearly(p, r) for p in chained):
            same = min(_part(same_a, r.a), _part(same_b, r.b))
            whole.append(Passage(r.a, r.b, "verbatim" if same >= VERBATIM_PASSAGE else "edited", round(same, 3), r.quoted))
    whole += _merged(a, b, chained, whole)
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
            if run.same >= SHOWN_RUN:
                score = run.same / max(run.a_past - run.a, run.b_past - run.b)
                quoted = b"\0" not in a.quoted[run.a : run.a_past] and b"\0" not in b.quoted[run.b : run.b_past]
                kind = "verbatim" if score >= VERBATIM_PASSAGE else "edited"
                found.append(Passage((run.a, run.a_past), (run.b, run.b_past), kind, round(score, 3), quoted))
    return sorted(found, key=lambda p: (p.a, p.b))


def in_company(found: Sequence[Passage], a: Words, b: Words) -> list[Passage]:
    """Leave out what two texts may share by chance: a short run or a rewording with no other passage near it in both."""
    found = _with_best_partners(found)
    # Rewordings vouch for one another: whoever rewords a report rewords what follows too.
    reworded = [p for p in found if p.kind == "rewrite" and p.score >= ALIKE]
    company = [
        p for p in found if _is_strong(p, a, b) or (p in reworded and any(_near(p, q) and _beside(p, q) for q in reworded))
    ]
    return [p for p in found if p in company or any(_is_near(p, q) for q in company)]


def labelled(found: Iterable[Passage], a: Words, b: Words) -> list[Passage]:
    """Return the passages with what they are; where the two texts differ in that, what one of them does not tell counts."""
    return [replace(p, run=RUNS[QUOTATION if p.quoted else _less_told(label(a, p.a), label(b, p.b))]) for p in found]


def _less_told(one: int, other: int) -> int:
    # Words that one prints in quotation marks and the other as its own are told by the other.
    return NARRATIVE if NARRATIVE in (one, other) and FURNITURE not in (one, other) else max(one, other)


def covered(spans: Iterable[Span], words: Words) -> bytearray:
    """Return for each word of a text 1 when one of the spans covers it, else 0."""
    marked = bytearray(len(words.folded))
    for first, past in spans:
        marked[first:past] = b"\1" * (past - first)
    return marked


def _merged(a: Words, b: Words, chained: Sequence[Passage], whole: Sequence[Passage]) -> list[Passage]:
    """Short sentences of which most words stand in a sentence that is a rewording of their neighbour: two were made one."""
    reworded = [w for w in whole if w.kind == "rewrite"]
    found = []
    for p in chained if reworded else ():
        mine, other = _sentence(a, p.a), _sentence(b, p.b)
        if mine is None or other is None:
            continue
        for w in reworded:
            into_b = w.b == other and _adjoin(w.a, mine) and p.a[1] - p.a[0] >= MADE_ONE * (mine[1] - mine[0])
            into_a = w.a == mine and _adjoin(w.b, other) and p.b[1] - p.b[0] >= MADE_ONE * (other[1] - other[0])
            if into_a or into_b:
                found.append(Passage(mine, other, "rewrite", p.score, p.quoted))
                break
    return found


def _sentence(words: Words, span: Span) -> Span | None:
    """The sentence that a span lies in."""
    n = bisect_right(words.sentences, span[0], key=lambda s: s[0]) - 1
    return words.sentences[n] if n >= 0 and span[1] <= words.sentences[n][1] else None


def _adjoin(one: Span, other: Span) -> bool:
    return one[1] == other[0] or other[1] == one[0]


def _with_best_partners(found: Sequence[Passage]) -> list[Passage]:
    """Of a sentence that is like many the best and its neighbours: a form of words that a page repeats is no telling."""
    best: dict[tuple[str, Span], Passage] = {}
    reworded = [p for p in found if p.kind == "rewrite"]
    for p in reworded:
        for key in (("a", p.a), ("b", p.b)):
            best[key] = max(best.get(key, p), p, key=lambda q: (q.score, -q.a[0], -q.b[0]))
    kept = {p for p in reworded if _near(p, best["a", p.a]) and _near(p, best["b", p.b])}
    return [p for p in found if p.kind != "rewrite" or p in kept]


def _beside(p: Passage, q: Passage) -> bool:
    """Whether two passages are of other sentences on both sides."""
    return p.a != q.a and p.b != q.b


def _is_strong(p: Passage, a: Words, b: Words) -> bool:
    words, part = min(p.a[1] - p.a[0], p.b[1] - p.b[0]), ALONE_SHARE * min(len(a.folded), len(b.folded))
    if p.quoted or p.kind == "rewrite":
        return p.quoted or (
            words >= part and (p.score >= STRONG_LIKENESS or words >= ALONE_FAINT_SHARE * min(len(a.folded), len(b.folded)))
        )
    if p.score >= VERBATIM_PASSAGE and words >= SHORT_RUN and _sentence(a, p.a) == p.a and _sentence(b, p.b) == p.b:
        return True
    return (p.score >= STRONG_LIKENESS and words >= ALONE_WORDS) or (
        p.score >= VERBATIM_PASSAGE and words >= min(part, ALONE_WORDS)
    )


def _is_near(p: Passage, q: Passage) -> bool:
    """A short run says little: it must stand closer."""
    return _near(p, q, NEAR_WORDS if p.kind == "rewrite" or p.a[1] - p.a[0] >= SHORT_RUN else CLOSE_WORDS)


def _near(p: Passage, q: Passage, most: int = NEAR_WORDS) -> bool:
    apart = max(p.a[0] - q.a[1], q.a[0] - p.a[1]), max(p.b[0] - q.b[1], q.b[0] - p.b[1])
    return max(apart) <= most


def _nearly(p: Passage, r: Rewording) -> bool:
    """Whether a passage is a whole sentence on both sides but for a few words at its ends."""
    return (
        r.a[0] <= p.a[0] <= r.a[0] + SENTENCE_ENDS
        and p.a[1] <= r.a[1] <= p.a[1] + SENTENCE_ENDS
        and r.b[0] <= p.b[0] <= r.b[0] + SENTENCE_ENDS
        and p.b[1] <= r.b[1] <= p.b[1] + SENTENCE_ENDS
    )


def _part(marked: bytearray, span: Span) -> float:
    return marked.count(1, *span) / (span[1] - span[0])


def _inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
