"""What a store holds, for whoever asks it with SQL: open."""

import inspect
import json
from base64 import b64encode
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stemma.cli.console import console, print_json
from stemma.cli.files import open_corpus
from stemma.cli.options import JsonLines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stemma.corpus import Corpus

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
        asked = corpus.sql(sql) if sql else None
        found = _tables(corpus) if asked is None else list(asked)
        columns = list(found[0]) if asked is None else asked.to_arrow().column_names
    if json_:
        for row in found:
            print_json(json.dumps(row, ensure_ascii=False, default=_written))
    elif asked is not None:
        print_json(as_csv([{name: _cell(value) for name, value in row.items()} for row in found], columns), end="")
    else:
        print_rows(found, columns, console(), "")
        print("\n".join(_how(store)))


def _tables(corpus: "Corpus") -> list[Row]:
    """Each table, and each view that is there, with how many rows it has and what they are."""
    from stemma.engines.views import VIEWS
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
        return json.dumps(value, ensure_ascii=False, default=_written)
    return b64encode(value).decode() if isinstance(value, bytes) else value


def _written(value: object) -> str:
    """A value that JSON has not: bytes in base 64, days and moments in ISO 8601."""
    return b64encode(value).decode() if isinstance(value, bytes) else str(value)
