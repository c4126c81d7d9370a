"""What crosses the wire about reports, validated. The page's types are generated from these models.

The report itself is `report.assessment_model.Report`, as it stands. Does not: hold behaviour.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from mulakat.messages import Language
from mulakat.report.assessment_model import Report, ReportedQuestion
from mulakat.report.progress import Change, Track
from mulakat.server.schemas import MAX_ANSWER, ClientId, ErrorOut, Wire

QuestionId = Annotated[str, StringConstraints(min_length=1, max_length=160)]


class PractiseIn(Wire):
    """One question of an interview that has ended, answered again. The same id counts once."""

    id: ClientId
    question: QuestionId
    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_ANSWER)]


class PractisedOut(Wire):
    """An answer given again; the quotes of `result` count its own characters, as turn 1."""

    question: str
    when: str = Field(description="ISO 8601 with offset")
    text: str
    result: ReportedQuestion


class PractiseOut(Wire):
    """The answer in the interview and the one given now, side by side."""

    before: ReportedQuestion
    after: PractisedOut


class AssessmentOut(Wire):
    report: Report
    changes: list[Change] = Field(description="competencies that an earlier interview weighed too")
    practised: list[PractisedOut]


class OpinionOut(Wire):
    """A judge model's part: may it be asked, is it at work, has it spoken?"""

    state: Literal["none", "offered", "working", "failed", "given"] = Field(
        description="none: no model is there that may comment; failed: it may be asked again"
    )
    model: str = ""
    done: int = Field(default=0, description="questions it has looked at, while it works")
    of: int = 0
    fault: ErrorOut | None = None


class HeldOut(Wire):
    """An interview that has ended, in the line of them."""

    id: str
    when: str
    role: str
    field_name: str
    language: Language
    questions: int
    scored: int = Field(description="questions that got a number")


class ProgressOut(Wire):
    statement: str
    interviews: list[HeldOut]
    tracks: list[Track]
