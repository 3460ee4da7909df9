"""Fits the weights of claims (claims/data/weights.tsv) on annotated events, and shows what they are worth on events left out.

    PYTHONPATH=src python bench/claims.py EVENTS SCORE [--write] [--without]

EVENTS is a folder of events (pages/ and gold.json each), SCORE the scorer of accounts (score.py), which is imported. For each
event the weights are fitted on the others; then its claims are built and scored: exact groups, the mean of the best groups, F1
over pairs of reports, and pairs of reports joined over different claims. Beside it stand tf-idf alone at its best threshold and
the figures of the program before. `--without` leaves out each feature in turn, `--write` writes the weights fitted on all events.
"""

import argparse
import importlib.util
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from stemma.claims import build_claims, likeness
from stemma.claims.likeness import FEATURES, Floats, Likeness, Numbers, quantity_kind, same_quantity, words_seen
from stemma.claims.propositions import Proposition, propositions
from stemma.descent import story_descent
from stemma.mentions import find_mentions
from stemma.mentions.parse import paragraphs
from stemma.pages import read_pages
from stemma.reports import read_page
from stemma.statements import story_statements

KINDS = ("clause", "quantity")
BEFORE = {"claims": 0.344, "best groups": 0.678, "claim pairs": 0.523}
"""The means over the eight events before the weights were fitted (28 November 2026)."""
Weights = tuple[Floats, float]


@dataclass(frozen=True)
class Event:
    """One annotated event, ready for `build_claims`, and the pairs of each kind: numbers, features, labels (-1: not known)."""

    name: str
    gold: dict[str, Any]
    names: dict[str, str]
    prepared: tuple[Any, ...]
    pairs: dict[str, tuple[Floats, Numbers]]


def main() -> None:
    """Fit, score each event left out, print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("events", type=Path)
    arguments.add_argument("score", type=Path)
    arguments.add_argument("--write", action="store_true", help="write the weights fitted on all events")
    arguments.add_argument("--without", action="store_true", help="leave out each feature in turn")
    options = arguments.parse_args()
    score = _module(options.score)
    events = [_event(f.parent, score) for f in sorted(options.events.glob("*/gold.json"))]
    print(f"{'':34}{'exact':>7}{'best':>7}{'pairs':>7}{'P':>6}{'R':>6}{'wrong':>7}{'twice':>7}")
    _table("fitted, each event left out", events, score, _left_out(events))
    best = max((_table(f"tf-idf at {t}", events, score, lambda _, t=t: _tf_idf(t)) for t in (0.3, 0.4, 0.5)), key=lambda r: r[2])
    print(f"tf-idf at its best: pairs {best[2]:.3f}; before: {BEFORE}")
    if options.without:
        for feature in FEATURES:
            _table(f"without {feature}", events, score, _left_out(events, FEATURES.index(feature)))
    fitted = {kind: _fit([e.pairs[kind] for e in events]) for kind in KINDS}
    for kind, (weights, bias) in fitted.items():
        alone = {f: _precision(events, kind, n) for n, f in enumerate(FEATURES)}
        print(f"\n{kind}: bias {bias:.2f}")
        for name, weight in sorted(zip(FEATURES, weights, strict=True), key=lambda row: -abs(row[1])):
            print(f"  {name:14}{weight:7.2f}   alone {alone[name]:.2f}")
    if options.write:
        _write(fitted)


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _event(folder: Path, score: ModuleType) -> Event:
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    read = sorted((rb for page in read_pages([str(folder / "pages")]) for rb in read_page(page)), key=lambda rb: rb[0].id)
    traced = story_descent("s", read)
    parsed = [(r, paragraphs(r.text, b, r.language)) for r, b in read]
    mentions = {r.id: find_mentions(p, r.published) for r, p in parsed}
    statements, sources = story_statements("s", parsed, mentions)
    names = {r.id: k for r, _ in parsed for k, g in gold["reports"].items() if r.location.endswith(g["file"])}
    found = [p for r, some in parsed for p in propositions(r, some, mentions[r.id], statements)]
    texts = {r.id: r.text for r, _ in parsed}
    held = {id(p): claims for p, claims in _labelled(found, gold, names, texts, score)}
    pairs = {}
    for kind in KINDS:
        mine = [p for p in found if p.kind == kind]
        model = Likeness(mine, words_seen(found), traced.alignments)
        a, b = model.proposed()
        pairs[kind] = model.features(a, b), _labels(mine, [held.get(id(p), set()) for p in mine], a, b)
    return Event(folder.name, gold, names, (parsed, mentions, statements, sources, traced), pairs)


def _labelled(
    found: Sequence[Proposition],
    gold: Mapping[str, Any],
    names: Mapping[str, str],
    texts: Mapping[str, str],
    score: ModuleType,
) -> Iterator[tuple[Proposition, set[str]]]:
    """The propositions that hold a claim of the gold: the shortest clause around its words, the quantities in them."""
    held: dict[int, set[str]] = defaultdict(set)
    for claim in gold["claims"]:
        for report, key in names.items():
            words = claim["says"].get(key)
            if words is None:
                continue
            at = re.search(r"\s+".join(map(re.escape, words.split())), texts[report])
            mine = [n for n, p in enumerate(found) if p.report == report]
            around = [
                (found[n].end - found[n].start, n)
                for n in mine
                if found[n].kind == "clause" and score.inside(words, texts[report][found[n].start : found[n].end]) >= 0.9
                if at is None or min(at.end(), found[n].end) > max(at.start(), found[n].start)
            ]
            for _, n in sorted(around)[:1]:
                held[n].add(claim["id"])
            for n in mine:
                quantity = found[n].figure or found[n].when
                if quantity and at and at.start() <= quantity.start < at.end():
                    held[n].add(claim["id"])
    return ((found[n], claims) for n, claims in held.items())


def _labels(mine: Sequence[Proposition], held: Sequence[set[str]], a: Numbers, b: Numbers) -> Numbers:
    """1 where a pair holds one claim, 0 where two, -1 where that is not known: of two numbers in one claim's words."""
    several = Counter((p.report, quantity_kind(p), claim) for p, claims in zip(mine, held, strict=True) for claim in claims)

    def label(x: int, y: int) -> int:
        if not held[x] or not held[y]:
            return -1
        both, one, two = held[x] & held[y], mine[x], mine[y]
        if both and one.kind == "quantity" and not same_quantity(one, two):
            alone = any(several[p.report, quantity_kind(p), c] == 1 for p in (one, two) for c in both)
            return 1 if alone else -1
        return int(bool(both))

    return np.array([label(x, y) for x, y in zip(a.tolist(), b.tolist(), strict=True)], dtype=np.int64)


