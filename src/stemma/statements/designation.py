"""Designations: what a noun phrase says of the one it names, the name and the titles as sets of plain words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from stemma.statements import thresholds
from stemma.text.countries import country
from stemma.text.data import rows, word_lists

if TYPE_CHECKING:
    from spacy.tokens import Token

TitleWords = frozenset[str]
OFFICES = word_lists("statements", "offices.tsv")
"""Words around a speaker's name, by kind."""
SYNONYMS = {
    word: words.split()[0] for kind, words in rows("statements", "offices.tsv") if kind == "same" for word in words.split()
}
"""The one word that stands for each synonym in titles."""
_HONORIFICS = OFFICES["male"] | OFFICES["female"] | OFFICES["title"]
"""Words that stand before a name and are no part of it."""
_ROLES = (
    OFFICES["person-male"]
    | OFFICES["person-female"]
    | OFFICES["anonymous"]
    | OFFICES["title"]
    | OFFICES["calling"]
    | {
        "head",
        "chair",
        "minister",
        "spokesperson",
        "president",
        "legislator",
    }
)
_NO_ROLES = OFFICES["organisation"] | OFFICES["document"] | OFFICES["thing"]
_NAME_WORDS = 30
"""Words on either side of its head that a name may have."""
_NAME_PARTS = frozenset(("compound", "flat", "nmod"))
_TITLE_PARTS = frozenset(("compound", "amod", "nmod", "poss"))
_DOER = ("er", "or", "ist", "ian", "eer", "man", "woman")
QUALITIES = ("tion", "sion", "ness", "ance", "ence", "ism", "ment", "ure", "ship")
"""Ends of nouns that name a quality or an act, and nobody."""
_TO_BE = re.compile(r"[-‑](?:elect|designate)$")
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)


@dataclass(frozen=True)
class Designation:
    """One noun phrase: `name` the words of a proper name, `titles` what it is called besides."""

    name: tuple[str, ...]
    titles: tuple[TitleWords, ...]
    head: str
    gender: str | None
    definite: bool
    plural: bool
    entity: str


def designation_of(token: "Token") -> Designation:
    """Describe the noun phrase whose head is `token`, with its appositions."""
    heads = [token, *(c for t in _hyphened(token) for c in t.children if c.dep_ == "appos" and _beside(t, c))]
    heads += [
        c for c in token.children if c.dep_ == "conj" and token.pos_ == "NOUN" and c.ent_type_ == "PERSON" and _one_phrase(c)
    ]
    heads += [*_named_behind(token), *called_behind(token)]
    near = token.dep_ == "appos" and (token.ent_type_ == "PERSON" or _beside(token.head, token))
    if near and token.head.pos_ in ("PROPN", "NOUN") and not _by_way_of(token.head):
        heads.append(_office_before(token))
    names = [h for h in heads if _is_name(h)]
    named = next((h for h in names if h.ent_type_ == "PERSON"), names[0] if names else None)
    name = _name(named) if named is not None else []
    words = {t.i for t in name}
    titles, genders = [], []
    courtesy = _calling(name) or [t for t in name[: max(1, len(name) - 1)] if held(t.lower_) in _HONORIFICS]
    office = [t for t in name if courtesy and t.i < courtesy[-1].i and not all(_SUFFIX.match(u.text) for u in name[-1:])]
    for head in heads:
        parts = [t for t in _title(head) if t.i not in words]
        offices = [t for t in courtesy if _is_office(t) or is_role(title_words((t,)))]
        offices = offices if named is not None and head.i == named.i else []
        parts += office if offices else []
        # Before a name "chief" is the office itself and no rank: "Police Chief Ann Lee" is no police force.
        key = title_words([*parts, *offices]) | {SYNONYMS.get(t.lower_, t.lower_) for t in offices}
        if key:
            titles.append(key)
        genders += [_gender(t) for t in parts if t.pos_ != "PRON"]
    genders += [_gender(t) for t in courtesy]
    kept = [t for t in name if t not in (*courtesy, *office)]
    return Designation(
        _hyphenated(kept),
        tuple(titles), (named if named is not None else token).lemma_.lower(),
        next((g for g in genders if g), None), _definite(token), token.tag_ in ("NNS", "NNPS") and not kept,
        named.ent_type_ if named is not None else token.ent_type_,
    )  # fmt: skip


