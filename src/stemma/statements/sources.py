"""Sources of a story: each attribution's source words resolved to one person, office, organisation or document.

A full name in one report resolves a surname or a title in another; a pronoun goes to the last speaker before it
with whom it agrees. Where two fit a name or a title, the attribution has no source.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stemma.mentions.parse import Paragraph
from stemma.statements import thresholds
from stemma.statements.attribution import Attribution
from stemma.statements.cues import SUBJECT
from stemma.statements.designation import (
    OFFICES,
    Designation,
    bracketed,
    called_behind,
    cannot_speak,
    country_key,
    designation_of,
    is_body,
    is_description,
    is_role,
    title_words,
)
from stemma.statements.people import (
    PRONOUN_GENDER,
    Person,
    SourceKey,
    bearers,
    gender_of,
    is_person,
    names_outlet,
    plain,
    same_person,
    same_surname,
)
from stemma.tables import Span
from stemma.text.normal import fold

if TYPE_CHECKING:
    from spacy.tokens import Token

_Told = set[SourceKey | None]
_AGREEING = {
    "he": ("person",), "she": ("person",), "him": ("person",), "her": ("person",), "his": ("person",),
    "it": ("organisation", "document", "office"), "they": ("anonymous", "organisation", "group"), "who": ("person",),
    "its": ("organisation", "document", "office"), "their": ("anonymous", "organisation", "group"),
}  # fmt: skip


@dataclass(frozen=True)
class _Reading:
    report: str
    paragraphs: Sequence[Paragraph]
    attributions: Sequence[Attribution]
    people: Sequence[Person]
    named_in: dict[int, list[int]]
    """Which of `attributions` have their source in each paragraph."""
    content_in: dict[int, list[tuple[int, Span]]]
    """Which of `attributions` have content in each paragraph, and where."""
    quoted_in: dict[int, list[Span]]
    """The words inside marks in each paragraph."""
    surnames: frozenset[str]
    bodies: frozenset[SourceKey]
    """The names that are no person's."""
    introduced: frozenset[str]
    """What somebody without a name is called first: of "a singer" nobody else is "the singer"."""


def resolve(
    report: str, paragraphs: Sequence[Paragraph], attributions: Sequence[Attribution], people: Sequence[Person],
    called_it: frozenset[str] = frozenset(),
) -> list[SourceKey | None]:  # fmt: skip
    """Return whom each attribution of a report is from, None where it names nobody or two fit; no "he" is one `called_it`."""
    reading = _reading(report, paragraphs, attributions, people, called_it)
    found: list[SourceKey | None] = []
    for n, item in enumerate(attributions):
        token = item.source
        if item.named is not None:
            found.append(_unparsed(report, item, people))
        elif item.author is not None:
            found.append(_signed(item.author, people))
        elif token is None:
            found.append(None)
        elif token.pos_ == "PRON" and token.lower_ in OFFICES["unnamed"]:
            found.append(("anonymous", report, paragraphs[item.paragraph].start + token.idx))
        elif token.pos_ == "PRON":
            found.append(_antecedent(reading, found, n, token, token.lower_))
        else:
            who = _same_nameless(attributions, found, n, named(report, paragraphs[item.paragraph], token, people))
            who = _stated_before(reading, found, n) or who
            unnamed = who is not None and who[0] in ("office", "anonymous", "group")
            if unnamed and is_description(token) and token.lemma_.lower() not in reading.introduced:
                pronoun = next((p for p in ("he", "she") if PRONOUN_GENDER[p] == designation_of(token).gender), "who")
                who = _antecedent(reading, found, n, token, pronoun) or who
            silent = unnamed and cannot_speak(token)
            timely = token.ent_type_ in ("DATE", "TIME") and (who is None or who[0] != "person")
            found.append(None if (silent or timely) and not is_description(token) else who)
    return found


