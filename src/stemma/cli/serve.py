"""A store that others ask: people in the browser (serve), agents (mcp)."""

import webbrowser
from pathlib import Path
from threading import Timer
from typing import Annotated

import typer

from stemma.cli.console import say, user
from stemma.cli.files import must_be_there, open_corpus
from stemma.cli.options import Store
from stemma.errors import UsageError

_LOOPBACK = "127.0.0.1"


def serve(
    pages: Annotated[list[str] | None, typer.Argument(help="Pages to read and show: files, folders, zips.")] = None,
    db: Annotated[Path | None, typer.Option("--db", help="The store's file, as written by `stemma analyse --db`.")] = None,
    port: Annotated[int, typer.Option(help="The port; 0 for one that is free.", min=0, max=65535)] = 8000,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")] = False,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nobody judges and nobody adds pages.")] = False,
    host: Annotated[str, typer.Option(help="The address to listen at; another than this needs --token.")] = _LOOPBACK,
    token: Annotated[str | None, typer.Option(help="What a reader must know to be let in, 16 characters or more.")] = None,
) -> None:
    """Open the reading room: the stories of a store in the browser, read side by side and judged. Ctrl-C ends it."""
    try:
        from stemma.engines.shared_store import SharedStore
        from stemma.room.adding import Adding
        from stemma.room.app import run
        from stemma.room.web import Room
    except ModuleNotFoundError as error:
        raise UsageError(f"The reading room needs the package {error.name}: pip install 'stemma-news[web]'.") from error

    from stemma.engines import is_folder

    if db is None and pages and len(pages) == 1 and is_folder(pages[0]):
        db, pages = Path(pages[0]), None
    if not pages and db is None:
        raise UsageError("Say what to show: `stemma serve --db news.duckdb` or `stemma serve pages/`.")
    if not pages and db is not None:
        must_be_there(db)
    if host != _LOOPBACK and token is None:
        raise UsageError(f"--host {host} lets others in: say with --token what they must know.")
    if token is not None and len(token) < 16:
        raise UsageError("The token is too short: 16 characters or more, such as `openssl rand -hex 16` prints.")
    store = SharedStore(db)
    adding = Adding(store)
    room = Room(store, adding, may_write=not read_only and not (db and db.is_dir()), reader=user(), token=token)

    def ready(at: int) -> None:
        address = f"http://{host}:{at}/{'add' if pages else ''}" + (f"?token={token}" if token else "")
        say(f"reading room at {address} (Ctrl-C ends it)")
        if not no_browser:
            Timer(0.2, webbrowser.open, [address]).start()

    if pages:
        adding.start(pages)
    run(room, host, port, ready)


def mcp(
    db: Store,
    http: Annotated[
        int | None,
        typer.Option("--http", metavar="PORT", help="Listen at this port, to this machine alone.", min=1),
    ] = None,
    judge: Annotated[bool, typer.Option("--judge", help="Let the agent judge, too; else it changes nothing.")] = False,
) -> None:
    """Let an agent ask the store (Model Context Protocol): accounts, comparisons, checks, with the words that prove them."""
    try:
        from stemma.agents.server import agents_server
    except ModuleNotFoundError as error:
        raise UsageError(f"Agents are served with the package {error.name}: pip install 'stemma-news[mcp]'.") from error
    from stemma.engines.shared_store import SharedStore

    open_corpus(db).close()
    server = agents_server(SharedStore(db), f"an agent of {user() or 'somebody'}" if judge else None)
    if http is None:
        server.run("stdio")
    else:
        say(f"serving agents at http://127.0.0.1:{http}/mcp (Ctrl-C ends it)")
        server.run("streamable-http", host="127.0.0.1", port=http)
