"""The account as one HTML page that asks nothing of the network, every mark linked to its words."""

import base64
import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from stemma.show import wording
from stemma.show.forest import dated_before_parent, grow
from stemma.show.marked_text import Anchors, read_reports
from stemma.show.stemma_svg import picture
from stemma.show.wording import Row

_SHARED_SHOWN = 12
"""Claims that are shown before the rest is folded away."""

_ID_SHOWN = 8
"""How much of an id stands beside a finding: enough to judge it by."""


@dataclass(frozen=True, slots=True)
class _Telling:
    """One story while it is prepared: prefix for ids, rows, and the places linked to so far."""

    key: str
    story: Row
    reports: Mapping[str, Row]
    sigla: Mapping[str, str]
    anchors: Anchors


def render(account: Mapping[str, Any]) -> str:
    """Return the account as one self-contained HTML page, the largest story first.

    Everything that comes from a saved page is escaped; the page's own style and script are allowed by their
    hashes and nothing else is, so that a mistake here could still not run what a report brings.
    """
    reports = {r["id"]: r for r in account["reports"]}
    anchors = Anchors(reports)
    ordered = sorted(account["stories"], key=lambda s: -len(s["reports"]))
    tellings = [_Telling(f"s{i}", s, reports, wording.sigla(s, reports), anchors) for i, s in enumerate(ordered, 1)]
    style, script = _asset("style.css"), _asset("script.js")
    return (
        _environment()
        .get_template("account.html")
        .render(
            stories=[_story(t) for t in tellings],
            skipped=account.get("skipped", []),
            version=account.get("stemma"),
            reports=len(reports),
            style=Markup(style),
            script=Markup(script),
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    )


def _story(t: _Telling) -> dict[str, Any]:
    """Everything that the template shows of a story; the template only places what is here."""
    rows = wording.gravest(t.story.get("claims", []))
    claims = [_claim(t, f"{t.key}-c{i}", c) for i, c in enumerate(rows, 1)]
    by_id = {row["id"]: view for row, view in zip(rows, claims, strict=True)}
    shared = wording.with_parts(row for row in rows if by_id[row["id"]]["shared"])
    placed = {c["id"] for whole, parts in shared for c in (whole, *parts)}
    for row in rows:
        # A part that only repeats its whole has no row of its own: what leads to it leads to the whole.
        if by_id[row["id"]]["shared"] and row["id"] not in placed:
            by_id[row["id"]] = by_id[row["part_of"]]
    drawn = picture(t.story, t.reports, _rows(t), f"{t.key}-drawing")
    return {
        "key": t.key,
        "title": t.story.get("title") or "(no title)",
        "headline": wording.headline(t.story),
        "svg": Markup(drawn.svg),
        "sheets": [Markup(sheet) for sheet in drawn.sheets],
        "witnesses": _witnesses(t),
        "findings": [_finding(t, i, f, by_id) for i, f in enumerate(t.story.get("findings", []), 1)],
        "withdrawn": wording.withdrawn_words(t.story),
        "judgements": [wording.judgement_words(j) for j in t.story.get("judgements", [])],
        "shared": [{**by_id[c["id"]], "parts": [by_id[p["id"]] for p in parts]} for c, parts in shared],
        "first": _SHARED_SHOWN,
        "single": [c for c in claims if not c["shared"]],
        "sources": _sources(t),
        "marked": wording.MARKED,
        "columns": [{"id": r, "siglum": s, "name": wording.report_name(t.reports[r])} for r, s in t.sigla.items()],
        # Last: by now every part above has asked for the places it links to.
        "reports": read_reports(t.story, t.sigla, t.reports, t.anchors),
    }


def _rows(t: _Telling) -> dict[str, str]:
    """Return the id of each witness' row in the table, by witness id."""
    return {w["id"]: f"{t.key}-w{i}" for i, w in enumerate(t.story.get("witnesses", []), 1)}


def _witnesses(t: _Telling) -> list[dict[str, Any]]:
    branches, keys = grow(t.story, t.reports), _rows(t)
    signs = {b.witness["id"]: str(b.witness.get("siglum") or "?") for b in branches}
    names = {b.witness["id"]: wording.witness_name(b.witness, t.reports) for b in branches}
    early, apart = dated_before_parent(branches, t.reports), wording.apart(t.story, t.reports)
    copies = defaultdict(list)
    for d in t.story.get("derivations", []):
        copies[d["parent"]].append(signs[d["child"]])
    rows = []
    for branch in branches:
        report = t.reports.get(branch.witness.get("report") or "")
        rows.append({
            "key": keys[branch.witness["id"]],
            "siglum": signs[branch.witness["id"]],
            "lost": branch.witness.get("report") is None,
            "name": wording.witness_name(branch.witness, t.reports),
            "apart": apart.get(branch.witness.get("report") or ""),
            "origin": branch.origin,
            "edges": [_edge(t, e, signs, names) for e in (branch.edge, *branch.also) if e],
            "published": report.get("published") if report else None,
            "early": branch.witness["id"] in early,
            "copies": sorted(copies[branch.witness["id"]], key=lambda s: (len(s), s)),
            "href": f"#{t.anchors.report(report['id'])}" if report else None,
        })  # fmt: skip
    return rows


def _edge(t: _Telling, edge: Row, signs: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    reasons = {s.get("reason") for s in edge.get("signs", [])}
    return {
        "id": None,
        "from": signs[edge["parent"]],
        "from_name": names[edge["parent"]],
        "words": wording.edge_words(edge),
        "judged_words": wording.judged_words(edge),
        "compare": None,
        "signs": [{"weight": None, **s, "quote": _quote(t, s)} for s in edge.get("signs", [])],
        "reason": None if edge.get("reason") in reasons else edge.get("reason"),
    }


def _claim(t: _Telling, key: str, claim: Row) -> dict[str, Any]:
    order = list(t.sigla)
    members: dict[tuple[str, str | None], dict[str, Any]] = {}
    for member in sorted(claim.get("members", []), key=lambda m: order.index(m["report"])):
        figure = wording.figure_words(member.get("figure"))
        if quote := _quote(t, member):
            members.setdefault((member["report"], figure), quote | {"report": member["report"], "figure": figure})
    first = {m["report"]: m for m in reversed(members.values())}
    carried = sorted(first.values(), key=lambda m: order.index(m["report"]))
    partly = wording.in_part(claim) & first.keys()
    figures: dict[str, list[str]] = defaultdict(list)
    for m in members.values():
        if m["figure"]:
            figures[m["figure"]].append(m["siglum"])
    names = wording.names(t.story, t.reports)
    return {
        "key": key,
        "href": None,
        "summary": claim["summary"],
        "relation": claim["relation"],
        "doubtful": claim.get("doubtful", False),
        "members": list(members.values()),
        "carriers": [m for m in carried if m["report"] not in partly],
        "carried": len(carried) - len(partly),
        "partly": [m for m in carried if m["report"] in partly],
        "shared": len(carried) > 1,
        "figures": [{"words": words, "sigla": sigla, "more": 0} for words, sigla in figures.items()],
        "sources": [{"name": name, "href": None} for name in wording.named(claim.get("sources", []), names)],
        "verified_by": wording.named(claim.get("verified_by", []), names),
    }


def _finding(t: _Telling, number: int, finding: Row, claims: Mapping[str, Any]) -> dict[str, Any]:
    key = f"{t.key}-f{number}"
    quotes = [_quote(t, e, finding=(key, number)) for e in finding.get("evidence", [])]
    about = claims.get(finding.get("claim") or "")
    return {
        "key": key,
        "kind": finding["kind"],
        "severity": finding.get("severity"),
        "message": finding["message"],
        "id": str(finding.get("id") or "")[:_ID_SHOWN],
        "judged_words": wording.judged_words(finding),
        "quotes": [q for q in quotes if q],
        "compare": None,
        "claim": {"href": f"#{about['key']}"} if about else None,
    }


def _sources(t: _Telling) -> list[dict[str, Any]]:
    said: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for statement in t.story.get("statements", []):
        spans = statement.get("content", [])
        if not statement.get("source") or not spans:
            continue
        quote = _quote(t, {"report": statement["report"], "start": spans[0][0], "end": spans[-1][1]})
        if quote:
            marks = {"caveat": statement.get("caveat"), "negated": statement.get("negated")}
            said[statement["source"]].append(quote | marks)
    rows = [
        {
            "name": s.get("name") or "unnamed source",
            "role": s.get("role"),
            "names": [n for n in s.get("names", []) if n != s.get("name")],
            "said": said[s["id"]],
            "statements": len(said[s["id"]]),
        }
        for s in t.story.get("sources", [])
        if said[s["id"]]
    ]
    return sorted(rows, key=lambda s: -len(s["said"]))


def _quote(t: _Telling, place: Row, finding: tuple[str, int] | None = None) -> dict[str, Any] | None:
    """Return the words at a place with a link to them, or None when the place is not in the account."""
    report = t.reports.get(place.get("report") or "")
    start, end = place.get("start"), place.get("end")
    if report is None or start is None or end is None or not report["text"][start:end].strip():
        return None
    return {
        "siglum": t.sigla.get(report["id"]) or str(report.get("siglum") or "?"),
        "name": wording.report_name(report),
        "words": wording.excerpt(report["text"], start, end),
        "href": f"#{t.anchors.words(report['id'], start, end, finding)}",
    }


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("stemma.show"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=_safe,
    )  # fmt: skip
    environment.globals |= wording.FOR_TEMPLATES
    return environment


def _safe(value: object) -> object:
    return wording.clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _asset(name: str) -> str:
    return files("stemma.show").joinpath("templates", name).read_text("utf-8").strip()


def _hash(asset: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(asset.encode()).digest()).decode()