def _one_phrase(conjunct: "Token") -> bool:
    """Whether two offices before one name are one phrase: "chairman and chief executive Ann Lee", no article or comma between."""
    phrase = conjunct.doc[conjunct.head.i + 1 : conjunct.i]
    return len(phrase) > 2 and any(t.pos_ == "NOUN" for t in phrase) and not any(t.is_punct or t.pos_ == "DET" for t in phrase)


def _calling(name: "list[Token]") -> "list[Token]":
    """What somebody does, with a capital and taken for a part of the name: "Nurse Ann Lee", "CEO Lee", "Oster Head Bo Holm"."""
    words = 1 if name and name[0].text.isupper() else 2
    if len(name) > words and name[0].lower_ not in _HONORIFICS and _is_office(name[0]):
        return name[:1]
    inner = [t for t in name[1:-2] if _is_office(t) or is_role(title_words((t,)))]
    return inner[-1:]


def _is_office(token: "Token") -> bool:
    word = held(token.lower_)
    return word in OFFICES["title"] | OFFICES["calling"] or SYNONYMS.get(word, word) in _ROLES


def held(word: str) -> str:
    """Return the office that somebody is to hold: "mayor" of "mayor-elect"."""
    return _TO_BE.sub("", word)


def _named_behind(token: "Token") -> "list[Token]":
    """The person named after what the office is of: "the head of the port, Ann Lee", "one of the pilots, Bo Holm"."""
    if token.pos_ != "NOUN" and token.lower_ != "one":
        return []
    nouns = [n for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for n in c.children if n.dep_ == "pobj"]
    nouns = [n for n in nouns if token.lower_ == "one" or not _is_office(n)]
    near = [(n, c) for n in nouns for c in (*n.children, *token.children)]
    return [c for n, c in near if c.dep_ == "appos" and c.ent_type_ == "PERSON" and _beside(n, c)]


def called_behind(token: "Token") -> "list[Token]":
    """Return what somebody who is not known is called: "a man who gave his name as Bo", "a witness identified as Ann Lee"."""
    clauses = [c for c in token.children if token.pos_ == "NOUN" and c.dep_ in ("relcl", "acl")]
    somebody = is_role(title_words((token,)))
    naming = [t for c in clauses for t in c.subtree if t.pos_ == "VERB" and t.lemma_ in ("give", "identify", "name", "know")]
    return [
        n for verb in naming for n in verb.subtree
        if n.pos_ == "PROPN"
        and (somebody or n.ent_type_ == "PERSON")
        and (n.dep_ == "oprd" or (n.dep_, n.head.lemma_) in (("pobj", "as"), ("appos", "name"), ("dobj", "name")))
    ]  # fmt: skip


def _office_before(token: "Token") -> "Token":
    """What a name stands beside, the whole office: "head of the port Ann Lee" is no port, nor "head of the port, Ann Lee"."""
    head = token.head
    another = head.head.dep_ == "prep" and head.head.head.lower_ in OFFICES["another"]
    if token.left_edge.i - head.i != 1 and ((_is_office(head) and not another) or token.ent_type_ != "PERSON"):
        return head
    while head.dep_ == "pobj" and head.head.dep_ == "prep" and head.head.head.pos_ == "NOUN":
        head = head.head.head
    return head


def _beside(token: "Token", apposition: "Token") -> bool:
    """An apposition that begins right after the name and a comma; farther ones, and a date, are mistakes of the parse."""
    told = apposition.pos_ in ("PROPN", "NOUN") and apposition.ent_type_ not in ("DATE", "TIME")
    return told and 0 < apposition.left_edge.i - token.i <= 2 and not _by_way_of(token)


def _by_way_of(token: "Token") -> bool:
    """Whether somebody else speaks through what the noun names: "Through a spokeswoman, Lee said"."""
    before = token.left_edge.i - 1
    return before >= 0 and token.doc[before].lower_ in ("through", "via")


def _is_name(token: "Token") -> bool:
    """Whether a word is a name, and not what somebody is: "an Afghan", "the 46-year-old South African"."""
    if token.pos_ != "PROPN" and token.ent_type_ != "PERSON":
        return False
    if token.ent_type_ == "NORP" and token.tag_ == "NNP" and (_is_aged(token) or not _definite(token)):
        return False
    if _is_office(token) and token.left_edge.lower_ == "the":
        return token.ent_type_ == "PERSON"
    return token.lower_ not in OFFICES["title"] or token.ent_type_ == "PERSON"


