"""How a long fetch tells how far it is.

Does not: decide what is shown; a caller may pass any function of the same shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress


class Progress(Protocol):
    """Called with a model's name and bytes; `done` never exceeds `total`. Must not raise."""

    def __call__(self, name: str, done: int, total: int) -> None: ...


def silent(name: str, done: int, total: int) -> None:
    """Shows nothing."""


@contextmanager
def bars(console: Console | None = None) -> Iterator[Progress]:
    """A progress bar a model, on standard error; gives the function to pass as `progress`."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with RichProgress(*columns, console=console or Console(stderr=True)) as shown:
        tasks: dict[str, TaskID] = {}

        def report(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = shown.add_task(name, total=total)
            shown.update(tasks[name], completed=done, total=total)

        yield report


class Counter:
    """Adds up the bytes of several files of one model and passes them on, never more than the total."""

    def __init__(self, name: str, total: int, progress: Progress) -> None:
        self._name, self._total, self._progress = name, max(total, 1), progress
        self._before = 0

    def at(self, done: int) -> None:
        """`done` bytes of the file under way."""
        self._progress(self._name, min(self._before + done, self._total), self._total)

    def next(self, size: int) -> None:
        """The file under way is complete; it had `size` bytes."""
        self._before += size
        self.at(0)

    def finish(self) -> None:
        self._progress(self._name, self._total, self._total)
