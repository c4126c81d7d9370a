"""What is understood of a CV, every piece with the place it came from.

Protected facts are kept as a kind and a place, never as a value. Does not: read a document.
"""

from __future__ import annotations

from dataclasses import dataclass

from mulakat.knowledge.documents.model import Source
from mulakat.messages import Language


@dataclass(frozen=True, slots=True)
class Fact:
    """A literal piece of the document."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Month:
    """A point in time as a CV gives it; `month` is 0 when only the year is known."""

    year: int
    month: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`; `end` is None for what goes on, unless it is not known (`current` False)."""

    start: Month | None
    end: Month | None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A job held. `points` are its achievements and duties as the CV words them."""

    title: str
    employer: str
    place: str
    period: Period | None
    points: tuple[Fact, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Study:
    degree: str
    school: str
    period: Period | None
    source: Source


@dataclass(frozen=True, slots=True)
class Project:
    name: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Skill:
    """`group` is the label it stands under, when there is one."""

    name: str
    source: Source
    group: str = ""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language spoken, with its level as given."""

    name: str
    level: str
    source: Source


@dataclass(frozen=True, slots=True)
class Private:
    """A protected fact that stands in the CV: to be neither used nor asked. Its value is not kept."""

    kind: str
    source: Source


@dataclass(frozen=True, slots=True)
class CV:
    """`years` is the time in jobs, overlaps counted once; None when no period could be read."""

    document: str
    language: Language
    name: Fact | None
    title: Fact | None
    years: float | None
    roles: tuple[Role, ...]
    projects: tuple[Project, ...]
    education: tuple[Study, ...]
    skills: tuple[Skill, ...]
    languages: tuple[Tongue, ...]
    private: tuple[Private, ...]
