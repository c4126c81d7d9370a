"""The shape of a question pack: what a field asks, and what a good answer holds.

A pack is one YAML file of data; this module validates it and nothing else. It does not choose
questions (`agenda`) and does not judge style (`lint`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=400)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class Aspect(StrEnum):
    """What a follow-up asks for: the part of a good account that may be missing."""

    CONTEXT = "context"  # what the situation was, who was affected
    ROLE = "role"  # what the candidate did in person, against what "we" did
    ACTION = "action"  # what was done, step by step
    REASON = "reason"  # why this way and no other
    ALTERNATIVE = "alternative"  # what else was on the table
    OBSTACLE = "obstacle"  # what was hard or went wrong
    PEOPLE = "people"  # who had to be won over or informed
    RESULT = "result"  # what came of it, in figures where there are any
    LEARNING = "learning"  # what would be done otherwise now


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Strict):
    """One sentence or phrase in both languages."""

    en: Line
    tr: Line

    def in_(self, language: str) -> str:
        return self.tr if language == "tr" else self.en


class Lines(Strict):
    """A list of short phrases in both languages; the two need not match one to one."""

    en: tuple[Line, ...] = Field(min_length=1)
    tr: tuple[Line, ...] = Field(min_length=1)

    def in_(self, language: str) -> tuple[str, ...]:
        return self.tr if language == "tr" else self.en


class FollowUp(Strict):
    """A question asked after an answer. It holds no slot and stands by itself, so that it can
    follow a sentence such as "You mentioned Atlas." or be worked into one by a model."""

    aspect: Aspect
    text: Text


class Question(Strict):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", max_length=80)]
    level: Literal["junior", "mid", "senior"]
    kind: Literal["behavioural", "technical"]
    text: Text
    good_answer: Lines
    follow_ups: tuple[FollowUp, ...] = Field(min_length=2)


class Competency(Strict):
    id: Slug
    names: Text
    looks_for: Text
    questions: tuple[Question, ...] = Field(min_length=3)


class Pack(Strict):
    id: Slug
    version: int = Field(ge=1)
    names: Text
    roles: Lines
    vocabulary: Lines
    competencies: tuple[Competency, ...] = Field(min_length=8)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Pack:
        ids = [q.id for c in self.competencies for q in c.questions]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"question ids used twice: {', '.join(twice)}")
        return self
