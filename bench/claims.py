"""Fits the weights of claims (claims/data/weights.tsv) on annotated events and on pairs that were read, and scores them.

    PYTHONPATH=src python bench/claims.py DATA SCORE [--more FOLDER…] [--write] [--without]

DATA is the folder of measuring data: `events` (pages/ and gold.json each) and the texts that data/claim_pairs.tsv names; SCORE is
the scorer of accounts (score.py), which is imported. Pairs of the gold are those that its annotators thought of; what a story
proposes is mostly something else, so 800 pairs, drawn by how likely they looked, were read, each standing for those like it.
What a pair weighs among its rivals is fitted on the events alone: their gold knows who does not carry a claim.
For each event the weights are fitted on all else; then its claims are built and scored: exact groups, the mean of the best
groups, F1 over pairs of reports, and pairs of reports joined over different claims. Beside it stand tf-idf alone at its best
threshold, the figures of the program before, and the read pairs, each story left out. `--without` leaves out each feature in
turn, `--write` writes the weights fitted on everything.
"""

import argparse
import importlib.util
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import numpy as np
from scipy.optimize import minimize

from stemma.claims import build_claims, likeness
from stemma.claims.likeness import FEATURES, KINDS, MARKS, Likeness, kind_of, marks, quantity_kind, same_quantity, setting_of
from stemma.claims.overlap import Floats, Numbers
from stemma.claims.propositions import Proposition, propositions
from stemma.descent import story_descent
from stemma.errors import NoArticle
from stemma.mentions import find_mentions
from stemma.mentions.parse import paragraphs
from stemma.pages import Saved, read_pages
from stemma.reports import read_page
from stemma.statements import story_statements
from stemma.tables import Block, Report

SHIPPED = Path(__file__).parent.parent / "tests" / "stories"
"""Invented stories, whose gold is fitted on too."""
PAIRS = Path(__file__).parent / "data" / "claim_pairs.tsv"
BEFORE = {"claims": 0.423, "claim pairs": 0.646, "pairs joined over different claims": 9.1}
"""The means over the eight events when the weights were fitted on the gold's pairs alone (28 November 2026)."""
MOST_OF_ONE = 60
"""What the gold pairs of one event and kind weigh together at most, so that no event outweighs all that was read."""
SAME_CLAUSE = 0.6
"""Share of two clauses' characters in common from which they are the clause that was read."""
SHRUNK = 3.0
"""How strongly weights are drawn to nought."""
AGAINST: tuple[str, ...] = (
    "negation",
    "day",
    "other subject",
    "other objects",
    "other names",
    "other numbers",
    "other days",
    "other count",
    "other narrowing",
    "part",
)
"""The features that speak against one claim."""
Weights = tuple[Floats, float]
SHIPPED_WEIGHTS = likeness.weights_of
"""Those of kinds that are not fitted here (bench/masked.py)."""


@dataclass(frozen=True)
class Pairs:
    """Pairs of one kind: their features, labels (1: one claim) and weights."""

    features: Floats
    labels: Numbers
    weights: Floats


Read = Mapping[str, Mapping[str, Pairs]]
"""What was read, by story and kind."""


@dataclass(frozen=True)
class Story:
    """All pairs of one kind that a story proposes, with their features, and labels as far as they are known (else -1)."""

    propositions: Sequence[Proposition]
    a: Numbers
    b: Numbers
    features: Floats
    labels: Numbers


@dataclass(frozen=True)
class Event:
    """One annotated event, ready for `build_claims`, and by kind its known pairs and all that it proposes."""

    name: str
    gold: dict[str, Any]
    names: dict[str, str]
    prepared: tuple[Any, ...]
    pairs: dict[str, Pairs]
    proposed: dict[str, Story]


