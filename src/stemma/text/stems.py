"""One stem for all forms of a word, by language, and one meaning for synonyms (data/synonyms.tsv)."""

from collections.abc import Iterable
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from stemma.text.data import rows
from stemma.text.language import stop_words
from stemma.text.lean import without
from stemma.text.normal import fold

if TYPE_CHECKING:
    from snowballstemmer.basestemmer import BaseStemmer


STEMMED = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "cs": "czech", "da": "danish", "nl": "dutch",
    "en": "english",
    "eo": "esperanto", "et": "estonian", "fi": "finnish", "fr": "french", "de": "german", "el": "greek", "hi": "hindi",
    "hu": "hungarian", "id": "indonesian", "ga": "irish", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nb": "norwegian",
    "nn": "norwegian", "no": "norwegian", "fa": "persian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "es": "spanish", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""Language codes (ISO 639-1) with a Snowball stemmer (Porter 2001), and its name."""

_ONE_AT_A_TIME = Lock()


@lru_cache(maxsize=200_000)
def stem(word: str, language: str | None = None) -> str:
    """Return the folded stem of a word, "killings" and "Killed" → "kill"; English where the language is unknown (None).

    A word of a language without a stemmer comes back folded and whole, as does a number.
    """
    name = STEMMED.get(language or "en")
    plain = word.casefold().replace("’", "'")
    if name is None or not plain.replace("'", "").replace("-", "").isalpha():
        return fold(plain)
    with _ONE_AT_A_TIME:  # a Snowball stemmer keeps the word that it works on in itself
        return fold(_stemmer(name).stemWord(plain))


@lru_cache(maxsize=40)
def _stemmer(name: str) -> "BaseStemmer":
    # The package imports the stemmers of all languages.
    with without(*(f"snowballstemmer.{one}_stemmer" for one in STEMMED.values())):
        import snowballstemmer

    return snowballstemmer.stemmer(name)


_BEGINNING = 6
"""Letters that join "advance" and "advancing" and rarely two words that mean different things."""


def beginning(word: str) -> str:
    """Return the first letters of a word, which two forms of it share whatever its language."""
    return word[:_BEGINNING]


@lru_cache(maxsize=50_000)
def meaning(lemma: str) -> str:
    """Return the first word of a lemma's group of synonyms, or its first letters."""
    word = lemma.lower()
    return _words().get(word) or _words().get(word.removesuffix("s")) or beginning(word)


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


def meanings(words: Iterable[str], language: str | None) -> set[str]:
    """Return the meanings of words of a text, but for those that stand in any."""
    idle = stop_words(language or "en")
    return {meaning(stem(w, language)) for w in words if w.casefold() not in idle}
