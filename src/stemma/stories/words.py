"""The words of a report as they meet in others: stems, the keys that names share over languages, and how rare each is."""

import math
import re
import unicodedata
from array import array
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from stemma.stories import thresholds
from stemma.text.data import mapping, rows
from stemma.text.language import stop_words

SLOTS = 1 << 22
"""Stems and keys are known by one of so many numbers: two rare words that get one number are a chance in four million."""

PRIME = 0x9E3779B97F4A7C15
"""An odd number that spreads hashes: half of its bits are set, and in no order."""

# A word with inner apostrophes and hyphens, a number with its separators, or a mark after which a capital says nothing.
_PIECE = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d+(?:[.,]\d+)*|[.!?…:\n\"“„«‘]")
# Scripts that put no blanks between words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_KEY_LENGTH = 5
_LIKE_LETTERS = str.maketrans("yjw", "iiv")
_MOST_WORDS = 1_000_000

MARK, STOP, CAPITAL, NUMBER, LONG = 1, 2, 4, 8, 16
"""What a piece of a text is: a mark, a word without weight, a word with a capital, a number, a stem of three letters or more."""


class Vocabulary:
    """What is known of each written piece, in columns; a piece is a number, its place in them.

    It only saves work: what a text's columns say never depends on the texts before it.
    """

    def __init__(self) -> None:
        self._languages: dict[str, _Pieces] = {}
        self.kind, self.stem, self.key = array("b"), array("i"), array("i")
        self.rarity, self.spelling = array("d"), array("Q")

    def __len__(self) -> int:
        return len(self.kind)

    def pieces(self, text: str, language: str) -> list[int]:
        """Return the pieces of a text in text order; runs of a script without blanks in pairs of letters."""
        if language not in self._languages:
            self._languages[language] = _Pieces(self, language)
        known = self._languages[language]
        found = _PIECE.findall(text)
        if _UNSPACED.search(text):
            found = [part for piece in found for part in _parts(piece)]
        return [known[piece] for piece in found]

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return a column: kind, stem, key, rarity or spelling (a hash of the small letters)."""
        # A copy, since an array that a view looks at cannot grow.
        return np.array(getattr(self, name))

    def forget_some(self) -> None:
        """Start anew when a corpus has brought a million words."""
        if len(self) > _MOST_WORDS:
            self.__init__()  # type: ignore[misc]


class _Pieces(dict[str, int]):
    """The number of each written piece in one language; a new one gets the next."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self._of, self._language = vocabulary, language
        self._stops = stop_words(language.split("-")[0].lower()) or stop_words("en")

    def __missing__(self, written: str) -> int:
        of = self._of
        place = self[written] = len(of)
        kind, stem = self._kind(written), stem_of(written)
        of.kind.append(kind)
        of.stem.append(number_of(stem) % SLOTS)
        of.key.append(number_of(key_of(stem)) % SLOTS)
        of.rarity.append(0.0 if kind & (MARK | STOP) else rarity_of(stem, self._language))
        of.spelling.append(number_of(written.lower()))
        return place

    def _kind(self, written: str) -> int:
        if not written[0].isalnum():
            return MARK
        stem = stem_of(written)
        pair = bool(_UNSPACED.search(written))
        if written.lower() in self._stops or stem in self._stops or (len(stem) < 2 and not pair):
            return STOP
        number = written[0].isdigit()
        capital = written[0].isupper() and not number
        return NUMBER * number | CAPITAL * capital | LONG * (len(stem) > 2)


def rarity_of(stem: str, language: str) -> float:
    """Return how much a stem says: minus the logarithm of the part of reports that have it, by a shipped table."""
    if stem[0].isdigit():
        return thresholds.NUMBER_RARITY
    level = _common(language.split("-")[0].lower()).get(stem)
    if level is None:
        return thresholds.UNKNOWN_RARITY
    held = 1 - math.exp(-thresholds.REPORT_WORDS * 10 ** (level - 9))
    return min(thresholds.UNKNOWN_RARITY, -math.log(held))


def number_of(text: str) -> int:
    """Return 64 bits that stand for a text, the same on every machine."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@lru_cache(maxsize=200_000)
def stem_of(written: str) -> str:
    """Return a word in small letters without accents, Cyrillic as Latin, without an English 's or plural."""
    if written[0].isdigit():
        return re.sub(r"[.,](?=\d{3}(?!\d))", "", written)
    letters = _letters()
    plain = unicodedata.normalize("NFKD", "".join(letters.get(c, c) for c in written.lower().replace("’", "'")))
    word = "".join(c for c in plain if not unicodedata.combining(c)).removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=100_000)
def key_of(stem: str) -> str:
    """Return the start of a name in letters that its spellings share: Petrenko and Петренко are "petre"."""
    if stem[:1].isdigit():
        return stem
    return re.sub(r"(.)\1+", r"\1", stem.translate(_LIKE_LETTERS))[:_KEY_LENGTH]


@lru_cache(maxsize=64)
def _common(language: str) -> dict[str, float]:
    name = f"common.{language}.tsv"
    if not re.fullmatch(r"[a-z]{2,3}", language) or not files("stemma.stories").joinpath("data", name).is_file():
        return {}
    return {stem: float(level) for level, stems in rows("stories", name) for stem in stems.split(" ")}


def _parts(piece: str) -> list[str]:
    if not _UNSPACED.search(piece):
        return [piece]
    return [piece[i : i + 2] for i in range(max(1, len(piece) - 1))]


@lru_cache(maxsize=1)
def _letters() -> dict[str, str]:
    return mapping("stories", "letters.tsv")
