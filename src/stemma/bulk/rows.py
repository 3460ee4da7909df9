"""What is made of rows, whatever the engine: of files pages, of pages reports, of an address versions, of a story its account."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import compute

from stemma import __version__, arrow
from stemma.pages import PageOptions, Saved
from stemma.pages.files import pages_of_part
from stemma.pipeline import PAGES_AT_A_TIME, deep_rows, reports_hash
from stemma.processes import batches
from stemma.reports import PAGES, read_reports, rows_of
from stemma.reports.versions import address_key, find_versions
from stemma.representatives import left_out, representatives
from stemma.tables import STORY_TABLES, Block, Report, Run, Skipped

if TYPE_CHECKING:
    from stemma.descent import Earlier

READ_TABLES = ("page", "response", "report", "block", "skipped")
DEEP_TABLES = (*STORY_TABLES, "mention", "skipped")

PARTS = pa.schema([("part", pa.string()), ("location", pa.string()), ("path", pa.string())])
"""The files of a corpus: a name that changes with what is in them, where they are as a user says it, and as any machine does."""

_SKIPPED = pa.field("skipped", pa.struct([pa.field(f.name, f.type) for f in arrow.schema("skipped")]))
# Spark's binary column holds 2 GB at the most anyway.
_CONTENT = pa.field("content", pa.binary())
FOUND = pa.schema([
    ("part", pa.string()), ("spread", pa.string()),
    *(pa.field(f.name, f.type) for f in PAGES if f.name != "content"), _CONTENT, _SKIPPED,
])  # fmt: skip
"""The pages in files: the columns of `PAGES`, or a row of the table skipped."""
READ_ROWS = arrow.tagged_schema(READ_TABLES, "part", "location", "page_id", "report_id")
"""Rows of the tables that reading fills, with where they come from."""
ADDRESSES = pa.schema([("address", pa.string()), *(pa.field(f.name, f.type) for f in arrow.schema("report"))])
VERSIONS = pa.schema([pa.field(f.name, f.type) for f in arrow.schema("version")])
DEEP_ROWS = arrow.tagged_schema(DEEP_TABLES, "story_id", "digest")
"""Rows of the tables that the deep pass fills, with their story and the hash of its reports."""


def pages_of_parts(told: PageOptions, parts: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Yield the pages in files: `PARTS` in, `FOUND` out."""
    for part in parts.to_pylist():
        for found in batches(pages_of_part(part["location"], part["path"], told), PAGES_AT_A_TIME):
            rows = [_found(part["part"], one) for one in found]
            yield pa.RecordBatch.from_pylist(rows, schema=FOUND)


