"""The model file: JSON (reading it runs no code) that says its version, its features and the corpus that it learnt from."""

import base64
import binascii
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from stemma.errors import UsageError
from stemma.statements.training.features import PLACES, WIDTH
from stemma.statements.training.network import Network, Numbers

KIND = "stemma attribution model"
VERSION = 1
"""Raised whenever candidates or features change: weights of one version mean nothing to another."""


@dataclass(frozen=True)
class Model:
    """What is learnt: the lemmas that can be cues, the words that features are made of, the networks, the thresholds.

    `corpus` says what it was trained on: the file's SHA-256, documents and attributions.
    """

    lemmas: frozenset[str]
    words: tuple[str, ...]
    networks: tuple[Network, ...]
    least: tuple[float, float]
    corpus: dict[str, Any]


def as_json(model: Model) -> str:
    """Return the text of a model file."""
    return json.dumps({
        "kind": KIND, "version": VERSION, "features": f"{PLACES} words of {WIDTH}", "corpus": model.corpus,
        "least": list(model.least), "lemmas": sorted(model.lemmas), "words": list(model.words),
        "networks": [{f.name: _packed(getattr(n, f.name)) for f in fields(Network)} for n in model.networks],
    }, ensure_ascii=False)  # fmt: skip


def read_model(path: Path) -> Model:
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


def _model(found: dict[str, Any]) -> Model:
    networks = tuple(Network(**{f.name: _unpacked(n[f.name]) for f in fields(Network)}) for n in found["networks"])
    words = tuple(str(w) for w in found["words"])
    for network in networks:
        hidden = len(network.bias)
        sizes = [w.shape for w in (network.words, network.vectors, network.out, network.base)]
        if sizes != [(len(words) + 1, hidden), (PLACES * WIDTH, hidden), (hidden,), (1,)]:
            raise ValueError("sizes")
    if not networks:
        raise ValueError("networks")
    least = float(found["least"][0]), float(found["least"][1])
    return Model(frozenset(map(str, found["lemmas"])), words, networks, least, dict(found["corpus"]))


def _packed(weight: Numbers) -> dict[str, Any]:
    small = weight.astype("<f2")
    return {"shape": list(weight.shape), "float16": base64.b64encode(small.tobytes()).decode("ascii")}


def _unpacked(packed: dict[str, Any]) -> Numbers:
    numbers = np.frombuffer(base64.b64decode(packed["float16"], validate=True), dtype="<f2")
    return numbers.reshape(packed["shape"]).astype(np.float32)
