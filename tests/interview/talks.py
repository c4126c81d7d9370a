"""Interviews without a model: a list of readings goes in, the turns that come of it come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from mulakat.interview.agenda import Item, plan
from mulakat.interview.director import Budget, Exchange, next_move
from mulakat.interview.packs.library import load
from mulakat.interview.phrasing import Turn, pack_turns
from mulakat.messages import Kind, Language, Move, MoveName, Reading, Setup, Span, SpanKind

LIBRARY = load()
GOOD = Reading(words=40)
SKIP = None

FLAGS = (
    "short",
    "silent",
    "gibberish",
    "off_topic",
    "repeated",
    "hostile",
    "injection",
    "asks_answer",
    "asks_repeat",
    "protected",
    "wrong_language",
)
MAIN = (MoveName.OPENING, MoveName.MOVE_ON)


def bad(flag: str) -> Reading:
    return Reading(words=2, **{flag: True})  # type: ignore[arg-type]


def span(text: str, kind: SpanKind = SpanKind.NAME) -> Span:
    return Span(text, kind, 0, len(text))


@cache
def agenda(language: Language = "en", field: str = "software", kind: Kind = "mixed") -> tuple[Item, ...]:
    return plan(Setup(language, field, "", "mid", kind), LIBRARY)


class Talk:
    """One interview; `say` takes a reading (None: skipped) and gives the next move."""

    def __init__(
        self,
        language: Language = "en",
        total: int | None = 40,
        limit_s: float | None = None,
        field: str = "software",
        kind: Kind = "mixed",
    ) -> None:
        self.language: Language = language
        self.plan = agenda(language, field, kind)
        self.total, self.limit_s, self.elapsed = total, limit_s, 0.0
        self.exchanges: list[Exchange] = []
        self.turns: list[Turn] = []
        self.said: list[str] = []
        self.move()

    @property
    def budget(self) -> Budget:
        return Budget(len(self.exchanges), self.total, self.elapsed, self.limit_s)

    @property
    def moves(self) -> list[Move]:
        return [e.move for e in self.exchanges]

    @property
    def last(self) -> Move:
        return self.exchanges[-1].move

    @property
    def over(self) -> bool:
        return self.last.name is MoveName.FAREWELL

    def move(self) -> Move:
        move = next_move(self.plan, self.exchanges, self.budget, self.language)
        turn = pack_turns(move, self.language, self.said, seed=len(self.plan))[0]
        self.said += [s for s in (turn.acknowledgement, turn.question) if s]
        self.turns.append(turn)
        self.exchanges.append(Exchange(move, turn.text, turn.question))
        return move

    def say(self, reading: Reading | None, seconds: float = 30.0) -> Move:
        self.exchanges[-1] = replace(
            self.exchanges[-1], answer="...", reading=reading, skipped=reading is None
        )
        self.elapsed += seconds
        return self.move()

    def hold(self, readings: Sequence[Reading | None]) -> Talk:
        """Go through the readings, over and over, to the end."""
        n = 0
        while not self.over:
            self.say(readings[n % len(readings)])
            n += 1
            assert n < 200, "the interview has no end"
        return self

    @property
    def questions(self) -> list[str]:
        """What was asked, repetitions on request left out."""
        pairs = zip(self.turns, self.moves, strict=True)
        return [t.question for t, m in pairs if t.question and m.name is not MoveName.REPEAT]
