"""The fingerprint of a report: what stories and copies are found by, worked out from its text alone, one pass for all of it.

Words are known as they meet in others: stems, the keys that names share over languages, and how rare each is.
"""

import math
import re
import unicodedata
from array import array
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import compute

from stemma.stories import thresholds
from stemma.text.data import rows
from stemma.text.language import language_of, stop_words
from stemma.text.normal import latin

SLOT_BITS = 22
SLOTS = 1 << SLOT_BITS
"""Stems and keys are known by one of so many numbers: two rare words that get one number are a chance in four million."""

PRIME = 0x9E3779B97F4A7C15
"""An odd number that spreads hashes: half of its bits are set, and in no order."""

_LETTERS = r"[^\W\d_]+(?:['’\-][^\W\d_]+)*"
_MARKS = '.!?…:\n"“„«‘'
# A word with inner apostrophes and hyphens, a number with its separators, a mark after which a capital says nothing, or a blank.
_PIECE = re.compile(rf"{_LETTERS}|\d+(?:[.,]\d+)*|[{_MARKS} ]")
# Scripts that put no blanks between words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_LETTER_RUN = re.compile(_LETTERS)
_KEY_LENGTH = 5
_LIKE_LETTERS = str.maketrans("yjw", "iiv")
_MOST_WORDS = 100_000
_NEW = -1
_BLANK = -1
_NO_WORDS = {" ": _BLANK, **dict.fromkeys(_MARKS, 0)}
Ints = npt.NDArray[np.int64]

MARK, STOP, CAPITAL, NUMBER, LONG = 1, 2, 4, 8, 16
"""What a piece of a text is: a mark, a word without weight, a word with a capital, a number, a stem of three letters or more."""

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
_KEPT = np.uint64(16)
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
    texts = [text if text.isascii() else unicodedata.normalize("NFC", text) for text in texts]
    languages = [given or language_of(text[:_LANGUAGE_LETTERS]) or UNKNOWN for given, text in zip(languages, texts, strict=True)]
    vocabulary = _vocabulary()
    vocabulary.forget_some()
    pieces = _Pieces(vocabulary, [*texts, *(title or "" for title in titles)], [*languages, *languages])
    names, terms, weights, keys, key_weights = _weighed(pieces, len(ids))
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

    def __init__(self, vocabulary: "Vocabulary", texts: Sequence[str], languages: Sequence[str]) -> None:
        every, text = vocabulary.pieces(texts, languages)
        kind = vocabulary.of("kind", every)
        mark = (kind & MARK) > 0
        opens = is_new(text)
        opens[1:] |= mark[:-1]
        words = np.flatnonzero(~mark)
        self.text, self.piece, self.kind, self.opens = text[words], every[words], kind[words], opens[words]
        self.of = vocabulary.of


def _weighed(pieces: _Pieces, count: int) -> tuple[pa.Array, pa.Array, pa.Array, pa.Array, pa.Array]:
    """What `_heaviest` finds of the terms and of the keys of so many texts, behind which stand their titles."""
    told = np.flatnonzero((pieces.kind & STOP) == 0)
    text, piece, kind, opens = pieces.text[told], pieces.piece[told], pieces.kind[told], pieces.opens[told]
    places, title, rarity = _places(text), text >= count, pieces.of("rarity", piece)
    lead = 1 + thresholds.LEAD * np.exp(-np.arange(1 + places.max(initial=0)) / thresholds.LEAD_WORDS)
    here = np.where(title, thresholds.TITLE, lead[places])
    capital, number, silent = (kind & CAPITAL) > 0, (kind & NUMBER) > 0, opens | title
    terms = _Told(np.where(title, text - count, text), pieces.of("stem", piece))
    is_name = terms.sums(np.where(capital, 1, -1) * ~silent) > 0
    weight = _damped(terms.sums(here)) * np.where(is_name, thresholds.NAME, 1.0) * terms.last(rarity)
    keyed = np.flatnonzero(~title & (number | (capital & ~opens & ((kind & LONG) > 0))))
    keys = _Told(text[keyed], pieces.of("key", piece[keyed]))
    key_weight = _damped(keys.sums(here[keyed])) * keys.most(rarity[keyed])
    _, *heavy_keys = _heaviest(keys, key_weight, np.ones(key_weight.size, bool), count, MOST_KEYS)
    names, *heavy = _heaviest(terms, weight, is_name | terms.last(number), count, MOST_TERMS)
    return pa.array(names, pa.int32()), *heavy, *heavy_keys


