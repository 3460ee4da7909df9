"""Work that is done once for equal texts: what a wire says is looked at once, however many print it."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from stemma.tables import BODY

Made = TypeVar("Made")


class Once:
    """What was made before, by what it was made of."""

    def __init__(self) -> None:
        self._made: dict[object, Any] = {}

    def of(self, key: object, work: Callable[[], Made]) -> Made:
        """Return what was made for an equal key before, else what `work` makes now."""
        if key not in self._made:
            self._made[key] = work()
        made: Made = self._made[key]
        return made


def body_print(text: str, blocks: Iterable[tuple[int, int, str]]) -> tuple[int, Hashable]:
    """Return where a report's body begins, and what is the same for all that print it: headline and byline may be others.

    `blocks` are (start, end, role) in the order of the text. Words of the body stand equally far from its beginning everywhere.
    """
    body = [block for block in blocks if block[2] in BODY]
    begin, past = (body[0][0], body[-1][1]) if body else (0, len(text))
    return begin, (text[begin:past], tuple((start - begin, end - begin, role) for start, end, role in body))
