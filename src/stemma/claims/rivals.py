"""A pair of propositions in the light of the others: what is far more like it than all else that the other report says.

A report that tells of one matter has many sentences that are somewhat like a proposition, and one at most that says the same.
So a middling likeness without a rival is better proof than a higher one that three sentences reach.
"""

from collections.abc import Sequence

import numpy as np

from stemma.claims import thresholds
from stemma.claims.overlap import Floats, Numbers
from stemma.claims.propositions import Proposition
from stemma.tables import Span

MARKS = ("likeness", "least lead", "greatest lead")
"""What of a pair is weighed: its likeness, and by how much it leads the likest rivals of either side, as logarithms of odds."""


def marks(propositions: Sequence[Proposition], a: Numbers, b: Numbers, probable: Floats) -> Floats:
    """Return a row of MARKS for each pair (a, b) and the probability that it has by itself."""
    with np.errstate(divide="ignore"):
        odds = np.clip(np.log(probable) - np.log1p(-probable), -thresholds.MOST_ODDS, thresholds.MOST_ODDS)
    number: dict[tuple[str, Span], int] = {}
    sentences = np.array([number.setdefault((p.report, p.sentence), len(number)) for p in propositions], dtype=np.int64)
    named: dict[str, int] = {}
    report_of = np.array([named.setdefault(report, len(named)) for report, _ in number], dtype=np.int64)
    one, other = np.split(_lead(np.append(a, b), sentences[np.append(b, a)], np.append(odds, odds), report_of), 2)
    return np.stack([odds, np.minimum(one, other), np.maximum(one, other)], axis=1)


def _lead(here: Numbers, sentences: Numbers, odds: Floats, report_of: Numbers) -> Floats:
    """By how much each pair leads the best that its first side has in another sentence of the other side's report."""
    if not len(odds):
        return odds
    # One row a proposition and sentence, with the best of it; then for each the best of the report's other sentences.
    rows, row = np.unique(here * len(report_of) + sentences, return_inverse=True)
    best = np.full(len(rows), -np.inf)
    np.maximum.at(best, row, odds)
    who, told = rows // len(report_of), report_of[rows % len(report_of)]
    order = np.lexsort((best, told, who))
    starts = np.flatnonzero(np.r_[True, (np.diff(who[order]) != 0) | (np.diff(told[order]) != 0)])
    sizes = np.diff(np.r_[starts, len(order)])
    top, single = np.repeat(starts + sizes - 1, sizes), np.repeat(sizes == 1, sizes)
    ranked = best[order]
    second = np.where(single, -thresholds.MOST_ODDS, ranked[np.maximum(top - 1, 0)])
    rival = np.empty(len(order))
    rival[order] = np.where(np.arange(len(order)) == top, second, ranked[top])
    alone = np.bincount(report_of) == 1
    return np.where(alone[report_of[sentences]], thresholds.USUAL_LEAD, odds - rival[row])