class _Told:
    """The numbers that stand in texts, each once a text, in the order of both; what is said of each comes as they came.

    Sorted with its place in it, a number is one of 64 bits: that is many times as fast as to sort places by what stands there.
    """

    def __init__(self, text: Ints, numbers: Array) -> None:
        bits = max(1, text.size.bit_length())
        ordered = (text << SLOT_BITS | numbers) << bits | np.arange(text.size)
        ordered.sort()
        self._place, several = ordered & ((1 << bits) - 1), ordered >> bits
        new = is_new(several)
        self._starts, self._of = np.flatnonzero(new), np.cumsum(new) - 1
        self.text, self.number = several[new] >> SLOT_BITS, several[new] & (SLOTS - 1)

    def sums(self, said: Array) -> Array:
        """The sum of what is said at each number's places."""
        return np.bincount(self._of, said[self._place], self.text.size)

    def last(self, said: Array) -> Array:
        """What is said at each number's last place."""
        ends: Array = said[self._place[np.append(self._starts[1:], self._of.size) - 1]] if said.size else said
        return ends

    def most(self, said: Array) -> Array:
        """The most that is said at each number's places."""
        most: Array = np.maximum.reduceat(said[self._place], self._starts) if said.size else said
        return most


def _places(text: Ints) -> Ints:
    """The place of each word in its text, from 0."""
    starts = np.flatnonzero(np.diff(text, prepend=-1))
    return np.arange(text.size) - np.repeat(starts, np.diff(starts, append=text.size))


def _damped(counts: Array) -> Array:
    return 1 + np.log(np.maximum(counts, 1.0))


def _heaviest(told: _Told, weight: Array, named: Array, count: int, most: int) -> tuple[Ints, pa.Array, pa.Array]:
    """The heaviest of each text, names before words, each by weight: how many are names, the terms, their weights."""
    whole = np.rint(weight * _WEIGHT).astype(np.int64)
    heaviest = int(whole.max(initial=1))
    bits = heaviest.bit_length() + SLOT_BITS
    # By weight, and then by number; whether it is a word and no name stands behind, and in the second order before.
    ordered = np.sort((told.text << bits | (heaviest - whole) << SLOT_BITS | told.number) << 1 | ~named)
    text = ordered >> bits + 1
    kept = _places(text) < most
    text, word, rest = text[kept], ordered[kept] & 1, (ordered[kept] >> 1) & ((1 << bits) - 1)
    rest = np.sort((text << 1 | word) << bits | rest)
    names = np.bincount(text, 1 - word, count).astype(np.int64)
    weights = heaviest - (rest >> SLOT_BITS & ((1 << bits - SLOT_BITS) - 1))
    return names, _lists(text, rest & (SLOTS - 1), count, pa.int32()), _lists(text, weights, count, pa.int32())


def _lists(text: Ints, values: Array, count: int, kind: pa.DataType) -> pa.Array:
    """Values in the order of their texts as an Arrow list for each text."""
    offsets = np.concatenate([[0], np.cumsum(np.bincount(text, minlength=count))])
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(values, kind))


def _shingles(pieces: _Pieces, count: int) -> pa.Array:
    text = pieces.text[: np.searchsorted(pieces.text, count)]
    piece = pieces.piece[: text.size]
    spelling, size = pieces.of("spelling", piece), max(0, text.size - _SHINGLE + 1)
    runs = np.zeros(size, np.uint64)
    for n in range(_SHINGLE):
        runs *= _PRIME
        runs += spelling[n : n + size]
    runs ^= runs >> _HALF
    runs *= _PRIME
    runs ^= runs >> _HALF
    kept = np.flatnonzero((runs % _KEPT == 0) & (text[:size] == text[text.size - size :]))
    said = pieces.of("rarity", piece[kept[:, None] + np.arange(_SHINGLE)]).sum(axis=1)
    kept = kept[said >= thresholds.SAID_BY_SHINGLE]
    held, owner = runs[kept].view(np.int64), text[kept]
    order = np.lexsort((held, owner))
    held, owner = held[order], owner[order]
    new = is_new(held) | is_new(owner)
    held, owner = held[new], owner[new]
    few = _places(owner) < MOST_SHINGLES
    return _lists(owner[few], held[few], count, pa.int64())


@lru_cache(maxsize=1)
def _vocabulary() -> "Vocabulary":
    return Vocabulary()


def places_in(starts: Ints, lists: Ints) -> tuple[Ints, Ints]:
    """Return where the values of some lists stand, one list after the other, and which of these (by its place) each is of.

    `starts` are where each list begins among all values, and where the last one ends.
    """
    counts = starts[lists + 1] - starts[lists]
    before = np.cumsum(counts) - counts
    places = np.arange(counts.sum()) + np.repeat(starts[lists] - before, counts)
    return places, np.repeat(np.arange(lists.size), counts)


