"""A store looked after and looked into: store check, compact, prune, upgrade, open; whether this installation works: doctor."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.console import print_json, say
from stemma.cli.files import check_targets, must_be_there
from stemma.cli.options import JsonLines, StoreFile
from stemma.errors import StoreDamaged, UsageError
from stemma.show.wording import counted

if TYPE_CHECKING:
    from stemma.engines.upkeep import Checked
import inspect
from base64 import b64encode
from shlex import quote
from typing import TYPE_CHECKING, Any

from stemma.cli.console import console
from stemma.cli.files import open_corpus
from stemma.text.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stemma.corpus import Corpus


Save = Annotated[
    Path | None, typer.Option("--save", metavar="NEW", help="Make a new store here of what can be read; the damaged one stays.")
]
Before = Annotated[str, typer.Option("--before", metavar="DATE", help="Stories whose reports are all older go: 2031-05-01.")]


def check(db: StoreFile, save: Save = None) -> None:
    """Read all that a store holds, and say whether it is whole; exit code 1 when it is not. `--save` saves what can be read."""
    from stemma.engines.upkeep import check_store, save_store

    must_be_there(db)
    check_targets(save, read=[db])
    checked = check_store(db)
    print(f"{db}: a store of version {checked.version}, {_size(checked.size)}: {_held(checked)}.")
    if checked.mended:
        print("The directory of its tables is damaged; what follows was found by the spare of it.")
    for table in checked.damage:
        print(f"{table.table}: {table.good:,} of {table.rows:,} rows can be read.")
    for wrong in checked.unsound:
        print(f"Not as stemma writes it: {wrong}.")
    if checked.broken:
        print(f"{counted(len(checked.broken), 'report')} without all of a page: {', '.join(checked.broken[:5])}.")
    if save is not None:
        saved = save_store(db, save)
        print(f"{save} has all but {counted(saved.rows, 'row')}. {counted(saved.pages, 'page')} must be read again.")
        for location in saved.locations:
            say(f"{location}: lost")
    elif checked.damage or checked.unsound or checked.mended:
        raise StoreDamaged(f"{db} is damaged. `stemma store check --db {db} --save NEW` makes a new store of what can be read.")
    else:
        print("Everything in it can be read.")


def compact(db: StoreFile) -> None:
    """Write a store anew, without the room that removed rows left in its file."""
    from stemma.engines.upkeep import compact_store

    must_be_there(db)
    before, after = compact_store(db)
    print(f"{db}: {_size(before)} before, {_size(after)} now.")


def prune(db: StoreFile, before: Before) -> None:
    """Take out the stories that are wholly older than a date, with their pages; `stemma store compact` frees their room.

    What people judged stays, and holds again if the pages are read again. Pages that feeds named are not fetched again.
    """
    from datetime import date

    from stemma.cli.files import open_corpus
    from stemma.engines.upkeep import prune as take_out

    try:
        day = date.fromisoformat(before)
    except ValueError as error:
        raise UsageError(f"{before!r} is no date; write it like 2031-05-01.") from error
    with open_corpus(db) as corpus:
        pruned = take_out(corpus.store, day)
    stories = "1 story" if pruned.stories == 1 else f"{pruned.stories:,} stories"
    print(f"Taken out: {stories}, {counted(pruned.reports, 'report')}, {counted(pruned.pages, 'page')}.")
    if pruned.judgements:
        print(f"{counted(pruned.judgements, 'judgement')} on them stay.")


def upgrade(db: StoreFile) -> None:
    """Bring a store of an older version to this one; the old one is kept beside it."""
    from stemma.engines.upkeep import upgrade_store

    must_be_there(db)
    kept = upgrade_store(db)
    print(f"{db} is of this version; the old store is {kept}." if kept else f"{db} is of this version already.")


def _held(checked: "Checked") -> str:
    named = ("page", "report", "judgement")
    return ", ".join(counted(checked.rows[table], table) for table in named if table in checked.rows)


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def doctor(json_: JsonLines = False) -> None:
    """Say what is installed, which extras are there, and whether a small story comes out right: exit code 1 when not."""
    from stemma.doctor import diagnose

    broken = False
    for line in diagnose():
        broken |= line.well is False
        if json_:
            print_json(json_text(asdict(line)))
            continue
        print(f"{'·' if line.well is None else '✓' if line.well else '✗'} {line.what}: {line.found}", flush=True)
    raise typer.Exit(1 if broken else 0)


Row = dict[str, Any]


def open(
    store: Annotated[
        Path, typer.Argument(metavar="STORE", help="The file of `stemma analyse --db`, a folder of `stemma corpus`.")
    ],
    sql: Annotated[str | None, typer.Option("--sql", metavar="SELECT", help="Print what this query gives, as CSV.")] = None,
    json_: JsonLines = False,
) -> None:
    """Say which tables and views a store has, with their rows and how they are asked; or ask them with --sql."""
    from stemma.show.syndication import as_csv, print_rows

    with open_corpus(store) as corpus:
        asked = None if sql is None else corpus.sql(sql)
        found = _tables(corpus) if asked is None else list(asked)
        columns = list(found[0]) if asked is None else asked.to_arrow().column_names
    if json_:
        for row in found:
            print_json(json_text(row, default=_written))
    elif asked is not None:
        print_json(as_csv([{name: _cell(value) for name, value in row.items()} for row in found], columns), end="")
    else:
        print_rows(found, columns, console(), "")
        print("\n".join(_how(store)))


def _tables(corpus: "Corpus") -> list[Row]:
    """Each table, and each view that is there, with how many rows it has and what they are."""
    from stemma.engines.protocol import VIEWS
    from stemma.tables import TABLES

    there = {row["name"] for row in corpus.sql("SELECT table_name AS name FROM information_schema.tables")}
    means = {name: (inspect.getdoc(row) or "").split("\n\n")[0] for name, row in TABLES.items()}
    means |= {name: meaning for name, (meaning, _) in VIEWS.items()}
    return [
        {
            "table": name,
            "rows": corpus.sql(f"SELECT count(*) AS rows FROM {name}")[0]["rows"],
            "holds": " ".join(meaning.split()),
        }
        for name, meaning in means.items()
        if name in there
    ]


def _how(store: Path) -> "Iterator[str]":
    """Lines that say how the tables are asked."""
    query = "SELECT outlet, count(*) AS reports FROM report GROUP BY outlet"
    shell = f"duckdb -readonly {quote(str(store))}"
    if store.is_dir():
        shell = f"""duckdb -c "SELECT * FROM '{store}/report/*.parquet'\""""
    yield "Their columns: docs/tables.md. They are asked"
    yield f"  here       stemma open {quote(str(store))} --sql '{query}'"
    yield f"  in DuckDB  {shell}"
    yield f"  in Python  stemma.open({str(store)!r}).sql({query!r})"


def _cell(value: object) -> object:
    """A value as it stands in CSV: lists and structures as JSON."""
    if isinstance(value, list | dict):
        return json_text(value, default=_written)
    return b64encode(value).decode() if isinstance(value, bytes) else value


def _written(value: object) -> str:
    """A value that JSON has not: bytes in base 64, days and moments in ISO 8601."""
    return b64encode(value).decode() if isinstance(value, bytes) else str(value)
