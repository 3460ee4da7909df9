"""Which words of one report are names of places: the gazetteer, the tagger's label and the words around decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from stemma.mentions import thresholds
from stemma.mentions.parse import Paragraph, kept
from stemma.mentions.places.gazetteer import LONGEST, Entry, look_up
from stemma.text.countries import demonyms
from stemma.text.data import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


_PLACE = frozenset({"GPE", "LOC", "FAC"})
_NO_NAME = frozenset({"NORP", "DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "LANGUAGE"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_ARTICLES = frozenset({"the", "a", "an"})
_QUARTERS = ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest")
_COMPASS = frozenset(["the", "nearby", "central", *_QUARTERS, *(f"{quarter}ern" for quarter in _QUARTERS)])
_WORLD = frozenset({"country", "continent", "sea", "river"})


@dataclass(frozen=True, slots=True)
class Toponym:
    """Words that name a place: tokens [first, last) of one paragraph, offsets in the report's text.

    `entries` are the places of that name, none where the gazetteer lacks it. `generic` is the kind word beside it:
    "region" ("Kursk oblast"), "settlement" ("city of Kursk") or None. `joined` is whether a comma, a bracket or "in"
    follows, so that the next name may contain it. `is_town` is false of a site called after a place ("Ofton prison"), which has
    that place's entries.
    """

    paragraph: int
    first: int
    last: int
    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]
    generic: str | None
    joined: bool
    is_town: bool = True


def toponyms(paragraphs: Sequence[Paragraph]) -> list[Toponym]:
    """Return the names of places of one report in text order.

    A name that the words around it prove a place once is one wherever the report prints it with nothing against it.
    """
    whole = read_whole(paragraphs)
    sure = {t.text for at, p in enumerate(paragraphs) for t in _in_paragraph(at, p, whole, frozenset())}
    return [t for at, p in enumerate(paragraphs) for t in _in_paragraph(at, p, whole, frozenset(sure))]


@dataclass(frozen=True, slots=True)
class Whole:
    """What the whole report tells about its names: persons', diseases', what somebody is "in", words it also prints small."""

    surnames: frozenset[str]
    forenames: frozenset[str]
    strains: frozenset[str]
    stayed_in: frozenset[str]
    small: frozenset[str]


@dataclass(frozen=True, slots=True)
class _View:
    """One paragraph's parse with the tagger's name on each token, and what the whole report tells."""

    doc: "Doc"
    ents: dict[int, "Span"]
    whole: Whole
    sure: frozenset[str]
    has_site: bool


def _in_paragraph(at: int, paragraph: Paragraph, whole: Whole, sure: frozenset[str]) -> Iterator[Toponym]:
    doc, taken, before = paragraph.doc, 0, -1
    ents = {i: ent for ent in doc.ents for i in range(ent.start, ent.end)}
    view = _View(doc, ents, whole, sure, any(_is_site_word(t) for t in doc))
    for first in range(len(doc)):
        if first < taken or not doc[first].text[:1].isupper():
            continue
        last, entries = _longest_match(doc, first)
        if not (last and (_is_listed(view, before, first, last) or _is_place(view, first, last, entries))):
            last, entries = _unlisted(view, first), ()
        end = _site_end(view, first, last, entries) if view.has_site else 0
        if end or last:
            yield _toponym(at, paragraph, first, end or last, entries, is_town=not end)
            taken = before = end or last


def _site_end(view: _View, first: int, last: int, entries: tuple[Entry, ...]) -> int:
    """The end of a prison's, forest's or airfield's name that goes on after a place's or an unlisted one, or 0.

    After a place that the gazetteer has, the name is longer than the place's only where its last word is a name too: the
    town is named in "Ayton airport", and the airport in "Ayton Airport".
    """
    doc, end = view.doc, last or first
    while not last and end < min(len(doc), first + 3) and doc[end].pos_ == "PROPN" and not _is_site_word(doc[end]):
        end += 1
    name = {t.lower_ for t in doc[first:end]}
    if end == first or name & (words()["never"] | words()["title"] | words()["of site"]) or doc[first:end].text in demonyms():
        return 0
    while end < len(doc) and doc[end].lower_ in words()["of site"]:
        end += 1
    if end >= len(doc) or not _is_site_word(doc[end]) or (entries and not doc[end].text[0].isupper()):
        return 0
    is_club = doc[end].text == "Forest" and doc[max(0, first - 1)].lower_ != "the"
    return 0 if is_club else end + 1


def _is_site_word(token: "Token") -> bool:
    return token.lower_ in words()["site"]


def _toponym(at: int, paragraph: Paragraph, first: int, last: int, entries: tuple[Entry, ...], *, is_town: bool) -> Toponym:
    doc = paragraph.doc
    span = doc[first:last]
    joined = last < len(doc) and doc[last].lower_ in (",", "(", "in", "of")
    start, end = paragraph.start + span.start_char, paragraph.start + span.end_char
    return Toponym(at, first, last, start, end, span.text, entries, generic(doc, first, last), joined, is_town)


@kept
def _longest_match(doc: "Doc", first: int) -> tuple[int, tuple[Entry, ...]]:
    """The gazetteer's longest name that begins here; small words and hyphens may stand inside it but not at its end."""
    short = _abbreviation(doc, first)
    if short:
        return short
    reach = min(len(doc), first + LONGEST)
    ends = [i + 1 for i in range(first, reach) if any(c.isupper() for c in doc[i].text)]
    for last in reversed(ends):
        text = doc[first:last].text
        entries = look_up(text) if ", " not in text else ()
        if entries and not _common(text, entries):
            return last, entries
    return 0, ()


