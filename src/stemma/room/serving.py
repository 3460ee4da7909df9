"""The room on a port: opened, listened at, and ended."""

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

import uvicorn

from stemma.errors import StemmaError, UsageError
from stemma.room.app import room_app
from stemma.room.stories import catalogue
from stemma.room.web import Room


def run(room: Room, host: str, port: int, ready: Callable[[int], None]) -> None:
    """Serve a room until it is stopped; `ready` is told the port once there is one.

    Raises StoreError when the store cannot be used, UsageError when the port is taken.
    """
    with room.store.reading():
        pass
    listener = _listen(host, port)
    Thread(target=_prepare, args=(room,), daemon=True).start()
    config = uvicorn.Config(room_app(room), log_level="warning", access_log=False, timeout_graceful_shutdown=2)
    ready(listener.getsockname()[1])
    uvicorn.Server(config).run(sockets=[listener])


def _prepare(room: Room) -> None:
    """Read the list of stories before somebody asks for it."""
    with suppress(StemmaError):
        room.store.remember("stories", catalogue)


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError(f"Port {port} of {host} cannot be listened at ({error.strerror}); give another with --port.") from error
