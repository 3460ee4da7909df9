"""Pages to reports in batches: one record batch in, one out, and no exception across it."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from stemma import arrow
from stemma.errors import PageError
from stemma.pages import Saved
from stemma.reports.read import read_report
from stemma.tables import Block, Page, Report

PAGES = arrow.schema("page").append(pa.field("content", pa.large_binary()))
"""The columns of the table page, and the bytes as they were saved."""

_BLOCKS = pa.list_(pa.struct(list(arrow.schema("block"))))
READ = pa.schema(
    [*(f.with_nullable(True) for f in arrow.schema("report")), pa.field("blocks", _BLOCKS), pa.field("error", pa.string())]
)
"""The columns of the table report with the report's blocks, or `error`: a sentence on why there is none."""


def pages_batch(pages: Sequence[Saved]) -> pa.RecordBatch:
    """Return saved pages as a batch of the schema `PAGES`."""
    return pa.RecordBatch.from_pylist([{**arrow.as_dict(s.page), "content": s.content} for s in pages], schema=PAGES)


def read_reports(pages: pa.RecordBatch) -> pa.RecordBatch:
    """Return the report that each page prints, or why it could not be read: `PAGES` in, `READ` out, a row for each page."""
    read = [_read(page) for page in pages.to_pylist()]
    return pa.concat_batches(read) if read else pa.RecordBatch.from_pylist([], schema=READ)


def rows_of(batch: pa.RecordBatch) -> list[tuple[Report, list[Block]] | str]:
    """Return the rows of a batch of the schema `READ`: a report with its blocks, or what is wrong."""
    reports = iter(arrow.from_arrow("report", batch.filter(batch.column("error").is_null()).select(arrow.schema("report").names)))
    pairs = zip(batch.column("blocks").to_pylist(), batch.column("error").to_pylist(), strict=True)
    return [error or (next(reports), [Block(**b) for b in blocks]) for blocks, error in pairs]


def _read(page: dict[str, Any]) -> pa.RecordBatch:
    content = page.pop("content")
    try:
        report, blocks = read_report(Saved(Page(**page), content))
        return _row({**arrow.as_dict(report), "blocks": [arrow.as_dict(b) for b in blocks]})
    except PageError as error:
        return _row({"error": str(error)})
    except Exception as error:  # noqa: BLE001 - the one boundary: a bad page must not stop the run, and it is recorded
        return _row({"error": f"this page could not be read ({type(error).__name__}: {error})."})


def _row(columns: dict[str, Any]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([columns], schema=READ)
