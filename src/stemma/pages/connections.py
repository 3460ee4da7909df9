"""Connections to public addresses only, within a time: checked on the address that is connected to, not on its name."""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Thread
from typing import Any

import httpcore

from stemma.errors import PageError, Unreachable

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
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

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
