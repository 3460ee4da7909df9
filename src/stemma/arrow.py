"""The tables as Arrow: schemas derived from the dataclasses of tables.py, rows there and back."""

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from operator import attrgetter, itemgetter
from typing import Any

import pyarrow as pa

from stemma.tables import TABLES, Header, Role, Span

Hint = Any
"""The annotation of a column: a scalar, a pair, a dataclass, or a tuple of any number of one of these."""

_SCALARS: dict[Hint, pa.DataType] = {
    str: pa.string(), Role: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), bytes: pa.binary(),
}  # fmt: skip
_PAIRS: dict[Hint, tuple[str, str]] = {Span: ("start", "end"), tuple[float, str]: ("value", "unit"), Header: ("name", "value")}
"""Tuples of two that travel as structs, because Arrow and SQL have no fixed tuples: the names of their parts."""


def schema(table: str | type[Any]) -> pa.Schema:
    """Return the Arrow schema of a table, or of rows of a class like those of tables.py, derived from the dataclass."""
    return pa.schema(_fields(_columns(TABLES[table] if isinstance(table, str) else table)))


def to_arrow(table: str | type[Any], rows: Iterable[Any]) -> pa.Table:
    """Return the rows of one table, or of one class, as an Arrow table with the schema of that."""
    held, columns = list(rows), _columns(TABLES[table] if isinstance(table, str) else table)
    # Column by column: a story of hundreds of reports has a hundred thousand alignments.
    arrays = [_array(list(map(attrgetter(name), held)), hint) for name, (hint, _) in columns.items()]
    return pa.Table.from_arrays(arrays, schema=schema(table))


def _array(values: list[Any], hint: Hint) -> pa.Array:
    if hint in _SCALARS:
        return pa.array(values, _SCALARS[hint])
    nothing = [value is None for value in values]
    if hint in _PAIRS or dataclasses.is_dataclass(hint):
        inner = [_array([None if v is None else get(v) for v in values], part) for part, get in _parts(hint)]
        return pa.StructArray.from_arrays(inner, fields=list(_type(hint)), mask=pa.array(nothing, pa.bool_()))
    ends = list(accumulate((len(v or ()) for v in values), initial=0))
    flat = _array([one for v in values for one in v or ()], typing.get_args(hint)[0])
    starts = [None if nothing[n] else ends[n] for n in range(len(values))]
    return pa.ListArray.from_arrays(pa.array([*starts, ends[-1]], pa.int32()), flat, type=_type(hint))


@cache
def _parts(hint: Hint) -> list[tuple[Hint, Callable[[Any], Any]]]:
    """The annotation of each part of a struct, and what gives the part."""
    if hint in _PAIRS:
        return [(part, itemgetter(n)) for n, part in enumerate(typing.get_args(hint))]
    return [(part, attrgetter(name)) for name, (part, _) in _columns(hint).items()]


