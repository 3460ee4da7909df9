"""Times and sizes of the room's pages: a story of 10, 30 and 300 reports, and a store of 10,000 stories.

The reports are those of an invented story of tests/stories, cut and mixed by a fixed chance, each of an outlet of its own; the
10,000 stories are written into the store as rows. First: what the first request takes, and how much of it the processor, as the
clock of a busy machine tells little. Then: the slowest of five more. Paint: the first in Chromium over loopback since it asked
for the page, by its paint timing, the middle of five; none without Chromium. Opened first: that of the page that is opened
first, once with what `stemma serve` reads ahead, and once with nothing read.

Run: .venv/bin/python bench/room.py [FOLDER], where a folder keeps the stores for the next run.
"""

import csv
import random
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from threading import Thread

import uvicorn
from playwright.sync_api import sync_playwright
from starlette.applications import Starlette
from starlette.testclient import TestClient

from stemma.corpus import read
from stemma.engines import open_store
from stemma.engines.shared_store import SharedStore
from stemma.pages import Saved, read_pages
from stemma.reports import read_page
from stemma.room.adding import Adding
from stemma.room.app import prepare, room_app
from stemma.room.web import Room
from stemma.tables import Evidence, Finding, OriginCount, Report, Story

STORY = Path(__file__).parents[1] / "tests/stories/harbour_fire/pages"
SIZES = (10, 30, 300)
STORIES = 10_000
_KINDS = ("uncredited copy", "altered quotation", "dropped caveat", "figure conflict", "single source")
_PAINT = "performance.getEntriesByName('first-contentful-paint')"
_SEVERITIES = ("high", "medium", "low")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    folder.mkdir(exist_ok=True)
    for size in SIZES:
        db = folder / f"reports{size}.duckdb"
        if not db.exists():
            mixed_pages(folder / f"pages{size}", size)
            pages = sorted((folder / f"pages{size}").glob("*.txt"))
            read(pages, meta=folder / f"pages{size}/meta.csv", db=db, one_story=True).close()
        measure(f"{size} reports", db, of_one_story)
    db = folder / "stories.duckdb"
    if not db.exists():
        many_stories(db)
    measure(f"{STORIES:,} stories", db, of_many)


def measure(title: str, db: Path, addresses: Callable[[TestClient], list[tuple[str, str]]]) -> None:
    """Print what each page takes and how large it is; the room has read nothing but the list of stories before the first."""
    print(f"\n{title}")
    with TestClient(fresh_room(db), base_url="http://127.0.0.1") as room:
        asked = addresses(room)
    for ahead in (True, False):
        app = fresh_room(db)
        if ahead:
            prepare(app.state.room)
        with painting(app) as paint:
            opened = f"opened first{'' if ahead else ', nothing read ahead'}: {asked[1][0]}"
            print(f"  {opened:60}{paint(asked[1][1], 1)}", flush=True)
    app = fresh_room(db)
    with TestClient(app, base_url="http://127.0.0.1") as room, painting(app) as paint:
        room.get("/stories.json")
        for name, path in asked[1:] + asked[:1]:
            told = [took(room, path) for _ in range(6)]
            (wall, cpu), again = told[0][:2], max(t[0] for t in told[1:])
            line = f"first {wall:7.0f} ms ({cpu:5.0f} of processor)  then {again:6.0f} ms  {told[0][2] / 1000:7.1f} KB"
            print(f"  {name:26} {line}{paint(path, 5)}", flush=True)


def fresh_room(db: Path) -> Starlette:
    """A room that has read nothing of its store yet."""
    store = SharedStore(db)
    return room_app(Room(store, Adding(store), reader="bench"))


