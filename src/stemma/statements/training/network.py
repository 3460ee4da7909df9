"""A small network (thinc): words about an option and its vectors to the probability that it is an attribution.

One hidden layer of rectified units over the sum of the words' embeddings and a linear map of the vectors.
"""

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import (
    Adam,
    Dropout,
    Embed,
    Linear,
    Model,
    Ragged,
    add,
    chain,
    fix_random_seed,
    reduce_sum,
    with_array,
)  # fmt: skip

from stemma.statements.training.features import PLACES, WIDTH

Numbers = NDArray[np.float32]
Rows = Sequence[Sequence[int]]
"""For each option the places of its words in the vocabulary."""
Input = tuple[Ragged, Numbers]
Network = Model[Input, Numbers]

_HIDDEN, _DROPPED = 48, 0.3
ROUNDS, _BATCH = 5, 256
_RATE, _DECAY = 0.002, 0.9
"""How fast it learns, and how much slower with each round."""


def probabilities(network: Network, words: Rows, vectors: Numbers) -> Numbers:
    """Return each option's probability; `words` are places in the vocabulary."""
    if not len(words):
        return np.zeros(0, dtype=np.float32)
    return _probability(network.predict((_ragged(words), vectors)))[:, 0]


def fit(
    words: Rows, vectors: Numbers, targets: Numbers, *, vocabulary: int, seed: int, progress: Callable[[int], None]
) -> Network:
    """Return a network fitted to targets in [0, 1]; the same input and seed give the same network."""
    fix_random_seed(seed)
    network = _network(vocabulary)
    network.initialize((_ragged(words[:1]), vectors[:1]))
    steps = -(-len(words) // _BATCH)
    rates: Any = (_RATE * _DECAY ** (step / steps) for step in count())
    optimizer = Adam(rates, L2=0.0, grad_clip=0.0)
    chance = np.random.default_rng(seed)
    for number in range(ROUNDS):
        for rows in np.array_split(chance.permutation(len(words)), steps):
            scores, backprop = network.begin_update((_ragged([words[i] for i in rows]), vectors[rows]))
            backprop((_probability(scores) - targets[rows, None]) / np.float32(len(rows)))
            network.finish_update(optimizer)
            optimizer.step_schedules()
        progress(number + 1)
    return network


def load(data: bytes, vocabulary: int) -> Network:
    """Return the network that `to_bytes` wrote; raises ValueError when it is another or damaged."""
    network = _network(vocabulary)
    network.initialize((_ragged([[0]]), np.zeros((1, PLACES * WIDTH), dtype=np.float32)))
    return network.from_bytes(data)


def _network(vocabulary: int) -> Network:
    words: Model[Input, Any] = chain(_part(0), with_array(Embed(_HIDDEN, vocabulary)), reduce_sum())
    vectors: Model[Input, Any] = chain(_part(1), Linear(_HIDDEN))
    return chain(add(words, vectors), Model("rectify", _rectified), Dropout(_DROPPED), Linear(1))


def _part(place: int) -> Model[Input, Any]:
    """A layer that passes on the words or the vectors."""

    def forward(model: Model[Input, Any], given: Input, is_train: bool) -> tuple[Any, Callable[[Any], float]]:  # noqa: ARG001
        return given[place], lambda _: 0.0

    return Model("part", forward)


def _rectified(
    model: Model[Numbers, Numbers],  # noqa: ARG001 - thinc names what it passes
    given: Numbers,
    is_train: bool,  # noqa: ARG001
) -> tuple[Numbers, Callable[[Numbers], Numbers]]:
    return np.maximum(given, 0), lambda slope: slope * (given > 0)


def _ragged(words: Rows) -> Ragged:
    flat: Any = np.concatenate([np.asarray(w, dtype=np.int64) for w in words])
    lengths: Any = np.array([len(w) for w in words], dtype=np.int32)
    return Ragged(flat, lengths)


def _probability(scores: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)