def main() -> None:
    """Fit, score each event left out, print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("score", type=Path)
    arguments.add_argument(
        "--more", type=Path, nargs="*", default=[], help="more annotated events: folders with pages/ and gold.json"
    )
    arguments.add_argument("--write", action="store_true", help="write the weights fitted on everything")
    arguments.add_argument("--without", action="store_true", help="leave out each feature in turn")
    options = arguments.parse_args()
    score = _module(options.score)
    folders = [f.parent for f in sorted((options.data / "events").glob("*/gold.json"))]
    events = [_event(folder, score) for folder in [*folders, *options.more]]
    invented = [_event(f.parent, score) for f in sorted(SHIPPED.glob("*/gold.json")) if f.parent.name != "mixed_folder"]
    learned, read = [*events, *invented], _read_pairs(options.data)
    print(f"{'':34}{'exact':>7}{'best':>7}{'pairs':>7}{'P':>6}{'R':>6}{'wrong':>7}{'twice':>7}")
    _table("fitted, each event left out", events, score, _left_out(learned, read))
    best = max((_table(f"tf-idf at {t}", events, score, partial(_tf_idf, t)) for t in (0.3, 0.4, 0.5)), key=lambda r: r[2])
    print(f"tf-idf at its best: pairs {best[2]:.3f}; before: {BEFORE}")
    _read_table(read, _left_out(learned, read))
    if options.without:
        for feature in dict.fromkeys(f for kind in KINDS for f in FEATURES[kind]):
            _table(f"without {feature}", events, score, _left_out(learned, read, feature))
    fitted = _left_out(learned, read)("")
    for kind in KINDS:
        weights, bias = fitted[kind]
        alone = {
            f: _precision([*(e.pairs[kind] for e in learned), *(t[kind] for t in read.values())], n)
            for n, f in enumerate(FEATURES[kind])
        }
        print(f"\n{kind}: bias {bias:.2f}; among rivals {', '.join(f'{w:.2f}' for w in fitted[f'{kind} among rivals'][0])}")
        for name, weight in sorted(zip(FEATURES[kind], weights, strict=True), key=lambda row: -abs(row[1])):
            print(f"  {name:14}{weight:7.2f}   alone {alone[name]:.2f}")
    if options.write:
        write({kind: (FEATURES.get(kind, MARKS), weights) for kind, weights in fitted.items()})


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _event(folder: Path, score: ModuleType) -> Event:
    """An annotated event: a pair is known where both of its propositions hold a claim of the gold."""
    gold = _gold(folder)
    prepared = _prepared(folder / "pages")
    parsed, found = prepared[0], _found(prepared)
    names = {r.id: k for r, _ in parsed for k, g in gold["reports"].items() if r.location.endswith(g["file"])}
    texts = {r.id: r.text for r, _ in parsed}
    held = {id(p): claims for p, claims in _labelled(found, gold, names, texts, score)}
    absent = {c["id"]: set(names.values()) - {*c["says"], *c.get("may_say", [])} for c in gold["claims"]}
    pairs, proposed = {}, {}
    for kind in KINDS:
        mine = [p for p in found if kind_of(p) == kind]
        model = Likeness(mine, setting_of(found))
        a, b = model.proposed()
        features = model.features(a, b, kind)
        claims = [held.get(id(p), set()) for p in mine]
        labels = _labels(mine, claims, a, b)
        known = labels >= 0
        weights = np.full(known.sum(), min(1.0, MOST_OF_ONE / max(1, known.sum())))
        pairs[kind] = Pairs(features[known], labels[known], weights)
        proposed[kind] = Story(mine, a, b, features, _with_absent(labels, mine, claims, names, absent, a, b))
    return Event(folder.name, gold, names, prepared, pairs, proposed)


def _with_absent(
    labels: Numbers,
    mine: Sequence[Proposition],
    claims: Sequence[set[str]],
    names: Mapping[str, str],
    absent: Mapping[str, set[str]],
    a: Numbers,
    b: Numbers,
) -> Numbers:
    """The labels, and 0 for a claim beside anything in a report that does not carry it: the gold knows all that do."""

    def is_other(x: int, y: int) -> bool:
        return bool(claims[x]) and not claims[y] and all(names.get(mine[y].report) in absent[c] for c in claims[x])

    other = np.array([is_other(x, y) or is_other(y, x) for x, y in zip(a.tolist(), b.tolist(), strict=True)], bool)
    return np.where((labels < 0) & other, 0, labels)


def _gold(folder: Path) -> dict[str, Any]:
    """An event's gold; of a shipped story the one story of its folder, of words in several places the first."""
    gold: dict[str, Any] = json.loads((folder / "gold.json").read_text("utf-8"))
    gold = {**gold["stories"][0], "reports": gold["reports"]} if "stories" in gold else gold
    for claim in gold["claims"]:
        claim["says"] = {k: words if isinstance(words, str) else words[0] for k, words in claim["says"].items()}
    return gold


def _prepared(folder: Path) -> tuple[Any, ...]:
    """What the rooms before claims know of one story's pages."""
    read = sorted(
        (rb for page in read_pages([str(folder)]) if isinstance(page, Saved) for rb in _read(page)), key=lambda rb: rb[0].id
    )
    parsed = [(r, paragraphs(r.text, b, r.language)) for r, b in read]
    mentions = {r.id: find_mentions(p, r.published) for r, p in parsed}
    statements, sources = story_statements("s", parsed, mentions)
    return parsed, mentions, statements, sources, story_descent("s", read)


