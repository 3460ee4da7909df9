"""A store for agents: mcp."""

from typing import Annotated

import typer

from stemma.cli.console import say, user
from stemma.cli.files import open_corpus
from stemma.cli.options import Store
from stemma.errors import UsageError


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
