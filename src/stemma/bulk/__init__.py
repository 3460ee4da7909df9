"""A corpus of any size, from files to a folder of Parquet, on whatever engine: pages, reports, stories and their accounts.

What is worked out stands in chunks under `_work` in the folder, each whole or not at all, and is put together into the tables at
the end, so that a run which was stopped goes on, and one over more files works on those alone.
"""

import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import compute, dataset, parquet

from stemma import __version__, arrow, ids, tables
from stemma.bulk.chunks import Done, finished, in_chunks, put_whole, written
from stemma.bulk.grouping import group_reports, parted_in
from stemma.bulk.rows import (
    ADDRESSES,
    DEEP_ROWS,
    DEEP_TABLES,
    FOUND,
    PARTS,
    READ_ROWS,
    READ_TABLES,
    VERSIONS,
    account_of_story,
    pages_of_parts,
    reports_of_pages,
    versions_at_address,
    with_address,
)  # fmt: skip
from stemma.engines import Engine, Step
from stemma.engines.one_writer import held
from stemma.engines.protocol import MARK, WORK
from stemma.errors import NothingRead, UsageError
from stemma.grouped import aliases_after
from stemma.pages import PageOptions
from stemma.pages.files import Part, apart_from, list_parts
from stemma.pages.saved import NO_OPTIONS
from stemma.pipeline import reports_hash
from stemma.tables import Alias, Skipped
from stemma.whole_files import LONGEST_BESIDE, must_fit, real_path, reason_of

Tell = Callable[[Done], None]
Skip = Callable[[Skipped], None]

COUNTED = ("page", "report", "story", "skipped", "stories", "parted")
_GROUPED = "grouped"
"""The file that says of which chunks the tables are that a run has put together, before their accounts are made."""
_BYTES_OF_A_TASK = 16 << 20
_REPORTS_OF_A_TASK = 100

# Of a page that was read at several places, or again after its file had changed, one reading counts.
_READ = """
SELECT {table}.* FROM (
  SELECT {table}, dense_rank() OVER (PARTITION BY page_id ORDER BY location, part) AS place FROM read_rows WHERE kind = '{table}'
) AS ranked WHERE place = 1
"""
_SKIPPED = """
SELECT skipped.* FROM (
  SELECT r.skipped, row_number() OVER (PARTITION BY r.location ORDER BY r.part) AS place
  FROM read_rows r LEFT JOIN page p ON p.location = r.location WHERE r.kind = 'skipped' AND p.location IS NULL
) AS ranked WHERE place = 1
"""
_OWN_ADDRESS = "SELECT * FROM report WHERE url IS NOT NULL AND id = page"
_OF_STORIES = """
SELECT w.story_id, w.digest, w.newest, w.place, r.page_id, r.location, r.part, r.kind, r.report, r.block
FROM read_rows r JOIN wanted w ON w.report = r.report_id
"""
_DEEP = """
SELECT {table}.* FROM (
  SELECT d.{table} FROM deep_rows d JOIN wanted w ON w.story_id = d.story_id AND w.digest = d.digest WHERE d.kind = '{table}'
) AS chosen
"""


def work_corpus(
    given: Sequence[str],
    out: Path,
    engine: Engine,
    said: PageOptions = NO_OPTIONS,
    deep: bool = True,
    tell: Tell = lambda _: None,
    skip: Skip = lambda _: None,
) -> dict[str, int]:
    """Read files into a folder of Parquet, group the reports into stories, and with `deep` make their accounts.

    `given` is what `list_parts` takes. What an earlier run into this folder did is not done again. Returns how many rows the
    tables page, report, story and skipped have, and how many `stories` there are, and reports
    that hang together with too many for each two to be compared (`parted`); `skip` is told what this run could not read.
    Raises NothingRead when no page could be read, UsageError where the folder is among what is read or holds what is not
    stemma's, StoreInUse when another run writes to it.
    """
    must_fit(out, LONGEST_BESIDE)
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file, and a corpus is a folder; give another name with --out.")
    found = list(list_parts(given))
    apart_from(out, given, found)
    if not (out / WORK).exists() and (other := next((t for t in tables.TABLES if (out / t).exists()), None)):
        raise UsageError(f"{out / other} is there already, and a corpus would take its place; give another folder with --out.")
    with _said(out):
        (out / WORK).mkdir(parents=True, exist_ok=True)
        with held(real_path(out)):
            before = set(written(out / WORK / "read"))
            gone, counts = _work(found, out, engine, said, deep, tell)
            for one in gone:
                skip(one)
            for folder in written(out / WORK / "read"):
                for one in _skipped_in(folder) if folder not in before else ():
                    skip(one)
            return counts


