"""The command line: every command in one table, a module for each group of them, and no logic in any.

Exit codes: 0 read something, 2 nothing could be read, 1 a bad call; `stemma check` has codes of its own.
"""

import atexit
import gc
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any

import typer
import typer.core

from stemma import __version__
from stemma.cli import store
from stemma.cli.accounts import analyse, serve, show, stories
from stemma.cli.console import drop_output, explain, fail, open_streams, say, say_skipped, set_encodings
from stemma.cli.drafts import check, judge, judgements
from stemma.cli.exports import brief, export, mcp
from stemma.cli.options import must_have_names
from stemma.cli.reading import corpus, families, outlets, read, watch
from stemma.cli.rooms import annotate, compare, group, reports, train_attribution, wire
from stemma.cli.store import doctor
from stemma.cli.store import open as open_store
from stemma.errors import NothingRead, StemmaError

COMMANDS: dict[str, dict[Callable[..., None], str]] = {
    "Read pages and see what they are made of": {
        analyse: "stemma analyse pages/ --html account.html --db news.duckdb",
        show: "stemma show 3f2a --db news.duckdb --html story.html",
        stories: "stemma stories --db news.duckdb",
        serve: "stemma serve --db news.duckdb",
    },
    "Keep a collection": {
        read: "stemma read pages/ https://coastwatch24.example/killybegs-fire --db news.duckdb",
        watch: "stemma watch https://coastwatch24.example/rss subscriptions.opml --every 10m --db news.duckdb",
        corpus: "stemma corpus 'crawl/*.warc.gz' --out parquet/ --engine spark --master local[4]",
        families: "stemma families --db news.duckdb --by-month --csv families.csv --graphml families.graphml",
        outlets: "stemma outlets --db news.duckdb",
        open_store: "stemma open news.duckdb --sql 'SELECT outlet, count(*) AS reports FROM report GROUP BY outlet'",
    },
    "Take away, and tell others": {
        brief: "stemma brief 3f2a --db news.duckdb --format html --out brief.html",
        export: "stemma export 3f2a --db news.duckdb --csv tables/ --annotations story.jsonld",
        mcp: "stemma mcp --db news.duckdb",
    },
    "Check a draft, and say what is right": {
        check: "stemma check draft.md --against news.duckdb --ignore single-source",
        judge: "stemma judge wrong 9c41 --db news.duckdb --note 'two ferries'",
        judgements: "stemma judgements --db news.duckdb --json > judgements.jsonl",
    },
    "One part alone, on JSON lines and tables": {
        reports: "stemma reports page.html | jq .title",
        group: "stemma group articles.jsonl > stories.jsonl",
        compare: "stemma compare --pairs pairs.jsonl | jq .copied",
        annotate: "stemma annotate articles.jsonl | jq '.figures'",
        wire: "stemma wire page.html https://coastwatch24.example/killybegs-fire --json | jq .agency",
    },
    "This installation": {
        doctor: "stemma doctor",
    },
}
"""Each command with its example, by what a user wants, in the order of `stemma --help`."""
_HALF = re.compile("[\udc80-\udcff]")
"""How Python gives a byte of an argument that is no text; names of files may have them."""
OBJECTS_BETWEEN_COLLECTIONS = 400_000
"""New objects after which Python looks for cycles that nobody holds. Modules, models and rows are no such, and to look
after every 700, as Python does, takes long: a small story ends before the first look."""
STORE_COMMANDS: dict[Callable[..., None], str] = {
    store.check: "stemma store check --db news.duckdb --save saved.duckdb",
    store.compact: "stemma store compact --db news.duckdb",
    store.prune: "stemma store prune --before 2031-05-01 --db news.duckdb",
    store.upgrade: "stemma store upgrade --db news.duckdb",
}


class _Grouped(typer.core.TyperGroup):
    """Help that lists commands by what a user wants, each with its whole first sentence; without the weight of rich."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 - typer carries its own copy of click
        wishes: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            wishes.setdefault(getattr(command, "rich_help_panel", None) or "Commands", []).append(
                (name, command.get_short_help_str(1000))
            )
        for wish, rows in wishes.items():
            with formatter.section(wish):
                formatter.write_dl(rows)


app = typer.Typer(
    name="stemma",
    cls=_Grouped,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Whose words are these, and who really said so? Reads the pages of an event and counts origins, not outlets.",
)
for _wish, _commands in COMMANDS.items():
    for _command, _example in _commands.items():
        app.command(epilog=f"Example: {_example}", rich_help_panel=_wish)(_command)

train = typer.Typer(
    cls=_Grouped,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Learn from a corpus of your own, for `--attribution` and the like.",
)
train.command("attribution", epilog="Example: stemma train attribution marked.jsonl.gz --out attribution.json")(train_attribution)
app.add_typer(train, name="train", rich_help_panel="This installation")
look_after = typer.Typer(
    cls=_Grouped, no_args_is_help=True, rich_markup_mode=None, help="Look after a store: check, compact, prune, upgrade."
)
for _command, _example in STORE_COMMANDS.items():
    look_after.command(epilog=f"Example: {_example}")(_command)
app.add_typer(look_after, name="store", rich_help_panel="Keep a collection")


def main() -> None:
    """Run the command line; every error is a sentence on stderr and an exit code."""
    codes = [1]
    open_streams()
    # Registered before all else that has something to do at the end, it is called behind it.
    atexit.register(_leave, codes)
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    # No plugin has a say in what options are, and the search for them reads what is told of every package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        _obey()
    except SystemExit as ended:
        codes[0] = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        raise


def _leave(codes: list[int]) -> None:
    """End the process at once: to take the objects of a model apart one by one takes a tenth of the time of a check."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(codes[0])


def _obey() -> None:
    set_encodings()
    try:
        _run(sys.argv[1:])
        print(end="", flush=True)
    except NothingRead as error:
        say_skipped(error.skipped, listed=False)
        if str(error) and len(error.skipped) != 1:
            say(str(error))
        sys.exit(2)
    except StemmaError as error:
        fail(str(error), 1)
    except (KeyboardInterrupt, typer.Abort):
        fail("Stopped.", 130)
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`): nothing is wrong.
        drop_output()
    except UnicodeEncodeError as error:
        if not _HALF.search("".join(sys.argv)):
            explain(error)
        fail("What was given holds bytes that are no UTF-8 text.", 1)
    except MemoryError:
        fail("There is not memory enough; end other programs, or give fewer pages at once.", 1)
    except OSError as error:
        drop_output()
        fail(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}.", 1)
    except Exception as error:
        if os.environ.get("STEMMA_DEBUG"):
            raise
        from stemma.engines import changed_by_others

        if changed := changed_by_others():
            fail(changed, 1)
        explain(error)
    sys.exit(0)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        print(f"stemma {__version__}")
        raise typer.Exit


def _run(arguments: list[str]) -> None:
    if "_STEMMA_COMPLETE" in os.environ:
        # A shell asks what could follow; typer answers and ends.
        app(prog_name="stemma")
    # Typer's own main would turn a reader that went away into exit code 1, and print what is said here.
    must_have_names(arguments)
    command: Any = typer.main.get_command(app)
    with command.make_context("stemma", arguments) as context:
        command.invoke(context)
