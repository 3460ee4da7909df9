"""The fingerprint of a report: what stories and copies are found by, worked out from its text alone, one pass for all of it."""

import math
import re
import unicodedata
from array import array
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any
from unicodedata import normalize
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stemma.stories import thresholds
from stemma.text.data import rows
from stemma.text.language import language_of, stop_words
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


def _rarity(stem: str, common: Mapping[str, float]) -> float:
    """How much a stem says: minus the logarithm of the part of reports that have it, by a shipped table."""
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


FINGERPRINT = pa.schema(
    [
        ("id", pa.string()),
        ("language", pa.string()),
        ("day", pa.int32()),
        ("instant", pa.float64()),
        ("names", pa.int32()),
        ("terms", pa.list_(pa.int32())),
        ("weights", pa.list_(pa.int32())),
        ("keys", pa.list_(pa.int32())),
        ("key_weights", pa.list_(pa.int32())),
        ("shingles", pa.list_(pa.int64())),
    ]
)
UNKNOWN = "und"
MOST_TERMS, MOST_KEYS, MOST_SHINGLES = 128, 64, 128
"""The heaviest terms and keys of a report that its fingerprint keeps, and the most shingles."""

# The language shows in the first lines, and to tell it by them takes a tenth of the time.
_LANGUAGE_LETTERS = 200
_WEIGHT = 100
_SHINGLE = 5
# One shingle in so many is kept, the same ones in every report.
_KEPT = 16
_PRIME = np.uint64(PRIME)
_HALF = np.uint64(29)

Array = npt.NDArray[Any]


