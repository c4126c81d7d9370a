"""What was said, read straight from the log: turns and time, without packs or readings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mulakat.messages import Event, Turn


def told_turns(events: Iterable[Event]) -> list[Turn]:
    """The turns of both sides in order. A turn that was cut off in the middle is told as far as it got."""
    turns: list[Turn] = []
    half: list[Event] = []
    for event in events:
        if event.kind == "sentence":
            half.append(event)
        elif event.kind == "reply":
            half = []
            turns.append(_turn("interviewer", event))
        elif event.kind == "answer":
            turns.append(_turn("candidate", event))
    if half:
        last = turns[-1].at if turns else 0.0
        text = " ".join(e.data["text"] for e in half)
        turns.append(Turn("interviewer", text, last, half[-1].when))
    return turns


def _turn(speaker: str, event: Event) -> Turn:
    data = event.data
    return Turn(
        "interviewer" if speaker == "interviewer" else "candidate",
        data["text"],
        float(data["at"]),
        event.when,
        data.get("move", ""),
    )


def elapsed(events: Sequence[Event]) -> float:
    """Seconds of the interview so far, pauses left out."""
    return max((float(e.data["at"]) for e in events if "at" in e.data), default=0.0)
