"""A reader's word: what is given to judge is found in the store, kept there, listed and taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from stemma.engines import Store
from stemma.errors import UsageError
from stemma.grouped import forget_grouping, group_stories
from stemma.judged import derivation_id, judgement_id
from stemma.pipeline import Progress, deepen, find_story, nothing_to_show, rows_beginning
from stemma.tables import Evidence, Judgement, Report, Source, Statement, Witness
from stemma.text.normal import shortened

PAIRS = ("same", "not")
LEAST = 4
"""Characters of an id that may stand for it."""
_SHOWN = 80
_SEVERAL = {"witness": "witnesses"}
_NAMES = "SELECT id, story, name FROM source UNION SELECT id, story, unnest(names) AS name FROM source"


@dataclass(frozen=True, slots=True)
class Found:
    """Something that can be judged: its kind and id, the story it stands in, the words of it, and it in a few words."""

    kind: str
    id: str
    story: str
    evidence: tuple[Evidence, ...]
    about: str


def judge(
    store: Store,
    verdict: str,
    this: str,
    that: str | None,
    who: str,
    note: str = "",
    story: str | None = None,
    progress: Progress = nothing_to_show,
) -> Judgement:
    """Keep one judgement, in the place of an earlier one of the same, and work out the stories anew that it changes.

    `verdict` is same or not (two statements, two names) or right or wrong (a finding, a derivation). `this` and `that` are ids,
    beginnings of ids, names or sigla; names and sigla are looked up in `story`. Raises UsageError for what is not in the store.
    """
    inside = find_story(store, story) if story else None
    found = _pair(store, verdict, this, that, inside) if verdict in PAIRS else _one(store, verdict, this, that, inside)
    # To the microsecond: two judgements of one second keep their order.
    row = replace(found, who=who, note=note, when=datetime.now(UTC).isoformat(timespec="microseconds"))
    with store.run():
        with store.transaction():
            store.remove("judgement", {"this": row.this, "that": row.that})
            store.write({"judgement": [row]})
        _work_out(store, row, progress)
    return row


def judgements(store: Store) -> list[Judgement]:
    """Return all judgements, the oldest first."""
    return sorted(store.read("judgement"), key=lambda j: (j.when, j.this, j.that))


def undo(store: Store, wanted: str, progress: Progress = nothing_to_show) -> Judgement:
    """Take back the judgement with this id, or the beginning of it; raises UsageError when none or several fit."""
    rows = [j for j in judgements(store) if wanted and judgement_id(j.this, j.that).startswith(wanted)]
    if len(rows) != 1:
        many = f"{wanted!r} fits {len(rows)} judgements." if rows else f"No judgement {wanted!r} in this store."
        raise UsageError(f"{many} `stemma judgements` lists them with their ids.")
    with store.run():
        store.remove("judgement", {"this": rows[0].this, "that": rows[0].that})
        if rows[0].kind == "report":
            _part(store, rows[0], progress)
        else:
            _work_out(store, rows[0], progress)
    return rows[0]


def _pair(store: Store, verdict: str, this: str, that: str | None, story: str | None) -> Judgement:
    if not that:
        raise UsageError(f"`{verdict}` needs two: two statements, or two names of sources.")
    one, two = _look(store, this, story), _look(store, that, story)
    if one.kind != two.kind:
        raise UsageError(f"{this!r} is a {one.kind} and {that!r} is a {two.kind}; judge two of one kind.")
    if one.id == two.id:
        raise UsageError(f"{this!r} and {that!r} are the same {one.kind}.")
    if one.story != two.story:
        raise UsageError(f"{this!r} and {that!r} stand in two stories; what is judged stands in one.")
    first, second = sorted((one, two), key=lambda f: f.id)
    about = f"{first.about} {'is' if verdict == 'same' else 'is not'} the same as {second.about}"
    return _row(verdict, one.kind, (first, second), about)


def _look(store: Store, wanted: str, story: str | None) -> Found:
    """A statement by its id, or else a name of a source."""
    found = _statement_meant(store, wanted, story) or _name_meant(store, wanted, story)
    if found is None:
        raise UsageError(
            f"No statement and no source {wanted!r} {'in that story' if story else 'in this store'}. "
            "`stemma show STORY --json -` and `stemma export` list the ids of statements and the names of sources."
        )
    return found


def _one(store: Store, verdict: str, this: str, that: str | None, story: str | None) -> Judgement:
    found = None if that else _finding_meant(store, this, story)
    if found is not None:
        return _row(verdict, "finding", (found,), found.about)
    pair = _derivation_meant(store, this, that, story)
    if pair is None:
        what = f"No derivation of {this!r} from {that!r}" if that else f"No finding and no derivation {this!r}"
        raise UsageError(
            f"{what} {'in that story' if story else 'in this store'}. `stemma show STORY --full` shows the ids of findings, "
            "`--json -` those of both; letters of the stemma need --story."
        )
    if verdict == "right":
        _refuse_circle(store, *pair)
    return _row(verdict, "derivation", pair, f"{pair[0].about} takes its words from {pair[1].about}")


def _refuse_circle(store: Store, child: Found, parent: Found) -> None:
    """Raise UsageError when earlier words already say that the parent comes from the child."""
    told = [j for j in judgements(store) if (j.kind, j.verdict) == ("derivation", "right") and j.this != child.id]
    back = {j.that: j for j in told if j.this == parent.id}
    while front := [j for j in told if j.this in back and j.that not in back]:
        back |= {j.that: j for j in front}
    if child.id in back:
        earlier = back[child.id]
        raise UsageError(
            f"{child.about} cannot take its words from {parent.about}: that would close a circle, for it was judged right that "
            f"{earlier.about}. `stemma judgements --undo {judgement_id(earlier.this, earlier.that)[:8]}` takes that back."
        )


def _row(verdict: str, kind: str, found: Sequence[Found], about: str) -> Judgement:
    evidence = tuple(e for f in found for e in f.evidence)
    return Judgement(found[0].id, found[1].id if len(found) > 1 else "", kind, verdict, "", "", "", about, evidence)


def _part(store: Store, judgement: Judgement, progress: Progress) -> None:
    """Group anew now that two reports need no longer be together; a model's stories are worked out by the next run with it."""
    forget_grouping(store, [judgement.this, judgement.that])
    by_model = {run.story for run in store.read("run") if run.attribution is not None}
    deepen(store, {story: told for story, told in group_stories(store).items() if story not in by_model}, progress=progress)


