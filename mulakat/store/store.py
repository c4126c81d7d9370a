"""The store: one transaction a call, from any thread.

Does not: change an event once it is written (a trigger in the database refuses it too), judge which
event may follow which, or keep anything in memory.
"""

from __future__ import annotations

import logging
import math
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Engine,
    Select,
    case,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from mulakat.errors import StoreError, UnknownInterview
from mulakat.messages import Event, Setup
from mulakat.store.engine import is_sqlite, scrub, writing
from mulakat.store.faults import explained
from mulakat.store.migrate import revision
from mulakat.store.papers import Papers, forget_words
from mulakat.store.place import Place
from mulakat.store.records import Record, Summary, event_of, packed, summary_of
from mulakat.store.tables import events, interviews

log = logging.getLogger(__name__)

Row = tuple[str, str, dict[str, Any]]
"""An event to be: kind, when, data."""

# Inside the class `list` is the method.
Events = list[Event]
Records = list[Record]
Summaries = list[Summary]

_Where = TypeVar("_Where", Select[Any], Delete)
_STATE_AFTER = {"started": "running", "paused": "paused", "resumed": "running", "ended": "ended"}


class Store:
    """Interviews and their events. Every method may raise StoreError or DiskFull; then nothing of the
    call was stored, and the store goes on as soon as the cause is mended."""

    def __init__(self, engine: Engine, place: Place) -> None:
        self._engine = engine
        self._writer = writing(engine)
        self._place = place
        # SQLite lets one writer in at a time and makes the others poll; in a queue they wait less.
        queue: AbstractContextManager[Any] = threading.Lock() if is_sqlite(engine) else nullcontext()
        self._queue = queue
        self._unscrubbed = False
        self.papers = Papers(engine, self._read, self._write, self._scrub)

    def create(self, record_id: str, owner: str, token_hash: str, setup: Setup, when: str) -> Record:
        """A new interview, in state `new`. `record_id` is printable ASCII and not in use."""
        if not _readable(record_id):
            raise ValueError("an interview's id must be printable ASCII")
        record = Record(record_id, owner, token_hash, setup, when, "new", None)
        values = {
            "id": record_id,
            "owner": owner,
            "token_hash": token_hash,
            "setup": packed(setup),
            "created": when,
            "state": record.state,
        }
        try:
            with self._write() as connection:
                connection.execute(insert(interviews).values(values))
        except IntegrityError as error:
            raise StoreError(f"There is an interview {record_id} already.", "Choose another id.") from error
        return record

    def append(self, interview_id: str, kind: str, when: str, data: dict[str, Any]) -> Event:
        """Stores one event under the interview's next number and returns it.

        The kinds `started`, `paused`, `resumed` and `ended` also set the interview's state; an ended
        interview stays ended. Raises UnknownInterview.
        """
        return self.append_many(interview_id, [(kind, when, data)])[0]

    def append_many(self, interview_id: str, rows: Iterable[Row]) -> Events:
        """Stores all `rows`, in order and without another's event in between, or none of them."""
        rows = list(rows)
        with self._write() as connection:
            reserve = (
                update(interviews)
                .where(_named(interview_id))
                .values(_changes(rows))
                .returning(interviews.c.number, interviews.c.last_seq)
            )
            found = connection.execute(reserve).one_or_none()
            if found is None:
                raise _unknown(interview_id)
            first = found.last_seq - len(rows) + 1
            added = [Event(seq, *row) for seq, row in enumerate(rows, first)]
            if added:
                connection.execute(insert(events), [_columns(found.number, event) for event in added])
        return added

    def events(self, interview_id: str, after: int = 0) -> Events:
        """The events with `seq > after`, in order. Raises UnknownInterview."""
        wanted = (
            select(events)
            .join(interviews)
            .where(_named(interview_id), events.c.seq > after)
            .order_by(events.c.seq)
        )
        with self._read() as connection:
            found = [event_of(row) for row in connection.execute(wanted).mappings()]
            if (
                not found
                and connection.execute(select(interviews.c.id).where(_named(interview_id))).first() is None
            ):
                raise _unknown(interview_id)
        return found

    def get(self, interview_id: str) -> Record:
        """Raises UnknownInterview."""
        return self.summary(interview_id).record

    def summary(self, interview_id: str) -> Summary:
        """The record with its counts, in one query. Raises UnknownInterview."""
        with self._read() as connection:
            row = (
                connection.execute(select(interviews).where(_named(interview_id))).mappings().one_or_none()
            )
        if row is None:
            raise _unknown(interview_id)
        return summary_of(row)

    def list(self, owner: str | None = None, limit: int | None = None, offset: int = 0) -> Records:
        """Interviews of `owner`, of everybody when None; the newest first."""
        return [line.record for line in self.summaries(owner, limit, offset)]

    def summaries(self, owner: str | None = None, limit: int | None = None, offset: int = 0) -> Summaries:
        """As `list`, with the counts of each, in one query."""
        return self._summaries(_owned(select(interviews), owner).limit(limit).offset(offset))

    def unfinished(self) -> Records:
        """Interviews that have not ended, the newest first."""
        open_ones = select(interviews).where(interviews.c.state != "ended")
        return [line.record for line in self._summaries(open_ones)]

    def delete(self, interview_id: str) -> None:
        """Deletes an interview and its events. On SQLite no trace stays in the files; on PostgreSQL
        the server's own log and its backups are its administrator's. Raises UnknownInterview."""
        with self._write() as connection:
            gone = connection.execute(delete(interviews).where(_named(interview_id))).rowcount
            if gone:
                forget_words(connection)
        if not gone:
            raise _unknown(interview_id)
        self._scrub()

    def delete_all(self, owner: str | None) -> int:
        """Deletes the interviews of `owner`, of everybody when None, as `delete` does; how many."""
        with self._write() as connection:
            gone = connection.execute(_owned(delete(interviews), owner)).rowcount
            if gone:
                forget_words(connection)
        if gone:
            self._scrub(shrink=True)
        return gone

    def schema_version(self) -> str:
        """The revision of the tables."""
        with self._read() as connection:
            return revision(connection)

    def close(self) -> None:
        """Gives the connections back. A store that is not closed loses nothing."""
        if self._unscrubbed:
            self._scrub()
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with explained(self._place), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with explained(self._place), self._queue, self._writer.begin() as connection:
            yield connection

    def _summaries(self, wanted: Select[Any]) -> Summaries:
        with self._read() as connection:
            rows = connection.execute(wanted.order_by(interviews.c.number.desc())).mappings()
            return [summary_of(row) for row in rows]

    def _scrub(self, shrink: bool = False) -> None:
        """The rows are gone already; what hinders the cleaning of the file must not look like a failure
        to delete, so it is logged and tried again with the next deletion, or on closing."""
        if not is_sqlite(self._engine):
            return
        self._unscrubbed = True
        try:
            with explained(self._place), self._queue:
                self._unscrubbed = not scrub(self._engine, shrink)
            cause = "another program is reading it" if self._unscrubbed else ""
        except (StoreError, sqlite3.Error) as error:
            cause = str(error)
        if cause:
            log.warning("Traces of a deleted interview may still be in the file: %s", cause)


