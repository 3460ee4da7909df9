"""The commands that fill a store: read."""

from pathlib import Path
from typing import Annotated

import typer

from stemma.cli.console import progress_bar, say_skipped
from stemma.cli.options import PAGES, AllowPrivate, Delay, Meta, NoBytes, Quiet

Db = Annotated[Path, typer.Option("--db", help="The store's file (DuckDB), made when there is none.")]


def read(
    pages: Annotated[list[str], typer.Argument(help=PAGES)],
    db: Db,
    meta: Meta = None,
    quiet: Quiet = False,
    no_bytes: NoBytes = False,
    allow_private: AllowPrivate = False,
    delay: Delay = 1.0,
) -> None:
    """Read pages into a store and group them into stories; `show` works a story out when it is asked for."""
    from stemma.corpus import read as read_pages
    from stemma.settings import Manners, Settings

    settings = Settings(keep_bytes=not no_bytes, manners=Manners(allow_private, delay))
    with (
        progress_bar(quiet) as progress,
        read_pages(pages, meta=meta, db=db, progress=progress, settings=settings, deep=False) as corpus,
    ):
        say_skipped(corpus.skipped())
        stories = corpus.stories()
        print(f"{db} holds {sum(s.reports for s in stories)} reports in {len(stories)} stories.")
