"""The stemma in a terminal: a tree that is read at 80 and at 40 columns, without colour, and when piped."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from stemma.show.forest import DEEPEST, Branch, dated_before_parent, grow
from stemma.show.wording import (
    MARKED,
    Row,
    chief_reason,
    clean,
    edge_words,
    headline,
    judged_words,
    one_line,
    stamp,
    witness_name,
)

_NARROW, _NARROW_DEEPEST = 60, 3
"""Under so many columns fewer generations are set in: the rest of a line is for words."""


@dataclass(frozen=True, slots=True)
class _View:
    """What every line of a stemma is written with; `full` with times, reasons and a legend."""

    sigla: Mapping[str, str]
    reports: Mapping[str, Row]
    early: frozenset[str]
    marks: tuple[str, str, str]
    deepest: int
    full: bool


def print_stemmata(account: Mapping[str, Any], console: Console) -> None:
    """Print the stemma of each story alone, the largest story first."""
    reports = {r["id"]: r for r in account["reports"]}
    stories = sorted(account["stories"], key=lambda s: -len(s["reports"]))
    for i, story in enumerate(stories):
        if i:
            console.print()
        console.print(Text(headline(story), "bold", overflow="fold"))
        console.print(Text(one_line(story.get("title") or "(no title)"), "italic", overflow="fold"))
        console.print()
        print_stemma(story, reports, console, full=True)
    if not stories:
        console.print("No story was found.")


def print_stemma(story: Row, reports: Mapping[str, Row], console: Console, full: bool = False) -> None:
    """Print a story's stemma as a tree; `full` with times of publication, reasons and a legend."""
    branches = grow(story, reports)
    marks = ("*", "o", "-") if console.options.ascii_only else ("●", "○", "┄")
    deepest = _NARROW_DEEPEST if console.width < _NARROW else DEEPEST
    sigla = {w["id"]: one_line(str(w.get("siglum") or "?")) for w in story.get("witnesses", [])}
    view = _View(sigla, reports, dated_before_parent(branches, reports), marks, deepest, full)
    nodes: list[Tree] = []
    for branch in branches:
        words = _witness(branch, view)
        column = min(branch.depth, deepest)
        if column == 0:
            _print_trees(nodes[:1], console)
            nodes = [Tree(words)]
        else:
            nodes[column:] = [nodes[column - 1].add(words)]
    _print_trees(nodes[:1], console)
    if full:
        console.print()
        for line in _legend(story, branches, marks):
            console.print(Padding(Text(line, "dim", overflow="fold"), (0, 0, 0, 2), expand=False))


def _print_trees(trees: list[Tree], console: Console) -> None:
    for tree in trees:
        console.print(Padding(tree, (0, 0, 0, 2), expand=False))


def _witness(branch: Branch, view: _View) -> Text:
    """Return the lines of a witness: its siglum and name, how it was taken and why, from whom else."""
    report, lost, also = view.marks[0], view.marks[1], view.marks[2]
    is_lost = branch.witness.get("report") is None
    words = Text.assemble(
        f"{lost if is_lost else report} ", (view.sigla[branch.witness["id"]], "bold"), " ",
        clean(witness_name(branch.witness, view.reports)), overflow="fold",
    )  # fmt: skip
    if is_lost:
        words.append(" (not in the collection)", "dim")
    if view.full and not is_lost:
        words.append(f", {_when(branch, view)}", "dim")
    if branch.edge:
        source = f" from {view.sigla[branch.edge['parent']]}" if branch.depth > view.deepest else ""
        words.append(f"{source}{_then(view)}{edge_words(branch.edge)}{_judged(branch.edge)}")
        words.append(_reason(branch.edge, view), "dim")
    if branch.origin and not is_lost and (view.full or not branch.edge):
        words.append("\nwith words of its own" if branch.edge else ": an origin", "dim")
    for edge in branch.also:
        mark = f"{also} " if view.full else "  "
        words.append(f"\n{mark}also from {view.sigla[edge['parent']]}: {edge_words(edge)}{_judged(edge)}", "dim")
        words.append(_reason(edge, view), "dim")
    return words


def _judged(edge: Row) -> str:
    return f"\n{judged_words(edge)}" if edge.get("judged") else ""


def _then(view: _View) -> str:
    return "\n" if view.full else ": "


def _when(branch: Branch, view: _View) -> str:
    published = stamp(view.reports.get(branch.witness["report"], {}).get("published")) or "no date"
    return f"{published}, dated before its source" if branch.witness["id"] in view.early else published


def _reason(edge: Row, view: _View) -> str:
    reason = chief_reason(edge) if view.full else None
    return f"\n{reason}" if reason else ""


def _legend(story: Row, branches: list[Branch], marks: tuple[str, str, str]) -> Iterator[str]:
    """Explain only what stands in the tree."""
    report, lost, also = marks
    yield f"{report} a report"
    if any(b.witness.get("report") is None for b in branches):
        yield f"{lost} a lost source: not in the collection, known by its copies"
    kinds = [k for k in MARKED if any(d.get("kind") == k for d in story.get("derivations", []))]
    for kind in (k for k in kinds if MARKED[k] != k):
        yield f"{kind}: {MARKED[kind]}"
    if kinds:
        yield "%: how much of a report's own words comes from there"
        yield "probability: that it was taken from there"
    if any(b.also for b in branches):
        yield f"{also} also from: a second, weaker source of the same report"
    if any(b.origin for b in branches):
        yield "an origin, words of its own: taken from no other report"
