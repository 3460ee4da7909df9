"""Two texts: which passages they share, how, how much of each, and whether the sharing has one written source."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from stemma.descent.rewordings import ALIKE, KIN, Rewording, rewordings
from stemma.descent.runs import SEED, Run, chain, cut_at_paragraphs, disjoint, identical_runs
from stemma.descent.words import Words
from stemma.tables import KINDS, Span

VERBATIM = 0.9
"""Share of identical words from which a passage counts as printed as it was."""

ALONE, STRONG = 10, 0.55
"""Words and likeness from which a passage stands by itself."""
SHORT_WORDS, SHORT_SENTENCES = 40, 4
ENDS = 8
"""Words at the ends of a sentence that may differ for the passage to be the whole sentence."""
UNPROVED = 0.49
"""What is left of a copy that no passage outside quotation marks can show."""
NEAR = 50
"""Words between two passages that still belong to one stretch of copying."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words [a) and [b) of two texts that are the same words; `quoted` when both sides stand inside quotation marks."""

    a: Span
    b: Span
    kind: str
    score: float
    quoted: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two texts share; shares are of a text's body words, 0–1; `copied` is a probability, `reason` says why."""

    passages: tuple[Passage, ...]
    kind: str | None
    a_share: float
    b_share: float
    a_related: float
    b_related: float
    copied: float
    reason: str


def compare(a: Words, b: Words) -> Comparison | None:
    """Return what two texts share, or None when they share no run of five words and no reworded sentence."""
    runs = disjoint(identical_runs(a.folded, b.folded))
    alike = rewordings(a, b, told=True)
    if not runs and not alike:
        return None
    copied, reason = _copied(a, b, runs, alike)
    passages = _in_company(_passages(a, b, runs, rewordings(a, b, KIN))) if copied >= 0.5 else []
    if all(p.quoted for p in passages):
        copied, passages = min(copied, UNPROVED), [p for p in _chained(a, b, runs) if p.quoted]
    return Comparison(
        tuple(passages),
        _kind(passages, a, b) if copied >= 0.5 else None,
        _share(((r.a, r.a_past) for r in runs), len(a.folded)),
        _share(((r.b, r.b_past) for r in runs), len(b.folded)),
        _share((p.a for p in passages), len(a.folded)),
        _share((p.b for p in passages), len(b.folded)),
        round(copied, 3),
        reason,
    )


def _copied(a: Words, b: Words, runs: Sequence[Run], alike: Sequence[Rewording]) -> tuple[float, str]:
    """Weigh the telling that is shared outside quotation marks, in nats; two reporters share words said, not a telling."""
    plain = [sum(1 for k in range(r.same) if not (a.quoted[r.a + k] or b.quoted[r.b + k])) for r in runs]
    longest = max(plain, default=0)
    told = sum(n for n in plain if n >= SEED)
    least, sentences = max(1, min(_unquoted(a), _unquoted(b))), max(1, min(_own_sentences(a), _own_sentences(b)))
    if sentences > 1:
        # Of two short texts on one event a clause is soon a third: so little is weighed as if there were more of it.
        least, sentences = max(SHORT_WORDS, least), max(SHORT_SENTENCES, sentences)
    alike_share = min(len({r.b for r in alike}), len({r.a for r in alike})) / sentences
    weight = (
        -3.6
        + 0.2 * max(0, min(longest, 25) - 7)
        + 6.0 * min(0.6, told / least)
        + 5.0 * min(0.8, alike_share)
        + 2.5 * min(2.0, sum(r.score - ALIKE + 0.05 for r in alike))
    )
    reason = f"{told} words in runs of five or more outside quotation marks, the longest {longest}; sentences alike: {len(alike)}"
    return 1 / (1 + math.exp(-weight)), reason


