"""CSV and TSV, a row at a time; where a quotation mark is wrong, no line is a row that may lie inside of a value."""

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping

from stemma.errors import PageError
from stemma.pages.columns import NO_COLUMNS, Record, must_have_text, recognised

LONGEST_ROW = 32 << 20
"""The most characters that a row may have."""
NO_UTF8 = "this is no UTF-8 text; save the file as UTF-8."
BYTE = re.compile("[\udc80-\udcff]")
"""A byte that is no part of a text: it was read with surrogateescape."""

_SEPARATOR = re.compile('"?sep=(.)"?')
"""The line above the columns in which Excel says what parts them."""

_SURE = 8
"""Separators in lines one after the other, each with as many as there are columns to part, that make them rows for sure."""

_HELD = 100
"""Rows one after the other that lack values, after which that is their way."""

Line = tuple[int, str]


def rows_of_csv(
    lines: Iterator[Line], delimiter: str | None, named: Mapping[str, str] = NO_COLUMNS
) -> Iterator[tuple[int, Record | str]]:
    """Yield the rows under a first line that names columns, each with the number of the line it begins on, or what is wrong.

    Raises PageError where there is no such line.
    """
    # The limit is the process's; articles are longer than the 128 KB that it begins with.
    csv.field_size_limit(LONGEST_ROW)
    head = _first_line(lines)
    if said := _SEPARATOR.fullmatch(head.strip()):
        delimiter, head = said[1], _first_line(lines)
    if not head:
        raise PageError("the file is empty: its first line must name the columns.")
    delimiter = delimiter or max(",;\t|", key=lambda sign: _likeness(columns_in(head, sign), named))
    columns = columns_in(head, delimiter)
    must_have_text(columns, named)
    feed = _Lines(lines, delimiter, len(columns))
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    held: list[tuple[int, Record | str]] = []
    doubted = False
    while True:
        feed.row = []
        try:
            values = next(reader, None)
            if values is None:
                break
            doubted = (doubted and len(values) != len(columns)) or feed.has_a_mark_outside(values)
        except csv.Error:
            values, doubted = [], True
        if doubted:
            begin = held[0][0] if held else feed.begin
            yield begin, _misquoted(feed.begin - begin + feed.skip_to_a_row())
            held = []
        elif any(values):
            held.append((feed.begin, _record(columns, values)))
        # A row that lacks values may be the first line of one whose opening mark is missing: the next will show.
        if len(values) >= len(columns) or len(held) >= _HELD:
            yield from held
            held = []
    yield from held


def _first_line(lines: Iterator[Line]) -> str:
    """The next line that is not blank, without a byte-order mark."""
    return next((line for _, said in lines if (line := said.removeprefix("\ufeff")).strip()), "")


def columns_in(head: str, delimiter: str) -> list[str]:
    """Return the names of columns in the first line of a table; none where it is no such line."""
    try:
        return next(csv.reader(head.splitlines()[:1], delimiter=delimiter), [])
    except csv.Error:
        return []


class _Lines(Iterator[str]):
    """The lines of a table as a reader of CSV takes them, of which those of a row that is none can be given back."""

    def __init__(self, lines: Iterator[Line], delimiter: str, columns: int) -> None:
        self._lines, self._back = lines, deque[Line]()
        self._delimiter, self._parted = delimiter, columns - 1
        self._opens = re.compile(rf'(?:[^"]*{re.escape(delimiter)})?"(?!["{re.escape(delimiter)}\r\n]|$)')
        self.row: list[Line] = []

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines)
        self.row.append(line)
        return line[1]

    @property
    def begin(self) -> int:
        return self.row[0][0]

    def has_a_mark_outside(self, values: list[str]) -> bool:
        """Whether a value of the row holds a mark and does not stand in marks itself, as it must but between tabs."""
        marked = [value for value in values if '"' in value] if self._delimiter != "\t" else []
        row = "".join(line for _, line in self.row) if marked else ""
        return any('"' + value.replace('"', '""') + '"' not in row for value in marked)

    def skip_to_a_row(self) -> int:
        """Leave out the line on which a row begins that is none, and all after it that may lie inside a value; return how many.

        Inside a value the next mark closes it; one that opens a value shows that its line is outside. Lines without a mark are,
        too, where so many have as many values as there are columns that no text does.
        """
        first, rest = self.row[0], self.row[1:]
        self._back.extendleft(reversed(rest))
        count, alike = 1, list[Line]()
        self.row = [first]
        for text in self:
            line = self.row.pop()
            opens = self._opens.match(text) is not None
            if opens or self._is_alike(text):
                alike.append(line)
                if opens or len(alike) * self._parted >= _SURE:
                    self._back.extendleft(reversed(alike))
                    return count
            else:
                count += len(alike) + 1
                alike = []
        return count + len(alike)

    def _is_alike(self, line: str) -> bool:
        """Whether a line has as many values as there are columns, and no mark that may close one; no text has tabs."""
        parted = 0 < self._parted == line.count(self._delimiter)
        return parted and (self._delimiter == "\t" or '"' not in line)


def _likeness(columns: list[str], named: Mapping[str, str]) -> tuple[int, int]:
    """How much the first line, cut at a sign, is one of names: by those that are recognised, then by how many there are."""
    return len(recognised(columns, named)), len(columns)


def _record(columns: list[str], values: list[str]) -> Record | str:
    if len(values) > len(columns):
        return "there are more values than columns; put a value that holds the separator in quotes."
    if any(BYTE.search(value) for value in values):
        return NO_UTF8
    return dict(zip(columns, values, strict=False))


def _misquoted(lines: int) -> str:
    lost = "this line was" if lines == 1 else f"{lines} lines from here on, up to where a row surely begins, were"
    return f"a quotation mark in a value is not written twice, or not closed; {lost} not read."
