"""Where the database is: a URL read, and a name for it that may be shown.

Does not: connect.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from mulakat.errors import SettingsError

_FIX = (
    "Set MULAKAT_DATABASE to sqlite:////folder/file.sqlite3 or postgresql://user:password@host/name, "
    "or unset it."
)
_SQLITE = {"sqlite", "sqlite+pysqlite"}
_POSTGRES = {"postgres", "postgresql", "postgresql+psycopg"}


@dataclass(frozen=True, slots=True)
class Place:
    """A database's address.

    url   with the driver that is used; it may hold a password
    file  SQLite's file; None for PostgreSQL
    name  for messages, without a password
    """

    url: URL
    file: Path | None
    name: str


def place_of(url: str) -> Place:
    """Reads `url`. Raises SettingsError, which never shows the URL itself: it may hold a password."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise SettingsError("MULAKAT_DATABASE is not a database URL.", _FIX) from None
    if parsed.drivername in _SQLITE:
        return _sqlite(parsed)
    if parsed.drivername in _POSTGRES:
        return _postgres(parsed)
    raise SettingsError(f"Mülakat cannot use a database of the kind {parsed.drivername!r}.", _FIX)


def _sqlite(url: URL) -> Place:
    path = url.database or ""
    if not path or path == ":memory:" or path.startswith("file:") or url.query:
        raise SettingsError("MULAKAT_DATABASE does not name a file for SQLite.", _FIX)
    file = Path(path).expanduser().absolute()
    return Place(url.set(drivername="sqlite", database=str(file)), file, str(file))


def _postgres(url: URL) -> Place:
    asked = url.query.get("host", "")
    host = url.host or (asked if isinstance(asked, str) else ", ".join(asked)) or "this machine"
    port = f":{url.port}" if url.port else ""
    name = f"{url.database or 'postgres'} at {host}{port}"
    return Place(url.set(drivername="postgresql+psycopg"), None, name)
