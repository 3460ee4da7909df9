"""How two wordings are compared: without what houses write in their own way, and by the words that answer one another."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from stemma.text.data import rows, words_of
from stemma.text.normal import fold
from stemma.text.numbers import read_number
from stemma.text.stems import stem

_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_WORD = re.compile(r"[\w']+|&")
_APART = re.compile(r"\s?'\s?(?=(?:ll|s|t|re|ve|d|m)\b)|\s(?=n't\b)")
_DOTTED = re.compile(r"(?<=\b[A-Z])\.(?=[A-Z]\b)|(?<=\b[Ee])-(?=mail)")
"""What some texts print inside a word: "don ' t", "O.K.", "e-mail"."""
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
_INITIALS = {
    "US": "united states",
    "USA": "united states",
    "UK": "united kingdom",
    "UN": "united nations",
    "EU": "european union",
}
NEGATIVE = ("not", "no", "none", "nobody", "never", "nothing", "nor", "neither")


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words without case, accents, brackets' additions, house spelling, short forms and typography."""
    return tuple(plain for plain, _ in compared_words(text))


def compared_words(text: str) -> list[tuple[str, str]]:
    """Return the plain words of a text, each with the word as printed (empty where it is the end of the word before)."""
    found: list[tuple[str, str]] = []
    joined = _DOTTED.sub("", _APART.sub("'", _BRACKETS.sub(" ", text).replace("’", "'")))
    for match in _WORD.finditer(joined):
        printed = match[0].strip("'")
        if printed:
            # "LET US GO" is nobody's country.
            initials = None if text.isupper() else _INITIALS.get(printed)
            first, *more = (initials or _in_full(fold(printed))).split()
            found += [(_house(first), printed), *((word, "") for word in more)]
    return found


def answered(one: Sequence[str], other: Sequence[str]) -> tuple[float, int, int]:
    """Return the share of meaningful words of two wordings that answer one another, how many do, and how many are the same."""
    mine, theirs = meaningful(one), meaningful(other)
    left, _, same = _set_off(mine, theirs)
    count, total = len(mine) - len(left), len(mine) + len(theirs)
    return (2 * count / total if total else 0.0), count, same


def unanswered(one: Sequence[str], other: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the words of either side that the other has in no form and in no word of the same sense."""
    return _set_off(one, other)[:2]


def meaningful(words: Sequence[str]) -> list[str]:
    """Return the words but for those that carry grammar alone."""
    return [w for w in map(_plain, words) if w not in words_of("findings", "function_words.txt")]


def _set_off(one: Sequence[str], other: Sequence[str]) -> tuple[list[str], list[str], int]:
    """The words of either side that no word of the other answers, and how many were answered by the same word."""
    mine, left, same = list(one), list(other), 0
    for exact in (True, False):
        for word in list(mine):
            match = next((w for w in left if (_root(w) == _root(word) if exact else _senses(w) & _senses(word))), None)
            if match is not None:
                mine.remove(word)
                left.remove(match)
                same += exact
    return mine, left, same


@lru_cache(maxsize=20_000)
def _in_full(word: str) -> str:
    for short, full in _SHORT_FORMS:
        if short.fullmatch(word):
            return short.sub(full, word)
    return word


@lru_cache(maxsize=20_000)
def _house(word: str) -> str:
    """British and American spellings of one word become the same."""
    for british, american in _SPELLING:
        if word.endswith(british) and len(word) > len(british) + 2:
            return word[: -len(british)] + american
        for tail in ("s", "d", "ed", "ing", "ly", "ful", "able"):
            if word.endswith(british.rstrip("e") + tail) and len(word) > len(british) + 4:
                return word[: -len(british.rstrip("e") + tail)] + american.rstrip("e") + tail
    return word


def _plain(word: str) -> str:
    """A word without what hangs on it: "wouldn't" says not, "it's" says it."""
    return "not" if word.endswith("n't") else word.split("'")[0]


@lru_cache(maxsize=20_000)
def _root(word: str) -> str:
    number = read_number(word)
    if number is not None:
        return f"#{number:g}"
    return "not" if word in NEGATIVE else stem(word)


@lru_cache(maxsize=20_000)
def _senses(word: str) -> frozenset[str]:
    return frozenset({_root(word), *_synonym_sets().get(word, ()), *_synonym_sets().get(_root(word), ())})


@lru_cache(maxsize=1)
def _synonym_sets() -> Mapping[str, set[str]]:
    """For each word of data/said.tsv, and its stem, the sets that it stands in."""
    table: dict[str, set[str]] = defaultdict(set)
    for n, words in enumerate(rows("findings", "said.tsv")):
        for word in words:
            table[word].add(f"={n}")
            table[_root(word)].add(f"={n}")
    return table