def _read(page: Saved) -> Sequence[tuple[Report, Sequence[Block]]]:
    """The reports of a page; none where no article is found, as in the program."""
    try:
        return read_page(page)
    except NoArticle:
        return []


def _found(prepared: tuple[Any, ...]) -> list[Proposition]:
    parsed, mentions, statements, *_ = prepared
    return [p for r, some in parsed for p in propositions(r, some, mentions[r.id], statements)]


def _read_pairs(data: Path) -> Read:
    """The pairs of bench/data/claim_pairs.tsv by story and kind; those whose clauses are cut otherwise by now are left out."""
    by_story: dict[str, list[list[str]]] = defaultdict(list)
    for line in PAIRS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            story, *row = line.split("\t")
            by_story[story].append(row)
    texts = texts_of(data)
    return {story: _known(_story_pages(data, story, texts), some) for story, some in sorted(by_story.items())}


def texts_of(data: Path) -> list[dict[str, str]]:
    """Return the texts of the stories that are no folders of pages."""
    return [json.loads(line) for line in (data / "stories" / "dev.jsonl").read_text("utf-8").splitlines()]


def _story_pages(data: Path, story: str, texts: Sequence[Mapping[str, str]]) -> tuple[Any, ...]:
    """A story of `events/unlabelled`, or of the texts of `stories`, which become files: 00.txt, 01.txt and so on."""
    where, name = story.split("/")
    if where == "unlabelled":
        return _prepared(data / "events" / where / name / "pages")
    with TemporaryDirectory() as folder:
        mine = [t for t in texts if (t["set"], t["story"]) == (where, name)]
        for n, text in enumerate(mine):
            title = f"{text['title']}\n\n" if text["title"] else ""
            (Path(folder) / f"{n:02d}.txt").write_text(title + text["text"], "utf-8")
        return _prepared(Path(folder))


def _known(prepared: tuple[Any, ...], some: Sequence[Sequence[str]]) -> dict[str, Pairs]:
    found = _found(prepared)
    names = {r.id: Path(r.location).name for r, _ in prepared[0]}
    places: dict[tuple[str, str], list[Proposition]] = defaultdict(list)
    for p in found:
        places[names[p.report], str(_quantity_start(p))].append(p)
    pairs = {}
    for kind in KINDS:
        mine = [p for p in found if kind_of(p) == kind]
        number = {id(p): n for n, p in enumerate(mine)}
        rows = []
        for file_a, a, b, at, file_b, c, d, other_at, label, stands_for in some:
            sides = _nearest(places[file_a, at], int(a), int(b)), _nearest(places[file_b, other_at], int(c), int(d))
            if all(s is not None and id(s) in number for s in sides):
                rows.append([*(number[id(s)] for s in sides), int(label), int(stands_for)])
        table = np.array(rows, dtype=np.int64).reshape(-1, 4)
        features = Likeness(mine, setting_of(found)).features(table[:, 0], table[:, 1], kind)
        pairs[kind] = Pairs(features, table[:, 2], np.sqrt(table[:, 3]))
    return pairs


def _quantity_start(p: Proposition) -> int | None:
    quantity = p.figure or p.when
    return quantity.start if quantity else None


def _nearest(some: Sequence[Proposition], start: int, end: int) -> Proposition | None:
    """The proposition whose clause covers most of a span, and little else."""

    def alike(p: Proposition) -> float:
        first, past = p.clause
        return (min(end, past) - max(start, first)) / (max(end, past) - min(start, first))

    return max((p for p in some if alike(p) > SAME_CLAUSE), key=alike, default=None)


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


def _fit(some: Sequence[Pairs], names: Sequence[str], without: str = "") -> Weights:
    """Logistic regression in which a sign of likeness never speaks against it (AGAINST: never for it); weights of plain features.

    What is rare in 800 pairs would otherwise be learned the wrong way round.
    """
    rows, labels, weights = (np.concatenate([getattr(p, name) for p in some]) for name in ("features", "labels", "weights"))
    spread = rows.std(axis=0) + 1e-9
    scaled = (rows - rows.mean(axis=0)) / spread
    bounds = [(0, 0) if n == without else (None, 0) if n in AGAINST else (0, None) for n in names]

    def loss(x: Floats) -> tuple[float, Floats]:
        score = scaled @ x[:-1] + x[-1]
        wrong = weights * (1 / (1 + np.exp(-score)) - labels)
        value = weights @ (np.logaddexp(0, score) - labels * score) + x[:-1] @ x[:-1] * SHRUNK / 2
        return float(value), np.append(scaled.T @ wrong + SHRUNK * x[:-1], wrong.sum())

    x = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]).x
    plain = x[:-1] / spread
    return plain, float(x[-1] - plain @ rows.mean(axis=0))


