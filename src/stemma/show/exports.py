"""A story for other programs: CSV tables (RFC 4180, UTF-8), and W3C Web Annotations (JSON-LD).

Tables have tidy rows in a stable order, and no cell that a spreadsheet would run. Annotations are one for each statement, each
member of a claim, each piece of evidence (Web Annotation Data Model, W3C Recommendation of 23 February 2017): an
AnnotationCollection with its one page inside it. Positions are code points into the report's text as stemma reads it; the quote
selector finds the same words on the live page.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from stemma import ids
from stemma.show.wording import Row, carriers, clean, figure_words, link, names, one_line, sigla
from stemma.text.json_text import json_text
from stemma.text.moments import printed_day

REPORTS = (
    "report", "siglum", "outlet", "title", "published", "modified", "retrieved", "url", "location", "sha256", "language",
    "agency", "byline", "origin",
)  # fmt: skip
DERIVATIONS = (
    "derivation", "child", "child_siglum", "parent", "parent_siglum", "parent_name", "kind", "share", "credited", "probability",
    "reason",
)  # fmt: skip
STATEMENTS = (
    "statement", "report", "siglum", "start", "end", "words", "quoted", "attributed", "source", "source_name", "caveat",
    "negated",
)  # fmt: skip
CLAIMS = ("claim", "summary", "relation", "reports", "outlets", "origins", "sources", "verified_by")
CLAIMS_REPORTS = ("claim", "report", "siglum", "stance", "reason", "figure", "start", "end", "words")
FINDINGS = ("finding", "kind", "severity", "message", "reports", "claim", "report", "siglum", "start", "end", "words")
TIMELINE = (
    "claim", "summary", "relation", "order", "report", "siglum", "outlet", "published", "days_after_first",
    "hours_after_first", "figure", "words", "start", "end",
)  # fmt: skip
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points before and after the words, so that a reader finds the right one of two equal places."""


def csv_tables(account: Mapping[str, Any]) -> dict[str, str]:
    """Return the text of each CSV file by its name, of an account of one story."""
    (story,), reports = account["stories"], {r["id"]: r for r in account["reports"]}
    signs = sigla(story, reports)
    return {
        "reports.csv": _table(REPORTS, _reports(story, reports, signs)),
        "derivations.csv": _table(DERIVATIONS, _derivations(story, reports)),
        "statements.csv": _table(STATEMENTS, _statements(story, reports, signs)),
        "claims.csv": _table(CLAIMS, _claims(story, reports, signs)),
        "claims_reports.csv": _table(CLAIMS_REPORTS, _claims_reports(story, reports, signs)),
        "findings.csv": _table(FINDINGS, _findings(story, reports, signs)),
        "timeline.csv": _table(TIMELINE, (tuple(r.values()) for r in timeline(story, reports))),
    }


def guarded(cell: object) -> object:
    """Return a cell as it may stand in a CSV file: text that a spreadsheet would take for a formula gets a quote before it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if not isinstance(cell, str):
        return cell
    # The writer takes a bare carriage return for no line's end, and every reader does.
    text = clean(cell).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.lstrip().startswith(_RUN_BY_SPREADSHEETS) else text


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def _reports(story: Row, reports: Mapping[str, Row], signs: Mapping[str, str]) -> Iterable[Sequence[object]]:
    origins = {o["witness"] for o in story.get("origins", [])}
    mine = {w["report"]: w["id"] in origins for w in story.get("witnesses", []) if w.get("report")}
    plain = REPORTS[2:12]
    for report, siglum in signs.items():
        row = reports[report]
        byline = "; ".join(row.get("byline") or [])
        yield report, siglum, *(row.get(column) for column in plain), byline, mine.get(report, False)


def _derivations(story: Row, reports: Mapping[str, Row]) -> Iterable[Sequence[object]]:
    signs = {w["id"]: w.get("siglum") for w in story.get("witnesses", [])}
    named = names(story, reports) | {w["id"]: w.get("name") for w in story.get("witnesses", [])}
    for d in story.get("derivations", []):
        child, parent = d["child"], d["parent"]
        ends = (d.get("id"), child, signs.get(child), parent, signs.get(parent), named.get(parent))
        yield *ends, *(d.get(column) for column in DERIVATIONS[6:])


def _statements(story: Row, reports: Mapping[str, Row], signs: Mapping[str, str]) -> Iterable[Sequence[object]]:
    named = names(story, reports)
    order = list(signs)
    for s in sorted(story.get("statements", []), key=lambda s: (order.index(s["report"]), s["content"], s["id"])):
        start, end = s["content"][0][0], s["content"][-1][1]
        words = " […] ".join(reports[s["report"]]["text"][a:b] for a, b in s["content"])
        source = s.get("source")
        who = (source, named.get(source) if source else None)
        place = (s["id"], s["report"], signs[s["report"]], start, end, words)
        yield *place, bool(s["quotations"]), s["attributed"], *who, s.get("caveat"), s["negated"]


def _claims(story: Row, reports: Mapping[str, Row], signs: Mapping[str, str]) -> Iterable[Sequence[object]]:
    named = names(story, reports)
    for c in story.get("claims", []):
        carried = " ".join(s for r, s in signs.items() if any(m["report"] == r for m in c["members"]))
        lists = ([named.get(i, i) for i in c[key]] for key in ("outlets", "origins", "sources", "verified_by"))
        yield c["id"], c["summary"], c["relation"], carried, *("; ".join(found) for found in lists)


def _claims_reports(story: Row, reports: Mapping[str, Row], signs: Mapping[str, str]) -> Iterable[Sequence[object]]:
    """A row for each claim and report; for each span where a report carries the claim more than once."""
    for c in story.get("claims", []):
        stances = {s["report"]: s for s in c.get("stances", [])}
        for report, siglum in signs.items():
            stance = stances.get(report, {})
            head = (c["id"], report, siglum, stance.get("stance"), stance.get("reason"))
            members = [m for m in c["members"] if m["report"] == report]
            for m in members:
                words = reports[report]["text"][m["start"] : m["end"]]
                yield *head, figure_words(m.get("figure")), m["start"], m["end"], words
            if not members:
                yield *head, None, None, None, None


def _findings(story: Row, reports: Mapping[str, Row], signs: Mapping[str, str]) -> Iterable[Sequence[object]]:
    """A row for each piece of evidence, the finding's own cells repeated."""
    for f in story.get("findings", []):
        about = " ".join(s for r, s in signs.items() if r in f["reports"])
        head = (f.get("id"), f["kind"], f.get("severity"), f["message"], about, f.get("claim"))
        for e in f.get("evidence", []):
            words = reports[e["report"]]["text"][e["start"] : e["end"]]
            yield *head, e["report"], signs.get(e["report"]), e["start"], e["end"], words


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
        rows.append(dict(zip(TIMELINE, values, strict=True)))
    return rows


