"""The draft beside the reports of the story that it is closest to, and the findings that concern it.

It is put beside a store or pages, and in it the reports of the story that the draft tells.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import compute

from stemma.account import first_title
from stemma.descent.telling import same_outlet
from stemma.drafts import thresholds
from stemma.drafts.read_draft import TOP, Place, Places, ReadDraft, read_draft
from stemma.engines import Store, open_store
from stemma.engines.kept_parses import with_kept_parses
from stemma.errors import UsageError
from stemma.findings.context import DRAFT
from stemma.findings.kinds import UNCREDITED_COPY
from stemma.ids import digest
from stemma.judged import verdict_on
from stemma.pipeline import deep_rows, earlier_of, reports_of
from stemma.representatives import representatives
from stemma.show.wording import counted, one_line
from stemma.stories import Document, group_with, prints_of
from stemma.stories.pairs import proposals
from stemma.stories.standing import Standing, with_proposals
from stemma.tables import SEVERITIES, Evidence, Finding, Judgement, Report, Skipped
from stemma.whole_files import is_there

_INSIDE = re.compile(rf"(?<=[a-z,;] ){DRAFT}\b")
"""The draft's name where it begins no sentence."""


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
    evidence: tuple[Evidence, ...] = ()
    """What proves it in the other reports, by which it is known again when the draft is edited."""


@dataclass(frozen=True, slots=True, repr=False)
class Checked:
    """A draft that was checked: beside how many reports of which title (0 and None where it fits no story).

    At a prompt it shows a line for each remark, with its place.

    `unknown` are lines of comments in it that name a kind of finding which there is not, and that name; `source` its text;
    `page` is what the page is called that the store has of it, letter for letter: the draft stands beside the others.
    """

    path: str
    beside: int
    title: str | None
    remarks: tuple[Remark, ...]
    unknown: tuple[tuple[int, str], ...] = ()
    source: str = ""
    page: str | None = None

    @property
    def not_checked(self) -> str | None:
        """Return why nothing could be said of the draft, in a sentence; None where it was checked."""
        return None if self.beside else "The draft fits none of the stories: it was not checked."

    def __repr__(self) -> str:
        found = [f"{self.path}:{r.place.line}:{r.place.column}: {r.kind} ({r.severity}): {r.message}" for r in self.remarks]
        closing = self.not_checked or f"{counted(len(found), 'finding')} beside {counted(self.beside, 'report')}."
        return "\n".join(map(one_line, [*found, closing]))


def check_draft(path: Path, store: Store, published: str | None = None, content: bytes | None = None) -> Checked:
    """Put a draft beside the reports of its story in the store, which stays as it is; `published` as in the account.

    `content` is read in the place of the file. Raises NothingRead when the draft cannot be read, UsageError when `published` is
    no time.
    """
    _require_time(published)
    draft = read_draft(path, content)
    members = story_of(draft.report, store)
    unknown = tuple((i.line, name) for i in draft.ignored for name in i.unknown)
    if not members:
        return Checked(str(path), 0, None, (), unknown, draft.source)
    dated = replace(draft.report, published=published or draft.report.published or _after(members))
    judgements = store.read("judgement")
    named = {m.id: m for m in members}
    reports = representatives(reports_of(store, list(named)))
    earlier = earlier_of(store, [r.id for r, _ in reports])
    with with_kept_parses(store.file, reports):
        rows = deep_rows("draft", [*reports, (dated, draft.blocks)], judgements=judgements, earlier=earlier)
    places = Places(draft)
    page = next(iter(store.read("report", {"id": {dated.id}})), None)
    own = page is not None and _is_from(page, rows)
    remarks = [
        _remark(f, draft, places, named)
        for f in rows["finding"]
        if dated.id in f.reports and not (own and f.kind == UNCREDITED_COPY.name) and not _is_wrong(f, dated.id, path, judgements)
    ]
    title = first_title((m.published, m.id, m.title) for m in members)
    kept = (r for r in remarks if not any(i.covers(r.kind, r.place.line, r.place.end_line) for i in draft.ignored))
    ordered = sorted(kept, key=lambda r: (r.place, SEVERITIES.index(r.severity), r.kind, r.id))
    called = (page.outlet or page.title or page.location) if page else None
    return Checked(str(path), len(members), title, tuple(ordered), unknown, draft.source, called)


