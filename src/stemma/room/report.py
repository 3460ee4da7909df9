"""One report: its text as printed, with what is copied, quoted, said and counted in it as layers over the words."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from stemma.room.kept_story import KeptStory, tell
from stemma.room.story import about
from stemma.room.web import Asked
from stemma.show import wording
from stemma.show.marked_text import blocks, cut, letter_first, named_origins, passages, told_of
from stemma.show.wording import Row
from stemma.tables import BODY, Mention

LAYERS = {
    "copied": "of the body, shared with another report", "own": "of the body, in no other report",
    "quoted": "inside quotation marks", "statements": "said by somebody", "figures": "numbers", "caveats": "words of doubt",
}  # fmt: skip
"""What can be laid over a text, and what it shows."""
_SHOWN = ("copied", "quoted", "findings")
_TAGS = {"title": "h2", "deck": "p", "heading": "h3", "quote": "blockquote"}
_Mark = tuple[str, Any]
_OVERVIEW = 400
"""Units of height of the strip that stands for a whole text."""
_WORD = re.compile(r"\w+")


def report(asked: Asked) -> dict[str, Any]:
    """Tell a report: its facts, its text in pieces, what is found in it, and how much each layer holds."""
    told = tell(asked.room.store, asked.part("story"))
    row = told.row(asked.part("report"))
    mentions = told.mentions(row["id"], ("quotation", "figure", "caveat"))
    findings = _findings(told, row)
    origins = named_origins(told.story, told.reports)
    marks = [*_marks(told, row, mentions), *_wanted(asked, row), *_flags(findings)]
    text = _text(told, row, marks, origins)
    return {
        "story": about(told), "report": _facts(told, row), "blocks": text["blocks"], "origins": text["origins"],
        "kinds": text["kinds"],
        "layers": _layers(asked, row, mentions, told, text["counts"]), "shown": _shown(asked), "findings": findings,
        "overview": _overview(row, text["blocks"]), "edges": _edges(told, row), "versions": _versions(told, row),
        "before": _neighbour(told, row, -1), "after": _neighbour(told, row, 1),
    }  # fmt: skip


def _facts(told: KeptStory, row: Row) -> dict[str, Any]:
    plain = ("title", "url", "location", "published", "modified", "retrieved", "agency", "byline", "contributors", "sha256")
    code = row["language"] or ""
    language = code if code.replace("-", "").isalnum() and code.isascii() else None
    return {**told.brief(row["id"]), **{name: row[name] for name in plain}, "language": language}


def _marks(told: KeptStory, row: Row, mentions: list[Mention]) -> Iterator[tuple[int, int, _Mark]]:
    mine = {**told.story, "alignments": told.alignments(row["id"])}
    for start, end, passage in passages(mine)[row["id"]]:
        yield start, end, ("passage", passage)
    for m in mentions:
        yield m.start, m.end, (f"l-{m.kind}", None)
    for s in told.story["statements"]:
        if s["report"] == row["id"] and s["attributed"]:
            who = told.names[s["source"]] if s["source"] else "somebody who is not named"
            for start, end in s["content"]:
                yield start, end, ("statement", (s["id"], who))


def _wanted(asked: Asked, row: Row) -> Iterator[tuple[int, int, _Mark]]:
    """The words that the address asks to be shown."""
    first, _, last = asked.text("words").partition("-")
    if first.isdigit() and last.isdigit() and int(first) < int(last) <= len(row["text"]):
        yield int(first), int(last), ("lit", None)


def _flags(findings: list[dict[str, Any]]) -> Iterator[tuple[int, int, _Mark]]:
    for f in findings:
        for place in f["places"]:
            yield place["start"], place["end"], ("finding", f["number"])


def _text(told: KeptStory, row: Row, marks: list[tuple[int, int, _Mark]], origins: Row) -> dict[str, Any]:
    parts: list[dict[str, Any]] = []
    used: dict[str, Any] = {}
    counts: Counter[str] = Counter()
    seen: set[int] = set()
    lit = False
    said: dict[str, dict[str, Any]] = {}
    for start, end, role in blocks(row):
        pieces = []
        for segment in cut(start, end, marks):
            piece = _piece(told, row, segment.start, segment.end, segment.marks, origins)
            piece["own"] = role in BODY and not piece["kind"]
            if role in BODY:
                counts["copied" if piece["kind"] else "own"] += len(_WORD.findall(piece["words"]))
            if piece["origin"]:
                used[piece["origin"]["siglum"]] = piece["origin"]
            said |= {m[0]: piece for name, m in segment.marks if name == "statement"}
            piece["first_lit"], lit = piece["lit"] and not lit, lit or piece["lit"]
            piece["flags"] = [n for n in piece["findings"] if n not in seen]
            seen.update(piece["flags"])
            pieces.append(piece)
        letter_first(pieces)
        parts.append({"role": role, "tag": _TAGS.get(role, "p"), "start": start, "end": end, "pieces": pieces,
                      "bars": list(_bars(pieces))})  # fmt: skip
    for last in said.values():
        last["speaks"] = True
    kinds = sorted({p["kind"] for b in parts for p in b["pieces"] if p["kind"]})
    return {"blocks": parts, "origins": list(used.values()), "counts": counts, "kinds": kinds}


def _piece(told: KeptStory, row: Row, start: int, end: int, marks: tuple[_Mark, ...], origins: Row) -> dict[str, Any]:
    shared = [m for name, m in marks if name == "passage"]
    piece: dict[str, Any] = {
        "words": row["text"][start:end], "kind": None, "letter": None, "origin": None, "told": None,
        "classes": sorted({name for name, _ in marks if name.startswith("l-")}),
        "speaker": next((m[1] for name, m in marks if name == "statement"), None), "speaks": False,
        "lit": any(name == "lit" for name, _ in marks),
        "findings": sorted({m for name, m in marks if name == "finding"}),
    }  # fmt: skip
    return piece | told_of(shared, row["id"], told.sigla, origins) if shared else piece


def _layers(asked: Asked, row: Row, mentions: list[Mention], told: KeptStory, words: Counter[str]) -> list[dict[str, Any]]:
    """The layers with how much of each the text holds, and whether it is shown."""
    counts = Counter(m.kind for m in mentions)
    said = sum(s["report"] == row["id"] and s["attributed"] for s in told.story["statements"])
    all_words = max(1, words["copied"] + words["own"])
    held = {
        "copied": wording.percent(words["copied"] / all_words), "own": wording.percent(words["own"] / all_words),
        "quoted": str(counts["quotation"]), "statements": str(said), "figures": str(counts["figure"]),
        "caveats": str(counts["caveat"]),
    }  # fmt: skip
    return [{"name": n, "means": means, "count": held[n], "shown": n in _shown(asked)} for n, means in LAYERS.items()]


def _shown(asked: Asked) -> list[str]:
    """The layers that the address asks for, the usual ones when it asks for none."""
    return [n for n in asked.several("layer") if n in (*LAYERS, "findings")] or list(_SHOWN)


def _findings(told: KeptStory, row: Row) -> list[dict[str, Any]]:
    """The findings whose words stand in this report, in the order of the text, numbered as on the story's page."""
    found = []
    for number, f in enumerate(told.findings, 1):
        places = [e for e in f["evidence"] if e["report"] == row["id"] and e["start"] < e["end"]]
        if places and f not in told.story["withdrawn"]:
            found.append({
                "number": number, "kind": f["kind"], "severity": f["severity"], "message": f["message"],
                "href": f"{told.address}/finding/{f['id']}", "places": places, "first": min(p["start"] for p in places),
            })  # fmt: skip
    return sorted(found, key=lambda f: (f["first"], f["number"]))


