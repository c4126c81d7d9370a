"""Documents of interviews with their passages, and the two searches over them.

On SQLite words are searched by FTS5 and vectors compared exactly by numpy; on PostgreSQL words by
tsvector and vectors exactly by pgvector, or by numpy where that extension is not to be had. Does not:
embed, stem, or join rankings (`knowledge.index` does); deleting an interview deletes its documents by
the tables' own rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy import (
    Connection,
    Engine,
    Row,
    Select,
    delete,
    insert,
    select,
    text,
    update,
)

from mulakat.errors import UnknownDocument, UnknownInterview
from mulakat.knowledge.documents.model import Document, Note, Source, packed, unpacked
from mulakat.knowledge.index import Hit, Paper, PaperKind
from mulakat.knowledge.index import Row as PassageRow
from mulakat.llm.embedding import Vectors
from mulakat.store.engine import is_sqlite
from mulakat.store.tables import SEARCH, documents, interviews, passages

_Open = Callable[[], AbstractContextManager[Connection]]
_SINGLE = np.dtype("<f4")
_ABOUT = ("name", "format", "language", "pages", "notes")
_ALL_KINDS: tuple[PaperKind, ...] = ("cv", "job", "company")

_SQLITE_WORDS = """
SELECT s.rowid FROM passages_search s
JOIN passages p ON p.number = s.rowid JOIN documents d ON d.number = p.document
WHERE passages_search MATCH :query AND d.interview = :interview AND d.kind IN ({kinds})
ORDER BY bm25(passages_search), s.rowid LIMIT :limit
"""

# ts_rank knows nothing of how rare a word is; this counts each word by that, as BM25 does.
_POSTGRES_WORDS = """
WITH asked AS (SELECT unnest(CAST(:stems AS text[])) AS stem),
mine AS (
    SELECT s.passage, s.terms FROM passages_search s
    JOIN passages p ON p.number = s.passage JOIN documents d ON d.number = p.document
    WHERE d.interview = :interview AND d.kind IN ({kinds})
),
met AS (SELECT a.stem, m.passage, length(m.terms) AS size FROM asked a
        JOIN mine m ON m.terms @@ to_tsquery('simple', a.stem)),
rare AS (SELECT stem, ln(1 + (SELECT count(*) FROM mine) / count(*)::float) AS weight
         FROM met GROUP BY stem)