def _common(text: str, entries: tuple[Entry, ...]) -> bool:
    """Whether a name is everyday words, a people's name or too short to be a place's name by itself."""
    if text in demonyms() or text.lower() in words()["never"]:
        return True
    return len(text) < 3 and entries[0].kind not in _WORLD


def _abbreviation(doc: "Doc", first: int) -> tuple[int, tuple[Entry, ...]] | None:
    """A state's short form, whose point the tagger may split off: after a place and a comma, or by itself ("N.J.")."""
    token = doc[first]
    after_comma = first > 1 and doc[first - 1].text == "," and doc[first - 2].ent_type_ != "PERSON"
    after_place = after_comma or (first > 1 and doc[first - 1].text == "-")
    forms = [(token.text, first + 1)]
    if first + 1 < len(doc) and doc[first + 1].text == "." and not token.whitespace_:
        forms.insert(0, (token.text + ".", first + 2))
    elif after_comma:
        forms.append((token.text + ".", first + 1))
    by_itself = token.text.count(".") > 1 or token.text in ("NSW", "ACT")
    return next(((last, _state(text)) for text, last in forms if (after_place or by_itself) and _state(text)), None)


@lru_cache(maxsize=10_000)
def _state(text: str) -> tuple[Entry, ...]:
    for short, country, full in rows("mentions", "abbreviations.tsv"):
        if short == text:
            return tuple(e for e in look_up(full) if e.country == country and e.kind in ("region", "capital"))[:1]
    return ()


def _is_listed(view: _View, before: int, first: int, last: int) -> bool:
    surname = any(t.text in view.whole.surnames for t in view.doc[first:last])
    return goes_on(view.doc, before, first, last) and not surname


def _is_place(view: _View, first: int, last: int, entries: tuple[Entry, ...]) -> bool:
    """The tagger's label and how far it reaches decide; the gazetteer overrules it where the name is well known."""
    doc, whole, sure = view.doc, view.whole, view.sure
    if _abbreviation(doc, first) or opens_report(doc, first, last, entries):
        return True
    if is_held(doc, last, entries) and not after_title(doc, first):
        return True
    text = doc[first:last].text
    ent = next((view.ents[i] for i in range(first, last) if i in view.ents), None)
    label = ent.label_ if ent is not None else ""
    known, kind = _known(text, entries), generic(doc, first, last) is not None
    located = after_locative(doc, first) or kind
    # "Talked to Georgia" is said of who bears the name, too; "in Georgia" of nobody.
    stays = kind or (located and text in whole.stayed_in)
    if _is_no_place(doc, first, last, whole, stays and (label in _PLACE or known == "world")):
        return False
    if text.lower() in words()["doubtful"]:
        return _is_meant(doc, first, last, label in _PLACE, text in sure)
    if text.lower() in whole.small and label not in _PLACE:
        return False
    if doc[last - 1].text == "Airport":
        return True
    if doc[last - 1].text == "County" and any(e.kind == "county" for e in entries):
        return True  # "Alder County Coroner's Office" has the county's whole name
    if ent is not None and (ent.start < first or ent.end > last):
        return _inside_longer(doc, ent, first, last, known)
    if label in _PLACE:
        return bool(known) or located or text in sure or entries[0].people >= thresholds.SMALL
    if label in _NO_NAME or doc[first].pos_ != "PROPN":
        return doc[first].pos_ == "PROPN" and ((known != "" and entries[0].plain) or text in sure)
    if label == "PERSON" and (speaks(doc, last) or not known):
        return located or text in sure
    return bool(known) or located or text in sure


def _is_meant(doc: "Doc", first: int, last: int, tagged: bool, sure: bool) -> bool:
    """Whether a name that is a word too, or that of who works in a house, is the place here: "in Nice", "at the White House"."""
    if last - first == 1:
        return tagged and (sure or after_locative(doc, first))
    return after_locative(doc, first) and doc[first - 1 - (doc[first - 1].lower_ in _ARTICLES)].lower_ not in _SPOKEN


_SPOKEN = frozenset({"from", "to", "between", "across"})
"""What stands before a house's name where those who work there speak or are spoken to."""
_INSIDE = frozenset({"in", "near", "at", "around", "across", "throughout", "inside", "within", "into"})
"""Prepositions that no person's name follows."""
_DASHES = frozenset({"—", "–", "-", "--"})


def opens_report(doc: "Doc", first: int, last: int, entries: tuple[Entry, ...]) -> bool:
    """Return whether a name is a dateline: in capitals, at the head, a dash behind it or what contains it ("ALDEN, Ky. —")."""
    text = doc[first:last].text
    if first or not text.isupper() or last >= len(doc) or max(e.people for e in entries) < thresholds.SMALL:
        return False
    after = doc[last].text
    return after in _DASHES or (after == "(" and doc[last + 1 : last + 2].text.isupper()) or is_held(doc, last, entries)


