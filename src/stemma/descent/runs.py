"""Runs of identical words that two texts share, in any order, and the passages that they chain into."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

SEED = 5
"""Words in a seed: where two texts on one subject no longer agree by chance (passim and NEWS-COPY use 4–5)."""
COMMON = 12
"""A seed that stands more often than this in one text is furniture or a refrain and proposes nothing."""
GAP = 6
"""Words that an editor may have put between two runs of one passage, on either side."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words [a, a_past) of one text stand as [b, b_past) in the other; `same` of them are identical."""

    a: int
    a_past: int
    b: int
    b_past: int
    same: int


def identical_runs(a: Sequence[str], b: Sequence[str], seed: int = SEED) -> list[Run]:
    """Return all maximal runs of `seed` or more identical words, in the order of b; a word may stand in several."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(a) - seed + 1):
        places[tuple(a[i : i + seed])].append(i)
    runs, reached = [], dict[int, int]()
    for j in range(len(b) - seed + 1):
        found = places.get(tuple(b[j : j + seed]), ())
        for i in found if len(found) <= COMMON else ():
            if reached.get(i - j, -1) > j:
                continue
            length = _extend(a, b, i, j, seed)
            reached[i - j] = j + length - seed + 1
            runs.append(Run(i, i + length, j, j + length, length))
    return runs


def disjoint(runs: Sequence[Run]) -> list[Run]:
    """Return the longest runs first, each cut by none: a word of either text is used once; in the order of a."""
    kept: list[Run] = []
    used_a, used_b = set[int](), set[int]()
    for run in sorted(runs, key=lambda r: (-r.same, r.a, r.b)):
        free = [k for k in range(run.same) if run.a + k not in used_a and run.b + k not in used_b]
        for first, past in _stretches(free):
            if past - first >= min(SEED, run.same):
                kept.append(Run(run.a + first, run.a + past, run.b + first, run.b + past, past - first))
                used_a.update(range(run.a + first, run.a + past))
                used_b.update(range(run.b + first, run.b + past))
    return sorted(kept, key=lambda r: (r.a, r.b))


def chain(runs: Sequence[Run], gap: int = GAP) -> list[Run]:
    """Join runs that follow one another in both texts with at most `gap` words between; in the order of a."""
    chained: list[Run] = []
    for run in sorted(runs, key=lambda r: (r.a, r.b)):
        last = chained[-1] if chained else None
        if last and 0 <= run.a - last.a_past <= gap and 0 <= run.b - last.b_past <= gap:
            chained[-1] = Run(last.a, run.a_past, last.b, run.b_past, last.same + run.same)
        else:
            chained.append(run)
    return chained


def cut_at_paragraphs(run: Run, a: Sequence[int], b: Sequence[int]) -> list[Run]:
    """Cut a run of identical words where either text starts a new paragraph (`a`, `b`: the paragraph of each word)."""
    pieces, first = [], 0
    for k in range(1, run.same + 1):
        if k == run.same or a[run.a + k] != a[run.a + k - 1] or b[run.b + k] != b[run.b + k - 1]:
            pieces.append(Run(run.a + first, run.a + k, run.b + first, run.b + k, k - first))
            first = k
    return pieces


def _extend(a: Sequence[str], b: Sequence[str], i: int, j: int, length: int) -> int:
    while i + length < len(a) and j + length < len(b) and a[i + length] == b[j + length]:
        length += 1
    return length


def _stretches(numbers: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for n in numbers:
        if found and found[-1][1] == n:
            found[-1] = (found[-1][0], n + 1)
        else:
            found.append((n, n + 1))
    return found
