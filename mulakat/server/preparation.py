"""Preparation: documents are handed in and understood, and their questions go on the agenda.

What was handed in lies in the store beside its interview and goes with it; what was understood is made
anew from it each time. Does not: read files or understand texts itself (`knowledge` does).
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterable, Sequence
from typing import Any, cast

from mulakat import catalogue
from mulakat.errors import CatalogueError, EngineError, InterviewError, UnknownDocument
from mulakat.knowledge.cv.model import CV, Fact, Period
from mulakat.knowledge.cv.read import read_cv
from mulakat.knowledge.documents.model import Document, Source
from mulakat.knowledge.documents.read import read_document
from mulakat.knowledge.index import Index, Paper
from mulakat.knowledge.job import Job, read_job
from mulakat.knowledge.match import Finding
from mulakat.knowledge.prepare import Corrections, Preparation, prepare
from mulakat.llm.embedding import Embedder, open_embedder
from mulakat.messages import LANGUAGES, Grounded, Language
from mulakat.room.clock import WallClock
from mulakat.server.hub import Hub
from mulakat.server.schemas import PlaceOut
from mulakat.server.schemas_preparation import (
    AgendaOut,
    CorrectionsIn,
    CvOut,
    DemandOut,
    DocumentOut,
    DocumentRole,
    FactOut,
    NoteOut,
    PreparationOut,
    PrivateOut,
)
from mulakat.settings import Settings
from mulakat.store import Record, Store

log = logging.getLogger(__name__)

EMBEDDER = "all-minilm-l6-v2"
SHOWN = 12
"""Questions of the agenda that the page shows."""


class Preparations:
    """The documents of all interviews. Coroutines; the work is done in threads."""

    def __init__(self, store: Store, settings: Settings, hub: Hub) -> None:
        self._store = store
        self._settings = settings
        self._hub = hub
        self._opening = threading.Lock()
        self._opened = False
        self._model: Embedder | None = None

    async def show(self, record: Record) -> PreparationOut:
        return await asyncio.to_thread(self._show, record)

    async def hand_in(self, record: Record, kind: DocumentRole, name: str, data: bytes) -> PreparationOut:
        """Take a document; a CV or job description replaces the one before. Raises DocumentError, or
        InterviewError once the interview has begun."""
        _must_be_new(record)
        await asyncio.to_thread(self._add, record, kind, name, data)
        await self._hub.drop(record.id)
        return await self.show(record)

    async def remove(self, record: Record, document_id: str) -> PreparationOut:
        """Raises UnknownDocument, or InterviewError once the interview has begun."""
        _must_be_new(record)
        await asyncio.to_thread(self._store.papers.remove, record.id, document_id)
        await self._hub.drop(record.id)
        return await self.show(record)

    async def correct(self, record: Record, body: CorrectionsIn) -> PreparationOut:
        """Keep what the candidate struck out or put right. Raises InterviewError once the interview has
        begun, UnknownDocument when there is nothing to correct."""
        _must_be_new(record)
        await asyncio.to_thread(self._correct, record, body)
        await self._hub.drop(record.id)
        return await self.show(record)

    def questions(self, record: Record) -> tuple[Grounded, ...]:
        """What the documents give to ask about; () without documents. Blocks."""
        papers = self._store.papers.papers(record.id)
        return self._understood(record, papers)[2].questions if papers else ()

    def close(self) -> None:
        if self._model:
            self._model.close()

    # ------------------------------------------------------------ in threads

    def _add(self, record: Record, kind: DocumentRole, name: str, data: bytes) -> None:
        document = read_document(data, name, document_id="" if kind == "company" else kind)
        Index(self._store.papers, self._embedder()).add(record.id, document, kind, WallClock().now())

    def _correct(self, record: Record, body: CorrectionsIn) -> None:
        papers = {p.id for p in self._store.papers.papers(record.id)}
        for paper, is_mine in (("cv", False), ("job", True)):
            struck = [k for k in body.struck if k.startswith("demands.") is is_mine]
            edits = {k: v for k, v in body.edits.items() if k.startswith("demands.") is is_mine}
            if paper in papers:
                self._store.papers.set_facts(record.id, paper, {"struck": struck, "edits": edits})
            elif struck or edits:
                raise UnknownDocument("There is no such document to correct.", "Hand it in first.")

    def _show(self, record: Record) -> PreparationOut:
        papers = self._store.papers.papers(record.id)
        documents, asked, made = self._understood(record, papers)
        names = {p.id: p.name for p in papers}
        shows = _Shows(names, asked)
        cv, job = documents.get("cv"), documents.get("job")
        read = read_cv(cv) if cv else None
        wanted = read_job(job) if job else None
        return PreparationOut(
            documents=[_document(p) for p in papers],
            cv=shows.cv(read, made.cv) if read else None,
            job_title=shows.fact(wanted.title, "") if wanted and wanted.title else None,
            demands=shows.demands(wanted, made.findings if read else ()) if wanted else [],
            agenda=[shows.question(q, record.setup.language) for q in made.questions[:SHOWN]],
        )

    def _understood(
        self, record: Record, papers: Sequence[Paper]
    ) -> tuple[dict[str, Document], Corrections, Preparation]:
        documents = {
            p.kind: self._store.papers.document(record.id, p.id) for p in papers if p.kind in ("cv", "job")
        }
        asked = _corrections(papers)
        made = prepare(
            documents.get("cv"), documents.get("job"), embedder=self._embedder(), corrections=asked
        )
        return cast(dict[str, Document], documents), asked, made

    def _embedder(self) -> Embedder | None:
        """The embedded embedding model, loaded when it is first needed; None when it is not there."""
        with self._opening:
            if not self._opened:
                self._opened = True
                try:
                    entry = catalogue.find(EMBEDDER)
                    spoken = frozenset(code for code in LANGUAGES if entry.speaks(code))
                    path = catalogue.locate(EMBEDDER, self._settings)
                    self._model = open_embedder(path, name=entry.name, languages=spoken, threads=1)
                except (CatalogueError, EngineError) as error:
                    log.warning("documents are compared by their letters: %s", error)
            return self._model


def _must_be_new(record: Record) -> None:
    if record.state != "new":
        raise InterviewError(
            "The interview has begun with its agenda.", "Start a new one to use other documents."
        )


def _corrections(papers: Iterable[Paper]) -> Corrections:
    facts = [p.facts for p in papers if p.facts]
    struck = frozenset(key for each in facts for key in each.get("struck", ()))
    return Corrections(struck, {k: v for each in facts for k, v in each.get("edits", {}).items()})


def _document(paper: Paper) -> DocumentOut:
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


class _Shows:
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
