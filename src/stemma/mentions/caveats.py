"""Words that say how sure something is: hedges, what was or could not be verified and by whom, denials."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stemma.mentions.caveats_abroad import find_abroad
from stemma.mentions.parse import Paragraph
from stemma.mentions.unchecked import lacks_means, lacks_support, unreviewed
from stemma.mentions.values import Caveat
from stemma.text.data import phrase_lists

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = phrase_lists("mentions", "caveats.tsv")
_MODALS = frozenset(("may", "might"))
_FREE_TO_HEDGE = frozenset(("believed", "thought"))
_MANAGING = frozenset(("able", "possible", "managed"))
_FAILING = frozenset(("unable", "impossible", "difficult", "hard", "failed", "yet", "declined"))
_TOLD = frozenset(("confirm", "establish", "substantiate"))
"""Verbs that also just say something, and check it only in some company."""
_SUBJECT = frozenset(("nsubj", "nsubjpass"))
_OTHER_CLAUSE = frozenset(("relcl", "acl", "advcl", "appos", "parataxis", "conj", "cc", "ccomp", "mark"))


def find_caveats(paragraph: Paragraph) -> list[Caveat]:
    """Return the caveats of one paragraph in text order, as offsets in the report's text.

    `who` is the span of the verifier's or denier's words, when they stand in the same clause. In a language without a
    parser they are the fixed words of `find_abroad`.
    """
    if not paragraph.doc.has_annotation("DEP"):
        return find_abroad(paragraph.doc, paragraph.start)
    found = [caveat for token in paragraph.doc for caveat in _of_token(token, paragraph.start)]
    found += [Caveat(paragraph.start + start, paragraph.start + end, "unverified") for start, end in unreviewed(paragraph.doc)]
    return sorted(found, key=lambda c: (c.start, c.end, c.kind))


def checking(token: "Token") -> bool:
    """Return whether a word is of checking: the verb, the noun for its result, or "unverified" in a predicate."""
    lemma = token.lemma_.lower()
    if token.lower_ in _WORDS["unverified"]:
        return token.dep_ in ("acomp", "oprd", "attr")
    if lacks_support(token) is not None:
        return True
    return (lemma in _WORDS["verify"] | _WORDS["check"] and token.pos_ == "VERB") or lemma in _WORDS["proof"]


def _of_token(token: "Token", offset: int) -> Iterator[Caveat]:
    word, lemma = token.lower_, token.lemma_.lower()
    if (token.tag_ == "MD" and word in _MODALS) or word in _WORDS["hedge"]:
        if word not in _FREE_TO_HEDGE or _passive_to(token):
            yield _word(token, offset, "hedge")
    elif word in _WORDS["alleged"]:
        yield _word(token, offset, "alleged")
    elif word in _WORDS["unverified"]:
        yield _word(token, offset, "unverified")
    elif lemma in _WORDS["proof"] and _denied_noun(token):
        yield _clause(token, offset, "unverified", None)
    elif (noun := _lacking(token)) is not None:
        yield _clause(token, offset, "unverified", _subject(noun.head), noun.head)
    elif lemma in _WORDS["verify"] and token.pos_ == "VERB":
        yield from _verifying(token, offset)
    elif lemma in _WORDS["check"] and token.pos_ == "VERB" and _checkable(token):
        yield from (c for c in _verifying(token, offset) if c.kind == "unverified")
    elif token.pos_ == "VERB" and _denies(token, lemma):
        yield _clause(token, offset, "denied", _subject(token))


def _verifying(token: "Token", offset: int) -> Iterator[Caveat]:
    """Tell "could not verify" and "has yet to be confirmed" from "was able to verify" and "confirmed by"."""
    governor = _governor(token)
    passive = any(child.dep_ == "auxpass" for child in token.children)
    who = None if passive else _subject(governor if governor is not None else token)
    if _negated(token) or (governor is not None and (_negated(governor) or governor.lower_ in _FAILING)):
        told = token.lemma_.lower() in _TOLD
        if governor is not None or passive or _can(token) or _independently(token) or not told:
            yield _clause(token, offset, "unverified", who)
        return
    agent = next((g for c in token.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"), None)
    if agent is not None:
        yield _clause(token, offset, "verified", agent)
    elif who is not None and (_done(token) or (governor is not None and governor.lower_ in _MANAGING)):
        yield _clause(token, offset, "verified", who)


def _lacking(token: "Token") -> "Token | None":
    """The noun that there is none of: means to check something, or a document that supports it."""
    lemma = token.lemma_.lower()
    if lemma in _WORDS["verify"] | _WORDS["check"] and (noun := lacks_means(token)) is not None:
        return noun
    return lacks_support(token)


def _checkable(token: "Token") -> bool:
    """Bags are checked too: what is said, counted or found out must be the object, or a word that stands for it."""
    things = [c for c in token.children if c.dep_ in ("dobj", *_SUBJECT)]
    things += [s for s in [_subject(token)] if s is not None and any(c.dep_ == "auxpass" for c in token.children)]
    return any(t.lemma_.lower() in _WORDS["checked"] | _WORDS["assertion"] for t in things)


def _done(token: "Token") -> bool:
    """A finished act of checking; "confirmed" alone is said of any statement."""
    told = token.lemma_.lower() in _TOLD and not _independently(token) and not _by_looking(token)
    return token.tag_ in ("VBD", "VBN", "VBZ") and not told and not _can(token)


def _by_looking(token: "Token") -> bool:
    """Whether somebody says how it was confirmed: "by comparing the buildings with satellite pictures"."""
    means = [g for c in token.children if c.dep_ == "prep" and c.lower_ == "by" for g in c.children if g.dep_ == "pcomp"]
    return any(m.lemma_.lower() in _WORDS["look"] for m in means)


def _governor(token: "Token") -> "Token | None":
    """The word that an infinitive "to verify" hangs on: able, unable, failed, managed, yet, impossible."""
    if token.dep_ not in ("xcomp", "ccomp", "advcl", "ROOT"):
        return None
    near = (token.head, *token.head.children)
    return next((t for t in near if t.i < token.i and t.lower_ in _MANAGING | _FAILING), None)


def _negated(token: "Token") -> bool:
    near = (*token.children, *_copula(token))
    subject = _subject(token)
    below = () if subject is None else (subject, *subject.children)
    return any(c.dep_ == "neg" or c.lower_ in ("never", "not") for c in near) or any(
        c.lower_ in ("neither", "none", "nobody", "nothing", "no") for c in below
    )


def _copula(token: "Token") -> "list[Token]":
    """The "not" of "was not able" hangs on "was"."""
    return list(token.head.children) if token.dep_ in ("acomp", "oprd", "attr") else []


def _can(token: "Token") -> bool:
    return any(c.lower_ in ("could", "can", "ca", "cannot") for c in token.children)


def _independently(token: "Token") -> bool:
    return any(c.lower_ == "independently" for c in token.children)


def _subject(token: "Token") -> "Token | None":
    for at in (token, token.head):
        for child in at.children:
            if child.dep_ in _SUBJECT:
                return child
        if at.dep_ not in ("acomp", "oprd", "attr", "conj", "xcomp"):
            return None
    return None


def _denies(token: "Token", lemma: str) -> bool:
    if lemma == "deny":
        return not _negated(token)
    return lemma in _WORDS["reject"] and _rejects_assertion(token)


def _rejects_assertion(token: "Token") -> bool:
    objects = _WORDS["assertion"]
    return any(c.dep_ in ("dobj", "nsubjpass") and c.lemma_.lower() in objects for c in token.children)


def _denied_noun(token: "Token") -> bool:
    return any(c.lower_ == "no" for c in token.children) or token.head.lower_ == "without"


def _passive_to(token: "Token") -> bool:
    """The passive with an infinitive hedges ("is believed to have"), "she believed" does not."""
    kinds = {child.dep_ for child in token.children}
    return "auxpass" in kinds and bool(kinds & {"xcomp", "ccomp"})


def _word(token: "Token", offset: int, kind: str) -> Caveat:
    return Caveat(offset + token.idx, offset + token.idx + len(token), kind)


def _clause(token: "Token", offset: int, kind: str, who: "Token | None", above: "Token | None" = None) -> Caveat:
    """The caveat's words: from the subject to the end of the object, without a clause that hangs on the object.

    `above` is the verb on which the token hangs by a noun ("had no means of confirming").
    """
    kept = [token, *_own(token)]
    if above is not None:
        kept += [
            above,
            *(t for c in above.children if c.dep_ in _SUBJECT | {"aux", "neg", "auxpass", "expl"} for t in _own_or_self(c)),
        ]
    top = token
    while top.dep_ in ("xcomp", "acomp", "oprd", "attr") and top.head.i != top.i:
        top = top.head
        kept += [
            top,
            *(t for c in top.children if c.dep_ in _SUBJECT | {"aux", "neg", "auxpass"} for t in _own_or_self(c)),
        ]
    if who is not None:
        kept += _own_or_self(who)
    comma = next((t.i for t in token.doc[token.i :] if t.text in (",", ";")), len(token.doc))
    kept = [t for t in kept if t.i < comma]
    first, last = min(kept, key=lambda t: t.i), max(kept, key=lambda t: t.i)
    span = None
    if who is not None:
        words = _own_or_self(who)
        left, right = min(words, key=lambda t: t.i), max(words, key=lambda t: t.i)
        span = (offset + left.idx, offset + right.idx + len(right))
    return Caveat(offset + first.idx, offset + last.idx + len(last), kind, span)


def _own_or_self(token: "Token") -> "list[Token]":
    return [token, *_own(token)]


def _own(token: "Token") -> "list[Token]":
    """The words below a token, without clauses and punctuation."""
    found, stack = [], list(token.children)
    while stack:
        child = stack.pop()
        if child.dep_ not in _OTHER_CLAUSE and not child.is_punct:
            found.append(child)
            stack.extend(child.children)
    return found
