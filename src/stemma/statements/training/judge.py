"""A trained model at work: of all candidates of a report, the best one for each cue, when it is likely enough."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from stemma.mentions.parse import Paragraph
from stemma.statements.quoting import Marked
from stemma.statements.said import Judge, Open
from stemma.statements.training.candidates import Candidate, candidates
from stemma.statements.training.features import features
from stemma.statements.training.model_file import Model, read_model
from stemma.statements.training.network import Numbers, probabilities
from stemma.tables import Span

_ALIKE = 0.7
"""Two contents that overlap so far are one."""


@lru_cache(maxsize=4)
def judge_from(path: Path) -> Judge:
    """Return the judge that a model file holds; raises UsageError when it cannot be used."""
    return judge_of(read_model(path))


def judge_of(model: Model) -> Judge:
    """Return what says which candidates are attributions by a model."""
    places = {word: n for n, word in enumerate(model.words, 1)}

    def judge(paragraphs: Sequence[Paragraph], found: Sequence[Open], loose: Sequence[tuple[int, Marked]]) -> list[Open]:
        unparsed = [o for o in found if not paragraphs[o.paragraph].doc.has_annotation("DEP")]
        judged = candidates(paragraphs, [o for o in found if o not in unparsed], loose, model.lemmas)
        names, vectors = features(paragraphs, judged)
        rows = [[places.get(word, 0) for word in words] for words in names]
        likely = sum(probabilities(n, rows, vectors) for n in model.networks) / len(model.networks)
        return [*unparsed, *(judged[i].item for i in chosen(judged, np.asarray(likely), model.least))]

    return judge


def chosen(judged: Sequence[Candidate], likely: Numbers, least: tuple[float, float]) -> list[int]:
    """Return which candidates are attributions: the likeliest first, one for a cue, none that repeats another.

    `least` is the least probability of one without and of one with quotation marks.
    """
    kept: list[int] = []
    cues: set[tuple[int, int]] = set()
    for i in np.argsort(-likely, kind="stable"):
        candidate = judged[i]
        if likely[i] < least[bool(candidate.said.attribution.quotations)]:
            continue
        if candidate.item.voice.cue >= 0 and candidate.cue in cues:
            continue
        content = candidate.said.attribution.content
        if any(overlap(content, judged[k].said.attribution.content) > _ALIKE for k in kept):
            continue
        kept.append(int(i))
        cues.add(candidate.cue)
    return kept


def overlap(a: Sequence[Span], b: Sequence[Span]) -> float:
    """Return the characters that two lists of spans have in common, as a share of those in either."""
    if not a or not b or a[-1][1] <= b[0][0] or b[-1][1] <= a[0][0]:
        return 0.0
    common = sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)
    return common / (sum(e - s for s, e in a) + sum(f - t for t, f in b) - common)
