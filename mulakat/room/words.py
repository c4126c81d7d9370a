"""A move -> guarded sentences, as soon as each is whole.

The model words a turn under a grammar where its language is strong, and chooses among the packs'
wordings where it is weak. A sentence that fails the guard is worded once more, then replaced by
the pack's; so is all that a slow, dead or absent model leaves unsaid. Every such case is counted.
Does not: decide moves, speak, or store.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from mulakat.errors import EngineError
from mulakat.interview.guard import Context, check
from mulakat.interview.phrasing import (
    Turn,
    choice_grammar,
    chosen,
    pack_turns,
    sentence_end,
    turn_grammar,
)
from mulakat.interview.prompt import without_article
from mulakat.llm.chat_format import Message
from mulakat.llm.protocol import Engine, OnQueue, Request
from mulakat.messages import Language, Move, MoveName, Span
from mulakat.text.fold import capital

log = logging.getLogger(__name__)

UNWORDED = frozenset({MoveName.FAREWELL, MoveName.REPEAT})
"""Moves whose words are the packs' alone."""


class Hurried(Exception):
    """The model was not ready when the interviewer had to speak; no fault of its own."""


@dataclass(frozen=True, slots=True)
class Worded:
    """One sentence to be spoken; `by` is "model", "model-choice" or "pack"."""

    text: str
    question: bool
    by: str


@dataclass
class Task:
    """All that is needed to word one turn; `marks` are perf_counter times of what happened when."""

    move: Move
    language: Language
    messages: Sequence[Message]
    said: Sequence[str]
    points: Sequence[str]
    known: Sequence[str]
    session: str
    seed: int = 0
    marks: dict[str, float] = field(default_factory=dict)
    heard_at: float = 0.0
    """perf_counter time at which the candidate's turn ended; 0 for now."""
    hurried: float | None = None
    """perf_counter time after which the pack speaks where it could speak as well."""

    def context(self, said: Sequence[str] = ()) -> Context:
        span = (self.move.span.text,) if self.move.span else ()
        known = (*span, self.move.seed, *self.known)
        return Context(self.language, self.move, (*self.said, *said), known, self.points)


