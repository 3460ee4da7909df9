"""Spans and what begins at an offset, in text order: found by bisection, so that a page of ten thousand of either stays fast."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Protocol, TypeVar


class Begins(Protocol):
    """What begins somewhere in a text."""

    @property
    def start(self) -> int:
        """Its first offset."""


Item = TypeVar("Item", bound=Begins)
Place = tuple[int, int]


def between(items: Sequence[Item], start: int, end: int) -> Sequence[Item]:
    """Return those of some items in text order that begin from one offset on and before another."""
    return items[bisect_left(items, start, key=_start) : bisect_left(items, end, key=_start)]


def holder(spans: Sequence[Place], at: int) -> Place | None:
    """Return the last of some sorted spans that begins at an offset or before it, where it holds that offset."""
    before = bisect_right(spans, at, key=lambda span: span[0])
    return spans[before - 1] if before and at < spans[before - 1][1] else None


def _start(item: Begins) -> int:
    return item.start
