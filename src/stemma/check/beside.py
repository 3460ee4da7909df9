"""The draft beside the reports of the story that it is closest to, and the findings that concern it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from stemma.account import first_title
from stemma.check.collection import story_of
from stemma.check.draft import ReadDraft, read_draft
from stemma.check.places import TOP, Place, Places
from stemma.engines import Store
from stemma.errors import UsageError
from stemma.judged import verdict_on
from stemma.pipeline import deep_rows, reports_of
from stemma.tables import SEVERITIES, Finding, Judgement, Report


@dataclass(frozen=True, slots=True)
class Words:
    """Words of another report that prove a finding."""

    report: str
    where: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding that concerns the draft, with its place in the file and the words of the others."""

    id: str
    kind: str
    severity: str
    message: str
    place: Place
    others: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that was checked: beside how many reports of which title (0 and None where it fits no story)."""

    path: str
    beside: int
    title: str | None
    remarks: tuple[Remark, ...]


def check_draft(path: Path, store: Store, published: str | None = None) -> Checked:
    """Put a draft beside the reports of its story in the store, which stays as it is; `published` as in the account.

    Raises NothingRead when the draft cannot be read, UsageError when `published` is no time.
    """
    _require_time(published)
    draft = read_draft(path)
    members = story_of(draft.report, store)
    if not members:
        return Checked(str(path), 0, None, ())
    dated = replace(draft.report, published=published or draft.report.published or _after(members))
    judgements = store.read("judgement")
    rows = deep_rows("draft", [*reports_of(store, [m.id for m in members]), (dated, draft.blocks)], judgements=judgements)
    named = {m.id: m for m in members}
    places = Places(draft)
    remarks = [
        _remark(f, draft, places, named) for f in rows["finding"] if dated.id in f.reports and not _is_wrong(f, judgements)
    ]
    title = first_title((m.published, m.id, m.title) for m in members)
    ordered = sorted(remarks, key=lambda r: (r.place, SEVERITIES.index(r.severity), r.kind, r.id))
    return Checked(str(path), len(members), title, tuple(ordered))


def _require_time(published: str | None) -> None:
    try:
        datetime.fromisoformat(published or "2000-01-01")
    except ValueError as error:
        raise UsageError(f"{published!r} is no time; write a day (2025-05-06) or more (2025-05-06T14:30+02:00).") from error


def _after(members: Sequence[Report]) -> str | None:
    """A draft is later than all that it is put beside: a minute, where the latest report tells its minute."""
    latest = max((m.published for m in members if m.published), default=None)
    if latest is None or len(latest) <= 10:
        return latest
    try:
        return (datetime.fromisoformat(latest) + timedelta(minutes=1)).isoformat()
    except ValueError:
        return latest[:10]


def _is_wrong(finding: Finding, judgements: Sequence[Judgement]) -> bool:
    verdict = verdict_on(finding, judgements)
    return verdict is not None and verdict.verdict == "wrong"


def _remark(finding: Finding, draft: ReadDraft, places: Places, named: Mapping[str, Report]) -> Remark:
    mine = [e for e in finding.evidence if e.report == draft.report.id]
    others = tuple(
        Words(r.outlet or r.title or r.location, r.url or r.location, e.start, e.end, r.text[e.start : e.end])
        for e in finding.evidence
        for r in [named.get(e.report)]
        if r
    )
    place = min((places.of(e.start, e.end) for e in mine), default=TOP)
    return Remark(finding.id, finding.kind, finding.severity, finding.message, place, others)
