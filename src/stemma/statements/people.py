"""The people of a story: full names, spellings, titles and genders from all of its reports, as one register."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from operator import itemgetter
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from stemma.mentions.parse import Paragraph
from stemma.reports.outlets import known_outlet
from stemma.statements import thresholds
from stemma.statements.designation import OFFICES, Designation, TitleWords, country_key, designation_of, held, is_body, is_role
from stemma.statements.unparsed import frames
from stemma.text.data import rows, word_lists, words_of
from stemma.text.normal import fold, latin
from stemma.text.once import Once

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

SourceKey = tuple[object, ...]
"""What a source is pooled by: ("person", place in the register), ("organisation", words) …"""
Place = tuple[str, int, int]
"""Report id and offsets."""
_FIRST_NAMES = word_lists("statements", "first_names.tsv")
_SHORT_FORMS = tuple(frozenset(row[0].split()) for row in rows("statements", "short_names.tsv"))
_NO_NAME = re.compile(r"[@/#•\d]|\.com\b")
"""What a post or a list leaves in words that are taken for a name."""
PRONOUN_GENDER = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female"}
_ITS = {"its", "itself"}
_TOLD = _ITS | PRONOUN_GENDER.keys()


@dataclass(slots=True)
class Person:
    """One person of the story; `names` maps each printed full name to the places where it stands, in order."""

    names: dict[tuple[str, ...], list[Place]] = field(default_factory=dict)
    titles: dict[TitleWords, list[Place]] = field(default_factory=dict)
    genders: set[str] = field(default_factory=set)
    called: set[tuple[str, ...]] = field(default_factory=set)
    """What a page prints for a name that it runs together with the words beside it."""
    alone: int = 0
    """How often the surname stands with a title or a courtesy that are no namesake's."""

    @property
    def surnames(self) -> set[str]:
        """The spellings of the last name, and of the first where it is the family's."""
        return {name[-1] for name in self.names} | {name[0] for name in self.names if _family_first(name)}

    @property
    def own_names(self) -> list[tuple[str, ...]]:
        """The names without those that put something before one of them: of "Ada Lee" and "Oster Port Ada Lee" the first."""
        shorter = {n for n in self.names if len(n) > 1}
        return [
            name for name in self.names
            if gender_of(name[0]) is not None or not any(name[k:] in shorter for k in range(1, len(name)))
        ]  # fmt: skip

    @property
    def printed_right(self) -> list[tuple[str, ...]]:
        """The own names without the misprints of another: "Adr Lee" where more reports, or more places of one, have "Ada Lee"."""
        own = self.own_names
        return [n for n in own if not any(self._printed(n) < self._printed(m) and _one_slip(n, m) for m in own)]

    def _printed(self, name: tuple[str, ...]) -> tuple[int, int]:
        """In how many reports a name stands, and how often."""
        return len({report for report, _, _ in self.names[name]}), len(self.names[name])

    def can_be(self, gender: str | None) -> bool:
        """Whether a printed gender ("Ms", "he") does not speak against this person."""
        return gender is None or not self.genders or gender in self.genders

    def is_named_in(self, report: str) -> bool:
        """Whether a report prints the full name."""
        return any(_in_report(places, report) for places in self.names.values())

    def last_named(self, report: str, place: int) -> int | None:
        """Return where a report last gives the full name before a place in it."""
        before = (places[n - 1] for places in self.names.values() if (n := bisect_left(places, (report, place, 0))))
        return max((start for named, start, _ in before if named == report), default=None)

    def name_ending_at(self, report: str, end: int) -> bool:
        """Whether a report gives the full name right before a place in it."""
        before = (places[n - 1] for places in self.names.values() if (n := bisect_left(places, (report, end, 0))))
        return any((named, past) == (report, end) for named, _, past in before)


