"""Fits the weights of differing quantities (claims/masked.py) and scores them on stories left out.

    PYTHONPATH=src python bench/masked.py DATA SCORE [--more FOLDER…] [--write] [--show]

DATA and SCORE are those of bench/claims.py. `masked` is fitted on the gold of the events: two quantities of one
claim, equal or not, against two of two claims. `differing` is fitted on what this proposes in stories, as it
was read: bench/data/differing_pairs.tsv names the pairs of one thing and the unsure ones; all else that is proposed is of two.
Each story is left out of both fits in turn; `--show` prints what is proposed, `--write` writes the weights fitted on everything.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

import claims as fit
from stemma.claims import likeness, masked
from stemma.claims.likeness import FEATURES, Likeness, kind_of, setting_of
from stemma.claims.overlap import Floats
from stemma.claims.propositions import Proposition

READ = Path(__file__).parent / "data" / "differing_pairs.tsv"
MOST_OF_ONE = 60
SHARES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Story:
    """A story with its propositions, what the rooms before know of it, and the pairs of its gold, if it has one."""

    name: str
    prepared: tuple[Any, ...]
    found: Sequence[Proposition]
    pairs: fit.Pairs | None


def main() -> None:
    """Fit, score each story left out, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("score", type=Path)
    arguments.add_argument("--more", type=Path, nargs="*", default=[], help="more annotated events")
    arguments.add_argument("--write", action="store_true", help="write the weights fitted on everything")
    arguments.add_argument("--show", action="store_true", help="print each proposed pair")
    options = arguments.parse_args()
    stories = list(_stories(options.data, options.score, options.more))
    labels = _labels()
    tables = {s.name: _proposed(s, stories, labels, options.show) for s in stories}
    scored: list[tuple[float, int]] = []
    for name, table in tables.items():
        weights, bias = _fit([t for n, t in tables.items() if n != name])
        scored += zip((1 / (1 + np.exp(-(table.features @ weights + bias)))).tolist(), table.labels.tolist(), strict=True)
    print(f"{len(scored)} pairs, {sum(label for _, label in scored)} of one thing; each story left out:")
    for least in SHARES:
        shown = [label for p, label in scored if p >= least]
        print(f"  from {least}: {sum(shown)} of {len(shown)} are of one thing")
    if options.write:
        fit.write(
            {"masked": (FEATURES["masked"], _masked(stories, "")), "differing": (masked.DIFFERING, _fit(list(tables.values())))}
        )


def _stories(data: Path, score: Path, more: Sequence[Path]) -> Iterator[Story]:
    scorer = fit._module(score)
    folders = [*(f.parent for f in sorted((data / "events").glob("*/gold.json"))), *more]
    for folder in folders:
        event = fit._event(folder, scorer)
        yield Story(folder.name, event.prepared, (found := fit._found(event.prepared)), _of_gold(event, found, scorer))
    texts = fit.texts_of(data)
    known = {*(f.name for f in folders)}
    for story in dict.fromkeys(row[0] for row in _rows()):
        if story.split("/")[-1] not in known and not story.startswith("events/"):
            prepared = fit._story_pages(data, story, texts)
            yield Story(story.split("/")[-1], prepared, fit._found(prepared), None)


def _of_gold(event: fit.Event, found: Sequence[Proposition], scorer: ModuleType) -> fit.Pairs:
    """The pairs of quantities of which the gold knows whether they are of one claim, with their features."""
    texts = {r.id: r.text for r, _ in event.prepared[0]}
    held = {id(p): claims for p, claims in fit._labelled(found, event.gold, event.names, texts, scorer)}
    absent = {c["id"]: set(event.names.values()) - {*c["says"], *c.get("may_say", [])} for c in event.gold["claims"]}
    rows, labels = [], []
    for kind in ("figure", "time"):
        mine = [p for p in found if kind_of(p) == kind]
        model = Likeness(mine, setting_of(found))
        a, b = model.beside()
        claims = [held.get(id(p), set()) for p in mine]
        several = Counter((p.report, c) for p, some in zip(mine, claims, strict=True) for c in some)
        label = fit._with_absent(fit._labels(mine, claims, a, b), mine, claims, event.names, absent, a, b)
        unclear = [
            label[n] == 1 and all(several[p.report, c] > 1 for p in (mine[x], mine[y]) for c in claims[x] & claims[y])
            for n, (x, y) in enumerate(zip(a.tolist(), b.tolist(), strict=True))
        ]
        known = (label >= 0) & ~np.array(unclear, bool)
        rows.append(model.features(a, b, "masked")[known])
        labels.append(label[known])
    features, values = np.concatenate(rows), np.concatenate(labels)
    weights = np.full(len(values), min(1.0, MOST_OF_ONE / max(1, len(values))))
    return fit.Pairs(features, values, weights)


def _masked(stories: Sequence[Story], name: str) -> fit.Weights:
    return fit._fit([s.pairs for s in stories if s.pairs and s.name != name], FEATURES["masked"])


def _proposed(story: Story, stories: Sequence[Story], read: Mapping[tuple[str, frozenset[str]], int], show: bool) -> fit.Pairs:
    """What is proposed of a story by weights fitted on the others, and how each pair was read."""
    weights = _masked(stories, story.name if story.pairs else "")
    likeness.weights_of = lambda *_: weights  # type: ignore[assignment]
    parsed, mentions, *_ = story.prepared
    reports = {r.id: r for r, _ in parsed}
    rows: list[Floats] = []
    labels = []
    for mine, a, b, table in masked.candidates(story.found, reports, mentions):
        for n, (x, y) in enumerate(zip(a, b, strict=True)):
            sides = [story.found[mine[s]] for s in (x, y)]
            words = [reports[p.report].text[q.start : q.end] for p in sides if (q := p.figure or p.when)]
            label = read.get((story.name, frozenset(words)), 0)
            if show:
                print(
                    story.name, label, words, np.round(table[n], 2), *(reports[p.report].text[slice(*p.sentence)] for p in sides)
                )
            if label >= 0:
                rows.append(table[n])
                labels.append(label)
    return fit.Pairs(np.array(rows).reshape(-1, len(masked.DIFFERING)), np.array(labels, np.int64), np.ones(len(labels)))


def _fit(tables: Sequence[fit.Pairs]) -> fit.Weights:
    fit.SHRUNK = 1.0
    found = fit._fit(tables, masked.DIFFERING)
    fit.SHRUNK = 3.0
    return found


def _rows() -> list[list[str]]:
    return [line.split("\t") for line in READ.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _labels() -> dict[tuple[str, frozenset[str]], int]:
    """How pairs were read, by story and the two quantities as printed: 1 of one thing, -1 unsure."""
    return {(s.split("/")[-1], frozenset((one, other))): int(label) for s, one, other, label in _rows() if one}


if __name__ == "__main__":
    main()
