"""The text of a PDF, as a browser prints a page or an office program an article: lines joined to paragraphs, no running heads."""

import importlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from statistics import median
from typing import Any

from stemma.errors import PageError
from stemma.pages import PageMeta
from stemma.reports import thresholds

_ADDRESS = re.compile(r"https?://\S+")
_PLACE = re.compile(r"\s*\d+\s*(?:/|of|von|sur|de)\s*\d+\s*$")
_ENDS = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_CREATED = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:([+-])(\d\d)'?(\d\d)|Z)?")
_BROKEN_WORD = ("\x02", "\ufffe", "\xad")
"""What pdfium puts where a word is broken at the end of a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page: its size, its edges in points from the page's left and bottom, the page and its height."""

    text: str
    size: float
    left: float
    right: float
    bottom: float
    page: int
    height: float


def text_of_pdf(content: bytes) -> tuple[str, PageMeta]:
    """Return a PDF's paragraphs with blank lines between, and the address, time and title that its printer left in it.

    Raises PageError for a PDF that is broken, encrypted, too long, or has no text because it is a scan.
    """
    pdfium = _pdfium()
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = "encrypted; save it without its password" if "password" in str(error).lower() else "broken"
        raise PageError(f"the PDF is {locked}.") from error
    with document:
        if len(document) > thresholds.MOST_PDF_PAGES:
            raise PageError(f"the PDF has more than {thresholds.MOST_PDF_PAGES} pages.")
        try:
            lines = [line for n in range(len(document)) for line in _lines_on(pdfium, document, n)]
        except pdfium.PdfiumError as error:
            raise PageError("the PDF is broken: one of its pages cannot be read.") from error
        when, title = (str(document.get_metadata_value(name)) for name in ("CreationDate", "Title"))
    if not lines:
        raise PageError("the PDF holds pictures of pages and no text; stemma reads no pictures (no OCR).")
    body = _without_running_heads(lines)
    addresses = [m[0] for line in lines if _in_margin(line) and (m := _ADDRESS.search(line.text))]
    address = _PLACE.sub("", addresses[0]) if addresses else None
    return "\n\n".join(_paragraphs(body)), PageMeta(
        url=address, retrieved=_time(when), title=title[: thresholds.LONGEST_FIELD] or None
    )


def _pdfium() -> Any:  # noqa: ANN401 - a module
    try:
        return importlib.import_module("pypdfium2")
    except ImportError as error:
        raise PageError("PDFs are read with the extra 'files': pip install 'stemma-news[files]'.") from error


def _lines_on(pdfium: Any, document: Any, number: int) -> list[Line]:  # noqa: ANN401
    """The lines of one page in the order in which they were printed."""
    page = document[number]
    text = page.get_textpage()
    letters = [chr(pdfium.raw.FPDFText_GetUnicode(text, n)) for n in range(text.count_chars())]
    found, start = [], 0
    for end, letter in enumerate([*letters, "\n"]):
        if letter not in "\r\n":
            continue
        words = " ".join("".join(letters[start:end]).split())
        drawn = [n for n in range(start, end) if not letters[n].isspace() and letters[n] not in _BROKEN_WORD]
        if drawn:
            boxes = [text.get_charbox(n) for n in drawn]
            left, right, bottom = min(b[0] for b in boxes), max(b[2] for b in boxes), median(b[1] for b in boxes)
            size = round(pdfium.raw.FPDFText_GetFontSize(text, drawn[0]), 1)
            found.append(Line(words, size, left, right, bottom, number, page.get_height()))
        start = end + 1
    text.close()
    page.close()
    return found


def _without_running_heads(lines: Sequence[Line]) -> list[Line]:
    """The lines without what a browser prints at the paper's edge: address, date, page; else without what most margins repeat."""
    places = Counter(key for key, _ in {(_key(line), line.page) for line in lines if _in_margin(line)})
    pages = len({line.page for line in lines})
    often = {key for key, count in places.items() if pages > 1 and count * 2 > pages}
    printed = any(_in_margin(line) and _ADDRESS.search(line.text) and _PLACE.search(line.text) for line in lines)
    return [line for line in lines if not _in_margin(line) or not (_outermost(line) if printed else _key(line) in often)]


