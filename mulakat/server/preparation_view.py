"""What was understood of documents, as the page shows it: values of `knowledge` in the shapes of the wire.

Does not: understand, or change anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mulakat.knowledge.company import Statement
from mulakat.knowledge.cv.model import CV, Fact, Period
from mulakat.knowledge.documents.model import Source
from mulakat.knowledge.index import Paper
from mulakat.knowledge.job import Job
from mulakat.knowledge.match import Finding
from mulakat.knowledge.prepare import Corrections
from mulakat.messages import Grounded, Language
from mulakat.server.schemas import PlaceOut
from mulakat.server.schemas_preparation import (
    AgendaOut,
    CvOut,
    DemandOut,
    DocumentOut,
    FactOut,
    NoteOut,
    PrivateOut,
    StatementOut,
)


def document_out(paper: Paper) -> DocumentOut:
    return DocumentOut(
        id=paper.id,
        kind=paper.kind,
        name=paper.name,
        format=paper.format,
        language=paper.language,
        pages=paper.pages,
        passages=paper.passages,
        notes=[NoteOut(kind=n.kind, page=n.page, text=n.text) for n in paper.notes],
    )


class Shows:
    """Values of `knowledge` -> what the page shows, with the candidate's corrections laid over."""

    def __init__(self, names: dict[str, str], asked: Corrections) -> None:
        self._names = names
        self._asked = asked

    def cv(self, read: CV, corrected: CV | None) -> CvOut:
        return CvOut(
            name=self.fact(read.name, "name") if read.name else None,
            title=self.fact(read.title, "title") if read.title else None,
            years=corrected.years if corrected else read.years,
            roles=[
                self._entry(
                    f"roles.{n}", r.title, "title", r.employer, "employer", r.source, r.period
                ).model_copy(update={"points": tuple(p.text for p in r.points)})
                for n, r in enumerate(read.roles)
            ],
            projects=[
                self._entry(f"projects.{n}", p.name, "name", "", "", p.source, None).model_copy(
                    update={"points": (p.text,) if p.text else ()}
                )
                for n, p in enumerate(read.projects)
            ],
            education=[
                self._entry(f"education.{n}", e.degree, "degree", e.school, "school", e.source, e.period)
                for n, e in enumerate(read.education)
            ],
            skills=[
                self._entry(f"skills.{n}", s.name, "name", s.group, "", s.source, None)
                for n, s in enumerate(read.skills)
            ],
            languages=[
                FactOut(key="", text=t.name, detail=t.level, place=self._place(t.source))
                for t in read.languages
            ],
            private=[PrivateOut(kind=p.kind, place=self._place(p.source)) for p in read.private],
        )

    def fact(self, fact: Fact, key: str) -> FactOut:
        edited = self._asked.edits.get(key) if key else None
        return FactOut(
            key=key, text=edited or fact.text, place=self._place(fact.source, edited is not None)
        )

    def demands(self, job: Job, findings: Sequence[Finding]) -> list[DemandOut]:
        states = {(f.demand.text, f.demand.source): f for f in findings}
        made = []
        for n, demand in enumerate(job.demands):
            found = states.get((demand.text, demand.source))
            made.append(
                DemandOut(
                    key=f"demands.{n}",
                    text=demand.text,
                    need=demand.need,
                    state=found.state if found else None,
                    why=found.why if found else "",
                    place=self._place(demand.source),
                    evidence=[self.fact(e, "") for e in found.evidence] if found else [],
                    struck=f"demands.{n}" in self._asked.struck,
                )
            )
        return made

    def statement(self, told: Statement) -> StatementOut:
        return StatementOut(
            key=told.key,
            text=told.text,
            about=told.about,
            place=self._place(told.source),
            struck=told.key in self._asked.struck,
        )

    def question(self, asked: Grounded, language: Language) -> AgendaOut:
        places = [
            PlaceOut(document=p.document, name=p.name, page=p.page, line=p.line, last=p.last)
            for p in asked.places
        ]
        return AgendaOut(id=asked.id, about=asked.about, text=asked.texts[language], places=places)

    def _entry(
        self, key: str, text: str, part: str, detail: str, detail_part: str, source: Source, period: Any
    ) -> FactOut:
        own, other = f"{key}.{part}", f"{key}.{detail_part}" if detail_part else ""
        edits = self._asked.edits
        return FactOut(
            key=own,
            text=edits.get(own, text),
            detail=edits.get(other, detail),
            detail_key=other,
            period=_period(period),
            place=self._place(source, own in edits or other in edits),
            struck=key in self._asked.struck,
        )

    def _place(self, source: Source, own: bool = False) -> PlaceOut:
        if own:
            return PlaceOut(document=source.document, name="", page=0, line=0, last=0)
        name = self._names.get(source.document, "")
        return PlaceOut(
            document=source.document, name=name, page=source.page, line=source.line, last=source.last
        )


def _period(period: Period | None) -> str:
    """ "2019-03 – 2021" in figures, which both languages read; an open end is left open."""
    if period is None:
        return ""
    ends = [f"{m.year}-{m.month:02}" if m.month else str(m.year) for m in (period.start, period.end) if m]
    if period.current:
        return f"{ends[0]} –" if ends else ""
    return " – ".join(ends)
