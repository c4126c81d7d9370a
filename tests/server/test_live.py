"""The live channel over real sockets: whole interviews, resuming, two tabs, all that can go wrong."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
import websockets
from conftest import Open
from house import (
    ANSWERS,
    Failing,
    House,
    Page,
    check_log,
    fake_engine,
    questions,
    until,
)

from mulakat.errors import SpeechError
from mulakat.llm.fake import FakeEngine
from mulakat.messages import Language, Speech
from mulakat.speech.fake import FakeSynthesizer
from mulakat.store import Store

SECRET = "the marker of exam mode"


async def begun(page: Page) -> None:
    await page.hello()
    await page.turn()


@pytest.mark.parametrize("language", ["en", "tr"])
async def test_whole_interview(house: House, store: Store, language: Language) -> None:
    browser = house.browser()
    name = browser.new(language)
    async with browser.page(name) as page:
        welcome = await page.hello()
        assert welcome["language"] == language
        assert welcome["total"] == 3
        await page.turn()
        await page.to_the_end(language)
    stored = store.events(name)
    check_log(stored)
    assert [e["seq"] for e in page.events] == [e.seq for e in stored]
    assert stored[-1].data["reason"] == "complete"
    assert len(questions(stored)) == 3
    _whole_audio(page)


def _whole_audio(page: Page) -> None:
    """Every sentence has its sound in order, complete, and not silent."""
    for sentence in page.of("sentence"):
        (speech,) = [s for s in page.of("speech") if s["sentence"] == sentence["seq"]]
        frames = [f for f in page.frames if f[0] == sentence["seq"]]
        pcm = b"".join(f[2] for f in frames)
        assert len(pcm) // 2 == speech["samples"]
        assert [f[1] for f in frames] == [
            sum(len(g[2]) // 2 for g in frames[:n]) for n in range(len(frames))
        ]
        assert any(pcm)
        units = sentence["text"].encode("utf-16-le")
        for _, offset, length in speech["words"]:
            assert units[2 * offset : 2 * (offset + length)].decode("utf-16-le").strip()


async def test_order_of_a_turn(house: House) -> None:
    browser = house.browser()
    async with browser.page(browser.new()) as page:
        await page.hello()
        await page.turn()
        kinds = [k for k in page.order if k != "binary"]
    assert kinds[:4] == ["welcome", "started", "status", "move"]
    assert kinds[4:-2] == ["sentence", "speech"] * ((len(kinds) - 6) // 2)
    assert kinds[-2:] == ["reply", "status"]
    assert [m["phase"] for m in page.of("status")] == ["thinking", "listening"]


async def test_exam_mode_withholds_the_turns_until_the_end(house: House) -> None:
    browser = house.browser()
    name = browser.new(mode="exam")
    async with browser.page(name) as page:
        await begun(page)
        await page.answer(SECRET, "a")
        await page.turn()
        shown = browser.http.get(f"/api/interviews/{name}").json()
        assert shown["hidden"]
        assert shown["turns"] == []
        for form in ("pdf", "json", "txt"):
            refused = browser.http.get(f"/api/interviews/{name}/transcript.{form}")
            assert refused.status_code == 409
            assert refused.json()["fix"]
        assert SECRET not in browser.http.get("/api/interviews").text
        await page.send("finish", id="f")
        await page.until("ended", reason="finished")
    shown = browser.http.get(f"/api/interviews/{name}").json()
    assert not shown["hidden"]
    assert SECRET in [t["text"] for t in shown["turns"]]
    assert browser.http.get(f"/api/interviews/{name}/transcript.pdf").content.startswith(b"%PDF")


# ---------------------------------------------------------------- resuming


async def test_hello_after_any_event_gives_exactly_the_rest(house: House, store: Store) -> None:
    browser = house.browser()
    name = browser.new()
    async with browser.page(name) as page:
        await begun(page)
        await page.to_the_end()
    stored = [e.seq for e in store.events(name)]
    for after in range(len(stored) + 1):
        async with browser.page(name) as again:
            await again.hello(after)
            await again.send("ping", t=after)
            await again.until("pong")
            assert [e["seq"] for e in again.events] == stored[after:]
            assert [e for e in again.events if e["seq"] > after] == page.events[after:]


async def test_line_that_breaks_at_any_message_loses_and_doubles_nothing(
    open_house: Open, store: Store
) -> None:
    """One interview over many sockets, each cut after a few more messages than the last."""
    house = open_house(engine=fake_engine(pause=0.003))
    browser = house.browser()
    name = browser.new(turns=4)
    seen: list[dict[str, Any]] = []
    pending: dict[str, str] = {}
    for patience in range(1, 200):
        async with browser.page(name) as page:
            welcome = await page.hello(seen[-1]["seq"] if seen else 0)
            if welcome["phase"] == "ended" and seen and seen[-1]["type"] == "ended":
                break
            for client_id, text in pending.items():
                await page.answer(text, client_id)
            for _ in range(1 + patience % 5):
                message = await page.one()
                if message is None or "seq" not in message:
                    continue
                if message["type"] == "reply" and message["move"] != "farewell" and not pending:
                    pending = {f"c{message['seq']}": f"{ANSWERS['en'][0]} {message['seq']}"}
                    await page.answer(*reversed(next(iter(pending.items()))))
                if message["type"] == "answer":
                    pending = {}
                if message["type"] == "ended":
                    break
            page.ws.transport.abort()
        seen += page.events
    check_log(store.events(name))
    assert [e["seq"] for e in seen] == [e.seq for e in store.events(name)]
    assert len(questions(store.events(name))) == 4


async def test_two_tabs(house: House, store: Store) -> None:
    browser = house.browser()
    name = browser.new()
    async with browser.page(name) as first, browser.page(name) as second:
        await begun(first)
        await second.hello()
        await first.until("elsewhere")
        await second.answer(ANSWERS["en"][0], "a")
        await second.turn()
        await first.turn()
        heard = len(first.frames)
        await first.until("reply") if not first.of("reply")[1:] else None
        assert [e["seq"] for e in first.events] == [e["seq"] for e in second.events]
        assert len(second.of("speech")) == len(second.of("sentence")) - len(first.of("speech"))
        await first.hello(first.events[-1]["seq"])
        await second.until("elsewhere")
        await first.answer(ANSWERS["en"][1], "b")
        await first.turn()
        assert len(first.frames) > heard
    check_log(store.events(name))


async def test_speak_again_after_a_reload(house: House) -> None:
    browser = house.browser()
    name = browser.new()
    async with browser.page(name) as page:
        await begun(page)
    async with browser.page(name) as again:
        await again.hello()
        for sentence in page.of("sentence"):
            await again.send("speak", sentence=sentence["seq"])
            await again.until("speech", sentence=sentence["seq"])
        await again.send("speak", sentence=4_000)
        assert "4000" in (await again.until("error"))["message"]
    assert again.of("speech") == page.of("speech")


async def test_answer_twice_at_once_and_too_early(open_house: Open, store: Store) -> None:
    house = open_house(engine=fake_engine(delay=0.1))
    browser = house.browser()
    name = browser.new()
    async with browser.page(name) as page:
        await begun(page)
        await page.answer(ANSWERS["en"][0], "same")
        await page.answer(ANSWERS["en"][0], "same")
        await page.answer("An answer to a question that nobody asked yet.", "other")
        fault = await page.until("error")
        assert fault["id"] == "other"
        assert fault["code"] == "not_yet"
        await page.send("ping")
        await page.until("pong")
    assert [e.data["id"] for e in store.events(name) if e.kind == "answer"] == ["same"]


async def test_no_op_commands_are_answered(house: House) -> None:
    """A page keeps what was not confirmed and sends it again; so nothing may stay without an answer."""
    browser = house.browser()
    async with browser.page(browser.new()) as page:
        await begun(page)
        await page.send("resume", id="r")
        assert (await page.until("error", id="r"))["fix"]
        await page.send("pause", id="p1")
        await page.until("paused", id="p1")
        await page.send("pause", id="p2")
        await page.until("error", id="p2")
        await page.answer("text", "a")
        await page.until("error", id="a", code="paused")
        await page.send("finish", id="f")
        await page.until("ended")
        await page.answer("text", "b")
        await page.until("error", id="b", code="interview_over")


# ---------------------------------------------------------------- who may


async def test_token_in_hello_opens_without_the_cookie(house: House) -> None:
    browser = house.browser()
    body = {"language": "en", "page_language": "en"}
    made = browser.http.post("/api/interviews/sample", json=body).json()
    async with Page(house.url, made["id"], {}) as page:
        await page.hello(token=made["token"])
        await page.until("started")
    async with Page(house.url, made["id"], {"Authorization": f"Bearer {made['token']}"}) as page:
        await page.hello()


@pytest.mark.parametrize("first", ["wrong token", "no token", "no hello", "no json", "unknown id"])
async def test_strangers_stay_outside(house: House, first: str) -> None:
    browser = house.browser()
    name = "unknown" if first == "unknown id" else browser.new()
    async with Page(house.url, name, {}) as page:
        sent = {
            "wrong token": '{"type":"hello","after":0,"token":"x"}',
            "no hello": '{"type":"ping"}',
            "no json": "hello",
        }.get(first, '{"type":"hello","after":0}')
        await page.ws.send(sent)
        fault = await page.until("error")
        assert fault["code"] == "unknown_interview"
        assert fault["fix"]
        with pytest.raises(websockets.ConnectionClosed):
            await page.ws.recv()
        assert page.ws.close_code == 4404
    assert house.hub._rooms == {}


async def test_other_sessions_cookie_and_other_origin(house: House) -> None:
    mine, theirs = house.browser(), house.browser()
    name = mine.new()
    async with theirs.page(name) as page:
        await page.send("hello", after=0)
        assert (await page.until("error"))["code"] == "unknown_interview"
    for headers in ({"Origin": "http://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}):
        with pytest.raises(websockets.InvalidStatus) as refused:
            async with mine.page(name, **headers):
                pass
        assert refused.value.response.status_code == 403
    async with mine.page(name, Origin=house.url) as page:
        await page.hello()


# ---------------------------------------------------------------- bad input

BAD: dict[str, tuple[str | bytes, str, str]] = {
    "no json": ("hello", "bad_message", ""),
    "no object": ("[1]", "bad_message", ""),
    "null": ("null", "bad_message", ""),
    "unknown type": ('{"type":"shout"}', "bad_message", ""),
    "wrong types": ('{"type":"answer","id":"x","text":5}', "bad_message", "x"),
    "more keys": ('{"type":"answer","id":"x","text":"a","admin":true}', "bad_message", "x"),
    "no id": ('{"type":"answer","text":"a"}', "bad_message", ""),
    "long id": (json.dumps({"type": "answer", "id": "x" * 65, "text": "a"}), "bad_message", "x" * 64),
    "half a surrogate": ('{"type":"answer","id":"\\ud800","text":"\\udc00"}', "bad_message", "?"),
    "deep": ("[" * 30_000, "bad_message", ""),
    "huge after": ('{"type":"hello","after":99999999999999999999}', "bad_message", ""),
    "huge sentence": ('{"type":"speak","sentence":99999999999999999999}', "bad_message", ""),
    "negative after": ('{"type":"hello","after":-1}', "bad_message", ""),
    "nan": ('{"type":"ping","t":NaN}', "bad_message", ""),
    "binary": (b"\x00\x01", "bad_message", ""),
    "too long": (json.dumps({"type": "answer", "id": "x", "text": "a" * 20_001}), "too_long", "x"),
    "1 MB": (json.dumps({"type": "answer", "id": "x", "text": "a" * 1_000_000}), "too_large", ""),
}


async def test_bad_messages_are_named_and_change_nothing(house: House, store: Store) -> None:
    browser = house.browser()
    name = browser.new()
    async with browser.page(name) as page:
        await begun(page)
        before = store.events(name)
        for what, (frame, code, client_id) in BAD.items():
            await page.ws.send(frame)
            fault = await page.until("error")
            assert (fault["code"], fault["id"]) == (code, client_id), what
            assert fault["fix"], what
            _is_plain(fault)
        assert store.events(name) == before
        await page.answer(ANSWERS["en"][0], "good")
        await page.turn()
    check_log(store.events(name))


def _is_plain(fault: dict[str, Any]) -> None:
    text = f"{fault['message']} {fault['fix']}"
    assert "Traceback" not in text
    assert ".py" not in text
    assert "pydantic" not in text.lower()


async def test_before_hello_nothing_is_done(house: House, store: Store) -> None:
    browser = house.browser()
    name = browser.new()
    async with browser.page(name) as page:
        await page.answer("too early", "a")
        await page.until("error", code="bad_message")
    assert store.events(name) == []


async def test_invalid_utf8_closes_with_1007_and_3_mb_with_1009(house: House, store: Store) -> None:
    browser = house.browser()
    name = browser.new()
    async with browser.page(name) as page:
        await begun(page)
        await page.ws.send(b"\xff\xfe{", text=True)
        await page.ws.wait_closed()
        assert page.ws.close_code == 1007
    async with browser.page(name) as page:
        await page.hello()
        await page.ws.send("x" * 3_000_000)
        await page.ws.wait_closed()
        assert page.ws.close_code == 1009
    async with browser.page(name) as page:
        await page.hello()
        await page.answer(ANSWERS["en"][0], "a")
        await page.turn()
    check_log(store.events(name))


async def test_flood_of_10_000_messages_holds_up_nobody_else(house: House, store: Store) -> None:
    noisy, quiet = house.browser(), house.browser()
    flooded = noisy.new(turns=40)
    async with noisy.page(flooded) as page, quiet.page(quiet_name := quiet.new()) as other:
        await begun(page)

        async def flood() -> None:
            for n in range(10_000):
                await page.answer("flood", f"f{n % 7}")

        flooding = asyncio.create_task(flood())
        await begun(other)
        await other.to_the_end()
        health = await asyncio.to_thread(quiet.http.get, "/api/health")
        assert health.json()["status"] == "ok"
        await page.until("error", code="too_fast")
        flooding.cancel()
        await asyncio.gather(flooding, return_exceptions=True)
        page.ws.transport.abort()
    check_log(store.events(quiet_name))
    assert store.events(quiet_name)[-1].kind == "ended"
    until(lambda: house.hub._rooms[flooded].idle)
    check_log(store.events(flooded))  # no id twice
    assert len([m for m in page.of("error") if m["code"] == "too_fast"]) <= 2


# ---------------------------------------------------------------- what gives out


async def test_full_disk_in_the_middle_and_the_same_answer_again(open_house: Open, store: Store) -> None:
    failing = Failing(store, lambda n: False)
    house = open_house(store=failing)
    browser = house.browser()
    name = browser.new()
    async with browser.page(name) as page:
        await begun(page)
        for at in range(1, 6):  # the answer itself, the move, each sentence, the reply
            failing.tried = 0
            failing.fails = lambda n, at=at: n == at  # type: ignore[misc]
            text = f"{ANSWERS['en'][at % 3]} {at}"
            while failing.tried < at and page.got[-1].get("phase") != "ended":
                await page.answer(text, f"a{at}")
                message = await page.one()
                while not (
                    message
                    and (message["type"] == "error" or message.get("phase") in ("listening", "ended"))
                ):
                    message = await page.one()
                if message["type"] == "error":
                    assert message["code"] == "disk_full"
                    assert "Free some space" in message["fix"]
                    assert [e["seq"] for e in page.events] == [e.seq for e in store.events(name)]
                    await page.answer(text, f"a{at}")
                    await page.turn()
                    break
            check_log(store.events(name))
            assert [e["seq"] for e in page.events] == [e.seq for e in store.events(name)]


async def test_dead_voice_is_shown_and_the_interview_goes_on(open_house: Open, store: Store) -> None:
    class Dead(FakeSynthesizer):
        async def speak(self, text: str, voice: str = "fake:en", speed: float = 1.0) -> Speech:
            raise SpeechError("The voice died.", "Start the server again.")

    house = open_house(voices=Dead())
    browser = house.browser()
    name = browser.new()
    async with browser.page(name) as page:
        await begun(page)
        await page.to_the_end()
    assert [m["sentence"] for m in page.of("silent")] == [m["seq"] for m in page.of("sentence")]
    assert [m["code"] for m in page.of("error")] == ["speech"]
    check_log(store.events(name))


async def test_slow_engine_is_replaced_by_the_packs(open_house: Open, store: Store) -> None:
    house = open_house(engine=FakeEngine(delay=60), patience=0.1)
    browser = house.browser()
    name = browser.new()
    async with browser.page(name) as page:
        await begun(page)
        await page.to_the_end()
    counts = house.hub._rooms[name].words.counts
    assert counts["engine_slow"] == 3  # the farewell is never the model's
    assert {e.data["worded_by"] for e in store.events(name) if e.kind == "reply"} == {"pack"}


async def test_deleted_while_it_is_held(house: House) -> None:
    browser = house.browser()
    name = browser.new()
    async with browser.page(name) as page:
        await begun(page)
        assert browser.http.delete(f"/api/interviews/{name}").status_code == 204
        await page.answer(ANSWERS["en"][0], "a")
        fault = await page.until("error")
        assert fault["code"] == "unknown_interview"
        _is_plain(fault)
    assert name not in house.hub._rooms


# ---------------------------------------------------------------- leaks


async def test_200_connections_leave_nothing_behind(house: House) -> None:
    browser = house.browser()
    names = [browser.new() for _ in range(4)]
    for n in range(200):
        async with browser.page(names[n % 4]) as page:
            if n % 3:
                await page.hello()
            if n % 5 == 0:
                page.ws.transport.abort()
    rooms = house.hub._rooms
    until(lambda: all(room.idle for room in rooms.values()))
    assert all(not room.listeners and not room.visitors and not room._work for room in rooms.values())
    house.do(house.hub._close_idle())
    assert rooms == {}


async def test_room_that_somebody_is_about_to_enter_is_not_closed(house: House) -> None:
    browser = house.browser()
    name = browser.new()
    async with browser.page(name) as page:
        until(lambda: name in house.hub._rooms and house.hub._rooms[name].visitors)
        room = house.hub._rooms[name]
        house.do(house.hub._close_idle())
        await begun(page)
        assert house.hub._rooms[name] is room


async def test_more_interviews_than_allowed(open_house: Open) -> None:
    house = open_house(max_interviews=2)
    browser = house.browser()
    names = [browser.new() for _ in range(3)]
    async with browser.page(names[0]) as one, browser.page(names[1]) as two:
        await begun(one)
        await begun(two)
        async with browser.page(names[2]) as three:
            fault = await three.until("error")
            assert "2 interviews" in fault["message"]
            assert "MULAKAT_MAX_INTERVIEWS" in fault["fix"]
    until(lambda: all(room.idle for room in house.hub._rooms.values()))
    async with browser.page(names[2]) as three:
        await begun(three)


async def test_a_page_that_vanishes_leaves_no_traceback(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    mine = house.browser()
    name = mine.new()
    for pause in (0.0, 0.01, 0.05, 0.2):
        async with mine.page(name) as page:
            await page.send("hello", after=0)
            await asyncio.sleep(pause)
            page.ws.transport.abort()
    await asyncio.sleep(0.3)
    async with mine.page(name) as page:
        await page.send("hello", after=0)
        await page.until("reply")
    assert not [r for r in caplog.records if r.levelname == "ERROR"]
