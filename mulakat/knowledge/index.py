"""Documents put into the store's index, and passages found again: by meaning, by words and by other
words for the same things, joined by rank.

Does not: know the database (`store.papers` does, behind `PaperStore`), or read files (`documents`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from mulakat.errors import DocumentTooLarge
from mulakat.knowledge.documents.model import Document, Note, Source
from mulakat.knowledge.passages import Passage, cut, query_stems, search_stems
from mulakat.knowledge.synonyms import other_stems
from mulakat.llm.embedding import Embedder, HashedEmbedder, Vectors
from mulakat.messages import LANGUAGES, Language

PaperKind = Literal["cv", "job", "company"]

RANK = 3
"""The constant of reciprocal rank fusion (Cormack et al. 2009, who took 60 for many systems alike).

Here three unlike searches are joined, and what one of them has at its very top should carry. Chosen on
the chapters of the benchmark's handbook that are not held out.
"""

DEEP = 40
"""Passages taken from each of the two searches."""

MOST_PAPERS, MOST_PASSAGES = 60, 20_000
"""What one interview may hold."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A stored document, without its text. `added` is ISO 8601; `facts` is what a room keeps with it
    (the CV as read and as corrected, for one)."""

    id: str
    kind: PaperKind
    name: str
    format: str
    language: Language
    pages: int
    passages: int
    embedder: str
    added: str
    notes: tuple[Note, ...] = ()
    facts: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `score` only orders hits of one search."""

    paper: str
    name: str
    kind: PaperKind
    text: str
    heading: str
    source: Source
    last_page: int
    score: float


class PaperStore(Protocol):
    """What the index needs of the store. Every method may raise UnknownInterview and StoreError."""

    def put(
        self, interview_id: str, paper: Paper, document: Document, rows: Sequence[Row], vectors: Vectors
    ) -> None: ...
    def papers(self, interview_id: str) -> list[Paper]: ...
    def by_words(
        self, interview_id: str, stems: Sequence[str], limit: int, kinds: Sequence[PaperKind]
    ) -> list[int]: ...
    def by_vector(
        self, interview_id: str, embedder: str, vector: Vectors, limit: int, kinds: Sequence[PaperKind]
    ) -> list[int]: ...
    def hits(self, numbers: Sequence[int]) -> dict[int, Hit]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """A passage with its words as the full-text search holds them."""

    passage: Passage
    stems: str


Progress = Callable[[int, int], None]
"""Called with passages done and passages in all."""


class Index:
    """Adds documents and searches them. Blocks; call it in a thread.

    `model` embeds the languages it knows; documents in another language, or all without it, are embedded
    by their letters.
    """

    def __init__(self, store: PaperStore, model: Embedder | None = None) -> None:
        self._store = store
        self._model = model
        self._letters = HashedEmbedder()

    def add(
        self,
        interview_id: str,
        document: Document,
        kind: PaperKind,
        when: str,
        facts: dict[str, Any] | None = None,
        progress: Progress | None = None,
    ) -> Paper:
        """Stores a document with its passages and vectors, in one transaction.

        A document of the same id is replaced. Raises DocumentTooLarge when the interview would hold too
        much, UnknownInterview, EngineDead, StoreError.
        """
        passages = cut(document)
        self._room_for(interview_id, document, len(passages))
        embedder = self.embedder_for(document.language)
        vectors = _embed(embedder, passages, progress)
        rows = [Row(p, " ".join(search_stems(p.whole, document.language))) for p in passages]
        paper = Paper(
            document.id,
            kind,
            document.name,
            document.format,
            document.language,
            document.pages,
            len(passages),
            embedder.name,
            when,
            document.notes,
            facts,
        )
        self._store.put(interview_id, paper, document, rows, vectors)
        return paper

    def search(
        self,
        interview_id: str,
        query: str,
        limit: int = 5,
        kinds: Sequence[PaperKind] = (),
        language: Language | None = None,
    ) -> list[Hit]:
        """The passages that answer a query best, best first; at most `limit`.

        `kinds` narrows the search to some documents; `language` is the query's, when it is known.
        """
        scores: dict[int, float] = defaultdict(float)
        for ranking in self._rankings(interview_id, query, kinds, language):
            for rank, number in enumerate(ranking, 1):
                scores[number] += 1.0 / (RANK + rank)
        # Of equals the one comes first that an earlier search found: the question's own words lead.
        best = sorted(scores, key=lambda n: -scores[n])[:limit]
        found = self._store.hits(best)
        return [replace(found[n], score=scores[n]) for n in best if n in found]

    def _rankings(
        self, interview_id: str, query: str, kinds: Sequence[PaperKind], language: Language | None
    ) -> Iterator[list[int]]:
        """Each search's passages, best first: by the question's words, by other names, by vectors."""
        for stems in (query_stems(query, language), list(other_stems(query))):
            if stems:
                yield self._store.by_words(interview_id, stems, DEEP, kinds)
        for embedder in self._used(interview_id):
            vector = embedder.embed([query])
            yield self._store.by_vector(interview_id, embedder.name, vector, DEEP, kinds)

    def embedder_for(self, language: Language) -> Embedder:
        """What embeds texts of a language: the model when it knows it, else letters."""
        return self._model if self._model and language in self._model.languages else self._letters

    def _used(self, interview_id: str) -> list[Embedder]:
        names = {p.embedder for p in self._store.papers(interview_id)}
        known = {e.name: e for e in (self.embedder_for(code) for code in LANGUAGES)}
        known.setdefault(self._letters.name, self._letters)
        return [e for name, e in known.items() if name in names]

    def _room_for(self, interview_id: str, document: Document, passages: int) -> None:
        others = [p for p in self._store.papers(interview_id) if p.id != document.id]
        if len(others) >= MOST_PAPERS or sum(p.passages for p in others) + passages > MOST_PASSAGES:
            raise DocumentTooLarge(
                f"{document.name} does not fit beside the {len(others)} documents of this interview.",
                "Remove one of them, or hand in the pages that matter.",
            )


def _embed(embedder: Embedder, passages: Sequence[Passage], progress: Progress | None) -> Vectors:
    """Vectors of all passages, told about as they come; shape (passages, dimensions)."""
    import numpy as np

    step = 64
    parts: list[Vectors] = [np.zeros((0, embedder.dimensions), dtype=np.float32)]
    for start in range(0, len(passages), step):
        parts.append(embedder.embed([p.whole for p in passages[start : start + step]]))
        if progress:
            progress(min(start + step, len(passages)), len(passages))
    return np.concatenate(parts)
