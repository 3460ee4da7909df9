"""Frames of speech in languages without a parser: the word for "said" and the name or pronoun beside it.

Word lists a language and the order of the words do the work: a quotation's frame follows it inverted ("…", said X) or
announces it (X said: "…"). Names keep their printed form; the pool of people compares them in Latin letters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from stemma.statements import thresholds
from stemma.text.data import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_STOPS = frozenset('.!?;:…«»„“”"(')
_DASHES = frozenset((",", "—", "–", "-", "―"))
_CLOSING = frozenset(("»", "“", "”", '"', "«"))
_OFFICES = ("meister", "minister", "sprecher", "chef", "präsident", "kanzler", "direktor", "leiter", "kommissar")


_CASES = ("ru", "uk")
"""Languages where a place in the genitive stands right before a name: "мер Одеси Ім'я Прізвище"."""
_PATRONYMICS = ("вич", "вна", "ич", "чна")
_COURTESIES = frozenset(("m", "mme", "mlle", "dr", "sr", "sra", "d", "pr", "hr", "fr"))

Name = tuple[str, ...]
Words = dict[str, frozenset[str]]
"""The words of one language by their kind."""


@dataclass(frozen=True)
class Frame:
    """One frame as token indices: `first` to `last` are the words of its subject; `name` the proper name among them.

    `dropped` where the language needs no subject, `declined` where the name is not in the form of a subject;
    `meant` are the names that the subject can mean, the likeliest first.
    """

    cue: int
    first: int | None
    last: int | None
    name: Name
    pronoun: str | None
    dropped: bool = False
    declined: bool = False
    meant: tuple[Name, ...] = ()


@lru_cache(maxsize=64)
def frames(doc: "Doc") -> list[Frame]:
    """Return the frames of one paragraph in text order; none in a language that data/frames.tsv does not hold."""
    words = _words(doc.lang_)
    if not words:
        return []
    found = []
    for token in doc:
        word = token.lower_
        if word in words["say"]:
            found.append(_of_verb(doc, token.i, words))
        elif word in words["according"]:
            near = range(token.i + 1, min(len(doc), token.i + thresholds.UNPARSED_SUBJECT))
            frame = _subject(doc, token.i, near, words, frozenset())
            found.append(frame and replace(frame, declined=doc.lang_ in _CASES))
    return [f for f in found if f is not None]


def names(doc: "Doc", start: int, end: int) -> Iterator[tuple[int, int, Name]]:
    """Yield the full names between two tokens, the last first: two words or more, and no preposition before them."""
    words = _words(doc.lang_)
    i = end - 1
    while words and i >= start:
        first = _run_start(doc, i, start)
        if first is None:
            i -= 1
            continue
        name = _name(doc, first, i)
        if len(name) >= 2 and not _led(doc, first, words):
            yield first, i, name
        i = first - 1


def is_sentence_start(doc: "Doc", i: int) -> bool:
    """Return whether a token is the first word of a sentence or of a quotation."""
    return i == 0 or doc[i - 1].text in _STOPS or bool(doc[i].is_sent_start)


def _of_verb(doc: "Doc", cue: int, words: Words) -> Frame | None:
    if cue and doc[cue - 1].lower_ in words["plural"]:
        return None
    pronoun = _pronoun(doc, cue, words)
    if pronoun is not None:
        return pronoun
    left = range(cue - 1, max(-1, cue - thresholds.UNPARSED_SUBJECT), -1)
    right = range(cue + 1, min(len(doc), cue + thresholds.UNPARSED_SUBJECT))
    inverted = _is_inverted(doc, cue, words)
    before = cue - 1
    while before >= 0 and doc[before].lower_ in words["before"]:
        before -= 1
    for way in (right, left) if inverted else (left, right):
        found = _subject(doc, cue, way, words, words["before"])
        if found is not None:
            return found
    if inverted and words["dropped"] and _nobody_follows(doc, cue, words):
        return Frame(cue, None, None, (), None, dropped=True)
    return None


def _is_inverted(doc: "Doc", cue: int, words: Words) -> bool:
    """Whether marks, a comma or a dash stand right before the verb."""
    at = cue - 1
    while at >= 0 and doc[at].lower_ in words["before"]:
        at -= 1
    return at >= 0 and doc[at].text in _DASHES | _CLOSING


def _pronoun(doc: "Doc", cue: int, words: Words) -> Frame | None:
    """He or she beside the verb: "a-t-il dit", "заявил он", "sie sagte"."""
    near = [cue + 1]
    at = cue - 1
    while at >= 0 and at >= cue - 4:
        near.append(at)
        if doc[at].lower_ not in words["before"]:
            break
        at -= 1
    for i in near:
        word = doc[i].lower_.lstrip("-") if i < len(doc) else ""
        for kind in ("he", "she"):
            if word in words[kind]:
                return Frame(cue, i, i, (), kind)
    return None


def _subject(doc: "Doc", cue: int, way: range, words: Words, leave: frozenset[str]) -> Frame | None:
    """The first name on the way from the verb that no preposition leads, else an office with its article."""
    office: Frame | None = None
    skipped = -1
    for i in way:
        token = doc[i]
        if token.text in _STOPS or (way.step > 0 and token.lower_ in words["clause"]):
            break
        if i <= skipped or token.lower_ in leave or not _is_capital(doc, i, way.step):
            continue
        first, last = _extent(doc, i, way.step)
        if way.step > 0:
            skipped = last
        name = _name(doc, first, last)
        if not name or _led(doc, first, words):
            continue
        if doc.lang_ == "de" and len(name) == 1 and first > 0 and doc[first - 1].lower_ in words["article"]:
            office = office or Frame(cue, first - 1, last, (), None)
            continue
        return Frame(cue, first, last, name, None)
    return office


def _extent(doc: "Doc", i: int, step: int) -> tuple[int, int]:
    """The unbroken run of capitalised words that a token is part of."""
    first = last = i
    if step > 0:
        while last + 1 < len(doc) and _joins(doc, last + 1):
            last += 1
    else:
        while first > 0 and _joins(doc, first) and (doc[first - 1].text == "-" or _is_capital(doc, first - 1, step)):
            first -= 1
    while doc[last].is_punct and last > first:
        last -= 1
    return first, last


def _joins(doc: "Doc", i: int) -> bool:
    text = doc[i].text
    return (text[:1].isupper() and not is_sentence_start(doc, i)) or (text in ("-", ".") and not doc[i - 1].whitespace_)


def _run_start(doc: "Doc", i: int, start: int) -> int | None:
    """Where the run of capitalised words that ends at a token begins."""
    if not doc[i].text[:1].isupper():
        return None
    first = i
    while first > start and doc[first - 1].text[:1].isupper() and not is_sentence_start(doc, first):
        first -= 1
    return first


def _is_capital(doc: "Doc", i: int, step: int) -> bool:
    token = doc[i]
    return token.text[:1].isupper() and not (token.is_stop and (step < 0 or len(token) < 4))


def _name(doc: "Doc", first: int, last: int) -> Name:
    """The proper name of a run, hyphens joined, without an office or a courtesy before it."""
    parts: list[str] = []
    for i in range(first, last + 1):
        text = doc[i].text
        if parts and (text == "-" or parts[-1].endswith("-")):
            parts[-1] += text
        elif text[:1].isupper() and not doc[i].is_stop:
            parts.append(text.strip("."))
    while len(parts) > 1 and (parts[0].lower() in _COURTESIES or _is_office(parts[0])):
        parts.pop(0)
    if doc.lang_ in _CASES and len(parts) > 2 and not parts[1].endswith(_PATRONYMICS):
        parts = parts[-2:]
    return tuple(parts)


def _is_office(word: str) -> bool:
    return word.lower().removesuffix("in").endswith(_OFFICES) or word in ("Herr", "Frau")


def _led(doc: "Doc", first: int, words: Words) -> bool:
    """Whether a preposition or the word for a listener leads a name, an article between or not."""
    at = first - 1
    if at >= 0 and _plain(doc[at]) in words["article"]:
        at -= 1
    return at >= 0 and _plain(doc[at]) in words["prep"] | words["listener"]


def _plain(token: "Token") -> str:
    return token.lower_.replace("’", "'")


def _nobody_follows(doc: "Doc", cue: int, words: Words) -> bool:
    """Whether no noun phrase can be the subject: the verb ends the frame, or a preposition follows."""
    after = doc[cue + 1] if cue + 1 < len(doc) else None
    return after is None or after.is_punct or after.lower_ in words["prep"]


@lru_cache(maxsize=32)
def _words(language: str) -> Words:
    found = {kind: frozenset(words.split()) for name, kind, words in rows("statements", "frames.tsv") if name == language}
    kinds = ("say", "before", "he", "she", "prep", "listener", "clause", "article", "according", "plural", "dropped")
    return {kind: found.get(kind, frozenset()) for kind in kinds} if found else {}