@contextmanager
def _said(out: Path) -> Iterator[None]:
    """Raise what the system says of a disk as a sentence on the folder that a user knows."""
    try:
        yield
    except OSError as error:
        if not (out / WORK / "new" / _GROUPED).exists():
            shutil.rmtree(out / WORK / "new", ignore_errors=True)
        raise UsageError(
            f"{out} was not written to its end: {reason_of(error)}. What is whole stays; call it again when that is mended."
        ) from error


def _work(
    found: Sequence[Part | Skipped], out: Path, engine: Engine, said: PageOptions, deep: bool, tell: Tell
) -> tuple[list[Skipped], dict[str, int]]:
    """Make the tables; return the files and the stories that could not be worked on, and how many rows there are."""
    work, new = out / WORK, out / WORK / "new"
    gone = _read(found, work / "read", engine, said, tell)
    rows = written(work / "read")
    if not rows:
        raise NothingRead.of(gone)
    read = ids.digest(__version__, tables.VERSION, [str(p.relative_to(work)) for p in rows])
    all_of_it = ids.digest(read, deep, sorted((s.location, s.reason) for s in gone))
    if (there := _read_mark(out / MARK)).get("of") == all_of_it:
        return gone, {name: int(there.get(name, 0)) for name in COUNTED}
    stories = _grouped(engine, rows, read, gone, new, out)
    if deep:
        gone += _deepen(stories, rows, work / "deep", new, engine, tell)
    _put(new / "skipped" / "gone.parquet", arrow.to_arrow("skipped", gone))
    _swap(new, out)
    counts = {table: _count(out / table) for table in COUNTED if table in tables.TABLES}
    counts |= {"stories": len(stories), "parted": parted_in(_of_this_version(work / "grouped"))}
    put_whole(out / MARK, json.dumps({"stemma": __version__, "version": tables.VERSION, "of": all_of_it, **counts}))
    return gone, counts


def _skipped_in(chunk: Path) -> Iterator[Skipped]:
    """What could not be read of the files of a chunk."""
    rows = dataset.dataset(chunk, format="parquet").scanner(columns=["skipped"], filter=dataset.field("kind") == "skipped")
    for batch in rows.to_batches():
        yield from (Skipped(**row) for row in batch.column("skipped").to_pylist())


def _read_mark(mark: Path) -> dict[str, Any]:
    """What a folder of tables says of itself; nothing where it is not whole."""
    return dict(json.loads(mark.read_text("utf-8"))) if mark.exists() else {}


def _grouped(
    engine: Engine, rows: Sequence[Path], read: str, gone: Sequence[Skipped], new: Path, out: Path
) -> dict[str, list[str]]:
    """Put what was read together and group it, if a run that was stopped has not; return each story's reports."""
    if (new / _GROUPED).exists() and (new / _GROUPED).read_text("utf-8") == read:
        for table in {*DEEP_TABLES} - {"skipped"}:
            shutil.rmtree(new / table, ignore_errors=True)
        shutil.rmtree(new / "skipped" / "deep", ignore_errors=True)
        stories: defaultdict[str, list[str]] = defaultdict(list)
        for row in _rows("story", new / "story"):
            stories[row.story].append(row.report)
        return stories
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    _assemble(engine, _READ, [t for t in READ_TABLES if t != "skipped"], {"read_rows": rows}, new)
    engine.run(_SKIPPED, {"read_rows": rows, "page": [new / "page"]}, (), new / "skipped" / "read")
    if not _count(new / "report"):
        raise NothingRead.of([*gone, *_rows("skipped", new / "skipped")])
    grouped = _group(engine, new, out / WORK / "grouped")
    _put(new / "alias" / "part-0.parquet", arrow.to_arrow("alias", _aliases(out, grouped, new)))
    put_whole(new / _GROUPED, read)
    return grouped


