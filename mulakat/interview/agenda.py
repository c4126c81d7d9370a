"""Which main questions an interview means to ask, in which order. A pure function of its inputs.

Does not: follow up (`director`), or look at documents (a later room hands in its own items).
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from mulakat.interview.packs.library import GENERAL, Library
from mulakat.interview.packs.schema import Competency, Pack, Question
from mulakat.messages import Kind, Level, Setup

FOLLOW_UPS = 2
"""Follow-ups that a good answer gets before the next main question."""

_NEAR: dict[Level, tuple[Level, ...]] = {
    "junior": ("junior", "mid"),
    "mid": ("mid", "junior", "senior"),
    "senior": ("senior", "mid"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One main question with the competency it looks at."""

    question: Question
    competency: Competency
    pack: str

    @property
    def id(self) -> str:
        """Unique over all packs, unlike the question's own id."""
        return f"{self.pack}/{self.question.id}"

    @property
    def competency_id(self) -> str:
        return f"{self.pack}/{self.competency.id}"


def plan(setup: Setup, library: Library) -> tuple[Item, ...]:
    """Main questions for this interview, more than will be needed, best first.

    The field's own pack leads; the general pack joins in for behavioural and mixed interviews.
    Competencies alternate, the level fits, and the kind alternates when it is mixed. The same
    set-up (its seed included) always gives the same plan.
    """
    chance = random.Random(f"{setup.seed}:{setup.field}:{setup.level}:{setup.kind}")
    field = library.match(setup.field, setup.role)
    own = _of_pack(field, setup, chance)
    general = library.packs[GENERAL]
    if field.id == GENERAL or setup.kind == "technical":
        return tuple(own)
    return tuple(_weave(own, _of_pack(general, setup, chance), every=3))


def _of_pack(pack: Pack, setup: Setup, chance: random.Random) -> list[Item]:
    """A pack's questions round by round: each round takes one from every competency."""
    ranked = [(c, _ranked(c, setup, chance)) for c in pack.competencies]
    chance.shuffle(ranked)
    items: list[Item] = []
    for round_ in range(max(len(questions) for _, questions in ranked)):
        for place, (competency, questions) in enumerate(ranked):
            if round_ < len(questions):
                wanted = _kind_wanted(setup.kind, place)
                best = next((q for q in questions[round_:] if q.kind == wanted), questions[round_])
                questions.remove(best)
                questions.insert(round_, best)
                items.append(Item(best, competency, pack.id))
    if setup.kind == "mixed":
        return items
    return sorted(items, key=lambda i: i.question.kind != setup.kind)


def _kind_wanted(kind: Kind, place: int) -> str:
    return ("behavioural", "technical")[place % 2] if kind == "mixed" else kind


def _ranked(competency: Competency, setup: Setup, chance: random.Random) -> list[Question]:
    """A competency's questions: the level asked for first, near levels next."""
    order = _NEAR[setup.level]
    fitting = [q for q in competency.questions if q.level in order] or list(competency.questions)
    chance.shuffle(fitting)
    return sorted(fitting, key=lambda q: order.index(q.level) if q.level in order else len(order))


def _weave(main: list[Item], other: list[Item], every: int) -> list[Item]:
    """`main` with one of `other` after each `every - 1` of its items."""
    woven: list[Item] = []
    rest = iter(other)
    for n, item in enumerate(main, 1):
        woven.append(item)
        if n % (every - 1) == 0 and (extra := next(rest, None)):
            woven.append(extra)
    return woven
