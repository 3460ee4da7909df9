"""An editor's client talks to `stemma check --lsp` over standard input and output."""

import asyncio
import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from in_a_thread import run_in_a_thread
from stories.loading import load

SCRIPT = Path(sys.executable).with_name("stemma")
TITLE = "Harbour inferno 🔥: two lose their lives"
"""A sign outside the basic plane: an editor counts it as two."""


class Editor:
    """A client with one open draft, and what the server published of it."""

    def __init__(self, uri):
        self.uri, self.version, self.client = uri, 0, LanguageClient("editor", "1")
        self.published = asyncio.Queue()

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(news):
            self.published.put_nowait(news)

    async def start(self, db):
        await self.client.start_io(str(SCRIPT), "check", "--lsp", "--against", str(db), "--ignore", "single-source")
        said = types.InitializeParams(capabilities=types.ClientCapabilities())
        answer = await self.client.initialize_async(said)
        self.client.initialized(types.InitializedParams())
        return answer

    async def told(self):
        """Return the diagnostics of the newest text by their rules."""
        while True:
            news = await asyncio.wait_for(self.published.get(), 200)
            if news.version in (None, self.version):
                return {d.code: d for d in news.diagnostics}

    async def change(self, text):
        self.version += 1
        there = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(there, [whole]))


async def talk(folder, db, text):
    """Open a draft, look at it, judge one finding wrong, ignore another, and save."""
    path = folder / "draft.md"
    path.write_text(text, "utf-8")
    editor, seen = Editor(path.as_uri()), {}
    seen["server"] = await editor.start(db)
    opened = types.TextDocumentItem(editor.uri, "markdown", 0, text)
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(opened))
    seen["opened"] = await editor.told()
    here = types.TextDocumentIdentifier(editor.uri)
    altered = seen["opened"]["altered-quotation"]
    seen["hover"] = await editor.client.text_document_hover_async(types.HoverParams(here, altered.range.start))
    asked = types.CodeActionParams(here, altered.range, types.CodeActionContext([altered]))
    seen["actions"] = await editor.client.text_document_code_action_async(asked)
    judge, ignore = seen["actions"]
    run = types.ExecuteCommandParams(judge.command, judge.arguments)
    await editor.client.workspace_execute_command_async(run)
    seen["judged"] = await editor.told()
    (edit,) = ignore.edit.changes[editor.uri]
    lines = text.split("\n")
    lines.insert(edit.range.start.line, edit.new_text.rstrip("\n"))
    seen["ignored text"] = "\n".join(lines)
    shutil.copy(db, folder / "judged.duckdb")
    await editor.change(text.replace("two lose their lives", "two are dead"))
    seen["changed"] = await editor.told()
    editor.client.text_document_did_save(types.DidSaveTextDocumentParams(here))
    seen["saved"] = await editor.told()
    editor.client.text_document_did_close(types.DidCloseTextDocumentParams(here))
    seen["closed"] = await editor.told()
    await editor.client.shutdown_async(None)
    editor.client.exit(None)
    await editor.client.stop()
    return seen


@pytest.fixture(scope="module")
def draft():
    page = load("harbour_fire")["pages"] / "coastwatch24.txt"
    text = page.read_text("utf-8")
    return f"# {TITLE}\n\n{text[text.index('Two workers on the night shift') :]}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, stemma):
    made = tmp_path_factory.mktemp("editor")
    pages = [p for p in load("harbour_fire")["pages"].iterdir() if p.name != "coastwatch24.txt"]
    stemma("read", *pages, "--db", made / "news.duckdb")
    return made


@pytest.fixture(scope="module")
def seen(folder, draft):
    return run_in_a_thread(talk(folder, folder / "news.duckdb", draft))


def test_an_open_draft_has_its_findings_at_their_words_and_those_that_were_left_out_are_not_there(seen, draft):
    found = seen["opened"]
    assert set(found) >= {"altered-quotation", "dropped-caveat", "figure-sharpened", "uncredited-copy"}
    assert "single-source" not in found
    altered = found["altered-quotation"]
    line = draft.split("\n")[altered.range.start.line]
    assert line[altered.range.start.character :].startswith("We had flames")
    assert altered.severity == types.DiagnosticSeverity.Warning
    assert found["uncredited-copy"].severity == types.DiagnosticSeverity.Error
    assert altered.source == "stemma"


def test_a_hover_shows_the_words_that_prove_it(seen):
    assert "altered-quotation (medium)" in seen["hover"].contents.value
    assert "Bluestack Courier: “We had flame on three sides" in seen["hover"].contents.value


def test_a_finding_that_is_judged_wrong_is_kept_in_the_store_and_stays_away_when_the_draft_is_edited(seen, folder, stemma):
    assert seen["actions"][0].title == "stemma: altered-quotation is wrong here"
    assert "altered-quotation" not in seen["judged"]
    assert set(seen["judged"]) == set(seen["opened"]) - {"altered-quotation"}
    assert "altered-quotation" not in seen["changed"]
    assert seen["changed"]
    assert seen["saved"].keys() == seen["changed"].keys()
    (kept,) = map(json.loads, stemma("judgements", "--json", "--db", folder / "judged.duckdb").stdout.splitlines())
    assert (kept["kind"], kept["verdict"], kept["note"]) == ("finding", "wrong", "in the draft draft.md")
    checked = stemma("check", "draft.md", "--against", "judged.duckdb", cwd=folder, code=1)
    assert "altered-quotation" not in checked.stdout


