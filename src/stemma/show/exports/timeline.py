"""When each claim was first seen, report by report: as exact as the reports are dated, and no more exact."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from stemma.show.wording import Row, carriers, figure_words, sigla

COLUMNS = (
    "claim", "summary", "relation", "order", "report", "siglum", "outlet", "published", "days_after_first",
    "hours_after_first", "figure", "words", "start", "end",
)  # fmt: skip


def timeline(story: Row, reports: Mapping[str, Row]) -> list[dict[str, Any]]:
    """Return a row for each claim and each report that carries it, the earliest report first, undated ones last.

    `days_after_first` counts calendar days as printed; `hours_after_first` is there where both reports tell hour and zone.
    `order` is 1 for the first, the same for reports that their dates do not tell apart, None without a date. `words` are the
    first that carry the claim.
    """
    signs = sigla(story, reports)
    return [row for claim in story.get("claims", []) for row in _of_claim(claim, reports, signs)]


def _of_claim(claim: Row, reports: Mapping[str, Row], signs: Mapping[str, str]) -> list[dict[str, Any]]:
    ordered = sorted(carriers(claim, signs), key=lambda r: (moment(reports[r].get("published")), list(signs).index(r)))
    first = reports[ordered[0]].get("published") if ordered else None
    rows: list[dict[str, Any]] = []
    for place, report in enumerate(ordered, 1):
        member = min((m for m in claim["members"] if m["report"] == report), key=lambda m: (m["start"], m["end"]))
        published = reports[report].get("published")
        same = rows and moment(rows[-1]["published"]) == moment(published)
        order = (rows[-1]["order"] if same else place) if published else None
        days, hours = apart(first, published)
        values = (
            claim["id"], claim["summary"], claim["relation"], order, report, signs[report],
            reports[report].get("outlet"), published, days, hours, figure_words(member.get("figure")),
            reports[report]["text"][member["start"] : member["end"]], member["start"], member["end"],
        )  # fmt: skip
        rows.append(dict(zip(COLUMNS, values, strict=True)))
    return rows


def moment(published: str | None) -> str:
    """Return what a time of publication sorts by: in UTC where the zone is told; a bare day before its hours, none last."""
    if not published:
        return "9999"
    exact = _exact(published)
    return exact.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") if exact and exact.tzinfo else published


def apart(first: str | None, later: str | None) -> tuple[int | None, float | None]:
    """Return days and hours from one time of publication to another, each None where it is not known."""
    one, two = _day(first), _day(later)
    days = (two - one).days if one and two else None
    begun, seen = _exact(first), _exact(later)
    if begun is None or seen is None or begun.tzinfo is None or seen.tzinfo is None:
        return days, None
    return days, round((seen - begun).total_seconds() / 3600, 2)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _exact(published: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(published) if published and len(published) > 10 else None
    except ValueError:
        return None
