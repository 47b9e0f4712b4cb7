"""Guarding: who may ask the server of a preview, and under which policy its pages live.

It promises that no other host's name, no other site and no page without this server's token gets
anything done: requests with a foreign `Host` (DNS rebinding), from a foreign origin, or from
another site (Fetch Metadata) are refused before a route sees them. Nothing but the server's own
files is loaded by its pages (CSP 3).
"""

from __future__ import annotations

from hmac import compare_digest

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN = "x-publisher-token"  # noqa: S105 (a header's name)
POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)
_READING = {"GET", "HEAD"}
# What a browser says of a page of this server, and of an address that somebody typed.
_OWN_SITES = {"same-origin", "none"}


class Guard:
    """Stands before an application that is served at a port of this machine."""

    def __init__(self, app: ASGIApp, port: int, token: str) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        self._origins = {None, *(f"http://{host}" for host in self._hosts)}
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            return
        if self._is_refused(scope["method"], Headers(scope=scope)):
            refusal = PlainTextResponse("refused\n", 403)
            await refusal(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS:
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, guarded)

    def _is_refused(self, method: str, headers: Headers) -> bool:
        return (
            headers.getlist("host") not in [[host] for host in self._hosts]
            or headers.get("origin") not in self._origins
            or headers.get("sec-fetch-site", "none") not in _OWN_SITES
            or (method not in _READING and not self._may_write(headers))
        )

    def _may_write(self, headers: Headers) -> bool:
        """Whether a request has the token that only pages of this server know."""
        return compare_digest(headers.get(TOKEN, "").encode(), self._token.encode())
