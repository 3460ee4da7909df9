"""What stemma, and a plain peer beside it, say of a tradition, in one form that can be scored."""

import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stemma.descent.comparisons import compare_all
from stemma.descent.origins import count, own_shares
from stemma.descent.stemma import grow
from stemma.descent.story_descent import read_story
from stemma.descent.telling import Telling
from stemma.tables import Block, Report
from tradition.sentences import fold

ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """Each report's sources, best first (a report's id or a lost source's); lost sources with names; origins low, best, high."""

    sources: Mapping[str, tuple[str, ...]]
    lost: Mapping[str, str | None]
    origins: tuple[int, int, int]
    seconds: float


def ask_stemma(reports: Sequence[tuple[Report, Sequence[Block]]]) -> Answer:
    """Return stemma's answer: its tree, without the houses that the real articles cite in running text, which no truth knows."""
    start = time.perf_counter()
    tellings = read_story(reports)
    pairs = compare_all(tellings)
    edges, lost = grow(tellings, pairs)
    origins = count(tellings, edges, lost, pairs, own_shares(tellings, edges, pairs))
    seconds = time.perf_counter() - start
    parents: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for e in edges:
        parents[_key(tellings, e.child)].append((-e.share, _key(tellings, e.parent)))
    sources = {r.id: tuple(parent for _, parent in sorted(parents[r.id])) for r, _ in reports}
    return Answer(sources, {s.key: s.name for s in lost}, origins, seconds)


def _key(tellings: Sequence[Telling], node: int | str) -> str:
    return node if isinstance(node, str) else tellings[node].id


def ask_peer(reports: Sequence[tuple[Report, Sequence[Block]]]) -> Answer:
    """Return the plain peer's answer.

    TF-IDF cosine; the components of pairs over ALIKE, each a maximum spanning tree from its earliest dated report.
    """
    start = time.perf_counter()
    alike = _cosine([fold(r.text).split() for r, _ in reports])
    dates = [r.published or "9" for r, _ in reports]
    left, sources, origins = set(range(len(reports))), {}, 0
    while left:
        root = min(left, key=lambda n: (dates[n], reports[n][0].id))
        origins += 1
        inside = {root}
        sources[root] = -1
        left.remove(root)
        while pairs := [(alike[i, j], -i, -j) for i in inside for j in left if alike[i, j] >= ALIKE]:
            _, i, j = max(pairs)
            sources[-j] = -i
            inside.add(-j)
            left.remove(-j)
    ids = [r.id for r, _ in reports]
    named = {ids[n]: (ids[s],) if s >= 0 else () for n, s in sources.items()}
    return Answer(named, {}, (origins, origins, origins), time.perf_counter() - start)


def _cosine(texts: list[list[str]]) -> np.ndarray:
    counts = [Counter(t) for t in texts]
    held = Counter(w for c in counts for w in c)
    column = {w: n for n, w in enumerate(sorted(held))}
    matrix = np.zeros((len(texts), len(column)))
    for n, c in enumerate(counts):
        for w, times in c.items():
            matrix[n, column[w]] = (1 + np.log(times)) * (np.log((1 + len(texts)) / (1 + held[w])) + 1)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix @ matrix.T