def is_new(ordered: Ints) -> npt.NDArray[np.bool_]:
    """Return whether each of some ordered numbers is another than the one before it."""
    new = np.ones(ordered.size, bool)
    new[1:] = ordered[1:] != ordered[:-1]
    return new


class Vocabulary:
    """What is known of each written piece, in columns; a piece is a number, its place in them, and all marks are one.

    It only saves work: what a text's columns say never depends on the texts before it.
    """

    def __init__(self) -> None:
        self._runs: dict[str, dict[str, int]] = {}
        self.run_starts, self.run_pieces = array("q", [0]), array("q")
        self.kind, self.stem, self.key = array("b", [MARK]), array("i", [0]), array("i", [0])
        self.rarity, self.spelling = array("d", [0]), array("Q", [0])

    def pieces(self, texts: Sequence[str], languages: Sequence[str]) -> tuple[Ints, Ints]:
        """Return the pieces of texts in the order of these, and which text each is of.

        Runs of a script without blanks are cut in pairs of letters.
        """
        # No piece has a blank inside: of the runs between blanks each is looked at once, however often it stands in the texts.
        lines = compute.replace_substring(pa.array(texts, pa.large_string()), "\n", " \n ")
        runs = compute.split_pattern(lines, " ")
        encoded, text = runs.flatten().dictionary_encode(), compute.list_parent_indices(runs).to_numpy()
        number = self._numbers(encoded, text, languages)
        places, run = places_in(np.frombuffer(self.run_starts, np.int64), number)
        return _values_at(self.run_pieces, places), text[run]

    def of(self, name: str, pieces: Ints) -> npt.NDArray[Any]:
        """Return a column for pieces: kind, stem, key, rarity or spelling (a hash of the small letters)."""
        return _values_at(getattr(self, name), pieces)

    def forget_some(self) -> None:
        """Start anew when a corpus has brought very many words."""
        if len(self.run_starts) > _MOST_WORDS:
            self.__init__()  # type: ignore[misc]

    def _numbers(self, encoded: pa.DictionaryArray, text: Ints, languages: Sequence[str]) -> Ints:
        """The number of each run, by its language."""
        written = encoded.dictionary.to_pylist()
        codes = {language: n * len(written) for n, language in enumerate(dict.fromkeys(languages))}
        code = np.array([codes[language] for language in languages], np.int64)[text] + encoded.indices.to_numpy()
        number = np.bincount(code, minlength=len(codes) * len(written))
        for language, start in codes.items():
            mine = start + np.flatnonzero(number[start : start + len(written)])
            number[mine] = self._learnt(language, [written[n] for n in (mine - start).tolist()])
        found: Ints = number[code]
        return found

    def _learnt(self, language: str, runs: Sequence[str]) -> Ints:
        """The number of each run of letters and marks in one language; a new one gets the next."""
        known = self._runs.setdefault(language, {})
        found = np.array([known.get(run, _NEW) for run in runs], np.int64)
        if (places := np.flatnonzero(found == _NEW)).size:
            found[places] = len(self.run_starts) - 1 + np.arange(places.size)
            new = [runs[n] for n in places.tolist()]
            self._learn_runs(language, " ".join(new))
            known.update(zip(new, found[places].tolist(), strict=True))
        return found

    def _learn_runs(self, language: str, joined: str) -> None:
        if not joined.isascii() and _UNSPACED.search(joined):
            joined = _LETTER_RUN.sub(lambda run: "\t".join(_parts(run[0])), joined)
        written = _PIECE.findall(joined)
        words = [piece for piece in dict.fromkeys(written) if piece not in _NO_WORDS]
        number = _NO_WORDS | dict(zip(words, range(len(self.kind), len(self.kind) + len(words)), strict=True))
        pieces = np.array([number[piece] for piece in written], np.int64)
        ends = np.flatnonzero(np.append(pieces, _BLANK) == _BLANK) - np.arange(joined.count(" ") + 1)
        self.run_starts.frombytes((len(self.run_pieces) + ends).tobytes())
        self.run_pieces.frombytes(pieces[pieces != _BLANK].tobytes())
        if words:
            self._learn_words(language.split("-")[0].lower(), words)

    def _learn_words(self, code: str, written: Sequence[str]) -> None:
        small = " ".join(written).lower().split(" ")
        stems = _stems(written, small)
        kind, spelling = _kinds(code, written, small, stems), _numbers_of(small)
        rarities = _rarities(code)
        rarity = np.where(kind == STOP, 0.0, [_rarity(stem, rarities) for stem in stems])
        key, keyed = np.zeros(kind.size, np.int32), np.flatnonzero(kind & (NUMBER | CAPITAL))
        key[keyed] = _numbers_of(_keys([stems[n] for n in keyed.tolist()])) % SLOTS
        self.kind.frombytes(kind.tobytes())
        self.stem.frombytes((_numbers_of(stems) % SLOTS).astype(np.int32).tobytes())
        self.key.frombytes(key.tobytes())
        self.rarity.frombytes(rarity.tobytes())
        self.spelling.frombytes(spelling.astype(np.uint64).tobytes())


