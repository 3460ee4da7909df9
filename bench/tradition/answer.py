"""What stemma, and a plain peer beside it, say of a tradition, in one form that can be scored."""

import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stemma.descent.story_descent import story_descent
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
    """Return stemma's answer."""
    start = time.perf_counter()
    found = story_descent("story", list(reports))
    seconds = time.perf_counter() - start
    printed = {w.id: w.report for w in found.witnesses if w.report}
    edges: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for d in found.derivations:
        edges[printed.get(d.child, d.child)].append((-d.share, printed.get(d.parent, d.parent)))
    sources = {r.id: tuple(parent for _, parent in sorted(edges[r.id])) for r, _ in reports}
    lost = {w.id: w.name for w in found.witnesses if w.report is None}
    return Answer(sources, lost, (found.count.low, found.count.best, found.count.high), seconds)


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
