"""Training: a marked corpus to a model, the same model whenever the corpus is the same.

A corpus is JSON lines of `id`, `text` and `attributions`, checked before anything is learnt. An option is right when it
shares enough characters with a marked content and its cue is the marked one. Each network leaves out every tenth document
of its own; the thresholds are those that do best on what was left out.
"""

import gzip
import hashlib
import json
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stemma.errors import UsageError
from stemma.mentions.parse import PARSED, Paragraph, forget, plain_paragraphs
from stemma.mentions.quotations import find_quotations
from stemma.statements.attribution import find_candidates
from stemma.statements.attribution_classifier import (
    ROUNDS,
    AttributionModel,
    Network,
    Numbers,
    chosen,
    fit,
    overlap,
    probabilities,
)
from stemma.statements.attribution_options import CUE_TAGS, Option, features, options
from stemma.statements.cues import lemma_of
from stemma.tables import Span

Progress = Callable[[str, int, int], None]
"""Called with the step's name, how much of it is done and how much there is."""
FEWEST = 200
"""Attributions without which nothing is learnt."""
_NETWORKS = 3
_SEEN = 2
"""How often a lemma must be marked as a cue, and a word seen, to count; and how large a share of its uses:"""
_RATE = 0.02
_RARE = 4
_ENOUGH = 0.3
"""Least overlap of a right content, as in the PolNeAR scorer."""
_PARTS = 10
_GRID = np.arange(0.15, 0.75, 0.02)
_FIELDS = (("text", str), ("attributions", list))
_SPANS = ("source", "cue", "content")
_EDGE = " \n\t\r.,;:!?\"“”'‘’`"


@dataclass(frozen=True)
class _Prepared:
    """One document as the networks see it: `words` are numbers of words, `targets` how right each option is."""

    options: list[Option]
    words: "list[array[int]]"
    vectors: NDArray[np.float16]
    targets: Numbers
    marked: tuple[int, int]
    """How many attributions without and with quotation marks a person found."""


@dataclass(frozen=True)
class Marked:
    """One attribution that a person marked: spans of its cue and its content, without marks and blanks at their ends."""

    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True)
class Document:
    """One article with what was marked in it."""

    text: str
    attributions: tuple[Marked, ...]


def train_attribution(corpus: Path, progress: Progress) -> AttributionModel:
    """Return a model that is trained on a corpus of marked attributions; raises UsageError when it cannot be."""
    documents, digest = read_corpus(corpus)
    count = sum(len(d.attributions) for d in documents)
    if count < FEWEST:
        raise UsageError(f"The corpus {corpus} marks {count} attributions; {FEWEST} are the least to learn from.")
    parsed = _parsed(documents, progress)
    lemmas = _cue_lemmas(documents, parsed)
    if not lemmas:
        raise UsageError(f"The corpus {corpus} marks no cues: without them there is nothing to learn.")
    numbers: dict[str, int] = {}
    prepared = []
    for n, (document, paragraphs) in enumerate(zip(documents, parsed, strict=True)):
        progress("options", n, len(documents))
        prepared.append(_prepared(document, paragraphs, lemmas, numbers))
    progress("options", len(documents), len(documents))
    words, prepared = _pruned(numbers, prepared)
    networks, least = _fitted(prepared, len(words) + 1, progress)
    about = {"sha256": digest, "documents": len(documents), "attributions": count}
    return AttributionModel(lemmas, words, networks, least, about)


def _parsed(documents: Sequence[Document], progress: Progress) -> list[list[Paragraph]]:
    found = []
    for n, document in enumerate(documents):
        progress("parse", n, len(documents))
        found.append(plain_paragraphs(document.text, PARSED))
        forget()
    progress("parse", len(documents), len(documents))
    return found


