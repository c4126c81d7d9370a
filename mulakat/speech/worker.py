"""The server's side of an engine's own process: starts it when first needed, restarts it when it
dies, times each sentence, and kills it on close.

One thread per worker talks over the pipes, which queues concurrent callers and works with any
event loop, or several. Does not: know what is asked; that is between the engine and its
`*_worker` module.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import logging
import os
import subprocess
import sys
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from mulakat.errors import SpeechError
from mulakat.speech.wire import Header, WireError, read_frame, write_frame

T = TypeVar("T")

log = logging.getLogger(__name__)

_MENDED_BY = "Run 'mulakat doctor', or choose another voice."
_ROOT = Path(__file__).resolve().parents[2]


class _Died(Exception):
    """The process ended or wrote nonsense; it has to be started again."""


class _Process:
    """One running engine. Every method is called from the worker's own thread, except `kill`."""

    def __init__(self, command: Sequence[str]) -> None:
        paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
        self.popen = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in paths if p)},
        )
        self.stderr: deque[str] = deque(maxlen=20)
        threading.Thread(target=self._drain, name="speech-stderr", daemon=True).start()

    def _drain(self) -> None:
        """Keeps the last lines of what the engine says of itself, until it ends."""
        assert self.popen.stderr
        with self.popen.stderr as stream:
            for line in stream:
                self.stderr.append(line.decode("utf-8", "replace").rstrip())

    def kill(self) -> None:
        with contextlib.suppress(OSError):
            self.popen.kill()

    def end(self) -> None:
        self.kill()
        self.popen.wait()
        for pipe in (self.popen.stdin, self.popen.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()

    def exchange(self, header: Header | None) -> tuple[Header, bytes]:
        """Sends a request (None: just listen) and reads one frame. Raises _Died."""
        assert self.popen.stdin
        assert self.popen.stdout
        try:
            if header is not None:
                write_frame(self.popen.stdin, header)
            frame = read_frame(self.popen.stdout)
        except (OSError, ValueError, WireError) as error:
            raise _Died(str(error)) from error
        if frame is None:
            raise _Died("it ended")
        return frame


class Worker:
    """An engine in a process of its own.

    module    run as `python -m module *args`
    name      how the engine is called in messages
    timeout   seconds one sentence may take; `start_timeout` the same for starting
    restarts  how often it may be started again within a minute
    """

    def __init__(
        self,
        module: str,
        args: Sequence[str] = (),
        *,
        name: str,
        timeout: float = 20.0,
        start_timeout: float = 60.0,
        restarts: int = 5,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._command = [sys.executable, "-P", "-m", module, *args]
        self._name = name
        self._timeout = timeout
        self._start_timeout = start_timeout
        self._restarts = restarts
        self._clock = clock
        self._starts: deque[float] = deque()
        self._process: _Process | None = None
        self._finalizer: weakref.finalize[..., Worker] | None = None
        self._closed = False
        self._number = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"speech-{name}")

    @property
    def pid(self) -> int | None:
        """The process id while the engine runs."""
        process = self._process
        return process.popen.pid if process and process.popen.poll() is None else None

    async def start(self) -> None:
        """Starts the engine now, so that the first sentence does not wait for it."""
        await self._run(self._running)

    async def ask(self, request: Header) -> tuple[Header, bytes]:
        """The engine's reply to `request`. Callers wait for one another in order.

        A request that the engine died over is asked once more. Raises SpeechError when the engine
        refuses it, takes too long, cannot be started or dies too often.
        """
        return await self._run(lambda: self._ask(request))

    async def close(self) -> None:
        """Kills the process, even in the middle of a sentence; waiting callers get SpeechError."""
        self._closed = True
        if self._process:
            self._process.kill()
        with contextlib.suppress(RuntimeError):  # closed before
            await asyncio.wrap_future(self._thread.submit(self._drop))
        self._thread.shutdown(wait=False)

    async def _run(self, job: Callable[[], T]) -> T:
        try:
            future = self._thread.submit(job)
        except RuntimeError:
            raise self._closed_error() from None
        return await asyncio.wrap_future(future)

    def _closed_error(self) -> SpeechError:
        return SpeechError(f"The voice engine {self._name} has been closed.", "Start Mülakat again.")

    def _ask(self, request: Header) -> tuple[Header, bytes]:
        try:
            return self._ask_once(request)
        except _Died as first:
            log.warning("%s died (%s); the sentence is asked again", self._name, first)
        try:
            return self._ask_once(request)
        except _Died as second:
            raise SpeechError(
                f"The voice engine {self._name} died twice over one sentence ({second}).", _MENDED_BY
            ) from None

    def _ask_once(self, request: Header) -> tuple[Header, bytes]:
        process = self._running()
        self._number += 1
        reply, body = self._timed(process, {**request, "id": self._number}, self._timeout)
        if "error" in reply:
            raise SpeechError(f"The voice engine {self._name} refused: {reply['error']}.", _MENDED_BY)
        if reply.get("id") != self._number:
            self._drop()
            raise _Died("it answered something else")
        return reply, body

    def _timed(self, process: _Process, header: Header | None, seconds: float) -> tuple[Header, bytes]:
        """`process.exchange`, ended by a kill when it takes more than `seconds`."""
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, give_up)
        timer.daemon = True
        timer.start()
        try:
            return process.exchange(header)
        except _Died:
            self._drop()
            if late.is_set():
                raise SpeechError(
                    f"The voice engine {self._name} did not answer within {seconds:g} s.", _MENDED_BY
                ) from None
            raise
        finally:
            timer.cancel()

    def _running(self) -> _Process:
        """The live process, started if need be."""
        if self._closed:
            raise self._closed_error()
        if self._process and self._process.popen.poll() is None:
            return self._process
        self._drop()
        self._count_start()
        self._process = process = self._spawn()
        self._finalizer = weakref.finalize(self, process.kill)
        if self._closed:  # `close` came while we started
            self._drop()
            raise self._closed_error()
        self._greet(process)
        return process

    def _spawn(self) -> _Process:
        try:
            return _Process(self._command)
        except OSError as error:
            raise self._no_start(str(error)) from None

    def _greet(self, process: _Process) -> None:
        try:
            hello, _ = self._timed(process, None, self._start_timeout)
        except _Died as error:
            raise self._no_start("; ".join(list(process.stderr)[-3:]) or str(error)) from None
        if not hello.get("hello"):
            self._drop()
            raise self._no_start(str(hello.get("error")))

    def _no_start(self, reason: str) -> SpeechError:
        return SpeechError(f"The voice engine {self._name} does not start: {reason}.", _MENDED_BY)

    def _count_start(self) -> None:
        now = self._clock()
        while self._starts and now - self._starts[0] > 60:
            self._starts.popleft()
        if len(self._starts) > self._restarts:
            raise SpeechError(
                f"The voice engine {self._name} died {len(self._starts)} times within a minute.",
                f"Wait a minute. {_MENDED_BY}",
            )
        self._starts.append(now)

    def _drop(self) -> None:
        process, self._process = self._process, None
        if self._finalizer:
            self._finalizer.detach()
            self._finalizer = None
        if process:
            process.end()


def installed(package: str) -> bool:
    """Whether `package` can be imported, without importing it."""
    return importlib.util.find_spec(package) is not None
