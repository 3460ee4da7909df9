"""A clause as a sentence of its own: no "after" before it, its subject before it, and whether it can be read alone."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stemma.claims import thresholds
from stemma.claims.clauses import SAYING, has_tense, subject_of
from stemma.statements.designation import OFFICES

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_JOINING = frozenset(["however", "moreover", "furthermore", "meanwhile", "nevertheless", "nonetheless", "therefore"])
"""What joins a sentence to the one before, wherever it stands."""
_OPENING = _JOINING | frozenset([
    *("that", "so", "because", "as", "after", "before", "when", "while", "since", "although", "though", "and", "but"),
    *("how", "why", "also", "thus", "instead", "still", "besides", "ironically"),
])  # fmt: skip
"""What joins a clause to its sentence, or to the one before, and is no part of what it says."""
_OPEN_WORDS = frozenset(["which", "whose", "whom", "whether", "if", "what", "where"])
_NOUNS = ("NOUN", "PROPN")
_OF_ONE = frozenset(["he", "him", "his", "himself", "she", "her", "hers", "herself"])
_OF_THINGS = frozenset(["it", "its", "they", "them", "their", "theirs"])
_POINTING = frozenset(["this", "that", "these", "those", "such"])
_OWN = frozenset(["me", "my", "mine"])
_OF_LISTENERS = _OWN | frozenset(["you", "your", "yours"])
_COMPLEMENTS = frozenset(["dobj", "ccomp", "xcomp", "attr", "acomp", "oprd"])
_SUBJECT = ("nsubj", "nsubjpass")
_PLACES = frozenset(["GPE", "LOC", "FAC"])
_TIMES = frozenset(["time", "day", "night", "morning", "evening", "week", "month", "year", "season", "point"])
_PAIRS = {"“": "”", '"': '"', "(": ")", "[": "]", "«": "»", "„": "“"}
_HYPHENS = frozenset("-‐‑–")
_CLOSING = frozenset('”)]»"')
_EMPTY = re.compile(r'“\s*”|(?<!\S)"\s*"|\(\s*\)|(?<!\S)["“(\[«„]\s*$')
"""Marks of which all that stood behind or between them is left out."""
_OF_WOMEN = OFFICES["person-female"] | frozenset(["woman", "girl", "widow", "actress", "Mrs.", "Ms.", "Mrs", "Ms"])
_OF_MEN = OFFICES["person-male"] | frozenset(["man", "boy", "widower", "actor", "Mr.", "Mr"])
_PERSONS = {"he": _OF_WOMEN, "she": _OF_MEN}
"""The pronouns of one person, and the words that they never stand for."""


def as_sentence(span: "Span", quoted: bool, speaker: str | None, cut: frozenset[int] = frozenset()) -> tuple[str, bool]:
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
            put[start] = f"[{' '.join([_phrase(whose), *_shared_auxiliaries(root)])}] "
    elif subject is not None and subject.pos_ == "PRON" and start <= subject.i < span.end:
        whom = speaker if quoted and subject.lower_ in ("i", "we") else None if quoted else _referent(root, subject)
        put[subject.i + 1] = "" if not whom else f"[{whom}] " if subject.whitespace_ else f" [{whom}]"
    left_out |= _joining(span)
    words = ""
    for t in span.doc[start : span.end]:
        if put.get(t.i, " ")[:1] == "[" and words and not words.endswith(" "):
            words += " "
        gone = t.i in left_out or t.i in cut
        said, name = "" if gone else _article(t, cut), put.get(t.i, "")
        # "I’m [Ada Holm] glad": what hangs on a pronoun is one word with it.
        words += (said + name if name.startswith(" [") else name + said) + ("" if gone else t.whitespace_)
        words += " " if gone and not words.endswith(" ") else ""
    # Whose "my" is that of a speaker who is named is no question.
    known = _OWN if quoted and speaker is not None else frozenset[str]()
    shown = [t for t in span.doc[start : span.end] if t.i not in cut and t.lower_ not in known]
    return words + put.get(span.end, ""), _is_read(verb, put, span, start, shown)


def clause_around(span: "Span") -> "Span":
    """The clause in which words stand that cannot stand alone ("after nine years", "a letter sent in May"), where it is short."""
    verb = span.root
    while verb.head.i != verb.i:
        verb = verb.head
        if verb.pos_ in ("VERB", "AUX") and any(c.dep_ in _SUBJECT for c in verb.children):
            break
    past = verb.right_edge.i + 1
    clause = span.doc[verb.left_edge.i : past - span.doc[past - 1].is_punct]
    held = clause.start <= span.start and span.end <= clause.end
    return clause if held and len(clause.text) <= thresholds.LINE else span


def closed_off(span: "Span") -> "Span":
    """The words without a verb at their end that goes on behind them ("posted photos, writing")."""
    last = span.end
    while last - span.start > 1 and (t := span.doc[last - 1]).i != span.root.i and (t.is_punct or _goes_on(t, span.end)):
        last -= 1
    gone = any(t.pos_ == "VERB" for t in span.doc[last : span.end])
    return span.doc[span.start : last] if gone else span


def cleaned(words: str) -> str:
    """The words with their marks in pairs, and none around the whole."""
    closed = _closed(re.sub(r" (?=[,;])", "", " ".join(_EMPTY.sub(" ", words).split())).strip(" ,;:–-"))
    inner = closed[1:-1]
    whole = closed[:1] in _PAIRS and closed[-1:] == _PAIRS[closed[0]] and not set(inner) & {closed[0], closed[-1]}
    return inner.strip(" ,;:–-") if whole and closed[0] not in "([" else closed


def _shared_auxiliaries(verb: "Token") -> list[str]:
    """The words that a participle shares with the verb before it: "is mourning and [is] calling", "is Danish and [is] based"."""
    own = any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    if verb.dep_ != "conj" or verb.tag_ not in ("VBG", "VBN") or own:
        return []
    if verb.head.lemma_ == "be":
        return [verb.head.text]
    return [c.text for c in verb.head.children if c.dep_ in ("aux", "auxpass") and verb.tag_ == verb.head.tag_]


def _goes_on(verb: "Token", end: int) -> bool:
    return verb.tag_ == "VBG" and verb.right_edge.i >= end


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


def _may_take(span: "Span", subject: "Token") -> bool:
    """Whether a subject stands before a span, and no other noun between that the parser may have missed."""
    before = span.doc[span.start - 1] if span.start else None
    if before is None or subject.i >= span.start:
        return False
    return before.pos_ not in ("NOUN", "PROPN", "PRON", "NUM") or before in list(subject.subtree)


def _is_read(verb: "Token", put: Mapping[int, str], span: "Span", start: int, shown: "Sequence[Token]") -> bool:
    """Whether a sentence has a verb with a tense, and a subject that says what it is: a noun, or a pronoun with its name."""
    if verb.pos_ not in ("VERB", "AUX") or not shown or shown[-1].pos_ in ("ADP", "DET", "CCONJ") or _is_cut_off(shown):
        return False
    if shown[0].i and not shown[0].nbor(-1).whitespace_ and shown[0].nbor(-1).text[-1:] in _HYPHENS:
        # "-e-Sharif is shut" begins in the midst of a name.
        return False
    bare = not has_tense(verb) and not (verb.dep_ == "acl" and put)
    joined = any(c.dep_ == "mark" and c.lower_ in _OPENING and c.i > start for c in verb.children)
    opens = shown[0].pos_ == "ADP" and len(shown) > 1
    if bare or joined or shown[opens].lower_ in _OPEN_WORDS or any(_is_left_open(t, put, shown) for t in shown):
        return False
    if _says_nothing(verb) or (verb.dep_ == "relcl" and _is_of_any(verb)) or (verb.dep_ == "acl" and _is_one_of_two(verb.head)):
        return False
    subject = next((c for c in verb.children if c.dep_ in (*_SUBJECT, "csubj", "expl")), None)
    if subject is None or subject.i < start or subject.tag_ in ("WP", "WDT"):
        return any(p.startswith("[") for p in put.values()) or verb.i != span.root.i
    if verb.i != span.root.i or shown[0].i == verb.i:
        # "A hotel where she married" tells of the hotel, "said Ada Holm, 34" of what she said.
        return False
    told = subject.pos_ not in ("PRON", "DET") or any(c.dep_ in ("relcl", "acl") for c in subject.children)
    return told or _is_empty(subject) or bool(put.get(subject.i + 1))


def _is_of_any(verb: "Token") -> bool:
    """Whether a clause says which of all are meant, and not that there are some: "a shelter for women who were struck"."""
    noun, before = verb.head, verb.left_edge.i - 1
    which = any(c.dep_ in ("det", "poss", "nummod") for c in noun.children)
    return noun.tag_ == "NNS" and not which and not verb.doc[before].is_punct


def _says_nothing(verb: "Token") -> bool:
    """Whether somebody says something that is no sentence: "to shut the gate and wait, Ada Holm said"."""
    said = next((c for c in verb.children if c.dep_ == "ccomp"), None)
    return verb.lemma_ in SAYING and said is not None and said.tag_ == "VB" and not has_tense(said)


def _is_one_of_two(noun: "Token") -> bool:
    """Whether a noun is the second of "talks between the rebels and the army led by him": the words may tell of the talks."""
    while noun.dep_ == "conj":
        noun = noun.head
    return noun.dep_ == "pobj" and noun.head.lower_ == "between"


def _is_left_open(token: "Token", put: Mapping[int, str], shown: "Sequence[Token]") -> bool:
    """Whether a word means what no word before it in the line names; "the dog bit him" has no him in it."""
    word = token.lower_
    if word in _POINTING:
        return _points_back(token, shown)
    if word in _OF_LISTENERS or (word in ("there", "so") and token.dep_ == "advmod"):
        return not any(t.ent_type_ in _PLACES for t in shown)
    if word not in _OF_ONE | _OF_THINGS or put.get(token.i + 1) or (token.dep_ == "poss" and put):
        return False
    if _is_empty(token):
        return False
    verb = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None) if token.dep_ != "poss" else None
    own = set() if verb is None else {verb.i, *(t.i for c in verb.children if c.dep_ in _SUBJECT for t in c.subtree)}
    many = word.startswith("the")
    nouns = (t for t in shown if t.i < token.i and t.pos_ in ("NOUN", "PROPN") and t.i not in own)
    return not any(_is_many(t) == many or t.ent_type_ == "ORG" for t in nouns)


def _is_many(noun: "Token") -> bool:
    return noun.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in noun.children)


def _points_back(token: "Token", shown: "Sequence[Token]") -> bool:
    """Whether "this", "those" or "such" means what another sentence names: not "those who fled", "this year", "such a storm"."""
    if token.dep_ not in ("det", "predet", "amod"):
        return token.tag_ == "DT" and not any(c.dep_ in ("relcl", "acl", "prep") for c in token.children)
    noun, behind = token.head, token.nbor(1) if token.i + 1 < len(token.doc) else None
    told = any(c.dep_ in ("relcl", "acl") and c.i > noun.i for c in noun.children)
    dated = noun.ent_type_ in ("DATE", "TIME") or noun.lemma_.lower() in _TIMES
    named = any(t.lemma_ == noun.lemma_ for t in shown if t.i < token.i)
    return not (told or dated or named or (behind is not None and behind.lower_ in ("a", "an")))


def _is_empty(token: "Token") -> bool:
    """Whether "it" or "there" only holds the place of what follows: "it was impossible to pass"."""
    below = {c.dep_ for t in (token.head, *token.head.children) if t.dep_ in ("acomp", "ROOT", "ccomp") for c in t.children}
    held = token.head.lemma_ == "be" and not below.isdisjoint(("ccomp", "xcomp", "advcl", "csubj"))
    return token.dep_ == "expl" or (token.lower_ == "it" and held)


def _is_cut_off(shown: "Sequence[Token]") -> bool:
    """Whether the last verb's object stands behind the line: "they announced in a letter" that something would be."""
    verb = next((t for t in reversed(shown) if t.pos_ == "VERB"), None)
    return verb is not None and any(c.dep_ in _COMPLEMENTS and c.i > shown[-1].i for c in verb.children)


def _article(token: "Token", cut: frozenset[int]) -> str:
    """A word as printed; "a" and "an" as the word asks for that follows when those between are left out."""
    following = token.i + 1
    if token.lower_ not in ("a", "an") or following not in cut:
        return token.text
    while following in cut:
        following += 1
    return "an" if following < len(token.doc) and token.doc[following].lower_[:1] in "aeiou" else "a"


def _joining(span: "Span") -> set[int]:
    """The words that only join a sentence to the one before it, with the commas around them."""
    found = {t.i for t in span if t.lower_ in _JOINING and t.dep_ == "advmod" and t.head.pos_ in ("VERB", "AUX")}
    return {i for at in found for i in (at - 1, at, at + 1) if i == at or (i < len(span.doc) and span.doc[i].text == ",")}


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
    plural, word = _is_many(noun), pronoun.lower_
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
