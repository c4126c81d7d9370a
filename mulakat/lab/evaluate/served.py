"""Serves held-out dialogues turn by turn through an engine, as the room does, and keeps every sentence.

The talk so far holds what this interviewer itself said, not what the data say. A sentence that the guard
refuses is tried once more, warmer, then the pack speaks: the rule of `room.words`, which no laboratory may
import. Time is not measured: nothing hurries. Does not: count (`marks`).
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from mulakat.interview.guard import Context, check
from mulakat.interview.phrasing import (
    Turn,
    choice_grammar,
    chosen,
    pack_turns,
    sentence_end,
    turn_grammar,
)
from mulakat.interview.prompt import user_message
from mulakat.lab.evaluate.held import Dialogue, Step
from mulakat.llm.chat_format import ChatFormat, Message, render
from mulakat.llm.protocol import Engine, Request
from mulakat.messages import Language, Move, MoveName
from mulakat.text.fold import capital

UNWORDED = frozenset({MoveName.FAREWELL, MoveName.REPEAT})
"""Moves that the room never gives to a model."""


@dataclass(frozen=True, slots=True)
class Way:
    """How turns are worded.

    whole    the model words whole questions; else the acknowledgement alone, as a small one does
    grammar  held to the grammar of serving, as every local engine is
    free     languages it words freely; in the others it chooses among the packs' turns
    """

    whole: bool
    grammar: bool
    free: frozenset[Language]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a model and what the guard holds against it."""

    text: str
    question: bool
    faults: tuple[str, ...] = ()


@dataclass
class Sample:
    """One turn: what the model said at the first try, and what the room would have spoken.

    acknowledgement  of the first try; "" when there was none
    wording          the whole first try, with a fixed question behind
    by               "first", "second" (a sentence was tried again), "pack" or "choice"
    before           what the interviewer said earlier in this dialogue, sentence by sentence
    """

    dialogue: Dialogue
    number: int
    step: Step
    move: Move
    prompt: str
    acknowledgement: str = ""
    wording: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    spoken: str = ""
    spoken_acknowledgement: str = ""
    by: str = "first"
    before: tuple[str, ...] = ()

    @property
    def prompt_hash(self) -> str:
        """SHA-256 of the rendered prompt, its first 16 hex digits."""
        return hashlib.sha256(self.prompt.encode()).hexdigest()[:16]

    @property
    def faults(self) -> list[str]:
        """What the guard held against the first try."""
        return [fault for sentence in self.sentences for fault in sentence.faults]


