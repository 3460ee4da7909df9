"""The tables as Arrow: schemas derived from the dataclasses of tables.py, rows there and back."""

import dataclasses
import types
import typing
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from stemma.tables import TABLES, Evidence, Span

_SPAN = pa.struct([pa.field("start", pa.int64()), pa.field("end", pa.int64())])
_EVIDENCE = pa.struct([pa.field("report", pa.string()), pa.field("start", pa.int64()), pa.field("end", pa.int64())])
_ARROW: dict[Any, pa.DataType] = {
    str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), bytes: pa.binary(), Span: _SPAN,
    tuple[str, ...]: pa.list_(pa.string()), tuple[Span, ...]: pa.list_(_SPAN),
    tuple[Evidence, ...]: pa.list_(_EVIDENCE),
}  # fmt: skip


def schema(table: str) -> pa.Schema:
    """Return the Arrow schema of a table, derived from its dataclass."""
    return pa.schema([_field(name, hint) for name, hint in _columns(TABLES[table]).items()])


def to_arrow(table: str, rows: Iterable[Any]) -> pa.Table:
    """Return the rows of one table as an Arrow table with that table's schema."""
    return pa.Table.from_pylist([as_dict(r) for r in rows], schema=schema(table))


def as_dict(row: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a row as Arrow takes it: the value of each column, with spans as structs."""
    return {column: _plain(getattr(row, column)) for column in row.__slots__}


def from_arrow(table: str, data: pa.Table) -> list[Any]:
    """Return an Arrow table's rows as the table's dataclass."""
    row = TABLES[table]
    hints = _columns(row)
    return [row(**{name: _typed(value, hints[name]) for name, value in r.items()}) for r in data.to_pylist()]


def _columns(row: type[Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(row)
    return {f.name: hints[f.name] for f in dataclasses.fields(row)}


def _field(name: str, hint: Any) -> pa.Field:  # noqa: ANN401
    bare, nullable = _bare(hint)
    return pa.field(name, _ARROW[bare], nullable)


def _bare(hint: Any) -> tuple[Any, bool]:  # noqa: ANN401
    if isinstance(hint, types.UnionType):
        return next(a for a in typing.get_args(hint) if a is not type(None)), True
    return hint, False


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Spans travel as structs, because Arrow and SQL have no fixed tuples."""
    if isinstance(value, Evidence):
        return {"report": value.report, "start": value.start, "end": value.end}
    if isinstance(value, tuple):
        if len(value) == 2 and isinstance(value[0], int):
            return {"start": value[0], "end": value[1]}
        return [_plain(v) for v in value]
    return value


def _typed(value: Any, hint: Any) -> Any:  # noqa: ANN401
    bare, _ = _bare(hint)
    if value is None:
        return None
    if bare == Span:
        return (value["start"], value["end"])
    if bare == tuple[Span, ...]:
        return tuple((v["start"], v["end"]) for v in value)
    if bare == tuple[Evidence, ...]:
        return tuple(Evidence(**v) for v in value)
    return tuple(value) if isinstance(value, list) else value
