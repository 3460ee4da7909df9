"""How well and how fast reports are put into stories, beside tf-idf cosines with connected components.

Run: .venv/bin/python bench/stories.py [--shared ../shared] [--speed]
B-cubed F1 of each set by itself, of small folders drawn from the sets, and of the five saved pages. The peer gets
its best threshold for each row, ours has one setting.
"""

import argparse
import gzip
import json
import random
import re
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from spacy.lang.en.stop_words import STOP_WORDS

from stemma.stories import group_records

Records = Sequence[dict[str, Any]]
Method = Callable[[Records], list[str]]

SETS = ("basil", "ecbplus", "fnc1")
FOLDERS = {"one story": (1, False), "two and a stray": (2, True), "three and a stray": (3, True)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--speed", action="store_true", help="also time the 10,034 texts of the reuse set")
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.shared / "score"))
    rows = [json.loads(r) for r in (arguments.shared / "data/stories/dev.jsonl").read_text("utf-8").splitlines()]
    collections: dict[str, list[Records]] = {name: [[r for r in rows if r["set"] == name]] for name in SETS}
    for name in SETS:
        for kind, (stories, stray) in FOLDERS.items():
            collections[f"{name}, {kind}"] = folders(collections[name][0], stories, stray)
    collections["ecbplus, like events"] = like_events(collections["ecbplus"][0])
    print(f"{'':32}{'stemma':>8}{'peer':>8}  (B-cubed F1)")
    for name, parts in collections.items():
        print(f"{name:32}{score(parts, ours):8.1f}{max(score(parts, peer(t)) for t in THRESHOLDS):8.1f}")
    pages = sorted((arguments.shared / "story/pages").iterdir())
    records = [{"id": p.name, "text": p.read_text("utf-8"), "title": None} for p in pages]
    print(f"the {len(records)} saved pages: {len(set(ours(records)))} story")
    if arguments.speed:
        speed(arguments.shared / "data/reuse/docs_dev.jsonl.gz")


def score(parts: Sequence[Records], method: Method) -> float:
    clusters = import_module("stories").clusters  # the scorer in ../shared/score
    results = [clusters([r["story"] for r in part], method(part)) for part in parts]
    return float(sum(r["b3"]["F1"] for r in results) / len(results))


def ours(records: Records) -> list[str]:
    return [row["story"] for row in group_records(records)]


def folders(rows: Records, stories: int, stray: bool, count: int = 20) -> list[Records]:
    """Draw folders of a few stories, three to six reports each (five to eight of a single one)."""
    chance = random.Random(stories)
    by_story = defaultdict(list)
    for row in rows:
        by_story[row["story"]].append(row)
    names = sorted(by_story)
    drawn: list[Records] = []
    for _ in range(count):
        chosen = chance.sample([n for n in names if len(by_story[n]) > 2], stories)
        most = (5, 8) if stories == 1 else (3, 6)
        folder = [r for n in chosen for r in chance.sample(by_story[n], min(len(by_story[n]), chance.randint(*most)))]
        if stray:
            folder.append(chance.choice(by_story[chance.choice([n for n in names if n not in chosen])]))
        drawn.append(folder)
    return drawn


def like_events(rows: Records) -> list[Records]:
    """Put the two events of each ECB+ topic into one folder: two quakes, two arrests of one actress."""
    topics = defaultdict(list)
    for row in rows:
        topics[row["story"].split("_")[0]].append(row)
    return [topics[t] for t in sorted(topics)]


THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)


def peer(threshold: float) -> Method:
    """Group by tf-idf cosines (small letters, no stop words, smoothed idf) and connected components."""

    def method(records: Records) -> list[str]:
        texts = [f"{r['title'] or ''} {r['text']}".lower() for r in records]
        counts = [Counter(w for w in re.findall(r"\w\w+", t) if w not in STOP_WORDS) for t in texts]
        documents = Counter(w for c in counts for w in c)
        column = {w: i for i, w in enumerate(documents)}
        vectors = np.zeros((len(records), len(column)), dtype=np.float32)
        for row, count in enumerate(counts):
            for word, n in count.items():
                vectors[row, column[word]] = n * (np.log((1 + len(records)) / (1 + documents[word])) + 1)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        linked = vectors @ vectors.T >= threshold
        labels = list(range(len(records)))
        for start in range(len(records)):
            waiting = [start] if labels[start] == start else []
            while waiting:
                for other in np.flatnonzero(linked[waiting.pop()]).tolist():
                    if other > start and labels[other] != start:
                        labels[other] = start
                        waiting.append(other)
        return [str(label) for label in labels]

    return method


def speed(path: Path) -> None:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    start = time.perf_counter()
    stories = ours(records)
    took = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{len(records)} texts in {took:.1f} s ({len(records) / took:.0f}/s), peak {memory:.1f} GB, {len(set(stories))} stories"
    )


if __name__ == "__main__":
    main()