def _reading(
    report: str, paragraphs: Sequence[Paragraph], attributions: Sequence[Attribution], people: Sequence[Person],
    called_it: frozenset[str],
) -> _Reading:  # fmt: skip
    """Everything by paragraph, so that a long report takes no longer a word than a short one."""
    starts = [p.start for p in paragraphs]
    named_in: dict[int, list[int]] = {}
    content_in: dict[int, list[tuple[int, Span]]] = {}
    quoted_in: dict[int, list[Span]] = {}
    for m, item in enumerate(attributions):
        named_in.setdefault(item.paragraph, []).append(m)
        for span in item.content:
            content_in.setdefault(bisect_right(starts, span[0]) - 1, []).append((m, span))
        for span in item.quotations:
            quoted_in.setdefault(bisect_right(starts, span[0]) - 1, []).append(span)
    surnames = frozenset(s for p in people for s in p.surnames)
    bodies = frozenset(("name", name) for name in called_it)
    introduced = frozenset(t.lemma_.lower() for p in paragraphs for t in p.doc if t.pos_ == "NOUN" and _is_introduced(t))
    return _Reading(report, paragraphs, attributions, people, named_in, content_in, quoted_in, surnames, bodies, introduced)


def _is_introduced(token: "Token") -> bool:
    """Whether a noun tells of somebody new, "a singer left", and not what a named one is: "Ada Lee, a singer"."""
    return token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") and any(c.lower_ in ("a", "an") for c in token.children)


def _stated_before(reading: _Reading, found: Sequence[SourceKey | None], n: int) -> SourceKey | None:
    """Whose statement "the statement" is: of who has just said something "in a statement"."""
    item = reading.attributions[n]
    token = item.source
    if token is None or token.lemma_.lower() not in OFFICES["uttered"] or token.left_edge.lower_ not in ("the", "this"):
        return None
    for m in range(n - 1, max(n - thresholds.STATEMENT_BACK, 0) - 1, -1):
        cue, who = reading.attributions[m].cue, found[m]
        near = [] if cue is None or who is None or who[0] == "document" else list(cue.sent)
        given = [t for t in near if t.lemma_ == token.lemma_ and t.dep_ == "pobj" and t.left_edge.lower_ in ("a", "an")]
        if any(next((v for v in t.ancestors if v.pos_ == "VERB"), None) == cue for t in given):
            return who
    return None


def _signed(author: str, people: Sequence[Person]) -> SourceKey:
    """Whom the name that signs a post means."""
    name = tuple(author.split())
    fitting = [p for p in people if len(name) > 1 and any(same_person(name, n) for n in p.names)]
    if len(fitting) == 1:
        return ("person", people.index(fitting[0]))
    return ("organisation", frozenset(fold(author).split())) if name and gender_of(name[0]) is None else ("name", plain(author))


def _spoken_to(reading: _Reading, n: int) -> set[SourceKey | None]:
    """Those to whom an attribution is said, none of whom its pronoun means: "he told the mayor"."""
    item = reading.attributions[n]
    objects = [c for c in item.cue.children if c.dep_ in ("dobj", "dative")] if item.cue is not None else []
    paragraph = reading.paragraphs[item.paragraph]
    return {named(reading.report, paragraph, o, reading.people) for o in objects if o.pos_ in ("NOUN", "PROPN")} - {None}


def _quoting(reading: _Reading, found: Sequence[SourceKey | None], n: int) -> _Told:
    """Who says the words in which a pronoun stands, and does not mean himself: “She said, ‘Go home,’” Lee recalled."""
    item = reading.attributions[n]
    at = item.source_span[0] if item.source_span is not None else -1
    outer = (m for m, _ in reading.content_in.get(item.paragraph, ()) if m != n and m < len(found))
    return {found[m] for m in outer if any(start <= at < end for start, end in reading.attributions[m].quotations)}


def _same_nameless(
    attributions: Sequence[Attribution], found: Sequence[SourceKey | None], n: int, who: SourceKey | None
) -> SourceKey | None:
    """The spokesman whom no title tells apart is the nameless one before him: "a spokesman for the army"."""
    word = attributions[n].source
    local = who is not None and who[0] == "office" and len(who) > 2
    titled = who is not None and who[0] == "person" and word is not None and word.pos_ == "NOUN" and len(list(word.subtree)) == 2
    if not local and not titled:
        return who
    for m in range(n - 1, max(n - thresholds.NAMELESS_BACK, 0) - 1, -1):
        before, earlier = attributions[m], found[m]
        if earlier == who:
            return who
        nameless = earlier is not None and earlier[0] == "anonymous"
        if nameless and before.source is not None and word is not None and before.source.lemma_ == word.lemma_:
            return earlier
    return who


