"""`tools/postgres.sh`, which gives the other tests their server."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from sqlalchemy import text

from .helpers import behind

SCRIPT = Path(__file__).parents[2] / "tools" / "postgres.sh"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", str(SCRIPT), *arguments], capture_output=True, text=True)


@pytest.mark.postgres
def test_a_server_comes_and_goes(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    folder = tmp_path / "a folder"
    started = run("start", str(folder))
    if "not installed" in started.stderr or "no user postgres" in started.stderr:
        pytest.skip(started.stderr.strip())
    assert started.returncode == 0, started.stderr
    url = started.stdout.strip()
    room = Path(url.partition("?host=")[2])
    try:
        assert run("start", str(folder)).stdout.strip() == url
        with behind(url) as connection:
            assert connection.execute(text("SHOW server_encoding")).scalar() == "UTF8"
            assert connection.execute(text("SHOW listen_addresses")).scalar() == ""
    finally:
        assert run("stop", str(folder)).returncode == 0
    assert not room.exists()
    assert run("stop", str(folder)).returncode == 0


@pytest.mark.parametrize("arguments", [[], ["start"], ["dance", "folder"]])
def test_a_wrong_call_says_how(arguments: list[str], tmp_path: Path) -> None:
    refused = run(*arguments)
    assert refused.returncode == 1
    assert "start|stop DIR" in refused.stderr or "not installed" in refused.stderr
