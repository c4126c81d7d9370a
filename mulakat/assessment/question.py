"""What a question asks and what a good answer to it holds: the pack's data, as the scoring needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mulakat.assessment.measures import plain_stems
from mulakat.interview.agenda import Item
from mulakat.interview.packs.schema import Pack, Question
from mulakat.messages import LANGUAGES, Language


@dataclass(frozen=True)
class Asked:
    """One main question in the language of the interview.

    id            the agenda's id, unique over all packs
    competency    unique id of the competency it looks at; `names` are its names by language
    points        what a good answer contains, in plain phrases, and `points_by` by language
    near          further phrases about the same subject: follow-ups, other questions of the competency
    vocabulary    words of the field
    """

    id: str
    text: str
    competency: str
    names: Mapping[Language, str]
    language: Language
    behavioural: bool
    looks_for: str
    points_by: Mapping[Language, Sequence[str]]
    near: Sequence[str] = ()
    vocabulary: Sequence[str] = ()

    @property
    def points(self) -> Sequence[str]:
        return self.points_by[self.language]

    @cached_property
    def question_stems(self) -> frozenset[str]:
        return self._stems(self.text, self.looks_for)

    @cached_property
    def point_stems(self) -> tuple[frozenset[str], ...]:
        return tuple(self._stems(p) for p in self.points)

    @cached_property
    def subject_stems(self) -> frozenset[str]:
        """Everything an answer may be expected to speak of, the question's own words included."""
        return self.question_stems | self._stems(*self.points, *self.near, *self.vocabulary)

    def _stems(self, *texts: str) -> frozenset[str]:
        return frozenset().union(*(plain_stems(t, self.language) for t in texts))


def asked_of(item: Item, pack: Pack, language: Language) -> Asked:
    """An item of the agenda, with what its pack knows about it."""
    question, competency = item.question, item.competency
    others = [p for q in pack_questions(pack) for p in q.good_answer.in_(language)]
    return Asked(
        id=item.id,
        text=question.text.in_(language),
        competency=item.competency_id,
        names={code: competency.names.in_(code) for code in LANGUAGES},
        language=language,
        behavioural=question.kind == "behavioural",
        looks_for=competency.looks_for.in_(language),
        points_by={code: question.good_answer.in_(code) for code in LANGUAGES},
        near=(*(f.text.in_(language) for f in question.follow_ups), *others),
        vocabulary=pack.vocabulary.in_(language),
    )


def pack_questions(pack: Pack) -> list[Question]:
    """Every question of a pack."""
    return [q for c in pack.competencies for q in c.questions]
