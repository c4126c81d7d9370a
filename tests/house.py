"""A whole house for tests: real rooms, store and server; a scripted engine and a voice of tones."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self, cast

import httpx
import uvicorn
from pydantic import TypeAdapter
from websockets.asyncio.client import ClientConnection, connect

from mulakat.errors import DiskFull, MulakatError
from mulakat.interview.packs.library import load as load_packs
from mulakat.llm.fake import FakeEngine
from mulakat.llm.protocol import Engine
from mulakat.messages import Event, Language, Setup, Speech
from mulakat.room import Room, Services
from mulakat.room.reader import Reader
from mulakat.room.services import Building
from mulakat.server.app import create_app
from mulakat.server.limits import HARD_FRAME
from mulakat.server.schemas import ServerMessage
from mulakat.settings import Settings
from mulakat.speech.fake import FakeSynthesizer
from mulakat.store import Store, open_store

ROOT = Path(__file__).parents[1]
LIBRARY = load_packs()
READER = Reader(LIBRARY)
MESSAGES: TypeAdapter[Any] = TypeAdapter(ServerMessage)
TIMEOUT = 60.0
"""Seconds for anything to come; generous, since a loaded machine is no fault."""

ANSWERS: dict[Language, tuple[str, ...]] = {
    "en": (
        "I led the move of our billing service to Kubernetes last year, and I wrote the rollback "
        "plan myself because two earlier attempts had failed in the night and nobody knew why they "
        "had failed at all.",
        "The hardest part was the database. We had forty tables with foreign keys, so I wrote a "
        "small checker that compared both sides every hour, and it found three wrong totals before "
        "any customer saw them.",
        "I learned that a rehearsal is worth more than a plan. We now run the whole migration on a "
        "copy first, and our release time went down from three hours to twenty minutes, which the "
        "support team likes.",
    ),
    "tr": (
        "Geçen yıl fatura servisimizi Kubernetes'e taşıdım ve geri dönüş planını kendim yazdım, "
        "çünkü önceki iki deneme gece yarısı başarısız olmuştu ve kimse bunun nedenini tam olarak "
        "bilmiyordu.",
        "En zor kısım veritabanıydı. Kırk tablomuz vardı, bu yüzden her saat iki tarafı "
        "karşılaştıran küçük bir denetleyici yazdım ve müşteriler görmeden önce üç yanlış toplamı "
        "buldu.",
        "Provanın plandan daha değerli olduğunu öğrendim. Artık taşımayı önce bir kopya üzerinde "
        "deniyoruz ve yayın süremiz üç saatten yirmi dakikaya indi, destek ekibi de bundan çok "
        "memnun.",
    ),
}


def setup_of(language: Language = "en", turns: int | None = 4, **more: Any) -> Setup:
    role = "Backend engineer" if language == "en" else "Yazılım geliştirici"
    return Setup(language, "software", role, turns=turns, voice=f"fake:{language}", seed=3, **more)


@dataclass
class Log:
    """A store's events in memory."""

    kept: list[Event] = field(default_factory=list)

    def append(self, interview_id: str, kind: str, when: str, data: dict[str, Any]) -> Event:
        event = Event(len(self.kept) + 1, kind, when, json.loads(json.dumps(data)))
        self.kept.append(event)
        return event

    def events(self, interview_id: str, after: int = 0) -> list[Event]:
        return self.kept[after:]


