"""The parts that a drawn stemma is made of: strokes, circles and lines of text, and how wide a text is set.

Lines between witnesses are in the style of their kind; the axis of time stands above, the legend below.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

from stemma.show.forest import Axis, Branch
from stemma.show.wording import MARKED, Row, clean, edge_words, zone_name

_LANES = 6
INK, MUTED, FAINT, PAPER = "#1d1b18", "#55504a", "#bdb6ab", "#ffffff"
RADIUS = 7
_DASH = {"verbatim": "", "edited": "7 3.5", "rewrite": "1 5", "translation": "9 3.5 1.5 3.5"}


class Placed(Protocol):
    """What is known of a branch that has its place: the centre of its circle."""

    @property
    def branch(self) -> Branch:
        """The witness with its derivations."""

    @property
    def x(self) -> float:
        """From the left."""

    @property
    def y(self) -> float:
        """From the top."""


def lanes(branches: Sequence[Branch]) -> dict[tuple[str, str], int]:
    """Return the lane of each second derivation along the left edge, by child and parent, so that none overlap.

    Those that find no free lane of the few that there are stay without a line; the notes name them.
    """
    row = {b.witness["id"]: i for i, b in enumerate(branches)}
    spans = sorted(
        (*sorted((row[e["parent"]], row[e["child"]])), e["child"], e["parent"])
        for b in branches
        for e in b.also
        if e["parent"] in row
    )
    ends = [-1] * _LANES
    found = {}
    for top, bottom, child, parent in spans:
        free = next((lane for lane, end in enumerate(ends) if end < top), None)
        if free is not None:
            ends[free] = bottom
            found[child, parent] = free
    return found


def draw_edges(places: Sequence[Placed], beside: Mapping[tuple[str, str], int], rows: Mapping[str, str]) -> list[str]:
    """Return the lines of a stemma; those that pass behind others come first.

    One whose child has a row (its id by witness) leads to it, from around the line as well, which is too thin to be hit.
    """
    at = {p.branch.witness["id"]: p for p in places}
    first, then, above = [], [], []
    for place in places:
        for edge in place.branch.also:
            if (edge["child"], edge["parent"]) in beside:
                lane = beside[edge["child"], edge["parent"]]
                first.append(_second_edge(at[edge["parent"]], place, edge, 4.0 + 4 * lane))
        if edge_of := place.branch.edge:
            trunk, own = _edge(at[edge_of["parent"]], place, edge_of)
            then.append(trunk)
            row = rows.get(edge_of["child"])
            above += [group("derivation", edge_words(edge_of), own, row)] if row else own
    return [*first, *then, *above]


def _edge(parent: Placed, child: Placed, edge: Row) -> tuple[str, list[str]]:
    """Return trunk and branch of an edge: siblings share the trunk, so only the branch has kind and width."""
    width = 1.4 + 2.6 * min(1.0, max(0.0, float(edge.get("share") or 0)))
    kind = str(edge.get("kind"))
    credited = bool(edge.get("credited"))
    if child.x - parent.x > RADIUS:
        trunk = stroke(f"M{parent.x:g} {parent.y + RADIUS:g}V{child.y:g}", 1.2)
        path = f"M{parent.x:g} {child.y:g}H{child.x - RADIUS:g}"
        branch = [stroke(path, width, kind), _reach(path)]
        return trunk, branch if credited else [*branch, bar(child.x - RADIUS - 4, child.y)]
    # Not right of its parent: the line turns above the row, where it strikes no text, and falls on the child.
    turn = child.y - 15
    trunk = stroke(f"M{parent.x:g} {parent.y + RADIUS:g}V{turn:g}", 1.2)
    path = f"M{parent.x:g} {turn:g}H{child.x:g}V{child.y - RADIUS:g}"
    branch = [stroke(path, width, kind), _reach(path)]
    falls = parent.x - child.x < 3 * RADIUS
    cut = stroke(f"M{child.x - 6:g} {child.y - RADIUS - 4:g}h12", 2) if falls else bar(child.x + RADIUS + 4, turn)
    return trunk, branch if credited else [*branch, cut]


def _reach(path: str) -> str:
    """What is not seen around a line, and answers to the mouse."""
    return f'<path d="{path}" fill="none" stroke-width="14" pointer-events="stroke"/>'


def _second_edge(parent: Placed, child: Placed, edge: Row, x: float) -> str:
    up, down = parent.y + 6, child.y + 6
    path = f"M{parent.x - RADIUS + 2:g} {up:g}H{x:g}V{down:g}H{child.x - RADIUS - 2:g}"
    tip = f"M{child.x - RADIUS - 6:g} {down - 3:g}l4 3l-4 3"
    return stroke(path, 1, str(edge.get("kind"))) + stroke(tip, 1)


_NOTE = 12.0


def draw_axis(axis: Axis, width: float, top: float, bottom: float) -> list[str]:
    """Return the axis at `top` with its ticks, their lines down to `bottom`, and the gaps that were shortened."""
    right = max(axis.x.values(), default=0.0) + 8
    parts = [stroke(f"M6 {top:g}H{right:g}", 1, colour=MUTED)]
    shown = _room_for(axis.ticks, width)
    for x, label in axis.ticks:
        if (x, label) in shown:
            parts.append(stroke(f"M{x:g} {top - 4:g}V{bottom:g}", 0.7, colour=FAINT))
            parts.append(words(x - 3, top - 8, _NOTE, label, f'class="tick" fill="{MUTED}"'))
        else:
            parts.append(stroke(f"M{x:g} {top - 3:g}v6", 1, colour=MUTED))
    for x in axis.breaks:
        parts.append(stroke(f"M{x - 4:g} {top + 4:g}l4 -8m1 8l4 -8", 1.2))
    return parts


def _room_for(ticks: Sequence[tuple[float, str]], width: float) -> list[tuple[float, str]]:
    """Return the ticks whose words stand clear of one another: the first, the last, and what fits between."""
    shown: list[tuple[float, str]] = []
    for x, label in (*ticks[:1], *ticks[:0:-1]):
        end = x + measure(label, _NOTE)
        if end - 3 <= width and all(end + 8 <= other or x >= other + measure(said, _NOTE) + 8 for other, said in shown):
            shown.append((x, label))
    return shown


def draw_legend(story: Row, axis: Axis | None, width: float, y: float, folded: bool) -> tuple[list[str], float]:
    """Return the legend, drawn from `y` on, and where it ends; only what the drawing uses is explained."""
    parts = [stroke(f"M8 {y:g}H{width - 8:g}", 1, colour=FAINT)]
    entries = _entries(story, folded)
    for i, (sign, told) in enumerate(entries):
        x, at = 12 + (i % 2) * (width / 2), y + 20 + (i // 2) * 20
        parts += [*_sample(sign, x, at), words(x + 36, at + 4, _NOTE, told)]
    bottom = y + 20 + ((len(entries) + 1) // 2) * 20
    for line in _lines(story, axis):
        parts.append(words(12, bottom + 3, _NOTE, line, f'fill="{MUTED}"'))
        bottom += 17
    return parts, bottom


def _entries(story: Row, folded: bool) -> list[tuple[str, str]]:
    edges = story.get("derivations", [])
    entries = [("report", "a report")]
    entries += [("lost", "a lost source")] if any(w.get("report") is None for w in story.get("witnesses", [])) else []
    entries += [("copies", "several copies")] if folded else []
    entries += [(k, k) for k in MARKED if any(e.get("kind") == k for e in edges)]
    entries += [("bar", "no credit")] if any(not e.get("credited") for e in edges) else []
    children = [e["child"] for e in edges]
    entries += [("second", "also from")] if len(set(children)) < len(children) else []
    return entries


def _lines(story: Row, axis: Axis | None) -> list[str]:
    lines = ["line width: share of words · p: probability"] if story.get("derivations") else []
    if axis:
        zone = "no zone" if axis.zone is None else zone_name(axis.zone)
        lines.append(f"left to right: time of publication, {axis.years} ({zone})")
        lines += ["// on the axis: a long gap, shortened"] if axis.breaks else []
    return lines


def _sample(sign: str, x: float, y: float) -> list[str]:
    if sign in ("report", "lost"):
        return [circle(x + 14, y, sign == "lost")]
    if sign == "copies":
        return [circle(x + 4 + 8 * i, y, False, 4) for i in range(3)]
    if sign == "bar":
        return [stroke(f"M{x:g} {y:g}h28", 1.6), bar(x + 20, y)]
    if sign == "second":
        return [stroke(f"M{x:g} {y:g}h22", 1), stroke(f"M{x + 20:g} {y - 3:g}l5 3l-5 3", 1, colour=INK)]
    return [stroke(f"M{x:g} {y:g}h28", 2.4, sign)]


def stroke(path: str, width: float, kind: str = "verbatim", colour: str = INK) -> str:
    """Return a line in the style of a kind of copying."""
    dash = f' stroke-dasharray="{_DASH[kind]}"' if _DASH.get(kind) else ""
    cap = ' stroke-linecap="round"' if kind == "rewrite" else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:.2g}"{dash}{cap}/>'


def circle(x: float, y: float, lost: bool, radius: float = RADIUS) -> str:
    """Return the circle of a witness: open for a lost source, filled for a report."""
    fill = PAPER if lost else INK
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}" stroke="{INK}" stroke-width="2"/>'


def bar(x: float, y: float) -> str:
    """Return the sign of a missing credit: a short bar across the line."""
    return stroke(f"M{x:g} {y - 6:g}v12", 2)


def words(x: float, y: float, size: float, text: str, attributes: str = f'fill="{INK}"') -> str:
    """Return a line of text, with an edge of paper so that a line that passes behind does not touch it."""
    edge = f'paint-order="stroke" stroke="{PAPER}" stroke-width="3" stroke-linejoin="round"'
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" {edge} {attributes}>{escape(text)}</text>'


def group(name: str, title: str, parts: list[str], to: str | None = None) -> str:
    """Return parts as one group of a class, with what it shows in words; `to` is the row that it opens."""
    opens = f" data-to={quoteattr(to)}" if to else ""
    return f'<g class="{name}"{opens}><title>{escape(clean(title))}</title>{"".join(parts)}</g>'


def wrap(text: str, room: float, size: float, most: int) -> list[str]:
    """Return the text in lines of `room` units at a type size, at most `most`, the last cut with "…"."""
    lines, line = [], ""
    for piece in (p for w in clean(text).split(" ") for p in _pieces(w, room, size)):
        longer = f"{line} {piece}" if line else piece
        if line and measure(longer, size) > room:
            lines.append(line)
            line = piece
        else:
            line = longer
    lines.append(line)
    if len(lines) > most:
        last = lines[most - 1]
        while last and measure(last + "…", size) > room:
            last = last[:-1]
        return [*lines[: most - 1], last + "…"]
    return lines


def wrap_parts(parts: Sequence[str], room: float, size: float) -> list[str]:
    """Return parts joined by " · " in lines of `room` units, broken between parts; a part too long is wrapped."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]} · {part}" if lines else part
        if lines and measure(longer, size) <= room:
            lines[-1] = longer
        else:
            lines += wrap(part, room, size, most=3)
    return lines


def measure(text: str, size: float) -> float:
    """Return about how wide the text is set in a system sans-serif; rather too wide than too narrow."""
    return size * sum(_advance(c) for c in text)


def _advance(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in "ilj.,:;'|!·–()[] tfrI-":
        return 0.4
    return 0.95 if character in "mwMW%@—…" else 0.72 if character.isupper() else 0.61


def _pieces(word: str, room: float, size: float) -> list[str]:
    """Break a word that fits no line, as a long host name would not, after a hyphen or dot where there is one."""
    pieces, piece = [], ""
    for character in word:
        if piece and measure(piece + character, size) > room:
            cut = 1 + max(piece.rfind(mark) for mark in "-./_")
            cut = cut if cut > len(piece) // 2 else len(piece)
            pieces.append(piece[:cut])
            piece = piece[cut:]
        piece += character
    return [*pieces, piece]
