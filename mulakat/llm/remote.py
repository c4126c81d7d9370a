"""Any OpenAI-compatible server (vLLM, llama.cpp, Ollama, a cloud): chat completions, streamed.

A grammar is passed only to servers that are known to hold one (`grammar`: "llama.cpp" or "vllm").
Does not: start such a server, or send anything unless it is configured.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

import httpx

from mulakat.errors import EngineBusy, EngineDead, EngineError, EngineTimeout
from mulakat.llm.protocol import OnQueue, Request
from mulakat.messages import Language


class _Refused(EngineDead):
    """The server understood and said no; asking again would change nothing."""


class RemoteEngine:
    """Speaks to `url` (".../v1"). `timeout` is seconds without a new piece."""

    words_questions = True

    def __init__(
        self,
        url: str,
        model: str,
        key: str = "",
        *,
        grammar: str = "",
        timeout: float = 30.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.name = f"{model or 'model'} at {httpx.URL(url).host}"
        self.free_languages: frozenset[Language] = frozenset({"en", "tr"})
        self.holds_grammar = grammar in ("llama.cpp", "vllm")
        self._grammar = grammar
        self._key = key
        self._model = model
        self._url = url.rstrip("/") + "/chat/completions"
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.AsyncClient(
            headers=headers, timeout=httpx.Timeout(timeout, connect=min(timeout, 5.0)), transport=transport
        )

    @property
    def spare(self) -> bool:
        return False  # what is only typed yet is not sent over the network

    async def stream(self, request: Request, on_queue: OnQueue | None = None) -> AsyncGenerator[str]:
        body = self._body(request)
        for attempt in (1, 2):
            said = False
            try:
                async for piece in self._pieces(body):
                    said = True
                    yield piece
                return
            except (EngineTimeout, _Refused):
                raise
            except EngineError:
                # Once more only if nothing was said yet: a sentence must not be begun twice.
                if said or attempt == 2:
                    raise
                await asyncio.sleep(0.3)

    async def read_ahead(self, request: Request) -> None:
        return None  # a remote server keeps its own cache; drafts are not sent over the network

    def forget(self, session: str) -> None:
        return None

    async def close(self) -> None:
        await self._http.aclose()

    def _body(self, request: Request) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": request.adapter if request.adapter and self._grammar == "vllm" else self._model,
            "messages": [{"role": m.role, "content": m.content} for m in request.messages],
            "stream": True,
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
            "seed": request.seed,
        }
        if request.grammar and self._grammar == "llama.cpp":
            body["grammar"] = request.grammar
        elif request.grammar and self._grammar == "vllm":
            body["structured_outputs"] = {"grammar": request.grammar}
        return body

    async def _pieces(self, body: dict[str, Any]) -> AsyncGenerator[str]:
        try:
            async with self._http.stream("POST", self._url, json=body) as response:
                await self._check(response)
                async for line in response.aiter_lines():
                    data = line.removeprefix("data:").strip()
                    if data == "[DONE]":
                        return
                    if line.startswith("data:") and data and (piece := _text(data)):
                        yield piece
        except httpx.TimeoutException:
            raise EngineTimeout(
                f"The model server {httpx.URL(self._url).host} did not answer in time.",
                "Check that it is up and not overloaded.",
            ) from None
        except httpx.HTTPError as error:
            raise EngineDead(
                f"The model server {httpx.URL(self._url).host} cannot be reached: {error}.",
                "Check MULAKAT_REMOTE_URL and that the server is up.",
            ) from None

    async def _check(self, response: httpx.Response) -> None:
        status = response.status_code
        if status < 400:
            return
        body = (await response.aread()).decode("utf-8", "replace")
        if self._key:
            body = body.replace(self._key, "(key)")
        if status == 429:
            raise EngineBusy("The model server takes no more requests just now.", "Try again in a minute.")
        hint = (
            "Check MULAKAT_REMOTE_KEY."
            if status in (401, 403)
            else "Check MULAKAT_REMOTE_URL and MULAKAT_REMOTE_MODEL."
        )
        kind = _Refused if status < 500 else EngineDead
        raise kind(f"The model server refused the request ({status}): {body[:300]}", hint)


def _text(data: str) -> str:
    try:
        parsed = json.loads(data)
        if error := parsed.get("error"):
            told = error.get("message", error) if isinstance(error, dict) else error
            raise EngineDead(
                f"The model server failed: {str(told)[:300]}.", "Look at the server's own log."
            )
        choices = parsed.get("choices") or [{}]
        return str((choices[0].get("delta") or {}).get("content") or "")
    except (ValueError, AttributeError):
        raise EngineDead(
            "The model server sent something that is no chat completion.", "Check MULAKAT_REMOTE_URL."
        ) from None
