"""llama.cpp in this process: several talks at once by continuous batching.

Each talk keeps a slot of the engine, so that its cache survives between turns; with more talks
than slots the one that was silent longest gives its slot away. A bounded queue stands before the
slots. The HTTP port that the library opens on loopback is locked with a random key.

Does not: fetch models (`catalogue`), or render prompts (`chat_format`).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
from collections import OrderedDict
from collections.abc import AsyncGenerator, Collection, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from mulakat.errors import EngineBusy, EngineDead, EngineTimeout, ModelCorrupt
from mulakat.llm.chat_format import CHATML, ChatFormat, render, render_open
from mulakat.llm.job import Job
from mulakat.llm.protocol import OnQueue, Request
from mulakat.messages import Language


@dataclass(frozen=True, slots=True)
class LocalOptions:
    """How the model is run.

    context  tokens each talk may hold
    slots    talks served at once
    queue    turns that may wait beyond them
    stall    seconds without a new piece after which the engine counts as dead
    """

    context: int = 2304
    slots: int = 8
    queue: int = 32
    threads: int = 0
    stall: float = 30.0
    batch: int = 256


class LocalEngine:
    """One loaded model with its adapters. Make it with `open_local`."""

    holds_grammar = True

    def __init__(
        self,
        server: Any,
        name: str,
        chat: ChatFormat,
        options: LocalOptions,
        adapters: Sequence[str] = (),
        free_languages: frozenset[Language] = frozenset({"en"}),
        words_questions: bool = True,
    ) -> None:
        self.name = name
        self.words_questions = words_questions
        self.free_languages = free_languages
        self._server = server
        self._chat = chat
        self._options = options
        self._adapters = tuple(adapters)
        self._pool = ThreadPoolExecutor(options.slots + 1, thread_name_prefix="llm")
        self._slots = _Slots(options.slots)
        self._line: list[asyncio.Event] = []
        self._running = 0
        self._ahead = asyncio.Lock()
        self._read: dict[str, str] = {}
        self._busy: dict[int, Job] = {}
        self._closed = False
        self.evaluated = 0
        """Tokens of prompts read so far; what lay in a cache already does not count."""

    @property
    def spare(self) -> bool:
        return not self._running and not self._closed

    async def stream(self, request: Request, on_queue: OnQueue | None = None) -> AsyncGenerator[str]:
        await self._enter(on_queue)
        try:
            prompt = render(request.messages, self._chat) + request.begun
            self._read[request.session] = prompt
            async for piece in self._generate(prompt, request, request.max_tokens):
                yield piece
        finally:
            self._leave()

    async def read_ahead(self, request: Request) -> None:
        # Replies come first: reading ahead uses a machine that would otherwise wait, one talk at a time
        # and a few words at a time, since a batch that is under way cannot be called back.
        prompt = render_open(request.messages, self._chat)
        async with self._ahead:
            for end in _stops(prompt, _shared(self._read.get(request.session, ""), prompt)):
                while self._running and not self._closed:  # noqa: ASYNC110 - replies come and go by the second
                    await asyncio.sleep(0.02)
                if self._closed:
                    return
                with contextlib.suppress(EngineDead, EngineTimeout):
                    async for _ in self._generate(prompt[:end], request, 0):
                        pass
                    self._read[request.session] = prompt[:end]

    def forget(self, session: str) -> None:
        self._slots.give_back(session)
        self._read.pop(session, None)

    async def close(self) -> None:
        self._closed = True
        for waiting in self._line:
            waiting.set()
        self._line.clear()
        jobs = tuple(self._busy.values())
        for job in jobs:
            job.cancelled.set()
        await asyncio.to_thread(self._pool.shutdown, wait=True, cancel_futures=True)
        for job in jobs:
            job.end()  # its thread may never have begun
        self._server = None

    async def _enter(self, on_queue: OnQueue | None) -> None:
        """Wait for a free slot, first come first served."""
        if self._closed:
            raise _closed()
        if self._running < self._options.slots and not self._line:
            self._running += 1
            return
        if len(self._line) >= self._options.queue:
            raise EngineBusy(
                f"The interviewer is busy with {self._running + len(self._line)} other turns.",
                "Try again in a minute, or raise MULAKAT_QUEUE.",
            )
        mine = asyncio.Event()
        self._line.append(mine)
        try:
            while not mine.is_set():
                if on_queue:
                    on_queue(self._line.index(mine) + 1)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(mine.wait(), 0.5)
        except asyncio.CancelledError:
            if mine in self._line:
                self._line.remove(mine)
            else:  # the slot was handed over in the same instant: pass it on
                self._leave()
            raise
        if self._closed:
            raise _closed()
        if on_queue:
            on_queue(0)

    def _leave(self) -> None:
        if self._line and not self._closed:
            self._line.pop(0).set()  # the slot goes over; the count stays
        else:
            self._running -= 1

    async def _generate(self, prompt: str, request: Request, tokens: int) -> AsyncGenerator[str]:
        slot = await self._slot(request.session)
        job = Job(self._body(prompt, request, tokens, slot), asyncio.get_running_loop())
        self._busy[slot] = job
        self._pool.submit(job.run, self._server.handle_completions)
        try:
            while (piece := await _within(self._options.stall, job.pieces.get())) is not None:
                yield piece
        finally:
            job.cancelled.set()
        self.evaluated += job.evaluated
        if self._closed:
            raise _closed()
        if job.fault:
            raise EngineDead(f"The language model failed: {job.fault}.", "Start the server again.")

    async def _slot(self, session: str) -> int:
        """The session's slot, once it is free: the library would reorder what waits for a busy one."""
        while not self._closed:
            slot = self._slots.of(session, {n for n, job in self._busy.items() if not job.ended.is_set()})
            before = self._busy.get(slot)
            if before is None or before.ended.is_set():
                return slot
            await _within(self._options.stall, before.ended.wait())
        raise _closed()

    def _body(self, prompt: str, request: Request, tokens: int, slot: int) -> dict[str, Any]:
        body: dict[str, Any] = {
            "prompt": prompt,
            "stream": True,
            "cache_prompt": True,
            "max_tokens": tokens,
            "n_predict": tokens,
            "temperature": request.temperature,
            "seed": request.seed,
            "stop": [self._chat.stop],
            "id_slot": slot,
        }
        if request.grammar and tokens:
            body["grammar"] = request.grammar
        if self._adapters:
            # Always said, also as 0: a slot keeps the scale of its last request otherwise.
            body["lora"] = [
                {"id": i, "scale": 1.0 if name == request.adapter else 0.0}
                for i, name in enumerate(self._adapters)
            ]
        return body


