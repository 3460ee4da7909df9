"""The account: what is shown, exported and scored, built from the store's rows. docs/account.md explains its JSON."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from itertools import compress, pairwise
from json.encoder import encode_basestring
from operator import attrgetter, not_
from typing import Any

from stemma import __version__
from stemma.judged import derivation_id, judged_as, judged_by_story, judged_pair, judgement_id, verdict_on
from stemma.reports import as_object
from stemma.reports.versions import changes
from stemma.tables import (
    BODY,
    SEVERITIES,
    STORY_TABLES,
    Alignment,
    Block,
    Figure,
    Finding,
    Judgement,
    Mention,
    Place,
    Report,
    Skipped,
    Span,
)  # fmt: skip
from stemma.text.json_text import escaped

Object = dict[str, Any]
_FIGURE = tuple(f.name for f in fields(Figure))
Tables = Mapping[str, Sequence[Any]]
"""The rows of a store by table, those of the stories that are asked for."""


@dataclass(frozen=True, slots=True)
class PooledPlace:
    """One place of a story and every mention of it as (report, start, end), in the reports' order."""

    name: str
    lat: float | None
    lon: float | None
    kind: str
    mentions: tuple[tuple[str, int, int], ...]


def build(rows: Tables) -> Object:
    """Return the account of the stories whose rows are given; the largest story first. It lacks what tables left out hold."""
    blocks, mentions = _by(rows["block"], "report"), _by(rows.get("mention", ()), "report")
    reports = {r.id: r for r in rows["report"]}
    sigla = {w.report: w.siglum for w in rows["witness"] if w.report}
    earlier = _earlier(rows)
    told = {table: _by(rows.get(table, ()), "story") for table in ("story", *STORY_TABLES)}
    # Of a story of very many reports an account is made of some, which are its witnesses.
    seen = {story: {w.report for w in mine} for story, mine in told["witness"].items()}
    members = {s: [row.report for row in mine if row.report in seen.get(s, {row.report})] for s, mine in told["story"].items()}
    judged = judged_by_story(rows["judgement"], members)
    ordered = sorted(members, key=lambda s: (-len(members[s]), s))
    told["parted"] = _parted(rows)
    return {
        "stemma": __version__,
        "skipped": [skipped_object(s) for s in rows["skipped"]],
        "reports": [
            as_object(reports[r], sorted(blocks[r], key=lambda b: b.start), sigla.get(r, "A"))
            | {"versions": _versions(reports[r], blocks, earlier.get(r, []))}
            for s in ordered
            for r in sorted(members[s], key=lambda r: (sigla.get(r, "A").rjust(4), r))
        ],
        "stories": [
            _story(s, [reports[m] for m in sorted(members[s])], {t: told[t][s] for t in told}, mentions, judged.get(s, ()))
            for s in ordered
        ],
    }


def _parted(rows: Tables) -> dict[Any, list[Any]]:
    """The reports of each story that hang together with so many that they were grouped by parts."""
    large = {row.report for row in rows.get("component", ())}
    return _by([row for row in rows["story"] if row.report in large], "story")


def to_json(account: Object) -> str:
    """Return the account as JSON text, the same text for the same account."""
    return "".join(json_pieces(account))


def json_pieces(value: Any, line: str = "\n", deep: int = 4) -> Iterator[str]:  # noqa: ANN401
    """Yield the same text in pieces: that of hundreds of reports need not be in memory at once.

    The account, its stories, each story and each list in it are parted, `deep` levels; `line` begins a line of what holds it.
    """
    if not deep or not value or type(value) not in (dict, list):
        yield escaped(_json(value, line))
        return
    begin, end = "{}" if type(value) is dict else "[]"
    inside, before = line + " ", begin
    for one in value:
        if type(value) is dict:
            yield f"{before}{inside}{escaped(encode_basestring(one))}: "
            yield from json_pieces(value[one], inside, deep - 1)
        else:
            yield before + inside
            yield from json_pieces(one, inside, deep - 1)
        before = ","
    yield line + end


def _json(value: Any, line: str) -> str:  # noqa: ANN401
    """What `json.dumps` writes with an indent of 1, in a third of its time; `line` begins a line of what the value stands in."""
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is int:
        return repr(value)
    if not value or kind not in (dict, list, tuple):
        return json.dumps(value, ensure_ascii=False)
    inside = line + " "
    if kind is dict:
        return f"{{{inside}{f',{inside}'.join([f'{encode_basestring(k)}: {_json(v, inside)}' for k, v in value.items()])}{line}}}"
    return f"[{inside}{f',{inside}'.join([_json(v, inside) for v in value])}{line}]"


def parted_findings(findings: Iterable[Finding], judged: Sequence[Judgement]) -> tuple[list[Finding], list[Finding]]:
    """Return the findings that are shown, the gravest first, and those that a person judged to be wrong."""
    ordered = sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), f.kind, f.reports, f.id))
    verdicts = [verdict_on(f, judged) for f in ordered]
    wrong = [bool(v and v.verdict == "wrong") for v in verdicts]
    return list(compress(ordered, map(not_, wrong))), list(compress(ordered, wrong))


