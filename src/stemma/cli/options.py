"""Options and arguments that commands of several groups take."""

from pathlib import Path
from typing import Annotated

import typer

Store = Annotated[Path, typer.Option("--db", help="The store's file, as written by `stemma analyse --db`.")]
StoryId = Annotated[str, typer.Argument(help="A story's id or its beginning; `stemma stories` lists them.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")]
Attribution = Annotated[
    Path | None, typer.Option("--attribution", help="Who said what by this model of `stemma train attribution`.")
]


def usable(attribution: Path | None) -> Path | None:
    """Return the model file that was given; one that cannot be used is said before anything is read, as StemmaError."""
    if attribution is not None:
        from stemma.statements.training.classifier import classifier_from

        classifier_from(attribution)
    return attribution
