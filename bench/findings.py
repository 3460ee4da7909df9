"""Known edits of the shipped stories, one a run: whether the deep pass finds each, and nothing that no edit explains.

A report of a shipped story is reprinted with credit by an invented outlet three hours later. The story with the faithful
reprint gives the findings that were there before; then one thing in the reprint is changed at a known place, and the deep pass
runs again. An edit is found when a finding of the expected kind names the reprint and its evidence touches the place. A finding
that was not there before and touches neither the place nor its counterpart in the other reports (the same sentence, the same
number) is a false one.
"""

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "stories"))

from loading import load, names

import findings_edits as edits
import stemma
from findings_edits import Edit
from findings_places import Print, overlap
from stemma.pipeline import deep_rows
from stemma.tables import Block, Finding, Report

Story = list[tuple[Report, list[Block]]]
Shown = tuple[str, frozenset[str]]
"""A finding as it was before: its kind and the words that prove it."""


@dataclass(frozen=True)
class Outcome:
    """What came of one edit: found or not, the new findings that it does not explain, and what was shown of the reprint."""

    edit: Edit
    found: bool
    false: tuple[str, ...]
    shown: tuple[str, ...]


def main() -> int:
    """Run the edits and print recall and false findings by kind; 1 when either misses its aim."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--each", type=int, default=60, help="edits of each kind (default 60)")
    arguments.add_argument("--seed", type=int, default=5)
    arguments.add_argument("--kinds", nargs="*", help="only these kinds of edit")
    arguments.add_argument("--show", action="store_true", help="print what was missed and what is false")
    options = arguments.parse_args()
    chosen = choose(options.seed, options.each, options.kinds)
    work = defaultdict(list)
    for edit in chosen:
        work[edit.story, edit.number, edit.report].append(edit)
    with ProcessPoolExecutor(2) as pool:
        outcomes = [o for some in pool.map(run, [tuple(w) for _, w in sorted(work.items())]) for o in some]
    print(table(outcomes))
    if options.show:
        print("\n".join(told(o) for o in outcomes if not o.found or o.false))
    missed = sum(not o.found for o in outcomes)
    return int(missed > 0.05 * len(outcomes) or any(o.false for o in outcomes))


def choose(seed: int, each: int, kinds: Sequence[str] | None) -> list[Edit]:
    """Return up to `each` edits of every kind, drawn from all that the shipped stories allow."""
    rows: dict[str, list[Edit]] = defaultdict(list)
    for name in names():
        for number, gold in enumerate(load(name)["stories"]):
            own, fair = fair_hosts(gold)
            speakers = [who for who in gold["speakers"] if " " in who]
            for report, blocks in read(name, number):
                if report.language == "en" and report.location in fair:
                    for edit in edits.possible(name, number, Print(report, tuple(blocks)), speakers):
                        if edit.kind != "credit" or report.location in own:
                            rows[edit.kind].append(edit)
    drawn = []
    for kind in sorted(rows):
        found = sorted(rows[kind], key=lambda e: (e.story, e.number, e.report, e.start, e.text))
        random.Random(f"{seed} {kind}").shuffle(found)
        drawn += found[:each] if not kinds or kind in kinds else []
    return drawn


def fair_hosts(gold: dict[str, Any]) -> tuple[set[str], set[str]]:
    """Return the files of the reports that are origins of their own, and of those that are no copy without credit.

    What an uncredited copy lost before the reprint was made would be found in the reprint too.
    """
    file = {k: r["file"] for k, r in gold["reports"].items()}
    held = [(k, row) for o in gold["origins"] for k, row in o["reports"].items()]
    silent = {k for k, row in held if row["kind"] and not row["credited"]}
    copies = {k for k, row in held if row["kind"]}
    return {file[k] for k in file if k not in copies}, {file[k] for k in file if k not in silent}


@lru_cache(maxsize=16)
def read(name: str, number: int) -> Story:
    """Return the reports of one shipped story with their blocks, in the order of their ids."""
    folder = load(name)
    files = {r["file"] for r in folder["stories"][number]["reports"].values()}
    with stemma.read(sorted(p for p in folder["pages"].iterdir() if p.name in files)) as corpus:
        blocks = defaultdict(list)
        for block in corpus.store.read("block"):
            blocks[block.report].append(block)
        reports = [replace(r, location=Path(r.location).name) for r in corpus.store.read("report")]
    return [(r, sorted(blocks[r.id], key=lambda b: b.start)) for r in reports]


def run(some: Sequence[Edit]) -> list[Outcome]:
    """Run edits of one report: the findings of each edited story beside those of the faithful reprint."""
    story = read(some[0].story, some[0].number)
    original = next(Print(r, tuple(b)) for r, b in story if r.id == some[0].report)
    outcomes = []
    before: dict[str, list[Shown]] = {}
    for edit in some:
        source = edits.planted(original, edit)
        faithful = edits.reprint(source)
        rest = [(r, b) for r, b in story if r.id != edit.report] + [(source.report, list(source.blocks))]
        if edit.plant not in before:
            held, texts = findings([*rest, (faithful.report, list(faithful.blocks))])
            before[edit.plant] = [(f.kind, proof(f, texts)) for f in held]
        edited, place = edits.apply(faithful, edit)
        after, texts = findings([*rest, (edited.report, list(edited.blocks))])
        outcomes.append(judge(edit, edited, place, before[edit.plant], after, texts))
    return outcomes


def findings(story: Story) -> tuple[list[Finding], dict[str, str]]:
    return deep_rows("s", story)["finding"], {r.id: r.text for r, _ in story}


def proof(finding: Finding, texts: dict[str, str]) -> frozenset[str]:
    """The words that prove a finding, without offsets, which an edit moves."""
    return frozenset(" ".join(texts[e.report][e.start : e.end].split()) for e in finding.evidence)


def judge(
    edit: Edit, edited: Print, place: str, before: Sequence[Shown], after: Sequence[Finding], texts: dict[str, str]
) -> Outcome:
    counterpart = {place, edit.sentence} - {""}

    def touches(finding: Finding) -> bool:
        if edit.kind == "credit":
            return edited.report.id in finding.reports
        shown = [texts[e.report][max(0, e.start) : e.end] for e in finding.evidence]
        if edit.kind == "figure" and any(edit.was in words.split() for words in shown):
            return True
        return any(overlap(words, sentence) for words in shown for sentence in counterpart)

    mine = [f for f in after if f.kind in edit.expected and edited.report.id in f.reports and touches(f)]
    new = [f for f in after if not touches(f) and not any(is_same(f, texts, b) for b in before)]
    false = [f"{f.kind}: {f.message[:160]}" for f in new]
    about = tuple(f"{f.kind}: {f.message[:120]}" for f in after if edited.report.id in f.reports)
    return Outcome(edit, bool(mine), tuple(false), about)


def is_same(finding: Finding, texts: dict[str, str], before: Shown) -> bool:
    """Whether a finding was there before: its kind, and half of its proof, as an edited report may leave a claim."""
    words = proof(finding, texts)
    return finding.kind == before[0] and len(words & before[1]) >= 0.5 * len(words)


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the outcomes by kind of edit as a Markdown table."""
    kinds = sorted({o.edit.kind for o in outcomes})
    rows = ["| edit | expected finding | edits | found | recall | false findings |", "|---|---|--:|--:|--:|--:|"]
    for kind in [*kinds, "all"]:
        mine = [o for o in outcomes if kind in (o.edit.kind, "all")]
        expected = "" if kind == "all" else " or ".join(mine[0].edit.expected)
        found, false = sum(o.found for o in mine), sum(len(o.false) for o in mine)
        rows.append(f"| {kind} | {expected} | {len(mine)} | {found} | {found / len(mine):.3f} | {false} |")
    return "\n".join(rows)


def told(outcome: Outcome) -> str:
    edit = outcome.edit
    lines = [f"{'false' if outcome.found else 'missed'} {edit.kind} {edit.story} {edit.outlet}: {edit.sentence!r}"]
    lines.append(f"    “{edit.was}” became “{edit.text}”")
    lines += [f"    new: {f}" for f in outcome.false]
    return "\n".join(
        lines + ([] if outcome.found else [f"    shown: {s}" for s in outcome.shown if s.split(":")[0] in edit.expected])
    )


def _stories() -> Iterator[str]:
    yield from names()


if __name__ == "__main__":
    sys.exit(main())
