"""JSON lines in, JSON lines out: streamed, in input order, on all cores, and a bad line stops nothing."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from stemma.errors import StemmaError
from stemma.processes import in_order

Work = Callable[[dict[str, Any]], dict[str, Any] | list[dict[str, Any]]]
"""What is made of one line: an object, or several, each a line of its own."""

CHUNK = 8
"""Lines that one process works on at a time: enough to pay for sending them."""

_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Done:
    """One line's result as JSON text (a line an object), or what is wrong with it."""

    line: int
    text: str | None
    error: str | None


def run_lines(lines: Iterable[str], work: Work) -> Iterator[Done]:
    """Yield what `work` makes of each JSON line, in order; `work` must be a module's function."""
    for _, done in in_order(partial(_work_on, work), _chunks(lines)):
        yield from done


def read_records(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Yield each line's number and its JSON object, or what is wrong with it; blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _object(line)


def why_no_article(record: Mapping[str, Any], first: Mapping[str, int]) -> str | None:
    """Return why a record is no article with an id of its own, or None; `first` is the line of each id that was read."""
    key = record.get("id")
    if not isinstance(key, str | int) or isinstance(key, bool):
        return "the record has no 'id' that is text or a whole number."
    if not isinstance(record.get("text"), str):
        return "the record has no 'text'."
    bad = [n for n in ("title", "published", "language") if not isinstance(record.get(n), str | None)]
    if bad:
        return f"the field {bad[0]!r} must be text."
    if str(key) in first:
        return f"the id {str(key)!r} stands on line {first[str(key)]} already; this line is left out. Give it an id of its own."
    return None


def _object(line: str) -> dict[str, Any] | str:
    try:
        # A byte-order mark stands at the head of what some systems save.
        record = json.loads(line.removeprefix("\ufeff"))
    except ValueError as error:
        return f"this is no JSON: {error}"
    except RecursionError:
        return "this JSON is nested too deeply."
    if not isinstance(record, dict):
        return "this is no JSON object."
    return _without_halves(record) if _ESCAPED_HALF.search(line) else record


def _without_halves(record: dict[str, Any]) -> dict[str, Any]:
    """Half of a surrogate pair is no character, and no library takes it; one sign in its place keeps all offsets."""
    whole: dict[str, Any] = json.loads(_HALF.sub("\ufffd", json.dumps(record, ensure_ascii=False)))
    return whole


def _chunks(lines: Iterable[str]) -> Iterator[list[tuple[int, str]]]:
    chunk: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            chunk.append((number, line))
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _work_on(work: Work, chunk: list[tuple[int, str]]) -> list[Done]:
    return [_one(work, number, line) for number, line in chunk]


def _one(work: Work, number: int, line: str) -> Done:
    record = _object(line)
    if isinstance(record, str):
        return Done(number, None, record)
    try:
        made = work(record)
        objects = made if isinstance(made, list) else [made]
        return Done(number, "\n".join(json.dumps(one, ensure_ascii=False) for one in objects), None)
    except StemmaError as error:
        return Done(number, None, str(error))
    except Exception as error:  # noqa: BLE001 - the boundary: one bad line must not stop the rest, and it is said
        return Done(number, None, f"this line could not be worked on ({type(error).__name__}: {error}).")
