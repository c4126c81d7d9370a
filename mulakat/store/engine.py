"""The connection to SQLite or PostgreSQL, and the settings of each connection.

Does not: create tables (`migrate`), or say what went wrong (`faults`).
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from mulakat.errors import MissingExtra
from mulakat.store.place import Place

# ASCII, because a message may hold half a surrogate pair, which UTF-8 cannot; no NaN, because
# PostgreSQL's JSON has none.
_dumps = partial(json.dumps, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def make_engine(place: Place, patience: float) -> Engine:
    """An engine whose connections wait `patience` seconds for another's lock.

    Creates SQLite's folder (0700) and file (0600) when they are not there.
    Raises MissingExtra without psycopg; OSError for a folder that cannot be made.
    """
    if place.file is not None:
        _create(place.file)
        return _sqlite(place, patience)
    return _postgres(place, patience)


def is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take SQLite's write lock as they begin.

    A transaction that reads first and writes later fails at once when another wrote in between.
    """
    return engine.execution_options(mulakat_writes=True)


def _create(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _sqlite(place: Place, patience: float) -> Engine:
    engine = create_engine(
        place.url,
        json_serializer=_dumps,
        connect_args={"timeout": patience, "check_same_thread": False},
        pool_size=4,
        max_overflow=60,
    )

    @event.listens_for(engine, "connect")
    def settings(connection: Any, _: Any) -> None:
        # Python's own transaction handling begins too late for BEGIN IMMEDIATE.
        connection.isolation_level = None
        for pragma in ("foreign_keys = ON", "synchronous = NORMAL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("mulakat_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def use_wal(engine: Engine, patience: float) -> None:
    """Switches the SQLite file to a write-ahead log, and empties a log that another process left.

    A process that is killed between deleting and cleaning leaves deleted rows in it.
    Raises sqlite3.OperationalError when another program holds it for longer than `patience` seconds:
    SQLite does not wait by itself for this switch when two programs try it at once.
    """
    until = time.monotonic() + patience
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        while not _switched(cursor, until):
            time.sleep(0.02)
        # Without waiting: whoever is reading now is alive and cleans after its own deletions.
        cursor.execute("PRAGMA busy_timeout = 0")
        # A disk too full to carry the log over can still be read, and its user can delete.
        with suppress(sqlite3.OperationalError):
            _cut_log(cursor)
    finally:
        connection.invalidate()
        connection.close()


def _switched(cursor: Any, until: float) -> bool:
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
        if not busy or time.monotonic() >= until:
            raise
        return False
    return True


def scrub(engine: Engine, shrink: bool) -> bool:
    """Leaves no trace of deleted rows in the SQLite file or in its log; whether it could be finished.

    `secure_delete` has blanked the rows in the pages; the log still holds the pages as they were, so
    it is carried over and cut to nothing. `shrink` then gives unused room back to the disk; that
    needs room for a copy of what is left, so it comes last.
    """
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        done = _cut_log(cursor)
        if shrink:
            # Without room for the copy the file stays as large as it was, which does no harm.
            with suppress(sqlite3.OperationalError):
                cursor.execute("VACUUM")
            done = _cut_log(cursor)
        return done
    finally:
        connection.close()


def _cut_log(cursor: Any) -> bool:
    """Waits for readers of the old pages as long as for any lock; whether they let go."""
    busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


def _postgres(place: Place, patience: float) -> Engine:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise MissingExtra(
            "Support for PostgreSQL is not installed.", "Run: pip install 'mulakat[postgres]'"
        ) from None
    engine = create_engine(
        place.url,
        json_serializer=_dumps,
        connect_args={"connect_timeout": max(2, round(patience))},
        pool_pre_ping=True,
        pool_size=4,
        max_overflow=28,
    )

    @event.listens_for(engine, "connect")
    def settings(connection: Any, _: Any) -> None:
        connection.execute(f"SET lock_timeout = {round(patience * 1000)}")
        connection.commit()

    return engine
