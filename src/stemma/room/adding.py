"""Pages that are added while the room is open: read and worked out beside it, with progress that pages can follow."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import pyarrow as pa
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import StreamingResponse

from stemma.engines import Store
from stemma.engines.shared_store import SharedStore
from stemma.errors import StemmaError, UsageError
from stemma.grouped import group_stories
from stemma.pages import Saved, count_pages, is_address, read_pages
from stemma.pipeline import deepen, read_into
from stemma.room.stories import TITLE_SQL
from stemma.room.web import Asked
from stemma.settings import Settings
from stemma.tables import Skipped
from stemma.whole_files import reason_of

_SAID = 50
"""Pages that could not be read that are named one by one."""
_STAGES = {"pages": "reading pages", "account": "working out stories"}
_PAUSE = 0.25
_TITLES_SQL = f"""
SELECT s.story, {TITLE_SQL} AS title
FROM story s JOIN joined j ON j.story = s.story JOIN report r ON r.id = s.report GROUP BY s.story
"""
_SETTINGS = Settings(processes=1, apart=True)


@dataclass(frozen=True)
class State:
    """How far the adding of pages has come; `wrong` is the sentence of an error.

    `stories` are the addresses and titles of those that the reports joined, `skipped` the pages that were no use.
    """

    running: bool = False
    stage: str = ""
    done: int = 0
    total: int = 0
    reports: int | None = None
    stories: tuple[tuple[str, str], ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    left_out: int = 0
    wrong: str = ""


class Adding:
    """What is being added to a store: one lot of pages at a time."""

    def __init__(self, store: SharedStore) -> None:
        self._store = store
        self.state = State()

    def start(self, paths: Sequence[str], folder: "TemporaryDirectory[str] | None" = None) -> None:
        """Begin to add pages; those under `folder` are called as they lie in it. Raises UsageError while others are added."""
        if self.state.running:
            raise UsageError("Pages are being added just now; add more when that has ended.")
        self.state = State(running=True, stage="opening the store")
        Thread(target=self._add, args=(list(paths), folder), daemon=True).start()

    def _add(self, paths: list[str], folder: "TemporaryDirectory[str] | None") -> None:
        seen: set[str] = set()
        try:
            with self._store.writing() as store:
                found = _named(read_pages(paths), folder, seen)
                reports = read_into(store, found, count_pages(paths), _SETTINGS, self._tell)
                self._store.changed()
                deepen(store, group_stories(store), _SETTINGS, self._tell)
                skipped = [(s.location, s.reason) for s in store.read("skipped", {"location": seen})]
                joined = _stories_holding(store, reports)
            told = tuple(skipped[:_SAID])
            self.state = replace(self.state, reports=len(reports), stories=joined, skipped=told, left_out=len(skipped[_SAID:]))
        except StemmaError as error:
            self.state = replace(self.state, wrong=str(error))
        except OSError as error:
            self.state = replace(self.state, wrong=f"This could not be kept: {reason_of(error)}.")
        finally:
            if folder is not None:
                folder.cleanup()
            self.state = replace(self.state, running=False, stage="")

    def _tell(self, stage: str, done: int, total: int) -> None:
        if stage == "account":
            self._store.changed()
        self.state = replace(self.state, stage=_STAGES.get(stage, stage), done=done, total=total)


def add(asked: Asked) -> dict[str, Any]:
    """Tell how far the adding of pages has come."""
    return {"adding": asdict(asked.room.adding.state)}


async def add_pages(asked: Asked, form: FormData) -> str:
    """Begin to add the `pages` that were sent and those at the `addresses`, one a line."""
    addresses = [line.strip() for line in str(form.get("addresses") or "").splitlines() if line.strip()]
    for address in addresses:
        if not is_address(address):
            raise UsageError(f"{address[:200]!r} is no address: it begins with https:// or http://.")
    folder = TemporaryDirectory(prefix="stemma-")
    paths = [await _kept(Path(folder.name), n, u) for n, u in enumerate(form.getlist("pages")) if _is_file(u)]
    if not paths and not addresses:
        folder.cleanup()
        raise UsageError("Choose files, or give addresses, one a line.")
    asked.room.adding.start([*paths, *addresses], folder)
    return "/add"


async def follow(request: Request) -> StreamingResponse:
    """Send how far it has come, as often as that changes, until it has ended."""
    adding: Adding = request.app.state.room.adding

    async def events() -> AsyncIterator[str]:
        before = None
        while not await request.is_disconnected():
            now = adding.state
            if now != before:
                yield f"data: {json.dumps(asdict(now))}\n\n"
                before = now
            if not now.running:
                return
            await asyncio.sleep(_PAUSE)

    return StreamingResponse(events(), media_type="text/event-stream")


def _stories_holding(store: Store, reports: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The address and the title of each story that some of the reports are in, those with most of them first."""
    held = Counter(s.story for s in store.read("story", {"report": set(reports)})).most_common(_SAID)
    rows = store.sql(_TITLES_SQL, {"joined": pa.table({"story": pa.array([s for s, _ in held], pa.string())})}).to_pylist()
    titles = {row["story"]: row["title"] for row in rows}
    return tuple((f"/story/{s}", titles.get(s) or "(no title)") for s, _ in held)


def _named(
    found: Iterator[Saved | Skipped], folder: "TemporaryDirectory[str] | None", seen: set[str]
) -> Iterator[Saved | Skipped]:
    """Pages that were sent are called by their own names, without the folder that they lie in meanwhile; `seen` gets them."""
    above = f"{folder.name}/" if folder is not None else ""
    for page in found:
        location = _without(page.page.location if isinstance(page, Saved) else page.location, above)
        seen.add(location)
        if isinstance(page, Saved):
            yield replace(page, page=replace(page.page, location=location))
        else:
            yield replace(page, location=location)


def _without(location: str, above: str) -> str:
    """A location in the folder of what was sent is the name behind the number of its file."""
    return location.removeprefix(above).split("/", 1)[-1] if above and location.startswith(above) else location


async def _kept(folder: Path, number: int, upload: Any) -> str:  # noqa: ANN401 - what _is_file lets through
    """Write a file that was sent into a folder of its own, under its own name."""
    name = PurePosixPath(str(upload.filename).replace("\\", "/")).name.replace("\0", "") or "page.html"
    place = folder / str(number)
    place.mkdir()
    (place / name).write_bytes(await upload.read())
    return str(place / name)


def _is_file(value: object) -> bool:
    return isinstance(value, UploadFile) and bool(value.filename)
