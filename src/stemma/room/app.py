"""The room as a web application: which address shows which page."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from stemma.errors import StemmaError
from stemma.room.adding import add, add_pages, follow
from stemma.room.drafts import blank, check_text
from stemma.room.guard import Guard
from stemma.room.matrix import matrix, matrix_csv
from stemma.room.one import one_claim, one_finding
from stemma.room.report import report
from stemma.room.side_by_side import side_by_side, variants
from stemma.room.source import source
from stemma.room.stories import stories
from stemma.room.story import claims, findings, sources, story, witnesses
from stemma.room.told import tell
from stemma.room.verdicts import judge_it, judged, name_reader, note_it, rate_it, take_back
from stemma.room.web import (
    Asked,
    Change,
    Room,
    View,
    as_change,
    as_json,
    as_look,
    as_page,
    own_form,
    tell_error,
    tell_missing,
)
from stemma.room.where import where
from stemma.show.page import render

VIEWS: dict[str, tuple[View, str]] = {
    "/story/{story}": (story, "story.html"),
    "/story/{story}/witnesses": (witnesses, "list.html"),
    "/story/{story}/findings": (findings, "list.html"),
    "/story/{story}/claims": (claims, "list.html"),
    "/story/{story}/sources": (sources, "list.html"),
    "/story/{story}/report/{report}": (report, "report.html"),
    "/story/{story}/finding/{finding}": (one_finding, "finding.html"),
    "/story/{story}/claim/{claim}": (one_claim, "claim.html"),
    "/story/{story}/side-by-side": (side_by_side, "side_by_side.html"),
    "/story/{story}/variants": (variants, "variants.html"),
    "/story/{story}/matrix": (matrix, "matrix.html"),
    "/story/{story}/where-and-when": (where, "where.html"),
    "/source": (source, "source.html"),
    "/judgements": (judged, "judgements.html"),
    "/add": (add, "add.html"),
    "/check": (blank, "check.html"),
}
"""Each page by its address; its JSON is beside it, with `.json` behind the same address."""
CHANGES: dict[str, Change] = {
    "/judge": judge_it, "/undo": take_back, "/note": note_it, "/rate": rate_it, "/reader": name_reader,
}  # fmt: skip
"""Each form by the address that it is sent to."""
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


def room_app(room: Room) -> Starlette:
    """Return the application that shows a room's store."""
    routes = [
        Route("/", as_page(stories, "stories.html")), Route("/stories.json", as_json(stories)),
        Route("/static/{name}", _static), Route("/story/{story}.html", _whole_page),
        Route("/story/{story}/matrix.csv", _matrix_csv),
    ]  # fmt: skip
    for path, (view, template) in VIEWS.items():
        routes += [Route(f"{path}.json", as_json(view)), Route(path, as_page(view, template))]
    check = as_look(check_text, "check.html")
    routes += [
        Route("/add", _add, methods=["POST"]), Route("/add/progress", follow),
        Route("/check", check, methods=["POST"]), Route("/check.json", check, methods=["POST"]),
    ]  # fmt: skip
    routes += [Route(path, as_change(change), methods=["POST"]) for path, change in CHANGES.items()]
    errors: dict[Any, Callable[..., Any]] = {StemmaError: tell_error, 404: tell_missing}
    guard = Middleware(Guard, token=room.token)
    app = Starlette(routes=routes, exception_handlers=errors, middleware=[guard])
    app.state.room = room
    return app


async def _whole_page(request: Request) -> Response:
    """The story as one file, for whoever has no room."""
    asked = Asked(request, request.app.state.room)
    told = await run_in_threadpool(tell, asked.room.store, asked.part("story"))
    account = {"stories": [told.story], "reports": list(told.reports.values()), "skipped": list(told.skipped)}
    text = await run_in_threadpool(render, account)
    headers = {"content-disposition": f'attachment; filename="stemma-{told.id}.html"'}
    return Response(text.encode("utf-8", "replace"), media_type="text/html", headers=headers)


async def _matrix_csv(request: Request) -> Response:
    text = await run_in_threadpool(matrix_csv, Asked(request, request.app.state.room))
    headers = {"content-disposition": 'attachment; filename="claims.csv"'}
    return Response(text.encode("utf-8", "replace"), media_type="text/csv", headers=headers)


async def _add(request: Request) -> Response:
    asked = Asked(request, request.app.state.room)
    async with own_form(asked, changes=True) as form:
        return RedirectResponse(await add_pages(asked, form), 303)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    return (
        await tell_missing(request, KeyError())
        if name not in _assets()
        else Response(_assets()[name], media_type=_TYPES[name.rsplit(".", 1)[-1]])
    )


@cache
def _assets() -> dict[str, bytes]:
    """The room's own files, and the style of the one-page account, which the room's is laid over."""
    own = {f.name: f.read_bytes() for f in files("stemma.room").joinpath("static").iterdir() if "." in f.name}
    return own | {"page.css": files("stemma.show").joinpath("templates", "style.css").read_bytes()}
