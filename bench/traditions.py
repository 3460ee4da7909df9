"""How well stemma finds the stemma of texts whose stemma is known: traditions grown from real articles by newsroom hands.

Run: .venv/bin/python bench/traditions.py [--traditions 200] [--seed 1] [--articles PATH] [--operators module:function]
     [--json OUT] [--pages DIR] [--worst K] [--direction PAIRS]
What the operators do is in tradition/operators.py, what is asked for in tradition/gold.py. The texts are read where they
lie and never stored. Nothing is translated: the development data has no translations.
"""

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from tradition.answer import Answer, ask_peer, ask_stemma
from tradition.articles import Shelf, read_shelf
from tradition.direction import Told, accuracy, curve, direction
from tradition.gold import Gold, Truth, gold
from tradition.grow import SIZES, Node, grow, plan
from tradition.operators import Operator, plug
from tradition.pages import Printed, print_pages, report
from tradition.save import save
from tradition.score import Score, by_kind, score, summary
from tradition.sentences import words

COLUMNS = ("edges", "strict", "f1", "roots", "lost_recall", "lost_precision", "inside", "width", "exact", "decidable", "ceiling")
HEADS = ("edges", "strict", "F1", "roots", "lost R", "lost P", "in [low, high]", "width", "best exact", "decidable", "ceiling")


def main() -> None:
    arguments = _arguments()
    others = dict(plug(name) for name in arguments.operators)
    shelf = read_shelf(arguments.shared, arguments.articles)
    print(f"{len(shelf.articles)} single articles, {len(shelf.events)} events told independently; seed {arguments.seed}\n")
    ours: list[Score] = []
    peers: list[Score] = []
    kept = []
    for n in range(arguments.traditions):
        nodes, pages, truth = tradition(shelf, f"{arguments.seed}.{n}", others)
        if arguments.pages:
            save(arguments.pages / f"{n:03}", nodes, pages, truth)
        reports = [report(pages[k], nodes) for k in sorted(pages)]
        answer = ask_stemma(reports)
        ours.append(score(truth, answer))
        peers.append(score(truth, ask_peer(reports)))
        kept.append((n, nodes, pages, truth, answer))
        if sys.stderr.isatty():
            print(f"\r{n + 1}/{arguments.traditions}", end="", file=sys.stderr)
    _table(ours, peers)
    _kinds(ours, peers, 0, "edges made by")
    _kinds(ours, peers, 1, "direction shown by")
    told = direction(shelf, arguments.direction, arguments.seed, others) if arguments.direction else []
    if told:
        _direction(told)
    if arguments.json:
        parts: dict[str, Sequence[Score | Told]] = {"traditions": ours, "peer": peers, "direction": told}
        out = {name: [asdict(row) for row in rows] for name, rows in parts.items()}
        arguments.json.write_text(json.dumps(out, indent=1), encoding="utf-8")
    for n in sorted(range(len(ours)), key=lambda n: (-badness(ours[n]), n))[: arguments.worst]:
        _show(*kept[n], ours[n])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--articles", type=Path, help="a folder of .txt, or JSON lines with id, text, [title, story]")
    parser.add_argument("--operators", nargs="*", default=[], metavar="MODULE:FUNCTION")
    parser.add_argument("--traditions", type=int, default=200)
    parser.add_argument("--direction", type=int, default=300, metavar="PAIRS", help="pairs for direction alone (0: none)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--pages", type=Path, metavar="DIR", help="write each tradition as HTML pages and gold.json")
    parser.add_argument("--worst", type=int, default=0, metavar="K", help="print the K worst traditions, true and answered")
    return parser.parse_args()


def tradition(shelf: Shelf, seed: str, others: Mapping[str, Operator]) -> tuple[dict[str, Node], dict[str, Printed], Gold]:
    """Return one tradition: its nodes, its pages and the truth; the same for the same seed."""
    rng = random.Random(seed)
    nodes = grow(shelf, plan(rng, others), rng)
    pages = print_pages(nodes, rng)
    return nodes, pages, gold(nodes, pages)


