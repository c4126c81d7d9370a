"""Which main questions an interview means to ask, in which order. A pure function of its inputs.

Does not: follow up (`director`), or read documents (`knowledge` does, and hands in its questions).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from mulakat.interview.packs.library import GENERAL, Library
from mulakat.interview.packs.schema import Aspect, Competency, FollowUp, Lines, Pack, Question, Text
from mulakat.messages import LANGUAGES, Grounded, Language, Level, Place, Setup

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
    places: tuple[Place, ...] = ()

    @property
    def id(self) -> str:
        """Unique over all packs, unlike the question's own id."""
        return f"{self.pack}/{self.question.id}"

    @property
    def competency_id(self) -> str:
        return f"{self.pack}/{self.competency.id}"


def plan(setup: Setup, library: Library, grounded: Sequence[Grounded] = ()) -> tuple[Item, ...]:
    """Main questions for this interview in the order to ask them, far more than will be needed.

    Questions about the candidate's own documents come first and then take turns with the packs'.

    The field's own pack leads; the general pack joins in for behavioural and mixed interviews.
    Competencies alternate, the level fits, and the kind alternates when it is mixed. Questions of
    another level or kind come last, for interviews that use up all others. The same set-up (its
    seed included) always gives the same plan.
    """
    chance = random.Random(f"{setup.seed}:{setup.field}:{setup.level}:{setup.kind}")
    field = library.match(setup.field, setup.role)
    packs = [field] if field.id == GENERAL else [field, library.packs[GENERAL]]
    fitting = [_rounds(pack, setup, chance, fitting=True) for pack in packs]
    spare = [_rounds(pack, setup, chance, fitting=False) for pack in packs]
    own, general = fitting[0], fitting[-1]
    woven = _weave(own, general, every=3) if len(packs) > 1 and setup.kind != "technical" else own
    own_work = [i for i in document_items(grounded, field) if setup.kind in ("mixed", i.question.kind)]
    turns = [i for pair in zip_longest(own_work, woven) for i in pair if i]
    # Each question stands once, where it comes first.
    return tuple({item.id: item for item in chain(turns, *fitting, *spare)}.values())


def document_items(grounded: Sequence[Grounded], field: Pack) -> list[Item]:
    """Questions about documents in the shape of a pack's; their numbers are their names."""
    return [
        Item(_as_question(each, n), _OF.get(each.about, _OF_WORK), field.id, each.places)
        for n, each in enumerate(grounded)
    ]


def _as_question(grounded: Grounded, number: int) -> Question:
    # Literal pieces of documents may be longer or odder than a pack's lines, so nothing is validated.
    return Question.model_construct(
        id=f"document.{number}",
        level="mid",
        kind=grounded.kind,
        text=_text(grounded.texts),
        good_answer=Lines(**{code: grounded.good[code] for code in LANGUAGES}),
        follow_ups=tuple(
            FollowUp(aspect=Aspect(aspect), text=_text(texts)) for aspect, texts in grounded.follow_ups
        ),
    )


def _text(texts: Mapping[Language, str]) -> Text:
    return Text.model_construct(en=texts["en"], tr=texts["tr"])


def _competency(name: str, en: str, tr: str) -> Competency:
    names = Text(en=en, tr=tr)
    return Competency.model_construct(id=name, names=names, looks_for=names, questions=())


_OF_WORK = _competency("own_work", "Work you have done", "Geçmiş işleriniz")
_OF_JOB = _competency("job_demands", "The demands of the job", "İlanın beklentileri")
_OF_COMPANY = _competency("company", "The company and how it works", "Şirket ve çalışma biçimi")
_OF = {
    **dict.fromkeys(("covered", "thin", "missing", "duty"), _OF_JOB),
    **dict.fromkeys(("value", "offering", "aim", "rule"), _OF_COMPANY),
}


def _rounds(pack: Pack, setup: Setup, chance: random.Random, *, fitting: bool) -> list[Item]:
    """A pack's questions that fit the set-up, or the others: each round takes one of every competency.

    Within a round the kind that is wanted comes first, then the level that was asked for.
    """
    left = [Item(q, c, pack.id) for c in pack.competencies for q in c.questions]
    left = [i for i in left if _fits(i.question, setup) is fitting]
    chance.shuffle(left)
    levels = (*_NEAR[setup.level], "junior", "mid", "senior")
    items: list[Item] = []
    asked: Counter[str] = Counter()
    while left:
        wanted = ("behavioural", "technical")[len(items) % 2] if setup.kind == "mixed" else setup.kind
        before = items[-1].competency_id if items else ""
        best = min(
            left,
            key=lambda i: (
                asked[i.competency_id],
                i.competency_id == before,
                i.question.kind != wanted,
                levels.index(i.question.level),
            ),
        )
        left.remove(best)
        asked[best.competency_id] += 1
        items.append(best)
    return items


def _fits(question: Question, setup: Setup) -> bool:
    """Whether a question is of the kind that was asked for, and of the level or one near it."""
    return question.level in _NEAR[setup.level] and setup.kind in ("mixed", question.kind)


def _weave(main: list[Item], other: list[Item], every: int) -> list[Item]:
    """`main` with one of `other` after each `every - 1` of its items."""
    woven: list[Item] = []
    rest = iter(other)
    for n, item in enumerate(main, 1):
        woven.append(item)
        if n % (every - 1) == 0 and (extra := next(rest, None)):
            woven.append(extra)
    return woven