def _values_at(column: "array[Any]", places: Ints) -> npt.NDArray[Any]:
    # The view is gone when this returns: an array that a view looks at cannot grow.
    return np.frombuffer(column, column.typecode)[places] if places.size else np.zeros(places.shape, column.typecode)


def _kinds(code: str, written: Sequence[str], small: Sequence[str], stems: Sequence[str]) -> npt.NDArray[np.int8]:
    stops = stop_words(code) or stop_words("en")
    firsts = [piece[0] for piece in written]
    of_first = {c: NUMBER if c.isdigit() else CAPITAL if c.isupper() else 0 for c in set(firsts)}
    sizes = np.array([len(stem) for stem in stems])
    kind = np.array([of_first[c] for c in firsts], np.int8) | np.where(sizes > 2, LONG, 0).astype(np.int8)
    stop = np.array([one in stops or stem in stops for one, stem in zip(small, stems, strict=True)])
    for n in np.flatnonzero(sizes < 2).tolist():
        stop[n] |= not _UNSPACED.search(written[n])
    kind[stop] = STOP
    return kind


def _rarity(stem: str, rarities: Mapping[str, float]) -> float:
    """How much a stem says: minus the logarithm of the part of reports that have it, by a shipped table."""
    return thresholds.NUMBER_RARITY if stem[0].isdigit() else rarities.get(stem, thresholds.UNKNOWN_RARITY)


def number_of(text: str) -> int:
    """Return 32 bits that stand for a text, the same on every machine."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def _numbers_of(texts: Sequence[str]) -> Ints:
    return np.fromiter(map(crc32, map(str.encode, texts)), np.int64, len(texts))


def stem_of(written: str) -> str:
    """Return a word in small letters without accents, Cyrillic as Latin, without an English 's or plural."""
    return _stems([written], [written.lower()])[0]


def _stems(written: Sequence[str], small: Sequence[str]) -> list[str]:
    words, strange = list(small), [n for n, whole in enumerate(written) if not whole.isascii()]
    for n, word in zip(strange, _plain("\n".join(written[n] for n in strange)).split("\n"), strict=False):
        words[n] = word
    return [
        _THOUSANDS.sub("", whole) if whole[0].isdigit() else _singular(word) if word[-1:] == "s" else word
        for whole, word in zip(written, words, strict=True)
    ]


_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")


def _singular(word: str) -> str:
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _plain(written: str) -> str:
    apart = unicodedata.normalize("NFKD", latin(written.replace("’", "'")))
    return apart.translate(dict.fromkeys(ord(c) for c in set(apart) if unicodedata.combining(c)))


def key_of(stem: str) -> str:
    """Return the start of a name in letters that its spellings share: Petrenko and Петренко are "petre"."""
    return _keys([stem])[0]


def _keys(stems: Sequence[str]) -> list[str]:
    letters = _DOUBLED.sub(lambda run: run[1], "\n".join(stems).translate(_LIKE_LETTERS)).split("\n")
    return [stem if stem[:1].isdigit() else word[:_KEY_LENGTH] for stem, word in zip(stems, letters, strict=False)]


_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=64)
def _rarities(language: str) -> Mapping[str, float]:
    """How rare each stem of the shipped table of a language is."""
    name = f"common.{language}.tsv"
    if not re.fullmatch(r"[a-z]{2,3}", language) or not files("stemma.stories").joinpath("data", name).is_file():
        return {}
    return {stem: rarity for level, stems in rows("stories", name) for rarity in [_rarity_at(level)] for stem in stems.split(" ")}


def _rarity_at(level: str) -> float:
    held = 1 - math.exp(-thresholds.REPORT_WORDS * 10 ** (float(level) - 9))
    return min(thresholds.UNKNOWN_RARITY, -math.log(held))


def _parts(piece: str) -> list[str]:
    if not _UNSPACED.search(piece):
        return [piece]
    return [piece[i : i + 2] for i in range(max(1, len(piece) - 1))]
