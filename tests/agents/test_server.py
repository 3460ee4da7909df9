"""An agent's client, that of the protocol's own package, asks a store over standard input and over HTTP."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path

import duckdb
import pytest
from mcp import Client, StdioServerParameters

from in_a_thread import run_in_a_thread
from stemma.agents import answers
from stories.loading import load

SCRIPT = str(Path(sys.executable).with_name("stemma"))
READING = {"stories", "account", "compare", "compare_texts", "wire", "check", "sources", "families"}
WIRE = "GALWAY (Reuters) - The ferry to the islands was stopped on Monday after water came in at the bow, the port said."


@asynccontextmanager
async def over_stdio(*options):
    server = StdioServerParameters(command=SCRIPT, args=["mcp", *map(str, options)], env=dict(os.environ))
    async with Client(server) as client:
        yield client


async def ask(client, tool, **arguments):
    """Return what a tool answers, which it gives as data and as the same in JSON."""
    done = await client.call_tool(tool, arguments)
    text = done.content[0].text
    if done.is_error:
        return text
    assert json.loads(text) == done.structured_content
    assert len(text) <= answers.LARGEST
    return done.structured_content


async def look_at_all(client, texts):
    seen = {"tools": {t.name: t for t in (await client.list_tools()).tools}}
    seen["stories"] = await ask(client, "stories")
    seen["none"] = await ask(client, "stories", query="volcano harbour")
    story = seen["stories"]["stories"][0]["id"]
    for part in answers.PARTS:
        seen[f"part {part}"] = await ask(client, "account", story=story[:6], part=part)
    seen["rest"] = await ask(client, "account", story=story, part="claims", start=seen["part claims"]["all"] - 1)
    seen["compare"] = await ask(client, "compare", story=story, a="A", b="F")
    seen["sources"] = await ask(client, "sources", name="tolan")
    seen["families"] = await ask(client, "families")
    seen["check"] = await ask(client, "check", draft=texts["draft"], form="txt")
    seen["wire"] = await ask(client, "wire", text=WIRE)
    seen["texts"] = await ask(client, "compare_texts", a_text=WIRE, b_text=WIRE.replace("Monday", "Tuesday"))
    seen["wrong"] = await ask(client, "account", story="no such story")
    return seen


@pytest.fixture(scope="module")
def texts():
    page = (load("harbour_fire")["pages"] / "coastwatch24.txt").read_text("utf-8")
    return {"page": page, "draft": page[page.index("Two workers on the night shift") :].replace("We had flames", "We had sparks")}


@pytest.fixture(scope="module")
def db(analysed, tmp_path_factory):
    made = tmp_path_factory.mktemp("agents") / "news.duckdb"
    shutil.copy(analysed / "news.duckdb", made)
    return made


@pytest.fixture(scope="module")
def seen(db, texts):
    before = db.read_bytes()

    async def run():
        async with over_stdio("--db", db) as client:
            return await look_at_all(client, texts)

    found = run_in_a_thread(run())
    assert db.read_bytes() == before
    return found


def test_the_tools_read_and_say_so(seen):
    assert set(seen["tools"]) == READING
    assert all(t.annotations.read_only_hint and t.description for t in seen["tools"].values())


@pytest.mark.parametrize("part", [*answers.PARTS, "stories", "families"])
def test_every_row_of_an_answer_quotes_the_words_that_prove_it(seen, part, analysed):
    texts = {r["id"]: r["text"] for r in json.loads((analysed / "account.json").read_text("utf-8"))["reports"]}
    rows = seen[f"part {part}" if part in answers.PARTS else part][part]
    assert rows
    for row in rows:
        assert row["evidence"]
        for quote in row["evidence"]:
            assert quote["url"]
            told = " ".join(texts[quote["report"]][quote["start"] : quote["end"]].split())
            assert quote["words"] == told or told.startswith(quote["words"].removesuffix(" …")) or part == "stories"


def test_an_account_counts_origins_and_tells_who_took_from_whom(seen):
    assert seen["part overview"]["independent_origins"]["best"] == 3
    assert {o["origin"] for o in seen["part overview"]["overview"]} == {"Tidewire", "Atlantic Mail", "Radio Kittiwake"}
    taken = {(d["child"]["siglum"], d["parent"]["siglum"]): d for d in seen["part derivations"]["derivations"]}
    assert taken["F", "α"]["credited"] is False
    assert taken["F", "α"]["reasons"]
    assert "uncredited copy" in {f["kind"] for f in seen["part findings"]["findings"]}


def test_who_prints_whom_is_told_with_words_of_those_who_do(seen):
    rows = {(f["outlet"], f["source"]): f for f in seen["families"]["families"]}
    assert set(rows) == {
        *((outlet, "Tidewire") for outlet in ("Bluestack Courier", "Evening Halyard", "Coastwatch 24")),
        ("Harbor & Hold", "Atlantic Mail"),
    }
    assert {q["outlet"] for q in rows["Coastwatch 24", "Tidewire"]["evidence"]} == {"Coastwatch 24"}


def test_a_long_part_goes_on_where_it_stopped(seen, monkeypatch, db):
    assert seen["rest"]["next"] is None
    assert len(seen["rest"]["claims"]) == 1
    monkeypatch.setattr(answers, "LARGEST", 2_000)
    from stemma.engines.shared_store import SharedStore

    store, ids, start = SharedStore(db), [], 0
    while start is not None:
        told = answers.account(store, seen["stories"]["stories"][0]["id"], "claims", start)
        ids += [c["id"] for c in told["claims"]]
        start = told["next"]
    assert len(ids) == len(set(ids)) == seen["part claims"]["all"]


def test_reports_texts_sources_and_drafts_are_compared_with_their_words(seen):
    assert seen["none"] == {"stories": [], "all": 0, "next": None}
    assert seen["compare"]["alignments"][0]["evidence"]
    assert "flame on three sides" in json.dumps(seen["sources"])
    altered = next(f for f in seen["check"]["findings"] if f["kind"] == "altered quotation")
    assert altered["evidence"][0]["words"].startswith("We had sparks")
    assert altered["evidence"][1]["words"].startswith("We had flame")
    assert (seen["wire"]["agency"], seen["wire"]["signs"][0]["words"]) == ("Reuters", "Reuters")
    assert seen["texts"]["alignments"][0]["a"]["words"] in WIRE
    assert "No story 'no such story' in this store. It holds 1, and the tool `stories` tells its id." in seen["wrong"]


ODD = {
    "half a character": {"method": "tools/call", "params": {"name": "sources", "arguments": {"name": "\ud800"}}},
    "half a character of a name": {"method": "tools/call", "params": {"name": "\ud800", "arguments": {}}},
    "no method": {},
    "a method that is none": {"method": 5},
    "parameters that are none": {"method": "tools/call", "params": [5]},
    "no version": {"jsonrpc": None, "method": "ping"},
    "arguments of other kinds": {
        "method": "tools/call",
        "params": {"name": "stories", "arguments": {"query": None, "start": "x"}},
    },
    "arguments that are missing": {"method": "tools/call", "params": {"name": "compare", "arguments": {"story": "x", "a": "A"}}},
}


def test_whatever_waits_for_an_answer_gets_one_that_tells_of_no_inner_error(db):
    began = {"protocolVersion": "2025-03-26", "capabilities": {}, "clientInfo": {"name": "agent", "version": "1"}}
    odd = [{"jsonrpc": "2.0", "id": n, **message} for n, message in enumerate(ODD.values(), 1)]
    sent = [{"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": began}, *odd]
    lines = [*map(json.dumps, sent), "{no JSON", "[]"]
    answers_by_id = {}
    # It has answered all before its input ends: what is not answered by then may be dropped.
    with subprocess.Popen([SCRIPT, "mcp", "--db", str(db)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        print(*lines, sep="\n", file=server.stdin, flush=True)
        while len(answers_by_id) < len(sent):
            told = json.loads(server.stdout.readline())
            answers_by_id[told["id"]] = json.dumps(told.get("error") or told["result"])
        server.stdin.close()
    assert not [told for told in answers_by_id.values() if "pydantic" in told or "Traceback" in told or "validation" in told]
    said = dict(zip(ODD, (answers_by_id[n] for n in range(1, len(sent))), strict=True))
    assert "stories: `query` must be text; `start` must be a whole number." in said["arguments of other kinds"]
    assert "compare: `b` is missing." in said["arguments that are missing"]
    assert "is no request of JSON-RPC 2.0." in said["no method"]


def test_a_store_that_another_program_changed_is_said_to_be_changed(db, tmp_path):
    changed = tmp_path / "changed.duckdb"
    shutil.copy(db, changed)
    with duckdb.connect(str(changed)) as store:
        store.execute("UPDATE finding SET kind = 'poem'")

    async def run():
        async with over_stdio("--db", changed) as client:
            story = (await ask(client, "stories"))["stories"][0]["id"]
            return [str(await ask(client, "account", story=story, part=part)) for part in answers.PARTS]

    said = [told for told in run_in_a_thread(run()) if "changed by another program" in told]
    assert said
    assert all(told.endswith("says what can be saved.") for told in said)


def test_a_story_that_was_only_read_is_worked_out_beside_the_store_which_stays_as_it_is(stemma, harbour, tmp_path):
    stemma("read", harbour, "--db", tmp_path / "read.duckdb")
    before = (tmp_path / "read.duckdb").read_bytes()
    from stemma.engines.shared_store import SharedStore

    store = SharedStore(tmp_path / "read.duckdb")
    (story,) = answers.stories(store, "", 0)["stories"]
    assert answers.account(store, story["id"], "overview", 0)["independent_origins"]["best"] == 3
    assert (tmp_path / "read.duckdb").read_bytes() == before


def test_an_agent_that_may_judge_does_so_under_a_name_of_its_own(db, tmp_path, stemma, seen):
    shutil.copy(db, tmp_path / "news.duckdb")
    finding = seen["part findings"]["findings"][0]["id"]

    async def run():
        async with over_stdio("--db", tmp_path / "news.duckdb", "--judge") as client:
            tools = {t.name for t in (await client.list_tools()).tools}
            done = await ask(client, "judge", verdict="wrong", this=finding, note="the page names it below")
            return tools, done, await ask(client, "judge", verdict="wrong", this="nothing")

    tools, done, refused = run_in_a_thread(run())
    assert tools == READING | {"judge"}
    assert done["evidence"]
    assert "No finding and no derivation 'nothing' in this store." in refused
    (kept,) = map(json.loads, stemma("judgements", "--db", tmp_path / "news.duckdb", "--json").stdout.splitlines())
    assert kept["who"].startswith("an agent of ")
    assert kept["note"] == "the page names it below"


def test_the_same_is_answered_over_http_to_this_machine_alone(db, seen):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen([SCRIPT, "mcp", "--db", str(db), "--http", str(port)], stderr=subprocess.PIPE, text=True) as server:
        try:
            assert f"http://127.0.0.1:{port}/mcp" in server.stderr.readline()

            async def run():
                async with Client(f"http://127.0.0.1:{port}/mcp") as client:
                    return await ask(client, "stories")

            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            assert run_in_a_thread(run()) == seen["stories"]
        finally:
            server.terminate()


def test_without_the_extra_or_a_store_a_sentence_says_what_to_do(tmp_path, stemma):
    broken = tmp_path / "packages" / "mcp"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ModuleNotFoundError('no', name='mcp')", "utf-8")
    path = os.pathsep.join([str(broken.parent), *sys.path])
    assert "pip install 'stemma-news[mcp]'" in stemma("mcp", "--db", "news.duckdb", code=1, PYTHONPATH=path).stderr
    assert "There is no store at none.duckdb." in stemma("mcp", "--db", "none.duckdb", cwd=tmp_path, code=1).stderr
