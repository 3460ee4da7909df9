"""What each tool answers: rows of the account with the words that prove them, as many as fit into one answer.

Words are quoted as {report, outlet, title, url, start, end, words}; a row that no words prove is left out.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa

from stemma import syndication
from stemma.drafts import check_draft
from stemma.drafts.beside import Words
from stemma.drafts.ignoring import BREAK
from stemma.drafts.read_draft import Place
from stemma.engines import Store
from stemma.engines.shared_store import SharedStore
from stemma.errors import UsageError
from stemma.findings.context import DRAFT
from stemma.findings.kinds import KINDS
from stemma.pipeline import find_story
from stemma.room.kept_story import KeptStory, tell
from stemma.show import wording
from stemma.show.wording import one_line
from stemma.tables import Judgement
from stemma.worked_out import stories_of

Row = dict[str, Any]

LARGEST = 20_000
"""Characters of JSON in one answer as an agent gets it, indented: about 5,000 tokens; `next` says where the rest begins."""
STORIES_TOOL = "the tool `stories`"
"""What tells an agent the ids of stories."""
_LONGEST_WORDS = 600
NO_HEAD: Row = {}
_QUOTES = 6
"""Words that are quoted for one row at the most; `evidence_left` counts the others."""
_MATCHING_SQL = """
SELECT s.story FROM report r JOIN story s ON s.report = r.id
JOIN asked_word w ON contains(lower(concat_ws(' ', r.title, r.outlet, r.text)), w.word)
GROUP BY s.story HAVING count(DISTINCT w.word) = (SELECT count(*) FROM asked_word)
"""
_NAMED_SQL = """
WITH named AS (SELECT story, id, name FROM source UNION SELECT story, id, unnest(names) AS name FROM source)
SELECT DISTINCT n.story, n.id, n.name FROM named n JOIN asked_name a ON contains(lower(n.name), lower(a.name))
"""
_FAMILY_WORDS_SQL = """
WITH side AS (
  SELECT story, a_report AS report, a_start AS start, a_end AS past, b_report AS other FROM alignment
  UNION ALL SELECT story, b_report, b_start, b_end, a_report FROM alignment
),
taken AS (
  SELECT d.story, d.origin, d.report, r.outlet, o.name AS source
  FROM descendant d JOIN origin o ON o.story = d.story AND o.witness = d.origin JOIN report r ON r.id = d.report
),
held AS (
  SELECT story, origin, report FROM taken
  UNION SELECT o.story, o.witness, w.report FROM origin o JOIN witness w ON w.story = o.story AND w.id = o.witness
),
words AS (
  SELECT t.outlet, t.source, s.report, s.start, s.past FROM taken t JOIN side s ON s.story = t.story AND s.report = t.report
  JOIN held h ON h.story = t.story AND h.origin = t.origin AND h.report = s.other
  UNION SELECT t.outlet, t.source, g.report, g.start, g."end" FROM taken t
  JOIN sign g ON g.story = t.story AND g.report = t.report AND g.parent = t.origin AND g."end" > g.start
),
placed AS (
  SELECT *, row_number() OVER (PARTITION BY outlet, source ORDER BY past - start DESC, report, start) AS place FROM words
)
SELECT outlet, source, report, start, past FROM placed WHERE place <= 2 ORDER BY outlet, source, place
"""
"""The longest words that reports of an outlet share with a source that they come from, or that credit it."""


def stories(store: SharedStore, query: str, start: int) -> Row:
    """List the stories, the largest first, in which all words of the query stand, each with the titles of its reports."""
    return _fitting("stories", store.remember(("agents' stories", query), lambda opened: list(_listed(opened, query))), start)


def account(store: SharedStore, wanted: str, part: str, start: int) -> Row:
    """Tell one part of a story's account: overview, reports, derivations, findings, claims, statements or sources."""
    told = told_of(store, wanted)
    if part not in PARTS:
        raise UsageError(f"There is no part {part!r}; parts: {', '.join(PARTS)}.")
    head = {"story": told.id, "title": told.story["title"], "independent_origins": told.story["independent_origins"]}
    return _fitting(part, list(PARTS[part](told)), start, head)


