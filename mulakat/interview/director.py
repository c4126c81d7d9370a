"""Decides the interviewer's next move. A pure function of plan, exchanges and budget.

The same for a 135M model and an 8B one, and testable without either. Does not: word anything
(`phrasing`), or read answers (`assessment` does; its Readings come in with the exchanges).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mulakat.interview.agenda import FOLLOW_UPS, Item
from mulakat.interview.packs.schema import Aspect
from mulakat.interview.trouble import Trouble, trouble_of
from mulakat.interview.wording import wording
from mulakat.messages import Language, Mood, Move, MoveName, Reading, Span
from mulakat.text.fold import lower

MENDS = 4
"""Turns in all that one question gets after answers that cannot be built on."""

CLOSE_BEFORE_S = 60.0
"""Seconds before the time limit at which the last question is asked."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn of the interviewer and what came back.

    text      what was really said; question: the part of it that asks
    """

    move: Move
    text: str
    question: str
    answer: str = ""
    reading: Reading | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Budget:
    """How much was used and how much there is. `total` turns or `limit_s` seconds, or neither."""

    asked: int = 0
    total: int | None = None
    elapsed_s: float = 0.0
    limit_s: float | None = None

    @property
    def last(self) -> bool:
        """Whether the next question is the last one."""
        if self.total is not None and self.asked >= self.total - 1:
            return True
        return self.limit_s is not None and self.elapsed_s >= self.limit_s - CLOSE_BEFORE_S


_MAIN = (MoveName.OPENING, MoveName.MOVE_ON)

_MOVE_OF_ASPECT = {
    Aspect.ROLE: (MoveName.CLARIFY, "neutral"),
    Aspect.ALTERNATIVE: (MoveName.CHALLENGE, "serious"),
    Aspect.REASON: (MoveName.CHALLENGE, "serious"),
    Aspect.LEARNING: (MoveName.PROBE, "warm"),
    Aspect.OBSTACLE: (MoveName.PROBE, "warm"),
}


def next_move(
    plan: Sequence[Item], exchanges: Sequence[Exchange], budget: Budget, language: Language
) -> Move:
    """What the interviewer does now. `plan` is `agenda.plan`'s, never empty.

    Every move but the farewell asks, and asks what was not asked before (`REPEAT` apart); an
    interview whose questions are all used up closes before its budget is.
    """
    return _Director(plan, exchanges, budget, language).decide()


class _Director:
    def __init__(
        self, plan: Sequence[Item], exchanges: Sequence[Exchange], budget: Budget, language: Language
    ) -> None:
        self.plan = plan
        self.past = exchanges
        self.budget = budget
        self.language: Language = language
        self.heard = [lower(f"{e.text}\n{e.move.seed}", language) for e in exchanges]
        self.item = self._current()

    def decide(self) -> Move:
        if not self.past:
            return self._main(MoveName.OPENING, "opening", "the interview begins")
        last = self.past[-1]
        if last.move.name in (MoveName.CLOSE, MoveName.FAREWELL):
            return Move(MoveName.FAREWELL, "", "", "farewell", True, mood="warm", reason="the end")
        if self.budget.last:
            return self._close("turns or time are used up")
        if last.skipped or last.reading is None:
            return self._main(MoveName.MOVE_ON, "skip", "the question was skipped")
        if trouble := trouble_of(last.reading):
            return self._mend(last.reading, *trouble)
        if self._followed() >= FOLLOW_UPS:
            return self._main(MoveName.MOVE_ON, "next", "this subject had its follow-ups", last.reading)
        return self._follow(last.reading)

    # ------------------------------------------------------------ answers that cannot be built on

    def _mend(self, reading: Reading, name: str, trouble: Trouble) -> Move:
        times = self._in_a_row(name)
        if times > len(trouble.moves) or self._mended() >= MENDS:
            return self._main(MoveName.MOVE_ON, trouble.next_cue, f"{name} {times} times in a row")
        move = trouble.moves[times - 1]
        reason = f"the answer was {name.replace('_', ' ')}"
        if move is MoveName.REPEAT:
            return self._repeat(reason)
        span = self._unnamed(reading.spans) if name == "short" and times == 1 else None
        cue = f"heard_{span.kind}" if span else trouble.cue
        pools = dict.fromkeys((trouble.ask[times - 1], *trouble.spare))
        if seed := self._fresh(*pools):
            return self._ask(move, cue, seed, trouble.mood, reason, span)
        return self._main(MoveName.MOVE_ON, trouble.next_cue, f"{reason}, and all was asked about it")

    def _in_a_row(self, name: str) -> int:
        """How often in a row, this time included, the same trouble came up on this question."""
        times = 0
        for exchange in reversed(self.past):
            reading = exchange.reading
            if reading is None or (found := trouble_of(reading)) is None or found[0] != name:
                break
            times += 1
            if exchange.move.name in _MAIN:
                break
        return times

    def _mended(self) -> int:
        """How many turns on the present question built on no answer."""
        return sum(
            e.move.question_id == self.item.id and e.move.name not in _MAIN and not e.move.aspect
            for e in self.past
        )

    def _repeat(self, reason: str) -> Move:
        last = self.past[-1]
        return Move(
            MoveName.REPEAT,
            last.move.question_id,
            last.question or last.move.seed,
            "repeat",
            fixed=True,
            competency=last.move.competency,
            mood="warm",
            reason=reason,
        )

    # ------------------------------------------------------------ answers that can

    def _follow(self, reading: Reading) -> Move:
        aspect, seed = self._missing(reading)
        if not seed:
            return self._main(MoveName.MOVE_ON, "next", "all was asked about this subject", reading)
        name, mood = _MOVE_OF_ASPECT.get(Aspect(aspect), (MoveName.PROBE, "neutral"))
        span = self._unnamed(reading.spans)
        held = "said already" if aspect in reading.aspects else "not said yet"
        return Move(
            name,
            self.item.id,
            seed,
            f"heard_{span.kind}" if span else "heard",
            span=span,
            aspect=aspect,
            competency=self.item.competency_id,
            mood=mood,  # type: ignore[arg-type]
            reason=f"asks for the {aspect}, {held}",
        )

    def _missing(self, reading: Reading) -> tuple[str, str]:
        """The follow-up whose aspect is still missing: the pack's first, general ones after; or none."""
        asked = {e.move.aspect for e in self.past if e.move.question_id == self.item.id}
        own = [(f.aspect.value, f.text.in_(self.language)) for f in self.item.question.follow_ups]
        own = [(a, t) for a, t in own if not self._said(t)]
        for aspect, text in own:
            if aspect not in asked and aspect not in reading.aspects:
                return aspect, text
        if own:
            return own[0]
        lines = wording(self.language).ask
        order = [a.value for a in Aspect]
        order.sort(key=lambda a: (a in asked) + (a in reading.aspects))
        for aspect in order:
            for text in lines[aspect]:
                if not self._said(text):
                    return aspect, text
        return "", ""

    def _followed(self) -> int:
        """How many follow-ups the present subject had that built on an answer."""
        built = (MoveName.PROBE, MoveName.CHALLENGE, MoveName.CLARIFY)
        return sum(
            e.move.question_id == self.item.id and e.move.name in built and bool(e.move.aspect)
            for e in self.past
        )

    # ------------------------------------------------------------ making moves

    def _main(self, name: MoveName, cue: str, reason: str, reading: Reading | None = None) -> Move:
        """The next question of the agenda; the last one when there is none left."""
        item = self._next_item()
        if item is None:
            return self._close("all questions are used up")
        span = self._unnamed(reading.spans) if reading else None
        return Move(
            name,
            item.id,
            item.question.text.in_(self.language),
            "next_span" if span else cue,
            fixed=True,
            span=span,
            competency=item.competency_id,
            mood="warm" if name is MoveName.OPENING else "neutral",
            reason=reason,
            places=item.places,
        )

    def _close(self, reason: str) -> Move:
        seed = self._fresh("close") or wording(self.language).ask["close"][0]
        return replace(self._ask(MoveName.CLOSE, "close", seed, "warm", reason), fixed=True)

    def _ask(
        self, name: MoveName, cue: str, seed: str, mood: Mood, reason: str, span: Span | None = None
    ) -> Move:
        """A move that stays with the present question."""
        competency = self.item.competency_id
        return Move(
            name, self.item.id, seed, cue, span=span, competency=competency, mood=mood, reason=reason
        )

    def _fresh(self, *pools: str) -> str:
        """A question of the wording files that was not said yet; "" when all were."""
        for pool in pools:
            lines = [self._fill(t) for t in wording(self.language).ask[pool]]
            offset = self.budget.asked % len(lines) if pool != "close" else 0
            turned = lines[offset:] + lines[:offset]
            if fresh := next((t for t in turned if not self._said(t)), ""):
                return fresh
        return ""

    def _fill(self, text: str) -> str:
        topic = self.item.competency.names.in_(self.language)
        if not topic[1:2].isupper():  # an acronym stays as it is
            topic = lower(topic[:1], self.language) + topic[1:]
        return text.replace("{topic}", topic)

    # ------------------------------------------------------------ what was before

    def _current(self) -> Item:
        if self.past:
            wanted = self.past[-1].move.question_id
            for item in self.plan:
                if item.id == wanted:
                    return item
        return self.plan[0]

    def _next_item(self) -> Item | None:
        """The agenda's next question that was not asked yet, under another name either."""
        asked = {e.move.question_id for e in self.past if e.move.name in _MAIN}
        left = (i for i in self.plan if i.id not in asked)
        return next((i for i in left if not self._said(i.question.text.in_(self.language))), None)

    def _unnamed(self, spans: Sequence[Span]) -> Span | None:
        named = {lower(e.move.span.text, self.language) for e in self.past if e.move.span}
        return next((s for s in spans if lower(s.text, self.language) not in named), None)

    def _said(self, text: str) -> bool:
        key = lower(text, self.language)
        return any(key in heard for heard in self.heard)
