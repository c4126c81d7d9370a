"""A document read as a CV: name, jobs, projects, education, skills, languages, protected facts."""

from mulakat.knowledge.cv.model import CV, Fact, Month, Period, Private, Project, Role, Skill, Study, Tongue
from mulakat.knowledge.cv.read import read_cv

__all__ = [
    "CV",
    "Fact",
    "Month",
    "Period",
    "Private",
    "Project",
    "Role",
    "Skill",
    "Study",
    "Tongue",
    "read_cv",
]