def _unparsed(report: str, item: Attribution, people: Sequence[Person]) -> SourceKey | None:
    """Whom a frame in another language means: the nearest name that its pronoun agrees with, or the office."""
    if item.source_span is None or item.pronoun is not None:
        whos = (_called_unparsed(report, name, people) for name in item.named or ())
        fitting = (w for w in whos if w is not None and (not item.pronoun or agrees(w, item.pronoun, people)))
        return next(fitting, None)
    if item.named:
        forms = [_called_unparsed(report, name, people) for name in item.named]
        return next((w for w in forms if w is not None and w[0] == "person"), forms[0])
    text = item.source_text
    return ("office", frozenset(fold(text).split())) if text else None


def _called_unparsed(report: str, name: tuple[str, ...], people: Sequence[Person]) -> SourceKey | None:
    fitting = [p for p in people if name in p.names]
    fitting = fitting or [p for p in people if all(same_person(name, n) for n in p.names)]
    if len(name) == 1:
        fitting = [p for p in people if any(same_surname(name[0], s) for s in p.surnames)]
        fitting = fitting or [p for p in people if any(plain(n[0]) == plain(name[0]) for n in p.names)]
    near = [p for p in fitting if p.is_named_in(report)]
    fitting = near if len(fitting) > 1 and near else fitting
    if len(fitting) > 1:
        return None
    return ("person", people.index(fitting[0])) if fitting else ("name", plain(name[-1]))


def named(report: str, paragraph: Paragraph, token: "Token", people: Sequence[Person]) -> SourceKey | None:
    """Return whom a noun phrase names by itself; the parser parts a name at its hyphen: "Han Do-yun"."""
    if token.is_lower and token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).pos_ == "PROPN":
        token = token.nbor(-2)
    described = designation_of(token)
    place = paragraph.start + token.idx
    known = None if described.name else _known(report, place, token, people)
    if known is not None or token.pos_ == "ADV" or (token.pos_ == "VERB" and token.is_sent_start):
        return None if known is None else ("person", people.index(known))
    bodily = any(is_body(title) for title in described.titles) and not any(described.name in p.names for p in people)
    if described.name and not bodily and not _is_organisation(described):
        nation = country_key(" ".join(described.name).lower())
        # A stranger who gives but one name is nobody whom the story has in full.
        surname = [] if len(described.name) < 2 and called_behind(token) else _people_called(report, place, described, people)
        if nation and not (surname and described.entity == "PERSON"):
            return ("organisation", frozenset((nation,)))
        if len(surname) == 1:
            return ("person", people.index(surname[0]))
        if len(surname) > 1:
            return None
        first_name = len(described.name) == 1 and gender_of(described.name[0]) is not None
        if token.left_edge.lower_ == "the" and not described.titles and not described.plural and described.entity:
            return ("organisation", title_words(t for t in token.subtree if t.pos_ == "PROPN" and _near(t, token)))
        if is_person(described) or ((described.entity == "PERSON" or first_name) and not _is_outlet(described)):
            return _unregistered(described, people)
    head = token.lemma_.lower()
    if _is_organisation(described) or described.name:
        if bodily and not _is_organisation(described):
            return ("organisation", frozenset(fold(" ".join(described.name)).split()))
        words = [t for t in token.subtree if t.dep_ in ("compound", "amod", "poss", "nmod", "pobj") or t.i == token.i]
        return ("organisation", title_words(w for w in words if w.pos_ in ("PROPN", "NOUN", "ADJ") and _near(w, token)))
    who = _titled(report, place, described, head, people)
    printed = token.doc[token.left_edge.i : token.i + 1].text
    return (*who, printed) if who is not None and who[0] == "anonymous" and who[-1] == place else who


