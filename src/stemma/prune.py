"""Old stories taken out of a store, with their pages."""

from dataclasses import dataclass
from datetime import date

from stemma.engines import Store
from stemma.engines.kept_parses import forget_kept_parses
from stemma.tables import STORY_TABLES, Report


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many stories, reports and pages went, and how many judgements rest on them and stay."""

    stories: int
    reports: int
    pages: int
    judgements: int


def prune(store: Store, before: date) -> Pruned:
    """Take out every story whose last report is dated before a day, by its publication or else by when it was retrieved.

    Reports without a date do not count, and a story that has no other stays. So does a page while another of its reports does,
    and what people judged: it holds again when the pages are read again.
    """
    with store.run():
        members: dict[str, list[str]] = {}
        for row in store.read("story"):
            members.setdefault(row.story, []).append(row.report)
        days = {r.id: _last_day(r) for r in store.read("report")}
        last = {s: max(days[r] for r in reports) for s, reports in members.items()}
        stories = sorted(s for s, day in last.items() if "" < day < before.isoformat())
        reports = [r for s in stories for r in members[s]]
        reports += [v.earlier for v in store.read("version", {"report": reports})]
        pages = _pages_of_these_alone(store, reports)
        judged = [j for j in store.read("judgement") if {e.report for e in j.evidence} & set(reports)]
        _take_out(store, stories, reports, pages)
    forget_kept_parses(store.file)
    return Pruned(len(stories), len(reports), len(pages), len(judged))


def _last_day(report: Report) -> str:
    """The last day that a report's date may mean ("2031-05" is May), empty for one without a date."""
    written = report.published or report.retrieved
    return f"{written[:10]}-99-99"[:10] if written else ""


def _pages_of_these_alone(store: Store, reports: list[str]) -> list[str]:
    pages = {r.page for r in store.read("report", {"id": reports})}
    return sorted(pages - {r.page for r in store.read("report", {"page": pages}) if r.id not in set(reports)})


def _take_out(store: Store, stories: list[str], reports: list[str], pages: list[str]) -> None:
    with store.transaction():
        for table in (*STORY_TABLES, "alias"):
            store.remove(table, {"story": stories})
        for table in ("story", "block", "mention", "version"):
            store.remove(table, {"report": reports})
        store.remove("report", {"id": reports})
        for table, column in (("page", "id"), ("page_bytes", "id"), ("response", "page")):
            store.remove(table, {column: pages})