def pool_places(places_by_report: Mapping[str, Sequence[Place]]) -> list[PooledPlace]:
    """Return one row for each place of a story, most mentioned first, under its most frequent name, the longest of equals.

    Places are one where coordinates and kind are; one without coordinates is known by its name.
    Towns of one name carry their state.
    """
    groups: dict[tuple[object, ...], list[tuple[str, Place]]] = {}
    for report, places in places_by_report.items():
        for place in places:
            key = (place.lat, place.lon, place.kind, place.name if place.lat is None or place.kind == "other" else None)
            groups.setdefault(key, []).append((report, place))
    rows = sorted(map(_pooled, groups.values()), key=lambda row: (-len(row.mentions), row.name, row.kind, row.mentions))
    towns = Counter(row.name for row in rows if row.kind == "city")
    return [_with_state(row) if row.kind == "city" and towns[row.name] > 1 else row for row in rows]


def _with_state(town: PooledPlace) -> PooledPlace:
    """A town that has a namesake in the story, with its state or country."""
    from stemma.mentions.places.gazetteer import container

    holder = container(town.name, town.lat, town.lon)
    return replace(town, name=f"{town.name}, {holder}") if holder else town


def skipped_object(skipped: Skipped) -> Object:
    """Return a page that could not be read, and why."""
    return {"location": skipped.location, "reason": skipped.reason}


def first_title(told: Iterable[tuple[str | None, str, str | None]]) -> str | None:
    """Return the title of the earliest report that has one, of (published, id, title)."""
    return next((title for _, _, title in sorted(told, key=lambda t: (t[0] or "9", t[1])) if title), None)


def judgement_object(judgement: Judgement) -> Object:
    """Return what a person judged: of what, how, who and when."""
    evidence = [{"report": e.report, "start": e.start, "end": e.end} for e in judgement.evidence]
    fields = ("this", "that", "kind", "verdict", "who", "when", "note", "about")
    key = {"id": judgement_id(judgement.this, judgement.that)}
    return key | {name: getattr(judgement, name) for name in fields} | {"evidence": evidence}


def _story(
    story: str,
    reports: Sequence[Report],
    mine: Tables,
    mentions: Mapping[str, list[Mention]],
    judged: Sequence[Judgement],
) -> Object:
    signs = _by(mine["sign"], "child", "parent")
    heirs = _by(mine["descendant"], "origin")
    members, stances = _by(mine["member"], "claim"), _by(mine["stance"], "claim")
    verdicts = {f.id: verdict_on(f, judged) for f in mine["finding"]}
    shown, withdrawn = parted_findings(mine["finding"], judged)
    return {
        "id": story,
        "title": first_title((r.published, r.id, r.title) for r in reports),
        "reports": [r.id for r in reports],
        "left_out": len(mine["story"]) - len(reports),
        "parted": len(mine["parted"]),
        "witnesses": [{"id": w.id, "siglum": w.siglum, "report": w.report, "name": w.name} for w in mine["witness"]],
        "derivations": [
            _derivation(d, signs[d.child, d.parent]) | judged_pair(d.child, d.parent, judged) for d in mine["derivation"]
        ],
        "origins": [_origin(o, heirs[o.witness]) for o in mine["origin"]],
        "independent_origins": next(({"low": c.low, "best": c.best, "high": c.high} for c in mine["origin_count"]), None),
        "alignments": [alignment_object(a) for a in mine["alignment"]],
        "sources": [{"id": s.id, "name": s.name, "names": list(s.names), "role": s.role} for s in mine["source"]],
        "statements": [_statement(s) for s in mine["statement"]],
        "claims": [_claim(c, members[c.id], stances[c.id]) for c in sorted(mine["claim"], key=lambda c: (c.rank, c.id))],
        "findings": [_finding(f) | judged_as(verdicts[f.id]) for f in shown],
        "withdrawn": [_finding(f) | judged_as(verdicts[f.id]) for f in withdrawn],
        "judgements": [judgement_object(j) for j in judged],
        "times": [t for r in reports for t in _times(r.id, mentions[r.id])],
        "places": place_objects([r.id for r in reports], mentions),
    }


def _earlier(rows: Tables) -> dict[str, list[Report]]:
    """The earlier versions of each report that has some, the first one first."""
    old = {r.id: r for r in rows["earlier"]}
    versions = _by(sorted(rows["version"], key=lambda v: v.place), "report")
    return {report: [old[v.earlier] for v in mine] for report, mine in versions.items()}


def _versions(newest: Report, blocks: Mapping[str, list[Block]], earlier: Sequence[Report]) -> list[Object]:
    """Earlier versions as objects, each with what the next one changed in it."""
    shown = ("id", "location", "retrieved", "published", "modified", "title", "sha256")
    return [
        {name: getattr(was, name) for name in shown}
        | {"changes": [asdict(c) for c in changes(_paragraphs(was, blocks), _paragraphs(now, blocks))]}
        for was, now in pairwise([*earlier, newest])
    ]


