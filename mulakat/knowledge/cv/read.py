"""A document read as a CV.

Does not: guess. What is not found stays out, and the candidate sees and mends what was found.
"""

from __future__ import annotations

from datetime import date

from mulakat.knowledge.cv.dates import years_in
from mulakat.knowledge.cv.education import education_of
from mulakat.knowledge.cv.model import CV
from mulakat.knowledge.cv.people import name_of, title_of
from mulakat.knowledge.cv.private import kinds_in, private_of
from mulakat.knowledge.cv.projects import projects_of
from mulakat.knowledge.cv.roles import roles_of
from mulakat.knowledge.cv.sections import sections_of
from mulakat.knowledge.cv.skills import skills_of, tongues_of
from mulakat.knowledge.documents.model import Document, Line
from mulakat.knowledge.documents.orders import gives_orders


def read_cv(document: Document, today: date | None = None) -> CV:
    """What a CV says, with sources. `today` ends jobs that go on; the machine's date by default.

    Lines that touch a protected matter, or give orders to a machine, are left out of everything but
    `private` and the document's notes.
    """
    lines = tuple(line for line in document.lines if usable(line))
    parts: dict[str, list[Line]] = {}
    for section in sections_of(lines):
        parts.setdefault(section.part, []).extend(section.lines)
    roles = tuple(roles_of(document, parts.get("roles", [])))
    name = name_of(document)
    return CV(
        document=document.id,
        language=document.language,
        name=name,
        title=title_of(document, name),
        years=years_in([r.period for r in roles if r.period], today or date.today()),
        roles=roles,
        projects=tuple(projects_of(document, parts.get("projects", []))),
        education=tuple(education_of(document, parts.get("education", []))),
        skills=tuple(skills_of(document, parts.get("skills", []))),
        languages=tuple(tongues_of(document, parts.get("languages", []))),
        private=tuple(private_of(document)),
    )


def usable(line: Line) -> bool:
    """Whether a line may be used for questions: nothing protected in it, and no order to a machine."""
    return not kinds_in(line) and not gives_orders(line.text)
