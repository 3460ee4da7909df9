"""What the words around a capitalised name say about it: a person, a place, a disease, part of a list of places."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from stemma.mentions.parse import Paragraph
from stemma.mentions.places.gazetteer import look_up
from stemma.text.data import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc

_COMPASS = frozenset({"the", "nearby", "northern", "southern", "eastern", "western", "central"})


@dataclass(frozen=True, slots=True)
class Whole:
    """What the whole report tells about its names: persons' names, names of diseases, words it also prints small."""

    surnames: frozenset[str]
    forenames: frozenset[str]
    strains: frozenset[str]
    small: frozenset[str]


def read_whole(paragraphs: Sequence[Paragraph]) -> Whole:
    """Return what all paragraphs of a report tell about names."""
    last_names, first_names, strains, small = set(), set(), set(), set()
    for doc in (p.doc for p in paragraphs):
        for ent in doc.ents:
            name = [t.text for t in ent if t.text[:1].isupper() and t.lower_ not in words()["title"]]
            if ent.label_ == "PERSON" and len(name) > 1 and not look_up(" ".join(name)):
                last_names.add(name[-1])
                first_names.add(name[0])
        for token in doc:
            if token.is_lower:
                small.add(token.lower_)
            elif before_strain(doc, token.i + 1):
                strains.add(token.text)
    return Whole(frozenset(last_names), frozenset(first_names), frozenset(strains), frozenset(small))


@lru_cache(maxsize=1)
def words() -> dict[str, frozenset[str]]:
    """Return the word groups of place_words.tsv."""
    groups: dict[str, set[str]] = {}
    for group, word in rows("mentions", "place_words.tsv"):
        groups.setdefault(group, set()).add(word)
    return {group: frozenset(members) for group, members in groups.items()}


def generic(doc: "Doc", first: int, last: int) -> str | None:
    """Return the kind of the word beside a name: "Kursk region" is region, "the town of Kursk" settlement."""
    beside = [doc[last].lower_] if last < len(doc) else []
    before = [doc[i].lower_ for i in range(max(0, first - 2), first)]
    beside += before[-1:] if before[-1:] != ["of"] else before[-2:-1]
    for group in ("region", "settlement"):
        if any(word in words()[group] for word in beside):
            return group
    return None


def after_kind(doc: "Doc", first: int) -> bool:
    """Return whether "village of", "towns of", "province of" and the like stand before the name."""
    kinds = words()["settlement"] | words()["region"]
    return first > 1 and doc[first - 1].lower_ == "of" and doc[first - 2].lower_.removesuffix("s") in kinds


def after_locative(doc: "Doc", first: int) -> bool:
    """Return whether "in", "from" and the like stand before the name, at most "the" or "northern" between."""
    at = first - 1
    while at >= 0 and first - at < 3 and doc[at].lower_ in _COMPASS:
        at -= 1
    return at >= 0 and doc[at].lower_ in words()["locative"]


def after_title(doc: "Doc", first: int) -> bool:
    """Return whether a capitalised title stands before the name."""
    return first > 0 and doc[first - 1].lower_ in words()["title"] and doc[first - 1].text[:1].isupper()


def inside_person(doc: "Doc", first: int, last: int) -> bool:
    """Return whether a person's name goes on right after the name, or began right before it."""
    after = last < len(doc) and doc[last].ent_type_ == "PERSON" and doc[last].ent_iob_ == "I"
    before = first > 0 and doc[first - 1].ent_type_ == "PERSON" and doc[first].ent_iob_ == "I"
    return after or before


def before_strain(doc: "Doc", last: int) -> bool:
    """Return whether "virus", "fever" and the like follow: what is called so is a disease."""
    return last < len(doc) and doc[last].lower_ in words()["strain"]


def speaks(doc: "Doc", last: int) -> bool:
    """Return whether a verb of speech follows."""
    return last < len(doc) and doc[last].lower_ in words()["speech"]


def goes_on(doc: "Doc", before: int, first: int, last: int) -> bool:
    """Return whether a list of places goes on after the one that ended at `before`: "A, B and C", no verb after C."""
    if before < 0 or doc[first].ent_type_ == "NORP" or not 1 <= first - before <= 2:
        return False
    between = [t.lower_ for t in doc[before:first]]
    after = doc[last].lower_ if last < len(doc) else "."
    if between == [","]:
        return after in (",", "and")
    return between in (["and"], [",", "and"], ["or"]) and (after in ("in", "on", "after") or not after.isalpha())
