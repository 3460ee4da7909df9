"""A store looked after: is it whole, what of it can be saved, made small again, rid of old stories, brought to this version."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import get_args

import duckdb
import pyarrow as pa

from stemma import arrow, tables
from stemma.engines import Store, one_writer
from stemma.engines.duckdb import (
    attached,
    columns_in,
    explained,
    is_damage,
    literal,
    made,
    must_be_a_file,
    must_be_sound,
    quoted,
    seal,
    sql_type,
    version_of,
)
from stemma.engines.kept_parses import forget_kept_parses
from stemma.engines.soundness import unsound
from stemma.engines.spare import put_back
from stemma.errors import StoreDamaged, StoreError
from stemma.pages.saved import unpacked_bytes
from stemma.tables import STORY_TABLES, Report
from stemma.whole_files import check_target, real_path

_AT_ONCE = 64
"""Pages of which the bytes are in memory at once."""
OLDEST = 7
"""The oldest version that is upgraded: tables and columns came since, and none changed its meaning."""
EVIDENCE = tuple(t for t in tables.TABLES if t not in {*tables.STORY_TABLES, "mention", "fingerprint", "component"})
"""Tables that stories are worked out from; all others can be worked out again."""
AT_A_TIME = 10_000
"""Rows that are read at a time."""
TRIES = 400
"""Parts of a table that may fail while the rows around damaged places are looked for; the parts that fail after that are lost."""

_LOST = "lost with a damaged store; read it again."
# A report is whole with its page and all its blocks, which lie side by side with one sign between two.
_BROKEN = """
    SELECT r.id, r.page, r.location FROM report r LEFT JOIN page p ON p.id = r.page LEFT JOIN
        (SELECT report, sum("end" - start + 1) - 1 AS covered FROM block GROUP BY report) b ON b.report = r.id
    WHERE p.id IS NULL OR b.covered IS DISTINCT FROM length(r.text)
        OR r.id IN (SELECT report FROM block WHERE role NOT IN ({roles}))
""".format(roles=", ".join(f"'{role}'" for role in get_args(tables.Role)))
_RESTS = (
    ("block", "report", "report"), ("story", "report", "report"), ("version", "report", "report"),
    ("version", "earlier", "report"), ("page_bytes", "id", "page"), ("response", "page", "page"),
)  # fmt: skip
_REMOVALS = (
    "DELETE FROM report WHERE list_contains(?, page)",
    "DELETE FROM page WHERE list_contains(?, id)",
    *(
        f"DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM {other} o WHERE o.id = {table}.{column})"
        for table, column, other in _RESTS
    ),
)


@dataclass(frozen=True, slots=True)
class Damage:
    """A table of which not every row can be read: how many there are and how many can."""

    table: str
    rows: int
    good: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What a new store lacks of a damaged one: how many rows, how many pages with all on them, and where these were read."""

    rows: int
    pages: int
    locations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a store is found to be: its version, bytes, rows by table, damage, and reports without their page or text."""

    version: int
    size: int
    rows: dict[str, int]
    damage: tuple[Damage, ...]
    broken: tuple[str, ...]
    unsound: tuple[str, ...] = ()
    """What rows of it do not fit: "3 rows of block with a role that there is not"."""
    mended: bool = False
    """Whether the directory of the tables is damaged, and all of this was found by its spare."""


def check_store(path: Path) -> Checked:
    """Read all that a store holds, by the spare of its directory where more is found so; raises StoreError when nothing is."""
    path = real_path(path)
    must_be_a_file(path, path)
    with _best_of(path) as file:
        return replace(_checked(file, path), mended=file != path)


def _checked(file: Path, path: Path) -> Checked:
    with explained(path), closing(attached(file, path, read_only=True, any_version=True)) as old:
        version, there = version_of(old), columns_in(old, "store")
        rows = {t: _count(old, f"store.{t}") for t in tables.TABLES if t in there}
        damage = [Damage(t, n, good) for t, n in rows.items() if (good := _readable(old, f"store.{t}")) < n]
        wrong = () if damage or version != tables.VERSION else (*unsound(old), *_foreign_bytes(old))
        broken = _broken_in(old) if wrong else []
    return Checked(version, path.stat().st_size, rows, tuple(damage), tuple(broken), wrong)


def _foreign_bytes(old: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield how many rows of page_bytes hold other bytes than those of their page, where any do."""
    count = 0
    # What lacks one of the two tables was said before.
    with suppress(duckdb.CatalogException, duckdb.BinderException):
        count = len(_pages_of_others(old, "store"))
    if count:
        yield f"{count:,} {'row' if count == 1 else 'rows'} of page_bytes with bytes that are not of the page"


