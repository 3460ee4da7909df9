"""The stories of the store: searched, filtered and sorted, a page of them at a time."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from stemma.engines import Store
from stemma.room.web import Asked
from stemma.show.wording import counted, interval
from stemma.tables import SEVERITIES
from stemma.text.moments import read_moment
from stemma.worked_out import late_stories

PAGE = 50
"""Stories on one page."""
_OFFERED = 40
"""Outlets that are offered as a filter, the most frequent; an address may name any."""

TITLE_SQL = "min_by(r.title, concat(coalesce(r.published, '9'), chr(1), r.id)) FILTER (WHERE r.title IS NOT NULL)"
"""The title of a story: that of its earliest report, a day before its hours, as `account.first_title` takes it."""

_INSTANT = """try_cast(concat(r.published, CASE
  WHEN NOT contains(r.published, 'T') THEN concat(right('-01-01', greatest(10 - length(r.published), 0)), 'T00:00Z')
  WHEN regexp_matches(r.published, '(Z|[+-]..:?..)$') THEN '' ELSE 'Z' END) AS TIMESTAMPTZ)"""
"""When a report was published, in UTC where its zone is known; the first day of a month or a year."""

_STORIES_SQL = f"""
WITH told AS (
  SELECT s.story AS id, count(*) AS reports,
    min_by(r.published, {_INSTANT}) AS first, max_by(r.published, {_INSTANT}) AS last,
    {TITLE_SQL} AS title, list_sort(array_agg(DISTINCT r.outlet) FILTER (WHERE r.outlet IS NOT NULL)) AS outlets,
    list_sort(array_agg(DISTINCT r.language) FILTER (WHERE r.language IS NOT NULL)) AS languages
  FROM story s JOIN report r ON r.id = s.report GROUP BY s.story
), held AS (
  SELECT *, list_position({list(SEVERITIES)}, severity) AS rank FROM finding
  WHERE id NOT IN (SELECT this FROM judgement WHERE kind = 'finding' AND verdict = 'wrong')
), grave AS (
  SELECT story, count(*) AS findings, list_sort(array_agg(DISTINCT kind)) AS kinds,
    min_by(severity, rank) AS severity, min_by(kind, concat(rank, kind)) AS gravest
  FROM held GROUP BY story
)
SELECT t.* REPLACE (coalesce(t.outlets, []) AS outlets, coalesce(t.languages, []) AS languages),
  c.low, c.best, c.high, coalesce(g.findings, 0) AS findings, coalesce(g.kinds, []) AS kinds, g.severity, g.gravest
FROM told t LEFT JOIN origin_count c ON c.story = t.id LEFT JOIN grave g ON g.story = t.id
ORDER BY t.reports DESC, t.id
"""
_WORDS_SQL = """
WITH near AS (
  SELECT DISTINCT s.story, w.word FROM report r JOIN story s ON s.report = r.id
  JOIN asked_word w ON (r.text ILIKE w.pattern OR r.title ILIKE w.pattern OR r.outlet ILIKE w.pattern)
    AND (w.plain OR contains(lower(concat_ws(' ', r.title, r.outlet, r.text)), w.word))
  UNION SELECT DISTINCT c.story, w.word FROM source c JOIN asked_word w ON contains(lower(c.name), w.word)
)
SELECT story FROM near GROUP BY story HAVING count(*) = (SELECT count(*) FROM asked_word)
"""
"""Reads `asked_word`; every word stands somewhere in the story.

ILIKE takes a sixth of the time of lower() over all texts; in a word that is not `plain` are signs that mean more to it.
"""

_Row = dict[str, Any]
_NEVER = datetime.min.replace(tzinfo=UTC)
SORTS: dict[str, tuple[str, Callable[[_Row], Any]]] = {
    "newest": ("newest first", lambda s: told.begin if (told := read_moment(s["last"])) else _NEVER),
    "reports": ("most reports", lambda s: s["reports"]),
    "copied": ("fewest origins a report", lambda s: s["reports"] / s["best"] if s["best"] else 0),
    "gravest": ("gravest finding", lambda s: (-SEVERITIES.index(s["severity"]) if s["severity"] else -9, s["findings"])),
}
"""What stories are sorted by, the greatest first."""


def stories(asked: Asked) -> _Row:
    """Tell the stories that the address asks for, and what it can be asked for."""
    everything = asked.room.store.remember("stories", catalogue)
    chosen = {name: asked.text(name) for name in ("q", "outlet", "kind", "language", "since", "until")}
    found = _filtered(asked, everything, chosen)
    sort = asked.text("sort", "newest")
    ordered = sorted(found, key=SORTS.get(sort, SORTS["newest"])[1], reverse=True)
    page = asked.number("page", 1)
    shown = ordered[(page - 1) * PAGE : page * PAGE]
    return {
        "chosen": chosen, "sort": sort if sort in SORTS else "newest", "sorts": {k: v[0] for k, v in SORTS.items()},
        "stories": [{**s, "says": _says(s), "href": f"/story/{s['id']}"} for s in shown],
        "found": len(found), "all": len(everything), "page": page,
        "before": asked.with_(page=page - 1) if page > 1 else None,
        "next": asked.with_(page=page + 1) if page * PAGE < len(found) else None,
        "offered": asked.room.store.remember("offered", lambda _: _offered(everything)),
    }  # fmt: skip


def catalogue(store: Store) -> list[_Row]:
    """Return every story with what it is listed, filtered and sorted by; no origins that were counted before a report came."""
    rows: list[_Row] = store.sql(_STORIES_SQL).to_pylist()
    late = late_stories(store, [row["id"] for row in rows if row["low"] is not None])
    return [row | dict.fromkeys(("low", "best", "high")) if row["id"] in late else row for row in rows]


def _offered(rows: Sequence[_Row]) -> dict[str, list[str]]:
    columns = {"outlet": "outlets", "kind": "kinds", "language": "languages"}
    return {name: _most(value for s in rows for value in s[column]) for name, column in columns.items()}


def _filtered(asked: Asked, rows: Sequence[_Row], chosen: dict[str, str]) -> list[_Row]:
    words = sorted(set(chosen["q"].lower().split()))
    if words:
        rows_of_words = [{"word": w, "pattern": f"%{w}%", "plain": not set(w) & set("%_\\")} for w in words]
        table = pa.Table.from_pylist(rows_of_words)
        near = asked.room.store.remember(
            ("words", *words), lambda s: set(s.sql(_WORDS_SQL, {"asked_word": table}).column("story").to_pylist())
        )
        rows = [r for r in rows if r["id"] in near]
    for name, column in (("outlet", "outlets"), ("kind", "kinds"), ("language", "languages")):
        if chosen[name]:
            rows = [r for r in rows if chosen[name] in r[column]]
    if chosen["since"]:
        rows = [r for r in rows if (r["last"] or "") >= chosen["since"]]
    if chosen["until"]:
        rows = [r for r in rows if r["first"] and r["first"][:10] <= chosen["until"]]
    return list(rows)


def _says(story: _Row) -> str:
    """Return "14 reports, 9 outlets, 3 origins"."""
    said = f"{counted(story['reports'], 'report')}, {counted(len(story['outlets']), 'outlet')}"
    if story["low"] is None:
        return f"{said}; its origins are counted when it is opened"
    origins = interval({"low": story["low"], "high": story["high"]})
    return f"{said}, {origins} {'origin' if origins == '1' else 'origins'}"


def _most(values: Iterable[str]) -> list[str]:
    return sorted(v for v, _ in Counter(values).most_common(_OFFERED))
