"""One finding and one claim, each on a page of its own: with the words in their paragraphs, and what people said of it."""

from typing import Any

from stemma.errors import UsageError
from stemma.room.notes import notes_on
from stemma.room.story import about, claim_line, finding, part_of_list
from stemma.room.told import Told, tell
from stemma.room.web import Asked
from stemma.show.exports import timeline
from stemma.show.marked_text import blocks, cut
from stemma.show.wording import Row, figure_words

_OTHERS = 40
"""Other claims that are offered as the same as one."""
_PLACES = 24
"""Places of a finding that are shown in their paragraphs."""


def one_finding(asked: Asked) -> dict[str, Any]:
    """Tell a finding with the paragraphs that its words stand in."""
    told = tell(asked.room.store, asked.part("story"))
    numbered = [(n, f) for n, f in enumerate(told.findings, 1) if f["id"] == asked.part("finding")]
    if not numbered:
        raise UsageError("This finding is there no more: the story was worked out anew since.")
    number, row = numbered[0]
    places = [p for e in row["evidence"][:_PLACES] if (p := _in_paragraph(told, e))]
    return {
        "story": about(told), "finding": finding(told, row, number), "places": places,
        "more": max(0, len(row["evidence"]) - _PLACES), "before": _at(told, number - 1), "next": _at(told, number + 1),
    }  # fmt: skip


def one_claim(asked: Asked) -> dict[str, Any]:
    """Tell a claim: who carries it with which words, the earliest first, and how each stands to it."""
    told = tell(asked.room.store, asked.part("story"))
    row = told.claims.get(asked.part("claim"))
    if row is None:
        raise UsageError("This claim is there no more: the story was worked out anew since.")
    whole = told.claims.get(row["part_of"] or "")
    others = [c for c in told.claims.values() if c["id"] != row["id"]][:_OTHERS]
    parts = told.parts.get(row["id"], [])[:_OTHERS]
    about_it = [f for f in told.story["findings"] if f["claim"] == row["id"]]
    numbers = {f["id"]: n for n, f in enumerate(told.story["findings"], 1)}
    return {
        "story": about(told), "claim": claim_line(told, row), "parts_of_it": [claim_line(told, p) for p in parts],
        "whole": claim_line(told, whole) if whole else None,
        "members": part_of_list(asked, told, f"claim/{row['id']}", _members(told, row)),
        "findings": [finding(told, f, numbers[f["id"]]) for f in about_it], "notes": notes_on(told, row, asked.reader),
        "others": [{"statement": c["members"][0]["statement"], "summary": c["summary"]} for c in others if c["members"]],
    }  # fmt: skip


def _at(told: Told, number: int) -> str | None:
    return f"{told.address}/finding/{told.findings[number - 1]['id']}" if 0 < number <= len(told.findings) else None


def _members(told: Told, row: Row) -> list[dict[str, Any]]:
    """The words that carry a claim, in the order in which their reports came out."""
    order = {t["report"]: n for n, t in enumerate(timeline({**told.story, "claims": [row]}, told.reports))}
    stances = told.stances(row["id"])
    found = []
    for m in sorted(row["members"], key=lambda m: (order.get(m["report"], len(order)), m["start"])):
        stance, said = stances.get(m["report"]), told.statements.get(m["statement"], {})
        source = told.sources.get(said.get("source") or "")
        if quote := told.quote(m):
            found.append({
                "quote": quote, "published": told.reports[m["report"]]["published"], "figure": figure_words(m["figure"]),
                "place": f"{m['report']}:{m['start']}-{m['end']}", "stance": stance.stance if stance else None,
                "reason": stance.reason if stance else None, "statement": m["statement"],
                "source": source["name"] if source else None, "caveat": said.get("caveat"),
            })  # fmt: skip
    return found


def _in_paragraph(told: Told, place: Row) -> dict[str, Any] | None:
    report = told.reports.get(place["report"])
    quote = told.quote(place)
    if report is None or quote is None:
        return None
    around = [b for b in blocks(report) if b[0] < place["end"] and place["start"] < b[1]]
    start, end = around[0][0], around[-1][1]
    parts = [
        {"words": report["text"][s.start : s.end], "lit": bool(s.marks)}
        for s in cut(start, end, [(place["start"], place["end"], "lit")])
    ]
    return {"quote": quote, "pieces": parts, "published": report["published"]}