def _is_from(page: Report, rows: Mapping[str, Sequence[Any]]) -> bool:
    """Whether a draft that is a page of the store has words of that page's own house, which others cite."""
    house = {w.id for w in rows["witness"] if w.report is None and same_outlet(w.name, page.outlet)}
    return any(d.child == page.id and d.parent in house for d in rows["derivation"])


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


def judged_wrong(remark: Remark, path: Path, who: str) -> Judgement:
    """Return a person's word, to be kept in the store, that what is said of a draft is wrong.

    It holds for drafts of the file's name, however their text is edited, as long as the words of others are the same.
    """
    when = datetime.now(UTC).isoformat(timespec="seconds")
    about = f"{remark.kind}: {remark.message}"
    evidence = (_whole_draft(path), *remark.evidence)
    return Judgement(remark.id, "", "finding", "wrong", who, when, f"in the draft {path.name}", about, evidence)


def _whole_draft(path: Path) -> Evidence:
    """A draft as evidence, whatever its text is now; no report has this id."""
    return Evidence(digest("draft", path.name), 0, 1)


def _is_wrong(finding: Finding, draft: str, path: Path, judgements: Sequence[Judgement]) -> bool:
    others = tuple(e for e in finding.evidence if e.report != draft)
    verdict = verdict_on(replace(finding, evidence=(_whole_draft(path), *others)), judgements)
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
    proof = tuple(e for e in finding.evidence if e.report in named)
    message = _INSIDE.sub(DRAFT[0].lower() + DRAFT[1:], finding.message)
    return Remark(finding.id, finding.kind, finding.severity, message, place, others, proof)


def open_against(places: Sequence[str]) -> tuple[Store, list[Skipped]]:
    """Open a store, or read pages into one in memory, for a draft to be put beside; return it and the pages skipped now.

    Raises UsageError for a store among other places or no store, NothingRead when no page could be read.
    """
    if not all(places):
        raise UsageError("One of the names after --against is empty.")
    stores = [Path(p) for p in places if is_store(Path(p))]
    if stores and len(places) > 1:
        raise UsageError("A draft is checked against one store, or against pages.")
    if stores:
        return open_store(stores[0]), []
    from stemma.corpus import read

    corpus = read(places, deep=False)
    return corpus.store, list(corpus.skipped)


def is_store(path: Path) -> bool:
    """Return whether a file is a DuckDB file, by the four letters behind its checksum."""
    if not is_there(path) or not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(12)[8:] == b"DUCK"


_WITHOUT_PRINT = """
SELECT r.id FROM report r LEFT JOIN fingerprint f ON f.report = r.id LEFT JOIN version v ON v.earlier = r.id
WHERE f.report IS NULL AND v.earlier IS NULL
"""
_NEAREST_SQL = """
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
SELECT id FROM ranked WHERE place <= """
"""Reads, up to a place, `report`, `fingerprint`, a table like that of those that are `late`, and the keys that are `wanted`."""


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
    return _ids(store.sql(f"{_NEAREST_SQL}{thresholds.NEAREST} ORDER BY id", {"late": with_proposals(late), "wanted": wanted}))


def _prints(reports: set[str], late: pa.Table, store: Store) -> pa.Table:
    """The fingerprints of reports, of which some are late: not in the store yet."""
    there = late.filter(compute.is_in(late.column("id"), pa.array(sorted(reports), pa.string())))
    return Standing(store.sql, there, there.column("id").to_pylist()).prints(reports)


def _ids(rows: pa.Table) -> list[str]:
    return list(rows.column("id").to_pylist())
