"""Who may speak: session cookie, per-interview tokens, Host and Origin.

Does not: store anything but hashes; a stolen database opens no interview.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

COOKIE = "mulakat_session"
_HOST = re.compile(r"(\[(?P<six>[\da-fA-F:.]+)\]|(?P<name>[\w.-]+))(:\d{1,5})?", re.ASCII)
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
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    name = (match["six"] or match["name"]).lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost") or name in allowed:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def origin_allowed(origin: str | None, host: str) -> bool:
    """Whether a request's Origin, if it has one, is this server itself."""
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == host.lower() != ""
    except ValueError:  # no address at all
        return False
