"""What crosses the wire when a candidate prepares: documents, what was understood, and the agenda.

Does not: hold behaviour (`preparation` does).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from mulakat.messages import Language
from mulakat.server.schemas import PlaceOut, Wire

DocumentRole = Literal["cv", "job", "company"]
Key = Annotated[
    str,
    StringConstraints(
        pattern=r"^(?:name|title|(?:roles|projects|skills|education|demands)\.\d{1,3}(?:\.[a-z]{1,12})?|"
        r"company\.[0-9a-f]{8})$"
    ),
]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class NoteOut(Wire):
    """Something strange about a document that its owner should see."""

    kind: str
    page: int
    text: str


class DocumentOut(Wire):
    id: str
    kind: DocumentRole
    name: str
    format: str
    language: Language
    pages: int
    passages: int
    notes: list[NoteOut]


class FactOut(Wire):
    """A literal piece of a document, or the candidate's own correction (page 0).

    `key` names it in corrections, and is empty when it cannot be corrected; `detail` is the employer,
    school, level or group, `detail_key` its name in corrections. `struck` things are not asked about.
    """

    key: str
    text: str
    detail: str = ""
    detail_key: str = ""
    period: str = ""
    points: tuple[str, ...] = ()
    place: PlaceOut | None = None
    struck: bool = False


class PrivateOut(Wire):
    """A protected fact that was seen; it is neither used nor asked, and its value is not kept."""

    kind: str
    place: PlaceOut


class CvOut(Wire):
    name: FactOut | None
    title: FactOut | None
    years: float | None
    roles: list[FactOut]
    projects: list[FactOut]
    education: list[FactOut]
    skills: list[FactOut]
    languages: list[FactOut]
    private: list[PrivateOut]


class DemandOut(Wire):
    """One demand of the job, and what the CV has for it; no state without a CV, or for a duty."""

    key: str
    text: str
    need: str = Field(description="must, nice or duty")
    state: Literal["covered", "thin", "missing"] | None
    why: str
    place: PlaceOut
    evidence: list[FactOut]
    struck: bool


class StatementOut(Wire):
    """What the company's papers say; `about` is value, aim, rule or offering."""

    key: str
    text: str
    about: Literal["value", "aim", "rule", "offering"]
    place: PlaceOut
    struck: bool


class AgendaOut(Wire):
    """A question that the interviewer means to ask, in the language of the interview."""

    id: str
    about: str
    text: str
    places: list[PlaceOut]


class PreparationOut(Wire):
    documents: list[DocumentOut]
    cv: CvOut | None
    job_title: FactOut | None
    demands: list[DemandOut]
    company: list[StatementOut] = Field(description="what the company's papers say, the first of it")
    agenda: list[AgendaOut]


class CorrectionsIn(Wire):
    """All corrections at once; those of before are replaced."""

    struck: list[Key] = Field(default=[], max_length=400)
    edits: dict[Key, Words] = Field(default={}, max_length=200)