def _cue_lemmas(documents: Sequence[Document], parsed: Sequence[Sequence[Paragraph]]) -> frozenset[str]:
    """The lemmas that are marked as cues often enough, of all the times that they stand in the corpus."""
    everywhere: Counter[str] = Counter()
    as_cue: Counter[str] = Counter()
    for document, paragraphs in zip(documents, parsed, strict=True):
        cued = np.zeros(len(document.text) + 1, dtype=bool)
        for start, end in (span for a in document.attributions for span in a.cue):
            cued[start:end] = True
        for paragraph in paragraphs:
            for token in paragraph.doc:
                if token.pos_ in CUE_TAGS:
                    everywhere[lemma_of(token)] += 1
                    as_cue[lemma_of(token)] += int(cued[paragraph.start + token.idx])
    return frozenset(w for w, n in as_cue.items() if n >= _SEEN and n >= _RATE * everywhere[w])


def _prepared(document: Document, paragraphs: list[Paragraph], lemmas: frozenset[str], numbers: dict[str, int]) -> _Prepared:
    found = options(paragraphs, *find_candidates(paragraphs, find_quotations(paragraphs)), lemmas)
    names, vectors = features(paragraphs, found)
    words = [array("q", (numbers.setdefault(name, len(numbers)) for name in row)) for row in names]
    quoted = sum(any(c in '"“”' for c in _around(document.text, a.content)) for a in document.attributions)
    marked = len(document.attributions) - quoted, quoted
    return _Prepared(found, words, vectors.astype(np.float16), _targets(document, found), marked)


def _around(text: str, content: Sequence[tuple[int, int]]) -> str:
    return text[max(content[0][0] - 1, 0) : content[-1][1] + 2]


def _targets(document: Document, found: Sequence[Option]) -> Numbers:
    """How right each option is: 0, or 0.6 to 1 by its overlap with what was marked at its cue.

    What was marked and is at no option's cue goes to the one that overlaps it most.
    """
    targets = np.zeros(len(found), dtype=np.float32)
    left = []
    for a in document.attributions:
        near = [(overlap(c.attribution.content, a.content), i) for i, c in enumerate(found)]
        fitting = [(v, i) for v, i in near if v >= _ENOUGH]
        cued = [(v, i) for v, i in fitting if _at_cue(found[i], a.cue)]
        for v, i in cued:
            targets[i] = max(targets[i], 0.6 + 0.4 * v)
        left += [] if cued else [fitting]
    for fitting in left:
        v, i = max(((v, i) for v, i in fitting if not targets[i]), default=(0.0, -1))
        if i >= 0:
            targets[i] = 0.6 + 0.4 * v
    return targets


def _at_cue(option: Option, cue: Sequence[tuple[int, int]]) -> bool:
    own = option.attribution.cue_span
    return own is not None and any(s < own[1] and own[0] < e for s, e in cue)


def _pruned(numbers: dict[str, int], prepared: Sequence[_Prepared]) -> tuple[tuple[str, ...], list[_Prepared]]:
    """Words that are seen often enough, and the options in terms of their places; 0 stands for all others."""
    counts = np.zeros(len(numbers), dtype=np.int64)
    for document in prepared:
        for row in document.words:
            counts[np.frombuffer(row, dtype=np.int64)] += 1
    kept = [word for word, n in numbers.items() if counts[n] >= _RARE]
    places = np.zeros(len(numbers), dtype=np.int64)
    places[[numbers[w] for w in kept]] = np.arange(1, len(kept) + 1)
    renumbered = [
        _Prepared(
            d.options, [array("q", places[np.frombuffer(row, dtype=np.int64)].tolist()) for row in d.words],
            d.vectors, d.targets, d.marked,
        )
        for d in prepared
    ]  # fmt: skip
    return tuple(kept), renumbered


