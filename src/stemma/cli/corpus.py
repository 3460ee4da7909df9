"""A corpus of any size, on this machine or on Spark: corpus."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.console import say
from stemma.cli.options import Articles, Columns, Engine, EngineName, Master, Meta, Quiet, told
from stemma.errors import UsageError

if TYPE_CHECKING:
    from stemma.bulk import Tell
    from stemma.bulk.chunks import Done
    from stemma.pages import Told


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
    from stemma.show.wording import counted

    given = [*(files or ()), *(pages or ())]
    if not given:
        raise UsageError("Say what to read: `stemma corpus pages/ --out parquet/`.")
    said = told(columns, articles, meta)
    found = made_on(engine, master, given, out, said, not no_accounts, progress_lines(quiet))
    held = f"{counted(found['report'], 'report')} in {found['stories']:,} {'story' if found['stories'] == 1 else 'stories'}"
    print(f"{out} holds {held}; {counted(found['skipped'], 'row')} in its table skipped say what could not be read.")


def made_on(
    engine: EngineName, master: str | None, given: Sequence[str], out: Path, said: "Told", deep: bool, tell: "Tell"
) -> dict[str, int]:
    """Make a folder of Parquet on an engine that is started for it, and say what it holds."""
    from stemma.bulk import work_corpus
    from stemma.engines import open_engine

    opened = open_engine(engine.value, master)
    try:
        return work_corpus(given, out, opened, said, deep, tell)
    finally:
        opened.close()


def progress_lines(quiet: bool) -> "Tell":
    """Return what says how far a stage is, how fast it goes and how long it takes yet: a line on stderr a chunk."""
    begun: dict[str, float] = {}

    def tell(done: "Done") -> None:
        start = begun.setdefault(done.stage, time.monotonic())
        if not quiet and done.done:
            seconds = max(time.monotonic() - start, 0.001)
            rate, left = done.count / seconds, seconds * (done.total - done.done) / done.done
            share = done.done / max(done.total, 1)
            say(f"{done.stage}: {share:.0%}, {done.count:,} so far, {rate:,.1f} a second, {_span(left)} left")

    return tell


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
