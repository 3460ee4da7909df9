"""Rows as Python hands them out: a sequence, and a table for pandas, polars, Arrow and Parquet, none of them imported unasked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, overload

import pyarrow as pa

from stemma import arrow
from stemma.errors import UsageError
from stemma.text.normal import tidy
from stemma.whole_files import whole_file

if TYPE_CHECKING:
    import pandas
    import polars

T_co = TypeVar("T_co", covariant=True)
SHOWN = 10
"""Rows that are shown before the rest is counted."""
WIDEST = 110
"""Characters of a row at a prompt, of a cell in a notebook."""
WIDEST_CELL = 28
"""Characters of a cell of a query's row at a prompt: the eight columns of `families` fit into a line."""


class Rows(Sequence[T_co]):
    """Rows in a fixed order: `len`, iteration, an index, a slice; and the same rows as a table."""

    def __init__(
        self, rows: Iterable[T_co], named: str, table: Callable[[Sequence[Any]], pa.Table] | type[Any], note: str = ""
    ) -> None:
        """Hold the rows; `named` is what they are called ("claims"), `table` their dataclass, or makes an Arrow table of them.

        `note` is what must be known beside their number.
        """
        self._rows = tuple(rows)
        self._named = named
        self._table = table
        self._note = f" ({note})" if note else ""

    @overload
    def __getitem__(self, place: int) -> T_co: ...
    @overload
    def __getitem__(self, place: slice) -> "Rows[T_co]": ...
    def __getitem__(self, place: int | slice) -> "T_co | Rows[T_co]":
        return Rows(self._rows[place], self._named, self._table) if isinstance(place, slice) else self._rows[place]

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(self._rows)

    def to_arrow(self) -> pa.Table:
        """Return the rows as an Arrow table.

        >>> story.claims.to_arrow().schema.names[:4]
        ['story', 'id', 'summary', 'relation']
        """
        return arrow.to_arrow(self._table, self._rows) if isinstance(self._table, type) else self._table(self._rows)

    def to_pandas(self) -> "pandas.DataFrame":
        """Return the rows as a pandas DataFrame; raises UsageError where pandas is not installed.

        >>> sorted(story.findings.to_pandas()["severity"].unique())
        ['high', 'medium']
        """
        try:
            import pandas as _  # noqa: F401 - Arrow says nothing helpful where it is not there
        except ImportError as error:
            raise _not_installed("pandas") from error
        return self.to_arrow().to_pandas()

    def to_polars(self) -> "polars.DataFrame":
        """Return the rows as a polars DataFrame; raises UsageError where polars is not installed.

        >>> story.reports.to_polars().height
        6
        """
        try:
            import polars
        except ImportError as error:
            raise _not_installed("polars") from error
        return polars.DataFrame(self.to_arrow())

    def to_parquet(self, path: str | Path) -> None:
        """Write the rows into a Parquet file.

        >>> story.statements.to_parquet("statements.parquet")
        """
        from pyarrow import parquet

        with whole_file(Path(path)) as part:
            parquet.write_table(self.to_arrow(), part)

    def __repr__(self) -> str:
        more = [f"… and {len(self) - SHOWN:,} more"] if len(self) > SHOWN else []
        first = self._rows[:SHOWN]
        shown = _lined_up([row for row in first if isinstance(row, Mapping)]) or list(map(_short, first))
        return "\n".join([self._counted(), *(f"  {line}" for line in shown), *more])

    def _repr_html_(self) -> str:
        table = Rows(self._rows[:SHOWN], self._named, self._table).to_arrow()
        flat = [name for name in table.schema.names if not pa.types.is_nested(table.schema.field(name).type)]
        head = "".join(f"<th>{escape(name)}</th>" for name in flat)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(_short(row[name]))}</td>' for name in flat)}</tr>"
            for row in table.select(flat).to_pylist()
        )
        shown = f", {SHOWN} shown" if len(self) > SHOWN else ""
        caption = f"<caption>{escape(self._counted())}{shown}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _counted(self) -> str:
        one = self._named[:-3] + "y" if self._named.endswith("ies") else self._named[:-1]
        return f"{len(self):,} {one if len(self) == 1 else self._named}{self._note}"


def rows_from(table: pa.Table, named: str = "rows", note: str = "") -> Rows[dict[str, Any]]:
    """Return the rows of an Arrow table, each a dictionary; `named` and `note` as of `Rows`."""
    return Rows(table.to_pylist(), named, lambda rows: pa.Table.from_pylist(list(rows), schema=table.schema), note)


def _lined_up(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Rows of a query as lines under the names of their columns; columns that no row fills are left out."""
    names = [name for name in (rows[0] if rows else ()) if any(row[name] not in ("", None) for row in rows)]
    cells = [names, *([_short(row[name], WIDEST_CELL) for name in names] for row in rows)]
    sides = [str.ljust if any(isinstance(row[name], str) for row in rows) else str.rjust for name in names]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ("  ".join(side(cell, width) for side, cell, width in zip(sides, line, widths, strict=True)) for line in cells)
    return [_cut(line.rstrip(), WIDEST) for line in lines] if names else []


def _short(value: object, widest: int = WIDEST) -> str:
    return _cut("" if value is None else tidy(str(value)), widest)


def _cut(text: str, widest: int) -> str:
    return text if len(text) <= widest else text[: widest - 1] + "…"


def _not_installed(library: str) -> UsageError:
    return UsageError(f"{library} is not installed; `pip install {library}`, or use to_arrow() or to_parquet(FILE).")