def _fitted(
    prepared: Sequence[_Prepared], vocabulary: int, progress: Progress
) -> tuple[tuple[Network, ...], tuple[float, float]]:
    networks, unseen = [], []
    for number in range(_NETWORKS):
        learnt = [d for n, d in enumerate(prepared) if n % _PARTS != number]
        words = [row for d in learnt for row in d.words]
        vectors = np.concatenate([d.vectors for d in learnt]).astype(np.float32)
        targets = np.concatenate([d.targets for d in learnt])
        said = partial(_say, progress, number * ROUNDS)
        network = fit(words, vectors, targets, vocabulary=vocabulary, seed=number, progress=said)
        networks.append(network)
        left_out = [d for n, d in enumerate(prepared) if n % _PARTS == number]
        unseen += [(d, probabilities(network, d.words, d.vectors.astype(np.float32))) for d in left_out]
    return tuple(networks), (_least(unseen, quoted=False), _least(unseen, quoted=True))


def _say(progress: Progress, before: int, done: int) -> None:
    progress("training", before + done, _NETWORKS * ROUNDS)


def _least(unseen: Sequence[tuple[_Prepared, Numbers]], *, quoted: bool) -> float:
    """The least probability with the best F1 on documents that were left out."""
    gold = sum(d.marked[quoted] for d, _ in unseen)
    rows = []
    for document, likely in unseen:
        for i in chosen(document.options, likely, (float(_GRID[0]), float(_GRID[0]))):
            if bool(document.options[i].attribution.quotations) == quoted:
                rows.append((float(likely[i]), bool(document.targets[i] > 0)))

    def f1(least: float) -> float:
        taken = [right for p, right in rows if p >= least]
        return 2 * sum(taken) / max(len(taken) + gold, 1)

    best = max((float(least) for least in _GRID), key=lambda least: (f1(least), -least))
    return round(best, 2)


def read_corpus(path: Path) -> tuple[list[Document], str]:
    """Return a corpus' documents and the file's SHA-256; raises UsageError that names the line that is wrong."""
    if not path.is_file():
        raise UsageError(f"There is no corpus {path}.")
    data = path.read_bytes()
    documents = [_document(path, number, line) for number, line in _lines(path, data)]
    if not documents:
        raise UsageError(f"The corpus {path} is empty.")
    return documents, hashlib.sha256(data).hexdigest()


def _lines(path: Path, data: bytes) -> Iterator[tuple[int, str]]:
    try:
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise UsageError(f"The corpus {path} cannot be read: it must be JSON lines in UTF-8, or those as .gz.") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def _document(path: Path, number: int, line: str) -> Document:
    where = f"{path}, line {number}"
    try:
        row = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{where}: this is no JSON.") from error
    for name, kind in _FIELDS:
        if not isinstance(row, dict) or not isinstance(row.get(name), kind):
            raise UsageError(
                f"{where}: it has no {name!r}. A line is {{'id', 'text', 'attributions': [{{'source', 'cue', 'content'}}]}}, "
                "each of the three a list of [start, end) in characters of the text."
            )
    found = [_marked(where, row["text"], a) for a in row["attributions"]]
    return Document(row["text"], tuple(a for a in found if a.content))


def _marked(where: str, text: str, row: Any) -> Marked:  # noqa: ANN401 - whatever the JSON holds
    if not isinstance(row, dict) or "content" not in row:
        raise UsageError(f"{where}: an attribution has no 'content'.")
    spans = {part: _spans(where, part, text, row.get(part) or []) for part in _SPANS}
    return Marked(spans["cue"], tuple(s for span in spans["content"] if (s := _tidy(text, span)) is not None))


def _spans(where: str, part: str, text: str, rows: Any) -> tuple[Span, ...]:  # noqa: ANN401
    try:
        spans = sorted((int(start), int(end)) for start, end in rows)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{where}: {part!r} must be a list of [start, end].") from error
    if any(not 0 <= start <= end <= len(text) for start, end in spans):
        raise UsageError(f"{where}: {part!r} has offsets outside the text of {len(text)} characters.")
    return tuple(spans)


def _tidy(text: str, span: Span) -> Span | None:
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return (start, end) if end > start else None
