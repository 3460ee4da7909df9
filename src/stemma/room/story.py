"""One story: in a sentence, its stemma, the beginnings of its lists; each list, claim and finding on a page of its own too."""

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree
from markupsafe import Markup

from stemma.errors import UsageError
from stemma.room.kept_story import KeptStory, source_address, tell
from stemma.room.verdicts import notes_on
from stemma.room.web import Asked
from stemma.show import shown_story, wording
from stemma.show.exports import timeline
from stemma.show.marked_text import blocks, cut
from stemma.show.shown_story import ends_of, witness
from stemma.show.stemma_svg import picture
from stemma.show.wording import Row, counted, figure_words

FIRST = 12
"""What of each list the story's page shows, and how much comes with each further part of it."""
_SAID = 3
"""Things that a source said that lists show; its own page shows all."""
_CARRIERS = 8
"""Reports that are named with a claim; the others are counted."""

_OFFERED = 100
"""Sources that are offered as the same as one."""

_Part = dict[str, Any]
_SVG = "{http://www.w3.org/2000/svg}"
MOST = 36
"""Witnesses that are drawn: a longer drawing is read by nobody, and the list beside it has all."""
_NOTE = "12"
"""The size in which the drawing notes how a report was taken."""


def story(asked: Asked) -> _Part:
    """Tell a story: all that its first page shows."""
    return first_page(tell(asked.room.store, asked.part("story")))


def first_page(told: KeptStory) -> _Part:
    """Tell what a story's first page shows, which no address changes: it is kept with the story."""
    return told.once.of("first page", lambda: _first_page(told))


def _first_page(told: KeptStory) -> _Part:
    return {
        "story": about(told),
        "sentence": _sentence(told),
        "opening": told.opening,
        "originals": wording.originals(told.story, told.reports, told.passing),
        "skipped": told.skipped[:FIRST],
        "skipped_all": len(told.skipped),
        "drawing": _linked_drawing(told),
        "drawn": min(MOST, len(told.witnesses)),
        "drawn_of": len(told.witnesses),
        "witnesses": _witness_part(None, told),
        "findings": part_of_list(None, told, "findings", told.findings, finding),
        "withdrawn": len(told.story["withdrawn"]),
        "claims": part_of_list(None, told, "claims", told.whole_claims, claim),
        "sources": part_of_list(None, told, "sources", told.speakers, source),
        "source_names": _source_names(told),
        "judgements": [wording.judgement_words(j) for j in told.story["judgements"][-FIRST:]],
    }


def witnesses(asked: Asked) -> _Part:
    """Tell a part of the witnesses: who took it from whom, with the signs."""
    told = tell(asked.room.store, asked.part("story"))
    return {"story": about(told), "witnesses": _witness_part(asked, told)}


def findings(asked: Asked) -> _Part:
    """Tell a part of the findings, those that were judged wrong where they stood."""
    told = tell(asked.room.store, asked.part("story"))
    return {"story": about(told), "findings": part_of_list(asked, told, "findings", told.findings, finding)}


def claims(asked: Asked) -> _Part:
    """Tell a part of the claims, the gravest first, each with its parts behind it."""
    told = tell(asked.room.store, asked.part("story"))
    return {"story": about(told), "claims": part_of_list(asked, told, "claims", told.whole_claims, claim)}


def sources(asked: Asked) -> _Part:
    """Tell a part of the sources and what they said, who said most first."""
    told = tell(asked.room.store, asked.part("story"))
    part = part_of_list(asked, told, "sources", told.speakers, source)
    return {"story": about(told), "sources": part, "source_names": _source_names(told)}


def about(told: KeptStory) -> _Part:
    """Return what the head of every page of a story says."""
    return {"id": told.id, "href": told.address, "title": told.story["title"] or "(no title)",
            "headline": wording.headline(told.story), "reports": len(told.story["reports"]),
            "findings": len(told.findings), "claims": len(told.story["claims"])}  # fmt: skip


