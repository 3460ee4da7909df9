"""What a claim says, in words that can be read alone: the best member's, as an assertion, with whom it means in brackets."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stemma.claims import thresholds
from stemma.claims.bearing import Bearing, Piece, Said, bears_out
from stemma.claims.clauses import has_tense, subject_of
from stemma.claims.cuts import cuts
from stemma.claims.propositions import Proposition
from stemma.claims.relations import say
from stemma.claims.same_thing import is_alike, is_toll
from stemma.mentions import Mentions
from stemma.mentions.parse import Paragraph
from stemma.statements.designation import OFFICES
from stemma.tables import Report, Source, Statement
from stemma.text.spans import holder

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_OPENING = frozenset([
    *("that", "so", "because", "as", "after", "before", "when", "while", "since", "although", "though", "and", "but"),
    *("how", "why", "however", "moreover", "furthermore", "meanwhile", "also", "nevertheless", "nonetheless", "therefore"),
    *("thus", "instead", "still", "besides", "ironically"),
])  # fmt: skip
"""What joins a clause to its sentence, or to the one before, and is no part of what it says."""
_OPEN_WORDS = frozenset(["which", "whose", "whom", "whether", "if"])
_NOUNS = ("NOUN", "PROPN")
_OF_ONE = frozenset(["he", "him", "his", "himself", "she", "her", "hers", "herself"])
_SUBJECT = ("nsubj", "nsubjpass")
_PAIRS = {"“": "”", '"': '"', "(": ")", "[": "]", "«": "»", "„": "“"}
_CLOSING = frozenset('”)]»"')
_EMPTY = re.compile(r'“\s*”|(?<!\S)"\s*"|\(\s*\)|(?<!\S)["“(\[«„]\s*$')
"""Marks of which all that stood behind or between them is left out."""
_OF_WOMEN = OFFICES["person-female"] | frozenset(["woman", "girl", "widow", "actress", "Mrs.", "Ms.", "Mrs", "Ms"])
_OF_MEN = OFFICES["person-male"] | frozenset(["man", "boy", "widower", "actor", "Mr.", "Mr"])
COUNTED = {
    "die": "Number of dead",
    "injure": "Number of injured",
    "critical": "Number in a critical condition",
    "missing": "Number of missing",
    "captive": "Number of captives",
    "treat": "Number treated",
    "evacuate": "Number evacuated",
    "arrest": "Number arrested",
    "rescue": "Number rescued",
    "infect": "Number infected",
}
"""What a count of people in a state (counts.STATES) is called."""
_PERSONS = {"he": _OF_WOMEN, "she": _OF_MEN}
"""The pronouns of one person, and the words that they never stand for."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a claim is called, whether that can be `read` alone, and the member whose words it has.

    `lacking` has for each report that does not bear it out what of it that report does not say: it says part of it, or says it in
    other words. `shared` is whether another report says most of it.
    """

    words: str
    read: bool
    member: Proposition
    lacking: Mapping[str, tuple[str, ...]]
    shared: bool


@dataclass(frozen=True, slots=True)
class _Telling:
    """A member told without some of its words (`cut`), what each report lacks of that, and how much of it is in no other."""

    member: Proposition
    span: "Span"
    cut: frozenset[int]
    lacking: Mapping[str, tuple[str, ...]]
    alone: int
    shared: bool

    @property
    def need(self) -> tuple[bool, int, int, bool]:
        """The order in which tellings come: what is said before who denies it, what one alone says last."""
        return self.member.denied, self.alone, len(self.lacking), bool(self.cut)


class Summaries:
    """The words of a story's claims, each other than those before it where a member has other words."""

    def __init__(
        self,
        parsed: Sequence[tuple[Report, Sequence[Paragraph]]],
        statements: Mapping[str, Statement],
        sources: Mapping[str, Source],
        mentions: Mapping[str, Mentions],
    ) -> None:
        self._reports = {r.id: r for r, _ in parsed}
        self._paragraphs = {r.id: sorted(some, key=lambda p: p.start) for r, some in parsed}
        self._starts = {r: [p.start for p in some] for r, some in self._paragraphs.items()}
        self._statements, self._sources = statements, sources
        self._posts = {r: [(p.start, p.end) for p in found.posts] for r, found in mentions.items()}
        self._bearing = Bearing(parsed, mentions)
        self._taken: set[str] = set()

    def of(self, members: Sequence[Proposition], relation: str) -> Summary:
        """Return a claim's words and whose they are: of a member that does not deny it, what most reports bear out of them.

        Of a quantity the most usual number comes first, then the most usual words: what one report says besides, others do not.
        """
        found = self._best(members)
        toll = None if relation != "updated" and _is_usual(found.member, members) else _toll(members)
        if toll is not None and toll.figure is not None:
            # A count that was brought up to date has no number of its own.
            named = COUNTED[toll.topic or ""] + ("" if relation == "updated" else f": {say(toll.figure)}")
            found = found if named in self._taken else Summary(named, True, toll, {}, True)
        self._taken.add(found.words)
        return replace(found, words=_short(found.words))

    def _best(self, members: Sequence[Proposition]) -> Summary:
        """The telling that most reports bear out of those that can be read alone and call no claim before."""
        said = self._bearing.each_said(members)
        tried = self._in_order(members)[: thresholds.SUMMARY_TRIED]
        tellings = sorted((t for m in tried for t in self._tellings(m, said)), key=lambda t: t.need)
        first: Summary | None = None
        for telling in tellings:
            words, read = self._as_sentence(telling, members)
            found = Summary(words, read, telling.member, telling.lacking, telling.shared)
            if words in self._taken:
                first = first or found
            elif read:
                return found
            elif first is None or first.words in self._taken:
                first = found
        if first is None:
            raise ValueError("a member's words stand in no paragraph")
        return first

    def _in_order(self, members: Sequence[Proposition]) -> list[Proposition]:
        """The members, those first whose numbers and words most have."""
        numbers = Counter(m.figure and (m.figure.value, m.figure.bound) for m in members)
        usual = Counter(w for m in members for w in _own(m))

        def need(m: Proposition) -> tuple[bool, int, bool, bool, float, bool, int, str, str, int]:
            own = _own(m)
            alike = 2 * sum(usual[w] for w in own) / max(1, len(own) * len(members) + usual.total())
            return (
                m.denied,
                -numbers[m.figure and (m.figure.value, m.figure.bound)],
                not (m.whole or m.told),
                m.end - m.start > thresholds.SUMMARY,
                -round(alike, 1),
                m.subject is None,
                m.end - m.start,
                self._reports[m.report].published or "9",
                m.report,
                m.start,
            )

        return sorted(members, key=need)

    def _tellings(self, m: Proposition, said: Mapping[str, Said]) -> Iterator[_Telling]:
        """A member in its own words and in those around it, each without what may be left out."""
        paragraph = self._paragraphs[m.report][max(0, bisect_right(self._starts[m.report], m.start) - 1)]
        at, own = paragraph.start, m.figure or m.when
        span = paragraph.doc.char_span(m.start - at, m.end - at, alignment_mode="expand")
        if span is None:
            return
        wide = span if m.whole or _asserted(span, False, None)[1] else _around(span)
        for shown in dict.fromkeys((_closed_off(wide), _closed_off(span))):
            pieces = self._bearing.pieces(m, list(shown), at)
            # What a hundred copies say is compared once.
            others = {id(one): one for r, one in said.items() if r != m.report}
            lost = {n: self._bearing.lacking(pieces, one) for n, one in others.items()}
            for cut in cuts(shown):
                if own and any(own.start <= at + shown.doc[i].idx < own.end for i in cut):
                    continue
                left = [p for p in pieces if p.tokens.isdisjoint(cut)]
                if cut and len(left) < thresholds.CUT_LEAST_PIECES:
                    continue
                yield _telling(m, shown, cut, left, {r: lost[id(one)] for r, one in said.items() if r != m.report})
                if not any(lost.values()):
                    break

    def _as_sentence(self, telling: _Telling, members: Sequence[Proposition]) -> tuple[str, bool]:
        """The words of a member as a sentence of their own, and whether they can be read alone."""
        m = telling.member
        quoted = self._statements.get(m.statement)
        post = holder(self._posts[m.report], m.start)
        spoken = [*(quoted.quotations if quoted is not None else ()), *([post] if post else ())]
        inside = any(s <= m.start and m.end <= e + 1 for s, e in spoken)
        speaker = self._speaker(m, members) if inside else None
        words, alone = _asserted(telling.span, inside, speaker, telling.cut)
        return _clean(words), alone

    def _speaker(self, m: Proposition, members: Sequence[Proposition]) -> str | None:
        """Who says it in the member's report; where that names nobody, whom the other reports name."""
        told = Counter(one.source for one in members if one.source)
        source = self._sources.get(m.source or next((s for s, _ in told.most_common(1)), ""))
        return source.name if source is not None else None


