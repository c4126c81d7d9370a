"""Earlier interviews beside this one: how each competency went over time, and what can be said to differ.

Only interviews in the same language are set side by side, for the scale of each was set by itself.
Does not: praise or blame; a difference within the intervals is called no difference.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mulakat.assessment.result import Assessment, Score
from mulakat.messages import Language
from mulakat.report import dates
from mulakat.report.assessment_model import Marked, marked

Verdict = Literal["higher", "lower", "unclear"]


@dataclass(frozen=True, slots=True)
class Held:
    """An interview that has ended, and its assessment. `when` is ISO 8601 with offset."""

    id: str
    when: str
    role: str
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Step:
    """A competency in one interview; `scored` is on how many questions the score rests."""

    interview: str
    when: str
    role: str
    score: Marked
    scored: int


@dataclass(frozen=True, slots=True)
class Track:
    """A competency over time, the oldest first; `verdict` sets the last step beside the first."""

    id: str
    name: str
    spoken: Language
    steps: tuple[Step, ...]
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Change:
    """A competency now and when it was last weighed before."""

    id: str
    name: str
    before: Step
    now: Marked
    verdict: Verdict


def tracks(held: Iterable[Held], language: Language) -> tuple[Track, ...]:
    """Every competency that got a number, those with most steps first; names in `language`."""
    steps: dict[tuple[str, Language], list[tuple[Step, Score]]] = {}
    names: dict[str, str] = {}
    for one in _in_order(held):
        for found in one.assessment.competencies:
            if found.score is not None:
                names[found.id] = found.names[language]
                step = Step(one.id, one.when, one.role, marked(found.score, language), found.scored)
                steps.setdefault((found.id, one.assessment.language), []).append((step, found.score))
    made = (
        Track(
            name,
            names[name],
            spoken,
            tuple(step for step, _ in row),
            verdict(row[0][1], row[-1][1]) if len(row) > 1 else None,
        )
        for (name, spoken), row in steps.items()
    )
    return tuple(sorted(made, key=lambda t: (-len(t.steps), t.name, t.spoken)))


def changes(now: Held, earlier: Iterable[Held], language: Language) -> tuple[Change, ...]:
    """For each competency of an interview, the last time before that it got a number."""
    before = [h for h in _in_order(earlier) if _moment(h) < _moment(now) and h.id != now.id]
    spoken = now.assessment.language
    known = {t.id: t for t in tracks(before, language) if t.spoken == spoken}
    found: list[Change] = []
    for one in now.assessment.competencies:
        if one.score is not None and one.id in known:
            last = known[one.id].steps[-1]
            old = Score(last.score.value, last.score.low, last.score.high)
            found.append(
                Change(
                    one.id, one.names[language], last, marked(one.score, language), verdict(old, one.score)
                )
            )
    return tuple(found)


def verdict(before: Score, now: Score) -> Verdict:
    """Whether two scores differ by more than their intervals allow.

    The half widths of two independent 80 % intervals add up in squares; cut off at the ends of the
    scale they would be too narrow, so the wider side counts.
    """
    room = math.hypot(_half(before), _half(now))
    if abs(now.value - before.value) <= room:
        return "unclear"
    return "higher" if now.value > before.value else "lower"


def _half(score: Score) -> float:
    return max(score.high - score.value, score.value - score.low)


def _in_order(held: Iterable[Held]) -> Sequence[Held]:
    return sorted(held, key=lambda h: (_moment(h), h.id))


def _moment(held: Held) -> datetime:
    """Offsets change with the season and on journeys, so the text cannot be compared."""
    return dates.parsed(held.when)
