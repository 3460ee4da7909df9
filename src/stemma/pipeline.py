"""The stages in order: which tables each reads and writes. Every stage commits whole or not at all."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from stemma import __version__, arrow, ids
from stemma.account import Object, Tables, build
from stemma.engines import Store
from stemma.engines.kept_parses import with_kept_parses
from stemma.errors import StoreDamaged, UsageError, changed
from stemma.grouped import forget_grouping, remove_stories
from stemma.judged import judged_by_story, judged_of
from stemma.pages import Saved, is_address
from stemma.pages.meta import without_halves
from stemma.pages.saved import unpacked_bytes
from stemma.processes import in_order
from stemma.representatives import left_out, representatives
from stemma.settings import DEFAULT, Settings
from stemma.tables import (
    SEVERITIES,
    STORY_TABLES,
    Block,
    Judgement,
    Page,
    PageBytes,
    Report,
    Response,
    Run,
    Skipped,
)  # fmt: skip

if TYPE_CHECKING:
    from stemma.descent import Earlier
    from stemma.statements.attribution import Classifier

PAGES_AT_A_TIME = 16
"""Pages that one process reads at a time and that are one transaction: what a killed run reads again at the most."""
_ARTICLES_AT_A_TIME, _SHORT = 128, 8192
"""Short articles of a table are read as quickly as these pages; each transaction looks through all that the store has."""
REPORTS_AT_A_TIME = 8
"""Reports of stories that one process works on at a time: fewer are not worth the start of a process."""

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how much of it is done and how much there is."""


def nothing_to_show(stage: str, done: int, total: int) -> None:
    """Show no progress."""


def read_into(
    store: Store,
    found: Iterable[Saved | Skipped],
    total: int = 0,
    settings: Settings = DEFAULT,
    progress: Progress = nothing_to_show,
) -> list[str]:
    """Read pages into the tables page, page_bytes, response, report, block and skipped; return the ids of their reports.

    `found` is what `read_pages` yields, and `total` how much of it there will be, as far as that is known.
    """
    from stemma.reports import read_reports

    tally = _Tally(total)
    progress("pages", 0, tally.total)
    for pages, read in in_order(read_reports, _new_pages(store, found, tally), settings.processes, settings.apart):
        tally.good += _keep(store, pages, read, settings.keep_bytes)
        tally.done += len(pages)
        progress("pages", tally.done, max(tally.done, tally.total))
    progress("pages", tally.done, max(tally.done, tally.total))
    return tally.good


def deepen(
    store: Store, stories: Mapping[str, Sequence[str]], settings: Settings = DEFAULT, progress: Progress = nothing_to_show
) -> None:
    """Run the deep pass over those of the stories, given with their reports, that changed since it last ran."""
    done = {r.story: replace(r, finished="") for r in store.read("run", {"story": list(stories)})}
    waiting = [task for task in _tasks(store, stories, settings.model()) if task.run != done.get(task.run.story)]
    count = 0
    progress("account", 0, len(waiting))
    work = partial(_deep_rows_of, settings, store.file)
    for tasks, found in in_order(work, _with_reports(store, waiting), settings.processes, settings.apart):
        for task, rows in zip(tasks, found, strict=True):
            finished = replace(task.run, finished=datetime.now(UTC).isoformat(timespec="seconds"))
            _replace_story(store, task, {**rows, "run": [finished]})
        count += len(tasks)
        progress("account", count, len(waiting))


def reports_hash(members: Iterable[str], earlier: Iterable[str] = ()) -> str:
    """Return what stands for the reports of a story, and earlier versions of them, in the run that worked on them."""
    return ids.digest(sorted([*members, *earlier]))


