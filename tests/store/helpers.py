"""What several tests of the store need: an interview to write to, and a look behind the store."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, make_url

import mulakat
from mulakat.messages import Setup
from mulakat.store import Record, Store

SETUP = Setup("tr", "software", "Yazılım geliştirici", turns=None, minutes=20, seed=7)
WHEN = "2026-03-01T10:00:00+03:00"
LONG = "söz " * 3000


def begin(store: Store, name: str = "first", owner: str = "me", setup: Setup = SETUP) -> Record:
    return store.create(name, owner, f"token of {name}", setup, WHEN)


def say(store: Store, name: str, text: str) -> int:
    return store.append(name, "answer", WHEN, {"id": "c1", "text": text, "at": 1.5}).seq


def whole(store: Store) -> int:
    """How many events there are; fails when one is missing or half written."""
    there = store.events("first")
    assert [event.seq for event in there] == list(range(1, len(there) + 1))
    assert all(event.data["text"] == LONG for event in there)
    assert store.summary("first").answers == len(there)
    return len(there)


@contextmanager
def behind(url: str) -> Iterator[Connection]:
    """A connection that is not the store's; what is done in it is committed."""
    parsed = make_url(url)
    driver = "sqlite" if parsed.drivername == "sqlite" else "postgresql+psycopg"
    engine = create_engine(parsed.set(drivername=driver))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def child(program: str, *arguments: str, **options: Any) -> subprocess.Popen[str]:
    """Another Python that runs `program` with `sys.argv[1:] == arguments`."""
    environment = os.environ | {"PYTHONPATH": str(Path(mulakat.__file__).parents[1])}
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, **options)
