"""Every two reports of a story that share wording: candidates by seeds and stems they have in common, then the comparison."""

import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from stemma.descent.compare import Comparison, compare
from stemma.descent.rewordings import stem, weigh
from stemma.descent.runs import SEED
from stemma.descent.telling import Telling
from stemma.descent.translations import compare_languages
from stemma.descent.words import Words

ALL_PAIRS = 40
"""Up to so many reports every pair is compared; above, only those that share enough."""
SHARED_STEMS = 0.35
ONE_IN, LEAST_SEEDS = 4, 2
"""Of the seeds of a large story one in four is looked at, chosen by its letters; two in common propose a pair."""


def compare_all(tellings: Sequence[Telling]) -> dict[tuple[int, int], Comparison]:
    """Return the comparisons of the reports that share wording, by their numbers (i < j)."""
    found = {}
    for i, j in _candidates([t.words for t in tellings]):
        comparison = _compare(tellings[i], tellings[j])
        if comparison:
            found[i, j] = comparison
    return found


def _compare(a: Telling, b: Telling) -> Comparison | None:
    one, other = a.report.language, b.report.language
    if one and other and one != other:
        return compare_languages(a.words, b.words)
    return compare(a.words, b.words)


def _candidates(words: Sequence[Words]) -> list[tuple[int, int]]:
    if len(words) <= ALL_PAIRS:
        return list(combinations(range(len(words)), 2))
    bags = [{stem(w) for w in t.folded if weigh(w) >= 1.0} for t in words]
    places: dict[str, list[int]] = defaultdict(list)
    for i, bag in enumerate(bags):
        for key in bag:
            places[key].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for holders in places.values():
        # A stem that a third of the story uses is its subject and proposes nothing.
        if len(holders) <= max(10, len(words) // 3):
            shared.update(combinations(holders, 2))
    kin = {p for p, n in shared.items() if n >= SHARED_STEMS * 0.3 * max(1, min(len(bags[p[0]]), len(bags[p[1]])))}
    return sorted(kin | _copies(words))


def _copies(words: Sequence[Words]) -> set[tuple[int, int]]:
    """Pairs that share seeds, however many reports print them: a wire that half of a story prints is its descent."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(words):
        seeds = {" ".join(text.folded[k : k + SEED]) for k in range(len(text.folded) - SEED + 1)}
        for seed in seeds:
            if zlib.crc32(seed.encode("utf-8", "surrogatepass")) % ONE_IN == 0:
                places[seed].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for holders in places.values():
        shared.update(combinations(holders, 2))
    return {p for p, n in shared.items() if n >= LEAST_SEEDS}