def deep_rows(
    story: str,
    reports: Sequence[tuple[Report, Sequence[Block]]],
    settings: Settings = DEFAULT,
    judgements: Sequence[Judgement] = (),
    earlier: "Earlier | None" = None,
) -> dict[str, list[Any]]:
    """Return the rows of all deep tables of one story: a pure function of its reports, whatever their order.

    `judgements` are what people said of them, and of other stories; `earlier` the earlier versions of reports that were edited.
    """
    from stemma.claims import build_claims
    from stemma.descent import story_descent
    from stemma.findings.context import Context
    from stemma.findings.find import find_findings
    from stemma.mentions import AROUND, mention_rows, story_mentions, with_captions
    from stemma.mentions.parse import story_paragraphs
    from stemma.statements import story_statements

    ordered = sorted(reports, key=lambda rb: rb[0].id)
    judged = judged_of(judgements, {r.id for r, _ in ordered})
    traced = story_descent(story, ordered, judged.rejected, judged.accepted, earlier or {})
    parsed = [(r, p) for (r, _), p in zip(ordered, story_paragraphs(ordered), strict=True)]
    mentions = story_mentions(parsed)
    shown = with_captions(
        [(r, p, around) for (r, p), around in zip(parsed, story_paragraphs(ordered, AROUND), strict=True)], mentions
    )
    classifier = _classifier(settings)
    statements, sources = story_statements(story, parsed, mentions, classifier, judged.same_names, judged.other_names)
    built = build_claims(story, parsed, mentions, statements, sources, traced, judged.same_claims, judged.other_claims)
    context = Context(
        story, {r.id: r for r, _ in parsed}, {r.id: p for r, p in parsed}, mentions, statements,
        {s.id: s for s in sources}, traced, built.claims, built.versions,
    )  # fmt: skip
    return {
        "mention": [row for r, _ in parsed for row in mention_rows(r, shown[r.id])],
        "alignment": traced.alignments, "witness": traced.witnesses, "derivation": traced.derivations,
        "sign": traced.signs, "origin": traced.origins, "descendant": traced.descendants,
        "origin_count": [traced.count],
        "statement": statements, "source": sources,
        "claim": [g.claim for g in built.claims], "member": built.members, "stance": built.stances,
        "finding": find_findings(context),
    }  # fmt: skip


def _classifier(settings: Settings) -> "Classifier | None":
    if settings.attribution is None:
        return None
    from stemma.statements.attribution_classifier import classifier_from

    return classifier_from(settings.attribution)


def account_of(store: Store, stories: Iterable[str] | None = None) -> Object:
    """Return the account of some stories (all when None) from the store; nothing is worked out again."""
    return build(tables_of(store, stories))


def tables_of(store: Store, stories: Iterable[str] | None = None, without: Collection[str] = ()) -> Tables:
    """Return the rows that the account of some stories (all when None) is built from, by table, `without` some tables."""
    wanted = None if stories is None else list(stories)
    where = None if wanted is None else {"story": wanted}
    rows: dict[str, Sequence[Any]] = {t: store.read(t, where) for t in STORY_TABLES if t not in without}
    rows["story"] = store.read("story", where)
    members = [row.report for row in rows["story"]]
    rows["report"] = store.read("report", {"id": members})
    rows["version"] = store.read("version", {"report": members})
    rows["earlier"] = store.read("report", {"id": [v.earlier for v in rows["version"]]})
    if "mention" not in without:
        rows["mention"] = store.read("mention", {"report": members})
    rows["block"] = store.read("block", {"report": [*members, *(r.id for r in rows["earlier"])]})
    rows["component"] = store.read("component", {"component": _too_large(store, members)})
    rows["skipped"], rows["judgement"] = store.read("skipped"), store.read("judgement")
    _must_be_as_written(rows, store)
    return rows


def _too_large(store: Store, reports: Sequence[str]) -> list[str]:
    """The components of some reports of which not each two reports were compared."""
    from stemma.stories.grouping import MOST_TOGETHER

    mine = pa.table({"report": pa.array(reports, pa.string())})
    large = (
        "SELECT c.component FROM component c WHERE c.component IN (SELECT component FROM component JOIN mine USING (report)) "
        f"GROUP BY c.component HAVING count(*) > {MOST_TOGETHER}"
    )
    return list(store.sql(large, {"mine": mine}).column("component").to_pylist())


def _must_be_as_written(rows: Tables, store: Store) -> None:
    """Raise StoreDamaged where another program changed a text under what points into it, or a severity."""
    covered: Counter[str] = Counter()
    for block in rows["block"]:
        covered[block.report] += block.end - block.start + 1
    other = next((r for r in (*rows["report"], *rows["earlier"]) if covered[r.id] != len(r.text) + 1), None)
    what = f"the text of {other.location} is not that which its blocks are of" if other else None
    if any(finding.severity not in SEVERITIES for finding in rows.get("finding", ())):
        what = "a finding has a severity that there is not"
    if what:
        raise StoreDamaged(changed(store.place, what))


def saved_bytes(store: Store, page: Page) -> bytes | None:
    """Return the bytes of a page as they were saved, or None where the store was told not to keep them.

    Raises StoreDamaged where these are others.
    """
    kept = store.read("page_bytes", {"id": page.id})
    if not kept:
        return None
    content = unpacked_bytes(kept[0].content, page.size, page.sha256)
    if content is None:
        raise StoreDamaged(changed(store.place, f"the bytes of {page.location} are not those of its page"))
    return content


