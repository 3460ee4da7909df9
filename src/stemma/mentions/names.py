"""Proper names of one report: the tagger's, overruled by the gazetteer, by titles and by full names in the report."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from stemma.mentions.parse import Paragraph
from stemma.mentions.places.toponyms import Toponym, read_whole, toponyms, words
from stemma.tables import Name
from stemma.text.countries import demonyms

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

Found = dict[int, tuple[int, str]]
"""Names of one paragraph: first token to the token after the last, and the kind."""

_KINDS = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "nationality",
    "PRODUCT": "other", "EVENT": "other", "WORK_OF_ART": "other", "LAW": "other",
}  # fmt: skip
_LEFT_OUT = frozenset({"the", "a", "an"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_HONORIFICS = frozenset({"mr", "mrs", "ms", "dr", "sgt", "sen", "rep", "gov", "capt", "col", "gen", "prof"})


def find_names(paragraphs: Sequence[Paragraph], found: Sequence[Toponym] | None = None) -> list[Name]:
    """Return the names of persons, organisations, places and nationalities, in text order and without overlaps.

    Offsets are in the report's text; articles, titles and a possessive 's are left out of the name. `found` are
    the report's toponyms where they are known already.
    """
    places: dict[int, list[Toponym]] = {}
    for toponym in toponyms(paragraphs) if found is None else found:
        places.setdefault(toponym.paragraph, []).append(toponym)
    entities = [_entities(p.doc, places.get(at, [])) for at, p in enumerate(paragraphs)]
    people = read_whole(paragraphs).surnames | _last_words(paragraphs, entities)
    return [n for p, f in zip(paragraphs, entities, strict=True) for n in _names(p, _with_people(p.doc, f, people))]


def _names(paragraph: Paragraph, found: Found) -> Iterator[Name]:
    for first, (last, kind) in sorted(found.items()):
        span = paragraph.doc[first:last]
        yield Name(paragraph.start + span.start_char, paragraph.start + span.end_char, span.text, kind)


def _entities(doc: "Doc", places: Sequence[Toponym]) -> Found:
    """The tagger's names, each with the gazetteer's word on it, and the places that the tagger missed."""
    found: Found = {}
    for ent in doc.ents:
        first, last = _bare(ent)
        kind = _kind(ent, first, last)
        if kind is None or not any(c.isupper() for c in ent.text):
            continue
        inside = [p for p in places if p.first < last and p.last > first]
        if inside and inside[0].first <= first and inside[0].last >= last:
            kind, first, last = "place", inside[0].first, inside[0].last
        elif inside and kind != "organisation":
            continue
        found[first] = (last, kind)
    covered = {i for first, (last, _) in found.items() for i in range(first, last)}
    return found | {p.first: (p.last, "place") for p in places if covered.isdisjoint(range(p.first, p.last))}


def _kind(ent: "Span", first: int, last: int) -> str | None:
    kind = _KINDS.get(ent.label_)
    if first >= last or kind is None:
        return None
    if ent.doc[first:last].text in demonyms():
        return "nationality"
    return "person" if kind != "person" and _titled(ent.doc, first, last) else kind


def _bare(ent: "Span") -> tuple[int, int]:
    """A name without the article and title before it and the possessive after it."""
    first, last = ent.start, ent.end
    while first < last - 1 and (ent.doc[first].lower_ in _LEFT_OUT or ent.doc[first].lower_ in words()["title"]):
        first += 1
    while last > first and (ent.doc[last - 1].text in _POSSESSIVE or ent.doc[last - 1].is_space):
        last -= 1
    return first, last


def _titled(doc: "Doc", first: int, last: int) -> bool:
    """Whether a title makes a person of the name: "Mr. Jordan" is no country, "commander Ivo Brandt" no company."""
    if not first or last - first > 3 or any(t.lower_ in words()["body"] or not t.text[:1].isupper() for t in doc[first:last]):
        return False
    before = doc[first - 1].lower_
    return before.rstrip(".") in _HONORIFICS or (before in words()["title"] and last - first > 1)


def _last_words(paragraphs: Sequence[Paragraph], found: Sequence[Found]) -> frozenset[str]:
    """Surnames of the persons that were found by a title."""
    names = [
        (p.doc, last)
        for p, f in zip(paragraphs, found, strict=True)
        for first, (last, kind) in f.items()
        if kind == "person" and last - first > 1
    ]
    return frozenset(doc[last - 1].text for doc, last in names if len(doc[last - 1]) > 2)


def _with_people(doc: "Doc", found: Found, people: frozenset[str]) -> Found:
    """A surname that stands alone is the person, whatever the tagger called it or if it passed it over."""
    names = dict(found)
    for first, (last, kind) in found.items():
        if kind in ("organisation", "other") and last == first + 1 and doc[first].text in people:
            names[first] = (last, "person")
    taken = {i for first, (last, _) in names.items() for i in range(first, last)}
    for token in doc:
        if token.text in people and token.i not in taken and token.pos_ == "PROPN" and not token.ent_type_:
            names[token.i] = (token.i + 1, "person")
    return names
