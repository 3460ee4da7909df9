"""Which reports tell the same story: a fingerprint of each, pairs in SQL, groups of verified pairs.

How alike two reports are hangs on these two alone, and a group on the reports that hang together with it: what is read in
batches is grouped as if it were read at once. In a group a report is like the others on average, not only like one of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from stemma.processes import batches, in_order
from stemma.stories import thresholds
from stemma.stories.fingerprints import FINGERPRINT, fingerprints
from stemma.stories.grouping import MOST_TOGETHER, STORY, Stories, components
from stemma.stories.likeness import Ints, Prints, likenesses
from stemma.stories.pairs import PAIRS_SQL, proposals

RunSql = Callable[[str, Mapping[str, pa.Table]], pa.Table]
Counted = Callable[[int], None]

_BATCH = 250
_PAIRS = 1_000_000


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
    prints = [fingerprints(_batch(some)) for some in batches(map(asdict, documents), _BATCH)]
    found = group_fingerprints(pa.Table.from_batches(prints, FINGERPRINT), run_sql, together)
    return dict(zip(found.column("id").to_pylist(), found.column("story").to_pylist(), strict=True))


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
    prints: pa.Table, run_sql: RunSql, together: Iterable[tuple[str, str]] = (), parted: Counted = lambda _: None
) -> pa.Table:
    """Return `STORY`, id and story of each report, in the order of their ids; takes rows of `FINGERPRINT`."""
    ordered = prints.sort_by("id").combine_chunks()
    stories, place = Stories(ordered), {id: n for n, id in enumerate(ordered.column("id").to_pylist())}
    judged = [(place[a], place[b]) for a, b in together if a in place and b in place]
    a, b = np.concatenate([np.array(judged, np.int64).reshape(-1, 2).T, _linked(ordered, stories.prints, run_sql)], axis=1)
    found = np.empty(ordered.num_rows, object)
    several = components(ordered.num_rows, a, b)
    for rows in several:
        if len(rows) > MOST_TOGETHER:
            parted(len(rows))
    for story, members in stories.of_components(several, judged).items():
        found[members] = story
    return pa.table([ordered.column("id"), pa.array(found, pa.string())], schema=STORY)


def _linked(ordered: pa.Table, prints: Prints, run_sql: RunSql) -> Ints:
    """The pairs of rows that propose the same and are as alike as one story is."""
    found = [np.zeros((2, 0), np.int64)]
    if ordered.num_rows < 2:
        return found[0]
    rows = ordered.set_column(0, "id", pa.array(np.arange(ordered.num_rows)))
    proposed = pa.Table.from_batches([proposals(batch) for batch in rows.to_batches(_BATCH)])
    for some in run_sql(PAIRS_SQL, {"proposals": proposed}).to_batches(_PAIRS):
        a, b = (some.column(side).to_numpy() for side in ("a", "b"))
        close = likenesses(prints, a, prints, b)[0] >= thresholds.SAME_STORY
        found.append(np.stack([a[close], b[close]]))
    return np.concatenate(found, axis=1)
