"""Stories that are asked for: worked out now where no run did, in the store or, where that cannot be written to, in memory."""

from collections import defaultdict
from collections.abc import Sequence

from stemma.engines import Store, open_store
from stemma.errors import StoreInUse, StoreReadOnly
from stemma.pipeline import deepen, story_hashes, tables_of
from stemma.tables import Run


def worked_out(store: Store, stories: Sequence[str] | None = None) -> Store:
    """Return a store in which these stories (all when None) are worked out: this one, or one in memory while another writes."""
    if not _late(store, stories):
        return store
    try:
        work_out(store, stories)
        return store
    except (StoreInUse, StoreReadOnly):
        return worked_out_apart(store, stories)


def work_out(store: Store, stories: Sequence[str] | None = None) -> None:
    """Run the deep pass over those of the stories (all when None) that have reports which it never saw."""
    with store.run():
        deepen(store, _late(store, stories))


def worked_out_apart(store: Store, stories: Sequence[str] | None = None) -> Store:
    """Return a store in memory that has these stories alone (all when None), each worked out; nothing is written to this one."""
    apart, rows = open_store(None), dict(tables_of(store, stories))
    earlier = rows.pop("earlier")
    apart.write({**rows, "report": [*rows["report"], *earlier]})
    work_out(apart)
    return apart


def run_on(store: Store, story: str) -> Run | None:
    """Return the deep pass that saw all reports of a story as they are now; None where none did."""
    return None if _late(store, [story]) else next(iter(store.read("run", {"story": story})), None)


def _late(store: Store, stories: Sequence[str] | None) -> dict[str, list[str]]:
    """Those of the stories that the deep pass has not seen as they are now, with their reports."""
    members: dict[str, list[str]] = defaultdict(list)
    for row in store.read("story", None if stories is None else {"story": list(stories)}):
        members[row.story].append(row.report)
    seen = {run.story: run.reports for run in store.read("run", {"story": list(members)})}
    hashes = story_hashes(store, members)
    return {s: reports for s, reports in members.items() if seen.get(s) != hashes[s]}
