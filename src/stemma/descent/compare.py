"""Two texts: which passages they share, how, how much of each, and whether the sharing has one written source."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import and_

from stemma.descent.passages import Passage, chained_runs, covered, in_company, labelled, passages
from stemma.descent.rewordings import Rewording, is_sentence, rewordings, same_telling
from stemma.descent.runs import SEED, Run, Seeds, disjoint, runs_of_seeds, seeds
from stemma.descent.thresholds import (
    ALIKE,
    COPIED,
    COPY_ALIKE,
    COPY_ALIKE_MOST,
    COPY_BIAS,
    COPY_LIKENESS,
    COPY_LIKENESS_MOST,
    COPY_LONGEST,
    COPY_PART,
    COPY_PART_MOST,
    COPY_RUN_FROM,
    COPY_RUN_MOST,
    EDITED_SHARE,
    FAINT_RUN,
    FAINT_SHARE,
    FAINT_TELLING,
    KIN,
    LONG_RUN,
    PRINTED_SHARE,
    SHORT_TEXT_SENTENCES,
    SHORT_TEXT_WORDS,
    TOLD_ALIKE,
    UNPROVED,
)
from stemma.descent.words import FURNITURE, KEPT, NARRATIVE, RUNS, STATEMENT, Words, labels

TELLING = (NARRATIVE, STATEMENT)
"""What both texts may print of shared words that are told: a statement is one when both of them print it as such."""


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
    look = faint or max(_part(same, a), _part(same, b)) >= FAINT_SHARE or any(r.same >= FAINT_RUN for r in runs)
    if not look:
        return _hardly(a, b, runs) if runs else None
    alike, kin = _alike(a, b)
    if not runs and not alike:
        return None
    copied, reason = _retold(a, b) if is_sentence(a) and is_sentence(b) else _copied(a, b, runs, alike)
    shared = in_company(passages(a, b, runs, rewordings(a, b, KIN) if kin is None else kin), a, b) if copied >= COPIED else []
    shared = labelled(shared, a, b)
    if all(p.run != RUNS[NARRATIVE] for p in shared) and not (shared and is_sentence(a) and is_sentence(b)):
        copied = min(copied, UNPROVED)
        aside = chained_runs(a, b, [r for r in runs if _plain(a, b, r) < r.same])
        shared = [p for p in labelled(aside, a, b) if p.quoted or p.run in (RUNS[STATEMENT], RUNS[FURNITURE])]
    related = _part(covered((p.a for p in shared), a).count(1), a), _part(covered((p.b for p in shared), b).count(1), b)
    kind = _kind(a, b, shared, runs, related) if copied >= COPIED else None
    return Comparison(tuple(shared), kind, _part(same, a), _part(same, b), *related, round(copied, 3), reason)


def _hardly(a: Words, b: Words, runs: Sequence[Run]) -> Comparison:
    """What two texts share that share a few short runs: most pairs of a collection, and no copies."""
    same, longest = sum(r.same for r in runs), max(r.same for r in runs)
    weight = (
        COPY_BIAS
        + COPY_LONGEST * max(0, longest - COPY_RUN_FROM)
        + COPY_PART * same / max(SHORT_TEXT_WORDS, min(len(a.folded), len(b.folded)))
    )
    reason = f"{same} words in runs of five or more, the longest {longest}: too few for a copy"
    return Comparison((), None, _part(same, a), _part(same, b), 0.0, 0.0, round(1 / (1 + math.exp(-weight)), 3), reason)


def _alike(a: Words, b: Words) -> tuple[list[Rewording], list[Rewording] | None]:
    """The rewordings that speak for a copy, and those that are shown once it is one, when they are known by the way."""
    if is_sentence(a) and is_sentence(b):
        both = Rewording(a.sentences[0], b.sentences[0], round(same_telling(a, b), 3), quoted=False)
        return ([both], [both]) if both.score >= FAINT_TELLING else ([], [])
    if _aside(a) or _aside(b):
        return rewordings(a, b, TOLD_ALIKE, told=True), None
    kin = rewordings(a, b, KIN)
    return [r for r in kin if r.score >= TOLD_ALIKE], kin


def _retold(a: Words, b: Words) -> tuple[float, str]:
    return same_telling(a, b), "one sentence each: how much of their words and of their order they share"


def _copied(a: Words, b: Words, runs: Sequence[Run], alike: Sequence[Rewording]) -> tuple[float, str]:
    """Weigh the telling that is shared outside quotation marks, in nats; two reporters share words said, not a telling."""
    plain = [_telling(a, b, r) for r in runs]
    longest = max(plain, default=0)
    told = sum(n for n in plain if n >= SEED)
    least, sentences = max(1, min(_told(a), _told(b))), max(1, min(_told_sentences(a), _told_sentences(b)))
    if sentences > 1:
        # Of two short texts on one event a clause is soon a third: so little is weighed as if there were more of it.
        least, sentences = max(SHORT_TEXT_WORDS, least), max(SHORT_TEXT_SENTENCES, sentences)
    alike_share = min(len({r.b for r in alike}), len({r.a for r in alike})) / sentences
    weight = (
        COPY_BIAS
        + COPY_LONGEST * max(0, min(longest, COPY_RUN_MOST) - COPY_RUN_FROM)
        + COPY_PART * min(COPY_PART_MOST, told / least)
        + COPY_ALIKE * min(COPY_ALIKE_MOST, alike_share)
        + COPY_LIKENESS * min(COPY_LIKENESS_MOST, sum(r.score - ALIKE + 0.05 for r in alike))
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
    if plain >= 2 * LONG_RUN:
        return plain
    first = [a.text[start] for start in a.starts[run.a : run.a_past]]
    own = plain - sum(letter.isupper() or letter.isdigit() for letter in first)
    return max(0, own) if own >= SEED or plain >= LONG_RUN else 0


def _kind(a: Words, b: Words, found: Sequence[Passage], runs: Sequence[Run], related: tuple[float, float]) -> str:
    """How much of what the more dependent text has from the other, quotations apart, are the same words in the same order."""
    told = [p for p in found if not p.quoted] or found
    sides = (
        (covered((p.a for p in told), a), covered(((r.a, r.a_past) for r in runs), a)),
        (covered((p.b for p in told), b), covered(((r.b, r.b_past) for r in runs), b)),
    )
    chosen = [side for side, share in zip(sides, related, strict=True) if share == max(related)]
    part = sum(sum(map(and_, *side)) for side in chosen) / max(1, sum(taken.count(1) for taken, _ in chosen))
    return "verbatim" if part >= PRINTED_SHARE else "edited" if part >= EDITED_SHARE else "rewrite"


def _part(count: int, words: Words) -> float:
    return round(count / len(words.folded), 4) if words.folded else 0.0


@lru_cache(maxsize=KEPT)
def _seeds(words: Words) -> Seeds:
    return seeds(words.folded)


@lru_cache(maxsize=KEPT)
def _aside(words: Words) -> bool:
    return any(labels(words))


@lru_cache(maxsize=KEPT)
def _told(words: Words) -> int:
    return labels(words).count(NARRATIVE)


@lru_cache(maxsize=KEPT)
def _told_sentences(words: Words) -> int:
    found = labels(words)
    return sum(found.count(NARRATIVE, *s) >= 0.5 * (s[1] - s[0]) for s in words.sentences)