def _overview(row: Row, parts: list[dict[str, Any]]) -> dict[str, Any]:
    """The whole text from top to bottom, to jump by: where words come from which origin, and where findings stand."""
    scale = _OVERVIEW / max(1, len(row["text"]))
    bars = [
        bar | {"y": round((b["start"] + bar["y"] / 100 * (b["end"] - b["start"])) * scale, 1),
               "h": round(max(1.2, bar["h"] / 100 * (b["end"] - b["start"]) * scale), 1), "block": b["start"]}
        for b in parts for bar in b["bars"]
    ]  # fmt: skip
    return {"height": _OVERVIEW, "bars": bars}


def _bars(pieces: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The strip beside a block, in hundredths of its length: where words come from which origin, and where findings stand."""
    scale, at = 100 / max(1, sum(len(p["words"]) for p in pieces)), 0
    for p in pieces:
        length = len(p["words"])
        if p["kind"] or p["flags"]:
            tint = p["origin"]["tint"] if p["origin"] else None
            yield {"y": round(at * scale, 1), "h": round(length * scale, 1), "tint": tint, "kind": p["kind"], "flags": p["flags"]}
        at += length


def _edges(told: KeptStory, row: Row) -> list[dict[str, Any]]:
    """From whom this report took words, and who took them from it."""
    mine = {w["id"] for w in told.story["witnesses"] if w["report"] == row["id"]}
    found = []
    for d in told.story["derivations"]:
        if mine & {d["child"], d["parent"]}:
            takes = d["child"] in mine
            other = told.witnesses[d["parent" if takes else "child"]]
            name = wording.witness_name(other, told.reports)
            own = told.sigla[row["id"]]
            pair = (other["siglum"], own) if takes else (own, other["siglum"])
            found.append({
                "takes": takes, "siglum": other["siglum"], "name": name, "words": wording.edge_words(d),
                "compare": f"{told.address}/side-by-side?r={pair[0]}&r={pair[1]}" if other["report"] else None,
            })  # fmt: skip
    return sorted(found, key=lambda e: (not e["takes"], e["siglum"]))[:24]


def _versions(told: KeptStory, row: Row) -> list[dict[str, Any]]:
    """Other reports of the story with this one's address: the page as it was at another time."""
    same = [r for r in told.sigla if r != row["id"] and row["url"] and told.reports[r]["url"] == row["url"]]
    own = told.sigla[row["id"]]
    return [{**told.brief(r), "compare": f"{told.address}/side-by-side?r={told.sigla[r]}&r={own}"} for r in same]


def _neighbour(told: KeptStory, row: Row, step: int) -> dict[str, Any] | None:
    order = list(told.sigla)
    at = order.index(row["id"]) + step
    return told.brief(order[at]) if 0 <= at < len(order) else None