def _known(report: str, place: int, token: "Token", people: Sequence[Person]) -> Person | None:
    """The one person of the report whose name the parser took for other words, or whose name stands before an apposition."""
    near = [p for p in people if p.is_named_in(report)]
    if (token.text[:1].isupper() and not token.is_sent_start) or token.pos_ in ("ADV", "NOUN", "VERB"):
        fitting = [p for p in near if token.text in p.surnames] or [p for p in people if token.text in p.surnames]
        if len(fitting) == 1:
            return fitting[0]
    runs = [tuple(t.text for t in g.subtree) for c in token.children if c.dep_ == "prep" for g in c.children if g.pos_ == "PROPN"]
    for person in people if runs and is_role(title_words((token,))) else ():
        # "Mayor of Oster Ada Lee", "the envoy to the Norland Union Ada Lee"; but "the brother of the Ada Lee" is another.
        if any(run[k:] in person.names for run in runs for k in range(1, len(run) - 1) if run[k - 1] != "the"):
            return person
    edge = token.left_edge
    if edge.i < 2 or edge.nbor(-1).text != "," or edge.pos_ != "DET":
        return None
    end = place - token.idx + edge.nbor(-2).idx + len(edge.nbor(-2))
    return next((p for p in near if p.name_ending_at(report, end)), None)


def _titled(report: str, place: int, described: Designation, head: str, people: Sequence[Person]) -> SourceKey | None:
    """A title without a name: the one person who bears it, else the office; the indefinite stays anonymous."""
    key = frozenset().union(*described.titles)
    if head in OFFICES["shown"]:
        return None
    if head in OFFICES["document"]:
        return ("document", report, key) if described.definite else ("document", report, key, place)
    if described.plural:
        return ("group", key)
    if not described.definite or not key:
        return ("anonymous", report, place)
    fitting = bearers(report, place, key, people)
    if len(fitting) == 1:
        return ("person", people.index(fitting[0]))
    if len(fitting) > 1:
        return None
    if head in OFFICES["anonymous"] and not any(w.startswith("=") for w in key):
        return ("anonymous", report, key)
    return ("office", report, key) if key <= OFFICES["local"] else ("office", key)


def _near(word: "Token", head: "Token") -> bool:
    """Not inside a clause, an apposition or a bracket that hangs on the head."""
    while word.i != head.i:
        if word.dep_ in ("relcl", "acl", "appos", "conj", "advcl") or bracketed(word):
            return False
        word = word.head
    return True


def _is_organisation(described: Designation) -> bool:
    return described.head in OFFICES["organisation"] | OFFICES["outlet"] and not described.plural


def _is_outlet(described: Designation) -> bool:
    return names_outlet(described.name)


def _unregistered(described: Designation, people: Sequence[Person]) -> SourceKey:
    """Somebody whom no report gives a full name; a namesake of the other gender is told apart by it."""
    surname = described.name[-1]
    namesakes = any(same_surname(surname, s) for p in people if not p.can_be(described.gender) for s in p.surnames)
    return ("name", plain(surname), described.gender) if namesakes else ("name", plain(surname))


def _people_called(report: str, place: int, described: Designation, people: Sequence[Person]) -> list[Person]:
    """Who can bear a printed name: by all of it, a surname, a first name, the first of two surnames; the report's own first."""
    name = described.name
    if len(name) > 1:
        fitting = [p for p in people if name in p.names] or [p for p in people if name in p.called]
        fitting = fitting or [p for p in people if all(same_person(name, n) for n in p.names)]
        return _likeliest(report, place, described, fitting)
    fitting = [p for p in people if any(same_surname(name[0], s) for s in p.surnames) and p.can_be(described.gender)]
    if not fitting and described.entity in ("PERSON", "ORG", ""):
        fitting = [p for p in people if any(fold(n[0]) == fold(name[0]) for n in p.own_names)]
        fitting = fitting or [p for p in people if any(name[0] in n[1:-1] for n in p.own_names)]
    return _likeliest(report, place, described, fitting)


