"""The terms of a report: its words with weights, per document and with no view of any other."""

import math
from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa

from stemma.stories.words import stop_words, words
from stemma.text.language import language_of

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("language", pa.string()),
        ("term", pa.string()),
        ("across", pa.bool_()),
        ("weight", pa.float64()),
    ]
)
UNKNOWN = "und"

# The first words of a report say what happened: the first counts twice, the 120th 1.4 times.
_LEAD = 1.0
_LEAD_WORDS = 120
_TITLE = 2.0
_NAME = 2.5


def terms(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the terms of documents: columns id, title, text, language in (more are ignored), `SCHEMA` out.

    `weight` is the damped count of the term, more for names, the title and the lead; its rarity is not in it.
    `across` marks a name's or number's key, by which documents in different languages meet.
    """
    columns = [batch.column(name).to_pylist() for name in ("id", "title", "text", "language")]
    rows = [row for document in zip(*columns, strict=True) for row in _document(*document)]
    values = zip(*rows, strict=True) if rows else [[] for _ in SCHEMA]
    return pa.RecordBatch.from_arrays([pa.array(v, f.type) for v, f in zip(values, SCHEMA, strict=True)], schema=SCHEMA)


def _document(id: str, title: str | None, text: str, language: str | None) -> Iterator[tuple[str, str, str, bool, float]]:
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
        yield id, language, stem, False, _damped(count) * (_NAME if capitals[stem] > 0 else 1)
    for key, count in keys.items():
        yield id, language, key, True, _damped(count)


def _damped(count: float) -> float:
    return 1 + math.log(max(count, 1.0))
