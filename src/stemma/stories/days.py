"""What the days between two groups of reports leave of their likeness.

An event of another week needs much more in common, unless the reports follow one affair, reprint one text, or only one date
stands against those of all its fellows.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from stemma.stories import thresholds


@dataclass(frozen=True, slots=True)
class Days:
    """The day of each report (None where unknown); how alike the words of each two are that are no names, 1 for a reprint."""

    days: Sequence[int | None]
    words: npt.NDArray[Any]
    _seen: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def weigh(self, one: Sequence[int], other: Sequence[int]) -> float:
        """Return what the mean likeness of two groups keeps, 0 to 1; a group without any date keeps all."""
        here, there = self._known(one), self._known(other)
        if not here or not there:
            return 1.0
        apart = abs(here[len(here) // 2] - there[len(there) // 2])
        kept = _left(apart, thresholds.DAYS_FREE, thresholds.DAYS_DECAY)
        if kept == 1:
            return kept
        alike = self.words[np.ix_(one, other)]
        if alike.max() == 1:
            return 1.0
        if alike.mean() >= thresholds.FOLLOW_UP_WORDS:
            nearest = min(abs(a - b) for a in set(here) for b in set(there))
            kept = max(kept, _left(nearest, thresholds.FOLLOW_UP_FREE, thresholds.FOLLOW_UP_DECAY))
        alone = min(len(here), len(there)) == 1 and max(len(here), len(there)) >= thresholds.FELLOWS
        return max(kept, thresholds.MISDATED) if alone else kept

    def _known(self, group: Sequence[int]) -> list[int]:
        # Groups only grow, so that the first of a group and its size tell it from all others.
        key = group[0], len(group)
        if key not in self._seen:
            self._seen[key] = sorted(day for i in group if (day := self.days[i]) is not None)
        return self._seen[key]


def _left(days: int, free: float, decay: float) -> float:
    return math.exp(-max(0, days - free) / decay)