def _paragraphs(report: Report, blocks: Mapping[str, list[Block]]) -> list[str]:
    mine = sorted(blocks[report.id], key=lambda b: b.start)
    return [report.text[b.start : b.end] for b in mine if b.role in (*BODY, "title", "deck", "heading", "correction")]


def _derivation(d: Any, signs: Sequence[Any]) -> Object:  # noqa: ANN401 - rows of tables.py
    return {
        "id": derivation_id(d.child, d.parent),
        "child": d.child, "parent": d.parent, "kind": d.kind, "share": d.share, "credited": d.credited,
        "probability": d.probability, "reason": d.reason,
        "signs": [
            {"sign": s.sign, "weight": s.weight, "reason": s.reason, "report": s.report, "start": s.start, "end": s.end}
            for s in signs
        ],
    }  # fmt: skip


def _origin(origin: Any, descendants: Sequence[Any]) -> Object:  # noqa: ANN401
    return {
        "witness": origin.witness,
        "name": origin.name,
        "descendants": [
            {
                "report": d.report,
                "kind": d.kind,
                "share": d.share,
                "credited": d.credited,
                "probability": d.probability,
            }
            for d in descendants
        ],
    }


def alignment_object(a: Alignment) -> Object:
    """Return two runs of the same words."""
    return {
        "a": {"report": a.a_report, "start": a.a_start, "end": a.a_end},
        "b": {"report": a.b_report, "start": a.b_start, "end": a.b_end},
        "kind": a.kind,
        "score": a.score,
    }


def _statement(s: Any) -> Object:  # noqa: ANN401
    return {
        "id": s.id, "report": s.report, "content": _pairs(s.content), "quotations": _pairs(s.quotations),
        "attributed": s.attributed, "source": s.source,
        "source_span": _pair(s.source_span), "cue_span": _pair(s.cue_span),
        "caveat": s.caveat, "caveat_span": _pair(s.caveat_span), "negated": s.negated,
    }  # fmt: skip


def _claim(c: Any, members: Sequence[Any], stances: Sequence[Any]) -> Object:  # noqa: ANN401
    return {
        "id": c.id, "summary": c.summary, "relation": c.relation, "part_of": c.part_of, "rank": c.rank,
        "doubtful": c.doubtful,
        "members": [
            {"statement": m.statement, "report": m.report, "start": m.start, "end": m.end,
             "figure": _figure(m.figure) if m.figure else None}
            for m in members
        ],
        "stances": [
            {"report": s.report, "stance": s.stance, "reason": s.reason,
             "evidence": [{"start": start, "end": end} for start, end in s.evidence]}
            for s in stances
        ],
        "outlets": list(c.outlets), "origins": list(c.origins),
        "sources": list(c.sources), "verified_by": list(c.verified_by),
    }  # fmt: skip


def _finding(f: Any) -> Object:  # noqa: ANN401
    return {
        "id": f.id, "kind": f.kind, "severity": f.severity, "message": f.message,
        "reports": list(f.reports), "claim": f.claim,
        "evidence": [{"report": e.report, "start": e.start, "end": e.end} for e in f.evidence],
    }  # fmt: skip


def _times(report: str, mentions: Sequence[Mention]) -> list[Object]:
    return [
        {
            "report": report,
            "start": t.start,
            "end": t.end,
            "type": t.type,
            "value": t.value,
            "from": t.begin,
            "to": t.until,
            "clock": t.clock,
            "zone": t.zone,
            "also": _pair(t.also),
        }
        for t in [m.time for m in mentions if m.time]
    ]


def place_objects(reports: Iterable[str], mentions: Mapping[str, Sequence[Mention]]) -> list[Object]:
    """Return the places of these reports, the most mentioned first."""
    places = {r: [m.place for m in mentions[r] if m.place] for r in reports}
    return [
        {
            "name": p.name, "lat": p.lat, "lon": p.lon, "kind": p.kind,
            "mentions": [{"report": r, "start": start, "end": end} for r, start, end in p.mentions],
        }
        for p in pool_places(places)
    ]  # fmt: skip


def _pooled(members: Sequence[tuple[str, Place]]) -> PooledPlace:
    counts = Counter(p.name for _, p in members)
    name = min(counts, key=lambda n: (-counts[n], -len(n), n))
    first = members[0][1]
    return PooledPlace(name, first.lat, first.lon, first.kind, tuple(sorted((r, p.start, p.end) for r, p in members)))


def _by(rows: Sequence[Any], *fields: str) -> dict[Any, list[Any]]:
    """Return rows by the value of a field, or by the values of several."""
    grouped: dict[Any, list[Any]] = defaultdict(list)
    key = attrgetter(*fields)
    for row in rows:
        grouped[key(row)].append(row)
    return grouped


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[start, end] for start, end in spans]


def _figure(figure: Figure) -> Object:
    """A figure's columns as JSON reads them back: lists, no tuples."""
    values = ((name, getattr(figure, name)) for name in _FIGURE)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values}


def _pair(span: Span | None) -> list[int] | None:
    return list(span) if span else None
