"""Options and arguments that commands of several groups take."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.errors import UsageError

if TYPE_CHECKING:
    from stemma.pages import PageOptions

Store = Annotated[
    Path,
    typer.Option("--db", metavar="STORE", help="A store: the file of `stemma analyse --db`, or a folder of `stemma corpus`."),
]
StoreFile = Annotated[
    Path, typer.Option("--db", metavar="FILE", help="A store's file, as `stemma analyse --db` makes one; no folder of Parquet.")
]
JsonLines = Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")]
StoryId = Annotated[
    str,
    typer.Argument(show_default=False, help="A story's id or its beginning (`stemma stories` lists them); not needed with one."),
]
PAGES = (
    "Files and folders: pages (.html .htm .xhtml .mhtml .mht .txt .pdf .eml), tables of articles (.csv .tsv .jsonl .parquet), "
    "archives (.warc .wacz .zip), also .gz; addresses (http, https); - for standard input."
)
"""What can be given as a page."""
FILES = frozenset(
    ("--against", "--annotations", "--attribution", "--csv", "--db", "--graphml", "--html", "--json", "--meta", "--out")
) | {"--parquet", "--save", "--svg", "--warc"}
"""The options that name a file or a folder."""
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns", metavar="FIELD=NAME,…", help="Columns of tables that are not recognised: text=maintext,outlet=paper."
    ),
]
Articles = Annotated[
    bool | None,
    typer.Option(
        "--articles/--scrapes",
        help="The texts in tables are articles, kept whole, or scrapes of whole pages; else articles where a row has a title.",
    ),
]
Meta = Annotated[Path | None, typer.Option("--meta", help=".csv or .jsonl: file, url, outlet, published, retrieved.")]
NoBytes = Annotated[bool, typer.Option("--no-bytes", help="Do not keep the pages as they were saved in the store.")]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Also read addresses of this machine and this network.")]
Delay = Annotated[float, typer.Option("--delay", min=0, max=3600, help="Seconds between two requests to one host.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")]
Attribution = Annotated[
    Path | None, typer.Option("--attribution", help="Who said what by this model of `stemma train attribution`.")
]


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


def must_have_names(arguments: Sequence[str]) -> None:
    """Raise UsageError for an option that is given a file without a name: an empty one would be the folder where one stands."""
    for option, value in (*pairwise(arguments), *(a.split("=", 1) for a in arguments if a.startswith("--") and "=" in a)):
        if option in FILES and not value:
            raise UsageError(f"The name that is given with {option} is empty.")
        if option in ("--db", "--parquet") and value == "-":
            raise UsageError(f"What {option} names is a file, and no standard output; give it the name of one.")


def page_options(columns: str | None = None, articles: bool | None = None, meta: Path | None = None) -> "PageOptions":
    """Return what these options say of the pages that are given; raises UsageError."""
    from stemma.pages import PageOptions, read_meta
    from stemma.pages.meta import columns_from

    return PageOptions(read_meta(meta) if meta else {}, columns_from(columns), articles, meta)


def usable(attribution: Path | None) -> Path | None:
    """Return the model file that was given; one that cannot be used is said before anything is read, as StemmaError."""
    if attribution is not None:
        from stemma.statements.attribution_classifier import classifier_from

        classifier_from(attribution)
    return attribution