def _readable(interview_id: str) -> bool:
    return bool(interview_id) and interview_id.isascii() and interview_id.isprintable()


def _named(interview_id: str) -> ColumnElement[bool]:
    """Ids come from addresses that anybody can type; PostgreSQL fails on some characters."""
    return interviews.c.id == (interview_id if _readable(interview_id) else "")


def _unknown(interview_id: str) -> UnknownInterview:
    return UnknownInterview(
        f"There is no interview {interview_id[:64]!a} here.",
        "It may have been deleted; look at the past interviews, or begin a new one.",
    )


def _owned(statement: _Where, owner: str | None) -> _Where:
    return statement if owner is None else statement.where(interviews.c.owner == owner)


def _columns(number: int, event: Event) -> dict[str, Any]:
    return {
        "interview": number,
        "seq": event.seq,
        "kind": event.kind,
        "happened": event.when,
        "data": event.data,
    }


def _changes(rows: Sequence[Row]) -> dict[str, Any]:
    """What the events change in their interview's row."""
    column = interviews.c
    answers = sum(kind == "answer" for kind, _, _ in rows)
    elapsed = max((_seconds(data.get("at")) for _, _, data in rows), default=0.0)
    changes: dict[str, Any] = {
        "last_seq": column.last_seq + len(rows),
        "answers": column.answers + answers,
        "elapsed_s": case((column.elapsed_s < elapsed, elapsed), else_=column.elapsed_s),
    }
    states = [_STATE_AFTER[kind] for kind, _, _ in rows if kind in _STATE_AFTER]
    if states:
        last = "ended" if "ended" in states else states[-1]
        changes["state"] = case((column.state == "ended", "ended"), else_=last)
    ends = [when for kind, when, _ in rows if kind == "ended"]
    if ends:
        changes["ended"] = func.coalesce(column.ended, ends[0])
    return changes


def _seconds(at: object) -> float:
    number = isinstance(at, (int, float)) and not isinstance(at, bool)
    return float(at) if number and math.isfinite(at) else 0.0  # type: ignore[arg-type]
