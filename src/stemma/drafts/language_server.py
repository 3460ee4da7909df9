"""`stemma check` inside an editor: the Language Server Protocol over standard input and output.

A draft is checked when it is opened, changed and saved. One thread checks, and skips what the editor has changed meanwhile.
A message that cannot be understood is answered with a sentence, and the next is read.
"""

import asyncio
import json
import logging
import os
import re
import sys
from collections import deque
from collections.abc import Callable, Container, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from lsprotocol import types
from pygls.exceptions import FeatureRequestError
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.workspace import TextDocument
from pygls.workspace.position_codec import ServerTextPosition, ServerTextRange

from stemma import __version__
from stemma.drafts.beside import Checked, Remark, check_draft, judged_wrong
from stemma.drafts.formats import NOT_CHECKED, chosen, others_words
from stemma.drafts.ignoring import comment_for, paragraph_start
from stemma.drafts.read_draft import TOP
from stemma.engines.shared_store import SharedStore
from stemma.errors import NothingRead, StemmaError
from stemma.findings.kinds import KINDS
from stemma.show.wording import link, one_line

JUDGE = "stemma.judgeWrong"
"""The command that keeps in the store that a finding is wrong: the draft's address, the finding's id."""
_SEVERITY = {
    "high": types.DiagnosticSeverity.Error,
    "medium": types.DiagnosticSeverity.Warning,
    "low": types.DiagnosticSeverity.Information,
}


@dataclass(frozen=True)
class Desk:
    """What drafts are put beside, what is shown of it, who judges, and the last check of each open draft."""

    store: SharedStore
    select: Sequence[str]
    ignore: Sequence[str]
    who: str
    checks: dict[str, Checked] = field(default_factory=dict)
    worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))


def serve(desk: Desk) -> bool:
    """Answer an editor until it ends; return whether it asked for that before, as the protocol has it."""
    server = _Server("stemma", __version__, protocol_cls=_Protocol)
    asked_to_end = False

    @server.feature(types.SHUTDOWN)
    def ends(_: None) -> None:
        nonlocal asked_to_end
        asked_to_end = True

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        await _check(server, desk, params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        await _check(server, desk, params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        # The store may have grown since.
        await _check(server, desk, params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        desk.checks.pop(params.text_document.uri, None)
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(params: types.HoverParams) -> types.Hover | None:
        return _hover(server, desk, params)

    kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)
    def asked(params: types.CodeActionParams) -> list[types.Command | types.CodeAction]:
        return [
            action
            for remark in _at(server, desk, params.text_document.uri, params.range)
            for action in _actions(server.workspace.get_text_document(params.text_document.uri), remark)
        ]

    @server.command(JUDGE)
    async def judge(uri: str, finding: str) -> None:
        await _judge(server, desk, uri, finding)

    # The protocol closes the stream that it wrote to, and the process has still to end.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    server.start_io(_messages(server.protocol, out), out)
    return asked_to_end


class _Server(LanguageServer):
    """Its errors are sentences."""

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ANN401, ARG002
        # What was asked is answered with an error; the rest is shown.
        if source is not FeatureRequestError:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, SENTENCES[INTERNAL]))


class _Protocol(LanguageServerProtocol):
    """Its answers tell of no inner error."""

    def _send_response(self, msg_id: Any, result: Any = None, error: types.ResponseError | None = None) -> None:  # noqa: ANN401
        if error is not None and error.code in (INTERNAL, PARAMETERS):
            error = types.ResponseError(error.code, SENTENCES[error.code])
        super()._send_response(msg_id, result, error)


def _messages(protocol: LanguageServerProtocol, out: IO[bytes]) -> Any:  # noqa: ANN401 - stands for a stream
    if not os.environ.get("STEMMA_DEBUG"):
        # What it logs are traces of stacks; what a person can act on is sent to the editor.
        logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)

    def answer(message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        out.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        out.flush()

    def understand(body: bytes) -> None:
        json.loads(body, object_hook=protocol.structure_message)

    methods = {*protocol.fm.features, *protocol.fm.builtin_features, types.CANCEL_REQUEST}
    return EditorMessages(sys.stdin.buffer, methods, understand, answer)


async def _check(server: LanguageServer, desk: Desk, uri: str) -> None:
    document = server.workspace.get_text_document(uri)
    version = document.version
    checked = await asyncio.get_running_loop().run_in_executor(desk.worker, _checked, desk, document, version)
    if isinstance(checked, str):
        server.window_show_message(types.ShowMessageParams(types.MessageType.Error, checked))
    elif checked is not None and document.version == version:
        desk.checks[uri] = checked
        found = [_diagnostic(document, remark) for remark in checked.remarks]
        if checked.source and checked.not_checked:
            top = types.Range(types.Position(0, 0), types.Position(0, 0))
            warning = types.DiagnosticSeverity.Warning
            found.append(types.Diagnostic(top, checked.not_checked, warning, NOT_CHECKED, source="stemma"))
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))


