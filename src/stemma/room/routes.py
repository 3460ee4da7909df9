"""What the room shows: one list of its pages, each with its JSON; the application and the OpenAPI description follow from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from stemma import __version__
from stemma.findings.kinds import KINDS
from stemma.room.adding import add
from stemma.room.drafts import blank
from stemma.room.matrix import matrix
from stemma.room.report import LAYERS, report
from stemma.room.side_by_side import side_by_side, variants
from stemma.room.source import source
from stemma.room.stories import SORTS, stories
from stemma.room.story import claims, findings, one_claim, one_finding, sources, story, witnesses
from stemma.room.verdicts import judged
from stemma.room.web import API, View
from stemma.room.where import where
from stemma.show.wording import RELATION_MEANS

LIST, OBJECT, TEXT, NUMBER = ("array",), ("object",), ("string",), ("integer",)
MAYBE_TEXT, MAYBE_OBJECT = ("string", "null"), ("object", "null")


@dataclass(frozen=True)
class Asks:
    """A part of an address' query: what it means, its kind, and what it may be."""

    means: str
    type: str = "string"
    choice: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True)
class Page:
    """A page: its path, view and template, a sentence on it, the keys of its JSON, and what its address can ask."""

    path: str
    view: View
    template: str
    says: str
    answers: Mapping[str, tuple[str, ...]]
    asks: Mapping[str, Asks] = field(default_factory=dict)

    @property
    def json(self) -> str:
        """Return the path of its JSON."""
        return f"{'/stories' if self.path == '/' else self.path}.json"


_FROM = {"from": Asks("The first row that is shown, from 1.", "integer")}
_PAGE = {"page": Asks("The page of the list, from 1.", "integer")}
_R = Asks("A report, by its id or its letter.", several=True)
_STORY = {"story": OBJECT}

PAGES = (
    Page(
        "/", stories, "stories.html", "The stories of the store, searched, filtered and sorted, fifty at a time.",
        {"chosen": OBJECT, "sort": TEXT, "sorts": OBJECT, "stories": LIST, "found": NUMBER, "all": NUMBER, "page": NUMBER,
         "before": MAYBE_TEXT, "next": MAYBE_TEXT, "offered": OBJECT},
        {"q": Asks("Words that all stand in a story, its outlets or its sources."), "outlet": Asks("An outlet."),
         "kind": Asks("A kind of finding.", choice=tuple(KINDS)), "language": Asks("A language (ISO 639-1)."),
         "since": Asks("A day; stories with a report of that day or later."),
         "until": Asks("A day; stories that began on it or before."), "sort": Asks("The order.", choice=tuple(SORTS)), **_PAGE},
    ),
    Page(
        "/story/{story}", story, "story.html", "A story: its stemma, and the first of its findings, claims and sources.",
        {**_STORY, "sentence": TEXT, "opening": MAYBE_OBJECT, "originals": TEXT, "skipped": LIST, "skipped_all": NUMBER,
         "drawing": TEXT, "drawn": NUMBER, "drawn_of": NUMBER,
         "witnesses": OBJECT, "findings": OBJECT, "withdrawn": NUMBER, "claims": OBJECT, "sources": OBJECT, "source_names": LIST,
         "judgements": LIST},
    ),
    Page("/story/{story}/witnesses", witnesses, "list.html", "Who took words from whom.", {**_STORY, "witnesses": OBJECT}, _FROM),
    Page("/story/{story}/findings", findings, "list.html", "What a careful reader should know.",
         {**_STORY, "findings": OBJECT}, _FROM),
    Page("/story/{story}/claims", claims, "list.html", "Who carries what.", {**_STORY, "claims": OBJECT}, _FROM),
    Page("/story/{story}/sources", sources, "list.html", "Who is quoted.",
         {**_STORY, "sources": OBJECT, "source_names": LIST}, _FROM),
    Page(
        "/story/{story}/report/{report}", report, "report.html", "A report, with what it copied marked by origin.",
        {**_STORY, "report": OBJECT, "blocks": LIST, "origins": LIST, "kinds": LIST, "layers": LIST, "shown": LIST,
         "findings": LIST, "overview": OBJECT, "edges": LIST, "versions": LIST, "before": MAYBE_OBJECT, "after": MAYBE_OBJECT},
        {"layer": Asks("What is marked.", choice=(*LAYERS, "findings"), several=True),
         "words": Asks("Words to mark, as code points: 120-180.")},
    ),
    Page("/story/{story}/finding/{finding}", one_finding, "finding.html", "One finding, with its words in their paragraphs.",
         {**_STORY, "finding": OBJECT, "places": LIST, "more": NUMBER, "before": MAYBE_TEXT, "next": MAYBE_TEXT}),
    Page("/story/{story}/claim/{claim}", one_claim, "claim.html", "One claim, with its words in their paragraphs.",
         {**_STORY, "claim": OBJECT, "parts_of_it": LIST, "whole": MAYBE_OBJECT, "members": OBJECT, "findings": LIST,
          "notes": LIST, "others": LIST}),
    Page("/story/{story}/side-by-side", side_by_side, "side_by_side.html", "Two to four reports, block by block.",
         {**_STORY, "reports": LIST, "rows": LIST, "edges": LIST, "changes": NUMBER, "counts": OBJECT,
          "pairs": LIST, "proof": LIST, "choice": LIST, "swaps": OBJECT,
          "variants": TEXT, "asked_rows": LIST},
         {"r": _R, "words": Asks("Words to mark, by letter and code points: A:120-180.", several=True)}),
    Page("/story/{story}/variants", variants, "variants.html", "One text with the readings of all that print it.",
         {**_STORY, "report": OBJECT, "group": LIST, "more": NUMBER, "blocks": LIST, "places": NUMBER}, {"r": _R}),
    Page(
        "/story/{story}/matrix", matrix, "matrix.html", "Claims against reports, or against origins.",
        {**_STORY, "by": TEXT, "columns": LIST, "columns_all": NUMBER, "all": NUMBER, "parts_all": NUMBER,
         "rows": LIST, "found": NUMBER,
         "signs": OBJECT, "chosen": OBJECT, "offered": OBJECT, "before": MAYBE_TEXT, "next": MAYBE_TEXT, "from": NUMBER,
         "columns_before": MAYBE_TEXT, "columns_next": MAYBE_TEXT, "csv": TEXT},
        {"by": Asks("The columns.", choice=("reports", "origins")), "relation": Asks("A relation.", choice=tuple(RELATION_MEANS)),
         "source": Asks("The name of a source."), "origin": Asks("The letter of an origin."),
         "column": Asks("The first column that is shown, from 1.", "integer"), **_FROM},
    ),
    Page("/story/{story}/where-and-when", where, "where.html", "Places on a map, and who carried each claim first.",
         {**_STORY, "places": LIST, "more_places": NUMBER, "maps": LIST, "claims": LIST, "next": MAYBE_TEXT}, _FROM),
    Page("/source", source, "source.html", "What a source said in all stories.",
         {"name": TEXT, "stories": LIST, "all": NUMBER, "near": LIST, "unread": NUMBER, "next": MAYBE_TEXT},
         {"name": Asks("The name of the source."), **_FROM}),
    Page("/judgements", judged, "judgements.html", "What was judged, the latest first.",
         {"judgements": LIST, "all": NUMBER, "before": MAYBE_TEXT, "next": MAYBE_TEXT}, _PAGE),
    Page("/add", add, "add.html", "Pages that are being added, and how far that is.", {"adding": OBJECT}),
    Page("/check", blank, "check.html", "An empty form for a draft.",
         {"draft": TEXT, "published": TEXT, "checked": MAYBE_OBJECT}),
)  # fmt: skip
"""Each page; its JSON is beside it, with `.json` behind the same address."""