def compare(store: SharedStore, wanted: str, a: str, b: str, start: int) -> Row:
    """Tell which words two reports of a story share, and how."""
    told = told_of(store, wanted)
    one, two = told.row(a)["id"], told.row(b)["id"]
    rows = [
        {"kind": row["kind"], "score": row["score"], **_evidence(told, [row["a"], row["b"]])} for row in told.alignments(one, two)
    ]
    edges = [row for row in _derivations(told) if {row["child"]["report"], row["parent"]["report"]} == {one, two}]
    return _fitting("alignments", rows, start, {"story": told.id, "derivations": edges})


def check(store: SharedStore, text: str, form: str, published: str | None, start: int) -> Row:
    """Tell what a careful reader would find in a draft beside its story; `form` is txt, md or html."""
    if form not in ("txt", "md", "html"):
        raise UsageError("A draft is txt, md or html.")
    with store.reading() as opened:
        checked = check_draft(Path(f"draft.{form}"), opened, published, text.encode("utf-8", "replace"))
    lines = BREAK.split(checked.source)
    rows = [
        {
            "id": r.id, "kind": r.kind, "severity": r.severity, "message": one_line(r.message), "line": r.place.line,
            "column": r.place.column,
            "evidence": [_in_draft(lines, r.place), *map(_words, r.others[:_QUOTES])],
            "evidence_left": max(0, len(r.others) - _QUOTES),
        }
        for r in checked.remarks
    ]  # fmt: skip
    told = {"checked": not checked.not_checked, "beside": checked.beside, "title": checked.title}
    return _fitting("findings", rows, start, told)


def sources(store: SharedStore, name: str, start: int) -> Row:
    """Tell what everybody whose name holds `name` said, over all stories."""
    if not name.strip():
        raise UsageError("Say whose statements are wanted: a name, or a part of one.")
    table = {"asked_name": pa.table({"name": [name.strip()]})}
    with store.reading() as opened:
        found = opened.sql(_NAMED_SQL, table).to_pylist()
    rows = [
        {"story": told.id, "title": told.story["title"], "source": told.sources[source]["name"], **row}
        for story in sorted({f["story"] for f in found})
        for told in [told_of(store, story)]
        for source in sorted({f["id"] for f in found if f["story"] == story and f["id"] in told.sources})
        for row in (_statement(told, s) for s in told.said[source])
    ]
    return _fitting("statements", rows, start)


def compare_texts(row: Row, a_text: str, b_text: str) -> Row:
    """Return a comparison of two texts with the words of its alignments."""
    texts = {"a": a_text, "b": b_text}

    def side(found: Row, name: str) -> Row:
        return {**found[name], "words": _short(texts[name][found[name]["start"] : found[name]["end"]])}

    return {**row, "alignments": [{**found, "a": side(found, "a"), "b": side(found, "b")} for found in row["alignments"]]}


def judged(store: SharedStore, row: Judgement) -> list[Row]:
    """Return the words that a judgement rests on."""
    with store.reading() as opened:
        reports = {r.id: r for r in opened.read("report", {"id": [e.report for e in row.evidence]})}
    return [_place(asdict(r), e.start, e.end, r.text[e.start : e.end]) for e in row.evidence for r in [reports[e.report]]]


def families(store: SharedStore, start: int) -> Row:
    """Tell who prints whom over all stories that were worked out, with the longest words of each."""
    return _fitting("families", store.remember("agents' families", _families), start)


def told_of(store: SharedStore, wanted: str) -> KeptStory:
    """Return a story by its id or the beginning of it; one that no run has worked out is, beside the store, which stays."""
    found = store.remember(("agents' story", wanted), lambda opened: find_story(opened, wanted, STORIES_TOOL))
    return tell(store, found, keep=False)


