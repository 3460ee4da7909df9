"""Two texts: which passages they share, how, how much of each, and whether the sharing has one written source."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import or_

from stemma.descent.passages import Passage, chained_runs, covered, in_company, passages
from stemma.descent.rewordings import ALIKE, KEPT, KIN, Rewording, in_quotes, rewordings
from stemma.descent.runs import SEED, Run, Seeds, disjoint, runs_of_seeds, seeds
from stemma.descent.words import Words
from stemma.tables import KINDS

__all__ = ["Comparison", "Passage", "compare", "compare_runs"]

SHORT_WORDS, SHORT_SENTENCES = 40, 4
FAINT, FAINT_RUN = 0.04, 12
"""Share of either text and words of a run below which two of many texts are not searched for rewordings."""
UNPROVED = 0.49
"""What is left of a copy that no passage outside quotation marks can show."""


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
    a_share, b_share = _part(same, a), _part(same, b)
    look = faint or max(a_share, b_share) >= FAINT or any(r.same >= FAINT_RUN for r in runs)
    unquoted = 1 not in a.quoted and 1 not in b.quoted
    kin = rewordings(a, b, KIN) if look and unquoted else []
    alike = [r for r in kin if r.score >= ALIKE] if unquoted else rewordings(a, b, told=True) if look else []
    if not runs and not alike:
        return None
    copied, reason = _copied(a, b, runs, alike)
    shared = in_company(passages(a, b, runs, kin if unquoted else rewordings(a, b, KIN))) if copied >= 0.5 else []
    if all(p.quoted for p in shared):
        copied = min(copied, UNPROVED)
        shared = [p for p in chained_runs(a, b, [r for r in runs if _plain(a, b, r) < r.same]) if p.quoted]
    related = _part(covered((p.a for p in shared), a).count(1), a), _part(covered((p.b for p in shared), b).count(1), b)
    return Comparison(
        tuple(shared),
        _kind(shared, related) if copied >= 0.5 else None,
        a_share,
        b_share,
        *related,
        round(copied, 3),
        reason,
    )


def _copied(a: Words, b: Words, runs: Sequence[Run], alike: Sequence[Rewording]) -> tuple[float, str]:
    """Weigh the telling that is shared outside quotation marks, in nats; two reporters share words said, not a telling."""
    plain = [_plain(a, b, r) for r in runs]
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


def _plain(a: Words, b: Words, run: Run) -> int:
    """The words of a run that neither text quotes."""
    if 1 not in a.quoted and 1 not in b.quoted:
        return run.same
    quoted = bytes(map(or_, a.quoted[run.a : run.a_past], b.quoted[run.b : run.b_past]))
    return quoted.count(0)


def _kind(found: Sequence[Passage], related: tuple[float, float]) -> str:
    """The kind that most of the related words of the more dependent text have; of both when neither is the more so."""
    words = dict.fromkeys(KINDS, 0)
    for p in found:
        sides = [span[1] - span[0] for span, share in zip((p.a, p.b), related, strict=True) if share == max(related)]
        words[p.kind] += 0 if p.quoted else sum(sides)
    total = sum(words.values()) or 1
    if words["rewrite"] > 0.6 * total:
        return "rewrite"
    return "verbatim" if words["verbatim"] > 0.7 * total else "edited"


def _part(count: int, words: Words) -> float:
    return round(count / len(words.folded), 4) if words.folded else 0.0


@lru_cache(maxsize=KEPT)
def _seeds(words: Words) -> Seeds:
    return seeds(words.folded)


@lru_cache(maxsize=KEPT)
def _unquoted(words: Words) -> int:
    return words.quoted.count(0)


@lru_cache(maxsize=KEPT)
def _own_sentences(words: Words) -> int:
    return sum(not in_quotes(words, sentence) for sentence in words.sentences)
