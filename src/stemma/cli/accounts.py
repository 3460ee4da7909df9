"""The commands that make accounts and show them: analyse, show, stories."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.console import console, print_json, progress_bar, say_skipped
from stemma.cli.files import check_targets, open_corpus, put_text
from stemma.cli.options import (
    PAGES,
    AllowPrivate,
    Articles,
    Attribution,
    Columns,
    Engine,
    EngineName,
    Master,
    Meta,
    NoBytes,
    Quiet,
    Store,
    StoryId,
    told,
    usable,
)
from stemma.errors import UsageError

if TYPE_CHECKING:
    from stemma.account import Object
    from stemma.corpus import Corpus
    from stemma.pages import Told

Db = Annotated[Path | None, typer.Option("--db", help="The store's file (DuckDB). In memory when not given.")]
Json = Annotated[Path | None, typer.Option("--json", help="Write the account as JSON here; - for standard output.")]
Html = Annotated[Path | None, typer.Option("--html", help="Write the account as one self-contained page here; -.")]
Full = Annotated[bool, typer.Option("--full", help="Print all: every finding with its words, more claims, skipped pages.")]
Stemma = Annotated[bool, typer.Option("--stemma", help="Draw the stemma alone: with times, reasons and a legend.")]


def analyse(
    pages: Annotated[list[str] | None, typer.Argument(help=f"{PAGES} Without any: what the store holds.")] = None,
    json_: Json = None,
    html: Html = None,
    db: Db = None,
    meta: Meta = None,
    attribution: Attribution = None,
    quiet: Quiet = False,
    full: Full = False,
    stemma: Stemma = False,
    one_story: Annotated[bool, typer.Option("--one-story", help="All these pages tell one story; later runs keep it.")] = False,
    no_bytes: NoBytes = False,
    allow_private: AllowPrivate = False,
    columns: Columns = None,
    articles: Articles = None,
    engine: Engine = EngineName.duckdb,
    master: Master = None,
) -> None:
    """Read pages, find the stories, and show whose words and whose claims they are made of."""
    from stemma.corpus import read
    from stemma.pages.columns import columns_from
    from stemma.settings import Manners, Settings

    check_targets(json_, html, read=[db, meta, *(pages or ())])
    settings = Settings(usable(attribution), bool(db) and not no_bytes, manners=Manners(allow_private))
    named = columns_from(columns)
    if engine is not EngineName.duckdb:
        if db or one_story or attribution or not pages:
            raise UsageError(f"--engine {engine.value} takes files and keeps nothing; `stemma corpus` makes a folder that stays.")
        with _made_on(engine, master, pages, told(columns, articles, meta), quiet) as corpus:
            say_skipped(corpus.skipped)
            _put_out(corpus.account().to_dict(), json_, html, stemma, full)
        return
    with progress_bar(quiet) as progress:
        if pages:
            opened = read(
                pages,
                meta=meta,
                db=db,
                progress=progress,
                settings=settings,
                one_story=one_story,
                columns=named,
                articles=articles,
            )
        elif db:
            opened = open_corpus(db).work_out(progress, settings)
        else:
            raise UsageError("Give pages to read, or with --db a store that holds some.")
        with opened as corpus:
            say_skipped(corpus.skipped)
            _put_out(corpus.account().to_dict(), json_, html, stemma, full)


def show(story: StoryId, db: Store, json_: Json = None, html: Html = None, full: Full = False, stemma: Stemma = False) -> None:
    """Show the account of one story from the store; it is worked out only if reports came since it was."""
    check_targets(json_, html, read=[db])
    with open_corpus(db) as corpus:
        _put_out(corpus.story(story).account().to_dict(), json_, html, stemma, full)


def stories(db: Store, json_: Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")] = False) -> None:
    """List the stories that a store holds."""
    from stemma.pipeline import stories_of
    from stemma.show.terminal import print_stories

    with open_corpus(db) as corpus:
        rows = stories_of(corpus.store)
    if json_:
        for row in rows:
            print_json(json.dumps(row, ensure_ascii=False))
    else:
        print_stories(rows, console())


@contextmanager
def _made_on(engine: EngineName, master: str | None, pages: list[str], said: "Told", quiet: bool) -> "Iterator[Corpus]":
    """What an engine makes of files, in a folder that goes when it was shown."""
    from stemma.cli.corpus import made_on, progress_lines
    from stemma.corpus import open as open_folder

    with TemporaryDirectory() as folder:
        made_on(engine, master, pages, Path(folder), said, True, progress_lines(quiet))
        with open_folder(folder) as corpus:
            yield corpus


def _put_out(account: "Object", to_json: Path | None, to_html: Path | None, stemma_alone: bool, full: bool) -> None:
    from stemma.account import json_pieces

    if to_json:
        put_text(to_json, json_pieces(account))
    if to_html:
        from stemma.show.page import render

        put_text(to_html, render(account))
    if "-" in (str(to_json), str(to_html)):
        return
    from stemma.show.terminal import print_account, print_stemmata

    if stemma_alone:
        print_stemmata(account, console())
    else:
        print_account(account, console(), full)