def _telling(
    m: Proposition, span: "Span", cut: frozenset[int], pieces: Sequence[Piece], lost: Mapping[str, Mapping[Piece, bool]]
) -> _Telling:
    """A telling of some pieces, of which each report lacks those that it has lost; what joins a quantity is its number."""
    own = int(m.kind != "clause")
    lacking = {r: tuple(p.words for p in pieces if some.get(p)) for r, some in lost.items() if not bears_out(pieces, some, own)}
    alone = sum(all(some.get(p) for some in lost.values()) for p in pieces) if lost else 0
    return _Telling(m, span, cut, lacking, alone, not lost or len(lacking) < len(lost))


def _short(words: str) -> str:
    return words if len(words) <= thresholds.SUMMARY else words[: thresholds.SUMMARY - 1].rsplit(" ", 1)[0] + "…"


def _toll(members: Sequence[Proposition]) -> Proposition | None:
    """The member whose number most reports print, of the event's toll in several numbers; None of any other claim.

    The clause of one report holds what the others do not say; of a report that prints two numbers the lower is an earlier one.
    """
    numbers = {m.figure.value for m in members if m.figure}
    own = [m for m in members if is_toll(m) and not m.denied]
    if len(numbers) < 2 or len({m.topic for m in members}) > 1 or 2 * len(own) <= len(members):
        return None
    last: dict[str, Proposition] = {}
    for m in sorted(own, key=lambda m: (-_value(m), m.start)):
        last.setdefault(m.report, m)
    usual = Counter(_value(m) for m in last.values())
    return min(last.values(), key=lambda m: (-usual[_value(m)], -_value(m), m.report))


