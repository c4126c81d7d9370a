"""What is done while the candidate still types: the words are read, and the reply is thought out.

With each draft the engine reads ahead; then the move is decided as if the draft were the answer, and
its words are made and kept. When the answer comes and the director decides the same move, they are
spoken at once; otherwise they are thrown away, nobody has heard or stored them. Only with an engine
that has nothing else to do. Does not: decide or word anything itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mulakat.errors import EngineError
from mulakat.llm.protocol import Engine, Request
from mulakat.messages import Move
from mulakat.room.words import Task, Worded, Wordsmith

log = logging.getLogger(__name__)

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """The words of a move that may come, and what making them counted."""

    key: Key
    sentences: tuple[Worded, ...]
    counts: Counter[str]


def key_of(move: Move) -> Key:
    """What must be the same for words made ahead to fit."""
    return (move.name, move.seed, move.cue, move.fixed, move.span.text if move.span else "")


class Ahead:
    """One for each room. `request` and `task` tell for a draft what to read and what to word."""

    def __init__(
        self,
        engine: Engine | None,
        words: Wordsmith,
        request: Callable[[str], Request],
        task: Callable[[str], Task | None],
    ) -> None:
        self._engine = engine
        self._words = words
        self._request = request
        self._task_for = task
        self._running: asyncio.Task[None] | None = None
        self._next: str | None = None
        self._making: Key | None = None
        self._guess: Guess | None = None

    def draft(self, text: str) -> None:
        """Take the newest draft; one that comes meanwhile is taken after the one under way."""
        if self._engine is None:
            return
        self._next = text
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())

    async def take(self, move: Move) -> Sequence[Worded]:
        """The words made ahead for this move, if there are any; what else is being made ends."""
        self._next = None
        key = key_of(move)
        if self._running and not self._running.done() and self._making is not None:
            if self._making == key:
                await asyncio.wait([self._running], timeout=self._words.hurry)
            self._running.cancel()
            await asyncio.wait([self._running])
        guess, self._guess = self._guess, None
        if guess is None or guess.key != key:
            return ()
        self._words.counts.update(guess.counts)
        self._words.counts["made_ahead"] += 1
        return guess.sentences

    async def settled(self) -> None:
        """Wait until nothing is being done ahead."""
        while self._running and not self._running.done():
            await asyncio.wait([self._running])

    async def close(self) -> None:
        self._next = None
        if self._running:
            self._running.cancel()
            await asyncio.wait([self._running])

    async def _run(self) -> None:
        assert self._engine is not None
        while (text := self._next) is not None:
            self._next = None
            await self._engine.read_ahead(self._request(text))
            if self._next is None:
                await self._make(text)

    async def _make(self, text: str) -> None:
        task = self._task_for(text) if self._engine and self._engine.spare else None
        if task is None:
            return
        key = key_of(task.move)
        if self._guess and self._guess.key == key:
            return
        self._making = key
        maker = Wordsmith(self._engine, self._words.adapter, self._words.patience)
        try:
            sentences = tuple([s async for s in maker.word(task)])
            self._guess = Guess(key, sentences, maker.counts)
        except EngineError as error:
            log.info("nothing made ahead: %s", error)
        finally:
            self._making = None
