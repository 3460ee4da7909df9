"""What a claim says, in words that can be read alone: the best member's, as an assertion, with whom it means in brackets."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stemma.claims import thresholds
from stemma.claims.clauses import subject_of
from stemma.claims.propositions import Proposition
from stemma.mentions.parse import Paragraph
from stemma.statements.designation import OFFICES
from stemma.tables import Report, Source, Statement

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_OPENING = frozenset(
    ["that", "so", "because", "as", "after", "before", "when", "while", "since", "although", "though", "and", "but"]
)
"""What joins a clause to its sentence, and is no part of what it says."""
_SUBJECT = ("nsubj", "nsubjpass")
_TRIED, _SUBJECT_WORDS = 8, 5
"""Members whose words are tried, and words that stand with a subject in brackets."""
_PAIRS = {"“": "”", '"': '"', "(": ")", "«": "»", "„": "“"}
_CLOSING = frozenset('”)»"')
_OF_WOMEN = OFFICES["person-female"] | frozenset(["woman", "girl", "widow", "actress", "Mrs.", "Ms.", "Mrs", "Ms"])
_OF_MEN = OFFICES["person-male"] | frozenset(["man", "boy", "widower", "actor", "Mr.", "Mr"])
_PERSONS = {"he": _OF_WOMEN, "she": _OF_MEN}
"""The pronouns of one person, and the words that they never stand for."""


class Summaries:
    """The words of a story's claims, each other than those before it where a member has other words."""

    def __init__(
        self,
        parsed: Sequence[tuple[Report, Sequence[Paragraph]]],
        statements: Mapping[str, Statement],
        sources: Mapping[str, Source],
    ) -> None:
        self._reports = {r.id: r for r, _ in parsed}
        self._paragraphs = {r.id: sorted(some, key=lambda p: p.start) for r, some in parsed}
        self._starts = {r: [p.start for p in some] for r, some in self._paragraphs.items()}
        self._statements, self._sources = statements, sources
        self._taken: set[str] = set()

    def of(self, members: Sequence[Proposition]) -> tuple[str, Proposition]:
        """Return a claim's words and whose they are: of a member that does not deny it and needs least around it, the most usual.

        Of a quantity the most usual number comes first, then the most usual words: what one report says besides, others do not.
        """
        numbers = Counter(m.figure and (m.figure.value, m.figure.bound) for m in members)
        usual = Counter(w for m in members for w, weight in m.words.items() if weight >= 1.0)

        def need(m: Proposition) -> tuple[bool, int, float, bool, bool, bool, float, str, str, int]:
            own = [w for w, weight in m.words.items() if weight >= 1.0]
            alike = 2 * sum(usual[w] for w in own) / max(1, len(own) * len(members) + usual.total())
            long = m.end - m.start > thresholds.SUMMARY
            return (
                # A reader is told what is said before who denies it.
                m.denied,
                -numbers[m.figure and (m.figure.value, m.figure.bound)],
                0.0 if m.kind == "clause" else -round(alike, 1),
                not m.whole,
                m.subject is None,
                long,
                -round(alike, 1),
                self._reports[m.report].published or "9",
                m.report,
                m.start,
            )

        tried = [(m, alone) for alone in (True, False) for m in sorted(members, key=need)[:_TRIED]]
        words = ((self._told(m, alone), m) for m, alone in tried)
        told, member = next(((w, m) for w, m in words if w not in self._taken), (self._told(*tried[0]), tried[0][0]))
        self._taken.add(told)
        short = told if len(told) <= thresholds.SUMMARY else told[: thresholds.SUMMARY - 1].rsplit(" ", 1)[0] + "…"
        return short, member

    def _told(self, m: Proposition, alone: bool) -> str:
        paragraph = self._paragraphs[m.report][max(0, bisect_right(self._starts[m.report], m.start) - 1)]
        span = paragraph.doc.char_span(m.start - paragraph.start, m.end - paragraph.start, alignment_mode="expand")
        if span is None:
            return _clean(self._reports[m.report].text[m.start : m.end])
        span = _around(span) if alone and not m.whole and not m.told else span
        quoted = self._statements.get(m.statement)
        inside = quoted is not None and any(s <= m.start and m.end <= e + 1 for s, e in quoted.quotations)
        source = self._sources.get(quoted.source) if quoted is not None and quoted.source else None
        return _clean(_asserted(span, inside, source.name if source is not None else None))


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


def _clean(words: str) -> str:
    """The words with their marks in pairs, and none around the whole."""
    closed = _closed(" ".join(words.split()).strip(" ,;:–-"))
    inner = closed[1:-1]
    whole = closed[:1] in _PAIRS and closed[-1:] == _PAIRS[closed[0]] and not set(inner) & {closed[0], closed[-1]}
    return inner.strip(" ,;:–-") if whole and closed[0] != "(" else closed


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


def _asserted(span: "Span", quoted: bool, speaker: str | None) -> str:
    """The words of a clause as a sentence of its own: no "after" before it, no "who" in it, its subject before it."""
    root, start = span.root, span.start
    while start < root.i and (span.doc[start].is_punct or (_is_opening(span.doc[start], root))):
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
    if subject is not None and subject.i == start and subject.tag_ in ("WP", "WDT") and root.head.i >= start - 2:
        left_out, put[start] = {start}, f"[{_phrase(root.head)}] "
    elif subject is None and root.pos_ in ("VERB", "AUX"):
        free = root.dep_ == "advcl" and root.tag_ == "VBG"
        whose = subject_of(root.head if free else root) if free or root.dep_ == "conj" else None
        if whose is not None and whose.i < span.start and whose.pos_ != "PRON":
            put[start] = f"[{_phrase(whose)}] "
    elif subject is not None and subject.pos_ == "PRON" and start <= subject.i < span.end:
        whom = speaker if quoted and subject.lower_ in ("i", "we") else None if quoted else _referent(root, subject)
        # "I [Ada Holm]’m": what hangs on the pronoun stays behind it.
        put[subject.i + 1] = "" if not whom else f"[{whom}] " if subject.whitespace_ else f" [{whom}]"
    words = ""
    for t in span.doc[start : span.end]:
        if put.get(t.i, " ")[:1] == "[" and words and not words.endswith(" "):
            words += " "
        words += put.get(t.i, "") + ("" if t.i in left_out else t.text_with_ws)
        words += " " if t.i in left_out and not words.endswith(" ") else ""
    return words + put.get(span.end, "")


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
    first = max(noun.left_edge.i, noun.i - _SUBJECT_WORDS)
    return noun.doc[first : noun.i + 1].text.strip(' “”"')
