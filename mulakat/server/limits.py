"""How much and how fast: a token bucket for messages, and the sizes of frames and bodies."""

from __future__ import annotations

import time
from collections.abc import Callable

MAX_BODY = 64 * 1024
MAX_FRAME = 64 * 1024
MAX_DOCUMENT = 30_000_000
"""Bytes of a file that is handed in; what is read of it has its own limits (`knowledge.documents`)."""

HARD_FRAME = 2 * 1024 * 1024
"""Over this the socket library closes the connection itself."""

RATE = 40.0
BURST = 120.0


class Bucket:
    """`burst` messages at once, `rate` a second in the long run."""

    def __init__(
        self, rate: float = RATE, burst: float = BURST, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._burst, self._ticks = rate, burst, ticks
        self._tokens, self._at = burst, ticks()

    @property
    def calm(self) -> bool:
        """Whether the last burst is over: half of the tokens are there again."""
        return self._tokens >= self._burst / 2

    def take(self) -> bool:
        """Whether one more message may pass now."""
        now = self._ticks()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < 1.0:
            return False
        self._tokens -= 1.0
        return True
