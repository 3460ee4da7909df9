"""One stem for all forms of a word, by language."""

from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

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
    import snowballstemmer

    return snowballstemmer.stemmer(name)
