"""One WebSocket of one page: frames in, checked and carried out in order; events and audio out.

Everything that goes out passes one queue, so that a slow page can hold up nobody else. Does not:
keep any state of the interview; a page that connects again gets it from the room.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from typing import Any

from pydantic import TypeAdapter, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from mulakat.errors import MulakatError
from mulakat.messages import Event, Speech
from mulakat.room import Room
from mulakat.room.judging import LATE
from mulakat.server import wire
from mulakat.server.limits import MAX_FRAME, Bucket
from mulakat.server.schemas import Answer, ClientMessage, Command, Draft, Hello, Ping, Speak

log = logging.getLogger(__name__)

MESSAGES: TypeAdapter[Any] = TypeAdapter(ClientMessage)
OUTBOX = 2_000
"""Frames that may wait for a slow page; past them it is cut off and may come back with `hello`."""


Errand = Answer | Command | Speak | None
"""What is to be carried out; None stands for: begin, or go on."""


class Connection:
    """Listens to a room on behalf of one page."""

    def __init__(
        self, socket: WebSocket, room: Room, voices: dict[str, Connection], field_name: str
    ) -> None:
        self.socket = socket
        self.room = room
        self.voices = voices
        self.field_name = field_name
        self.outbox: asyncio.Queue[str | bytes | None] = asyncio.Queue(OUTBOX)
        self.bucket = Bucket()
        self.greeted = False
        self.told = 0
        self.audio = True
        self.scolded = False
        self.dropped = 0
        self.todo: asyncio.Queue[tuple[Errand, int]] = asyncio.Queue(256)

    # ------------------------------------------------------------ Listener

    def event(self, event: Event) -> None:
        if event.seq <= self.told:  # `hello` found it in the store before the room could tell of it
            return
        self.told = event.seq
        if event.kind in LATE:  # after the end, and none of the room's
            return
        self.send(wire.event_out(event, self.room, self.field_name))

    def speech(self, sentence: int, speech: Speech) -> None:
        if self.audio and self.voices.get(self.room.id) is self:
            self.send(wire.speech_out(sentence, speech, self.room.setup.language))
            for frame in wire.frames(sentence, speech):
                self.put(frame)

    def silent(self, sentence: int, ms: int) -> None:
        self.send({"type": "silent", "sentence": sentence, "ms": ms})

    def status(self, phase: str, elapsed_s: float, queue: int) -> None:
        self.send({"type": "status", "phase": phase, "elapsed_s": round(elapsed_s, 3), "queue": queue})

    def fault(self, error: MulakatError) -> None:
        self.send(wire.fault(error))

    # ------------------------------------------------------------ out

    def send(self, message: dict[str, Any]) -> None:
        self.put(wire.dumps(message))

    def put(self, frame: str | bytes | None) -> None:
        try:
            self.outbox.put_nowait(frame)
        except asyncio.QueueFull:
            log.warning("a page is too slow and is cut off; it may come back")
            self._hang_up()

    def complain(self, code: str, message: str, fix: str, client_id: str = "") -> None:
        self.send({"type": "error", "code": code, "message": message, "fix": fix, "id": client_id})

    def _hang_up(self) -> None:
        with contextlib.suppress(asyncio.QueueEmpty):
            while True:
                self.outbox.get_nowait()
        self.outbox.put_nowait(None)

    async def _post(self) -> None:
        """Carry the outbox to the page until it hangs up."""
        while (frame := await self.outbox.get()) is not None:
            if isinstance(frame, str):
                await self.socket.send_text(frame)
            else:
                await self.socket.send_bytes(frame)

    # ------------------------------------------------------------ in

    async def run(self, first: str | None = None) -> None:
        """Serve the page until it goes away; `first` is a frame that was read before."""
        self.room.visitors += 1
        tasks = [asyncio.create_task(t) for t in (self._post(), self._receive(first), self._work())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.room.visitors -= 1
            self.room.leave(self)
            if self.voices.get(self.room.id) is self:
                del self.voices[self.room.id]
            for task in tasks:
                task.cancel()
            for result in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(result, Exception) and not isinstance(
                    result, WebSocketDisconnect | RuntimeError
                ):
                    log.error("live channel: %r", result)
            if self.socket.application_state is WebSocketState.CONNECTED:
                with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                    await self.socket.close(1001)

    async def _receive(self, first: str | None) -> None:
        if first is not None:
            await self._frame(first)
        while True:
            frame = await self.socket.receive()
            if frame["type"] == "websocket.disconnect":
                return
            await self._frame(frame.get("text"))

    async def _frame(self, text: str | None) -> None:
        if not self.bucket.take():
            if not (text or "").startswith('{"type":"draft"'):
                self._too_fast()
            self.dropped += 1
            # Reading slower is what slows the sender down: TCP pushes back.
            await asyncio.sleep(0 if self.dropped % 32 else 0.025)
        elif text is None:
            self.complain("bad_message", "The page sent a binary frame.", "Reload the page.")
        elif len(text) > MAX_FRAME:
            self.complain(
                "too_large",
                f"That message has {len(text) // 1024} KB; the limit is {MAX_FRAME // 1024} KB.",
                "Shorten it and send it again; nothing else was lost.",
            )
        else:
            await self._take(text)

    def _too_fast(self) -> None:
        if not self.scolded:
            self.scolded = True
            self.complain(
                "too_fast",
                "Messages come faster than 40 a second and some were dropped.",
                "Wait a moment, then send again.",
            )

    async def _take(self, text: str) -> None:
        try:
            message = MESSAGES.validate_json(text)
        except ValidationError as error:
            self._bad(text, error)
            return
        if self.bucket.calm:
            self.scolded = False
        if isinstance(message, Hello):
            self._hello(message)
        elif not self.greeted:
            self.complain("bad_message", "The page did not say hello first.", "Reload the page.")
        elif isinstance(message, Ping):
            self.send({"type": "pong", "t": message.t})
        elif isinstance(message, Draft):
            self.room.draft(message.text)
        else:
            self._queue(message)

    def _bad(self, text: str, error: ValidationError) -> None:
        first = error.errors()[0]
        client_id = ""
        with contextlib.suppress(ValueError, AttributeError, RecursionError):
            client_id = str(json.loads(text).get("id", ""))[:64]
        if first["type"] == "string_too_long" and first["loc"][-1] == "text":
            self.complain(
                "too_long",
                f"An answer may have {first['ctx']['max_length']:,} characters.",
                "Shorten it and send it again; your text is kept.",
                client_id,
            )
            return
        place = ".".join(str(p) for p in first["loc"]) or "message"
        self.complain(
            "bad_message", f"The message is not understood ({place}).", "Reload the page.", client_id
        )

    def _hello(self, message: Hello) -> None:
        """Greet, tell what was missed, take the voice, and start or go on."""
        # Between the read and the sends nothing else runs, so no event is lost.
        try:
            missed = self.room.services.store.events(self.room.id, message.after)
        except MulakatError as error:
            self.fault(error)
            self.put(None)  # a page that is cut off comes back by itself
            return
        if not self.greeted:
            self.greeted = True
            self.room.listen(self)
        self.audio = message.audio
        other = self.voices.get(self.room.id)
        if other is not None and other is not self:
            other.send({"type": "elsewhere"})
        self.voices[self.room.id] = self
        self.told = message.after
        self.send(wire.welcome(self.room, missed[-1].seq if missed else 0))
        for event in missed:
            self.event(event)
        self._queue(None)

    def _queue(self, errand: Errand) -> None:
        try:
            self.todo.put_nowait((errand, self.room.heard))
        except asyncio.QueueFull:
            self._too_fast()

    async def _work(self) -> None:
        """Carry errands out one after the other."""
        while True:
            errand, heard = await self.todo.get()
            try:
                await self._carry_out(errand, heard)
            except MulakatError as error:
                self.send(wire.fault(error, getattr(errand, "id", "")))
            except Exception:
                log.exception("an interview stumbled")
                self.complain(
                    "internal",
                    "Something went wrong on this side; what was said so far is kept.",
                    "Reload the page to go on.",
                    getattr(errand, "id", ""),
                )

    async def _carry_out(self, errand: Errand, heard: int) -> None:
        if errand is None:
            await self.room.begin()
        elif isinstance(errand, Answer):
            await self.room.answer(errand.text, errand.id, heard)
        elif isinstance(errand, Speak):
            await self.room.speak_again(errand.sentence)
        else:
            await self.room.command(errand.type, errand.id, heard)


def token_of(text: str) -> str:
    """The token in a hello; "" when it is none."""
    try:
        message = MESSAGES.validate_json(text)
    except ValidationError:
        return ""
    return message.token if isinstance(message, Hello) else ""