def _name(head: "Token") -> "list[Token]":
    """The unbroken run of proper nouns that ends in the head; a person's name alone where recognised."""
    doc, start = head.doc, head.i
    person = head.ent_type_ == "PERSON"
    while start > max(0, head.i - _NAME_WORDS) and _before(doc[start - 1], head, person):
        start -= 1
    end = head.i
    while (
        end + 1 < min(len(doc), head.i + _NAME_WORDS)
        and person
        and doc[end + 1].ent_type_ == "PERSON"
        and doc[end + 1].ent_iob_ == "I"
    ):
        end += 1
    end = max(end, _hyphened(doc[end])[-1].i)
    while person and start < head.i and doc[start].lower_ in OFFICES["pictured"]:
        start += 1
    return [t for t in doc[start : end + 1] if not (t.is_punct and t.text not in ("-", "’")) and t.lower_ not in ("'s", "’s")]


def _hyphened(token: "Token") -> "list[Token]":
    """A name and what a hyphen joins to it: the parser takes "Holm-Brook" for three words."""
    parts, doc = [token], token.doc
    while (
        parts[-1].i + 2 < min(len(doc), token.i + _NAME_WORDS)
        and doc[parts[-1].i + 1].text == "-"
        and not doc[parts[-1].i + 1].whitespace_
    ):
        if doc[parts[-1].i].whitespace_ or token.pos_ != "PROPN":
            break
        parts.append(doc[parts[-1].i + 2])
    return parts


def _hyphenated(tokens: "list[Token]") -> "tuple[str, ...]":
    parts: list[str] = []
    for token in tokens:
        text = token.text.strip(".") if len(token) == 2 else token.text
        after_hyphen = token.i > 0 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_
        if parts and (text == "-" or after_hyphen):
            parts[-1] += text
        else:
            parts.append(text)
    return tuple(p for p in parts if not _SUFFIX.match(p))


def _before(token: "Token", head: "Token", person: bool) -> bool:
    if person and token.text == "-" and token.ent_type_ == "PERSON" and not token.whitespace_:
        return not token.nbor(-1).whitespace_
    if token.pos_ != "PROPN" or token.is_sent_start is None:
        return False
    if person and token.ent_type_ == "PERSON":
        return True
    return (token.head.i == head.i and token.dep_ in _NAME_PARTS and not (person and token.ent_type_)) or (
        not person and token.ent_type_ == head.ent_type_ and token.ent_type_ != ""
    )


def bracketed(token: "Token") -> bool:
    """Return whether a word, or the phrase that it is the head of, stands first in brackets: the letters of a name."""
    first = token.left_edge
    return first.text in ("(", "[") or (first.i > 0 and first.nbor(-1).text in ("(", "["))


def _title(head: "Token") -> "list[Token]":
    """The words of a title: modifiers before the noun, its owner, and what follows "of", "for" or "at".

    Whose somebody is, is no title of a name by itself: "Ann Lee of Oster Zoo", "the zoo's Ann Lee".
    """
    found = [head] if head.pos_ in ("NOUN", "PROPN") else []
    stack = list(head.children)
    if head.ent_type_ == "PERSON" and not is_role(title_words(c for c in stack if c.dep_ in _TITLE_PARTS - {"poss"})):
        stack = [c for c in stack if c.dep_ not in ("poss", "prep")]
    while stack:
        child = stack.pop()
        if bracketed(child):
            continue
        if (child.dep_ in _TITLE_PARTS and not _by_way_of(child)) or (child.dep_ == "pobj" and child.pos_ in ("PROPN", "NOUN")):
            found.append(child)
            stack.extend(child.children)
        elif (child.dep_ == "prep" and child.lower_ in ("of", "for", "at", "in")) or child.dep_ == "npadvmod":
            stack.extend(child.children)
    return found


def owner_of(token: "Token") -> "Token":
    """Return whose words a post or a statement says, else itself: "a post on the group's page", "a statement from the zoo"."""
    if token.lemma_.lower() not in OFFICES["uttered"] or token.pos_ not in ("NOUN", "PROPN"):
        return token
    for child in token.children:
        if child.dep_ == "poss" or (child.dep_ == "compound" and child.lemma_.lower() in OFFICES["organisation"]):
            return child
        if child.dep_ in ("prep", "agent") and child.lower_ in ("from", "by", "on", "of"):
            owner = next((g for g in child.children if g.dep_ == "pobj"), None)
            named = owner is not None and (child.lower_ != "of" or may_speak(owner))
            if owner is not None and named and (child.lower_ != "on" or owner_of(owner) is not owner):
                return owner_of(owner)
    return token


