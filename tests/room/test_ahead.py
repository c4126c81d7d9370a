"""What is thought out while the candidate types: used when it fits, thrown away when it does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from mulakat.llm.chat_format import Message
from mulakat.llm.fake import FakeEngine
from mulakat.llm.protocol import OnQueue, Request
from mulakat.messages import Move, MoveName
from mulakat.room.ahead import Ahead, key_of
from mulakat.room.words import Task, Wordsmith

SEED = "What did you do first?"


class Eager(FakeEngine):
    """An engine on this machine with time to spare, which words acknowledgements only."""

    spare = True
    words_questions = False


class Slow(Eager):
    async def stream(self, request: Request, on_queue: OnQueue | None = None) -> AsyncGenerator[str]:
        await asyncio.sleep(30)
        yield "Never."


def move(seed: str = SEED) -> Move:
    return Move(MoveName.PROBE, "general/x.mid.1", seed, "heard", fixed=True)


def task(given: Move) -> Task:
    return Task(given, "en", [Message("user", "…")], (), (), (), "s")


def ahead_of(engine: FakeEngine, given: Move) -> tuple[Ahead, Wordsmith]:
    words = Wordsmith(engine, None, 5.0)
    request = Request([Message("user", "draft")], session="s")
    return Ahead(engine, words, lambda _: request, lambda _: task(given)), words


async def test_the_words_of_the_same_move_are_ready() -> None:
    engine = Eager(["I follow you so far."])
    ahead, words = ahead_of(engine, move())
    ahead.draft("what is typed so far")
    await ahead.settled()
    made = await ahead.take(move())
    assert [w.text for w in made] == ["I follow you so far.", SEED]
    assert words.counts["made_ahead"] == 1
    assert words.counts["said_by_model"] == 1
    assert await ahead.take(move()) == (), "words are used once"


async def test_another_move_gets_none_of_them() -> None:
    ahead, words = ahead_of(Eager(["I follow you so far."]), move())
    ahead.draft("what is typed so far")
    await ahead.settled()
    assert await ahead.take(move("Who else was there?")) == ()
    assert not words.counts


async def test_what_is_being_made_for_another_move_ends_at_once() -> None:
    ahead, _ = ahead_of(Slow(), move())
    ahead.draft("what is typed so far")
    await asyncio.sleep(0.05)
    made = await asyncio.wait_for(ahead.take(move("Who else was there?")), 5)
    assert made == ()


async def test_a_busy_engine_only_reads() -> None:
    engine = Eager(["I follow you so far."])
    engine.spare = False
    ahead, _ = ahead_of(engine, move())
    ahead.draft("what is typed so far")
    await ahead.settled()
    assert len(engine.read) == 1
    assert not engine.requests
    assert await ahead.take(move()) == ()


def test_the_key_tells_moves_apart_that_are_worded_differently() -> None:
    assert key_of(move()) == key_of(move())
    assert key_of(move()) != key_of(move("Who else was there?"))


async def test_nobody_waits_longer_for_words_under_way_than_the_hurry_allows() -> None:
    ahead, words = ahead_of(Slow(["I follow you so far."]), move())
    words.hurry = 0.02
    ahead.draft("what is typed so far")
    await asyncio.sleep(0.01)
    assert await asyncio.wait_for(ahead.take(move()), 5) == ()
    await ahead.close()
