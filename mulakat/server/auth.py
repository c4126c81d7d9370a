"""Who may speak: session cookie, per-interview tokens, Host and Origin.

Does not: store anything but hashes; a stolen database opens no interview.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

COOKIE = "mulakat_session"
COOKIE_AGE_S = 400 * 24 * 3600


def new_token() -> str:
    """An unguessable token, 256 bits."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """An interview's id, 128 bits."""
    return secrets.token_urlsafe(16)


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def matches(token: str, stored: str) -> bool:
    """Whether a token belongs to a stored digest, in constant time."""
    return bool(token) and hmac.compare_digest(digest(token), stored)


def bearer(headers: Mapping[str, str]) -> str:
    """The token of an Authorization header, or ""."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def host_allowed(host: str, allowed: frozenset[str]) -> bool:
    """Whether a Host header names this server: a loopback name, or one of `allowed`.

    Refusing other names stops pages that point their own name at 127.0.0.1 (DNS rebinding).
    """
    name = urlsplit(f"//{host}").hostname or ""
    if name == "localhost" or name.endswith(".localhost") or name in allowed:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def origin_allowed(origin: str | None, host: str) -> bool:
    """Whether a request's Origin, if it has one, is this server itself."""
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()