def saved_pages(store: Store, story: str | None = None) -> Iterator[tuple[Page, bytes | None, Response | None]]:
    """Yield the pages of a story, or all, with their bytes, where they were kept, and what a server said; one at a time."""
    reports = store.read("report", {"id": [row.report for row in store.read("story", {"story": story})]}) if story else []
    for page in store.read("page", {"id": {r.page for r in reports}} if story else None):
        yield page, saved_bytes(store, page), next(iter(store.read("response", {"page": page.id})), None)


def reports_of(store: Store, members: Sequence[str]) -> list[tuple[Report, list[Block]]]:
    """Return reports with their blocks, in the order of their ids."""
    blocks: dict[str, list[Block]] = defaultdict(list)
    for block in store.read("block", {"report": list(members)}):
        blocks[block.report].append(block)
    return [(r, blocks[r.id]) for r in store.read("report", {"id": list(members)})]


def earlier_of(store: Store, members: Sequence[str]) -> "Earlier":
    """Return the earlier versions of reports with their blocks, the first one first, by the report that stands for them."""
    versions = sorted(store.read("version", {"report": list(members)}), key=lambda v: v.place)
    told = {r.id: (r, blocks) for r, blocks in reports_of(store, [v.earlier for v in versions])} if versions else {}
    found: dict[str, list[tuple[Report, list[Block]]]] = defaultdict(list)
    for version in versions:
        found[version.report].append(told[version.earlier])
    return found


def find_story(store: Store, wanted: str, listed: str = "`stemma stories`") -> str:
    """Return the id of the story that a user means by an id, the beginning of one, or an id that it once had.

    Nothing means the only story. Raises UsageError when none or several fit, which says where stories are `listed`.
    """
    named = "SELECT story AS id, story FROM story UNION SELECT old AS id, story FROM alias"
    fits = sorted({row["story"] for row in rows_beginning(store, f"({named})", wanted)})
    if len(fits) == 1:
        return str(fits[0])
    if not fits:
        known = store.sql("SELECT count(DISTINCT story) AS known FROM story").to_pylist()[0]["known"]
        held = f"It holds {known}, and {listed} tells {'its id' if known == 1 else 'their ids'}."
        raise UsageError(f"No story {wanted!r} in this store. {held}" if known else "The store holds no story yet.")
    several = f"{repr(wanted) + ' fits' if wanted else 'The store holds'} {len(fits)} stories ({', '.join(fits[:5])})"
    raise UsageError(f"{several}. {'Give more of the id' if wanted else f'Say which; {listed} lists them'}.")


def rows_beginning(store: Store, table: str, wanted: str) -> list[dict[str, Any]]:
    """Return `id` and `story` of those rows of a table, or a query in brackets, whose id begins with what is wanted."""
    begins = f"SELECT t.id, t.story FROM {table} t JOIN wanted w ON substr(t.id, 1, length(w.beginning)) = w.beginning"
    return list(store.sql(begins, {"wanted": pa.table({"beginning": [without_halves(wanted)]})}).to_pylist())


@dataclass
class _Tally:
    """How far a run has come: pages seen, and the ids of the reports on those that were read or there already."""

    total: int
    done: int = 0
    good: list[str] = field(default_factory=list)


def _new_pages(store: Store, found: Iterable[Saved | Skipped], tally: _Tally) -> Iterator[pa.RecordBatch]:
    """Yield batches of the pages that the store lacks, or of which the meta file now says something else."""
    from stemma.reports import pages_batch

    before = [s.location for s in store.read("skipped")]
    for batch in _some_at_a_time(found):
        saved = [s for s in batch if isinstance(s, Saved)]
        skipped = [s for s in batch if isinstance(s, Skipped)]
        here = {s.page.location for s in saved} | {s.location for s in skipped}
        holders = {location.partition("!/")[0] for location in here}
        known = _known(store, [s.page for s in saved])
        pairs = [(s, known.standing(s.page)) for s in saved]
        replaced = {old.id for s, old in pairs if old is not None and _overrules(s.page, old)}
        # A copy elsewhere of a page that is replaced may have to stand for itself now.
        new = [s for s, old in pairs if old is None or old.id in replaced]
        with store.transaction():
            # What was mended since the last run is no longer listed: a page, a line of a table, a table or an archive as a whole.
            mended = {b for b in before if b.partition("!/")[0] in holders}
            before = [b for b in before if b not in mended]
            store.remove("skipped", {"location": sorted(mended | here)})
            store.write({"skipped": skipped})
            _settle(store, [*{s.location for s in skipped}, *({s.page.location for s in saved} - {s.page.location for s in new})])
        tally.done += len(batch) - len(new)
        there = sorted({old.id for _, old in pairs if old is not None} - replaced)
        tally.good += [r.id for r in store.read("report", {"page": there})]
        if new:
            yield pages_batch(sorted(new, key=lambda s: s.page.location))


