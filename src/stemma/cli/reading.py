"""The commands that keep a collection and ask all of it: read, watch, corpus, families, outlets."""

import re
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.console import console, how_far, print_json, progress_bar, say, say_parted, say_skipped
from stemma.cli.files import BadLines, check_targets, existing, open_corpus, put_text
from stemma.cli.options import (
    PAGES,
    AllowPrivate,
    Articles,
    Columns,
    Delay,
    Engine,
    EngineName,
    JsonLines,
    Master,
    Meta,
    NoBytes,
    Quiet,
    Store,
    page_options,
)
from stemma.errors import NothingRead, UsageError
from stemma.text.json_text import json_text
from stemma.whole_files import whole_file

if TYPE_CHECKING:
    import pyarrow as pa

    from stemma.bulk import Skip, Tell
    from stemma.bulk.chunks import Done
    from stemma.corpus import Corpus
    from stemma.pages import PageOptions
    from stemma.pipeline import Progress
    from stemma.settings import Settings

Db = Annotated[Path, typer.Option("--db", help="The store's file (DuckDB), made when there is none.")]
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LONGEST_PAUSE = timedelta(days=366)
Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write it as CSV; - for standard output.")]
Parquet = Annotated[Path | None, typer.Option("--parquet", metavar="FILE", help="Write it as Parquet.")]


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
    from stemma.settings import Manners, Settings

    settings = Settings(keep_bytes=not no_bytes, manners=Manners(allow_private, delay))
    with progress_bar(quiet) as progress:
        _read_into(db, pages, feed, meta, settings, columns, articles, progress, deep=False)


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

    pause = _time_of(every)
    existing(feeds)
    settings = Settings(keep_bytes=not no_bytes, manners=Manners(allow_private, delay))
    for round_ in follow(db, feeds, pause, settings):
        say_skipped(round_.skipped)
        if round_.reports and not quiet:
            print(f"{datetime.now():%H:%M} {counted(len(round_.reports), 'new report')}", flush=True)


def _read_into(
    db: Path,
    given: list[str],
    feed: bool,
    meta: Path | None,
    settings: "Settings",
    columns: str | None,
    articles: bool | None,
    progress: "Progress",
    deep: bool,
) -> None:
    """Read pages, or what feeds name, into a store, with `deep` make the accounts, and say what it holds."""
    from stemma.corpus import read
    from stemma.pages import skipped_of
    from stemma.pages.meta import columns_from

    if feed:
        _read_feeds(given, db, settings, progress, deep)
        return
    named = columns_from(columns)
    with read(
        given, meta=meta, db=db, progress=progress, settings=settings, deep=deep, columns=named, articles=articles
    ) as corpus:
        say_skipped(skipped_of(given, corpus.skipped))
        _say_held(db, corpus)


def _read_feeds(feeds: list[str], db: Path, settings: "Settings", progress: "Progress", deep: bool) -> None:
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
        if deep:
            corpus.work_out(progress, settings)
        print(f"{counted(len(followed.reports), 'new report')}.", end=" ")
        _say_held(db, corpus)


def _say_held(db: Path, corpus: "Corpus") -> None:
    from stemma.show.wording import clean, counted
    from stemma.stories.grouping import MOST_TOGETHER

    # Not by the list of the stories: of a hundred thousand reports that takes as much memory as all of their reading.
    (held,) = corpus.sql(
        "SELECT count(*) AS reports, count(DISTINCT s.story) AS stories FROM story s JOIN report r ON r.id = s.report"
    )
    stories = f"{held['stories']:,} {'story' if held['stories'] == 1 else 'stories'}"
    sizes = "SELECT count(*) AS reports FROM component GROUP BY component"
    (large,) = corpus.sql(f"SELECT sum(reports) AS reports FROM ({sizes}) WHERE reports > {MOST_TOGETHER}")
    say_parted(large["reports"])
    print(f"{clean(str(db))} holds {counted(held['reports'], 'report')} in {stories}.")


def _time_of(written: str) -> timedelta:
    found = re.fullmatch(r"(\d{1,6}(?:\.\d+)?)\s*([smhd])", written.strip())
    pause = timedelta(seconds=float(found[1]) * _SECONDS[found[2]]) if found else timedelta()
    if not pause:
        raise UsageError(f"{written!r} is no time; write it like 90s, 10m, 2h or 1d.")
    if pause > _LONGEST_PAUSE:
        raise UsageError(f"{written!r} is longer than a year.")
    return pause