def part_of_list(
    asked: Asked | None,
    told: KeptStory,
    name: str,
    rows: Sequence[Any],
    view: Any = None,  # noqa: ANN401
    least: int = 0,
) -> _Part:
    """Return the part of a list that begins at the address' `from`: its rows as `view` tells them, and where it goes on.

    The first `least` rows are not parted. Without an address, or with that of another list, it is the beginning.
    """
    first = asked.number("from", 1) if asked and asked.path.endswith(f"/{name}") else 1
    chosen = rows[first - 1 : max(first - 1 + FIRST, least)]
    after = first + len(chosen)
    return {
        "rows": [view(told, row, n) if view else row for n, row in enumerate(chosen, first)], "all": len(rows), "from": first,
        "next": f"{told.address}/{name}?from={after}" if after <= len(rows) else None,
        "left": len(rows) - after + 1,
    }  # fmt: skip


def finding(told: KeptStory, row: Row, number: int) -> _Part:
    """Return a finding as lists and pages show it."""
    claim_of = told.claims.get(row["claim"] or "")
    return {
        "id": row["id"], "number": number, "kind": row["kind"], "severity": row["severity"], "message": row["message"],
        "quotes": told.quotes(row["evidence"]), "href": f"{told.address}/finding/{row['id']}",
        "claim": {"summary": claim_of["summary"], "href": f"{told.address}/claim/{claim_of['id']}"} if claim_of else None,
        "judged": row.get("judged"), "judged_words": wording.judged_words(row),
        "withdrawn": row in told.story["withdrawn"],
        "compare": told.at_sides([e["report"] for e in row["evidence"]], row["evidence"]),
    }  # fmt: skip


def claim(told: KeptStory, row: Row, number: int) -> _Part:
    """Return a claim as lists show it: who carries it with which figure, in words that can be read alone."""
    return claim_line(told, row) | {"number": number, "parts": len(told.parts[row["id"]])}


def claim_line(told: KeptStory, row: Row) -> _Part:
    """Return a claim without its parts."""
    stance = told.stance(row["id"])
    partly = {r for r, word in stance.items() if word == "partly"}
    carriers = [r for r in wording.carriers(row, told.sigla) if r not in partly]
    return {
        "id": row["id"], "summary": row["summary"], "relation": row["relation"], "doubtful": row["doubtful"],
        "href": f"{told.address}/claim/{row['id']}",
        "carriers": [told.brief(r) for r in carriers[:_CARRIERS]], "carried": len(carriers),
        "partly": [told.brief(r) for r in told.sigla if r in partly][:_CARRIERS],
        "figures": shown_story.figures(told, row, _CARRIERS), "sides": shown_story.sides(told, row, stance),
        "origins": wording.named(row["origins"], told.names), "verified_by": wording.named(row["verified_by"], told.names),
        "sources": [{"name": n, "href": source_address(n)} for n in wording.named(row["sources"], told.names)],
    }  # fmt: skip


def source(told: KeptStory, row: Row, _number: int) -> _Part:
    """Return a source with the first of what it said in this story."""
    shown = shown_story.source(told, row, _SAID)
    return {**shown, "names": shown["names"][:FIRST], "href": source_address(row["name"])}


def _sentence(told: KeptStory) -> str:
    lost = counted(len(told.skipped), "page")
    skipped = f"; {lost} given to this store could not be read" if told.skipped else ""
    return f"{wording.headline(told.story)}{skipped}"


def _witness_part(asked: Asked | None, told: KeptStory) -> _Part:
    """The part of the witnesses that is asked for; those that took nothing from another are never folded away."""
    part = part_of_list(asked, told, "witnesses", told.lines, lambda t, b, _: witness(t, b), told.beginners)
    left = told.lines[len(told.lines) - part["left"] :]
    return part | {"of": "report" if all(b.witness["report"] for b in left) else "line"}


def _source_names(told: KeptStory) -> list[str]:
    return [s["name"] for s in told.speakers if s["name"]][:_OFFERED]