def _is_usual(member: Proposition, members: Sequence[Proposition]) -> bool:
    """Whether more than half of the reports have a clause like this one."""
    alike = {m.report for m in members if m is member or is_alike(m, member)}
    return 2 * len(alike) > len({m.report for m in members})


def _value(m: Proposition) -> float:
    return m.figure.value if m.figure else 0.0


def _own(m: Proposition) -> set[str]:
    return {word for word, weight in m.words.items() if weight >= 1.0}


def _around(span: "Span") -> "Span":
    """The clause in which words stand that cannot stand alone ("after nine years", "a letter sent in May"), where it is short."""
    verb = span.root
    while verb.head.i != verb.i:
        verb = verb.head
        if verb.pos_ in ("VERB", "AUX") and any(c.dep_ in _SUBJECT for c in verb.children):
            break
    past = verb.right_edge.i + 1
    clause = span.doc[verb.left_edge.i : past - span.doc[past - 1].is_punct]
    held = clause.start <= span.start and span.end <= clause.end
    return clause if held and len(clause.text) <= thresholds.SUMMARY else span


def _closed_off(span: "Span") -> "Span":
    """The words without a verb at their end that goes on behind them ("posted photos, writing")."""
    last = span.end
    while last - span.start > 1 and (t := span.doc[last - 1]).i != span.root.i and (t.is_punct or _goes_on(t, span.end)):
        last -= 1
    gone = any(t.pos_ == "VERB" for t in span.doc[last : span.end])
    return span.doc[span.start : last] if gone else span


def _goes_on(verb: "Token", end: int) -> bool:
    return verb.tag_ == "VBG" and verb.right_edge.i >= end


def _clean(words: str) -> str:
    """The words with their marks in pairs, and none around the whole."""
    closed = _closed(re.sub(r" (?=[,;])", "", " ".join(_EMPTY.sub(" ", words).split())).strip(" ,;:–-"))
    inner = closed[1:-1]
    whole = closed[:1] in _PAIRS and closed[-1:] == _PAIRS[closed[0]] and not set(inner) & {closed[0], closed[-1]}
    return inner.strip(" ,;:–-") if whole and closed[0] not in "([" else closed


def _closed(words: str) -> str:
    """The words with marks and brackets in pairs: one that a clause opens is closed behind it, one that it only closes goes."""
    kept: list[str] = []
    open_: list[str] = []
    for i, c in enumerate(words):
        if open_ and c == open_[-1] and not (c == '"' and words[i - 1] == " "):
            open_.pop()
        elif c in _PAIRS and (c != '"' or i == 0 or words[i - 1] in " (["):
            open_.append(_PAIRS[c])
        elif c in _CLOSING:
            continue
        kept.append(c)
    return "".join(kept) + "".join(reversed(open_))


