"""The stemma drawn as SVG: one row a witness, one column a generation, to fit a phone's width."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from stemma.show.forest import DEEPEST, Branch, grow
from stemma.show.wording import MARKED, Row, clean, credit, headline, percent, probability, witness_name

WIDTH = 340
"""Units of the drawing; shown at 380 px a unit is a pixel, so the type below is what a phone shows."""

_NAME, _NOTE = 14.0, 12.0
_LINE = 17
_RADIUS = 7
_INK, _MUTED, _PAPER = "#1d1b18", "#55504a", "#ffffff"
_DASH = {"verbatim": "", "edited": "7 3.5", "rewrite": "1 5", "translation": "9 3.5 1.5 3.5"}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a branch is drawn: the centre of its circle, and its lines of text."""

    branch: Branch
    x: float
    y: float
    names: tuple[str, ...]
    notes: tuple[str, ...]


def draw(story: Row, reports: Mapping[str, Row]) -> str:
    """Return the stemma of a story as one SVG element; `reports` maps ids to the account's reports.

    Reports are filled circles, lost sources open ones. The style of a line is the kind of copying, its width
    the share, a cross on it a missing credit. A second parent is a thin line along the left edge.
    """
    branches = grow(story)
    places = _lay_out(branches, reports)
    legend_at = max((p.y + _LINE * (len(p.names) + len(p.notes)) for p in places), default=20) + 4
    legend, height = _legend(story, legend_at)
    parts = [*_edges(places), *(part for p in places for part in _node(p)), *legend]
    title = escape(clean(f"Stemma: {headline(story)}"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}"'
        f' height="{height:g}" class="stemma" role="img" font-family="system-ui, sans-serif" fill="{_INK}">'
        f"<title>{title}</title><desc>{escape(_told(branches, reports))}</desc>"
        f'<rect width="{WIDTH}" height="{height:g}" fill="{_PAPER}"/>{"".join(parts)}</svg>'
    )


def _told(branches: list[Branch], reports: Mapping[str, Row]) -> str:
    """Return the drawing in words, for whoever cannot see it."""
    by_id = {b.witness["id"]: b.witness for b in branches}
    sentences = []
    for branch in branches:
        lost = "" if branch.witness.get("report") else ", not in the collection"
        name = f"{branch.witness.get('siglum')} {witness_name(branch.witness, reports)}{lost}"
        edges = [e for e in (branch.edge, *branch.also) if e]
        took = [
            f"{_kind(e)} {percent(e.get('share'))} from {by_id[e['parent']].get('siglum')}, {credit(e)}"
            for e in edges
        ]
        sentences.append(f"{name}: {'; '.join(took) or 'derived from none'}.")
    return clean(" ".join(sentences))


def _lay_out(branches: list[Branch], reports: Mapping[str, Row]) -> list[_Place]:
    deepest = max((b.column for b in branches), default=0)
    step = min(50.0, 150 / max(1, deepest))
    gutter = 14 if any(b.also for b in branches) else 0
    sigla = {b.witness["id"]: str(b.witness.get("siglum")) for b in branches}
    places, y = [], 22.0
    for branch in branches:
        x = 14 + gutter + branch.column * step
        room = WIDTH - x - 22
        names = wrap(witness_name(branch.witness, reports), room - _siglum_room(branch), _NAME, most=3)
        notes = [line for note in _notes(branch, sigla) for line in wrap(note, room, _NOTE, most=2)]
        places.append(_Place(branch, x, y, tuple(names), tuple(notes)))
        y += _LINE * (len(names) + len(notes)) + 13
    return places


def _notes(branch: Branch, sigla: Mapping[str, str]) -> list[str]:
    notes = [] if branch.witness.get("report") else ["not in the collection"]
    if branch.edge and branch.depth > DEEPEST:
        notes.append(f"from {sigla[branch.edge['parent']]}")
    if branch.edge:
        notes.append(f"{_kind(branch.edge)} {percent(branch.edge.get('share'))} · {credit(branch.edge)}"
                     f" · p\u00a0{probability(branch.edge.get('probability'))}")  # fmt: skip
        notes += ["with words of its own"] if branch.origin and branch.witness.get("report") else []
    elif branch.witness.get("report") and branch.origin:
        notes.append("an origin")
    return notes + [
        f"also from {sigla[e['parent']]}: {_kind(e)} {percent(e.get('share'))} · {credit(e)}"
        for e in branch.also
    ]


def _kind(edge: Row) -> str:
    return str(edge.get("kind") or "kind unknown")


def _edges(places: list[_Place]) -> list[str]:
    at = {p.branch.witness["id"]: p for p in places}
    parts, lane = [], 0
    for place in places:
        if place.branch.edge:
            parts += _edge(at[place.branch.edge["parent"]], place, place.branch.edge)
        for edge in place.branch.also:
            parts.append(_second_edge(at[edge["parent"]], place, edge, 4 + 4 * (lane % 3)))
            lane += 1
    return parts