def reports_of_pages(found: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Yield the reports on pages, or why there is none: `FOUND` in, `READ_ROWS` out."""
    for start in range(0, found.num_rows, PAGES_AT_A_TIME):
        yield pa.RecordBatch.from_pylist(_read(found.slice(start, PAGES_AT_A_TIME)), schema=READ_ROWS)


def with_address(reports: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Yield reports with the address by which their versions meet: the table report in, `ADDRESSES` out."""
    keys = pa.array([address_key(url) for url in reports.column("url").to_pylist()], pa.string())
    columns = [reports.column(f.name).cast(f.type) for f in ADDRESSES if f.name != "address"]
    yield pa.RecordBatch.from_arrays([keys, *columns], schema=ADDRESSES)


def versions_at_address(reports: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Yield which reports of one address are earlier versions of which other: `ADDRESSES` in, the table version out."""
    if reports.num_rows > 1:
        rows = find_versions(arrow.from_arrow("report", reports.select(arrow.schema("report").names)))
        yield pa.RecordBatch.from_pylist([arrow.as_dict(row) for row in rows], schema=VERSIONS)


def account_of_story(rows: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Yield the rows of the deep tables of one story: its rows of `READ_ROWS` with `story_id` and `digest` in, `DEEP_ROWS` out.

    `newest` and `place` say of which report a row tells an earlier version, and the how manieth: none at place 0.
    A story on which the deep pass fails is a row of the table skipped.
    """
    story, digest = (rows.column(name)[0].as_py() for name in ("story_id", "digest"))
    standing = compute.equal(rows.column("place"), 0)
    reports, earlier = _reports_in(rows.filter(standing)), _earlier_in(rows.filter(compute.invert(standing)))
    hashed = reports_hash((r.id for r, _ in reports), (r.id for versions in earlier.values() for r, _ in versions))
    chosen = representatives(reports)
    made: dict[str, list[Any]]
    try:
        made = deep_rows(story, chosen, earlier={r.id: earlier[r.id] for r, _ in chosen if r.id in earlier})
        finished = datetime.now(UTC).isoformat(timespec="seconds")
        made["run"] = [Run(story, __version__, hashed, None, None, finished)]
        made["skipped"] = left_out(story, len(reports), len(chosen))
    except Exception as error:  # noqa: BLE001 - the boundary of a story: one must not stop the others, and it is recorded
        made = {"skipped": [Skipped(f"story {story}", f"no account could be made of it ({type(error).__name__}: {error}).")]}
    yield pa.RecordBatch.from_pylist(arrow.tagged(DEEP_ROWS, made, story_id=story, digest=digest), schema=DEEP_ROWS)


def _reports_in(rows: pa.RecordBatch) -> list[tuple[Report, list[Block]]]:
    """The reports of a story with their blocks; a page that was read at several places is the one at the first of them."""
    told = rows.select(["page_id", "location", "part"]).to_pylist()
    places = [(row["location"], row["part"]) for row in told]
    first: dict[str, tuple[str, str]] = {}
    for row, place in zip(told, places, strict=True):
        first[row["page_id"]] = min(place, first.get(row["page_id"], place))
    kept = rows.take(pa.array([i for i, row in enumerate(told) if places[i] == first[row["page_id"]]], pa.int64()))
    blocks: dict[str, list[Block]] = defaultdict(list)
    for block in _of_kind("block", kept):
        blocks[block.report].append(block)
    return [(r, sorted(blocks[r.id], key=lambda b: b.start)) for r in _of_kind("report", kept)]


def _earlier_in(rows: pa.RecordBatch) -> "Earlier":
    """The earlier versions of reports with their blocks, the first one first, by the report that stands for them."""
    told = rows.filter(compute.equal(rows.column("kind"), "report")).select(["report", "newest", "place"]).to_pylist()
    places = {row["report"]["id"]: (row["place"], row["newest"]) for row in told}
    found: dict[str, list[tuple[Report, list[Block]]]] = defaultdict(list)
    for report, blocks in sorted(_reports_in(rows), key=lambda rb: places[rb[0].id]):
        found[places[report.id][1]].append((report, blocks))
    return found


def _of_kind(table: str, rows: pa.RecordBatch) -> list[Any]:
    mine = rows.filter(compute.equal(rows.column("kind"), table))
    return arrow.from_arrow(table, pa.RecordBatch.from_struct_array(mine.column(table)))


def _found(part: str, one: Saved | Skipped) -> dict[str, Any]:
    if isinstance(one, Skipped):
        return {"part": part, "spread": one.location, "skipped": arrow.as_dict(one)}
    response = one.response and arrow.as_dict(one.response)
    return {"part": part, "spread": one.page.location, **arrow.as_dict(one.page), "content": one.content, "response": response}


def _read(found: pa.RecordBatch) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    pages = []
    for row in found.to_pylist():
        if row["skipped"]:
            skipped = Skipped(**row["skipped"])
            rows += arrow.tagged(READ_ROWS, {"skipped": [skipped]}, part=row["part"], location=skipped.location)
        else:
            pages.append(row)
    batch = pa.RecordBatch.from_pylist(pages, schema=PAGES)
    for page, read in zip(pages, rows_of(read_reports(batch)) if pages else [], strict=True):
        rows += _rows_of_page(page, read)
    return rows


def _rows_of_page(page: dict[str, Any], read: list[tuple[Report, list[Block]]] | str) -> list[dict[str, Any]]:
    keys = {"part": page["part"], "location": page["location"]}
    if isinstance(read, str):
        return arrow.tagged(READ_ROWS, {"skipped": [Skipped(page["location"], read)]}, **keys)
    keys["page_id"] = page["id"]
    rows = [{**keys, "kind": "page", "page": {name: page[name] for name in arrow.schema("page").names}}]
    rows += [{**keys, "kind": "response", "response": page["response"]}] if page["response"] else []
    for report, blocks in read:
        rows += arrow.tagged(READ_ROWS, {"report": [report], "block": blocks}, **keys, report_id=report.id)
    return rows
