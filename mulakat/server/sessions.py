"""Whose request it is: the browser session behind a cookie."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from mulakat.server import auth


def owner_of(request: Request) -> str:
    """The hash of the browser session, or "" for none."""
    cookie = request.cookies.get(auth.COOKIE, "")
    return auth.digest(cookie) if cookie else ""


Owner = Annotated[str, Depends(owner_of)]
