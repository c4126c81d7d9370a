"""A scripted engine behind the real protocol, for tests, demonstrations and development.

Does not: understand anything. It says its lines in turn, as slowly or as badly as it is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence

from mulakat.llm.protocol import OnQueue, Request
from mulakat.messages import Language

Line = str | Exception
Script = Callable[[Request], Line]


class FakeEngine:
    """Replies with `lines` in turn (the last one for ever), or with what `script` makes of a request.

    delay   seconds before the first piece
    pause   seconds between pieces
    """

    name = "fake"
    spare = False
    holds_grammar = True
    words_questions = True

    def __init__(
        self,
        lines: Sequence[Line] = ("I see. What did you do next?",),
        *,
        script: Script | None = None,
        delay: float = 0.0,
        pause: float = 0.0,
        free_languages: frozenset[Language] = frozenset({"en", "tr"}),
    ) -> None:
        self.lines = list(lines)
        self.script = script
        self.delay = delay
        self.pause = pause
        self.free_languages = free_languages
        self.requests: list[Request] = []
        self.read: list[Request] = []
        self.cancelled = 0

    async def stream(self, request: Request, on_queue: OnQueue | None = None) -> AsyncGenerator[str]:
        self.requests.append(request)
        line = self.script(request) if self.script else self.lines[0]
        if not self.script and len(self.lines) > 1:
            self.lines.pop(0)
        finished = False
        try:
            await asyncio.sleep(self.delay)
            if isinstance(line, Exception):
                raise line
            for n, piece in enumerate(line.split(" ")):
                await asyncio.sleep(self.pause)
                yield f" {piece}" if n else piece
            finished = True
        finally:
            self.cancelled += not finished

    async def read_ahead(self, request: Request) -> None:
        self.read.append(request)

    def forget(self, session: str) -> None:
        self.requests = [r for r in self.requests if r.session != session]

    async def close(self) -> None:
        self.lines = [""]