def _some_at_a_time(found: Iterable[Saved | Skipped]) -> Iterator[list[Saved | Skipped]]:
    some: list[Saved | Skipped] = []
    work = 0.0
    for one in found:
        some.append(one)
        is_short = isinstance(one, Skipped) or (one.page.format == "article" and len(one.content) <= _SHORT)
        work += 1 / _ARTICLES_AT_A_TIME if is_short else 1 / PAGES_AT_A_TIME
        if work >= 1:
            yield some
            some, work = [], 0.0
    if some:
        yield some


def _keep(store: Store, pages: pa.RecordBatch, read: pa.RecordBatch, keep_bytes: bool) -> list[str]:
    """Write what was read of a batch of pages; return the ids of the reports on them."""
    from stemma.reports import rest_of, rows_of

    rows: dict[str, list[Any]] = {"page": [], "page_bytes": [], "response": [], "report": [], "block": [], "skipped": []}
    gone, good = [], []
    here = arrow.from_arrow("page", pages.select(arrow.schema("page").names))
    answers = arrow.from_arrow("response", pa.RecordBatch.from_struct_array(pages.column("response")))
    # What was read meanwhile counts too.
    known = _known(store, here)
    # A page that is read in part is told of among the skipped, too.
    rest = [(rest_of(page.location), said) for page, said in zip(here, read.column("left_out").to_pylist(), strict=True)]
    rows["skipped"] += [Skipped(location, said) for location, said in rest if said]
    for page, content, answer, found in zip(here, pages.column("content"), answers, rows_of(read), strict=True):
        if isinstance(found, str):
            rows["skipped"].append(Skipped(page.location, found))
            continue
        good += [report.id for report, _ in found]
        if not _overrules(page, known.standing(page)):
            continue
        replaced, stays = known.replace(page)
        gone += replaced
        if stays:
            rows["page"].append(page)
            rows["response"] += [answer] if answer.page else []
            rows["report"] += [report for report, _ in found]
            rows["block"] += [block for _, blocks in found for block in blocks]
            rows["page_bytes"] += (
                [PageBytes(page.id, pa.compress(content.as_buffer(), "zstd", asbytes=True))] if keep_bytes else []
            )
    with store.transaction():
        _forget(store, gone)
        store.remove("skipped", {"location": [location for location, _ in rest]})
        store.write(rows)
        _settle(store, [page.location for page in here])
    return good


def _settle(store: Store, locations: Sequence[str]) -> None:
    """Mark what a feed named and was now read or skipped, in the transaction that keeps it: it is not fetched again."""
    entries = store.read("entry", {"url": list(locations), "done": False})
    store.remove("entry", {"url": [e.url for e in entries]})
    store.write({"entry": [replace(e, done=True) for e in entries]})


@dataclass(frozen=True)
class _Known:
    """The store's pages by their ids, and by where they were read and what their bytes are."""

    by_id: dict[str, Page]
    by_place: dict[tuple[str, str], Page]

    def standing(self, page: Page) -> Page | None:
        """Return the store's page that this one is: the same bytes at the same location, else the same id."""
        return self.by_place.get(_place(page)) or self.by_id.get(page.id)

    def replace(self, page: Page) -> tuple[list[str], bool]:
        """Put a page in the place of what stands for it: the ids that go, and whether it is written or is one elsewhere."""
        same = self.by_id.get(page.id)
        stays = same is None or page.location <= same.location
        gone = {p.id for p in (self.by_place.get(_place(page)), same if stays else None) if p is not None}
        for old in gone:
            self.by_place.pop(_place(self.by_id.pop(old)), None)
        if stays:
            self.by_id[page.id] = self.by_place[_place(page)] = page
        return sorted(gone), stays


