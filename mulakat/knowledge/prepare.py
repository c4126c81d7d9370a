"""Preparation in one call: CV, job description and the company's papers understood and made into questions.

Does not: read files (`documents.read` does), store anything, or decide the interview's agenda.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mulakat.knowledge.company import Statement, nearest_first, read_company
from mulakat.knowledge.cv.dates import years_in
from mulakat.knowledge.cv.model import CV, Fact
from mulakat.knowledge.cv.read import read_cv
from mulakat.knowledge.documents.model import Document, Note, Source
from mulakat.knowledge.job import Job, read_job
from mulakat.knowledge.match import Finding, match
from mulakat.knowledge.material import OWN, fit, material
from mulakat.llm.embedding import Embedder
from mulakat.messages import Grounded


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the candidate changed on the page.

    struck  things not to be asked: "roles.0", "projects.1", "skills.3", "education.0", "demands.2", and
            the keys of statements
    edits   new values: "name", "title", "roles.0.title", "roles.0.employer", "projects.1.name",
            "skills.3.name", "education.0.degree", "education.0.school"

    Numbers count what was read from the document, before anything was struck.
    """

    struck: frozenset[str] = frozenset()
    edits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preparation:
    """What was understood. `cv` and `job` are as read, with corrections applied; `notes` by document id.

    `told` is what the company's papers say, as read, those that matter most for the job at the front.
    """

    cv: CV | None
    job: Job | None
    findings: tuple[Finding, ...]
    questions: tuple[Grounded, ...]
    notes: dict[str, tuple[Note, ...]]
    told: tuple[Statement, ...] = ()


Near = Callable[[str], Sequence[tuple[Source, int]]]
"""Passages of the company's papers near a text, best first, each with the page it ends on."""

ASKED_FOR = 12
"""Demands of a job that the company's papers are searched for."""


def prepare(
    cv: Document | None,
    job: Document | None,
    company: Sequence[Document] = (),
    *,
    near: Near | None = None,
    embedder: Embedder | None = None,
    corrections: Corrections | None = None,
    today: date | None = None,
) -> Preparation:
    """Understands the documents that are there. Blocks; the same input gives the same preparation.

    `near` searches the company's papers; without it their statements keep the papers' order.
    """
    asked = corrections or Corrections()
    read = _corrected(read_cv(cv, today), asked, today) if cv else None
    wanted = _without_struck(read_job(job), asked) if job else None
    findings = match(read, wanted, embedder) if read and wanted else _unmatched(wanted)
    documents = {d.id: d for d in (cv, job, *company) if d}
    told = _told(company, wanted, near)
    open_ones = [s for s in told if s.key not in asked.struck]
    questions = material(documents, read, wanted, findings, open_ones)
    notes = {d.id: d.notes for d in documents.values()}
    return Preparation(read, wanted, findings, questions, notes, told)


def _told(company: Sequence[Document], job: Job | None, near: Near | None) -> tuple[Statement, ...]:
    """What the company's papers say that can be said back; what bears on the job's demands first."""
    told = [s for document in company for s in read_company(document) if fit(s.text)]
    if not near or not job or not told:
        return tuple(told)
    demands = sorted(job.demands, key=lambda d: d.need != "duty")[:ASKED_FOR]
    return nearest_first(told, [near(d.text) for d in demands])


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
