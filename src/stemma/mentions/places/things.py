"""Which names of places are names of things in a story: a hotel, a rocket or a film that is called after a town.

A thing shows by how it is printed: inside a longer name ("Ayton Bay", "Deadline Ayton") or, where the gazetteer has a town,
behind "the". What the story prints so more often than as a place is the thing where it is shortened too.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stemma.mentions import thresholds
from stemma.mentions.parse import Paragraph, kept
from stemma.mentions.places.gazetteer import Entry, gazetteer_key
from stemma.mentions.places.toponyms import after_locative, generic, is_held, opens_report, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def things(paragraphs: Sequence[Paragraph], meant: Mapping[str, Entry]) -> frozenset[str]:
    """Return which names, of those that a story prints, are things, given what each means if it is a place.

    A large place that has company in the story is none: a club bears its town's name. One far from all others, or a small one,
    is a thing where it is printed so more often than as a place; and the far one where nothing shows it to be a place.
    """
    countries = Counter(country for _, country in {(gazetteer_key(n), e.country) for n, e in meant.items() if e.country})
    elsewhere = max(countries.values(), default=0) >= thresholds.COMPATRIOTS
    far = {n for n, e in meant.items() if elsewhere and e.kind in _LOCAL and countries[e.country] == 1}
    small = {n for n, e in meant.items() if e.kind == "city" and e.people < thresholds.BIG}
    weak = {n: meant[n] for n in sorted(far | small)}
    if not weak:
        return frozenset()
    signs = Counter(s for p in paragraphs for s in _signs(p.doc, tuple(weak.items())))
    return frozenset(
        n
        for n in weak
        if not signs[n, "proved"]
        and (signs[n, "thing"] > thresholds.CALLED * signs[n, "place"] or (n in far and not signs[n, "place"]))
    )


_LOCAL = frozenset({"city", "county", "region"})


@kept
def _signs(doc: "Doc", meant: tuple[tuple[str, Entry], ...]) -> list[tuple[str, str]]:
    """What each printing of the names tells: proved (its state follows), place, thing, or nothing."""
    entries, signs = dict(meant), []
    for match in re.finditer(rf"\b(?:{'|'.join(map(re.escape, entries))})\b", doc.text):
        span, name = doc.char_span(*match.span()), match.group()
        if span is not None:
            signs.append((name, _sign(doc, span.start, span.end, entries[name])))
    return signs


def _sign(doc: "Doc", first: int, last: int, entry: Entry) -> str:
    if is_held(doc, last, (entry,)):
        return "proved"
    if opens_report(doc, first, last, (entry,)) or generic(doc, first, last):
        return "place"
    before, after = _began(doc, first), _goes_on(doc, last)
    if before or after:
        within = doc[last if after else first]
        is_part = within.ent_iob_ == "I" and within.ent_type_ in ("GPE", "LOC")
        return "nothing" if is_part and entry.people < thresholds.BIG else "thing"
    if entry.kind == "city" and first and doc[first - 1].lower_ == "the":
        return "nothing" if last < len(doc) and doc[last].pos_ in ("NOUN", "PROPN", "ADJ", "CCONJ") else "thing"
    is_alone = doc[last - 1].dep_ != "compound" and (after_locative(doc, first) or _in_list(doc[last - 1]))
    return "place" if is_alone else "nothing"


def _goes_on(doc: "Doc", last: int) -> bool:
    groups = words()
    others = groups["body"] | groups["title"] | groups["site"] | groups["strain"]
    return last < len(doc) and _is_name(doc[last]) and doc[last].lower_ not in others


def _began(doc: "Doc", first: int) -> bool:
    before = doc[first - 1] if first else None
    return before is not None and before.dep_ == "compound" and _is_name(before) and before.lower_ not in words()["title"]


def _in_list(token: "Token") -> bool:
    """Whether a name is joined to another that a preposition governs: "in Ayton and Morrow"."""
    return token.dep_ == "conj" and token.head.dep_ in ("pobj", "conj")


def _is_name(token: "Token") -> bool:
    return token.pos_ == "PROPN" and token.text[0].isupper() and token.ent_type_ not in ("DATE", "TIME")
