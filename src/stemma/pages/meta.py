"""What saved pages do not carry (address, outlet, dates), given in a meta file; which column of a table says what."""

import csv
import io
import json
import math
import re
import reprlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from stemma.errors import PageError, UsageError
from stemma.text.data import rows
from stemma.text.moments import read_moment
from stemma.whole_files import reason_of


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What is known of a saved page from outside; it overrules what the page prints. A meta file's dates are ISO 8601."""

    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    retrieved: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = None


COLUMNS = ("file", *(f.name for f in fields(PageMeta)))


def read_meta(path: str | Path) -> dict[str, PageMeta]:
    """Return the rows of a .csv or .jsonl meta file by their `file` column (a file's name or path).

    Raises UsageError, with the line, on a file that cannot be read, an unknown column, a row without `file`, a value
    that is no text, or two rows that say different things of one file.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: the meta file is not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        raise UsageError(f"{file}: the meta file cannot be read ({reason_of(error)}).") from error
    rows = _from_jsonl(file, text) if file.suffix.lower() in (".jsonl", ".ndjson") else _from_csv(file, text)
    found: dict[str, PageMeta] = {}
    for line, row in rows:
        name, meta = _checked(file, line, row)
        if found.setdefault(name, meta) != meta:
            raise UsageError(f"{file}, line {line}: a second row for {name!r} says something else.")
    return found


def meta_of(location: str, meta: Mapping[str, PageMeta]) -> PageMeta:
    """Return what the meta file says of a location: under itself, or under the longest ending of it that is a key."""
    key = key_of(location, meta)
    return PageMeta() if key is None else meta[key]


def key_of(location: str, meta: Mapping[str, PageMeta]) -> str | None:
    """Return which of the meta file's names is that of a location, or None."""
    parts = PurePosixPath(location.replace("\\", "/").replace("!/", "/")).parts
    endings = ("/".join(parts[start:]).removeprefix("//") for start in range(len(parts)))
    for key in (location, *endings):
        for name in (key, key.removesuffix(".gz")):
            if name in meta:
                return name
    return None


