"""`mulakat serve` as a process: killed, started again, and what it says when it cannot start."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from house import (
    ANSWERS,
    ROOT,
    TIMEOUT,
    Browser,
    Page,
    check_log,
    environment,
    free_port,
    mulakat,
    questions,
    served,
    sqlite_store,
    until,
)

from mulakat.errors import PortInUse, SettingsError
from mulakat.serve import _bind, serve
from mulakat.settings import Settings


async def _wait_for(page: Page, moment: str) -> None:
    """Read on until the moment at which the server is killed."""
    if moment == "answer stored":
        await page.until("answer")
    elif moment == "move stored":
        await page.until("move")
    elif moment == "between sentences":
        await page.until("sentence")
    else:
        await page.until("reply")


@pytest.mark.timeout(300)
async def test_killed_and_started_again_it_goes_on_where_it_was(tmp_path: Path) -> None:
    port, env = free_port(), environment(tmp_path, MULAKAT_ENGINE="fake")
    seen: list[dict[str, object]] = []
    moments = ["answer stored", "move stored", "between sentences", "reply stored"]
    browser, name = None, ""
    for n, moment in enumerate([*moments, ""]):
        with served(env, port) as process:
            if browser is None:
                browser = Browser(f"http://127.0.0.1:{port}")
                name = browser.new(turns=6)
            async with browser.page(name) as page:
                await page.hello(int(str(seen[-1]["seq"])) if seen else 0)
                if not seen or page.got[-1]["phase"] != "listening":
                    await page.turn()
                if moment:
                    await page.answer(f"{ANSWERS['en'][n % 3]} {n}", f"a{n}")
                    await _wait_for(page, moment)
                    process.send_signal(signal.SIGKILL)
                    process.wait(TIMEOUT)
                else:
                    await page.send("ping")
                    await page.until("pong")
                    if page.events:
                        page.got.append({"type": "none"})
                    await page.to_the_end(name="z")
                seen += page.events
    with sqlite_store(tmp_path) as store:
        log = store.events(name)
    check_log(log)
    assert [e["seq"] for e in seen] == [e.seq for e in log]
    assert len(questions(log)) == 6
    assert len(set(questions(log))) == 6
    assert log[-1].data["reason"] == "complete"
    assert [e.data["id"] for e in log if e.kind == "answer"][:4] == ["a0", "a1", "a2", "a3"]


def test_answer_that_was_not_stored_may_be_sent_again(tmp_path: Path) -> None:
    """Killed before anything of the answer arrived: the page sends it again with the same id."""
    port, env = free_port(), environment(tmp_path)
    with served(env, port):
        browser = Browser(f"http://127.0.0.1:{port}")
        name = browser.new()
    with served(env, port):
        assert browser.http.get(f"/api/interviews/{name}").json()["state"] == "new"
        assert [line["id"] for line in browser.http.get("/api/interviews").json()] == [name]


def test_stops_when_it_is_asked_to(tmp_path: Path) -> None:
    with served(environment(tmp_path), free_port()) as process:
        process.send_signal(signal.SIGINT)
        process.wait(TIMEOUT)
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
    assert not [p for p in tmp_path.rglob("*-wal") if p.stat().st_size]


def test_json_says_where(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "mulakat", "serve", "--port", str(port), "--json"]
    process = subprocess.Popen(command, env=environment(tmp_path), stdout=subprocess.PIPE, text=True)
    try:
        until(lambda: _up(port))
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=TIMEOUT)
    finally:
        process.kill()
    assert json.loads(out) == {"url": f"http://127.0.0.1:{port}/", "data": str(tmp_path)}


def _up(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/api/health").status_code == 200
    except httpx.TransportError:
        return False


def test_bare_machine_is_told_what_is_missing_and_is_served(tmp_path: Path) -> None:
    """No model there: a note names it, and the interview is held in the packs' words."""
    port, env = free_port(), environment(tmp_path, MULAKAT_ENGINE="local")
    command = [sys.executable, "-m", "mulakat", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        until(lambda: _up(port))
        assert Browser(f"http://127.0.0.1:{port}").http.get("/api/options").json()["engine"] == "packs"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=TIMEOUT)
    finally:
        process.kill()
    assert "Note:" in out
    assert "models fetch" in out
    assert "Traceback" not in err


