"""What an editor sends, a message at a time: one that cannot be understood is answered with a sentence, and the next is read."""

import json
import re
from collections import deque
from collections.abc import Callable, Container
from typing import IO, Any

LARGEST = 64 << 20
"""The most bytes of a message; a draft is shorter."""
PARSE, REQUEST, METHOD, PARAMETERS, INTERNAL, NOT_BEGUN = -32700, -32600, -32601, -32602, -32603, -32002
"""Codes of JSON-RPC and of the Language Server Protocol."""
SENTENCES = {
    PARSE: "The message is no JSON in UTF-8.",
    REQUEST: "The message is no request and no notification of JSON-RPC 2.0.",
    METHOD: "The method of the message is not known here.",
    PARAMETERS: "The message asks for something that is not known here, or has parameters that cannot be read.",
    INTERNAL: "stemma could not answer this message; the next is answered.",
    NOT_BEGUN: "The first message must be `initialize`.",
}

_LENGTH = re.compile(rb"Content-Length: *(\d{1,9})\r?\n\Z", re.IGNORECASE)
_LINE = 1 << 16

Understand = Callable[[bytes], object]
Answer = Callable[[dict[str, Any]], None]


class EditorMessages:
    """A stream as the protocol's loop reads it: heads and bodies, of messages only that it can obey.

    These have one of `methods`, and `understand` raises nothing for them. Whatever else comes is answered by `answer`. Where a
    length is wrong, the stream is taken up at the next head.
    """

    def __init__(self, stream: IO[bytes], methods: Container[object], understand: Understand, answer: Answer) -> None:
        self._stream, self._methods, self._understand, self._answer = stream, methods, understand, answer
        self._head: deque[bytes] = deque()
        self._body = b""
        self._begun = False

    def readline(self) -> bytes:
        """Return the next line of a head; nothing at the end of the stream."""
        if not self._head and (body := self._next()) is not None:
            self._body = body
            self._head += (b"Content-Length: %d\r\n" % len(body), b"\r\n")
        return self._head.popleft() if self._head else b""

    def read(self, _: int) -> bytes:
        """Return the body under the head that was read."""
        return self._body

    def _next(self) -> bytes | None:
        while length := self._length():
            if length > LARGEST:
                self._refuse({}, REQUEST, f"A message has {LARGEST >> 20} MB at the most, and its head says how many bytes.")
            elif len(body := self._stream.read(length)) == length and self._is_understood(body):
                return body
        return None

    def _length(self) -> int:
        """The length that the next head says, more than a message may have where it says none; 0 at the end of the stream."""
        length = 0
        while line := self._stream.readline(_LINE):
            if found := _LENGTH.search(line):
                length = int(found[1])
            elif b"content-length" in line.lower():
                return LARGEST + 1
            elif length and not line.strip():
                return length
        return 0

    def _is_understood(self, body: bytes) -> bool:
        try:
            message = json.loads(body)
        except (ValueError, RecursionError):
            return self._refuse({}, PARSE)
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            return self._refuse(message, REQUEST)
        if not isinstance(message.get("id", ""), str | int):
            return self._refuse(message, REQUEST)
        method = message.get("method")
        if method is None:
            # The answer to a question; none is asked.
            return False
        if not self._begun and method not in ("initialize", "exit"):
            return self._refuse(message, NOT_BEGUN)
        if method not in self._methods:
            # What an editor only tells may be passed over.
            return "id" in message and self._refuse(message, METHOD)
        try:
            self._understand(body)
        except Exception:  # noqa: BLE001 - whatever the protocol's parser raises, the message is not understood
            return self._refuse(message, PARAMETERS)
        self._begun = self._begun or method == "initialize"
        return True

    def _refuse(self, message: object, code: int, sentence: str = "") -> bool:
        """Answer a message that is not understood; one that asks for no answer is told in a window of the editor."""
        said = sentence or SENTENCES[code]
        known = message if isinstance(message, dict) else {}
        if "method" in known and "id" not in known:
            shown = {"type": 1, "message": said}
            if self._begun:
                self._answer({"jsonrpc": "2.0", "method": "window/showMessage", "params": shown})
        else:
            key = known.get("id")
            self._answer(
                {"jsonrpc": "2.0", "id": key if isinstance(key, str | int) else None, "error": {"code": code, "message": said}}
            )
        return False
