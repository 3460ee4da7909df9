"""A corpus of marked attributions: JSON lines of `id`, `text` and `attributions`, checked before anything is learnt."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stemma.errors import UsageError
from stemma.tables import Span

_FIELDS = (("text", str), ("attributions", list))
_PARTS = ("source", "cue", "content")
_EDGE = " \n\t\r.,;:!?\"“”'‘’`"


@dataclass(frozen=True)
class Marked:
    """One attribution that a person marked: spans of its cue and its content, without marks and blanks at their ends."""

    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True)
class Document:
    """One article with what was marked in it."""

    text: str
    attributions: tuple[Marked, ...]


def read_corpus(path: Path) -> tuple[list[Document], str]:
    """Return a corpus' documents and the file's SHA-256; raises UsageError that names the line that is wrong."""
    if not path.is_file():
        raise UsageError(f"There is no corpus {path}.")
    data = path.read_bytes()
    documents = [_document(path, number, line) for number, line in _lines(path, data)]
    if not documents:
        raise UsageError(f"The corpus {path} is empty.")
    return documents, hashlib.sha256(data).hexdigest()


def _lines(path: Path, data: bytes) -> Iterator[tuple[int, str]]:
    try:
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise UsageError(f"The corpus {path} cannot be read: it must be JSON lines in UTF-8, or those as .gz.") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def _document(path: Path, number: int, line: str) -> Document:
    where = f"{path}, line {number}"
    try:
        row = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{where}: this is no JSON.") from error
    for name, kind in _FIELDS:
        if not isinstance(row, dict) or not isinstance(row.get(name), kind):
            raise UsageError(
                f"{where}: it has no {name!r}. A line is {{'id', 'text', 'attributions': [{{'source', 'cue', 'content'}}]}}, "
                "each of the three a list of [start, end) in characters of the text."
            )
    found = [_marked(where, row["text"], a) for a in row["attributions"]]
    return Document(row["text"], tuple(a for a in found if a.content))


def _marked(where: str, text: str, row: Any) -> Marked:  # noqa: ANN401 - whatever the JSON holds
    if not isinstance(row, dict) or "content" not in row:
        raise UsageError(f"{where}: an attribution has no 'content'.")
    spans = {part: _spans(where, part, text, row.get(part) or []) for part in _PARTS}
    return Marked(spans["cue"], tuple(s for span in spans["content"] if (s := _tidy(text, span)) is not None))


def _spans(where: str, part: str, text: str, rows: Any) -> tuple[Span, ...]:  # noqa: ANN401
    try:
        spans = sorted((int(start), int(end)) for start, end in rows)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{where}: {part!r} must be a list of [start, end].") from error
    if any(not 0 <= start <= end <= len(text) for start, end in spans):
        raise UsageError(f"{where}: {part!r} has offsets outside the text of {len(text)} characters.")
    return tuple(spans)


def _tidy(text: str, span: Span) -> Span | None:
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return (start, end) if end > start else None
