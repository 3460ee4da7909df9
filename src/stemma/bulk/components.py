"""What hangs together among the reports of a corpus: few pairs in this process, many by label propagation in the engine's SQL."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import compute, dataset

from stemma.engines import Engine
from stemma.stories.grouping import Joined
from stemma.stories.likeness import Ints

_FEW = 5_000_000
"""Pairs that are joined here, at some 200 bytes each; each round of the engine costs more than all of them."""
_TEXT = pa.string()
_PAIR, _COMPONENT = pa.schema([("a", _TEXT), ("b", _TEXT)]), pa.schema([("id", _TEXT), ("component", _TEXT)])
_FIRST = """
SELECT id, min(component) AS component FROM (
  SELECT a AS id, a AS component FROM pair UNION ALL SELECT b AS id, a AS component FROM pair
) AS told GROUP BY id
"""
# Each takes the lowest of its neighbours, and what that took. What differs then are the pairs of the next round, of half as many
# reports or fewer.
_LABELS = """
WITH told AS (SELECT a AS id, b AS other FROM pair UNION ALL SELECT b AS id, a AS other FROM pair),
label AS (SELECT id, least(id, min(other)) AS low FROM told GROUP BY id)
SELECT l.id, m.low FROM label l JOIN label m ON m.id = l.low
"""
_APART = """
SELECT DISTINCT least(x.low, y.low) AS a, greatest(x.low, y.low) AS b
FROM pair p JOIN label x ON x.id = p.a JOIN label y ON y.id = p.b WHERE x.low <> y.low
"""
_TAKEN = "SELECT c.id, coalesce(l.low, c.component) AS component FROM component c LEFT JOIN label l ON l.id = c.component"


def lowest_of(engine: Engine, ids: pa.Array, pairs: Sequence[Path], work: Path) -> Ints:
    """Return the rank of the lowest report that each hangs together with, by the pairs (a < b) in folders; `ids` are in order."""
    folders = dataset.dataset([dataset.dataset(folder, format="parquet") for folder in pairs])
    if folders.count_rows() > _FEW:
        return _propagated(engine, ids, pairs, work)
    joined = Joined(len(ids))
    for batch in folders.to_batches(columns=_PAIR.names):
        joined.join(*(_ranks(batch.column(side), ids) for side in _PAIR.names))
    return joined.lowest()


def _propagated(engine: Engine, ids: pa.Array, pairs: Sequence[Path], work: Path) -> Ints:
    """Label propagation with contraction: rounds as the logarithm of the reports, and only the end comes to this process."""
    left, found, turn = list(pairs), work / "component-first", 0
    engine.run(_FIRST, {"pair": left}, (), found)
    while dataset.dataset([dataset.dataset(folder, format="parquet") for folder in left]).count_rows():
        label, apart, taken = (work / f"{name}-{turn}" for name in ("label", "apart", "taken"))
        engine.run(_LABELS, {"pair": left}, (), label)
        engine.run(_APART, {"pair": left, "label": [label]}, (), apart)
        engine.run(_TAKEN, {"component": [found], "label": [label]}, (), taken)
        left, found, turn = [apart], taken, turn + 1
    lowest = np.arange(len(ids))
    for batch in dataset.dataset(found, format="parquet").to_batches(columns=_COMPONENT.names):
        lowest[_ranks(batch.column("id"), ids)] = _ranks(batch.column("component"), ids)
    return lowest


def _ranks(some: pa.Array, ids: pa.Array) -> Ints:
    ranks: Ints = compute.index_in(some.cast(_TEXT), ids).to_numpy(zero_copy_only=False).astype(np.int64)
    return ranks
