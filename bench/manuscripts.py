"""A scholar's tree of thirteen manuscripts beside the stemma that is found in their texts: reported, not aimed at.

Run: .venv/bin/python bench/manuscripts.py
Of each three witnesses a tree says which two are nearest (fewest edges between them). Given is the share of the triples that
the scholar's tree decides, on which another tree agrees; one that cannot decide gets a third. It is no known truth.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from growth import printed
from stemma.descent import story_descent

FILE = Path("../shared/data/traditions/dev.jsonl")
Tree = Mapping[str, set[str]]


def main() -> None:
    for line in FILE.read_text("utf-8").splitlines():
        tradition = json.loads(line)
        texts = {name: text for name, text in sorted(tradition["witnesses"].items()) if text.split()}
        scholar = _tree(tradition["scholar_edges"])
        found = story_descent("s", [printed(f"{n:03}", text.split("\n")) for n, text in enumerate(texts.values())])
        names = dict(zip((f"{n:03}" for n in range(len(texts))), texts, strict=True))
        ours = _tree((names.get(d.parent, d.parent), names.get(d.child, d.child)) for d in found.derivations)
        lost = sum(w.report is None for w in found.witnesses)
        print(f"{tradition['name']}: {len(texts)} witnesses, lost sources: {lost}, and {len(tradition['lost'])} of the scholar")
        print(f"triples as the scholar has them: stemma {_agreement(texts, scholar, ours):.2f}")
        print(f"shared words, spanning tree {_agreement(texts, scholar, _spanning(texts)):.2f}, chance 0.33")


def _tree(edges: Iterable[Sequence[str]]) -> Tree:
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in edges:
        near[one].add(other)
        near[other].add(one)
    return near


def _spanning(texts: Mapping[str, str]) -> Tree:
    """The peer: a maximum spanning tree over the Jaccard overlap of words."""
    bags = {name: set(text.lower().split()) for name, text in texts.items()}
    pairs = sorted(combinations(texts, 2), key=lambda p: -len(bags[p[0]] & bags[p[1]]) / len(bags[p[0]] | bags[p[1]]))
    group = {name: name for name in texts}
    kept = []
    for one, other in pairs:
        if group[one] != group[other]:
            kept.append((one, other))
            old = group[other]
            group = {name: group[one] if g == old else g for name, g in group.items()}
    return _tree(kept)


def _agreement(names: Iterable[str], scholar: Tree, ours: Tree) -> float:
    known = [(_nearest(scholar, t), _nearest(ours, t)) for t in combinations(sorted(names), 3)]
    decided = [(s, o) for s, o in known if s]
    return sum((1.0 if s == o else 0.0) if o else 1 / 3 for s, o in decided) / max(1, len(decided))


def _nearest(tree: Tree, triple: tuple[str, ...]) -> tuple[str, str] | None:
    apart = sorted((_distance(tree, a, b), (a, b)) for a, b in combinations(triple, 2))
    return apart[0][1] if apart[0][0] < apart[1][0] else None


def _distance(tree: Tree, one: str, other: str) -> int:
    front, seen, steps = {one}, {one}, 0
    while front and other not in front:
        front = {n for f in front for n in tree.get(f, ())} - seen
        seen |= front
        steps += 1
    return steps if front else 99


if __name__ == "__main__":
    main()
