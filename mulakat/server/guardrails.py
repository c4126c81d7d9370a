"""What every request passes first: whose name and origin it bears, how large it is; and the
headers that every response carries. Plain ASGI, so that WebSockets pass it too."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders

from mulakat.server.auth import host_allowed, origin_allowed
from mulakat.server.limits import MAX_BODY

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}


class Guardrails:
    """Wraps the application. `hosts` are names besides loopback ones that may stand in Host."""

    def __init__(
        self, app: Callable[[Scope, Receive, Send], Awaitable[None]], hosts: frozenset[str] = frozenset()
    ) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not host_allowed(host, self.hosts):
            await _refuse(
                scope, send, "host", f"This server is not called {host[:80]!r}.", "Use its own address."
            )
        elif not origin_allowed(headers.get("origin"), host):
            await _refuse(
                scope, send, "origin", "Another site may not use this server.", "Open its own page."
            )
        elif scope["type"] == "websocket":
            await self.app(scope, receive, send)
        elif int(headers.get("content-length") or 0) > MAX_BODY:
            await _refuse(
                scope,
                send,
                "too_large",
                f"The request is larger than {MAX_BODY // 1024} KB.",
                "Shorten it.",
                413,
            )
        else:
            await self.app(scope, _bounded(receive), _with_headers(send))


def _bounded(receive: Receive) -> Receive:
    """The body, cut off past the limit even where its length was not announced."""
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MAX_BODY:
            return {"type": "http.disconnect"}
        return message

    return bounded


def _with_headers(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return with_headers


async def _refuse(scope: Scope, send: Send, code: str, message: str, fix: str, status: int = 403) -> None:
    body = json.dumps({"code": code, "message": message, "fix": fix}).encode()
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 4403, "reason": code})
        return
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