# ---------------------------------------------------------------- what it says when it cannot start


def _refused(env: dict[str, str], *more: str) -> str:
    done = mulakat("serve", *more, env=env)
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("mulakat: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert "site-packages" not in done.stderr
    return done.stderr


def test_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = _refused(environment(tmp_path), "--port", str(port))
    assert f"Port {port} is in use" in said
    assert f"MULAKAT_PORT={port + 1}" in said


def test_port_is_taken_before_the_model_loads() -> None:
    """Two that start at the same moment: the second learns of it at once."""
    with _bind("127.0.0.1", 0) as first, pytest.raises(PortInUse):
        _bind("127.0.0.1", first.getsockname()[1])


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::"])
def test_other_addresses_need_a_second_word(
    tmp_path: Path, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MULAKAT_ALLOW_NETWORK", raising=False)
    with pytest.raises(SettingsError, match="network") as refused:
        serve(Settings(data=tmp_path, host=host, engine="none", open=False))
    assert "MULAKAT_ALLOW_NETWORK" in refused.value.fix


def test_address_that_is_not_this_machines(tmp_path: Path) -> None:
    env = environment(tmp_path, MULAKAT_ALLOW_NETWORK="1")
    assert "MULAKAT_HOST" in _refused(env, "--host", "192.0.2.1", "--port", str(free_port()))


def test_broken_packs(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "mine.yaml").write_text("id: mine\nversion: [\n", "utf-8")
    port = str(free_port())
    said = _refused(environment(tmp_path, MULAKAT_PACKS=str(folder)), "--port", port)
    assert "mine.yaml, line" in said
    assert "MULAKAT_PACKS" in _refused(
        environment(tmp_path, MULAKAT_PACKS=str(folder / "no")), "--port", port
    )


def test_corrupt_database(tmp_path: Path) -> None:
    (tmp_path / "mulakat.sqlite3").write_bytes(b"this is no database " * 500)
    said = _refused(environment(tmp_path), "--port", str(free_port()))
    assert "mulakat.sqlite3" in said
    assert "aside" in said
    assert (tmp_path / "mulakat.sqlite3").read_bytes().startswith(b"this is no database")


def test_newer_database(tmp_path: Path) -> None:
    sqlite_store(tmp_path).close()
    with sqlite3.connect(tmp_path / "mulakat.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    said = _refused(environment(tmp_path), "--port", str(free_port()))
    assert "newer version" in said
    assert "MULAKAT_DATA" in said


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"MULAKAT_PORT": "http"}, "MULAKAT_PORT"),
        ({"MULAKAT_ENGINE": "gpt"}, "gpt"),
        ({"MULAKAT_ENGINE": "remote"}, "MULAKAT_REMOTE_URL"),
        ({"MULAKAT_DATABASE": "mysql://x/y"}, "MULAKAT_DATABASE"),
    ],
)
def test_wrong_settings(tmp_path: Path, more: dict[str, str], says: str) -> None:
    env = environment(tmp_path, **more)
    assert says in _refused(env, *([] if "MULAKAT_PORT" in more else ["--port", str(free_port())]))


# ---------------------------------------------------------------- nothing leaves the machine


