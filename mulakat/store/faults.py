"""What a database refuses, in words that name the fix.

Does not: hide faults of our own; an error that no user can mend goes on as it is.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from mulakat.errors import DiskFull, StoreError
from mulakat.store.place import Place

_FULL_DISK = {errno.ENOSPC, errno.EDQUOT}
_OUR_FAULT = {
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_MISUSE,
    sqlite3.SQLITE_RANGE,
}
_ROOM = 1 << 20
"""Bytes. SQLite calls a disk without room for its index file an I/O error; below this it was that."""


@contextmanager
def explained(place: Place) -> Iterator[None]:
    """Turns what the database or the disk refuses inside the block into StoreError or DiskFull."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        told = explain(error, place)
        if told is None:
            raise
        raise told from error


def explain(error: Exception, place: Place) -> StoreError | None:
    """The user's side of `error`; None when it is a fault of the program."""
    cause: BaseException = (error.orig or error) if isinstance(error, DBAPIError) else error
    if isinstance(cause, OSError):
        return _from_disk(cause, place)
    return _from_sqlite(cause, place.file) if place.file else _from_postgres(cause, place)


def _line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0].rstrip(".") if lines else type(error).__name__


def _from_disk(error: OSError, place: Place) -> StoreError:
    if error.errno in _FULL_DISK:
        return _full(place.name)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return _read_only(place.name)
    return StoreError(
        f"The database {place.name} cannot be opened: {error.strerror or error}.",
        "Set MULAKAT_DATA to a folder of your own.",
    )


def _full(name: str) -> DiskFull:
    return DiskFull(
        f"The disk is full: the last step could not be stored in {name}.",
        "Free some space and go on; everything before it is kept.",
    )


def _read_only(name: str) -> StoreError:
    return StoreError(
        f"The database {name} cannot be written to.",
        "Give yourself the right to write to the file and its folder, "
        "or set MULAKAT_DATA to a folder of your own.",
    )


def _locked(name: str) -> StoreError:
    return StoreError(
        f"Another program is holding the database {name}.", "Close that program, and try again."
    )


def _damaged(file: Path) -> StoreError:
    return StoreError(
        f"The file {file} is damaged or is not a database of Mülakat.",
        f"Move it aside together with {file.name}-wal and {file.name}-shm if they are there "
        f'(mv "{file}" "{file}.damaged"), and start again with an empty one.',
    )


def _from_sqlite(error: BaseException, file: Path) -> StoreError | None:
    full_code = getattr(error, "sqlite_errorcode", None)
    if full_code is None or full_code & 0xFF in _OUR_FAULT:
        return None
    code = full_code & 0xFF
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _no_room(file.parent)):
        return _full(str(file))
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return _damaged(file)
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return _read_only(str(file))
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return _locked(str(file))
    return StoreError(
        f"The database {file} could not be read or written: {_line(error)}.",
        "See that its disk is connected and healthy, and try again.",
    )


def _no_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _ROOM
    except OSError:
        return False


def _from_postgres(error: BaseException, place: Place) -> StoreError | None:
    state = getattr(error, "sqlstate", None) or ""
    if state == "53100":
        return _full(place.name)
    if state in {"25006", "42501"}:
        return _read_only_server(place.name)
    if state in {"55P03", "40P01"}:
        return _locked(place.name)
    if state in {"XX001", "XX002"}:
        return StoreError(f"The database {place.name} is damaged.", "Restore it from a backup.")
    if state.startswith(("08", "28", "3D", "53", "57")) or _lost(error):
        return StoreError(
            f"The PostgreSQL database {place.name} cannot be reached: {_line(error)}.",
            "See that the server runs and that MULAKAT_DATABASE names it rightly, and try again.",
        )
    return None


def _lost(error: BaseException) -> bool:
    """Whether the connection failed or broke: psycopg gives such errors no SQLSTATE."""
    return type(error).__name__ in {"OperationalError", "ConnectionTimeout"}


def _read_only_server(name: str) -> StoreError:
    return StoreError(
        f"The PostgreSQL database {name} cannot be written to.",
        "Grant the user of MULAKAT_DATABASE the right to create and to write tables there.",
    )
