"""Drafts before they are published, and a reader's word: check, judge, judgements."""

import sys
from collections.abc import Sequence
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.console import console, print_json, progress_bar, say, say_skipped, user
from stemma.cli.files import open_corpus
from stemma.cli.options import JsonLines, StoreFile
from stemma.errors import NothingRead, UsageError
from stemma.text.json_text import json_text

if TYPE_CHECKING:
    from stemma import engines
    from stemma.drafts import Checked
    from stemma.tables import Judgement

STANDARD_INPUT = Path("-")


class CheckForm(StrEnum):
    """How a check is printed."""

    text = "text"
    json = "json"
    sarif = "sarif"
    github = "github"


def check(
    drafts: Annotated[list[Path] | None, typer.Argument(help="Drafts: .txt, .md or .html; - for standard input.")] = None,
    against: Annotated[
        list[str] | None,
        typer.Option("--against", metavar="STORE|PAGES", help="A store, or pages (files, folders, zips); can be given again."),
    ] = None,
    form: Annotated[CheckForm, typer.Option("--format", help="How it is printed.")] = CheckForm.text,
    select: Annotated[list[str] | None, typer.Option(help="Kinds to show, with commas between; all when not given.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Kinds to leave out.")] = None,
    published: Annotated[
        str | None, typer.Option(help="When the drafts are to appear; else just after the latest report.")
    ] = None,
    lsp: Annotated[bool, typer.Option("--lsp", help="Speak to an editor (Language Server Protocol) on standard input.")] = False,
    name: Annotated[Path, typer.Option("--stdin-filename", help="What standard input is called.")] = STANDARD_INPUT,
) -> None:
    """Say what a careful reader would find in drafts beside the reports of their stories.

    Exit code 1 when anything is found, 3 when nothing is and a draft fits no story, so that it was not checked, 2 when one
    cannot be read.

    What is not given comes from [tool.stemma] in pyproject.toml: against, select, ignore.
    """
    from stemma.drafts import FORMATS, chosen, configured_in, kinds_named, open_against

    told = configured_in(Path.cwd())
    wanted, unwanted = select or told.select, ignore or told.ignore
    kinds_named([*wanted, *unwanted])
    places = against or list(told.against)
    if not places and (drafts or lsp):
        raise UsageError("Say with --against, or in pyproject.toml, beside which store or pages the drafts are put.")
    if lsp:
        return _speak(places, wanted, unwanted)
    if not drafts:
        raise UsageError("No draft is given: name files, or - for standard input.")
    store, skipped = open_against(places)
    with closing(store):
        say_skipped(skipped, listed=False)
        checks = [_checked(draft, store, published, name) for draft in drafts]
    shown = [chosen(c, wanted, unwanted) for c in checks if c]
    if shown:
        print_json(FORMATS[form](shown), end="")
    raise typer.Exit(_exit_code(shown, whole=None not in checks))


def _exit_code(shown: "Sequence[Checked]", whole: bool) -> int:
    """2 where a draft could not be read, else 1 where something was found, else 3 where a draft fits no story, else 0."""
    if not whole:
        return 2
    return 1 if any(c.remarks for c in shown) else 3 if any(c.not_checked for c in shown) else 0


def _speak(places: Sequence[str], select: Sequence[str], ignore: Sequence[str]) -> None:
    """Serve an editor; exit code 1 where it ends without a word, as the protocol asks."""
    try:
        from stemma.drafts.language_server import Desk, serve
    except ModuleNotFoundError as error:
        raise UsageError(f"Editors are spoken to with the package {error.name}: pip install 'stemma-news[lsp]'.") from error
    from stemma.corpus import Corpus
    from stemma.drafts import is_store
    from stemma.engines.shared_store import SharedStore

    in_file = len(places) == 1 and is_store(Path(places[0]))
    shared = SharedStore(Path(places[0]) if in_file else None)
    if not in_file:
        with shared.writing() as store:
            corpus = Corpus(store).add(list(places), deep=False)
            say_skipped(corpus.skipped, listed=False)
    if not serve(Desk(shared, select, ignore, user())):
        raise typer.Exit(1)


