"""Pages that are laid out in tables: the cell that the article stands in, and what stands beside it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from stemma.reports.dom import Element, Run

_MOST = 0.6
_CAPTIONED = 60


def article_cell(page: Sequence[Run], chosen: Sequence[int]) -> Element | None:
    """Return the innermost table cell that holds most of the chosen words; None on a page laid out otherwise."""
    under: Counter[Element] = Counter()
    for n in chosen:
        for above in _above(page[n].element):
            if above.tag in ("td", "th"):
                under[above] += len(page[n].text.split())
    total = sum(len(page[n].text.split()) for n in chosen)
    holding = [cell for cell, words in under.items() if words >= _MOST * total]
    return max(holding, key=lambda cell: sum(1 for _ in cell.iterancestors()), default=None)


def stands_in(element: Element, cell: Element | None) -> bool:
    """Whether an element stands in the article's cell; any does where there is none."""
    return cell is None or any(above is cell for above in _above(element))


def is_data(element: Element, cell: Element | None) -> bool:
    """Whether an element is in a cell of a table of data: one inside the article's own cell."""
    return any(above.tag in ("td", "th") for above in within(element, cell))


def is_pictures(element: Element, cell: Element | None) -> bool:
    """Whether an element stands in a table that an old page lays a picture and its caption out in."""
    table = next((above for above in within(element, cell) if above.tag == "table"), None)
    if table is None or table.find(".//img") is None:
        return False
    return len(table.text_content().split()) < _CAPTIONED and len(table.findall(".//tr")) <= 3


def within(element: Element, cell: Element | None) -> Iterator[Element]:
    """Yield an element and what is around it as far as the article's cell."""
    for above in _above(element):
        if above is cell:
            return
        yield above


def _above(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()
