"""What media researchers ask of a whole store: families, outlets."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.console import console
from stemma.cli.files import check_targets, open_corpus, put_text
from stemma.cli.options import Store
from stemma.whole_files import whole_file

if TYPE_CHECKING:
    import pyarrow as pa

Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write it as CSV; - for standard output.")]
Parquet = Annotated[Path | None, typer.Option("--parquet", metavar="FILE", help="Write it as Parquet.")]


def families(
    db: Store,
    by_month: Annotated[bool, typer.Option("--by-month", help="A row for each month, by the date of publication.")] = False,
    csv: Csv = None,
    parquet: Parquet = None,
    graphml: Annotated[
        Path | None, typer.Option("--graphml", metavar="FILE", help="Write the network of sources and outlets (GraphML); -.")
    ] = None,
) -> None:
    """Say who prints whom, over all stories: outlet by outlet and agency, how many words, and whether it is credited."""
    from stemma.show.syndication import as_graphml
    from stemma.syndication import families as families_in

    check_targets(csv, parquet, graphml, read=[db])
    with open_corpus(db) as corpus:
        found = families_in(corpus.store, by_month)
    if graphml:
        put_text(graphml, as_graphml(found.to_pylist()))
    _put_out(found, csv, parquet, graphml)


def outlets(db: Store, csv: Csv = None, parquet: Parquet = None) -> None:
    """Say how much of what each outlet printed is its own, over all stories."""
    from stemma.syndication import outlets as outlets_in

    check_targets(csv, parquet, read=[db])
    with open_corpus(db) as corpus:
        found = outlets_in(corpus.store)
    _put_out(found, csv, parquet)


def _put_out(found: "pa.Table", csv: Path | None, parquet: Path | None, *others: Path | None) -> None:
    from stemma.show.syndication import as_csv, print_rows

    rows, columns = found.to_pylist(), found.column_names
    if csv:
        put_text(csv, as_csv(rows, columns))
    if parquet:
        from pyarrow.parquet import write_table

        with whole_file(parquet) as part:
            write_table(found, part)
    if not any((csv, parquet, *others)):
        print_rows(rows, columns, console())
