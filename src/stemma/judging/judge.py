"""Keep what a person judged, and bring the stories up to date that it speaks of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from stemma.engines import Store
from stemma.errors import UsageError
from stemma.judged import judgement_id
from stemma.judging.looked_up import Found, derivation, finding, name, statement
from stemma.pipeline import Progress, deepen, find_story, forget_grouping, group_stories, nothing_to_show
from stemma.tables import Judgement

PAIRS = ("same", "not")


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
    row = replace(found, who=who, note=note, when=datetime.now(UTC).isoformat(timespec="seconds"))
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
    found = statement(store, wanted, story) or name(store, wanted, story)
    if found is None:
        raise UsageError(
            f"No statement and no source {wanted!r} {'in that story' if story else 'in this store'}. "
            "`stemma show STORY --json -` and `stemma export` list the ids of statements and the names of sources."
        )
    return found


def _one(store: Store, verdict: str, this: str, that: str | None, story: str | None) -> Judgement:
    found = None if that else finding(store, this, story)
    if found is not None:
        return _row(verdict, "finding", (found,), found.about)
    pair = derivation(store, this, that, story)
    if pair is None:
        what = f"No derivation of {this!r} from {that!r}" if that else f"No finding and no derivation {this!r}"
        raise UsageError(
            f"{what} {'in that story' if story else 'in this store'}. `stemma show STORY --json -` lists the ids of both; "
            "letters of the stemma need --story."
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
