"""Average-link agglomeration over a sparse graph: pairs without an edge count as wholly unlike."""

import heapq
from collections.abc import Mapping


def average_link(size: int, edges: Mapping[tuple[int, int], int], least: int) -> list[list[int]]:
    """Merge the two groups with the highest mean likeness of their pairs until none reaches `least`.

    Items are 0 to `size` - 1. Likenesses are whole numbers, so that a tie is a tie; it goes to the groups with the
    lowest items. Returns the groups in the order of their lowest items.
    """
    members = {i: [i] for i in range(size)}
    sums: dict[int, dict[int, int]] = {i: {} for i in range(size)}
    for (a, b), likeness in edges.items():
        sums[a][b] = sums[b][a] = likeness
    heap = [(-float(likeness), min(pair), max(pair)) for pair, likeness in edges.items() if likeness >= least]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in members or b not in members or -negative != _mean(sums, members, a, b):
            continue
        _merge(sums, members, a, b)
        for other in sums[a]:
            if (mean := _mean(sums, members, a, other)) >= least:
                heapq.heappush(heap, (-mean, min(a, other), max(a, other)))
    return [sorted(members[i]) for i in sorted(members)]


def _mean(sums: dict[int, dict[int, int]], members: dict[int, list[int]], a: int, b: int) -> float:
    return sums[a].get(b, 0) / (len(members[a]) * len(members[b]))


def _merge(sums: dict[int, dict[int, int]], members: dict[int, list[int]], a: int, b: int) -> None:
    """Put group b into group a; a is the lower of the two, and stays the name of the group."""
    members[a] += members.pop(b)
    for other, likeness in sums.pop(b).items():
        del sums[other][b]
        if other != a:
            sums[a][other] = sums[other][a] = sums[a].get(other, 0) + likeness
