"""One live interview: the visible wiring of everything above.

    an answer comes -> stored -> read (assessment) -> a move is decided (director) -> stored
    -> worded (llm, guard) -> each sentence stored -> sent -> spoken (speech) -> sent

Events are stored before they are sent, and the state is a fold over them (`state`), so a room
that is opened again goes on where it was. What was begun is carried out whole, also when whoever
asked for it has gone away. Does not: know of sockets; whoever listens is a callback.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar, Protocol

from mulakat.assessment.reading import SHORT
from mulakat.errors import (
    InterviewError,
    InterviewOver,
    InterviewPaused,
    MissingExtra,
    MulakatError,
    NotYetAsked,
    SpeechError,
)
from mulakat.interview.agenda import Item, plan
from mulakat.interview.director import Budget, Exchange, next_move
from mulakat.interview.packs.library import Library
from mulakat.llm.protocol import Engine, Request
from mulakat.messages import Event, Grounded, Move, MoveName, Reading, Setup, Speech
from mulakat.room.ahead import Ahead
from mulakat.room.clock import Stopwatch, WallClock
from mulakat.room.history import messages_ahead, messages_for
from mulakat.room.reader import Reader
from mulakat.room.state import State, apply, fold, grounded_data, grounded_from, move_data
from mulakat.room.words import Task, Worded, Wordsmith
from mulakat.speech.protocol import Synthesizer
from mulakat.text.fold import capital

log = logging.getLogger(__name__)

READING_MS_PER_WORD = 380
"""How long a sentence without sound stays: about 160 words a minute."""

_ABOUT_THE_QUESTION = frozenset({"repeat", "skip", "moment"})
_NO_VOICE = ("The voice has failed.", "Read the captions; the interview goes on without sound.")


class EventLog(Protocol):
    """What a room needs of the store."""

    def append(self, interview_id: str, kind: str, when: str, data: dict[str, Any]) -> Event: ...
    def events(self, interview_id: str, after: int = 0) -> list[Event]: ...


class Listener(Protocol):
    """Who hears a room. None of these may block or raise."""

    def event(self, event: Event) -> None: ...
    def speech(self, sentence: int, speech: Speech) -> None: ...
    def silent(self, sentence: int, ms: int) -> None: ...
    def status(self, phase: str, elapsed_s: float, queue: int) -> None: ...
    def fault(self, error: MulakatError) -> None: ...


@dataclass
class Services:
    """What all rooms of a server share."""

    store: EventLog
    engine: Engine | None
    adapter: str | None
    voices: Synthesizer
    library: Library
    reader: Reader
    patience: float = 8.0
    versions: dict[str, str] | None = None
    hurry: float | None = None


class Room:
    """Open with `await Room.open(...)`. One message is carried out at a time, in order."""

    def __init__(self, interview_id: str, setup: Setup, services: Services) -> None:
        self.id = interview_id
        self.setup = setup
        self.services = services
        self._plan(())
        self.words = Wordsmith(services.engine, services.adapter, services.patience, services.hurry)
        self.state = State()
        self.clock = WallClock()
        self.watch = Stopwatch()
        self.timings: list[dict[str, Any]] = []
        self.listeners: list[Listener] = []
        self.visitors = 0
        self._turn = asyncio.Lock()
        self._work: set[asyncio.Task[None]] = set()
        self._voiceless = False
        self.ahead = Ahead(services.engine, self.words, self._request_ahead, self._task_ahead)
        self._heard_at = 0.0
        self._grounded: tuple[Grounded, ...] = ()

    @classmethod
    async def open(cls, interview_id: str, setup: Setup, services: Services) -> Room:
        """The room with all its stored events carried out. Nothing is said yet."""
        room = cls(interview_id, setup, services)
        events = await asyncio.to_thread(services.store.events, interview_id)
        room._plan(grounded_from(events))
        room.state = fold(events, room._read)
        room.watch = Stopwatch(room.state.at)
        if room.state.when:
            room.clock.not_before(room.state.when)
        return room

    def _plan(self, grounded: Sequence[Grounded]) -> None:
        self.plan: tuple[Item, ...] = plan(self.setup, self.services.library, grounded)
        self.items = {item.id: item for item in self.plan}
        self._from_documents = tuple(span.text for question in grounded for span in question.spans)

    async def prepare(self, grounded: Sequence[Grounded]) -> None:
        """Take questions about the candidate's documents into the agenda. Raises InterviewError once the
        interview has begun; the last preparation before that counts."""
        async with self._turn:
            if self.state.phase != "waiting":
                raise InterviewError(
                    "The interview has begun with its agenda.", "Start a new one to use other documents."
                )
            self._grounded = tuple(grounded)
            self._plan(self._grounded)

    # ------------------------------------------------------------ listening

    def listen(self, listener: Listener) -> None:
        """From now on this listener hears everything; the interview's time runs while one does."""
        self.listeners.append(listener)
        if self.state.phase not in ("paused", "ended"):
            self.watch.start()

    def leave(self, listener: Listener) -> None:
        if listener in self.listeners:
            self.listeners.remove(listener)
        if not self.listeners:
            self.watch.stop()

    @property
    def idle(self) -> bool:
        """Nobody listens or is about to, and nothing is being said."""
        return not self.visitors and not self.listeners and not self._work

    @property
    def budget(self) -> Budget:
        limit = self.setup.minutes * 60.0 if self.setup.minutes else None
        return Budget(self.state.asked, self.setup.turns, self.watch.seconds, limit)

    @property
    def heard(self) -> int:
        """How many turns of the interviewer can be answered: those whose question is out."""
        pending = self.state.pending
        out = pending is not None and _is_whole(pending, self.state.sentences)
        return len(self.state.exchanges) + out

    # ------------------------------------------------------------ what a candidate does

    async def begin(self) -> None:
        """Start the interview, or say what was still owed when it was cut off. Safe to call again."""
        await self._whole(self._begin())

    async def answer(self, text: str, client_id: str, heard: int | None = None) -> None:
        """Take an answer and reply to it. `heard` is what `Room.heard` was when it came: an answer
        never counts for a question that was not asked yet. Raises InterviewError when it cannot be
        taken now."""
        await self._whole(self._answer(text, client_id, heard, time.perf_counter()))

    async def command(self, kind: str, client_id: str, heard: int | None = None) -> None:
        """repeat, moment, skip, pause, resume or finish. Raises InterviewError."""
        await self._whole(self._command(kind, client_id, heard, time.perf_counter()))

    async def _whole(self, work: Coroutine[Any, Any, None]) -> None:
        """Carry `work` out to its end even if the caller is cancelled: a page that goes away in the
        middle must not leave a stored event behind that the state does not know."""
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._worked)
        await asyncio.shield(task)

    def _worked(self, task: asyncio.Task[None]) -> None:
        self._work.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.warning("%s", error, exc_info=None if isinstance(error, MulakatError) else error)

    async def _begin(self) -> None:
        async with self._turn:
            if self.state.phase == "waiting":
                questions = {"grounded": grounded_data(self._grounded)} if self._grounded else {}
                await self._emit("started", {"versions": self.services.versions or {}, **questions})
            await self._owed(time.perf_counter())

    async def _answer(self, text: str, client_id: str, heard: int | None, arrived: float) -> None:
        async with self._turn:
            await self._owed(arrived)
            if client_id in self.state.done:
                return
            self._must_listen(heard)
            await self._emit("answer", {"id": client_id, "text": text, "at": self._at()})
            await self._reply(arrived)

    async def _command(self, kind: str, client_id: str, heard: int | None, arrived: float) -> None:
        async with self._turn:
            if kind != "finish":
                await self._owed(arrived)
            if client_id in self.state.done:
                return
            if kind in _ABOUT_THE_QUESTION:
                self._must_listen(heard)
            await self._COMMANDS[kind](self, {"id": client_id, "at": self._at()}, arrived)

    def draft(self, text: str) -> None:
        """Let the model read what is typed so far and think ahead, if it has nothing better to do."""
        if self.state.phase == "listening":
            self.ahead.draft(text)

    def _request_ahead(self, draft: str) -> Request:
        messages = messages_ahead(self.state.exchanges, draft, self.setup.role, self.setup.language)
        return Request(messages, session=self.id, adapter=self.services.adapter)

    def _task_ahead(self, draft: str) -> Task | None:
        """The turn that would follow if the draft were the answer; None when it is not worth it."""
        engine, state = self.services.engine, self.state
        strong = engine is None or (engine.words_questions and self.setup.language in engine.free_languages)
        if strong or state.phase != "listening" or not state.exchanges or len(draft.split()) < SHORT:
            return None
        reading = self._read(draft, state)
        last = replace(state.exchanges[-1], answer=draft, reading=reading, skipped=False)
        exchanges = [*state.exchanges[:-1], last]
        return self._task(self._next_move(exchanges), {}, exchanges)

    async def speak_again(self, sentence: int) -> None:
        """Speak a stored sentence once more. Raises InterviewError when there is none."""
        events = await asyncio.to_thread(self.services.store.events, self.id, sentence - 1)
        if not events or events[0].seq != sentence or events[0].kind != "sentence":
            raise InterviewError(f"There is no sentence {sentence}.", "Load the page again.")
        await self._speak(sentence, events[0].data["text"])

    async def close(self) -> None:
        """End what is under way. The room is not used again."""
        await self.ahead.close()
        ending = [*self._work]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        self.watch.stop()
        if self.services.engine:
            self.services.engine.forget(self.id)

    # ------------------------------------------------------------ commands

    async def _repeat(self, data: dict[str, Any], arrived: float) -> None:
        await self._emit("asked_repeat", data)
        await self._reply(arrived)

    async def _skip(self, data: dict[str, Any], arrived: float) -> None:
        await self._emit("skipped", data)
        await self._reply(arrived)

    async def _moment(self, data: dict[str, Any], arrived: float) -> None:
        await self._emit("moment", data)

    async def _pause(self, data: dict[str, Any], arrived: float) -> None:
        if self.state.phase == "paused":
            raise InterviewPaused("The interview is paused already.", "Press resume to go on.")
        self._must_listen()
        await self._emit("paused", data)
        self.watch.stop()
        self._status()

    async def _resume(self, data: dict[str, Any], arrived: float) -> None:
        if self.state.phase != "paused":
            raise InterviewError("The interview is not paused.", "Go on with your answer.")
        await self._emit("resumed", data)
        if self.listeners:
            self.watch.start()
        self._status()

    async def _finish(self, data: dict[str, Any], arrived: float) -> None:
        if self.state.phase == "ended":
            self._must_listen()
        await self._end("finished", data)

    _COMMANDS: ClassVar[dict[str, Callable[[Room, dict[str, Any], float], Awaitable[None]]]] = {
        "repeat": _repeat,
        "skip": _skip,
        "moment": _moment,
        "pause": _pause,
        "resume": _resume,
        "finish": _finish,
    }

    def _must_listen(self, heard: int | None = None) -> None:
        if self.state.phase == "ended":
            raise InterviewOver("This interview has ended.", "Start a new one to go on practising.")
        if self.state.phase == "paused":
            raise InterviewPaused("The interview is paused.", "Press resume first; your text is kept.")
        if self.state.phase != "listening" or heard not in (None, len(self.state.exchanges)):
            raise NotYetAsked(
                "The interviewer has not asked yet.", "Wait for the question; your text is kept."
            )

    # ------------------------------------------------------------ the interviewer's turn

    async def _reply(self, arrived: float) -> None:
        """Decide, word and speak one turn; ends the interview after a farewell."""
        self._heard_at = arrived
        move = self.state.pending or await self._decide()
        turn = len(self.state.exchanges) + 1
        marks: dict[str, float] = {}
        spoken: set[str] = set()
        for sentence in self._unsaid(move):
            await self._say(sentence, turn, marks, spoken)
        if not self.state.sentences or not _is_whole(move, self.state.sentences):
            if made := await self.ahead.take(move):
                marks["token"] = time.perf_counter()
            for sentence in made:
                await self._say(sentence, turn, marks, spoken)
            if not made:
                await self._word(move, turn, marks, spoken)
        await self._emit("reply", self._reply_data(move, turn, marks, spoken))
        self.services.reader.look_ahead(self.state.answers[-1:], self.setup.language)
        if move.name is MoveName.FAREWELL:
            await self._end("complete", {"at": self._at()})
        else:
            self._status()
            self.draft("")  # reads the whole turn ahead while the candidate thinks

    async def _word(self, move: Move, turn: int, marks: dict[str, float], spoken: set[str]) -> None:
        task = self._task(move, marks, self.state.exchanges)
        async with aclosing(self.words.word(task, self._queued)) as sentences:
            async for sentence in sentences:
                await self._say(sentence, turn, marks, spoken)

    async def _owed(self, arrived: float) -> None:
        """Say what was not said because the server or its disk gave out in between."""
        if self.state.owes_end:
            await self._end("complete", {"at": self._at()})
        elif self.state.phase == "thinking" and (self.state.owes_reply or self.state.pending):
            await self._reply(arrived)

    async def _decide(self) -> Move:
        move = self._next_move(self.state.exchanges)
        self._status(phase="thinking")
        asked = self.state.asked + (move.name is not MoveName.FAREWELL)
        await self._emit(
            "move",
            {
                "turn": len(self.state.exchanges) + 1,
                "move": move.name.value,
                "mood": move.mood,
                "asked": asked,
                "total": self.setup.turns,
                "places": [asdict(place) for place in move.places],
                "full": move_data(move),
            },
        )
        return move

    def _next_move(self, exchanges: Sequence[Exchange]) -> Move:
        """The director's move; its question is the pack's where the model may not word it."""
        move = next_move(self.plan, exchanges, self.budget, self.setup.language)
        engine = self.services.engine
        fixed = engine is not None and not engine.words_questions
        return replace(move, fixed=True) if fixed else move

    def _unsaid(self, move: Move) -> Sequence[Worded]:
        """After a cut in the middle of a turn: the question that is still owed."""
        if self.state.sentences and not _is_whole(move, self.state.sentences):
            return [Worded(capital(move.seed, self.setup.language), True, "pack")]
        return []

    def _task(self, move: Move, marks: dict[str, float], exchanges: Sequence[Exchange]) -> Task:
        item = self.items.get(move.question_id)
        points = item.question.good_answer.in_(self.setup.language) if item else ()
        return Task(
            move=move,
            language=self.setup.language,
            messages=messages_for(exchanges, move, self.setup.role, self.setup.language),
            said=tuple(self.state.said),
            points=points,
            known=(self.setup.role, *self._from_documents),
            session=self.id,
            seed=self.setup.seed,
            marks=marks,
            heard_at=self._heard_at,
        )

    async def _say(self, sentence: Worded, turn: int, marks: dict[str, float], spoken: set[str]) -> None:
        marks.setdefault("sentence", time.perf_counter())
        spoken.add(sentence.by)
        event = await self._emit(
            "sentence",
            {
                "turn": turn,
                "index": len(self.state.sentences),
                "text": sentence.text,
                "question": sentence.question,
            },
        )
        await self._speak(event.seq, sentence.text)
        marks.setdefault("sound", time.perf_counter())

    async def _speak(self, sentence: int, text: str) -> None:
        """Sound for a sentence; without a voice the sentence is shown, and the fault is told once."""
        try:
            speech = await self.services.voices.speak(text, self.setup.voice, self.setup.speed)
        except Exception as error:
            self._silent(sentence, text, error)
            return
        self._voiceless = False
        for listener in tuple(self.listeners):
            listener.speech(sentence, speech)

    def _silent(self, sentence: int, text: str, error: Exception) -> None:
        known = isinstance(error, SpeechError | MissingExtra)
        log.warning("a sentence stays silent: %s", error, exc_info=None if known else error)
        told, self._voiceless = self._voiceless, True
        fault = error if isinstance(error, MulakatError) else SpeechError(*_NO_VOICE)
        for listener in tuple(self.listeners):
            if not told:
                listener.fault(fault)
            listener.silent(sentence, max(1200, READING_MS_PER_WORD * len(text.split())))

    def _reply_data(
        self, move: Move, turn: int, marks: dict[str, float], spoken: set[str]
    ) -> dict[str, Any]:
        now = time.perf_counter()
        timing = {
            f"{name}_ms": round((marks.get(mark, now) - self._heard_at) * 1000, 2)
            for name, mark in (
                ("first_token", "token"),
                ("first_sentence", "sentence"),
                ("first_sound", "sound"),
            )
        }
        timing["reply_ms"] = round((now - self._heard_at) * 1000, 2)
        by = "model" if "model" in spoken else next(iter(sorted(spoken)), "pack")
        self.timings.append({**timing, "turn": turn, "move": move.name.value, "worded_by": by})
        text = " ".join(t for t, _, _ in self.state.sentences)
        return {
            "turn": turn,
            "move": move.name.value,
            "text": text,
            "at": self._at(),
            "worded_by": by,
            "timing": timing,
        }

    async def _end(self, reason: str, data: dict[str, Any]) -> None:
        await self._emit("ended", {**data, "reason": reason})
        self.watch.stop()
        self._status()
        if self.services.engine:
            self.services.engine.forget(self.id)

    # ------------------------------------------------------------ small things

    async def _emit(self, kind: str, data: dict[str, Any]) -> Event:
        """Store, carry out, send: in this order."""
        store, before = self.services.store, self.state.seq
        event = await asyncio.to_thread(store.append, self.id, kind, self.clock.now(), data)
        new = [event]
        if event.seq > before + 1:  # another process wrote to this interview as well
            new = await asyncio.to_thread(store.events, self.id, before)
        for each in new:
            apply(self.state, each, self._read)
            for listener in tuple(self.listeners):
                listener.event(each)
        return event

    def _read(self, answer: str, state: State) -> Reading:
        wanted = state.exchanges[-1].move.question_id if state.exchanges else ""
        item = self.items.get(wanted, self.plan[0])
        return self.services.reader.read(answer, item, self.setup.language, state.answers, state.named)

    def _at(self) -> float:
        return round(self.watch.seconds, 3)

    def _queued(self, place: int) -> None:
        self._status(phase="thinking", queue=place)

    def _status(self, phase: str = "", queue: int = 0) -> None:
        for listener in tuple(self.listeners):
            listener.status(phase or self.state.phase, self.watch.seconds, queue)


def _is_whole(move: Move, sentences: Sequence[tuple[str, bool, int]]) -> bool:
    """Whether the sentences of a turn include all that it must hold."""
    return (move.name is MoveName.FAREWELL and bool(sentences)) or any(q for _, q, _ in sentences)
