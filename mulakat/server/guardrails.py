"""What every request passes first: whose name and origin it bears, how large it is; and the
headers that every response carries. Plain ASGI, so that WebSockets pass it too."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders

from mulakat.server.auth import host_allowed, origin_allowed
from mulakat.server.limits import MAX_BODY, MAX_DOCUMENT

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Refusal = tuple[int, str, str, str]
"""Status, code, message, fix."""

_DOCUMENT = re.compile(r"/api/interviews/[^/]+/documents/[^/]+")


def _largest(scope: Scope) -> int:
    """Bytes that a request's body may have: only documents are large."""
    is_document = scope.get("method") == "PUT" and _DOCUMENT.fullmatch(scope["path"])
    return MAX_DOCUMENT if is_document else MAX_BODY


def _too_large(largest: int) -> Refusal:
    size = f"{largest // 1024} KB" if largest < 1_000_000 else f"{largest // 1_000_000} MB"
    return 413, "too_large", f"The request is larger than {size}.", "Shorten it."


_STUMBLED: Refusal = (
    500,
    "internal",
    "Something went wrong on this side.",
    "Try again; the log says more.",
)

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
        if refusal := self._refusal(scope, headers):
            await _refuse(scope, send, *refusal)
        elif scope["type"] == "websocket":
            await self.app(scope, receive, send)
        else:
            await self._answer(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> Refusal | None:
        host = ", ".join(headers.getlist("host"))  # two of them are no name of ours
        if not host_allowed(host, self.hosts):
            return 403, "host", f"This server is not called {host[:80]!r}.", "Use its own address."
        if not origin_allowed(headers.get("origin"), host):
            return 403, "origin", "Another site may not use this server.", "Open its own page."
        length = headers.get("content-length", "0")
        if scope["type"] == "http" and length.isdecimal() and int(length[:12]) > _largest(scope):
            return _too_large(_largest(scope))
        return None

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer; a body that grows too large and a stumble are answered here."""
        exchange = _Exchange(receive, send, _largest(scope))
        try:
            await self.app(scope, exchange.receive, exchange.send)
        except Exception:
            if exchange.begun:
                raise
            log.exception("request failed")
            await _refuse(scope, send, *_STUMBLED)
            return
        if exchange.too_large and not exchange.begun:
            await _refuse(scope, send, *_too_large(_largest(scope)))


class _Exchange:
    """One request: its body is cut off past the limit even where its length was not announced."""

    def __init__(self, receive: Receive, send: Send, largest: int) -> None:
        self._largest = largest
        self._receive, self._send = receive, _with_headers(send)
        self._seen = 0
        self.too_large = False
        self.begun = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > self._largest:
            self.too_large = True
            return {"type": "http.disconnect"}
        return message

    async def send(self, message: Message) -> None:
        if self.too_large and not self.begun:
            return  # what the application makes of half a body is not the answer
        self.begun = True
        await self._send(message)


def _with_headers(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return with_headers


async def _refuse(scope: Scope, send: Send, status: int, code: str, message: str, fix: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 4403, "reason": code})
        return
    body = json.dumps({"code": code, "message": message, "fix": fix}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    send = _with_headers(send)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