def _alone(script: str, tmp_path: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a shell script in a network namespace that has only loopback."""
    probe = subprocess.run(["unshare", "-rn", "true"], capture_output=True, text=True)
    if probe.returncode:
        pytest.skip(f"network namespaces are not permitted here: {probe.stderr.strip()}")
    return subprocess.run(
        ["unshare", "-rn", "sh", "-ec", script],
        env={**env, "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        timeout=280,
        cwd=ROOT,
    )


UP = (
    "import fcntl, socket, struct;"
    " fcntl.ioctl(socket.socket(), 0x8914, struct.pack('16sh', b'lo', 0x1))"  # SIOCSIFFLAGS, IFF_UP
)
NO_WAY_OUT = """
import socket
try:
    socket.create_connection(("192.0.2.1", 80), 5)
except OSError as error:
    assert error.errno == 101, error
else:
    raise SystemExit("there is a way out")
"""
# Whatever is tried towards the outside is written down, also where the failure is swallowed.
WATCH = """
import os, socket, sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
        where = arguments[1] if event != "socket.getaddrinfo" else arguments[0]
        host = where[0] if isinstance(where, tuple) else where
        own = event != "socket.getaddrinfo" and arguments[0].family == socket.AF_UNIX
        if not own and host not in (None, "", "127.0.0.1", "::1", "localhost", b"localhost", b"127.0.0.1"):
            with open(os.environ["WATCHED"], "a") as out:
                out.write(f"{event} {where}\\n")
sys.addaudithook(watch)
"""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("engine", ["none", pytest.param("local", marks=pytest.mark.models)])
def test_whole_interview_with_only_loopback(
    tmp_path: Path, engine: str, request: pytest.FixtureRequest
) -> None:
    if sys.platform != "linux":
        pytest.skip("network namespaces are Linux's")
    env = _watched(tmp_path, engine, request)
    script = f"""
    "$PYTHON" -c "{UP}"
    WATCHED=/dev/null "$PYTHON" -c '{NO_WAY_OUT}'
    "$PYTHON" -m mulakat demo --turns 3 --json --out {tmp_path / "out"}
    """
    done = _alone(script, tmp_path, env)
    assert done.returncode == 0, done.stderr
    turns = json.loads(done.stdout)["transcript"]["turns"]
    assert len(turns) == 7
    assert (tmp_path / "out" / "transcript.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "watched").read_text() == ""


def test_server_with_only_loopback(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if sys.platform != "linux":
        pytest.skip("network namespaces are Linux's")
    env = _watched(tmp_path, "none", request)
    visit = (
        "import time, urllib.request as u, json\n"
        "def get(path, body=None):\n"
        "    made = u.Request('http://127.0.0.1:8123' + path, body, {'Content-Type': 'application/json'})\n"
        "    return json.load(u.urlopen(made, timeout=30))\n"
        "for _ in range(300):\n"
        "    try:\n"
        "        get('/api/health'); break\n"
        "    except OSError: time.sleep(0.2)\n"
        "assert get('/api/options')['fields']\n"
        "print(get('/api/interviews/sample', b'{\"language\": \"tr\"}')['id'])\n"
    )
    (tmp_path / "visit.py").write_text(visit, "utf-8")
    script = f"""
    "$PYTHON" -c "{UP}"
    "$PYTHON" -m mulakat serve --port 8123 & server=$!
    "$PYTHON" {tmp_path / "visit.py"}
    kill -INT $server; wait $server || true
    """
    done = _alone(script, tmp_path, env)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert (tmp_path / "watched").read_text() == ""


def _watched(tmp_path: Path, engine: str, request: pytest.FixtureRequest) -> dict[str, str]:
    """An environment in which every Python, workers included, writes down what it wants of the net."""
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(WATCH, "utf-8")
    (tmp_path / "watched").write_text("")
    more = {"MULAKAT_ENGINE": engine, "WATCHED": str(tmp_path / "watched")}
    if engine == "local":
        more["MULAKAT_MODELS"] = str(request.getfixturevalue("real_models"))
    env = environment(tmp_path / "data", **more)
    return {**env, "PYTHONPATH": os.pathsep.join([str(tmp_path / "hook"), str(ROOT)])}


def test_the_watch_sees_what_it_should(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    env = _watched(tmp_path, "none", request)
    program = (
        "import socket\ntry:\n socket.create_connection(('192.0.2.1', 80), 0.01)\nexcept OSError: pass"
    )
    subprocess.run([sys.executable, "-c", program], env=env, check=True, timeout=TIMEOUT)
    assert "192.0.2.1" in (tmp_path / "watched").read_text()