class Failing:
    """A store whose disk is full for the appends numbered `fails` (from 1)."""

    def __init__(self, store: Any, fails: Callable[[int], bool]) -> None:
        self.store = store
        self.fails = fails
        self.tried = 0

    def append(self, interview_id: str, kind: str, when: str, data: dict[str, Any]) -> Event:
        self.tried += 1
        if self.fails(self.tried):
            raise DiskFull("The disk is full.", "Free some space and go on.")
        return cast(Event, self.store.append(interview_id, kind, when, data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


class Ear:
    """Writes down all that a room tells, in order."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []

    def event(self, event: Event) -> None:
        self.told.append(("event", event))

    def speech(self, sentence: int, speech: Speech) -> None:
        self.told.append(("speech", sentence, speech))

    def silent(self, sentence: int, ms: int) -> None:
        self.told.append(("silent", sentence, ms))

    def status(self, phase: str, elapsed_s: float, queue: int) -> None:
        self.told.append(("status", phase, elapsed_s, queue))

    def fault(self, error: MulakatError) -> None:
        self.told.append(("fault", error))

    def of(self, kind: str) -> list[tuple[Any, ...]]:
        return [t for t in self.told if t[0] == kind]

    @property
    def events(self) -> list[Event]:
        return [t[1] for t in self.of("event")]


def services(
    store: Any, engine: Engine | None = None, voices: Any = None, patience: float = 8.0
) -> Services:
    return Services(
        store, engine, None, voices or FakeSynthesizer(), LIBRARY, READER, patience, {"program": "test"}
    )


async def talk(room: Room, language: Language = "en", most: int = 60) -> None:
    """Begin or go on, and answer until the interview has ended."""
    await room.begin()
    for n in range(most):
        if room.state.phase == "ended":
            return
        asked = len(room.state.exchanges)
        await room.answer(f"{ANSWERS[language][n % 3]} ({n})", f"answer-{asked}-{n}")
    raise AssertionError("the interview has no end")


def questions(events: Sequence[Event]) -> list[str]:
    return [e.data["text"] for e in events if e.kind == "sentence" and e.data["question"]]


def check_log(events: Sequence[Event]) -> None:
    """What holds of every log: no gap, every turn whole and once, times in order."""
    assert [e.seq for e in events] == list(range(1, len(events) + 1))
    assert [e.when for e in events] == sorted(e.when for e in events)
    turn: list[str] = []
    for event in events:
        if event.kind == "move":
            assert not turn, "a move inside a turn"
            turn = ["move"]
        elif event.kind == "sentence":
            assert turn[:1] == ["move"]
            turn.append("question" if event.data["question"] else "sentence")
        elif event.kind == "reply":
            asks = event.data["move"] != "farewell"
            assert turn.count("question") == asks, f"{turn} in a turn"
            assert len(turn) <= 3
            turn = []
        elif event.kind == "answer":
            assert not turn, "an answer inside a turn"
    ids = [e.data["id"] for e in events if e.data.get("id")]
    assert len(ids) == len(set(ids))


# ---------------------------------------------------------------- a server


def building_of(
    store: Any, engine: Engine | None = None, voices: Any = None, patience: float = 8.0, **settings: Any
) -> Building:
    made = services(store, engine, voices, patience)
    return Building(
        Settings(engine="fake", open=False, **settings),
        store,
        made,
        LIBRARY,
        made.voices,
        engine,  # type: ignore[arg-type]
    )


class House:
    """The real application under uvicorn, in a thread, on a free port."""

    def __init__(self, building: Building, page: Path) -> None:
        self.building = building
        self.app = create_app(building, page=page)
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        config = uvicorn.Config(
            self.app,
            ws_max_size=HARD_FRAME,
            log_level="error",
            log_config=None,
            timeout_graceful_shutdown=1,
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, args=([self.socket],), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def hub(self) -> Any:
        return self.app.state.desk.hub

    def __enter__(self) -> Self:
        self.thread.start()
        until(lambda: self.server.started)
        return self

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(TIMEOUT)

    def browser(self) -> Browser:
        return Browser(self.url)

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something on the server's own loop."""
        return asyncio.run_coroutine_threadsafe(work, self.hub._sweeper.get_loop()).result(TIMEOUT)


class Browser:
    """One browser session: its cookie, its interviews."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url, timeout=TIMEOUT)
        self.http.get("/")

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())

    def new(self, language: Language = "en", **more: Any) -> str:
        body = {
            "language": language,
            "field": "software",
            "role": "Backend engineer" if language == "en" else "Yazılım geliştirici",
            "turns": 3,
            "seed": 5,
            **more,
        }
        if body.get("minutes"):
            del body["turns"]
        response = self.http.post("/api/interviews", json=body)
        assert response.status_code == 201, response.text
        return cast(str, response.json()["id"])

    def page(self, interview_id: str, **headers: str) -> Page:
        return Page(self.url, interview_id, {"Cookie": self.cookie, **headers})


class Page:
    """One WebSocket of a page. Every text frame is checked against the documented types."""

    def __init__(self, url: str, interview_id: str, headers: dict[str, str]) -> None:
        place = httpx.URL(url)
        self.at = {"host": place.host, "port": place.port}
        # One Host header only: a second one is refused before anybody reads the first.
        name = headers.pop("Host", place.netloc.decode())
        self.url = f"ws://{name}/api/interviews/{interview_id}/live"
        self.headers = headers
        self.got: list[dict[str, Any]] = []
        self.frames: list[tuple[int, int, bytes]] = []
        self.order: list[str] = []

    async def __aenter__(self) -> Self:
        self.ws: ClientConnection = await connect(
            self.url,
            additional_headers=self.headers,
            max_size=None,
            open_timeout=TIMEOUT,
            proxy=None,
            **self.at,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.ws.close()

    async def send(self, type: str, **data: Any) -> None:
        await self.ws.send(json.dumps({"type": type, **data}))

    async def one(self) -> dict[str, Any] | None:
        """The next frame; None for a binary one."""
        frame = await asyncio.wait_for(self.ws.recv(), TIMEOUT)
        if isinstance(frame, bytes):
            self.frames.append((*struct.unpack("<II", frame[:8]), frame[8:]))
            self.order.append("binary")
            return None
        message = cast(dict[str, Any], json.loads(frame))
        MESSAGES.validate_json(frame)
        self.got.append(message)
        self.order.append(message["type"])
        return message

    async def until(self, type: str, **data: Any) -> dict[str, Any]:
        """Read on until a message of that type with that data."""
        while True:
            message = await self.one()
            if message and message["type"] == type and data.items() <= message.items():
                return message

    async def hello(self, after: int = 0, **more: Any) -> dict[str, Any]:
        await self.send("hello", after=after, **more)
        return await self.until("welcome")

    async def turn(self) -> None:
        """Until the interviewer listens, or the interview has ended."""
        while True:
            message = await self.one()
            if message and message["type"] == "status" and message["phase"] in ("listening", "ended"):
                return

    async def answer(self, text: str, client_id: str) -> None:
        await self.send("answer", id=client_id, text=text)

    async def to_the_end(self, language: Language = "en", name: str = "a") -> None:
        """Answer until the end; the interviewer listens already."""
        for n in range(60):
            if self.got[-1].get("phase") == "ended":
                return
            await self.answer(f"{ANSWERS[language][n % 3]} ({name}{n})", f"{name}{n}")
            await self.turn()
        raise AssertionError("the interview has no end")

    @property
    def events(self) -> list[dict[str, Any]]:
        return [m for m in self.got if "seq" in m and m["type"] != "welcome"]

    def of(self, type: str) -> list[dict[str, Any]]:
        return [m for m in self.got if m["type"] == type]


def until(ready: Callable[[], Any], seconds: float = TIMEOUT) -> None:
    """Wait for something that another thread or process brings about."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise AssertionError("it did not come about")
        time.sleep(0.02)


# ---------------------------------------------------------------- the program


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return cast(int, probe.getsockname()[1])


def environment(data: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MULAKAT_")}
    return {
        **kept,
        "MULAKAT_DATA": str(data),
        "MULAKAT_ENGINE": "none",
        "MULAKAT_OPEN": "0",
        "PYTHONPATH": str(ROOT),
        **more,
    }


def mulakat(*arguments: str, env: dict[str, str], **more: Any) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end."""
    command = [sys.executable, "-m", "mulakat", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=280, cwd=ROOT, **more)


@contextmanager
def served(env: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`mulakat serve` as a process of its own; killed at the end if it still runs."""
    command = [sys.executable, "-m", "mulakat", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        until(lambda: process.poll() is not None or _healthy(port))
        assert process.poll() is None, process.stderr and process.stderr.read().decode()
        yield process
    finally:
        process.kill()
        process.wait(TIMEOUT)
        if process.stderr:
            process.stderr.close()


def _healthy(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/api/health", timeout=2).status_code == 200
    except httpx.TransportError:
        return False


def sqlite_store(folder: Path) -> Store:
    return open_store(f"sqlite:///{folder / 'mulakat.sqlite3'}")


def fake_engine(**more: Any) -> FakeEngine:
    """Acknowledges and asks in its own words; what the guard refuses comes from the packs."""
    lines = [f"I see, that is point {n}. What did you do about it then?" for n in ("one", "two", "three")]
    return FakeEngine(lines, **more)