def _edge(parent: _Place, child: _Place, edge: Row) -> list[str]:
    """Draw an edge; its trunk is shared by siblings, so only the branch to the child has kind and width."""
    width = 1.4 + 2.6 * min(1.0, max(0.0, float(edge.get("share") or 0)))
    trunk = f"M{parent.x:g} {parent.y + _RADIUS:g}V{child.y:g}"
    if child.x == parent.x:
        return [_stroke(trunk, width, str(edge.get("kind")))]
    branch = f"M{parent.x:g} {child.y:g}H{child.x - _RADIUS:g}"
    parts = [_stroke(trunk, 1.2, "verbatim"), _stroke(branch, width, str(edge.get("kind")))]
    return parts if edge.get("credited") else [*parts, _cross(parent.x + 10, child.y)]


def _second_edge(parent: _Place, child: _Place, edge: Row, x: float) -> str:
    up, down = parent.y + 4, child.y + 4
    path = f"M{parent.x - _RADIUS + 1:g} {up:g}H{x:g}V{down:g}H{child.x - _RADIUS - 3:g}"
    tip = f"M{child.x - _RADIUS - 6:g} {down - 3:g}l4 3l-4 3"
    return _stroke(path, 1.1, str(edge.get("kind"))) + _stroke(tip, 1.1, "verbatim")


def _stroke(path: str, width: float, kind: str) -> str:
    dash = f' stroke-dasharray="{_DASH[kind]}"' if _DASH.get(kind) else ""
    cap = ' stroke-linecap="round"' if kind == "rewrite" else ""
    return f'<path d="{path}" fill="none" stroke="{_INK}" stroke-width="{width:.2g}"{dash}{cap}/>'


def _cross(x: float, y: float) -> str:
    cross = f"M{x - 4:g} {y - 4:g}l8 8m0 -8l-8 8"
    return (f'<circle cx="{x:g}" cy="{y:g}" r="6.5" fill="{_PAPER}"/>'
            f'<path d="{cross}" fill="none" stroke="{_INK}" stroke-width="1.6"/>')  # fmt: skip


def _node(place: _Place) -> list[str]:
    parts = [_circle(place.x, place.y, place.branch.witness.get("report") is None)]
    x, y = place.x + _RADIUS + 8, place.y + 5
    siglum = clean(str(place.branch.witness.get("siglum") or "?"))
    parts.append(_words(x, y, _NAME, siglum, f'font-weight="700" fill="{_INK}"'))
    for line in place.names:
        parts.append(_words(x + _siglum_room(place.branch), y, _NAME, line, f'fill="{_INK}"'))
        y += _LINE
    for line in place.notes:
        parts.append(_words(x, y - 1, _NOTE, line, f'fill="{_MUTED}"'))
        y += _LINE
    return parts


def _siglum_room(branch: Branch) -> float:
    return measure(str(branch.witness.get("siglum") or "?"), _NAME) + 9


def _words(x: float, y: float, size: float, words: str, attributes: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" {attributes}>{escape(words)}</text>'


def _circle(x: float, y: float, lost: bool) -> str:
    fill = _PAPER if lost else _INK
    return f'<circle cx="{x:g}" cy="{y:g}" r="{_RADIUS}" fill="{fill}" stroke="{_INK}" stroke-width="2"/>'


def _legend(story: Row, y: float) -> tuple[list[str], float]:
    """Only what the drawing uses is explained, two entries a line."""
    edges = story.get("derivations", [])
    lost = any(w.get("report") is None for w in story.get("witnesses", []))
    entries = [("report", "a report")] + ([("lost", "a lost source")] if lost else [])
    entries += [(k, k) for k in MARKED if any(e.get("kind") == k for e in edges)]
    entries += [("cross", "no credit")] if any(not e.get("credited") for e in edges) else []
    parts = [f'<path d="M8 {y:g}H{WIDTH - 8}" stroke="#bdb6ab" stroke-width="1"/>']
    for i, (sign, words) in enumerate(entries):
        x, at = 12 + (i % 2) * (WIDTH // 2), y + 20 + (i // 2) * 20
        parts += [_sample(sign, x, at), _words(x + 36, at + 4, _NOTE, words, f'fill="{_INK}"')]
    bottom = y + 20 + ((len(entries) + 1) // 2) * 20
    if edges:
        told = "line width: share of words · p: probability"
        parts.append(_words(12, bottom + 3, _NOTE, told, f'fill="{_MUTED}"'))
        bottom += 14
    return parts, bottom


def _sample(sign: str, x: float, y: float) -> str:
    if sign in ("report", "lost"):
        return _circle(x + 14, y, sign == "lost")
    if sign == "cross":
        return _stroke(f"M{x} {y:g}h28", 1.6, "verbatim") + _cross(x + 14, y)
    return _stroke(f"M{x} {y:g}h28", 2.4, sign)


def wrap(text: str, room: float, size: float, most: int) -> list[str]:
    """Return the text in lines of `room` units at a type size, at most `most`, the last cut with "…"."""
    words = clean(text).split(" ")
    lines, line = [], ""
    for piece in (p for w in words for p in _pieces(w, room, size)):
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
    """Break a word that fits no line, as a long host name would not."""
    pieces, piece = [], ""
    for character in word:
        if piece and measure(piece + character, size) > room:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]
