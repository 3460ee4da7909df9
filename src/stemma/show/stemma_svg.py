"""The stemma drawn as SVG: one row a witness, left to right by time or generation, to fit a phone's width."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

from stemma.show.forest import DEEPEST, Axis, Branch, copies_as_one, grow, time_axis, without_passing
from stemma.show.svg import (
    INK,
    MUTED,
    PAPER,
    RADIUS,
    circle,
    draw_axis,
    draw_edges,
    draw_legend,
    group,
    lanes,
    measure,
    stroke,
    words,
    wrap,
    wrap_parts,
)
from stemma.show.wording import Row, clean, credit, edge_words, headline, in_words, percent, probability, witness_name, zone_name
from stemma.text.moments import Moment, read_moment

WIDTH = 340
"""Units of the drawing; shown at 380 px a unit is a pixel, so the type below is what a phone shows."""

MOST_ROWS = 24
"""A stemma of more witnesses has its plain verbatim copies folded into one row a parent."""

_NAME, _NOTE = 14.0, 12.0
_SIGLA = 12
_PASSING_LINES = 6
_LINE = 17
_ROOM = 150.0
"""Units from the leftmost circle to the rightmost; the rest is for the names."""

_SHEET = 700.0
"""Units that fit on a printed page, under a headline."""

Notes = list[list[str]]
"""Notes, each of parts that stay whole where a note is broken."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a branch is drawn: the centre of its circle, and its lines of text; `dots` when it stands for several."""

    branch: Branch
    x: float
    y: float
    names: tuple[str, ...]
    notes: tuple[str, ...]
    dots: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn stemma, and copies of its parts, each short enough for a printed page; none when it fits one."""

    svg: str
    sheets: tuple[str, ...]


def draw(story: Row, reports: Mapping[str, Row]) -> str:
    """Return the stemma of a story as one SVG element; `reports` maps ids to the account's reports.

    Reports are filled circles, lost sources open ones. The style of a line is the kind of copying, its width
    the share, a bar across it a missing credit. A second parent is a thin line along the left edge. Left to
    right is time when two reports or more are dated, else generation.
    """
    return picture(story, reports, {}, "stemma").svg


def as_svg(account: Mapping[str, Any]) -> str:
    """Return the stemma of an account of one story as an SVG document."""
    (story,) = account["stories"]
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{draw(story, {r["id"]: r for r in account["reports"]})}\n'


def picture(story: Row, reports: Mapping[str, Row], rows: Mapping[str, str], key: str) -> Picture:
    """Return the stemma drawn for a page: `rows` gives the id of the row that a witness opens, `key` is its own id."""
    told = f'role="img"><title>{escape(clean(f"Stemma: {headline(story)}"))}</title><desc>'
    told += f"{escape(_drawing_in_words(grow(story, reports), reports))}</desc>"
    story, passing = without_passing(story)
    full = grow(story, reports)
    branches = copies_as_one(full) if len(full) > MOST_ROWS else full
    beside = lanes(branches)
    left = 14.0 + (4 * (1 + max(beside.values())) + 4 if beside else 0)
    axis = time_axis(full, reports, left, _ROOM)
    places = _lay_out(branches, reports, axis, left)
    end = max((p.y + _LINE * (len(p.names) + len(p.notes)) for p in places), default=20) + 4
    beneath = wrap(passing, WIDTH - 24, _NOTE, _PASSING_LINES) if passing else []
    bottom = end + _LINE * len(beneath)
    legend, height = draw_legend(story, axis, WIDTH, bottom, any(b.folded for b in branches))
    frame = draw_axis(axis, WIDTH, 24, end - 10) if axis else []
    parts = [*frame, *draw_edges(places, beside, rows), *(_node(p, reports, rows) for p in places)]
    parts += [words(12, end + _LINE * n + 6, _NOTE, line, f'fill="{MUTED}"') for n, line in enumerate(beneath)]
    whole = f'{_open(0, height)} {told}<g id="{key}"><rect width="{WIDTH}" height="{height:g}" fill="{PAPER}"/>'
    return Picture(f"{whole}{''.join([*parts, *legend])}</g></svg>", _sheets([p.y - 18 for p in places], bottom, height, key))


def _open(top: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {top:g} {WIDTH} {height:g}" width="{WIDTH}"'
        f' height="{height:g}" class="stemma" font-family="system-ui, sans-serif" fill="{INK}"'
    )


def _sheets(rows: Sequence[float], legend: float, height: float, key: str) -> tuple[str, ...]:
    """A browser cuts a drawing that is longer than a page through its lines of text: here it is cut between rows."""
    if height <= _SHEET:
        return ()
    tops, before = [0.0], 0.0
    for cut in (*rows, legend - 2, height):
        if cut - tops[-1] > _SHEET and before > tops[-1]:
            tops.append(before)
        before = cut
    spans = pairwise([*tops, height])
    return tuple(f'{_open(top, end - top)} aria-hidden="true"><use href="#{key}"/></svg>' for top, end in spans)


def _drawing_in_words(branches: Sequence[Branch], reports: Mapping[str, Row]) -> str:
    """Return the drawing in words, for whoever cannot see it."""
    by_id = {b.witness["id"]: b.witness for b in branches}
    sentences = []
    for branch in branches:
        lost = "" if branch.witness.get("report") else f", {branch.lost_words}"
        name = f"{branch.witness.get('siglum')} {witness_name(branch.witness, reports)}{lost}"
        edges = [e for e in (branch.edge, *branch.also) if e]
        took = [
            f"{e.get('kind') or 'kind unknown'} {percent(e.get('share'))} from {by_id[e['parent']].get('siglum')}, {credit(e)}"
            for e in edges
        ]
        sentences.append(f"{name}: {'; '.join(took) or 'derived from none'}.")
    return clean(" ".join(sentences))


def _lay_out(branches: Sequence[Branch], reports: Mapping[str, Row], axis: Axis | None, left: float) -> list[Place]:
    step = min(50.0, _ROOM / max(1, max((b.column for b in branches), default=0)))
    sigla = {b.witness["id"]: str(b.witness.get("siglum") or "?") for b in branches}
    places, y = [], 50.0 if axis else 22.0
    for branch in branches:
        group_ = branch.folded or (branch,)
        dots = tuple(sorted(axis.x[b.witness["id"]] for b in group_)) if axis else ()
        x = dots[0] if dots else left + branch.column * step
        at = (dots[-1] if branch.folded and dots else x) + RADIUS + 8
        room = WIDTH - at - 8
        name = row_name(branch) if branch.folded else witness_name(branch.witness, reports)
        names = wrap(name, room - _siglum_room(branch), _NAME, most=3)
        told = row_notes(branch, sigla, reports, axis)
        notes = [line for note in told for line in wrap_parts(note, room, _NOTE)]
        places.append(Place(branch, x, y, tuple(names), tuple(notes), dots if branch.folded else ()))
        y += _LINE * (len(names) + len(notes)) + 13
    return places


def _node(place: Place, reports: Mapping[str, Row], rows: Mapping[str, str]) -> str:
    witness, edge = place.branch.witness, place.branch.edge
    parts = [circle(place.x, place.y, witness.get("report") is None)]
    if place.dots:
        thread = stroke(f"M{place.dots[0]:g} {place.y:g}H{place.dots[-1]:g}", 1.2)
        parts = [thread, *(circle(x, place.y, False, 4.5) for x in place.dots)]
    x, y = max(place.x, *place.dots, 0) + RADIUS + 8, place.y + 5
    siglum = clean(str(witness.get("siglum") or "?"))
    parts.append(words(x, y, _NAME, siglum, f'font-weight="700" fill="{INK}"'))
    for line in place.names:
        parts.append(words(x + _siglum_room(place.branch), y, _NAME, line))
        y += _LINE
    for line in place.notes:
        parts.append(words(x, y - 1, _NOTE, line, f'fill="{MUTED}"'))
        y += _LINE
    told = f"{siglum} {witness_name(witness, reports)}"
    if edge:
        told += f": {edge_words(edge)}" + (f". {edge['reason']}" if edge.get("reason") else "")
    return group("witness", told, parts, rows.get(witness["id"]))


def _siglum_room(branch: Branch) -> float:
    return measure(str(branch.witness.get("siglum") or "?"), _NAME) + 9


def row_notes(branch: Branch, sigla: Mapping[str, str], reports: Mapping[str, Row], axis: Axis | None) -> Notes:
    """Return the notes of a branch: when, how it was taken, from whom else; `sigla` by witness id."""
    if branch.folded:
        return _folded(branch)
    if branch.witness.get("report") is None:
        notes = [branch.lost_words.split(", ")]
    else:
        notes = [[*_when(branch, reports, axis), *(["an origin"] if branch.origin and not branch.edge else [])]]
    if branch.edge:
        taken = _taken(branch.edge)
        source = [f"from {sigla[branch.edge['parent']]}"] if axis is None and branch.depth > DEEPEST else []
        own = ["with words of its own"] if branch.origin and branch.witness.get("report") else []
        notes += [source, [*taken, f"p\u00a0{probability(branch.edge.get('probability'))}"], own]
    notes += [[f"also from {sigla.get(e['parent'], '?')}: {_taken(e)[0]}", *_taken(e)[1:]] for e in branch.also]
    return [note for note in notes if note]


def row_name(branch: Branch) -> str:
    """Return the name of a row that stands for several copies."""
    return f"and {len(branch.folded) - 1} more verbatim copies"


def _taken(edge: Row) -> list[str]:
    return [f"{edge.get('kind') or 'kind unknown'} {percent(edge.get('share'))}", credit(edge)]


def _when(branch: Branch, reports: Mapping[str, Row], axis: Axis | None) -> list[str]:
    moment = read_moment(reports.get(branch.witness["report"], {}).get("published"))
    if moment is None:
        return ["no date"] if axis else []
    if axis is None:
        return [in_words(moment, moment.zone or 0, year=True)]
    early = ["dated before its source"] if branch.witness["id"] in axis.early else []
    return [in_words(moment, moment.zone or 0) + _zone(moment, axis), *early]


def _zone(moment: Moment, axis: Axis) -> str:
    """The zone of a page's own time, where it is not that of the axis."""
    if axis.zone is None or not moment.exact or moment.zone == axis.zone:
        return ""
    return " (no zone)" if moment.zone is None else f" {zone_name(moment.zone).removeprefix('UTC') or 'UTC'}"


def _folded(branch: Branch) -> Notes:
    shares = sorted(float(b.edge.get("share") or 0) for b in branch.folded if b.edge)
    low, high = percent(shares[0]), percent(shares[-1])
    sigla = [str(b.witness.get("siglum") or "?") for b in branch.folded]
    listed = " ".join(sigla[:_SIGLA]) + (" …" if len(sigla) > _SIGLA else "")
    return [[f"verbatim {high if low == high else f'{low} – {high}'}", credit(branch.edge or {})], [f"{listed}: see the table"]]
