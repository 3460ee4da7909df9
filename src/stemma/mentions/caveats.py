"""Words that say how sure something is: hedges, what was or could not be verified and by whom, denials."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from stemma.mentions.parse import Paragraph
from stemma.tables import Caveat
from stemma.text.data import phrase_lists, rows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WORDS = phrase_lists("mentions", "caveats.tsv")
_MODALS = frozenset(("may", "might"))
_FREE_TO_HEDGE = frozenset(("believed", "thought"))
_MANAGING = frozenset(("able", "possible", "managed"))
_FAILING = frozenset(("unable", "impossible", "difficult", "hard", "failed", "yet", "declined"))
_TOLD = frozenset(("confirm", "establish", "substantiate"))
"""Verbs that also just say something, and check it only in some company."""
_SUBJECT = frozenset(("nsubj", "nsubjpass"))
_OTHER_CLAUSE = frozenset(("relcl", "acl", "advcl", "appos", "parataxis", "conj", "cc", "ccomp", "mark"))
_REVIEW = re.compile(
    r"\b(?:not(?! only| just)|never|yet to|without|await\w*|pending|ahead of|prior to|before|n['’]t)\b"
    r"(?:[\s-]+[\w-]+){0,4}?[\s-]+peer[\s-]review(?:ed)?\b",
    re.IGNORECASE,
)
_GAP = r"(?:[\s,]+[\w'’-]+){0,6}?"
"""Up to six words of the same sentence."""


def find_caveats(paragraph: Paragraph) -> list[Caveat]:
    """Return the caveats of one paragraph in text order, as offsets in the report's text.

    `who` is the span of the verifier's or denier's words, when they stand in the same clause. In a language without a
    parser they are fixed words of its language.
    """
    if not paragraph.doc.has_annotation("DEP"):
        return _abroad(paragraph.doc, paragraph.start)
    found = [caveat for token in paragraph.doc for caveat in _of_token(token, paragraph.start)]
    found += [Caveat(paragraph.start + start, paragraph.start + end, "unverified") for start, end in _unreviewed(paragraph.doc)]
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
    """Whether there is none of it: "no proof of identity" is no doubt of what is told, and "a name is no proof" weighs a name."""
    subject = _subject(token) if token.dep_ == "attr" else None
    weighed = subject is not None and subject.dep_ == "nsubj" and subject.pos_ in ("NOUN", "PROPN")
    papers = any(g.lemma_.lower() in _WORDS["proven"] for c in token.children if c.dep_ == "prep" for g in c.children)
    if weighed or papers:
        return False
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


def lacks_means(token: "Token") -> "Token | None":
    """Return the noun on which a verb of checking hangs when there is none of it: "no means of confirming", "no way to check"."""
    noun = token.head.head if token.dep_ == "pcomp" and token.head.lower_ in ("of", "for") else token.head
    if token.dep_ not in ("pcomp", "relcl", "acl") or noun.lower_ not in _WORDS["means"]:
        return None
    return noun if any(c.lower_ in ("no", "any") for c in noun.children) and _is_denied(noun) else None


def lacks_support(token: "Token") -> "Token | None":
    """Return the noun of which none was seen or shown that supports something: "has not seen any document that supports it"."""
    paper, verb = token.head, token.head.head
    if token.dep_ not in ("relcl", "acl") or paper.lemma_.lower() not in _WORDS["paper"]:
        return None
    if token.lemma_.lower() not in _WORDS["supports"]:
        return None
    passive, act = any(c.dep_ == "auxpass" for c in verb.children), verb.lemma_.lower()
    seen = act in _WORDS["shown"] or (passive and act in _WORDS["given"])
    return paper if seen and paper.dep_ in ("dobj", "attr") and _is_denied(paper) else None


def _unreviewed(doc: "Doc") -> Iterator[tuple[int, int]]:
    """Yield the offsets of words that say that nobody has reviewed a piece of research yet."""
    yield from (m.span() for m in _REVIEW.finditer(doc.text))


def _is_denied(noun: "Token") -> bool:
    """Whether there is none of a thing: "no document", or a negated verb that has it."""
    return any(c.lower_ == "no" for c in noun.children) or any(
        c.dep_ == "neg" or c.lower_ in ("not", "never") for c in noun.head.children
    )


def _abroad(doc: "Doc", offset: int) -> list[Caveat]:
    """Return the caveats of a paragraph in its language, moved by `offset`; none where there is no list for it."""
    found: list[Caveat] = []
    for kind, pattern in _patterns().get(doc.lang_, ()):
        found += [Caveat(offset + m.start(), offset + m.end(), kind) for m in pattern.finditer(doc.text)]
    found.sort(key=lambda c: (c.start, -c.end))
    return [c for n, c in enumerate(found) if not any(b.end >= c.end for b in found[max(n - 3, 0) : n])]


@lru_cache(maxsize=1)
def _patterns() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for language, kind, words in rows("mentions", "caveats_abroad.tsv"):
        found.setdefault(language, []).append((kind, re.compile(_expression(words), re.IGNORECASE)))
    return found


def _expression(words: str) -> str:
    parts = [_GAP if w == "…" else r"\s+" + re.escape(w).replace(r"\*", r"\w*") for w in words.split()]
    return r"(?<!\w)" + "".join(parts).removeprefix(r"\s+") + r"(?!\w)"
