"""A hub on loopback that can misbehave, and a small catalogue to fetch from it."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from mulakat.catalogue import entry as entry_module
from mulakat.catalogue.entry import Entry, FileSpec, HubSource
from mulakat.catalogue.hub import HubOptions
from mulakat.settings import Settings

GGUF = b"GGUF" + bytes(range(256)) * 4000


@dataclass
class Hub:
    """`files` by path; `faults` are used up one a request: "cut", "hang", "drip", or a status code."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[str | int] = field(default_factory=list)
    ranges: bool = True
    linked: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    seen: list[tuple[str, str]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def paths(self) -> list[str]:
        return [path for path, _ in self.seen]


def handler(hub: Hub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

        def do_GET(self) -> None:
            span = self.headers.get("Range", "")
            if self.path in hub.linked:  # the hub sends on to a storage server, as the real one does
                self.send_response(302)
                self.send_header("Location", f"{hub.url}/storage{self.path}")
                self.send_header("X-Linked-Etag", f'"{hub.linked[self.path]}"')
                self.send_header("X-Linked-Size", str(len(hub.files[self.path])))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            path = self.path.removeprefix("/storage")
            hub.seen.append((path, span))
            fault = hub.faults.pop(0) if hub.faults else ""
            if fault == "hang":
                hub.stop.wait(20)
                return
            if isinstance(fault, int) or path not in hub.files:
                self.send_error(fault if isinstance(fault, int) else 404)
                return
            self.answer(hub.files[path], span, fault)

        def answer(self, body: bytes, span: str, fault: str) -> None:
            start = int(span.removeprefix("bytes=").rstrip("-")) if span and hub.ranges else 0
            if start and start >= len(body):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(body)}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            if hub.etag:
                self.send_header("ETag", f'"{hub.etag}"')
            rest = body[start:]
            self.send_header("Content-Length", str(len(rest)))
            self.end_headers()
            if fault == "cut":
                self.wfile.write(rest[: len(rest) // 2])
                self.close_connection = True
                return
            for i in range(0, len(rest), 1 << 16):
                self.wfile.write(rest[i : i + (1 << 16)])
                if fault == "drip":
                    time.sleep(0.05)

    return Handler


@pytest.fixture
def hub() -> Iterator[Hub]:
    made = Hub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(made))
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.stop.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def options(hub: Hub) -> HubOptions:
    return HubOptions(endpoint=hub.url, attempts=3, pause=0.01, connect_timeout=5, read_timeout=5)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def small(name: str = "small", sha256: str = "", **more: Any) -> Entry:
    """A model of one file, `small.gguf`, on the hub."""
    values: dict[str, Any] = {
        "name": name,
        "title": "Small",
        "kind": "embedding",
        "licence": "MIT",
        "languages": ("en",),
        "memory": 1000,
        "files": (FileSpec("small.gguf", len(GGUF), sha256),),
        "sources": (HubSource("hub", "some/small"),),
    }
    return Entry(**(values | more))


@pytest.fixture
def shelve(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Replaces the program's catalogue by the given entries."""

    def use(*entries: Entry) -> Entry:
        monkeypatch.setattr(entry_module, "_own", lambda: {e.name: e for e in entries})
        return entries[0]

    return use
