"""How often edges are right that are said with a probability, by what they rest on: traditions grown from real articles.

Run: .venv/bin/python bench/calibration.py [--shared ../shared] [--traditions 25] [--seed 7]
The traditions are those of bench/traditions.py; of a report's edges the one with the greatest share is judged.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stemma.descent.comparisons import compare_all
from stemma.descent.stemma import grow
from stemma.descent.story_descent import read_story
from stemma.descent.telling import same_outlet
from tradition.answer import Answer
from tradition.articles import read_shelf
from tradition.grow import sources as line_of
from tradition.pages import report
from tradition.score import score
from traditions import tradition

BOUNDS = (0.5, 0.65, 0.8, 0.9, 0.95, 1.01)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--traditions", type=int, default=25)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    shelf = read_shelf(arguments.shared, None)
    seen: dict[tuple[str, float], list[tuple[float, bool]]] = defaultdict(list)
    for n in range(arguments.traditions):
        nodes, pages, truth = tradition(shelf, f"{arguments.seed}.{n}", {})
        for kind, said, right in _judged([report(pages[k], nodes) for k in sorted(pages)], truth, nodes):
            seen[kind, next(b for b in BOUNDS if said < b)].append((said, right))
    print("| edges | said under | n | said | right |\n|---|---|---|---|---|")
    for (kind, bound), rows in sorted(seen.items()):
        said, right = (sum(values) / len(rows) for values in zip(*rows, strict=True))
        print(f"| {kind} | {bound:.2f} | {len(rows)} | {said:.2f} | {right:.2f} |")


def _judged(reports: Any, truth: Any, nodes: Any) -> Iterator[tuple[str, float, bool]]:  # noqa: ANN401 - rows of bench/tradition
    """What a report's first edge rests on, its probability, and whether it is right.

    An edge to a source that the page does not name is judged twice: whether it came from there, and whether the words, by
    whatever way, are that source's.
    """
    tellings = read_story(reports)
    edges, lost = grow(tellings, compare_all(tellings))
    names = {s.key: s.name for s in lost}
    first = {n: max((e for e in edges if e.child == n), key=lambda e: e.share, default=None) for n in range(len(tellings))}
    key: dict[int | str, str] = {n: t.id for n, t in enumerate(tellings)} | {s.key: s.key for s in lost}
    sources = {tellings[n].id: (key[e.parent],) if e else () for n, e in first.items()}
    wrong = set(score(truth, Answer(sources, names, (1, 1, 1), 0.0)).wrong)
    for n, e in first.items():
        if e:
            kind = ("named" if names[e.parent] else "unnamed") if isinstance(e.parent, str) else "report"
            yield f"{kind}, credited" if e.credited else kind, e.probability, tellings[n].id not in wrong
            if isinstance(e.parent, str) and kind == "named" and not e.credited:
                line = [nodes[k].name for k in line_of(nodes, tellings[n].id)]
                yield "named, whose words", e.probability, any(same_outlet(name, names[e.parent]) for name in line)


if __name__ == "__main__":
    main()
