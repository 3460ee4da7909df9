"""Tables of articles (CSV, TSV, JSON lines, Parquet, or what Python holds), a row at a time, whatever their size."""

import codecs
import csv
import io
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

import pyarrow as pa

from stemma.errors import PageError
from stemma.pages.archives import broken
from stemma.pages.meta import NO_COLUMNS, PAIRS, Record, must_have_text, recognised, record_of, wrong_type

Row = tuple[int, Record | str]
"""A row's number (the line it begins on, 1 the first; in Parquet its place) and its record, or what is wrong with it."""

LARGEST_GROUP = 2 << 30
"""The most bytes, unpacked, of the columns that are read of one row group of a Parquet file."""

_NO_VALUE = (ValueError, OverflowError, KeyError, pa.ArrowException)
"""What pyarrow raises for a value that Python does not have; KeyError for a time zone that is none."""

_WIDE = (
    ("utf-32", rb"\xff\xfe\0\0|\0\0\xfe\xff"), ("utf-16", rb"\xff\xfe|\xfe\xff"),
    ("utf-32-le", rb"[^\0]\0\0\0"), ("utf-32-be", rb"\0\0\0[^\0]"),
    ("utf-16-le", rb"[^\0]\0[^\0]\0"), ("utf-16-be", rb"\0[^\0]\0[^\0]"),
)  # fmt: skip
"""How UTF-16 and UTF-32 begin: with a mark, or with the NULs of ASCII signs, as the names of columns and JSON do."""

_ONE_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*\{|\{\s*\n)")
"""How a JSON file begins that is no JSON lines: as a list of objects, or with an object over several lines."""

_SAMPLE = 1 << 20
_AT_A_TIME = 32


def read_rows(stream: IO[bytes], kind: str, named: Mapping[str, str] = NO_COLUMNS) -> Iterator[Row]:
    """Yield each row of a table of the kind csv, tsv, jsonl or parquet; blank lines are passed over.

    `named` says which column holds a field where its name does not. A row without an id has its number as id. Raises
    PageError when the table as a whole cannot be read.
    """
    values: Iterable[tuple[int, Any]]
    if kind == "parquet":
        values = _from_parquet(stream, named)
    elif kind == "jsonl":
        head = _head(stream)
        lines = _text(stream, _wide(head) or "utf-8", None)
        values = _from_one_json(lines) if _ONE_JSON.match(head) else _from_json_lines(lines)
    else:
        values = rows_of_csv(_text(stream, _encoding(_head(stream)), ""), "\t" if kind == "tsv" else None, named)
    return _records(values, named)


def rows_from(table: Any, named: Mapping[str, str] = NO_COLUMNS) -> Iterator[Row]:  # noqa: ANN401
    """Yield each row of a list of mappings, or of what speaks Arrow: tables of pandas, polars, pyarrow and DuckDB."""
    rows: Iterable[Any] = table
    if hasattr(table, "__arrow_c_stream__"):
        reader = pa.RecordBatchReader.from_stream(table)
        wanted = _wanted(reader.schema.names, named)
        rows = (row for batch in reader for row in _rows_of(batch.select([batch.schema.names.index(name) for name in wanted])))
    return _records(enumerate(rows, 1), named)


def is_table(value: object) -> bool:
    """Whether `rows_from` takes a value: it speaks Arrow, or is a list of mappings."""
    return hasattr(value, "__arrow_c_stream__") or (isinstance(value, list) and bool(value) and isinstance(value[0], Mapping))


def json_object(line: str) -> Record | str:
    """Return the object of one JSON line, or what is wrong with it."""
    if BYTE.search(line):
        return NO_UTF8
    try:
        # A byte-order mark stands at the head of what some systems save.
        record = json.loads(line.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        return f"this is no JSON (from character {error.pos + 1} on)."
    except ValueError:
        return "this holds a number of thousands of digits; write it as text."
    except RecursionError:
        return "this JSON is nested too deeply."
    if isinstance(record, list):
        return "this is a list; an object is read from each line, as `jq -c '.[]'` writes them."
    return record if isinstance(record, dict) else "this is no JSON object."


def _records(values: Iterable[tuple[int, Any]], named: Mapping[str, str]) -> Iterator[Row]:
    for number, value in values:
        if isinstance(value, str):
            yield number, value
        elif not isinstance(value, Mapping):
            yield number, f"this is no row, but a {type(value).__name__}."
        else:
            yield number, _record(number, value, named)


def _record(number: int, value: Mapping[str, Any], named: Mapping[str, str]) -> Record | str:
    try:
        record = {"id": number, **record_of(value, named)}
        # An id is printed, which Python does not do with a number of more than 4,300 digits.
        return wrong_type(record) or (record if str(record["id"]) else "the field 'id' is empty.")
    except (RecursionError, ValueError, OverflowError):
        return "this holds values nested too deeply, or a number of thousands of digits; write it as text."


def _text(stream: IO[bytes], encoding: str, newline: str | None) -> Iterator[tuple[int, str]]:
    """Yield the lines of a stream with their numbers; of one that is too long nothing but its first characters."""
    # Python does not keep the broken bytes of a wide encoding.
    errors = "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    lines = io.TextIOWrapper(stream, encoding, errors=errors, newline=newline)
    number = 0
    try:
        while line := lines.readline(LONGEST_ROW + 1):
            number += 1
            yield number, line
            while _is_cut(line):
                line = lines.readline(LONGEST_ROW + 1)
    finally:
        # Whoever opened the stream closes it, and has done so where a run is stopped between two rows.
        if not stream.closed:
            lines.detach()


def _from_json_lines(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, Record | str]]:
    for number, line in lines:
        if line.strip():
            yield number, _too_long() if _is_cut(line) else json_object(line)


def _from_one_json(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, object]]:
    """The articles of a file that is one list, or one object over many lines; it is held whole."""
    parts, size = [], 0
    for _, line in lines:
        parts.append(line)
        size += len(line)
        if size > LONGEST_ROW:
            raise PageError(
                f"the JSON is larger than {LONGEST_ROW >> 20} million characters; `jq -c '.[]'` writes it as JSON lines."
            )
    text = "".join(parts)
    try:
        found = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        where = f" from line {error.lineno} on" if isinstance(error, json.JSONDecodeError) else ""
        raise PageError(f"the file is no JSON{where}.") from error
    if BYTE.search(text):
        raise PageError(NO_UTF8)
    yield from enumerate(found if isinstance(found, list) else [found], 1)


