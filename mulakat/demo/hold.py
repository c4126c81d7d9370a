"""Holds one interview with a scripted candidate through the real room, store, model and voice.

The candidate types as people do: the room sees drafts before the answer. Does not: open a port.
"""

from __future__ import annotations

import secrets
import wave
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mulakat.demo.scenario import Line, Scenario
from mulakat.errors import MulakatError
from mulakat.messages import Event, Setup, Speech
from mulakat.report.transcript import Transcript
from mulakat.room import Room
from mulakat.room.clock import WallClock
from mulakat.room.record import told_transcript
from mulakat.room.services import Building
from mulakat.speech import default_voice

DRAFTS = 3
"""How often the room sees an answer while it is typed."""


@dataclass
class Held:
    """An interview as it was held.

    lines   the candidate's lines in the order they were said
    faults  what went wrong on the way; notes: what was missing from the start
    """

    scenario: Scenario
    setup: Setup
    transcript: Transcript
    timings: list[dict[str, Any]]
    moves: list[dict[str, Any]]
    lines: list[Line]
    counts: Counter[str] = field(default_factory=Counter)
    speeches: list[Speech] = field(default_factory=list)
    faults: list[MulakatError] = field(default_factory=list)
    notes: list[MulakatError] = field(default_factory=list)


class Ear:
    """Keeps what a page would hear."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.speeches: list[Speech] = []
        self.faults: list[MulakatError] = []

    def event(self, event: Event) -> None:
        self.events.append(event)

    def speech(self, sentence: int, speech: Speech) -> None:
        self.speeches.append(speech)

    def silent(self, sentence: int, ms: int) -> None:
        pass

    def status(self, phase: str, elapsed_s: float, queue: int) -> None:
        pass

    def fault(self, error: MulakatError) -> None:
        self.faults.append(error)


def setup_for(scenario: Scenario, turns: int, seed: int) -> Setup:
    """The set-up page filled in by a scripted candidate."""
    return Setup(
        language=scenario.language,
        field=scenario.field,
        role=scenario.role,
        level=scenario.level,
        kind=scenario.kind,
        turns=turns,
        voice=default_voice(scenario.language),
        seed=seed,
        page_language=scenario.language,
    )


async def hold(
    scenario: Scenario, building: Building, turns: int, seed: int, *, room_class: type[Room] = Room
) -> Held:
    """One whole interview of `turns` questions."""
    setup = setup_for(scenario, turns, seed)
    interview_id = f"demo-{secrets.token_hex(8)}"
    record = building.store.create(interview_id, "demo", "", setup, WallClock().now())
    room = await room_class.open(interview_id, setup, building.services)
    ear = Ear()
    lines = await _talk(room, ear, scenario)
    events = building.store.events(interview_id)
    return Held(
        scenario,
        setup,
        told_transcript(building.store.get(record.id), events, building.library),
        room.timings,
        [e.data["full"] for e in events if e.kind == "move"],
        lines,
        room.words.counts,
        ear.speeches,
        ear.faults,
        building.notes,
    )


async def _talk(room: Room, ear: Ear, scenario: Scenario) -> list[Line]:
    room.listen(ear)
    await room.begin()
    lines: list[Line] = []
    while room.state.phase != "ended":
        line = scenario.line(len(lines))
        lines.append(line)
        await _type(room, line.say)
        await room.answer(line.say, f"answer-{len(lines)}")
    room.leave(ear)
    await room.close()
    return lines


async def _type(room: Room, text: str) -> None:
    """Show the room what is typed so far, as the page does, and let it think ahead.

    The page sends a draft at most every 0.4 s, so the last one lacks what is typed in that time: at 60
    words a minute less than one word. Here it lacks two.
    """
    words = text.split(" ")
    for n in range(1, DRAFTS + 1):
        room.draft(" ".join(words[: max(0, (len(words) - 2) * n // DRAFTS)]))
        await room.ahead.settled()


def write_sound(speeches: list[Speech], path: Path) -> None:
    """All the interviewer said as one WAV file, with a breath between sentences."""
    if not speeches:
        return
    rate = speeches[0].rate
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        for speech in speeches:
            out.writeframes(speech.pcm + b"\0\0" * (rate // 3))