def _from_csv(file: Path, text: str) -> Iterator[tuple[int, dict[str, object]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if "file" not in (reader.fieldnames or ()):
            raise UsageError(f"{file}, line 1: the first line must name the columns: {', '.join(COLUMNS)}.")
        for row in reader:
            if None in row:
                raise UsageError(f"{file}, line {reader.line_num}: more values than columns; put a value with a comma in quotes.")
            yield reader.line_num, dict(row)
    except csv.Error as error:
        where = f"{file}, line {reader.reader.line_num}"
        raise UsageError(f"{where}: not readable as CSV; is a quotation mark missing, or one too many?") from error


def _from_jsonl(file: Path, text: str) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            where = f" from character {error.pos + 1} on" if isinstance(error, json.JSONDecodeError) else ""
            raise UsageError(f"{file}, line {number}: not readable as JSON{where}.") from error
        if not isinstance(row, dict):
            raise UsageError(f"{file}, line {number}: each line must be an object with the fields {', '.join(COLUMNS)}.")
        yield number, row


def _checked(file: Path, line: int, row: Mapping[str, object]) -> tuple[str, PageMeta]:
    for column, value in row.items():
        if column not in COLUMNS:
            raise UsageError(f"{file}, line {line}: unknown column {column!r}; the columns are {', '.join(COLUMNS)}.")
        if value is not None and not isinstance(value, str):
            raise UsageError(f"{file}, line {line}: {column} must be text, not {reprlib.repr(value)}.")
    values = {column: without_halves(str(value or "")).strip() or None for column, value in row.items()}
    name = values.pop("file", None)
    if name is None:
        raise UsageError(f"{file}, line {line}: the column 'file' is empty; it names the page that the row is about.")
    for column in ("published", "retrieved"):
        if values.get(column) and not read_moment(values[column]):
            raise UsageError(f"{file}, line {line}: {column} must be a date such as 2024-04-03, not {values[column]!r}.")
    name = name.replace("\\", "/").removeprefix("./")
    return name, PageMeta(**values)


Record = dict[str, Any]
"""A row of a table: the fields of `FIELDS` that it has under their own names, those of `PAIRS`, and `location`."""

NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
FIELDS = ("id", "url", "outlet", "published", "retrieved", "title", "byline", "language", "text", "html")
PAIRS = ("a_text", "b_text", "a_published", "b_published")
"""What a row of two texts has (`stemma compare --pairs`)."""

_HALF = re.compile("[\ud800-\udfff]")
_TEXTS = (*FIELDS[1:], "location", *PAIRS)
_KINDS = {bool: "true or false", int | float | Decimal: "a number", list: "a list", Mapping: "an object"}


def columns_from(option: str | None) -> dict[str, str]:
    """Return "text=maintext,outlet=paper" as a mapping from field to column; raises UsageError."""
    found = {}
    for part in option.split(",") if option else ():
        field, equals, column = (piece.strip() for piece in part.partition("="))
        if not equals or not column or field not in FIELDS:
            raise UsageError(f"--columns takes field=column, with commas between, not {part!r}; the fields: {', '.join(FIELDS)}.")
        found[field] = column
    return found


def recognised(columns: Iterable[str], named: Mapping[str, str] = NO_COLUMNS) -> dict[str, str]:
    """Return which of a table's columns holds each field; `named` goes before what is recognised."""
    return dict(_recognised(tuple(columns), tuple(named.items())))


@lru_cache(maxsize=256)
def _recognised(columns: tuple[str, ...], named: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    given = {field: column for field, column in named if column in columns}
    # Of two columns that fold alike the first counts.
    folded = {_folded(column): column for column in reversed(columns) if column not in given.values()}
    known = {field: next((folded[name] for name in names if name in folded), None) for field, names in _names().items()}
    return tuple((field, column) for field, column in {**known, **given}.items() if column is not None)


def record_of(values: Mapping[str, Any], named: Mapping[str, str] = NO_COLUMNS) -> Record:
    """Return a row's values by field; what is not a number, and empty text, counts as missing."""
    columns = recognised((name for name in values if isinstance(name, str)), named)
    taken = set(columns.values())
    found = {column: values[column] for column in (*PAIRS, "location") if column in values and column not in taken}
    for field, column in columns.items():
        value = _plain(field, values[column])
        if value is not None:
            found[field] = value
    return {name: without_halves(value) if isinstance(value, str) else value for name, value in found.items()}


def without_halves(text: str) -> str:
    """Return a text with a sign in the place of each half of a surrogate pair: no library takes one, and all offsets stay."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def wrong_type(record: Mapping[str, Any]) -> str | None:
    """Return what is wrong with the values of a row, in a sentence, or None."""
    for name in _TEXTS:
        value = record.get(name)
        if not isinstance(value, str | None):
            return f"the field '{name}' must be text, and is {_said(value)}."
    if not isinstance(record.get("id", ""), str | int) or isinstance(record.get("id"), bool):
        return f"the field 'id' must be text or a whole number, and is {_said(record['id'])}."
    return None


def must_have_text(columns: Iterable[str], named: Mapping[str, str]) -> None:
    """Raise PageError where no column of a table holds a text, or one that was named is not there."""
    names = list(columns)
    if not names:
        raise PageError("the table has no columns.")
    fields = recognised(names, named)
    if absent := [column for column in named.values() if column not in names]:
        raise PageError(f"the table has no column {absent[0]!r}; its columns are {_listed(names)}.")
    if "file" in names and not {"text", "html"} & fields.keys():
        raise PageError("the table says something of files; give it with --meta.")
    if not {"text", "html", "a_text"} & {*fields, *names}:
        raise PageError(
            f"no column of the table is called text or html (but {_listed(names)}); name it with --columns text=NAME."
        )


def _listed(names: list[str]) -> str:
    return ", ".join(repr(n[:40]) for n in names[:12]) + (" and more" if len(names) > 12 else "")


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    return {field: tuple(names.split()) for field, names in rows("pages", "columns.tsv")}


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _plain(field: str, value: Any) -> Any:  # noqa: ANN401 - what a table holds
    """A value as text where tables write it otherwise: dates, a publisher with its name, several authors, ids as floats."""
    if value is None or (isinstance(value, float) and math.isnan(value)) or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if field == "id" and isinstance(value, float | Decimal) and math.isfinite(value) and value == int(value):
        return int(value)
    if field in ("published", "retrieved") and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if field in ("outlet", "byline") and isinstance(value, Mapping):
        return value.get("name")
    if field == "byline" and isinstance(value, list):
        names = (one.get("name") if isinstance(one, Mapping) else one for one in value)
        return ", ".join(name for name in names if isinstance(name, str) and name.strip()) or None
    return value


def _said(value: Any) -> str:  # noqa: ANN401
    shown = reprlib.repr(value) if isinstance(value, list | Mapping) else str(value)
    kind = next((said for kind, said in _KINDS.items() if isinstance(value, kind)), type(value).__name__)
    return f"{kind} ({shown if len(shown) <= 40 else shown[:37] + '...'})"