def _known(store: Store, pages: Sequence[Page]) -> _Known:
    """Return those of the store's pages that these may be."""
    here = store.read("page", {"location": [p.location for p in pages]})
    same = store.read("page", {"id": [p.id for p in pages]})
    return _Known({p.id: p for p in (*here, *same)}, {_place(p): p for p in here})


def _overrules(page: Page, standing: Page | None) -> bool:
    """Whether a page takes the place of the one that stands in the store for it.

    At one location the last that a person said of it counts, and silence takes nothing back; of one page under several
    locations the first by name stays.
    """
    if standing is None:
        return True
    if _place(page) == _place(standing):
        return any(_given(page)) and _given(page) != _given(standing)
    return page.location < standing.location


def _place(page: Page) -> tuple[str, str]:
    return page.location, page.sha256


def _given(page: Page) -> tuple[str | None, ...]:
    """What the meta file says of a page; that the same bytes were fetched again is nothing that anybody says of it."""
    return page.url, page.outlet, page.published, None if is_address(page.location) else page.retrieved


def _forget(store: Store, pages: Sequence[str]) -> None:
    """Take out pages that are replaced with their reports, and the mark that their stories' accounts are up to date."""
    if pages:
        reports = [r.id for r in store.read("report", {"page": list(pages)})]
        forget_grouping(store, reports)
        for table in ("block", "mention", "version"):
            store.remove(table, {"report": reports})
        store.remove("version", {"earlier": reports})
        store.remove("report", {"id": reports})
        store.remove("page_bytes", {"id": pages})
        store.remove("response", {"page": pages})
        store.remove("page", {"id": pages})


@dataclass(frozen=True)
class _Task:
    """One story to be worked out: the run that it will be, its reports (read when its turn comes), what people judged of it."""

    run: Run
    members: Sequence[str]
    judgements: Sequence[Judgement]
    reports: Sequence[tuple[Report, Sequence[Block]]] = ()
    earlier: "Earlier | None" = None


def _tasks(store: Store, stories: Mapping[str, Sequence[str]], model: str | None) -> list[_Task]:
    """Return a task for each story, the largest first, so that no process is left with it at the end."""
    judged = judged_by_story(store.read("judgement"), stories)
    ordered = sorted(stories, key=lambda s: (-len(stories[s]), s))
    hashes = story_hashes(store, stories)
    return [_Task(_run(s, hashes[s], model, judged[s]), stories[s], judged[s]) for s in ordered]


def story_hashes(store: Store, stories: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return what stands for the reports of each story, given with their ids, and for the earlier versions of them."""
    earlier: dict[str, list[str]] = defaultdict(list)
    for version in store.read("version", {"report": [m for members in stories.values() for m in members]}):
        earlier[version.report].append(version.earlier)
    return {s: reports_hash(members, (old for m in members for old in earlier.get(m, ()))) for s, members in stories.items()}


def _run(story: str, reports: str, model: str | None, judgements: Sequence[Judgement]) -> Run:
    """What a run depends on; a finding is judged after it is made, and a note changes nothing."""
    kinds = ("statement", "name", "derivation")
    mine = [(j.this, j.that, j.kind, j.verdict, j.note) for j in judgements if j.kind in kinds]
    return Run(story, __version__, reports, model, ids.digest(mine) if mine else None, "")


def _with_reports(store: Store, tasks: Iterable[_Task]) -> Iterator[list[_Task]]:
    """Yield tasks with their reports, small stories together."""
    together: list[_Task] = []
    for task in tasks:
        chosen = representatives(reports_of(store, task.members), {e.report for j in task.judgements for e in j.evidence})
        together.append(replace(task, reports=chosen, earlier=earlier_of(store, [r.id for r, _ in chosen])))
        if sum(len(t.reports) for t in together) >= REPORTS_AT_A_TIME:
            yield together
            together = []
    if together:
        yield together


def _deep_rows_of(settings: Settings, store: Path | None, tasks: Sequence[_Task]) -> list[dict[str, list[Any]]]:
    with with_kept_parses(store, [report for t in tasks for report in t.reports]):
        return [deep_rows(t.run.story, t.reports, settings, t.judgements, t.earlier) for t in tasks]


def _replace_story(store: Store, task: _Task, rows: Mapping[str, Sequence[Any]]) -> None:
    with store.transaction():
        remove_stories(store, [task.run.story])
        # A report's places are read with those of its story, which has other reports now.
        store.remove("mention", {"report": list(task.members)})
        store.write({**rows, "skipped": left_out(task.run.story, len(task.members), len(task.reports))})