def took(room: TestClient, path: str) -> tuple[float, float, int]:
    """Return the milliseconds that a page took, those of the processor, and its bytes."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = room.get(path)
    spent = 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)
    assert answer.status_code == 200, (path, answer.text[:300])
    return *spent, len(answer.content)


@contextmanager
def painting(app: Starlette) -> Iterator[Callable[[str, int], str]]:
    """Serve the room on a port, and lend what tells the first paint of one of its pages: the middle of so many."""
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if not chromium:
        yield lambda _, __: ""
        return
    with socket.create_server(("127.0.0.1", 0)) as listener, sync_playwright() as playwright:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(bypass_csp=True)

        def paint(path: str, times: int) -> str:
            seen = []
            for _ in range(times):
                page.goto(f"http://127.0.0.1:{listener.getsockname()[1]}{path}")
                page.wait_for_function(f"{_PAINT}.length")
                seen.append(page.evaluate(f"{_PAINT}[0].startTime"))
            return f"  paint {sorted(seen)[times // 2]:5.0f} ms"

        yield paint
        browser.close()
        server.should_exit = True
        thread.join()


def of_one_story(room: TestClient) -> list[tuple[str, str]]:
    """One page of each kind."""
    story = room.get("/stories.json").json()["stories"][0]["href"]
    told = room.get(f"{story}.json").json()
    parts = ["findings", "claims", "sources", "witnesses", "report/A", "side-by-side?r=A&r=B&r=C&r=D", "variants?r=A", "matrix",
             "matrix?by=origins"]  # fmt: skip
    first = [told[name]["rows"][0]["href"] for name in ("findings", "claims", "sources") if told[name]["rows"]]
    rooms = [("stories", "/"), ("story", story), *((part, f"{story}/{part}") for part in parts)]
    return [*rooms, *(("/".join(href.split("/")[3:4]) or "source", href) for href in first)]


def of_many(_room: TestClient) -> list[tuple[str, str]]:
    """The list of stories, found and sorted in several ways."""
    asked = [
        "",
        "?sort=gravest",
        "?sort=copied&page=150",
        "?q=harbour+minister",
        "?outlet=Outlet+7&since=2024-03-01",
        "?kind=figure+conflict",
    ]
    return [(f"stories{a}", f"/{a}") for a in asked]


def mixed_pages(folder: Path, count: int) -> None:
    """Write reports that are cut and mixed from those of the invented story."""
    folder.mkdir(exist_ok=True)
    chance = random.Random(7)
    texts = [paragraphs(saved) for saved in read_pages([str(STORY)]) if isinstance(saved, Saved)]
    rows = []
    for n in range(count):
        whole = texts[n % len(texts)]
        kept = [p for p in whole[1:] if chance.random() < 0.8] or whole[1:]
        (folder / f"{n:03}.txt").write_text("\n\n".join([f"{whole[0]} {n}", *kept]) + "\n", "utf-8")
        rows.append(
            (
                f"{n:03}.txt",
                f"https://outlet{n}.example/{n}",
                f"Outlet {n}",
                f"2023-10-17T{5 + n // 60 % 18:02}:{n % 60:02}+00:00",
            )
        )
    with (folder / "meta.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("file", "url", "outlet", "published"), *rows])


def paragraphs(saved: Saved) -> list[str]:
    """The title and the paragraphs of a page's report."""
    report, blocks = read_page(saved)[0]
    title = report.title or "Without a title"
    return [title, *(report.text[b.start : b.end] for b in blocks if b.role in ("paragraph", "quote"))]


def many_stories(db: Path) -> None:
    """Write a store of three reports a story, with a count of origins and findings, and nothing else."""
    chance = random.Random(7)
    words = [
        "harbour",
        "minister",
        "fire",
        "ferry",
        "port",
        "strike",
        "flood",
        "bridge",
        "court",
        "vote",
        "storm",
        "price",
        "union",
        "water",
        "rail",
        "school",
        "mine",
        "dam",
    ]
    reports: list[Report] = []
    stories: list[Story] = []
    for n in range(STORIES):
        for m in range(3):
            text = " ".join(chance.choices(words, k=300)).capitalize() + "."
            day = f"2024-{1 + n % 12:02}-{1 + m + n % 25:02}T{n % 24:02}:00+00:00"
            reports.append(_report(f"{n:06}{m}", f"Outlet {(n + m) % 400}", f"{text[:40]} {n}", day, text))
            stories.append(Story(f"{n:06}0", f"{n:06}{m}"))
    store = open_store(db)
    try:
        store.write({
            "report": reports, "story": stories,
            "origin_count": [OriginCount(f"{n:06}0", 1, 1 + n % 3, 3) for n in range(STORIES)],
            "finding": [_finding(n, chance) for n in range(0, STORIES, 2)],
        })  # fmt: skip
    finally:
        store.close()


def _report(key: str, outlet: str, title: str, published: str, text: str) -> Report:
    return Report(key, key, f"{key}.txt", None, None, key, outlet, title, published, None, (), None, (), None, "en", text, ())


def _finding(n: int, chance: random.Random) -> Finding:
    key = f"{n:06}0"
    return Finding(
        key, f"f{key}", chance.choice(_KINDS), chance.choice(_SEVERITIES), "Made up.", (key,), None, (Evidence(key, 0, 9),)
    )


if __name__ == "__main__":
    main()