def _likeliest(report: str, place: int, described: Designation, fitting: list[Person]) -> list[Person]:
    """Of several who bear a surname: those with the printed title, else whom alone the report has just named in full."""
    if len(fitting) < 2:
        return fitting
    titled = [p for p in fitting if any(t <= title or title <= t for t in described.titles for title in p.titles)]
    # By the surname alone a report calls the one it is about, and not his wife, whom it has named beside him.
    unrelated = [p for p in fitting if not p.titles or not all(t & OFFICES["kin"] for t in p.titles) or described.gender]
    fitting = titled or unrelated or fitting
    often = {id(p): p.alone + sum(map(len, p.names.values())) for p in fitting}
    most = max(fitting, key=lambda p: often[id(p)])
    if often[id(most)] >= thresholds.MOST_CALLED * (sum(often.values()) + 1):
        return [most]
    before = sorted((at, n) for n, p in enumerate(fitting) if (at := p.last_named(report, place)) is not None)
    if before and not described.titles and all(before[-1][0] - at > thresholds.NAMESAKE for at, _ in before[:-1]):
        return [fitting[before[-1][1]]]
    return [p for p in fitting if p.is_named_in(report)] or fitting


def _antecedent(reading: _Reading, found: Sequence[SourceKey | None], n: int, token: "Token", pronoun: str) -> SourceKey | None:
    """Whom a pronoun, or a description as good as one, means: the last speaker, else the subject, sentence by sentence back."""
    if pronoun not in _AGREEING:
        return ("reporter", reading.report) if pronoun in ("i", "we") else None
    place, steps = reading.attributions[n].paragraph, 0
    told = _spoken_to(reading, n) | _quoting(reading, found, n) | reading.bodies
    for p in range(place, max(place - thresholds.PRONOUN_PARAGRAPHS, -1), -1):
        paragraph = reading.paragraphs[p]
        if p < place and _is_aside(paragraph):
            continue
        for sentence in reversed(list(paragraph.doc.sents)):
            words = [t for t in sentence if p < place or t.i < token.left_edge.i]
            if not words:
                continue
            start, end = paragraph.start + words[0].idx, paragraph.start + words[-1].idx + len(words[-1])
            who = _speaker(reading, found, n, p, (start, end), pronoun, told)
            who = who if who is not None else _subject(reading, p, words, n, pronoun, told)
            said = [found[m] for m, s in reading.content_in.get(p, ()) if m < n and s[0] <= start and end <= s[1] + 1]
            spoke = said[-1] if said else None
            if who is None and spoke is not None and spoke not in told and agrees(spoke, pronoun, reading.people):
                who = spoke
            steps += not said
            if who is not None or steps > thresholds.PRONOUN_SENTENCES:
                return who
    return None


def _is_aside(paragraph: Paragraph) -> bool:
    """Whether a paragraph stands in brackets from end to end: nobody in it is "she" behind it."""
    return paragraph.doc.text.startswith("(") and paragraph.doc.text.rstrip().endswith(")")


def _speaker(
    reading: _Reading, found: Sequence[SourceKey | None], n: int, p: int, sentence: Span, pronoun: str, told: _Told
) -> SourceKey | None:
    """The last source of the sentence that is not itself inside another's words and agrees with the pronoun."""
    near: list[tuple[bool, int, SourceKey]] = []
    for m in reading.named_in.get(p, ()):
        who = found[m] if m < len(found) else None
        span = reading.attributions[m].source_span
        if m == n or who is None or span is None or not sentence[0] <= span[0] < sentence[1]:
            continue
        if agrees(who, pronoun, reading.people) and who not in told:
            others = (s for o, s in reading.content_in.get(p, ()) if o != m)
            near.append((not any(s <= span[0] and span[1] <= e for s, e in others), span[0], who))
    return max(near, key=lambda x: x[:2])[2] if near else None