def corpus(
    files: Annotated[
        list[str] | None,
        typer.Argument(help="What `stemma read` takes as files, patterns ('crawl/*.warc.gz'), s3a://, gs://, hdfs://."),
    ] = None,
    pages: Annotated[list[str] | None, typer.Option("--pages", help="The same as FILES.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Into this folder of Parquet; what it holds is not done again.")
    ] = None,
    db: Annotated[
        Path | None, typer.Option("--db", help="Or into this store's file (DuckDB), on this machine; addresses are read, too.")
    ] = None,
    feed: Annotated[bool, typer.Option("--feed", help="With --db: these are feeds or sitemaps; read what they name.")] = False,
    engine: Engine = EngineName.duckdb,
    master: Master = None,
    no_accounts: Annotated[bool, typer.Option("--no-accounts", help="Only read and group; accounts when asked for.")] = False,
    meta: Meta = None,
    columns: Columns = None,
    articles: Articles = None,
    quiet: Quiet = False,
    allow_private: AllowPrivate = False,
    delay: Delay = 1.0,
) -> None:
    """Read a whole corpus, group it and make its accounts. Call it again to go on after a stop, and with more files."""
    from stemma.show.wording import counted

    given = [*(files or ()), *(pages or ())]
    if not given:
        raise UsageError("Say what to read: `stemma corpus pages/ --out parquet/`.")
    if db:
        if out or engine is not EngineName.duckdb or master:
            raise UsageError("With --db no folder is written and no other engine works; --out makes a folder of Parquet.")
        from stemma.settings import Manners, Settings

        settings = Settings(manners=Manners(allow_private, delay))
        _corpus_in_store(given, db, feed, meta, settings, columns, articles, quiet, not no_accounts)
        return
    if feed or out is None:
        raise UsageError("Feeds are read into a store: give --db." if feed else "Say where to: --out DIR, or --db FILE.")
    said = page_options(columns, articles, meta)
    left = BadLines()
    tell = progress_lines(quiet)
    found = made_on(engine, master, given, out, said, not no_accounts, tell, lambda one: left.say(one.location, one.reason))
    left.end(1)
    say_parted(found["parted"])
    held = f"{counted(found['report'], 'report')} in {found['stories']:,} {'story' if found['stories'] == 1 else 'stories'}"
    print(f"{out} holds {held}; {counted(found['skipped'], 'row')} in its table skipped say what could not be read.")


def _corpus_in_store(
    given: list[str],
    db: Path,
    feed: bool,
    meta: Path | None,
    settings: "Settings",
    columns: str | None,
    articles: bool | None,
    quiet: bool,
    deep: bool,
) -> None:
    """The same into a store; a line on stderr now and then says how far it is."""
    from stemma.cli.console import progress_lines
    from stemma.pages.files import matching
    from stemma.pipeline import nothing_to_show

    named = [name for one in given for name in matching(one)]
    progress = nothing_to_show if quiet else progress_lines()
    _read_into(db, named, feed, meta, settings, columns, articles, progress, deep)


def made_on(
    engine: EngineName,
    master: str | None,
    given: Sequence[str],
    out: Path,
    said: "PageOptions",
    deep: bool,
    tell: "Tell",
    skip: "Skip" = lambda _: None,
) -> dict[str, int]:
    """Make a folder of Parquet on an engine that is started for it, and say what it holds."""
    from stemma.bulk import work_corpus
    from stemma.engines import open_engine

    opened = open_engine(engine.value, master)
    try:
        return work_corpus(given, out, opened, said, deep, tell, skip)
    finally:
        opened.close()


def progress_lines(quiet: bool) -> "Tell":
    """Return what says how far a stage is, how fast it goes and how long it takes yet: a line on stderr a chunk."""
    begun: dict[str, float] = {}

    def tell(done: "Done") -> None:
        start = begun.setdefault(done.stage, time.monotonic())
        if not quiet and done.done:
            say(how_far(done.stage, done.count, time.monotonic() - start, done.done / max(done.total, 1)))

    return tell


def families(
    db: Store,
    by_month: Annotated[bool, typer.Option("--by-month", help="A row for each month, by the date of publication.")] = False,
    csv: Csv = None,
    parquet: Parquet = None,
    graphml: Annotated[
        Path | None, typer.Option("--graphml", metavar="FILE", help="Write the network of sources and outlets (GraphML); -.")
    ] = None,
    json_: JsonLines = False,
) -> None:
    """Say who prints whom, over all stories: outlet by outlet and agency, how many words, and whether it is credited."""
    from stemma.show.syndication import as_graphml
    from stemma.syndication import families as families_in

    check_targets(csv, parquet, graphml, read=[db])
    with open_corpus(db) as corpus:
        found = families_in(corpus.store, by_month)
        _say_left_out(db, corpus)
    if graphml:
        put_text(graphml, as_graphml(found.to_pylist()))
    nothing = "In no story that was worked out one outlet prints another's words."
    _put_out(found, nothing, json_, csv, parquet, graphml)


def outlets(db: Store, csv: Csv = None, parquet: Parquet = None, json_: JsonLines = False) -> None:
    """Say how much of what each outlet printed is its own, over all stories."""
    from stemma.syndication import outlets as outlets_in

    check_targets(csv, parquet, read=[db])
    with open_corpus(db) as corpus:
        found = outlets_in(corpus.store)
        _say_left_out(db, corpus)
    _put_out(found, "No report of a story that was worked out has an outlet.", json_, csv, parquet)


def _say_left_out(db: Path, corpus: "Corpus") -> None:
    """Say how many stories have no account and how they get one, and how many reports no outlet: they do not count."""
    from stemma.syndication import left_out, nameless

    if left := left_out(corpus.store):
        how = f"`stemma analyse --db {db}` does that"
        if db.is_dir():
            how = f"`stemma corpus FILES --out {db}`, without --no-accounts, does that"
        say(f"{left}; {how}.")
    if unknown := nameless(corpus.store):
        say(f"{unknown}; a meta file or a column of the table can tell it.")


def _put_out(
    found: "pa.Table", nothing: str, as_lines: bool, csv: Path | None, parquet: Path | None, *others: Path | None
) -> None:
    from stemma.show.syndication import as_csv, print_rows

    rows, columns = found.to_pylist(), found.column_names
    if csv:
        put_text(csv, as_csv(rows, columns))
    if parquet:
        from pyarrow.parquet import write_table

        with whole_file(parquet) as part:
            write_table(found, part)
    if as_lines:
        for row in rows:
            print_json(json_text(row))
    elif not any((csv, parquet, *others)):
        print_rows(rows, columns, console(), nothing)
