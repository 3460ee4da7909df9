"""How a page is answered: what was asked, a view that tells it as a dictionary, that as HTML or JSON; the room's own files."""

import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from secrets import token_hex
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlencode

from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from stemma import __version__
from stemma.engines.shared_store import SharedStore
from stemma.errors import StemmaError, StoreInUse, UsageError
from stemma.judged import judgement_id
from stemma.judging import judgements
from stemma.show import wording
from stemma.show.page import templates
from stemma.tables import Judgement
from stemma.text.json_text import json_text
from stemma.text.normal import split_address

if TYPE_CHECKING:
    from stemma.room.adding import Adding
from importlib.resources import files

from stemma import ids

API = "/v1"
"""Where the JSON of this version stands; its addresses and keys stay as they are. A change that breaks them is `/v2`."""
READER = "stemma_reader"
"""The cookie with the name under which a reader judges."""


@dataclass(frozen=True)
class Room:
    """What all pages share: the store, whether readers may judge and add, who judges when they give no name."""

    store: SharedStore
    adding: "Adding"
    may_write: bool = True
    reader: str = ""
    token: str | None = None
    secret: str = field(default_factory=lambda: token_hex(16))


@dataclass(frozen=True)
class Asked:
    """One request: what its address says, and the room that it is asked in."""

    request: Request
    room: Room

    def part(self, name: str) -> str:
        """Return a part of the path."""
        return str(self.request.path_params[name])

    def text(self, name: str, default: str = "") -> str:
        """Return what the address says of something, without blanks around it."""
        return self.request.query_params.get(name, default).strip()

    def number(self, name: str, default: int) -> int:
        """Return a number that the address gives; what is no number counts as not given."""
        told = self.text(name)
        return max(1, int(told)) if told.isascii() and told.isdigit() and len(told) < 9 else default

    def several(self, name: str) -> list[str]:
        """Return all values that the address gives of something."""
        return [v for v in self.request.query_params.getlist(name) if v]

    def with_(self, **changed: object) -> str:
        """Return this address with other values in its query; None takes one out."""
        kept = [(k, v) for k, v in self.request.query_params.multi_items() if k not in changed and v]
        query = urlencode(kept + [(k, str(v)) for k, v in changed.items() if v is not None])
        return f"{self.path}?{query}" if query else self.path

    @property
    def path(self) -> str:
        """Return the path of the page, without the version of the JSON and `.json`."""
        return str(self.request.url.path).removeprefix(API).removesuffix(".json")

    @property
    def json(self) -> str:
        """Return the address of the same page as JSON."""
        query = self.request.url.query
        return f"{'/stories' if self.path == '/' else self.path}.json{f'?{query}' if query else ''}"

    @property
    def reader(self) -> str:
        """Return the name under which this reader judged last."""
        return wording.one_line(unquote(self.request.cookies.get(READER, ""))) or self.room.reader

    @property
    def done(self) -> Judgement | None:
        """Return what this reader just judged, as the address says; None where it was taken back since."""
        key = self.text("done")
        rows = self.room.store.remember("judgements", judgements) if key else []
        return next((row for row in rows if judgement_id(row.this, row.that) == key), None)


View = Callable[[Asked], Mapping[str, Any]]
Change = Callable[[Asked, FormData], str]
"""Takes a form and returns the address to go on at."""
Look = Callable[[Asked, FormData], Awaitable[Mapping[str, Any]]]
"""Takes a form and tells what it asks for, keeping nothing."""
Refused = Callable[[FormData, UsageError], Mapping[str, Any]]
"""Tells a form that cannot be answered as it was sent, and why."""
Answer = Callable[[Request], Awaitable[Response]]


def as_page(view: View, template: str) -> Answer:
    """Return what answers with a view as HTML."""

    async def answer(request: Request) -> Response:
        asked = Asked(request, request.app.state.room)
        return await run_in_threadpool(lambda: HTMLResponse(render(asked, template, view(asked))))

    return answer


def as_json(view: View) -> Answer:
    """Return what answers with a view as JSON."""

    async def answer(request: Request) -> Response:
        asked = Asked(request, request.app.state.room)
        return await run_in_threadpool(lambda: _Json(dict(view(asked))))

    return answer


