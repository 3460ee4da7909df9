"""The meta file: what saved pages do not carry (address, outlet, dates), given by the person who saved them."""

import csv
import io
import json
import reprlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath

from stemma.errors import UsageError
from stemma.pages.columns import without_halves
from stemma.text.moments import read_moment


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
        raise UsageError(f"{file}: the meta file cannot be read ({error.strerror or error}).") from error
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
        raise UsageError(f"{file}, line {reader.line_num}: not readable as CSV ({error}).") from error


def _from_jsonl(file: Path, text: str) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{file}, line {number}: not readable as JSON ({error}).") from error
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