def badness(s: Score) -> float:
    """Wrong reports, lost sources missed or invented, and a count outside its interval."""
    return len(s.wrong) + s.lost[1] - s.lost[0] + s.lost[3] - s.lost[2] + 2 * (not s.answered[0] <= s.origins <= s.answered[2])


def _table(ours: Sequence[Score], peers: Sequence[Score]) -> None:
    print("| reports | n | " + " | ".join(HEADS) + " | s |")
    print("|---|" + "---|" * (len(HEADS) + 2))
    for name, low, high in [("3–30", 3, 99), *((f"{a}–{b}", a, b if b < 30 else 99) for a, b in SIZES)]:
        _row(name, [s for s in ours if low <= s.size <= high])
    _row("3–30, peer", peers)
    print()


def _row(name: str, scores: Sequence[Score]) -> None:
    found = summary(scores)
    cells = [_figure(getattr(found, column)) for column in COLUMNS]
    print(f"| {name} | {found.traditions} | " + " | ".join(cells) + f" | {found.seconds:.0f} |")


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _kinds(ours: Sequence[Score], peers: Sequence[Score], column: int, head: str) -> None:
    print(f"| {head} | n | right | peer |\n|---|---|---|---|")
    theirs = by_kind(peers, column)
    for kind, (right, count) in by_kind(ours, column).items():
        print(f"| {kind} | {count} | {right:.2f} | {theirs[kind][0]:.2f} |")
    print()


def _direction(told: Sequence[Told]) -> None:
    print(f"Direction alone, equal lengths, {len(told)} pairs: {accuracy(told):.2f} (an abstention is half right)\n")
    print("| operator | n | right | answered |\n|---|---|---|---|")
    for name in dict.fromkeys(t.operator for t in told):
        part = [t for t in told if t.operator == name]
        print(f"| {name} | {len(part)} | {accuracy(part):.2f} | {sum(t.right is not None for t in part) / len(part):.2f} |")
    print("\n| coverage | accuracy | least probability |\n|---|---|---|")
    for coverage, right, least in curve(told):
        print(f"| {coverage:.1f} | {right:.2f} | {least:.2f} |")
    print()


def _show(n: int, nodes: dict[str, Node], pages: dict[str, Printed], truth: Gold, answer: Answer, found: Score) -> None:
    """Print one tradition: every report with its true and its answered sources."""
    low, best, high = answer.origins
    print(f"## tradition {n}: {len(pages)} reports, origins {truth.origins}, answered {low}/{best}/{high}")
    for key, lost in truth.lost.items():
        need = "required" if lost.required else "allowed"
        print(f"  lost {key} {lost.name or '(unnamed)'} {need}: {' '.join(sorted(lost.children))}")
    for key, name in answer.lost.items():
        under = " ".join(k for k, s in answer.sources.items() if key in s)
        print(f"  answered lost {key[:9]} {name or '(unnamed)'}: {under}")
    for key in truth.reports:
        mark = "✗" if key in found.wrong else "·"
        print(f"  {mark} {_line(pages[key], nodes, truth.reports[key], answer.sources[key])}")
    print()


def _line(page: Printed, nodes: Mapping[str, Node], truth: Truth, answered: Sequence[str]) -> str:
    node = page.node
    extra = [truth.evidence, *([f"2nd {truth.second}"] if truth.second else [])]
    extra += [f"accepted {sorted(a or 'origin' for a in truth.accepted)}"] if len(truth.accepted) > 1 else []
    extra += [f"credits {nodes[page.credited].name} ({page.style})"] if page.credited else []
    extra += ["date lies"] if page.lies else []
    said = ", ".join(s[:9] for s in answered) or "origin"
    shown = f"{node.key} {node.operator:12} {words(node.paragraphs):4}w own {node.own:.2f} {page.published or 'undated':16}"
    return f"{shown} ← {truth.parent or 'origin'}; said {said}; {'; '.join(extra)}"


if __name__ == "__main__":
    main()
