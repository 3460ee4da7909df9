"""What readers judge: verdicts kept and taken back, notes on claims and whether others find them helpful."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData

from stemma.account import judgement_object
from stemma.errors import UsageError
from stemma.judged import judgement_id
from stemma.judging import judge, judgements, undo
from stemma.room.kept_story import tell
from stemma.room.notes import keep_note, rate_note
from stemma.room.stories import catalogue
from stemma.room.web import Asked, said
from stemma.show.wording import one_line
from stemma.text.normal import split_address

PAGE = 50
_VERDICTS = {"right": "right", "wrong": "wrong", "accept": "right", "reject": "wrong", "same": "same", "not": "not"}


def judge_it(asked: Asked, form: FormData) -> str:
    """Keep a verdict: `verdict`, `this`, `that`, `story`, `note`, `who`; go on at `next`, which can take it back."""
    verdict = _VERDICTS.get(said(form, "verdict"))
    if verdict is None or not said(form, "this"):
        raise UsageError("Say what is judged, and how: right, wrong, same or not.")
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