SELECT met.passage FROM met JOIN rare USING (stem)
GROUP BY met.passage ORDER BY sum(rare.weight) / (20 + max(met.size)) DESC, met.passage LIMIT :limit
"""

_POSTGRES_VECTOR = """
SELECT s.passage FROM passages_search s
JOIN passages p ON p.number = s.passage JOIN documents d ON d.number = p.document
WHERE d.interview = :interview AND d.embedder = :embedder AND d.kind IN ({kinds})
ORDER BY s.vector <=> CAST(:vector AS vector), s.passage LIMIT :limit
"""


class Papers:
    """The documents of a store's interviews. `store.papers` is one.

    `read` and `write` open a transaction; `cleaned` is called after deletions.
    """

    def __init__(self, engine: Engine, read: _Open, write: _Open, cleaned: Callable[[], None]) -> None:
        self._engine = engine
        self._read = read
        self._write = write
        self._cleaned = cleaned

    def put(
        self,
        interview_id: str,
        paper: Paper,
        document: Document,
        rows: Sequence[PassageRow],
        vectors: Vectors,
    ) -> None:
        """Stores a document with everything that belongs to it; one of the same id goes.

        `vectors` has the shape (len(rows), dimensions). Raises UnknownInterview.
        """
        with self._write() as connection:
            interview = _interview(connection, interview_id)
            replaced = self._delete(connection, interview, paper.id)
            body = packed(document)
            values = {
                "interview": interview,
                "id": paper.id,
                "kind": paper.kind,
                "added": paper.added,
                "about": {name: body[name] for name in _ABOUT},
                "body": body,
                "facts": paper.facts,
                "passages": len(rows),
                "embedder": paper.embedder,
                "dimensions": int(vectors.shape[1]),
                "vectors": None if self._pgvector else vectors.astype(_SINGLE).tobytes(),
            }
            made = connection.execute(insert(documents).values(values).returning(documents.c.number))
            self._put_passages(connection, int(made.scalar_one()), rows, vectors)
        if replaced:
            self._cleaned()

    def papers(self, interview_id: str) -> list[Paper]:
        """The documents of an interview, in the order they came. Raises UnknownInterview."""
        with self._read() as connection:
            interview = _interview(connection, interview_id)
            wanted = _described().where(documents.c.interview == interview).order_by(documents.c.number)
            return [_paper(row) for row in connection.execute(wanted)]

    def paper(self, interview_id: str, paper_id: str) -> Paper:
        """One document of an interview. Raises UnknownInterview, UnknownDocument."""
        with self._read() as connection:
            row = _one(connection, _described(), interview_id, paper_id)
        return _paper(row)

    def document(self, interview_id: str, paper_id: str) -> Document:
        """A document's text. Raises UnknownInterview, UnknownDocument."""
        with self._read() as connection:
            row = _one(connection, select(documents.c.body), interview_id, paper_id)
        return unpacked(row.body)

    def set_facts(self, interview_id: str, paper_id: str, facts: dict[str, Any]) -> None:
        """Replaces what is kept with a document. Raises UnknownInterview, UnknownDocument."""
        with self._write() as connection:
            number = _one(connection, select(documents.c.number), interview_id, paper_id).number
            connection.execute(update(documents).where(documents.c.number == number).values(facts=facts))

    def remove(self, interview_id: str, paper_id: str) -> None:
        """Deletes a document, its passages and vectors for good.

        Raises UnknownInterview, UnknownDocument.
        """
        with self._write() as connection:
            if not self._delete(connection, _interview(connection, interview_id), paper_id):
                raise _unknown(paper_id)
        self._cleaned()

    def by_words(
        self, interview_id: str, stems: Sequence[str], limit: int, kinds: Sequence[PaperKind] = ()
    ) -> list[int]:
        """Numbers of the passages that hold most of the rarest stems, best first.

        Stems are letters and digits only (`passages.query_stems` makes them). Raises UnknownInterview.
        """
        if not stems:
            return []
        statement = _SQLITE_WORDS if is_sqlite(self._engine) else _POSTGRES_WORDS
        with self._read() as connection:
            values: dict[str, Any] = {"interview": _interview(connection, interview_id), "limit": limit}
            if is_sqlite(self._engine):
                values["query"] = " OR ".join(f'"{stem}"' for stem in stems)
            else:
                values["stems"] = list(stems)
            return _numbers(connection, statement, values, kinds)

    def by_vector(
        self,
        interview_id: str,
        embedder: str,
        vector: Vectors,
        limit: int,
        kinds: Sequence[PaperKind] = (),
    ) -> list[int]:
        """Numbers of the passages nearest to a vector of length one, nearest first; exact.

        Only documents embedded by `embedder` count. Raises UnknownInterview.
        """
        flat = np.asarray(vector, dtype=np.float32).reshape(-1)
        with self._read() as connection:
            interview = _interview(connection, interview_id)
            if not self._pgvector:
                return _nearest(connection, interview, embedder, flat, limit, kinds)
            values = {
                "interview": interview,
                "embedder": embedder,
                "vector": _as_text(flat),
                "limit": limit,
            }
            return _numbers(connection, _POSTGRES_VECTOR, values, kinds)

    def hits(self, numbers: Sequence[int]) -> dict[int, Hit]:
        """The passages of these numbers, with score 0."""
        wanted = (
            select(passages, documents.c.id, documents.c.kind, documents.c.about)
            .join(documents, documents.c.number == passages.c.document)
            .where(passages.c.number.in_(list(numbers)))
        )
        with self._read() as connection:
            return {row.number: _hit(row) for row in connection.execute(wanted)}

    @cached_property
    def _pgvector(self) -> bool:
        """Whether vectors lie in the search's own table."""
        if is_sqlite(self._engine):
            return False
        # The inspector does not know pgvector's type and would warn.
        asked = text(
            "SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass(:search) AND attname = 'vector'"
        )
        with self._read() as connection:
            return bool(connection.execute(asked, {"search": SEARCH}).scalar())

    def _put_passages(
        self, connection: Connection, number: int, rows: Sequence[PassageRow], vectors: Vectors
    ) -> None:
        if not rows:
            return
        connection.execute(insert(passages), [_values(number, row) for row in rows])
        if is_sqlite(self._engine):
            return  # a trigger fills the search
        mine = {"document": number}
        fill = (
            "INSERT INTO passages_search (passage, terms) "
            "SELECT number, to_tsvector('simple', stems) FROM passages WHERE document = :document"
        )
        connection.execute(text(fill), mine)
        if self._pgvector:
            put = (
                "UPDATE passages_search SET vector = CAST(:vector AS vector) FROM passages "
                "WHERE passage = number AND document = :document AND ordinal = :ordinal"
            )
            connection.execute(
                text(put),
                [
                    {**mine, "ordinal": row.passage.ordinal, "vector": _as_text(vector)}
                    for row, vector in zip(rows, vectors, strict=True)
                ],
            )

    def _delete(self, connection: Connection, interview: int, paper_id: str) -> bool:
        gone = connection.execute(
            delete(documents).where(documents.c.interview == interview, documents.c.id == _safe(paper_id))
        ).rowcount
        if gone:
            forget_words(connection)
        return gone > 0