def _passages(a: Words, b: Words, runs: Sequence[Run], alike: Sequence[Rewording]) -> list[Passage]:
    """Chained runs, and whole sentences where the two sentences are alike beyond the runs inside them."""
    chained = _chained(a, b, runs)
    covered_a, covered_b = _positions(p.a for p in chained), _positions(p.b for p in chained)
    # A passage bridges the words that an editor changed; how much is the same is told by the runs alone.
    same_words_a = _positions((run.a, run.a_past) for run in runs)
    same_words_b = _positions((run.b, run.b_past) for run in runs)
    whole: list[Passage] = []
    for r in alike:
        same_a, same_b = (_covered_share(covered_a, r.a), _covered_share(covered_b, r.b))
        if max(same_a, same_b) < 0.7:
            whole.append(Passage(r.a, r.b, "rewrite", r.score, r.quoted))
        elif min(same_a, same_b) >= 0.5 and any(_nearly(p, r) for p in chained):
            same = min(_covered_share(same_words_a, r.a), _covered_share(same_words_b, r.b))
            whole.append(Passage(r.a, r.b, "verbatim" if same >= VERBATIM else "edited", round(same, 3), r.quoted))
    kept = [p for p in chained if not any(_inside(p.a, w.a) and _inside(p.b, w.b) for w in whole)]
    return sorted(kept + whole, key=lambda p: (p.a, p.b))


def _in_company(passages: Sequence[Passage]) -> list[Passage]:
    """Leave out what two texts may share by chance: a short run or a faint rewording with no other passage near it in both."""
    strong = [p for p in passages if _is_strong(p)]
    return [p for p in passages if _is_strong(p) or any(_near(p, q) for q in strong)]


def _is_strong(p: Passage) -> bool:
    words = min(p.a[1] - p.a[0], p.b[1] - p.b[0])
    return p.quoted or (p.score >= STRONG and words >= ALONE) or (p.score >= VERBATIM and words >= ALONE - 2)


def _near(p: Passage, q: Passage) -> bool:
    apart = max(p.a[0] - q.a[1], q.a[0] - p.a[1]), max(p.b[0] - q.b[1], q.b[0] - p.b[1])
    return max(apart) <= NEAR


def _nearly(p: Passage, r: Rewording) -> bool:
    """Whether a passage is a whole sentence on both sides but for a few words at its ends."""
    ends = (p.a[0] - r.a[0], r.a[1] - p.a[1], p.b[0] - r.b[0], r.b[1] - p.b[1])
    return all(0 <= e <= ENDS for e in ends)


def _covered_share(covered: set[int], span: Span) -> float:
    return len(covered & set(range(*span))) / (span[1] - span[0])


def _chained(a: Words, b: Words, runs: Sequence[Run]) -> list[Passage]:
    """Runs cut at paragraphs and chained inside one paragraph of each side."""
    groups: dict[tuple[int, int], list[Run]] = {}
    for run in runs:
        for piece in cut_at_paragraphs(run, a.paragraph, b.paragraph):
            groups.setdefault((a.paragraph[piece.a], b.paragraph[piece.b]), []).append(piece)
    passages = []
    for pieces in groups.values():
        for run in chain(pieces):
            score = run.same / max(run.a_past - run.a, run.b_past - run.b)
            quoted = all(a.quoted[run.a : run.a_past]) and all(b.quoted[run.b : run.b_past])
            if run.same >= 3:
                kind = "verbatim" if score >= VERBATIM else "edited"
                passages.append(Passage((run.a, run.a_past), (run.b, run.b_past), kind, round(score, 3), quoted))
    return sorted(passages, key=lambda p: (p.a, p.b))


def _kind(passages: Sequence[Passage], a: Words, b: Words) -> str:
    """The kind that most of the related words of the more dependent text have; of both when neither is the more so."""
    shares = _share((p.a for p in passages), len(a.folded)), _share((p.b for p in passages), len(b.folded))
    words = dict.fromkeys(KINDS, 0)
    for p in passages:
        sides = [span[1] - span[0] for span, share in zip((p.a, p.b), shares, strict=True) if share == max(shares)]
        words[p.kind] += 0 if p.quoted else sum(sides)
    total = sum(words.values()) or 1
    if words["rewrite"] > 0.6 * total:
        return "rewrite"
    return "verbatim" if words["verbatim"] > 0.7 * total else "edited"


def _share(spans: object, total: int) -> float:
    return round(len(_positions(spans)) / total, 4) if total else 0.0


def _positions(spans: object) -> set[int]:
    return {k for first, past in spans for k in range(first, past)}  # type: ignore[attr-defined]


def _inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _unquoted(words: Words) -> int:
    return sum(not q for q in words.quoted)


def _own_sentences(words: Words) -> int:
    return sum(1 for first, past in words.sentences if sum(words.quoted[first:past]) <= 0.5 * (past - first))
