"""Everything that one report mentions, for the rooms that come after, and as rows of the table `mention`."""

import dataclasses
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from stemma.mentions.caveats import find_caveats
from stemma.mentions.figures import find_figures
from stemma.mentions.names import find_names
from stemma.mentions.parse import Paragraph, kept, laid
from stemma.mentions.places import Key, find_places, senses_beside, story_toponyms
from stemma.mentions.places.gazetteer import Entry
from stemma.mentions.places.toponyms import Toponym, toponyms
from stemma.mentions.quotations import find_quotations
from stemma.mentions.times import find_report_times
from stemma.reports.posts import posts_in
from stemma.tables import Caveat, Figure, Mention, Name, Place, Post, Quotation, Report, Span, Time
from stemma.text.moments import printed_day
from stemma.text.once import Once
from stemma.text.spans import holder

if TYPE_CHECKING:
    from spacy.tokens import Doc

AROUND = ("deck", "caption")
"""The roles of what stands round the body and tells of the event in sentences."""


@dataclasses.dataclass(frozen=True, slots=True)
class Mentions:
    """What one report mentions, offsets in the report's text."""

    quotations: tuple[Quotation, ...]
    names: tuple[Name, ...]
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    caveats: tuple[Caveat, ...]
    posts: tuple[Post, ...]


def story_mentions(reports: Sequence[tuple[Report, Sequence[Paragraph]]]) -> dict[str, Mentions]:
    """Return the mentions of each report of a story; which namesake a place is, the other reports help to decide."""
    once = Once()
    found = story_toponyms({r.id: p for r, p in reports})
    beside = senses_beside(found)
    mentions: dict[str, Mentions] = {}
    for r, p in reports:
        # Of its date the day is all that the times of a report hang on.
        printed = laid(p), printed_day(day_of(r)), tuple(beside[r.id].items())
        mentions[r.id] = once.of(printed, partial(_mentions, p, day_of(r), found[r.id], beside[r.id]))
    return mentions


def day_of(report: Report) -> str | None:
    """The day that a report's words are of: of publication, or of the last change where the page tells that alone."""
    return report.published or report.modified


Printed = tuple[Report, Sequence[Paragraph], Sequence[Paragraph]]
"""A report, its body, and what stands round that."""


def with_captions(reports: Sequence[Printed], mentions: Mapping[str, Mentions]) -> dict[str, Mentions]:
    """Return the mentions of each report's body with the times and places that its deck and captions name, to be looked up.

    No statement stands there: what the rooms in between compare is the body's alone.
    """
    ordered = {r.id: sorted([*body, *around], key=lambda p: p.start) for r, body, around in reports}
    found = story_toponyms(ordered)
    beside = senses_beside(found)
    return {
        r.id: _with_captions(r, around, mentions[r.id], find_places(ordered[r.id], found[r.id], beside[r.id]))
        if around
        else mentions[r.id]
        for r, _, around in reports
    }


def _with_captions(report: Report, around: Sequence[Paragraph], mentions: Mentions, named: Sequence[Place]) -> Mentions:
    spans = sorted((p.start, p.end) for p in around)
    places = [p for p in named if holder(spans, p.start)]
    times = find_report_times(around, day_of(report))
    return dataclasses.replace(
        mentions,
        times=tuple(sorted([*mentions.times, *times], key=lambda t: (t.start, -t.end))),
        places=tuple(sorted([*mentions.places, *places], key=lambda p: p.start)),
    )


def find_mentions(paragraphs: Sequence[Paragraph], published: str | None) -> Mentions:
    """Return all mentions of one report; times are resolved against the day it was published."""
    return _mentions(paragraphs, published, toponyms(paragraphs), {})


def _mentions(
    paragraphs: Sequence[Paragraph], published: str | None, found: Sequence[Toponym], beside: Mapping[Key, Entry]
) -> Mentions:
    times = find_report_times(paragraphs, published)
    return Mentions(
        tuple(find_quotations(paragraphs)),
        tuple(find_names(paragraphs, found)),
        tuple(report_figures(paragraphs, times)),
        tuple(times),
        tuple(find_places(paragraphs, found, beside)),
        tuple(c for p in paragraphs for c in find_caveats(p)),
        tuple(post for p in paragraphs if p.role == "post" for post in posts_in(p.doc.text, p.start)),
    )


def report_figures(paragraphs: Sequence[Paragraph], times: Sequence[Time]) -> list[Figure]:
    """Return the figures of one report, offsets in its text; a number inside one of its times is none."""
    own = _by_paragraph(paragraphs, times)
    return [_moved(f, p.start) for p, t in zip(paragraphs, own, strict=True) for f in _figures(p.doc, tuple(t))]


@kept
def _figures(doc: "Doc", times: tuple[Time, ...]) -> list[Figure]:
    return find_figures(doc, times)


def figure_fields(figure: Figure, times: Sequence[Time]) -> dict[str, Any]:
    """Return a figure as `stemma annotate` writes it: the fields of `Figure`, the time it holds at with its TIMEX3 value."""
    value = next((t.value for t in times if (t.start, t.end) == figure.as_of), None)
    as_of = {"start": figure.as_of[0], "end": figure.as_of[1], "value": value} if figure.as_of else None
    part_of = {"start": figure.part_of[0], "end": figure.part_of[1]} if figure.part_of else None
    holder = {"start": figure.holder[0], "end": figure.holder[1]} if figure.holder else None
    also = {"value": figure.also[0], "unit": figure.also[1]} if figure.also else None
    return {**dataclasses.asdict(figure), "also": also, "as_of": as_of, "part_of": part_of, "holder": holder}


def mention_rows(report: Report, mentions: Mentions) -> list[Mention]:
    """Return the mentions as rows, in text order within their kind."""
    return [
        *(Mention(report.id, "quotation", q.start, q.end, quotation=q) for q in mentions.quotations),
        *(Mention(report.id, "name", n.start, n.end, name=n) for n in mentions.names),
        *(Mention(report.id, "figure", f.start, f.end, figure=f) for f in mentions.figures),
        *(Mention(report.id, "time", t.start, t.end, time=t) for t in mentions.times),
        *(Mention(report.id, "place", p.start, p.end, place=p) for p in mentions.places),
        *(Mention(report.id, "caveat", c.start, c.end, caveat=c) for c in mentions.caveats),
        *(Mention(report.id, "post", p.start, p.end, post=p) for p in mentions.posts),
    ]


def _by_paragraph(paragraphs: Sequence[Paragraph], times: Sequence[Time]) -> list[list[Time]]:
    """The times of each paragraph, offsets in it; both are in text order."""
    found, at = [], 0
    for paragraph in paragraphs:
        own = []
        while at < len(times) and times[at].start < paragraph.end:
            own.append(
                dataclasses.replace(times[at], start=times[at].start - paragraph.start, end=times[at].end - paragraph.start)
            )
            at += 1
        found.append(own)
    return found


def _moved(figure: Figure, by: int) -> Figure:
    """A figure with all its offsets moved, as from its paragraph to its report."""
    as_of, part_of, holder = (_span(span, by) for span in (figure.as_of, figure.part_of, figure.holder))
    return dataclasses.replace(figure, start=figure.start + by, end=figure.end + by, as_of=as_of, part_of=part_of, holder=holder)


def _span(span: Span | None, by: int) -> Span | None:
    return (span[0] + by, span[1] + by) if span else None