def test_ignore_here_writes_the_comment_that_a_check_obeys(seen, folder, stemma):
    (folder / "ignored.md").write_text(seen["ignored text"], "utf-8")
    assert "<!-- stemma: ignore altered-quotation -->" in seen["ignored text"]
    checked = stemma("check", "ignored.md", "--against", "news.duckdb", cwd=folder, code=1)
    assert "altered-quotation" not in checked.stdout
    assert "dropped-caveat" in checked.stdout


def test_a_closed_draft_has_no_findings(seen):
    assert seen["closed"] == {}


@pytest.mark.parametrize(
    ("asked", "code"),
    [(["initialize", "shutdown", "exit"], 0), (["initialize", "exit"], 1), (["exit"], 1), (["initialize"], 1), ([], 1)],
)
def test_a_server_ends_well_only_where_the_editor_asked_for_that_before(folder, stemma, asked, code):
    """An editor that was killed closes the stream, and one in haste sends `exit` alone: the protocol wants to see that."""
    bodies = []
    for number, method in enumerate(asked, 1):
        known = {"params": {"capabilities": {}}} if method == "initialize" else {}
        bodies.append(json.dumps({"jsonrpc": "2.0", "method": method, **({} if method == "exit" else {"id": number}), **known}))
    told = "".join(f"Content-Length: {len(body)}\r\n\r\n{body}" for body in bodies)
    done = stemma("check", "--lsp", "--against", folder / "news.duckdb", stdin=told, code=code)
    assert done.stderr == ""
    assert ('"id":2' in done.stdout.replace(" ", "")) == ("shutdown" in asked)


BEGIN = b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}'
COMMAND = b'{"jsonrpc": "2.0", "id": 5, "method": "workspace/executeCommand", "params": {"command": "%b"}}'
BAD = {
    "no JSON": (b"{bad json", None, -32700),
    "no UTF-8": (b"\xff\xfe", None, -32700),
    "nested without end": (b"[" * 100_000, None, -32700),
    "no object": (b"[]", None, -32600),
    "no JSON-RPC": (b'{"id": 5, "method": "shutdown"}', 5, -32600),
    "an id that is none": (b'{"jsonrpc": "2.0", "id": [5], "method": "shutdown"}', None, -32600),
    "no parameters": (b'{"jsonrpc": "2.0", "id": 5, "method": "textDocument/hover"}', 5, -32602),
    "a method of nobody": (b'{"jsonrpc": "2.0", "id": 5, "method": "text/praise"}', 5, -32601),
    "a command of nobody": (COMMAND % b"praise", 5, -32602),
    "a command without its words": (COMMAND % b"stemma.judgeWrong", 5, -32603),
    "a length that cannot be": (b"Content-Length: 99999999999\r\n\r\n{}", None, -32600),
    "a length that is none": (b"Content-Length: many\r\n\r\n{}", None, -32600),
}  # fmt: skip


def spoken(folder, stemma, messages, code=0):
    """Return what a server answers to messages that are sent as they are, but for a head where they have none, then ends."""
    ends = [b'{"jsonrpc": "2.0", "id": 99, "method": "shutdown"}', b'{"jsonrpc": "2.0", "method": "exit"}']
    heads = (b"" if m.startswith(b"Content") else b"Content-Length: %d\r\n\r\n" % len(m) for m in (*messages, *ends))
    told = b"".join(head + message for head, message in zip(heads, (*messages, *ends), strict=True))
    said = told.decode("utf-8", "surrogateescape")
    done = stemma("check", "--lsp", "--against", folder / "news.duckdb", stdin=said, code=code, errors="surrogateescape")
    assert done.stderr == ""
    return [json.loads(part.partition("\n\n")[2] or "{}") for part in done.stdout.split("Content-Length:")[1:]]


@pytest.mark.parametrize("what", BAD)
def test_a_message_that_cannot_be_understood_is_answered_with_a_sentence_and_the_next_is_heard(folder, stemma, what):
    message, key, code = BAD[what]
    begun, refused, ended = spoken(folder, stemma, [BEGIN, message])
    assert (begun["id"], ended) == (1, {"id": 99, "jsonrpc": "2.0", "result": None})
    assert (refused["id"], refused["error"]["code"]) == (key, code)
    assert refused["error"]["message"].endswith(".")
    assert refused["error"].keys() == {"code", "message"}


def test_before_it_has_begun_and_of_what_it_is_only_told_nothing_is_made(folder, stemma):
    opened = b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {}}'
    asked = b'{"jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params": {}}'
    early, begun, shown, _ = spoken(folder, stemma, [opened, asked, BEGIN, opened, b'{"jsonrpc": "2.0", "method": "$/praise"}'])
    assert (early["id"], early["error"]["code"], begun["id"]) == (2, -32002, 1)
    assert shown["method"] == "window/showMessage"


def test_without_the_extra_a_sentence_names_it(folder, stemma):
    (folder / "pygls").mkdir()
    (folder / "pygls" / "__init__.py").write_text("raise ModuleNotFoundError('no', name='pygls')", "utf-8")
    done = stemma(
        "check", "--lsp", "--against", folder / "news.duckdb", code=1, PYTHONPATH=os.pathsep.join([str(folder), *sys.path])
    )
    assert "pip install 'stemma-news[lsp]'" in done.stderr
