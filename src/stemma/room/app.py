"""The room as a web application: which address shows which page, and who may ask."""

import hmac
import re
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request, cookie_parser
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stemma.engines import changed_by_others
from stemma.errors import StemmaError, StoreDamaged, UsageError
from stemma.room.adding import add_pages, follow
from stemma.room.drafts import check_text, refused
from stemma.room.kept_story import find, tell
from stemma.room.matrix import matrix_csv
from stemma.room.routes import PAGES, described
from stemma.room.stories import catalogue
from stemma.room.story import first_page
from stemma.room.verdicts import judge_it, name_reader, note_it, rate_it, take_back
from stemma.room.web import (
    API,
    KEPT,
    TYPES,
    Asked,
    Change,
    Room,
    as_change,
    as_json,
    as_look,
    as_page,
    assets,
    own_form,
    read_templates,
    tell_error,
    tell_missing,
    version,
)
from stemma.show.page import render

CHANGES: dict[str, Change] = {
    "/judge": judge_it, "/undo": take_back, "/note": note_it, "/rate": rate_it, "/reader": name_reader,
}  # fmt: skip
"""Each form by the address that it is sent to."""
_AHEAD = 1_000
"""Reports of the largest story that is read before somebody asks for it: a larger one takes memory that nobody may need."""


def room_app(room: Room) -> Starlette:
    """Return the application that shows a room's store."""
    told = [Route(page.json, as_json(page.view)) for page in PAGES]
    routes: list[BaseRoute] = [
        Route("/static/{name}", _static), Route("/story/{story}.html", _whole_page), Route("/openapi.json", _description),
        Route("/story/{story}/matrix.csv", _matrix_csv), Mount(API, routes=told), *told,
    ]  # fmt: skip
    routes += [Route(page.path, as_page(page.view, page.template)) for page in PAGES]
    check = as_look(check_text, "check.html", refused)
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


async def _description(_request: Request) -> Response:
    return JSONResponse(described())


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
    if name not in assets():
        return await tell_missing(request, KeyError())
    kept = KEPT if request.url.query == version() else None
    return Response(assets()[name], media_type=TYPES[name.rsplit(".", 1)[-1]], headers=kept)


def run(room: Room, host: str, port: int, ready: Callable[[int], None]) -> None:
    """Serve a room until it is stopped; `ready` is told the port once there is one.

    Raises StoreError when the store cannot be used, UsageError when the port is taken.
    """
    with room.store.reading():
        pass
    listener = _listen(host, port)
    Thread(target=prepare, args=(room,), daemon=True).start()
    # A request that is none gets its answer; what uvicorn says of it beside is for who wrote the room.
    config = uvicorn.Config(room_app(room), ws="none", log_level="error", access_log=False, timeout_graceful_shutdown=2)
    ready(listener.getsockname()[1])
    uvicorn.Server(config).run(sockets=[listener])


def prepare(room: Room) -> None:
    """Read what takes longest before somebody asks for it: the templates, the list of stories, the largest story."""
    read_templates()
    with suppress(StemmaError):
        stories = room.store.remember("stories", catalogue)
        first = next((s["id"] for s in stories if s["best"] is not None and s["reports"] <= _AHEAD), None)
        if first is not None and find(room.store, first)[1]:
            first_page(tell(room.store, first))


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError(f"Port {port} of {host} cannot be listened at ({error.strerror}); give another with --port.") from error


LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_PORT = re.compile(r":\d+\Z", re.ASCII)
_COOKIE = "stemma_token"
_HEADERS = {
    "content-security-policy": POLICY, "x-content-type-options": "nosniff", "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin", "cache-control": "no-cache",
}  # fmt: skip


class Guard:
    """Lets in who asks by a loopback name or, where the room has a token, who knows it; every answer gets the same policy.

    Without the check of names, a page of the web whose name is made to point here could read the room.
    """

    def __init__(self, app: ASGIApp, token: str | None) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or turn it away."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        # Whoever went away while a form was read waits for no answer.
        with suppress(ClientDisconnect):
            try:
                await (refusal or self._app)(scope, receive, send_guarded)
            except Exception:
                changed = None if begun else await run_in_threadpool(changed_by_others)
                if not changed:
                    raise
                answer = await tell_error(Request(scope, receive), StoreDamaged(changed))
                await answer(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if self._token is None:
            host = headers.get("host", "").lower()
            named = _PORT.sub("", host)
            return None if named in LOOPBACK else PlainTextResponse("This room answers to 127.0.0.1 and localhost only.", 421)
        if self._is_token(cookie_parser(headers.get("cookie", "")).get(_COOKIE, "")):
            return None
        given = parse_qs(scope["query_string"].decode("ascii", "replace")).get("token", [""])[0]
        if not self._is_token(given):
            return PlainTextResponse("Open this room with the address that `stemma serve` printed: it ends in ?token=…", 401)
        response = RedirectResponse(f"/{scope['path'].lstrip('/')}", 303)
        response.set_cookie(_COOKIE, given, httponly=True, samesite="strict")
        return response

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), (self._token or "").encode())
