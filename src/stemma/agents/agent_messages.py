"""What an agent sends, a line a message: each that waits for an answer is made such that it gets one."""

import io
import json
from typing import Any, TextIO

from mcp_types import jsonrpc_message_adapter

from stemma.pages.columns import without_halves

NOT_UNDERSTOOD = "The message is no request of JSON-RPC 2.0."


def answerable(line: bytes) -> bytes:
    """Return a message that the protocol's reader takes, which passes over in silence what it cannot read.

    Halves of characters become signs, and a request of another shape asks for a method that there is not.
    """
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return line
    key = message.get("id") if isinstance(message, dict) else None
    if not isinstance(key, str | int) or isinstance(key, bool):
        return line
    text = without_halves(json.dumps(message, ensure_ascii=False))
    try:
        jsonrpc_message_adapter.validate_json(text, by_name=False)
    except ValueError:
        text = without_halves(json.dumps({"jsonrpc": "2.0", "id": key, "method": NOT_UNDERSTOOD}, ensure_ascii=False))
    return text.encode() + b"\n"


class AgentMessages(io.RawIOBase):
    """A stream of messages, each of them answerable; it holds the text stream, whose end would close what it reads."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._rest = stream, b""

    def readable(self) -> bool:  # noqa: D102
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401, D102
        self._rest = self._rest or answerable(self._stream.buffer.readline())
        some = self._rest[: len(buffer)]
        buffer[: len(some)] = some
        self._rest = self._rest[len(some) :]
        return len(some)