def _linked_drawing(told: KeptStory) -> Markup:
    """The stemma of a story as SVG whose witnesses and edges are links."""
    rows = {w: w for w in told.witnesses}
    drawn = etree.fromstring(picture(_pruned(told), told.reports, rows, "drawing").svg.encode())
    lines = {b.witness["id"]: (n, b.edge) for n, b in enumerate(told.lines, 1)}
    for group in drawn.iter(f"{_SVG}g"):
        witness = told.witnesses.get(group.attrib.pop("data-to", ""))
        if witness is None:
            continue
        name, (number, taken) = told.names[witness["id"]], lines[witness["id"]]
        parts = [e for e in group if e.tag != f"{_SVG}title"]
        if taken and group.get("class") == "derivation":
            # The line answers to the mouse; by key the words beside it do, which lead to the same.
            _link(group, parts, _between(told, taken, number), {"tabindex": "-1", "aria-hidden": "true"})
            continue
        notes = [e for e in group.iter(f"{_SVG}text") if e.get("font-size") == _NOTE]
        if witness["report"]:
            own = [e for e in parts if e not in notes]
            _link(group, own, f"{told.address}/report/{witness['report']}", {"aria-label": name})
        if taken and notes:
            said = f"what speaks for {name} from {told.witnesses[taken['parent']]['siglum']}"
            _link(group, notes, _between(told, taken, number), {"aria-label": said})
    # What is drawn stands in the table beside it; a picture that holds links is no image to a screen reader.
    drawn.set("role", "group")
    return Markup(etree.tostring(drawn, encoding="unicode"))


def _pruned(told: KeptStory) -> Row:
    """The story with no more witnesses than can be drawn: those from whom most come, and so each with its parent."""
    parents = {b.witness["id"]: b.edge["parent"] for b in told.branches if b.edge}
    families = dict.fromkeys(told.witnesses, 0)
    for key in told.witnesses:
        line: str | None = key
        while line is not None:
            families[line] += 1
            line = parents.get(line)
    kept = set(sorted(families, key=lambda w: (-families[w], w))[:MOST])
    derivations = [d for d in told.story["derivations"] if d["child"] in kept and d["parent"] in kept]
    return {**told.story, "witnesses": [w for w in told.story["witnesses"] if w["id"] in kept], "derivations": derivations}


def _between(told: KeptStory, taken: Row, number: int) -> str:
    """Where an edge leads: to its two ends side by side, or to its line in the list where one of them is lost."""
    shown = number <= max(FIRST, told.beginners)
    line = f"{'' if shown else f'{told.address}/witnesses?from={number}'}#d-{taken['id']}"
    return told.at_sides(ends_of(told, taken)) or line


def _link(group: etree._Element, parts: list[etree._Element], address: str, attributes: Mapping[str, str]) -> None:
    etree.SubElement(group, f"{_SVG}a", {"href": address, **attributes}).extend(parts)


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
    about_it = [(n, f) for n, f in enumerate(told.findings, 1) if f["claim"] == row["id"] and f in told.story["findings"]]
    return {
        "story": about(told), "claim": claim_line(told, row), "parts_of_it": [claim_line(told, p) for p in parts],
        "whole": claim_line(told, whole) if whole else None,
        "members": part_of_list(asked, told, f"claim/{row['id']}", _members(told, row)),
        "findings": [finding(told, f, n) for n, f in about_it], "notes": notes_on(told, row, asked.reader),
        "others": [{"statement": c["members"][0]["statement"], "summary": c["summary"]} for c in others if c["members"]],
    }  # fmt: skip


def _at(told: KeptStory, number: int) -> str | None:
    return f"{told.address}/finding/{told.findings[number - 1]['id']}" if 0 < number <= len(told.findings) else None


def _members(told: KeptStory, row: Row) -> list[dict[str, Any]]:
    """The words that carry a claim, in the order in which their reports came out."""
    order = {t["report"]: n for n, t in enumerate(timeline({**told.story, "claims": [row]}, told.reports))}
    stances, speaking = told.stances(row["id"]), told.speaking(row)
    found = []
    for m in sorted(row["members"], key=lambda m: (order.get(m["report"], len(order)), m["start"])):
        stance = stances.get(m["report"]) if m is speaking[m["report"]] else None
        said, figure = told.statements.get(m["statement"], {}), figure_words(m["figure"])
        source = told.sources.get(said.get("source") or "")
        if quote := told.quote(m):
            found.append({
                "quote": quote, "published": told.reports[m["report"]]["published"], "figure": figure,
                "place": f"{m['report']}:{m['start']}-{m['end']}", "stance": stance.stance if stance else None,
                "reason": stance.reason if stance else f"says {figure}" if figure else None, "statement": m["statement"],
                "source": source["name"] if source else None, "caveat": said.get("caveat"),
            })  # fmt: skip
    return found


def _in_paragraph(told: KeptStory, place: Row) -> dict[str, Any] | None:
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
