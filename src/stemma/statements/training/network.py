"""A small network: words about a candidate and its vectors to the probability that it is an attribution.

One hidden layer of rectified units; trained by Adam (Kingma and Ba 2015) with dropout. Plain numpy.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
_BATCH = 256
_RATE = 0.002
_DECAY = 0.9
"""Each round learns by so much less than the one before."""
_FIRST, _SECOND, _TINY = 0.9, 0.999, 1e-8
_DROPPED = 0.3


@dataclass(frozen=True)
class Network:
    """Weights: `words` (vocabulary × hidden), `vectors` (width × hidden), `bias` (hidden), `out` (hidden), `base` (1)."""

    words: Numbers
    vectors: Numbers
    bias: Numbers
    out: Numbers
    base: Numbers


def probabilities(network: Network, words: Sequence[Sequence[int]], vectors: Numbers) -> Numbers:
    """Return each candidate's probability; `words` are rows of the vocabulary."""
    if not len(words):
        return np.zeros(0, dtype=np.float32)
    flat, starts = _flat(words)
    hidden = np.add.reduceat(network.words[flat], starts, axis=0) + vectors @ network.vectors + network.bias
    scores = np.maximum(hidden, 0) @ network.out + network.base[0]
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)


def fit(
    words: Sequence[Sequence[int]],
    vectors: Numbers,
    targets: Numbers,
    *,
    vocabulary: int,
    hidden: int,
    rounds: int,
    seed: int,
    progress: Callable[[int], None],
) -> Network:
    """Return a network fitted to targets in [0, 1]; the same input and seed give the same network."""
    chance = np.random.default_rng(seed)
    network = Network(
        _drawn(chance, vocabulary, hidden, 0.1), _drawn(chance, vectors.shape[1], hidden, 0.03),
        np.zeros(hidden, dtype=np.float32), _drawn(chance, 1, hidden, 0.3)[0], np.zeros(1, dtype=np.float32),
    )  # fmt: skip
    weights = [network.words, network.vectors, network.bias, network.out, network.base]
    moments = [(np.zeros_like(w), np.zeros_like(w)) for w in weights]
    step = 0
    for number in range(rounds):
        order = chance.permutation(len(words))
        for at in range(0, len(order), _BATCH):
            chosen = order[at : at + _BATCH]
            step += 1
            slopes = _slopes(network, [words[i] for i in chosen], vectors[chosen], targets[chosen], chance)
            rate = _RATE * _DECAY**number * np.sqrt(1 - _SECOND**step) / (1 - _FIRST**step)
            for weight, (first, second), (rows, slope) in zip(weights, moments, slopes, strict=True):
                _move(weight, first, second, rows, slope, rate)
        progress(number + 1)
    return network


Slope = tuple[NDArray[np.int64] | slice, Numbers]
"""Which rows of a weight a batch moves, and how."""


def _slopes(
    network: Network, words: Sequence[Sequence[int]], vectors: Numbers, targets: Numbers, chance: np.random.Generator
) -> list[Slope]:
    flat, starts = _flat(words)
    hidden = np.add.reduceat(network.words[flat], starts, axis=0) + vectors @ network.vectors + network.bias
    kept = (chance.random(hidden.shape, dtype=np.float32) >= _DROPPED) / np.float32(1 - _DROPPED)
    active = np.maximum(hidden, 0) * kept
    scores = active @ network.out + network.base[0]
    error = ((1 / (1 + np.exp(-scores)) - targets) / len(targets)).astype(np.float32)
    below = np.outer(error, network.out).astype(np.float32) * kept * (hidden > 0)
    owners = np.repeat(np.arange(len(words)), np.diff([*starts, len(flat)]))
    order = np.argsort(flat, kind="stable")
    rows, first = np.unique(flat[order], return_index=True)
    every = slice(None)
    return [
        (rows, np.add.reduceat(below[owners[order]], first, axis=0)), (every, vectors.T @ below),
        (every, below.sum(axis=0)), (every, active.T @ error), (every, np.array([error.sum()], dtype=np.float32)),
    ]  # fmt: skip


def _move(
    weight: Numbers, first: Numbers, second: Numbers, rows: "NDArray[np.int64] | slice", slope: Numbers, rate: float
) -> None:
    first[rows] = _FIRST * first[rows] + (1 - _FIRST) * slope
    second[rows] = _SECOND * second[rows] + (1 - _SECOND) * slope * slope
    weight[rows] -= (rate * first[rows] / (np.sqrt(second[rows]) + _TINY)).astype(np.float32)


def _flat(words: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    lengths = np.array([len(w) for w in words])
    return np.concatenate([np.asarray(w, dtype=np.int64) for w in words]), np.cumsum(lengths) - lengths


def _drawn(chance: np.random.Generator, rows: int, columns: int, spread: float) -> Numbers:
    return (chance.standard_normal((rows, columns)) * spread).astype(np.float32)
