"""The parts that a drawing is made of: strokes, circles, lines of text, and how wide a text is set."""

import unicodedata
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from stemma.show.wording import clean

INK, MUTED, FAINT, PAPER = "#1d1b18", "#55504a", "#bdb6ab", "#ffffff"
RADIUS = 7
_DASH = {"verbatim": "", "edited": "7 3.5", "rewrite": "1 5", "translation": "9 3.5 1.5 3.5"}


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
