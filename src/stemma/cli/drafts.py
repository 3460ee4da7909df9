"""A draft before it is published: check."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.console import print_json, say, say_skipped

if TYPE_CHECKING:
    from stemma.drafts import Checked


class CheckForm(StrEnum):
    """How a check is printed."""

    text = "text"
    json = "json"
    sarif = "sarif"
    github = "github"


def check(
    draft: Annotated[Path, typer.Argument(help="The draft: .txt, .md or .html.")],
    against: Annotated[
        list[str], typer.Option("--against", metavar="STORE|PAGES", help="A store, or pages: files, folders, zips.")
    ],
    more: Annotated[list[str] | None, typer.Argument(metavar="[PAGES]...", help="More pages after --against.")] = None,
    form: Annotated[CheckForm, typer.Option("--format", help="How it is printed.")] = CheckForm.text,
    select: Annotated[list[str] | None, typer.Option(help="Kinds to show, with commas between; all when not given.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Kinds to leave out.")] = None,
    published: Annotated[str | None, typer.Option(help="When the draft is to appear; else just after the latest report.")] = None,
) -> None:
    """Say what a careful reader would find in a draft beside the reports of its story: exit code 1 when anything is found."""
    from stemma.drafts import FORMATS, check_draft, chosen, kinds_named, open_against

    kinds_named([*(select or []), *(ignore or [])])
    corpus, skipped = open_against([*against, *(more or [])])
    with corpus:
        say_skipped(skipped)
        checked = chosen(check_draft(draft, corpus.store, published), select or [], ignore or [])
    _say_beside(checked)
    print_json(FORMATS[form](checked), end="")
    raise typer.Exit(1 if checked.remarks else 0)


def _say_beside(checked: "Checked") -> None:
    """Say on stderr beside what a draft was put, or that it fits none of the stories."""
    if checked.beside:
        beside = f"{checked.beside} report{'s' if checked.beside > 1 else ''} of the story {checked.title or 'without a title'}"
        say(f"{checked.path} stands beside {beside}.")
    else:
        say(f"{checked.path} fits none of the stories; there is nothing to check it against.")
