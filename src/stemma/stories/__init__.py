"""Which reports tell the same story: a fingerprint of each, pairs in SQL, groups of verified pairs.

How alike two reports are hangs on these two alone, and a group on the reports that hang together with it: what is read in
batches is grouped as if it were read at once. In a group a report is like the others on average, not only like one of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import compute

from stemma.processes import batches, in_order
from stemma.stories.fingerprints import FINGERPRINT, fingerprints, is_new
from stemma.stories.grouping import MOST_TOGETHER, STORY, Joined, Stories, named_after
from stemma.stories.likeness import Ints, Prints, hang_together
from stemma.stories.pairs import neighbours, shelf_pairs
from stemma.stories.shelf import BLOCK, Shelf

RunSql = Callable[[str, Mapping[str, pa.Table]], pa.Table]
Counted = Callable[[int], None]

_BATCH = 500
_PAIRS, _REPORTS = 100_000, 3_000
"""Pairs that are compared at a time, and reports whose proposals are joined at a time, by number: what bounds the memory."""


@dataclass(frozen=True, slots=True)
class Document:
    """What grouping needs of a report; `published` is ISO 8601, as exact as known."""

    id: str
    title: str | None
    text: str
    published: str | None = None
    language: str | None = None


_READ = pa.schema([(name, pa.string()) for name in Document.__slots__])


def group(documents: Sequence[Document], together: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """Return the story's id for each document's id, the same for any order of the documents.

    Average-link agglomeration (Sokal & Michener 1958) of likenesses; a story's id stands for its earliest
    member. Ids of documents must differ. Two ids that stand `together` are one story whatever they tell.
    """
    return _stories_in(group_fingerprints(Shelf(prints_of(documents).to_batches()), together))


def prints_of(documents: Iterable[Document]) -> pa.Table:
    """Return the fingerprint of each document, in their order."""
    prints = [fingerprints(_batch(some)) for some in batches(map(asdict, documents), _BATCH)]
    return pa.Table.from_batches(prints, FINGERPRINT)


def group_with(document: Document, others: pa.Table) -> dict[str, str]:
    """Return the story's id for each id, as `group` does, of a document and of others that have a fingerprint already."""
    return _stories_in(group_fingerprints(Shelf([*others.to_batches(), *prints_of([document]).to_batches()])))


def _stories_in(grouped: pa.Table) -> dict[str, str]:
    return dict(zip(grouped.column("id").to_pylist(), grouped.column("story").to_pylist(), strict=True))


def group_records(
    records: Iterable[Mapping[str, Any]], counted: Counted = lambda _: None, parted: Counted = lambda _: None
) -> list[dict[str, Any]]:
    """Return `id` and `story` for each record, in their order; of a record no more than its fingerprint is kept.

    A record has `id`, `text` and, where known, `title`, `published` and `language`. `counted` is told how many were read,
    `parted` the size of each component that is too large for each two of its reports to be compared.
    """
    ids: list[Any] = []
    rows = ({name: str(r["id"]) if name == "id" else r.get(name) for name in _READ.names} | {"given": r["id"]} for r in records)

    def prints() -> Iterator[pa.RecordBatch]:
        for some, found in in_order(_fingerprints_of, batches(rows, _BATCH)):
            ids.extend(row["given"] for row in some)
            yield found
            counted(len(ids))

    stories = _stories_in(group_fingerprints(Shelf(prints()), parted=parted))
    return [{"id": given, "story": stories[str(given)]} for given in ids]


