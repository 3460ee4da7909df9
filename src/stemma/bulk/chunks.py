"""Work in chunks, each whole or not at all: a run that was stopped goes on after the last, and a bad item costs itself alone."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from stemma.errors import ProcessLost

Run = Callable[[list[str], Path], int]
"""Works on some items into a new folder; returns how much of what is told about (pages, reports) that was."""


@dataclass(frozen=True, slots=True)
class Done:
    """How far a stage has come: `done` of `total` by size (bytes, reports), and how many pages or reports were worked on."""

    stage: str
    done: int
    total: int
    count: int


def in_chunks(folder: Path, items: Mapping[str, int], most: int, run: Run) -> Iterator[tuple[int, int]]:
    """Work on those of the items, given with their sizes, that are not done yet; yield the size and the count of each chunk.

    A chunk is as many items as have `most` together. When the engine loses one, its halves are tried, and so on: an item that
    cannot be worked on is kept with the reason.
    """
    folder.mkdir(parents=True, exist_ok=True)
    there = finished(folder)
    waiting: list[str] = []
    size = 0
    for key in [k for k in items if k not in there]:
        if waiting and size + items[key] > most:
            yield size, _work(folder, waiting, run)
            waiting, size = [], 0
        waiting.append(key)
        size += items[key]
    if waiting:
        yield size, _work(folder, waiting, run)


def finished(folder: Path) -> dict[str, str | None]:
    """Return the items that are done: None, or why one was given up."""
    found: dict[str, str | None] = {}
    for mark in sorted(folder.glob("*.json")):
        found |= json.loads(mark.read_text("utf-8"))
    return found


def written(folder: Path) -> list[Path]:
    """Return the folders of the chunks that are whole."""
    return [p for mark in sorted(folder.glob("*.json")) if (p := mark.with_suffix("")).is_dir()]


def put_whole(file: Path, text: str) -> None:
    """Write a text into a file that is whole or not there."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_text(text, "utf-8")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _work(folder: Path, keys: list[str], run: Run) -> int:
    place = next(p for n in count() if not (p := folder / f"{n:05}").with_suffix(".json").exists())
    # What a killed run left of this chunk counts for nothing.
    shutil.rmtree(place, ignore_errors=True)
    found: dict[str, str | None]
    try:
        worked_on, found = run(keys, place), dict.fromkeys(keys)
    except ProcessLost as error:
        shutil.rmtree(place, ignore_errors=True)
        if len(keys) > 1:
            half = len(keys) // 2
            return _work(folder, keys[:half], run) + _work(folder, keys[half:], run)
        worked_on, found = 0, {keys[0]: str(error)}
    except OSError:
        # A full disk keeps nothing half: that room is what the next run begins with.
        shutil.rmtree(place, ignore_errors=True)
        raise
    put_whole(place.with_suffix(".json"), json.dumps(found))
    return worked_on