def _listed(store: Store, query: str) -> Iterator[Row]:
    words = sorted(set(query.lower().split()))
    table = {"asked_word": pa.table({"word": pa.array(words, pa.string())})}
    near = {row["story"] for row in store.sql(_MATCHING_SQL, table).to_pylist()} if words else None
    reports: dict[str, list[Any]] = {}
    story_of = {row.report: row.story for row in store.read("story")}
    columns = "SELECT id, outlet, title, url, location, published FROM report"
    for r in store.sql(columns).to_pylist():
        reports.setdefault(story_of.get(r["id"], ""), []).append(r)
    for row in stories_of(store):
        if near is None or row["id"] in near:
            mine = sorted(reports[row["id"]], key=lambda r: (r["published"] or "9", r["id"]))
            yield row | {
                "evidence": [_place(r, 0, 0, r["title"] or "") for r in mine[:3]], "evidence_left": max(0, len(mine) - 3),
            }  # fmt: skip


def _families(store: Store) -> list[Row]:
    places = store.sql(_FAMILY_WORDS_SQL).to_pylist()
    reports = {r.id: asdict(r) for r in store.read("report", {"id": {p["report"] for p in places}})}
    words: dict[tuple[str, str], list[Row]] = {}
    for p in places:
        report = reports[p["report"]]
        quote = _place(report, p["start"], p["past"], report["text"][p["start"] : p["past"]])
        words.setdefault((p["outlet"], p["source"]), []).append(quote)
    return [
        {**{n: v for n, v in row.items() if n != "month"}, "evidence": words.get((row["outlet"], row["source"]), [])}
        for row in syndication.families(store).to_pylist()
    ]


def _overview(told: KeptStory) -> Iterator[Row]:
    """Each origin with what comes from it: what the count of origins rests on."""
    for origin in told.story["origins"]:
        descendants = [d["report"] for d in origin["descendants"]]
        own = told.witnesses[origin["witness"]]["report"]
        shown = [r for r in (own, *descendants) if r]
        yield {
            "origin": origin["name"], "in_collection": own is not None, "reports": [told.sigla[r] for r in shown],
            **_evidence(told, [_first_body(told.reports[r]) for r in shown]),
        }  # fmt: skip


def _reports(told: KeptStory) -> Iterator[Row]:
    for r in told.reports.values():
        facts = {name: r[name] for name in ("id", "outlet", "title", "published", "url", "location", "language", "agency")}
        yield {"siglum": told.sigla[r["id"]], **facts, "byline": list(r["byline"]), **_evidence(told, [_first_body(r)])}


def _derivations(told: KeptStory) -> Iterator[Row]:
    for row in told.story["derivations"]:
        ends = {
            end: {"siglum": w["siglum"], "report": w["report"], "name": told.names.get(w["id"]) or w["name"]}
            for end, w in ((end, told.witnesses[row[end]]) for end in ("child", "parent"))
        }
        facts = {name: row[name] for name in ("kind", "share", "credited", "probability")}
        reasons = [one_line(s["reason"]) for s in row["signs"]]
        yield {"id": row["id"], **ends, **facts, "reasons": reasons, **_evidence(told, row["signs"] + _shared(told, ends))}


def _shared(told: KeptStory, ends: Row) -> list[Row]:
    """The longest words that child and parent share, where the parent is printed; else those of the child with its siblings."""
    child, parent = ends["child"]["report"], ends["parent"]["report"]
    longest = sorted(told.alignments(child, parent), key=lambda a: a["a"]["start"] - a["a"]["end"])
    return [side for row in longest[:2] for side in (row["a"], row["b"])]


def _findings(told: KeptStory) -> Iterator[Row]:
    for f in told.findings:
        facts = {name: f[name] for name in ("id", "kind", "severity", "message", "claim")}
        judged = {"judged": f["judged"]} if "judged" in f else {}
        yield {**facts, **judged, "meaning": KINDS[f["kind"]].meaning, **_evidence(told, f["evidence"])}


