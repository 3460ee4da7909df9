"""What readers judge: verdicts kept and taken back, notes on claims and whether others find them helpful."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

from starlette.datastructures import FormData

from stemma import ids
from stemma.account import judgement_object
from stemma.engines import Store
from stemma.errors import UsageError
from stemma.judged import judgement_id
from stemma.judging import judge, judgements, undo
from stemma.room.kept_story import KeptStory, tell
from stemma.room.stories import catalogue
from stemma.room.web import Asked, said
from stemma.show.wording import Row, one_line
from stemma.tables import Evidence, Judgement
from stemma.text.normal import split_address

PAGE = 50
_VERDICTS = {"right": "right", "wrong": "wrong", "accept": "right", "reject": "wrong", "same": "same", "not": "not"}


def judge_it(asked: Asked, form: FormData) -> str:
    """Keep a verdict: `verdict`, `this`, `that`, `story`, `note`, `who`; go on at `next`, which can take it back."""
    verdict = _VERDICTS.get(said(form, "verdict"))
    if verdict is None or not said(form, "this"):
        raise UsageError("Say what is judged, and how: right, wrong, same or not.")
    must_be_short(said(form, "note"))
    who = _who(asked, form)
    with asked.room.store.writing() as store:
        row = judge(
            store, verdict, said(form, "this"), said(form, "that") or None, who, said(form, "note"), said(form, "story") or None
        )
    return _go_on(form, f"done={judgement_id(row.this, row.that)}")


def take_back(asked: Asked, form: FormData) -> str:
    """Take back the judgement `id`; go on at `next`."""
    _who(asked, form)
    with asked.room.store.writing() as store:
        undo(store, said(form, "id"))
    return _go_on(form, "undone=1")


def note_it(asked: Asked, form: FormData) -> str:
    """Keep a reader's `note` on the claim `claim` of a story, with the words that it rests on; go on at `next`."""
    told = tell(asked.room.store, said(form, "story"))
    places = [str(p) for p in form.getlist("evidence")]
    who, text = _who(asked, form), said(form, "note")
    with asked.room.store.writing() as store:
        key = keep_note(store, told, said(form, "claim"), who, text, places)
    return _go_on(form, f"done={key}")


def rate_it(asked: Asked, form: FormData) -> str:
    """Keep whether the reader finds the note `id` helpful; go on at `next`."""
    with asked.room.store.writing() as store:
        rate_note(store, said(form, "id"), _who(asked, form), said(form, "verdict") == "helpful")
    return _go_on(form, None)


def name_reader(asked: Asked, form: FormData) -> str:
    """Keep the name `who` under which this browser judges from now on."""
    _who(asked, form)
    return "/judgements"


def judged(asked: Asked) -> dict[str, Any]:
    """Tell all judgements, the latest first."""
    rows = asked.room.store.remember("judgements", judgements)
    latest = [judgement_object(j) for j in reversed(rows)]
    page = asked.number("page", 1)
    shown = latest[(page - 1) * PAGE : page * PAGE]
    with asked.room.store.reading() as store:
        wanted = {e["report"] for j in shown for e in j["evidence"][:1]}
        story_of = {s.report: s.story for s in store.read("story", {"report": wanted})}
    titles = {s["id"]: s["title"] for s in asked.room.store.remember("stories", catalogue)}
    return {
        "judgements": [{**j, "href": _address(j, story_of), "story": _story(j, story_of, titles)} for j in shown],
        "all": len(latest),
        "before": asked.with_(page=page - 1) if page > 1 else None,
        "next": asked.with_(page=page + 1) if page * PAGE < len(latest) else None,
    }  # fmt: skip


def _story(judgement: Mapping[str, Any], story_of: Mapping[str, str], titles: Mapping[str, str | None]) -> dict[str, str] | None:
    """The story that a judgement is about; None where its report is there no more."""
    story = story_of.get(next((e["report"] for e in judgement["evidence"]), ""))
    return {"title": titles.get(story) or "(no title)", "href": f"/story/{story}"} if story else None


def _address(judgement: Mapping[str, Any], story_of: Mapping[str, str]) -> str | None:
    """The page of what was judged: of a finding its own, else the first words that the judgement is about."""
    first = next(iter(judgement["evidence"]), None)
    story = story_of.get(first["report"]) if first else None
    if first is None or story is None:
        return None
    if judgement["kind"] == "finding":
        return f"/story/{story}/finding/{judgement['this']}"
    words = f"?words={first['start']}-{first['end']}#words" if first["start"] < first["end"] else ""
    return f"/story/{story}/report/{first['report']}{words}"


def _who(asked: Asked, form: FormData) -> str:
    who = said(form, "who") or asked.reader
    if not who:
        raise UsageError("Say who judges: a name is kept with each judgement.")
    return one_line(who)[:80]