def forget_words(connection: Connection) -> None:
    """Makes SQLite's full-text index drop the words of deleted passages, which it only marks at first."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO passages_search (passages_search) VALUES ('optimize')"))


def _interview(connection: Connection, interview_id: str) -> int:
    wanted = select(interviews.c.number).where(interviews.c.id == _safe(interview_id))
    found = connection.execute(wanted).scalar()
    if found is None:
        raise UnknownInterview(
            f"There is no interview {interview_id[:64]!a} here.",
            "It may have been deleted; look at the past interviews, or begin a new one.",
        )
    return int(found)


def _safe(name: str) -> str:
    """Ids come from addresses that anybody can type; PostgreSQL fails on some characters."""
    return name if name.isascii() and name.isprintable() else ""


def _unknown(paper_id: str) -> UnknownDocument:
    return UnknownDocument(
        f"This interview has no document {paper_id[:64]!a}.", "It may have been removed; hand it in again."
    )


def _one(connection: Connection, wanted: Select[Any], interview_id: str, paper_id: str) -> Row[Any]:
    interview = _interview(connection, interview_id)
    mine = wanted.where(documents.c.interview == interview, documents.c.id == _safe(paper_id))
    row = connection.execute(mine).one_or_none()
    if row is None:
        raise _unknown(paper_id)
    return row


def _described() -> Select[Any]:
    """Everything about a document but its text and vectors, which are large."""
    return select(
        documents.c.id,
        documents.c.kind,
        documents.c.added,
        documents.c.about,
        documents.c.facts,
        documents.c.passages,
        documents.c.embedder,
    )


def _paper(row: Row[Any]) -> Paper:
    about = row.about
    return Paper(
        row.id,
        row.kind,
        about["name"],
        about["format"],
        about["language"],
        about["pages"],
        row.passages,
        row.embedder,
        row.added,
        tuple(Note(**note) for note in about["notes"]),
        row.facts,
    )


def _values(number: int, row: PassageRow) -> dict[str, Any]:
    passage = row.passage
    return {
        "document": number,
        "ordinal": passage.ordinal,
        "page": passage.source.page,
        "line": passage.source.line,
        "last_page": passage.last_page,
        "last_line": passage.source.last,
        "heading": passage.heading,
        "text": passage.text,
        "stems": row.stems,
    }


def _hit(row: Row[Any]) -> Hit:
    source = Source(row.id, row.page, row.line, row.last_line)
    return Hit(row.id, row.about["name"], row.kind, row.text, row.heading, source, row.last_page, 0.0)


def _numbers(
    connection: Connection, statement: str, values: dict[str, Any], kinds: Sequence[PaperKind]
) -> list[int]:
    chosen = [k for k in _ALL_KINDS if not kinds or k in kinds]
    named = {f"kind{n}": kind for n, kind in enumerate(chosen)}
    filled = statement.format(kinds=", ".join(f":{name}" for name in named))
    return [int(n) for n in connection.execute(text(filled), {**values, **named}).scalars()]


def _nearest(
    connection: Connection,
    interview: int,
    embedder: str,
    vector: Vectors,
    limit: int,
    kinds: Sequence[PaperKind],
) -> list[int]:
    """Exact cosines over every document's vectors, best `limit` of all."""
    wanted = select(documents.c.number, documents.c.vectors).where(
        documents.c.interview == interview,
        documents.c.embedder == embedder,
        documents.c.kind.in_(kinds or _ALL_KINDS),
        documents.c.vectors.is_not(None),
    )
    best: list[tuple[float, int, int]] = []
    for number, raw in connection.execute(wanted):
        rows = np.frombuffer(raw, dtype=_SINGLE).reshape(-1, vector.size)
        cosines = rows @ vector
        for ordinal in np.argsort(-cosines, kind="stable")[:limit]:
            best.append((-float(cosines[ordinal]), number, int(ordinal)))
    best = sorted(best)[:limit]
    places = _places(connection, [(number, ordinal) for _, number, ordinal in best])
    return [places[number, ordinal] for _, number, ordinal in best]


def _places(connection: Connection, keys: list[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The passages' own numbers by document and ordinal."""
    found: dict[tuple[int, int], int] = {}
    for document in {number for number, _ in keys}:
        ordinals = [ordinal for number, ordinal in keys if number == document]
        wanted = select(passages.c.ordinal, passages.c.number).where(
            passages.c.document == document, passages.c.ordinal.in_(ordinals)
        )
        found.update({(document, row.ordinal): row.number for row in connection.execute(wanted)})
    return found


def _as_text(vector: Vectors) -> str:
    """A vector as pgvector reads it."""
    return "[" + ",".join(f"{x:.6g}" for x in vector) + "]"