def _checked(desk: Desk, document: TextDocument, version: int | None) -> Checked | str | None:
    """The check of a draft, what went wrong in a sentence, or None where the editor has changed it meanwhile."""
    if document.version != version:
        return None
    path = Path(document.path)
    try:
        with desk.store.reading() as store:
            return chosen(check_draft(path, store, content=document.source.encode("utf-8", "replace")), desk.select, desk.ignore)
    except NothingRead:
        return Checked(str(path), 0, None, ())
    except StemmaError as error:
        return str(error)


async def _judge(server: LanguageServer, desk: Desk, uri: str, finding: str) -> None:
    found = next((r for r in _remarks(desk, uri) if r.id == finding), None)
    if found is None:
        return
    row = judged_wrong(found, Path(server.workspace.get_text_document(uri).path), desk.who)
    try:
        with desk.store.writing() as store:
            store.write({"judgement": [row]})
    except StemmaError as error:
        server.window_show_message(types.ShowMessageParams(types.MessageType.Error, str(error)))
        return
    await _check(server, desk, uri)


def _remarks(desk: Desk, uri: str) -> Sequence[Remark]:
    return desk.checks[uri].remarks if uri in desk.checks else ()


def _at(server: LanguageServer, desk: Desk, uri: str, asked: types.Range) -> list[Remark]:
    """The remarks whose words touch a range of the editor's."""
    document = server.workspace.get_text_document(uri)
    places = ((r, _range(document, r)) for r in _remarks(desk, uri))
    return [r for r, place in places if place.start <= asked.end and asked.start <= place.end]


def _range(document: TextDocument, remark: Remark) -> types.Range:
    """Where a remark stands, in the units that the editor counts in."""
    place = remark.place
    start = ServerTextPosition(place.line - 1, place.column - 1)
    return document.range_to_client_units(ServerTextRange(start, ServerTextPosition(place.end_line - 1, place.end_column - 1)))


def _diagnostic(document: TextDocument, remark: Remark) -> types.Diagnostic:
    others = [
        types.DiagnosticRelatedInformation(types.Location(address, types.Range(types.Position(0, 0), types.Position(0, 0))), told)
        for told, address in ((others_words(w), link(w.where)) for w in remark.others)
        if address
    ]
    return types.Diagnostic(
        _range(document, remark), one_line(remark.message), _SEVERITY[remark.severity], KINDS[remark.kind].rule,
        source="stemma", related_information=others, data=remark.id,
    )  # fmt: skip


def _hover(server: LanguageServer, desk: Desk, params: types.HoverParams) -> types.Hover | None:
    found = _at(server, desk, params.text_document.uri, types.Range(params.position, params.position))
    told = [
        "\n".join([f"{KINDS[r.kind].rule} ({r.severity}): {one_line(r.message)}", *map(others_words, r.others)]) for r in found
    ]
    # Plain text: words of a saved page must not become links or pictures in an editor.
    return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, "\n\n".join(told))) if told else None


def _actions(document: TextDocument, remark: Remark) -> list[types.Command | types.CodeAction]:
    """What can be done about a remark: judge it wrong, where others' words prove it, or ignore it here."""
    rule = KINDS[remark.kind].rule
    judge = types.Command(f"stemma: {rule} is wrong here", JUDGE, arguments=[document.uri, remark.id])
    line = len(document.lines) if remark.place == TOP else paragraph_start(document.source, remark.place.line) - 1
    at = types.Position(line, 0)
    edit = types.TextEdit(types.Range(at, at), comment_for(rule, Path(document.path), whole=remark.place == TOP))
    quick = types.CodeActionKind.QuickFix
    ignore = types.CodeAction(f"stemma: ignore {rule} here", quick, edit=types.WorkspaceEdit({document.uri: [edit]}))
    return [*([judge] if remark.others else []), ignore]


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
