"""The terms of a report: its words as they meet in others, with weights, per document and with no view of any other."""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa

from stemma.text.data import mapping
from stemma.text.language import language_of, stop_words

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("language", pa.string()),
        ("term", pa.string()),
        ("across", pa.bool_()),
        ("named", pa.bool_()),
        ("weight", pa.float64()),
    ]
)
UNKNOWN = "und"

# The first words of a report say what happened: the first counts twice, the 120th 1.4 times.
_LEAD = 1.0
_LEAD_WORDS = 120
_TITLE = 2.0
_NAME = 2.5

# A word with inner apostrophes and hyphens, or a number with its separators.
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_SENTENCE_START = re.compile(r"[.!?…:\n\"“„«‘]")
# Scripts that put no blanks between words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_KEY_LENGTH = 5
_LIKE_LETTERS = str.maketrans("yjw", "iiv")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its stem, the key by which a name or number is known in other languages, its capital.

    `capital` is None where a capital says nothing: at the start of a sentence.
    """

    stem: str
    key: str | None
    capital: bool | None


def terms(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the terms of documents: columns id, title, text, language in (more are ignored), `SCHEMA` out.

    `weight` is the damped count of the term, more for names, the title and the lead; its rarity is not in it.
    `across` marks a name's or number's key, by which documents in different languages meet; `named` names and numbers.
    """
    columns = [batch.column(name).to_pylist() for name in ("id", "title", "text", "language")]
    rows = [row for document in zip(*columns, strict=True) for row in _document(*document)]
    values = zip(*rows, strict=True) if rows else [[] for _ in SCHEMA]
    return pa.RecordBatch.from_arrays([pa.array(v, f.type) for v, f in zip(values, SCHEMA, strict=True)], schema=SCHEMA)


def _document(id: str, title: str | None, text: str, language: str | None) -> Iterator[tuple[str, str, str, bool, bool, float]]:
    language = language or language_of(text) or UNKNOWN
    stops = stop_words(language.split("-")[0].lower()) or stop_words("en")
    counts: defaultdict[str, float] = defaultdict(float)
    keys: defaultdict[str, float] = defaultdict(float)
    capitals: defaultdict[str, int] = defaultdict(int)
    for word in words(title or "", stops):
        counts[word.stem] += _TITLE
    for place, word in enumerate(words(text, stops)):
        here = 1 + _LEAD * math.exp(-place / _LEAD_WORDS)
        counts[word.stem] += here
        if word.key:
            keys[word.key] += here
        if word.capital is not None:
            capitals[word.stem] += 1 if word.capital else -1
    for stem, count in counts.items():
        name = capitals[stem] > 0
        yield id, language, stem, False, name or stem[0].isdigit(), _damped(count) * (_NAME if name else 1)
    for key, count in keys.items():
        yield id, language, key, True, True, _damped(count)


def _damped(count: float) -> float:
    return 1 + math.log(max(count, 1.0))


def words(text: str, stops: frozenset[str]) -> Iterator[Word]:
    """Yield the words of a text that are no stop words, in text order."""
    end = 0
    for found in _WORD.finditer(text):
        start = end == 0 or bool(_SENTENCE_START.search(text, end, found.start()))
        end = found.end()
        written = found.group()
        if written.lower() in stops:
            continue
        if _UNSPACED.search(written):
            yield from (Word(written[i : i + 2], None, False) for i in range(max(1, len(written) - 1)))
        elif (stem := stem_of(written)) not in stops and len(stem) > 1:
            number = written[0].isdigit()
            capital = written[0].isupper() and not number
            named = number or (capital and not start and len(stem) > 2)
            yield Word(stem, key_of(stem) if named else None, None if start else capital)


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
    if stem[0].isdigit():
        return stem
    return re.sub(r"(.)\1+", r"\1", stem.translate(_LIKE_LETTERS))[:_KEY_LENGTH]


@lru_cache(maxsize=1)
def _letters() -> dict[str, str]:
    return mapping("stories", "letters.tsv")
