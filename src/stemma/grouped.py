"""The stories of a store, brought up to date with what came and went since: at the cost of that, and of what it touches.

Each report's fingerprint stands in the store with the component that it hangs together with. A new report, or one that is gone,
changes which reports of its own proposals are compared with each other; the components in which that makes or breaks a likeness
are grouped anew, and no other. The result is that of grouping all reports at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa

from stemma import __version__
from stemma.engines import Store
from stemma.tables import STORY_TABLES, Alias, Evidence, Judgement, Version

_LATE = f"""
SELECT r.id FROM report r LEFT JOIN component c ON c.report = r.id AND c.version = '{__version__}'
LEFT JOIN version v ON v.earlier = r.id WHERE c.report IS NULL AND v.earlier IS NULL
"""
_GONE = "SELECT f.report AS id FROM fingerprint f LEFT JOIN report r ON r.id = f.report WHERE r.id IS NULL"
# An address ends the same however it is written, but for its host where it has no more.
_ENDING = r"regexp_replace(lower(regexp_extract({url}, '([^/?#]*)/*(?:[?#].*)?$', 1)), '^www\.|:\d*$', '', 'g')"
_SAME_ENDING = f"""
WITH ending AS (SELECT id, url, {_ENDING.format(url="url")} AS ending FROM report WHERE url IS NOT NULL AND id = page)
SELECT id, url FROM ending WHERE ending IN (SELECT ending FROM ending JOIN late USING (id))
"""
_TEXTS = "SELECT r.id, r.title, r.text, r.published, r.language FROM report r JOIN wanted w ON w.id = r.id"
_STORIES = "SELECT story, list(report ORDER BY report) AS reports FROM story GROUP BY story ORDER BY story"
_TEXTS_AT_A_TIME = 250
_WHOLE = 0.5
"""Part of the store's reports from which on, when so many are new, all are grouped."""


def group_stories(store: Store) -> dict[str, list[str]]:
    """Group the store's reports into stories (ids that went stay as aliases); return each story's reports.

    Of the versions of a report the newest stands in its story. Reports that were judged to be of one story are, however unlike
    they are.
    """
    group_new(store)
    return stories_in(store)


def stories_in(store: Store) -> dict[str, list[str]]:
    """Return the reports of each story of a store, as it was grouped last."""
    return {row["story"]: row["reports"] for row in store.sql(_STORIES).to_pylist()}


def group_new(store: Store) -> None:
    """Bring the stories up to date with the reports that came, and with those that went, since they were last."""
    late = _ids(store.sql(_LATE))
    if not late:
        return
    versions, same_address = _versions(store, late)
    earlier = {v.earlier for v in versions}
    placed = {row.report for row in store.read("component", {"report": same_address})}
    new = sorted({*late, *(set(same_address) - placed)} - earlier)
    gone = {*_ids(store.sql(_GONE)), *(row.report for row in store.read("component", {"report": earlier}))}
    (standing,) = store.sql("SELECT count(*) AS reports FROM component").to_pylist()
    _Change(store, new, gone, versions, same_address).regroup(whole=len(new) > _WHOLE * standing["reports"])


def keep_together(store: Store, reports: Sequence[str]) -> None:
    """Keep as a judgement that these reports tell one story; `group_stories` follows it from now on."""
    locations = {r.id: r.location for r in store.read("report", {"id": list(reports)})}
    first, *others = sorted(locations)
    when = datetime.now(UTC).isoformat(timespec="seconds")
    note = "all pages of one run, which was told that they are one story"
    with store.transaction():
        for other in others:
            about = f"{locations[first]} tells the same story as {locations[other]}"
            evidence = (Evidence(first, 0, 0), Evidence(other, 0, 0))
            store.write({"judgement": [Judgement(first, other, "report", "same", "--one-story", when, note, about, evidence)]})
        forget_grouping(store, [first, *others])


def forget_grouping(store: Store, reports: Sequence[str]) -> None:
    """Take out the mark that these reports and their stories are up to date: they are grouped and worked out anew."""
    newest = [v.report for v in store.read("version", {"earlier": list(reports)})]
    hanging = store.read("component", {"report": [*reports, *newest]})
    with store.transaction():
        store.remove("component", {"component": {row.component for row in hanging}})
        store.remove("run", {"story": [row.story for row in store.read("story", {"report": list(reports)})]})


def aliases_after(
    old: Iterable[Alias], before: Mapping[str, str], grouped: Mapping[str, str], versions: Iterable[Version]
) -> list[Alias]:
    """Return the ids that stories once had, with those that they have now that reports of the stories `before` are `grouped`."""
    now = set(grouped.values())
    newest = {v.earlier: v.report for v in versions}
    places = {r: grouped.get(newest.get(r, r)) for r in sorted(before)}
    gone = {before[r]: place for r, place in places.items() if place and before[r] not in now}
    kept = [Alias(a.old, gone.get(a.story, a.story)) for a in old if a.old not in now | gone.keys()]
    return [*kept, *(Alias(old, new) for old, new in gone.items())]


