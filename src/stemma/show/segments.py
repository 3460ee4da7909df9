"""A report's text cut where marks begin and end, so that nested and overlapping spans can be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from stemma.show.wording import Row

Mark = TypeVar("Mark")


@dataclass(frozen=True, slots=True)
class Segment(Generic[Mark]):
    """A run of text [start, end) and the marks that cover all of it."""

    start: int
    end: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of one report that stands in another too: kind, other report, the origin's witness if known."""

    kind: str
    other: str
    origin: str | None


def cut(start: int, end: int, spans: Iterable[tuple[int, int, Mark]]) -> list[Segment[Mark]]:
    """Return [start, end) as touching segments; every span is the union of the segments that carry its mark.

    Spans are clipped to [start, end); empty ones are left out.
    """
    inside = [(max(start, s), min(end, e), m) for s, e, m in spans if max(start, s) < min(end, e)]
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for i, (s, e, _) in enumerate(inside):
        opening.setdefault(s, []).append(i)
        closing.setdefault(e, []).append(i)
    points = sorted({start, end} | opening.keys() | closing.keys())
    active: dict[int, Mark] = {}
    segments = []
    for here, there in pairwise(points):
        for i in closing.get(here, []):
            del active[i]
        active.update((i, inside[i][2]) for i in opening.get(here, []))
        segments.append(Segment(here, there, tuple(active.values())))
    return segments


def blocks(report: Row) -> list[tuple[int, int, str]]:
    """Return a report's blocks as (start, end, role), in order and apart; other text is a paragraph."""
    text: str = report["text"]
    found: list[tuple[int, int, str]] = []
    at = 0
    for block in sorted(report.get("blocks", []), key=lambda b: (b["start"], b["end"])):
        start, end = max(at, block["start"]), min(len(text), block["end"])
        if start < end:
            found += [*_lines(text, at, start), (start, end, block["role"])]
            at = end
    return found + _lines(text, at, len(text))


def passages(story: Row) -> dict[str, list[tuple[int, int, Passage]]]:
    """Return what each report of a story shares with others: report id to (start, end, passage)."""
    holds = _holders(story)
    found: dict[str, list[tuple[int, int, Passage]]] = {r: [] for r in story["reports"]}
    for alignment in story.get("alignments", []):
        a, b = alignment["a"], alignment["b"]
        origin = _common_origin(holds, a["report"], b["report"])
        for here, other in ((a, b), (b, a)):
            mark = Passage(alignment["kind"], other["report"], origin)
            found.setdefault(here["report"], []).append((here["start"], here["end"], mark))
    return found


def _lines(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    lines = []
    for line in text[start:end].split("\n"):
        if line.strip():
            lines.append((start, start + len(line), "paragraph"))
        start += len(line) + 1
    return lines


def _holders(story: Row) -> dict[str, dict[str, float]]:
    """Return for each origin the reports that hold its words, with their shares; its own report has all."""
    witnesses = {w["id"]: w for w in story.get("witnesses", [])}
    holds = {}
    for origin in story.get("origins", []):
        shares = {d["report"]: float(d.get("share") or 0) for d in origin.get("descendants", [])}
        own = witnesses.get(origin["witness"], {}).get("report")
        holds[origin["witness"]] = shares | ({own: 1.0} if own else {})
    return holds


def _common_origin(holds: Mapping[str, Mapping[str, float]], a: str, b: str) -> str | None:
    """Return the origin that both reports draw on, the one that gave most when they draw on several."""
    shared: Sequence[str] = [o for o, shares in holds.items() if a in shares and b in shares]
    return max(shared, key=lambda o: min(holds[o][a], holds[o][b]), default=None)
