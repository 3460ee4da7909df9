"""Pages to reports in batches: one record batch in, one out, and no exception across it."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from stemma import arrow
from stemma.errors import PageError
from stemma.pages import Saved
from stemma.reports.read import read_page
from stemma.tables import Block, Page, Report

PAGES = arrow.schema("page").append(pa.field("content", pa.large_binary()))
"""The columns of the table page, and the bytes as they were saved."""

_REPORT = pa.struct([*arrow.schema("report"), pa.field("blocks", pa.list_(pa.struct(list(arrow.schema("block")))))])
READ = pa.schema([pa.field("reports", pa.list_(_REPORT)), pa.field("error", pa.string())])
"""A page's reports in the columns of the table report, each with its blocks, or `error`: a sentence on why there is none."""


def pages_batch(pages: Sequence[Saved]) -> pa.RecordBatch:
    """Return saved pages as a batch of the schema `PAGES`."""
    return pa.RecordBatch.from_pylist([{**arrow.as_dict(s.page), "content": s.content} for s in pages], schema=PAGES)


def read_reports(pages: pa.RecordBatch) -> pa.RecordBatch:
    """Return the reports that each page prints, or why it could not be read: `PAGES` in, `READ` out, a row for each page."""
    return pa.RecordBatch.from_pylist([_read(page) for page in pages.to_pylist()], schema=READ)


def rows_of(batch: pa.RecordBatch) -> list[list[tuple[Report, list[Block]]] | str]:
    """Return the rows of a batch of the schema `READ`: a page's reports with their blocks, or what is wrong."""
    flat = batch.column("reports").flatten()
    columns = pa.RecordBatch.from_struct_array(flat)
    reports = arrow.from_arrow("report", columns.select(arrow.schema("report").names))
    blocks = [[Block(**b) for b in found] for found in columns.column("blocks").to_pylist()]
    pairs = iter(zip(reports, blocks, strict=True))
    return [row["error"] or [next(pairs) for _ in row["reports"]] for row in batch.to_pylist()]


def _read(page: dict[str, Any]) -> dict[str, Any]:
    content = page.pop("content")
    try:
        found = read_page(Saved(Page(**page), content))
        return {"reports": [{**arrow.as_dict(report), "blocks": [arrow.as_dict(b) for b in blocks]} for report, blocks in found]}
    except PageError as error:
        return {"error": str(error)}
    except Exception as error:  # noqa: BLE001 - the one boundary: a bad page must not stop the run, and it is recorded
        return {"error": f"this page could not be read ({type(error).__name__}: {error})."}
