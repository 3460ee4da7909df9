"""The words of a report as they meet in others: stems, the keys that names share over languages, and how rare each is."""

import math
import re
import unicodedata
from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from stemma.stories import thresholds
from stemma.text.data import rows
from stemma.text.language import stop_words
from stemma.text.normal import latin

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
_MOST_WORDS = 100_000
Ints = npt.NDArray[np.int64]

MARK, STOP, CAPITAL, NUMBER, LONG = 1, 2, 4, 8, 16
"""What a piece of a text is: a mark, a word without weight, a word with a capital, a number, a stem of three letters or more."""


def places_in(starts: Ints, lists: Ints) -> tuple[Ints, Ints]:
    """Return where the values of some lists stand, one list after the other, and which of these (by its place) each is of.

    `starts` are where each list begins among all values, and where the last one ends.
    """
    counts = starts[lists + 1] - starts[lists]
    before = np.cumsum(counts) - counts
    places = np.arange(counts.sum()) + np.repeat(starts[lists] - before, counts)
    return places, np.repeat(np.arange(lists.size), counts)


class Vocabulary:
    """What is known of each written piece, in columns; a piece is a number, its place in them.

    It only saves work: what a text's columns say never depends on the texts before it.
    """

    def __init__(self) -> None:
        self._languages: dict[str, _Runs] = {}
        self.run_starts, self.run_pieces = array("q", [0]), array("q")
        self.kind, self.stem, self.key = array("b"), array("i"), array("i")
        self.rarity, self.spelling = array("d"), array("Q")

    def pieces(self, texts: Sequence[str], languages: Sequence[str]) -> tuple[Ints, Ints]:
        """Return the pieces of texts in the order of these, and which text each is of.

        Runs of a script without blanks are cut in pairs of letters.
        """
        told = [self._runs(text, language) for text, language in zip(texts, languages, strict=True)]
        sizes = [len(runs) for runs in told]
        runs = np.fromiter(chain.from_iterable(told), np.int64, sum(sizes))
        starts = np.frombuffer(self.run_starts, np.int64)
        places, run = places_in(starts, runs)
        return _values_at(self.run_pieces, places), np.repeat(np.arange(len(texts)), sizes)[run]

    def of(self, name: str, pieces: Ints) -> npt.NDArray[Any]:
        """Return a column for pieces: kind, stem, key, rarity or spelling (a hash of the small letters)."""
        return _values_at(getattr(self, name), pieces)

    def forget_some(self) -> None:
        """Start anew when a corpus has brought very many words."""
        if len(self.run_starts) > _MOST_WORDS:
            self.__init__()  # type: ignore[misc]

    def _runs(self, text: str, language: str) -> list[int]:
        """The runs of a text between its blanks: no piece has a blank inside, and most runs were seen before."""
        if language not in self._languages:
            self._languages[language] = _Runs(self, language)
        if text.isascii() or not _UNSPACED.search(text):
            written = text.replace("\n", " \n ").split(" ")
        else:
            written = [part for piece in _PIECE.findall(text) for part in _parts(piece)]
        return list(map(self._languages[language].__getitem__, written))


def _values_at(column: "array[Any]", places: Ints) -> npt.NDArray[Any]:
    # The view is gone when this returns: an array that a view looks at cannot grow.
    return np.frombuffer(column, column.typecode)[places] if places.size else np.zeros(0, column.typecode)


class _Runs(dict[str, int]):
    """The number of each run of letters and marks in one language; a new one gets the next, and so do the pieces in it."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        code = language.split("-")[0].lower()
        self._of, self._pieces = vocabulary, dict[str, int]()
        self._stops, self._common = stop_words(code) or stop_words("en"), _common(code)

    def __missing__(self, written: str) -> int:
        place = self[written] = len(self._of.run_starts) - 1
        # A run of English letters is one piece: no look for marks in it.
        pieces = [written] if written.isascii() and written.isalpha() else _PIECE.findall(written)
        self._of.run_pieces.extend([self._piece(piece) for piece in pieces])
        self._of.run_starts.append(len(self._of.run_pieces))
        return place

    def _piece(self, written: str) -> int:
        if written in self._pieces:
            return self._pieces[written]
        of = self._of
        place = self._pieces[written] = len(of.kind)
        stem, small = stem_of(written), written.lower()
        kind, spelling = self._kind(written, stem, small), number_of(small)
        of.kind.append(kind)
        of.stem.append((spelling if stem == small else number_of(stem)) % SLOTS)
        of.key.append(number_of(key_of(stem)) % SLOTS if kind & (NUMBER | CAPITAL) else 0)
        of.rarity.append(0.0 if kind & (MARK | STOP) else _rarity(stem, self._common))
        of.spelling.append(spelling)
        return place

    def _kind(self, written: str, stem: str, small: str) -> int:
        if not written[0].isalnum():
            return MARK
        if small in self._stops or stem in self._stops or (len(stem) < 2 and not _UNSPACED.search(written)):
            return STOP
        number = written[0].isdigit()
        capital = written[0].isupper() and not number
        return NUMBER * number | CAPITAL * capital | LONG * (len(stem) > 2)


def rarity_of(stem: str, language: str) -> float:
    """Return how much a stem says: minus the logarithm of the part of reports that have it, by a shipped table."""
    return _rarity(stem, _common(language.split("-")[0].lower()))


def _rarity(stem: str, common: Mapping[str, float]) -> float:
    if stem[0].isdigit():
        return thresholds.NUMBER_RARITY
    level = common.get(stem)
    if level is None:
        return thresholds.UNKNOWN_RARITY
    held = 1 - math.exp(-thresholds.REPORT_WORDS * 10 ** (level - 9))
    return min(thresholds.UNKNOWN_RARITY, -math.log(held))


def number_of(text: str) -> int:
    """Return 32 bits that stand for a text, the same on every machine."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def stem_of(written: str) -> str:
    """Return a word in small letters without accents, Cyrillic as Latin, without an English 's or plural."""
    if written[0].isdigit():
        return re.sub(r"[.,](?=\d{3}(?!\d))", "", written)
    word = (written.lower() if written.isascii() else _plain(written)).removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _plain(written: str) -> str:
    apart = unicodedata.normalize("NFKD", latin(written.replace("’", "'")))
    return "".join(c for c in apart if not unicodedata.combining(c))


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