def _pages_of_others(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """The ids of the pages whose kept bytes are not theirs, read some at a time."""
    pages = f"SELECT id, size, sha256, content FROM {database}.page JOIN {database}.page_bytes USING (id)"
    found = []
    for batch in connection.sql(pages).to_arrow_reader(_AT_ONCE):
        for row in batch.to_pylist():
            if unpacked_bytes(row["content"], row["size"], row["sha256"]) is None:
                found.append(row["id"])
    return found


def _broken_in(old: duckdb.DuckDBPyConnection) -> list[str]:
    """Where the reports were read that are not whole; none where the tables that say so are not."""
    try:
        return [location for _, _, location in old.execute(_BROKEN).fetchall()]
    except (duckdb.CatalogException, duckdb.BinderException):
        return []


def save_store(path: Path, to: Path) -> Saved:
    """Make a new store of what can be read of a damaged one; stories are worked out anew when they are asked for.

    Lost pages that are known by name stand in the new store's skipped.
    """
    path, to = real_path(path), real_path(to)
    if to.exists():
        raise StoreError(f"{to} is there already; give --save the name of a new file.")
    if not to.parent.is_dir():
        raise StoreError(f"{to} cannot be made: there is no folder {to.parent}; make it first.")
    check_target(to)
    part = to.with_name(f"{to.name}.new")
    _take_away(part)
    try:
        with _best_of(path) as file, explained(to):
            saved = _rebuilt(file, part, EVIDENCE)
        part.replace(to)
    finally:
        _take_away(part)
    return saved


def compact_store(path: Path) -> tuple[int, int]:
    """Write a store anew without the room that removed rows left; return its size in bytes before and after."""
    path = real_path(path)
    with closing(attached(path, path, read_only=True)) as old:
        must_be_sound(old, path)
    with one_writer.held(path):
        before = path.stat().st_size
        _renew(path, tuple(tables.TABLES))
    return before, path.stat().st_size


def upgrade_store(path: Path) -> Path | None:
    """Bring a store of an older version to this one; return where the old one is kept, None when there was nothing to do.

    Pages, reports and judgements stay; stories are worked out anew when they are asked for.
    """
    path = real_path(path)
    with closing(attached(path, path, read_only=True, any_version=True)) as old:
        version = version_of(old)
    if version == tables.VERSION:
        return None
    if not OLDEST <= version < tables.VERSION:
        raise StoreError(
            f"{path} is a store of version {version}; this stemma upgrades versions {OLDEST} to {tables.VERSION - 1}."
        )
    kept = path.with_name(f"{path.name}.version-{version}")
    if kept.exists():
        raise StoreError(f"{kept}, where the old store is to be kept, is there already; move it first.")
    with one_writer.held(path):
        shutil.copy2(path, kept)
        _renew(path, EVIDENCE)
    return kept


@contextmanager
def _best_of(path: Path) -> Iterator[Path]:
    """Lend the file of a store, or a copy with the spare of its directory where more rows can be read of that."""
    with put_back(path) as copy:
        best = path if copy is None else max((path, copy), key=lambda file: _good(file, path))
        try:
            attached(best, path, read_only=True, any_version=True).close()
        except StoreDamaged as error:
            raise StoreDamaged(f"{path} is damaged so far that nothing of it can be saved; take a backup.") from error
        yield best


def _good(file: Path, path: Path) -> int:
    """How many rows of a file can be read; less than none where it cannot be opened."""
    try:
        checked = _checked(file, path)
    except StoreError:
        return -1
    return sum(checked.rows.values()) - sum(d.rows - d.good for d in checked.damage)


def _renew(path: Path, copied: Sequence[str]) -> None:
    """Write a store, or the run on it that was stopped, anew into its place; the caller holds it."""
    run, new = one_writer.unfinished(path), path.with_name(f"{path.name}.new")
    _take_away(new)
    if run.exists():
        one_writer.must_go_on_from(path)
    try:
        with explained(path):
            lost = _rebuilt(run if run.exists() else path, new, copied)
        if lost.rows or lost.pages:
            raise _left(path)
        shutil.copymode(path, new)
        one_writer.publish(path, new)
    finally:
        _take_away(new)
    one_writer.discard(path)


def _rebuilt(source: Path, to: Path, copied: Sequence[str]) -> Saved:
    """Make a store of the rows of some tables of another, of whatever version; pages whose report is not whole are left out."""
    with closing(made(str(to))) as new:
        new.execute(f"ATTACH {literal(str(source))} AS old (TYPE duckdb, READ_ONLY)")
        there = columns_in(new, "old")
        lost = sum(_count(new, f"old.{t}") - _copied(new, t, there[t]) for t in copied if t in there)
        named = _leave_out_broken(new)
        pages = _count(new, "old.page") - _count(new, "store.page")
        seal(new, to)
    return Saved(lost, pages, tuple(named))


def _take_away(new: Path) -> None:
    """Take away a store that was not finished, with what DuckDB keeps beside it."""
    for name in (new.name, f"{new.name}.wal"):
        new.with_name(name).unlink(missing_ok=True)
    shutil.rmtree(new.with_name(f"{new.name}.tmp"), ignore_errors=True)


def _left(path: Path) -> StoreDamaged:
    return StoreDamaged(f"{path} is damaged and was left as it is; `stemma store check --db {path}` says what can be saved.")


def _copied(new: duckdb.DuckDBPyConnection, table: str, there: set[str]) -> int:
    """Copy the rows of a table that can be read; a column that the old one lacks is empty."""
    columns = ", ".join(quoted(f.name) if f.name in there else _empty(f) for f in arrow.schema(table))

    def copy(rows: str) -> int:
        return int(new.execute(f"INSERT INTO store.{table} SELECT {columns} FROM old.{table} {rows}").fetchall()[0][0])

    return _part_by_part(new, f"old.{table}", copy)


def _readable(old: duckdb.DuckDBPyConnection, table: str) -> int:
    """How many rows of a table can be read."""
    return _part_by_part(old, table, lambda rows: old.sql(f"SELECT * FROM {table} {rows}").to_arrow_table().num_rows)


def _part_by_part(connection: duckdb.DuckDBPyConnection, table: str, work: Callable[[str], int]) -> int:
    """Do something to all rows of a table, and to ever smaller parts of them where one cannot be read; return to how many.

    What the machine lacks, memory or room, is no damage, and raised.
    """
    try:
        ((last,),) = connection.execute(f"SELECT coalesce(max(rowid), -1) FROM {table}").fetchall()
    except duckdb.Error as error:
        if not is_damage(error):
            raise
        return 0
    waiting = [(n, min(n + AT_A_TIME, last + 1)) for n in range(0, last + 1, AT_A_TIME)]
    done = failed = 0
    while waiting:
        first, end = waiting.pop()
        try:
            done += work(f"WHERE rowid >= {first} AND rowid < {end}")
        except duckdb.Error as error:
            if not is_damage(error):
                raise
            failed += 1
            middle = (first + end) // 2
            waiting += [(first, middle), (middle, end)] if first < middle and failed < TRIES else []
    return done


def _leave_out_broken(new: duckdb.DuckDBPyConnection) -> list[str]:
    """Take out the pages of which a report is not whole, and of rows with one key all but one; return where these were read."""
    for table, row in tables.TABLES.items():
        key = ", ".join(map(quoted, row.key))
        new.execute(f"DELETE FROM {table} WHERE rowid NOT IN (SELECT min(rowid) FROM {table} GROUP BY {key})")
    broken = {(page, location) for _, page, location in new.execute(_BROKEN).fetchall()}
    broken |= set(new.execute("SELECT id, location FROM page WHERE id NOT IN (SELECT page FROM report)").fetchall())
    gone = [page for page, _ in broken]
    new.execute("DELETE FROM page_bytes WHERE list_contains(?, id)", [_pages_of_others(new, "store")])
    for text in _REMOVALS:
        new.execute(text, [gone] if "?" in text else [])
    lost = sorted({location for _, location in broken})
    new.executemany("INSERT INTO skipped VALUES (?, ?)", [(location, _LOST) for location in lost]) if lost else None
    return lost


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def _empty(field: pa.Field) -> str:
    """What a column holds in rows that were written before there was one."""
    if field.nullable:
        return "NULL"
    return (
        "[]"
        if pa.types.is_list(field.type)
        else f"CAST({'0' if not pa.types.is_string(field.type) else literal('')} AS {sql_type(field.type)})"
    )


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many stories, reports and pages went, and how many judgements rest on them and stay."""

    stories: int
    reports: int
    pages: int
    judgements: int


def prune(store: Store, before: date) -> Pruned:
    """Take out every story whose last report is dated before a day, by its publication or else by when it was retrieved.

    Reports without a date do not count, and a story that has no other stays. So does a page while another of its reports does,
    and what people judged: it holds again when the pages are read again.
    """
    with store.run():
        members: dict[str, list[str]] = {}
        for row in store.read("story"):
            members.setdefault(row.story, []).append(row.report)
        days = {r.id: _last_day(r) for r in store.read("report")}
        last = {s: max(days[r] for r in reports) for s, reports in members.items()}
        stories = sorted(s for s, day in last.items() if "" < day < before.isoformat())
        reports = [r for s in stories for r in members[s]]
        reports += [v.earlier for v in store.read("version", {"report": reports})]
        pages = _pages_of_these_alone(store, reports)
        judged = [j for j in store.read("judgement") if {e.report for e in j.evidence} & set(reports)]
        _take_out(store, stories, reports, pages)
    forget_kept_parses(store.file)
    return Pruned(len(stories), len(reports), len(pages), len(judged))


def _last_day(report: Report) -> str:
    """The last day that a report's date may mean ("2031-05" is May), empty for one without a date."""
    written = report.published or report.retrieved
    return f"{written[:10]}-99-99"[:10] if written else ""


def _pages_of_these_alone(store: Store, reports: list[str]) -> list[str]:
    pages = {r.page for r in store.read("report", {"id": reports})}
    return sorted(pages - {r.page for r in store.read("report", {"page": pages}) if r.id not in set(reports)})


def _take_out(store: Store, stories: list[str], reports: list[str], pages: list[str]) -> None:
    with store.transaction():
        for table in (*STORY_TABLES, "alias"):
            store.remove(table, {"story": stories})
        for table in ("story", "block", "mention", "version"):
            store.remove(table, {"report": reports})
        store.remove("report", {"id": reports})
        for table, column in (("page", "id"), ("page_bytes", "id"), ("response", "page")):
            store.remove(table, {column: pages})
