"""The rooms that are open now: one for each interview, opened when needed, closed when idle.

Does not: check who may open one (`app` and `live` do).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence

from mulakat.errors import HouseFull
from mulakat.messages import Grounded
from mulakat.room import Room, Services
from mulakat.store import Record

log = logging.getLogger(__name__)

IDLE_S = 120.0


class Hub:
    """At most `most` rooms at once; an idle one is closed to make place."""

    def __init__(self, services: Services, most: int = 64) -> None:
        self._services = services
        self._most = most
        self._rooms: dict[str, Room] = {}
        self._opening = asyncio.Lock()
        self._sweeper: asyncio.Task[None] | None = None
        self.questions: Callable[[Record], Sequence[Grounded]] = lambda record: ()
        """What an interview's documents give to ask about; called in a thread before it begins."""

    async def room(self, record: Record) -> Room:
        """The interview's room. Raises HouseFull when too many are held at once."""
        async with self._opening:
            if room := self._rooms.get(record.id):
                return room
            if len(self._rooms) >= self._most:
                await self._close_idle()
            if len(self._rooms) >= self._most:
                raise HouseFull(
                    f"{self._most} interviews are being held already.",
                    "Try again when one has ended, or raise MULAKAT_MAX_INTERVIEWS.",
                )
            room = await Room.open(record.id, record.setup, self._services)
            if room.state.phase == "waiting":
                await room.prepare(await asyncio.to_thread(self.questions, record))
            self._rooms[record.id] = room
            return room

    async def drop(self, interview_id: str) -> None:
        """Forget an interview that was deleted."""
        async with self._opening:
            if room := self._rooms.pop(interview_id, None):
                await room.close()

    def start(self) -> None:
        self._sweeper = asyncio.create_task(self._sweep())

    async def close(self) -> None:
        if self._sweeper:
            self._sweeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._sweeper
        for room in self._rooms.values():
            await room.close()
        self._rooms.clear()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(IDLE_S)
            async with self._opening:
                await self._close_idle()

    async def _close_idle(self) -> None:
        for interview_id, room in list(self._rooms.items()):
            if room.idle:
                del self._rooms[interview_id]
                await room.close()
