"""Names, origins, tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulakat.server import auth


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8000",
        "127.0.0.1",
        "localhost:8000",
        "LOCALHOST",
        "localhost.",
        "a.localhost:1",
        "[::1]:8000",
    ],
)
def test_own_names(host: str) -> None:
    assert auth.host_allowed(host, frozenset())


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "notlocalhost",
        "127.0.0.1:8000@evil.example",
        "evil.example#127.0.0.1",
        "127.0.0.1:8000, evil.example",
        "127.0.0.1 evil.example",
        "192.168.1.5:8000",
        "0.0.0.0:8000",
        "[::1",
        "[fe80::1]",
        "2130706433",
        "127.0.0.1:port",
    ],
)
def test_other_names(host: str) -> None:
    assert not auth.host_allowed(host, frozenset())


def test_names_that_were_allowed() -> None:
    assert auth.host_allowed("career.example:443", frozenset({"career.example"}))


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        (None, True),
        ("http://127.0.0.1:8000", True),
        ("http://127.0.0.1:8001", False),
        ("http://localhost:8000", False),
        ("https://evil.example", False),
        ("null", False),
        ("", False),
        ("http://[", False),
        ("http://127.0.0.1:8000.evil.example", False),
    ],
)
def test_origins(origin: str | None, allowed: bool) -> None:
    assert auth.origin_allowed(origin, "127.0.0.1:8000") is allowed


@given(st.text(), st.text())
def test_no_header_is_too_odd(host: str, origin: str) -> None:
    auth.host_allowed(host, frozenset())
    auth.origin_allowed(origin, host)


def test_tokens() -> None:
    token = auth.new_token()
    assert len(token) >= 43
    assert token != auth.new_token()
    assert auth.matches(token, auth.digest(token))
    assert not auth.matches("", auth.digest(""))
    assert not auth.matches(token, auth.digest(auth.new_token()))
    assert token not in auth.digest(token)


@pytest.mark.parametrize(
    ("header", "token"),
    [("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic abc", ""), ("", ""), ("Bearer", "")],
)
def test_bearer(header: str, token: str) -> None:
    assert auth.bearer({"authorization": header}) == token
