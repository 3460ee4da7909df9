"""A corpus of any size, on this machine or on Spark: corpus."""

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.console import say
from stemma.cli.options import Articles, Columns, Meta, Quiet
from stemma.errors import UsageError

if TYPE_CHECKING:
    from stemma.bulk import Tell


class EngineName(StrEnum):
    """What a corpus is worked on with."""

    duckdb = "duckdb"
    spark = "spark"
    sail = "sail"


Engine = Annotated[
    EngineName, typer.Option("--engine", help="duckdb: all cores of this machine; spark: Apache Spark; sail: Spark without Java.")
]
Master = Annotated[
    str | None,
    typer.Option("--master", help="Where Spark is: local[2], spark://HOST:7077, yarn, k8s://…, sc://HOST:15002."),
]


def corpus(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder of Parquet; what it holds is not done again.")],
    files: Annotated[
        list[str] | None,
        typer.Argument(help="What `stemma read` takes as files, patterns ('crawl/*.warc.gz'), s3a://, gs://, hdfs://."),
    ] = None,
    pages: Annotated[list[str] | None, typer.Option("--pages", help="The same as FILES.")] = None,
    engine: Engine = EngineName.duckdb,
    master: Master = None,
    no_accounts: Annotated[bool, typer.Option("--no-accounts", help="Only read and group; accounts when asked for.")] = False,
    meta: Meta = None,
    columns: Columns = None,
    articles: Articles = None,
    quiet: Quiet = False,
) -> None:
    """Read a whole corpus into a folder of Parquet: pages, reports, stories, accounts. Call it again to go on after a stop."""
    from stemma.bulk import work_corpus
    from stemma.cli.options import told
    from stemma.engines import open_engine
    from stemma.pages import read_meta
    from stemma.show.wording import counted

    given = [*(files or ()), *(pages or ())]
    if not given:
        raise UsageError("Say what to read: `stemma corpus pages/ --out parquet/`.")
    said = told(columns, articles, read_meta(meta) if meta else None)
    opened = open_engine(engine.value, master)
    try:
        found = work_corpus(given, out, opened, said, not no_accounts, progress_lines(quiet))
    finally:
        opened.close()
    held = f"{counted(found['report'], 'report')} in {found['stories']:,} {'story' if found['stories'] == 1 else 'stories'}"
    print(f"{out} holds {held}; {counted(found['skipped'], 'row')} in its table skipped say what could not be read.")


def progress_lines(quiet: bool) -> "Tell":
    """Return what says how far a stage is, how fast it goes and how long it takes yet: a line on stderr a chunk."""
    from stemma.bulk.chunks import Told

    begun: dict[str, float] = {}

    def tell(told: Told) -> None:
        start = begun.setdefault(told.stage, time.monotonic())
        if not quiet and told.done:
            seconds = max(time.monotonic() - start, 0.001)
            rate, left = told.count / seconds, seconds * (told.total - told.done) / told.done
            share = told.done / max(told.total, 1)
            say(f"{told.stage}: {share:.0%}, {told.count:,} so far, {rate:,.1f} a second, {_span(left)} left")

    return tell


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