def _is_cut(line: str) -> bool:
    """Whether a row is longer than a row may be, so that this is its beginning."""
    return len(line) > LONGEST_ROW and not line.endswith("\n")


def _from_parquet(stream: IO[bytes], named: Mapping[str, str]) -> Iterator[tuple[int, Record | str]]:
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(stream)
        wanted = _wanted(file.schema_arrow.names, named)
        groups = (file.metadata.row_group(n) for n in range(file.num_row_groups))
        if any(_size(group, wanted) > LARGEST_GROUP for group in groups):
            raise PageError(f"a row group of the Parquet file unpacks to more than {LARGEST_GROUP >> 30} GB; write smaller ones.")
        number = 0
        for batch in file.iter_batches(batch_size=_AT_A_TIME, columns=wanted):
            for row in _rows_of(batch):
                number += 1
                yield number, row
    except (pa.ArrowException, OSError) as error:
        raise PageError(broken("the Parquet file is broken", error)) from error


def _wanted(columns: list[str], named: Mapping[str, str]) -> list[str]:
    """The columns of a table that are read of it; raises PageError where none holds a text."""
    must_have_text(columns, named)
    return sorted({*recognised(columns, named).values(), *({*PAIRS, "location"} & set(columns))})


def _rows_of(batch: pa.RecordBatch) -> list[Record | str]:
    """The rows of a batch, or what is wrong with one: Arrow holds days, zones and bytes that Python has no value for."""
    batch = pa.RecordBatch.from_arrays([_in_microseconds(column) for column in batch.columns], names=batch.schema.names)
    try:
        rows: list[Record | str] = batch.to_pylist()
    except _NO_VALUE:
        rows = [_row_of(batch.slice(n, 1)) for n in range(batch.num_rows)]
    return rows


def _row_of(batch: pa.RecordBatch) -> Record | str:
    row = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            row[name] = column[0].as_py()
        except UnicodeDecodeError:
            return f"the column {name!r} is no UTF-8 text here."
        except _NO_VALUE:
            return f"the column {name!r} holds no moment that can be read ({column.type}): its year or its zone is none."
    return row


def _in_microseconds(column: pa.Array) -> pa.Array:
    """Moments as Python holds them, without what is finer."""
    kind = column.type
    return column.cast(pa.timestamp("us", kind.tz), safe=False) if pa.types.is_timestamp(kind) and kind.unit == "ns" else column


def _size(group: Any, wanted: list[str]) -> int:  # noqa: ANN401 - pyarrow's row group
    columns = (group.column(n) for n in range(group.num_columns))
    return sum(c.total_uncompressed_size for c in columns if c.path_in_schema.split(".")[0] in wanted)


def _head(stream: IO[bytes]) -> bytes:
    return stream.peek(_SAMPLE)[:_SAMPLE] if isinstance(stream, io.BufferedReader) else b""


def _encoding(head: bytes) -> str:
    """The encoding of a CSV file: a wide one, UTF-8, or else what Excel writes in the west."""
    if wide := _wide(head):
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _wide(head: bytes) -> str | None:
    return next((encoding for encoding, begins in _WIDE if re.match(begins, head)), None)


def _too_long() -> str:
    return f"the row is longer than {LONGEST_ROW >> 20} million characters."


LONGEST_ROW = 32 << 20
"""The most characters that a row may have."""
NO_UTF8 = "this is no UTF-8 text; save the file as UTF-8."
BYTE = re.compile("[\udc80-\udcff]")
"""A byte that is no part of a text: it was read with surrogateescape."""

_SEPARATOR = re.compile('"?sep=(.)"?')
"""The line above the columns in which Excel says what parts them."""

_SURE = 8
"""Separators in lines one after the other, each with as many as there are columns to part, that make them rows for sure."""