def _work_out(store: Store, judgement: Judgement, progress: Progress) -> None:
    """Bring its story up to date where the rules alone worked it out; where a model did, the next run with it does."""
    reports = [e.report for e in judgement.evidence]
    found = {row.story for row in store.read("story", {"report": reports})}
    by_rules = {run.story for run in store.read("run", {"story": found}) if run.attribution is None}
    members: dict[str, list[str]] = {story: [] for story in by_rules}
    for row in store.read("story", {"story": by_rules}):
        members[row.story].append(row.report)
    deepen(store, members, progress=progress)


def _statement_meant(store: Store, wanted: str, story: str | None) -> Found | None:
    """Return the statement with this id or beginning, or None; raises UsageError when several fit."""
    row: Statement | None = _by_id(store, "statement", wanted, story)
    if row is None:
        return None
    words = tuple(Evidence(row.report, *span) for span in row.content)
    text = _texts(store, [row.report])[row.report]
    said = " […] ".join(text[e.start : e.end] for e in words)
    return Found("statement", row.id, row.story, words, f"“{shortened(said, _SHOWN)}”")


def _name_meant(store: Store, wanted: str, story: str | None) -> Found | None:
    """Return the place where a name of a source stands, or None; the name as printed, or a source's id.

    Raises UsageError when sources of several stories bear it, or when it is attributed nothing where it stands.
    """
    fits: list[Source] = _named(store, "source", f"({_NAMES})", wanted, story)
    one: Source | None = None if fits else _by_id(store, "source", wanted, story)
    if one:
        fits = [one]
    if not fits:
        return None
    if len({s.story for s in fits}) > 1:
        raise UsageError(f"Sources of {len({s.story for s in fits})} stories bear the name {wanted!r}; say which with --story.")
    ids = {s.id for s in fits}
    rows = [s for s in store.read("statement", {"story": fits[0].story}) if s.source in ids and s.source_span]
    texts = _texts(store, {s.report for s in rows})
    ordered = sorted(rows, key=lambda s: (_unlike(texts[s.report], s, wanted), s.report, s.source_span))
    if not ordered:
        raise UsageError(f"{wanted!r} stands nowhere as the source of a statement, so that it cannot be judged.")
    row = ordered[0]
    start, end = row.source_span
    place = Evidence(row.report, start, end)
    return Found("name", f"{row.report}:{start}-{end}", row.story, (place,), f"“{texts[row.report][start:end]}”")


