"""A trained classifier of attributions: of all options of a report, the best one for each cue, when it is likely enough.

Its file is JSON (reading it runs no code) that says its version, its features and the corpus that it learnt from.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from stemma.errors import UsageError
from stemma.mentions.parse import Paragraph
from stemma.statements.attribution import Candidate
from stemma.statements.find import Classifier, Loose
from stemma.statements.training.features import PLACES, WIDTH, features
from stemma.statements.training.network import Network, Numbers, load, probabilities
from stemma.statements.training.options import Option, options
from stemma.tables import Span

KIND = "stemma attribution model"
VERSION = 2
"""Raised whenever options, features or the network change: weights of one version mean nothing to another."""
_ALIKE = 0.7
"""Two contents that overlap so far are one."""


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
