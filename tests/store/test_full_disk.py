"""A disk that fills up: what was confirmed is kept, and the store goes on when there is room."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from mulakat.errors import DiskFull
from mulakat.store import Store, open_store

from .helpers import LONG, WHEN, begin, say, whole


def fill_until_full(store: Store) -> int:
    """Appends until the disk refuses; the number of the last event that was confirmed."""
    confirmed = [0]
    with pytest.raises(DiskFull, match="disk is full") as caught:
        keep_saying(store, confirmed)
    assert "Free some space" in caught.value.fix
    return confirmed[-1]


def keep_saying(store: Store, confirmed: list[int]) -> None:
    for _ in range(5000):
        confirmed.append(say(store, "first", LONG))


def test_a_full_database_keeps_all_that_was_stored(sqlite_url: str) -> None:
    def small(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 100")

    with open_store(sqlite_url) as store:
        begin(store)
        event.listen(store._engine, "connect", small)
        store._engine.dispose()
        stored = fill_until_full(store)
        with pytest.raises(DiskFull):
            store.append_many("first", [("answer", WHEN, {"text": LONG})] * 2)
        assert whole(store) == stored
        event.remove(store._engine, "connect", small)
        store._engine.dispose()
        assert say(store, "first", LONG) == stored + 1
        assert whole(store) == stored + 1


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(disk)], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mounting a small file system is not permitted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_full_disk_keeps_all_that_was_stored(tiny_disk: Path) -> None:
    (tiny_disk / "other program").write_bytes(b"x" * 500_000)
    with open_store(f"sqlite:///{tiny_disk}/m.sqlite3") as store:
        begin(store)
        stored = fill_until_full(store)
        assert stored > 5
        assert whole(store) == stored
        (tiny_disk / "other program").unlink()
        assert say(store, "first", LONG) == stored + 1
    with open_store(f"sqlite:///{tiny_disk}/m.sqlite3") as store:
        assert whole(store) == stored + 1


def test_a_disk_that_is_full_at_the_start(tiny_disk: Path) -> None:
    filler = tiny_disk / "other program"
    with pytest.raises(OSError, match="space"):
        filler.write_bytes(b"x" * (3 << 20))
    with pytest.raises(DiskFull):
        open_store(f"sqlite:///{tiny_disk}/m.sqlite3")
    filler.unlink()
    with open_store(f"sqlite:///{tiny_disk}/m.sqlite3") as store:
        begin(store)
        assert say(store, "first", LONG) == 1
