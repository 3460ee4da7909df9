"""Kill -9 during `stemma watch`: what is lost, and what is there twice.

A server on loopback names more and more pages in three feeds, and sends each page with other bytes each time, so that one that is
read twice would be two pages. The watch is killed at chance moments and started again; then it is left to end its work.

    python bench/watch_kills.py --kills 20 --pages 240
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from stemma.engines import open_store

FEEDS = 3
STEMMA = (sys.executable, "-m", "stemma")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kills", type=int, default=20)
    asked.add_argument("--pages", type=int, default=240)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, closing(_Site()) as site:
        db, rng = Path(folder) / "news.duckdb", random.Random(options.seed)
        feeds = [f"{site.address}/feed{n}" for n in range(FEEDS)]
        common = ("--db", str(db), "--allow-private", "--delay", "0.01")
        kept = []
        for kill in range(options.kills):
            site.named = options.pages * (kill + 1) // options.kills
            process = _started(*STEMMA, "watch", *feeds, "--every", "1s", "--quiet", *common)
            _wait_for(site, len(site.asked) + rng.randrange(2, 2 * options.pages // options.kills + 3), process)
            time.sleep(rng.random())
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            kept.append(_kept(db))
        time.sleep(1.1)
        subprocess.run([*STEMMA, "read", "--feed", *feeds, *common], check=True)
        print(f"pages kept at each kill: {kept}")
        _report(db, site, options)


def _kept(db: Path) -> int:
    if not db.exists():
        return 0
    with closing(open_store(db)) as store:
        return len(store.read("page"))


def _report(db: Path, site: "_Site", options: argparse.Namespace) -> None:
    with closing(open_store(db)) as store:
        pages = Counter(page.location for page in store.read("page"))
        reports, stored = len(store.read("report")), {page.id for page in store.read("page")}
        loose = [t for t in ("page_bytes", "response") if {getattr(r, r.key[0]) for r in store.read(t)} != stored]
        waiting = sum(not entry.done for entry in store.read("entry"))
    wanted = {f"{site.address}/page{n}" for n in range(options.pages)}
    requests = Counter(path for path in site.asked if path.startswith("/page"))
    print(
        f"kills {options.kills}; pages {options.pages}; requests for pages {requests.total()}, most at once {site.most_at_once}"
    )
    lost, doubled = len(wanted - pages.keys()), sum(count - 1 for count in pages.values())
    print(f"lost {lost}; doubled {doubled}; reports {reports}; waiting {waiting}")
    print(f"tables that do not fit the pages: {loose or 'none'}")


def _started(*command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)


def _wait_for(site: "_Site", requests: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while len(site.asked) < requests and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)


class _Site:
    def __init__(self) -> None:
        self.asked: list[str] = []
        self.named, self.now, self.most_at_once = 0, 0, 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.site = self  # type: ignore[attr-defined]
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        site = self.server.site  # type: ignore[attr-defined]
        site.now += 1
        site.most_at_once = max(site.most_at_once, site.now)
        site.asked.append(self.path)
        body = _feed(site, int(self.path[5:])) if self.path.startswith("/feed") else _page(self.path)
        self.send_response(200 if not self.path.startswith("/robots") else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        site.now -= 1
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def _feed(site: _Site, number: int) -> bytes:
    items = "".join(f"<item><link>{site.address}/page{n}</link></item>" for n in range(number, site.named, FEEDS))
    return f"<rss><channel>{items}</channel></rss>".encode()


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