def as_dict(row: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a row as Arrow takes it: the value of each column, structs as dictionaries."""
    values = ((name, plain, getattr(row, name)) for name, plain in _plains(row.__class__))
    return {name: value if value is None or plain is None else plain(value) for name, plain, value in values}


@cache
def _plains(row: type[Any]) -> list[tuple[str, Callable[[Any], Any] | None]]:
    # Looked up by the class of the row: the hash of an annotation takes longer than all else here.
    return [(name, _plain(hint)) for name, (hint, _) in _columns(row).items()]


def from_arrow(table: str, data: pa.Table) -> list[Any]:
    """Return an Arrow table's rows as the table's dataclass."""
    row = TABLES[table]
    # Column by column: a story of hundreds of reports has a hundred thousand alignments.
    columns = [_values(data.column(name), hint) for name, (hint, _) in _columns(row).items()]
    return [row(*values) for values in zip(*columns, strict=True)]


def _values(column: pa.ChunkedArray | pa.Array, hint: Hint) -> list[Any]:
    if _SCALARS.get(hint) == pa.string():
        return [text for part in (column.chunks if isinstance(column, pa.ChunkedArray) else [column]) for text in _texts(part)]
    values: list[Any] = column.to_pylist()
    if hint in _SCALARS:
        return values
    made = _maker(hint)
    return [None if value is None else made(value) for value in values]


def tagged_schema(tables: Iterable[str], *keys: str) -> pa.Schema:
    """Return the schema of rows of several tables in one: the columns `keys`, and one struct a table, null but for its own rows.

    `kind` is the name of the table.
    """
    plain = [pa.field(name, pa.string()) for name in (*keys, "kind")]
    return pa.schema([*plain, *(pa.field(t, pa.struct([pa.field(f.name, f.type) for f in schema(t)])) for t in tables)])


def tagged(schema: pa.Schema, rows: Mapping[str, Sequence[Any]], **keys: str | None) -> list[dict[str, Any]]:
    """Return rows, by table, as `schema` (a `tagged_schema`) takes them, with the same `keys` in each.

    Of rows with equal keys of their table the first stays, as in a store.
    """
    return [{**keys, "kind": t, t: as_dict(row)} for t in schema.names if t in rows for row in first_by_key(t, rows[t])]


def first_by_key(table: str, rows: Sequence[Any]) -> Iterable[Any]:
    """Return the first of the rows of a table with each key."""
    key = attrgetter(*TABLES[table].key)
    return reversed({key(row): row for row in reversed(rows)}.values())


def _columns(row: type[Any]) -> dict[str, tuple[Hint, bool]]:
    """The annotation of each column without "or None", and whether it may be null."""
    if row not in _known:
        hints = typing.get_type_hints(row)
        _known[row] = {f.name: _bare(hints[f.name]) for f in dataclasses.fields(row)}
    return _known[row]


_known: dict[type[Any], dict[str, tuple[Hint, bool]]] = {}


def _bare(hint: Hint) -> tuple[Hint, bool]:
    if isinstance(hint, types.UnionType):
        return next(a for a in typing.get_args(hint) if a is not type(None)), True
    return hint, False


def _fields(columns: Mapping[str, tuple[Hint, bool]]) -> list[pa.Field]:
    return [pa.field(name, _type(hint), nullable) for name, (hint, nullable) in columns.items()]


def _type(hint: Hint) -> pa.DataType:
    if hint in _SCALARS:
        return _SCALARS[hint]
    if hint in _PAIRS:
        return pa.struct([pa.field(n, _type(part)) for n, part in zip(_PAIRS[hint], typing.get_args(hint), strict=True)])
    if dataclasses.is_dataclass(hint):
        # Inside a struct that is null everything is.
        return pa.struct([pa.field(f.name, f.type) for f in _fields(_columns(typing.cast(type[Any], hint)))])
    return pa.list_(_type(typing.get_args(hint)[0]))


def _plain(hint: Hint) -> Callable[[Any], Any] | None:
    """What makes a value as Arrow takes it of one that is not null; None where it is so already."""
    if hint in _SCALARS:
        return None
    if hint in _PAIRS:
        return lambda value: dict(zip(_PAIRS[hint], value, strict=True))
    if dataclasses.is_dataclass(hint):
        return as_dict
    plain = _plain(typing.get_args(hint)[0])
    return list if plain is None else lambda value: [plain(one) for one in value]


def _texts(column: pa.StringArray) -> Iterator[str | None]:
    """The texts of a column: an id, a kind or a reason is one in memory, in however many rows it stands."""
    known: dict[str | None, str | None] = {}
    return (known.setdefault(text, text) for text in column.to_pylist())


@cache
def _maker(hint: Hint) -> Callable[[Any], Any]:
    """What makes a value of such a column, which is not null, from what Arrow gives."""
    if hint in _PAIRS:
        return itemgetter(*_PAIRS[hint])
    if dataclasses.is_dataclass(hint):
        row = typing.cast(type[Any], hint)
        columns = [(name, None if hint in _SCALARS else _maker(hint)) for name, (hint, _) in _columns(row).items()]
        return lambda told: row(*(v if v is None or make is None else make(v) for v, make in ((told[n], m) for n, m in columns)))
    part = typing.get_args(hint)[0]
    return tuple if part in _SCALARS else lambda told: tuple(map(_maker(part), told))
