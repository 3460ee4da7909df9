"""How well `stemma wire` knows an agency's text, how its weights were fitted, and how fast it is.

Truth, a page at a time: in the eight annotated events the agency in the gold, or the agency that is the origin of the whole page;
in the others the agency that the page itself or its address names (each of these was looked at), or that a page of the same
event names with which it shares six tenths of its runs of five words. A page of an agency's own site is the agency's. So recall
is kindly measured there, and the signs that are no credit are not. Weights are fitted on all events but one and scored on that
one; those that ship are fitted on all.

    python bench/wire.py ../shared/data/events [--fit]
"""

import argparse
import csv
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stemma.errors import PageError
from stemma.reports import articles_from_record, thresholds
from stemma.reports.agencies import agency_of
from stemma.reports.article import laid_out
from stemma.reports.wire import wire_from_record, wire_signs

KINDS = tuple(thresholds.WIRE_WEIGHTS)
SURE = 0.5
OUTRIGHT = {"dateline", "byline", "joint byline", "credit line", "address"}


@dataclass(frozen=True)
class Paper:
    """A page: its event and name, the kinds of signs by agency, and whose words it is."""

    event: str
    name: str
    text: str
    signs: dict[str, frozenset[str]]
    truth: str | None


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("events", type=Path)
    asked.add_argument("--fit", action="store_true", help="print weights fitted on all events")
    options = asked.parse_args()
    papers = list(_papers(options.events))
    events = sorted({p.event for p in papers})
    print(f"{len(papers)} pages of {len(events)} events, {sum(p.truth is not None for p in papers)} an agency's")
    _score("shipped weights", papers, dict.fromkeys(events, (thresholds.WIRE_BIAS, thresholds.WIRE_WEIGHTS)))
    left_out = {e: _fitted([p for p in papers if p.event != e]) for e in events}
    _score("each event left out", papers, left_out)
    annotated = {p.parent.name for p in options.events.glob("*/gold.json")}
    _score("the annotated ones alone, left out", [p for p in papers if p.event in annotated], left_out)
    _signs(papers)
    if options.fit:
        bias, weights = _fitted(papers)
        print(f"WIRE_BIAS = {bias:.2f}\nWIRE_WEIGHTS = {json.dumps({k: round(w, 2) for k, w in weights.items()})}")
    _speed(papers)


def _papers(root: Path) -> Iterator[Paper]:
    for folder in [p for p in sorted(root.iterdir()) if (p / "gold.json").exists()] + sorted((root / "unlabelled").glob("*/")):
        read = list(_read(folder))
        gold = folder / "gold.json"
        truths = _of_gold(gold) if gold.exists() else _of_wording(read)
        for name, text, own, signs in read:
            yield Paper(folder.name, name, text, signs, own or truths.get(name))


def _read(folder: Path) -> Iterator[tuple[str, str, str | None, dict[str, frozenset[str]]]]:
    with (folder / "meta.csv").open(encoding="utf-8") as stream:
        meta = {row["file"]: row for row in csv.DictReader(stream)}
    for path in sorted((folder / "pages").iterdir()):
        row, text = meta.get(path.name, {}), path.read_text("utf-8", "replace")
        try:
            (article, *_) = articles_from_record({"id": path.name, "text": text, "url": row.get("url")})
        except PageError:
            continue
        signs = defaultdict(set)
        outlet = row.get("outlet") or article.outlet
        for sign in wire_signs(*laid_out("", article.blocks), outlet, row.get("url")):
            signs[sign.agency].add(sign.kind)
        yield path.name, text, agency_of(outlet or ""), {a: frozenset(k) for a, k in signs.items()}


def _of_gold(path: Path) -> dict[str, str | None]:
    gold = json.loads(path.read_text("utf-8"))
    found = {key: r["agency"] and (agency_of(r["agency"]) or r["agency"]) for key, r in gold["reports"].items()}
    for origin in gold["origins"]:
        agency = next((a for n in (origin["origin"], *origin["names"]) if n and (a := agency_of(n))), None)
        for key, how in origin["reports"].items():
            found[key] = found[key] or (agency if how["share"] == "whole" else None)
    return {gold["reports"][key]["file"]: agency for key, agency in found.items()}


def _of_wording(read: list[tuple[str, str, str | None, dict[str, frozenset[str]]]]) -> dict[str, str | None]:
    runs = {name: _runs(text) for name, text, *_ in read}
    credited = {name: own or next((a for a, kinds in signs.items() if kinds & OUTRIGHT), None) for name, _, own, signs in read}
    found = dict(credited)
    for name, mine in runs.items():
        alike = [o for o in runs if o != name and credited[o] and len(mine & runs[o]) >= 0.6 * len(mine)]
        found[name] = found[name] or (credited[alike[0]] if mine and alike else None)
    return found


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return set(zip(*(words[n:] for n in range(5)), strict=False))


def _rows(papers: list[Paper]) -> tuple[np.ndarray, np.ndarray]:
    """A row for each agency that something speaks for, and one without signs for a page that names none, or not the right one."""
    features, labels = [], []
    for paper in papers:
        for agency, kinds in paper.signs.items():
            features.append([kind in kinds for kind in KINDS])
            labels.append(agency == paper.truth)
        if paper.truth not in paper.signs:
            features.append([False] * len(KINDS))
            labels.append(paper.truth is not None)
    return np.array(features, float), np.array(labels)


def _fitted(papers: list[Paper]) -> tuple[float, dict[str, float]]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=3.0, max_iter=1000).fit(*_rows(papers))
    return float(model.intercept_[0]), dict(zip(KINDS, map(float, model.coef_[0]), strict=True))


def _score(title: str, papers: list[Paper], models: dict[str, tuple[float, dict[str, float]]]) -> None:
    right = wrong = missed = 0
    loss = []
    for paper in papers:
        bias, weights = models[paper.event]
        chances = {a: 1 / (1 + np.exp(-bias - sum(weights[k] for k in kinds))) for a, kinds in paper.signs.items()}
        best = max(chances, key=lambda a: chances[a], default=None)
        p = chances[best] if best else 1 / (1 + np.exp(-bias))
        named = best if p >= SURE else None
        right += named is not None and named == paper.truth
        wrong += named is not None and named != paper.truth
        missed += named is None and paper.truth is not None
        true = paper.truth is not None and (best is None or best == paper.truth)
        loss.append(-np.log(p if true else 1 - p))
    print(f"{title}: precision {right / (right + wrong):.3f}, recall {right / (right + wrong + missed):.3f}", end="; ")
    print(f"right {right}, wrong {wrong}, missed {missed}; log loss {np.mean(loss):.3f}")


def _signs(papers: list[Paper]) -> None:
    for kind in KINDS:
        pairs = [(p.truth == a) for p in papers for a, kinds in p.signs.items() if kind in kinds]
        print(f"  {kind:13} {sum(pairs)}/{len(pairs)} of the agency for which it speaks")


def _speed(papers: list[Paper]) -> None:
    letters = sum(len(p.text) for p in papers) / len(papers)
    for what, more in (("scrapes of pages", {}), ("articles, with a title given", {"title": "A title"})):
        spent = 0.0
        for at in range(0, len(papers), 12):
            records = [{"id": p.name, "text": p.text, **more} for p in papers[at : at + 12]]
            spent += min(_seconds(records) for _ in range(6))
        print(f"{what}: {len(papers) / spent:.0f} a second on one core ({letters:.0f} characters each, best of 6)")


def _seconds(records: list[dict[str, str]]) -> float:
    begun = time.process_time()
    for record in records:
        wire_from_record(record)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
