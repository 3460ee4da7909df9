"""Stories that are asked for: listed, and worked out now where no run did, in the store or in memory beside it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from stemma.account import first_title
from stemma.engines import Store, open_store
from stemma.errors import StoreInUse, StoreReadOnly
from stemma.pipeline import deepen, story_hashes, tables_of
from stemma.tables import Run


def worked_out(store: Store, stories: Sequence[str] | None = None) -> Store:
    """Return a store in which these stories (all when None) are worked out: this one, or one in memory while another writes."""
    if not late_stories(store, stories):
        return store
    try:
        work_out(store, stories)
        return store
    except (StoreInUse, StoreReadOnly):
        return worked_out_apart(store, stories)


def work_out(store: Store, stories: Sequence[str] | None = None) -> None:
    """Run the deep pass over those of the stories (all when None) that have reports which it never saw."""
    with store.run():
        deepen(store, late_stories(store, stories))


def worked_out_apart(store: Store, stories: Sequence[str] | None = None) -> Store:
    """Return a store in memory that has these stories alone (all when None), each worked out; nothing is written to this one."""
    apart, rows = open_store(None), dict(tables_of(store, stories))
    earlier = rows.pop("earlier")
    apart.write({**rows, "report": [*rows["report"], *earlier]})
    work_out(apart)
    return apart


def run_on(store: Store, story: str) -> Run | None:
    """Return the deep pass that saw all reports of a story as they are now; None where none did."""
    return None if late_stories(store, [story]) else next(iter(store.read("run", {"story": story})), None)


def stories_of(store: Store) -> list[dict[str, Any]]:
    """Return id, title, reports, independent origins, first and last date of each story, the largest first.

    Origins are None where the deep pass has not seen a story as it is now.
    """
    told = "SELECT story.story, report.id, report.title, report.published FROM report JOIN story ON story.report = report.id"
    members: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in store.sql(told).to_pylist():
        members[row["story"]].append(row)
    counts = {c.story: c for c in store.read("origin_count")}
    for late in late_stories(store, list(counts)):
        counts.pop(late)
    rows = []
    for story, mine in members.items():
        dates = sorted(r["published"] for r in mine if r["published"])
        count = counts.get(story)
        rows.append(
            {
                "id": story, "title": first_title((r["published"], r["id"], r["title"]) for r in mine), "reports": len(mine),
                "origins": {"low": count.low, "best": count.best, "high": count.high} if count else None,
                "first": dates[0] if dates else None, "last": dates[-1] if dates else None,
            }
        )  # fmt: skip
    return sorted(rows, key=lambda r: (-r["reports"], r["id"]))


def late_stories(store: Store, stories: Sequence[str] | None) -> dict[str, list[str]]:
    """Return those of the stories (all when None) that the deep pass has not seen as they are now, with their reports."""
    members: dict[str, list[str]] = defaultdict(list)
    for row in store.read("story", None if stories is None else {"story": list(stories)}):
        members[row.story].append(row.report)
    seen = {run.story: run.reports for run in store.read("run", {"story": list(members)})}
    hashes = story_hashes(store, members)
    return {s: reports for s, reports in members.items() if seen.get(s) != hashes[s]}
