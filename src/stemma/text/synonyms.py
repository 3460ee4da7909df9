"""What words mean when claims are matched: groups of synonyms (data/synonyms.tsv), and stems for the rest."""

from collections.abc import Iterable
from functools import lru_cache

from stemma.text.data import rows

STEM = 6
"""Letters that join "advance" and "advancing" and rarely two words that mean different things."""


@lru_cache(maxsize=50_000)
def meaning(lemma: str) -> str:
    """Return the first word of a lemma's group of synonyms, or its first letters."""
    word = lemma.lower()
    return _words().get(word) or _words().get(word.removesuffix("s")) or word[:STEM]


def phrases(lemmas: Iterable[str]) -> list[str]:
    """Return the meanings of two words that stand in one clause, marked with a plus: "lost their lives" is "die+"."""
    here = set(lemmas)
    return [f"{group}+" for (one, other), group in _pairs().items() if one in here and other in here]


@lru_cache(maxsize=1)
def _groups() -> list[list[str]]:
    return [group.split() for (group,) in rows("text", "synonyms.tsv")]


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    table: dict[str, str] = {}
    for group in _groups():
        for word in group:
            if "+" not in word:
                table.setdefault(word, group[0])
    return table


@lru_cache(maxsize=1)
def _pairs() -> dict[tuple[str, str], str]:
    return {(w.split("+")[0], w.split("+")[1]): group[0] for group in _groups() for w in group if "+" in w}
