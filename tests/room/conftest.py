"""The room on a port of this machine, with invented stories in its store, and pages of the browser that look at it."""

import shutil
import socket
import threading
import time
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import expect

from stemma.corpus import read
from stemma.engines.shared_store import SharedStore
from stemma.room.adding import Adding
from stemma.room.app import room_app
from stemma.room.web import Room
from stories.loading import load

# On a busy machine a story takes longer to be worked out than playwright waits by itself.
expect.set_options(timeout=30_000)

HOSTILE = "<img src=x onerror=document.title='run'> \u202elatrop"
"""What no page may run or turn around: markup, and a mark that turns the direction of writing."""
_TEXT = """<html><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>The windmill of Sankt Ruprecht lost its sails on Sunday night, the miller, Agnes Tobler, said on Monday.</p>
<p>"I heard them go one after the other," Ms Tobler said. At least 14 sheep were found dead in the field behind the mill.</p>
<p>The district of Obertal will pay 30,000 francs for new sails, said its treasurer, Urs &lt;b&gt;Keller&lt;/b&gt;. {more}</p>
</article></body></html>"""


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """Return a folder with the pages of a fire, and two of a windmill whose titles, outlets and addresses are hostile."""
    folder = tmp_path_factory.mktemp("pages")
    shutil.copytree(load("harbour_fire")["pages"], folder / "fire")
    for name, more in (("one", "The mill was built in 1794."), ("two", "Nobody was hurt.")):
        page = _TEXT.format(title=HOSTILE.replace("<", "&lt;") + f" windmill {name}", more=more)
        (folder / f"{name}.html").write_text(page, "utf-8")
    rows = [f'{n}.html,javascript:alert({n!r}),"{HOSTILE} {n}",2031-05-0{i}T10:00+02:00' for i, n in enumerate(("one", "two"), 4)]
    (folder / "meta.csv").write_text("\n".join(["file,url,outlet,published", *rows]), "utf-8")
    return folder


@pytest.fixture(scope="session")
def made(pages, tmp_path_factory):
    """Return a store of those pages, which no test changes."""
    db = tmp_path_factory.mktemp("store") / "news.duckdb"
    read([*(pages / "fire").iterdir(), *pages.glob("*.html")], meta=pages / "meta.csv", db=db).close()
    return db


def room_of(path, **options):
    """Return a room with the store in a file."""
    store = SharedStore(path)
    return Room(store, Adding(store), **options)


@contextmanager
def served(room):
    """Serve a room on a free port of this machine, and end it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(room_app(room), log_level="error", access_log=False, timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def room(made):
    """Return the address of a room that is read, not written to."""
    with served(room_of(made, may_write=True, reader="Ann")) as address:
        yield address


@pytest.fixture
def own_room(made, tmp_path):
    """Return the address of a room with a store of this test alone."""
    shutil.copy(made, tmp_path / "news.duckdb")
    with served(room_of(tmp_path / "news.duckdb", reader="Ann")) as address:
        yield address


@pytest.fixture
def look(browser):
    """Open pages of a browser, each of which fails the test when its scripts or its policy complain."""
    opened, wrong = [], []

    def new(width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        context.set_default_timeout(30_000)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        return page

    yield new
    for context in opened:
        context.close()
    assert wrong == []