class Server:
    """Serves dialogues with one engine and one of its adapters (None: the base)."""

    def __init__(self, engine: Engine, chat: ChatFormat, adapter: str | None, way: Way, seed: int) -> None:
        self._engine, self._chat, self._adapter, self._way, self._seed = engine, chat, adapter, way, seed

    async def talk(self, dialogue: Dialogue) -> list[Sample]:
        """All turns of a dialogue that a model is asked for; the packs speak the others.

        Raises EngineError when the engine fails.
        """
        session = f"{self._adapter}:{dialogue.place}"
        messages = [Message("system", dialogue.system)]
        said: list[str] = []
        samples = []
        try:
            for number, step in enumerate(dialogue.steps, 1):
                move = step.move if self._way.whole else replace(step.move, fixed=True)
                messages.append(user_message(step.answer, move))
                sample = Sample(
                    dialogue, number, step, move, render(messages, self._chat), before=tuple(said)
                )
                if move.name in UNWORDED:
                    turn = pack_turns(move, dialogue.language, said, self._seed)[0]
                    sample.spoken = turn.text
                    spoken = [turn.acknowledgement, turn.question]
                else:
                    spoken = await self._word(sample, messages, session)
                    samples.append(sample)
                said += [s for s in spoken if s]
                messages.append(Message("assistant", sample.spoken))
        finally:
            self._engine.forget(session)
        return samples

    async def _word(self, sample: Sample, messages: Sequence[Message], session: str) -> list[str]:
        """Fill a sample; the sentences that are spoken."""
        if sample.dialogue.language not in self._way.free:
            turn = await self._choose(sample, messages, session)
            spoken = [turn.acknowledgement, turn.question]
        else:
            spoken = await self._free(sample, messages, session)
        spoken = [s for s in spoken if s]
        sample.spoken = " ".join(spoken)
        sample.spoken_acknowledgement = spoken[0] if len(spoken) > 1 else ""
        return spoken

    async def _choose(self, sample: Sample, messages: Sequence[Message], session: str) -> Turn:
        turns = pack_turns(sample.move, sample.dialogue.language, sample.before, self._seed)
        found: Turn | None = turns[0]
        if len(turns) > 1:
            text = "".join([p async for p in self._pieces(messages, session, choice_grammar(turns), "", 1)])
            found = chosen(text, turns, ended=True)
        turn = found or turns[0]
        sample.by = "choice" if found else "pack"
        sample.acknowledgement, sample.wording = turn.acknowledgement, turn.text
        return turn

    async def _free(self, sample: Sample, messages: Sequence[Message], session: str) -> list[str]:
        move, language = sample.move, sample.dialogue.language
        fixed = capital(move.seed, language) if move.fixed else ""
        sample.sentences = await self._attempt(sample, messages, session, [], 1)
        words = [s.text for s in sample.sentences]
        if words and not sample.sentences[0].question:
            sample.acknowledgement = words[0]
        sample.wording = " ".join([*words, *([fixed] if fixed else [])])
        good = _passed(sample.sentences)
        if not _whole(good, move):
            sample.by = "second"
            good += _passed(
                await self._attempt(sample, messages, session, [s.text for s in good], attempt=2)
            )
        spoken = [s.text for s in good]
        if not _whole(good, move):
            sample.by = "pack"
            turn = pack_turns(move, language, sample.before, self._seed)[0]
            return [*(spoken or [turn.acknowledgement]), turn.question]
        return [*spoken, fixed] if fixed else spoken

    async def _attempt(
        self, sample: Sample, messages: Sequence[Message], session: str, said: list[str], attempt: int
    ) -> list[Sentence]:
        """The sentences of one try, going on from what was `said` of this turn, up to the first fault."""
        move, language = sample.move, sample.dialogue.language
        grammar = turn_grammar(move, language, begun=" ".join(said)) if self._way.grammar else None
        begun = f"{' '.join(said)} " if said else ""
        found: list[Sentence] = []
        async with aclosing(
            _sentences(self._pieces(messages, session, grammar, begun, attempt), sample)
        ) as texts:
            async for text in texts:
                before = [*said, *(s.text for s in found)]
                question = not move.fixed and (bool(before) or text.endswith("?"))
                faults = check(text, self._context(sample, before), question=question)
                found.append(Sentence(text, question, tuple(f.value for f in faults)))
                if faults or question:
                    break
        return found

    def _context(self, sample: Sample, begun: Sequence[str]) -> Context:
        move, dialogue = sample.move, sample.dialogue
        span = (move.span.text,) if move.span else ()
        known = (*span, move.seed, dialogue.role)
        return Context(dialogue.language, move, (*sample.before, *begun), known)

    async def _pieces(
        self, messages: Sequence[Message], session: str, grammar: str | None, begun: str, attempt: int
    ) -> AsyncGenerator[str]:
        request = Request(
            messages=messages,
            session=session,
            grammar=grammar,
            temperature=0.0 if attempt == 1 else 0.8,
            seed=self._seed + attempt,
            adapter=self._adapter,
            begun=begun,
        )
        async with aclosing(self._engine.stream(request)) as pieces:
            async for piece in pieces:
                yield piece


def _passed(sentences: Sequence[Sentence]) -> list[Sentence]:
    return [s for s in sentences if not s.faults]


def _whole(sentences: Sequence[Sentence], move: Move) -> bool:
    """Whether nothing of the model's part is missing."""
    return bool(sentences) and (move.fixed or sentences[-1].question)


async def _sentences(pieces: AsyncIterator[str], sample: Sample) -> AsyncGenerator[str]:
    """Sentences as they become whole; of a fixed move the first alone."""
    text = ""
    async for piece in pieces:
        text += piece
        while (cut := sentence_end(text, sample.move.span)) is not None:
            yield text[:cut].strip()
            text = text[cut:].lstrip()
            if sample.move.fixed:
                return
    if text.strip():
        yield text.strip()
