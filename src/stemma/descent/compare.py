"""Two texts: which passages they share, how, how much of each, and whether the sharing has one written source.

Passages are chained runs of the same words, and sentences that say the same in other words.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import and_

from stemma.descent import thresholds
from stemma.descent.rewordings import Rewording, is_sentence, rewordings, same_telling
from stemma.descent.runs import Run, Seeds, chain, cut_at_paragraphs, disjoint, runs_of_seeds, seeds
from stemma.descent.words import FURNITURE, KEPT, NARRATIVE, QUOTATION, RUNS, STATEMENT, Words, label, labels
from stemma.tables import Span

TELLING = (NARRATIVE, STATEMENT)
"""What both texts may print of shared words that are told: a statement is one when both of them print it as such."""


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
    return compare_runs(a, b, runs_of_seeds(_seeds(a), _seeds(b)))


def compare_runs(a: Words, b: Words, found: Sequence[Run], *, faint: bool = True) -> Comparison | None:
    """Return what two texts share whose identical runs are known; without `faint`, hardly any words are not looked into."""
    runs = disjoint(found)
    same = sum(r.same for r in runs)
    look = (
        faint
        or max(_part(same, a), _part(same, b)) >= thresholds.FAINT_SHARE
        or any(r.same >= thresholds.FAINT_RUN for r in runs)
    )
    if not look:
        return _hardly(a, b, runs) if runs else None
    alike, kin = _alike(a, b)
    if not runs and not alike:
        return None
    copied, reason = _retold(a, b) if is_sentence(a) and is_sentence(b) else _copied(a, b, runs, alike)
    shared = (
        in_company(passages(a, b, runs, rewordings(a, b, thresholds.KIN) if kin is None else kin), a, b)
        if copied >= thresholds.COPIED
        else []
    )
    shared = labelled(shared, a, b)
    if all(p.run != RUNS[NARRATIVE] for p in shared) and not (shared and is_sentence(a) and is_sentence(b)):
        copied = min(copied, thresholds.UNPROVED)
        aside = [r for r in runs if _plain(a, b, r) < r.same]
        printed = [p for p in labelled(chained_runs(a, b, aside), a, b) if p.run in (RUNS[STATEMENT], RUNS[FURNITURE])]
        shared = sorted([*printed, *_quotations(a, b, aside)], key=lambda p: (p.a, p.b))
    related = _part(covered((p.a for p in shared), a).count(1), a), _part(covered((p.b for p in shared), b).count(1), b)
    kind = _kind(a, b, shared, runs, related) if copied >= thresholds.COPIED else None
    return Comparison(tuple(shared), kind, _part(same, a), _part(same, b), *related, round(copied, 3), reason)


def _quotations(a: Words, b: Words, runs: Sequence[Run]) -> list[Passage]:
    """What two texts print in quotation marks, whatever either writes before and behind it."""
    found = _chained(a, b, runs, _turns(a), _turns(b))
    return [p for p in labelled(found, a, b) if p.quoted and not _is_name(a, p.a)]


@lru_cache(maxsize=KEPT)
def _turns(words: Words) -> list[int]:
    """For each word how often quotation marks opened or closed, or a paragraph ended, before it."""
    places = zip(words.quoted, words.paragraph, strict=True)
    return [n for n, (_, stretch) in enumerate(groupby(places)) for _ in stretch]


def _hardly(a: Words, b: Words, runs: Sequence[Run]) -> Comparison:
    """What two texts share that share a few short runs: most pairs of a collection, and no copies."""
    same, longest = sum(r.same for r in runs), max(r.same for r in runs)
    weight = (
        thresholds.COPY_BIAS
        + thresholds.COPY_LONGEST * max(0, longest - thresholds.COPY_RUN_FROM)
        + thresholds.COPY_PART * same / max(thresholds.SHORT_TEXT_WORDS, min(len(a.folded), len(b.folded)))
    )
    reason = f"{same} words in runs of five or more, the longest {longest}: too few for a copy"
    return Comparison((), None, _part(same, a), _part(same, b), 0.0, 0.0, round(1 / (1 + math.exp(-weight)), 3), reason)


def _alike(a: Words, b: Words) -> tuple[list[Rewording], list[Rewording] | None]:
    """The rewordings that speak for a copy, and those that are shown once it is one, when they are known by the way."""
    if is_sentence(a) and is_sentence(b):
        both = Rewording(a.sentences[0], b.sentences[0], round(same_telling(a, b), 3), quoted=False)
        return ([both], [both]) if both.score >= thresholds.FAINT_TELLING else ([], [])
    if _aside(a) or _aside(b):
        return rewordings(a, b, thresholds.TOLD_ALIKE, told=True), None
    kin = rewordings(a, b, thresholds.KIN)
    return [r for r in kin if r.score >= thresholds.TOLD_ALIKE], kin


def _retold(a: Words, b: Words) -> tuple[float, str]:
    return same_telling(a, b), "one sentence each: how much of their words and of their order they share"


def _copied(a: Words, b: Words, runs: Sequence[Run], alike: Sequence[Rewording]) -> tuple[float, str]:
    """Weigh the telling that is shared outside quotation marks, in nats; two reporters share words said, not a telling."""
    plain = [_telling(a, b, r) for r in runs]
    longest = max(plain, default=0)
    told = sum(n for n in plain if n >= thresholds.SEED)
    least, sentences = (
        max(1, min(_narrative(a), _narrative(b))),
        max(1, min(_told_sentences(a), _told_sentences(b))),
    )
    if sentences > 1:
        # Of two short texts on one event a clause is soon a third: so little is weighed as if there were more of it.
        least, sentences = max(thresholds.SHORT_TEXT_WORDS, least), max(thresholds.SHORT_TEXT_SENTENCES, sentences)
    alike_share = min(len({r.b for r in alike}), len({r.a for r in alike})) / sentences
    weight = (
        thresholds.COPY_BIAS
        + thresholds.COPY_LONGEST * max(0, min(longest, thresholds.COPY_RUN_MOST) - thresholds.COPY_RUN_FROM)
        + thresholds.COPY_PART * min(thresholds.COPY_PART_MOST, told / least)
        + thresholds.COPY_ALIKE * min(thresholds.COPY_ALIKE_MOST, alike_share)
        + thresholds.COPY_LIKENESS
        * min(thresholds.COPY_LIKENESS_MOST, sum(r.score - thresholds.COPY_LIKENESS_FROM for r in alike))
    )
    reason = (
        f"{told} words beyond names and figures in runs of five or more that neither quotes, the longest {longest}; "
        f"sentences alike: {len(alike)}"
    )
    return 1 / (1 + math.exp(-weight)), reason


def _plain(a: Words, b: Words, run: Run) -> int:
    """The words of a run that both texts tell."""
    if not _aside(a) and not _aside(b):
        return run.same
    one, other = labels(a)[run.a : run.a_past], labels(b)[run.b : run.b_past]
    if one.count(NARRATIVE) == other.count(NARRATIVE) == run.same:
        return run.same
    return sum((NARRATIVE in (x, y) and x in TELLING and y in TELLING) for x, y in zip(one, other, strict=True))


def _telling(a: Words, b: Words, run: Run) -> int:
    """The words of a run that two tellings share beyond names and figures, which all reports of an event must carry."""
    plain = _plain(a, b, run)
    if plain >= 2 * thresholds.LONG_RUN:
        return plain
    first = [a.text[start] for start in a.starts[run.a : run.a_past]]
    own = plain - sum(letter.isupper() or letter.isdigit() for letter in first)
    return max(0, own) if own >= thresholds.SEED or plain >= thresholds.LONG_RUN else 0


def _kind(a: Words, b: Words, found: Sequence[Passage], runs: Sequence[Run], related: tuple[float, float]) -> str:
    """How much of what the more dependent text has from the other, quotations apart, are the same words in the same order."""
    told = [p for p in found if not p.quoted] or found
    sides = (
        (covered((p.a for p in told), a), covered(((r.a, r.a_past) for r in runs), a)),
        (covered((p.b for p in told), b), covered(((r.b, r.b_past) for r in runs), b)),
    )
    chosen = [side for side, share in zip(sides, related, strict=True) if share == max(related)]
    part = sum(sum(map(and_, *side)) for side in chosen) / max(1, sum(taken.count(1) for taken, _ in chosen))
    return "verbatim" if part >= thresholds.PRINTED_SHARE else "edited" if part >= thresholds.EDITED_SHARE else "rewrite"


def _part(count: int, words: Words) -> float:
    return round(count / len(words.folded), 4) if words.folded else 0.0


@lru_cache(maxsize=KEPT)
def _seeds(words: Words) -> Seeds:
    return seeds(words.folded)


@lru_cache(maxsize=KEPT)
def _aside(words: Words) -> bool:
    return any(labels(words))


@lru_cache(maxsize=KEPT)
def _narrative(words: Words) -> int:
    return labels(words).count(NARRATIVE)


@lru_cache(maxsize=KEPT)
def _told_sentences(words: Words) -> int:
    found = labels(words)
    return sum(found.count(NARRATIVE, *s) >= 0.5 * (s[1] - s[0]) for s in words.sentences)


def passages(a: Words, b: Words, runs: Sequence[Run], alike: Sequence[Rewording]) -> list[Passage]:
    """Return chained runs, and whole sentences where the two sentences are alike beyond the runs inside them."""
    chained = chained_runs(a, b, runs)
    covered_a, covered_b = covered((p.a for p in chained), a), covered((p.b for p in chained), b)
    # A passage bridges the words that an editor changed; how much is the same is told by the runs alone.
    same_a, same_b = covered(((r.a, r.a_past) for r in runs), a), covered(((r.b, r.b_past) for r in runs), b)
    whole: list[Passage] = []
    for r in alike:
        bridged = _share_in(covered_a, r.a), _share_in(covered_b, r.b)
        if max(bridged) < thresholds.BRIDGED_MOST:
            whole.append(Passage(r.a, r.b, "rewrite", r.score, r.quoted))
        elif min(bridged) >= thresholds.BRIDGED_LEAST and any(_nearly(p, r) for p in chained):
            same = min(_share_in(same_a, r.a), _share_in(same_b, r.b))
            whole.append(
                Passage(r.a, r.b, "verbatim" if same >= thresholds.VERBATIM_PASSAGE else "edited", round(same, 3), r.quoted)
            )
    whole += _merged(a, b, chained, whole)
    kept = [p for p in chained if not any(_inside(p.a, w.a) and _inside(p.b, w.b) for w in whole)]
    return sorted(kept + whole, key=lambda p: (p.a, p.b))


def chained_runs(a: Words, b: Words, runs: Sequence[Run]) -> list[Passage]:
    """Return runs cut at paragraphs and chained inside one paragraph of each side."""
    return _chained(a, b, runs, a.paragraph, b.paragraph)


def _chained(a: Words, b: Words, runs: Sequence[Run], parts_a: Sequence[int], parts_b: Sequence[int]) -> list[Passage]:
    """Runs cut at the parts of either text (the number of each word's) and chained inside one of each."""
    groups: dict[tuple[int, int], list[Run]] = {}
    for run in runs:
        for piece in cut_at_paragraphs(run, parts_a, parts_b):
            groups.setdefault((parts_a[piece.a], parts_b[piece.b]), []).append(piece)
    found = []
    for pieces in groups.values():
        for run in chain(pieces):
            if run.same >= thresholds.SHOWN_RUN:
                score = run.same / max(run.a_past - run.a, run.b_past - run.b)
                quoted = b"\0" not in a.quoted[run.a : run.a_past] and b"\0" not in b.quoted[run.b : run.b_past]
                kind = "verbatim" if score >= thresholds.VERBATIM_PASSAGE else "edited"
                found.append(Passage((run.a, run.a_past), (run.b, run.b_past), kind, round(score, 3), quoted))
    return sorted(found, key=lambda p: (p.a, p.b))


def in_company(found: Sequence[Passage], a: Words, b: Words) -> list[Passage]:
    """Leave out what two texts may share by chance: a short run or a rewording with no other passage near it in both."""
    found = _with_best_partners(found)
    # Rewordings vouch for one another: whoever rewords a report rewords what follows too.
    reworded = [p for p in found if p.kind == "rewrite" and p.score >= thresholds.ALIKE]
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
            into_b = w.b == other and _adjoin(w.a, mine) and p.a[1] - p.a[0] >= thresholds.MADE_ONE * (mine[1] - mine[0])
            into_a = w.a == mine and _adjoin(w.b, other) and p.b[1] - p.b[0] >= thresholds.MADE_ONE * (other[1] - other[0])
            if into_a or into_b:
                found.append(Passage(mine, other, "rewrite", p.score, p.quoted))
                break
    return found


def _is_name(words: Words, span: Span) -> bool:
    """Whether words in marks are what something is called, a ship or a song: all that are no grammar have a capital."""
    return all(words.text[words.starts[k]].isupper() for k in range(*span) if len(words.folded[k]) > thresholds.GRAMMAR)


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
    words, part = min(p.a[1] - p.a[0], p.b[1] - p.b[0]), thresholds.ALONE_SHARE * min(len(a.folded), len(b.folded))
    if p.quoted or p.kind == "rewrite":
        return p.quoted or (words >= part and p.score >= thresholds.STRONG_LIKENESS)
    if (
        p.score >= thresholds.VERBATIM_PASSAGE
        and words >= thresholds.SHORT_RUN
        and _sentence(a, p.a) == p.a
        and _sentence(b, p.b) == p.b
    ):
        return True
    return (p.score >= thresholds.STRONG_LIKENESS and words >= thresholds.ALONE_WORDS) or (
        p.score >= thresholds.VERBATIM_PASSAGE and words >= min(part, thresholds.ALONE_WORDS)
    )


def _is_near(p: Passage, q: Passage) -> bool:
    """A short run says little: it must stand closer."""
    return _near(
        p, q, thresholds.NEAR_WORDS if p.kind == "rewrite" or p.a[1] - p.a[0] >= thresholds.SHORT_RUN else thresholds.CLOSE_WORDS
    )


def _near(p: Passage, q: Passage, most: int = thresholds.NEAR_WORDS) -> bool:
    apart = max(p.a[0] - q.a[1], q.a[0] - p.a[1]), max(p.b[0] - q.b[1], q.b[0] - p.b[1])
    return max(apart) <= most


def _nearly(p: Passage, r: Rewording) -> bool:
    """Whether a passage is a whole sentence on both sides but for a few words at its ends."""
    return (
        r.a[0] <= p.a[0] <= r.a[0] + thresholds.SENTENCE_ENDS
        and p.a[1] <= r.a[1] <= p.a[1] + thresholds.SENTENCE_ENDS
        and r.b[0] <= p.b[0] <= r.b[0] + thresholds.SENTENCE_ENDS
        and p.b[1] <= r.b[1] <= p.b[1] + thresholds.SENTENCE_ENDS
    )


def _share_in(marked: bytearray, span: Span) -> float:
    return marked.count(1, *span) / (span[1] - span[0])


def _inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
