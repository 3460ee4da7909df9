"""A reader's word on sources, laid over the pooling: two names are one source, or are not."""

from collections.abc import Mapping, Sequence

from stemma.statements.people import Person
from stemma.statements.said import Said
from stemma.statements.sources import Who
from stemma.tables import Evidence

Places = Sequence[tuple[Evidence, Evidence]]
Read = Mapping[str, tuple[Sequence[Said], list[Who | None]]]
"""What each report attributes, and to whom, by report; the lists are changed in place."""


def pool_as_judged(read: Read, people: Sequence[Person], same: Places, other: Places) -> None:
    """Part the names that are not one source, then join those that are; a place is where a name stands."""
    for one, two in other:
        who = _who(read, one)
        if who is not None and who == _who(read, two):
            _part(read, who, _printed(read, two))
    for one, two in same:
        a, b = _who(read, one), _who(read, two)
        if a is not None and b is not None and a != b:
            keep, gone = sorted((a, b), key=lambda w: (w[0] != "person", str(w)))
            _merge_people(people, keep, gone)
            _replace(read, gone, keep)


def _who(read: Read, place: Evidence) -> Who | None:
    """Whom the attribution means whose source stands at a place."""
    for item, who in zip(*read.get(place.report, ((), [])), strict=True):
        span = item.attribution.source_span
        if span and span[0] < place.end and place.start < span[1]:
            return who
    return None


def _printed(read: Read, place: Evidence) -> str:
    for item in read[place.report][0]:
        span = item.attribution.source_span
        if span and span[0] < place.end and place.start < span[1]:
            return _name(item)
    return ""


def _name(item: Said) -> str:
    """The source's words up to an apposition, as they are compared."""
    return (item.attribution.source_text or "").partition(", ")[0].casefold()


def _part(read: Read, who: Who, name: str) -> None:
    """Give the attributions of a source that print one of its names to a source of their own."""
    kind = "name" if who[0] == "person" else who[0]
    apart: Who = (kind, "apart", name)
    for said, whos in read.values():
        for n, item in enumerate(said):
            if whos[n] == who and _name(item) == name:
                whos[n] = apart


def _replace(read: Read, gone: Who, keep: Who) -> None:
    for _, whos in read.values():
        whos[:] = [keep if who == gone else who for who in whos]


def _merge_people(people: Sequence[Person], keep: Who, gone: Who) -> None:
    if keep[0] == gone[0] == "person":
        kept, other = people[int(str(keep[1]))], people[int(str(gone[1]))]
        for name, places in other.names.items():
            kept.names[name] = sorted({*kept.names.get(name, []), *places})