_HELD = 100
"""Rows one after the other that lack values, after which that is their way."""

Line = tuple[int, str]


def rows_of_csv(
    lines: Iterator[Line], delimiter: str | None, named: Mapping[str, str] = NO_COLUMNS
) -> Iterator[tuple[int, Record | str]]:
    """Yield the rows under a first line that names columns, each with the number of the line it begins on, or what is wrong.

    Raises PageError where there is no such line.
    """
    # The limit is the process's; articles are longer than the 128 KB that it begins with.
    csv.field_size_limit(LONGEST_ROW)
    head = _first_line(lines)
    if said := _SEPARATOR.fullmatch(head.strip()):
        delimiter, head = said[1], _first_line(lines)
    if not head:
        raise PageError("the file is empty: its first line must name the columns.")
    delimiter = delimiter or max(",;\t|", key=lambda sign: _likeness(columns_in(head, sign), named))
    columns = columns_in(head, delimiter)
    must_have_text(columns, named)
    feed = _Lines(lines, delimiter, len(columns))
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    held: list[tuple[int, Record | str]] = []
    doubted = False
    while True:
        feed.row = []
        try:
            values = next(reader, None)
            if values is None:
                break
            doubted = (doubted and len(values) != len(columns)) or feed.has_a_mark_outside(values)
        except csv.Error:
            values, doubted = [], True
        if doubted:
            begin = held[0][0] if held else feed.begin
            yield begin, _misquoted(feed.begin - begin + feed.skip_to_a_row())
            held = []
        elif any(values):
            held.append((feed.begin, _csv_record(columns, values)))
        # A row that lacks values may be the first line of one whose opening mark is missing: the next will show.
        if len(values) >= len(columns) or len(held) >= _HELD:
            yield from held
            held = []
    yield from held


def _first_line(lines: Iterator[Line]) -> str:
    """The next line that is not blank, without a byte-order mark."""
    return next((line for _, said in lines if (line := said.removeprefix("\ufeff")).strip()), "")


def columns_in(head: str, delimiter: str) -> list[str]:
    """Return the names of columns in the first line of a table; none where it is no such line."""
    try:
        return next(csv.reader(head.splitlines()[:1], delimiter=delimiter), [])
    except csv.Error:
        return []


class _Lines(Iterator[str]):
    """The lines of a table as a reader of CSV takes them, of which those of a row that is none can be given back."""

    def __init__(self, lines: Iterator[Line], delimiter: str, columns: int) -> None:
        self._lines, self._back = lines, deque[Line]()
        self._delimiter, self._parted = delimiter, columns - 1
        self._opens = re.compile(rf'(?:[^"]*{re.escape(delimiter)})?"(?!["{re.escape(delimiter)}\r\n]|$)')
        self.row: list[Line] = []

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines)
        self.row.append(line)
        return line[1]

    @property
    def begin(self) -> int:
        return self.row[0][0]

    def has_a_mark_outside(self, values: list[str]) -> bool:
        """Whether a value of the row holds a mark and does not stand in marks itself, as it must but between tabs."""
        marked = [value for value in values if '"' in value] if self._delimiter != "\t" else []
        row = "".join(line for _, line in self.row) if marked else ""
        return any('"' + value.replace('"', '""') + '"' not in row for value in marked)

    def skip_to_a_row(self) -> int:
        """Leave out the line on which a row begins that is none, and all after it that may lie inside a value; return how many.

        Inside a value the next mark closes it; one that opens a value shows that its line is outside. Lines without a mark are,
        too, where so many have as many values as there are columns that no text does.
        """
        first, rest = self.row[0], self.row[1:]
        self._back.extendleft(reversed(rest))
        count, alike = 1, list[Line]()
        self.row = [first]
        for text in self:
            line = self.row.pop()
            opens = self._opens.match(text) is not None
            if opens or self._is_alike(text):
                alike.append(line)
                if opens or len(alike) * self._parted >= _SURE:
                    self._back.extendleft(reversed(alike))
                    return count
            else:
                count += len(alike) + 1
                alike = []
        return count + len(alike)

    def _is_alike(self, line: str) -> bool:
        """Whether a line has as many values as there are columns, and no mark that may close one; no text has tabs."""
        parted = 0 < self._parted == line.count(self._delimiter)
        return parted and (self._delimiter == "\t" or '"' not in line)


def _likeness(columns: list[str], named: Mapping[str, str]) -> tuple[int, int]:
    """How much the first line, cut at a sign, is one of names: by those that are recognised, then by how many there are."""
    return len(recognised(columns, named)), len(columns)


def _csv_record(columns: list[str], values: list[str]) -> Record | str:
    if len(values) > len(columns):
        return "there are more values than columns; put a value that holds the separator in quotes."
    if any(BYTE.search(value) for value in values):
        return NO_UTF8
    return dict(zip(columns, values, strict=False))


def _misquoted(lines: int) -> str:
    lost = "this line was" if lines == 1 else f"{lines} lines from here on, up to where a row surely begins, were"
    return f"a quotation mark in a value is not written twice, or not closed; {lost} not read."