def _asserted(span: "Span", quoted: bool, speaker: str | None, cut: frozenset[int] = frozenset()) -> tuple[str, bool]:
    """The words of a clause as a sentence of its own: no "after" before it, no "who" in it, its subject before it.

    And whether it has become one: a verb with its subject, and that no pronoun that is left open.
    """
    root, start = span.root, span.start
    while start < root.i and (start in cut or span.doc[start].is_punct or _is_opening(span.doc[start], root)):
        start += 1
    put: dict[int, str] = {}
    left_out: set[int] = set()
    verb = _modifier(span) or root
    if verb is not root and verb.dep_ == "relcl":
        pronoun = next((c for c in verb.children if c.dep_ in _SUBJECT and c.tag_ in ("WP", "WDT")), None)
        left_out = {pronoun.i, *([pronoun.i - 1] if span.doc[pronoun.i - 1].is_punct else [])} if pronoun is not None else set()
    elif verb is not root and "agent" in (around := {c.dep_ for c in verb.children}) and around.isdisjoint(_SUBJECT):
        put[verb.left_edge.i] = "[were] " if root.tag_ in ("NNS", "NNPS") else "[was] "
    subject = next((c for c in root.children if c.dep_ in _SUBJECT), None)
    if subject is not None and subject.pos_ != "PRON" and _may_take(span, subject):
        put[start] = f"[{_phrase(subject)}] "
    elif (
        subject is not None
        and subject.i == start
        and subject.tag_ in ("WP", "WDT")
        and root.head.i >= start - 2
        and root.head.pos_ in _NOUNS
    ):
        left_out, put[start] = {start}, f"[{_phrase(root.head)}] "
    elif subject is None and root.pos_ in ("VERB", "AUX"):
        free = root.dep_ == "advcl" and root.tag_ == "VBG"
        whose = subject_of(root.head if free else root) if free or root.dep_ == "conj" else None
        if whose is not None and whose.pos_ != "PRON" and _may_take(span, whose):
            put[start] = f"[{_phrase(whose)}] "
    elif subject is not None and subject.pos_ == "PRON" and start <= subject.i < span.end:
        whom = speaker if quoted and subject.lower_ in ("i", "we") else None if quoted else _referent(root, subject)
        put[subject.i + 1] = "" if not whom else f"[{whom}] " if subject.whitespace_ else f" [{whom}]"
    words = ""
    for t in span.doc[start : span.end]:
        if put.get(t.i, " ")[:1] == "[" and words and not words.endswith(" "):
            words += " "
        gone = t.i in left_out or t.i in cut
        said, name = "" if gone else t.text, put.get(t.i, "")
        # "I’m [Ada Holm] glad": what hangs on a pronoun is one word with it.
        words += (said + name if name.startswith(" [") else name + said) + ("" if gone else t.whitespace_)
        words += " " if gone and not words.endswith(" ") else ""
    shown = [t for t in span.doc[start : span.end] if t.i not in cut]
    return words + put.get(span.end, ""), _is_read(verb, put, span, start, shown)


def _may_take(span: "Span", subject: "Token") -> bool:
    """Whether a subject stands before a span, and no other noun between that the parser may have missed."""
    before = span.doc[span.start - 1] if span.start else None
    if before is None or subject.i >= span.start:
        return False
    return before.pos_ not in ("NOUN", "PROPN", "PRON", "NUM") or before in list(subject.subtree)


def _is_read(verb: "Token", put: Mapping[int, str], span: "Span", start: int, shown: "Sequence[Token]") -> bool:
    """Whether a sentence has a verb with a tense, and a subject that says what it is: a noun, or a pronoun with its name."""
    if verb.pos_ not in ("VERB", "AUX") or not shown or shown[-1].pos_ in ("ADP", "DET", "CCONJ"):
        return False
    bare = not has_tense(verb) and not (verb.dep_ == "acl" and put)
    joined = any(c.dep_ == "mark" and c.lower_ in _OPENING and c.i > start for c in verb.children)
    opens = shown[0].pos_ == "ADP" and len(shown) > 1
    if bare or joined or shown[opens].lower_ in _OPEN_WORDS or any(_is_left_open(t, put, shown) for t in shown):
        return False
    if verb.dep_ == "relcl" and _is_of_any(verb):
        return False
    subject = next((c for c in verb.children if c.dep_ in (*_SUBJECT, "csubj", "expl")), None)
    if subject is None or subject.i < start or subject.tag_ in ("WP", "WDT"):
        return any(p.startswith("[") for p in put.values()) or verb.i != span.root.i
    if verb.i != span.root.i:
        # "A hotel where she married" tells of the hotel.
        return False
    return subject.dep_ == "expl" or subject.pos_ not in ("PRON", "DET") or bool(put.get(subject.i + 1))


