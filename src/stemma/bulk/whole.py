"""All reports of a corpus grouped: pairs by SQL, likenesses by the row, groups a component at a time, spread over the engine.

What comes to this process of each report is its id, and, while they are few, of each two that are alike theirs.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import compute, dataset, parquet

from stemma.bulk.components import lowest_of
from stemma.engines import Engine, Step
from stemma.stories import thresholds
from stemma.stories.fingerprints import FINGERPRINT
from stemma.stories.grouping import STORY, stories_of_components
from stemma.stories.likeness import LIKENESS, Ints, likeness_rows
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
        engine.run(STANDING + _TWO, {**standing, "pair": [pair]}, [Step(_alike, LIKENESS, "a_id")], likeness)
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
    found = likeness_rows(pairs)
    yield found.filter(compute.greater_equal(found.column("likeness"), thresholds.SAME_STORY))


def _stories(some: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    yield stories_of_components(pa.Table.from_batches([some]))


def _with_components(ids: pa.Array, lowest: Ints) -> pa.Table:
    """Return the id of each report with its component, known by the lowest id in it, and the part in which that is grouped."""
    counts = np.bincount(lowest, minlength=len(ids))
    part = (np.cumsum(counts) - counts)[lowest] // _REPORTS_OF_A_PART
    return pa.table([ids, ids.take(pa.array(lowest)), pa.array(part)], names=["id", "component", "part"])
