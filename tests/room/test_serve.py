"""`stemma serve`: what it says, what it refuses, and a store that others use too."""

import re
import shutil
import signal
import socket
import subprocess

import duckdb
import httpx
import pytest

from conftest import HANGS, SCRIPT
from room.conftest import room_of, served
from stemma.engines import open_store


@pytest.fixture
def started():
    """Start `stemma serve` as a user does; return it and the address that it prints."""
    running = []

    def start(*arguments):
        process = subprocess.Popen(
            [SCRIPT, "serve", *map(str, arguments), "--port", "0", "--no-browser"], stderr=subprocess.PIPE, encoding="utf-8"
        )
        running.append(process)
        said = process.stderr.readline()
        return process, re.search(r"http://\S+", said)[0]

    yield start
    for process in running:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def test_a_store_is_served_and_others_may_write_to_it_meanwhile(made, tmp_path, started):
    db = shutil.copy(made, tmp_path / "news.duckdb")
    _, address = started("--db", db)
    assert len(httpx.get(f"{address}stories.json", timeout=60).json()["stories"]) == 2
    with open_store(db).transaction():
        pass
    assert httpx.get(address, timeout=60).status_code == 200


def test_two_rooms_read_one_store(made, started):
    for address in [started("--db", made)[1] for _ in range(2)]:
        assert httpx.get(f"{address}stories.json", timeout=60).json()["all"] == 2


def test_what_is_no_request_is_answered_and_nothing_is_printed_of_it(made, started):
    process, address = started("--db", made)
    host, _, port = address.removeprefix("http://").strip("/").partition(":")
    upgrade = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
    for sent in (b"\x16\x03\x01 no request\r\n\r\n", upgrade):
        with socket.create_connection((host, int(port)), timeout=60) as asking:
            asking.sendall(sent)
            assert asking.recv(9) == b"HTTP/1.1 "
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)
    assert process.stderr.read() == "stemma: Stopped.\n"


def test_a_store_that_another_program_changed_is_said_to_be_changed_and_nothing_is_printed_of_it(made, tmp_path, started):
    db = shutil.copy(made, tmp_path / "news.duckdb")
    with duckdb.connect(str(db)) as store:
        store.execute("UPDATE stance SET stance = 'poem'")
    process, address = started("--db", db)
    story = httpx.get(f"{address}stories.json", timeout=60).json()["stories"][0]["id"]
    for form in ("", ".json"):
        answer = httpx.get(f"{address}story/{story}/matrix{form}", timeout=60)
        assert answer.status_code == 400
        assert "was changed by another program: it holds what cannot be worked with." in answer.text
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)
    assert process.stderr.read() == "stemma: Stopped.\n"


HOLD = """
import sys
from stemma.engines import open_store
with open_store(sys.argv[1]).run():
    print("held", flush=True)
    input()
"""


def test_a_room_is_read_on_while_another_process_writes_and_who_that_is_is_said_to_who_judges(made, tmp_path):
    db = shutil.copy(made, tmp_path / "news.duckdb")
    with (
        served(room_of(db)) as address,
        subprocess.Popen(
            [SCRIPT.with_name("python"), "-c", HOLD, db], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        ) as writer,
    ):
        assert writer.stdout.readline() == "held\n"
        (story, _) = httpx.get(f"{address}/stories.json", timeout=60).json()["stories"]
        page = httpx.get(f"{address}/story/{story['id']}", timeout=60)
        assert page.status_code == 200
        form = {"room": re.search(r'name="room" value="([^"]+)"', page.text)[1], "story": story["id"], "id": "0", "who": "Ann"}
        answer = httpx.post(f"{address}/undo", data=form, timeout=60)
        assert answer.status_code == 503
        assert f"in use: process {writer.pid}" in answer.text
        writer.communicate("\n")
        assert httpx.get(address, timeout=60).status_code == 200


@pytest.mark.parametrize(
    ("arguments", "said"),
    [((), "Say what to show"), (("--db", "nowhere.duckdb"), "There is no store"),
     (("--db", "nowhere.duckdb", "--host", "0.0.0.0"), "There is no store")],
)  # fmt: skip
def test_what_cannot_be_served_is_said_in_a_sentence(stemma, tmp_path, arguments, said):
    assert said in stemma("serve", *arguments, cwd=tmp_path, code=1).stderr


def test_pages_of_which_none_is_there_open_no_room(stemma, tmp_path):
    done = stemma("serve", "nowhere", "nothing.zip", cwd=tmp_path, code=2)
    assert "nowhere: there is no such file or folder." in done.stderr


def test_others_are_let_in_with_the_token_only(stemma, made):
    assert "--token" in stemma("serve", "--db", made, "--host", "0.0.0.0", code=1).stderr
    assert "too short" in stemma("serve", "--db", made, "--host", "0.0.0.0", "--token", "abc", code=1).stderr
    token = "0123456789abcdef"
    with served(room_of(made, token=token)) as address, httpx.Client(follow_redirects=True, timeout=60) as client:
        assert client.get(address).status_code == 401
        assert client.get(f"{address}/?token=wrong").status_code == 401
        assert client.get(f"{address}/?token={token}").status_code == 200
        assert client.get(f"{address}/stories.json").status_code == 200
        assert client.get(f"{address}/stories.json").json()["all"] == 2


def test_pages_are_read_and_shown_with_progress_in_the_page(pages, started):
    _, address = started(pages / "one.html", pages / "two.html")
    assert address.endswith("/add")
    with httpx.stream("GET", f"{address}/progress", timeout=HANGS) as answer:
        assert '"running": false' in [line for line in answer.iter_lines() if line.startswith("data: ")][-1]
    assert "2 reports read" in httpx.get(address, timeout=60).text
    (story,) = httpx.get(address.replace("/add", "/stories.json"), timeout=60).json()["stories"]
    assert story["reports"] == 2
