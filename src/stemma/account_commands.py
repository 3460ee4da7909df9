"""The commands that stand on an account: what is taken away of a story, read, checked and judged. No logic."""

import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from stemma.console import (
    check_targets,
    console,
    open_against,
    open_corpus,
    print_json,
    progress_bar,
    put_text,
    say_beside,
    say_judged,
    user,
    write_folder,
)
from stemma.errors import UsageError

StoryId = Annotated[str, typer.Argument(help="A story's id or its beginning; `stemma stories` lists them.")]
Store = Annotated[Path, typer.Option("--db", help="The store's file, as written by `stemma analyse --db`.")]


class BriefForm(StrEnum):
    """How a brief is written."""

    markdown = "markdown"
    html = "html"
    json = "json"


class CheckForm(StrEnum):
    """How a check is printed."""

    text = "text"
    json = "json"
    sarif = "sarif"
    github = "github"


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


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command, example in EXAMPLES.items():
        app.command(epilog=f"Example: {example}")(command)


def export(
    story: StoryId,
    db: Store,
    csv: Annotated[Path | None, typer.Option(metavar="DIR", help="CSV tables into this folder.")] = None,
    json_: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="The account; - for standard output.")] = None,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="The stemma as a drawing; -.")] = None,
    annotations: Annotated[Path | None, typer.Option(metavar="FILE", help="W3C Web Annotations (JSON-LD); -.")] = None,
) -> None:
    """Write what researchers take away of a story: CSV tables, JSON, the drawing, annotations."""
    from stemma.show.exports import as_annotations, as_json, as_svg, csv_tables

    files = [(json_, as_json), (svg, as_svg), (annotations, as_annotations)]
    if not csv and not any(path for path, _ in files):
        raise UsageError("Say what to write: --csv DIR, --json FILE, --svg FILE or --annotations FILE.")
    check_targets(*(path for path, _ in files))
    with open_corpus(db) as corpus:
        account = corpus.story(story).account()
    if csv:
        write_folder(csv, csv_tables(account))
    for path, text_of in files:
        if path:
            put_text(path, text_of(account))


def brief(
    story: StoryId,
    db: Store,
    form: Annotated[BriefForm, typer.Option("--format", help="How it is written.")] = BriefForm.markdown,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to; standard output when not given.")] = Path("-"),
) -> None:
    """Say in a page what is known, claimed, disputed and unverified, every quotation checked against its report."""
    from stemma.show.brief import as_html, as_json, as_markdown, compose

    check_targets(out)
    with open_corpus(db) as corpus:
        account = corpus.story(story).account()
    write = {BriefForm.markdown: as_markdown, BriefForm.html: as_html, BriefForm.json: as_json}[form]
    put_text(out, write(compose(account), {r["id"]: r["text"] for r in account["reports"]}))


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
    from stemma.check import FORMATS, check_draft, chosen, kinds_named

    kinds_named([*(select or []), *(ignore or [])])
    with open_against([*against, *(more or [])]) as corpus:
        checked = chosen(check_draft(draft, corpus.store, published), select or [], ignore or [])
    say_beside(checked.path, checked.beside, checked.title)
    print_json(FORMATS[form](checked), end="")
    raise typer.Exit(1 if checked.remarks else 0)


def judge(
    verdict: Annotated[
        Verdict, typer.Argument(help="same, not: two statements or two names. right, wrong: a finding, a derivation.")
    ],
    this: Annotated[str, typer.Argument(help="An id or its beginning; a name of a source; a letter of the stemma.")],
    db: Store,
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

    with open_corpus(db) as corpus, progress_bar(False) as progress:
        row = keep(corpus.store, verdict.meant, this, that, who or user(), note, story, progress)
    say_judged(row)


def judgements(
    db: Store,
    json_: Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")] = False,
    undo: Annotated[str | None, typer.Option(metavar="ID", help="Take this judgement back.")] = None,
) -> None:
    """List what was judged, write it as JSON lines, or take a judgement back."""
    from stemma.account import judgement_object
    from stemma.judging import judgements as kept
    from stemma.judging import undo as take_back
    from stemma.show.judgements import print_judgements

    with open_corpus(db) as corpus:
        if undo is not None:
            with progress_bar(False) as progress:
                say_judged(take_back(corpus.store, undo, progress), "Taken back")
            return
        rows = [judgement_object(j) for j in kept(corpus.store)]
    if json_:
        for row in rows:
            print_json(json.dumps(row, ensure_ascii=False))
    else:
        print_judgements(rows, console())


EXAMPLES: dict[Callable[..., Any], str] = {
    brief: "stemma brief 3f2a --db news.duckdb --format html --out brief.html",
    check: "stemma check draft.md --against news.duckdb --ignore single-source",
    judge: "stemma judge wrong 9c41 --db news.duckdb --note 'two ferries'",
    judgements: "stemma judgements --db news.duckdb --json > judgements.jsonl",
    export: "stemma export 3f2a --db news.duckdb --csv tables/ --annotations story.jsonld",
}