def _read(found: Sequence[Part | Skipped], folder: Path, engine: Engine, said: PageOptions, tell: Tell) -> list[Skipped]:
    """Read the files that were not read yet; return those that could not be."""
    parts = {p.key: p for p in found if isinstance(p, Part)}
    steps = [Step(partial(pages_of_parts, said), FOUND, "part"), Step(reports_of_pages, READ_ROWS, "spread")]

    def read(keys: list[str], out: Path) -> int:
        wanted = [{"part": p.key, "location": p.location, "path": p.path} for p in map(parts.__getitem__, keys)]
        file = _put(folder / "wanted.parquet", pa.Table.from_pylist(wanted, schema=PARTS))
        engine.run("SELECT * FROM wanted", {"wanted": [file]}, steps, out)
        kinds = dataset.dataset(out, format="parquet").scanner(columns=["kind"]).to_table().column("kind")
        return int(compute.sum(compute.is_in(kinds, pa.array(["page", "skipped"]))).as_py() or 0)

    sizes = {key: part.size for key, part in parts.items()}
    _in_chunks("pages", folder, sizes, _BYTES_OF_A_TASK * engine.tasks, read, tell)
    lost = {key: why for key, why in finished(folder).items() if why and key in parts}
    return [s for s in found if isinstance(s, Skipped)] + [Skipped(parts[key].location, why) for key, why in lost.items()]


def _group(engine: Engine, new: Path, kept: Path) -> dict[str, list[str]]:
    """Write the tables version and story; return each story's reports."""
    mine = _of_this_version(kept)
    # What another version grouped counts for nothing.
    for other in kept.iterdir() if kept.exists() and not mine.exists() else ():
        shutil.rmtree(other)
    steps = [Step(with_address, ADDRESSES, "id"), Step(versions_at_address, VERSIONS, "address", together=True)]
    engine.run(_OWN_ADDRESS, {"report": [new / "report"]}, steps, new / "version")
    return group_reports(engine, new, mine)


def _of_this_version(kept: Path) -> Path:
    return kept / ids.digest(__version__, tables.VERSION)


def _aliases(out: Path, stories: Mapping[str, Sequence[str]], new: Path) -> list[Alias]:
    """The ids that stories had in the folder before, with those that they have now."""
    if not (out / "story").exists():
        return []
    before = {row.report: row.story for row in _rows("story", out / "story")}
    grouped = {report: story for story, reports in stories.items() for report in reports}
    return aliases_after(_rows("alias", out / "alias"), before, grouped, _rows("version", new / "version"))