def _checked(draft: Path, store: "engines.Store", published: str | None, name: Path) -> "Checked | None":
    """Check one draft; None when it cannot be read, which is said."""
    from stemma.drafts import check_draft

    try:
        if draft == STANDARD_INPUT:
            checked = check_draft(name, store, published, sys.stdin.buffer.read())
        else:
            checked = check_draft(draft, store, published)
    except NothingRead as error:
        say(str(error))
        return None
    _say_beside(checked)
    for line, unknown in checked.unknown:
        say(f"{checked.path}:{line}: there is no kind of finding {unknown!r} to ignore.")
    return checked


def _say_beside(checked: "Checked") -> None:
    """Say on stderr beside what a draft was put, or that it fits none of the stories."""
    if checked.beside:
        beside = f"{checked.beside} report{'s' if checked.beside > 1 else ''} of the story {checked.title or 'without a title'}"
        page = f" is the page of {checked.page} in the store as it stands, and" if checked.page else ""
        say(f"{checked.path}{page} stands beside {beside}.")
    else:
        say(f"{checked.path} fits none of the stories: it was not checked.")


class Verdict(StrEnum):
    """What can be said of something; accept and reject are other words for right and wrong."""

    same = "same"
    not_ = "not"
    right = "right"
    wrong = "wrong"
    accept = "accept"
    reject = "reject"

    @property
    def meant(self) -> str:
        """Return the verdict that is kept."""
        return {"accept": "right", "reject": "wrong"}.get(self.value, self.value)


def judge(
    verdict: Annotated[
        Verdict, typer.Argument(help="same, not: two statements or two names. right, wrong: a finding, a derivation.")
    ],
    this: Annotated[str, typer.Argument(help="An id or its beginning; a name of a source; a letter of the stemma.")],
    db: StoreFile,
    that: Annotated[str | None, typer.Argument(help="The other statement or name; of a derivation the parent.")] = None,
    story: Annotated[str | None, typer.Option(help="The story in which names and letters are looked up.")] = None,
    who: Annotated[str | None, typer.Option(help="Who judges; the name of the user when not given.")] = None,
    note: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Say what is right or wrong, the same or not; every later run keeps it and applies it.

    
    A finding is wrong:                  stemma judge wrong 9c41 --db news.duckdb --note "two ferries"
    F did not take its words from A:     stemma judge reject F A --story 3f2a --db news.duckdb
    F did:                               stemma judge accept F A --story 3f2a --db news.duckdb
    Two statements say the same:         stemma judge same 77ab1c 90d2e4 --db news.duckdb
    Two names are not one source:        stemma judge not "the mayor" "Ann Lee" --story 3f2a --db news.duckdb
    """
    from stemma.judging import judge as keep

    judge = who or user()
    if not judge:
        raise UsageError("The system does not know who judges; say it with --who NAME.")
    with open_corpus(db) as corpus, progress_bar(False) as progress:
        row = keep(corpus.store, verdict.meant, this, that, judge, note, story, progress)
    _say_judged(row)


def judgements(
    db: StoreFile,
    json_: JsonLines = False,
    undo: Annotated[str | None, typer.Option(metavar="ID", help="Take this judgement back.")] = None,
) -> None:
    """List what was judged, write it as JSON lines, or take a judgement back."""
    from stemma.account import judgement_object
    from stemma.judging import judgements as kept
    from stemma.judging import undo as take_back
    from stemma.show.terminal import print_judgements

    with open_corpus(db) as corpus:
        if undo is not None:
            with progress_bar(False) as progress:
                _say_judged(take_back(corpus.store, undo, progress), "Taken back")
            return
        rows = [judgement_object(j) for j in kept(corpus.store)]
    if json_:
        for row in rows:
            print_json(json_text(row))
    else:
        print_judgements(rows, console())


def _say_judged(judgement: "Judgement", done: str = "Judged") -> None:
    """Say on stderr what was judged, and the id under which it can be taken back."""
    from stemma.judged import judgement_id

    key = judgement_id(judgement.this, judgement.that)
    say(f"{done} {judgement.verdict}, a {judgement.kind} (judgement {key}): {judgement.about}")
