"""A stored interview -> the transcript that goes on paper, from record, log and packs alone."""

from __future__ import annotations

from collections.abc import Sequence

from mulakat.errors import ExamRunning
from mulakat.interview.packs.library import Library
from mulakat.messages import Event, Setup
from mulakat.report.transcript import Transcript
from mulakat.room.told import elapsed, told_turns
from mulakat.store import Record


def field_name(setup: Setup, library: Library) -> str:
    """The field in the language of the interview: a pack's name, or what was typed."""
    pack = library.packs.get(setup.field)
    return pack.names.in_(setup.language) if pack else setup.field


def versions_of(events: Sequence[Event]) -> dict[str, str]:
    """What the interview was held with, as noted when it started."""
    return next((e.data.get("versions", {}) for e in events if e.kind == "started"), {})


def not_in_an_exam(record: Record) -> None:
    """Raises ExamRunning while the interview is an exam that has not ended."""
    if record.setup.mode == "exam" and record.ended is None:
        raise ExamRunning(
            "In exam mode the transcript is shown after the end.", "Finish the interview first."
        )


def told_transcript(
    record: Record, events: Sequence[Event], library: Library, zone: str = ""
) -> Transcript:
    """Everything that goes on paper."""
    setup = record.setup
    return Transcript(
        setup=setup,
        field_name=field_name(setup, library),
        started=next((e.when for e in events if e.kind == "started"), record.created),
        ended=record.ended,
        zone=zone,
        elapsed_s=elapsed(events),
        turns=tuple(told_turns(events)),
        versions={**versions_of(events), "voice": setup.voice, "seed": str(setup.seed)},
        id=record.id,
    )
