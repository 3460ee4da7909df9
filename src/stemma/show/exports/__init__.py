"""What researchers take away of a story: CSV tables, a first-seen timeline, W3C Web Annotations, the drawing."""

from collections.abc import Mapping
from typing import Any

from stemma.account import to_json as as_json
from stemma.show.exports.annotations import as_annotations
from stemma.show.exports.csv_tables import csv_tables

__all__ = ["as_annotations", "as_json", "as_svg", "csv_tables"]


def as_svg(account: Mapping[str, Any]) -> str:
    """Return the stemma of an account of one story as an SVG document."""
    from stemma.show.stemma_svg import draw

    (story,) = account["stories"]
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{draw(story, {r["id"]: r for r in account["reports"]})}\n'
