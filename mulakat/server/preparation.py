"""Preparation: documents are handed in and understood, and their questions go on the agenda.

What was handed in lies in the store beside its interview and goes with it; what was understood is made
anew from it each time. Does not: read files or understand texts itself (`knowledge` does).
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterable, Sequence

from mulakat import catalogue
from mulakat.errors import CatalogueError, EngineError, InterviewError, UnknownDocument
from mulakat.knowledge.cv.read import read_cv
from mulakat.knowledge.documents.model import Document, Source
from mulakat.knowledge.documents.read import read_document
from mulakat.knowledge.index import Index, Paper
from mulakat.knowledge.job import read_job
from mulakat.knowledge.prepare import Corrections, Near, Preparation, prepare
from mulakat.llm.embedding import Embedder, open_embedder
from mulakat.messages import LANGUAGES, Grounded
from mulakat.room.clock import WallClock
from mulakat.server.hub import Hub
from mulakat.server.preparation_view import Shows, document_out
from mulakat.server.schemas_preparation import (
    CorrectionsIn,
    DocumentRole,
    PreparationOut,
)
from mulakat.settings import Settings
from mulakat.store import Record, Store

log = logging.getLogger(__name__)

EMBEDDER = "all-minilm-l6-v2"
SHOWN, TOLD = 12, 24
"""Questions of the agenda and statements of the company's papers that the page shows."""

NEAR = 5
"""Passages of the company's papers that one demand of the job is looked up in."""


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
        Index(self._store.papers, self.embedder()).add(record.id, document, kind, WallClock().now())

    def _correct(self, record: Record, body: CorrectionsIn) -> None:
        papers = {p.id for p in self._store.papers.papers(record.id)}
        company = sorted(papers - {"cv", "job"})
        for kind, mine in (("cv", papers & {"cv"}), ("job", papers & {"job"}), ("company", company)):
            struck = [k for k in body.struck if _corrects(k) == kind]
            edits = {k: v for k, v in body.edits.items() if _corrects(k) == kind}
            if not mine and (struck or edits):
                raise UnknownDocument("There is no such document to correct.", "Hand it in first.")
            for paper in mine:
                self._store.papers.set_facts(record.id, paper, {"struck": struck, "edits": edits})

    def _show(self, record: Record) -> PreparationOut:
        papers = self._store.papers.papers(record.id)
        documents, asked, made = self._understood(record, papers)
        names = {p.id: p.name for p in papers}
        shows = Shows(names, asked)
        cv, job = documents.get("cv"), documents.get("job")
        read = read_cv(cv) if cv else None
        wanted = read_job(job) if job else None
        return PreparationOut(
            documents=[document_out(p) for p in papers],
            cv=shows.cv(read, made.cv) if read else None,
            job_title=shows.fact(wanted.title, "") if wanted and wanted.title else None,
            demands=shows.demands(wanted, made.findings if read else ()) if wanted else [],
            company=[shows.statement(s) for s in made.told[:TOLD]],
            agenda=[
                shows.question(q, record.setup.language)
                for q in made.questions
                if record.setup.kind in ("mixed", q.kind)
            ][:SHOWN],
        )

    def _understood(
        self, record: Record, papers: Sequence[Paper]
    ) -> tuple[dict[str, Document], Corrections, Preparation]:
        documents = {p.id: self._store.papers.document(record.id, p.id) for p in papers}
        # Papers in the language of the interview are asked about before others.
        company = [documents[p.id] for p in papers if p.kind == "company"]
        company.sort(key=lambda d: d.language != record.setup.language)
        asked = _corrections(papers)
        made = prepare(
            documents.get("cv"),
            documents.get("job"),
            company,
            near=self._near(record) if company else None,
            embedder=self.embedder(),
            corrections=asked,
        )
        return documents, asked, made

    def _near(self, record: Record) -> Near:
        """The search in the company's papers of one interview."""
        index = Index(self._store.papers, self.embedder())

        def near(text: str) -> list[tuple[Source, int]]:
            return [(h.source, h.last_page) for h in index.search(record.id, text, NEAR, ("company",))]

        return near

    def embedder(self) -> Embedder | None:
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


def _corrects(key: str) -> str:
    """The kind of document that a correction's key belongs to."""
    return {"demands": "job", "company": "company"}.get(key.split(".", 1)[0], "cv")


def _must_be_new(record: Record) -> None:
    if record.state != "new":
        raise InterviewError(
            "The interview has begun with its agenda.", "Start a new one to use other documents."
        )


def _corrections(papers: Iterable[Paper]) -> Corrections:
    facts = [p.facts for p in papers if p.facts]
    struck = frozenset(key for each in facts for key in each.get("struck", ()))
    return Corrections(struck, {k: v for each in facts for k, v in each.get("edits", {}).items()})