def _one_slip(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names differ in one letter, or in two that change places; an initial that a name has besides is none."""
    return len(a) == len(b) and OSA.distance(" ".join(a), " ".join(b), score_cutoff=1) == 1


def _in_report(places: Sequence[Place], report: str) -> Sequence[Place]:
    """Those of some places in the order of their reports that stand in one."""
    first = bisect_left(places, report, key=itemgetter(0))
    return places[first : bisect_right(places, report, lo=first, key=itemgetter(0))]


def register(reports: Iterable[tuple[str, Sequence[Paragraph]]]) -> list[Person]:
    """Return the people whom at least one report gives a full name, whatever the order of the reports."""
    found: dict[tuple[str, ...], list[tuple[Place, Designation]]] = {}
    reports = sorted(reports, key=lambda r: r[0])
    once = Once()
    parsed = [p for _, paragraphs in reports for p in paragraphs if p.doc.has_annotation("DEP")]
    bodies, common, articled = _no_persons(parsed)
    sites = Counter(_words_of(e) for p in parsed for e in p.doc.ents if e.label_ in ("GPE", "LOC", "FAC", "EVENT"))
    for report, paragraphs in reports:
        for paragraph in paragraphs:
            for token, described in once.of(paragraph.doc, partial(_full_names, paragraph)):
                place = (report, paragraph.start + token.idx, paragraph.start + token.idx + len(token))
                found.setdefault(described.name, []).append((place, described))
    for name in list(found):
        # Mostly tagged a body's, with an article, or ending in a word that the story prints small: a firm's or a thing's.
        body = bodies[name] > 2 * len(found[name]) or name in articled or name[-1].lower() in common
        # What the story tags a place or an event is none either, whatever stands before it: "Lindchester, North Dakota".
        site = sites[name] > 2 * len(found[name]) and gender_of(name[0]) is None
        if site or (body and not _is_somebodys(name, found[name])):
            del found[name]
    small = _qualities(parsed)
    called = _cut_to_names(found, small)
    people: list[Person] = []
    near: dict[Hashable, set[int]] = defaultdict(set)
    for name in sorted(found, key=lambda n: (-len(found[n]), n)):
        likely = sorted(set().union(*(near[key] for key in _keys_of(name))))
        fitting = [n for n in likely if all(same_person(name, other) for other in people[n].names)]
        if len(fitting) != 1:
            fitting = [len(people)]
            people.append(Person())
        person = people[fitting[0]]
        for key in _keys_of(name):
            near[key].add(fitting[0])
        person.names[name] = [place for place, _ in found[name]]
        for place, described in found[name]:
            for title in described.titles:
                person.titles.setdefault(title, []).append(place)
            person.genders |= {described.gender} - {None}  # type: ignore[arg-type]
    people += _of_one_name(reports, people)
    for person in people:
        person.genders = person.genders or {g for name in person.names if (g := gender_of(name[0])) is not None}
        person.called |= {
            name for name, own in called.items()
            if own in person.names or (len(own) == 1 and any(own[0] in (n[0], n[-1]) for n in person.names))
        }  # fmt: skip
    _add_titles(people, reports, small)
    _add_genders(people, parsed)
    for places in (kept for p in people for kept in (*p.names.values(), *p.titles.values())):
        places.sort()
    return people


def _keys_of(name: tuple[str, ...]) -> set[Hashable]:
    """What two names have in common, at least one of these, that can be one person's (`same_person`)."""
    surname = plain(name[-1])
    return {("first", name[0]), ("last", name[-1]), ("letters", _syllables(name)), ("ends", surname[:1], surname[-1:])}


def _of_one_name(reports: Iterable[tuple[str, Sequence[Paragraph]]], people: Sequence[Person]) -> list[Person]:
    """Those whom a story calls by one name alone and tells of with "his" or "her" behind it: "Oriana … her cousin"."""
    known = {part for p in people for name in p.names for part in name}
    told: dict[str, Counter[str]] = {}
    places: dict[str, list[Place]] = {}
    tagged: set[str] = set()
    for report, paragraph in ((r, p) for r, paragraphs in reports for p in paragraphs if p.doc.has_annotation("DEP")):
        for sentence in paragraph.doc.sents:
            names = {t.text for t in sentence if t.text in known or t.ent_type_ == "PERSON"}
            for token in (t for t in sentence if t.pos_ == "PROPN" and t.text not in known and len(designation_of(t).name) == 1):
                at = paragraph.start + token.idx
                places.setdefault(token.text, []).append((report, at, at + len(token)))
                tagged |= {token.text} if token.ent_type_ == "PERSON" else set()
                if token.dep_ in ("nsubj", "nsubjpass") and names <= {token.text}:
                    behind = (PRONOUN_GENDER.get(t.lower_, "it") for t in sentence if t.i > token.i and t.lower_ in _TOLD)
                    told.setdefault(token.text, Counter()).update(behind)
    most = {n: c.most_common(1)[0] for n, c in sorted(told.items()) if c and n in tagged and not names_outlet((n,))}
    called = {n: gender for n, (gender, count) in most.items() if gender != "it" and count >= thresholds.CALLED_IT}
    return [Person({(name,): places[name]}, genders={gender}) for name, gender in called.items()]


def _cut_to_names(
    found: dict[tuple[str, ...], list[tuple[Place, Designation]]], small: set[str]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Cut the names that a page has run together with the words beside them, in place; return what each was cut to.

    What somebody is or how stands before a name of the story, or behind one, or another's surname does: "Outgoing Lee",
    "Lawyer Ada Lee", "Ada Lee Previously", "Ada Lee Holm".
    """
    counted = {name: len(places) for name, places in found.items()}
    ends = Counter(part for name in counted for part in {name[0], name[-1]})
    behind: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name in counted:
        for k in range(len(name)):
            behind[name[k:]].add(name[0])
    called = {name: own for name in counted if (own := _own(name, counted, ends, behind, small)) != name}
    for name, own in called.items():
        places = found.pop(name)
        if len(own) > 1:
            found.setdefault(own, []).extend(places)
    return called


def _own(
    name: tuple[str, ...],
    counted: dict[tuple[str, ...], int],
    ends: Counter[str],
    behind: dict[tuple[str, ...], set[str]],
    small: set[str],
) -> tuple[str, ...]:
    """What a name is cut to; `ends` counts names that begin or end in a word, `behind` has the first words before an ending."""
    first = next((k for k, word in enumerate(name) if not _is_beside(word, small)), 0)
    for tail in (name[k:] for k in range(1, first + 1)):
        # The name itself ends in its tail.
        if tail in counted or (len(tail) == 1 and ends[tail[0]] > 1):
            return tail
    for k in range(len(name) - 1, 1, -1):
        head, rest = name[:k], name[k:]
        another = bool(behind[rest] - {name[0]})
        if counted.get(head, 0) > counted[name] and (another or all(_is_beside(w, small) for w in rest)):
            return head
    return name


def _is_beside(word: str, small: set[str]) -> bool:
    """Whether a word with a capital is no name: it says what somebody is or how, and nobody is called so."""
    says = word.lower() in small or is_role(frozenset((word.lower(),)))
    return says and gender_of(word) is None and not _family_first((word, ""))


def _qualities(paragraphs: Sequence[Paragraph]) -> set[str]:
    """The adjectives, participles and adverbs that a story prints in small letters, and what it calls "the Democrat"."""
    tags, inner = ("JJ", "VBN", "VBG", "RB"), ("compound", "flat", "poss", "amod", "nmod")
    small = {t.lower_ for p in paragraphs for t in p.doc if t.tag_ in tags and t.is_lower}
    behind = (t for p in paragraphs for t in p.doc[1:] if t.nbor(-1).tag_ == "DT" and t.is_title and t.tag_ in ("NN", "NNP"))
    return small | {t.lower_ for t in behind if t.dep_ not in inner}


def _no_persons(paragraphs: Sequence[Paragraph]) -> tuple[Counter[tuple[str, ...]], set[str], set[tuple[str, ...]]]:
    """How often each name is tagged a body's, the nouns that a story prints in small letters, the names with an article."""
    entities = (e for p in paragraphs for e in p.doc.ents if e.label_ in ("ORG", "PRODUCT", "FAC", "GPE", "LOC"))
    bodies = Counter(map(_words_of, entities))
    alone = {e[-1].lower_ for p in paragraphs for e in p.doc.ents if e.label_ == "PERSON" and _is_surname(e)}
    common = {t.lower_ for p in paragraphs for t in p.doc if t.pos_ in ("NOUN", "ADJ") and t.is_lower} | OFFICES["thing"]
    persons = [e for p in paragraphs for e in p.doc.ents if e.label_ == "PERSON"]
    behind_the = (e for e in persons if "the" in (e[0].lower_, e.doc[max(e.start - 1, 0)].lower_) and e[-1].dep_ != "compound")
    return bodies, common - alone, set(map(_words_of, behind_the))


def _words_of(entity: "Span") -> tuple[str, ...]:
    """The words of a name without the article and what else is tagged with it."""
    return tuple(t.text for t in entity if t.pos_ == "PROPN")


def _is_surname(entity: "Span") -> bool:
    """Whether a person is named by one word, or by a courtesy and one: "Holm", "Ms Holm"."""
    return len(entity) == 1 or (len(entity) == 2 and entity[0].lower_ in OFFICES["male"] | OFFICES["female"])


def _is_somebodys(name: tuple[str, ...], places: Sequence[tuple[Place, Designation]]) -> bool:
    """Whether a first name, or a title that only people bear, says that a name is a person's."""
    return gender_of(name[0]) is not None or any(is_role(t) for _, d in places for t in d.titles)


def _add_titles(people: Sequence[Person], reports: Iterable[tuple[str, Sequence[Paragraph]]], small: set[str]) -> None:
    """Give the one bearer of a surname the titles that stand before it alone: "President Holm", "Outgoing Holm"."""
    bearing, once = _by_surname(people), Once()
    for report, paragraphs in reports:
        for paragraph in (p for p in paragraphs if p.doc.has_annotation("DEP")):
            for token, described in once.of(paragraph.doc, partial(_called, paragraph, bearing.keys())):
                fitting = [p for p in bearing[token.text] if p.can_be(described.gender)]
                if described.name == (token.text,):
                    fitting = [p for p in fitting if set(described.titles) & p.titles.keys()] if len(fitting) > 1 else fitting
                    for person in fitting if len(fitting) == 1 else ():
                        person.alone += bool(described.titles or described.gender)
                        for title in described.titles:
                            place = (report, paragraph.start + token.idx, paragraph.start + token.idx + len(token))
                            person.titles.setdefault(title, []).append(place)
                elif described.name[-1:] == (token.text,) and all(_is_beside(word, small) for word in described.name[:-1]):
                    for person in fitting:
                        person.called.add(described.name)


def _by_surname(people: Sequence[Person]) -> dict[str, list[Person]]:
    """Those who bear each surname, in their order."""
    found: dict[str, list[Person]] = {}
    for person in people:
        for surname in person.surnames:
            found.setdefault(surname, []).append(person)
    return found


def _called(paragraph: Paragraph, surnames: Collection[str]) -> "list[tuple[Token, Designation]]":
    bare = (t for t in paragraph.doc if t.text in surnames and t.dep_ not in ("compound", "flat"))
    return [(t, designation_of(t)) for t in bare]


def _add_genders(people: Sequence[Person], paragraphs: Sequence[Paragraph]) -> None:
    """Give those whose first name tells nothing the gender of the pronouns behind their name, where nobody else is named."""
    surnames = _by_surname(people)
    counted = {id(p): Counter[str]() for p in people if not p.genders}
    for sentence in (s for p in paragraphs for s in p.doc.sents) if counted else ():
        bearers_of = {id(p): p for t in sentence if t.text in surnames for p in surnames[t.text]}
        named = [t for t in sentence if t.text in surnames or t.ent_type_ == "PERSON"]
        if len(bearers_of) != 1 or not bearers_of.keys() <= counted.keys() or len({t.text for t in named} - surnames.keys()) > 1:
            continue
        behind = {PRONOUN_GENDER[t.lower_] for t in sentence if t.i > named[0].i and t.lower_ in PRONOUN_GENDER}
        counted[next(iter(bearers_of))].update(behind)
    for person in people:
        told = counted.get(id(person), Counter())
        person.genders |= {g for g, n in told.items() if n >= thresholds.PRONOUNS_OF_ONE * told.total()}


def called_it(paragraphs: Iterable[Paragraph]) -> frozenset[str]:
    """Return the names, as `plain` writes them, behind which sentences go on with "its" more often than with "his" or "her"."""
    told: dict[str, Counter[bool]] = {}
    for sentence in (s for p in paragraphs if p.doc.has_annotation("DEP") for s in p.doc.sents):
        last = {t.lower_ in _ITS: t.i for t in sentence if t.lower_ in _TOLD}
        names = {plain(t.text): t.i for t in reversed(list(sentence)) if t.pos_ == "PROPN"} if last else {}
        for name, at in names.items():
            told.setdefault(name, Counter()).update(its for its, i in last.items() if at < i)
    return frozenset(n for n, c in told.items() if c[True] >= thresholds.CALLED_IT and c[True] > c[False])


def _full_names(paragraph: Paragraph) -> "list[tuple[Token, Designation]]":
    if not paragraph.doc.has_annotation("DEP"):
        return list(_speakers_abroad(paragraph))
    heads = (t for t in paragraph.doc if t.pos_ == "PROPN" and t.dep_ not in ("compound", "flat"))
    described = ((t, designation_of(t)) for t in heads)
    return [*((t, d) for t, d in described if len(d.name) >= 2 and is_person(d)), *_tagged_names(paragraph.doc)]


def _tagged_names(doc: "Doc") -> "Iterable[tuple[Token, Designation]]":
    """Names that the tagger took for a person's and the parser for other words: "Brittany Nicely"."""
    for entity in doc.ents:
        if entity.label_ == "PERSON" and any(t.pos_ not in ("PROPN", "PART", "PUNCT") for t in entity):
            name = tuple(t.text for t in entity)
            described = Designation(name, (), "", None, True, False, "PERSON")
            if len(name) > 1 and all(part.istitle() and part.isalpha() for part in name) and is_person(described):
                yield entity[-1], described


def _speakers_abroad(paragraph: Paragraph) -> "Iterable[tuple[Token, Designation]]":
    """In a language without a parser: the full names beside a word for "said", in the form that a subject has."""
    for frame in frames(paragraph.doc):
        if len(frame.name) >= 2 and frame.last is not None and not frame.declined:
            yield paragraph.doc[frame.last], Designation(frame.name, (), "", None, True, False, "PERSON")


def is_person(described: Designation) -> bool:
    """Whether a described name is a person's: recognised as one, or with a title that only people bear."""
    last = fold(described.name[-1]) if described.name else ""
    if any(_NO_NAME.search(part) for part in described.name):
        return False
    if names_outlet(described.name) or last in OFFICES["many"]:
        return False
    if last and (described.name[0].lower() == "the" or (len(described.name[0]) > 7 and described.name[0].endswith("ing"))):
        return False
    if not last or held(last) != last or country_key(" ".join(described.name).lower()) or last in OFFICES["organisation"]:
        return False
    titled = any(is_role(key) for key in described.titles)
    # The tagger takes Theresa May for a month.
    dated = described.entity == "DATE" and len(described.name) > 1 and gender_of(described.name[0]) is not None
    if described.entity == "PERSON" or dated:
        return titled or not any(is_body(key) for key in described.titles)
    return titled and described.entity in ("", "ORG", "GPE", "FAC", "PRODUCT", "WORK_OF_ART")


def names_outlet(name: tuple[str, ...]) -> bool:
    """Whether a name is of those who print and broadcast: by a word in it, or a well-known one that is nobody's first name."""
    known = known_outlet(" ".join(name)) is not None and gender_of(name[0]) is None
    return known or bool({fold(part) for part in name} & OFFICES["outlet"])


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two printed names can be one person's: the same surname in some spelling, and first names that agree."""
    short, full = sorted((a, b), key=len)
    if len(short) > 1 and short in (full[: len(short)], full[-len(short) :]):
        return True
    if len(short) > 1 and _syllables(a) == _syllables(b):
        return True
    if not same_surname(a[-1], b[-1]):
        return False
    if len(short) == 1:
        return True
    genders = {gender_of(a[0]), gender_of(b[0])} - {None}
    if len(genders) > 1:
        return False
    if any({fold(a[0]), fold(b[0])} <= forms for forms in _SHORT_FORMS):
        return True
    first, second = plain(a[0]), plain(b[0])
    return first[:1] == second[:1] and (
        min(len(first), len(second)) == 1
        or fuzz.ratio(first, second) >= thresholds.SPELLED_FIRST_NAME
        or first.startswith(second)
        or second.startswith(first)
    )


def _syllables(name: tuple[str, ...]) -> str:
    """The letters of a name that is printed with hyphens or without: "Han Do-yun", "Han Do Yun"."""
    return "".join(plain(part) for part in name).replace("-", "")


def _family_first(name: tuple[str, ...]) -> bool:
    return len(name) > 1 and fold(name[0]) in words_of("statements", "family_names.txt")


@lru_cache(maxsize=200_000)
def same_surname(a: str, b: str) -> bool:
    """Whether two surnames are one in different transliterations (Petrenko, Petrenco; -sky, -skyi, -skii)."""
    x, y = plain(a), plain(b)
    return x == y or (
        min(len(x), len(y)) >= thresholds.SURNAME_LETTERS
        and x[0] == y[0]
        and fuzz.ratio(x, y) >= thresholds.SPELLED_SURNAME
        and x[-1] == y[-1]
    )


@lru_cache(maxsize=50_000)
def plain(name: str) -> str:
    """Return a name in Latin letters, those folded that transliterations of one name differ in."""
    folded = fold(latin(name)).replace("'", "").replace(".", "")
    folded = folded.replace("j", "y").replace("kh", "h")
    folded = folded[1:] if folded.startswith("ye") else folded
    return folded.replace("y", "i").replace("ii", "i")


def gender_of(first: str) -> str | None:
    """Return "male" or "female" for a first name that only men or only women bear, else None."""
    folded = fold(first)
    for name in (folded, folded.partition("-")[0]):
        for gender, names in _FIRST_NAMES.items():
            if name in names:
                return gender
    return None


def bearers(report: str, place: int, key: TitleWords, people: Sequence[Person]) -> list[Person]:
    """Return the people who bear a title: exactly it, else with more words to it.

    Across reports only a title that says of what, or that of one whom this report has named: "the spokesman" alone stays in
    its report. What is no title of a person is nobody's for a part of it: "the zoo" is not its director.
    """
    if not is_role(key):
        return [p for p in people if key in p.titles and not is_body(key)]
    exact = [p for p in people if any(key in (title, _led(title)) for title in p.titles)]
    if exact and len(key) > 1:
        return _nearest(report, place, exact, key)
    here = [
        p
        for p in people
        if any(_holds(title, key) and _stands_before(places, report, place) for title, places in p.titles.items())
    ]
    if here:
        return _nearest(report, place, here, key)
    wider = [p for p in people if any(_holds(title, key) for title in p.titles)] if len(key) > 1 else []
    owned = [p for p in people if any(len(t) > 1 and t < key and key - t <= OFFICES["owner"] for t in p.titles)]
    owned = owned or [p for p in people if p.is_named_in(report) and any(len(t) > 1 and t < key and is_role(t) for t in p.titles)]
    if found := (exact if len(key) > 1 else []) or wider or owned:
        return found
    named_here = [p for p in people if any(_holds(title, key) for title in p.titles) and p.last_named(report, place) is not None]
    return named_here if len(named_here) == 1 else []


def _holds(title: TitleWords, key: TitleWords) -> bool:
    """Whether somebody with a title can be called by some of its words: of the president's spokesman only the latter."""
    return key <= title and not (title - key) & OFFICES["another"]


def _led(title: TitleWords) -> TitleWords:
    """A president is also the country's leader: "the Russian leader"."""
    nation = {w for w in title if w.startswith("=")}
    return frozenset(nation | {"head"}) if nation and title & OFFICES["leading"] else title


def _stands_before(places: Sequence[tuple[str, int, int]], report: str, place: int) -> bool:
    return any(start < place for _, start, _ in _in_report(places, report))


def _nearest(report: str, place: int, people: list[Person], key: TitleWords) -> list[Person]:
    """Of several who fit, those who are called so in this report before this place; of them whom it has just named."""
    if len(people) == 1:
        return people
    near = [
        p for p in people
        if any((key <= t or key == _led(t)) and _stands_before(places, report, place) for t, places in p.titles.items())
    ]  # fmt: skip
    last = max(near, key=lambda p: p.last_named(report, place) or -1, default=None)
    just = None if last is None else last.last_named(report, place)
    if last is not None and just is not None and place - just < thresholds.JUST_NAMED:
        return [last]
    return near or people
