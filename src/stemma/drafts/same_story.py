"""Which reports of a store tell the story that a draft tells, by the fingerprints that stand in the store."""

from collections import Counter

import pyarrow as pa
from pyarrow import compute

from stemma.engines import Store
from stemma.stories import Document, group_with, prints_of
from stemma.stories.pairs import proposals
from stemma.stories.standing import Standing, with_proposals
from stemma.tables import Report

NEAREST = 20
"""Reports of one language whose stories are read. Of 160 drafts cut from reports of 4,915 in 2,030 stories 152 stand beside the
story that their report is of, and 151 by the words of all texts, which takes forty times as long."""
_WITHOUT_PRINT = """
SELECT r.id FROM report r LEFT JOIN fingerprint f ON f.report = r.id LEFT JOIN version v ON v.earlier = r.id
WHERE f.report IS NULL AND v.earlier IS NULL
"""
_NEAREST_SQL = f"""
WITH proposed AS (
  SELECT report AS id, language, unnest(proposals) AS key FROM fingerprint
  UNION ALL SELECT report AS id, language, unnest(proposals) AS key FROM late
),
held AS (SELECT p.id, p.language, p.key FROM proposed p JOIN wanted w ON w.key = p.key),
rarity AS (SELECT key, ln((SELECT count(*) + 1 FROM report) / count(*)) AS rarity FROM held GROUP BY key),
shared AS (
  SELECT h.id, h.language, sum(y.rarity * y.rarity) AS shared FROM held h JOIN rarity y ON h.key = y.key
  GROUP BY h.id, h.language
),
ranked AS (SELECT id, row_number() OVER (PARTITION BY language ORDER BY shared DESC, id) AS place FROM shared)
SELECT id FROM ranked WHERE place <= {NEAREST} ORDER BY id
"""
"""Reads `report`, `fingerprint`, a table like that of those that are `late`, and the keys that are `wanted`."""


def story_of(draft: Report, store: Store) -> list[Report]:
    """Return the reports that are grouped with the draft, and the rest of the story that the store has most of them in.

    Only the stories are looked at whose reports share most of what is rare in the draft. A draft can tip how a loose story falls
    apart; its reports stay together all the same.
    """
    told = _document(draft)
    late = prints_of(map(_document, store.read("report", {"id": _ids(store.sql(_WITHOUT_PRINT))})))
    nearest = _nearest(told, late, store)
    near_stories = {row.story for row in store.read("story", {"report": nearest})}
    known = {row.report: row.story for row in store.read("story", {"story": near_stories})}
    grouped = group_with(told, _prints({*nearest, *known} - {draft.id}, late, store))
    near = {r for r, story in grouped.items() if story == grouped[draft.id] and r != draft.id}
    stories = Counter(known[r] for r in near if r in known)
    closest = min(stories, key=lambda s: (-stories[s], s), default=None)
    rest = {r for r, story in known.items() if story == closest and r != draft.id}
    return list(store.read("report", {"id": near | rest}))


def _document(report: Report) -> Document:
    return Document(report.id, report.title, report.text, report.published, report.language)


def _nearest(draft: Document, late: pa.Table, store: Store) -> list[str]:
    """The ids of the reports that propose most of what the draft does, rare proposals counting most; of each language."""
    (own,) = prints_of([draft]).to_batches()
    wanted = pa.table({"key": proposals(own).column("key").unique()})
    return _ids(store.sql(_NEAREST_SQL, {"late": with_proposals(late), "wanted": wanted}))


def _prints(reports: set[str], late: pa.Table, store: Store) -> pa.Table:
    """The fingerprints of reports, of which some are late: not in the store yet."""
    there = late.filter(compute.is_in(late.column("id"), pa.array(sorted(reports), pa.string())))
    return Standing(store.sql, there, there.column("id").to_pylist()).prints(reports)


def _ids(rows: pa.Table) -> list[str]:
    return list(rows.column("id").to_pylist())
