"""The HTTP routes over real sockets: what they give, whom they refuse, and the headers that all carry."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import Open
from house import ANSWERS, House, building_of, fake_engine

from mulakat.errors import StoreError
from mulakat.server.app import create_app
from mulakat.server.auth import COOKIE
from mulakat.server.limits import MAX_BODY
from mulakat.store import Store

SETUP = {"language": "en", "field": "software", "role": "Backend engineer", "turns": 3}
MARKER = "quetzalcoatl-marker-7531"


def test_options_and_sample(house: House) -> None:
    http = house.browser().http
    for language in ("en", "tr"):
        options = http.get("/api/options", params={"language": language}).json()
        assert options["fields"][0]["id"] == "general"
        assert all(field["roles"] for field in options["fields"])
        assert {v["language"] for v in options["voices"]} == {"en", "tr"}
        made = http.post("/api/interviews/sample", json={"language": language}).json()
        one = http.get(f"/api/interviews/{made['id']}").json()
        assert one["setup"]["language"] == language
        assert one["state"] == "new"
        assert one["turns"] == []


def test_setup_is_kept_as_it_was_given(house: House) -> None:
    browser = house.browser()
    name = browser.new(
        "tr",
        role="  Öğretmen ",
        minutes=20,
        level="senior",
        kind="technical",
        mode="exam",
        speed=1.2,
        seed=7,
    )
    one = browser.http.get(f"/api/interviews/{name}").json()
    kept = {"role": "Öğretmen", "minutes": 20, "turns": None, "level": "senior", "kind": "technical"}
    assert kept.items() <= one["setup"].items()
    assert one["total"] is None
    assert one["hidden"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "de"},
        {"role": ""},
        {"role": "x" * 121},
        {"turns": 1},
        {"turns": 41},
        {"turns": 5, "minutes": 5},
        {"speed": 3},
        {"admin": True},
        {"seed": -1},
        {"seed": 2**31},
    ],
)
def test_wrong_setups_are_named(house: House, wrong: dict[str, Any]) -> None:
    response = house.browser().http.post("/api/interviews", json={**SETUP, **wrong})
    assert response.status_code == 422
    fault = response.json()
    assert set(fault) == {"code", "message", "fix"}
    assert "Traceback" not in response.text


async def test_past_interviews_belong_to_their_session(house: House) -> None:
    mine, theirs = house.browser(), house.browser()
    name = mine.new()
    async with mine.page(name) as page:
        await page.hello()
        await page.turn()
        await page.to_the_end()
    (line,) = mine.http.get("/api/interviews").json()
    assert line["id"] == name
    assert line["state"] == "ended"
    assert line["answers"] == 3
    assert theirs.http.get("/api/interviews").json() == []
    paths = [f"/api/interviews/{name}{tail}" for tail in ("", "/transcript.pdf", "/transcript.json")]
    for path in paths:
        assert theirs.http.get(path).status_code == 404
        assert mine.http.get(path).status_code == 200
    assert theirs.http.delete(f"/api/interviews/{name}").status_code == 404
    assert theirs.http.delete("/api/interviews").json() == {"deleted": 0}
    assert len(mine.http.get("/api/interviews").json()) == 1
    told = mine.http.get(paths[2]).json()
    assert [t["speaker"] for t in told["turns"]] == ["interviewer", "candidate"] * 3 + ["interviewer"]
    text = mine.http.get(f"/api/interviews/{name}/transcript.txt", params={"zone": "Europe/Istanbul"}).text
    assert ANSWERS["en"][0][:40] in " ".join(text.split())


async def test_deleting_leaves_no_trace_on_the_disk(house: House, store: Store, tmp_path: Path) -> None:
    browser, other = house.browser(), house.browser()
    names = [browser.new(role=f"{MARKER} role") for _ in range(3)]
    kept = other.new()
    for name in names:
        async with browser.page(name) as page:
            await page.hello()
            await page.turn()
            await page.answer(f"{MARKER} " + ANSWERS["en"][0], "a")
            await page.turn()
    assert _found(tmp_path)
    assert browser.http.delete(f"/api/interviews/{names[0]}").status_code == 204
    assert browser.http.get(f"/api/interviews/{names[0]}").status_code == 404
    assert len(browser.http.get("/api/interviews").json()) == 2
    assert browser.http.delete("/api/interviews").json() == {"deleted": 2}
    assert browser.http.get("/api/interviews").json() == []
    assert _found(tmp_path) == []
    assert other.http.get(f"/api/interviews/{kept}").status_code == 200


def _found(folder: Path) -> list[Path]:
    return [f for f in folder.rglob("*") if f.is_file() and MARKER.encode() in f.read_bytes()]


# ---------------------------------------------------------------- headers and cookies


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 200),
        ("GET", "/assets/index-abc.js", {}, 200),
        ("GET", "/past", {}, 200),
        ("GET", "/api/health", {}, 200),
        ("GET", "/api/nothing", {}, 404),
        ("GET", "/api/interviews/nothing", {}, 404),
        ("PUT", "/api/health", {}, 405),
        ("POST", "/api/interviews", {}, 422),
        ("GET", "/", {"Host": "evil.example"}, 403),
        ("GET", "/api/health", {"Origin": "http://evil.example"}, 403),
        ("POST", "/api/interviews", {"Content-Length": "70000"}, 413),
    ],
)
def test_security_headers_on_every_answer(
    house: House, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    body = b"x" * 70_000 if "Content-Length" in headers else None
    response = httpx.request(method, house.url + path, headers=headers, content=body)
    assert response.status_code == status
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "geolocation=()" in response.headers["permissions-policy"]
    assert not [h for h in response.headers if h.startswith("access-control")]
    if status >= 400:
        assert set(response.json()) == {"code", "message", "fix"}


async def test_stumble_is_one_sentence_with_all_headers(store: Store, page: Path) -> None:
    class Broken:
        def __getattr__(self, name: str) -> Any:
            raise RuntimeError("secret internals at /srv/x.py")

    app = create_app(building_of(store), page=page)
    app.state.desk.store = Broken()
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        response = await http.get("/api/interviews/some")
    assert response.status_code == 500
    assert response.json()["code"] == "internal"
    assert "secret" not in response.text
    assert "content-security-policy" in response.headers


def test_broken_database_is_said(open_house: Open, store: Store) -> None:
    class Broken:
        def __getattr__(self, name: str) -> Any:
            def fails(*_: object) -> None:
                raise StoreError("The file is damaged.", "Move it aside.")

            return fails if name in ("get", "summaries", "create") else getattr(store, name)

    browser = open_house(store=Broken()).browser()
    for response in (
        browser.http.get("/api/interviews"),
        browser.http.get("/api/interviews/some"),
        browser.http.post("/api/interviews", json=SETUP),
    ):
        assert response.status_code == 503
        assert response.json() == {
            "code": "store",
            "message": "The file is damaged.",
            "fix": "Move it aside.",
        }


def test_cookie(house: House) -> None:
    response = httpx.get(house.url)
    (cookie,) = response.headers.get_list("set-cookie")
    assert cookie.startswith(f"{COOKIE}=")
    assert len(cookie.split(";")[0]) >= len(COOKIE) + 44
    flags = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/"} <= flags
    assert not [f for f in flags if f.startswith("domain")]
    again = httpx.get(house.url, headers={"Cookie": cookie.split(";")[0]})
    assert "set-cookie" not in again.headers
    assert "set-cookie" not in httpx.get(f"{house.url}/assets/index-abc.js").headers


def test_link_from_another_site_does_not_replace_the_cookie(house: House) -> None:
    """The browser withholds a strict cookie then; a new one would hide the past interviews."""
    assert "set-cookie" not in httpx.get(house.url, headers={"Sec-Fetch-Site": "cross-site"}).headers
    assert "set-cookie" in httpx.get(house.url, headers={"Sec-Fetch-Site": "none"}).headers


def test_empty_cookie_is_none(house: House) -> None:
    made = httpx.post(f"{house.url}/api/interviews", json=SETUP, headers={"Cookie": f"{COOKIE}="})
    cookie = made.headers["set-cookie"].split(";")[0]
    lines = httpx.get(f"{house.url}/api/interviews", headers={"Cookie": cookie}).json()
    assert [line["id"] for line in lines] == [made.json()["id"]]


def test_no_cors_preflight(house: House) -> None:
    asked = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    assert httpx.options(f"{house.url}/api/interviews", headers=asked).status_code == 403


# ---------------------------------------------------------------- bodies and paths


def test_body_too_large_with_and_without_its_length(house: House) -> None:
    def chunks() -> Any:
        for _ in range(40):
            yield b"x" * 4096

    big = b"x" * (MAX_BODY + 1)
    for content in (big, chunks()):
        response = httpx.post(f"{house.url}/api/interviews", content=content)
        assert response.status_code == 413
        assert response.json()["code"] == "too_large"
    assert httpx.get(f"{house.url}/api/health").status_code == 200


@pytest.mark.parametrize("length", ["abc", "-5", "1e9", "99999999999999999999999"])
def test_odd_content_lengths(house: House, length: str) -> None:
    with socket.create_connection(("127.0.0.1", house.port)) as raw:
        raw.sendall(
            b"POST /api/interviews HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + f"Content-Length: {length}\r\n\r\n{{}}".encode()
        )
        raw.shutdown(socket.SHUT_WR)
        status = raw.recv(64).split(b" ")[1:2]
    assert status in ([b"400"], [b"413"], [])
    assert httpx.get(f"{house.url}/api/health").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe",
        b"[" * 50_000,
        b"null",
        b'{"language":"en","field":"\\ud800","role":"x"}',
        b"{" + b" " * 60_000,
    ],
)
def test_odd_bodies(house: House, body: bytes) -> None:
    response = httpx.post(
        f"{house.url}/api/interviews", content=body, headers={"Content-Type": "application/json"}
    )
    assert response.status_code in (400, 422)
    assert set(response.json()) == {"code", "message", "fix"}


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/..%5c..%5csecret.txt",
        "/%00",
        "/" + "a" * 5000,
        "//etc/passwd",
    ],
)
def test_paths_do_not_leave_the_page(house: House, path: str) -> None:
    with socket.create_connection(("127.0.0.1", house.port)) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while part := raw.recv(65536):
            answer += part
    assert b"not part of the page" not in answer
    assert b"root:" not in answer
    assert answer.split(b" ")[1] in (b"200", b"400", b"404")


def test_page_that_is_not_built(store: Store, tmp_path: Path) -> None:
    with House(building_of(store, fake_engine()), tmp_path / "nothing") as house:
        response = httpx.get(house.url)
        assert response.status_code == 503
        assert "make setup" in response.text


def test_assets_are_kept_and_the_page_is_not(house: House) -> None:
    assert "immutable" in httpx.get(f"{house.url}/assets/index-abc.js").headers["cache-control"]
    assert httpx.get(house.url).headers["cache-control"] == "no-store"
    assert httpx.get(f"{house.url}/room/abc").text == httpx.get(house.url).text


def test_token_opens_one_interview_only(house: House) -> None:
    http = house.browser().http
    made = http.post("/api/interviews", json=SETUP).json()
    other = http.post("/api/interviews", json=SETUP).json()
    with_token = {"Authorization": f"Bearer {made['token']}"}
    assert httpx.get(f"{house.url}/api/interviews/{made['id']}", headers=with_token).status_code == 200
    assert httpx.get(f"{house.url}/api/interviews/{other['id']}", headers=with_token).status_code == 404
    assert httpx.get(f"{house.url}/api/interviews", headers=with_token).json() == []
    assert httpx.delete(f"{house.url}/api/interviews/{made['id']}", headers=with_token).status_code == 204
