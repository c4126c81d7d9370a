"""Time that cannot jump: the interview's own seconds, and wall times that never run backwards."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta


def _ticks() -> float:
    """Seconds that pass also while the machine sleeps, where the system counts them."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


class WallClock:
    """ISO 8601 times with offset, counted from one look at the wall clock by one that cannot be set.

    A clock that is set back or forward meanwhile does not disturb the order; `not_before` keeps
    the order over a restart.
    """

    def __init__(
        self,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        ticks: Callable[[], float] = _ticks,
    ) -> None:
        self._began = now()
        self._ticks = ticks
        self._first = ticks()

    def now(self) -> str:
        passed = timedelta(seconds=self._ticks() - self._first)
        return (self._began + passed).isoformat(timespec="milliseconds")

    def not_before(self, when: str) -> None:
        """Move the clock forward if the wall clock stands before `when`."""
        behind = datetime.fromisoformat(when) - datetime.fromisoformat(self.now())
        if behind > timedelta(0):
            self._began += behind + timedelta(milliseconds=1)


class Stopwatch:
    """Seconds of an interview; stands still while it is stopped."""

    def __init__(self, seconds: float = 0.0, ticks: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._ticks = ticks
        self._since: float | None = None

    @property
    def seconds(self) -> float:
        running = self._ticks() - self._since if self._since is not None else 0.0
        return self._seconds + running

    def start(self) -> None:
        if self._since is None:
            self._since = self._ticks()

    def stop(self) -> None:
        self._seconds = self.seconds
        self._since = None