def is_held(doc: "Doc", last: int, entries: tuple[Entry, ...]) -> bool:
    """Return whether a comma and the state or country that contains the place follow: "Ada, Oklahoma" is no woman."""
    at = last + 2 if doc[last + 1 : last + 2].text in _COMPASS else last + 1
    if at >= len(doc) or doc[last].text != "," or not doc[at].text[:1].isupper():
        return False
    end, holders = _longest_match(doc, at)
    if not end or (end < len(doc) and doc[end].text == "and"):
        return False
    states = {h.row for h in holders if h.kind == "region"}
    countries = {h.country for h in holders if h.kind == "country"}
    cities = [e for e in entries if e.kind in ("city", "capital")]
    return any(e.state in states or (e.country in countries and e.people >= thresholds.SMALL) for e in cities)


def _is_no_place(doc: "Doc", first: int, last: int, whole: Whole, located: bool) -> bool:
    """Whether the report shows the name to be a person's or a disease's."""
    text = doc[first:last].text
    if after_title(doc, first) or inside_person(doc, first, last):
        return True
    if text in whole.strains or before_strain(doc, last):
        return True
    return (text in whole.surnames or text in whole.forenames) and not located


def _known(text: str, entries: tuple[Entry, ...]) -> str:
    """How well known the best bearer of the name is: "world" (country, continent, sea), "big", or ""."""
    if any(e.kind in _WORLD or (e.kind == "other" and e.people >= thresholds.COUNTRYWIDE) for e in entries):
        return "world"
    well = text.lower() in words()["known"]
    return "big" if any(e.people >= thresholds.BIG and (e.plain or well) for e in entries) else ""


def _inside_longer(doc: "Doc", ent: "Span", first: int, last: int, known: str) -> bool:
    """A name inside a longer one: a body of a place keeps it ("Kursk Police"), a newspaper or person does not."""
    rest = {t.lower_ for t in ent if not first <= t.i < last and t.text not in _POSSESSIVE and t.lower_ not in _ARTICLES}
    if not rest:
        return ent.label_ in _PLACE or bool(known)
    if rest & words()["outfit"]:
        return False
    if ent.label_ in _PLACE:
        whole = ent.label_ == "GPE" and not _goes_on_in_name(doc, ent, first, last)
        return bool(known) or whole or doc[first - 1].text in (",", "and")
    if ent.label_ != "ORG" or not known:
        return bool(rest & words()["region"]) and ent.label_ != "PERSON" and last == ent.end
    opens = all(t.lower_ in _ARTICLES for t in doc[ent.start : first])
    closes = all(t.text in _POSSESSIVE for t in doc[last : ent.end])
    return opens or closes


def _goes_on_in_name(doc: "Doc", ent: "Span", first: int, last: int) -> bool:
    """Whether a place's name is only part of one that the gazetteer lacks: "Santa Kessel" is not Kessel."""
    beside = [doc[i] for i in (first - 1, last) if ent.start <= i < ent.end]
    plain = _COMPASS | words()["region"] | words()["settlement"]
    return any(t.text[:1].isupper() and t.lower_ not in plain for t in beside)


def _unlisted(view: _View, first: int) -> int:
    """The end of a name that the gazetteer lacks, or 0: the tagger says place after "in", or it is a "village of"."""
    doc, whole, ent = view.doc, view.whole, view.ents.get(first)
    if ent is None or ent.start != first or doc[first].pos_ != "PROPN" or ent.label_ in _NO_NAME or len(doc[first]) < 3:
        return 0
    last = ent.end - 1 if ent[-1].text in _POSSESSIVE else ent.end
    names = {t.text for t in doc[first:last]}
    if last <= first or names & (whole.surnames | whole.strains | demonyms()) or names <= whole.forenames:
        return 0
    if {n.lower() for n in names} & (words()["outfit"] | words()["never"] | words()["doubtful"]):
        return 0
    if ent.label_ == "GPE" and after_locative(doc, first):
        return last
    return last if after_kind(doc, first) and last - first <= 3 else 0


def read_whole(paragraphs: Sequence[Paragraph]) -> Whole:
    """Return what all paragraphs of a report tell about names."""
    last_names, first_names, strains, stayed_in, small = set(), set(), set(), set(), set()
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
            elif token.i and token.nbor(-1).lower_ in _INSIDE:
                stayed_in.add(token.text)
    return Whole(*(frozenset(names) for names in (last_names, first_names, strains, stayed_in, small)))


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
    """Return whether a capitalised title stands before the name, or whose relative it is: "his sister Paris", "wife, Tonya"."""
    if not first:
        return False
    before, kin = doc[first - 1], doc[first - 2] if first > 1 and doc[first - 1].text == "," else doc[first - 1]
    return (before.lower_ in words()["title"] and before.text[:1].isupper()) or kin.text.removesuffix("s") in words()["kin"]


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
