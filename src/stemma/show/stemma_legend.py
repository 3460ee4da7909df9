"""What frames a drawn stemma: the axis of time above it, and below it the signs that it uses, explained."""

from collections.abc import Sequence

from stemma.show.axis import Axis
from stemma.show.svg import FAINT, INK, MUTED, bar, circle, measure, stroke, words
from stemma.show.times import zone_name
from stemma.show.wording import MARKED, Row

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
        zone = "" if axis.zone is None else f" ({zone_name(axis.zone)})"
        lines.append(f"left to right: time of publication, {axis.years}{zone}")
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
