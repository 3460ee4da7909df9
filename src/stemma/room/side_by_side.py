"""Two or more reports side by side, and one report with what all its copies changed in it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any

from stemma.room.aligned_blocks import Beside, Span, beside, changed, changed_quotations, pieces, replaced, reworded
from stemma.room.kept_story import BESIDE, KeptStory, tell
from stemma.room.story import about
from stemma.room.web import Asked
from stemma.show.exports import moment
from stemma.show.marked_text import blocks
from stemma.show.shown_story import edge
from stemma.show.wording import Row

_COPIES, _PAIRS = 60, 8
_HALF = 0.5
_WORDS = re.compile(r"(\w+):(\d{1,8})-(\d{1,8})", re.ASCII)

_View = dict[str, Any]
_Marks = dict[str, list[Span]]


def side_by_side(asked: Asked) -> _View:
    """Tell reports block by block beside the first of them, the reference; with fewer than two, which can be chosen.

    `words` are marked, and the address' `#words` is the first of them. Where no row has them of all reports that they stand in,
    the paragraphs that they stand in come beside each other first, as `proof`.
    """
    told = tell(asked.room.store, asked.part("story"))
    wanted = list(dict.fromkeys(told.row(r)["id"] for r in asked.several("r")))[:BESIDE]
    view: _View = {
        "story": about(told), "reports": [told.brief(r) for r in wanted], "rows": [], "edges": [], "changes": 0, "counts": {},
        "pairs": [], "proof": [], "asked_rows": [], "swaps": {}, "variants": "", "choice": [told.brief(r) for r in told.sigla],
    }  # fmt: skip
    if len(wanted) < 2:
        return view | {"pairs": _pairs(told)}
    base, others = told.reports[wanted[0]], [told.reports[r] for r in wanted[1:]]
    words = _asked_words(asked, told, wanted)
    view["rows"] = _rows(told, base, others, words)
    view["asked_rows"] = [row["number"] for row in view["rows"] if any(p["asked"] for p in _pieces(row))]
    if not any(_columns_asked(row) == sum(map(bool, words.values())) for row in view["rows"]):
        view["proof"] = _proof(told, base, others, words)
    if first := next((p for row in (*view["proof"], *view["rows"]) for p in _pieces(row) if p["asked"]), None):
        first["id"] = "words"
    view["changes"] = sum(row["changed"] for row in view["rows"])
    view["counts"] = _counts(view["rows"])
    signs = {w["report"]: w["id"] for w in told.story["witnesses"]}
    pair = {signs[r] for r in wanted if r in signs}
    view["edges"] = [edge(told, d) for d in told.story["derivations"] if {d["child"], d["parent"]} <= pair]
    address = f"{told.address}/side-by-side?"
    view["swaps"] = {r: address + "&".join(f"r={told.sigla[o]}" for o in [r, *(w for w in wanted if w != r)]) for r in wanted[1:]}
    if _group(told, wanted[0]):
        view["variants"] = f"{told.address}/variants?r={told.sigla[wanted[0]]}"
    return view


def variants(asked: Asked) -> _View:
    """Tell one report as the text of its whole group: where copies read otherwise, with which words and which of them."""
    told = tell(asked.room.store, asked.part("story"))
    base = told.row(asked.text("r", next(iter(told.sigla))))
    group = _group(told, base["id"])
    readings: dict[Span, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for other in group[:_COPIES]:
        _collect(told, base, told.reports[other], readings)
    parts: list[_View] = []
    number = 0
    for start, end, role in blocks(base):
        inside = {span: r for span, r in readings.items() if start <= span[0] and span[1] <= end}
        told_words = _with_variants(base["text"], start, end, inside)
        for p in told_words:
            number += "readings" in p
            p["number"] = number
        parts.append({"role": role, "start": start, "pieces": told_words})
    return {
        "story": about(told), "report": told.brief(base["id"]), "group": [told.brief(r) for r in group[:_COPIES]],
        "more": len(group[_COPIES:]), "blocks": parts, "places": number,
    }  # fmt: skip


def _asked_words(asked: Asked, told: KeptStory, reports: list[str]) -> _Marks:
    """The spans that the address asks to be marked, "A:120-180", in each of the reports."""
    found: _Marks = {r: [] for r in reports}
    by_siglum = {told.sigla[r]: r for r in reports}
    for m in filter(None, map(_WORDS.fullmatch, asked.several("words"))):
        if m[1] in by_siglum:
            found[by_siglum[m[1]]].append((int(m[2]), int(m[3])))
    return found


def _columns_asked(row: _View) -> int:
    """In how many columns of a row words are asked for."""
    columns = [row["base"], *([p for part in c["parts"] for p in part["pieces"]] for c in row["cells"])]
    return sum(any(p["asked"] for p in column) for column in columns)


def _proof(told: KeptStory, base: Row, others: list[Row], words: _Marks) -> list[_View]:
    """The paragraphs that asked words stand in, those of all reports beside each other: the first of each, then the second."""
    quoted = {r["id"]: _quotations(told, r["id"]) for r in (base, *others)}
    held = [[b for b in blocks(r) if any(s < b[1] and b[0] < e for s, e in words[r["id"]])] for r in (base, *others)]
    rows = []
    for mine, *theirs in zip_longest(*held):
        cells = [[Beside(b[0], b[1], None, -1, None, False)] if b else [] for b in theirs]
        rows.append(_row(base, mine, others, cells, quoted, words))
    return rows


def _pieces(row: _View) -> Iterator[_View]:
    yield from row["base"]
    yield from (p for c in row["cells"] for part in c["parts"] for p in part["pieces"])


def _rows(told: KeptStory, base: Row, others: list[Row], words: _Marks) -> list[_View]:
    """A row for each block of the reference, and between them what the others alone have."""
    own = blocks(base)
    found = [beside(base, o, told.alignments(base["id"], o["id"])) for o in others]
    quoted = {r["id"]: _quotations(told, r["id"]) for r in (base, *others)}
    rows = []
    for at in range(-1, len(own)):
        if at >= 0:
            mine = [[b for b in column if b.base == at] for column in found]
            rows.append(_row(base, own[at], others, mine, quoted, words))
        for n, column in enumerate(found):
            for b in column:
                if b.base is None and b.after == at:
                    cells = [[b] if m == n else [] for m in range(len(others))]
                    rows.append(_row(base, None, others, cells, quoted, words))
    return [row | {"number": n} for n, row in enumerate(rows, 1)]


def _row(
    base: Row,
    block: tuple[int, int, str] | None,
    others: list[Row],
    beside_it: list[list[Beside]],
    quoted: _Marks,
    words: _Marks,
) -> _View:
    lost: list[Span] = []
    cells: list[_View] = []
    for other, found in zip(others, beside_it, strict=True):
        parts = []
        for b in found:
            gone, spans, alike = _changes(base, block, other, b, quoted) if block else ([], [], True)
            # Where several blocks took the place of one, what each lacks says nothing.
            lost += gone if len(found) == 1 else []
            told_words = pieces(other["text"], b.start, b.end, spans, quoted[other["id"]], words[other["id"]])
            parts.append({"pieces": told_words, "moved": b.moved, "kind": b.kind, "reworded": not alike})
        cells.append({"parts": parts, "report": other["id"]})
    own = pieces(base["text"], block[0], block[1], lost, quoted[base["id"]], words[base["id"]]) if block else []
    new = [p for c in cells for part in c["parts"] for p in part["pieces"] if p["changed"]]
    return {
        "role": block[2] if block else "paragraph", "base": own, "cells": cells,
        "changed": any(_printed(part["pieces"] for part in c["parts"]) != _printed([own]) for c in cells),
        "in_quotation": block is not None and any(p["quoted"] for p in [*new, *(p for p in own if p["changed"])]),
    }  # fmt: skip


def _printed(parts: Iterable[list[_View]]) -> list[str]:
    """The words of what stands in a column of a row."""
    return " ".join("".join(p["words"] for p in pieces_) for pieces_ in parts).split()


def _pairs(told: KeptStory) -> list[_View]:
    """The pairs of reports that have most text in common, the earlier of them first: where a reader would begin."""
    found = []
    for pair in told.most_alike(_PAIRS):
        ends = sorted(pair, key=lambda r: (moment(told.reports[r]["published"]), told.sigla[r]))
        address = f"{told.address}/side-by-side?r={told.sigla[ends[0]]}&r={told.sigla[ends[1]]}"
        found.append({"href": address, "reports": [told.brief(r) for r in ends]})
    return found


def _counts(rows: list[_View]) -> dict[str, int]:
    """Return how many paragraphs stand in all, how many of those were changed, and how many are missing somewhere."""
    beside_all = [r for r in rows if r["base"] and all(c["parts"] for c in r["cells"])]
    return {"shared": len(beside_all), "changed": sum(r["changed"] for r in beside_all),
            "lost": sum(bool(r["base"]) and not all(c["parts"] for c in r["cells"]) for r in rows),
            "new": sum(not r["base"] for r in rows)}  # fmt: skip


def _changes(
    base: Row, block: tuple[int, int, str], other: Row, b: Beside, quoted: _Marks
) -> tuple[list[Span], list[Span], bool]:
    """Return the spans of each text that the other lacks, and whether the blocks are alike."""
    told = changed(base["text"][block[0] : block[1]], other["text"][b.start : b.end])
    if told:
        return [(s + block[0], e + block[0]) for s, e in told[0]], [(s + b.start, e + b.start) for s, e in told[1]], True
    here = [(s - block[0], e - block[0]) for s, e in quoted[base["id"]] if block[0] <= s and e <= block[1]]
    there = [(s - b.start, e - b.start) for s, e in quoted[other["id"]] if b.start <= s and e <= b.end]
    apart = reworded if b.kind == "rewrite" else changed_quotations
    lost, new = apart(base["text"][block[0] : block[1]], here, other["text"][b.start : b.end], there)
    return [(s + block[0], e + block[0]) for s, e in lost], [(s + b.start, e + b.start) for s, e in new], b.kind is None


def _quotations(told: KeptStory, report: str) -> list[Span]:
    return [(s, e) for row in told.story["statements"] if row["report"] == report for s, e in row["quotations"]]


def _group(told: KeptStory, report: str) -> list[str]:
    """The other reports that hold most of the words of an origin that this one holds too, word for word or edited."""
    found: dict[str, None] = {}
    for origin in told.story["origins"]:
        own = told.witnesses.get(origin["witness"], {}).get("report")
        holds = [d["report"] for d in origin["descendants"] if d["share"] >= _HALF and d["kind"] in ("verbatim", "edited")]
        members = [*([own] if own else []), *holds]
        if report in members:
            found |= dict.fromkeys(members)
    return [r for r in told.sigla if r in found and r != report]


def _collect(told: KeptStory, base: Row, other: Row, readings: dict[Span, dict[str, list[str]]]) -> None:
    """Add what another report reads where it differs from the base; what it adds stands behind the word before."""
    own = blocks(base)
    for b in beside(base, other, told.alignments(base["id"], other["id"])):
        if b.base is None:
            continue
        start, end, _ = own[b.base]
        for span, words in replaced(base["text"][start:end], other["text"][b.start : b.end]):
            readings[span[0] + start, span[1] + start][words].append(told.sigla[other["id"]])


def _with_variants(text: str, start: int, end: int, readings: dict[Span, dict[str, list[str]]]) -> list[_View]:
    """The block in pieces; spans of several copies that overlap are one place with the readings of all."""
    merged: list[tuple[Span, list[_View]]] = []
    for span, found in sorted(readings.items()):
        told = [{"words": w, "sigla": sorted(s), "of": text[span[0] : span[1]]} for w, s in found.items()]
        if merged and span[0] < merged[-1][0][1]:
            before, all_ = merged[-1]
            merged[-1] = ((before[0], max(before[1], span[1])), all_ + told)
        else:
            merged.append((span, told))
    parts: list[_View] = []
    at = start
    for (first, last), told in merged:
        parts += [{"words": text[at:first]}] if at < first else []
        parts.append({"words": text[first:last], "readings": told})
        at = last
    return [*parts, {"words": text[at:end]}] if at < end else parts
