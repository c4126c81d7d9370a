"""llama.cpp in this process, with the embedded model: one engine for most tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path

import httpx
import pytest

from mulakat.errors import EngineBusy, EngineDead, EngineTimeout, ModelCorrupt
from mulakat.llm.chat_format import Message
from mulakat.llm.local import LocalEngine, LocalOptions, _Slots, open_local
from mulakat.llm.protocol import Request

SMALL = LocalOptions(context=1024, slots=8, batch=128, threads=1)
ONE = LocalOptions(context=1024, slots=1, queue=2, batch=128, threads=1)


def ask(text: str, session: str = "a", **more: object) -> Request:
    return Request([Message("user", text)], session=session, **{"max_tokens": 24, **more})  # type: ignore[arg-type]


async def said(engine: LocalEngine, request: Request) -> str:
    return "".join([piece async for piece in engine.stream(request)])


@pytest.fixture(scope="module")
def engine(gguf: Path, adapter: Path) -> Iterator[LocalEngine]:
    opened = open_local(gguf, {"one": adapter, "two": adapter}, SMALL)
    yield opened
    asyncio.run(opened.close())


@pytest.fixture
async def single(gguf: Path) -> AsyncIterator[LocalEngine]:
    opened = open_local(gguf, options=ONE)
    yield opened
    await opened.close()


# ---------------------------------------------------------------- without a model


def test_a_talk_keeps_its_slot() -> None:
    slots = _Slots(2)
    assert [slots.of(s) for s in "abab"] == [0, 1, 0, 1]
    assert slots.of("c") == 0  # a was silent longest
    assert slots.of("a") == 1
    slots.give_back("a")
    slots.give_back("nobody")
    assert slots.of("d") == 1


def test_a_new_talk_takes_no_slot_that_is_at_work() -> None:
    slots = _Slots(2)
    slots.of("a"), slots.of("b")
    assert slots.of("c", busy={0}) == 1
    assert slots.of("d", busy={0, 1}) == 0


# ---------------------------------------------------------------- wording


@pytest.mark.models
async def test_streams_piece_by_piece(engine: LocalEngine) -> None:
    pieces = [p async for p in engine.stream(ask("Say hello to me, please."))]
    assert 3 < len(pieces) <= 24
    assert all(pieces)
    again = [p async for p in engine.stream(ask("Say hello to me, please."))]
    assert "".join(again) == "".join(pieces), "greedy is the same every time"


@pytest.mark.models
async def test_grammar_holds(engine: LocalEngine) -> None:
    text = await said(engine, ask("What is your name?", grammar='root ::= "Ayşe \\"X\\"" | "🙂 Ömer"'))
    assert text in ('Ayşe "X"', "🙂 Ömer")


@pytest.mark.models
async def test_broken_grammar_is_told_and_breaks_nothing(engine: LocalEngine) -> None:
    with pytest.raises(EngineDead):
        await said(engine, ask("Hello", grammar="root ::= ("))
    assert await said(engine, ask("Hello", grammar='root ::= "still here"')) == "still here"


@pytest.mark.models
async def test_goes_on_from_what_was_begun(engine: LocalEngine) -> None:
    grammar = 'root ::= " " [0-9] [0-9]? ","'
    low = await said(engine, ask("Count.", begun="1, 2, 3, 4, 5, 6,", grammar=grammar))
    high = await said(engine, ask("Count.", begun="31, 32, 33, 34, 35,", grammar=grammar))
    assert (low, high) == (" 7,", " 36,")


@pytest.mark.models
async def test_adapters_by_name(engine: LocalEngine) -> None:
    words = (
        "At Kestrel I moved the orders table to Postgres in three weeks.\n"
        "[probe; about: Kestrel; ask: What was the hardest part of it?]"
    )
    by = {name: await said(engine, ask(words, adapter=name)) for name in (None, "one", "two")}
    assert by["one"] == by["two"], "the same file under two names"
    assert by["one"] != by[None]
    assert by["one"].count("?") == 1
    # The scale belongs to the request: the base is the base again in the same slot.
    assert await said(engine, ask(words)) == by[None]


@pytest.mark.models
async def test_talks_are_not_mixed_up(engine: LocalEngine) -> None:
    words = ["amber", "birch", "cobalt", "dahlia", "ember", "fjord", "garnet", "heron"]

    async def one(word: str, n: int) -> str:
        grammar = f'root ::= "{word} " [a-z]+ " {word}"'
        adapter = (None, "one", "two")[n % 3]
        request = ask(f"Tell me of {word}.", session=word, grammar=grammar, adapter=adapter, max_tokens=30)
        return await said(engine, request)

    for _ in range(2):
        texts = await asyncio.gather(*(one(w, n) for n, w in enumerate(words)))
        for word, text in zip(words, texts, strict=True):
            assert text.split()[0] == word
            assert not {w for w in words if w in text} - {word}


@pytest.mark.models
async def test_more_talks_than_slots(engine: LocalEngine) -> None:
    texts = await asyncio.gather(
        *(said(engine, ask("Hi", session=f"s{n}", grammar=f'root ::= "n{n}."')) for n in range(20))
    )
    assert texts == [f"n{n}." for n in range(20)]


@pytest.mark.models
async def test_what_was_read_ahead_is_not_read_again(engine: LocalEngine) -> None:
    long = "I kept the night-shift checklist for three wards and changed it twice. " * 8

    async def cost(session: str, ahead: bool) -> int:
        before = engine.evaluated
        if ahead:
            await engine.read_ahead(ask(long.strip(), session=session))
            assert engine.evaluated > before + 50
        before = engine.evaluated
        await said(engine, ask(f"{long}Then I left.", session=session, max_tokens=2))
        engine.forget(session)
        return engine.evaluated - before

    # Different first words, so that neither finds the other's cache.
    plain = await cost("plain", ahead=False)
    long = "We " + long
    warm = await cost("warm", ahead=True)
    assert plain > 100
    assert warm < plain / 5


# ---------------------------------------------------------------- the line


@pytest.mark.models
async def test_queue_tells_positions_and_is_bounded(single: LocalEngine) -> None:
    told: dict[str, list[int]] = {"b": [], "c": []}
    stream = single.stream(ask("Count to a hundred.", max_tokens=200))
    async with aclosing(stream):
        await anext(stream)
        waiting = [
            asyncio.create_task(_with_queue(single, ask("Hi", session=s, max_tokens=2), told[s]))
            for s in "bc"
        ]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert told == {"b": [1], "c": [2]}
        with pytest.raises(EngineBusy, match="busy"):
            await said(single, ask("Hi", session="d"))
    await asyncio.gather(*waiting)
    assert told["b"][-1] == told["c"][-1] == 0
    assert 1 in told["c"] or told["c"] == [2, 0]
    assert await said(single, ask("Hi", session="d", grammar='root ::= "free"')) == "free"


async def _with_queue(engine: LocalEngine, request: Request, told: list[int]) -> str:
    return "".join([p async for p in engine.stream(request, told.append)])


@pytest.mark.models
async def test_who_leaves_the_line_holds_nobody_up(single: LocalEngine) -> None:
    stream = single.stream(ask("Count to a hundred.", max_tokens=200))
    async with aclosing(stream):
        await anext(stream)
        first, second = (
            asyncio.create_task(said(single, ask("Hi", session=s, max_tokens=2))) for s in "bc"
        )
        await asyncio.sleep(0)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
    assert await second
    assert single._running == 0
    assert single._line == []


@pytest.mark.models
async def test_cancelling_ends_the_generation(single: LocalEngine) -> None:
    stream = single.stream(ask("Tell me a very long story.", max_tokens=400))
    async with aclosing(stream):
        await anext(stream)
        (job,) = single._busy.values()
    await asyncio.wait_for(job.ended.wait(), 20)
    assert job.pieces.qsize() < 100, "the library went on generating"
    assert await said(single, ask("Hi", grammar='root ::= "free"')) == "free"


# ---------------------------------------------------------------- the end


@pytest.mark.models
async def test_closing_during_generation(gguf: Path) -> None:
    engine = open_local(gguf, options=ONE)
    stream = engine.stream(ask("Tell me a very long story.", max_tokens=400))
    await anext(stream)
    waiting = asyncio.create_task(said(engine, ask("Hi", session="b")))
    await asyncio.sleep(0)
    await engine.close()
    with pytest.raises(EngineDead, match="closed"):
        [p async for p in stream]
    with pytest.raises(EngineDead, match="closed"):
        await waiting
    with pytest.raises(EngineDead, match="closed"):
        await said(engine, ask("Hi", session="c"))
    await engine.read_ahead(ask("Hi"))
    await engine.close()


class Dumb:
    """A library that never says anything until it is told to stop."""

    def handle_completions(self, body: object, callback: object) -> None:
        while not callback({"choices": []}):  # type: ignore[operator]
            pass


async def test_silent_library_counts_as_dead() -> None:
    from mulakat.llm.chat_format import CHATML

    engine = LocalEngine(Dumb(), "dumb", CHATML, LocalOptions(slots=1, stall=0.05))
    with pytest.raises(EngineTimeout):
        await said(engine, ask("Hi"))
    assert engine._running == 0
    await engine.close()


# ---------------------------------------------------------------- what is refused


@pytest.mark.models
async def test_nobody_else_reaches_the_port(single: LocalEngine) -> None:
    address = single._server.listening_address
    assert httpx.URL(address).host == "127.0.0.1"
    async with httpx.AsyncClient(base_url=address, trust_env=False) as http:
        body = {"prompt": "Hi", "n_predict": 1, "messages": [{"role": "user", "content": "Hi"}]}
        for path in ("/completion", "/v1/completions", "/v1/chat/completions", "/tokenize"):
            assert (await http.post(path, json=body)).status_code == 401, path
            bad = await http.post(path, json=body, headers={"Authorization": "Bearer guess"})
            assert bad.status_code == 401, path
        for path in ("/slots", "/props", "/lora-adapters"):
            assert (await http.get(path)).status_code in (401, 404, 501), path
        assert "<html" not in (await http.get("/")).text.lower()


@pytest.mark.models
@pytest.mark.parametrize("what", ["truncated", "text", "empty", "absent", "adapter absent", "adapter text"])
def test_unreadable_files(gguf: Path, tmp_path: Path, what: str) -> None:
    bad = tmp_path / "bad.gguf"
    if what == "truncated":
        with gguf.open("rb") as file:
            bad.write_bytes(file.read(8_000_000))
    elif what in ("text", "adapter text"):
        bad.write_text("This is no model.", "utf-8")
    elif what == "empty":
        bad.touch()
    model, adapters = (gguf, {"a": bad}) if what.startswith("adapter") else (bad, {})
    with pytest.raises(ModelCorrupt, match=r"fetch --force"):
        open_local(model, adapters, ONE)
