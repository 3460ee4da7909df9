"""How well an answer fits a gold stemma: edges, lost sources, origins; per tradition, then over all and by group."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tradition.answer import Answer
from tradition.gold import Gold

FOUND = 0.5
"""Jaccard of the reports under a lost source from which it counts as found."""


@dataclass(frozen=True, slots=True)
class Score:
    """One tradition's counts.

    `edges` is (operator, evidence, right) for every report with a source, `roots` is right for every one without. `second`
    is edges right, answered and true, second sources among them; `lost` is required ones found, required ones, the same
    again, and answered ones; `chance` is what a reader scores who guesses among what the evidence leaves open.
    """

    size: int
    edges: tuple[tuple[str, str, bool], ...]
    strict: int
    chance: float
    decidable: int
    roots: tuple[bool, ...]
    second: tuple[int, int, int]
    lost: tuple[int, int, int, int]
    origins: int
    answered: tuple[int, int, int]
    seconds: float
    wrong: tuple[str, ...]


def score(gold: Gold, answer: Answer) -> Score:
    """Return the score of one answer."""
    real = _match_lost(gold, answer)
    chief = {k: real.get(s[0], s[0]) if (s := answer.sources.get(k, ())) else None for k in gold.reports}
    right = {k: chief[k] in t.accepted for k, t in gold.reports.items()}
    for group in gold.single:
        for k in sorted(k for k in group if chief[k] is None and None in gold.reports[k].accepted)[1:]:
            right[k] = False
    with_source = {k for k, t in gold.reports.items() if t.parent is not None}
    edges = tuple((t.operator, t.evidence, right[k]) for k, t in gold.reports.items() if k in with_source)
    told = sum(len(s) for s in answer.sources.values())
    seconds = {(k, t.second) for k, t in gold.reports.items() if t.second}
    given = {(k, real.get(p, p)) for k, s in answer.sources.items() for p in s[1:]}
    hits = sum(right[k] and chief[k] is not None for k in gold.reports) + len(seconds & given)
    sets = [t.accepted for k, t in gold.reports.items() if k in with_source]
    return Score(
        size=len(gold.reports),
        edges=edges,
        strict=sum(chief[k] == gold.reports[k].parent for k in with_source),
        chance=sum(1 / len(a) for a in sets),
        decidable=sum(len(a) == 1 for a in sets),
        roots=tuple(right[k] for k in gold.reports if k not in with_source),
        second=(hits, told, len(with_source) + len(seconds)),
        lost=_lost(gold, answer),
        origins=gold.origins,
        answered=answer.origins,
        seconds=answer.seconds,
        wrong=tuple(sorted(k for k in right if not right[k])),
    )


def _under(answer: Answer) -> dict[str, set[str]]:
    return {lost: {k for k, s in answer.sources.items() if lost in s} for lost in answer.lost}


def _match_lost(gold: Gold, answer: Answer) -> dict[str, str]:
    """Pair each lost source of the answer with the true one that shares most reports, each once."""
    pairs = [
        (_jaccard(gold, key, found), key, name)
        for name, found in _under(answer).items()
        for key in gold.lost
        if found & gold.lost[key].children
    ]
    real: dict[str, str] = {}
    for _, key, name in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if name not in real and key not in real.values():
            real[name] = key
    return real


def _jaccard(gold: Gold, key: str, found: set[str]) -> float:
    """Reports that may as well stand under another source are missed or taken for free."""
    true = gold.lost[key].children
    free = {k for k in gold.reports if key in gold.reports[k].accepted}
    sure = {k for k in true if gold.reports[k].accepted == {key}}
    both = found & (true | free)
    return len(both) / max(1, len(found | sure))


def _lost(gold: Gold, answer: Answer) -> tuple[int, int, int, int]:
    """Found and all of the required; right and all of those that the answer names (allowed ones left out)."""
    real, under = _match_lost(gold, answer), _under(answer)
    good = {k for name, k in real.items() if _jaccard(gold, k, under[name]) >= FOUND and _named(gold, k, answer.lost[name])}
    required = {k for k, truth in gold.lost.items() if truth.required}
    given = len(answer.lost) - len(good - required)
    return len(good & required), len(required), len(good & required), given


def _named(gold: Gold, key: str, name: str | None) -> bool:
    return gold.lost[key].name is None or gold.lost[key].name == name


@dataclass(frozen=True, slots=True)
class Summary:
    """Means over traditions; None where there is nothing to divide by."""

    traditions: int
    edges: float | None
    strict: float | None
    f1: float | None
    roots: float | None
    lost_recall: float | None
    lost_precision: float | None
    inside: float | None
    width: float | None
    exact: float | None
    decidable: float | None
    ceiling: float | None
    seconds: float


def summary(scores: Sequence[Score]) -> Summary:
    """Return the means over these traditions; edges and lost sources are pooled."""
    edges = [right for s in scores for *_, right in s.edges]
    hits, told, true = (sum(s.second[n] for s in scores) for n in range(3))
    found, required, right, given = (sum(s.lost[n] for s in scores) for n in range(4))
    count = len(scores)
    return Summary(
        traditions=count,
        edges=_part(sum(edges), len(edges)),
        strict=_part(sum(s.strict for s in scores), len(edges)),
        f1=_part(2 * hits, told + true),
        roots=_part(sum(sum(s.roots) for s in scores), sum(len(s.roots) for s in scores)),
        lost_recall=_part(found, required),
        lost_precision=_part(right, given),
        inside=_part(sum(s.answered[0] <= s.origins <= s.answered[2] for s in scores), count),
        width=_part(sum(s.answered[2] - s.answered[0] for s in scores), count),
        exact=_part(sum(s.answered[1] == s.origins for s in scores), count),
        decidable=_part(sum(s.decidable for s in scores), len(edges)),
        ceiling=_part(sum(s.chance for s in scores), len(edges)),
        seconds=sum(s.seconds for s in scores),
    )


def by_kind(scores: Sequence[Score], column: int) -> Mapping[str, tuple[float, int]]:
    """Return the share of right edges and their number, by the operator that made the copy (0) or by the evidence (1)."""
    found: dict[str, list[bool]] = defaultdict(list)
    for s in scores:
        for edge in s.edges:
            found[str(edge[column])].append(edge[2])
    return {kind: (sum(r) / len(r), len(r)) for kind, r in sorted(found.items())}


def _part(some: float, all_: float) -> float | None:
    return some / all_ if all_ else None