def _left_out(
    events: Sequence[Event], read: Mapping[str, Mapping[str, Pairs]], without: str = ""
) -> Callable[[str], dict[str, Weights]]:
    """The weights by kind, and by kind those among rivals, fitted on all but what has a name."""

    def fitted(name: str) -> dict[str, Weights]:
        others = [e for e in events if e.name != name]
        tables = [*(e.pairs for e in others), *(read[s] for s in read if s.split("/")[-1] != name)]
        weights = {k: _fit([t[k] for t in tables], FEATURES[k], without) for k in KINDS}
        return weights | {f"{k} among rivals": _fit([_among(e.proposed[k], weights[k]) for e in others], MARKS) for k in KINDS}

    return fitted


def _among(story: Story, weights: Weights) -> Pairs:
    """What is known of the pairs of a story in the light of their rivals."""
    known = story.labels >= 0
    likely = 1 / (1 + np.exp(-(story.features @ weights[0] + weights[1])))
    found = marks(story.propositions, story.a, story.b, likely)[known]
    return Pairs(found, story.labels[known], np.ones(known.sum()))


def _tf_idf(threshold: float, _event: str) -> dict[str, Weights]:
    """Weights under which a pair is as likely as its cosine is above a threshold, and a quantity must be equal too."""
    place = {kind: np.array([10.0 * (f == "within" or f == "equal") for f in FEATURES[kind]]) for kind in KINDS}
    plain = {kind: (place[kind], -10 * threshold - 10 * ("equal" in FEATURES[kind])) for kind in KINDS}
    return plain | {f"{kind} among rivals": (np.array([1.0, 0.0, 0.0]), 0.0) for kind in KINDS}


def _read_table(read: Read, weights: Callable[[str], dict[str, Weights]]) -> None:
    """Print how many of the pairs that are more likely than not were read as one claim, and how many of those are found."""
    for kind in KINDS:
        found: list[tuple[float, int, float]] = []
        for story, pairs in read.items():
            plain, bias = weights(story)[kind]
            likely = pairs[kind].features @ plain + bias > 0
            found += zip(likely.tolist(), pairs[kind].labels.tolist(), (pairs[kind].weights ** 2).tolist(), strict=True)
        right = sum(w for likely, label, w in found if likely and label)
        shown, same = sum(w for likely, _, w in found if likely), sum(w for _, label, w in found if label)
        print(f"read pairs, {kind}: {len(found)}; P {right / shown:.2f} R {right / same:.2f}")


def _table(name: str, events: Sequence[Event], score: ModuleType, weights: Callable[[str], dict[str, Weights]]) -> list[float]:
    """Print the means over the events, and the events; return the means."""
    rows = []
    for event in events:
        fitted = weights(event.name)
        likeness.weights_of = lambda kind, names, fitted=fitted: fitted.get(kind) or SHIPPED_WEIGHTS(kind, names)  # type: ignore[assignment]
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


def _precision(tables: Sequence[Pairs], feature: int) -> float:
    """The average precision of one feature alone over all known pairs, the better way round."""
    values = np.concatenate([t.features[:, feature] for t in tables])
    labels = np.concatenate([t.labels for t in tables])

    def average(sign: int) -> float:
        ordered = labels[np.argsort(sign * values, kind="stable")]
        return float((np.cumsum(ordered) / np.arange(1, len(ordered) + 1))[ordered == 1].mean())

    return max(average(-1), average(1))


def write(fitted: Mapping[str, tuple[Sequence[str], Weights]]) -> None:
    """Write the weights of some kinds, by feature, into the table; it keeps those of the others."""
    path = Path(likeness.__file__).parent / "data" / "weights.tsv"
    kept = [line for line in path.read_text("utf-8").splitlines() if line.split("\t")[0] not in fitted]
    for kind, (names, (weights, bias)) in fitted.items():
        kept += [f"{kind}\t{name}\t{weight:.2f}" for name, weight in zip(names, weights, strict=True)]
        kept.append(f"{kind}\tbias\t{bias:.2f}")
    path.write_text("\n".join(kept) + "\n", "utf-8")


if __name__ == "__main__":
    main()
