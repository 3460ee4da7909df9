"""One request at a time to a host, and a pause between two."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue
from threading import Event, Lock, Thread
from typing import TypeVar

from stemma.settings import Manners

Result = TypeVar("Result")

AT_A_TIME = 8
"""Hosts that are asked at the same time."""
LONGEST_PAUSE = 60.0
"""Seconds that a host can ask to wait between two requests; who asks for more waits for them between runs."""


@dataclass
class _Host:
    lock: Lock = field(default_factory=Lock)
    ready: float = 0.0
    pause: float = 0.0


def each_host(addresses: Sequence[str], work: Callable[[str], Result]) -> Iterator[tuple[str, Result]]:
    """Yield each address with what `work` makes of it, as it comes: many hosts at a time, the addresses of one after another.

    `work` must not raise. Whoever stops early leaves only what is under way.
    """
    waiting: dict[str, list[str]] = defaultdict(list)
    for address in dict.fromkeys(addresses):
        waiting[address.partition("://")[2].partition("/")[0].lower()].append(address)
    lanes = Queue[list[str] | None]()
    for lane in [*waiting.values(), *[None] * AT_A_TIME]:
        lanes.put(lane)
    found = Queue[tuple[str, Result]](maxsize=AT_A_TIME)
    stopped = Event()

    def run() -> None:
        while (lane := lanes.get()) is not None:
            for address in lane:
                if stopped.is_set():
                    return
                found.put((address, work(address)))

    for _ in range(min(AT_A_TIME, len(waiting))):
        # As daemons they hold nobody up who stops by Ctrl-C.
        Thread(target=run, daemon=True).start()
    try:
        for _ in range(sum(map(len, waiting.values()))):
            yield found.get()
    finally:
        stopped.set()


class Hosts:
    """The hosts that a run fetches from, and when each may be asked again; may be used from many threads."""

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self._hosts: dict[str, _Host] = defaultdict(_Host)
        self._lock = Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until nobody else asks this host and its pause has passed; the pause begins anew at the end of the block."""
        known = self._host(host)
        with known.lock:
            time.sleep(max(0.0, known.ready - time.monotonic()))
            try:
                yield
            finally:
                known.ready = max(known.ready, time.monotonic() + self.pause_of(host))

    def wait(self, host: str, seconds: float) -> None:
        """Let the next request to a host wait so long, as it has asked for."""
        known = self._host(host)
        known.ready = max(known.ready, time.monotonic() + min(seconds, LONGEST_PAUSE))

    def slow_down(self, host: str, pause: float) -> None:
        """Leave at least this pause between all requests to a host."""
        self._host(host).pause = min(pause, LONGEST_PAUSE)

    def pause_of(self, host: str) -> float:
        """Return the seconds between two requests to a host."""
        return max(self.manners.delay, self._host(host).pause)

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts[host]