def _finding_meant(store: Store, wanted: str, story: str | None) -> Found | None:
    """Return the finding with this id or beginning, or None; raises UsageError when several fit."""
    row = _by_id(store, "finding", wanted, story)
    return None if row is None else Found("finding", row.id, row.story, row.evidence, f"{row.kind}: {row.message}")


def _derivation_meant(store: Store, child: str, parent: str | None, story: str | None) -> tuple[Found, Found] | None:
    """Return child and parent of a derivation, by its own id or by the two witnesses, or None; raises UsageError.

    A derivation that was rejected is there no more; two reports of one story can be judged all the same.
    """
    if parent is None:
        return _derivation(store, child, story)
    one, two = _witness(store, child, story), _witness(store, parent, story)
    if one is None or two is None or one.story != two.story or one.id == two.id:
        return None
    return _both(one, two, child)


def _derivation(store: Store, wanted: str, story: str | None) -> tuple[Found, Found] | None:
    """By the id of a derivation, which follows from its witnesses and stands in no table."""
    edges = store.sql("SELECT story, child, parent FROM derivation").to_pylist()
    fits = {derivation_id(e["child"], e["parent"]): e for e in edges if story in (None, e["story"])}
    found = [edge for key, edge in fits.items() if len(wanted) >= LEAST and key.startswith(wanted)]
    if len(found) != 1:
        return None
    child, parent = (store.read("witness", {"story": found[0]["story"], "id": found[0][end]})[0] for end in ("child", "parent"))
    return _both(child, parent, wanted)


def _both(child: Witness, parent: Witness, wanted: str) -> tuple[Found, Found]:
    if child.report is None:
        raise UsageError(f"{wanted!r} is of a lost source; only a report can be judged to take its words from another.")
    return _found(child), _found(parent)


def _witness(store: Store, wanted: str, story: str | None) -> Witness | None:
    inside = {"story": story} if story else {}
    lettered = store.read("witness", {**inside, "siglum": wanted})
    if not story and store.sql("SELECT count(DISTINCT story) AS stories FROM witness").to_pylist()[0]["stories"] > 1:
        lettered = []
    named: list[Witness] = _named(store, "witness", "witness", wanted, story) or lettered
    if len(named) > 1:
        raise UsageError(f"{wanted!r} names {len(named)} witnesses; say which story with --story, or give the id.")
    found: Witness | None = named[0] if named else _by_id(store, "witness", wanted, story)
    return found


def _found(witness: Witness) -> Found:
    words = (Evidence(witness.report, 0, 0),) if witness.report else ()
    return Found("derivation", witness.id, witness.story, words, witness.name or "a lost source")


def _by_id(store: Store, table: str, wanted: str, story: str | None) -> Any:  # noqa: ANN401 - a row of tables.py
    """Return the row whose id begins with what is wanted, or None; raises UsageError when several fit."""
    found = rows_beginning(store, table, wanted) if len(wanted) >= LEAST else []
    fits = {row["id"]: row for row in found if story in (None, row["story"])}
    if len(fits) > 1:
        raise UsageError(f"{wanted!r} fits {len(fits)} {_SEVERAL.get(table, table + 's')}; give more of the id.")
    return next((store.read(table, fit)[0] for fit in fits.values()), None)


def _named(store: Store, table: str, names: str, wanted: str, story: str | None) -> list[Any]:
    """Return the rows of a table that bear a name, whatever its capitals; `names` is what has it beside id and story."""
    bears = f"SELECT DISTINCT n.id, n.story FROM {names} n JOIN wanted w ON lower(n.name) = lower(w.name) ORDER BY n.story, n.id"
    found = store.sql(bears, {"wanted": pa.table({"name": [wanted]})}).to_pylist()
    return [row for key in found if story in (None, key["story"]) for row in store.read(table, key)]


def _texts(store: Store, reports: Iterable[str]) -> dict[str, str]:
    rows: list[Report] = store.read("report", {"id": sorted(reports)})
    return {r.id: r.text for r in rows}


def _unlike(text: str, statement: Statement, wanted: str) -> int:
    """0 where the attribution prints the name itself, 1 where it begins with it, 2 where it names the source otherwise."""
    start, end = statement.source_span or (0, 0)
    printed = text[start:end].casefold()
    return 0 if printed == wanted.casefold() else 1 if wanted.casefold() in printed else 2