def _claims(told: KeptStory) -> Iterator[Row]:
    for c in told.claims.values():
        facts = {name: c[name] for name in ("id", "summary", "relation", "part_of", "outlets", "verified_by")}
        origins = [told.names.get(o, o) for o in c["origins"]]
        sources = [told.names.get(s, s) for s in c["sources"]]
        yield {**facts, "origins": origins, "sources": sources, **_evidence(told, c["members"])}


def _statements(told: KeptStory) -> Iterator[Row]:
    for s in told.story["statements"]:
        if s["attributed"]:
            yield _statement(told, s)


def _statement(told: KeptStory, row: wording.Row) -> Row:
    source = told.sources.get(row["source"])
    facts = {"id": row["id"], "source": source["name"] if source else None, "caveat": row["caveat"], "negated": row["negated"]}
    return {**facts, **_evidence(told, [{"report": row["report"], "start": s, "end": e} for s, e in row["content"]])}


def _sources(told: KeptStory) -> Iterator[Row]:
    for source in told.sources.values():
        said = told.said[source["id"]]
        places = [{"report": s["report"], "start": s["content"][0][0], "end": s["content"][-1][1]} for s in said]
        yield {**{n: source[n] for n in ("id", "name", "names", "role")}, "statements": len(said), **_evidence(told, places)}


PARTS = {
    "overview": _overview, "reports": _reports, "derivations": _derivations, "findings": _findings, "claims": _claims,
    "statements": _statements, "sources": _sources,
}  # fmt: skip
"""What an account is told by."""


def _evidence(told: KeptStory, places: Iterable[wording.Row]) -> Row:
    """The first words at some places, each once, and how many more there are."""
    found = {(p["report"], p["start"], p["end"]): p for p in places if p["report"] in told.reports and p["start"] < p["end"]}
    rows = [_place(told.reports[r], s, e, told.reports[r]["text"][s:e]) for r, s, e in list(found)[:_QUOTES]]
    return {"evidence": rows, "evidence_left": max(0, len(found) - _QUOTES)}


def _place(report: wording.Row, start: int, end: int, words: str) -> Row:
    where = {name: report[name] for name in ("outlet", "title")}
    return {"report": report["id"], **where, "url": report["url"] or report["location"], "start": start, "end": end,
            "words": _short(words)}  # fmt: skip


def _in_draft(lines: Sequence[str], place: Place) -> Row:
    """The words of a draft that a finding rests on, as far as they stand on its first line."""
    line = lines[place.line - 1]
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    return {"outlet": DRAFT, "line": place.line, "column": place.column, "words": _short(line[place.column - 1 : end])}


def _words(words: Words) -> Row:
    return {"outlet": words.report, "url": words.where, "start": words.start, "end": words.end, "words": _short(words.words)}


def _first_body(report: wording.Row) -> Row:
    """The first paragraph of a report, or all of it."""
    block = next((b for b in report["blocks"] if b["role"] == "paragraph"), {"start": 0, "end": len(report["text"])})
    return {"report": report["id"], "start": block["start"], "end": block["end"]}


def _short(words: str) -> str:
    told = one_line(words)
    return told if len(told) <= _LONGEST_WORDS else f"{told[:_LONGEST_WORDS].rsplit(' ', 1)[0]} …"


def _fitting(name: str, rows: Sequence[Row], start: int, head: Row = NO_HEAD) -> Row:
    """Behind the head as many proved rows as fit from `start` on, how many there are in all, where the next answer begins."""
    proved = [row for row in rows if row["evidence"]]
    shown: list[Row] = []
    size = _size(head)
    for row in proved[max(0, start) :]:
        size += _size({name: [row]})
        if shown and size > LARGEST:
            break
        shown.append(row)
    past = max(0, start) + len(shown)
    return {**head, name: shown, "all": len(proved), "next": past if past < len(proved) else None}


def _size(part: Row) -> int:
    """Characters of a part of an answer in the indented JSON that the protocol's package writes."""
    return len(json.dumps(part, ensure_ascii=False, indent=2))
