"""Places of a report with coordinates, and the places of a story."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stemma.mentions.gazetteer import Entry, fold, look_up
from stemma.mentions.namesakes import decide
from stemma.mentions.parse import Paragraph
from stemma.mentions.surroundings import words
from stemma.mentions.toponyms import Toponym, toponyms
from stemma.mentions.values import Place


@dataclass(frozen=True, slots=True)
class PooledPlace:
    """One place of a story and every mention of it as (report, start, end), in the reports' order."""

    name: str
    lat: float | None
    lon: float | None
    kind: str
    mentions: tuple[tuple[str, int, int], ...]


def find_places(
    paragraphs: Sequence[Paragraph], extra: Sequence[Place] = (), found: Sequence[Toponym] | None = None
) -> list[Place]:
    """Return the places that a report names, with offsets in the report's text and WGS 84 coordinates.

    A place's name is the printed one, in full. `extra` are places of the story's other reports, which help to decide
    between namesakes. A name that the words around it prove a place and the gazetteer lacks has no coordinates.
    Nationalities ("the French") are no places. `found` are the report's toponyms where they are known already.
    """
    found = toponyms(paragraphs) if found is None else found
    return [_place(t, e) for t, e in zip(found, decide(found, extra), strict=True)]


def pool_places(places_by_report: Mapping[str, Sequence[Place]]) -> list[PooledPlace]:
    """Return one row for each place of a story, most mentioned first, under its most frequent name.

    Places are one where coordinates and kind are; one without coordinates is known by its name.
    """
    groups: dict[tuple[object, ...], list[tuple[str, Place]]] = {}
    for report, places in places_by_report.items():
        for place in places:
            key = (place.lat, place.lon, place.kind, place.name if place.lat is None else None)
            groups.setdefault(key, []).append((report, place))
    return sorted(map(_pooled, groups.values()), key=lambda row: (-len(row.mentions), row.name, row.kind, row.mentions))


def is_metonym(paragraph: Paragraph, start: int, end: int) -> bool:
    """Return whether a place's name at these offsets of the report stands for its government ("Kyiv said").

    Such a name is a source. `find_places` keeps it, as the people who marked GeoVirus and TR-News by hand did.
    """
    span = paragraph.doc.char_span(start - paragraph.start, end - paragraph.start, alignment_mode="expand")
    if span is None or not any(e.kind in ("country", "capital") for e in look_up(span.text)):
        return False
    head = span.root.head
    subject = span.root.dep_ in ("nsubj", "agent") or (span.root.dep_ == "pobj" and head.dep_ == "agent")
    verb = head.head if span.root.dep_ == "pobj" else head
    return subject and verb.lemma_ in words()["act"]


def _pooled(members: Sequence[tuple[str, Place]]) -> PooledPlace:
    counts = Counter(p.name for _, p in members)
    name = min(counts, key=lambda n: (-counts[n], n))
    first = members[0][1]
    return PooledPlace(name, first.lat, first.lon, first.kind, tuple(sorted((r, p.start, p.end) for r, p in members)))


def _place(toponym: Toponym, entry: Entry | None) -> Place:
    if entry is None:
        return Place(toponym.start, toponym.end, toponym.text, None, None, "other")
    kind = {"county": "region", "capital": "city"}.get(entry.kind, entry.kind)
    return Place(toponym.start, toponym.end, _name(toponym.text, entry), round(entry.lat, 3), round(entry.lon, 3), kind)


def _name(printed: str, entry: Entry) -> str:
    """The name as printed; short forms ("U.S.", "NSW", "Ky.") and capitals give way to the gazetteer's."""
    if len(printed) < 4 or "." in printed:
        return entry.name
    if printed.isupper():
        return entry.name if fold(printed) == fold(entry.name) else printed.title()
    return printed