def moment(published: str | None) -> str:
    """Return what a time of publication sorts by: in UTC where the zone is told; a bare day before its hours, none last."""
    if not published:
        return "9999"
    exact = _exact(published)
    return exact.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") if exact and exact.tzinfo else published


def apart(first: str | None, later: str | None) -> tuple[int | None, float | None]:
    """Return days and hours from one time of publication to another, each None where it is not known."""
    one, two = printed_day(first), printed_day(later)
    days = (two - one).days if one and two else None
    begun, seen = _exact(first), _exact(later)
    if begun is None or seen is None or begun.tzinfo is None or seen.tzinfo is None:
        return days, None
    return days, round((seen - begun).total_seconds() / 3600, 2)


def _exact(published: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(published) if published and len(published) > 10 else None
    except ValueError:
        return None


def as_annotations(account: Mapping[str, Any]) -> str:
    """Return the annotations of an account of one story as JSON-LD text."""
    (story,), reports = account["stories"], {r["id"]: r for r in account["reports"]}
    items = [*_of_statements(story, reports), *_of_members(story, reports), *_of_evidence(story, reports)]
    collection = f"urn:stemma:story:{story['id']}"
    page = {"id": f"{collection}:annotations", "type": "AnnotationPage", "startIndex": 0, "items": items}
    whole = {
        "@context": CONTEXT, "id": collection, "type": "AnnotationCollection",
        "label": clean(story.get("title") or "story without a title"), "total": len(items), "first": page,
    }  # fmt: skip
    return json_text(whole, 1) + "\n"


def _of_statements(story: Row, reports: Mapping[str, Row]) -> Iterator[Row]:
    named = names(story, reports)
    for s in story.get("statements", []):
        who = named[s["source"]] if s.get("source") else "somebody who is not named" if s["attributed"] else "the report itself"
        caveat = f"; {s['caveat']}" if s.get("caveat") else ""
        spans = [{"report": s["report"], "start": start, "end": end} for start, end in s["content"]]
        yield _annotation("statement", s["id"], "describing", f"Said by {who}{caveat}.", [], spans, reports)


def _of_members(story: Row, reports: Mapping[str, Row]) -> Iterator[Row]:
    for claim in story.get("claims", []):
        link_to = {"type": "SpecificResource", "source": f"urn:stemma:claim:{claim['id']}", "purpose": "linking"}
        for m in claim["members"]:
            figure = figure_words(m.get("figure"))
            words = f"Claim ({claim['relation']}): {claim['summary']}{f' [{figure}]' if figure else ''}"
            yield _annotation("member", claim["id"], "classifying", words, [link_to], [m], reports)


def _of_evidence(story: Row, reports: Mapping[str, Row]) -> Iterator[Row]:
    for finding in story.get("findings", []):
        key = finding.get("id") or ids.digest(finding["kind"], finding["message"])
        link_to = {"type": "SpecificResource", "source": f"urn:stemma:finding:{key}", "purpose": "linking"}
        tag = {"type": "TextualBody", "value": finding["kind"], "purpose": "tagging"}
        for e in finding.get("evidence", []):
            yield _annotation("evidence", key, "assessing", finding["message"], [tag, link_to], [e], reports)


def _annotation(
    kind: str, key: str, motivation: str, words: str, more: Sequence[Row], spans: Sequence[Row], reports: Mapping[str, Row]
) -> Row:
    targets = [_target(reports[s["report"]], s["start"], s["end"]) for s in spans]
    about = {"type": "TextualBody", "value": one_line(words), "format": "text/plain", "language": "en", "purpose": motivation}
    where = [(s["report"], s["start"], s["end"]) for s in spans]
    return {
        "id": f"urn:stemma:{kind}:{ids.digest(kind, key, where)}", "type": "Annotation", "motivation": motivation,
        "body": [about, {"type": "TextualBody", "value": kind, "purpose": "tagging"}, *more],
        "target": targets[0] if len(targets) == 1 else targets,
    }  # fmt: skip


def _target(report: Row, start: int, end: int) -> dict[str, Any]:
    text = report["text"]
    return {
        "type": "SpecificResource",
        "source": link(report.get("url")) or f"urn:stemma:report:{report['id']}",
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector", "exact": clean(text[start:end]),
                "prefix": clean(text[max(0, start - AROUND) : start]), "suffix": clean(text[end : end + AROUND]),
            },
        ],
    }  # fmt: skip
