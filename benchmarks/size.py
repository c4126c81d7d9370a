"""How much a core install takes, what is in it, and the server's memory after an interview.

Makes a fresh virtual environment in a temporary folder, so that nothing of a developer's counts.

    python -m benchmarks.size
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import httpx
import psutil
from websockets.sync.client import connect

from benchmarks.common import ROOT, machine, out, table
from mulakat.catalogue import status
from mulakat.settings import load

ABSENT = ("torch", "pyarrow", "tensorflow", "transformers", "pandas")


def megabytes(folder: Path) -> float:
    """The files of a folder in MB (10^6 bytes), links not followed."""
    return sum(f.lstat().st_size for f in folder.rglob("*") if f.is_file() and not f.is_symlink()) / 1e6


def install() -> tuple[float, list[str]]:
    """MB of a fresh core install, and which heavy packages are in it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [f"{folder}/bin/python", "-m", "pip"]
        subprocess.run([*pip, "install", "--quiet", "--quiet", str(ROOT)], check=True)
        names = {
            row["name"].lower()
            for row in json.loads(subprocess.check_output([*pip, "list", "--format=json"], text=True))
        }
        return megabytes(Path(folder)), [n for n in ABSENT if n in names]


def memory() -> float:
    """Resident MB of server and its speech worker after eight short interviews."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        models = os.environ.get("MULAKAT_MODELS") or str(load().models_dir)
        env = {**os.environ, "MULAKAT_DATA": folder, "MULAKAT_MODELS": models, "MULAKAT_OPEN": "0"}
        command = [sys.executable, "-m", "mulakat", "serve", "--port", str(port), "--no-open"]
        server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
        try:
            _wait(port)
            for language in ("en", "tr") * 4:  # so that every slot of the engine has been used
                _interview(port, language)
            processes = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
            return sum(process.memory_info().rss for process in processes) / 1e6
        finally:
            server.terminate()
            server.wait(10)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not come up")


def _interview(port: int, language: str) -> None:
    body = {"language": language, "field": "software", "role": "Engineer", "turns": 5}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as browser:
        name = browser.post("/api/interviews", json=body).raise_for_status().json()["id"]
        cookie = "; ".join(f"{key}={value}" for key, value in browser.cookies.items())
    url = f"ws://127.0.0.1:{port}/api/interviews/{name}/live"
    with connect(url, max_size=None, additional_headers={"Cookie": cookie}) as live:
        live.send(json.dumps({"type": "hello", "after": 0}))
        answers = 0
        while True:
            frame = live.recv(timeout=60)
            if isinstance(frame, bytes):
                continue
            message = json.loads(frame)
            if message["type"] == "ended":
                return
            if message["type"] == "reply" and message["move"] != "farewell":
                answers += 1
                text = (
                    "Last year I rebuilt the Atlas service with two colleagues; errors fell by 40 percent. "
                    * 3
                )
                live.send(json.dumps({"type": "answer", "id": f"a{answers}", "text": text}))


def main() -> None:
    models = sum(s.bytes for s in status(load()) if s.entry.embedded) / 1e6
    size, heavy = install()
    out.print(machine())
    table(
        "Size",
        ["what", "MB"],
        [
            ["core install (fresh virtual environment)", f"{size:.0f}"],
            ["torch, pyarrow and the like in it", ", ".join(heavy) or "none"],
            ["embedded models", f"{models:.0f}"],
            ["server and speech worker, resident, after eight interviews", f"{memory():.0f}"],
        ],
    )


if __name__ == "__main__":
    main()
