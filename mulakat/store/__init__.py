"""The interviews' log: append-only events in SQLite or PostgreSQL.

Does not: know what an event means beyond the few kinds that change an interview's state, or hold
anything that is not on the disk; every call is one transaction of its own.
"""

from mulakat.store.opening import open_store
from mulakat.store.papers import Papers
from mulakat.store.records import Record, State, Summary
from mulakat.store.store import Store

__all__ = ["Papers", "Record", "State", "Store", "Summary", "open_store"]
