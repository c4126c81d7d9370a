"""Our own share of the time to the first token, over the bare engine on the same prompts.

The requests of real interviews are recorded, with what was read ahead before each; then the same
prompts go, in the same order, straight into llama.cpp, and the times to the first piece are compared.

    python -m benchmarks.overhead
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator
from typing import Any

from benchmarks.common import candidates, machine, median, out, p, table
from mulakat.demo.hold import hold
from mulakat.demo.run import building_for
from mulakat.llm.chat_format import CHATML, render, render_open
from mulakat.llm.local import LocalEngine
from mulakat.llm.protocol import OnQueue, Request
from mulakat.settings import load

SLOT = 7


class Recorder:
    """Passes everything on to the engine and keeps what went in."""

    def __init__(self, engine: LocalEngine) -> None:
        self.engine = engine
        self.name, self.free_languages, self.holds_grammar = engine.name, engine.free_languages, True
        self.words_questions = engine.words_questions
        self.spare = False  # the time to the first token is measured, not what was thought out before
        self.seen: list[tuple[str, Request]] = []

    async def stream(self, request: Request, on_queue: OnQueue | None = None) -> AsyncGenerator[str]:
        self.seen.append(("reply", request))
        async for piece in self.engine.stream(request, on_queue):
            yield piece

    async def read_ahead(self, request: Request) -> None:
        self.seen.append(("ahead", request))
        await self.engine.read_ahead(request)

    def forget(self, session: str) -> None:
        self.engine.forget(session)

    async def close(self) -> None:
        await self.engine.close()


def bare(engine: LocalEngine, seen: list[tuple[str, Request]]) -> list[float]:
    """Milliseconds to the first piece of each reply, straight from the library."""
    server: Any = engine._server
    found = []
    for kind, request in seen:
        ahead = kind == "ahead"
        prompt = render_open(request.messages, CHATML) if ahead else render(request.messages, CHATML)
        body = {
            **engine._body(prompt + request.begun, request, 0 if ahead else request.max_tokens, SLOT),
        }
        first: list[float] = []
        began = time.perf_counter()

        def piece(chunk: Any, first: list[float] = first) -> bool:
            data = json.loads(chunk) if isinstance(chunk, str | bytes) else chunk
            if any(c.get("text") for c in data.get("choices", ())):
                first.append(time.perf_counter())
            return False

        server.handle_completions(body, piece)
        if not ahead and first:
            found.append((first[0] - began) * 1000)
    return found


async def measure() -> tuple[list[float], list[float]]:
    ours: list[float] = []
    theirs: list[float] = []
    async with building_for(load()) as building:
        engine = building.engine
        building.services.hurry = None  # every reply is the model's, however long it takes
        assert isinstance(engine, LocalEngine), "this benchmark needs the local engine"
        for seed, candidate in enumerate(candidates("en")):
            recorder = Recorder(engine)
            building.services.engine = recorder
            held = await hold(candidate, building, 8, seed)
            worded = [t for t in held.timings[1:-1] if t["worded_by"] == "model"]
            ours += [t["first_token_ms"] for t in worded]
            theirs += bare(engine, recorder.seen)[1:]
    return ours, theirs


def main() -> None:
    ours, theirs = asyncio.run(measure())
    share = (median(ours) - median(theirs)) / median(theirs)
    out.print(machine())
    table(
        "Time to the first token (ms)",
        ["way", "n", "p50", "p95"],
        [
            ["through the room", str(len(ours)), f"{median(ours):.1f}", f"{p(ours, 0.95):.1f}"],
            [
                "bare engine, same prompts",
                str(len(theirs)),
                f"{median(theirs):.1f}",
                f"{p(theirs, 0.95):.1f}",
            ],
            ["our own share (medians)", "", f"{100 * share:.1f} %", ""],
        ],
    )


if __name__ == "__main__":
    main()
