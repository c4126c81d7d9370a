"""The scripted engine keeps to the protocol, so that what is tested with it holds for the others."""

from __future__ import annotations

from contextlib import aclosing

import pytest

from mulakat.errors import EngineDead
from mulakat.llm.chat_format import Message
from mulakat.llm.fake import FakeEngine
from mulakat.llm.protocol import Request

HELLO = Request([Message("user", "Hi")], session="a")


async def said(engine: FakeEngine, request: Request = HELLO) -> str:
    return "".join([p async for p in engine.stream(request)])


async def test_says_its_lines_in_turn_and_the_last_for_ever() -> None:
    engine = FakeEngine(["One two.", "Three."])
    assert [await said(engine) for _ in range(3)] == ["One two.", "Three.", "Three."]
    assert engine.requests == [HELLO] * 3


async def test_script_reads_the_request() -> None:
    engine = FakeEngine(script=lambda request: request.messages[-1].content * 2)
    assert await said(engine) == "HiHi"


async def test_fails_on_demand() -> None:
    with pytest.raises(EngineDead):
        await said(FakeEngine([EngineDead("It died.")]))


async def test_counts_who_left_early() -> None:
    engine = FakeEngine(["One two three."])
    async with aclosing(engine.stream(HELLO)) as pieces:
        assert await anext(pieces) == "One"
    assert engine.cancelled == 1
    await said(engine)
    assert engine.cancelled == 1


async def test_repeated_words_are_pieces_of_their_own() -> None:
    assert await said(FakeEngine(["so so so"])) == "so so so"