def as_change(change: Change) -> Answer:
    """Return what takes a form that was sent from one of the room's own pages, and goes on to another page."""

    async def answer(request: Request) -> Response:
        asked = Asked(request, request.app.state.room)
        async with own_form(asked, changes=True) as form:
            to, who = await run_in_threadpool(change, asked, form), said(form, "who")
        response = RedirectResponse(to, 303)
        if who:
            # A header has no letters but those of Latin-1, and Łukasz and Ольга judge as well.
            response.set_cookie(READER, quote(who), max_age=31_536_000, httponly=True, samesite="strict")
        return response

    return answer


def as_look(look: Look, template: str, refused: Refused) -> Answer:
    """Return what answers a form with a page, or with JSON where the address asks for that; one that is `refused` stays."""

    async def answer(request: Request) -> Response:
        asked = Asked(request, request.app.state.room)
        status, as_data = 200, request.url.path.endswith(".json")
        async with own_form(asked, changes=False) as form:
            try:
                told = await look(asked, form)
            except UsageError as error:
                if as_data:
                    raise
                told, status = refused(form, error), 400
        return _Json(dict(told)) if as_data else HTMLResponse(render(asked, template, told), status)

    return answer


@asynccontextmanager
async def own_form(asked: Asked, changes: bool) -> AsyncIterator[FormData]:
    """Lend the form that was sent; raises UsageError when no page of this room sent it, or it `changes` what may not be."""
    if changes and not asked.room.may_write:
        raise UsageError("This room is for reading only; start it without --read-only to judge and to add pages.")
    origin, host = asked.request.headers.get("origin"), asked.request.headers.get("host")
    async with asked.request.form(max_part_size=8_000_000, max_files=2_000) as form:
        known = hmac.compare_digest(said(form, "room").encode(), asked.room.secret.encode())
        if not known or (origin is not None and split_address(origin).netloc != host):
            raise UsageError(
                "This form does not come from a page of this room, or the room was started anew: load the page again."
            )
        yield form


def said(form: FormData, name: str) -> str:
    """Return what a field of a form says, on one line."""
    value = form.get(name)
    return wording.one_line(value) if isinstance(value, str) else ""


async def tell_error(request: Request, error: Exception) -> Response:
    """Answer with the sentence of an error; a store that is in use is asked for again in a while."""
    in_use = isinstance(error, StoreInUse)
    busy = in_use and request.method == "GET"
    status = 503 if in_use else 404 if isinstance(error, UsageError) and request.method == "GET" else 400
    headers = {"Retry-After": "5"} if busy else {}
    if request.url.path.endswith(".json"):
        return _Json({"error": str(error)}, status, headers)
    asked = Asked(request, request.app.state.room)
    return HTMLResponse(render(asked, "error.html", {"sentence": str(error), "busy": busy}), status, headers)


async def tell_missing(request: Request, error: Exception) -> Response:
    """Answer that there is no such page."""
    return await tell_error(request, UsageError("There is no such page in this room.") if error else StemmaError())


def render(asked: Asked, template: str, view: Mapping[str, Any]) -> str:
    """Return a view as HTML; everything that comes from a saved page is escaped."""
    return _environment().get_template(template).render({**view, "asked": asked, "room": asked.room, "version": __version__})


def read_templates() -> None:
    """Make all templates ready, which takes half a second of the processor where it is done for the first page."""
    for name in _environment().list_templates(filter_func=lambda name: name.endswith(".html")):
        _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = templates("stemma.room", "stemma.show")
    environment.globals |= {"marked": wording.MARKED, "files": version()}
    return environment


class _Json(JSONResponse):
    """JSON as the account writes it."""

    def render(self, content: Any) -> bytes:  # noqa: ANN401 - whatever a view tells
        return json_text(content, 1).encode()


TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
KEPT = {"cache-control": "private, max-age=31536000, immutable"}
"""Two styles stand before the first paint of every page; whoever asks for them under their version need not ask again."""


@cache
def assets() -> dict[str, bytes]:
    """Return the files by their names, and the style of the one-page account, which the room's is laid over."""
    own = {f.name: f.read_bytes() for f in files("stemma.room").joinpath("static").iterdir() if "." in f.name}
    return own | {"page.css": files("stemma.show").joinpath("templates", "style.css").read_bytes()}


@cache
def version() -> str:
    """Return what changes when one of the files does."""
    return ids.digest(*(f"{name} {content.hex()}" for name, content in sorted(assets().items())))[:8]
