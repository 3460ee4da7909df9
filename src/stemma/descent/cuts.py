"""What one of two kindred texts has, that the other left out: the sign of who cut whom that does not go by length.

An editor cuts inside sentences and paragraphs far more often than he writes into them, and puts a beginning of his own before
them: where words that follow one another in one text stand apart in the other, the other had them first (conditional
compression, place by place).
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from stemma.descent.thresholds import CONTAINED, CONTAINED_MOST, CUT, CUT_APART, CUT_MOST, LEAD, LEAD_MOST
from stemma.tables import Span

Aligned = tuple[int, int, int]
"""A run: its first word in a, its first word in b, and its length."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where a has words between words that follow one another in b (`a_more` places), the converse, and the widest of each.

    The widest are spans of word numbers. `a_share` and `b_share` are the shares of either text, 0–1, that stand in the other.
    `lead` is the log of the ratio of the words before the first shared one, b to a: above 0 when b begins with words of its own.
    """

    a_more: int
    b_more: int
    a_widest: Span
    b_widest: Span
    lead: float
    a_share: float
    b_share: float

    def turned(self) -> "Cuts":
        """Return the same seen from the other text."""
        return Cuts(self.b_more, self.a_more, self.b_widest, self.a_widest, -self.lead, self.b_share, self.a_share)

    def weight(self) -> float:
        """Return the weight, in nats, of all this that b was taken from a."""
        return self.cut() + self.led() + self.contained()

    def cut(self) -> float:
        """Return the weight, in nats, that b was cut from a."""
        weight = CUT * math.log((self.a_more + 1) / (self.b_more + 1))
        return max(-CUT_MOST, min(CUT_MOST, weight))

    def contained(self) -> float:
        """Return the weight, in nats, that b was taken from a because more of b stands in a than of a in b."""
        weight = CONTAINED * (self.b_share - self.a_share)
        return max(-CONTAINED_MOST, min(CONTAINED_MOST, weight))

    def led(self) -> float:
        """Return the weight, in nats, that b put a beginning of its own before words of a."""
        return max(-LEAD_MOST, min(LEAD_MOST, LEAD * self.lead))


def find_cuts(runs: Sequence[Aligned], a_share: float, b_share: float) -> Cuts | None:
    """Return what each of two texts has beyond the other, by the runs that they share; None when they share none."""
    if not runs:
        return None
    a_more, a_widest = _gaps(runs, 0)
    b_more, b_widest = _gaps(runs, 1)
    lead = math.log((min(r[1] for r in runs) + 3) / (min(r[0] for r in runs) + 3))
    return Cuts(a_more, b_more, a_widest, b_widest, lead, a_share, b_share)


def _gaps(runs: Sequence[Aligned], side: int) -> tuple[int, Span]:
    """How often one text goes on between two runs that touch in the other, and the widest such place."""
    ordered = sorted(runs, key=lambda r: (r[1 - side], r[side]))
    places = [
        (last[side] + last[2], run[side])
        for last, run in itertools.pairwise(ordered)
        if last[1 - side] + last[2] == run[1 - side] and 0 < run[side] - last[side] - last[2] < CUT_APART
    ]
    return len(places), max(places, key=lambda s: (s[1] - s[0], -s[0]), default=(0, 0))
