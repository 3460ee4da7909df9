"""SIGKILL and full disks: the store opens afterwards, and the next run ends as if nothing had happened, or it is counted here.

Each command is killed at chance moments while it holds the store, a few times in a row; then a run is left to end, and its
account is compared with an undisturbed one's. A watched site sends other bytes each time, so that a page that is read twice
would be two pages. Disks are small tmpfs (as root; else files may not grow), on which a run finds no room; then there is room
again, and it goes on.

    python bench/kills.py --kills 200 --full 50

Exit code 1 when a store did not open, an account differed, or an error was no sentence.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from stemma import tables
from stemma.engines import open_store
from stemma.engines.upkeep import compact_store
from stemma.errors import StoreError
from stemma.follow import follow
from stemma.grouped import group_stories
from stemma.judging import judge
from stemma.pages import read_pages
from stemma.pipeline import account_of, deepen, read_into
from stemma.settings import Manners, Settings

STORIES = Path(__file__).parents[1] / "tests" / "stories"
PAGES = sorted((STORIES / "border_talks" / "pages").iterdir())
IN_A_ROW = 4
"""Kills of one store, before a run on it is left to end."""
ALONE = Settings(manners=Manners(allow_private=True, delay=0.0), processes=1)
WATCHED = 12


@dataclass(frozen=True)
class Case:
    """A command under attack: its arguments, how a run is left to end, and what the store must tell then."""

    arguments: list[str]
    end: Callable[[Path], None]
    told: Callable[[Path], object]
    begins_with: Path | None = None


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--full", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name, closing(_Site()) as site:
        folder = Path(name)
        cases = _cases(folder, site)
        print("| command | kills | runs left to end | stores that did not open | other accounts |\n|---|---|---|---|---|")
        wrong = 0
        for n, (kind, case) in enumerate(cases.items()):
            wrong += _attack(kind, case, folder, _share(options.kills, n, len(cases)), chance)
        wrong += _fill(cases["analyse"], folder, options.full, chance)
    sys.exit(1 if wrong else 0)


def _share(count: int, place: int, of: int) -> int:
    return count // of + (place < count % of)


def _cases(folder: Path, site: "_Site") -> dict[str, Case]:
    whole, pages, feed = folder / "whole.duckdb", [str(page) for page in PAGES], f"{site.address}/feed"
    _analyse(whole)
    with closing(open_store(whole)) as store:
        finding = store.read("finding")[0].id
    watching = ["watch", feed, "--every", "1s", "--quiet", "--allow-private", "--delay", "0"]
    return {
        "read": Case(["read", *pages, "--quiet"], _analyse, _account),
        "analyse": Case(["analyse", *pages, "--quiet"], _analyse, _account),
        "corpus --db": Case(["corpus", *pages, "--quiet"], _analyse, _account),
        "watch": Case(watching, partial(_follow, feed), partial(_pages_of, site)),
        "judge": Case(["judge", "wrong", finding, "--who", "Ann"], partial(_judge, finding), _account, whole),
        "store compact": Case(["store", "compact"], _compact, _account, whole),
    }


def _attack(kind: str, case: Case, folder: Path, kills: int, chance: random.Random) -> int:
    """Kill a command again and again, print a row of what came of it, and return how often something was wrong."""
    count: Counter[str] = Counter()
    expected, longest = _undisturbed(case, folder)
    while count["kills"] < kills:
        db = _begun(case, folder)
        for _ in range(min(IN_A_ROW, kills - count["kills"])):
            killed = _killed(case, db, chance.uniform(0, longest))
            count["kills" if killed else "through"] += 1
            count["unopened"] += not _opens(db)
        case.end(db)
        count["ended"] += 1
        count["other"] += case.told(db) != expected
    print(f"| {kind} | {count['kills']} | {count['ended']} | {count['unopened']} | {count['other']} |", flush=True)
    return count["unopened"] + count["other"]


def _undisturbed(case: Case, folder: Path) -> tuple[object, float]:
    """What a store tells after a run that nobody disturbed, and the seconds for which a command holds it."""
    db = _begun(case, folder)
    case.end(db)
    told, db = case.told(db), _begun(case, folder)
    process = _started(case, db)
    _wait_for(db, process)
    began = time.monotonic()
    while process.poll() is None and _lock(db).exists() and time.monotonic() < began + 120:
        time.sleep(0.01)
    took = time.monotonic() - began
    _end(process)
    return told, took


def _begun(case: Case, folder: Path) -> Path:
    db = Path(tempfile.mkdtemp(dir=folder)) / "news.duckdb"
    if case.begins_with:
        shutil.copy(case.begins_with, db)
    return db


def _killed(case: Case, db: Path, after: float) -> bool:
    process = _started(case, db)
    _wait_for(db, process)
    time.sleep(after)
    return _end(process) == -signal.SIGKILL


def _started(case: Case, db: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "stemma", *case.arguments, "--db", str(db)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def _wait_for(db: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until a command has got the store; a killed one before it has left a lock, which then is made anew."""
    _lock(db).unlink(missing_ok=True)
    while process.poll() is None and not _lock(db).exists():
        time.sleep(0.005)


