"""The judgements in a terminal: what was said of what, by whom and when."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from stemma.show.wording import Row, one_line


def print_judgements(rows: Sequence[Row], console: Console) -> None:
    """Print judgements as the account has them, one a row."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column, width in (("id", 16), ("verdict", 7), ("about", None), ("who, when", 20)):
        table.add_column(column, overflow="fold", width=width, no_wrap=column in ("id", "verdict"))
    for row in rows:
        note = f"\n{one_line(row['note'])}" if row["note"] else ""
        said = f"{one_line(row['who'])}, {row['when'][:10]}{note}"
        table.add_row(*map(Text, (row["id"], row["verdict"], f"{row['kind']}: {one_line(row['about'])}", said)))
    console.print(table if table.row_count else "Nothing was judged in this store.")
