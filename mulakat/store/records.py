"""What the store hands out: an interview's record and a line of the list of past interviews.

Does not: read or write; `store` does.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from sqlalchemy import RowMapping

from mulakat.messages import Event, Setup

State = Literal["new", "running", "paused", "ended"]


@dataclass(frozen=True, slots=True)
class Record:
    """One interview. `created` and `ended` are ISO 8601 with offset, as the caller gave them.

    owner       hash of the browser session that began it
    token_hash  hash of the token that opens it without that session
    """

    id: str
    owner: str
    token_hash: str
    setup: Setup
    created: str
    state: State
    ended: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """A record with what a list of interviews shows of it.

    answers    number of `answer` events
    elapsed_s  the largest `at` of its events, in seconds since it began
    events     number of its last event
    """

    record: Record
    answers: int
    elapsed_s: float
    events: int


def packed(setup: Setup) -> dict[str, Any]:
    """The set-up as JSON holds it."""
    return asdict(setup)


def unpacked(data: dict[str, Any]) -> Setup:
    """The set-up from JSON; what this version does not know is left out."""
    known = {field.name for field in fields(Setup)}
    return Setup(**{name: value for name, value in data.items() if name in known})


def record_of(row: RowMapping) -> Record:
    return Record(
        id=row["id"],
        owner=row["owner"],
        token_hash=row["token_hash"],
        setup=unpacked(row["setup"]),
        created=row["created"],
        state=row["state"],
        ended=row["ended"],
    )


def summary_of(row: RowMapping) -> Summary:
    return Summary(
        record=record_of(row),
        answers=row["answers"],
        elapsed_s=row["elapsed_s"],
        events=row["last_seq"],
    )


def event_of(row: RowMapping) -> Event:
    return Event(seq=row["seq"], kind=row["kind"], when=row["happened"], data=row["data"])
