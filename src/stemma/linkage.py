"""Average linkage over a sparse graph, the one way to make groups: a pair without a likeness counts as wholly unlike."""

import heapq
from collections.abc import Callable, Mapping, Sequence

MayJoin = Callable[[Sequence[int], Sequence[int]], bool]
"""Whether two groups (their items) may be one, whatever their likeness."""
Weigh = Callable[[Sequence[int], Sequence[int]], float]
"""What the mean likeness of two groups (their items) counts, as a factor from 0 to 1."""


def average_link(
    size: int,
    likeness: Mapping[tuple[int, int], int],
    least: int,
    may_join: MayJoin | None = None,
    weigh: Weigh = lambda _one, _other: 1.0,
    sizes: Sequence[int] | None = None,
) -> list[list[int]]:
    """Merge the two groups with the highest mean likeness of their pairs until none reaches `least` (Sokal & Michener 1958).

    Items are 0 to `size` - 1. Likenesses are whole numbers, so that a tie is a tie; it goes to the groups with the
    lowest items. Two groups that `may_join` keeps apart are asked for again when either has grown. Returns the groups in
    the order of their lowest items, each sorted. A mean counts as much as `weigh` says. An item that stands for several has
    a size, and a likeness is then the sum of those of all their pairs. Memory grows with the pairs that have a likeness.
    """
    members = {i: [i] for i in range(size)}
    count = dict(enumerate(sizes or [1] * size))
    sums: dict[int, dict[int, int]] = {i: {} for i in range(size)}
    for (a, b), alike in likeness.items():
        sums[a][b] = sums[b][a] = alike

    def mean(a: int, b: int) -> float:
        plain = sums[a].get(b, 0) / (count[a] * count[b])
        return plain * weigh(members[a], members[b]) if plain >= least else plain

    heap = [(-known, a, b) for a, b in map(sorted, likeness) if (known := mean(a, b)) >= least]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in members or b not in members or -negative != mean(a, b):
            continue
        if may_join and not may_join(members[a], members[b]):
            continue
        _merge(sums, members, a, b)
        count[a] += count.pop(b)
        for other in sums[a]:
            if (known := mean(a, other)) >= least:
                heapq.heappush(heap, (-known, min(a, other), max(a, other)))
    return [sorted(members[i]) for i in sorted(members)]


def _merge(sums: dict[int, dict[int, int]], members: dict[int, list[int]], a: int, b: int) -> None:
    """Put group b into group a; a is the lower of the two, and stays the name of the group."""
    members[a] += members.pop(b)
    for other, alike in sums.pop(b).items():
        del sums[other][b]
        if other != a:
            sums[a][other] = sums[other][a] = sums[a].get(other, 0) + alike
