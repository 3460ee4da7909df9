"""Options and arguments that commands of several groups take."""

from pathlib import Path
from typing import Annotated

import typer

Store = Annotated[Path, typer.Option("--db", help="The store's file, as written by `stemma analyse --db`.")]
StoryId = Annotated[str, typer.Argument(help="A story's id or its beginning; `stemma stories` lists them.")]
PAGES = "Files, folders and zips (.html .htm .xhtml .txt, each also .gz), and addresses (http, https)."
"""What can be given as a page."""
Meta = Annotated[Path | None, typer.Option("--meta", help=".csv or .jsonl: file, url, outlet, published, retrieved.")]
NoBytes = Annotated[bool, typer.Option("--no-bytes", help="Do not keep the pages as they were saved in the store.")]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Also read addresses of this machine and this network.")]
Delay = Annotated[float, typer.Option("--delay", min=0, help="Seconds between two requests to one host.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")]
Attribution = Annotated[
    Path | None, typer.Option("--attribution", help="Who said what by this model of `stemma train attribution`.")
]


def usable(attribution: Path | None) -> Path | None:
    """Return the model file that was given; one that cannot be used is said before anything is read, as StemmaError."""
    if attribution is not None:
        from stemma.statements.attribution_classifier import classifier_from

        classifier_from(attribution)
    return attribution
