"""Which meaningful words of one wording answer those of another: the same words, and those that may stand for them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from stemma.text.data import rows, words_of
from stemma.text.numbers import read_number
from stemma.text.stems import stem

_NEGATIVE = ("not", "no", "none", "nobody", "never", "nothing", "nor", "neither")


def answered(one: Sequence[str], other: Sequence[str]) -> tuple[float, int, int]:
    """Return the share of meaningful words of two wordings that answer one another, how many do, and how many are the same."""
    mine, theirs = _meaningful(one), _meaningful(other)
    count, same, left = 0, 0, list(theirs)
    for exact in (True, False):
        for word in list(mine):
            match = next((w for w in left if (_root(w) == _root(word) if exact else _senses(w) & _senses(word))), None)
            if match is not None:
                mine.remove(word)
                left.remove(match)
                count, same = count + 1, same + exact
    total = len(_meaningful(one)) + len(theirs)
    return (2 * count / total if total else 0.0), count, same


def _meaningful(words: Sequence[str]) -> list[str]:
    return [w for w in map(_plain, words) if w not in words_of("findings", "function_words.txt")]


def _plain(word: str) -> str:
    """A word without what hangs on it: "wouldn't" says not, "it's" says it."""
    return "not" if word.endswith("n't") else word.split("'")[0]


@lru_cache(maxsize=20_000)
def _root(word: str) -> str:
    number = read_number(word)
    if number is not None:
        return f"#{number:g}"
    return "not" if word in _NEGATIVE else stem(word)


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
