"""Which reports tell the same story: a fingerprint of each, pairs in SQL, groups of verified pairs.

How alike two reports are hangs on these two alone, and a group on the reports that hang together with it: what is read in
batches is grouped as if it were read at once. In a group a report is like the others on average, not only like one of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from stemma.processes import batches, in_order
from stemma.stories import thresholds
from stemma.stories.fingerprints import FINGERPRINT, fingerprints
from stemma.stories.grouping import MOST_TOGETHER, STORY, Stories, components
from stemma.stories.likeness import Ints, Prints, likenesses
from stemma.stories.pairs import PAIRS_SQL, neighbours, proposals

RunSql = Callable[[str, Mapping[str, pa.Table]], pa.Table]
Counted = Callable[[int], None]

_BATCH = 250
_PAIRS, _PROPOSALS = 1_000_000, 2_000_000
"""Pairs that are compared at a time, and proposals that are joined at a time, which bounds what the query holds in memory."""
_SPACE = 1 << 32


@dataclass(frozen=True, slots=True)
class Document:
    """What grouping needs of a report; `published` is ISO 8601, as exact as known."""

    id: str
    title: str | None
    text: str
    published: str | None = None
    language: str | None = None


_READ = pa.schema([(name, pa.string()) for name in Document.__slots__])


def group(documents: Sequence[Document], run_sql: RunSql, together: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """Return the story's id for each document's id, the same for any order of the documents.

    Average-link agglomeration (Sokal & Michener 1958) of likenesses; a story's id stands for its earliest
    member. Ids of documents must differ. Two ids that stand `together` are one story whatever they tell.
    """
    return _stories_in(group_fingerprints(prints_of(documents), run_sql, together))


def prints_of(documents: Iterable[Document]) -> pa.Table:
    """Return the fingerprint of each document, in their order."""
    prints = [fingerprints(_batch(some)) for some in batches(map(asdict, documents), _BATCH)]
    return pa.Table.from_batches(prints, FINGERPRINT)


def group_with(document: Document, others: pa.Table, run_sql: RunSql) -> dict[str, str]:
    """Return the story's id for each id, as `group` does, of a document and of others that have a fingerprint already."""
    return _stories_in(group_fingerprints(pa.concat_tables([others, prints_of([document])]), run_sql))


def _stories_in(grouped: pa.Table) -> dict[str, str]:
    return dict(zip(grouped.column("id").to_pylist(), grouped.column("story").to_pylist(), strict=True))


def group_records(
    records: Iterable[Mapping[str, Any]], run_sql: RunSql, counted: Counted = lambda _: None, parted: Counted = lambda _: None
) -> list[dict[str, Any]]:
    """Return `id` and `story` for each record, in their order; of a record no more than its fingerprint is kept.

    A record has `id`, `text` and, where known, `title`, `published` and `language`. `counted` is told how many were read,
    `parted` the size of each component that is too large for each two of its reports to be compared.
    """
    ids: list[Any] = []
    prints: list[pa.RecordBatch] = []
    rows = ({name: str(r["id"]) if name == "id" else r.get(name) for name in _READ.names} | {"given": r["id"]} for r in records)
    for some, found in in_order(_fingerprints_of, batches(rows, _BATCH)):
        ids += [row["given"] for row in some]
        prints.append(found)
        counted(len(ids))
    grouped = group_fingerprints(pa.Table.from_batches(prints, FINGERPRINT), run_sql, parted=parted)
    stories = dict(zip(grouped.column("id").to_pylist(), grouped.column("story").to_pylist(), strict=True))
    return [{"id": given, "story": stories[str(given)]} for given in ids]


def _fingerprints_of(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    return fingerprints(_batch(rows))


def _batch(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(rows, schema=_READ)


def group_fingerprints(
    prints: pa.Table,
    run_sql: RunSql,
    together: Iterable[tuple[str, str]] = (),
    parted: Counted = lambda _: None,
    beside: pa.Table | None = None,
) -> pa.Table:
    """Return `STORY`, id and story of each report, in the order of their ids, and `component`, the lowest id that it hangs with.

    Takes rows of `FINGERPRINT`. `beside` are the proposals of all reports that propose what these do, where there are others:
    which of them are compared depends on how many propose the same.
    """
    ordered = prints.sort_by("id").combine_chunks()
    stories, place = Stories(ordered), {id: n for n, id in enumerate(ordered.column("id").to_pylist())}
    judged = [(place[a], place[b]) for a, b in together if a in place and b in place]
    linked = [_linked(stories.prints, *some) for some in _proposed_pairs(ordered, run_sql, beside)]
    a, b = np.concatenate([np.array(judged, np.int64).reshape(-1, 2).T, *linked], axis=1)
    found, lowest = np.empty(ordered.num_rows, object), np.zeros(ordered.num_rows, np.int64)
    several = components(ordered.num_rows, a, b)
    for rows in several:
        lowest[rows] = rows[0]
        if len(rows) > MOST_TOGETHER:
            parted(len(rows))
    for story, members in stories.of_components(several, judged).items():
        found[members] = story
    ids = ordered.column("id")
    return pa.table([ids, pa.array(found, pa.string())], schema=STORY).append_column("component", ids.take(pa.array(lowest)))


def _linked(prints: Prints, a: Ints, b: Ints) -> Ints:
    """Those of the pairs that are as alike as one story is."""
    close = likenesses(prints, a, prints, b)[0] >= thresholds.SAME_STORY
    return np.stack([a[close], b[close]])


def _proposed_pairs(ordered: pa.Table, run_sql: RunSql, beside: pa.Table | None) -> Iterator[tuple[Ints, Ints]]:
    """The pairs of rows that propose the same."""
    if ordered.num_rows < 2:
        return
    if beside is not None:
        ids = ordered.column("id").to_numpy()
        every = np.unique(beside.column("id").to_numpy())
        a, b = (every[side] for side in neighbours(beside.combine_chunks().to_batches()[0]))
        here = np.isin(a, ids) & np.isin(b, ids)
        yield np.searchsorted(ids, a[here]), np.searchsorted(ids, b[here])
        return
    rows = ordered.set_column(0, "id", pa.array(np.arange(ordered.num_rows, dtype=np.int32)))
    proposed = pa.Table.from_batches([proposals(batch) for batch in rows.to_batches(_BATCH)])
    turns = proposed.num_rows // _PROPOSALS + 1
    turn, found = proposed.column("key").to_numpy() % turns, []
    for now in range(turns):
        pairs = run_sql(PAIRS_SQL, {"proposals": proposed.filter(pa.array(turn == now))})
        found.append(pairs.column("a").to_numpy().astype(np.int64) * _SPACE + pairs.column("b").to_numpy())
    every = np.unique(np.concatenate(found))
    for some in np.split(every, range(_PAIRS, every.size, _PAIRS)):
        yield some // _SPACE, some % _SPACE
