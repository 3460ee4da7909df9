"""A trained classifier of attributions: of all options of a report, the best one for each cue, when it is likely enough.

Its file is JSON (reading it runs no code) that says its version, its features and the corpus that it learnt from. Its
networks (thinc) have one hidden layer of rectified units over the sum of the words' embeddings and a linear map of the vectors.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
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

from stemma.errors import UsageError
from stemma.mentions.parse import Paragraph
from stemma.statements.attribution import Candidate, Classifier, Loose
from stemma.statements.attribution_options import PLACES, WIDTH, Option, features, options
from stemma.tables import Span

KIND = "stemma attribution model"
VERSION = 2
"""Raised whenever options, features or the network change: weights of one version mean nothing to another."""
_ALIKE = 0.7
"""Two contents that overlap so far are one."""
Numbers = NDArray[np.float32]
Rows = Sequence[Sequence[int]]
"""For each option the places of its words in the vocabulary."""
Input = tuple[Ragged, Numbers]
Network = Model[Input, Numbers]
_HIDDEN, _DROPPED = 48, 0.3
ROUNDS, _BATCH = 5, 256
_RATE, _DECAY = 0.002, 0.9
"""How fast it learns, and how much slower with each round."""


@dataclass(frozen=True)
class AttributionModel:
    """What is learnt: the lemmas that can be cues, the words that features are made of, the networks, the thresholds.

    `least` is the least probability of an attribution without and of one with quotation marks. `corpus` says what it was
    trained on: the file's SHA-256, documents and attributions.
    """

    lemmas: frozenset[str]
    words: tuple[str, ...]
    networks: tuple[Network, ...]
    least: tuple[float, float]
    corpus: dict[str, Any]


@lru_cache(maxsize=4)
def classifier_from(path: Path) -> Classifier:
    """Return the classifier that a model file holds; raises UsageError when it cannot be used."""
    return classifier_of(read_model(path))


def classifier_of(model: AttributionModel) -> Classifier:
    """Return what says which candidates are attributions by a model."""
    places = {word: n for n, word in enumerate(model.words, 1)}

    def classify(paragraphs: Sequence[Paragraph], found: Sequence[Candidate], loose: Sequence[Loose]) -> list[Candidate]:
        unparsed = [c for c in found if not paragraphs[c.paragraph].doc.has_annotation("DEP")]
        possible = options(paragraphs, [c for c in found if c not in unparsed], loose, model.lemmas)
        names, vectors = features(paragraphs, possible)
        rows = [[places.get(word, 0) for word in words] for words in names]
        likely = sum(probabilities(n, rows, vectors) for n in model.networks) / len(model.networks)
        return [*unparsed, *(possible[i].candidate for i in chosen(possible, np.asarray(likely), model.least))]

    return classify


def chosen(possible: Sequence[Option], likely: Numbers, least: tuple[float, float]) -> list[int]:
    """Return which options are attributions: the likeliest first, one for a cue, none that repeats another."""
    kept: list[int] = []
    cues: set[tuple[int, int]] = set()
    for i in np.argsort(-likely, kind="stable"):
        option = possible[i]
        if likely[i] < least[bool(option.attribution.quotations)]:
            continue
        if option.candidate.cue.token >= 0 and option.cue in cues:
            continue
        content = option.attribution.content
        if any(overlap(content, possible[k].attribution.content) > _ALIKE for k in kept):
            continue
        kept.append(int(i))
        cues.add(option.cue)
    return kept


def overlap(a: Sequence[Span], b: Sequence[Span]) -> float:
    """Return the characters that two lists of spans have in common, as a share of those in either."""
    if not a or not b or a[-1][1] <= b[0][0] or b[-1][1] <= a[0][0]:
        return 0.0
    common = sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)
    return common / (sum(e - s for s, e in a) + sum(f - t for t, f in b) - common)


def as_json(model: AttributionModel) -> str:
    """Return the text of a model file."""
    return json.dumps({
        "kind": KIND, "version": VERSION, "features": f"{PLACES} words of {WIDTH}", "corpus": model.corpus,
        "least": list(model.least), "lemmas": sorted(model.lemmas), "words": list(model.words),
        "networks": [base64.b64encode(n.to_bytes()).decode("ascii") for n in model.networks],
    }, ensure_ascii=False)  # fmt: skip


def read_model(path: Path) -> AttributionModel:
    """Read a model file; raises UsageError when it is none, of another version, or damaged."""
    if not path.is_file():
        raise UsageError(f"There is no model file {path}. `stemma train attribution CORPUS` makes one.")
    try:
        found = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise UsageError(f"{path} is no model file: it is no JSON.") from error
    if not isinstance(found, dict) or found.get("kind") != KIND:
        raise UsageError(f"{path} is no model file of `stemma train attribution`.")
    if found.get("version") != VERSION:
        raise UsageError(
            f"The model {path} is of version {found.get('version')}, and this stemma reads version {VERSION}. "
            "Train it again with `stemma train attribution`."
        )
    try:
        return _model(found)
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise UsageError(f"The model file {path} is damaged. Train it again with `stemma train attribution`.") from error


def _model(found: dict[str, Any]) -> AttributionModel:
    words = tuple(str(w) for w in found["words"])
    networks = tuple(load(base64.b64decode(n, validate=True), len(words) + 1) for n in found["networks"])
    if not networks:
        raise ValueError("networks")
    least = float(found["least"][0]), float(found["least"][1])
    return AttributionModel(frozenset(map(str, found["lemmas"])), words, networks, least, dict(found["corpus"]))


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