def _fingerprints_of(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    return fingerprints(_batch(rows))


def _batch(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(rows, schema=_READ)


def group_fingerprints(
    shelf: Shelf, together: Iterable[tuple[str, str]] = (), parted: Counted = lambda _: None, beside: pa.Table | None = None
) -> pa.Table:
    """Return `STORY`, id and story of each report, in the order of their ids, and `component`, the lowest id that it hangs with.

    `beside` are the proposals of all reports that propose what these do, where there are others: which of them are compared
    depends on how many propose the same.
    """
    joined, judged = Joined(len(shelf)), _ranks_of(shelf, together)
    joined.join(*judged.T)
    _join_alike(joined, shelf, shelf_pairs(shelf, _PAIRS, _REPORTS) if beside is None else _pairs_beside(shelf, beside))
    several = [ranks for ranks in joined.parts() if len(ranks) > 1]
    for ranks in several:
        if len(ranks) > MOST_TOGETHER:
            parted(len(ranks))
    stories = pa.array(_stories_of(shelf, several, judged.tolist()), pa.string())
    return pa.table([shelf.ids, stories], schema=STORY).append_column("component", shelf.ids.take(pa.array(joined.lowest())))


def _join_alike(joined: Joined, shelf: Shelf, pairs: Iterable[tuple[Ints, Ints]]) -> None:
    """Join those of the pairs that are as alike as one story is, of each report the nearest first.

    What hangs together already hangs together however alike these two are: of a wire that thousands print few pairs are compared.
    """
    prints = Prints(shelf.rows)
    for a, b in pairs:
        nearest = is_new(a)
        for some in (nearest, ~nearest):
            apart = joined.apart(a[some], b[some])
            ones, others = a[some][apart], b[some][apart]
            close = hang_together(prints, shelf.places[ones], prints, shelf.places[others])
            joined.join(ones[close], others[close])
        shelf.let_go()


def _ranks_of(shelf: Shelf, together: Iterable[tuple[str, str]]) -> Ints:
    """The pairs of reports that stand together, as the ranks of both; of those that are not here none."""
    told = pa.array([id for pair in together for id in pair], pa.string())
    found = compute.index_in(told, shelf.ids).fill_null(-1)
    ranks: Ints = found.to_numpy(zero_copy_only=False).astype(np.int64).reshape(-1, 2)
    return ranks[(ranks >= 0).all(axis=1)]


def _pairs_beside(shelf: Shelf, beside: pa.Table) -> Iterator[tuple[Ints, Ints]]:
    if not beside.num_rows:  # nothing that is here proposes anything: a table without rows has no batch
        return
    ids, every = shelf.ids.to_numpy(zero_copy_only=False), np.unique(beside.column("id").to_numpy())
    a, b = (every[side] for side in neighbours(beside.combine_chunks().to_batches()[0]))
    here = np.isin(a, ids) & np.isin(b, ids)
    a, b = np.searchsorted(ids, a[here]), np.searchsorted(ids, b[here])
    # A part of the pairs of all reports at a time: what the first have joined is not compared again.
    turns = 1 + a.size // _PAIRS
    yield from ((a[turn::turns], b[turn::turns]) for turn in range(turns))


def _stories_of(shelf: Shelf, several: Sequence[list[int]], judged: Sequence[tuple[int, int]]) -> list[str]:
    """The story of each report, of those that hang together so many at a time."""
    found = [named_after(id) for id in shelf.ids.to_pylist()]
    for some in _some_at_a_time(several):
        ranks = np.sort(np.concatenate(some))
        here = set(ranks.tolist())
        together = [tuple(np.searchsorted(ranks, pair).tolist()) for pair in judged if pair[0] in here]
        stories = Stories(pa.Table.from_batches([shelf.take(ranks)]))
        for story, rows in stories.of_components([np.searchsorted(ranks, part).tolist() for part in some], together).items():
            for rank in ranks[rows].tolist():
                found[rank] = story
    return found


def _some_at_a_time(several: Iterable[list[int]]) -> Iterator[list[list[int]]]:
    waiting: list[list[int]] = []
    for ranks in several:
        if waiting and sum(map(len, waiting)) + len(ranks) > BLOCK:
            yield waiting
            waiting = []
        waiting.append(ranks)
    if waiting:
        yield waiting
