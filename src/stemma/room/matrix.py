"""Claims against reports, or against origins: who says it, who says it otherwise, who is silent."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from stemma.room.kept_story import KeptStory, tell
from stemma.room.story import about
from stemma.room.web import Asked
from stemma.show import wording
from stemma.show.claim_lines import told_by_two
from stemma.show.exports import guarded
from stemma.show.wording import Row

CELLS = 240
"""Cells of one page: with their words, as many as a page of 150 KB holds."""
_COLUMNS = 20
_WORDS = 110
_GRAVE = ("conflicts", "differs", "partly", "agrees", "absent")
SIGNS = {"agrees": "●", "partly": "○", "differs": "◐", "conflicts": "✕", "absent": "·"}

_View = dict[str, Any]


def matrix(asked: Asked) -> _View:
    """Tell the part of the matrix that the address asks for: `by`, `relation`, `source`, `origin`, `from`, `column`."""
    told = tell(asked.room.store, asked.part("story"))
    by = "origins" if asked.text("by") == "origins" else "reports"
    columns = _columns(told, by, asked.text("origin"))
    first_column = asked.number("column", 1)
    shown = columns[first_column - 1 : first_column - 1 + _COLUMNS]
    rows = _chosen(asked, told)
    at_once = max(6, CELLS // max(1, len(shown)))
    first = asked.number("from", 1)
    part = rows[first - 1 : first - 1 + at_once]
    return {
        "story": about(told), "by": by, "columns": shown, "columns_all": len(columns), "all": len(_rows_of(told)),
        "parts_all": sum(map(len, told.parts.values())),
        "rows": [_row(told, c, shown) for c in part], "found": len(rows), "signs": SIGNS,
        "chosen": {name: asked.text(name) for name in ("relation", "source", "origin")}, "offered": _offered(told),
        "before": asked.with_(**{"from": max(1, first - at_once)}) if first > 1 else None,
        "next": asked.with_(**{"from": first + at_once}) if first - 1 + at_once < len(rows) else None, "from": first,
        "columns_before": asked.with_(column=max(1, first_column - _COLUMNS)) if first_column > 1 else None,
        "columns_next": asked.with_(column=first_column + _COLUMNS) if first_column - 1 + _COLUMNS < len(columns) else None,
        "csv": asked.with_(**{"from": None, "column": None}).replace("/matrix", "/matrix.csv", 1),
    }  # fmt: skip


def matrix_csv(asked: Asked) -> str:
    """Return the whole matrix that the address' filters leave, as CSV: a row a claim, a column a report or origin."""
    told = tell(asked.room.store, asked.part("story"))
    columns = _columns(told, "origins" if asked.text("by") == "origins" else "reports", asked.text("origin"))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["claim", "summary", "relation", *(guarded(f"{c['siglum']} {c['name']}") for c in columns)])
    for claim in _chosen(asked, told):
        cells = [f"{c['stance']}: {c['figure'] or c['words']}" if c["words"] else c["stance"] for c in
                 _row(told, claim, columns)["cells"]]  # fmt: skip
        writer.writerow([guarded(c) for c in (claim["id"], claim["summary"], claim["relation"], *cells)])
    return out.getvalue()


def _chosen(asked: Asked, told: KeptStory) -> list[Row]:
    """The claims that the filters leave, conflicts and disputes on top."""
    relation, source, origin = asked.text("relation"), asked.text("source"), asked.text("origin")
    rows = _rows_of(told)
    if relation:
        rows = [c for c in rows if c["relation"] == relation]
    if source:
        rows = [c for c in rows if source in wording.named(c["sources"], told.names)]
    if origin:
        rows = [c for c in rows if any(told.witnesses.get(o, {}).get("siglum") == origin for o in c["origins"])]
    return rows


def _rows_of(told: KeptStory) -> list[Row]:
    return [row for claim, parts in told.parts.items() for row in (told.claims[claim], *parts)]


def _columns(told: KeptStory, by: str, origin: str) -> list[_View]:
    """The columns with the reports that each stands for."""
    groups = {o["witness"]: _holders(told, o) for o in told.story["origins"]}
    if by == "origins":
        found = [(told.witnesses[w], reports) for w, reports in groups.items() if w in told.witnesses]
        named = [(w, reports) for w, reports in found if origin in ("", w["siglum"])]
        return [
            {"siglum": w["siglum"], "name": wording.witness_name(w, told.reports), "reports": reports,
             "href": told.brief(w["report"])["href"] if w["report"] else None}
            for w, reports in named
        ]  # fmt: skip
    inside = {r for w, reports in groups.items() if told.witnesses.get(w, {}).get("siglum") == origin for r in reports}
    return [{**told.brief(r), "reports": [r]} for r in told.sigla if not origin or r in inside]


def _holders(told: KeptStory, origin: Row) -> list[str]:
    own = told.witnesses.get(origin["witness"], {}).get("report")
    return list(dict.fromkeys([*([own] if own else []), *(d["report"] for d in origin["descendants"])]))


def _row(told: KeptStory, claim: Row, columns: Sequence[_View]) -> _View:
    stances = told.stance(claim["id"])
    members = told.speaking(claim)
    both = _both(told, claim)
    return {
        "id": claim["id"], "summary": claim["summary"], "relation": claim["relation"], "part": claim["part_of"] is not None,
        "href": f"{told.address}/claim/{claim['id']}",
        "cells": [_cell(told, c["reports"], stances, members, both) for c in columns],
    }  # fmt: skip


def _cell(
    told: KeptStory, reports: Sequence[str], stances: Mapping[str, str], members: Mapping[str, Row], both: Mapping[str, str]
) -> _View:
    """One cell: the gravest stance of its reports, with the words of the one that takes it, both where it tells both sides."""
    carrying = [r for r in reports if r in members]
    stance = min((stances.get(r, "agrees") for r in carrying), key=_GRAVE.index, default="absent")
    first = next((r for r in carrying if stances.get(r, "agrees") == stance), None)
    quote = told.quote(members[first]) if first else None
    words = both.get(first or "") or (quote["words"] if quote else "")
    return {
        "stance": stance, "both": first in both, "carried": len(carrying),
        "figure": wording.figure_words(members[first]["figure"]) if first else None,
        "words": words[:_WORDS] + ("…" if len(words) > _WORDS else "") if quote else None,
        "siglum": quote["siglum"] if quote else None, "href": quote["href"] if quote else None,
    }  # fmt: skip


def _both(told: KeptStory, claim: Row) -> Mapping[str, str]:
    """The words of both sides by the report that tells both."""
    said = {r: [told.quote(m) for m in claim["members"] if m["report"] == r] for r in told_by_two(claim, told.source_of)}
    return {r: " – ".join(q["words"] for q in quotes if q) for r, quotes in said.items()}


def _offered(told: KeptStory) -> _View:
    """What the matrix can be filtered by."""
    used = {c["relation"] for c in told.claims.values()}
    sources = [s["name"] for s in sorted(told.story["sources"], key=lambda s: -len(told.said[s["id"]])) if s["name"]]
    origins = [told.witnesses[o["witness"]] for o in told.story["origins"] if o["witness"] in told.witnesses]
    return {
        "relation": [r for r in wording.RELATION_MEANS if r in used], "source": sources[:40],
        "origin": [{"siglum": w["siglum"], "name": wording.witness_name(w, told.reports)} for w in origins[:60]],
    }  # fmt: skip
