"""Any OpenAI-compatible server, played by a transport: what is sent, what is understood, what is mended."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing

import httpx
import pytest

from mulakat.errors import EngineBusy, EngineDead, EngineError, EngineTimeout
from mulakat.llm import remote
from mulakat.llm.chat_format import Message
from mulakat.llm.protocol import Request
from mulakat.llm.remote import RemoteEngine

URL = "https://models.example/v1"
KEY = "secret-key"
HELLO = Request([Message("system", "Be kind."), Message("user", "Hi")], session="a", grammar='root ::= "x"')
Handler = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(seconds: float) -> None:
        return None

    monkeypatch.setattr(remote.asyncio, "sleep", at_once)


class Server:
    """Answers with `replies` in turn (the last one for ever) and keeps what came in."""

    def __init__(self, *replies: httpx.Response | Exception | Handler) -> None:
        self.replies = list(replies)
        self.got: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.got.append(request)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, Exception):
            raise reply
        return reply(request) if callable(reply) else reply

    def engine(self, **more: str) -> RemoteEngine:
        return RemoteEngine(
            more.pop("url", URL),
            "tiny",
            KEY,
            transport=httpx.MockTransport(self),
            **more,  # type: ignore[arg-type]
        )

    @property
    def body(self) -> dict[str, object]:
        return dict(json.loads(self.got[-1].content))


class Chunks(httpx.AsyncByteStream):
    """A body in pieces of any size; may break off."""

    def __init__(self, *chunks: bytes | Exception) -> None:
        self.chunks = chunks

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            if isinstance(chunk, Exception):
                raise chunk
            yield chunk


def event(text: str | None) -> bytes:
    return (
        f"data: {json.dumps({'choices': [{'delta': {'content': text}}]}, ensure_ascii=False)}\n\n".encode()
    )


DONE = b"data: [DONE]\n\n"


def stream(*chunks: bytes | Exception) -> Handler:
    return lambda request: httpx.Response(200, stream=Chunks(*chunks))


async def said(engine: RemoteEngine, request: Request = HELLO) -> list[str]:
    return [p async for p in engine.stream(request)]


# ---------------------------------------------------------------- what is understood


async def test_streams_pieces_until_done() -> None:
    server = Server(stream(event("I see."), event(" What"), event(" next?"), DONE, event("never")))
    assert await said(server.engine()) == ["I see.", " What", " next?"]


async def test_comments_empty_lines_and_other_fields_are_passed_over() -> None:
    chunks = (
        b": keep-alive\n\n",
        b"event: message\nid: 7\nretry: 10\n",
        b"data:\n\n",
        b'data: {"choices": []}\n\n',
        b'data: {"choices": [{"delta": {}}]}\n\n',
        b'data: {"choices": [{"delta": null}], "usage": {"total_tokens": 3}}\n\n',
        event(None),
        event("Hi"),
        b'data:{"choices":[{"delta":{"content":"!"}}]}\r\n\r\n',
        DONE,
    )
    assert await said(Server(stream(*chunks)).engine()) == ["Hi", "!"]


async def test_lines_and_letters_split_anywhere() -> None:
    whole = event("Ğüzel, değil mi? 🙂") + event(" Evet") + DONE
    chunks = [whole[n : n + 1] for n in range(len(whole))]
    assert await said(Server(stream(*chunks)).engine()) == ["Ğüzel, değil mi? 🙂", " Evet"]


async def test_end_without_done() -> None:
    assert await said(Server(stream(event("Hi"))).engine()) == ["Hi"]


# ---------------------------------------------------------------- what is sent


async def test_request_as_the_servers_expect_it() -> None:
    server = Server(stream(DONE))
    engine = server.engine(url=f"{URL}/")
    await said(engine)
    (request,) = server.got
    assert (request.method, str(request.url)) == ("POST", f"{URL}/chat/completions")
    assert server.body == {
        "model": "tiny",
        "messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hi"}],
        "stream": True,
        "max_tokens": 96,
        "temperature": 0.0,
        "seed": 0,
    }
    assert engine.name == "tiny at models.example"
    assert not engine.holds_grammar


async def test_grammar_and_adapter_go_where_they_are_known() -> None:
    adapted = Request(HELLO.messages, grammar=HELLO.grammar, adapter="interviewer")
    server = Server(stream(DONE))
    await said(server.engine(grammar="llama.cpp"), adapted)
    assert (server.body["grammar"], server.body["model"]) == (HELLO.grammar, "tiny")
    await said(server.engine(grammar="vllm"), adapted)
    assert server.body["structured_outputs"] == {"grammar": HELLO.grammar}
    assert server.body["model"] == "interviewer"
    assert "grammar" not in server.body


async def test_key_is_sent_in_the_header_alone() -> None:
    server = Server(stream(DONE))
    engine = server.engine()
    await said(engine)
    (request,) = server.got
    assert request.headers["Authorization"] == f"Bearer {KEY}"
    assert KEY not in str(request.url)
    assert KEY.encode() not in request.content
    assert KEY not in engine.name
    del request.headers["Authorization"]
    assert KEY not in str(request.headers)


async def test_no_key_no_header() -> None:
    server = Server(stream(DONE))
    engine = RemoteEngine(URL, "tiny", transport=httpx.MockTransport(server))
    await said(engine)
    assert "Authorization" not in server.got[0].headers


async def test_drafts_stay_here() -> None:
    server = Server(stream(DONE))
    engine = server.engine()
    await engine.read_ahead(HELLO)
    engine.forget("a")
    await engine.close()
    assert server.got == []


# ---------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize(
    ("status", "kind", "fix"),
    [
        (401, EngineDead, "MULAKAT_REMOTE_KEY"),
        (403, EngineDead, "MULAKAT_REMOTE_KEY"),
        (404, EngineDead, "MULAKAT_REMOTE_MODEL"),
        (429, EngineBusy, "in a minute"),
        (500, EngineDead, "MULAKAT_REMOTE_URL"),
    ],
)
async def test_refusals_name_the_fix(status: int, kind: type[EngineError], fix: str) -> None:
    server = Server(lambda request: httpx.Response(status, text=f"no: {KEY}" + "x" * 5000))
    with pytest.raises(kind, match=fix) as caught:
        await said(server.engine())
    assert len(str(caught.value)) < 600
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_what_cannot_change_is_asked_once(status: int) -> None:
    server = Server(lambda request: httpx.Response(status))
    with pytest.raises(EngineDead):
        await said(server.engine())
    assert len(server.got) == 1


@pytest.mark.parametrize(
    "fault",
    [
        lambda request: httpx.Response(500),
        lambda request: httpx.Response(429),
        httpx.ConnectError("refused"),
        stream(b"data: no json\n\n"),
        stream(httpx.RemoteProtocolError("gone")),
    ],
    ids=["500", "429", "refused", "no json", "broken off"],
)
async def test_tries_once_more_while_nothing_was_said(fault: Handler | Exception) -> None:
    server = Server(fault, stream(event("Hi"), DONE))
    assert await said(server.engine()) == ["Hi"]
    server = Server(fault)
    with pytest.raises(EngineError):
        await said(server.engine())
    assert len(server.got) == 2


@pytest.mark.parametrize(
    "fault",
    [b"data: no json\n\n", b"data: [1, 2]\n\n", b'data: {"choices": [7]}\n\n', httpx.ReadError("gone")],
)
async def test_no_second_try_in_the_middle_of_a_sentence(fault: bytes | Exception) -> None:
    server = Server(stream(event("I see"), fault))
    pieces = server.engine().stream(HELLO)
    assert await anext(pieces) == "I see"
    with pytest.raises(EngineDead):
        await anext(pieces)
    assert len(server.got) == 1


@pytest.mark.parametrize("fault", [httpx.ConnectTimeout("slow"), httpx.ReadTimeout("slow")])
async def test_time_out_is_told_at_once(fault: Exception) -> None:
    server = Server(fault)
    with pytest.raises(EngineTimeout, match=r"models\.example"):
        await said(server.engine())
    assert len(server.got) == 1


async def test_error_inside_the_stream_is_told() -> None:
    server = Server(stream(b'data: {"error": {"message": "out of memory"}}\n\n', DONE))
    with pytest.raises(EngineDead, match="out of memory"):
        await said(server.engine())


async def test_leaving_early_closes_the_connection() -> None:
    server = Server(stream(event("one"), event("two"), DONE))
    engine = server.engine()
    async with aclosing(engine.stream(HELLO)) as pieces:
        assert await anext(pieces) == "one"
    await engine.close()
    assert len(server.got) == 1
