"""Connections to public addresses only, checked on the address that is connected to; and one request at a time to a host."""

import ipaddress
import socket
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, Queue
from threading import Event, Lock, Thread
from typing import Any, TypeVar

import httpcore

from stemma.errors import PageError, Unreachable
from stemma.settings import Manners

_CONNECTING = 10.0
"""Seconds for one connection; a host has often a second address that answers."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_EMBEDDED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))
"""Networks of IPv6 whose last four bytes are an address of IPv4: of translators, and an old form."""


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves a host, refuses it when any of its addresses is not public, and connects to one that was checked.

    All that a connection does, TLS and slow headers and bodies included, ends at `deadline` (seconds of time.monotonic).
    """

    def __init__(self, deadline: float, allow_private: bool = False) -> None:
        self.deadline = deadline
        self.allow_private = allow_private
        self.peer: str | None = None
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None,
        local_address: str | None = None, socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        """Return a connection to the first of the host's addresses that answers; raises PageError for one that is not public."""
        addresses = _resolved(host, port, _left(self.deadline))
        if not self.allow_private:
            _check(host, port, addresses)
        failed: Exception | None = None
        for address in addresses:
            try:
                left = min(_left(self.deadline), timeout or _CONNECTING, _CONNECTING)
                stream = self._plain.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            self.peer = address
            return _TimedStream(stream, self.deadline)
        raise failed or httpcore.ConnectError("no address")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


def is_public(address: Address) -> bool:
    """Return whether an address is one of the public internet, also when it carries one of IPv4 inside."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and any(address in network for network in _EMBEDDED):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.teredo or address.is_site_local or address.is_reserved:
            return False
    return address.is_global and not address.is_multicast and not address.is_unspecified


@dataclass
class _TimedStream(httpcore.NetworkStream):
    """A stream on which nothing takes longer than to the deadline, however slowly its bytes drip."""

    stream: httpcore.NetworkStream
    deadline: float

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self.stream.read(max_bytes, _left(self.deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self.stream.write(buffer, _left(self.deadline))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        return _TimedStream(self.stream.start_tls(ssl_context, server_hostname, _left(self.deadline)), self.deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as httpcore has it
        return self.stream.get_extra_info(info)


def _check(host: str, port: int, addresses: Iterable[str]) -> None:
    for address in addresses:
        if not is_public(ipaddress.ip_address(address)):
            named = host if host == address else f"{host} is {address}, which"
            raise PageError(f"{named} is no public address; `stemma read --allow-private` reads it all the same.")
    if port not in (80, 443) and port < 1024:
        raise PageError(f"port {port} is not one of the web; `stemma read --allow-private` reads it all the same.")


def _resolved(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host, each once; the system's resolver has no time bound, so that it is asked in a thread."""
    answers: Queue[list[str] | OSError] = Queue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(info[4][0]) for info in found)))
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError("it is no name of a host"))

    Thread(target=ask, daemon=True).start()
    try:
        found = answers.get(timeout=min(seconds, _CONNECTING))
    except Empty:
        raise Unreachable(f"the name {host} was not resolved in time.") from None
    if isinstance(found, OSError):
        raise Unreachable(f"there is no host {host} ({(found.strerror or str(found)).lower()}).")
    return found


def _left(deadline: float) -> float:
    """Seconds to the deadline; raises ReadTimeout when it has passed."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("too slow")
    return left


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