def _end(process: subprocess.Popen[bytes]) -> int:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def _lock(db: Path) -> Path:
    return db.with_name("news.duckdb.lock")


def _opens(db: Path) -> bool:
    """Whether all of a store can be read: the last whole run, or nothing before the first."""
    try:
        with closing(open_store(db)) as store:
            for table in tables.TABLES:
                store.read(table)
    except StoreError as error:
        print(f"{db} did not open: {error}")
        return False
    return True


def _fill(case: Case, folder: Path, times: int, chance: random.Random) -> int:
    """Run on disks that are too small, then with room again; print what came of it and return how often something was wrong."""
    count: Counter[str] = Counter()
    expected, _ = _undisturbed(case, folder)
    for _ in range(times):
        with _Disk(folder, chance.randrange(100, 7000)) as disk:
            done = disk.run([sys.executable, "-m", "stemma", *case.arguments, "--db", str(disk.db)])
            count["full"] += done.returncode != 0
            count["no sentence"] += "Traceback" in done.stderr or "should not have happened" in done.stderr
            count["unopened"] += not _opens(disk.db)
            disk.grow()
            case.end(disk.db)
            count["other"] += case.told(disk.db) != expected
    if times:
        print(f"| full disk: {count['full']} of {times} too small | | {times} | {count['unopened']} | {count['other']} |")
        print(f"\nerrors that were no sentence: {count['no sentence']}", flush=True)
    return count["unopened"] + count["other"] + count["no sentence"]


class _Disk:
    """A disk of so many kilobytes; without the right to make one, a folder in which no file may be longer."""

    def __init__(self, folder: Path, kilobytes: int) -> None:
        self._place, self._kilobytes = Path(tempfile.mkdtemp(dir=folder)), kilobytes
        self.db = self._place / "news.duckdb"
        size = f"size={kilobytes}k"
        self._real = os.geteuid() == 0 and not _mount("mount", "-t", "tmpfs", "-o", size, "tmpfs", str(self._place))

    def __enter__(self) -> "_Disk":
        return self

    def __exit__(self, *_: object) -> None:
        if self._real:
            _mount("umount", str(self._place))

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        limit = [] if self._real else ["bash", "-c", f'ulimit -f {self._kilobytes}; trap "" XFSZ; exec "$@"', "bash"]
        return subprocess.run(
            [*limit, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", check=False
        )

    def grow(self) -> None:
        if self._real:
            _mount("mount", "-o", "remount,size=200m", str(self._place))


def _mount(*command: str) -> int:
    return subprocess.run(command, capture_output=True, check=False).returncode


def _analyse(db: Path) -> None:
    with closing(open_store(db)) as store, store.run():
        read_into(store, read_pages([str(page) for page in PAGES]), settings=ALONE)
        deepen(store, group_stories(store), ALONE)


def _account(db: Path) -> object:
    """The account of a store, without when somebody judged."""
    with closing(open_store(db)) as store:
        return re.sub(r'"when": "[^"]*"', "", json.dumps(account_of(store)))


def _compact(db: Path) -> None:
    compact_store(db)


def _judge(finding: str, db: Path) -> None:
    with closing(open_store(db)) as store:
        judge(store, "wrong", finding, None, "Ann")


def _follow(feed: str, db: Path) -> None:
    with closing(open_store(db)) as store:
        follow(store, [feed], ALONE)


def _pages_of(site: "_Site", db: Path) -> object:
    """Where the pages of a store were read, each as often as it is there, and how many are left to read or lack their report."""
    with closing(open_store(db)) as store:
        pages = sorted(page.location.removeprefix(site.address) for page in store.read("page"))
        waiting = sum(not entry.done for entry in store.read("entry"))
        return pages, waiting, len(store.read("report")), len(store.read("page_bytes")), len(store.read("response"))


class _Site:
    """A feed of a few pages, on loopback."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = self._feed() if self.path == "/feed" else _page(self.path)
        self.send_response(404 if self.path.startswith("/robots") else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _feed(self) -> bytes:
        items = (f"<item><link>http://{self.headers['Host']}/page{n}</link></item>" for n in range(WATCHED))
        return f"<rss><channel>{''.join(items)}</channel></rss>".encode()

    def log_message(self, *_: object) -> None:
        pass


def _page(path: str) -> bytes:
    name = path.strip("/")
    told = (
        f"The swing bridge {name} was closed on Monday after an inspector found a crack in its second pier, the county said.",
        f"“Nobody will cross {name} before it is mended,” said the inspector, Ilse Marn, who has looked after it for nine years.",
        f"About 4,000 people use {name} each day, and the ferry that is to take them will not run before Thursday.",
    )
    body = "".join(f"<p>{p}</p>" for p in told)
    head = f"<html><title>{name}</title><body><article><h1>{name} closed</h1>"
    return f"{head}{body}</article><!-- {time.time_ns()} --></body></html>".encode()


if __name__ == "__main__":
    main()
