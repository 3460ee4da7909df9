"""All reports of a corpus grouped: pairs by SQL, likenesses by the row, groups a component at a time, spread over the engine.

What hangs together is found in this process where pairs are few, else by label propagation in SQL.

What comes to this process of each report is its id, and, while they are few, of each two that are alike theirs.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import compute, dataset, parquet

from stemma.engines import Engine, Step
from stemma.stories.fingerprints import FINGERPRINT
from stemma.stories.grouping import STORY, Joined, stories_of_components
from stemma.stories.likeness import PAIR, Ints, hanging_rows
from stemma.stories.pairs import pairs_sql

PRINTS = pa.schema([*FINGERPRINT, ("proposals", pa.list_(pa.int64())), ("run", pa.int64())])
"""Fingerprints with what each proposes, and the number of the run that made them."""
STANDING = "WITH fingerprint AS (SELECT p.*, p.id AS report FROM prints p JOIN current c ON c.id = p.id AND c.run = p.run)"
"""How a query begins that asks the fingerprints that count."""
_REPORTS_OF_A_PART = 500
"""Reports whose components are worked on together: most are of one report, and each call costs more than it."""
_PROPOSALS = pa.schema([("key", pa.int64()), ("id", pa.string()), ("day", pa.int32())])
_TWO = f"""
SELECT {", ".join(f"x.{name} AS a_{name}, y.{name} AS b_{name}" for name in FINGERPRINT.names)}
FROM pair p JOIN fingerprint x ON x.id = p.a JOIN fingerprint y ON y.id = p.b
"""
_COMPONENTS = f"""
SELECT c.part, c.component, {", ".join(f"f.{name}" for name in FINGERPRINT.names)}
FROM fingerprint f JOIN component c ON c.id = f.id
"""


def group_whole(engine: Engine, prints: Sequence[Path], current: Path, work: Path) -> pa.Table:
    """Return id, component and story of each report of a file (id, run), whose fingerprints are among those in some folders.

    First each report is compared with the nearest alone that proposes the same, and then with others that do not hang together
    with it by that: of a wire that thousands print every copy hangs together with the next, and few pairs are looked at.
    """
    standing = {"prints": prints, "current": [current]}
    of_each, ids = work / "proposals", parquet.read_table(current, columns=["id"])["id"].combine_chunks().cast(pa.string()).sort()
    engine.run(f"{STANDING} SELECT id, day, proposals FROM fingerprint", standing, [Step(_proposals, _PROPOSALS, "id")], of_each)
    given, linked = {"proposals": [of_each]}, list[Path]()
    for query in (pairs_sql(most=1), pairs_sql(apart=True)):
        pair, likeness = work / f"pair-{len(linked)}", work / f"likeness-{len(linked)}"
        engine.run(query, given, (), pair)
        engine.run(STANDING + _TWO, {**standing, "pair": [pair]}, [Step(_alike, PAIR, "a_id")], likeness)
        linked.append(likeness)
        found = _with_components(ids, lowest_of(engine, ids, linked, likeness.with_name(f"joined-{len(linked)}")))
        given["component"] = [work / f"component-{len(linked)}.parquet"]
        parquet.write_table(found, *given["component"])
    step = Step(_stories, STORY, "part", together=True)
    engine.run(STANDING + _COMPONENTS, {**standing, "component": given["component"]}, [step], work / "grouped")
    return found.append_column("story", read_rows(work / "grouped", STORY).sort_by("id").column("story"))


def read_rows(folder: Path, schema: pa.Schema) -> pa.Table:
    """Return what an engine wrote, as any other writes it: Sail has strings of its own, and Spark its schema beside Arrow's."""
    return dataset.dataset(folder, format="parquet").to_table().select(schema.names).cast(schema)


def _proposals(prints: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Yield a row for each thing that a report proposes; `day` is -1 where it is not known."""
    lists = prints.column("proposals")
    of = compute.list_parent_indices(lists)
    day = prints.column("day").fill_null(-1).take(of)
    yield pa.RecordBatch.from_arrays([lists.flatten(), prints.column("id").take(of), day], schema=_PROPOSALS)


def _alike(pairs: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    yield hanging_rows(pairs)


def _stories(some: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    yield stories_of_components(pa.Table.from_batches([some]))


def _with_components(ids: pa.Array, lowest: Ints) -> pa.Table:
    """Return the id of each report with its component, known by the lowest id in it, and the part in which that is grouped."""
    counts = np.bincount(lowest, minlength=len(ids))
    part = (np.cumsum(counts) - counts)[lowest] // _REPORTS_OF_A_PART
    return pa.table([ids, ids.take(pa.array(lowest)), pa.array(part)], names=["id", "component", "part"])


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
