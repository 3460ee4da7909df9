"""Every two reports of a story that share wording: candidates by seeds and stems they have in common, then the comparison."""

import os
from collections.abc import Hashable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, combinations

import numpy as np
import numpy.typing as npt

from stemma.descent.compare import Comparison, compare
from stemma.descent.rewordings import stem, weigh
from stemma.descent.runs import seed_keys
from stemma.descent.telling import Telling
from stemma.descent.translation import compare_languages
from stemma.descent.words import Words

ALL_PAIRS = 40
"""Up to so many reports every pair is compared; above, only those that share enough."""
SHARED_STEMS = 0.1
"""Part of the stems of the shorter report that proposes a pair."""
SUBJECT = 3
"""A stem that one in so many reports has is the story's subject and proposes nothing."""
LEAST_SEEDS = 2
"""Seeds that propose a pair, however many reports print them: a wire that half of a story prints is its descent."""
ROWS = 8_192
"""Rows of a table of holders that are multiplied at a time."""

MANY, CHUNK = 4_000, 500
"""Comparisons from which all cores are worth starting, and how many one core is given at a time."""

Table = npt.NDArray[np.int64]

_HELD: list[Telling] = []
"""The story that a process of the pool compares."""


def compare_all(tellings: Sequence[Telling]) -> dict[tuple[int, int], Comparison]:
    """Return the comparisons of the reports that share wording, by their numbers (i < j)."""
    texts = [(t.report.language, wording(t.words)) for t in tellings]
    first: dict[tuple[Hashable, Hashable], tuple[int, int]] = {}
    # Reports that print one text word for word share with a third what the first of them shares with it.
    known = {(i, j): first.setdefault((texts[i], texts[j]), (i, j)) for i, j in _candidates([t.words for t in tellings])}
    pairs = list(first.values())
    compared = dict(zip(pairs, _compare_each(tellings, pairs), strict=True))
    return {pair: found for pair, same in known.items() if (found := compared[same])}


def _compare_each(tellings: Sequence[Telling], pairs: Sequence[tuple[int, int]]) -> list[Comparison | None]:
    cores = os.cpu_count() or 1
    if len(pairs) < MANY or cores == 1:
        return [_compare(tellings[i], tellings[j]) for i, j in pairs]
    chunks = [pairs[n : n + CHUNK] for n in range(0, len(pairs), CHUNK)]
    with ProcessPoolExecutor(cores, initializer=_HELD.extend, initargs=(tellings,)) as pool:
        return list(chain.from_iterable(pool.map(_compare_held, chunks)))


def _compare_held(pairs: Sequence[tuple[int, int]]) -> list[Comparison | None]:
    return [_compare(_HELD[i], _HELD[j]) for i, j in pairs]


def _compare(a: Telling, b: Telling) -> Comparison | None:
    one, other = a.report.language, b.report.language
    if one and other and one != other:
        return compare_languages(a.words, b.words)
    return compare(a.words, b.words)


def wording(words: Words) -> Hashable:
    """Return all of a text that a comparison depends on; offsets and typography do not."""
    return words.folded, words.quoted, words.paragraph.tobytes(), words.sentences, words.given


def _candidates(words: Sequence[Words]) -> list[tuple[int, int]]:
    if len(words) <= ALL_PAIRS:
        return list(combinations(range(len(words)), 2))
    number: dict[str, int] = {}
    heavy = [{stem(w) for w in set(t.folded) if weigh(w) >= 1.0} for t in words]
    stems = [np.array(sorted(number.setdefault(s, len(number)) for s in held), np.int64) for held in heavy]
    least = np.array([max(1.0, SHARED_STEMS * s.size) for s in stems])
    kin = _shared(stems, len(words) // SUBJECT) >= np.minimum(least[:, None], least)
    copies = _shared([np.unique(seed_keys(t.folded).view(np.int64)) for t in words], len(words)) >= LEAST_SEEDS
    return [(int(i), int(j)) for i, j in np.argwhere(np.triu(kin | copies, 1))]


def _shared(keys: Sequence[npt.NDArray[np.int64]], most: int) -> Table:
    """How many keys each two of the texts share, of those that at most `most` of them (ten at least) have."""
    count = len(keys)
    order = np.argsort(np.concatenate(keys), kind="stable")
    holder = np.repeat(np.arange(count), [k.size for k in keys])[order]
    turns = np.flatnonzero(np.diff(np.concatenate(keys)[order])) + 1
    groups = (g for g in np.split(holder, turns) if 1 < g.size <= max(10, most))
    sets: dict[bytes, int] = {}
    for group in groups:
        # The seeds of one paragraph are held by the same reports: they are counted at once.
        held = group.tobytes()
        sets[held] = sets.get(held, 0) + 1
    total = np.zeros((count, count), np.int64)
    rows = list(sets.items())
    for some in (rows[n : n + ROWS] for n in range(0, len(rows), ROWS)):
        table = np.zeros((len(some), count), np.float32)
        for row, (members, _) in enumerate(some):
            table[row, np.frombuffer(members, np.int64)] = 1
        times = np.array([n for _, n in some], np.float32)
        total += np.rint((table * times[:, None]).T @ table).astype(np.int64)
    return total