def _fit(some: Sequence[tuple[Floats, Numbers]], without: int | None = None) -> Weights:
    """Logistic regression on standardised features; the weights are given back for plain ones."""
    rows = np.concatenate([features[labels >= 0] for features, labels in some])
    if without is not None:
        rows[:, without] = 0
    scale = StandardScaler().fit(rows)
    model = LogisticRegression(C=0.3, max_iter=3000).fit(
        scale.transform(rows), np.concatenate([labels[labels >= 0] for _, labels in some])
    )
    weights = model.coef_[0] / scale.scale_
    return weights, float(model.intercept_[0] - (weights * scale.mean_).sum())


def _left_out(events: Sequence[Event], without: int | None = None) -> Callable[[Event], dict[str, Weights]]:
    return lambda event: {kind: _fit([e.pairs[kind] for e in events if e is not event], without) for kind in KINDS}


def _tf_idf(threshold: float) -> dict[str, Weights]:
    """Weights under which a pair is as likely as its cosine is above a threshold, and a quantity must be equal too."""
    place = np.array([float(f == "within") for f in FEATURES]) * 10
    equal = np.array([float(f == "equal") for f in FEATURES]) * 10
    return {"clause": (place, -10 * threshold), "quantity": (place + equal, -10 * threshold - 10)}


def _table(name: str, events: Sequence[Event], score: ModuleType, weights: Callable[[Event], dict[str, Weights]]) -> list[float]:
    """Print the means over the events, and the events; return the means."""
    rows = []
    for event in events:
        fitted = weights(event)
        likeness.weights_of = fitted.__getitem__  # type: ignore[assignment]
        rows.append(_scored(event, score))
    means = [float(x) for x in np.mean(rows, axis=0)]
    print(
        f"{name:34}"
        + "".join(f"{m:{w}.{d}f}" for m, w, d in zip(means, (7, 7, 7, 6, 6, 7, 7), (3, 3, 3, 2, 2, 1, 1), strict=True))
    )
    print("    " + " ".join(f"{e.name} {row[0]:.2f}/{row[2]:.2f}" for e, row in zip(events, rows, strict=True)), flush=True)
    return means


def _scored(event: Event, score: ModuleType) -> list[float]:
    built = build_claims("s", *event.prepared)
    texts = {r.id: r.text for r, _ in event.prepared[0]}
    members: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for m in built.members:
        members[m.claim].append({"report": m.report, "start": m.start, "end": m.end})
    reports = [{"id": r, "location": event.gold["reports"][k]["file"], "text": texts[r]} for r, k in event.names.items()]
    claims = [{"relation": g.claim.relation, "members": members[g.claim.id]} for g in built.claims]
    account = score.Account({"reports": reports, "stories": [{"reports": list(event.names), "claims": claims}]}, event.gold)
    card = score.Card()
    score.score_claims(account, event.gold, None, card)
    rows = {part: (value, detail) for part, value, detail in card.rows}
    notes = " ".join(card.notes)
    numbers = re.findall(r"[\d.]+", rows["claim pairs"][1])
    best, twice = re.search(r"groups ([\d.]+); (\d+)", notes).groups()  # type: ignore[union-attr]
    return [rows["claims"][0], float(best), rows["claim pairs"][0], *(float(n) for n in numbers[:3]), float(twice)]


def _precision(events: Sequence[Event], kind: str, feature: int) -> float:
    """The average precision of one feature alone over the known pairs of all events."""
    values = np.concatenate([e.pairs[kind][0][e.pairs[kind][1] >= 0, feature] for e in events])
    labels = np.concatenate([e.pairs[kind][1][e.pairs[kind][1] >= 0] for e in events])
    ordered = labels[np.argsort(-values, kind="stable")]
    return float((np.cumsum(ordered) / np.arange(1, len(ordered) + 1))[ordered == 1].mean())


def _write(fitted: Mapping[str, Weights]) -> None:
    path = Path(likeness.__file__).parent / "data" / "weights.tsv"
    lines = ["# Weights of a pair's features (claims/likeness.py), fitted by bench/claims.py: kind, feature, weight."]
    for kind, (weights, bias) in fitted.items():
        lines += [f"{kind}\t{name}\t{weight:.2f}" for name, weight in zip(FEATURES, weights, strict=True) if weight]
        lines.append(f"{kind}\tbias\t{bias:.2f}")
    path.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