def _is_of_any(verb: "Token") -> bool:
    """Whether a clause says which of all are meant, and not that there are some: "a shelter for women who were struck"."""
    noun, before = verb.head, verb.left_edge.i - 1
    which = any(c.dep_ in ("det", "poss", "nummod") for c in noun.children)
    return noun.tag_ == "NNS" and not which and not verb.doc[before].is_punct


def _is_left_open(token: "Token", put: Mapping[int, str], shown: "Sequence[Token]") -> bool:
    """Whether a word means one person whom no word before it names; "the dog bit him" has no him in it."""
    if token.lower_ not in _OF_ONE or put.get(token.i + 1) or (token.dep_ == "poss" and put):
        return False
    own = [token.head.head.i, *(c.i for c in token.head.children if c.dep_ in _SUBJECT)] if token.dep_ != "poss" else []
    return not any(t.pos_ in ("NOUN", "PROPN") and t.i not in own for t in shown if t.i < token.i)


def _is_opening(token: "Token", root: "Token") -> bool:
    return token.lower_ in _OPENING and token.head == root and token.dep_ in ("mark", "cc", "advmod")


def _modifier(span: "Span") -> "Token | None":
    """The verb of "the soldiers, who fled" and "the girls abducted by rebels", where the noun is all that stands before it."""
    noun = span.root
    if noun.pos_ not in ("NOUN", "PROPN"):
        return None
    verb = next((c for c in noun.children if c.dep_ in ("relcl", "acl") and c.i < span.end), None)
    return verb if verb is not None and verb.right_edge.i >= span.end - 1 else None


def _referent(verb: "Token", pronoun: "Token") -> str | None:
    """Whom a pronoun means where the parse shows it: who says the clause, or the one person of the sentence before."""
    while verb.dep_ == "conj":
        verb = verb.head
    if verb.dep_ == "ccomp":
        said = subject_of(verb.head)
        named = (
            next((c for c in said.children if c.dep_ == "appos" and c.ent_type_ == "PERSON"), said) if said is not None else None
        )
        said = named if pronoun.lower_ in _PERSONS else said
        return _phrase(said) if said is not None and said.i < pronoun.i and _may_be(pronoun, said) else None
    first = verb.sent.start
    if verb.dep_ != "ROOT" or not first or pronoun.i != pronoun.sent.start or pronoun.lower_ not in _PERSONS:
        return None
    before = verb.doc[first - 1].sent
    said = next((c for c in before.root.children if c.dep_ in _SUBJECT), None)
    persons = {e.text for e in before.ents if e.label_ == "PERSON"}
    alone = said is not None and said.ent_type_ == "PERSON" and len(persons) == 1
    return _phrase(said) if said is not None and alone and _may_be(pronoun, said) else None


def _may_be(pronoun: "Token", noun: "Token") -> bool:
    """Whether a pronoun can stand for a noun: number, person or thing, man or woman."""
    plural = noun.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in noun.children)
    word = pronoun.lower_
    if noun.pos_ not in ("NOUN", "PROPN") or word not in (*_PERSONS, "they", "it"):
        return False
    if word in _PERSONS:
        person = noun.ent_type_ == "PERSON" or noun.lower_ in _OF_WOMEN | _OF_MEN
        return person and not plural and not {t.text for t in noun.subtree} & _PERSONS[word]
    return plural if word == "they" else not plural and noun.ent_type_ in ("ORG", "GPE")


def _phrase(noun: "Token") -> str:
    """A noun with what stands before it, or the name that it is part of."""
    entity = next((e for e in noun.doc.ents if e.start <= noun.i < e.end), None)
    if entity is not None:
        return entity.text.removesuffix("’s").removesuffix("'s")
    first = max(noun.left_edge.i, noun.i - thresholds.SUMMARY_SUBJECT)
    return noun.doc[first : noun.i + 1].text.strip(' “”"')
