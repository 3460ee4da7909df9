"""What stands before every page: who may ask, and what a browser may do with the answer."""

import hmac
from contextlib import suppress
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
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

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        # Whoever went away while a form was read waits for no answer.
        with suppress(ClientDisconnect):
            await (refusal or self._app)(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if self._token is None:
            host = headers.get("host", "").lower()
            named = host if host.endswith("]") else host.rsplit(":", 1)[0]
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
