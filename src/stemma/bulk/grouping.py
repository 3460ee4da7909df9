"""The stories of a corpus: fingerprints and likenesses by the row, pairs by SQL, groups a component at a time.

What comes to this process of each report is its id, and of each two that are alike theirs.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import compute, dataset, parquet

from stemma import arrow
from stemma.engines import Engine, Step
from stemma.stories import thresholds
from stemma.stories.fingerprints import FINGERPRINT, fingerprints
from stemma.stories.grouping import STORY, components, stories_of_components
from stemma.stories.likeness import LIKENESS, likeness_rows
from stemma.stories.pairs import PAIRS_SQL, proposals
from stemma.tables import Story

_REPORTS_OF_A_PART = 500
"""Reports whose components are worked on together: most are of one report, and each call costs more than it."""
_PROPOSALS = pa.schema([("key", pa.int64()), ("id", pa.string()), ("day", pa.int32())])
_NEWEST = """
SELECT r.id, r.title, r.text, r.published, r.language FROM report r
LEFT JOIN version v ON v.earlier = r.id WHERE v.earlier IS NULL
"""
_TWO = f"""
SELECT {", ".join(f"x.{name} AS a_{name}, y.{name} AS b_{name}" for name in FINGERPRINT.names)}
FROM pair p JOIN fingerprint x ON x.id = p.a JOIN fingerprint y ON y.id = p.b
"""
_COMPONENTS = f"""
SELECT c.part, c.component, {", ".join(f"f.{name}" for name in FINGERPRINT.names)}
FROM fingerprint f JOIN component c ON c.id = f.id
"""


def group_reports(engine: Engine, new: Path) -> dict[str, list[str]]:
    """Write the table story beside the tables report and version in a folder; return each story's reports."""
    work = new / "grouping"
    at = {name: [work / name] for name in ("fingerprint", "proposals", "pair", "likeness", "component", "grouped")}

    def run(query: str, names: tuple[str, ...], steps: tuple[Step, ...], out: str) -> None:
        engine.run(query, {name: at[name] for name in names}, steps, *at[out])

    tables = {"report": [new / "report"], "version": [new / "version"]}
    engine.run(_NEWEST, tables, [Step(_fingerprints, FINGERPRINT, "id")], *at["fingerprint"])
    run("SELECT * FROM fingerprint", ("fingerprint",), (Step(_proposals, _PROPOSALS, "id"),), "proposals")
    run(PAIRS_SQL, ("proposals",), (), "pair")
    run(_TWO, ("pair", "fingerprint"), (Step(_alike, LIKENESS, "a_id"),), "likeness")
    work.joinpath("component").mkdir()
    parquet.write_table(_components(work), work / "component" / "part-0.parquet")
    run(_COMPONENTS, ("fingerprint", "component"), (Step(_stories, STORY, "part", together=True),), "grouped")
    found = dataset.dataset(work / "grouped", format="parquet").to_table().sort_by("id")
    stories: defaultdict[str, list[str]] = defaultdict(list)
    for report, story in zip(found.column("id").to_pylist(), found.column("story").to_pylist(), strict=True):
        stories[story].append(report)
    (new / "story").mkdir()
    rows = [Story(story, report) for story, reports in stories.items() for report in reports]
    parquet.write_table(arrow.to_arrow("story", rows), new / "story" / "part-0.parquet")
    shutil.rmtree(work)
    return stories


def _fingerprints(reports: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    yield fingerprints(reports)


def _proposals(prints: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    yield proposals(prints).cast(_PROPOSALS)


def _alike(pairs: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    found = likeness_rows(pairs)
    yield found.filter(compute.greater_equal(found.column("likeness"), thresholds.SAME_STORY))


def _stories(some: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    yield stories_of_components(pa.Table.from_batches([some]))


def _components(work: Path) -> pa.Table:
    """Return the id of each report with its component, known by the lowest id in it, and the part in which that is grouped."""
    ids = np.sort(np.array(dataset.dataset(work / "fingerprint", format="parquet").to_table(columns=["id"])["id"].to_pylist()))
    linked = dataset.dataset(work / "likeness", format="parquet").to_table(columns=["a", "b"])
    a, b = (np.searchsorted(ids, np.array(linked[side].to_pylist(), ids.dtype)) for side in ("a", "b"))
    lowest, part, placed = np.empty(ids.size, np.int64), np.empty(ids.size, np.int64), 0
    for rows in components(ids.size, a, b):
        lowest[rows], part[rows] = rows[0], placed // _REPORTS_OF_A_PART
        placed += len(rows)
    names = (pa.array(some.tolist(), pa.string()) for some in (ids, ids[lowest]))
    return pa.table([*names, pa.array(part)], names=["id", "component", "part"])