def _in_margin(line: Line) -> bool:
    edge = thresholds.PDF_MARGIN * line.height
    return line.bottom < edge or line.bottom > line.height - edge


def _outermost(line: Line) -> bool:
    """Where browsers print the page's title and address, above and below what is set as its margins."""
    return line.bottom < thresholds.PDF_PRINTED_EDGE or line.bottom > line.height - thresholds.PDF_PRINTED_EDGE


def _key(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _paragraphs(lines: Sequence[Line]) -> list[str]:
    columns = _columns(lines)
    pitch = _pitch(lines)
    found: list[str] = []
    for n, line in enumerate(lines):
        if n and not _begins(lines[n - 1], line, columns[n - 1], pitch.get(line.size)):
            found[-1] = _line_joined(found[-1], line.text)
        else:
            found.append(line.text)
    return found


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The edges, left and right, of the column that each line stands in: how far the lines around it reach in their column."""
    runs = accumulate((int(_is_elsewhere(above, line)) for above, line in pairwise(lines)), initial=0)
    found = []
    for _, run in groupby(zip(runs, lines, strict=False), key=itemgetter(0)):
        inside = [line for _, line in run]
        for n, line in enumerate(inside):
            around = inside[max(0, n - thresholds.PDF_AROUND) : n + thresholds.PDF_AROUND + 1]
            near = [other for other in around if abs(other.size - line.size) <= thresholds.PDF_SAME_SIZE]
            found.append((min(line.left for line in near), max(line.right for line in near)))
    return found


def _is_elsewhere(above: Line, line: Line) -> bool:
    """Whether a line goes on at the top of another column or page."""
    return above.page != line.page or line.bottom > above.bottom + line.size


def _pitch(lines: Sequence[Line]) -> dict[float, float]:
    """How far apart the lines of a paragraph are, by the size of their letters."""
    gaps: dict[float, list[float]] = {}
    least, most = thresholds.PDF_LEAST_PITCH, thresholds.PDF_MOST_PITCH
    for above, below in pairwise(lines):
        gap = above.bottom - below.bottom
        if above.size == below.size and above.page == below.page and least * below.size < gap < most * below.size:
            gaps.setdefault(below.size, []).append(gap)
    return {size: min(found) for size, found in gaps.items()}


def _begins(above: Line, line: Line, column: tuple[float, float], pitch: float | None) -> bool:
    """Whether a line begins a paragraph: set in other letters, further below, elsewhere, or after a line that ends short."""
    left, right = column
    short = above.right - left < thresholds.PDF_FULL_LINE * (right - left)
    ended = _ENDS.search(above.text) is not None
    if abs(above.size - line.size) > thresholds.PDF_SAME_SIZE:
        return True
    if above.page != line.page or (_is_elsewhere(above, line) and line.left > right):
        return ended or short
    gap = above.bottom - line.bottom
    if gap < thresholds.PDF_INDENT * line.size or pitch is None or gap > thresholds.PDF_PARAGRAPH_GAP * pitch:
        return True
    return ended and (short or line.left > above.left + thresholds.PDF_INDENT * line.size)


def _line_joined(above: str, line: str) -> str:
    if above.endswith(_BROKEN_WORD):
        return above[:-1] + line
    return f"{above}{line}" if above.endswith("-") and line[:1].islower() else f"{above} {line}"


def _time(said: str) -> str | None:
    found = _CREATED.match(said)
    if found is None:
        return None
    year, month, day, hour, minute, second, sign, hours, minutes = found.groups()
    zone = f"{sign}{hours}:{minutes}" if sign else "Z" if said.endswith("Z") else ""
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"