T = TypeVar("T")


async def _within(seconds: float, waited: Coroutine[Any, Any, T]) -> T:
    try:
        return await asyncio.wait_for(waited, seconds)
    except TimeoutError:
        raise EngineTimeout(
            f"The language model said nothing for {seconds:g} seconds.",
            "Close other programs, or choose a smaller model.",
        ) from None


def _closed() -> EngineDead:
    return EngineDead("The language model was closed.", "Start the server again.")


def _shared(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


AHEAD_CHARS = 120
"""How much is read ahead in one go: about 30 tokens, a tenth of a second or two on one core."""


def _stops(text: str, known: int) -> Iterator[int]:
    """Where the pieces of what is not known yet end: at spaces, so that no word is cut; at last the end."""
    at = known
    while len(text) - at > AHEAD_CHARS:
        space = text.rfind(" ", at + 1, at + AHEAD_CHARS)
        at = space if space > at else at + AHEAD_CHARS
        yield at
    if at < len(text):
        yield len(text)


class _Slots:
    """Which talk holds which slot; the one that was silent longest gives way."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._held: OrderedDict[str, int] = OrderedDict()

    def of(self, session: str, busy: Collection[int] = ()) -> int:
        """The slot of a talk; a new talk gets a free one, or one that is not `busy` just now."""
        if session in self._held:
            self._held.move_to_end(session)
            return self._held[session]
        taken = set(self._held.values())
        if len(taken) < self._count:
            slot = next(i for i in range(self._count) if i not in taken)
        else:
            silent = next((s for s, slot in self._held.items() if slot not in busy), next(iter(self._held)))
            slot = self._held.pop(silent)
        self._held[session] = slot
        return slot

    def give_back(self, session: str) -> None:
        self._held.pop(session, None)


SMALL = 400_000_000
"""Bytes of a model file under which one core does most of the work of two."""


def threads_for(size: int, cores: int) -> int:
    """How many threads a model of `size` bytes gets on a machine of `cores` cores.

    llama.cpp's threads wait for each other by spinning: when another program (the browser, the voice)
    takes a core, two threads on two cores are many times slower than one. A small model gains little from
    more; a large one gets all cores but one.
    """
    return max(1, cores // 2 if size < SMALL else cores - 1)


def open_local(
    model: Path,
    adapters: dict[str, Path] | None = None,
    options: LocalOptions | None = None,
    *,
    name: str = "",
    chat: ChatFormat = CHATML,
    free_languages: frozenset[Language] = frozenset({"en"}),
    words_questions: bool = True,
) -> LocalEngine:
    """Load a GGUF model and its LoRA adapters. Blocks for as long as loading takes.

    Raises ModelCorrupt when llama.cpp cannot read a file.
    """
    import xllamacpp

    options = options or LocalOptions()
    adapters = adapters or {}
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.n_ctx = options.context * options.slots
    params.n_parallel = options.slots
    params.n_batch = options.batch
    params.n_ubatch = options.batch
    params.cpuparams.n_threads = options.threads or threads_for(model.stat().st_size, os.cpu_count() or 2)
    params.verbosity = -1
    params.fit_params = False
    params.cache_ram_mib = 256
    params.api_keys = [secrets.token_urlsafe(32)]
    params.ui = False
    params.endpoint_slots = False
    params.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(str(p), 1.0) for p in adapters.values()]
    try:
        server = xllamacpp.Server(params)
    except Exception as error:
        raise ModelCorrupt(
            f"The model {model.name} or its adapter cannot be loaded: {error}.",
            "Fetch it again with `mulakat models fetch --force`, or check the file.",
        ) from None
    return LocalEngine(
        server, name or model.stem, chat, options, tuple(adapters), free_languages, words_questions
    )
