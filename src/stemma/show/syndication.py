"""Who prints whom as a table in the terminal, as CSV, and as GraphML for programs that draw and measure networks."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from rich import box
from rich.console import Console
from rich.table import Table

from stemma.show.exports import guarded
from stemma.show.wording import one_line

Row = Mapping[str, Any]

_EDGE = {"month": "string", "reports": "int", "credited": "int", "words": "int", "share": "double"}
_SHARES = ("share", "own")


def print_rows(rows: Sequence[Row], columns: Sequence[str], console: Console, nothing: str) -> None:
    """Print rows as a table, without columns that no row fills; where there is no row, the sentence `nothing`."""
    shown = [c for c in columns if any(row[c] not in ("", None) for row in rows)]
    table = Table(box=box.SIMPLE_HEAD)
    for column in shown:
        table.add_column(column, justify="left" if isinstance(rows[0][column], str) else "right")
    for row in rows:
        table.add_row(*(_cell(column, row[column]) for column in shown))
    console.print(table if rows else nothing)


def as_csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """Return rows as CSV with a line of names; what a spreadsheet would run stands behind a quote."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([guarded(row[c]) for c in columns] for row in rows)
    return out.getvalue()


def as_graphml(rows: Sequence[Row]) -> str:
    """Return families as GraphML: a node for each outlet and agency, an edge from each source to the outlet that printed it."""
    kinds = {row["outlet"]: "outlet" for row in rows} | {row["source"]: row["kind"] for row in rows}
    keys = [("node", "name", "string"), ("node", "kind", "string"), *(("edge", name, kind) for name, kind in _EDGE.items())]
    number = {name: f"n{n}" for n, name in enumerate(sorted(kinds))}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>' for of, name, kind in keys]
    lines += ['<graph edgedefault="directed">']
    lines += [f"<node id={quoteattr(number[name])}>{_data(name=name, kind=kinds[name])}</node>" for name in sorted(kinds)]
    for row in rows:
        ends = f'source="{number[row["source"]]}" target="{number[row["outlet"]]}"'
        lines.append(f"<edge {ends}>{_data(**{name: row[name] for name in _EDGE})}</edge>")
    return "\n".join([*lines, "</graph>", "</graphml>", ""])


def _data(**values: Any) -> str:  # noqa: ANN401
    return "".join(f'<data key="{key}">{escape(one_line(str(value)))}</data>' for key, value in values.items())


def _cell(column: str, value: Any) -> str:  # noqa: ANN401
    if column in _SHARES:
        return f"{value:.0%}"
    return one_line(value) if isinstance(value, str) else f"{value:,}"