class Wordsmith:
    """Words turns with one engine (or none). `counts` says what was worded by whom and what failed."""

    def __init__(
        self,
        engine: Engine | None,
        adapter: str | None = None,
        patience: float = 8.0,
        hurry: float | None = None,
    ) -> None:
        """`patience`: seconds a model may keep silent. `hurry`: seconds within which it must have
        worded what the pack could say as well (an acknowledgement, a choice); None for no limit."""
        self.engine = engine
        self.adapter = adapter
        self.patience = patience
        self.hurry = hurry
        self.counts: Counter[str] = Counter()

    async def word(self, task: Task, on_queue: OnQueue | None = None) -> AsyncGenerator[Worded]:
        """The sentences of a turn in order: at most one acknowledgement, then the question."""
        if self.hurry is not None:
            task.hurried = (task.heard_at or time.perf_counter()) + self.hurry
        pack = pack_turns(task.move, task.language, task.said, task.seed)
        if self.engine is None or task.move.name in UNWORDED:
            turn, by = pack[0], "pack"
        elif task.language in self.engine.free_languages:
            async for sentence in self._free(task, pack[0], on_queue):
                yield sentence
            return
        else:
            turn, by = await self._choose(task, pack, on_queue)
        task.marks.setdefault("token", time.perf_counter())
        for sentence in _sentences(turn, by):
            self.counts[f"said_by_{by}"] += 1
            yield sentence

    # ------------------------------------------------------------ choosing among whole wordings

    async def _choose(
        self, task: Task, turns: Sequence[Turn], on_queue: OnQueue | None
    ) -> tuple[Turn, str]:
        if len(turns) == 1 or not (self.engine and self.engine.holds_grammar):
            return turns[0], "pack"
        request = self._request(task, choice_grammar(turns))
        text = ""
        try:
            async with aclosing(self.engine.stream(request, on_queue)) as pieces:
                async for piece in _patiently(pieces, self.patience, task.hurried):
                    task.marks.setdefault("token", time.perf_counter())
                    text += piece
                    if turn := chosen(text, turns):
                        return turn, "model-choice"
            if turn := chosen(text, turns, ended=True):
                return turn, "model-choice"
        except Exception as error:
            self._failed(error)
        return turns[0], "pack"

    # ------------------------------------------------------------ free wording

    async def _free(self, task: Task, pack: Turn, on_queue: OnQueue | None) -> AsyncIterator[Worded]:
        """Two tries by the model, each from where the last good sentence ended; then the pack."""
        if task.language == "en":
            task = replace(task, move=without_article(task.move))
        said: list[str] = []
        try:
            for attempt in (1, 2):
                async for sentence in self._attempt(task, said, attempt, on_queue):
                    said.append(sentence.text)
                    yield sentence
                    if sentence.question:
                        return
        except Exception as error:
            self._failed(error)
        for sentence in _sentences(pack, "pack"):
            if sentence.question or not said:
                self.counts["said_by_pack"] += 1
                yield sentence

    async def _attempt(
        self, task: Task, said: Sequence[str], attempt: int, on_queue: OnQueue | None
    ) -> AsyncIterator[Worded]:
        """What the model says in one try, until a sentence fails or the question is out."""
        assert self.engine is not None
        move = task.move
        if move.fixed and said:
            yield Worded(capital(move.seed, task.language), True, "pack")
            return
        request = self._request(
            task, turn_grammar(move, task.language, begun=" ".join(said)), said, attempt
        )
        async with aclosing(self.engine.stream(request, on_queue)) as pieces:
            patient = _patiently(pieces, self.patience, task.hurried if move.fixed else None)
            async for text in _split(patient, move.span, task.marks, ends=move.fixed):
                question = not move.fixed and (bool(said) or text.endswith("?"))
                faults = check(text, task.context(said), question=question)
                if faults:
                    self.counts[f"refused_try_{attempt}"] += 1
                    self.counts.update(f"fault_{f.value}" for f in faults)
                    log.info("refused (%s): %s", ", ".join(faults), text)
                    return
                self.counts["said_by_model"] += 1
                self.counts[f"accepted_try_{attempt}"] += 1
                yield Worded(text, question, "model")
                if question:
                    return
                said = (*said, text)
        if move.fixed and said:
            yield Worded(capital(move.seed, task.language), True, "pack")

    def _request(self, task: Task, grammar: str, said: Sequence[str] = (), attempt: int = 1) -> Request:
        return Request(
            messages=task.messages,
            session=task.session,
            grammar=grammar,
            temperature=0.0 if attempt == 1 else 0.8,
            seed=task.seed + attempt,
            adapter=self.adapter,
            begun=f"{' '.join(said)} " if said else "",
        )

    def _failed(self, error: Exception) -> None:
        """Whatever goes wrong in an engine, the interview does not end with it."""
        if isinstance(error, Hurried):
            self.counts["hurried"] += 1
            return
        name = "slow" if isinstance(error, TimeoutError) else type(error).__name__
        self.counts[f"engine_{name}"] += 1
        known = isinstance(error, EngineError | TimeoutError)
        log.warning(
            "the pack speaks: %s", error or "the model was too slow", exc_info=None if known else error
        )


def _sentences(turn: Turn, by: str) -> list[Worded]:
    """A turn's sentences; a fixed question may rest on a case told before it and stays whole."""
    both = ((turn.acknowledgement, False), (turn.question, True))
    return [Worded(text, question, by) for text, question in both if text]


async def _patiently(
    pieces: AsyncIterator[str], seconds: float, hurried: float | None = None
) -> AsyncIterator[str]:
    """The pieces, as long as none keeps one waiting for more than `seconds`, all not for twice that,
    and none comes after the perf_counter time `hurried`.

    Only waiting counts: the time that whoever listens takes in between is not the model's.
    Raises TimeoutError; Hurried when there would have been patience.
    """
    left = 2 * seconds
    while True:
        began = time.perf_counter()
        if hurried is not None and hurried - began < min(seconds, left):
            try:
                piece = await asyncio.wait_for(anext(pieces), max(hurried - began, 0))
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise Hurried from None
            yield piece
            continue
        try:
            piece = await asyncio.wait_for(anext(pieces), min(seconds, left))
        except StopAsyncIteration:
            return
        left = max(left - (time.perf_counter() - began), 0.001)
        yield piece


async def _split(
    pieces: AsyncIterator[str], span: Span | None, marks: dict[str, float], *, ends: bool
) -> AsyncIterator[str]:
    """Sentences of a stream as soon as each is whole; a full stop inside the span ends none.

    With `ends`, one sentence is all that is awaited.
    """
    text = ""
    async for piece in pieces:
        marks.setdefault("token", time.perf_counter())
        text += piece
        while (cut := sentence_end(text, span)) is not None:
            yield text[:cut].strip()
            text = text[cut:].lstrip()
            if ends:
                return
    if text.strip():
        yield text.strip()
