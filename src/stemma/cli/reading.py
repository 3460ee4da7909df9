"""The commands that fill a store: read, watch."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.console import progress_bar, say_skipped
from stemma.cli.options import PAGES, AllowPrivate, Articles, Columns, Delay, Meta, NoBytes, Quiet
from stemma.errors import NothingRead, UsageError

if TYPE_CHECKING:
    from stemma.corpus import Corpus
    from stemma.pipeline import Progress
    from stemma.settings import Settings

Db = Annotated[Path, typer.Option("--db", help="The store's file (DuckDB), made when there is none.")]
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def read(
    pages: Annotated[list[str], typer.Argument(help=PAGES)],
    db: Db,
    feed: Annotated[
        bool,
        typer.Option("--feed", "--sitemap", help="These are feeds (RSS, Atom, JSON, OPML) or sitemaps: read what they name."),
    ] = False,
    meta: Meta = None,
    quiet: Quiet = False,
    no_bytes: NoBytes = False,
    allow_private: AllowPrivate = False,
    delay: Delay = 1.0,
    columns: Columns = None,
    articles: Articles = None,
) -> None:
    """Read pages into a store and group them into stories; `show` works a story out when it is asked for."""
    from stemma.corpus import read as read_pages
    from stemma.pages.columns import columns_from
    from stemma.settings import Manners, Settings

    settings = Settings(keep_bytes=not no_bytes, manners=Manners(allow_private, delay))
    with progress_bar(quiet) as progress:
        if feed:
            _read_feeds(pages, db, settings, progress)
            return
        named = columns_from(columns)
        with read_pages(
            pages, meta=meta, db=db, progress=progress, settings=settings, deep=False, columns=named, articles=articles
        ) as corpus:
            say_skipped(corpus.skipped)
            _say_held(db, corpus)


def watch(
    feeds: Annotated[list[str], typer.Argument(help="Feeds (RSS, Atom, JSON), OPML files, sitemaps: addresses or files.")],
    db: Db,
    every: Annotated[str, typer.Option(metavar="TIME", help="How often a feed is asked: 90s, 10m, 2h, 1d.")] = "10m",
    quiet: Quiet = False,
    no_bytes: NoBytes = False,
    allow_private: AllowPrivate = False,
    delay: Delay = 1.0,
) -> None:
    """Follow feeds until it is stopped, and read what is new; it goes on where it was, also after a kill."""
    from stemma.follow import watch as follow
    from stemma.settings import Manners, Settings
    from stemma.show.wording import counted

    settings = Settings(keep_bytes=not no_bytes, manners=Manners(allow_private, delay))
    for round_ in follow(db, feeds, _time_of(every), settings):
        say_skipped(round_.skipped)
        if round_.reports and not quiet:
            print(f"{datetime.now():%H:%M} {counted(len(round_.reports), 'new report')}", flush=True)


def _read_feeds(feeds: list[str], db: Path, settings: "Settings", progress: "Progress") -> None:
    from stemma.corpus import Corpus
    from stemma.engines import open_store
    from stemma.show.wording import counted

    with Corpus(open_store(db)) as corpus:
        followed = corpus.follow(feeds, settings, progress)
        if {row.location for row in followed.skipped} >= set(feeds):
            error = NothingRead("None of what was given could be read as a feed or a sitemap.")
            error.skipped = followed.skipped
            raise error
        say_skipped(followed.skipped)
        print(f"{counted(len(followed.reports), 'new report')}.", end=" ")
        _say_held(db, corpus)


def _say_held(db: Path, corpus: "Corpus") -> None:
    from stemma.show.wording import counted

    stories = corpus.stories
    held = counted(sum(s.size for s in stories), "report")
    print(f"{db} holds {held} in {len(stories):,} {'story' if len(stories) == 1 else 'stories'}.")


def _time_of(written: str) -> timedelta:
    found = re.fullmatch(r"(\d{1,6}(?:\.\d+)?)\s*([smhd])", written.strip())
    if found is None or not float(found[1]):
        raise UsageError(f"{written!r} is no time; write it like 90s, 10m, 2h or 1d.")
    return timedelta(seconds=float(found[1]) * _SECONDS[found[2]])