def fingerprints(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the fingerprints of reports: columns id, title, text, published, language in (more are ignored), `FINGERPRINT` out.

    `terms` are stems as numbers, `names` of them names and numbers, which stand first; `weights` their damped counts, more for
    names, the title and the lead, times their rarity. `keys` are those of names and numbers, by which reports in other languages
    meet. `shingles` are hashes of runs of five words that say something, one in sixteen. `day` and `instant` (in seconds) count
    from 1970.
    """
    ids, titles, texts, published, languages = (batch.column(n).to_pylist() for n in _READ)
    texts = [text if text.isascii() else normalize("NFC", text) for text in texts]
    languages = [given or language_of(text[:_LANGUAGE_LETTERS]) or UNKNOWN for given, text in zip(languages, texts, strict=True)]
    vocabulary = _vocabulary()
    vocabulary.forget_some()
    pieces, heads = (_Pieces(vocabulary, some, languages) for some in (texts, [title or "" for title in titles]))
    names, terms, weights, keys, key_weights = _weighed(pieces, heads, len(ids))
    columns = [
        pa.array(ids, pa.string()), pa.array(languages, pa.string()), pa.array([day_of(p) for p in published], pa.int32()),
        pa.array([instant_of(p) for p in published], pa.float64()), names, terms, weights, keys, key_weights,
        _shingles(pieces, len(ids)),
    ]  # fmt: skip
    return pa.RecordBatch.from_arrays(columns, schema=FINGERPRINT)


_READ = ("id", "title", "text", "published", "language")


def instant_of(published: str | None) -> float | None:
    """Seconds since 1970; a day without a time counts from its start, a time without a zone as UTC."""
    if not published:
        return None
    padded = published + "-01" * (2 - published.count("-")) if len(published) <= 7 else published
    try:
        moment = datetime.fromisoformat(padded)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def day_of(published: str | None) -> int | None:
    """Days since 1970, None where no day is known."""
    instant = instant_of(published) if published and len(published) > 7 else None
    return None if instant is None else int(instant // 86_400)


class _Pieces:
    """The words of many texts, one after the other: the text of each, its number in the vocabulary, if it opens a sentence."""

    def __init__(self, vocabulary: Vocabulary, texts: Sequence[str], languages: Sequence[str]) -> None:
        every, text = vocabulary.pieces(texts, languages)
        kind = vocabulary.of("kind", every)
        mark = (kind & MARK) > 0
        opens = np.ones(every.size, bool)
        opens[1:] = mark[:-1] | (text[1:] != text[:-1])
        self.text, self.piece, self.kind, self.opens = (column[~mark] for column in (text, every, kind, opens))
        self.vocabulary = vocabulary

    def of(self, name: str) -> Array:
        """A column of the vocabulary for each word."""
        return self.vocabulary.of(name, self.piece)


def _weighed(pieces: _Pieces, heads: _Pieces, count: int) -> tuple[pa.Array, pa.Array, pa.Array, pa.Array, pa.Array]:
    told, head = (pieces.kind & STOP) == 0, (heads.kind & STOP) == 0
    text, kind, opens = pieces.text[told], pieces.kind[told], pieces.opens[told]
    here = 1 + thresholds.LEAD * np.exp(-_places(text) / thresholds.LEAD_WORDS)
    capital = np.where(opens, 0, np.where((kind & CAPITAL) > 0, 1, -1))
    stems = np.concatenate([pieces.of("stem")[told], heads.of("stem")[head]]).astype(np.int64)
    owner = np.concatenate([text, heads.text[head]])
    more = int(head.sum())
    place, inverse = np.unique(owner * _SPACE + stems, return_inverse=True)
    counts = np.bincount(inverse, np.concatenate([here, np.full(more, thresholds.TITLE)]), place.size)
    is_name = np.bincount(inverse, np.concatenate([capital, np.zeros(more)]), place.size) > 0
    number = np.zeros(place.size, bool)
    number[inverse] = (np.concatenate([kind, heads.kind[head]]) & NUMBER) > 0
    rarity = np.zeros(place.size)
    rarity[inverse] = np.concatenate([pieces.of("rarity")[told], heads.of("rarity")[head]])
    weight = _damped(counts) * np.where(is_name, thresholds.NAME, 1.0) * rarity
    names, terms, weights = _heaviest(place, weight, is_name | number, count, MOST_TERMS)
    keyed = ((kind & NUMBER) > 0) | (((kind & CAPITAL) > 0) & ~opens & ((kind & LONG) > 0))
    key_place, key_inverse = np.unique(text[keyed] * _SPACE + pieces.of("key")[told][keyed], return_inverse=True)
    key_rarity = np.zeros(key_place.size)
    np.maximum.at(key_rarity, key_inverse, pieces.of("rarity")[told][keyed])
    key_weight = _damped(np.bincount(key_inverse, here[keyed], key_place.size)) * key_rarity
    _, keys, key_weights = _heaviest(key_place, key_weight, np.ones(key_place.size, bool), count, MOST_KEYS)
    return pa.array(names, pa.int32()), terms, weights, keys, key_weights


_SPACE = 1 << 32


def _places(text: Ints) -> Ints:
    """The place of each word in its text, from 0."""
    starts = np.flatnonzero(np.diff(text, prepend=-1))
    return np.arange(text.size) - np.repeat(starts, np.diff(starts, append=text.size))


def _damped(counts: Array) -> Array:
    return 1 + np.log(np.maximum(counts, 1.0))


def _heaviest(place: Ints, weight: Array, named: Array, count: int, most: int) -> tuple[Ints, pa.Array, pa.Array]:
    """The heaviest of each text, names before words, each by weight: how many are names, the terms, their weights."""
    text, whole = place // _SPACE, np.rint(weight * _WEIGHT).astype(np.int64)
    order = np.lexsort((place, -whole, text))
    kept = order[_places(text[order]) < most]
    kept = kept[np.lexsort((place[kept], -whole[kept], ~named[kept], text[kept]))]
    names = np.bincount(text[kept], named[kept], count).astype(np.int64)
    return names, _lists(text[kept], place[kept] % _SPACE, count, pa.int32()), _lists(text[kept], whole[kept], count, pa.int32())


def _lists(text: Ints, values: Array, count: int, kind: pa.DataType) -> pa.Array:
    """Values in the order of their texts as an Arrow list for each text."""
    offsets = np.concatenate([[0], np.cumsum(np.bincount(text, minlength=count))])
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(values, kind))


def _shingles(pieces: _Pieces, count: int) -> pa.Array:
    spelling, rarity = pieces.of("spelling").astype(np.uint64), pieces.of("rarity").astype(np.float64)
    size = max(0, spelling.size - _SHINGLE + 1)
    runs, said = np.zeros(size, np.uint64), np.zeros(size)
    for n in range(_SHINGLE):
        runs = runs * _PRIME + spelling[n : n + size]
        said += rarity[n : n + size]
    runs = (runs ^ (runs >> _HALF)) * _PRIME
    runs ^= runs >> _HALF
    text = pieces.text
    whole = text[:size] == text[text.size - size :]
    kept = whole & (runs % np.uint64(_KEPT) == 0) & (said >= thresholds.SAID_BY_SHINGLE)
    held, owner = runs[kept].view(np.int64), text[:size][kept]
    order = np.lexsort((held, owner))
    held, owner = held[order], owner[order]
    new = np.ones(held.size, bool)
    new[1:] = (held[1:] != held[:-1]) | (owner[1:] != owner[:-1])
    held, owner = held[new], owner[new]
    few = _places(owner) < MOST_SHINGLES
    return _lists(owner[few], held[few], count, pa.int64())


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    return Vocabulary()
