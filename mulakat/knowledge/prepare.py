"""Preparation in one call: CV and job description understood, compared, and made into questions.

Does not: read files (`documents.read` does), store anything, or decide the interview's agenda.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mulakat.knowledge.cv.dates import years_in
from mulakat.knowledge.cv.model import CV, Fact
from mulakat.knowledge.cv.read import read_cv
from mulakat.knowledge.documents.model import Document, Note, Source
from mulakat.knowledge.job import Job, read_job
from mulakat.knowledge.match import Finding, match
from mulakat.knowledge.material import OWN, material
from mulakat.llm.embedding import Embedder
from mulakat.messages import Grounded


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the candidate changed on the page.

    struck  things not to be asked: "roles.0", "projects.1", "skills.3", "education.0", "demands.2"
    edits   new values: "name", "title", "roles.0.title", "roles.0.employer", "projects.1.name",
            "skills.3.name", "education.0.degree", "education.0.school"

    Numbers count what was read from the document, before anything was struck.
    """

    struck: frozenset[str] = frozenset()
    edits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preparation:
    """What was understood. `cv` and `job` are as read, with corrections applied; `notes` by document id."""

    cv: CV | None
    job: Job | None
    findings: tuple[Finding, ...]
    questions: tuple[Grounded, ...]
    notes: dict[str, tuple[Note, ...]]


def prepare(
    cv: Document | None,
    job: Document | None,
    *,
    embedder: Embedder | None = None,
    corrections: Corrections | None = None,
    today: date | None = None,
) -> Preparation:
    """Understands the documents that are there. Blocks; the same input gives the same preparation."""
    asked = corrections or Corrections()
    read = _corrected(read_cv(cv, today), asked, today) if cv else None
    wanted = _without_struck(read_job(job), asked) if job else None
    findings = match(read, wanted, embedder) if read and wanted else _unmatched(wanted)
    documents = {d.id: d for d in (cv, job) if d}
    questions = material(documents, read, wanted, findings)
    return Preparation(read, wanted, findings, questions, {d.id: d.notes for d in documents.values()})


def _unmatched(job: Job | None) -> tuple[Finding, ...]:
    """Without a CV nothing can be called missing."""
    demands = [d for d in job.demands if d.need != "duty"] if job else []
    return tuple(Finding(d, "thin", "nothing") for d in demands)


def _without_struck(job: Job, corrections: Corrections) -> Job:
    kept = [d for n, d in enumerate(job.demands) if f"demands.{n}" not in corrections.struck]
    return replace(job, demands=tuple(kept))


def _corrected(cv: CV, corrections: Corrections, today: date | None) -> CV:
    """The CV with edits, then without what was struck."""
    parts: dict[str, Any] = {}
    for part in ("roles", "projects", "skills", "education"):
        items = [_edited(item, f"{part}.{n}", corrections) for n, item in enumerate(getattr(cv, part))]
        parts[part] = tuple(i for n, i in enumerate(items) if f"{part}.{n}" not in corrections.struck)
    years = years_in([r.period for r in parts["roles"] if r.period], today or date.today())
    heads: dict[str, Any] = {
        what: _own(corrections.edits[what]) for what in ("name", "title") if what in corrections.edits
    }
    return replace(cv, **parts, years=years, **heads)


def _edited(item: Any, key: str, corrections: Corrections) -> Any:
    """An item with its edits. Its source is the candidate then: the document no longer says so."""
    fields = {name: corrections.edits.get(f"{key}.{name}") for name in _EDITABLE if hasattr(item, name)}
    changes = {name: text.strip()[:200] for name, text in fields.items() if text is not None}
    return replace(item, **changes, source=_OWN_SOURCE) if changes else item


_EDITABLE = ("title", "employer", "name", "degree", "school")
_OWN_SOURCE = Source(OWN, 0, 0)


def _own(text: str) -> Fact:
    return Fact(text.strip()[:200], _OWN_SOURCE)