def _deepen(
    stories: Mapping[str, Sequence[str]], rows: Sequence[Path], folder: Path, new: Path, engine: Engine, tell: Tell
) -> list[Skipped]:
    """Make the accounts of the stories that have none yet, and write their tables; return the stories that have none."""
    # The largest first, so that no core is left with it at the end.
    ordered = sorted(stories, key=lambda s: (-len(stories[s]), s))
    members = _with_versions(stories, new)
    keys = {f"{s} {ids.digest(__version__, reports_hash(m.report for m in members[s]))}": s for s in ordered}
    step = Step(account_of_story, DEEP_ROWS, "story_id", together=True)

    def wanted(these: Iterable[str], name: str) -> Path:
        told = [(key.split(), keys[key]) for key in these]
        rows = [{"story_id": s, "digest": digest, **asdict(m)} for (_, digest), s in told for m in members[s]]
        return _put(folder / name, pa.Table.from_pylist(rows, schema=_WANTED))

    def deepen(these: list[str], out: Path) -> int:
        engine.run(_OF_STORIES, {"read_rows": rows, "wanted": [wanted(these, "wanted.parquet")]}, [step], out)
        return sum(len(stories[keys[key]]) for key in these)

    sizes = {key: len(stories[s]) for key, s in keys.items()}
    _in_chunks("accounts", folder, sizes, _REPORTS_OF_A_TASK * engine.tasks, deepen, tell)
    lost = {key: why for key, why in finished(folder).items() if why and key in keys}
    if deep_rows := written(folder):
        chosen = wanted((k for k in keys if k not in lost), "chosen.parquet")
        distinct = pa.table(
            parquet.read_table(chosen, columns=["story_id", "digest"]).group_by(["story_id", "digest"]).aggregate([])
        )
        _put(chosen, distinct)
        names = [t for t in DEEP_TABLES if t != "skipped"]
        _assemble(engine, _DEEP, names, {"deep_rows": deep_rows, "wanted": [chosen]}, new)
        engine.run(_DEEP.format(table="skipped"), {"deep_rows": deep_rows, "wanted": [chosen]}, (), new / "skipped" / "deep")
    return [Skipped(f"story {keys[key]}", why) for key, why in lost.items()]


@dataclass(frozen=True)
class _Member:
    """A report that the account of a story is made of: one of the story, at place 0, or an earlier version of one (`newest`)."""

    report: str
    newest: str
    place: int


_WANTED = pa.schema([
    ("story_id", pa.string()), ("digest", pa.string()), ("report", pa.string()), ("newest", pa.string()), ("place", pa.int64()),
])  # fmt: skip


def _with_versions(stories: Mapping[str, Sequence[str]], new: Path) -> dict[str, list[_Member]]:
    """The reports of each story, each with its earlier versions."""
    known: dict[str, list[_Member]] = defaultdict(list)
    for v in _rows("version", new / "version"):
        known[v.report].append(_Member(v.earlier, v.report, v.place))
    return {s: [m for r in mine for m in (_Member(r, r, 0), *known.get(r, ()))] for s, mine in stories.items()}


def _in_chunks(
    stage: str, folder: Path, sizes: Mapping[str, int], most: int, run: Callable[[list[str], Path], int], tell: Tell
) -> None:
    there = finished(folder) if folder.exists() else {}
    total, done, count = sum(size for key, size in sizes.items() if key not in there), 0, 0
    tell(Done(stage, done, total, count))
    for size, worked_on in in_chunks(folder, sizes, most, run):
        done, count = done + size, count + worked_on
        tell(Done(stage, done, total, count))


def _assemble(engine: Engine, query: str, names: Iterable[str], folders: Mapping[str, Sequence[Path]], new: Path) -> None:
    for table in names:
        engine.run(query.format(table=table), folders, (), new / table)


def _swap(new: Path, out: Path) -> None:
    """Put the new tables in the place of the old; a run that is stopped here leaves no mark, and so no folder that is read."""
    (out / MARK).unlink(missing_ok=True)
    for table in tables.TABLES:
        shutil.rmtree(out / table, ignore_errors=True)
        if (new / table).exists():
            (new / table).rename(out / table)
    shutil.rmtree(new)


def _put(file: Path, table: pa.Table) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(table, file, compression="zstd")
    return file


def _count(folder: Path) -> int:
    return sum(parquet.read_metadata(f).num_rows for f in folder.rglob("*.parquet"))


def _rows(table: str, folder: Path) -> list[Any]:
    files = [str(f) for f in folder.rglob("*.parquet")]
    return arrow.from_arrow(table, dataset.dataset(files, format="parquet").to_table())