def described() -> dict[str, Any]:
    """Return the OpenAPI 3.1 description of what can be read as JSON, under the version of the addresses."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "stemma's reading room", "version": f"{API.removeprefix('/v')}.0", "license": {"name": "Apache-2.0"},
            "description": f"Every page of the room as JSON, as stemma {__version__} serves it. Within one version addresses and "
            "keys stay; keys may be added. What is shown comes with the words that prove it (code points of a report's text).",
        },
        "servers": [{"url": API}],
        "paths": {page.json: {"get": _operation(page)} for page in PAGES},
        "components": {
            "schemas": {"Error": {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}}
        },
    }  # fmt: skip


def _operation(page: Page) -> dict[str, Any]:
    answer = {
        "type": "object", "required": list(page.answers),
        "properties": {name: {"type": list(types) if len(types) > 1 else types[0]} for name, types in page.answers.items()},
    }  # fmt: skip
    wrong = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        "summary": page.says, "operationId": page.view.__name__, "parameters": list(_parameters(page)),
        "responses": {
            "200": {"description": page.says, "content": {"application/json": {"schema": answer}}},
            "404": {"description": "There is no such thing in the store.", "content": wrong},
            "503": {"description": "The store is being written to; try again.", "content": wrong},
        },
    }  # fmt: skip


def _parameters(page: Page) -> Iterator[dict[str, Any]]:
    for part in [piece[1:-1] for piece in page.path.split("/") if piece.startswith("{")]:
        means = f"The id of a {part}, or the beginning of it." if part == "story" else f"The id of a {part}."
        yield {"name": part, "in": "path", "required": True, "description": means, "schema": {"type": "string"}}
    for name, asks in page.asks.items():
        one = {"type": asks.type, **({"enum": list(asks.choice)} if asks.choice else {})}
        schema = {"type": "array", "items": one} if asks.several else one
        yield {"name": name, "in": "query", "description": asks.means, "schema": schema}
