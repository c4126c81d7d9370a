"""One interview without a server: the order of things, budgets, phases, and what survives a fault."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Callable
from typing import Any

import pytest
from house import (
    ANSWERS,
    READER,
    Ear,
    Failing,
    Log,
    check_log,
    fake_engine,
    questions,
    services,
    setup_of,
    talk,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulakat.errors import DiskFull, EngineDead, InterviewError, InterviewOver, SpeechError
from mulakat.llm.fake import FakeEngine
from mulakat.llm.protocol import Engine
from mulakat.messages import Event, Grounded, Language, Place, Setup, Span, SpanKind, Speech
from mulakat.room import Room
from mulakat.room.clock import Stopwatch
from mulakat.room.state import fold
from mulakat.speech.fake import FakeSynthesizer
from mulakat.store import Store


async def opened(
    log: Any, setup: Setup | None = None, engine: Engine | None = None, **more: Any
) -> tuple[Room, Ear]:
    room = await Room.open("it", setup or setup_of(), services(log, engine, **more))
    ear = Ear()
    room.listen(ear)
    return room, ear


async def reached(ready: Callable[[], bool]) -> None:
    """Let the room work until then."""
    while not ready():  # noqa: ASYNC110 - the room has no event for it
        await asyncio.sleep(0.005)


@pytest.mark.parametrize("language", ["en", "tr"])
async def test_whole_interview_on_every_database(any_store: Store, language: Language) -> None:
    setup = setup_of(language)
    any_store.create("it", "me", "hash", setup, "2026-03-01T10:00:00+03:00")
    room, ear = await opened(any_store, setup, fake_engine())
    await talk(room, language)
    assert ear.events == any_store.events("it")
    check_log(ear.events)
    assert any_store.get("it").state == "ended"
    assert [e.data["move"] for e in ear.events if e.kind == "reply"][-2:] == ["close", "farewell"]


async def test_questions_about_documents_are_asked_with_their_place_and_outlive_a_restart(
    any_store: Store,
) -> None:
    setup = setup_of("en", turns=6)
    asked = Grounded(
        id="project:cv:1.4:atlas",
        about="project",
        kind="behavioural",
        texts={"en": "You list Atlas. What was it for?", "tr": "Atlas adlı proje ne içindi?"},
        spans=(Span("Atlas", SpanKind.NAME, 10, 15, "cv"),),
        places=(Place("cv", "cv.pdf", 1, 4, 4),),
        good={"en": ("says what it was for",), "tr": ("ne için olduğunu söyler",)},
        follow_ups=(("result", {"en": "What came of it?", "tr": "Sonunda ne oldu?"}),),
    )
    any_store.create("it", "me", "hash", setup, "2026-03-01T10:00:00+03:00")
    room, ear = await opened(any_store, setup, fake_engine())
    await room.prepare([asked])
    await room.begin()
    first = next(e.data for e in ear.events if e.kind == "move")
    assert first["places"] == [{"document": "cv", "name": "cv.pdf", "page": 1, "line": 4, "last": 4}]
    assert room.state.exchanges[-1].question == "You list Atlas. What was it for?"
    with pytest.raises(InterviewError, match="has begun"):
        await room.prepare([])
    await room.close()
    again, _ = await opened(any_store, setup, fake_engine())
    assert again.plan == room.plan
    assert again.state.exchanges == room.state.exchanges
    await talk(again)
    assert again.state.phase == "ended"


async def test_order_within_a_turn() -> None:
    room, ear = await opened(Log(), engine=fake_engine())
    await room.begin()
    kinds = [t[0] if t[0] != "event" else t[1].kind for t in ear.told]
    assert kinds[:2] == ["started", "status"]
    assert kinds[2] == "move"
    body = kinds[3:-2]
    assert body == ["sentence", "speech"] * (len(body) // 2)
    assert kinds[-2:] == ["reply", "status"]
    assert [t[1] for t in ear.of("status")] == ["thinking", "listening"]
    for n, told in enumerate(ear.told):
        if told[0] == "speech":
            assert ear.told[n - 1][1].seq == told[1]
            assert ear.told[n - 1][1].data["text"] == told[2].text


async def test_nothing_is_told_that_is_not_stored() -> None:
    log = Log()
    room, ear = await opened(log)

    def event(event: Event) -> None:
        assert log.kept[event.seq - 1] == event
        ear.told.append(("event", event))

    ear.event = event  # type: ignore[method-assign]
    await talk(room)
    assert len(ear.events) == len(log.kept)


async def test_disk_that_fills_up_at_any_moment_loses_and_doubles_nothing() -> None:
    whole = Log()
    room, _ = await opened(whole)
    await talk(room)
    for full_at in range(1, len(whole.kept) + 1):
        log = Log()
        store = Failing(log, lambda n, at=full_at: n == at)  # type: ignore[misc]
        room, ear = await opened(store)
        faults = 0
        for n in range(60):
            try:
                await (room.begin() if n == 0 else room.answer(ANSWERS["en"][n % 3], f"a{n}"))
            except DiskFull:
                faults += 1
                assert ear.events == log.kept, "something was told that is not stored"
                await (room.begin() if n == 0 else room.answer(ANSWERS["en"][n % 3], f"a{n}"))
            if room.state.phase == "ended":
                break
        assert faults == 1
        check_log(log.kept)
        assert log.kept[-1].kind == "ended"
        assert len(questions(log.kept)) == 4


async def test_cut_at_every_event_goes_on_where_it_was() -> None:
    """As after kill -9: another process finds the first k events and goes on."""
    whole = Log()
    room, _ = await opened(whole, engine=fake_engine())
    await talk(room)
    asked = questions(whole.kept)
    for k in range(len(whole.kept) + 1):
        log = Log(list(whole.kept[:k]))
        again, ear = await opened(log, engine=fake_engine())
        await talk(again)
        check_log(log.kept)
        assert log.kept[:k] == whole.kept[:k]
        assert ear.events == log.kept[k:]
        assert len(questions(log.kept)) == len(asked) == 4
        assert len(set(questions(log.kept))) == 4, "a question was asked twice"
        assert [e.kind for e in log.kept].count("started") == 1


async def test_caller_that_goes_away_in_the_middle_leaves_the_state_whole() -> None:
    """A page closes at any moment of a turn: what was stored is known, and the turn is finished."""
    engine = fake_engine(pause=0.002)
    for steps in range(0, 40, 3):
        log = Log()
        room, ear = await opened(log, engine=engine)
        await room.begin()
        page = asyncio.create_task(room.answer(ANSWERS["en"][0], "a1"))
        for _ in range(steps):
            await asyncio.sleep(0)
        page.cancel()
        await asyncio.gather(page, return_exceptions=True)
        await room.answer(ANSWERS["en"][0], "a1")
        assert ear.events == log.kept
        check_log(log.kept)
        assert room.state.answers == [ANSWERS["en"][0]]
        assert room.state.phase == "listening"
        assert len(room.state.exchanges) == 2


async def test_state_is_a_fold_of_the_log() -> None:
    await _folds(["answer", "pause", "resume", "repeat", "moment", "skip", "answer", "answer"])


ACTIONS = st.lists(
    st.sampled_from(
        ["answer", "short", "nothing", "repeat", "moment", "skip", "pause", "resume", "finish"]
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(ACTIONS)
def test_state_after_any_prefix_equals_the_live_state(actions: list[str]) -> None:
    asyncio.run(_folds(actions))


async def _folds(actions: list[str]) -> None:
    log = Log()
    room, ear = await opened(log, setup_of(turns=5))
    states = []

    def event(event: Event) -> None:
        states.append(copy.deepcopy(room.state))
        ear.told.append(("event", event))

    ear.event = event  # type: ignore[method-assign]
    await room.begin()
    says = {"answer": ANSWERS["en"][0], "short": "Yes.", "nothing": ""}
    for n, action in enumerate(actions):
        try:
            if action in says:
                await room.answer(says[action], f"c{n}")
            else:
                await room.command(action, f"c{n}")
        except InterviewError:
            continue
    assert len(states) == len(log.kept)
    check_log(log.kept)
    for n, state in enumerate(states, 1):
        assert fold(log.kept[:n], room._read) == state
    again = await Room.open("it", room.setup, services(log))
    assert again.state == room.state


# ---------------------------------------------------------------- phases and commands


async def test_same_id_twice_is_done_once() -> None:
    log = Log()
    room, _ = await opened(log)
    await room.begin()
    await asyncio.gather(*(room.answer(ANSWERS["en"][0], "same") for _ in range(3)))
    await room.command("skip", "skipped")
    await room.command("skip", "skipped")
    assert [e.kind for e in log.kept].count("answer") == 1
    assert [e.kind for e in log.kept].count("skipped") == 1


async def test_answer_before_the_question_is_out_is_refused() -> None:
    room, _ = await opened(Log(), engine=fake_engine(delay=0.2))
    await room.begin()
    first = asyncio.create_task(room.answer(ANSWERS["en"][0], "a1", room.heard))
    await reached(lambda: room.state.phase == "thinking")
    with pytest.raises(InterviewError, match="has not asked yet"):
        await room.answer("I was not asked this.", "a2", room.heard)
    await first
    assert room.state.answers == [ANSWERS["en"][0]]
    await room.answer(ANSWERS["en"][1], "a3", room.heard)
    assert len(room.state.answers) == 2


async def test_answer_to_a_question_that_is_still_being_spoken_counts() -> None:
    class Slow(FakeSynthesizer):
        async def speak(self, text: str, voice: str = "fake:en", speed: float = 1.0) -> Speech:
            await asyncio.sleep(0.1)
            return await super().speak(text, voice, speed)

    room, _ = await opened(Log(), voices=Slow())
    opening = asyncio.create_task(room.begin())
    await reached(lambda: room.heard > 0)
    assert room.state.phase == "thinking"
    await room.answer(ANSWERS["en"][0], "early", room.heard)
    await opening
    assert room.state.answers == [ANSWERS["en"][0]]


@pytest.mark.parametrize(
    ("before", "command", "says"),
    [
        ("pause", "pause", "paused already"),
        ("pause", "skip", "is paused"),
        ("pause", "repeat", "is paused"),
        ("pause", "moment", "is paused"),
        ("moment", "resume", "is not paused"),
        ("finish", "finish", "has ended"),
        ("finish", "pause", "has ended"),
        ("finish", "resume", "not paused"),
        ("finish", "skip", "has ended"),
    ],
)
async def test_commands_in_the_wrong_phase(before: str, command: str, says: str) -> None:
    log = Log()
    room, _ = await opened(log)
    await room.begin()
    await room.command(before, "first")
    kept = len(log.kept)
    with pytest.raises(InterviewError, match=says) as caught:
        await room.command(command, "second")
    assert caught.value.fix
    assert len(log.kept) == kept


async def test_answer_while_paused_and_after_the_end() -> None:
    room, _ = await opened(Log())
    await room.begin()
    await room.command("pause", "p")
    with pytest.raises(InterviewError, match="paused"):
        await room.answer("Hello there.", "a")
    await room.command("resume", "r")
    await room.answer(ANSWERS["en"][0], "a")
    await room.command("finish", "f")
    with pytest.raises(InterviewOver):
        await room.answer("Hello there.", "b")


async def test_repeat_says_the_question_again() -> None:
    log = Log()
    room, _ = await opened(log)
    await room.begin()
    (first,) = questions(log.kept)
    await room.command("repeat", "r")
    assert questions(log.kept) == [first, first]


async def test_unknown_sentence_cannot_be_spoken() -> None:
    room, ear = await opened(Log())
    await room.begin()
    for sentence in (1, 2, 999):  # started, move, nothing
        with pytest.raises(InterviewError, match=str(sentence)):
            await room.speak_again(sentence)
    spoken = ear.of("speech")[0]
    await room.speak_again(spoken[1])
    assert ear.of("speech")[-1] == spoken


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_pause_stops_the_clock_and_so_does_an_empty_room() -> None:
    room, ear = await opened(Log())
    ticks = Ticks()
    room.watch = Stopwatch(0.0, ticks)
    room.watch.start()
    await room.begin()
    ticks.now = 10
    await room.command("pause", "p")
    ticks.now = 100
    assert room.watch.seconds == 10
    await room.command("resume", "r")
    ticks.now = 105
    room.leave(ear)
    ticks.now = 1000
    room.listen(ear)
    ticks.now = 1001
    assert room.watch.seconds == 16
    await room.answer(ANSWERS["en"][0], "a")
    assert room.state.turns[-2].at == 16
    again = await Room.open("it", room.setup, room.services)
    assert again.watch.seconds == room.state.at


async def test_pause_on_a_full_disk_leaves_the_clock_running() -> None:
    store = Failing(Log(), lambda n: False)
    room, _ = await opened(store)
    ticks = Ticks()
    room.watch = Stopwatch(0.0, ticks)
    room.watch.start()
    await room.begin()
    store.fails = lambda n: True
    with pytest.raises(DiskFull):
        await room.command("pause", "p")
    ticks.now = 3
    assert room.watch.seconds == 3
    store.fails = lambda n: False
    await room.command("pause", "p")
    ticks.now = 9
    assert room.watch.seconds == 3
    store.fails = lambda n: True
    with pytest.raises(DiskFull):
        await room.command("resume", "r")
    ticks.now = 12
    assert room.watch.seconds == 3


@pytest.mark.parametrize("turns", [2, 3, 7])
async def test_budget_in_turns(turns: int) -> None:
    log = Log()
    room, _ = await opened(log, setup_of(turns=turns))
    await talk(room)
    assert len(questions(log.kept)) == turns
    assert room.state.asked == turns


async def test_budget_in_minutes() -> None:
    log = Log()
    room, _ = await opened(log, setup_of(turns=None, minutes=5))
    ticks = Ticks()
    room.watch = Stopwatch(0.0, ticks)
    room.watch.start()
    await room.begin()
    for n in range(20):
        ticks.now += 50
        await room.answer(f"{ANSWERS['en'][n % 3]} {n}", f"a{n}")
        if room.state.phase == "ended":
            break
    closed = next(e for e in log.kept if e.kind == "reply" and e.data["move"] == "close")
    assert closed.data["at"] == 250  # the first answer in the last minute
    assert log.kept[-1].data["reason"] == "complete"


# ---------------------------------------------------------------- engines and voices that fail

BROKEN: dict[str, FakeEngine] = {
    "dead": FakeEngine([EngineDead("The model died.", "Start it again.")]),
    "raises": FakeEngine([RuntimeError("segfault in a thread")]),
    "slow": FakeEngine(delay=30),
    "stops": FakeEngine(["I see. What"], pause=0.4),
    "nothing": FakeEngine([""]),
    "garbage": FakeEngine(["\x00\ufffd [INST] <|im_end|> asd asd ??? 123"]),
    "plays": FakeEngine(["Candidate: I am great. Interviewer: What is your age?"]),
    "statement": FakeEngine(["I see. That is that."]),
}


@pytest.mark.parametrize("fault", BROKEN)
@pytest.mark.parametrize("language", ["en", "tr"])
async def test_packs_carry_the_interview_past_a_broken_engine(fault: str, language: Language) -> None:
    log = Log()
    room, _ = await opened(log, setup_of(language, turns=3), BROKEN[fault], patience=0.2)
    await talk(room, language)
    check_log(log.kept)
    assert len(questions(log.kept)) == 3
    assert room.words.counts["said_by_pack"] > 0
    assert any(n.startswith(("engine_", "refused_", "said_by_pack")) for n in room.words.counts)
    if fault in ("dead", "raises", "slow"):
        name = {"dead": "EngineDead", "raises": "RuntimeError", "slow": "slow"}[fault]
        assert room.words.counts[f"engine_{name}"] > 0


async def test_question_of_a_fixed_move_is_never_the_models() -> None:
    log = Log()
    engine = FakeEngine(["What would you like for lunch today?"])
    room, _ = await opened(log, setup_of(turns=2), engine)
    await talk(room)
    for move in (e.data["full"] for e in log.kept if e.kind == "move"):
        assert not move["fixed"] or not move["seed"] or move["seed"] in questions(log.kept)


async def test_voice_slower_than_the_engines_patience_breaks_nothing() -> None:
    class Slow(FakeSynthesizer):
        async def speak(self, text: str, voice: str = "fake:en", speed: float = 1.0) -> Speech:
            await asyncio.sleep(0.25)
            return await super().speak(text, voice, speed)

    log = Log()
    room, _ = await opened(log, setup_of(turns=2), fake_engine(), voices=Slow(), patience=0.1)
    await talk(room)
    check_log(log.kept)
    assert room.state.phase == "ended"


@pytest.mark.parametrize("error", [SpeechError("The voice died.", "Start again."), RuntimeError("oops")])
async def test_dead_voice_is_told_once_and_the_interview_goes_on(error: Exception) -> None:
    class Dead(FakeSynthesizer):
        alive = False

        async def speak(self, text: str, voice: str = "fake:en", speed: float = 1.0) -> Speech:
            if self.alive:
                return await super().speak(text, voice, speed)
            raise error

    log, voices = Log(), Dead()
    room, ear = await opened(log, setup_of(turns=3), voices=voices)
    await room.begin()
    await room.answer(ANSWERS["en"][0], "a")
    sentences = [e.seq for e in log.kept if e.kind == "sentence"]
    assert [t[1] for t in ear.of("silent")] == sentences
    assert all(t[2] >= 1200 for t in ear.of("silent"))
    (fault,) = ear.of("fault")
    assert isinstance(fault[1], SpeechError)
    assert fault[1].fix
    voices.alive = True
    await room.answer(ANSWERS["en"][1], "b")
    voices.alive = False
    await talk(room)
    assert len(ear.of("fault")) == 2
    check_log(log.kept)


async def test_draft_is_read_ahead_and_is_the_beginning_of_what_is_asked() -> None:
    engine = fake_engine()
    room, _ = await opened(Log(), engine=engine)
    await room.begin()
    room.draft(ANSWERS["en"][0])
    await room.ahead.settled()
    read = engine.read[-1]
    await room.answer(ANSWERS["en"][0], "a")
    asked = engine.requests[-1]
    assert asked.messages[: len(read.messages) - 1] == read.messages[:-1]
    last = len(read.messages) - 1
    assert asked.messages[last].content.startswith(read.messages[last].content)
    assert read.messages[last].content


async def test_another_process_that_writes_to_the_log_is_noticed() -> None:
    log = Log()
    room, ear = await opened(log)
    await room.begin()
    other, _ = await opened(log)
    await other.answer(ANSWERS["en"][0], "theirs")
    await room.command("moment", "mine")
    assert ear.events == log.kept
    assert room.state == fold(log.kept, reader_of(room))


def reader_of(room: Room) -> Any:
    assert room.services.reader is READER
    return room._read