def _go_on(form: FormData, done: str | None) -> str:
    """The page that the form came from, and only one of this room; `done` is what it says that was done."""
    to = split_address(said(form, "next") or "/")
    path = f"/{to.path.lstrip('/')}"
    query = "&".join(part for part in to.query.split("&") if part and not part.startswith(("done=", "undone=")))
    query = "&".join(filter(None, [query, done]))
    return f"{path}{f'?{query}' if query else ''}{f'#{to.fragment}' if to.fragment else ''}"


READERS = 5
"""Readers who rated a note before it gets a score: below, there are only counts."""
_LONGEST = 2_000

Ratings = Mapping[str, Mapping[str, bool]]
"""By note, by reader: whether the reader found the note helpful."""


def keep_note(store: Store, told: KeptStory, claim: str, who: str, text: str, places: Sequence[str]) -> str:
    """Keep a reader's note on a claim, in the place of an earlier one of the same reader; return its id.

    `places` are "report:start-end", words of the claim's members. Raises UsageError for a note without words or evidence.
    """
    row = told.claims.get(claim)
    if row is None:
        raise UsageError("This claim is there no more: the story was worked out anew since.")
    if not text:
        raise UsageError("A note needs words.")
    must_be_short(text)
    known = {f"{m['report']}:{m['start']}-{m['end']}": m for m in row["members"]}
    evidence = tuple(Evidence(m["report"], m["start"], m["end"]) for p, m in known.items() if p in places)
    if not evidence:
        raise UsageError("A note needs evidence: choose the words that it rests on.")
    # A claim's id changes when groups merge; the note stays with the statement that it was first written on.
    this, that = row["members"][0]["statement"], ids.digest("reader", who)
    about = f"“{one_line(row['summary'])}”"
    _keep(store, Judgement(this, that, "note", "note", who, _now(), text, about, evidence))
    return judgement_id(this, that)


def must_be_short(text: str) -> None:
    """Raise UsageError for a note that is longer than notes may be."""
    if len(text) > _LONGEST:
        raise UsageError(f"A note has no more than {_LONGEST:,} characters.")


def rate_note(store: Store, note: str, who: str, helpful: bool) -> None:
    """Keep whether a reader found a note helpful; raises UsageError for a note of one's own or one that is not there."""
    row = next((j for j in store.read("judgement", {"kind": "note"}) if judgement_id(j.this, j.that) == note), None)
    if row is None:
        raise UsageError("This note is there no more.")
    if row.who == who:
        raise UsageError("Nobody rates a note of their own.")
    verdict = "helpful" if helpful else "unhelpful"
    about = f"the note of {row.who} on {row.about}"
    _keep(store, Judgement(note, ids.digest("reader", who), "rating", verdict, who, _now(), "", about, row.evidence))


def notes_on(told: KeptStory, claim: Row, reader: str) -> list[dict[str, Any]]:
    """Return the notes on a claim, those first that bridge readers who usually disagree, then the oldest."""
    kept = told.story["judgements"]
    ratings: dict[str, dict[str, bool]] = defaultdict(dict)
    for j in kept:
        if j["kind"] == "rating":
            ratings[j["this"]][j["who"]] = j["verdict"] == "helpful"
    statements = {m["statement"] for m in claim["members"]}
    found = []
    for j in kept:
        if j["kind"] == "note" and j["this"] in statements:
            mine = ratings[j["id"]]
            found.append({
                "id": j["id"], "who": j["who"], "when": j["when"], "note": j["note"], "quotes": told.quotes(j["evidence"]),
                "helpful": sum(mine.values()), "unhelpful": len(mine) - sum(mine.values()), "score": bridging(j["id"], ratings),
                "own": j["who"] == reader, "rated": mine.get(reader),
            })  # fmt: skip
    return sorted(found, key=lambda n: (-(n["score"] or 0), n["when"], n["id"]))


def bridging(note: str, ratings: Ratings) -> float | None:
    """Return from -1 to 1 how far readers who usually disagree agree on a note; None until enough of them rated it.

    The mean over each two of its raters of how often they disagree on other notes, counted for the note where both found it
    helpful, against it where both did not, and as nothing where they differ on it too.
    """
    raters = ratings.get(note, {})
    if len(raters) < READERS:
        return None
    pairs = list(combinations(sorted(raters), 2))
    total = sum(
        _disagreement(one, two, note, ratings) * (1 if raters[one] else -1) for one, two in pairs if raters[one] == raters[two]
    )
    return round(total / len(pairs), 3)


def _disagreement(one: str, two: str, but: str, ratings: Ratings) -> float:
    """How often two readers differ on notes that both rated; half where they never met."""
    both = [r for note, r in ratings.items() if note != but and one in r and two in r]
    return (sum(r[one] != r[two] for r in both) + 1) / (len(both) + 2)


def _keep(store: Store, row: Judgement) -> None:
    with store.transaction():
        store.remove("judgement", {"this": row.this, "that": row.that})
        store.write({"judgement": [row]})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
