"""The words of a quotation as they are compared: without what houses write in their own way."""

import re

from stemma.text.normal import fold

_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_WORD = re.compile(r"[\w']+|&")
_SHORT_FORMS = (
    (re.compile(r"can(?:'t|not)"), "can not"),
    (re.compile(r"won't"), "will not"),
    (re.compile(r"(\w+)n't"), r"\1 not"),
    (re.compile(r"(\w+)'re"), r"\1 are"),
    (re.compile(r"(\w+)'ll"), r"\1 will"),
    (re.compile(r"(\w+)'ve"), r"\1 have"),
    (re.compile(r"(\w+)'m"), r"\1 am"),
    (re.compile(r"(it|that|he|she|there|here|what|who|where|how)'s"), r"\1 is"),
    (re.compile(r"gonna"), "going to"),
    (re.compile(r"&"), "and"),
)
"""How a house writes what was said fast."""
_SPELLING = (
    ("our", "or"),
    ("ise", "ize"),
    ("isation", "ization"),
    ("yse", "yze"),
    ("ogue", "og"),
    ("tre", "ter"),
    ("ence", "ense"),
)


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words without case, accents, brackets' additions, house spelling, short forms and typography."""
    return tuple(plain for plain, _ in compared_words(text))


def compared_words(text: str) -> list[tuple[str, str]]:
    """Return the plain words of a text, each with the word as printed (empty where it is the end of the word before)."""
    found: list[tuple[str, str]] = []
    for match in _WORD.finditer(_BRACKETS.sub(" ", text).replace("’", "'")):
        printed = match[0].strip("'")
        if printed:
            first, *more = _in_full(fold(printed)).split()
            found += [(_house(first), printed), *((word, "") for word in more)]
    return found


def _in_full(word: str) -> str:
    for short, full in _SHORT_FORMS:
        if short.fullmatch(word):
            return short.sub(full, word)
    return word


def _house(word: str) -> str:
    """British and American spellings of one word become the same."""
    for british, american in _SPELLING:
        if word.endswith(british) and len(word) > len(british) + 2:
            return word[: -len(british)] + american
        for tail in ("s", "d", "ed", "ing", "ly", "ful", "able"):
            if word.endswith(british.rstrip("e") + tail) and len(word) > len(british) + 4:
                return word[: -len(british.rstrip("e") + tail)] + american.rstrip("e") + tail
    return word
