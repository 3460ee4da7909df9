"""The account as one HTML page that asks nothing of the network, every mark linked to its words."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from stemma.show import wording
from stemma.show.marked_text import Anchors, read_reports
from stemma.show.shown_story import ShownStory, figures, sides, source, witness
from stemma.show.stemma_svg import picture
from stemma.show.wording import Row

_SHARED_SHOWN = 12
"""Claims that are shown before the rest is folded away."""

_ID_SHOWN = 8
"""How much of an id stands beside a finding: enough to judge it by."""


@dataclass(frozen=True)
class _PageStory(ShownStory):
    """One story while its part of the page is prepared: prefix for ids, and the places linked to so far."""

    key: str
    anchors: Anchors

    def at_report(self, report: str) -> str:
        """Return the link to a report further down."""
        return f"#{self.anchors.report(report)}"

    def at_words(self, report: str, start: int, end: int) -> str:
        """Return the link to words of a report further down, which are marked when it is followed."""
        return f"#{self.anchors.words(report, start, end)}"


def render(account: Mapping[str, Any]) -> str:
    """Return the account as one self-contained HTML page, the largest story first.

    Everything that comes from a saved page is escaped; the page's own style and script are allowed by their
    hashes and nothing else is, so that a mistake here could still not run what a report brings.
    """
    reports = {r["id"]: r for r in account["reports"]}
    anchors = Anchors(reports)
    ordered = sorted(account["stories"], key=lambda s: -len(s["reports"]))
    tellings = [_PageStory(s, reports, f"s{i}", anchors) for i, s in enumerate(ordered, 1)]
    style, script = _asset("style.css"), _asset("script.js")
    return (
        templates("stemma.show")
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


def _story(t: _PageStory) -> dict[str, Any]:
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
        "opening": t.opening,
        "svg": Markup(drawn.svg),
        "sheets": [Markup(sheet) for sheet in drawn.sheets],
        "witnesses": _witnesses(t),
        "findings": [_finding(t, i, f, by_id) for i, f in enumerate(t.story.get("findings", []), 1)],
        "withdrawn": wording.withdrawn_words(t.story),
        "judgements": [wording.judgement_words(j) for j in t.story.get("judgements", [])],
        "shared": [{**by_id[c["id"]], "parts": [by_id[p["id"]] for p in parts]} for c, parts in shared],
        "first": _SHARED_SHOWN,
        "single": [c for c in claims if not c["shared"]],
        "sources": [source(t, s) for s in t.speakers],
        "marked": wording.MARKED,
        "columns": [{"id": r, "siglum": s, "name": wording.report_name(t.reports[r])} for r, s in t.sigla.items()],
        # Last: by now every part above has asked for the places it links to.
        "reports": read_reports(t.story, t.sigla, t.reports, t.anchors),
    }


def _rows(t: _PageStory) -> dict[str, str]:
    """Return the id of each witness' row in the table, by witness id."""
    return {w["id"]: f"{t.key}-w{i}" for i, w in enumerate(t.story.get("witnesses", []), 1)}


def _witnesses(t: _PageStory) -> list[dict[str, Any]]:
    rows = _rows(t)
    return [{**witness(t, branch), "key": rows[branch.witness["id"]]} for branch in t.branches]


def _claim(t: _PageStory, key: str, claim: Row) -> dict[str, Any]:
    order = list(t.sigla)
    members: dict[tuple[str, str | None], dict[str, Any]] = {}
    for member in sorted(claim.get("members", []), key=lambda m: order.index(m["report"])):
        figure = wording.figure_words(member.get("figure"))
        if quote := t.quote(member):
            members.setdefault((member["report"], figure), quote | {"figure": figure})
    first = {m["report"]: m for m in reversed(members.values())}
    carried = sorted(first.values(), key=lambda m: order.index(m["report"]))
    partly = wording.in_part(claim) & first.keys()
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
        "figures": figures(t, claim),
        "sides": sides(t, claim, {s["report"]: s["stance"] for s in claim.get("stances", [])}),
        "origins": wording.named(claim.get("origins", []), t.names),
        "sources": [{"name": name, "href": None} for name in wording.named(claim.get("sources", []), t.names)],
        "verified_by": wording.named(claim.get("verified_by", []), t.names),
    }


def _finding(t: _PageStory, number: int, finding: Row, claims: Mapping[str, Any]) -> dict[str, Any]:
    key = f"{t.key}-f{number}"
    for place in finding.get("evidence", []):
        if quote := t.quote(place):
            t.anchors.words(quote["report"], quote["start"], quote["end"], (key, number))
    about = claims.get(finding.get("claim") or "")
    return {
        "key": key,
        "kind": finding["kind"],
        "severity": finding.get("severity"),
        "message": finding["message"],
        "id": str(finding.get("id") or "")[:_ID_SHOWN],
        "judged_words": wording.judged_words(finding),
        "quotes": t.quotes(finding.get("evidence", [])),
        "compare": None,
        "claim": {"href": f"#{about['key']}"} if about else None,
    }


@cache
def templates(*packages: str) -> Environment:
    """Return the templates of some packages, looked for in this order; every text that they print is made fit to be shown."""
    environment = Environment(
        loader=ChoiceLoader(list(map(PackageLoader, packages))), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
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
