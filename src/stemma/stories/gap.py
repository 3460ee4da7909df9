"""What a gap between two groups of reports leaves of their likeness.

Two quakes of one country, two arrests of one actress: the reports of each are much more alike than those of the two together.
A single report that stands a little apart is no group, and leaves no gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from stemma.stories import thresholds


@dataclass(frozen=True, slots=True)
class Gap:
    """The sums of the likenesses between all reports of two items, on the diagonal those among its own; the items' sizes."""

    sums: npt.NDArray[Any]
    sizes: npt.NDArray[Any]
    _within: dict[tuple[int, int], float] = field(default_factory=dict)

    def weigh(self, one: Sequence[int], other: Sequence[int]) -> float:
        """Return what the mean likeness of two groups keeps, 0 to 1: less, the more each is like itself and unlike the other."""
        if min(self.sizes[one].sum(), self.sizes[other].sum()) < thresholds.FELLOWS:
            return 1.0
        between = self.sums[np.ix_(one, other)].sum() / (self.sizes[one].sum() * self.sizes[other].sum())
        least = thresholds.GAP * (self._among(one) + self._among(other)) / 2
        return 1.0 if between >= least else float(between / least)

    def _among(self, group: Sequence[int]) -> float:
        """How alike the reports of a group are on average."""
        # Groups only grow, so that the first of a group and its size tell it from all others.
        key = group[0], len(group)
        if key not in self._within:
            count = self.sizes[group].sum()
            self._within[key] = float(self.sums[np.ix_(group, group)].sum() / (count * (count - 1)))
        return self._within[key]
