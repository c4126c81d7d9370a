"""Opens a store by URL: the folder, the connection, the migrations.

Does not: choose the URL (`settings` does).
"""

from __future__ import annotations

from mulakat.store.engine import make_engine, use_wal
from mulakat.store.faults import explained
from mulakat.store.migrate import migrate
from mulakat.store.place import place_of
from mulakat.store.store import Store

PATIENCE = 10.0


def open_store(url: str, patience: float = PATIENCE) -> Store:
    """The store at `url`: sqlite:///path, postgresql:// or postgres://; created when it is not there.

    `patience` is how many seconds a call waits for another process's lock.
    Raises SettingsError for a URL of another kind, MissingExtra without psycopg, StoreNewer for a
    database of a newer version, DiskFull, and StoreError for one that is damaged, locked, read-only
    or out of reach.
    """
    place = place_of(url)
    with explained(place):
        engine = make_engine(place, patience)
        try:
            if place.file is not None:
                use_wal(engine, patience)
            migrate(engine, place)
        except BaseException:
            engine.dispose()
            raise
    return Store(engine, place)