def _subject(reading: _Reading, p: int, words: "Sequence[Token]", n: int, pronoun: str, told: _Told) -> SourceKey | None:
    """The main subject of the sentence that agrees, else the one person whom it names.

    What the pronoun itself says is left out, and what stands in quotation marks.
    """
    paragraph = reading.paragraphs[p]
    left_out = [*(s for m, s in reading.content_in.get(p, ()) if m == n), *reading.quoted_in.get(p, ())]
    free = [t for t in words if not any(s <= paragraph.start + t.idx < e for s, e in left_out)]
    subjects = [t for t in free if t.dep_ in SUBJECT and t.pos_ != "PRON" and not _is_anothers(t, pronoun, reading.surnames)]
    agreeing: list[SourceKey] = []
    for token in sorted(subjects, key=lambda t: (_depth(t), t.i)):
        who = named(reading.report, paragraph, token, reading.people)
        if who is not None and who[0] in ("office", "anonymous") and (is_description(token) or not _is_somebody(token)):
            if is_description(token) and token.head.dep_ == "ROOT":
                return None  # "The 31-year-old singer stood by Lee. She …" is of whom the report has named before
            continue
        if who is not None and who not in told and agrees(who, pronoun, reading.people):
            agreeing.append(who)
    if agreeing:
        # Of two subjects the one whose gender is known to be the pronoun's.
        return next((who for who in agreeing if _is_of_gender(who, pronoun, reading.people)), agreeing[0])
    persons = [
        t for t in free
        if (t.ent_type_ == "PERSON" or t.text in reading.surnames) and t.dep_ not in ("compound", "flat", "npadvmod")
        and not _is_anothers(t, pronoun, reading.surnames)
    ]  # fmt: skip
    whos = {named(reading.report, paragraph, t, reading.people) for t in persons}
    fitting = [who for who in whos - told if who is not None and agrees(who, pronoun, reading.people)]
    return fitting[0] if len(fitting) == 1 else None


def _is_anothers(token: "Token", pronoun: str, surnames: frozenset[str]) -> bool:
    """Whether a subject is several (a surname in -s is one), or is named beside the one whom the pronoun means: "his father"."""
    one = pronoun in PRONOUN_GENDER
    gender = PRONOUN_GENDER.get(pronoun)
    whose = (c for c in token.children if c.dep_ == "poss" and c.pos_ == "PRON")
    several = token.tag_ in ("NNS", "NNPS") and token.text not in surnames
    return one and (several or any(PRONOUN_GENDER.get(c.lower_) == gender for c in whose))


def _is_somebody(token: "Token") -> bool:
    """Whether a common noun is of a person or a body: a horn that sounded is no "she"."""
    words = title_words((token,))
    return is_role(words) or is_body(words) or (token.pos_ == "PROPN" and not cannot_speak(token))


def _depth(token: "Token") -> int:
    return sum(1 for _ in token.ancestors)


def agrees(who: SourceKey, word: str, people: Sequence[Person]) -> bool:
    """Return whether a pronoun (lower case) can mean somebody, by gender and by kind of source."""
    kinds = _AGREEING.get(word, ())
    if who[0] == "person":
        return "person" in kinds and people[int(str(who[1]))].can_be(PRONOUN_GENDER.get(word))
    if who[0] == "name":
        return "person" in kinds and not (len(who) > 2 and word in PRONOUN_GENDER and PRONOUN_GENDER[word] != who[2])
    if who[0] == "office":
        if word in PRONOUN_GENDER and _is_of_other_gender(who[-1], PRONOUN_GENDER[word]):
            return False
        return "person" in kinds if isinstance(who[-1], frozenset) and is_role(who[-1]) else "office" in kinds
    if who[0] == "anonymous" and "person" in kinds:
        return True
    return who[0] in kinds


def _is_of_gender(who: SourceKey, pronoun: str, people: Sequence[Person]) -> bool:
    """Whether a person is known to be of a pronoun's gender."""
    return who[0] == "person" and PRONOUN_GENDER.get(pronoun) in people[int(str(who[1]))].genders


def _is_of_other_gender(title: object, gender: str) -> bool:
    """Whether a title without a name is borne by the other gender alone: a son is no "she"."""
    other = OFFICES["person-female" if gender == "male" else "person-male"]
    return isinstance(title, frozenset) and bool(title & other)
