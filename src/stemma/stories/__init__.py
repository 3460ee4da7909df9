"""Which reports tell the same story: terms of each report, pairs in SQL, groups of verified pairs.

In a group a report is like the others on average, not only like one of them; days.py says what the days between take away.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from stemma.ids import digest
from stemma.linkage import average_link
from stemma.stories import thresholds
from stemma.stories.days import Days
from stemma.stories.pairs import PAIRS_SQL
from stemma.stories.terms import SCHEMA, terms

RunSql = Callable[[str, Mapping[str, pa.Table]], pa.Table]

_SCALE = 1_000_000
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Document:
    """What grouping needs of a report; `published` is ISO 8601, as exact as known."""

    id: str
    title: str | None
    text: str
    published: str | None = None
    language: str | None = None


def group(documents: Sequence[Document], run_sql: RunSql, together: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """Return the story's id for each document's id, the same for any order of the documents.

    Average-link agglomeration (Sokal & Michener 1958) of tf-idf cosines; a story's id stands for its earliest
    member. Ids of documents must differ. Two ids that stand `together` are one story whatever they tell.
    """
    ordered = sorted(documents, key=lambda d: d.id)
    table = pa.Table.from_batches([terms(batch) for batch in _batches(ordered)], schema=SCHEMA)
    found = run_sql(PAIRS_SQL, {"terms": table}) if len(ordered) > 1 else pa.table({})
    place = {d.id: i for i, d in enumerate(ordered)}
    edges: dict[tuple[int, int], int] = {}
    words: dict[tuple[int, int], float] = {}
    for pair in found.to_pylist():
        linked = place[pair["a"]], place[pair["b"]]
        edges[linked] = max(edges.get(linked, 0), _likeness(pair))
        words[linked] = max(words.get(linked, 0.0), 1.0 if pair["similarity"] >= thresholds.REPRINT else pair["words"])
    for one, other in together:
        if one in place and other in place and one != other:
            # More than all likenesses of two groups can come to, so that what belongs together is joined first.
            linked = min(place[one], place[other]), max(place[one], place[other])
            edges[linked] = len(ordered) ** 2 * _SCALE
            words[linked] = 1.0
    weigh = Days([_day(d.published) for d in ordered], words).weigh
    groups = average_link(len(ordered), edges, round(thresholds.SAME_STORY * _SCALE), weigh=weigh)
    return {ordered[i].id: story for members in groups for story in [_story([ordered[i] for i in members])] for i in members}


def group_records(records: Sequence[Mapping[str, Any]], run_sql: RunSql) -> list[dict[str, Any]]:
    """Return `id` and `story` for each record, in their order.

    A record has `id`, `text` and, where known, `title`, `published` and `language`.
    """
    documents = {
        str(r["id"]): Document(str(r["id"]), r.get("title"), r["text"], r.get("published"), r.get("language")) for r in records
    }
    stories = group(list(documents.values()), run_sql)
    return [{"id": r["id"], "story": stories[str(r["id"])]} for r in records]


def _batches(documents: Sequence[Document]) -> Iterator[pa.RecordBatch]:
    names = Document.__slots__
    schema = pa.schema([(name, pa.string()) for name in names])
    for start in range(0, len(documents), _BATCH):
        rows = [{n: getattr(d, n) for n in names} for d in documents[start : start + _BATCH]]
        yield pa.RecordBatch.from_pylist(rows, schema=schema)


def _likeness(pair: Mapping[str, Any]) -> int:
    likeness: float = pair["similarity"]
    if pair["across"]:
        likeness *= thresholds.ACROSS_FACTOR if pair["terms"] >= thresholds.ACROSS_TERMS else 0
    elif likeness < thresholds.REPRINT and pair["terms"] == 1 and pair["names"] > thresholds.ONLY_NAME:
        return 0
    else:
        mould = pair["words"] ** 2 - pair["names"]
        likeness *= max(0.0, 1 - thresholds.MOULD_FACTOR * max(0.0, mould - thresholds.MOULD))
    return round(likeness * _SCALE)


def _story(members: Iterable[Document]) -> str:
    earliest = min(members, key=lambda d: (_instant(d.published) is None, _instant(d.published) or 0.0, d.id))
    return digest("story", earliest.id)


def _instant(published: str | None) -> float | None:
    """Seconds since 1970; a day without a time counts from its start, a time without a zone as UTC."""
    if not published:
        return None
    padded = published + "-01" * (2 - published.count("-")) if len(published) <= 7 else published
    try:
        moment = datetime.fromisoformat(padded)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _day(published: str | None) -> int | None:
    instant = _instant(published) if published and len(published) > 7 else None
    return None if instant is None else int(instant // 86_400)
