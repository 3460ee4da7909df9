"""Work that is done once for equal texts: what a wire says is looked at once, however many print it."""

from collections.abc import Callable
from typing import Any, TypeVar

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
