"""What an interview's events amount to: the state after a restart is the state before it.

A pure fold over the log. Does not: read or write the store, or decide anything.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from mulakat.interview.director import Exchange
from mulakat.messages import Event, Grounded, Move, MoveName, Place, Reading, Span, SpanKind, Turn

Phase = Literal["waiting", "thinking", "listening", "paused", "ended"]
Read = Callable[[str, "State"], Reading]
"""What is known of an answer, given the state before it."""


@dataclass
class State:
    """exchanges  finished turns of the interviewer with their answers, in order
    pending    a move that was decided but whose turn is not complete, with the sentences said
    said       all sentences of the interviewer
    done       ids of the page's messages that were carried out
    """

    phase: Phase = "waiting"
    exchanges: list[Exchange] = field(default_factory=list)
    pending: Move | None = None
    sentences: list[tuple[str, bool, int]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    asked: int = 0
    at: float = 0.0
    seq: int = 0
    when: str = ""
    owes_reply: bool = False
    owes_end: bool = False
    paused_from: Phase = "listening"

    @property
    def named(self) -> list[str]:
        """What was named already."""
        return [e.move.span.text for e in self.exchanges if e.move.span]


def fold(events: Iterable[Event], read: Read, state: State | None = None) -> State:
    """The state after `events`."""
    state = state or State()
    for event in events:
        apply(state, event, read)
    return state


def apply(state: State, event: Event, read: Read) -> None:
    """Carry one event out on the state."""
    state.seq, state.when = event.seq, event.when
    data = event.data
    state.at = max(state.at, float(data.get("at", state.at)))
    if data.get("id"):
        state.done.add(str(data["id"]))
    handler = _HANDLERS.get(event.kind)
    if handler:
        handler(state, event, read)


def _started(state: State, event: Event, read: Read) -> None:
    state.phase, state.owes_reply = "thinking", True


def _move(state: State, event: Event, read: Read) -> None:
    state.pending = move_from(event.data["full"])
    state.sentences = []
    state.phase = "thinking"


def _sentence(state: State, event: Event, read: Read) -> None:
    state.sentences.append((event.data["text"], event.data["question"], event.seq))
    state.said.append(event.data["text"])


def _reply(state: State, event: Event, read: Read) -> None:
    if state.pending is None:
        return
    question = " ".join(t for t, is_question, _ in state.sentences if is_question)
    state.exchanges.append(Exchange(state.pending, event.data["text"], question))
    state.turns.append(_turn("interviewer", event, state.pending))
    state.owes_end = state.pending.name is MoveName.FAREWELL
    state.asked += not state.owes_end
    state.pending, state.owes_reply = None, False
    state.phase = "thinking" if state.owes_end else "listening"


def _answer(state: State, event: Event, read: Read) -> None:
    text = event.data["text"]
    state.turns.append(_turn("candidate", event, None))
    _close_exchange(state, text, read(text, state), skipped=False)
    state.answers.append(text)
    state.phase, state.owes_reply = "thinking", True


def _skipped(state: State, event: Event, read: Read) -> None:
    _close_exchange(state, "", None, skipped=True)
    state.phase, state.owes_reply = "thinking", True


def _asked_repeat(state: State, event: Event, read: Read) -> None:
    _close_exchange(state, "", Reading(words=0, asks_repeat=True), skipped=False)
    state.phase, state.owes_reply = "thinking", True


def _paused(state: State, event: Event, read: Read) -> None:
    state.paused_from, state.phase = state.phase, "paused"


def _resumed(state: State, event: Event, read: Read) -> None:
    state.phase = state.paused_from


def _ended(state: State, event: Event, read: Read) -> None:
    state.phase, state.owes_reply, state.owes_end, state.pending = "ended", False, False, None


_HANDLERS: dict[str, Callable[[State, Event, Read], None]] = {
    "started": _started,
    "move": _move,
    "sentence": _sentence,
    "reply": _reply,
    "answer": _answer,
    "skipped": _skipped,
    "asked_repeat": _asked_repeat,
    "paused": _paused,
    "resumed": _resumed,
    "ended": _ended,
}


def _close_exchange(state: State, answer: str, reading: Reading | None, *, skipped: bool) -> None:
    if state.exchanges:
        last = state.exchanges[-1]
        state.exchanges[-1] = Exchange(last.move, last.text, last.question, answer, reading, skipped)


def _turn(speaker: Literal["interviewer", "candidate"], event: Event, move: Move | None) -> Turn:
    return Turn(
        speaker,
        event.data["text"],
        float(event.data["at"]),
        event.when,
        move.name.value if move else "",
        move.question_id if move else "",
    )


def move_data(move: Move) -> dict[str, Any]:
    """A move as plain data for the log."""
    return {**asdict(move), "places": [asdict(place) for place in move.places]}


def move_from(data: dict[str, Any]) -> Move:
    """A move from the log's plain data."""
    span = data.get("span")
    return Move(
        **{
            **data,
            "name": MoveName(data["name"]),
            "span": span_from(span) if span else None,
            "places": tuple(Place(**place) for place in data.get("places", ())),
        }
    )


def span_from(data: dict[str, Any]) -> Span:
    return Span(**{**data, "kind": SpanKind(data["kind"])})


def grounded_data(questions: Iterable[Grounded]) -> list[dict[str, Any]]:
    """Questions about documents as plain data for the log: what JSON gives back is what went in."""
    data: list[dict[str, Any]] = json.loads(json.dumps([asdict(question) for question in questions]))
    return data


def grounded_from(events: Iterable[Event]) -> tuple[Grounded, ...]:
    """The questions about documents that an interview began with; none without documents."""
    started = next((e.data for e in events if e.kind == "started"), {})
    return tuple(_grounded(each) for each in started.get("grounded", ()))


def _grounded(data: dict[str, Any]) -> Grounded:
    return Grounded(
        **{
            **data,
            "spans": tuple(span_from(span) for span in data["spans"]),
            "places": tuple(Place(**place) for place in data["places"]),
            "good": {language: tuple(lines) for language, lines in data["good"].items()},
            "follow_ups": tuple((aspect, dict(texts)) for aspect, texts in data["follow_ups"]),
        }
    )