def remove_stories(store: Store, stories: Iterable[str]) -> None:
    """Take out what the deep pass wrote of stories."""
    gone = sorted(stories)
    for table in STORY_TABLES:
        store.remove(table, {"story": gone})
    store.remove("skipped", {"location": [f"story {story}" for story in gone]})


def _versions(store: Store, late: Sequence[str]) -> tuple[list[Version], list[str]]:
    """The versions among all reports of the addresses of those that came late, and the ids of these reports."""
    from stemma.reports.versions import address_key, find_versions

    ends = store.sql(_SAME_ENDING, {"late": _table(late)}).to_pylist()
    keys = {row["id"]: address_key(row["url"]) for row in ends}
    wanted = {keys[id] for id in late if id in keys}
    ids = sorted(id for id, key in keys.items() if key in wanted)
    counted: dict[str, list[str]] = {}
    for id in ids:
        counted.setdefault(keys[id], []).append(id)
    several = [id for same in counted.values() if len(same) > 1 for id in same]
    return find_versions(store.read("report", {"id": several})) if several else [], several


@dataclass(frozen=True)
class _Change:
    """What came to a store and what went from it since it was grouped."""

    store: Store
    new: Sequence[str]
    gone: set[str]
    versions: Sequence[Version]
    same_address: Sequence[str]

    def regroup(self, whole: bool) -> None:
        """Group what is touched, or the `whole`, and write its stories in one transaction."""
        from stemma.stories import group_fingerprints
        from stemma.stories.shelf import Shelf
        from stemma.stories.standing import with_proposals

        if not whole:
            self._regroup_touched()
            return
        file = self.store.file
        shelf = Shelf(self._every_fingerprint(), file.parent if file else None)
        with self.store.transaction():
            # From here on no report is grouped: a run that is stopped now groups the whole again.
            for table in ("component", "fingerprint"):
                self.store.remove(table, {})
        for block in shelf.blocks():
            self.store.write({"fingerprint": with_proposals(pa.Table.from_batches([block]))})
        self._write(group_fingerprints(shelf, self._together()), None)

    def _regroup_touched(self) -> None:
        from stemma.stories.fingerprints import FINGERPRINT
        from stemma.stories.standing import Standing, with_proposals

        prints = pa.Table.from_batches(self._fingerprints(), FINGERPRINT)
        standing = Standing(self.store.sql, prints, {*self.new, *self.gone})
        together = self._together()
        new = set(self.new)
        touched = {*standing.touched(), *self.gone, *(id for pair in together if not new.isdisjoint(pair) for id in pair)}
        members = standing.hanging_with(touched) - self.gone
        self._write(standing.grouped(members, together), {*members, *self.new, *self.gone}, with_proposals(standing.new))

    def _write(self, grouped: pa.Table, regrouped: set[str] | None, prints: pa.Table | tuple[()] = ()) -> None:
        """Put the new stories in the place of those before (all when None); what went becomes an alias, and its deep rows go."""
        # Tables and no rows: of all of a large store they would take more memory than its grouping.
        where = {} if regrouped is None else {"report": regrouped}
        before = {row.report: row.story for row in self.store.read("story", where)}
        stories = dict(zip(*(grouped.column(name).to_pylist() for name in ("id", "story")), strict=True)) if before else {}
        aliases = aliases_after(self.store.read("alias"), before, stories, self.versions)
        hanging = grouped.select(["id", "component"]).rename_columns(["report", "component"])
        with self.store.transaction():
            self.store.remove("alias", {})
            self.store.remove("version", {"earlier": self.same_address})
            for table in ("story", "component"):
                self.store.remove(table, where)
            if regrouped is not None:
                self.store.remove("fingerprint", {"report": {*self.new, *self.gone}})
            self.store.write({
                "alias": aliases, "version": self.versions, "fingerprint": prints,
                "story": grouped.select(["story", "id"]).rename_columns(["story", "report"]),
                "component": hanging.append_column("version", pa.repeat(__version__, grouped.num_rows)),
            })  # fmt: skip
            remove_stories(self.store, set(before.values()) - set(stories.values()))

    def _fingerprints(self) -> Iterator[pa.RecordBatch]:
        from stemma.stories.fingerprints import fingerprints

        return map(fingerprints, self.store.batches(_TEXTS, {"wanted": _table(self.new)}, _TEXTS_AT_A_TIME))

    def _every_fingerprint(self) -> Iterator[pa.RecordBatch]:
        """The new fingerprints, and those that stand in the store."""
        from stemma.stories.standing import standing_prints

        yield from self._fingerprints()
        yield from standing_prints(self.store.batches, {*self.new, *self.gone})

    def _together(self) -> list[tuple[str, str]]:
        """The reports that people said tell one story, two by two."""
        judged = [(j.this, j.that) for j in self.store.read("judgement", {"kind": "report"})]
        told = [*self.store.read("version"), *self.versions] if judged else []
        newest = {v.earlier: v.report for v in told}
        return [(newest.get(a, a), newest.get(b, b)) for a, b in judged]


def _table(ids: Iterable[str]) -> pa.Table:
    return pa.table({"id": pa.array(ids, pa.string())})


def _ids(rows: pa.Table) -> list[str]:
    return list(rows.column("id").to_pylist())
