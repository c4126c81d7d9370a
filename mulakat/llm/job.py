"""One call into llama.cpp on a thread, its pieces handed to the event loop as they come.

Does not: decide when or where it runs (`local`).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import Callable
from typing import Any


class Job:
    """One call into the library, on a thread of the pool; its pieces go to the event loop.

    `ended` is set there when the call has come back, and the slot is free.
    """

    def __init__(self, body: dict[str, Any], loop: asyncio.AbstractEventLoop) -> None:
        self.body = body
        self.loop = loop
        self.pieces: asyncio.Queue[str | None] = asyncio.Queue()
        self.cancelled = threading.Event()
        self.ended = asyncio.Event()
        self.evaluated = 0
        self.fault = ""

    def run(self, call: Callable[[dict[str, Any], Callable[[Any], bool]], Any]) -> None:
        try:
            if not self.cancelled.is_set():
                call(self.body, self._piece)
        except Exception as error:  # the library raises plain RuntimeError and ValueError
            self.fault = str(error) or type(error).__name__
        finally:
            with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile
                self.loop.call_soon_threadsafe(self.end)

    def end(self) -> None:
        """On the loop: nothing more comes."""
        self.ended.set()
        self.pieces.put_nowait(None)

    def _piece(self, chunk: Any) -> bool:
        """Called by the library for each piece; returning True ends the generation."""
        data = json.loads(chunk) if isinstance(chunk, str | bytes) else chunk
        if error := data.get("error"):
            self.fault = str(error.get("message", error) if isinstance(error, dict) else error)
        if timings := data.get("timings"):
            self.evaluated = int(timings.get("prompt_n", 0))
        for choice in data.get("choices", ()):
            if text := choice.get("text"):
                try:
                    self.loop.call_soon_threadsafe(self.pieces.put_nowait, text)
                except RuntimeError:  # the loop was closed meanwhile
                    return True
        return self.cancelled.is_set()
