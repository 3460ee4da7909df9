"""From an account of one story to its brief: sections of template words and quotations, the best supported claims first."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from stemma.show.brief.desk import Desk
from stemma.show.brief.doubts import changed, disputed, lost, plain, unverified
from stemma.show.brief.parts import Group, Line, Quote, Section
from stemma.show.brief.support import Support, grounds
from stemma.show.wording import Row, clean, counted, headline, report_name

_OWN = re.compile(r"\b(?:I|we|We|my|My|our|Our|me|us)\b")
KNOWN, SOURCES, EACH = 8, 5, 3
"""Lines of what is known, claimants, and lines of each: a brief is short."""


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief of one story: title, one line of figures, sections, and the reports that it cites."""

    story: str
    title: str
    headline: str
    sections: tuple[Section, ...]
    reports: tuple[Row, ...]


def compose(account: Mapping[str, Any]) -> Brief:
    """Return the brief of an account of one story; every quotation in it is cut from the text of its report."""
    (story,), reports = account["stories"], {r["id"]: r for r in account["reports"]}
    desk = Desk(story, reports)
    # What is disputed, overtaken or doubted is taken first, so that no section prints it as known.
    against, overtaken, doubted = disputed(desk), changed(desk), unverified(desk)
    known, claimed = _known(desk), _claimed(desk)
    title = clean(story.get("title") or "(no title)")
    cited = tuple(_cited(reports[r], siglum) for r, siglum in desk.signs.items())
    sections = (known, claimed, against, overtaken, doubted, lost(desk))
    return Brief(story["id"], title, headline(story), sections, cited)


def left_out(section: Section) -> str | None:
    """Return the sentence that says how much of a section the brief leaves out."""
    return f"And {counted(section.more, 'more line')}, in the account." if section.more else None


def _known(desk: Desk) -> Section:
    lines: list[Line] = []
    more = 0
    for support in _open(desk):
        words = desk.words(support) if support.known else None
        if words and _OWN.search(words.words):
            # "I was buying onions" is what one person says of himself, whoever prints it.
            continue
        if words and len(lines) < KNOWN:
            behind = f" – {support.words()}; {grounds(support, desk.names)}"
            lines.append(desk.take(Line((words, behind, *_verification(desk, support), "."), (support.claim["id"],))))
        elif words:
            more += 1
    means = (
        "Two independent origins carry it, and more than one source or newsroom stands behind it; or a report says who "
        "verified it. Where a line names nobody who verified it, no report does."
    )
    return Section("known", "What is known", means, "No claim stands on two independent grounds.", plain(lines), more)


def _claimed(desk: Desk) -> Section:
    """By claimant: the one source, or the one origin, that stands behind a claim, however many reports print it."""
    by_claimant: dict[str, list[Support]] = {}
    for support in _open(desk):
        behind = [*support.sources, *support.stated_by]
        if not support.known and behind and len(support.reports) > 1:
            by_claimant.setdefault(behind[0], []).append(support)
    groups: list[Group] = []
    more = 0
    for claimant, mine in sorted(by_claimant.items(), key=lambda item: (item[1][0].rank, -len(item[1]))):
        lines: list[Line] = []
        for support in mine:
            words = desk.words(support)
            if words and len(lines) < EACH and len(groups) < SOURCES:
                lines.append(desk.take(Line((words, f" – {support.words()}."), (support.claim["id"],))))
            elif words:
                more += 1
        groups += [Group(_claimant(desk, claimant), tuple(lines))] if lines else []
    means = (
        "One source or one newsroom stands behind each of these, however many reports print it; no report names anybody "
        "who verified it."
    )
    none = "No claim rests on one source alone."
    return Section("claimed", "What is claimed, and by whom", means, none, tuple(groups), more)


def _claimant(desk: Desk, claimant: str) -> str:
    name = desk.names.get(claimant, claimant)
    return name if claimant in {s["id"] for s in desk.story.get("sources", [])} else f"{name}, naming no source"


def _verification(desk: Desk, support: Support) -> Iterable[str | Quote]:
    """Who verified a claim, in a report's own words where it says so in a sentence of its own."""
    if not support.verified:
        return ()
    for member in desk.members(support.claim):
        statement = desk.statement(member)
        if statement and str(statement.get("caveat") or "").startswith("verified") and statement.get("caveat_span"):
            words = desk.quote(member["report"], *statement["caveat_span"])
            if words:
                return ("; verified: ", words)
    return (f"; verified by {', '.join(clean(v) for v in support.claim['verified_by'])}",)


def _open(desk: Desk) -> list[Support]:
    """The claims that no section has printed; one that a later report overtook is not printed as known."""
    return [s for s in desk.supports if s.claim["id"] not in desk.told and s.claim["relation"] != "updated"]


def _cited(report: Row, siglum: str) -> dict[str, Any]:
    facts = {key: report.get(key) for key in ("id", "url", "location", "published", "sha256")}
    return {"siglum": siglum, "name": report_name(report), **facts}