def phrase_words(head: "Token") -> TitleWords:
    """Return the plain words of a noun phrase with what follows its "of", "for" or "at": "a spokesman for the army"."""
    return title_words(_title(head))


def is_description(token: "Token") -> bool:
    """Return whether a noun stands for one whom the report has just named: "the 21-year-old (docker)", "the former host"."""
    former = any(t.lower_ == "former" for t in token.lefts) and not cannot_speak(token) and not is_body(title_words((token,)))
    known = former or _is_aged(token) or token.lemma_.lower() in OFFICES["known"]
    return known and _definite(token) and token.tag_ != "NNS"


def _is_aged(token: "Token") -> bool:
    """Whether it is said how old somebody is: "the 21-year-old", "the 21-year-old docker"."""
    old = next((t for t in (token, *token.lefts) if t.lower_ == "old"), None)
    return old is not None and old.i > 1 and old.nbor(-2).lower_ == "year"


def cannot_speak(token: "Token") -> bool:
    """Return whether a noun is of nobody who speaks: a time, a thing, an event or a quality ("the plane", "the release")."""
    if token.ent_type_ in ("DATE", "TIME", "QUANTITY", "PERCENT"):
        return True
    noun = token.lemma_.lower()
    if noun == "network" and any(c.lower_ in OFFICES["wired"] for c in token.children):
        return True
    speaks = noun in _NO_ROLES - OFFICES["thing"] or noun in OFFICES["anonymous"] | OFFICES["outlet"]
    return token.pos_ == "NOUN" and not speaks and (noun in OFFICES["thing"] | OFFICES["silent"] or noun.endswith(QUALITIES))


def may_speak(token: "Token") -> bool:
    """Return whether a word is of somebody who speaks: a name, a pronoun, an office, a body or a document."""
    if token.pos_ in ("PROPN", "PRON") or token.ent_type_ == "PERSON":
        return not cannot_speak(token)
    words = title_words((token,))
    kinds = ("organisation", "document", "outlet", "known", "many", "uttered")
    return is_role(words) or token.lemma_.lower() in frozenset().union(*(OFFICES[kind] for kind in kinds))


@lru_cache(maxsize=4096)
def is_role(title: TitleWords) -> bool:
    """Return whether a title is a person's: a known office, or a word for somebody who does something (baker, hydrologist)."""
    if {held(w) for w in title} & _ROLES:
        return True
    return any(len(w) >= thresholds.DOER_LETTERS and w.endswith(_DOER) and not w.startswith("=") for w in title - _NO_ROLES)


def is_body(title: TitleWords) -> bool:
    """Whether a title is of an organisation: "the agency" is one, "chief of the agency" is a person."""
    return bool(title & OFFICES["organisation"]) and not is_role(title)


def title_words(tokens: "Iterable[Token]") -> TitleWords:
    """Return a title's words in plain form: countries, one word for its synonyms, none of rank."""
    words = sorted(tokens, key=lambda t: t.i)
    text = [t.lemma_.lower() if t.pos_ == "NOUN" else t.text.lower() for t in words if t.pos_ != "PRON"]
    joined = {f"{a} {b}" for a, b in pairwise(text)}
    countries = {c for w in (*text, *joined) if (c := country_key(w))}
    eaten = {part for w in joined if country_key(w) for part in w.split()}
    weak = {w for t, w in zip((t for t in words if t.pos_ != "PRON"), text, strict=True) if w in OFFICES["weak"] and _light(t)}
    plain = {SYNONYMS.get(w, w) for w in text if w not in eaten and not country_key(w) and w not in weak}
    return frozenset(countries | {w for w in plain if w[:1].isalnum()})


def _light(token: "Token") -> bool:
    """A word of rank before the noun; "chief" and "official" as the noun itself are the office."""
    return token.dep_ in ("amod", "compound", "advmod", "nmod") or token.pos_ == "ADJ"


def country_key(word: str) -> str | None:
    """Return what stands in a title for a country, "=" and its code, where a word is its name, people or capital; else None."""
    code = country(word)
    return None if code is None else f"={code}"


def _gender(token: "Token") -> str | None:
    for gender in ("male", "female"):
        if token.lower_ in OFFICES[gender] or token.lower_ in OFFICES[f"person-{gender}"]:
            return gender
    return None


def _definite(token: "Token") -> bool:
    kinds = [c for c in token.children if c.dep_ in ("det", "poss")] or [c for c in token.children if c.dep_ == "nummod"]
    return not any(c.lower_ in ("a", "an", "some", "one", "another", "any") for c in kinds)
