"""Everything that one person, office or organisation said, over all stories of the store."""

import re
from collections import defaultdict
from typing import Any

import pyarrow as pa

from stemma.engines import Store
from stemma.room.aligned_blocks import changed, pieces
from stemma.room.kept_story import KeptStory, source_address, tell
from stemma.room.stories import catalogue
from stemma.room.web import Asked
from stemma.show import wording
from stemma.show.shown_story import role_words
from stemma.show.wording import Row

STORIES = 10
"""Stories on one page."""
_UTTERANCES = 20
_VARIANTS = 6
_TOLD_IN = 2
"""Stories that are named beside a source."""
_WORD = re.compile(r"\w+")

_NAMED_SQL = """
WITH named AS (SELECT story, id, name FROM source UNION SELECT story, id, unnest(names) AS name FROM source)
SELECT DISTINCT n.story, n.id FROM named n JOIN asked_name a
ON regexp_replace(lower(n.name), '^the ', '') = regexp_replace(lower(a.name), '^the ', '')
"""
"""A name with its article and without it, in whatever letters, is one."""
_NEAR_SQL = """
SELECT min(s.name) AS name, count(DISTINCT s.story) AS stories, count(*) AS statements,
  list_sort(array_agg(DISTINCT s.names).flatten().list_distinct()) AS names, min(s.role) AS role,
  list_sort(array_agg(DISTINCT s.story)) AS told_in
FROM source s JOIN statement t ON t.story = s.story AND t.source = s.id
JOIN asked_name a ON contains(lower(concat_ws(' ', s.name, array_to_string(s.names, ' '))), lower(a.name))
GROUP BY lower(s.name) ORDER BY bool_and(s.role = 'anonymous'), stories DESC, statements DESC, min(s.name) LIMIT 40
"""


_UNREAD_SQL = "SELECT count(DISTINCT story) AS stories FROM story WHERE story NOT IN (SELECT story FROM run)"
"""Who said what is known only of stories that were worked out."""


def source(asked: Asked) -> dict[str, Any]:
    """Tell what the source with the address' `name` said, story by story; without one, sources that can be asked for."""
    name, store = asked.text("name"), asked.room.store
    table = {"asked_name": pa.table({"name": [name]})}
    fits = store.remember(("source", name), lambda opened: _fits(opened, table)) if name else {}
    near = [] if fits else store.remember(("near", name), lambda opened: opened.sql(_NEAR_SQL, table).to_pylist())
    first = asked.number("from", 1)
    shown = sorted(fits)[first - 1 : first - 1 + STORIES]
    told = [_in_story(tell(store, story), fits[story]) for story in shown]
    return {
        "name": name, "stories": [t for t in told if t["utterances"]], "all": len(fits),
        "near": _listed(asked, near, name),
        "unread": store.remember("unread", lambda opened: opened.sql(_UNREAD_SQL).to_pylist()[0]["stories"]),
        "next": asked.with_(**{"from": first + STORIES}) if first - 1 + STORIES < len(fits) else None,
    }  # fmt: skip


def _listed(asked: Asked, near: list[Row], name: str) -> list[dict[str, Any]]:
    """The sources of a list, each with its office or role and the first of the stories that it speaks in."""
    titles = {s["id"]: s["title"] for s in asked.room.store.remember("stories", catalogue)} if near else {}
    return [
        {**n, "called": _called(n, name), "role": role_words(n), "href": source_address(n["name"]),
         "told_in": [{"title": titles.get(s) or "(no title)", "href": f"/story/{s}"} for s in n["told_in"][:_TOLD_IN]]}
        for n in near
    ]  # fmt: skip


def _called(near: Row, name: str) -> str | None:
    """The name by which a source that is called otherwise was found: an office, mostly."""
    return next((n for n in (near["name"], *near["names"]) if name.lower() in n.lower()), None) if name else None


def _fits(store: Store, table: dict[str, pa.Table]) -> dict[str, set[str]]:
    fits: dict[str, set[str]] = defaultdict(set)
    for row in store.sql(_NAMED_SQL, table).to_pylist():
        fits[row["story"]].add(row["id"])
    return fits


def _in_story(told: KeptStory, ids: set[str]) -> dict[str, Any]:
    rows = [s for i in sorted(ids) for s in told.said[i]]
    groups = _utterances(told, rows)
    sources = [told.sources[i] for i in sorted(ids) if i in told.sources]
    return {
        "title": told.story["title"] or "(no title)", "href": told.address, "statements": len(rows),
        "roles": sorted({role for s in sources if (role := role_words(s))}),
        "names": sorted({n.casefold(): n for s in sources for n in s["names"]}.values())[:_UTTERANCES],
        "utterances": [_utterance(told, g) for g in groups[:_UTTERANCES]], "left": len(groups[_UTTERANCES:]),
    }  # fmt: skip


def _utterances(told: KeptStory, rows: list[Row]) -> list[list[Row]]:
    """Statements that carry one claim are one utterance in several reports; what most reports print comes first."""
    claim_of: dict[str, str] = {}
    for claim in told.claims.values():
        for m in claim["members"]:
            claim_of.setdefault(m["statement"], claim["id"])
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[claim_of.get(row["id"], str(row["id"]))].append(row)
    order = list(told.sigla)
    return sorted(grouped.values(), key=lambda g: (-len({s["report"] for s in g}), order.index(g[0]["report"])))


def _utterance(told: KeptStory, rows: list[Row]) -> dict[str, Any]:
    """The wording that most reports print, and the others with what they changed in it."""
    by_words: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for s in rows:
        if quote := told.said_words(s):
            by_words[_bare(quote["words"])].append({**quote, "caveat": s["caveat"], "negated": s["negated"]})
    ordered = sorted(by_words.values(), key=lambda g: -len(g))
    main = ordered[0][0]["words"] if ordered else ""
    return {
        "variants": [_variant(main, g) for g in ordered[:_VARIANTS]], "left": len(ordered[_VARIANTS:]),
        "reports": len({s["report"] for s in rows}),
    }  # fmt: skip


def _bare(words: str) -> str:
    """The words without their marks and capitals: wordings that differ in no more are one."""
    return " ".join(_WORD.findall(words.casefold())) or words


def _variant(main: str, quotes: list[dict[str, Any]]) -> dict[str, Any]:
    words = quotes[0]["words"]
    same = _bare(words) == _bare(main)
    told = None if same else changed(main, words)
    return {
        "href": quotes[0]["href"], "pieces": pieces(words, 0, len(words), told[1] if told else [], []),
        "lacks": [main[start:end] for start, end in told[0]] if told else [], "reworded": not same and told is None,
        "reports": [{"siglum": q["siglum"], "name": q["name"], "href": q["href"]} for q in quotes[:12]],
        "caveats": sorted({wording.one_line(q["caveat"]) for q in quotes if q["caveat"]}),
        "negated": any(q["negated"] for q in quotes),
    }  # fmt: skip
