"""The commands that make accounts and show them: analyse, show, stories, serve."""

import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory
from threading import Timer
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.console import console, print_json, progress_bar, say, say_parted, say_skipped, user
from stemma.cli.files import check_targets, must_be_there, open_corpus, put_text, story_in
from stemma.cli.options import (
    PAGES,
    AllowPrivate,
    Articles,
    Attribution,
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
    StoryId,
    page_options,
    usable,
)
from stemma.errors import NothingRead, UsageError
from stemma.text.json_text import json_text

if TYPE_CHECKING:
    from stemma.account import Object
    from stemma.corpus import Corpus
    from stemma.pages import PageOptions

Db = Annotated[Path | None, typer.Option("--db", help="The store's file (DuckDB). In memory when not given.")]
Json = Annotated[Path | None, typer.Option("--json", help="Write the account as JSON here; - for standard output.")]
Html = Annotated[Path | None, typer.Option("--html", help="Write the account as one self-contained page here; -.")]
Full = Annotated[bool, typer.Option("--full", help="Print all: every finding with its words, more claims, skipped pages.")]
Stemma = Annotated[bool, typer.Option("--stemma", help="Draw the stemma alone: with times, reasons and a legend.")]
_ID_SHOWN = 8
"""How much of an id tells a story from others."""
_FEW = 12
"""Reports of a folder that may be one affair, though they have little wording in common."""
_LOOPBACK = "127.0.0.1"


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
    delay: Delay = 1.0,
    columns: Columns = None,
    articles: Articles = None,
    engine: Engine = EngineName.duckdb,
    master: Master = None,
) -> None:
    """Read pages, find the stories, and show whose words and whose claims they are made of."""
    from stemma.corpus import read
    from stemma.pages import skipped_of
    from stemma.pages.meta import columns_from
    from stemma.settings import Manners, Settings

    check_targets(json_, html, read=[db, meta, *(pages or ())])
    settings = Settings(usable(attribution), bool(db) and not no_bytes, manners=Manners(allow_private, delay))
    named = columns_from(columns)
    if engine is not EngineName.duckdb:
        if db or one_story or attribution or not pages:
            raise UsageError(f"--engine {engine.value} takes files and keeps nothing; `stemma corpus` makes a folder that stays.")
        with _made_on(engine, master, pages, page_options(columns, articles, meta), quiet) as corpus:
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
            say_skipped(skipped_of(pages, corpus.skipped) if pages else corpus.skipped)
            account = corpus.account().to_dict()
            _put_out(account, json_, html, stemma, full, db)
            if "-" not in (str(json_), str(html)):
                _say_several(account)
                if db:
                    _say_kept(db, corpus)


def _say_several(account: "Object") -> None:
    """Say how the pages of a small folder are read as one story, where they tell several: their reader may know better."""
    reports, stories = len(account["reports"]), len(account["stories"])
    if stories > 1 and reports <= _FEW:
        print(f"\nThe {reports} reports tell {stories} stories; `--one-story` reads them as one.")


def _say_kept(db: Path, corpus: "Corpus") -> None:
    """Say how what a store keeps is opened again: a story by its id, several by their list."""
    ids, store = [s.id for s in corpus.stories], quote(str(db))
    if ids:
        one = f"`stemma show {ids[0][:_ID_SHOWN]} --db {store}` opens it again"
        several = f"`stemma stories --db {store}` lists its {len(ids):,} stories with their ids"
        print(f"\nKept in {db}: {one if len(ids) == 1 else several}.")


def show(
    db: Store, story: StoryId = "", json_: Json = None, html: Html = None, full: Full = False, stemma: Stemma = False
) -> None:
    """Show the account of one story from the store; it is worked out only if reports came since it was."""
    check_targets(json_, html, read=[db])
    with open_corpus(db) as corpus:
        _put_out(story_in(corpus, story).account().to_dict(), json_, html, stemma, full)


def stories(db: Store, json_: JsonLines = False) -> None:
    """List the stories that a store holds."""
    from stemma.show.terminal import print_stories
    from stemma.worked_out import stories_of

    with open_corpus(db) as corpus:
        rows = stories_of(corpus.store)
    if json_:
        for row in rows:
            print_json(json_text(row))
    else:
        print_stories(rows, console())


@contextmanager
def _made_on(engine: EngineName, master: str | None, pages: list[str], said: "PageOptions", quiet: bool) -> "Iterator[Corpus]":
    """What an engine makes of files, in a folder that goes when it was shown."""
    from stemma.cli.reading import made_on, progress_lines
    from stemma.corpus import open as open_folder

    with TemporaryDirectory() as folder:
        made_on(engine, master, pages, Path(folder), said, True, progress_lines(quiet))
        with open_folder(folder) as corpus:
            yield corpus


def _put_out(
    account: "Object", to_json: Path | None, to_html: Path | None, stemma_alone: bool, full: bool, kept: Path | None = None
) -> None:
    from stemma.account import json_pieces

    say_parted(sum(story["parted"] for story in account["stories"]))
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
        print_account(account, console(), full, quote(str(kept)) if kept else "")


def serve(
    pages: Annotated[list[str] | None, typer.Argument(help="Pages to read and show: files, folders, zips.")] = None,
    db: Annotated[
        Path | None,
        typer.Option("--db", metavar="STORE", help="A store: the file of `stemma analyse --db`, or a folder of `stemma corpus`."),
    ] = None,
    port: Annotated[int, typer.Option(help="The port; 0 for one that is free.", min=0, max=65535)] = 8000,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")] = False,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nobody judges and nobody adds pages.")] = False,
    host: Annotated[str, typer.Option(help="The address to listen at; another than this needs --token.")] = _LOOPBACK,
    token: Annotated[str | None, typer.Option(help="What a reader must know to be let in, 16 characters or more.")] = None,
) -> None:
    """Open the reading room: the stories of a store in the browser, read side by side and judged. Ctrl-C ends it."""
    try:
        from stemma.engines.shared_store import SharedStore
        from stemma.room.adding import Adding
        from stemma.room.app import run
        from stemma.room.web import Room
    except ModuleNotFoundError as error:
        raise UsageError(f"The reading room needs the package {error.name}: pip install 'stemma-news[web]'.") from error

    from stemma.engines import is_folder
    from stemma.pages.files import is_address

    if db is None and pages and len(pages) == 1 and is_folder(pages[0]):
        db, pages = Path(pages[0]), None
    if not pages and db is None:
        raise UsageError("Say what to show: `stemma serve --db news.duckdb` or `stemma serve pages/`.")
    if not pages and db is not None:
        must_be_there(db)
    if pages and not any(is_address(page) or Path(page).exists() for page in pages):
        raise NothingRead(f"{pages[0]}: there is no such file or folder.")
    if host != _LOOPBACK and token is None:
        raise UsageError(f"--host {host} lets others in: say with --token what they must know.")
    if token is not None and len(token) < 16:
        raise UsageError("The token is too short: 16 characters or more, such as `openssl rand -hex 16` prints.")
    store = SharedStore(db)
    adding = Adding(store)
    room = Room(store, adding, may_write=not read_only and not (db and db.is_dir()), reader=user(), token=token)

    def ready(at: int) -> None:
        address = f"http://{host}:{at}/{'add' if pages else ''}" + (f"?token={token}" if token else "")
        say(f"reading room at {address} (Ctrl-C ends it)")
        if not no_browser:
            Timer(0.2, webbrowser.open, [address]).start()

    if pages:
        adding.start(pages)
    run(room, host, port, ready)
