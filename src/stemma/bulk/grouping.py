"""The stories of a corpus, brought up to date with the reports that came and those that went: what they touch is grouped, or all.

In the folder that is kept stand the fingerprints of each run that made some, and one file that says which of them count and what
each report hangs together with. A run puts that file in the place of the last one when it has grouped.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import pyarrow as pa
from pyarrow import compute, parquet

from stemma import __version__
from stemma.bulk.whole import PRINTS, STANDING, group_whole, read_rows
from stemma.engines import Engine, Step, open_engine
from stemma.engines.protocol import NO_TABLES
from stemma.stories.fingerprints import FINGERPRINT, fingerprints
from stemma.stories.grouping import MOST_TOGETHER
from stemma.stories.pairs import proposal_lists
from stemma.stories.standing import Standing

_WHOLE = 0.5
"""Part of the reports from which on, when so many are new, all are grouped, with all that the engine has."""
_TEXT = pa.string()
_GROUPED = pa.schema([("id", _TEXT), ("told", _TEXT), ("run", pa.int64()), ("component", _TEXT), ("story", _TEXT)])
"""Each report that counts: a hash of what its fingerprint is made of, the run that made it, what it hangs with, its story."""
_NEWEST = """
SELECT r.id, md5(concat_ws('|', coalesce(r.title, ''), coalesce(r.published, ''), coalesce(r.language, ''), r.text)) AS told
FROM report r LEFT JOIN version v ON v.earlier = r.id WHERE v.earlier IS NULL
"""
_LATE = "SELECT r.id, r.title, r.text, r.published, r.language FROM report r JOIN late l ON l.id = r.id"
_COMPONENT = ", component AS (SELECT id AS report, component FROM current) "


def group_reports(engine: Engine, new: Path, kept: Path) -> dict[str, list[str]]:
    """Write the table story beside the tables report and version in a folder; return each story's reports.

    `kept` is where this finds what it did the last time, and leaves what it did.
    """
    work, tables = new / "grouping", {"report": [new / "report"], "version": [new / "version"]}
    engine.run(_NEWEST, tables, (), work / "newest")
    now = read_rows(work / "newest", pa.schema([_GROUPED.field("id"), _GROUPED.field("told")])).sort_by("id")
    before = parquet.read_table(kept / "grouped.parquet") if (kept / "grouped.parquet").exists() else _GROUPED.empty_table()
    late, outdated = _lacking(now, before), _lacking(before, now)
    if late.num_rows or outdated.num_rows:
        run = 1 + (compute.max(before["run"]).as_py() or 0)
        change = _Change(before, _with_runs(now, before, late, run), late, outdated, work, kept)
        before = change.regrouped(engine, {**tables, "late": [_put(late, work / "late.parquet")]}, run)
        _put(before, work / "grouped.parquet").replace(kept / "grouped.parquet")
    story = before.select(["story", "id"]).rename_columns(["story", "report"])
    _put(story, new / "story" / "part-0.parquet")
    component = before.select(["id", "component"]).rename_columns(["report", "component"])
    version = pa.array([__version__] * component.num_rows, pa.string())
    _put(component.append_column("version", version), new / "component" / "part-0.parquet")
    shutil.rmtree(work)
    stories: defaultdict[str, list[str]] = defaultdict(list)
    for name, report in zip(*(column.to_pylist() for column in story.columns), strict=True):
        stories[name].append(report)
    return stories


def parted_in(kept: Path) -> int:
    """Return how many reports hang together with more than are compared each with each, of what `group_reports` left."""
    sizes = parquet.read_table(kept / "grouped.parquet", columns=["component"])["component"].value_counts().field("counts")
    return compute.sum(sizes.filter(compute.greater(sizes, MOST_TOGETHER))).as_py() or 0


def _lacking(some: pa.Table, others: pa.Table) -> pa.Table:
    """The ids of `some` that `others` lacks, or has with another text, title, date or language."""
    one, other = (compute.binary_join_element_wise(table["id"], table["told"], " ") for table in (some, others))
    return some.filter(compute.invert(compute.is_in(one, other.combine_chunks()))).select(["id"])


def _with_runs(now: pa.Table, before: pa.Table, late: pa.Table, run: int) -> pa.Table:
    """The reports as they are now, each with the run of its fingerprint."""
    known = before["run"].take(compute.index_in(now["id"], before["id"].combine_chunks()))
    return now.append_column("run", compute.if_else(compute.is_in(now["id"], late["id"].combine_chunks()), run, known))


@dataclass(frozen=True)
class _Change:
    """What was grouped `before`; the reports as they are now, with the runs of their fingerprints; what came and what went."""

    before: pa.Table
    now: pa.Table
    late: pa.Table
    outdated: pa.Table
    work: Path
    kept: Path

    def regrouped(self, engine: Engine, tables: Mapping[str, list[Path]], run: int) -> pa.Table:
        """Make the fingerprints of a run, and return `_GROUPED` as it is now, in the order of the ids."""
        place = self.kept / f"{run:05}"
        # What a run that was stopped left there counts for nothing.
        shutil.rmtree(place, ignore_errors=True)
        if self.late.num_rows:
            engine.run(_LATE, tables, [Step(partial(_prints, run), PRINTS, "id")], place)
        if self.late.num_rows <= _WHOLE * self.now.num_rows:
            return self._touched(place)
        current = _put(self.now, self.work / "current.parquet")
        return self._with(group_whole(engine, self._folders(), current, self.work))

    def _touched(self, place: Path) -> pa.Table:
        """Group what hangs together with what came and what went; of all else no more is read than what they propose."""
        current = _put(self.before, self.work / "current.parquet")
        machine, turns = open_engine(processes=1), count()

        def run_sql(text: str, tables: Mapping[str, pa.Table] = NO_TABLES) -> pa.Table:
            given = {name: [_put(table, self.work / f"{name}.parquet")] for name, table in tables.items()}
            out = self.work / f"standing-{next(turns)}"
            folders = {"prints": self._folders(), "current": [current], **given}
            machine.run(STANDING + _COMPONENT + text, folders, (), out)
            return parquet.read_table(out)

        prints = read_rows(place, FINGERPRINT) if self.late.num_rows else FINGERPRINT.empty_table()
        outdated = set(self.outdated["id"].to_pylist())
        standing = Standing(run_sql, prints, {*self.late["id"].to_pylist(), *outdated})
        members = standing.hanging_with({*standing.touched(), *outdated}) - outdated
        return self._with(standing.grouped(members))

    def _with(self, grouped: pa.Table) -> pa.Table:
        """What was before with what is grouped now (id, component, story) in its place."""
        here = grouped.select(["id", "component", "story"]).sort_by("id")
        new = self.now.filter(compute.is_in(self.now["id"], here["id"].combine_chunks()))
        for name in ("component", "story"):
            new = new.append_column(name, here[name])
        gone = pa.concat_tables([here.select(["id"]), self.outdated])["id"].combine_chunks()
        stays = self.before.filter(compute.invert(compute.is_in(self.before["id"], gone)))
        return pa.concat_tables([stays, new.select(_GROUPED.names).cast(_GROUPED)]).sort_by("id")

    def _folders(self) -> list[Path]:
        """The folders of the fingerprints of all runs; beside them may stand what a killed one left."""
        return sorted(p for p in self.kept.iterdir() if p.name.isdigit())


def _prints(run: int, reports: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    found = fingerprints(reports)
    runs = pa.array([run] * found.num_rows, pa.int64())
    yield pa.RecordBatch.from_arrays([*found.columns, proposal_lists(found), runs], schema=PRINTS)


def _put(table: pa.Table, file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(table, file, compression="zstd")
    return file
