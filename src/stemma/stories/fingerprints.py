"""The fingerprint of a report: what stories and copies are found by, worked out from its text alone, one pass for all of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from unicodedata import normalize

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stemma.stories import thresholds
from stemma.stories.words import CAPITAL, LONG, MARK, NUMBER, PRIME, STOP, Vocabulary
from stemma.text.language import language_of

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

Ints = npt.NDArray[np.int64]
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
